"""What changed between two days, as rows for a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from biopact.graph.addresses import addresses

if TYPE_CHECKING:
    from biopact.graph.changes import Difference
    from biopact.graph.records import Graph

COLUMNS = (
    "change", "date", "what", "property", "before", "after", "quote", "document", "start", "end", "filing", "filed",
    "url", "id",
)  # fmt: skip


def as_rows(differences: Iterable[Difference], after: Graph) -> list[dict[str, Any]]:
    """Changes as rows of COLUMNS; `after` is what was known on the later day."""
    known = addresses(after)
    return [_row(difference, after, known) for difference in differences]


def _row(difference: Difference, after: Graph, known: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = dict.fromkeys(COLUMNS)
    told |= {
        "change": difference.kind,
        "date": difference.date or None,
        "what": difference.what,
        "property": difference.property or None,
        "before": difference.old,
        "after": difference.new,
        "id": difference.id,
    }
    words = difference.evidence
    if words is not None:
        filing = after.nodes[words.filing]
        told |= {
            "quote": words.quote,
            "document": words.exhibit,
            "start": words.start,
            "end": words.end,
            "filing": filing.properties.get("accession_number", filing.id),
            "filed": filing.properties.get("filing_date"),
            "url": known.get(words.filing),
        }
    return told
