"""What tests of pushing share: a push as the command makes it, and what the triple store should hold after it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pyoxigraph

from biopact.graph.push.journal import journal_of
from biopact.graph.push.pushing import Report, push
from biopact.graph.push.triple_store import Manners, TripleStore
from biopact.graph.rdf import write_rdf
from biopact.graph.records import Edge, Graph, Node
from tests.servers.triple_stores import quads_of

R = TypeVar("R", Node, Edge)
QUICK = Manners(tries=3, first_wait=0.01, longest_wait=0.05, timeout=30)
ONCE = Manners(tries=1, timeout=30)
SECOND = "filing/0000000002-07-000001"


def pushed(
    graphs: Iterable[tuple[str, bytes]],
    url: str,
    folder: Path,
    *,
    update: bool = False,
    manners: Manners = QUICK,
    anew: bool = False,
) -> Report:
    """Push to an address, with the journal in a folder."""
    with journal_of(folder, url) as journal, TripleStore(url, update=update, manners=manners) as store:
        return push(graphs, store, journal, anew=anew)


def exported(graph: Graph) -> set[pyoxigraph.Quad]:
    """The quads of an exported file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nq"
        write_rdf(graph, path)
        return quads_of(path.read_bytes())


def with_second(graph: Graph, **properties: str) -> Graph:
    """The graph in which the second filing has other properties."""
    filing = graph.nodes[SECOND]
    changed = replace(filing, properties={**filing.properties, **properties})
    return Graph({**graph.nodes, SECOND: changed}, graph.edges)


def without_second(graph: Graph) -> Graph:
    """The graph without what only the second filing states."""

    def stated_elsewhere(record: R) -> R:
        return replace(record, evidence=tuple(e for e in record.evidence if e.filing != SECOND))

    number = SECOND.partition("/")[2]
    return Graph(
        {id_: stated_elsewhere(node) for id_, node in graph.nodes.items() if number not in id_},
        {id_: stated_elsewhere(edge) for id_, edge in graph.edges.items() if number not in edge.source + edge.target},
    )
