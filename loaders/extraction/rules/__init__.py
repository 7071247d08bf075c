"""Statement rules as data: statements.py reads them, docs/rules.md says how to write one."""
