"""What `biopact explain` tells of a filing."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from biopact.app.cli import cli
from biopact.app.commands.demo import samples
from biopact.app.explaining import explain, summary
from biopact.loaders.extraction.trace import Why
from biopact.loaders.reading import read_filing
from biopact.loaders.sources import find_sources

FILING = """Corvane Biologics, Inc.

In May 2019, Corvane Biologics, Inc. granted Alnora Pharma, Inc. an exclusive license to ALN-12 in Europe.

If Corvane Biologics, Inc. grants Brevin Bio, Inc. a license, it will say so.

The weather was fine.
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "filing.txt"
    path.write_text(FILING, encoding="utf-8")
    return str(path)


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["explain", *words], prog_name="biopact")


def sentences(file: str, *words: str) -> list[dict[str, Any]]:
    result = run(file, "--json", *words)
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)["sentences"]
    return found


def test_what_fired_and_what_was_found(file: str) -> None:
    (told,) = sentences(file, "--match", "exclusive  LICENSE")
    (match,) = [m for m in told["matches"] if m["outcome"] == "found" and m["edge"] == "LICENSES_TO"]
    assert match["group"] == "license"
    assert FILING[match["start"] : match["end"]] == match["quote"]
    assert any(
        f["says"].startswith("LICENSES_TO: Corvane Biologics, Inc. to Alnora Pharma, Inc. (about ALN-12; date 2019-05")
        for f in match["facts"]
    )
    assert "⟨Alnora Pharma, Inc.⟩ an exclusive license to ⟨ALN-12⟩" in told["seen"]
    assert {f["kind"] for f in told["facts"]} >= {"term", "name"}


def test_what_was_refused_and_why(file: str) -> None:
    (told,) = sentences(file, "--match", "say so")
    refused = [m for m in told["matches"] if m["outcome"] == "refused"]
    assert refused
    assert {(m["why"], m["words"]) for m in refused} == {("not certain", "If")}
    assert not [m for m in told["matches"] if m["outcome"] != "refused"]


def test_what_was_passed_over(file: str) -> None:
    (told,) = sentences(file, "--match", "weather")
    assert (told["passed_over"], told["matches"], told["facts"]) == ("no word of a deal", [], [])


def test_numbers_stay_when_the_list_is_narrowed(file: str) -> None:
    every = sentences(file)
    assert [s["number"] for s in every] == list(range(1, len(every) + 1))
    assert sentences(file, "--sentence", "2") == [every[1]]


def test_the_terminal_tells_the_same(file: str) -> None:
    result = run(file)
    assert result.exit_code == 0, result.output
    assert "refused license/" in result.stdout
    assert "not certain: “If”" in result.stdout
    assert "LICENSES_TO: Corvane Biologics, Inc. to Alnora Pharma, Inc." in result.stdout
    assert "weather" not in result.stdout
    assert "weather" in run(file, "--all").stdout
    assert "passed over 2 (no word of a deal: 2)" in result.stdout


def test_nothing_with_these_words_is_wrong_use(file: str) -> None:
    result = run(file, "--match", "zebra")
    assert result.exit_code == 2
    assert "--all lists every sentence" in result.stderr


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, file: str) -> None:
    result = run(str(tmp_path / "none.txt"), file)
    assert result.exit_code == 1
    assert "none.txt" in result.stderr
    assert "LICENSES_TO" in result.stdout


def test_a_filing_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text(FILING.replace("ALN-12", "ALN-12 [bold]\x1b[2J[/bold]"), encoding="utf-8")
    result = run(str(path), "--all")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "[bold]" in result.stdout


@pytest.mark.parametrize("sample", samples(), ids=lambda path: Path(path).name[:20])
def test_every_fact_of_a_filing_is_explained(sample: str) -> None:
    (source,) = find_sources([sample])
    filing = read_filing(source)
    explained = explain(filing)
    facts = [(e, f) for e in explained for f in (*e.facts, *(f for m in e.matches for f in m.facts))]
    for each, fact in facts:
        assert each.document.text[fact.start : fact.end].strip(), fact
    extracted = json.loads("[" + ",".join(CliRunner().invoke(cli, ["extract", sample]).stdout.splitlines()) + "]")
    told = {(f.type, f.start, f.end) for _, f in facts}
    for record in extracted:
        if record["record"] == "edge" and record["type"] not in ("PARTY_TO", "COVERS", "HAS_TERM", "FILED"):
            assert {(record["type"], v["start"], v["end"]) for v in record["evidence"]} <= told
        if record["type"] in ("Term", "Company", "Compound", "Technology"):
            assert {(record["type"], v["start"], v["end"]) for v in record["evidence"]} <= told
    assert f"{len(explained):,} sentences" in summary(explained)


PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")


def test_every_reason_is_documented() -> None:
    assert [why.value for why in Why if f"| {why.value} |" not in PAGE] == []


def test_the_documented_explanation_is_what_is_printed(tmp_path: Path) -> None:
    puzzle = "\n".join(
        line.removeprefix("    ") for line in re.findall(r"^(?:    .*|)$", PAGE.partition("```")[0], re.M)
    )
    file = tmp_path / "puzzle.txt"
    file.write_text(puzzle.strip(), encoding="utf-8")
    shown = PAGE.partition("```text\n")[2].partition("```")[0].splitlines()[1:]
    printed = iter(run(str(file)).stdout.splitlines())
    assert [line for line in shown if line.strip() != "…" and line not in printed] == []  # in this order
