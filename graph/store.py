"""The seam between the graph and whatever holds it: rows in, rows out, Cypher for questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

from biopact.graph.collecting import passed_over, uncollected
from biopact.graph.finding import words
from biopact.graph.records import Edge, Evidence, Graph, Node, canonical, digest
from biopact.ontology import load_schema
from biopact.ontology.schema import EDGE_RESERVED, NODE_RESERVED


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node as a store holds it: one label, scalar or list properties, `id` and `revision` among them."""

    label: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """An edge as a store holds it."""

    type: str
    source: str
    target: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """Columns and rows of a question. Values are None, scalars, lists and dicts of those."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    cut: bool = False  # whether there were more rows than were asked for

    def dicts(self) -> list[dict[str, Any]]:
        """The rows as dictionaries by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Rows(Protocol):
    """What exports read, as often as they like."""

    def node_rows(self, labels: Collection[str] | None = None) -> Iterator[NodeRow]:
        """All nodes, or those with one of these labels, sorted by id."""

    def edge_rows(self, types: Collection[str] | None = None) -> Iterator[EdgeRow]:
        """All edges, or those of these types, sorted by id."""

    def parts(self) -> Iterator[tuple[str, str]]:
        """The ids of each piece of evidence and its document, and of each document and its filing, in any order."""


class Store(Rows, Protocol):
    """A property graph that speaks Cypher. Every method raises StoreError if the store cannot be asked."""

    @property
    def name(self) -> str:
        """Where the store is, without credentials: a folder or a bolt address."""

    def prepare(self) -> None:
        """Create what schema.yaml asks for (unique ids, indexes); nothing happens the second time."""

    def put_nodes(self, rows: Iterable[NodeRow]) -> int:
        """Create or replace nodes by id; properties that the row lacks are removed. Returns the count."""

    def put_edges(self, rows: Iterable[EdgeRow]) -> int:
        """Create or replace edges by id between nodes that exist; StoreError names an end that is missing."""

    def remove_nodes(self, ids: Sequence[str]) -> None:
        """Remove nodes and the edges that touch them."""

    def remove_edges(self, ids: Sequence[str]) -> None:
        """Remove edges."""

    def revisions(self) -> tuple[dict[str, str], dict[str, str]]:
        """The revision of every node and of every edge by id."""

    def ask(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        seconds: float = 60.0,
        rows: int | None = None,
    ) -> Result:
        """Run one read-only Cypher statement; anything that writes is refused with StoreError.

        It is stopped after so many seconds. After so many rows the rest is not read: the result is `cut` then.
        """

    def with_words(self, label: str, asked: str, columns: str, limit: int | None) -> list[tuple[Any, ...]]:
        """Columns of the nodes of a label whose `words` fit a Lucene query; at most so many, of the fewest letters.

        `columns`: what to return, in Cypher, of a node n; an id among it. For `finding`.
        """

    def close(self) -> None:
        """Let go of the store."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *exc: object) -> None: ...


@dataclass(frozen=True, slots=True)
class Change:
    """What a synchronisation did to a store."""

    nodes_written: int
    edges_written: int
    nodes_removed: int
    edges_removed: int

    def __bool__(self) -> bool:
        return any((self.nodes_written, self.edges_written, self.nodes_removed, self.edges_removed))


def rows_of(graph: Graph) -> tuple[list[NodeRow], list[EdgeRow]]:
    """The graph as rows, sorted by id: evidence becomes Evidence nodes, PART_OF its document."""
    with uncollected():
        spans, parts = evidence_rows(graph.evidence())
        nodes = [node_row(n) for n in graph.nodes.values()] + spans
        edges = [edge_row(e) for e in graph.edges.values()] + parts
    return sorted(nodes, key=lambda r: r.properties["id"]), sorted(edges, key=lambda r: r.properties["id"])


class GraphRows:
    """The rows of a graph as a store gives them."""

    def __init__(self, graph: Graph) -> None:
        self._nodes, self._edges = rows_of(graph)

    def node_rows(self, labels: Collection[str] | None = None) -> Iterator[NodeRow]:
        """All nodes, or those with one of these labels, sorted by id."""
        return (row for row in self._nodes if labels is None or row.label in labels)

    def edge_rows(self, types: Collection[str] | None = None) -> Iterator[EdgeRow]:
        """All edges, or those of these types, sorted by id."""
        return (row for row in self._edges if types is None or row.type in types)

    def parts(self) -> Iterator[tuple[str, str]]:
        """The ids of each piece of evidence and its document, and of each document and its filing."""
        return ((row.source, row.target) for row in self._edges if row.type == "PART_OF")


def node_row(node: Node, evidence: Iterable[str] | None = None) -> NodeRow:
    """A node of the graph as a row; `evidence`: the ids of it, where the node comes without."""
    named = {**node.properties, "id": node.id, "name": node.name, "aliases": node.aliases}
    if (type_ := load_schema().nodes[node.type]).sought:
        named["words"] = words(type_, node.name, node.aliases, node.properties)
    return NodeRow(node.type, _stored(named, _ids(node, evidence), node.type))


def edge_row(edge: Edge, evidence: Iterable[str] | None = None) -> EdgeRow:
    """An edge of the graph as a row; `evidence`: the ids of it, where the edge comes without."""
    ids = _ids(edge, evidence)
    properties = _stored({**edge.properties, "id": edge.id}, ids, edge.type, edge.source, edge.target)
    return EdgeRow(edge.type, edge.source, edge.target, properties)


def evidence_rows(evidence: Mapping[str, Evidence]) -> tuple[list[NodeRow], list[EdgeRow]]:
    """Evidence by its id as nodes, and the edges that join it to its documents."""
    nodes, edges = [], []
    for id_, e in evidence.items():
        name = e.quote if len(e.quote) <= 80 else e.quote[:79] + "…"
        nodes.append(NodeRow("Evidence", _stored({**e.properties, "id": id_, "name": name}, (), "Evidence")))
        edges.append(edge_row(Edge(f"part_of/{digest(id_, e.document)}", "PART_OF", id_, e.document)))
    return nodes, edges


def evidence_of(row: NodeRow, filing: str, document: str, exhibit: str) -> Evidence:
    """Evidence of its row and of where it stands; `exhibit`: the document's type."""
    p = row.properties
    place = filing, document, exhibit, p["start"], p["end"]
    return Evidence(*place, p["quote"], p["rule"], p["extractor"], p["confidence"], p.get("page"))


