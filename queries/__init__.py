"""Named questions: one Cypher text each, for every store."""
