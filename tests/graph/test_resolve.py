"""From many filings to one graph: who is who, which deals are one, and what is never mixed up."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biopact.graph.ledger import FilingFacts
from biopact.graph.resolve import resolve
from biopact.graph.validate import validate
from tests.graph.facts import company, deal, edges, facts, named, of_type
from tests.graph.filings import worlds

ONE, TWO, THREE = "filing/one", "filing/two", "filing/three"


# --- entities


def test_two_ciks_of_one_name_stay_apart() -> None:
    graph = resolve(
        [
            facts(ONE, company("Alnora, Inc.", ONE, cik="0000000001")),
            facts(TWO, company("Alnora, Inc.", TWO, cik="0000000002")),
        ]
    )
    assert [n.id for n in of_type(graph, "Company")] == ["company/cik-0000000001", "company/cik-0000000002"]


def test_a_name_that_two_ciks_bear_is_neither() -> None:
    graph = resolve(
        [
            facts(ONE, company("Alnora, Inc.", ONE, cik="0000000001")),
            facts(TWO, company("Alnora Corp.", TWO, cik="0000000002")),
            facts(THREE, company("Alnora", THREE)),
        ]
    )
    assert {n.id for n in of_type(graph, "Company")} == {
        "company/cik-0000000001", "company/cik-0000000002", "company/alnora",
    }  # fmt: skip


def test_a_name_alone_joins_the_one_with_a_cik() -> None:
    graph = resolve(
        [
            facts(ONE, company("ALNORA INC", ONE, cik="0000000001")),
            facts(TWO, company("Alnora, Inc.", TWO)),
        ]
    )
    (alnora,) = of_type(graph, "Company")
    assert (alnora.id, alnora.name) == ("company/cik-0000000001", "Alnora, Inc.")
    assert "ALNORA INC" in alnora.aliases
    assert {e.filing for e in alnora.evidence} == {ONE, TWO}


def test_one_cik_is_one_company_whatever_its_name() -> None:
    graph = resolve(
        [
            facts(ONE, company("Alnora, Inc.", ONE, cik="0000000001")),
            facts(TWO, company("Brevin AG", TWO, cik="0000000001")),
        ]
    )
    assert len(of_type(graph, "Company")) == 1


def test_a_short_name_joins_the_one_company_it_is_defined_for() -> None:
    graph = resolve(
        [
            facts(ONE, company("Alnora Pharmaceuticals, Inc.", ONE, "Alnora")),
            facts(TWO, company("Alnora", TWO)),
        ]
    )
    assert [n.name for n in of_type(graph, "Company")] == ["Alnora Pharmaceuticals, Inc."]


def test_a_short_name_of_two_companies_joins_neither() -> None:
    graph = resolve(
        [
            facts(ONE, company("Alnora Pharmaceuticals, Inc.", ONE, "Alnora")),
            facts(TWO, company("Alnora Diagnostics, Inc.", TWO, "Alnora")),
            facts(THREE, company("Alnora", THREE)),
        ]
    )
    assert len(of_type(graph, "Company")) == 3


def test_likeness_alone_joins_nobody() -> None:
    graph = resolve([facts(ONE, company("Alnora, Inc.", ONE)), facts(TWO, company("Alnoria, Inc.", TWO))])
    assert len(of_type(graph, "Company")) == 2


def test_a_compound_is_one_by_any_name_a_filing_gives_it() -> None:
    graph = resolve(
        [
            facts(ONE, named("Compound", "ostermumab", ONE, "ALN-12")),
            facts(TWO, named("Compound", "ALN 12", TWO)),
            facts(THREE, named("Compound", "ALN-14", THREE)),
        ]
    )
    assert [n.name for n in of_type(graph, "Compound")] in (["ALN 12", "ALN-14"], ["ALN-14", "ostermumab"])


# --- agreements


def told(filing: str, cik: str | None = None, **properties: Any) -> FilingFacts:
    """Alnora's licence to Brevin as one filing tells it."""
    alnora = company("Alnora, Inc.", filing, **({"cik": cik} if cik else {}))
    brevin = company("Brevin Pharma AG", filing)
    return facts(filing, alnora, brevin, deal(filing, alnora, brevin, **properties))


def test_a_deal_told_from_both_sides_is_one_agreement() -> None:
    one = told(ONE, "0000000001", agreement_date="2020-03-03", upfront_usd=20e6)
    two = told(TWO, announced_date="2020-03-04", milestones_max_usd=300e6)
    graph = resolve([one, two])
    (agreement,) = of_type(graph, "Agreement")
    assert {e.filing for e in agreement.evidence} == {ONE, TWO}
    assert agreement.properties["upfront_usd"] == 20e6
    assert agreement.properties["milestones_max_usd"] == 300e6
    (licence,) = edges(graph, "LICENSES_TO")
    assert licence.properties["agreement"] == agreement.id
    assert licence.source == "company/cik-0000000001"
    assert {e.filing for e in licence.evidence} == {ONE, TWO}
    assert {e.target for e in edges(graph, "PARTY_TO")} == {agreement.id}
    assert len(edges(graph, "PARTY_TO")) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"agreement_date": "2003-02-01"}, {"agreement_date": "2010-06-05"}),
        ({"agreement_date": "2010-02-01"}, {"agreement_date": "2010-06-05"}),
    ],
)
def test_deals_far_apart_in_time_stay_two(one: dict[str, str], other: dict[str, str]) -> None:
    assert len(of_type(resolve([told(ONE, **one), told(TWO, **other)]), "Agreement")) == 2


