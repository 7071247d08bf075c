"""The named questions in the explorer: forms, answers, links."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from biopact.app.explorer import launch
from biopact.graph.store import synchronise
from biopact.graph.stores import open_store
from biopact.queries import catalogue, question
from tests.app.world import IMAGE, world

PAGE = str(Path(launch.__file__).with_name("page.py"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("questioned")
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
    for name, value in {"view": "Questions", **query}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def ask(app: AppTest) -> AppTest:
    next(b for b in app.button if b.label == "Ask").click().run()
    assert not app.exception
    return app


def test_a_question_is_filled_in_and_answered_as_the_store_answers_it(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(store, monkeypatch, focus="company/alder-bio")
    app.selectbox(key="question_group").set_value("partners").run()
    app.selectbox(key="question").set_value("partners").run()
    assert app.text_input(key="partners company").value == "Alder Bio"
    ask(app)
    with open_store(str(store)) as opened:
        asked = question("partners").ask(opened, company="Alder Bio")
    table = app.dataframe[0].value
    assert len(table) == len(asked.rows) > 0
    assert IMAGE in set(table["Partner"])


def test_a_link_asks_the_question_at_once(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, question="partners", given="company=Birchwod Pharma")
    assert any("did you mean" in w.value for w in app.warning)
    app = page(store, monkeypatch, question="partners", given="company=BIRCHWOOD PHARMA PLC")
    assert len(app.dataframe[0].value) == 2
    assert app.query_params["question"] == "partners"
    assert app.query_params["given"] == "company=BIRCHWOOD PHARMA PLC"


def test_every_question_has_a_form(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch)
    for name, asked in sorted(catalogue().items(), key=lambda item: item[1].group):
        if app.session_state.question_group != asked.group:
            app.selectbox(key="question_group").set_value(asked.group).run()
        app.selectbox(key="question").set_value(name).run()
        assert not app.exception, name
        assert app.selectbox(key="question").value == name
        keys = {field.key for field in (*app.text_input, *app.toggle)}
        assert {f"{name} {parameter}" for parameter in asked.parameters} <= keys
        assert app.code[0].value == asked.cypher


def test_what_is_missing_or_wrong_is_said(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = ask(page(store, monkeypatch, question="partners"))
    assert "company is missing" in app.warning[0].value
    app = page(store, monkeypatch, question="most-connected", given="limit=many")
    assert any("expected integer, found 'many'" in w.value.replace("\\", "") for w in app.warning)


@pytest.mark.parametrize("query", [{"question": "no-such"}, {"question": "partners", "given": "nonsense"}])
def test_a_broken_link_shows_a_form(query: dict[str, str], store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, **query)
    assert app.selectbox(key="question").value in catalogue()
