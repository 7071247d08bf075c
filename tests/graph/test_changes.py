"""What changed between two days: each test tells a story in two filings and asks what the second day knows more."""

from dataclasses import replace

from hypothesis import given, settings

from biopact.graph.changes import KINDS, Difference, changes, touching
from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Edge, Graph, Node, Value, edge_id
from biopact.graph.resolve import resolve
from biopact.graph.time import as_of, timed
from tests.graph.facts import company, deal, facts, named, said
from tests.graph.filings import worlds
from tests.graph.test_time import EARLY, LATE, agreement, between, licence, stake


def known(ledger: list[FilingFacts], day: str) -> Graph:
    return timed(resolve(as_of(ledger, day)), day)


def news(*ledger: FilingFacts, since: str = "2010", until: str = "2016") -> list[Difference]:
    told = list(ledger)
    return changes(known(told, since), known(told, until), since, until)


def early(*records: Node | Edge | list[Node | Edge]) -> FilingFacts:
    return facts(EARLY, *records, filing_date="2010-03-01")


def late(*records: Node | Edge | list[Node | Edge]) -> FilingFacts:
    return facts(LATE, *records, filing_date="2016-03-01")


def short(differences: list[Difference]) -> list[tuple[object, ...]]:
    return [(d.kind, d.property, d.old, d.new) for d in differences]


def quote(difference: Difference) -> str:
    assert difference.evidence is not None
    return difference.evidence.quote


def term(id_: str, kind: str, filing: str, **properties: Value) -> list[Node | Edge]:
    words = (said(filing, f"{kind} is {properties}"),)
    node = Node(f"term/{filing[7:]}-{kind}", "Term", kind, (), {"kind": kind, "state": "stated", **properties}, words)
    return [node, Edge(edge_id("HAS_TERM", id_, node.id), "HAS_TERM", id_, node.id, {}, words)]


def test_nothing_new() -> None:
    told = early(licence(EARLY, agreement_date="2003"))
    assert news(told) == []
    again = late(licence(LATE, agreement_date="2003"))
    assert news(told, again) == []


def test_a_new_deal_with_its_words_and_all_that_it_is_about() -> None:
    (found,) = news(late(licence(LATE, agreement_date="2015-02")))
    assert (found.kind, found.date, found.what) == ("new deal", "2015-02", "license: Aldfen Inc., Brevin Ltd.")
    assert quote(found) == "Aldfen Inc. license Brevin Ltd."
    assert found.touches == {found.id, "company/aldfen", "company/brevin", "compound/af-1"}
    assert touching([found], ["company/brevin"]) == [found]
    assert touching([found], ["company/corva"]) == []
    (found,) = news(late(licence(LATE, agreement_date="2015-02", status="terminated")))
    assert short([found]) == [("new deal", "status", None, "terminated")]


def test_a_property_that_is_told_otherwise_with_the_words_of_its_term() -> None:
    first, second = (
        licence(f, agreement_date="2003-02-01", upfront_usd=amount) for f, amount in ((EARLY, 1e6), (LATE, 2e6))
    )
    contract = [
        replace(r, evidence=(said(LATE, "the contract", "EX-10.1"),)) if r.id.startswith("agreement/") else r
        for r in second
    ]
    told = late(contract, term(agreement(second), "upfront", LATE, amount=2e6))
    (found,) = news(early(first, term(agreement(first), "upfront", EARLY, amount=1e6)), told)
    assert short([found]) == [("changed deal", "upfront_usd", 1e6, 2e6)]
    assert quote(found) == "upfront is {'amount': 2000000.0}"


def test_a_deal_whose_id_follows_from_its_date_is_the_same_deal() -> None:
    found = news(early(licence(EARLY)), late(licence(LATE, agreement_date="2003")))
    assert short(found)[:1] == [("changed deal", "agreement_date", None, "2003")]
    assert [d.kind for d in found] == ["changed deal", "id redirects"]
    assert found[1].new == found[0].id


def test_a_deal_that_is_terminated() -> None:
    first = licence(EARLY, agreement_date="2003")
    second = [r for r in licence(LATE, agreement_date="2015") if not r.id.startswith("licenses_to/")]
    second = [
        replace(r, properties={**r.properties, "kinds": ("termination",)}) if r.type == "Agreement" else r
        for r in second
    ]
    joined = between("TERMINATES", agreement(second), agreement(first), LATE)
    retold = late(first, second, joined)
    found = news(early(first), retold)
    assert [(d.kind, d.property, d.date) for d in found if "deal" in d.kind] == [
        ("new deal", "", "2015"),
        ("ended deal", "TERMINATES", "2015"),
    ]
    assert " TERMINATES " in quote(found[1])
    assert [d.kind for d in found if "deal" not in d.kind] == ["new relation"]


def test_a_deal_that_ran_out_in_between_though_nobody_wrote_of_it() -> None:
    told = early(licence(EARLY, agreement_date="2003", expiration_date="2013-02"))
    assert short(news(told)) == [("ended deal", "expiration_date", "2013-02", "2013-02")]
    assert news(told, until="2013-02-27") == []
    assert news(told, since="2014") == []


