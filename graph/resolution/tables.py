"""The workbench's SQLite tables, and how records are kept in them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from biopact.graph.records import Edge, Evidence, Node
from biopact.ontology import BiopactError

_TABLES = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
-- evidence: all of the filing's, in order; where records have spans, they count in it
CREATE TABLE filing(id TEXT PRIMARY KEY, date TEXT, corrects INTEGER, stamp TEXT, evidence) WITHOUT ROWID;
-- the nodes of filings' facts; atom only for entities, entity is the id in the graph
CREATE TABLE node(filing TEXT, local TEXT, type TEXT, atom TEXT, names TEXT, own TEXT, marks TEXT,
                  entity TEXT, rank INTEGER, spans BLOB, PRIMARY KEY(filing, local));
CREATE INDEX node_atom ON node(atom);
CREATE INDEX node_entity ON node(entity);
-- their edges; whole is the id in the graph, or "in <entity>" where both ends became one; moved: what is other there
CREATE TABLE edge(filing TEXT, local TEXT, type TEXT, source TEXT, target TEXT, own TEXT,
                  whole TEXT, moved TEXT, rank INTEGER, spans BLOB, PRIMARY KEY(filing, local));
CREATE INDEX edge_whole ON edge(whole);
-- what two atoms, or two blocks of agreements, have to share to be looked at together
CREATE TABLE key(key TEXT, atom TEXT, PRIMARY KEY(key, atom)) WITHOUT ROWID;
CREATE INDEX key_atom ON key(atom);
CREATE TABLE link(entity TEXT, left TEXT, right TEXT, reason TEXT, strength REAL);
CREATE INDEX link_entity ON link(entity);
CREATE INDEX link_left ON link(left);
-- kind: same or different (judged; filing is empty), related, formerly, perhaps (a former name, or a successor)
CREATE TABLE pair(kind TEXT, a TEXT, b TEXT, filing TEXT, PRIMARY KEY(kind, a, b, filing)) WITHOUT ROWID;
CREATE INDEX pair_a ON pair(a);
CREATE INDEX pair_b ON pair(b);
CREATE INDEX pair_filing ON pair(filing);
CREATE TABLE agreement(filing TEXT, local TEXT, key TEXT, PRIMARY KEY(filing, local)) WITHOUT ROWID;
CREATE TABLE block(block TEXT, filing TEXT, local TEXT, PRIMARY KEY(block, filing, local)) WITHOUT ROWID;
CREATE INDEX block_filing ON block(filing, local);
-- the graph, before its times are worked out: those of one unit, or of two that a row joins, depend on each other.
-- filed: the days of filings that its times need; until: the last day of an ending, where an agreement has one;
-- mark: of its evidence; revision: of the record with its times and its evidence
CREATE TABLE whole(id TEXT PRIMARY KEY, node INTEGER, unit TEXT, unit2 TEXT, filed TEXT, mark TEXT, data,
                   until TEXT, revision TEXT);
CREATE INDEX whole_node ON whole(node);
CREATE INDEX whole_unit ON whole(unit);
CREATE INDEX whole_unit2 ON whole(unit2);
CREATE INDEX whole_until ON whole(until);
-- what each store holds in all, and what it has not been told of the graph; kind is node, edge or evidence
CREATE TABLE store(name TEXT PRIMARY KEY, nodes INTEGER, edges INTEGER) WITHOUT ROWID;
CREATE TABLE untold(store TEXT, kind TEXT, id TEXT, filing TEXT, PRIMARY KEY(store, kind, id)) WITHOUT ROWID;
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
            discard(path)
            connection = _opened(path)
            known = ""
        if not known:
            connection.executescript("BEGIN IMMEDIATE;" + _TABLES)
            connection.execute("INSERT INTO meta VALUES ('version', ?)", (version(),))
            connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise BiopactError(f"{path}: {error}; another biopact may be at work there: wait for it, or end it") from error
    return connection, not known


def discard(path: Path) -> None:
    """Delete the tables; nothing happens if there are none."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


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


