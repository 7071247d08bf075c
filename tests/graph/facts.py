"""Facts of filings, made by hand: who is named, who licenses to whom, in which words."""

from __future__ import annotations

from collections.abc import Iterable

from biopact.graph.ledger import FilingFacts
from biopact.graph.names import readable_id
from biopact.graph.records import Edge, Evidence, Graph, Node, Value, digest, edge_id

ROLES = {"LICENSES_TO": ("licensor", "licensee"), "COLLABORATES_WITH": ("collaborator", "collaborator")}


def said(filing: str, words: str, exhibit: str = "8-K") -> Evidence:
    """A quotation; in the only document of a filing every wording has a place of its own."""
    start = int(digest(words)[:8], 16)
    return Evidence(filing, document(filing), exhibit, start, start + len(words), words, "by-hand", "hand/1", 0.9)


def document(filing: str) -> str:
    return f"document/{filing.partition('/')[2]}/1"


def named(type_: str, name: str, filing: str, *aliases: str, **properties: Value) -> Node:
    """An entity as one filing names it."""
    cik = properties.get("cik")
    id_ = f"company/cik-{cik}" if cik else readable_id(type_, name)
    return Node(id_, type_, name, aliases, properties, (said(filing, name),))


def company(name: str, filing: str, *aliases: str, **properties: Value) -> Node:
    return named("Company", name, filing, *aliases, **properties)


def deal(
    filing: str, source: Node, target: Node, *subjects: Node, type_: str = "LICENSES_TO", kind: str = "license",
    exhibit: str = "8-K", **properties: Value,
) -> list[Node | Edge]:  # fmt: skip
    """The records of one agreement as one filing tells it."""
    id_ = f"agreement/{digest(filing, source.id, target.id, type_, *properties.items(), *(s.id for s in subjects))}"
    words = (said(filing, f"{source.name} {kind} {target.name}", exhibit),)
    own: dict[str, Value] = {"kinds": (kind,), **properties}
    about = tuple(sorted(s.id for s in subjects))
    known: dict[str, Value] = {"agreement": id_, **({"subjects": about} if about else {})}
    records: list[Node | Edge] = [
        Node(id_, "Agreement", f"{kind}: {source.name}, {target.name}", (), own, words),
        Edge(edge_id(type_, source.id, target.id, id_, *about), type_, source.id, target.id, known, words),
    ]
    for end, role in zip((source, target), ROLES[type_], strict=True):
        party = edge_id("PARTY_TO", end.id, id_)
        records.append(Edge(party, "PARTY_TO", end.id, id_, {"role": role}, words))
    records += [Edge(edge_id("COVERS", id_, s.id), "COVERS", id_, s.id, {}, words) for s in subjects]
    return records


def facts(filing: str, *records: Node | Edge | Iterable[Node | Edge], **about: Value) -> FilingFacts:
    """What was read in one filing of one document; `about` are properties of the filing."""
    found: list[Node | Edge] = []
    for record in records:
        found += [record] if isinstance(record, Node | Edge) else record
    nodes = {n.id: n for n in found if isinstance(n, Node)}
    edges = {e.id: e for e in found if isinstance(e, Edge)}
    nodes[filing] = Node(filing, "Filing", "8-K", (), {"sha256": "0" * 64, "source": "given.txt", **about})
    nodes[document(filing)] = Node(document(filing), "Document", "8-K", (), {"type": "8-K", "sequence": 1})
    part = Edge(edge_id("PART_OF", document(filing), filing), "PART_OF", document(filing), filing)
    return FilingFacts(filing, "hand/1", {document(filing): ""}, tuple(nodes.values()), (*edges.values(), part))


def of_type(graph: Graph, type_: str) -> list[Node]:
    return [n for n in graph.nodes.values() if n.type == type_]


def edges(graph: Graph, type_: str) -> list[Edge]:
    return [e for e in graph.edges.values() if e.type == type_]
