"""The explorer's page through Streamlit's AppTest, on the embedded store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from biopact.app.explorer import launch
from biopact.graph.ledger import Ledger
from biopact.graph.records import Graph
from biopact.graph.store import synchronise
from biopact.graph.stores import open_store
from tests.app.world import FILINGS, IMAGE, facts, world

PAGE = str(Path(launch.__file__).with_name("page.py"))


def made(folder: Path, graph: Graph) -> Path:
    with open_store(str(folder)) as store:
        synchronise(store, graph)
    return folder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made(tmp_path_factory.mktemp("explorer"), world())
    for filing, *_ in FILINGS.values():
        Ledger(folder / "ledger").put(facts(filing))
    return folder


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


def page(store: Path | str, monkeypatch: pytest.MonkeyPatch, **query: str | list[str]) -> AppTest:
    monkeypatch.setattr("sys.argv", ["page.py", str(store)])
    app = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    return "\n".join(str(e.proto.body) for e in app.get("html"))


def drawn(app: AppTest) -> set[str]:
    return {n["id"] for n in app.session_state.drawn[1].data["picture"]["nodes"]}


def licence() -> str:
    return next(
        e.id for e in world().edges.values() if e.type == "LICENSES_TO" and e.target == "company/birchwood-pharma"
    )


def test_the_whole_network_is_shown_first(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch)
    assert len(drawn(app)) == 20
    assert any("Click a line" in m.value for m in app.markdown)


def test_a_link_brings_back_focus_and_pick(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, focus=["company/firwood-university"], pick=licence())
    assert drawn(app) == {"company/firwood-university", "company/cedar-therapeutics", "compound/fir-22"}
    assert "<mark>Alder Bio grants Birchwood Pharma an exclusive license" in words(app)
    assert "8-K · EX-99.1 · filed 2024-03-04" in words(app)
    assert "redacted" in words(app)
    assert app.query_params["focus"] == "company/firwood-university"


def test_a_link_carries_steps_and_limit(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, focus="company/firwood-university", hops="2", limit="50")
    assert "company/alder-bio" in drawn(app)
    assert (app.query_params["hops"], app.query_params["limit"]) == ("2", "50")
    app = page(store, monkeypatch, hops="99", limit="many")
    assert (app.session_state.hops, app.session_state.limit) == (1, 100)


def test_a_link_to_what_is_gone_says_so(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, focus=["company/gone"], pick="owns/gone", view="Nonsense")
    assert len(drawn(app)) == 20
    assert "neither a node nor an edge" in app.warning[0].value


def test_filters_narrow_the_picture(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch)
    app.button_group(key="kinds").set_value(["Company"]).run()
    assert {i.partition("/")[0] for i in drawn(app)} == {"company"}
    app.button_group(key="lines").set_value(["LICENSES_TO"]).run()
    assert {e["kind"] for e in app.session_state.drawn[1].data["picture"]["edges"]} == {"LICENSES_TO"}
    app.slider(key="years").set_value((2021, 2024)).run()
    assert {e["date"][:4] for e in app.session_state.drawn[1].data["picture"]["edges"]} == {"2022", "2024"}
    app.button_group(key="kinds").set_value([]).run()
    assert not app.exception


def test_deals_can_be_dots(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch)
    app.button_group(key="kinds").set_value(["Company", "Agreement"]).run()
    assert "agreement" in {i.partition("/")[0] for i in drawn(app)}


def test_expanding_keeps_places(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, focus=["company/firwood-university"], pick="company/cedar-therapeutics")
    before = {n["id"]: (n["x"], n["y"]) for n in app.session_state.drawn[1].data["picture"]["nodes"]}
    next(b for b in app.button if b.label.startswith("Add its neighbours")).click().run()
    after = {n["id"]: (n["x"], n["y"]) for n in app.session_state.drawn[1].data["picture"]["nodes"]}
    assert app.session_state.focus == ["company/firwood-university", "company/cedar-therapeutics"]
    assert "company/alder-bio" in after
    assert {n: after[n] for n in before} == before


def test_the_ends_of_an_edge_can_be_picked(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, pick=licence())
    next(b for b in app.button if b.label == r"Birchwood Pharma \(Company\)").click().run()
    assert app.session_state.picked == "company/birchwood-pharma"
    assert app.query_params["pick"] == "company/birchwood-pharma"


def test_deals_of_the_start(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, view="Deals")
    assert len(app.dataframe[0].value) == 11
    app.multiselect[0].set_value(["technology/thornlink"]).run()
    assert len(app.dataframe[0].value) == 3


def test_hostile_names_stay_text_in_the_panel(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    node = next(n for n in world().nodes.values() if n.name == IMAGE)
    app = page(store, monkeypatch, pick=node.id)
    assert "<img" not in words(app)
    assert "&lt;img src=x onerror=" in words(app)


def test_an_empty_store_says_how_to_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(made(tmp_path / "empty", Graph({}, {})), monkeypatch)
    assert "is empty" in app.info[0].value
    assert any("biopact load" in m.value for m in app.markdown)


@pytest.mark.parametrize("where", ["no-such-folder", "bolt://127.0.0.1:9", "gopher://x"])
def test_a_store_that_does_not_answer_is_an_error_in_words(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = page(where, monkeypatch)
    assert app.error[0].value
    assert "Traceback" not in app.error[0].value
    assert not (tmp_path / "no-such-folder").exists()
