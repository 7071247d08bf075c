"""A small trade in licences, constructed so that the answers of the questions about partners and subjects are known."""

from __future__ import annotations

from biopact.graph.records import Edge, Graph, Node, Value, digest, edge_id
from tests.graph.world import BODY, EXHIBIT, FILING, ROLES, said

COMPANIES: dict[str, dict[str, Value]] = {
    "acorn": {"cik": "0000000011"},
    "birch": {"ticker": "BRCH", "merged": ("company/birch = company/birch-bio: same name", "x = y: same ticker")},
    "cedar": {},
    "dahlia": {},
    "elder": {},
    "fern": {"kind": "firm"},
    "gorse": {},
    "hazel": {"lei": "AAAAAAAAAAAAAAAAAA00"},
    "juniper": {},
}
LATTICE, PRISM = "technology/lattice", "technology/prism"
# Who has a deal with whom: type, source, target, subject, date, and more of the agreement and its edge.
DEALS: dict[str, tuple[str, str, str, str | None, str | None, dict[str, Value]]] = {
    "a1": ("LICENSES_TO", "acorn", "birch", LATTICE, "1999", {"status": "terminated", "valid_to": "2004-06"}),
    "a2": ("LICENSES_TO", "acorn", "cedar", LATTICE, "2004-07-01", {}),
    "a3": ("LICENSES_TO", "acorn", "dahlia", LATTICE, "2003", {}),
    "a4": ("LICENSES_TO", "acorn", "elder", LATTICE, None, {"first_filed": "2006-01-02"}),
    "a5": ("LICENSES_TO", "acorn", "birch", LATTICE, "2005", {}),  # to the same licensee once more
    "a6": ("SUPPLIES_TO", "acorn", "cedar", None, None, {}),
    "e1": ("LICENSES_TO", "elder", "fern", "compound/cx-2", "1998", {"status": "ended", "valid_to": "2004-06"}),
    "e2": ("LICENSES_TO", "elder", "gorse", "compound/cx-2", "2004", {}),  # perhaps after June
    "f1": ("LICENSES_TO", "fern", "birch", PRISM, "2006", {}),
    "f2": ("LICENSES_TO", "fern", "cedar", PRISM, "2004", {}),
    "f3": ("LICENSES_TO", "fern", "gorse", PRISM, "2004-03", {"status": "terminated"}),  # nobody says when
    "h1": ("COLLABORATES_WITH", "gorse", "hazel", None, "2007", {}),
    "h2": ("SUPPLIES_TO", "elder", "hazel", "compound/cx-2", "2001-05", {}),
    "h3": ("SUPPLIES_TO", "gorse", "hazel", None, "2007-01", {}),
    "k1": ("LICENSES_TO", "acorn", "birch", "compound/cx-1", "2000", {}),
    "k2": ("LICENSES_TO", "birch", "cedar", "compound/cx-1", "2002", {"territory": "Europe"}),
    "k3": ("LICENSES_TO", "cedar", "hazel", "compound/cx-1", "2005", {"exclusivity": "exclusive", "field": "gout"}),
}


def named(key: str) -> tuple[str, str]:
    """Name and id of a company of the trade."""
    return f"{key.capitalize()} Pharma", f"company/{key}"


def agreement(key: str) -> str:
    """The id of the agreement that DEALS calls so."""
    return f"agreement/{digest('trade', key)}"


def view(key: str) -> str:
    """The id of the edge between companies that is a view of that agreement."""
    type_, source, target, *_ = DEALS[key]
    return edge_id(type_, f"company/{source}", f"company/{target}", agreement(key))


def crossed(source: str, target: str) -> str:
    """The id of one of the two licences of the cross-licence between Dahlia and Hazel."""
    return edge_id("LICENSES_TO", f"company/{source}", f"company/{target}", agreement("x1"))


