"""A ledger of a few small filings, for tests of views in time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from biopact.graph.ledger import FilingFacts, Ledger
from biopact.graph.records import Edge, edge_id
from biopact.graph.resolve import resolve
from biopact.graph.store import synchronise
from biopact.graph.stores import open_store
from tests.graph.facts import company, deal, facts, named, said

FIRST, SECOND, UNDATED = "filing/0000000000-10-000001", "filing/0000000000-16-000002", "filing/undated"


def story() -> list[FilingFacts]:
    """Aldfen licenses AF-1 to Brevin from 2009 to 2013 (told in 2010); Corva buys Brevin (told in 2016)."""
    aldfen, brevin = company("Aldfen Inc.", FIRST), company("Brevin Ltd.", FIRST)
    compound = named("Compound", "AF-1", FIRST)
    licence = deal(FIRST, aldfen, brevin, compound, agreement_date="2009-05", expiration_date="2013-02")
    corva, bought = company("Corva AG", SECOND), company("Brevin Ltd.", SECOND, cik="0000000007")
    filed = (said(SECOND, "Corva AG filed"),)
    filing = Edge(edge_id("FILED", corva.id, SECOND), "FILED", corva.id, SECOND, {}, filed)
    sale = deal(SECOND, corva, bought, type_="COLLABORATES_WITH", kind="collaboration", agreement_date="2016-01-04")
    delos, part = company("Delos AG", UNDATED), named("Compound", "DE-1", UNDATED)
    owned = Edge(edge_id("OWNS", delos.id, part.id), "OWNS", delos.id, part.id, {}, (said(UNDATED, "Delos owns DE-1"),))
    return [
        facts(FIRST, aldfen, brevin, compound, licence, filing_date="2010-03-01", form="8-K"),
        facts(SECOND, corva, bought, sale, filing, filing_date="2016-03-01", accession_number=SECOND[7:]),
        facts(UNDATED, delos, part, owned),
    ]


def kept(folder: Path, told: Iterable[FilingFacts]) -> Path:
    """A store of these filings, with its ledger."""
    ledger = Ledger(folder / "ledger")
    for each in told:
        ledger.put(each)
    with open_store(str(folder)) as store:
        synchronise(store, resolve(ledger))
    return folder
