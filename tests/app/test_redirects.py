"""Ids that somebody noted down go on working when filings or judgements give an entity another one."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from biopact.app import pipeline
from biopact.app.cli import cli
from biopact.graph.ledger import Ledger
from biopact.graph.resolution.keeping_up import FILE
from biopact.graph.resolution.redirects import leads_to
from biopact.graph.stores import open_store
from tests.graph.facts import company, deal, facts

ONE, TWO = "filing/one", "filing/two"


@pytest.fixture
def store(tmp_path: Path) -> str:
    """Brevin was known by its name; then a filing of its own told its CIK."""
    ledger = Ledger(tmp_path / "home" / "ledger")
    alnora, brevin = company("Alnora, Inc.", ONE), company("Brevin Pharma AG", ONE)
    ledger.put(facts(ONE, alnora, brevin, deal(ONE, alnora, brevin, agreement_date="2020-03-03")))
    registered = company("Brevin Pharma AG", TWO, cik="0000000007")
    told = deal(TWO, company("Alnora, Inc.", TWO), registered, agreement_date="2020-03-03")
    ledger.put(facts(TWO, company("Alnora, Inc.", TWO), registered, told))
    with open_store(str(tmp_path / "home")) as opened:
        pipeline.update(ledger, opened)
    return str(tmp_path / "home")


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words), prog_name="biopact")


def test_a_question_takes_the_old_id(store: str) -> None:
    asked = ("query", "partners", "--format", "jsonl", "--store", store, "--param")
    by_old, by_new = run(*asked, "company=company/brevin-pharma"), run(*asked, "company=company/cik-0000000007")
    assert json.loads(by_old.stdout)["partner"] == "Alnora, Inc."
    assert by_old.stdout == by_new.stdout


def test_show_takes_the_old_id(store: str) -> None:
    shown = run("show", "company/brevin-pharma", "--store", store)
    assert shown.stdout.startswith("Company company/cik-0000000007\n")
    assert "merged: company/cik-0000000007 = company/brevin-pharma: same name" in " ".join(shown.stdout.split())


def test_explain_says_in_words_why_two_names_are_one(store: str) -> None:
    told = run("explain", "company/brevin-pharma", "--store", store).stdout
    assert told == run("resolve", "why", "company/cik-0000000007", "--store", store).stdout
    assert "same name" in told
    assert "Brevin Pharma AG" in told


def test_every_id_of_a_deal_leads_to_it(store: str) -> None:
    ledger = Ledger(Path(store) / "ledger")
    told = {n.id for f in ledger for n in f.nodes if n.type == "Agreement"}
    assert len(told) == 2
    assert len({leads_to(ledger.folder / FILE, id_) for id_ in told}) == 1


@pytest.mark.parametrize("id_", ["company/nobody", "Brevin Pharma AG", "filing/one", "company/alnora' OR 1=1 --"])
def test_what_leads_nowhere_stays_what_it_is(store: str, id_: str) -> None:
    assert leads_to(Path(store) / "ledger" / FILE, id_) == id_


def test_without_a_workbench_ids_stay_what_they_are(tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"no database")
    assert leads_to(broken, "company/alnora") == "company/alnora"
    assert leads_to(tmp_path / "missing.sqlite", "company/alnora") == "company/alnora"
