"""The rows of a graph as a store gives them, without a store."""

from collections.abc import Collection, Iterator

from biopact.graph.records import Graph
from biopact.graph.store import EdgeRow, NodeRow, rows_of


class TableRows:
    def __init__(self, graph: Graph) -> None:
        self._nodes, self._edges = rows_of(graph)

    def node_rows(self, labels: Collection[str] | None = None) -> Iterator[NodeRow]:
        return (row for row in self._nodes if labels is None or row.label in labels)

    def edge_rows(self, types: Collection[str] | None = None) -> Iterator[EdgeRow]:
        return (row for row in self._edges if types is None or row.type in types)

    def parts(self) -> Iterator[tuple[str, str]]:
        return ((row.source, row.target) for row in self._edges if row.type == "PART_OF")
