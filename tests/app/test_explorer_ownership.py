"""The ownership tree: who is in it, where each stands, and that it opens in the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from biopact.app.explorer import launch
from biopact.app.explorer.opened import Opened
from biopact.app.explorer.ownership import held, stand, tree
from biopact.app.network import rooms
from biopact.graph.layout import Selection, joined
from biopact.graph.ledger import Ledger
from biopact.graph.records import Edge, Graph, Node, Value
from biopact.graph.store import synchronise
from biopact.graph.stores import open_store
from tests.app.world import world

PAGE = str(Path(launch.__file__).with_name("page.py"))


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


def group(*owned: tuple[str, str, str], **properties: Value) -> Graph:
    """Companies by one letter, and who owns whom: type, source, target."""
    names = sorted({n for _, *ends in owned for n in ends})
    nodes = {f"company/{n}": Node(f"company/{n}", "Company", f"{n.upper()} Holdings", (), {}, ()) for n in names}
    edges = [
        Edge(f"{t.lower()}/{s}{o}", t, f"company/{s}", f"company/{o}", {"percent": 60.0, **properties}, ())
        for t, s, o in owned
    ]
    return Graph(nodes, {e.id: e for e in edges})


def steps(graph: Graph, company: str = "company/c") -> dict[str, int]:
    known = Opened("store", graph, Ledger(Path("none")))
    found = tree(graph, held(known, 0), company)
    return {n.removeprefix("company/"): step for n, step in found.steps.items()}


def test_owners_are_above_and_what_is_owned_below() -> None:
    graph = group(
        ("HOLDS_STAKE_IN", "a", "b"),
        ("SUBSIDIARY_OF", "c", "b"),
        ("SUBSIDIARY_OF", "d", "c"),
        ("HOLDS_STAKE_IN", "c", "e"),
        ("HOLDS_STAKE_IN", "x", "e"),
    )
    assert steps(graph) == {"c": 0, "b": -1, "a": -2, "d": 1, "e": 1}


def test_a_circle_ends_where_it_closes() -> None:
    graph = group(("HOLDS_STAKE_IN", "a", "c"), ("HOLDS_STAKE_IN", "c", "a"), ("HOLDS_STAKE_IN", "c", "c"))
    known = Opened("store", graph, Ledger(Path("none")))
    found = tree(graph, held(known, 0), "company/c")
    assert dict(found.steps) == {"company/c": 0, "company/a": -1}
    assert [e.id for e in found.edges] == ["holds_stake_in/ac", "holds_stake_in/ca"]


@pytest.mark.parametrize("ended", [{"valid_to": "2020-01-01"}, {"percent": 0.0}])
def test_what_has_ended_is_not_in_it(ended: dict[str, Value]) -> None:
    assert steps(group(("HOLDS_STAKE_IN", "a", "c"), **ended)) == {"c": 0}


def test_the_cap_is_kept_and_told() -> None:
    graph = group(*(("SUBSIDIARY_OF", f"s{i:03}", "c") for i in range(300)))
    found = tree(graph, held(Opened("store", graph, Ledger(Path("none"))), 0), "company/c")
    assert len(found.steps) == 200
    assert found.cut


def test_many_owners_far_above_take_no_room_from_what_is_near_below() -> None:
    far = (("HOLDS_STAKE_IN", f"h{i:03}", "a") for i in range(300))
    found = steps(group(("HOLDS_STAKE_IN", "a", "c"), ("SUBSIDIARY_OF", "d", "c"), *far))
    assert (found["a"], found["d"], len(found)) == (-1, 1, 200)


def test_nobody_stands_on_another() -> None:
    graph = group(*(("SUBSIDIARY_OF", f"s{i:03}", "c") for i in range(90)), ("HOLDS_STAKE_IN", "a", "c"))
    found = tree(graph, held(Opened("store", graph, Ledger(Path("none"))), 0), "company/c")
    nodes = tuple(graph.nodes[n] for n in found.steps)
    room = rooms(Selection(nodes, (), found.edges, len(nodes), joined(nodes, found.edges)))
    at = stand(found, room)
    assert at["company/a"][1] < at["company/c"][1] < min(at[f"company/s{i:03}"][1] for i in range(90))
    for one, (x, y) in at.items():
        for other, (u, v) in at.items():
            apart = (room[one].width + room[other].width) / 2 - 2
            assert one == other or abs(x - u) >= apart or abs(y - v) >= 40, (one, other)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("owned")
    with open_store(str(folder)) as opened:
        synchronise(opened, world())
    return folder


def page(store: Path, monkeypatch: pytest.MonkeyPatch, **query: str | list[str]) -> AppTest:
    monkeypatch.setattr("sys.argv", ["page.py", str(store)])
    app = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in {"view": "Ownership", **query}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def test_the_view_lists_holders_and_subsidiaries(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, focus="company/alder-bio")
    table = app.dataframe[0].value
    assert list(zip(table["Holder"], table["Relation"], table["Held"], strict=True)) == [
        ("Hawthorn Holdings", "holds stake in", "Alder Bio"),
        ("Alder Bio", "has subsidiary", "Juniper Diagnostics"),
    ]


def test_with_several_starts_one_is_chosen(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, focus=["company/hawthorn-holdings", "company/birchwood-pharma"])
    assert len(app.dataframe[0].value) == 2
    app.selectbox(key="owned").set_value("company/birchwood-pharma").run()
    assert "tells who owns" in app.info[0].value


def test_nothing_chosen_says_how_to_choose(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Choose a company" in page(store, monkeypatch).info[0].value
    assert len(page(store, monkeypatch, pick="company/juniper-diagnostics").dataframe[0].value) == 2


def test_a_link_opens_the_tree_that_was_chosen(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    starts = ["company/hawthorn-holdings", "company/birchwood-pharma"]
    app = page(store, monkeypatch, focus=starts)
    app.selectbox(key="owned").set_value("company/birchwood-pharma").run()
    assert app.query_params["owner"] == "company/birchwood-pharma"
    assert page(store, monkeypatch, focus=starts, owner=starts[1]).selectbox(key="owned").value == starts[1]
    assert page(store, monkeypatch, focus=starts, owner="company/gone").selectbox(key="owned").value == starts[0]


def test_a_pick_in_the_tree_stays_in_it_until_another_view_is_opened(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(store, monkeypatch, pick="company/juniper-diagnostics")
    app.session_state.picked = "company/birchwood-pharma"
    app.run()
    assert len(app.dataframe[0].value) == 2
    app.session_state.view = "Deals"
    app.run()
    assert "owner" not in app.query_params
    app.session_state.view = "Ownership"
    app.run()
    assert "tells who owns" in app.info[0].value
    assert not app.exception
