"""The workbench's SQLite tables, and how records are kept in them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from biopact.graph.records import Edge, Node, canonical
from biopact.ontology import BiopactError

_TABLES = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE filing(id TEXT PRIMARY KEY, date TEXT, corrects INTEGER, stamp TEXT) WITHOUT ROWID;
-- the nodes of filings' facts; atom only for entities, entity is the id in the graph
CREATE TABLE node(filing TEXT, local TEXT, type TEXT, atom TEXT, names TEXT, cik TEXT, lei TEXT,
                  entity TEXT, data, PRIMARY KEY(filing, local)) WITHOUT ROWID;
CREATE INDEX node_atom ON node(atom);
CREATE INDEX node_entity ON node(entity);
-- their edges; whole is the id in the graph, or "in <entity>" where both ends became one
CREATE TABLE edge(filing TEXT, local TEXT, whole TEXT, data, PRIMARY KEY(filing, local)) WITHOUT ROWID;
CREATE INDEX edge_whole ON edge(whole);
-- what two atoms, or two blocks of agreements, have to share to be looked at together
CREATE TABLE key(key TEXT, atom TEXT, PRIMARY KEY(key, atom)) WITHOUT ROWID;
CREATE INDEX key_atom ON key(atom);
CREATE TABLE pair(kind TEXT, a TEXT, b TEXT, filing TEXT, PRIMARY KEY(kind, a, b, filing)) WITHOUT ROWID;
CREATE INDEX pair_a ON pair(a);
CREATE INDEX pair_b ON pair(b);
CREATE INDEX pair_filing ON pair(filing);
CREATE TABLE agreement(filing TEXT, local TEXT, key TEXT, PRIMARY KEY(filing, local)) WITHOUT ROWID;
CREATE TABLE block(block TEXT, filing TEXT, local TEXT, PRIMARY KEY(block, filing, local)) WITHOUT ROWID;
CREATE INDEX block_filing ON block(filing, local);
-- the graph, and what each store has not been told of it
CREATE TABLE whole(id TEXT PRIMARY KEY, node INTEGER, revision TEXT, data) WITHOUT ROWID;
CREATE TABLE store(name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE untold(store TEXT, id TEXT, PRIMARY KEY(store, id)) WITHOUT ROWID;
"""


def connect(path: Path | None) -> tuple[sqlite3.Connection, bool]:
    """Open the tables, made anew where they are missing or another version's; and whether they were made anew."""
    try:
        try:
            connection = _opened(path)
            known = _version_of(connection)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # not a database, or a broken one
            known = "broken"
        if path is not None and known not in ("", version()):
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            connection = _opened(path)
            known = ""
        if not known:
            connection.executescript("BEGIN IMMEDIATE;" + _TABLES)
            connection.execute("INSERT INTO meta VALUES ('version', ?)", (version(),))
            connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise BiopactError(f"{path}: {error}; another biopact may be at work there: wait for it, or end it") from error
    return connection, not known


def _opened(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=60)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")  # a power cut may undo the last transaction: the ledger has it
    connection.execute("PRAGMA cache_size = -65536")  # KiB
    return connection


def _version_of(connection: sqlite3.Connection) -> str:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        return ""
    row = connection.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
    return row[0] if row else "none"


@cache
def version() -> str:
    """Changes whenever the code that resolves changes, so that what older code concluded is never kept."""
    code = hashlib.sha256()
    graph = files("biopact.graph")
    for folder in (graph, graph / "resolution"):
        for file in sorted(folder.iterdir(), key=lambda f: f.name):
            if file.name.endswith(".py"):
                code.update(file.read_bytes())
    return code.hexdigest()[:16]


class Records:
    """Nodes and edges as column values: packed JSON in a file, the objects themselves where all is in memory."""

    def __init__(self, *, in_memory: bool) -> None:
        self._held: list[Node | Edge] | None = [] if in_memory else None

    def pack(self, record: Node | Edge) -> int | bytes:
        """What to put into the column."""
        if self._held is None:
            return zlib.compress(canonical(record.to_json()).encode("utf-8", "surrogatepass"), 1)
        self._held.append(record)
        return len(self._held) - 1

    def node(self, value: int | bytes) -> Node:
        """The node that was packed."""
        if isinstance(value, bytes):
            return Node.from_json(json.loads(zlib.decompress(value).decode("utf-8", "surrogatepass")))
        assert self._held is not None
        record = self._held[value]
        assert isinstance(record, Node)
        return record

    def edge(self, value: int | bytes) -> Edge:
        """The edge that was packed."""
        if isinstance(value, bytes):
            return Edge.from_json(json.loads(zlib.decompress(value).decode("utf-8", "surrogatepass")))
        assert self._held is not None
        record = self._held[value]
        assert isinstance(record, Edge)
        return record


def listed(values: Iterable[str]) -> str:
    """Any number of values as one SQL parameter, for ``IN (SELECT value FROM json_each(?))``."""
    return json.dumps(list(values))
