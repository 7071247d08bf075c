"""Which named graph each statement stands in.

What a filing states is in the named graph of that filing, which one PUT replaces; what resolution makes of all filings
(names, identifiers, terms) is in the graph of entities.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from biopact.graph.nquads import Statements, end_in
from biopact.graph.rdf_beside import Beside, Block
from biopact.graph.records import Edge, Evidence, Node
from biopact.graph.spool import HELD, Spool
from biopact.graph.told import Told

# A record with the ids of its evidence in one filing; of a node elsewhere only its id; evidence comes with its own id.
_Piece = tuple[Node | Edge | Evidence | str, tuple[str, ...]]


def merged(statements: Statements, told: Told, beside: Beside) -> Iterator[Block]:
    """Every statement once, in no named graph: nodes, what joins them directly, edges as resources, evidence."""
    end = end_in(None)
    for node, sources in told.nodes():
        beside.see_node(node)
        yield None, statements.node(node, [id_ for _, ids in sources for id_ in ids], end) + beside.node(node, end)
    yield None, beside.superseded(end)
    with Spool[tuple[str, str]](math.inf if told.held else HELD) as joined:
        for edge, _ in told.edges():
            joined.put(edge.source, (edge.type, edge.target))
        for source, targets in joined.groups():
            yield None, b"".join(statements.direct(type_, source, to, end) for type_, to in sorted(set(targets)))
    yield from ((None, lines) for lines in statements.edges(_edges(told, beside), end))
    yield from ((None, lines) for lines in statements.spans(_spans(told, beside), end))
    yield None, beside.rest(end)


def _edges(told: Told, beside: Beside) -> Iterator[tuple[Edge, list[str]]]:
    for edge, sources in told.edges():
        beside.see_edge(edge)
        yield edge, [id_ for _, ids in sources for id_ in ids]


def _spans(told: Told, beside: Beside) -> Iterator[tuple[str, Evidence]]:
    for id_, evidence in told.spans():
        beside.see_evidence(evidence)
        yield id_, evidence


def by_filing(statements: Statements, told: Told, beside: Beside) -> Iterator[Block]:
    """The graph of entities, then one named graph for each filing; nodes, edges and evidence sorted by id in each.

    An edge stands in the graph of each filing that gives evidence for it. At the end come the graph of a file's links,
    if there are any, and the description.
    """
    entities = statements.graph_term("entities")
    end = end_in(entities)
    with Spool[_Piece](math.inf if told.held else HELD) as spool:
        for node, sources in told.nodes():
            beside.see_node(node)
            if filing := told.filing(node.id):
                spool.put(filing, (node, ()))
            else:
                yield entities, statements.node(node, (), end) + beside.node(node, end)
            for filing, ids in sources:
                spool.put(filing, (node.id, ids))
        yield entities, beside.superseded(end)
        for edge, sources in told.edges():
            beside.see_edge(edge)
            for filing, ids in sources or [(told.filing(edge.target) or told.filing(edge.source), ())]:
                spool.put(filing, (edge, ids))
        for id_, evidence in told.spans():
            beside.see_evidence(evidence)
            spool.put(evidence.filing, (evidence, (id_,)))
        for filing, pieces in spool.groups():
            if filing:
                name = statements.graph_term(filing)
                yield name, beside.filing(filing, end_in(name))
                yield name, _graph(statements, pieces, beside, end_in(name))
            else:  # what no filing states by itself
                yield entities, _graph(statements, pieces, beside, end)
    yield from beside.graphs()


def _graph(statements: Statements, pieces: list[_Piece], beside: Beside, end: bytes) -> bytes:
    """What one filing states."""
    said, edges, spans = [], [], []
    for record, evidence in pieces:
        if isinstance(record, Evidence):
            spans.append((evidence[0], record))
        elif isinstance(record, Edge):
            edges.append((record, evidence))
        elif isinstance(record, Node):
            said.append(statements.node(record, evidence, end) + beside.node(record, end))
        else:
            said.append(statements.quotations(record, evidence, end))
    said += statements.edges(edges, end, direct=True)
    said += statements.spans(spans, end)
    return b"".join(said)
