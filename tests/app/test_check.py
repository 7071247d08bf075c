"""`biopact check`: what it prints, and the exit codes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from biopact.app.cli import cli
from biopact.app.commands.demo import samples
from biopact.graph.stores import open_store

SAMPLE = next(name for name in samples() if Path(name).name.startswith("01"))


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder of its own, and nothing from the environment."""
    for name in ("BIOPACT_STORE", "BIOPACT_LEDGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def run(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(cli, list(words), prog_name="biopact")
    assert result.exit_code == code, result.output
    return result


def test_a_store_and_its_export_are_in_good_order_until_someone_alters_them() -> None:
    run("load", SAMPLE)
    told = run("check").stdout
    assert told.startswith("store ./biopact-data: ")
    assert told.endswith(" nodes and edges, all in good order\n")
    run("export", "graph.nq.gz")
    assert run("check", "graph.nq.gz").stdout.endswith(" resources, all in good order\n")
    assert json.loads(run("check", "graph.nq.gz", "--format", "json").stdout) == []
    with open_store("biopact-data") as store:
        row = next(iter(store.node_rows(["Company"])))
        store.put_nodes([type(row)(row.label, {**row.properties, "cik": "seventeen"})])
    result = run("check", "--format", "json", code=1)
    id_ = row.properties["id"]
    found = json.loads(result.stdout)
    assert [(f["record"], f["where"], f["what is wrong"]) for f in found] == [
        (id_, "cik", "'seventeen' has not the form [0-9]{10}"),
        (id_, "revision", "it was altered after biopact had written it"),
    ]
    assert result.stderr.startswith("biopact: 2 problems in ")
    run("rebuild")
    run("check")


def test_problems_of_a_file_are_listed_for_people_and_for_programs() -> None:
    company = "<https://example.org/{}> a <https://w3id.org/biopact/ontology#Company> .\n"
    Path("graph.nt").write_text("".join(map(company.format, range(12))).replace(" a ", f" <{TYPE}> "), encoding="utf-8")
    result = run("check", "graph.nt", code=1)
    assert "rdfs:label" in result.stdout
    assert "say its rdfs:label" in result.stdout
    assert result.stderr == ("biopact: 12 problems in 12 resources, of which 10 are shown; add --all for the others\n")
    result = run("check", "graph.nt", "--all", "--output", "problems.csv", code=1)
    with Path("problems.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12
    assert rows[0]["record"] == "https://example.org/0"
    assert set(rows[0]) == {"record", "where", "what is wrong", "next step"}


TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def test_what_cannot_be_checked_is_no_success() -> None:
    Path("graph.nt").write_text("no RDF", encoding="utf-8")
    assert "graph.nt: not N-Triples" in run("check", "graph.nt", code=1).stderr
    Path("graph.txt").write_text("", encoding="utf-8")
    assert "graph.txt: a file of RDF is known by its ending" in run("check", "graph.txt", code=2).stderr
    run("check", "nowhere.nq", code=2)
    run("check", "--store", "nowhere", code=3)
