"""The explorer's view for judging, through Streamlit's AppTest: there only with --edit, and then it writes."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from biopact.app import reviewing
from biopact.app.cli import cli
from biopact.app.explorer import launch, review
from biopact.app.reviewing import Review
from biopact.graph.judgements import Judgement, Judgements, Verdict, now
from biopact.graph.ledger import Ledger
from biopact.graph.resolution.model import Doubt
from biopact.graph.store import graph_of
from biopact.graph.stores import open_store
from tests.app.world import IMAGE
from tests.graph.facts import company, deal, facts

PAGE = str(Path(launch.__file__).with_name("page.py"))
ALNORA, RESEARCH, BREVIN = "company/alnora", "company/alnora-research", "company/brevin"
HOSTILE = "company/img-src-x-onerror-document-title-owned"
DOUBTS = (
    Doubt(ALNORA, RESEARCH, "Company", 0.93, ("names alike", "**one** partner in common")),
    Doubt(BREVIN, HOSTILE, "Company", 0.41, (IMAGE,)),
)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of two filings with two doubts."""
    monkeypatch.setenv("BIOPACT_USER", "Ann")
    folder = tmp_path / "store"
    for filing, date, name in (
        ("filing/9999999999-20-000001", "2020-01-05", "Alnora, Inc."),
        ("filing/9999999999-20-000002", "2021-02-06", "Alnora Research, Inc."),
    ):
        teller, brevin, hostile = company(name, filing), company("Brevin AG", filing), company(IMAGE, filing)
        told = (teller, brevin, hostile, deal(filing, teller, brevin), deal(filing, teller, hostile))
        Ledger(folder / "ledger").put(facts(filing, *told, filing_date=date))
    assert CliRunner().invoke(cli, ["rebuild", "--store", str(folder)]).exit_code == 0
    whole = reviewing.open_review

    def doubting(*given: Any, **kind: Any) -> Review:
        found = whole(*given, **kind)
        return replace(found, resolution=replace(found.resolution, doubts=DOUBTS))

    monkeypatch.setattr(review, "open_review", doubting)
    return folder


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


def page(store: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> AppTest:
    monkeypatch.setattr("sys.argv", ["page.py", str(store), *more])
    app = AppTest.from_file(PAGE, default_timeout=60)
    app.query_params["view"] = "Review"
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> None:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception


def words(app: AppTest) -> str:
    return "\n".join(str(e.proto.body) for e in app.get("html"))


def journal(store: Path) -> Judgements:
    return Judgements(store / "judgements.jsonl")


def companies(store: Path) -> set[str]:
    with open_store(str(store), create=False) as source:
        return {n.id for n in graph_of(source).nodes.values() if n.type == "Company"}


def test_without_edit_nothing_can_be_judged(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch)
    assert app.session_state.view == "Network"
    assert "Review" not in app.button_group(key="view").options
    assert not [b for b in app.button if b.label in ("Same", "Different", "Unsure", "Undo")]
    assert journal(store).history() == []


def test_both_sides_are_shown_with_their_words(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, "--edit")
    assert app.selectbox(key="doubt").options == [
        "Alnora, Inc. / Alnora Research, Inc. (Company, 0.93)",
        f"Brevin AG / {IMAGE} (Company, 0.41)",
    ]
    assert "<mark>Alnora, Inc.</mark>" in words(app)
    assert "filed 2021-02-06" in words(app)
    assert any(r"\*\*one\*\* partner in common" in m.value for m in app.markdown)


def test_a_verdict_is_kept_and_the_next_pair_shown(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, "--edit")
    app.text_input(key="note").set_value("two\nhouses")
    app.text_input(key="judge").set_value("Ben")
    press(app, "Different")
    (said,) = journal(store).current().values()
    assert (said.pair, said.verdict, said.who, said.note) == ((ALNORA, RESEARCH), "different", "Ben", "two houses")
    assert len(app.selectbox(key="doubt").options) == 1
    assert app.text_input(key="note").value == ""
    press(app, "Undo")
    assert journal(store).current() == {}
    assert len(journal(store).history()) == 2
    assert len(app.selectbox(key="doubt").options) == 2


def test_the_store_follows_on_demand(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, "--edit")
    assert not any("not in the store yet" in i.value for i in app.info)
    press(app, "Same")
    assert "not in the store yet: 1" in app.info[0].value
    assert {ALNORA, RESEARCH} <= companies(store)
    press(app, "Bring the store up to date")
    assert len({ALNORA, RESEARCH} & companies(store)) == 1
    assert not any("not in the store yet" in i.value for i in app.info)


def test_skipping_and_being_unsure(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, "--edit")
    press(app, "Unsure")
    options = app.selectbox(key="doubt").options
    assert options[1].endswith("(Company, 0.93, unsure)")
    press(app, "Skip")
    press(app, "Skip")
    assert "You skipped all of the 2 pairs" in app.success[0].value
    press(app, "Show them again")
    assert app.selectbox(key="doubt").options == options


def test_names_of_filings_stay_text(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, "--edit")
    press(app, "Different")
    assert "&lt;img src=x onerror=" in words(app)
    assert "<img" not in words(app)
    journal(store).add(Judgement(BREVIN, HOSTILE, Verdict.DIFFERENT, IMAGE, now(), IMAGE))
    app.run()
    assert "No pair is in doubt" in app.success[0].value
    assert not any(re.search(r"(?<!\\)<img", m.value) for m in app.markdown)
    assert any(r"\<img" in m.value for m in app.markdown)


def test_two_registrants_cannot_be_called_the_same(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(store / "ledger")
    for number, name in ((3, "Alnora, Inc."), (4, "Alnora Research, Inc.")):
        filing = f"filing/9999999999-20-00000{number}"
        ledger.put(facts(filing, company(name, filing, cik=f"000000001{number}"), filing_date="2022-01-01"))
    app = page(store, monkeypatch, "--edit")
    button = next(b for b in app.button if b.label == "Same")
    assert button.disabled
    assert "two registrants" in button.help


def test_whoever_judges_has_a_name(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, "--edit")
    app.text_input(key="judge").set_value(" ")
    press(app, "Same")
    assert "needs the name of who gives it" in app.error[0].value.replace("\\", "")
    assert journal(store).history() == []


def test_a_damaged_journal_is_an_error_in_words(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal(store).path.write_text("{}\n")
    app = page(store, monkeypatch, "--edit")
    assert "line 1" in app.error[0].value
    assert "Traceback" not in app.error[0].value


def test_a_store_without_a_ledger_says_so(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (store / "ledger").rename(store / "elsewhere")
    app = page(store, monkeypatch, "--edit")
    assert "no ledger beside this store" in app.info[0].value


def test_edit_reaches_the_page() -> None:
    assert launch.streamlit_command("store", 8501)[-1] == "store"
    assert launch.streamlit_command("store", 8501, edit=True)[-2:] == ["store", "--edit"]
