"""Reads nodes, edges and quotations out of a store, by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from biopact.graph import records
from biopact.graph.addresses import addresses_in
from biopact.graph.store import Store
from biopact.ontology import NotFoundError, load_schema
from biopact.ontology.schema import EDGE_RESERVED, NODE_RESERVED
from biopact.things import Edge, Node, Quotation

_NODES = "MATCH (n:{label}) WHERE n.id IN $ids RETURN properties(n) AS properties"
_EDGE = (  # with WHERE and bare ends, or the embedded store looks at every edge
    "MATCH (a)-[e:{type}]->(b) WHERE e.id = $id "
    "RETURN type(e) AS type, properties(e) AS edge, properties(a) AS source, properties(b) AS target"
)
_EDGES = (
    "MATCH (n:{label} {{id: $id}})-[e]-() WHERE type(e) IN $types "
    "WITH DISTINCT e, startNode(e) AS a, endNode(e) AS b "
    "RETURN type(e) AS type, properties(e) AS edge, properties(a) AS source, properties(b) AS target "
    "ORDER BY e.id"
)
_EDGES_OF_TYPE = "MATCH (a)-[e:{type}]->(b) RETURN properties(e) AS edge, a.id AS source, b.id AS target"
_QUOTATIONS = (
    "UNWIND $ids AS id MATCH (v:Evidence {id: id})-[:PART_OF]->(d:Document)-[:PART_OF]->(f:Filing) "
    "RETURN v.id AS id, v.quote AS words, d.id AS document, d.type AS exhibit, v.start AS start, v.end AS end, "
    "f.id AS filing, f.form AS form, f.filing_date AS filing_date, v.page AS page, v.rule AS rule, "
    "v.extractor AS extractor, v.confidence AS confidence "
    "ORDER BY filing, document, start, end, id"
)


def nodes(store: Store, ids: Iterable[str]) -> list[Node]:
    """The nodes of these ids, in their order; ids that are not in the store are left out."""
    ids = list(dict.fromkeys(ids))
    by_type: dict[str, list[str]] = {}
    for id_ in ids:
        if label := _node_type(id_):
            by_type.setdefault(label, []).append(id_)
    found = {
        properties["id"]: _node(properties)
        for label, wanted in by_type.items()
        for (properties,) in store.ask(_NODES.format(label=label), {"ids": wanted}).rows
    }
    return [found[id_] for id_ in ids if id_ in found]


def edge(store: Store, id_: str) -> Edge:
    """The edge of that id; NotFoundError if there is none."""
    types = {t.prefix: t.name for t in load_schema().edges.values()}
    if type_ := types.get(id_.partition("/")[0]):
        for row in store.ask(_EDGE.format(type=type_), {"id": id_}).rows:
            return _edge(*row)
    raise NotFoundError(f"{store.name}: no edge has the id {id_!r}; questions give ids of edges in a column `edge`")


def edges(store: Store, node: Node, types: Sequence[str]) -> list[Edge]:
    """The edges that touch a node, sorted by id."""
    found = store.ask(_EDGES.format(label=node.type), {"id": node.id, "types": list(types)})
    return [_edge(*row) for row in found.rows]


def quotations(store: Store, evidence: Sequence[str]) -> list[Quotation]:
    """The words of evidence, by filing, document and place."""
    said = store.ask(_QUOTATIONS, {"ids": list(evidence)}).dicts()
    known = addresses_in(store, {row["filing"] for row in said})
    return [Quotation(**row, url=known.get(row["filing"])) for row in said]


def part(store: Store, types: Iterable[str]) -> records.Graph:
    """The edges of these types and what they join, as records with their evidence."""
    rows = [(type_, *row) for type_ in types for row in store.ask(_EDGES_OF_TYPE.format(type=type_)).rows]
    joined = nodes(store, sorted({end for _, _, *ends in rows for end in ends}))
    ids = {id_ for _, edge, *_ in rows for id_ in edge.get("evidence", ())}.union(*(n.evidence for n in joined))
    spans = {q.id: _span(q) for q in quotations(store, sorted(ids))}

    def said(evidence: Iterable[str]) -> tuple[records.Evidence, ...]:
        return tuple(sorted(spans[id_] for id_ in evidence))

    def values(properties: Mapping[str, Any]) -> dict[str, records.Value]:
        return {k: tuple(v) if isinstance(v, list) else v for k, v in properties.items()}

    return records.Graph(
        {n.id: records.Node(n.id, n.type, n.name, n.aliases, values(n.properties), said(n.evidence)) for n in joined},
        {
            e["id"]: records.Edge(e["id"], t, a, b, values(_own(e, EDGE_RESERVED)), said(e.get("evidence", ())))
            for t, e, a, b in rows
        },
    )


def _span(q: Quotation) -> records.Evidence:
    return records.Evidence(
        q.filing, q.document, q.exhibit, q.start, q.end, q.words, q.rule, q.extractor, q.confidence, q.page
    )


def _node(properties: Mapping[str, Any]) -> Node:
    return Node(
        properties["id"],
        _node_type(properties["id"]),
        properties["name"],
        tuple(properties.get("aliases", ())),
        _own(properties, NODE_RESERVED),
        tuple(properties.get("evidence", ())),
    )


def _edge(type_: str, properties: Mapping[str, Any], source: Mapping[str, Any], target: Mapping[str, Any]) -> Edge:
    evidence = tuple(properties.get("evidence", ()))
    return Edge(properties["id"], type_, _node(source), _node(target), _own(properties, EDGE_RESERVED), evidence)


def _own(properties: Mapping[str, Any], reserved: Iterable[str]) -> dict[str, Any]:
    """What filings tell, without what the store needs."""
    return {k: v for k, v in sorted(properties.items()) if k not in reserved}


def _node_type(id_: str) -> str:
    """The type that an id belongs to; nothing if it is no node's."""
    return {t.prefix: t.name for t in load_schema().nodes.values()}.get(id_.partition("/")[0], "")


def is_edge(id_: str) -> bool:
    """Whether a text has the form of an edge's id."""
    return id_.partition("/")[0] in {t.prefix for t in load_schema().edges.values()}
