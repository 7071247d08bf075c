"""Rows of a store that somebody changed past biopact: their revision is no longer that of what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from biopact.graph.records import canonical, digest
from biopact.graph.store import Rows, Store


def altered_nodes(store: Rows) -> Iterator[str]:
    """The ids of such nodes, evidence among them."""
    return (str(r.properties.get("id")) for r in store.node_rows() if _altered(r.properties, r.label))


def altered_edges(store: Rows) -> Iterator[str]:
    """The ids of such edges."""
    return (
        str(r.properties.get("id")) for r in store.edge_rows() if _altered(r.properties, r.type, r.source, r.target)
    )


def remove_altered(store: Store) -> None:
    """Take them out, nodes with their edges, so that `synchronise` writes them anew."""
    store.prepare()
    if edges := list(altered_edges(store)):
        store.remove_edges(edges)
    if nodes := list(altered_nodes(store)):
        store.remove_nodes(nodes)


def _altered(properties: Mapping[str, Any], *identity: str) -> bool:
    said = {name: value for name, value in properties.items() if name != "revision"}
    return bool(properties.get("revision") != digest(canonical(said), *identity))
