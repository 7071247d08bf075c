"""Valid time, filing dates, what was known on a day and what was in force."""

from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from biopact.graph.ledger import FilingFacts
from biopact.graph.rdf import write_rdf
from biopact.graph.records import Edge, Graph, Node, Value, edge_id
from biopact.graph.resolve import resolve
from biopact.graph.time import TIMES, as_of, filing_date, first_day, in_force, last_day, mentioned, timed
from biopact.graph.validate import validate
from biopact.ontology import load_schema
from biopact.ontology.shacl import shacl_graph
from tests.graph.facts import company, deal, edges, facts, named, of_type, said
from tests.graph.filings import worlds

EARLY, LATE = "filing/early", "filing/late"


def licence(filing: str, **properties: Value) -> list[Node | Edge]:
    """Aldfen licenses AF-1 to Brevin."""
    aldfen, brevin = company("Aldfen Inc.", filing), company("Brevin Ltd.", filing)
    compound = named("Compound", "AF-1", filing)
    told = deal(filing, aldfen, brevin, compound)
    return [
        aldfen,
        brevin,
        compound,
        *(replace(r, properties={**r.properties, **properties}) if r.type == "Agreement" else r for r in told),
    ]


def agreement(records: list[Node | Edge]) -> str:
    return next(r.id for r in records if isinstance(r, Node) and r.type == "Agreement")


def between(type_: str, later: str, earlier: str, filing: str, **properties: Value) -> Edge:
    """An edge from one agreement to another."""
    return Edge(
        edge_id(type_, later, earlier), type_, later, earlier, properties, (said(filing, f"{later} {type_} {earlier}"),)
    )


def changed(type_: str, before: dict[str, Value], after: dict[str, Value], **of_edge: Value) -> Graph:
    """A licence of an early filing, and in a later one an agreement that ends or replaces it."""
    first = licence(EARLY, **before)
    kind = {"TERMINATES": "termination", "SUPERSEDES": "restatement"}[type_]
    second = [r for r in licence(LATE, **after) if not (isinstance(r, Edge) and r.type == "LICENSES_TO")]
    second = [replace(r, properties={**r.properties, "kinds": (kind,)}) if r.type == "Agreement" else r for r in second]
    joined = between(type_, agreement(second), agreement(first), LATE, **of_edge)
    early = facts(EARLY, first, filing_date="2010-03-01")
    late = facts(LATE, first, second, joined, filing_date="2016-03-01")
    return timed(resolve([early, late]))


def the(graph: Graph, type_: str) -> Edge:
    (found,) = edges(graph, type_)
    return found


def span(record: Node | Edge) -> tuple[object, ...]:
    return tuple(record.properties.get(name) for name in TIMES)


def licensed(graph: Graph) -> Node:
    return graph.nodes[str(the(graph, "LICENSES_TO").properties["agreement"])]


@given(st.dates().map(str), st.sampled_from((4, 7, 10)))
def test_a_date_lies_between_its_first_and_its_last_day(day: str, precision: int) -> None:
    date = day[:precision]
    assert first_day(date) <= day <= last_day(date)
    assert first_day(date)[:precision] == last_day(date)[:precision] == date


@pytest.mark.parametrize(
    ("properties", "begins"),
    [
        ({"agreement_date": "2003-02-01"}, "2003-02-01"),
        ({"agreement_date": "2003-02-01", "effective_date": "2003-04"}, "2003-04"),
        ({"announced_date": "2003-02-02"}, "2003-02-02"),
        ({"announced_date": "2003-02-02", "agreement_date": "2003"}, "2003"),
        ({}, None),
    ],
)
def test_an_agreement_and_all_that_hangs_on_it_begins_with_the_best_date_of_it(
    properties: dict[str, Value], begins: str | None
) -> None:
    graph = timed(resolve([facts(EARLY, licence(EARLY, **properties))]))
    records: list[Node | Edge] = [*of_type(graph, "Agreement")]
    records += [e for e in graph.edges.values() if e.type != "PART_OF"]
    assert len(records) == 5
    assert {span(r) for r in records} == {(begins, None, None, None)}