def trade() -> Graph:
    """The graph: nine companies, two technologies, three compounds, and the deals in one filing."""
    nodes: list[Node] = [
        Node(FILING, "Filing", "8-K", (), {"form": "8-K", "filing_date": "2003-03-01"}),
        Node(BODY, "Document", "8-K of the filing", (), {"type": "8-K", "sequence": 1}),
        Node(EXHIBIT, "Document", "EX-99.1 of the filing", (), {"type": "EX-99.1", "sequence": 2}),
        Node(LATTICE, "Technology", "Lattice", ("Lattice system",), {}, (said("Lattice"),)),
        Node(PRISM, "Technology", "Prism", (), {}, (said("Prism"),)),
        Node("compound/cx-1", "Compound", "CX-1", ("CX1",), {"modality": "small molecule"}, (said("CX-1"),)),
        Node("compound/cx-2", "Compound", "CX-2", (), {"merged": ("cx-2 = cx2: same name",)}, (said("CX-2"),)),
        Node("compound/cx-3", "Compound", "CX-3", (), {}, (said("CX-3"),)),
        Node("target/t-alpha", "Target", "T-alpha", ("TA",), {}, (said("T-alpha"),)),
        Node("target/t-beta", "Target", "T-beta", (), {}, (said("T-beta"),)),
        Node("indication/gout", "Indication", "Gout", (), {}, (said("gout"),)),
    ]
    for key, own in COMPANIES.items():
        name, id_ = named(key)
        nodes.append(Node(id_, "Company", name, (key.capitalize(),), own, (said(key),)))
    edges = [Edge(edge_id("PART_OF", document, FILING), "PART_OF", document, FILING) for document in (BODY, EXHIBIT)]

    def join(type_: str, source: str, target: str, *distinct: str, **own: Value) -> None:
        words = (said(f"{source} {type_} {target} {' '.join(distinct)}"),)
        edges.append(Edge(edge_id(type_, source, target, *distinct), type_, source, target, own, words))

    def deal(key: str, date: str | None, parties: dict[str, tuple[str, ...]], **own: Value) -> str:
        dated: dict[str, Value] = {"agreement_date": date} if date else {}
        nodes.append(Node(agreement(key), "Agreement", f"Deal {key}", (), {**own, **dated}, (said(key),)))
        for party, roles in parties.items():
            several: dict[str, Value] = {"roles": roles} if len(roles) > 1 else {}
            join("PARTY_TO", f"company/{party}", agreement(key), roles[0], role=roles[0], **several)
        return agreement(key)

    for key, (type_, source, target, subject, date, own) in DEALS.items():
        kinds = {"LICENSES_TO": "license", "SUPPLIES_TO": "supply", "COLLABORATES_WITH": "collaboration"}
        first, second = ROLES[type_]
        id_ = deal(key, date, {source: (first,), target: (second,)}, kinds=(kinds[type_],), **own)
        more: dict[str, Value] = {**own, "agreement": id_}
        if subject:
            join("COVERS", id_, subject)
            more["subjects"] = (subject,)
        if date:
            more["date"] = date
        join(type_, f"company/{source}", f"company/{target}", id_, **more)
    # A cross-licence: each party is licensor and licensee, and the first of its roles is the same.
    both = ("licensor", "licensee")
    cross = deal("x1", "2010", {"dahlia": both, "hazel": both}, kinds=("license",))
    join("LICENSES_TO", "company/dahlia", "company/hazel", cross, agreement=cross, date="2010")
    join("LICENSES_TO", "company/hazel", "company/dahlia", cross, agreement=cross, date="2010")
    deal("alone", "2001", {"juniper": ("party",)}, first_filed="2002-01-01")
    deal("nobody", "2002", {})
    join("OWNS", "company/acorn", "compound/cx-1")
    join("DEVELOPS", "company/birch", "compound/cx-1", stage="phase 1", as_of="2003")
    join("DEVELOPS", "company/elder", "compound/cx-2", stage="phase 2")
    join("DEVELOPS", "company/gorse", "compound/cx-2")
    join("USES_TECHNOLOGY", "compound/cx-1", LATTICE)
    join("USES_TECHNOLOGY", "compound/cx-1", PRISM)
    join("TARGETS", "compound/cx-1", "target/t-alpha")
    join("TARGETS", "compound/cx-2", "target/t-alpha")
    join("TARGETS", "compound/cx-3", "target/t-beta")
    join("TREATS", "compound/cx-1", "indication/gout")
    return Graph({n.id: n for n in nodes}, {e.id: e for e in edges})
