"""A small graph in which the answer to every question is known by construction."""

from __future__ import annotations

from biopact.graph.records import Edge, Evidence, Graph, Node, Value, digest, edge_id

FILING, BODY, EXHIBIT = (
    "filing/0000000000-03-000001",
    "document/0000000000-03-000001/1",
    "document/0000000000-03-000001/2",
)
# agreement: kind of edge, source, target, subjects, date, kinds, further properties of the agreement
DEALS: dict[str, tuple[str, str, str, tuple[str, ...], str | None, tuple[str, ...], dict[str, Value]]] = {
    "ab": ("LICENSES_TO", "alba", "borea", ("technology/linker",), "2003-02", ("license",), {"royalties": True}),
    "ac": ("LICENSES_TO", "alba", "corva", ("technology/linker",), "2001", ("license",), {}),
    "ad": ("COLLABORATES_WITH", "alba", "delos", ("compound/alb-1",), None, ("collaboration", "research"), {}),
    "ab2": (
        "SUPPLIES_TO",
        "alba",
        "borea",
        ("compound/alb-1",),
        "2005-06-30",
        ("supply",),
        {"upfront_usd": 1.5e6, "conflicts": ("upfront_usd",)},
    ),
    "eb": ("LICENSES_TO", "evora", "borea", ("technology/vector",), "2004", ("license",), {}),
    "ec": ("COLLABORATES_WITH", "corva", "evora", (), "2004-05", ("collaboration",), {}),
    "ef": ("ACQUIRES", "evora", "fjord", (), "2010", ("acquisition",), {}),
}
ROLES = {
    "LICENSES_TO": ("licensor", "licensee"),
    "COLLABORATES_WITH": ("collaborator", "collaborator"),
    "SUPPLIES_TO": ("supplier", "customer"),
    "ACQUIRES": ("acquirer", "target"),
}


def said(words: str, document: str = EXHIBIT, confidence: float = 0.9) -> Evidence:
    """A quotation; in this world a document is wherever its words are."""
    exhibit = "8-K" if document == BODY else "EX-99.1"
    start = int(digest(words)[:3], 16)
    return Evidence(FILING, document, exhibit, start, start + len(words), words, "fixture", "fixture/1", confidence)


def agreement(key: str) -> str:
    """The id of the agreement that DEALS calls so."""
    return f"agreement/{digest(key)}"


def view(key: str) -> str:
    """The id of the edge between companies that is a view of that agreement."""
    type_, source, target, *_ = DEALS[key]
    return edge_id(type_, f"company/{source}", f"company/{target}", agreement(key))


