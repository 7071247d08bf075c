"""Commands that end as a power cut would end them: at the n-th point where something is about to reach the disk."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import biopact.app.pipeline
import biopact.graph.stores
import biopact.loaders.extraction.extractor
from biopact.app.cli import cli
from biopact.graph.cypher_store import CypherStore
from biopact.graph.store import EdgeRow, NodeRow, Result

WARM = (biopact.app.pipeline, biopact.loaders.extraction.extractor)  # before the fork, so that no child need
POINTS = "points.json"  # in the folder that a run is watched from
_TORN = 10  # bytes that a write had not brought to the disk yet


class KeptStore:
    """A store of two tables, up in no time: what a command tells it is there when the command is killed."""

    def __init__(self, folder: Path) -> None:
        self.name = str(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / "kept.sqlite", isolation_level=None, timeout=60)
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute("CREATE TABLE IF NOT EXISTS node(id TEXT PRIMARY KEY, label TEXT, properties TEXT)")
        self._db.execute("CREATE TABLE IF NOT EXISTS edge(id TEXT PRIMARY KEY, type, source, target, properties TEXT)")

    def prepare(self) -> None:
        """Nothing to make."""

    def put_nodes(self, rows: Iterable[NodeRow]) -> int:
        held = [(r.properties["id"], r.label, json.dumps(r.properties)) for r in rows]
        self._write("INSERT OR REPLACE INTO node VALUES (?, ?, ?)", held)
        return len(held)

    def put_edges(self, rows: Iterable[EdgeRow]) -> int:
        held = [(r.properties["id"], r.type, r.source, r.target, json.dumps(r.properties)) for r in rows]
        there = {id_ for (id_,) in self._db.execute("SELECT id FROM node")}
        assert {end for row in held for end in row[2:4]} <= there, "an edge needs both its ends"
        self._write("INSERT OR REPLACE INTO edge VALUES (?, ?, ?, ?, ?)", held)
        return len(held)

    def remove_nodes(self, ids: Sequence[str]) -> None:
        self._write("DELETE FROM edge WHERE ?1 IN (source, target)", [(id_,) for id_ in ids])
        self._write("DELETE FROM node WHERE id = ?", [(id_,) for id_ in ids])

    def remove_edges(self, ids: Sequence[str]) -> None:
        self._write("DELETE FROM edge WHERE id = ?", [(id_,) for id_ in ids])

    def revisions(self) -> tuple[dict[str, str], dict[str, str]]:
        nodes, edges = (
            {id_: json.loads(p)["revision"] for id_, p in self._db.execute(f"SELECT id, properties FROM {table}")}
            for table in ("node", "edge")
        )
        return nodes, edges

    def node_rows(self) -> Iterator[NodeRow]:
        for label, properties in self._db.execute("SELECT label, properties FROM node ORDER BY id"):
            yield NodeRow(label, json.loads(properties))

    def edge_rows(self) -> Iterator[EdgeRow]:
        for *edge, properties in self._db.execute("SELECT type, source, target, properties FROM edge ORDER BY id"):
            yield EdgeRow(*edge, json.loads(properties))

    def ask(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        seconds: float = 60.0,
        rows: int | None = None,
    ) -> Result:
        """What bringing it up to date asks: how much there is, and which companies have figures; here none has."""
        del parameters, seconds, rows
        if "network_basis" in cypher:
            return Result(("id",), [])
        table = "edge" if "[e]" in cypher else "node"
        assert "count" in cypher
        return Result(("n",), self._db.execute(f"SELECT count(*) FROM {table}").fetchall())

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _write(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        self._db.execute("BEGIN")
        self._db.executemany(sql, rows)
        self._db.execute("COMMIT")


class Points:
    """Counts the points that a run passes, and ends it at one of them."""

    def __init__(self, deadly: int) -> None:
        self.deadly = deadly
        self.passed: list[str] = []

    def at(self, what: str, last_words: Callable[[], object] = lambda: None) -> None:
        self.passed.append(what)
        if len(self.passed) == self.deadly:
            last_words()
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: Any, name: str) -> None:
        """A point before each call, and one after."""
        real = getattr(owner, name)

        def call(*args: Any, **kind: Any) -> Any:
            self.at(f"before {name}")
            found = real(*args, **kind)
            self.at(f"after {name}")
            return found

        setattr(owner, name, call)

    def watch(self) -> None:
        """Put points wherever a command touches the disk or the store."""
        points, fsync, connect = self, os.fsync, sqlite3.connect

        def torn(fd: int) -> None:
            points.at("torn write", lambda: os.ftruncate(fd, max(0, os.fstat(fd).st_size - _TORN)))
            fsync(fd)
            points.at("after fsync")

        class Watched(sqlite3.Connection):
            """SQLite, with a point before each statement and after each commit."""

            def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
                points.at(sql.split()[0])
                found = super().execute(sql, *args)
                if sql.startswith("COMMIT"):
                    points.at("after COMMIT")
                return found

            def executemany(self, sql: str, rows: Any) -> sqlite3.Cursor:
                points.at(sql.split()[0])
                return super().executemany(sql, rows)

        os.fsync = torn
        sqlite3.connect = lambda *args, **kind: connect(*args, **{"factory": Watched, **kind})
        for name in ("replace", "unlink"):
            self.around(os, name)
        for store in (KeptStore, CypherStore):
            for name in ("put_nodes", "put_edges", "remove_nodes", "remove_edges"):
                self.around(store, name)


def run(words: Sequence[str], told: Path, deadly: int = 0, *, real: bool = False) -> None:
    """A command line in this process, which was forked for it; ends with its exit code unless it is killed.

    Where it was not killed, the points that it passed stand in the folder `told`. `real`: with the embedded store.
    """
    with (told / "output.txt").open("w") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    if not real:
        biopact.graph.stores.open_store = lambda name, create=True: KeptStore(Path(name))
    points = Points(deadly)
    if deadly >= 0:
        points.watch()
    code = 0
    try:
        cli.main(args=list(words), prog_name="biopact", standalone_mode=True)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    if deadly == 0:
        (told / POINTS).write_text(json.dumps(points.passed))
    sys.stdout.flush()
    os._exit(code)
