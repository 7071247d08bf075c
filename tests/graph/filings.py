"""Ledgers of a few filings for property tests: namesakes, short names, old names, deals told twice."""

from __future__ import annotations

from hypothesis import strategies as st

from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Edge, edge_id
from tests.graph.facts import company, deal, facts, named, said

# Namesakes, short names, a company known by its CIK here and by name there.
COMPANIES: list[tuple[str, tuple[str, ...], str | None]] = [
    ("Alnora, Inc.", (), "0000000001"),
    ("Alnora Corp.", (), "0000000002"),
    ("ALNORA INC", (), None),
    ("Alnora Pharma, Inc.", ("Alnora",), None),
    ("Alnora", (), None),
    ("Brevin AG", (), None),
    ("Brevin Pharma AG", ("Brevin",), "0000000003"),
]
COMPOUNDS: list[tuple[str, tuple[str, ...]]] = [("ALN-12", ()), ("ostermumab", ("ALN-12",)), ("ALN-14", ())]
DATES = ["2003", "2003-02-01", "2003-02-20", "2003-03-15", "2010-06-05"]


@st.composite
def worlds(draw: st.DrawFn) -> list[FilingFacts]:
    """A few filings that tell a few deals."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        id_ = f"filing/{number}"
        known = draw(st.lists(st.sampled_from(COMPANIES), min_size=2, max_size=4, unique=True))
        bodies = [company(name, id_, *aliases, **({"cik": cik} if cik else {})) for name, aliases, cik in known]
        parties = list({b.id: b for b in bodies}.values())
        made = draw(st.lists(st.sampled_from(COMPOUNDS), unique=True))
        compounds = [named("Compound", name, id_, *aliases) for name, aliases in made]
        deals = []
        for _ in range(draw(st.integers(0, 3)) if len(parties) > 1 else 0):
            source, target, *_ = draw(st.permutations(parties))
            about = draw(st.lists(st.sampled_from(compounds), max_size=1)) if compounds else []
            date = draw(st.sampled_from([{}, *({"agreement_date": d} for d in DATES)]))
            deals.append(deal(id_, source, target, *about, kind=draw(st.sampled_from(["license", "supply"])), **date))
        relations = []
        if len(parties) > 1 and draw(st.booleans()):
            present, old, *_ = draw(st.permutations(parties))
            type_ = draw(st.sampled_from(["FORMERLY_NAMED", "SUBSIDIARY_OF"]))
            words = (said(id_, f"{present.name} {type_} {old.name}"),)
            relations.append(Edge(edge_id(type_, present.id, old.id), type_, present.id, old.id, {}, words))
        filed = draw(
            st.sampled_from([{}, {"filing_date": "2004-01-01"}, {"filing_date": "2011-01-01", "form": "8-K/A"}])
        )
        found.append(facts(id_, *parties, *compounds, *deals, *relations, **filed))
    return found