def test_a_deal_that_is_said_to_be_over() -> None:
    found = news(early(licence(EARLY)), late(licence(LATE, status="terminated")))
    assert short(found) == [("ended deal", "status", None, "terminated")]
    assert found[0].evidence is not None
    assert found[0].evidence.filing == LATE


def test_a_deal_that_has_one_more_party_and_subject() -> None:
    before = known([early(licence(EARLY, agreement_date="2003"))], "2010")
    (id_,) = (n.id for n in before.nodes.values() if n.type == "Agreement")
    corva, other = company("Corva AG", LATE), named("Compound", "AF-2", LATE)
    words = (said(LATE, "Corva takes part with AF-2"),)
    party = Edge(edge_id("PARTY_TO", corva.id, id_), "PARTY_TO", corva.id, id_, {"role": "party"}, words)
    covered = Edge(edge_id("COVERS", id_, other.id), "COVERS", id_, other.id, {}, words)
    after = Graph(
        {**before.nodes, corva.id: corva, other.id: other},
        {**before.edges, party.id: party, covered.id: covered},
    )
    found = changes(before, after, "2010", "2016")
    assert short(found) == [
        ("changed deal", "covers", ("AF-1",), ("AF-1", "AF-2")),
        ("changed deal", "parties", ("Aldfen Inc.", "Brevin Ltd."), ("Aldfen Inc.", "Brevin Ltd.", "Corva AG")),
    ]
    assert {quote(d) for d in found} == {"Corva takes part with AF-2"}


def develops(filing: str, stage: str) -> list[Node | Edge]:
    aldfen, compound = company("Aldfen Inc.", filing), named("Compound", "AF-1", filing)
    words = (said(filing, f"AF-1 is in {stage}"),)
    id_ = edge_id("DEVELOPS", aldfen.id, compound.id)
    return [aldfen, compound, Edge(id_, "DEVELOPS", aldfen.id, compound.id, {"stage": stage}, words)]


def test_relations_that_are_new_and_that_say_something_else() -> None:
    found = news(early(develops(EARLY, "phase 1")), late(develops(LATE, "phase 2")))
    assert short(found) == [("changed relation", "stage", "phase 1", "phase 2")]
    assert (found[0].what, quote(found[0])) == ("Aldfen Inc. develops AF-1", "AF-1 is in phase 2")
    found = news(late(develops(LATE, "phase 2")))
    assert short(found) == [("new relation", "", None, None)]


def test_a_stake_that_is_observed_again_is_one_that_changed() -> None:
    found = news(early(stake(EARLY, 8.4, "2009-12-31")), late(stake(LATE, 3.1, "2015-12-31")))
    assert ("changed relation", "percent", 8.4, 3.1) in short(found)
    assert {d.kind for d in found} == {"changed relation"}


def test_a_company_that_turns_out_to_be_another_is_redirected_and_its_deals_are_the_same() -> None:
    aldfen = company("Aldfen Inc.", LATE, cik="0000000007")
    found = news(early(licence(EARLY, agreement_date="2003")), late(aldfen))
    assert [d for d in found if d.kind != "id redirects"] == []
    assert ("company/aldfen", "company/cik-0000000007") in {(d.old, d.new) for d in found}


def test_two_that_become_one() -> None:
    brevin, pharma = company("Brevin", EARLY), company("Brevin Pharma AG", EARLY)
    corva = company("Corva AG", EARLY)
    first = early(brevin, pharma, corva, deal(EARLY, corva, brevin))
    second = late(company("Brevin Pharma AG", LATE, "Brevin", cik="0000000003"))
    both = [first, second]
    merged = changes(known(both, "2010"), known(both, "2016"), "2010", "2016")
    assert {d.new for d in merged if d.kind == "id redirects" and str(d.old).startswith("company/")} == {
        "company/cik-0000000003"
    }


def test_a_relation_that_is_gone() -> None:
    graph = known([early(develops(EARLY, "phase 1"))], "2010")
    without = Graph(graph.nodes, {id_: e for id_, e in graph.edges.items() if e.type != "DEVELOPS"})
    assert short(changes(graph, without, "2010", "2016")) == [("gone relation", "", None, None)]


@settings(max_examples=30, deadline=None)
@given(worlds())
def test_nothing_changes_between_a_day_and_itself(ledger: list[FilingFacts]) -> None:
    for day in ("2003", "2005", "2020"):
        assert changes(known(ledger, day), known(ledger, day), day, day) == []


@settings(max_examples=30, deadline=None)
@given(worlds())
def test_every_deal_that_came_is_new_or_the_same(ledger: list[FilingFacts]) -> None:
    before, after = known(ledger, "2003"), known(ledger, "2020")
    found = changes(before, after, "2003", "2020")
    deals = [sum(n.type == "Agreement" for n in g.nodes.values()) for g in (before, after)]
    assert sum(d.kind == "new deal" for d in found) >= deals[1] - deals[0]
    assert {d.kind for d in found} <= set(KINDS)
    assert {d.id for d in found if d.kind == "new deal"} <= after.nodes.keys()
