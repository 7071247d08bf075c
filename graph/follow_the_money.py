"""The graph as entities of FollowTheMoney, for those who use its ecosystem (followthemoney.tech): one to a JSON line.

It knows owners, links and documents, but no licences: an agreement becomes a Contract, what joins two parties an
UnknownLink with its role, stakes and subsidiaries an Ownership. The quotation is the `description` of a link, its
filing the `proof`. Targets and indications have no place there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from biopact.graph.records import Edge, Graph, Node, Value, digest

# Their schema for each of our node types.
SCHEMATA = {
    "Company": "Company",
    "Person": "Person",
    "Compound": "Asset",
    "Technology": "Asset",
    "Agreement": "Contract",
    "Filing": "Document",
}
_KINDS = {"agency": "PublicBody", "university": "Organization", "hospital": "Organization"}
_KINDS |= {"foundation": "Organization", "institute": "Organization", "person": "Person"}
# Their name for each of our properties, by their schema.
_PROPERTIES = {
    "Company": {"cik": "cikCode", "lei": "leiCode", "ticker": "ticker", "irs_number": "irsCode"},
    "Organization": {"lei": "leiCode", "irs_number": "taxNumber"},
    "PublicBody": {"lei": "leiCode"},
    "Person": {},
    "Asset": {"modality": "summary"},
    "Contract": {
        "title": "title",
        "kinds": "type",
        "status": "status",
        "agreement_date": "contractDate",
        "total_value_usd": "amountUsd",
    },
    "Document": {
        "accession_number": "fileName",
        "url": "sourceUrl",
        "filing_date": "publishedAt",
        "form": "keywords",
    },
    "Ownership": {
        "percent": "percentage",
        "shares": "sharesCount",
        "security_class": "sharesType",
        "as_of": "date",
        "status": "status",
    },
    "UnknownLink": {"date": "date", "status": "status"},
    "Succession": {"date": "date"},
}
# Their schema of each edge, and the properties that hold its source and its target; else an UnknownLink.
_EDGES = {
    "HOLDS_STAKE_IN": ("Ownership", "owner", "asset"),
    "OWNS": ("Ownership", "owner", "asset"),
    "SUBSIDIARY_OF": ("Ownership", "asset", "owner"),
    "FORMERLY_NAMED": ("Succession", "successor", "predecessor"),
}
_ID = re.compile(r"[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?")  # what they take for an id
_LINK = ("UnknownLink", "subject", "object")
_OWNABLE = ("Company", "Asset", "Contract")  # what an Ownership can be of


def entities(graph: Graph) -> Iterator[dict[str, Any]]:
    """Entities with their properties as lists of strings, nodes before links, sorted by id."""
    schemata = {id_: schema for id_, node in graph.nodes.items() if (schema := _schema(node))}
    for id_ in sorted(schemata):
        yield _node(graph.nodes[id_], schemata[id_])
    for _, edge in sorted(graph.edges.items()):
        if edge.source in schemata and edge.target in schemata and edge.type != "PART_OF":
            yield _edge(edge, schemata)


def entity_id(id_: str) -> str:
    """Our id as they take it.

    >>> entity_id("licenses_to/7c1d0f3a9b2e4c58"), entity_id("company/some-firm")
    ('licenses-to.7c1d0f3a9b2e4c58', 'company.some-firm')
    """
    theirs = id_.replace("/", ".").replace("_", "-")
    return theirs if _ID.fullmatch(theirs) else f"{theirs.partition('.')[0]}.{digest(id_)}"


def _schema(node: Node) -> str | None:
    schema = SCHEMATA.get(node.type)
    return _KINDS.get(str(node.properties.get("kind")), schema) if schema == "Company" else schema


def _node(node: Node, schema: str) -> dict[str, Any]:
    found = {"name": [node.name], "alias": list(node.aliases), **_known(node.properties.items(), schema)}
    if schema == "Contract":
        found.setdefault("title", [node.name])
    elif schema == "Document":
        found.setdefault("fileName", [node.id])
    return _entity(node.id, schema, found, node)


def _edge(edge: Edge, schemata: dict[str, str]) -> dict[str, Any]:
    schema, source, target = _EDGES.get(edge.type, _LINK)
    ends = {source: edge.source, target: edge.target}
    if schema == "Ownership" and schemata[ends["asset"]] not in _OWNABLE:
        schema, ends = "UnknownLink", {"subject": edge.source, "object": edge.target}
    role = str(edge.properties.get("role", edge.type.replace("_", " ").lower()))
    found = {name: [entity_id(id_)] for name, id_ in ends.items()} | {"role": [role]}
    found |= _known(edge.properties.items(), schema)
    for ours, theirs in (("valid_from", "startDate"), ("valid_to", "endDate")):
        if ours in edge.properties:
            found[theirs] = [str(edge.properties[ours])]
    return _entity(edge.id, schema, found, edge)


def _known(properties: Iterable[tuple[str, Value]], schema: str) -> dict[str, list[str]]:
    names = _PROPERTIES[schema]
    return {names[name]: _texts(value) for name, value in sorted(properties) if name in names}


def _texts(value: Value) -> list[str]:
    return list(value) if isinstance(value, tuple) else [str(value)]


def _entity(id_: str, schema: str, found: dict[str, list[str]], record: Node | Edge) -> dict[str, Any]:
    if record.evidence:
        found["proof"] = sorted({entity_id(e.filing) for e in record.evidence})
        if isinstance(record, Edge):
            found["description"] = list(dict.fromkeys(e.quote for e in sorted(record.evidence)))
    return {"id": entity_id(id_), "schema": schema, "properties": {k: v for k, v in sorted(found.items()) if v}}
