"""Tables of deals that people keep already: CSV, Excel and JSON, read with a mapping of their columns.

A table is a filing like any other: its document's text is the table, and each row is the evidence of what it says.
"""