class Tables:
    """The open tables, with records as column values: packed JSON in a file, else the objects themselves."""

    def __init__(self, path: Path | None) -> None:
        self._db, self.fresh = connect(path)
        self._held: list[Node | Edge | tuple[Evidence, ...]] | None = [] if path is None else None
        self._db.execute("BEGIN IMMEDIATE")

    def ask(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self._db.execute(sql, parameters).fetchall()

    def column(self, sql: str, *parameters: Any) -> set[Any]:
        """The values of a query of one column."""
        return {value for (value,) in self._db.execute(sql, parameters)}

    def one(self, sql: str, *parameters: Any) -> Any:
        """The first value of a query's first row; None if there is none."""
        row = self._db.execute(sql, parameters).fetchone()
        return row[0] if row else None

    def run(self, sql: str, *parameters: Any) -> None:
        """A statement that changes something."""
        self._db.execute(sql, parameters)

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """A statement for each row of parameters."""
        self._db.executemany(sql, rows)

    def commit(self) -> None:
        """Keep what was done, and go on."""
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Let go of the file; what was not committed is undone."""
        self._db.close()

    def each(self, sql: str, *parameters: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query that has too many to hold."""
        return self._db.execute(sql, parameters)

    def pack(self, record: Node | Edge) -> int | str:
        """What to put into a column for a record without evidence."""
        if self._held is None:
            return encoded(record.to_json())
        self._held.append(record)
        return len(self._held) - 1

    def record(self, value: int | str) -> Node | Edge:
        """The node or edge that was packed."""
        if isinstance(value, str):
            data = json.loads(value)
            return Node.from_json(data) if data["record"] == "node" else Edge.from_json(data)
        assert self._held is not None
        found = self._held[value]
        assert not isinstance(found, tuple)
        return found

    def pack_evidence(self, evidence: tuple[Evidence, ...]) -> int | bytes:
        """What to put into a column for the evidence of a filing."""
        if self._held is None:
            rows = [(e.document, e.exhibit, e.start, e.end, e.quote, e.rule, e.extractor, e.confidence, e.page)
                    for e in evidence]  # fmt: skip
            return zlib.compress(json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)
        self._held.append(evidence)
        return len(self._held) - 1

    def evidence(self, filing: str) -> tuple[Evidence, ...]:
        """All evidence of a filing, in order; none if the filing is not there."""
        value = self.one("SELECT evidence FROM filing WHERE id = ?", filing)
        if isinstance(value, bytes):
            rows = json.loads(zlib.decompress(value).decode("utf-8", "surrogatepass"))
            return tuple(Evidence(filing, *row) for row in rows)
        if value is None:
            return ()
        assert self._held is not None
        found = self._held[value]
        assert isinstance(found, tuple)
        return found

    def quoted(self, filing: str, spans: bytes) -> list[Evidence]:
        """The evidence of a filing's record."""
        known = self.evidence(filing)
        return [known[int.from_bytes(spans[at : at + _NUMBER])] for at in range(0, len(spans), _SPAN)]


_NUMBER, _SPAN = 4, 12  # bytes: which of the filing's evidence, and with the hash that ends its id


def span(number: int, evidence: Evidence) -> bytes:
    """A filing's evidence as its records name it. Spans sort as evidence does."""
    return number.to_bytes(_NUMBER) + bytes.fromhex(evidence.id.rpartition("/")[2])


def evidence_ids(spans: Iterable[bytes]) -> list[str]:
    """The ids of evidence, sorted, each once."""
    ids = {some[at + _NUMBER : at + _SPAN] for some in spans for at in range(0, len(some), _SPAN)}
    return [f"evidence/{id_.hex()}" for id_ in sorted(ids)]


encoded = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode  # ASCII: any text goes into a column


@dataclass(slots=True)
class Dirty:
    """What has to be looked at again."""

    atoms: set[str] = field(default_factory=set)  # to be joined
    filings: set[str] = field(default_factory=set)  # whose agreements and edges have no place yet
    changed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # filing -> nodes of another entity
    blocks: set[str] = field(default_factory=set)  # whose agreements are to be grouped
    wholes: set[str] = field(default_factory=set)  # records of the graph to be merged
    evidence: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)  # filing -> what there was of it before


IN = "IN (SELECT value FROM json_each(?))"  # a `listed` parameter


def listed(values: Iterable[str]) -> str:
    """Any number of values as one SQL parameter, for ``IN (SELECT value FROM json_each(?))``."""
    return json.dumps(list(values))