@pytest.mark.parametrize("date", ["2003", "2003-02", "2003-02-01", "2003-02-20"])
def test_dates_that_can_be_one_make_one_deal(date: str) -> None:
    graph = resolve([told(ONE, agreement_date="2003-02-01"), told(TWO, agreement_date=date)])
    (agreement,) = of_type(graph, "Agreement")
    assert agreement.properties["agreement_date"] in ("2003-02-01", date)


def test_the_more_precise_date_is_kept_without_conflict() -> None:
    graph = resolve([told(ONE, agreement_date="2003"), told(TWO, agreement_date="2003-02-01")])
    (agreement,) = of_type(graph, "Agreement")
    assert agreement.properties["agreement_date"] == "2003-02-01"
    assert "conflicts" not in agreement.properties


def test_deals_about_different_compounds_stay_two() -> None:
    filings = []
    for filing, code in ((ONE, "ALN-12"), (TWO, "ALN-14")):
        alnora, brevin = company("Alnora, Inc.", filing), company("Brevin Pharma AG", filing)
        compound = named("Compound", code, filing)
        filings.append(facts(filing, alnora, brevin, compound, deal(filing, alnora, brevin, compound)))
    assert len(of_type(resolve(filings), "Agreement")) == 2


def test_a_supply_agreement_is_not_the_licence() -> None:
    alnora, brevin = company("Alnora, Inc.", TWO), company("Brevin Pharma AG", TWO)
    supply = facts(TWO, alnora, brevin, deal(TWO, alnora, brevin, kind="supply", agreement_date="2020-03-03"))
    assert len(of_type(resolve([told(ONE, agreement_date="2020-03-03"), supply]), "Agreement")) == 2


def test_two_deals_of_one_filing_stay_two() -> None:
    alnora, brevin = company("Alnora, Inc.", ONE), company("Brevin Pharma AG", ONE)
    both = [deal(ONE, alnora, brevin, agreement_date=f"2020-03-0{day}") for day in (3, 4)]
    graph = resolve([facts(ONE, alnora, brevin, *both), told(TWO, agreement_date="2020-03-03")])
    assert len(of_type(graph, "Agreement")) == 2


def test_values_that_differ_are_named_and_the_contracts_is_shown() -> None:
    alnora, brevin = company("Alnora, Inc.", TWO), company("Brevin Pharma AG", TWO)
    contract = deal(TWO, alnora, brevin, exhibit="EX-10.1", agreement_date="2020-03-03", upfront_usd=25e6)
    graph = resolve([told(ONE, agreement_date="2020-03-03", upfront_usd=20e6), facts(TWO, alnora, brevin, contract)])
    (agreement,) = of_type(graph, "Agreement")
    assert agreement.properties["upfront_usd"] == 25e6
    assert agreement.properties["conflicts"] == ("upfront_usd",)


def test_a_collaboration_is_stored_once_whoever_tells_it() -> None:
    filings = []
    for filing, first in ((ONE, True), (TWO, False)):
        pair = [company("Alnora, Inc.", filing), company("Brevin Pharma AG", filing)]
        ends = pair if first else pair[::-1]
        filings.append(
            facts(filing, *pair, deal(filing, ends[0], ends[1], type_="COLLABORATES_WITH", kind="collaboration"))
        )
    assert len(edges(resolve(filings), "COLLABORATES_WITH")) == 1


# --- whatever the filings are


@given(worlds(), st.randoms())
def test_the_order_of_filings_makes_no_difference(world: list[FilingFacts], chance: Random) -> None:
    shuffled = chance.sample(world, len(world))
    assert resolve(shuffled) == resolve(world)


@given(worlds())
def test_the_graph_is_a_good_one(world: list[FilingFacts]) -> None:
    assert validate(resolve(world)) == []


@given(worlds())
def test_ciks_are_kept_apart(world: list[FilingFacts]) -> None:
    ciks = {n.properties["cik"] for f in world for n in f.nodes if "cik" in n.properties}
    assert {n.properties["cik"] for n in of_type(resolve(world), "Company") if "cik" in n.properties} == ciks


@given(worlds(), st.integers(0, 3))
def test_forgetting_a_filing_takes_exactly_its_words(world: list[FilingFacts], which: int) -> None:
    gone = world[which % len(world)].filing
    whole = resolve(world).evidence()
    rest = resolve(f for f in world if f.filing != gone).evidence()
    assert rest == {id_: said for id_, said in whole.items() if said.filing != gone}


@given(worlds())
def test_what_no_other_filing_says_goes_with_its_filing(world: list[FilingFacts]) -> None:
    first, *others = world
    left = resolve(others)
    assert first.filing not in left.nodes
    assert all(n.evidence or n.type in ("Filing", "Document") for n in left.nodes.values())


@given(worlds())
def test_agreements_of_one_filing_are_never_joined(world: list[FilingFacts]) -> None:
    graph = resolve(world)
    most = max(sum(n.type == "Agreement" for n in f.nodes) for f in world)
    assert len(of_type(graph, "Agreement")) >= most
