"""What a triple store holds of ours, as far as pushes know: one file for each address, written before and after each
request, so that a push that breaks off anywhere is taken up where it ended."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO

from filelock import FileLock, Timeout

from biopact.graph.appearing import appearing
from biopact.ontology import BiopactError

FOLDER = "pushed"  # in the ledger's folder
_IRI = re.compile(r'[^\x00-\x20<>"{}|\\^`]+')
_HASH = re.compile(r"[0-9a-f]{64}|")


class Journal:
    """The graphs of one address by IRI, each with the hash of its triples.

    A hash is empty where a request was begun of which nobody knows how it ended.
    """

    def __init__(self, held: dict[str, str], out: IO[str]) -> None:
        self._held = held
        self._out = out
        self.held: Mapping[str, str] = MappingProxyType(held)

    def begun(self, *graphs: str) -> None:
        """Requests about these graphs are about to be sent; that reaches the disk first."""
        for graph in graphs:
            self._note(graph, "")
        self._out.flush()
        os.fsync(self._out.fileno())

    def done(self, graph: str, hash: str) -> None:
        """The triple store said that it holds this graph now."""
        self._note(graph, hash)
        self._out.flush()

    def gone(self, graph: str) -> None:
        """The triple store said that it does not hold this graph any more."""
        self._note(graph, None)
        self._out.flush()

    def _note(self, graph: str, hash: str | None) -> None:
        self._out.write(_line(graph, hash))
        _take(self._held, graph, hash)


@contextmanager
def journal_of(folder: Path, url: str) -> Iterator[Journal]:
    """The journal of an address, which no other process can push to meanwhile."""
    path = _path(folder, url)
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise BiopactError(f"{url}: another process pushes to it now; run the same command when it is done") from error
    with lock:
        held = pushed(folder, url)
        with appearing(path) as anew:  # without what is out of date, and whole where a run was killed as it wrote
            anew.write((json.dumps({"url": url}) + "\n").encode())
            anew.writelines(_line(*entry).encode() for entry in sorted(held.items()))
        with path.open("a", encoding="utf-8") as out:
            yield Journal(held, out)


def pushed(folder: Path, url: str) -> dict[str, str]:
    """The graphs that an address holds by what its journal says; none where nothing was pushed to it."""
    held: dict[str, str] = {}
    path = _path(folder, url)
    if not path.exists():
        return held
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if number == 1 or not line.endswith(b"\n"):  # its address for people; what a killed run left half written
                continue
            try:
                entry = json.loads(line)
                graph, hash = entry["graph"], entry["sha256"]
                if not _IRI.fullmatch(graph) or not (hash is None or _HASH.fullmatch(hash)):
                    raise ValueError("no IRI and hash")
            except (ValueError, KeyError, TypeError) as error:
                step = "delete the file, and run `biopact push` again: it sends everything then"
                raise BiopactError(f"{path}: line {number}: damaged ({error}); {step}") from error
            _take(held, graph, hash)
    return held


def _path(folder: Path, url: str) -> Path:
    name = re.sub(r"[^a-z0-9]+", "-", url.lower().partition("://")[2])[:60].strip("-")
    return folder / FOLDER / f"{name}-{hashlib.sha256(url.encode()).hexdigest()[:12]}.jsonl"


def _line(graph: str, hash: str | None) -> str:
    return json.dumps({"graph": graph, "sha256": hash}) + "\n"


def _take(held: dict[str, str], graph: str, hash: str | None) -> None:
    if hash is None:
        held.pop(graph, None)
    else:
        held[graph] = hash
