"""Which stretch of a sentence belongs to which of the deals that it speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from biopact.loaders.extraction.accords import Accord
from biopact.loaders.extraction.deal import Entity
from biopact.loaders.extraction.statements import Statement

_DEALS = frozenset(("LICENSES_TO", "COLLABORATES_WITH", "SUPPLIES_TO", "ACQUIRES"))
Clause = tuple[int, int]  # offsets in the masked sentence


def clauses(found: Sequence[Accord | Statement], end: int) -> list[Clause]:
    """For each thing that a sentence of `end` characters says, the stretch in which its amounts, dates and places stand.

    It goes from where it is said to where another deal's turn comes; the first one has what stands before it too.
    """
    return [_clause(each, found, end) for each in found]


def _clause(each: Accord | Statement, found: Sequence[Accord | Statement], end: int) -> Clause:
    own = _parties(each)
    others = [o.start for o in found if not (own <= (parties := _parties(o)) or parties <= own)]
    begin = each.start if any(start < each.start for start in others) else 0
    return begin, min((start for start in others if start > each.start), default=end)


def _parties(each: Accord | Statement) -> set[Entity]:
    """The companies of what is said, nobody where it is no deal between companies."""
    if isinstance(each, Accord):
        return set(each.parties)
    named = {*each.sources, *each.targets}
    return named if all(e.type == "Company" for e in named) and each.rule.edge in _DEALS else set()
