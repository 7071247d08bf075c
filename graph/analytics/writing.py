"""Figures of the network as properties of companies in a store, for those who ask in Cypher.

Stores are views of the ledger, and no filing states these figures: they carry a prefix of their own and what they rest
on, and the next load that changes the graph takes them away (`graph/resolution/telling.py`).
"""

from __future__ import annotations

from collections.abc import Mapping

from biopact.graph.records import Value, canonical, digest
from biopact.graph.store import NodeRow, Store

PREFIX = "network_"
BASIS = f"{PREFIX}basis"

_COMPANIES = "MATCH (c:Company) RETURN properties(c) AS properties"
_WRITTEN = f"MATCH (c:Company) WHERE c.{BASIS} IS NOT NULL RETURN c.id AS id"


def write(store: Store, figures: Mapping[str, Mapping[str, Value | None]], basis: str) -> int:
    """Write figures of companies, by id and by name without PREFIX; returns how many companies have some now.

    Figures that were written before stay if they rest on the same `basis`; others, and those of companies that are no
    longer in the network, are taken away.
    """
    rows = []
    for (properties,) in store.ask(_COMPANIES, seconds=600).rows:
        facts = {k: v for k, v in properties.items() if not k.startswith(PREFIX) and k != "revision" and v is not None}
        had = {k: v for k, v in properties.items() if k.startswith(PREFIX) and v is not None}
        own = {f"{PREFIX}{k}": v for k, v in figures.get(facts["id"], {}).items()}
        has = {**(had if had.get(BASIS) == basis else {}), **own}
        has = {k: v for k, v in has.items() if v is not None} | ({BASIS: basis} if own else {})
        if has != had:
            stored = facts | has
            # not the revision of the facts, so that comparing with the graph finds that there is more than these
            rows.append(NodeRow("Company", {**stored, "revision": digest(canonical(stored), PREFIX)}))
    store.put_nodes(sorted(rows, key=lambda row: row.properties["id"]))
    return len(written(store))


def written(store: Store) -> set[str]:
    """The ids of the companies that figures were written on."""
    return {id_ for (id_,) in store.ask(_WRITTEN).rows}
