"""The explorer as `biopact explore` starts it, on a free port of loopback."""

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from biopact.app.explorer.launch import streamlit_command
from biopact.graph.records import Graph
from biopact.graph.store import synchronise
from biopact.graph.stores import open_store


@contextmanager
def explorer(folder: Path, graph: Graph) -> Iterator[str]:
    """Keep the graph in a store in the folder and serve it."""
    with open_store(str(folder)) as store:
        synchronise(store, graph)
    with served(folder) as address:
        yield address


@contextmanager
def served(folder: Path, store: str = "", environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve the store in the folder, or the one named; the server is ended by its own process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "streamlit.log"
    with log.open("w") as out:
        command = streamlit_command(store or str(folder), port)
        known = {**os.environ, **(environment or {})}
        server = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=known)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", server, log)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
            raise


def wait_for(health: str, server: "subprocess.Popen[bytes]", log: Path, seconds: float = 60) -> None:
    """Wait until the server answers; AssertionError with its log if it ends or keeps silent."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(health, timeout=1).close()
            return
        except OSError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
    raise AssertionError(f"no answer within {seconds:g} s: {log.read_text()}")
