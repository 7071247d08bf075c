"""How well an extractor reads filings that a person annotated: `biopact evaluate`.

gold.py reads the annotations, alike.py says when two names or values count as the same, scoring.py compares the facts
of one filing with its annotation, running.py does so for a folder, figures.py and report.py show what came of it.
docs/evaluation.md tells users.
"""
