"""The journal of a push: what a killed process leaves, what others may do meanwhile, and what damage does."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from biopact.graph.push import journal
from biopact.graph.push.journal import journal_of, pushed
from biopact.graph.rdf import graphs
from biopact.graph.records import Graph
from biopact.ontology import BiopactError
from tests.graph.exports import pushes
from tests.graph.exports.pushes import exported
from tests.servers.between import between
from tests.servers.triple_stores import TripleStore

URL = "http://localhost:3030/ds/data"
A, B = "https://example.org/graph/a", "https://example.org/graph/b"
HASH = "0" * 64

PUSHER = """
import json, sys
from pathlib import Path
from biopact.graph.push.journal import journal_of
from biopact.graph.push.pushing import push
from biopact.graph.push.triple_store import TripleStore
url, folder = sys.argv[1:]
graphs = [(name, quads.encode()) for name, quads in json.load(sys.stdin)]
with journal_of(Path(folder), url) as journal, TripleStore(url) as store:
    push(graphs, store, journal)
"""


def file_of(folder: Path) -> Path:
    (path,) = (folder / journal.FOLDER).glob("*.jsonl")
    return path


def test_what_is_noted_is_there_again(tmp_path: Path) -> None:
    with journal_of(tmp_path, URL) as notes:
        notes.begun(A)
        notes.done(A, HASH)
        notes.begun(B)
    assert pushed(tmp_path, URL) == {A: HASH, B: ""}
    with journal_of(tmp_path, URL) as notes:
        assert dict(notes.held) == {A: HASH, B: ""}
        notes.begun(A)
        notes.gone(A)
    assert pushed(tmp_path, URL) == {B: ""}
    assert pushed(tmp_path, URL + "2") == {}
    assert json.loads(file_of(tmp_path).read_text().splitlines()[0]) == {"url": URL}


def test_a_line_that_was_cut_off_is_passed_over(tmp_path: Path) -> None:
    with journal_of(tmp_path, URL) as notes:
        notes.done(A, HASH)
        notes.begun(B)
    path = file_of(tmp_path)
    whole = path.read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    for end in range(last, len(whole)):
        path.write_bytes(whole[:end])
        with journal_of(tmp_path, URL) as notes:
            assert dict(notes.held) == {A: HASH}
            notes.begun(A)
        assert pushed(tmp_path, URL) == {A: ""}


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"graph": "a b", "sha256": ""}', f'{{"graph": "{A}> . <b", "sha256": ""}}', f'{{"graph": "{A}"}}'],
)
def test_damage_is_told(line: str, tmp_path: Path) -> None:
    with journal_of(tmp_path, URL) as notes:
        notes.done(A, HASH)
    path = file_of(tmp_path)
    with path.open("a") as out:
        out.write(line + "\n")
    with pytest.raises(BiopactError, match=r"line 3: damaged .*delete the file"), journal_of(tmp_path, URL):
        pass


def test_one_push_at_a_time(tmp_path: Path) -> None:
    with journal_of(tmp_path, URL):
        with pytest.raises(BiopactError, match="another process"), journal_of(tmp_path, URL):
            pass
        with journal_of(tmp_path, URL + "2"):
            pass


@pytest.mark.parametrize("number", [2, 4])
@pytest.mark.parametrize("passed_on", [False, True], ids=["not done", "done and not told"])
def test_a_push_that_is_killed_is_taken_up(
    open_triple_stores: Callable[[str], TripleStore], graph: Graph, number: int, passed_on: bool, tmp_path: Path
) -> None:
    store = open_triple_stores("oxigraph")
    store.clear()
    with between(store) as way:
        pushes.pushed(graphs(graph), way.graph_store, tmp_path)
        way.told()
        given = [(name, quads.decode().replace("Weaver", "Loom")) for name, quads in graphs(graph)]
        process = subprocess.Popen(
            [sys.executable, "-c", PUSHER, way.graph_store, str(tmp_path)], stdin=subprocess.PIPE
        )

        def kill(n: int, _: object) -> None:
            if n == number:
                process.kill()

        setattr(way, "lose" if passed_on else "spoil", kill)
        process.communicate(json.dumps(given).encode(), timeout=60)
        assert process.returncode == -signal.SIGKILL
        setattr(way, "lose" if passed_on else "spoil", lambda n, _: None)
        assert "" in pushed(tmp_path, way.graph_store).values()
        pushes.pushed(graphs(graph), way.graph_store, tmp_path)
    assert store.quads() == exported(graph)
