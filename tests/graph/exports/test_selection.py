"""Parts of a graph stand by themselves: every edge with its ends, every quotation with its filing."""

from pathlib import Path

import pyoxigraph
import pytest

from biopact.graph.rdf import FORMATS, write_rdf
from biopact.graph.records import Graph, Node
from biopact.graph.selection import Wanted, selected
from biopact.graph.store import GraphRows, graph_of
from biopact.graph.time import mentioned
from biopact.ontology import BiopactError, NotFoundError, ValidationError

FIRST, SECOND = "filing/0000000001-06-000001", "filing/0000000002-07-000001"


def part(graph: Graph, wanted: Wanted) -> Graph:
    """The part; it must stand by itself, and hold nothing that the whole does not."""
    found = graph_of(selected(GraphRows(graph), wanted))
    for edge in found.edges.values():
        assert edge == graph.edges[edge.id]
        assert mentioned(edge) <= found.nodes.keys()
    for node in found.nodes.values():
        whole = graph.nodes[node.id]
        assert set(node.evidence) <= set(whole.evidence)
        assert (node.name, node.aliases, node.properties) == (whole.name, whole.aliases, whole.properties)
    for evidence in found.evidence().values():
        assert {evidence.document, evidence.filing} <= found.nodes.keys()
    return found


def types(graph: Graph) -> set[str]:
    return {edge.type for edge in graph.edges.values()}


def test_nothing_asked_for_is_everything(graph: Graph) -> None:
    assert part(graph, Wanted()) == graph


def test_an_edge_type_brings_what_its_edges_need(graph: Graph) -> None:
    found = part(graph, Wanted(types=("LICENSES_TO",)))
    assert types(found) == {"LICENSES_TO", "PART_OF"}
    assert {"company/alder-therapeutics", "company/societe-brume", "technology/weaver", "agreement/6a1f"} < set(
        found.nodes
    )
    assert "compound/bru-17" not in found.nodes
    assert {FIRST, SECOND} < set(found.nodes)  # both tell of it


def test_a_node_type_brings_its_evidence_only(graph: Graph) -> None:
    found = part(graph, Wanted(types=("Term",)))
    assert {n.type for n in found.nodes.values()} == {"Term", "Document", "Filing"}
    assert types(found) == {"PART_OF"}
    assert SECOND not in found.nodes


def test_a_company_brings_its_agreements_with_all_that_is_told_of_them(graph: Graph) -> None:
    found = part(graph, Wanted(companies=("company/alder-therapeutics",)))
    assert {"PARTY_TO", "COVERS", "HAS_TERM", "LICENSES_TO", "COLLABORATES_WITH", "FILED"} <= types(found)
    assert not {"USES_TECHNOLOGY", "DEVELOPS"} & types(found)
    assert "company/societe-brume" in found.nodes and "compound/bru-17" not in found.nodes


def test_since_brings_what_later_filings_tell(graph: Graph) -> None:
    later = graph.nodes[SECOND]
    nodes = {**graph.nodes, SECOND: Node(SECOND, "Filing", later.name, (), {**later.properties, "filing_date": "2007"})}
    found = part(Graph(nodes, graph.edges), Wanted(since="2007-03-01"))
    assert types(found) == {"LICENSES_TO", "PART_OF"}
    assert part(Graph(nodes, graph.edges), Wanted(since="2008-01-01")).nodes == {}
    everything = part(Graph(nodes, graph.edges), Wanted(since="2006-01-01"))
    assert types(everything) == types(graph)


def test_all_that_is_asked_for_must_be_met(graph: Graph) -> None:
    wanted = Wanted(types=("DEVELOPS", "FILED"), companies=("company/societe-brume",), since="2006-01-01")
    assert types(part(graph, wanted)) == {"DEVELOPS", "PART_OF"}


@pytest.mark.parametrize(
    ("wanted", "error", "message"),
    [
        (Wanted(types=("Compny",)), ValidationError, "Compny: no type of this name; known are Company"),
        (Wanted(companies=("company/nobody",)), NotFoundError, "company/nobody: not in the graph"),
    ],
)
def test_what_does_not_exist_is_refused(graph: Graph, wanted: Wanted, error: type[BiopactError], message: str) -> None:
    with pytest.raises(error, match=message):
        selected(GraphRows(graph), wanted)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_part_is_written_as_the_same_graph_in_memory_is(graph: Graph, tmp_path: Path, suffix: str) -> None:
    rows = selected(GraphRows(graph), Wanted(companies=("company/societe-brume",), types=("PARTY_TO", "DEVELOPS")))
    write_rdf(rows, tmp_path / f"rows{suffix}")
    write_rdf(graph_of(rows), tmp_path / f"graph{suffix}")
    data = (tmp_path / f"rows{suffix}").read_bytes()
    assert data == (tmp_path / f"graph{suffix}").read_bytes()
    assert len(list(pyoxigraph.parse(data, format=FORMATS[suffix]))) > 20
