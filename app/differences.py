"""What changed between two days, as rows for a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from biopact.graph.changes import Difference
    from biopact.graph.records import Graph

COLUMNS = (
    "change", "date", "what", "property", "before", "after", "quote", "document", "start", "end", "filing", "filed",
    "url", "id",
)  # fmt: skip


def row(difference: Difference, after: Graph) -> dict[str, Any]:
    """A change as a row of COLUMNS."""
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
            "url": address(after, words.filing),
        }
    return told


def address(graph: Graph, filing: str) -> str | None:
    """Where the SEC shows a filing: as the filing says, else by its accession number and the CIK of who filed it."""
    said = graph.nodes[filing].properties
    number = str(said.get("accession_number", ""))
    filers = sorted(e.source for e in graph.edges.values() if e.type == "FILED" and e.target == filing)
    ciks = [str(graph.nodes[f].properties["cik"]) for f in filers if "cik" in graph.nodes[f].properties]
    if "url" in said or not number or not ciks:
        return str(said["url"]) if "url" in said else None
    folder = f"{int(ciks[0])}/{number.replace('-', '')}"
    return f"https://www.sec.gov/Archives/edgar/data/{folder}/{number}-index.htm"
