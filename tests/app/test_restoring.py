"""`biopact load graph.nq`: the store that an export was of, in a store of its own, and nothing half done."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from biopact.app.cli import cli
from biopact.app.commands.demo import samples
from biopact.graph.restored import FILE
from biopact.graph.store import dump
from biopact.graph.stores import open_store

FILING = "9999999999-18-000001"
LOADED = [name for name in samples() if Path(name).name[:2] in ("01", "07", "10")]


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


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A store with some of the samples in it, and the RDF of it."""
    folder = tmp_path_factory.mktemp("loaded")
    store, file = str(folder / "store"), str(folder / "graph.nq")
    run("load", *LOADED, "--store", store)
    run("export", file, "--store", store)
    return store, file


@pytest.fixture(scope="module")
def restored(loaded: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that was restored from it."""
    store = tmp_path_factory.mktemp("restored") / "store"
    run("load", loaded[1], "--store", str(store))
    return store


@pytest.fixture
def copy(restored: Path, tmp_path: Path) -> str:
    """The same in a place of its own."""
    return str(shutil.copytree(restored, tmp_path / "copy"))


def records(store: str) -> list[str]:
    with open_store(store, create=False) as source:
        return list(dump(source))


def test_a_restored_store_is_the_store_that_was_exported(loaded: tuple[str, str]) -> None:
    store, file = loaded
    report = json.loads(run("load", file, "--store", "copy", "--json").stdout)
    assert len(report["read"]) == len(LOADED)
    assert report["failures"] == []
    assert report["written"]["nodes"] > report["nodes"] > 50
    assert records("copy") == records(store)
    run("export", "again.nq", "--store", "copy")
    assert Path("again.nq").read_bytes() == Path(file).read_bytes()
    question = ("query", "most-connected", "--format", "json", "--store")
    assert run(*question, "copy").stdout == run(*question, store).stdout
    assert "restored from RDF" in " ".join(run("doctor", "--store", "copy").stdout.split())


def test_loading_it_again_changes_nothing_and_another_takes_its_place(loaded: tuple[str, str], copy: str) -> None:
    store, file = loaded
    before = records(copy)
    again = json.loads(run("load", file, "--store", copy, "--json").stdout)
    assert set({**again["written"], **again["removed"]}.values()) == {0}
    assert records(copy) == before
    run("export", "part.ttl.gz", "--type", "SUBSIDIARY_OF", "--store", store)
    run("load", "part.ttl.gz", "--store", copy)
    part = records(copy)
    assert 0 < len(part) < len(before)
    run("export", "again.ttl.gz", "--store", copy)
    assert Path("again.ttl.gz").read_bytes() == Path("part.ttl.gz").read_bytes()


def test_rebuild_makes_it_again(copy: str) -> None:
    before = records(copy)
    with open_store(copy, create=False) as target:
        target.remove_nodes(sorted(target.revisions()[0])[:50])
    assert records(copy) != before
    run("rebuild", "--store", copy)
    assert records(copy) == before


@pytest.mark.parametrize(
    "words",
    [
        ("load", samples()[0]),
        ("forget", FILING),
        ("resolve",),
        ("resolve", "same", "company/a", "company/b", "--who", "a tester"),
        ("query", "most-connected", "--as-of", "2018"),
    ],
    ids=" ".join,
)
def test_what_needs_the_filings_is_refused_and_changes_nothing(copy: str, words: tuple[str, ...]) -> None:
    before = records(copy)
    refused = run(*words, "--store", copy, code=1)
    assert refused.stdout == ""
    assert "the store was restored from RDF" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert records(copy) == before


def test_a_ledger_with_filings_is_left_alone(loaded: tuple[str, str]) -> None:
    store, file = loaded
    before = records(store)
    refused = run("load", file, "--store", store, code=1)
    assert "this ledger has 3 filings" in refused.stderr
    assert "--store restored" in refused.stderr
    assert records(store) == before
    assert not (Path(store) / "ledger" / FILE).exists()


def test_what_is_no_export_leaves_the_store_as_it_was(loaded: tuple[str, str], copy: str) -> None:
    before = records(copy)
    lines = Path(loaded[1]).read_text(encoding="utf-8").splitlines()
    foreign = '<http://evil.example/s> <http://evil.example/p> "o" .'
    Path("foreign.nq").write_text("\n".join([*lines, foreign]), encoding="utf-8")
    refused = run("load", "foreign.nq", "--store", copy, code=1)
    assert f"foreign.nq, line {len(lines) + 1}: <http://evil.example/s>" in refused.stderr
    wrong = [line.replace('ontology#cik> "', 'ontology#cik> "x') for line in lines]
    Path("wrong.nq").write_text("\n".join(wrong), encoding="utf-8")
    refused = run("load", "wrong.nq", "--store", copy, code=1)
    assert "cik: 'x9999" in refused.stderr
    assert "has not the form [0-9]{10}" in refused.stderr
    assert records(copy) == before


def test_rdf_comes_alone(loaded: tuple[str, str]) -> None:
    refused = run("load", loaded[1], samples()[0], "--store", "copy", code=2)
    assert "load one such file, and nothing beside it" in refused.stderr
    assert "none.nq: no such file" in run("load", "none.nq", "--store", "copy", code=1).stderr
