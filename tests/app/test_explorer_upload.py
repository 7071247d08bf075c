"""Filings that a reader brings to the explorer: what they state, what is said of garbage, and loading them."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from biopact.app.explorer import launch, upload
from biopact.app.explorer.launch import UPLOAD, streamlit_command
from biopact.app.explorer.opened import open_graph
from biopact.app.explorer.upload import _load, _written, stated
from biopact.graph.records import Graph
from biopact.graph.store import graph_of, synchronise
from biopact.graph.stores import open_store
from biopact.ontology import StoreError
from tests.app.world import world

SAMPLES = Path(__file__).parents[2] / "examples" / "samples"
FILING = SAMPLES / "03-kestrelmoor-8-K-collaboration.txt"


@pytest.fixture(autouse=True)
def fresh() -> None:
    st.cache_resource.clear()
    st.cache_data.clear()


def test_what_a_filing_states_is_shown_with_its_words() -> None:
    found = stated([(FILING.name, FILING.read_bytes())], "one")
    rows = [dict(zip(found.facts.titles, row, strict=True)) for row in found.facts.rows]
    assert any("collaborates with" in row["Fact"] for row in rows)
    assert any("collaborat" in row["Words"] for row in rows)
    assert {row["Form"] for row in rows} == {"8-K"}
    assert found.failed == ()


def test_garbage_is_told_by_its_own_name_and_the_rest_is_read() -> None:
    files = [
        ("empty.txt", b""),
        ("../../etc/broken.pdf", b"%PDF-1.7 nothing"),
        ("noise.gz", bytes(range(256)) * 9),
        (FILING.name, FILING.read_bytes()),
    ]
    found = stated(files, "several")
    assert found.facts.rows
    assert [line.partition(":")[0] for line in found.failed] == ["empty.txt", "broken.pdf", "noise.gz"]


@pytest.mark.parametrize(
    "name",
    ["../../x.txt", "..\\..\\x.txt", "/etc/passwd", "...", "", "a" * 400 + ".txt", "漢" * 120 + ".txt", "<img>.htm"],
)
def test_a_name_leads_nowhere_else(name: str, tmp_path: Path) -> None:
    (path,) = _written([(name, b"x")], tmp_path)
    assert Path(path).read_bytes() == b"x"
    assert Path(path).resolve().parent == (tmp_path / "0").resolve()


def test_an_upload_is_loaded_as_the_command_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(str(tmp_path)):
        pass
    monkeypatch.setattr(upload.st, "session_state", (state := type("State", (), {})()))
    _load(open_graph(str(tmp_path)), [(FILING.name, FILING.read_bytes()), ("bad.pdf", b"%PDF-1.7 nothing")])
    assert state.loaded.startswith("1 filings read, ")
    with open_store(str(tmp_path), create=False) as store:
        graph = graph_of(store)
    assert any(e.type == "COLLABORATES_WITH" for e in graph.edges.values())
    assert any((tmp_path / "ledger").iterdir())


def test_the_server_refuses_what_is_too_large() -> None:
    assert f"--server.maxUploadSize={UPLOAD}" in streamlit_command("store", 8501)


def shown(store: Path, monkeypatch: pytest.MonkeyPatch, *more: str, graph: Graph | None = None) -> AppTest:
    """The view over a little store, with one filing uploaded."""
    with open_store(str(store)) as opened:
        synchronise(opened, world() if graph is None else graph)
    monkeypatch.setattr("sys.argv", ["page.py", str(store), *more])
    app = AppTest.from_file(str(Path(launch.__file__).with_name("page.py")), default_timeout=60)
    app.query_params["view"] = "Upload"
    app.run()
    app.file_uploader(key="uploaded").set_value((FILING.name, FILING.read_bytes(), "text/plain")).run()
    assert not app.exception
    return app


def test_without_edit_nothing_can_be_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = shown(tmp_path, monkeypatch)
    assert len(app.dataframe[0].value)
    assert not [b for b in app.button if b.label == "Load into the store"]
    assert any("biopact load" in c.value for c in app.caption)
    with open_store(str(tmp_path), create=False) as store:
        assert graph_of(store) == world()


def test_with_edit_the_button_loads_and_a_fault_is_no_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = shown(tmp_path, monkeypatch, "--edit")
    with monkeypatch.context() as broken:
        broken.setattr("biopact.app.pipeline.load", _refused)
        next(b for b in app.button if b.label == "Load into the store").click().run()
    assert [e.value.startswith("Nothing was loaded") for e in app.error] == [True]
    assert not app.success
    next(b for b in app.button if b.label == "Load into the store").click().run()
    assert "1 filings read" in app.success[0].value
    assert not app.error
    with open_store(str(tmp_path), create=False) as store:
        assert any(e.type == "COLLABORATES_WITH" for e in graph_of(store).edges.values())
    assert any((tmp_path / "ledger").iterdir())


def _refused(*_: object) -> None:
    raise StoreError("the disk is full; make room and load again")


def test_an_empty_store_is_filled_from_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = shown(tmp_path, monkeypatch, "--edit", graph=Graph({}, {}))
    assert "is empty" in app.info[0].value
    next(b for b in app.button if b.label == "Load into the store").click().run()
    assert not app.exception
    assert not [i for i in app.info if "is empty" in i.value]
    assert app.segmented_control(key="view").value
    with open_store(str(tmp_path), create=False) as store:
        assert any(e.type == "COLLABORATES_WITH" for e in graph_of(store).edges.values())
