"""Sentences that speak of several deals, of payments to somebody else, and of deals that never were."""

import pytest

from biopact.graph.records import Edge
from tests.loaders.extraction.telling import Told, tell

FIRMS = "Alnora, Inc., Brevin Pharma AG, Dunmore, Inc. and Eddystone, Inc. make medicines.\n\n"


def _with(told: Told, name: str) -> Edge:
    called = {n.id: n.name for n in told.facts.nodes}
    (edge,) = [e for e in told.edges("LICENSES_TO") if name in (called[e.source], called[e.target])]
    return edge


def test_each_deal_of_a_sentence_has_its_own_money() -> None:
    told = tell(
        FIRMS + "Alnora's 2021 collaboration with Brevin Pharma AG brought $700 million upfront, while the Dunmore and "
        "Eddystone partnership in 2020 involved $560 million upfront."
    )
    paid = {e.properties["date"]: e.properties["upfront_usd"] for e in told.edges("COLLABORATES_WITH")}
    assert paid == {"2021": 700_000_000, "2020": 560_000_000}


@pytest.mark.parametrize(
    "sentence",
    [
        "In 2019 we licensed ALN-12 to Alnora for Japan for $10 million upfront, and in 2021 we licensed ALN-14 to "
        "Brevin Pharma AG for Europe for $20 million upfront.",
        "In 2019 we granted Alnora an exclusive license to ALN-12 in Japan and received an upfront payment of "
        "$10 million; in 2021 we granted Brevin Pharma AG a license to ALN-14 in Europe for $20 million upfront.",
        "In 2019, Alnora obtained rights to ALN-12 in Japan from us for an upfront payment of $10 million, whereas in "
        "2021 Brevin Pharma AG licensed ALN-14 from us for Europe against an upfront payment of $20 million.",
    ],
)
def test_each_licence_of_a_sentence_has_its_own_terms(sentence: str) -> None:
    told = tell(FIRMS + sentence, filer="Corvane, Inc.")
    asked = ("date", "territory", "upfront_usd")
    first, second = _with(told, "Alnora, Inc.").properties, _with(told, "Brevin Pharma AG").properties
    assert [first[a] for a in asked] == ["2019", "Japan", 10_000_000]
    assert [second[a] for a in asked] == ["2021", "Europe", 20_000_000]


@pytest.mark.parametrize(
    "payment",
    [
        "We owe Dunmore, Inc. a royalty of 3% on net sales.",
        "We pay royalties of 3% of net sales to Dunmore, Inc.",
        "We are required to pay Dunmore, Inc. a royalty of 3%.",
    ],
)
def test_a_royalty_to_somebody_else_is_no_term_of_this_deal(payment: str) -> None:
    deal = "In 2019 we entered into a license agreement with Alnora under which Alnora granted us a license to ALN-12."
    told = tell(f"{FIRMS}{deal} {payment}", filer="Corvane, Inc.")
    assert "royalties" not in _with(told, "Alnora, Inc.").properties
    owed = tell(f"{FIRMS}{deal} We pay Alnora royalties of 3%.", filer="Corvane, Inc.")
    assert _with(owed, "Alnora, Inc.").properties["royalties"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Alnora has not entered into a license agreement with Brevin Pharma AG for ALN-12.",
        "Alnora may enter into a license agreement with Brevin Pharma AG for ALN-12.",
        "Alnora never entered into a collaboration with Brevin Pharma AG.",
        "Alnora has yet to sign a license agreement with Brevin Pharma AG.",
        "Alnora and Brevin Pharma AG have not signed a license agreement.",
        "Alnora and Brevin Pharma AG are not party to a supply agreement with Dunmore, Inc.",
        "No license agreement between Alnora and Brevin Pharma AG exists.",
        "We have not entered into any collaboration agreement with Brevin Pharma AG.",
        "Alnora declined to enter into a license agreement with Brevin Pharma AG.",
    ],
)
def test_what_was_not_agreed_is_no_deal(sentence: str) -> None:
    assert not tell(FIRMS + sentence, filer="Corvane, Inc.").deals()


@pytest.mark.parametrize(
    "sentence",
    [
        "Corvane, Inc. agreed to buy the U.S. biotech Alnora for $2 billion.",
        "Corvane, Inc. is acquiring Phase II-stage heart failure drug developer Alnora.",
        "Corvane, Inc. has acquired privately held Swiss drugmaker Alnora.",
    ],
)
def test_what_kind_of_company_it_is_may_stand_before_its_name(sentence: str) -> None:
    told = tell(FIRMS + sentence, filer="Corvane, Inc.")
    assert told.ends("ACQUIRES") == {("Corvane, Inc.", "Alnora, Inc.")}


@pytest.mark.parametrize(
    "sentence",
    [
        "Alnora's 2020 Dunmore partnership involved $560 million upfront.",
        "Alnora's 2021 deal with Dunmore included $700 million upfront and $1 billion in milestone payments.",
        "In 2022 Alnora signed a deal with Dunmore, worth $20 million upfront.",
    ],
)
def test_a_deal_with_an_upfront_payment_is_a_collaboration(sentence: str) -> None:
    assert tell(FIRMS + sentence).ends("COLLABORATES_WITH") == {("Alnora, Inc.", "Dunmore, Inc.")}


@pytest.mark.parametrize(
    "head", ["Trade mark | Licensor or Owner", "Product | Licensor", "Brand | Territory | Licensed from"]
)
def test_a_table_of_products_with_their_licensors(head: str) -> None:
    middle = "World | " if "Territory" in head else ""
    table = f"| {head} |\n|---|---|\n| Alnorix | {middle}Alnora, Inc. |\n| Brevorin | {middle}Brevin Pharma AG |\n"
    told = tell(f"{FIRMS}We sell Alnorix tablets.\n\n{table}", filer="Corvane, Inc.")
    assert told.ends("LICENSES_TO") == {("Alnora, Inc.", "Corvane, Inc."), ("Brevin Pharma AG", "Corvane, Inc.")}


def test_a_name_defined_behind_or_is_the_same_party() -> None:
    told = tell("In 2019 we granted Brevin, Inc., or Brevin, a non-exclusive license to ALN-12.", filer="Alnora, Inc.")
    edge = told.edge("LICENSES_TO")
    assert (edge.properties["date"], edge.properties["exclusivity"]) == ("2019", "non-exclusive")
