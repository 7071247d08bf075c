"""From the workbench to a store: all of the graph the first time, after that what the store has not been told."""

from __future__ import annotations

from biopact.graph.analytics.writing import written
from biopact.graph.records import Evidence
from biopact.graph.resolution import wholes
from biopact.graph.resolution.tables import Tables
from biopact.graph.store import Change, Store, edge_row, evidence_rows, node_row, synchronise


def tell(tables: Tables, store: Store, *, all_of_it: bool = False) -> Change:
    """Bring a store up to date; killed in the middle, it is brought up to date the next time.

    A store that does not hold as much as it held when it was last told is compared record by record.
    """
    store.prepare()
    held, size = tables.ask("SELECT nodes, edges FROM store WHERE name = ?", store.name), _size(store)
    whole = all_of_it or held != [size]
    change = synchronise(store, wholes.whole_graph(tables)) if whole else _news(tables, store)
    if change:
        size = _size(store)
    tables.run("INSERT OR REPLACE INTO store VALUES (?, ?, ?)", store.name, *size)
    tables.run("DELETE FROM untold WHERE store = ?", store.name)
    tables.commit()
    return change


def _size(store: Store) -> tuple[int, int]:
    (nodes,) = store.ask("MATCH (n) RETURN count(n) AS n").rows[0]
    (edges,) = store.ask("MATCH ()-[e]->() RETURN count(e) AS n").rows[0]
    return int(nodes), int(edges)


def _news(tables: Tables, store: Store) -> Change:
    nodes, edges = (
        tables.column("SELECT id FROM untold WHERE store = ? AND kind = ?", store.name, kind)
        for kind in ("node", "edge")
    )
    if nodes or edges:
        nodes |= written(store)  # figures of the network as it was
    graph, quoting = wholes.records(tables, nodes | edges), wholes.quoting(tables, nodes | edges)
    evidence, gone_spans = _evidence(tables, store)
    spans, parts = evidence_rows(evidence)
    node_rows = [node_row(n, quoting[id_]) for id_, n in sorted(graph.nodes.items())] + spans
    edge_rows = [edge_row(e, quoting[id_]) for id_, e in sorted(graph.edges.items())] + parts
    gone_edges = sorted(edges - graph.edges.keys())
    gone_nodes = sorted((nodes - graph.nodes.keys()) | gone_spans)
    if gone_edges:
        store.remove_edges(gone_edges)
    if gone_nodes:
        store.remove_nodes(gone_nodes)
    if node_rows:
        store.put_nodes(node_rows)
    if edge_rows:
        store.put_edges(edge_rows)
    # each span that is gone took the edge along that joined it to its document
    return Change(len(node_rows), len(edge_rows), len(gone_nodes), len(gone_edges) + len(gone_spans))


def _evidence(tables: Tables, store: Store) -> tuple[dict[str, Evidence], set[str]]:
    """The evidence that the store has not been told of, and the ids of what is no longer there."""
    rows = tables.ask("SELECT filing, id FROM untold WHERE store = ? AND kind = 'evidence'", store.name)
    wanted = {id_ for _, id_ in rows}
    filings = sorted({filing for filing, _ in rows})
    found = {e.id: e for filing in filings for e in tables.evidence(filing) if e.id in wanted}
    return found, wanted - found.keys()
