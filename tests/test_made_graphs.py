"""The made-up graphs of the benchmarks: valid, the same every time, and as uneven as real ones."""

from collections import Counter

from benchmarks.made_graphs import MadeRows, whole
from biopact.graph.store import EdgeRow, GraphRows, NodeRow
from biopact.graph.validate import validate

EDGES = 4_000


def test_they_are_valid_and_the_same_every_time() -> None:
    graph = whole(EDGES)
    assert not list(validate(graph))
    assert graph == whole(EDGES)
    assert graph != whole(EDGES, seed=8)


def test_they_have_the_size_that_was_asked_for() -> None:
    nodes, edges = (list(rows) for rows in (GraphRows(whole(EDGES)).node_rows(), GraphRows(whole(EDGES)).edge_rows()))
    assert abs(len(edges) - EDGES) < 0.02 * EDGES
    assert 0.2 < len(nodes) / len(edges) < 0.3


def test_few_companies_have_many_partners() -> None:
    met = Counter(edge.source for edge in whole(EDGES).edges.values() if edge.type == "PARTY_TO")
    counts = sorted(met.values(), reverse=True)
    assert counts[0] > 10 * counts[len(counts) // 2]
    assert sum(counts[: len(counts) // 10]) > 0.3 * sum(counts)


def test_rows_made_as_they_pass_are_those_of_the_whole() -> None:
    made, whole_ = MadeRows(EDGES), GraphRows(whole(EDGES))
    assert sorted(made.node_rows(), key=id_of) == list(whole_.node_rows())
    assert sorted(made.edge_rows(), key=id_of) == list(whole_.edge_rows())
    assert set(made.parts()) == set(whole_.parts())


def id_of(row: NodeRow | EdgeRow) -> str:
    return str(row.properties["id"])
