"""Named questions: one Cypher text each, for every store."""

from biopact.queries.catalogue import GROUPS, catalogue, group, question
from biopact.queries.questions import Parameter, Question

__all__ = ["GROUPS", "Parameter", "Question", "catalogue", "group", "question"]