def test_filings_give_the_first_and_the_last_day_it_was_told() -> None:
    graph = timed(
        resolve(
            [
                facts(f, licence(f, agreement_date="2003"), filing_date=d)
                for f, d in ((LATE, "2009-03"), (EARLY, "2004"))
            ]
        )
    )
    assert span(licensed(graph)) == ("2003", None, "2004", "2009-03")
    assert span(the(graph, "COVERS")) == ("2003", None, "2004", "2009-03")
    assert span(the(graph, "LICENSES_TO")) == ("2003", None, "2004", "2009-03")
    assert not set(TIMES) & edges(graph, "PART_OF")[0].properties.keys()


def test_an_agreement_ends_when_it_expires_unless_it_is_terminated() -> None:
    expiring: dict[str, Value] = {"agreement_date": "2003", "expiration_date": "2013-02"}
    graph = timed(resolve([facts(EARLY, licence(EARLY, **expiring))]))
    assert licensed(graph).properties["valid_to"] == the(graph, "LICENSES_TO").properties["valid_to"] == "2013-02"
    graph = timed(resolve([facts(EARLY, licence(EARLY, **expiring, termination_date="2014-05-06"))]))
    assert licensed(graph).properties["valid_to"] == "2014-05-06"  # it had been renewed


def test_an_agreement_that_another_terminates_ends_on_that_day_and_says_why() -> None:
    graph = changed(
        "TERMINATES", {"agreement_date": "2003", "expiration_date": "2020"}, {"agreement_date": "2015-06-30"}
    )
    ended = licensed(graph)
    assert ended.properties["valid_to"] == "2015-06-30"
    assert (ended.properties["status"], ended.properties["status_from"]) == (
        "terminated",
        the(graph, "TERMINATES").id,
    )
    relation = the(graph, "LICENSES_TO")
    assert (relation.properties["valid_to"], relation.properties["status"]) == ("2015-06-30", "terminated")
    assert the(graph, "TERMINATES").properties["valid_from"] == "2015-06-30"
    assert validate(graph) == []


def test_the_date_of_the_edge_stands_before_that_of_what_terminates() -> None:
    graph = changed("TERMINATES", {}, {"agreement_date": "2015-06-30"}, date="2015-12-31")
    assert licensed(graph).properties["valid_to"] == "2015-12-31"


def test_a_termination_still_to_come_leaves_the_status() -> None:
    told = facts(EARLY, licence(EARLY, termination_date="2012-01-31", status="effective"), filing_date="2011-11-01")
    graph = resolve([told])
    assert licensed(timed(graph)).properties["status"] == "effective"
    later = licensed(timed(graph, "2012-01-31"))
    assert (later.properties["status"], later.properties["status_from"]) == ("terminated", "termination_date")
    assert timed(timed(graph, "2012-01-31"), "2012-01-31") == timed(graph, "2012-01-31")


def test_words_that_state_the_end_need_no_other_reason() -> None:
    told = licence(EARLY, termination_date="2010", status="ended")
    graph = timed(resolve([facts(EARLY, told, filing_date="2011-11-01")]))
    assert licensed(graph).properties["status"] == "ended"
    assert "status_from" not in licensed(graph).properties


@pytest.mark.parametrize(("status", "end"), [("terminated", None), ("effective", "2030")])
def test_what_ended_before_its_time_nobody_says_when_does_not_end_with_its_term(status: str, end: str | None) -> None:
    told = licence(EARLY, expiration_date="2030", status=status)
    graph = timed(resolve([facts(EARLY, told, filing_date="2011-11-01")]))
    assert licensed(graph).properties.get("valid_to") == end


@pytest.mark.parametrize(("term", "end"), [({"expiration_date": "2033"}, "2033"), ({}, None)])
def test_a_superseded_agreement_runs_on_as_the_one_that_supersedes_it(term: dict[str, Value], end: str | None) -> None:
    before: dict[str, Value] = {"agreement_date": "2003", "expiration_date": "2013"}
    graph = changed("SUPERSEDES", before, {"agreement_date": "2012-01-01", **term})
    assert span(licensed(graph))[:2] == ("2003", end)
    assert the(graph, "LICENSES_TO").properties.get("valid_to") == end


