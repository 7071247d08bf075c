"""How stores are opened, and what is said when they cannot be."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

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


def test_a_folder_without_a_store_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store there"):
        open_store(str(tmp_path / "nothing"), create=False)
    assert not (tmp_path / "nothing").exists()


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(StoreError, match="file"):
        open_store(str(tmp_path / "file"))


def test_a_server_that_is_not_there_is_told_within_three_seconds() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refused at once
        started = time.monotonic()
        with pytest.raises(StoreError, match="nothing answers there"):
            open_store(f"bolt://127.0.0.1:{taken.getsockname()[1]}")
        assert time.monotonic() - started < 3.5


def test_a_server_that_does_not_speak_bolt() -> None:
    code = (
        "import http.server as h; s = h.ThreadingHTTPServer(('127.0.0.1', 0), h.BaseHTTPRequestHandler); "
        "print(s.server_port, flush=True); s.serve_forever()"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert server.stdout is not None
        with server.stdout, pytest.raises(StoreError, match="Bolt"):
            open_store(f"bolt://127.0.0.1:{int(server.stdout.readline())}")
    finally:
        server.kill()
        server.wait()


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
