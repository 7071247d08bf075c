"""The explorer's days through Streamlit's AppTest: as of which day, and what changed between two."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from biopact.app.explorer import launch
from tests.app.filings import kept, story

PAGE = str(Path(launch.__file__).with_name("page.py"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(kept(tmp_path_factory.mktemp("days"), story()))


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


def page(store: str, monkeypatch: pytest.MonkeyPatch, **query: str | list[str]) -> AppTest:
    monkeypatch.setattr("sys.argv", ["page.py", store])
    app = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def drawn(app: AppTest) -> set[str]:
    assert not app.exception
    return {n["label"] for n in app.session_state.drawn[1].data["picture"]["nodes"]}


def said(app: AppTest) -> str:
    return "\n".join(str(c.value) for c in [*app.caption, *app.info]).replace("\\", "")


def test_without_a_day_all_that_is_known_is_shown(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch)
    assert {"Aldfen Inc.", "Corva AG"} <= drawn(app)
    assert app.date_input(key="as_of").value is None
    assert "as_of" not in app.query_params
    assert "filings were known" not in said(app)


def test_a_day_shows_what_was_known_then_and_stands_in_the_address(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, focus="company/cik-0000000007")
    app.date_input(key="as_of").set_value(date(2012, 12, 31)).run()
    assert drawn(app) == {"Aldfen Inc.", "Brevin Ltd.", "AF-1", "Delos AG", "DE-1"}
    assert "as of 2012-12-31: 2 of 3 filings were known, 1 of them without a filing date" in said(app)
    assert app.query_params["as_of"] == "2012-12-31"
    assert "focus" not in app.query_params  # it had no CIK then
    app.date_input(key="as_of").set_value(None).run()
    assert "Corva AG" in drawn(app)
    assert "as_of" not in app.query_params


def test_a_link_leads_to_what_was_in_force(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, as_of="2014", in_force="yes")
    assert drawn(app) == {"Delos AG", "DE-1"}
    assert app.query_params["in_force"] == "yes"
    app.toggle(key="in_force").set_value(False).run()
    assert "Aldfen Inc." in drawn(app)
    assert app.query_params["as_of"] == "2014-12-31"
    assert "in_force" not in app.query_params


@pytest.mark.parametrize("day", ["soon", "2014-13", "1066", "9999"])
def test_a_link_to_no_day_shows_all(store: str, monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    assert "Corva AG" in drawn(page(store, monkeypatch, as_of=day))


def test_choices_that_a_day_does_not_offer_are_let_go_of(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch)
    app.button_group(key="lines").set_value(["COLLABORATES_WITH"]).run()
    app.slider(key="years").set_value((2016, 2016)).run()
    app.date_input(key="as_of").set_value(date(2012, 12, 31)).run()
    assert drawn(app) >= {"Aldfen Inc.", "Brevin Ltd."}


def test_a_day_before_all_filings_says_so_and_leads_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dated = str(kept(tmp_path / "dated", [f for f in story() if f.filing != "filing/undated"]))
    app = page(dated, monkeypatch, as_of="2001")
    assert "no filing was known yet, the earliest is of 2010-03-01" in said(app)
    app.date_input(key="as_of").set_value(None).run()
    assert "Corva AG" in drawn(app)


def test_what_changed_between_two_days(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, view="Changes")
    assert [app.date_input(key=k).value for k in ("since", "until")] == [date(2010, 3, 1), date(2016, 3, 1)]
    table = app.dataframe[0].value
    assert list(table["change"]) == ["new deal", "ended deal", "id redirects"]
    assert table["quote"][0] == "Corva AG collaboration Brevin Ltd."
    app.date_input(key="since").set_value(date(2014, 1, 1)).run()
    assert list(app.dataframe[0].value["change"]) == ["new deal", "id redirects"]
    assert (app.query_params["since"], app.query_params["until"]) == ("2014-01-01", "2016-03-01")
    app.multiselect(key="focus").set_value(["company/aldfen"]).run()
    assert "Nothing changed between these days for the names you start from" in said(app)
    app.date_input(key="until").set_value(date(2011, 1, 1)).run()
    assert "the earlier one first" in said(app)


def test_a_link_leads_to_a_comparison(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, view="Changes", since="2014", until="2015")
    assert "Nothing changed between these days." in said(app)
    assert app.date_input(key="since").value == date(2014, 12, 31)
