"""`--output`, `--format` and `--ids` from outside."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from lxml import html

import biopact
from biopact.app.cli import cli
from biopact.app.commands.answering import ENDINGS
from biopact.app.explorer.cards import Cards
from biopact.graph.store import synchronise
from biopact.graph.stores import open_store
from tests.graph.test_addresses import EXPECTED, FIRST, graph

FILINGS = "MATCH (f:Filing) RETURN f.id AS filing, '=1+1' AS formula, 2500000 AS amount ORDER BY filing"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("output") / "store")
    with open_store(folder) as made:
        synchronise(made, graph())
    return folder


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words), prog_name="biopact")


@pytest.fixture
def written(store: str, tmp_path: Path) -> Iterator[dict[str, bytes]]:
    found = {}
    for ending in ENDINGS:
        file = tmp_path / f"answer{ending.upper() if ending == '.csv' else ending}"
        result = run("cypher", FILINGS, "--store", store, "--output", str(file))
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"wrote {file}\n")
        found[ending] = file.read_bytes()
    yield found


def test_the_ending_says_the_form(written: dict[str, bytes]) -> None:
    assert next(csv.DictReader(io.StringIO(written[".csv"].decode())))["formula"] == "'=1+1"
    rows = json.loads(written[".json"])
    assert rows[0] == {"filing": f"filing/{FIRST}", "formula": "=1+1", "amount": 2_500_000}
    assert [json.loads(line) for line in written[".jsonl"].splitlines()] == rows
    assert written[".md"].decode().startswith("| Filing | Formula | Amount |\n| --- |")
    assert f"](<{EXPECTED[f'filing/{FIRST}']}>) | =1+1 | 2,500,000 |" in written[".md"].decode()
    assert written[".txt"].decode().startswith("Filing ")
    page = html.document_fromstring(written[".html"].decode())
    assert sorted(page.xpath("//a/@href")) == sorted(EXPECTED.values())
    assert written[".html"] == written[".htm"]
    sheet = openpyxl.load_workbook(io.BytesIO(written[".xlsx"])).active
    assert sheet is not None
    assert [cell.value for cell in next(sheet.iter_rows(min_row=2))] == [f"filing/{FIRST}", "=1+1", 2_500_000]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--output", "answer.doc"], "the ending says the form; known are .csv, .json"),
        (["--output", "answer"], "and --format for any other"),
        (["--output", "answer.csv", "--format", "json"], "answer.csv is for csv, and --format says json"),
        (["--format", "text", "--output", "a.log"], "--format text is for reading at once"),
        (["--format", "excel"], "--format excel makes a file: say which with --output FILE.xlsx"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_asked(words: list[str], told: str) -> None:
    command = ["changes", "2018", "2020"] if "text" in words else ["stats"]
    result = run(*command, "--store", "nowhere", *words)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_a_format_goes_into_a_file_of_any_name(store: str, tmp_path: Path) -> None:
    file = tmp_path / "answer.data"
    assert run("stats", "--store", store, "--format", "jsonl", "--output", str(file)).exit_code == 0
    assert {"what": "node", "type": "Filing", "count": 5} in map(json.loads, file.read_text().splitlines())


def test_a_folder_that_is_not_there_is_told(store: str, tmp_path: Path) -> None:
    result = run("stats", "--store", store, "--output", str(tmp_path / "no" / "a.csv"))
    assert result.exit_code == 1
    assert "No such file or directory" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_ids_stand_in_tables_only_if_asked_for(store: str) -> None:
    words = ["query", "without-identifier", "--store", store]
    assert "Company id" not in run(*words).stdout
    assert "Company id" in run(*words, "--ids").stdout
    assert "company_id" in run(*words, "--format", "csv").stdout


@pytest.mark.parametrize(
    "words", [["query"], ["analyse"], ["changes", "2018", "2020"], ["resolve"], ["resolve", "history"], ["stats"]]
)
def test_every_command_that_answers_in_rows_writes_files(words: list[str]) -> None:
    told = run(*words[:2] if words[0] == "resolve" else words[:1], "--help").stdout
    assert "--output FILE" in told
    assert ".xlsx" in told


def test_show_tells_where_the_sec_shows_a_filing(store: str) -> None:
    result = run("show", f"filing/{FIRST}", "--store", store)
    assert f"  url: {EXPECTED[f'filing/{FIRST}']}\n" in result.stdout
    assert "url:" not in run("show", "filing/9999999999-18-000001", "--store", store).stdout
    assert "\x1b" not in result.stdout


def test_quotations_lead_to_the_filing_in_python_and_in_the_explorer(store: str) -> None:
    (licence,) = (e for e in graph().edges.values() if e.type == "LICENSES_TO")
    with biopact.open(store) as opened:
        assert [q.url for q in opened.evidence(licence.id)] == [EXPECTED[f"filing/{FIRST}"]]
    card = Cards(graph())
    assert card.quotation(licence.evidence[0].id).url == EXPECTED[f"filing/{FIRST}"]


def test_a_terminal_can_click_filings(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from biopact.app.commands.answering import Output, hyperlink

    assert hyperlink("EX-99.1", "https://example.org/") == "EX-99.1"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert hyperlink("EX-99.1", "https://example.org/") == "\x1b]8;;https://example.org/\x1b\\EX-99.1\x1b]8;;\x1b\\"
    assert hyperlink("EX-99.1", None) == "EX-99.1"
    with open_store(store, create=False) as opened:
        assert Output().links(opened, [(f"filing/{FIRST}",)]) == {f"filing/{FIRST}": EXPECTED[f"filing/{FIRST}"]}
        assert Output("csv").links(opened, [(f"filing/{FIRST}",)]) == {}
