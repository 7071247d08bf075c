"""The network as a whole in the explorer: measures, their bars, communities."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from biopact.app.analysing import MEASURES
from biopact.app.explorer import launch
from biopact.graph.records import Graph
from biopact.graph.store import synchronise
from biopact.graph.stores import open_store
from tests.app.world import FORMULA, IMAGE, world

PAGE = str(Path(launch.__file__).with_name("page.py"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("measured")
    with open_store(str(folder)) as opened:
        synchronise(opened, world())
    return folder


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


def page(store: Path, monkeypatch: pytest.MonkeyPatch, **query: str | list[str]) -> AppTest:
    monkeypatch.setattr("sys.argv", ["page.py", str(store)])
    app = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in {"view": "Analytics", **query}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def test_the_most_connected_stands_first_and_names_stay_text(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch)
    table = app.dataframe[0].value
    assert table["Company"][0] == "Alder Bio"
    assert table["Partners"][0] == 8
    assert {IMAGE, FORMULA} <= set(table["Company"])
    assert not any("company/" in str(value) for value in table.to_numpy().ravel())


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_every_measure_opens_from_its_link(measure: str, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, measure=measure, focus="company/alder-bio")
    assert app.selectbox(key="measure").value == measure
    assert app.dataframe or app.info or app.warning
    assert app.query_params["measure"] == measure


def test_partners_to_be_need_a_company(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Choose a company" in page(store, monkeypatch, measure="partners").info[0].value
    app = page(store, monkeypatch, measure="partners", focus="company/hawthorn-holdings")
    assert "has no deals with other companies" in app.warning[0].value


def test_a_community_is_shown_in_the_network(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, measure="communities")
    members = list(app.dataframe[-1].value["Company"])
    assert "Alder Bio" in members
    next(b for b in app.button if b.label.startswith("Show")).click().run()
    assert app.session_state.view == "Network"
    assert len(app.session_state.focus) == len(members)


def test_a_store_without_deals_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = world()
    nodes = {n.id: n for n in graph.nodes.values() if n.type == "Company"}
    with open_store(str(tmp_path)) as opened:
        synchronise(opened, Graph({i: type(n)(n.id, n.type, n.name) for i, n in nodes.items()}, {}))
    assert "Too few companies" in page(tmp_path, monkeypatch).info[0].value
