"""From the workbench to a store: all of the graph the first time, after that what the store has not been told."""

from __future__ import annotations

from biopact.graph.records import Edge, Evidence, Node
from biopact.graph.resolution import wholes
from biopact.graph.resolution.tables import IN, Tables, listed
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
    nodes, edges, evidence = (
        tables.column("SELECT id FROM untold WHERE store = ? AND kind = ?", store.name, kind)
        for kind in ("node", "edge", "evidence")
    )
    graph = wholes.records(tables, nodes | edges)
    spans, parts = evidence_rows(_evidence(tables, evidence))
    node_rows = [node_row(n) for _, n in sorted(graph.nodes.items())] + spans
    edge_rows = [edge_row(e) for _, e in sorted(graph.edges.items())] + parts
    written = {row.properties["id"] for row in spans}
    gone_edges = sorted(edges - graph.edges.keys())
    gone_nodes = sorted((nodes - graph.nodes.keys()) | (evidence - written))
    if gone_edges:
        store.remove_edges(gone_edges)
    if gone_nodes:
        store.remove_nodes(gone_nodes)
    if node_rows:
        store.put_nodes(node_rows)
    if edge_rows:
        store.put_edges(edge_rows)
    gone_spans = len(evidence - written)  # each with the edge that joins it to its document
    return Change(len(node_rows), len(edge_rows), len(gone_nodes), len(gone_edges) + gone_spans)


def _evidence(tables: Tables, ids: set[str]) -> dict[str, Evidence]:
    """The evidence of these ids that is still there."""
    found: dict[str, Evidence] = {}
    for filing in sorted(tables.column(f"SELECT DISTINCT filing FROM evidence WHERE id {IN}", listed(ids))):
        for table in ("node", "edge"):
            for (data,) in tables.ask(f"SELECT data FROM {table} WHERE filing = ?", filing):
                record: Node | Edge = tables.record(data)
                found |= {e.id: e for e in record.evidence if e.id in ids}
    return found
