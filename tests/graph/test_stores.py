"""How stores are opened, and what is said when they cannot be."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jpype  # type: ignore[import-untyped]
import pytest

from biopact.graph.cypher_store import Run
from biopact.graph.store import NodeRow
from biopact.graph.stores import open_store
from biopact.ontology import StoreError


def test_a_folder_keeps_what_was_put(tmp_path: Path) -> None:
    row = NodeRow("Company", {"id": "company/a", "name": "A"})
    with open_store(str(tmp_path / "new" / "folder")) as store:
        store.prepare()
        store.put_nodes([row])
        assert store.name == str(tmp_path / "new" / "folder")
    with open_store(str(tmp_path / "new" / "folder"), create=False) as store:
        assert list(store.node_rows()) == [row]
    assert [p.name for p in (tmp_path / "new" / "folder").iterdir()] == ["graph"]


HOLD = """
import sys, time
from biopact.graph.stores import open_store
with open_store(sys.argv[1]) as store:
    store.prepare()
    print("open", flush=True)
    sys.stdin.readline()
"""


def test_a_folder_that_another_process_has_open(tmp_path: Path) -> None:
    folder = str(tmp_path / "store")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdin and owner.stdout
        assert owner.stdout.readline() == "open\n"
        with pytest.raises(StoreError, match=rf"open in another process \({owner.pid}\)"):
            open_store(folder)
        owner.stdin.write("\n")
    with open_store(folder, create=False) as store:
        assert store.ask("MATCH (n) RETURN n").rows == []
        with pytest.raises(StoreError, match="open in this process already"):
            open_store(folder)


def test_a_process_that_was_killed_leaves_a_store_that_opens(tmp_path: Path) -> None:
    folder = str(tmp_path / "store")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout and owner.stdout.readline() == "open\n"
        owner.kill()
    with open_store(folder) as store:
        store.put_nodes([NodeRow("Company", {"id": "company/a"})])


def test_a_short_question_leaves_later_writing_its_time(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store")) as store:
        store.prepare()
        with pytest.raises(StoreError, match="longer than"):
            store.ask("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(*) AS n", seconds=0.01)
        store.put_nodes(NodeRow("Company", {"id": f"company/{i}"}) for i in range(3_000))
        assert len(store.revisions()[0]) == 3_000


def test_a_folder_without_a_store_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store there"):
        open_store(str(tmp_path / "nothing"), create=False)
    assert not (tmp_path / "nothing").exists()


def test_garbage_of_java_is_not_the_time_to_collect_that_of_python(tmp_path: Path) -> None:
    collections: list[Mapping[str, Any]] = []

    def work(run: Run) -> None:
        system = jpype.JClass("java.lang.System")
        gc.callbacks.append(lambda phase, info: collections.append(info))
        try:
            for _ in range(5):
                system.gc()
                run("UNWIND range(1, 1000) AS n RETURN collect(n) AS all", {})
        finally:
            gc.callbacks.pop()

    with open_store(str(tmp_path)) as store:
        store.transact(work)  # type: ignore[attr-defined]
    assert not collections
    assert gc.isenabled()


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(StoreError, match="file"):
        open_store(str(tmp_path / "file"))


def test_a_server_that_is_not_there_is_told_within_three_seconds() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refused at once
        for _ in range(2):  # the first time imports the driver
            started = time.monotonic()
            with pytest.raises(StoreError, match="nothing answers there"):
                open_store(f"bolt://127.0.0.1:{taken.getsockname()[1]}")
        assert time.monotonic() - started < 3.5


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b""])
def test_a_server_that_does_not_speak_bolt(answer: bytes) -> None:
    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(20)
            connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(StoreError, match="does not speak Bolt"):
            open_store(f"bolt://127.0.0.1:{server.getsockname()[1]}")
        thread.join()


def test_credentials_in_the_address_are_refused_and_not_repeated() -> None:
    with pytest.raises(StoreError, match="NEO4J_PASSWORD") as error:
        open_store("neo4j://me:secret@localhost:7687")
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("url", ["http://localhost:7474", "postgres://x", "bolt+x://localhost"])
def test_an_address_of_another_kind(url: str) -> None:
    with pytest.raises(StoreError, match="a store is a folder or an address"):
        open_store(url)


def test_neither_engine_is_imported_before_it_is_needed() -> None:
    code = "import sys, biopact.graph.stores; print({'neo4j', 'jpype', 'arcadedb_embedded'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_opening_leaves_no_trace_outside_the_folder_or_on_the_terminal(tmp_path: Path) -> None:
    code = f"from biopact.graph.stores import open_store\nwith open_store({str(tmp_path / 's')!r}) as s: s.prepare()"
    work = tmp_path / "work"
    work.mkdir()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=work)
    assert (done.stdout, done.stderr) == ("", "")
    assert list(work.iterdir()) == []
