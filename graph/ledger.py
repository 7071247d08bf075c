"""The truth on disk: the facts of each filing and the text they quote, one compressed file per filing."""

from __future__ import annotations

import gzip
import io
import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock

from biopact.graph.places import NOWHERE, Places
from biopact.graph.records import Edge, Node, canonical
from biopact.ontology import BiopactError, NotFoundError

_ENDING = ".jsonl.gz"
_PATIENCE = 60  # seconds to wait for another process that writes


@dataclass(frozen=True, slots=True)
class FilingFacts:
    """All that one extractor read in one filing. Nodes include the Filing and its Documents."""

    filing: str  # id of the Filing node
    extractor: str  # name and version
    texts: dict[str, str]  # document id -> the text that offsets count in
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    places: dict[str, Places] = field(default_factory=dict)  # document id -> the way back to its pages and elements
    faults: tuple[str, ...] = ()  # what of the filing could not be read, for who loads it; not kept


class Ledger:
    """A folder of filings' facts. Writing is atomic: a reader sees the old file or the new one.

    Processes may write at the same time: they take turns. What one that was killed left half written, the next to
    write takes away.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, filing: str) -> Path:
        return self.folder / f"{filing.partition('/')[2]}{_ENDING}"

    def put(self, facts: FilingFacts) -> bool:
        """Keep the facts of a filing in place of what was kept before; False if nothing changed."""
        data = _encode(facts)
        path = self._path(facts.filing)
        if path.exists() and path.read_bytes() == data:
            return False
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / ".draft"
        with FileLock(self.folder.with_name(f".{self.folder.name}.lock"), timeout=_PATIENCE):
            with draft.open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(path)
        return True

    def get(self, filing: str) -> FilingFacts:
        """The facts of one filing; NotFoundError if it is not in the ledger."""
        path = self._path(filing)
        if not path.exists():
            raise NotFoundError(f"{filing}: not in the ledger {self.folder}; `biopact stats` lists what is")
        return _decode(path)

    def forget(self, filing: str) -> None:
        """Take one filing's facts away; NotFoundError if they are not there."""
        self.get(filing)
        self._path(filing).unlink(missing_ok=True)

    def filings(self) -> list[str]:
        """Ids of the filings kept, sorted."""
        return sorted(f"filing/{file.name.removesuffix(_ENDING)}" for file in self._files())

    def stamps(self) -> dict[str, str]:
        """Each filing with a mark that changes when its file does."""
        found = {}
        for file in self._files():
            known = file.stat()
            id_ = f"filing/{file.name.removesuffix(_ENDING)}"
            found[id_] = f"{known.st_size}-{known.st_mtime_ns}-{known.st_ino}"
        return dict(sorted(found.items()))

    def _files(self) -> Iterator[os.DirEntry[str]]:
        if self.folder.is_dir():
            with os.scandir(self.folder) as entries:
                yield from (e for e in entries if e.name.endswith(_ENDING) and not e.name.startswith("."))

    def __iter__(self) -> Iterator[FilingFacts]:
        return map(self.get, self.filings())

    def text(self, document: str) -> str:
        """The text of a document, given its id ``document/<filing>/<sequence>``."""
        return self.get(f"filing/{document.split('/')[1]}").texts[document]


def _encode(facts: FilingFacts) -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packed, io.BufferedWriter(packed, 1 << 20) as buffered:
        for record in _records(facts):  # one by one: those of a large table are gigabytes together
            buffered.write(canonical(record).encode("utf-8", "surrogatepass") + b"\n")
    return out.getvalue()


def _records(facts: FilingFacts) -> Iterator[dict[str, Any]]:
    yield {"record": "filing", "id": facts.filing, "extractor": facts.extractor}
    for id_, text in sorted(facts.texts.items()):
        where = facts.places.get(id_, NOWHERE)
        yield {"record": "text", "id": id_, "text": text, **({} if where == NOWHERE else {"places": where.to_json()})}
    for node in sorted(facts.nodes, key=lambda n: n.id):
        yield node.to_json()
    for edge in sorted(facts.edges, key=lambda e: e.id):
        yield edge.to_json()


def _decode(path: Path) -> FilingFacts:
    try:
        texts: dict[str, str] = {}
        places: dict[str, Places] = {}
        nodes: list[Node] = []
        edges: list[Edge] = []
        with gzip.open(path) as packed:
            head = json.loads(next(packed, b""))
            for line in packed:
                record = json.loads(line.decode("utf-8", "surrogatepass"))
                match record["record"]:
                    case "text":
                        texts[record["id"]] = record["text"]
                        if "places" in record:
                            places[record["id"]] = Places.from_json(record["places"])
                    case "node":
                        nodes.append(Node.from_json(record))
                    case "edge":
                        edges.append(Edge.from_json(record))
        return FilingFacts(head["id"], head["extractor"], texts, tuple(nodes), tuple(edges), places)
    except (OSError, EOFError, ValueError, KeyError, IndexError, TypeError, AttributeError, zlib.error) as error:
        raise BiopactError(f"{path}: damaged ledger file ({error}); delete it and load the filing again") from error
