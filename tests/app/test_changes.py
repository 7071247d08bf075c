"""`biopact changes` from outside."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from biopact.app.cli import cli
from biopact.graph.addresses import addresses
from biopact.graph.records import Graph, Node
from biopact.graph.resolve import resolve
from tests.app.filings import FIRST, SECOND, kept, story


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(kept(tmp_path_factory.mktemp("changes"), story()))


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["changes", *words], prog_name="biopact")


def told(*words: str) -> list[dict[str, object]]:
    result = run(*words, "--format", "jsonl")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_change_comes_with_its_words_and_their_filing(store: str) -> None:
    found = told("2012", "2016", "--store", store)
    assert [(c["change"], c["property"]) for c in found] == [
        ("new deal", None),
        ("ended deal", "expiration_date"),
        ("id redirects", "id"),
    ]
    new = found[0]
    assert new["quote"] == "Corva AG collaboration Brevin Ltd."
    assert (new["date"], new["filed"], new["filing"], new["url"]) == ("2016-01-04", "2016-03-01", SECOND[7:], None)
    assert (found[1]["date"], found[1]["filing"]) == ("2013-02", FIRST)
    assert (found[2]["before"], found[2]["after"]) == ("company/brevin", "company/cik-0000000007")


def test_how_much_was_known_is_said_beside_it(store: str) -> None:
    result = run("2012", "2016-12", "--store", store)
    assert result.stderr == (
        "biopact: as of 2012-12-31: 2 of 3 filings were known, 1 of them without a filing date; "
        "as of 2016-12-31: 3 of 3 filings were known, 1 of them without a filing date\n"
    )
    assert result.stdout.startswith("new deal: collaboration: Corva AG, Brevin Ltd. (2016-01-04)\n  “Corva AG ")
    assert "    8-K, 0000000000-16-000002, filed 2016-03-01\n" in result.stdout


@pytest.mark.parametrize("format", ["table", "json", "csv", "markdown"])
def test_every_format_tells_of_the_deal(store: str, format: str) -> None:
    assert "new deal" in run("2012", "2016", "--store", store, "--format", format).stdout


def test_only_what_is_about_a_company(store: str) -> None:
    assert {c["change"] for c in told("2012", "2016", "--store", store, "--company", "CORVA AG")} == {"new deal"}
    of_brevin = told("2012", "2016", "--store", store, "--company", "company/brevin")  # as it was called then
    assert [c["change"] for c in of_brevin][:2] == ["ended deal", "id redirects"]
    result = run("2012", "2016", "--store", store, "--company", "Nobody")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no company has the id, name or alias 'Nobody' on either day" in result.stderr


def test_nothing_changed(store: str) -> None:
    result = run("2010-04", "2012", "--store", store)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[1] == "biopact: nothing changed"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("2016", "2012"), "FROM 2016-12-31 has to be earlier than TO 2012-12-31"),
        (("2016", "2016-12-31"), "has to be earlier"),
        (("soon", "2012"), "'soon' is no date; expected one as in 2019, 2019-03 or 2019-03-31"),
    ],
)
def test_dates_that_make_no_sense(store: str, words: tuple[str, ...], says: str) -> None:
    result = run(*words, "--store", store)
    assert result.exit_code == 2
    assert says in result.stderr


def test_without_a_ledger_there_is_nothing_to_compare(tmp_path: Path) -> None:
    result = run("2010", "2012", "--store", str(tmp_path / "nowhere"))
    assert result.exit_code == 2
    assert "no filings in this ledger" in result.stderr
    assert not (tmp_path / "nowhere").exists()


def test_the_address_of_a_filing_is_that_of_who_filed_it() -> None:
    graph = resolve(story())
    assert SECOND not in addresses(graph)  # nobody knows the CIK of who filed it
    corva = next(n for n in graph.nodes.values() if n.name == "Corva AG")
    with_cik = Node(corva.id, "Company", corva.name, (), {"cik": "0000000042"})
    graph = Graph({**graph.nodes, corva.id: with_cik}, graph.edges)
    assert addresses(graph)[SECOND] == (
        "https://www.sec.gov/Archives/edgar/data/42/000000000016000002/0000000000-16-000002-index.htm"
    )
    filing = Node(SECOND, "Filing", "8-K", (), {"url": "https://example.org/8-k"})
    assert addresses(Graph({**graph.nodes, SECOND: filing}, graph.edges))[SECOND] == "https://example.org/8-k"
