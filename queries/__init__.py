"""Named questions: one Cypher text each, for every store."""

from biopact.queries.catalogue import Parameter, Question, catalogue, question

__all__ = ["Parameter", "Question", "catalogue", "question"]
