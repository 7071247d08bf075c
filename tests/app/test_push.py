"""`biopact push` from outside: a real Fuseki holds what `biopact export` writes, and exactly the change afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import biopact.graph.push.triple_store
from biopact.app.cli import cli
from biopact.app.commands.demo import samples
from tests.servers.between import Answer, Between, between
from tests.servers.triple_stores import TripleStore, quads_of

FORGOTTEN = "9999999999-18-000001"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder of its own, nothing from the environment, and no patience."""
    for name in ("BIOPACT_STORE", "BIOPACT_LEDGER", "BIOPACT_PUSH_USER", "BIOPACT_PUSH_PASSWORD", "BIOPACT_PUSH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(biopact.graph.push.triple_store.time, "sleep", lambda seconds: None)


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words), prog_name="biopact")


def told(result: Result, code: int = 0) -> list[dict[str, object]]:
    assert result.exit_code == code, result.output
    rows: list[dict[str, object]] = json.loads(result.stdout)
    return rows


def counts(result: Result, code: int = 0) -> dict[object, object]:
    return {row["push"]: row["count"] for row in told(result, code)}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with some of the samples in it."""
    store = tmp_path_factory.mktemp("loaded") / "store"
    result = run("load", *samples()[:3], "--store", str(store))
    assert result.exit_code == 0, result.output
    return str(store)


@pytest.fixture
def unasked(open_triple_stores: Callable[[str], TripleStore]) -> Iterator[Between]:
    """An address where nothing must be asked; a test looks whether something was."""
    with between(open_triple_stores("oxigraph")) as way:
        way.spoil = lambda number, request: Answer(500)
        yield way


def test_the_store_holds_the_export_and_then_exactly_the_change(
    open_triple_stores: Callable[[str], TripleStore], loaded: str
) -> None:
    fuseki = open_triple_stores("fuseki")
    fuseki.clear()
    store = ("--store", loaded)
    with between(fuseki) as way:
        push = ("push", way.graph_store, *store, "--format", "json")
        planned = told(run(*push, "--dry-run"))
        assert way.asked == []
        first = counts(run(*push))
        assert [("PUT", row["graph"]) for row in planned] == way.told()
        assert first["named graphs sent"] == len(planned)
        assert first["triples in them"] == sum(int(str(row["triples"])) for row in planned)
        assert run("export", "before.nq", *store).exit_code == 0
        before = quads_of(Path("before.nq").read_bytes())
        assert fuseki.quads() == before

        assert counts(run(*push))["named graphs unchanged"] == len(planned)
        assert [method for method, _ in way.told()] == ["HEAD"]

        assert run("forget", FORGOTTEN, *store).exit_code == 0
        planned = told(run(*push, "--dry-run"))
        assert [str(row["graph"]) for row in planned if row["action"] == "delete"] == [
            row["graph"] for row in planned if FORGOTTEN in str(row["graph"])
        ]
        counted = counts(run(*push))
        assert counted["named graphs deleted"] == 1
        asked = [request for request in way.told() if request[0] != "HEAD"]
        assert asked == [({"put": "PUT", "delete": "DELETE"}[str(row["action"])], row["graph"]) for row in planned]
        assert run("export", "after.nq", *store).exit_code == 0
        after = quads_of(Path("after.nq").read_bytes())
        assert fuseki.quads() == after != before
        changed = {quad.graph_name.value for quad in before ^ after}
        assert {row["graph"] for row in planned} == changed


def test_what_is_wrong_is_said_in_one_line(loaded: str, unasked: Between) -> None:
    for url, words in (
        ("http://steward:secret@localhost/ds/data", "BIOPACT_PUSH_USER"),
        ("graph.nq", "http://localhost:3030/ds/data"),
        ("http://localhost:7200/repositories/deals/statements", "rdf-graphs/service"),
    ):
        result = run("push", url, "--store", loaded)
        assert (result.exit_code, result.stdout) == (2, "")
        assert len(result.stderr.splitlines()) == 1
        assert words in result.stderr
        assert "secret" not in result.stderr
    result = run("push", unasked.graph_store, "--store", "nowhere")
    assert result.exit_code == 3
    assert unasked.asked == []


def test_a_store_that_is_not_there(loaded: str) -> None:
    result = run("push", "http://127.0.0.1:9/ds/data", "--store", loaded)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "http://127.0.0.1:9/ds/data" in result.stderr
    assert "asked 5 times" in result.stderr


def test_credentials_come_from_the_environment(loaded: str, unasked: Between, monkeypatch: pytest.MonkeyPatch) -> None:
    push = ("push", unasked.graph_store, "--store", loaded)
    assert "set BIOPACT_PUSH_USER" in run(*push, "--digest").stderr
    monkeypatch.setenv("BIOPACT_PUSH_USER", "steward")
    assert "set BIOPACT_PUSH_PASSWORD" in run(*push).stderr
    monkeypatch.setenv("BIOPACT_PUSH_TOKEN", "a.token")
    assert run(*push).exit_code == 2
    assert unasked.asked == []
    monkeypatch.delenv("BIOPACT_PUSH_USER")
    unasked.spoil = lambda number, request: Answer(401)
    result = run(*push)
    assert result.exit_code == 3
    assert "a.token" not in result.output
    assert {request.headers["Authorization"] for request in unasked.asked} == {"Bearer a.token"}


def test_a_password_that_anyone_may_read_is_told_of(loaded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOPACT_PUSH_TOKEN", "a.token")
    result = run("push", "http://graphs.invalid/store", "--store", loaded)
    assert "use https" in result.stderr
    assert result.exit_code == 3


def test_a_graph_that_is_not_taken_is_a_failure(loaded: str, unasked: Between) -> None:
    unasked.spoil = lambda number, request: Answer(400, b"no") if number == 1 else None
    result = run("push", unasked.graph_store, "--store", loaded, "--format", "json")
    assert counts(result, 1)["named graphs not taken"] == 1
    assert "400" in result.stderr