def own(properties: Mapping[str, Any], reserved: Collection[str]) -> dict[str, Any]:
    """The properties of a row that its record calls properties, with tuples for lists."""
    return {k: tuple(v) if isinstance(v, list) else v for k, v in properties.items() if k not in reserved}


def graph_of(store: Rows) -> Graph:
    """Read a whole store back: the inverse of `rows_of`."""
    node_rows, edge_rows = list(store.node_rows()), list(store.edge_rows())
    by_id = {r.properties["id"]: r for r in node_rows}
    whole = {r.source: r.target for r in edge_rows if r.type == "PART_OF"}
    spans: dict[str, Evidence] = {}
    for id_, row in by_id.items():
        if row.label == "Evidence":
            document = whole[id_]
            spans[id_] = evidence_of(row, whole[document], document, by_id[document].properties["type"])

    def evidence(properties: Mapping[str, Any]) -> tuple[Evidence, ...]:
        return tuple(sorted(spans[e] for e in properties.get("evidence", ())))

    nodes = {
        id_: Node(
            id_,
            r.label,
            r.properties["name"],
            tuple(r.properties.get("aliases", ())),
            own(r.properties, NODE_RESERVED),
            evidence(r.properties),
        )
        for id_, r in by_id.items()
        if r.label != "Evidence"
    }
    edges = {
        r.properties["id"]: Edge(
            r.properties["id"],
            r.type,
            r.source,
            r.target,
            own(r.properties, EDGE_RESERVED),
            evidence(r.properties),
        )
        for r in edge_rows
        if r.source not in spans
    }
    return Graph(nodes, edges)


def synchronise(store: Store, graph: Graph) -> Change:
    """Make a store hold exactly the graph, writing only what differs.

    Stores are views, so what the graph no longer has is removed. Doing it twice changes nothing.
    """
    store.prepare()
    nodes, edges = rows_of(graph)
    old_nodes, old_edges = store.revisions()
    new_nodes = [r for r in nodes if old_nodes.get(r.properties["id"]) != r.properties["revision"]]
    new_edges = [r for r in edges if old_edges.get(r.properties["id"]) != r.properties["revision"]]
    gone_edges = sorted(old_edges.keys() - {r.properties["id"] for r in edges})
    gone_nodes = sorted(old_nodes.keys() - {r.properties["id"] for r in nodes})
    with passed_over():
        if gone_edges:
            store.remove_edges(gone_edges)
        if gone_nodes:
            store.remove_nodes(gone_nodes)
        written_nodes = store.put_nodes(new_nodes) if new_nodes else 0
        written_edges = store.put_edges(new_edges) if new_edges else 0
    return Change(written_nodes, written_edges, len(gone_nodes), len(gone_edges))


def dump(store: Rows) -> Iterator[str]:
    """Every node and edge of a store as one JSON line, sorted: equal stores give equal bytes."""
    for node in store.node_rows():
        yield canonical({"label": node.label, "properties": node.properties})
    for edge in store.edge_rows():
        yield canonical(
            {"type": edge.type, "source": edge.source, "target": edge.target, "properties": edge.properties}
        )


def _ids(record: Node | Edge, evidence: Iterable[str] | None) -> list[str]:
    return sorted(e.id for e in record.evidence) if evidence is None else sorted(evidence)


def _stored(properties: Mapping[str, Any], evidence: Sequence[str], *identity: str) -> dict[str, Any]:
    """Lists for tuples, nothing empty, evidence ids, and a revision that changes with any of it."""
    stored: dict[str, Any] = {
        k: list(v) if isinstance(v, tuple) else v for k, v in sorted(properties.items()) if v is not None and v != ()
    }
    if evidence:
        stored["evidence"] = evidence
    stored["revision"] = digest(canonical(stored), *identity)
    return stored
