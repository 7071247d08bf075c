"""The explorer's console, through Streamlit's AppTest."""

from pathlib import Path

import pytest

from biopact.graph.store import dump
from biopact.graph.stores import open_store
from tests.app.test_explorer import fresh, page, store

__all__ = ["fresh", "store"]


def test_a_statement_is_answered_as_a_table(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, view="Cypher")
    assert not app.dataframe
    app.button(key="FormSubmitter:cypher-Ask").click().run()
    assert not app.exception
    assert list(app.dataframe[0].value.columns) == ["licensor", "licensee", "date", "edge"]
    app.text_area(key="statement").set_value("UNWIND [1, 'a', [2, 3], null] AS x RETURN x, 1.5 AS y")
    app.button(key="FormSubmitter:cypher-Ask").click().run()
    assert list(app.dataframe[0].value["x"]) == ["1", "a", "2; 3", ""]
    assert list(app.dataframe[0].value["y"]) == [1.5] * 4


def test_what_writes_is_refused_in_words_and_changes_nothing(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(str(store)) as opened:
        before = list(dump(opened))
    app = page(store, monkeypatch, view="Cypher")
    for statement, said in (
        ("MATCH (n) DETACH DELETE n", "line 1, column 11: DETACH would change the graph"),
        ("", "there is no statement"),
        ("MATCH (n:Compny) RETURN n.id", "no type Compny; did you mean Company?"),
    ):
        app.text_area(key="statement").set_value(statement)
        app.button(key="FormSubmitter:cypher-Ask").click().run()
        assert not app.exception
        assert said in app.warning[0].value.replace("\\", "")
    with open_store(str(store)) as opened:
        assert list(dump(opened)) == before


def test_rows_are_cut_and_that_is_said(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, view="Cypher")
    app.text_area(key="statement").set_value("UNWIND range(1, 5000) AS n RETURN n")
    app.button(key="FormSubmitter:cypher-Ask").click().run()
    assert len(app.dataframe[0].value) == 1_000
    assert any("the first 1,000 rows; there are more" in c.value for c in app.caption)
