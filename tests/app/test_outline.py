"""`biopact outline`: the tree it prints, and the same as JSON."""

import json
from pathlib import Path

from click.testing import CliRunner

from biopact.app.cli import cli

FORM = """SECURITIES AND EXCHANGE COMMISSION

FORM 8-K

Alnora Bio, Inc.
(Exact name of registrant as specified in its charter)

Item 1.01. Entry into a Material Definitive Agreement

On May 2, 2011, Alnora Bio, Inc. (the "Company") entered into a license agreement with Vale AG ("Vale").

OUR PARTNERS

Item 9.01. Financial Statements and Exhibits

(d) Exhibits

99.1 | Press release dated May 2, 2011
99.2 | Slides

SIGNATURE

By: /s/ Jane Doe
"""


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["outline", *map(str, arguments)])
    return result.exit_code, result.stdout


def test_the_tree(tmp_path: Path):
    path = tmp_path / "report.txt"
    path.write_text(FORM)
    code, shown = run(path, "--headings", "--terms", "--tables")
    assert code == 0
    head, *lines = shown.splitlines()
    assert head == f"8-K {path}"
    assert [line.rpartition("  ")[0] for line in lines] == [
        "  8-K",
        "    cover",
        "      SECURITIES AND EXCHANGE COMMISSION",
        "    item 1.01 Entry into a Material Definitive Agreement",
        "      term Company = Alnora Bio, Inc.",
        "      term Vale = Vale AG",
        "      OUR PARTNERS",
        "    item 9.01 Financial Statements and Exhibits",
        "      table 2 rows",
        "        exhibit 99.1 Press release dated May 2, 2011",
        "        exhibit 99.2 Slides",
        "    signatures SIGNATURE",
    ]
    start, _, end = lines[9].rpartition("  ")[2].partition(":")
    assert FORM[int(start) : int(end)] == "99.1 | Press release dated May 2, 2011"
    _, short = run(path)
    assert "term" not in short
    assert "OUR PARTNERS" not in short


def test_json_says_everything(tmp_path: Path):
    path = tmp_path / "report.txt"
    path.write_text(FORM)
    code, shown = run(path, "--json")
    (document,) = json.loads(shown)["documents"]
    assert code == 0
    assert [part["kind"] for part in document["parts"]] == ["cover", "item", "item", "signatures"]
    (table,) = document["parts"][2]["parts"]
    assert table["rows"] == [["99.1", "Press release dated May 2, 2011"], ["99.2", "Slides"]]


def test_what_cannot_be_read_is_said_and_the_rest_is_shown(tmp_path: Path):
    (tmp_path / "a.json").write_text("{}")
    (tmp_path / "b.txt").write_text(FORM)
    result = CliRunner().invoke(cli, ["outline", str(tmp_path)])
    assert result.exit_code == 1
    assert "a.json" in result.stderr
    assert "item 1.01" in result.stdout
