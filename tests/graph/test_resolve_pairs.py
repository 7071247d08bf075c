"""The gold of pairs put through resolution itself: two filings, one name in each, and what the filings state."""

import csv
from pathlib import Path

import pytest

from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Edge, edge_id
from biopact.graph.resolution.atoms import FORMER
from biopact.graph.resolve import resolve
from tests.graph.facts import company, facts, of_type, said

PAIRS = Path(__file__).parent / "pairs" / "companies.csv"


def told(filing: str, name: str, aliases: str, cik: str, old: str | None) -> FilingFacts:
    """What one filing says of a company: its other names, its CIK, the name that it had."""
    known = [alias for alias in aliases.split(";") if alias]
    own = company(name, filing, *known, **({"cik": cik} if cik else {}))
    if old not in known:
        return facts(filing, own)
    assert old is not None
    former = company(old, filing)
    words = (said(filing, f"{name}, formerly known as {old}"),)
    edge = Edge(edge_id("FORMERLY_NAMED", own.id, former.id), "FORMERLY_NAMED", own.id, former.id, {}, words)
    return facts(filing, own, former, edge)


def is_one(row: dict[str, str]) -> bool:
    """Whether resolution makes one company of a pair."""
    renamed = "former name" in row["why"]
    sides = [
        told(f"filing/{side}", row[side], row[f"{side}_aliases"], row[f"{side}_cik"], row[other] if renamed else None)
        for side, other in (("left", "right"), ("right", "left"))
    ]
    return len([n for n in of_type(resolve(sides), "Company") if not n.id.endswith(FORMER)]) == 1


@pytest.mark.parametrize("half", ["dev", "test"])
def test_resolution_joins_what_is_one_and_hardly_anything_else(half: str) -> None:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        pairs = [row for row in csv.DictReader(file) if row["half"] == half]
    joined = [row for row in pairs if is_one(row)]
    right = [row for row in joined if row["same"] == "1"]
    assert len(right) >= 0.98 * len(joined)
    assert len(right) >= 0.87 * sum(row["same"] == "1" for row in pairs)