def world() -> Graph:
    """The graph: seven companies, a person, seven agreements and one of three parties, in one filing."""
    nodes: list[Node] = [
        Node(FILING, "Filing", "8-K", (), {"form": "8-K", "filing_date": "2003-03-01", "items": ("1.01", "9.01")}),
        Node(BODY, "Document", "8-K of the filing", (), {"type": "8-K", "sequence": 1}),
        Node(EXHIBIT, "Document", "EX-99.1 of the filing", (), {"type": "EX-99.1", "sequence": 2}),
        Node("technology/linker", "Technology", "Linker", ("Linker system",), {}, (said("Linker"),)),
        Node("technology/vector", "Technology", "Vector", (), {}, (said("Vector"),)),
        Node("compound/alb-1", "Compound", "ALB-1", (), {"modality": "antibody"}, (said("ALB-1"),)),
        Node("compound/alb-2", "Compound", "ALB-2", (), {}, (said("ALB-2"),)),
        Node("target/t1", "Target", "T1", (), {}, (said("T1"),)),
        Node("indication/gout", "Indication", "Gout", (), {}, (said("gout"),)),
        Node("indication/asthma", "Indication", "Asthma", (), {}, (said("asthma"),)),
        Node("person/iris", "Person", "Iris", (), {}, (said("Iris"),)),
    ]
    companies: dict[str, dict[str, Value]] = {
        "alba": {"cik": "0000000001", "ticker": "ALBA"},
        "borea": {"kind": "firm"},
        "corva": {},
        "delos": {},
        "evora": {},
        "fjord": {},
        "gaia": {"kind": "university"},
    }
    for key, own in companies.items():
        name = f"{key.capitalize()} Bio"
        nodes.append(Node(f"company/{key}", "Company", name, (f"{name}, Inc.",), own, (said(key),)))
    edges = [Edge(edge_id("PART_OF", document, FILING), "PART_OF", document, FILING) for document in (BODY, EXHIBIT)]

    def joined(type_: str, source: str, target: str, *evidence: Evidence, distinct: str = "", **own: Value) -> None:
        evidence = evidence or (said(f"{source} {type_} {target}{distinct}"),)
        edges.append(
            Edge(edge_id(type_, source, target, distinct), type_, source, target, own, tuple(sorted(evidence)))
        )

    for key, (type_, source, target, subjects, date, kinds, own) in DEALS.items():
        words = (said(f"{key}: a release says so", BODY, 0.8), said(f"{key}: they signed"))
        dated: dict[str, Value] = {"agreement_date": date} if date else {}
        nodes.append(Node(agreement(key), "Agreement", f"Deal {key}", (), {"kinds": kinds, **dated, **own}, words))
        for company, role in zip((source, target), ROLES[type_], strict=True):
            joined("PARTY_TO", f"company/{company}", agreement(key), *words, distinct=role, role=role)
        for subject in subjects:
            joined("COVERS", agreement(key), subject, *words)
        more: dict[str, Value] = {"agreement": agreement(key)}
        if subjects:
            more["subjects"] = subjects
        if date:
            more["date"] = date
        edges.append(Edge(view(key), type_, f"company/{source}", f"company/{target}", more, words))
    # One licensor, two licensees: the licensees are no partners of one another.
    three = agreement("three")
    nodes.append(Node(three, "Agreement", "Deal three", (), {"kinds": ("license",)}, (said("three"),)))
    for company, role in (("gaia", "licensor"), ("delos", "licensee"), ("fjord", "licensee")):
        joined("PARTY_TO", f"company/{company}", three, said("three"), said("three again"), distinct=role, role=role)
    for kind, state, own in (
        ("upfront", "stated", {"amount": 1.5e6, "currency": "USD", "value": "$1.5 million"}),
        ("royalty", "redacted", {}),
    ):
        term = f"term/{digest(kind)}"
        nodes.append(Node(term, "Term", kind, (), {"kind": kind, "state": state, **own}, (said(f"the {kind} is"),)))
        joined("HAS_TERM", agreement("ab2"), term, said(f"the {kind} is"), said("see above"))
    pair = (said("ours"), said("it is ours"))
    joined("OWNS", "company/alba", "technology/linker", *pair, share="wholly")
    joined("OWNS", "company/alba", "compound/alb-1", *pair)
    joined("OWNS", "company/evora", "technology/vector", *pair)
    joined("DEVELOPS", "company/alba", "compound/alb-1", *pair, stage="phase 2", as_of="2003")
    joined("DEVELOPS", "company/delos", "compound/alb-1", *pair, stage="preclinical")
    joined("DEVELOPS", "company/alba", "compound/alb-2", said("we alone say so", confidence=0.4))
    joined("USES_TECHNOLOGY", "compound/alb-1", "technology/linker", *pair)
    joined("USES_TECHNOLOGY", "compound/alb-2", "technology/linker", *pair)
    joined("TARGETS", "compound/alb-1", "target/t1", *pair)
    joined("TREATS", "compound/alb-1", "indication/gout", *pair)
    joined("TREATS", "compound/alb-1", "indication/asthma", *pair)
    joined("SUBSIDIARY_OF", "company/gaia", "company/fjord", *pair, percent=100.0, as_of="2009")
    joined("HOLDS_STAKE_IN", "person/iris", "company/fjord", *pair, percent=12.5)
    edges.append(Edge(edge_id("FILED", "company/alba", FILING), "FILED", "company/alba", FILING))
    return Graph({n.id: n for n in nodes}, {e.id: e for e in edges})
