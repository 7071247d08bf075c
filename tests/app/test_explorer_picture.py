"""What the picture is made of: filters, ways between starts, many deals as one line, what stays where it was put."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from biopact.app.explorer import launch
from biopact.app.explorer.cards import Cards, id_of_several
from biopact.app.explorer.filtering import UNTOLD, Filters
from biopact.app.explorer.lines import Line, line_of, lines, strongest
from biopact.app.network import arrange, count, picture
from biopact.graph.layout import pool, select
from biopact.graph.records import Edge, Graph
from biopact.graph.store import synchronise
from biopact.graph.stores import open_store
from biopact.ontology import load_schema
from tests.app.world import world

PAGE = str(Path(launch.__file__).with_name("page.py"))
ALDER, BIRCH, FIRWOOD = "company/alder-bio", "company/birchwood-pharma", "company/firwood-university"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("picture")
    with open_store(str(folder)) as opened:
        synchronise(opened, paid())
    return folder


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


def page(store: Path, monkeypatch: pytest.MonkeyPatch, **query: str | list[str]) -> AppTest:
    monkeypatch.setattr("sys.argv", ["page.py", str(store)])
    app = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def nodes(app: AppTest) -> set[str]:
    return {n["id"] for n in app.session_state.drawn[1].data["picture"]["nodes"]}


def edges(app: AppTest) -> list[dict[str, object]]:
    return list(app.session_state.drawn[1].data["picture"]["edges"])


def with_deals(times: int) -> Graph:
    """The little world, in which two companies have so many licences."""
    graph = world()
    one = next(e for e in graph.edges.values() if e.type == "LICENSES_TO" and e.target == BIRCH)
    more = [
        replace(one, id=f"licenses_to/more-{i}", properties={**one.properties, "date": str(1990 + i)})
        for i in range(times - 1)
    ]
    return Graph(graph.nodes, {**graph.edges, **{e.id: e for e in more}})


def paid() -> Graph:
    """The little world, in which the agreement of its first licence tells its upfront payment."""
    graph = world()
    licence = next(e for e in graph.edges.values() if e.type == "LICENSES_TO" and e.target == BIRCH)
    deal = graph.nodes[str(licence.properties["agreement"])]
    told = replace(deal, properties={**deal.properties, "upfront_usd": 12_000_000.0})
    return Graph({**graph.nodes, deal.id: told}, graph.edges)


def test_many_deals_of_two_companies_are_one_line_as_wide_as_they_are_many() -> None:
    few = [line for line in lines(tuple(with_deals(3).edges.values())) if {line.source, line.target} == {ALDER, BIRCH}]
    many = [line for line in lines(tuple(with_deals(9).edges.values())) if {line.source, line.target} == {ALDER, BIRCH}]
    assert [len(line.edges) for line in few if line.type == "LICENSES_TO"] == [1, 1, 1]
    (line,) = [line for line in many if line.type == "LICENSES_TO"]
    assert (line.id, len(line.edges), line.date) == (id_of_several("LICENSES_TO", ALDER, BIRCH), 9, "1990 to 2024")
    selection = select(pool(with_deals(9)))
    drawn = {e["id"]: e for e in picture(selection, arrange(selection))["edges"]}
    assert drawn[line.id]["says"] == "Alder Bio licenses to Birchwood Pharma, 9 times"
    single = next(e for e in drawn.values() if e["kind"] == "LICENSES_TO" and "times" not in e["says"])
    assert drawn[line.id]["width"] > 2 * single["width"]


def test_the_card_of_such_a_line_lists_its_deals_and_quotes_the_latest() -> None:
    graph = with_deals(9)
    card = Cards(graph).card(id_of_several("LICENSES_TO", ALDER, BIRCH))
    assert card.title == "Alder Bio licenses to Birchwood Pharma"
    assert dict(card.facts) == {"Times": "9", "First": "1990", "Latest": "2024-03-04"}
    assert [k.date for k in card.links][:2] == ["2024-03-04", "1997"]
    assert all(k.edge in graph.edges for k in card.links)
    assert card.quotations


def test_either_end_of_a_collaboration_may_be_told_first() -> None:
    graph = world()
    one = next(e for e in graph.edges.values() if e.type == "COLLABORATES_WITH")
    turned = replace(one, id="collaborates_with/turned", source=one.target, target=one.source)
    assert line_of(one) == line_of(turned)
    both = Cards(Graph(graph.nodes, {**graph.edges, turned.id: turned})).card(line_of(one))
    assert {one.id, turned.id} <= {k.edge for k in both.links}


@pytest.mark.parametrize(
    "id_", ["lines|LICENSES_TO|company/a", "lines|NO_SUCH|a|b", "lines|||", f"lines|OWNS|{ALDER}|x"]
)
def test_a_line_that_is_none_has_no_card(id_: str) -> None:
    with pytest.raises(Exception, match="neither a node nor an edge"):
        Cards(world()).card(id_)


def test_of_too_many_lines_each_node_keeps_its_strongest() -> None:
    def line(source: str, target: str, times: int) -> Line:
        edge = Edge(f"owns/{source}{target}", "OWNS", source, target, {}, ())
        return Line(edge.id, "OWNS", source, target, (edge,) * times)

    every = [line("a", "b", 5), line("a", "c", 1), line("b", "c", 4), line("d", "a", 1)]
    kept = strongest(every, 3)
    assert [(k.source, k.target) for k in kept] == [("a", "b"), ("b", "c"), ("d", "a")]
    assert strongest(every, 4) == every


def test_more_lines_than_can_be_seen_are_counted() -> None:
    graph = world()
    selection = select(pool(graph))
    assert count(selection) == "showing all 20"
    crowd = {
        f"develops/{a}{b}": Edge(f"develops/{a}{b}", "DEVELOPS", n, m, {}, ())
        for a, n in enumerate(k for k in graph.nodes if k.startswith("company/"))
        for b, m in enumerate(k for k in graph.nodes if k.startswith(("compound/", "technology/", "company/")))
    }
    selection = select(pool(Graph(graph.nodes, {**graph.edges, **crowd})))
    said = count(selection)
    assert said.startswith("showing all 20; the strongest 150 of ")
    assert len(picture(selection, arrange(selection))["edges"]) == 150


def test_filters_of_deals_leave_everything_else() -> None:
    graph, schema = paid(), load_schema()
    every = Filters(tuple(schema.nodes), tuple(schema.edges))
    licence = next(e for e in graph.edges.values() if e.type == "LICENSES_TO" and e.target == BIRCH)
    owns = next(e for e in graph.edges.values() if e.type == "OWNS")
    deal = graph.nodes[str(licence.properties["agreement"])]
    for chosen, passes in (
        (Filters(every.nodes, every.edges, kinds=("license",)), True),
        (Filters(every.nodes, every.edges, kinds=("supply",)), False),
        (Filters(every.nodes, every.edges, statuses=(str(deal.properties.get("status", UNTOLD)),)), True),
        (Filters(every.nodes, every.edges, statuses=("terminated",)), False),
        (Filters(every.nodes, every.edges, upfront=12.0), True),
        (Filters(every.nodes, every.edges, upfront=12.5), False),
        (Filters(every.nodes, every.edges, years=(2024, 2024)), True),
        (Filters(every.nodes, every.edges, years=(2025, 2030)), False),
    ):
        assert (chosen.edge(licence, graph), chosen.node(deal), chosen.edge(owns, graph)) == (passes, passes, True)


def test_only_what_lies_between_the_starts(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, focus=[FIRWOOD, BIRCH], between="yes")
    way = nodes(app)
    assert {FIRWOOD, BIRCH, "company/cedar-therapeutics"} <= way
    assert "company/hawthorn-holdings" not in way
    assert app.query_params["between"] == "yes"
    app.toggle(key="between").set_value(False).run()
    assert "between" not in app.query_params
    assert "company/dogwood-oncology" in nodes(app)


def test_starts_that_nothing_joins_are_drawn_alone() -> None:
    graph = world()
    apart = Graph(graph.nodes, {})
    assert {n.id for n in select(pool(apart), focus=[ALDER, BIRCH], between=True).nodes} == {ALDER, BIRCH}


def test_an_agreement_as_start_means_its_parties() -> None:
    graph = world()
    deal = next(e.target for e in graph.edges.values() if e.type == "PARTY_TO" and e.source == FIRWOOD)
    assert {n.id for n in select(pool(graph), focus=[deal], hops=1).nodes} >= {FIRWOOD, "company/cedar-therapeutics"}


def test_hide_show_again_and_collapse(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, focus=[FIRWOOD], pick="compound/fir-22")
    next(b for b in app.button if b.label == "Hide").click().run()
    assert "compound/fir-22" not in nodes(app)
    assert app.query_params["hide"] == "compound/fir-22"
    assert app.session_state.picked is None
    next(b for b in app.button if b.label == "Show again what is hidden").click().run()
    assert "compound/fir-22" in nodes(app)
    app = page(store, monkeypatch, focus=[FIRWOOD, ALDER], pick=ALDER)
    next(b for b in app.button if b.label == "Collapse its neighbours").click().run()
    assert app.session_state.focus == [FIRWOOD]
    assert ALDER not in nodes(app)


def test_a_link_brings_back_the_filters(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch)
    app.button_group(key="kinds").set_value(["Company"]).run()
    app.button_group(key="lines").set_value(["LICENSES_TO"]).run()
    app.slider(key="years").set_value((2021, 2024)).run()
    app.multiselect(key="deal_kinds").set_value(["license"]).run()
    app.number_input(key="upfront").set_value(10.0).run()
    asked = {name: app.query_params[name] for name in app.query_params}
    assert asked == {
        "show": "Company",
        "lines": "LICENSES_TO",
        "years": "2021-2024",
        "kind": "license",
        "upfront": "10",
    }
    again = page(store, monkeypatch, **asked)
    assert edges(again) == edges(app)
    assert [e["date"] for e in edges(again)] == ["2024-03-04"]


@pytest.mark.parametrize(
    "query",
    [
        {"show": "Nonsense", "lines": "NO_SUCH", "years": "9999-1"},
        {"years": "x-y", "upfront": "nan", "kind": "none", "status": "none"},
        {"years": "0-99999999999", "upfront": "-5", "hide": "gone", "between": "maybe"},
    ],
)
def test_a_broken_link_shows_the_usual_picture(
    query: dict[str, str], store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(nodes(page(store, monkeypatch, **query))) == 20


def test_what_is_moved_stays_when_the_picture_grows(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, focus=[FIRWOOD], pick="company/cedar-therapeutics")
    app.session_state.stood = (app.session_state.stood[0], {**app.session_state.stood[1], FIRWOOD: (777, -55)})
    next(b for b in app.button if b.label.startswith("Add its neighbours")).click().run()
    places = {n["id"]: (n["x"], n["y"]) for n in app.session_state.drawn[1].data["picture"]["nodes"]}
    assert places[FIRWOOD] == (777, -55)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("Alder Bio, Inc.", ALDER), ("aldx", ALDER), ("Birchwod Pharma", BIRCH), ("BIRCHWOOD PHARMA", BIRCH)],
)
def test_what_is_typed_is_looked_for_in_the_store(
    typed: str, found: str, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(store, monkeypatch)
    app.multiselect(key="focus").set_value([typed]).run()
    assert not app.exception
    assert app.session_state.focus == [found]


def test_a_name_that_may_mean_several_is_asked_for(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch)
    app.multiselect(key="focus").set_value(["alder"]).run()
    assert app.session_state.focus == []
    assert "Did you mean" in app.info[0].value
    next(b for b in app.button if b.label.startswith("Alder Bio")).click().run()
    assert app.session_state.focus == [ALDER]
    assert not app.info


@pytest.mark.parametrize("typed", ["zzzzzz", "<img src=y>", "*", ") OR (", "**x** $1"])
def test_what_nothing_is_called_is_said(typed: str, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch)
    app.multiselect(key="focus").set_value([typed]).run()
    assert not app.exception
    assert app.session_state.focus == []
    assert "Nothing is called" in app.info[0].value
