"""From the facts of many filings to one graph: who is who, and which agreements are one."""
