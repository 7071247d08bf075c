"""What a document's text is made of: parts under headings, listed exhibits, defined terms, tables as rows."""
