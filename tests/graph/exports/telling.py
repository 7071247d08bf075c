"""A graph that has the same words wherever a filing's words can stand."""

from biopact.graph.records import Edge, Evidence, Graph, Node, edge_id

FILING, DOCUMENT = "filing/0000000001-06-000001", "document/0000000001-06-000001/1"


def telling(words: str, tail: str) -> Graph:
    """Two companies and a licence, told with these words; the id of one company ends in the tail."""
    evidence = (Evidence(FILING, DOCUMENT, "8-K", 0, len(words), words, "sample", "rules/1", 1.0),)
    one, other = (
        Node(f"company/{tail}", "Company", words, (f"{words}!",), {"jurisdiction": words}, evidence),
        Node("company/other", "Company", "Other", (), {}, evidence),
    )
    filing = Node(FILING, "Filing", words, (), {"source": words, "items": ("1.01", f"{words}?")})
    document = Node(DOCUMENT, "Document", "8-K", (), {"type": "8-K", "sequence": 1, "description": words})
    part = Edge("part_of/1", "PART_OF", DOCUMENT, FILING)
    licence = edge_id("LICENSES_TO", one.id, other.id)
    edge = Edge(licence, "LICENSES_TO", one.id, other.id, {"territory": words, "field": words}, evidence)
    nodes = {node.id: node for node in (one, other, filing, document)}
    return Graph(nodes, {edge.id: edge for edge in (part, edge)})