def test_agreements_that_supersede_one_another_have_an_end() -> None:
    graph = changed("SUPERSEDES", {"agreement_date": "2003"}, {"agreement_date": "2012-01-01"})
    there = the(graph, "SUPERSEDES")
    back = between("SUPERSEDES", there.target, there.source, LATE)
    circle = timed(Graph(graph.nodes, {**graph.edges, back.id: back}))
    assert "valid_to" not in licensed(circle).properties


def stake(filing: str, percent: float, as_of: str, class_: str = "Common Stock") -> list[Node | Edge]:
    cobble, aldfen = company("Cobble Fund", filing), company("Aldfen Inc.", filing)
    own: dict[str, Value] = {"percent": percent, "as_of": as_of, "date": as_of, "security_class": class_}
    id_ = edge_id("HOLDS_STAKE_IN", cobble.id, aldfen.id, as_of, class_.lower())
    words = (said(filing, f"{percent} on {as_of} of {class_}"),)
    return [cobble, aldfen, Edge(id_, "HOLDS_STAKE_IN", cobble.id, aldfen.id, own, words)]


def test_a_stake_held_until_it_is_observed_again_and_from_nobody_knows_when() -> None:
    graph = timed(
        resolve(
            [
                facts(EARLY, stake(EARLY, 8.4, "2020-12-31"), stake(EARLY, 1.0, "2020-12-31", "Preferred")),
                facts(LATE, stake(LATE, 3.1, "2022"), stake(LATE, 2.9, "2022-12-31")),
            ]
        )
    )
    found = {e.properties["percent"]: e.properties.get("valid_to") for e in edges(graph, "HOLDS_STAKE_IN")}
    assert found == {8.4: "2022", 1.0: None, 3.1: None, 2.9: None}
    assert not any("valid_from" in e.properties for e in edges(graph, "HOLDS_STAKE_IN"))


def test_what_was_bought_stays_bought_when_the_agreement_ends() -> None:
    aldfen, brevin = company("Aldfen Inc.", EARLY), company("Brevin Ltd.", EARLY)
    bought = deal(EARLY, aldfen, brevin, kind="equity", agreement_date="2003", expiration_date="2004")
    bought = [
        replace(r, id="holds_stake_in/1", type="HOLDS_STAKE_IN")
        if isinstance(r, Edge) and r.type == "LICENSES_TO"
        else r
        for r in bought
    ]
    graph = timed(resolve([facts(EARLY, aldfen, brevin, bought, filing_date="2003-05-01")]))
    assert span(the(graph, "HOLDS_STAKE_IN")) == ("2003", None, "2003-05-01", "2003-05-01")
    later = in_force(graph, "2010")
    assert of_type(later, "Agreement") == []
    assert "agreement" not in the(later, "HOLDS_STAKE_IN").properties
    assert validate(later) == []


def test_other_relations_begin_with_their_date_and_not_with_an_observation() -> None:
    new, old, compound = company("Aldfen Inc.", EARLY), company("Aldwick Inc.", EARLY), named("Compound", "AF-1", EARLY)
    words = (said(EARLY, "Aldfen, formerly Aldwick, has AF-1 in phase 2"),)
    named_so = Edge("formerly_named/1", "FORMERLY_NAMED", new.id, old.id, {"date": "2001-05"}, words)
    seen = Edge("develops/1", "DEVELOPS", new.id, compound.id, {"stage": "phase 2", "as_of": "2003"}, words)
    graph = timed(resolve([facts(EARLY, new, old, compound, named_so, seen, filing_date="2004-01-01")]))
    assert span(the(graph, "FORMERLY_NAMED")) == ("2001-05", None, "2004-01-01", "2004-01-01")
    assert span(the(graph, "DEVELOPS")) == (None, None, "2004-01-01", "2004-01-01")


def test_timing_is_the_same_the_second_time() -> None:
    graph = changed("TERMINATES", {"agreement_date": "2003"}, {"agreement_date": "2015-06-30"})
    assert timed(graph) == graph


def test_known_on_a_day_is_what_was_filed_by_then_and_what_nothing_dates() -> None:
    dates = {"filing/a": "2008-08-15", "filing/b": "2008-08", "filing/c": "2008", "filing/d": ""}
    ledger = [facts(f, **({"filing_date": d} if d else {})) for f, d in dates.items()]
    assert {f.filing: filing_date(f) for f in ledger} == dates

    def known(day: str) -> str:
        return "".join(f.filing[-1] for f in as_of(ledger, day))

    assert known("2008-08-14") == "d"
    assert known("2008-08-15") == "ad"
    assert known("2008-08") == known("2008-08-31") == "abd"
    assert known("2008") == "abcd"


