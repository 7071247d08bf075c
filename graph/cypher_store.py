"""A store for any engine that speaks Cypher: the statements live here, an engine adds how to run them.

Labels and types come from the schema only, values are always parameters, writes are ``UNWIND $rows``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, Self, TypeVar

from biopact.graph.read_only import plain_values, read_only
from biopact.graph.spool import Spool
from biopact.graph.store import EdgeRow, NodeRow, Result
from biopact.ontology import EdgeType, NodeType, StoreError, load_schema

T = TypeVar("T")
K = TypeVar("K")
Run = Callable[[str, Mapping[str, Any]], list[dict[str, Any]]]

BATCH = 2_000  # rows to a transaction: larger gains little and holds more in memory

PUT_NODES = "UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row.properties"
PUT_EDGES = (
    "UNWIND $rows AS row MATCH (a:{source} {{id: row.source}}) MATCH (b:{target} {{id: row.target}}) "
    "MERGE (a)-[e:{type} {{id: row.id}}]->(b) SET e = row.properties RETURN count(e) AS written"
)
FIND_NODES = "UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id"
REMOVE_NODES = "UNWIND $ids AS id MATCH (n:{label} {{id: id}}) DETACH DELETE n"
REMOVE_EDGES = "MATCH ()-[e:{type}]->() WHERE e.id IN $ids DELETE e"
NODE_REVISIONS = "MATCH (n:{label}) RETURN n.id AS id, n.revision AS revision"
# One pass over all edges: engines without an index of types would pass over every node once for each type.
EDGE_REVISIONS = "MATCH ()-[e]->() WHERE type(e) IN $types RETURN e.id AS id, e.revision AS revision"
NODES = "MATCH (n:{label}) RETURN properties(n) AS properties"
EDGES = (
    "MATCH (a)-[e]->(b) WHERE type(e) IN $types "
    "RETURN properties(e) AS properties, type(e) AS type, a.id AS source, b.id AS target"
)
WITH_WORDS = (
    "CALL db.index.fulltext.queryNodes($index, $asked) YIELD node AS n RETURN {columns} ORDER BY size(n.words), id"
)
PARTS = "MATCH (a)-[:PART_OF]->(b) RETURN a.id AS part, b.id AS whole"


class ConflictError(StoreError):
    """Two records of a batch and the store would share an id. An engine raises it, `put_edges` answers it."""


class CypherStore(ABC):
    """The `Store` protocol on three primitives: `transact`, `read` and `close`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.schema = load_schema()
        self._node_types = {t.prefix: t for t in self.schema.nodes.values()}
        self._edge_types = {t.prefix: t for t in self.schema.edges.values()}

    @property
    def name(self) -> str:
        """Where the store is, without credentials."""
        return self._name

    @abstractmethod
    def transact(self, work: Callable[[Run], T]) -> T:
        """Run the work in one write transaction, and again from its start if another one was in the way."""

    @abstractmethod
    def read(self, cypher: str, parameters: Mapping[str, Any], seconds: float, rows: int | None) -> Result:
        """Run one statement in the engine's own way to refuse writing, within limits of time and rows."""

    @abstractmethod
    def stream(self, cypher: str, parameters: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of one statement that reads, few in memory at a time and without limits; to be read to the end."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the store."""

    def ask(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        seconds: float = 60.0,
        rows: int | None = None,
    ) -> Result:
        """Run one statement that our own check takes for reading, and then the engine too."""
        return self.read(read_only(cypher), plain_values(parameters or {}), seconds, rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def prepare(self) -> None:
        """Make ids unique for every node and edge type and index what the schema marks."""
        known = self.defined()
        wanted = [text for name, text in self.definitions() if name not in known]
        if wanted:
            self.transact(lambda run: [run(text, {}) for text in wanted])

    def defined(self) -> set[str]:
        """Names of constraints and indexes that need no second look, where asking is quicker than defining."""
        return set()

    @abstractmethod
    def words_index(self, label: str) -> str:
        """The name of the full-text index over the words of a label's names."""

    def definitions(self) -> Iterator[tuple[str, str]]:
        """The constraints and indexes that schema.yaml asks for: name and Cypher."""
        patterns: list[tuple[NodeType | EdgeType, str]] = [(t, f"(x:{t.name})") for t in self._node_types.values()]
        patterns += [(t, f"()-[x:{t.name}]-()") for t in self._edge_types.values()]
        for type_, pattern in patterns:
            name = f"{type_.prefix}_id"
            yield name, f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR {pattern} REQUIRE x.id IS UNIQUE"
            for p in type_.properties.values():
                if p.indexed:
                    name = f"{type_.prefix}_{p.name}"
                    yield name, f"CREATE INDEX {name} IF NOT EXISTS FOR {pattern} ON (x.{p.name})"

    def put_nodes(self, rows: Iterable[NodeRow]) -> int:
        """Create or replace nodes by id."""
        batches = _by_kind(rows, self._kind_of_node)
        return sum(self.transact(partial(self._put_nodes, batch)) for batch in batches)

    def put_edges(self, rows: Iterable[EdgeRow]) -> int:
        """Create or replace edges by id; StoreError names an end that is missing."""
        count = 0
        for batch in _by_kind(rows, self._kind_of_edge):
            try:
                count += self.transact(partial(self._put_edges, batch))
            except ConflictError:  # an edge with this id joined other nodes until now
                ids = [row.properties["id"] for group in batch.values() for row in group]
                self.transact(partial(self._remove_edges, ids))
                count += self.transact(partial(self._put_edges, batch))
        return count

    def remove_nodes(self, ids: Sequence[str]) -> None:
        """Remove nodes and the edges that touch them."""
        for batch in _batches(ids):
            self.transact(partial(self._remove_nodes, batch))

    def remove_edges(self, ids: Sequence[str]) -> None:
        """Remove edges."""
        for batch in _batches(ids):
            self.transact(partial(self._remove_edges, batch))

    def revisions(self) -> tuple[dict[str, str], dict[str, str]]:
        """The revision of every node and of every edge by id."""
        nodes = [row for t in self._node_types.values() for row in self._all(NODE_REVISIONS, label=t.name)]
        return dict(nodes), dict(self._all(EDGE_REVISIONS))

    def node_rows(self, labels: Collection[str] | None = None) -> Iterator[NodeRow]:
        """All nodes, or those with one of these labels, sorted by id."""
        for _, label in sorted((f"{t.prefix}/", t.name) for t in self._node_types.values()):
            if labels is None or label in labels:
                for (properties,) in self._sorted(NODES, label=label):
                    yield NodeRow(label, dict(sorted(properties.items())))

    def edge_rows(self, types: Collection[str] | None = None) -> Iterator[EdgeRow]:
        """All edges, or those of these types, sorted by id."""
        wanted = self.schema.edges.keys() if types is None else self.schema.edges.keys() & types
        for properties, type_, source, target in self._sorted(EDGES, wanted):
            yield EdgeRow(type_, source, target, dict(sorted(properties.items())))

    def parts(self) -> Iterator[tuple[str, str]]:
        """The ids of each piece of evidence and its document, and of each document and its filing."""
        yield from self.stream(PARTS, {})

    def with_words(self, label: str, asked: str, columns: str, limit: int | None) -> list[tuple[Any, ...]]:
        """Columns of the nodes of a label whose `words` fit a Lucene query; at most so many, of the fewest letters."""
        cypher = WITH_WORDS.format(columns=columns) + (f" LIMIT {limit}" if limit else "")
        try:
            return self.read(cypher, {"index": self.words_index(label), "asked": asked}, 60.0, None).rows
        except StoreError as error:
            if "index" in str(error).lower():
                raise StoreError(f"{self.name}: its names have no index yet; `biopact rebuild` makes it") from error
            raise

    def _sorted(self, text: str, types: Iterable[str] = (), **names: str) -> Iterator[tuple[Any, ...]]:
        """Rows whose first column is the properties, sorted by id; in files where they are many."""
        with Spool[tuple[Any, ...]]() as spool:
            for row in self.stream(text.format(**names), {"types": sorted(types)}):
                spool.put(row[0]["id"], row)
            for _, rows in spool.groups():
                yield from rows

    def _all(self, text: str, **names: str) -> list[tuple[Any, ...]]:
        return self.ask(text.format(**names), {"types": sorted(self.schema.edges)}, seconds=600).rows

    def _kind_of_node(self, row: NodeRow) -> str:
        id_, label = row.properties["id"], row.label
        if self._node_type(id_).name != label:
            raise StoreError(f"{self.name}: node {id_}: its id belongs to another type than {label}")
        return label

    def _kind_of_edge(self, row: EdgeRow) -> tuple[str, str, str]:
        id_ = row.properties["id"]
        if self._edge_type(id_).name != row.type:
            raise StoreError(f"{self.name}: edge {id_}: its id belongs to another type than {row.type}")
        return row.type, self._node_type(row.source).name, self._node_type(row.target).name

    def _put_nodes(self, batch: Mapping[str, Sequence[NodeRow]], run: Run) -> int:
        for label, group in batch.items():
            rows = [{"id": row.properties["id"], "properties": dict(row.properties)} for row in group]
            run(PUT_NODES.format(label=label), {"rows": rows})
        return sum(map(len, batch.values()))

    def _put_edges(self, batch: Mapping[tuple[str, str, str], Sequence[EdgeRow]], run: Run) -> int:
        for (type_, source, target), group in batch.items():
            rows = [
                {"id": r.properties["id"], "source": r.source, "target": r.target, "properties": dict(r.properties)}
                for r in group
            ]
            if self._write_edges(type_, source, target, rows, run) < len(rows):
                raise self._missing_end(group, source, target, run)
        return sum(map(len, batch.values()))

    def _write_edges(self, type_: str, source: str, target: str, rows: list[dict[str, Any]], run: Run) -> int:
        """Write edges of one type between nodes of two types; how many had both ends."""
        (answer,) = run(PUT_EDGES.format(type=type_, source=source, target=target), {"rows": rows})
        return int(answer["written"])

    def _missing_end(self, group: Sequence[EdgeRow], source: str, target: str, run: Run) -> StoreError:
        def there(label: str, ids: list[str]) -> set[str]:
            return {row["id"] for row in run(FIND_NODES.format(label=label), {"ids": ids})}

        ends = {
            "source": there(source, [row.source for row in group]),
            "target": there(target, [row.target for row in group]),
        }
        for row in group:
            for end, known in ends.items():
                id_ = row.source if end == "source" else row.target
                if id_ not in known:
                    edge = row.properties["id"]
                    return StoreError(f"{self.name}: edge {edge}: its {end} {id_} is not in the store; put nodes first")
        return StoreError(f"{self.name}: edges of {group[0].type} were not written; load again")

    def _remove_nodes(self, ids: Sequence[str], run: Run) -> None:
        for label, group in _grouped(ids, self._node_type):
            run(REMOVE_NODES.format(label=label), {"ids": group})

    def _remove_edges(self, ids: Sequence[str], run: Run) -> None:
        for type_, group in _grouped(ids, self._edge_type):
            self._remove_edges_of(type_, group, run)

    def _remove_edges_of(self, type_: str, ids: Sequence[str], run: Run) -> None:
        run(REMOVE_EDGES.format(type=type_), {"ids": ids})

    def _node_type(self, id_: str) -> NodeType:
        return self._type_of(id_, "node", self._node_types)

    def _edge_type(self, id_: str) -> EdgeType:
        return self._type_of(id_, "edge", self._edge_types)

    def _type_of(self, id_: str, kind: str, types: Mapping[str, T]) -> T:
        try:
            return types[id_.partition("/")[0]]
        except KeyError:
            raise StoreError(
                f"{self.name}: id {id_!r} begins with no {kind} type; known are {', '.join(sorted(types))}"
            ) from None


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _by_kind(rows: Iterable[T], kind_of: Callable[[T], K]) -> Iterator[dict[K, list[T]]]:
    """Batches in groups of one kind, which is one statement each: full ones by themselves, what is left together."""
    groups: dict[K, list[T]] = defaultdict(list)
    for row in rows:
        kind = kind_of(row)
        groups[kind].append(row)
        if len(groups[kind]) == BATCH:
            yield {kind: groups.pop(kind)}
    batch: dict[K, list[T]] = {}
    for kind, group in groups.items():
        if sum(map(len, batch.values())) + len(group) > BATCH:
            yield batch
            batch = {}
        batch[kind] = group
    if batch:
        yield batch


def _grouped(ids: Iterable[str], type_of: Callable[[str], NodeType | EdgeType]) -> Iterator[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for id_ in ids:
        groups[type_of(id_).name].append(id_)
    yield from sorted(groups.items())
