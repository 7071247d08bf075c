"""`biopact show` of a filing: its text, a quotation in its context, and where that stood."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from biopact.app.cli import cli
from tests.loaders.reading.papers import paper

PAGE = """<html><body><p>First &amp; last words.</p><table><tr><td>Upfront</td><td>$5</td></tr></table>
<hr style="page-break-after:always"><p>Quillbrook&#146;s second page.</p></body></html>"""


def show(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(cli, ["show", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "a.htm"
    path.write_text(PAGE)
    return path


def test_the_text_of_a_file_and_its_extent(page: Path) -> None:
    text = "First & last words.\n\nUpfront | $5\n\nQuillbrook’s second page."
    assert show(page).output == f"== TEXT (document 1) of a.htm, {len(text)} characters, 2 pages\n{text}\n"
    assert show(page, "--document", "text").output == text + "\n"


def test_a_span_leads_back_to_page_and_element(page: Path) -> None:
    first, _, context = show(page, "--span", "31:33").output.partition("\n\n")
    assert first == "TEXT (document 1) of a.htm, characters 31 to 33, page 1, element td[2]"
    assert "Upfront | [[$5]]\n\nQuill" in context
    assert "pages 1 to 2, elements td[2] to p[2]" in show(page, "--span", "31:40").output


def test_a_span_of_a_pdf_leads_back_to_its_page(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(paper(["First page.", "Second page."]))
    assert "page 2, line 1\n" in show(path, "--span", "12:18").output


def test_a_loaded_filing_is_shown_by_its_accession_number(tmp_path: Path) -> None:
    samples = Path(__file__).parents[2] / "examples" / "samples"
    store = str(tmp_path / "store")
    sample = next(iter(sorted(samples.glob("*.txt"))))
    runner = CliRunner()
    assert runner.invoke(cli, ["load", str(sample), "--store", store]).exit_code == 0
    records = map(json.loads, runner.invoke(cli, ["extract", str(sample)]).output.splitlines())
    evidence = [e for record in records for e in record["evidence"]]
    assert len(evidence) > 5
    for words in evidence[::5]:
        span = f"{words['start']}:{words['end']}"
        filing = words["filing_id"].removeprefix("filing/")
        number = words["document_id"].rpartition("/")[2]
        of_ledger = show(filing, "--document", number, "--span", span, "--store", store).output
        assert f"[[{words['quote']}]]" in of_ledger
        assert of_ledger == show(sample, "--document", number, "--span", span).output
    assert show(filing, "--store", store).output == show(sample).output


def test_text_cannot_steer_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Words \x1b[31m and \x9b more.".encode())
    assert show(path, "--document", 1).output == "Words \ufffd[31m and \ufffd more.\n"


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--document", "EX-10"], "it has 1 (TEXT)"),
        (["--span", "0:9999"], "characters 0 to"),
        (["--span", "9:3"], "START:END"),
        (["--limit", "none"], "no number of megabytes"),
    ],
)
def test_wrong_use_says_what_is_there(options: list[str], reason: str, page: Path) -> None:
    assert reason in show(page, *options, code=2).stderr


def test_what_is_too_large_or_not_there(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "larger than the limit of 10 bytes" in show(page, "--limit", "0.00001", code=1).stderr
    monkeypatch.setenv("BIOPACT_LIMIT", "0.00001")
    assert "larger than the limit of 10 bytes" in show(page, code=1).stderr
    assert "no filing in the ledger" in show("absent", "--span", "1:2", code=2).stderr
