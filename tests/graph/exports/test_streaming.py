"""Exports of rows that pass by: the same bytes as of a graph in memory, however little may be held at a time."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biopact.graph import named_graphs
from biopact.graph.rdf import FORMATS, graphs, write_rdf
from biopact.graph.records import Edge, Graph
from biopact.graph.spool import Spool
from biopact.graph.store import GraphRows, graph_of, rows_of
from biopact.graph.told import Places
from biopact.ontology import ValidationError


@pytest.mark.parametrize("held", [2, 7, 30_000])
@pytest.mark.parametrize("suffix", FORMATS)
def test_rows_give_the_bytes_of_the_graph(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, held: int
) -> None:
    whole, streamed = tmp_path / f"whole{suffix}", tmp_path / f"streamed{suffix}"
    count = write_rdf(graph, whole)
    monkeypatch.setattr(named_graphs, "HELD", held)
    assert write_rdf(GraphRows(graph), streamed) == count
    assert streamed.read_bytes() == whole.read_bytes()


def test_named_graphs_of_rows_are_those_of_the_graph(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(named_graphs, "HELD", 3)
    parts = list(graphs(GraphRows(graph)))
    names = [name for name, _ in parts]
    assert len(names) == len(set(names))
    assert parts == list(graphs(GraphRows(graph_of(GraphRows(graph)))))


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.tuples(st.text(max_size=3), st.integers())), held=st.integers(1, 9))
def test_a_spool_groups_as_a_dictionary_does(pieces: list[tuple[str, int]], held: int) -> None:
    expected: dict[str, list[int]] = {}
    with Spool[int](held) as spool:
        for key, piece in pieces:
            spool.put(key, piece)
            expected.setdefault(key, []).append(piece)
        for _ in range(2):  # as often as one likes
            assert list(spool.groups()) == sorted(expected.items())


def test_a_spool_leaves_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Spool[str](1) as spool:
        for key in "cab":
            spool.put(key, key)
        assert [key for key, _ in spool.groups()] == ["a", "b", "c"]
    assert list(tmp_path.iterdir()) == []


def test_places_find_every_document_and_filing(graph: Graph) -> None:
    places = Places(GraphRows(graph).parts())
    for id_, evidence in graph.evidence().items():
        assert places.document(id_) == evidence.document
        assert places.filing(evidence.document) == evidence.filing == places.filing(evidence.filing)
    assert places.filing("company/alder-therapeutics") == ""


@pytest.mark.parametrize(
    ("id_", "message"),
    [("evidence/0123456789abcdef", "is in no document"), ("evidence/x", "has 16 hex digits")],
)
def test_evidence_that_nothing_places_is_refused(graph: Graph, id_: str, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Places(GraphRows(graph).parts()).document(id_)


def test_an_edge_without_evidence_stands_among_entities(graph: Graph) -> None:
    lone = Edge("develops/1", "DEVELOPS", "company/societe-brume", "compound/bru-17")
    more = Graph(graph.nodes, {**graph.edges, lone.id: lone})
    [entities] = [lines for name, lines in graphs(GraphRows(more)) if name.endswith("/graph/entities")]
    assert b"/develops/1> " in entities
    assert rows_of(graph_of(GraphRows(more))) == rows_of(more)
