"""Tables of deals on the command line: columns, load and extract with a mapping, and the report of a load."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from biopact.app.cli import cli
from biopact.app.commands.demo import samples

TABLES = Path(__file__).parent.parent.parent / "examples" / "tables"
TABLE, MAPPING = str(TABLES / "deals.csv"), str(TABLES / "mapping.yaml")
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run biopact in a folder of its own; the exit code is 0 unless the test says otherwise."""
    for name in ("BIOPACT_STORE", "BIOPACT_LEDGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def invoke(*words: str, code: int = 0, stdin: str | None = None) -> Result:
        result = CliRunner().invoke(cli, list(words), prog_name="biopact", input=stdin)
        assert result.exit_code == code, result.output
        return result

    yield invoke


def test_a_table_without_a_mapping_is_refused_with_advice(run: Run) -> None:
    result = run("extract", TABLE, code=1)
    assert result.stdout == ""
    assert "`biopact columns` proposes a mapping" in result.stderr


def test_a_proposal_is_a_mapping_that_load_takes(run: Run, tmp_path: Path) -> None:
    proposed = run("columns", TABLE)
    assert "Quillmere Therapeutics, Inc." in proposed.stderr
    (tmp_path / "mapping.yaml").write_text(proposed.stdout)
    result = run("load", TABLE, "--columns", "mapping.yaml", "--json", code=1)
    report = json.loads(result.stdout)
    assert (report["read"], report["documents"], report["unchanged"]) == ([TABLE], 1, [])
    assert {f["source"] for f in report["failures"]} == {TABLE}
    assert [f["reason"].partition(": ")[2][:27] for f in report["failures"]] == ["row 3, column Signed: '11/0"]


def test_auto_takes_the_proposal(run: Run) -> None:
    result = run("extract", TABLE, "--columns", "auto", code=1)
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert {(r["source"], r["target"]) for r in records if r.get("type") == "LICENSES_TO"} == {
        ("company/quillmere-therapeutics", "company/ostravane-pharma"),
        ("company/brindlecove-medicines", "company/akebonara-yakuhin"),
    }
    assert run("extract", "--columns", "auto", *samples()[:1], code=2).stderr.endswith("no table among the files\n")


def test_tables_and_filings_load_together_and_again(run: Run) -> None:
    first = json.loads(run("load", TABLE, samples()[0], "--columns", MAPPING, "--json").stdout)
    assert sorted(first["read"]) == sorted([TABLE, samples()[0]])
    assert first["bytes"] == sum(Path(p).stat().st_size for p in (TABLE, samples()[0]))
    assert first["documents"] == 3
    assert set(first["seconds"]) == {"files", "graph and store"}
    again = json.loads(run("load", TABLE, samples()[0], "--columns", MAPPING, "--json").stdout)
    assert (again["read"], len(again["unchanged"]), again["written"]) == ([], 2, {"nodes": 0, "edges": 0})
    partners = run("query", "partners", "--param", "company=Quillmere Therapeutics, Inc.", "--format", "json").stdout
    assert "Ostravane Pharma AG" in partners


def test_the_next_edition_of_a_named_table_takes_its_place(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "deals.csv"
    table.write_text(Path(TABLE).read_text())
    run("load", "deals.csv", "--columns", MAPPING)
    table.write_text(Path(TABLE).read_text().replace("Ostravane Pharma AG", "Wexmoor Pharma AG"))
    run("load", "deals.csv", "--columns", MAPPING)
    names = run("cypher", "MATCH (c:Company) RETURN c.name AS name", "--format", "csv").stdout
    assert "Wexmoor" in names and "Ostravane" not in names


def test_standard_input_is_a_table_with_a_mapping(run: Run) -> None:
    result = run("extract", "-", "--columns", MAPPING, stdin=Path(TABLE).read_text())
    assert sum(json.loads(line).get("type") == "Agreement" for line in result.stdout.splitlines()) == 5


def test_a_bad_mapping_ends_the_command(run: Run, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text("columns: {buyer: X}")
    result = run("load", TABLE, "--columns", "m.yaml", code=1)
    assert result.stderr.startswith("biopact: m.yaml: columns.buyer: unknown key")
    assert len(result.stderr.splitlines()) == 1


def test_notes_and_failures_of_files_stand_in_the_report(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    report = json.loads(run("load", "empty.txt", "absent.txt", "--json", code=1).stdout)
    assert report["failures"] == [
        {"source": "empty.txt", "reason": "empty.txt: the file is empty"},
        {"source": "absent.txt", "reason": "absent.txt: no such file; check the path"},
    ]
    assert (report["nodes"], report["notes"]) == (0, [])