@pytest.mark.parametrize(
    ("day", "there"),
    [
        ("2002-12-31", False),
        ("2003-01-01", True),  # began some day of 2003
        ("2012-12-31", True),
        ("2013-02-27", True),  # ends some day of that February
        ("2013-02", False),
        ("2020", False),
    ],
)
def test_in_force_leaves_out_what_had_certainly_ended_or_not_begun(day: str, there: bool) -> None:
    told = licence(EARLY, agreement_date="2003", expiration_date="2013-02")
    whole = timed(resolve([facts(EARLY, told, company("Solo Inc.", EARLY), filing_date="2003-05-01")]))
    view = in_force(whole, day)
    assert validate(view) == []
    assert {n.name for n in of_type(view, "Company")} == ({"Aldfen Inc.", "Brevin Ltd."} if there else set()) | {
        "Solo Inc."
    }
    assert bool(of_type(view, "Agreement")) is bool(of_type(view, "Compound")) is there
    assert len(of_type(view, "Filing")) == len(of_type(view, "Document")) == 1


@pytest.mark.parametrize(("day", "there"), [("2011-10-31", True), ("2011-11-01", False)])
def test_what_is_said_to_be_over_is_so_from_the_last_filing_that_tells_of_it(day: str, there: bool) -> None:
    graph = timed(resolve([facts(EARLY, licence(EARLY, status="terminated"), filing_date="2011-11-01")]))
    assert bool(edges(in_force(graph, day), "LICENSES_TO")) is there


@pytest.mark.parametrize(("day", "there"), [("2011-02", True), ("2011-03", False), ("2011", False)])
def test_what_ended_some_day_of_a_year_is_over_when_a_filing_of_that_year_says_so(day: str, there: bool) -> None:
    told = licence(EARLY, termination_date="2011", status="terminated")
    graph = timed(resolve([facts(EARLY, told, filing_date="2011-03-01")]))
    assert bool(edges(in_force(graph, day), "LICENSES_TO")) is there


def test_a_notice_of_an_end_to_come_leaves_it_in_force() -> None:
    told = licence(EARLY, termination_date="2012-01-31", status="terminated")
    graph = timed(resolve([facts(EARLY, told, filing_date="2011-11-01")]))
    assert edges(in_force(graph, "2012-01-30"), "LICENSES_TO")
    assert not edges(in_force(graph, "2012-01-31"), "LICENSES_TO")


def test_what_nobody_dates_stays() -> None:
    graph = timed(resolve([facts(EARLY, licence(EARLY))]))
    assert in_force(graph, "1950") == in_force(graph, "2050") == graph


def test_an_edge_mentions_its_ends_its_agreement_and_its_subjects() -> None:
    edge = the(timed(resolve([facts(EARLY, licence(EARLY))])), "LICENSES_TO")
    assert mentioned(edge) == {edge.source, edge.target, edge.properties["agreement"], "compound/af-1"}


@settings(max_examples=40, deadline=None)
@given(worlds(), st.sampled_from(("2003", "2005-06", "2012-01-01")))
def test_every_view_is_a_graph_in_good_order(ledger: list[FilingFacts], day: str) -> None:
    known = timed(resolve(as_of(ledger, day)), day)
    assert validate(known) == []
    assert timed(known, day) == known
    view = in_force(known, day)
    assert validate(view) == []
    assert view.edges.keys() <= known.edges.keys()
    assert in_force(view, day) == view


@pytest.mark.parametrize("type_", ["TERMINATES", "SUPERSEDES"])
def test_times_fit_the_shapes(type_: str, tmp_path: Path) -> None:
    pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is not installed")
    graph = changed(type_, {"agreement_date": "2003-02", "expiration_date": "2020"}, {"agreement_date": "2015-06-30"})
    write_rdf(graph, tmp_path / "timed.nt")
    data = rdflib.Graph().parse(tmp_path / "timed.nt", format="nt")
    conforms, _, report = pyshacl.validate(data, shacl_graph=shacl_graph(load_schema()))
    assert conforms, report
