"""What the graph tells of one company, technology or compound, as tables whose rows can be picked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from biopact.app.explorer import deals
from biopact.app.explorer.cards import Cards, date_of
from biopact.graph.records import Edge, Graph

LICENCES, PARTNERS = "Licences", "Partners"  # titles
TYPES = ("Company", "Technology", "Compound")  # of which there are profiles

_SAYS = {  # read from source to target, and backwards
    "DEVELOPS": ("develops", "developed by"),
    "OWNS": ("owns", "owned by"),
    "TARGETS": ("acts on", "target of"),
    "TREATS": ("meant for", "treated by"),
    "USES_TECHNOLOGY": ("made with", "used in"),
    "SUBSIDIARY_OF": ("subsidiary of", "parent of"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows about one thing; the ids are what each row is read from."""

    title: str
    ids: tuple[str, ...]
    columns: dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Licensee:
    """Who took a licence for the first time, and how many had one by then."""

    edge: str
    name: str
    licensor: str
    date: str
    so_far: int


@dataclass(frozen=True, slots=True)
class Profile:
    """One thing in tables, and for what can be licensed its licensees in time."""

    tables: tuple[Table, ...]
    licensees: tuple[Licensee, ...] = ()
    undated: int = 0  # licensees of whom nobody says since when


def profile(cards: Cards, id_: str) -> Profile:
    """The profile of a node of TYPES."""
    graph = cards.graph
    at = [e for e in graph.edges.values() if id_ in (e.source, e.target)]
    if graph.nodes[id_].type == "Company":
        tables = [
            _partners(graph, id_),
            _relations("Compounds and technologies", graph, id_, _of(at, "DEVELOPS", "OWNS")),
            _relations("Parents and subsidiaries", graph, id_, _of(at, "SUBSIDIARY_OF")),
        ]
        return Profile(_told(tables))
    licences = sorted(_licences(graph, id_), key=lambda e: (date_of(e) or "9999", e.id))
    owned = _relations("Owners", graph, id_, _of(at, "OWNS"))
    if graph.nodes[id_].type == "Technology":
        made = _made_with(graph, _of(at, "USES_TECHNOLOGY"))
        return Profile(_told([_licence_table(graph, licences), made, owned]), *_licensees(graph, licences))
    known = _relations("Development", graph, id_, _of(at, "DEVELOPS", "TARGETS", "TREATS", "USES_TECHNOLOGY"))
    covering = [e.source for e in _of(at, "COVERS")]
    tables = [known, _licence_table(graph, licences), _terms(cards, covering), owned]
    return Profile(_told(tables), *_licensees(graph, licences))


def _told(tables: Iterable[Table]) -> tuple[Table, ...]:
    return tuple(table for table in tables if table.ids)


def _of(edges: Iterable[Edge], *types: str) -> list[Edge]:
    return [e for e in edges if e.type in types]


def _licences(graph: Graph, subject: str) -> list[Edge]:
    def covers(edge: Edge) -> bool:
        subjects = edge.properties.get("subjects", ())
        return isinstance(subjects, tuple) and subject in subjects

    return [e for e in graph.edges.values() if e.type == "LICENSES_TO" and covers(e)]


def _licensees(graph: Graph, licences: Sequence[Edge]) -> tuple[tuple[Licensee, ...], int]:
    """The first licence of each licensee, as the question `licensees-over-time` counts them."""
    first: dict[str, Edge] = {}
    for edge in licences:  # the earliest first, those without a date last
        first.setdefault(edge.target, edge)
    told = [e for e in first.values() if date_of(e)]
    found = (
        Licensee(e.id, graph.nodes[e.target].name, graph.nodes[e.source].name, date_of(e), n)
        for n, e in enumerate(told, start=1)
    )
    return tuple(found), len(first) - len(told)


def _licence_table(graph: Graph, licences: Sequence[Edge]) -> Table:
    return Table(
        LICENCES,
        tuple(e.id for e in licences),
        {
            "Date": [date_of(e) for e in licences],
            "Licensor": [graph.nodes[e.source].name for e in licences],
            "Licensee": [graph.nodes[e.target].name for e in licences],
            "Exclusivity": [str(e.properties.get("exclusivity", "")) for e in licences],
            "Territory": [str(e.properties.get("territory", "")) for e in licences],
            "Words": list(map(_words, licences)),
        },
    )


def _relations(title: str, graph: Graph, id_: str, edges: Iterable[Edge]) -> Table:
    """What something is joined to, in words."""
    rows = []
    for edge in edges:
        outward = edge.source == id_
        other = graph.nodes[edge.target if outward else edge.source]
        says = _SAYS[edge.type][0 if outward else 1]
        rows.append((says, other.name, other.type, str(edge.properties.get("stage", "")), _words(edge), edge.id))
    rows.sort()
    columns = {name: [row[i] for row in rows] for i, name in enumerate(("How", "Name", "Type", "Stage", "Words"))}
    if len(set(columns["Type"])) < 2:
        del columns["Type"]
    if not any(columns["Stage"]):
        del columns["Stage"]
    return Table(title, tuple(row[-1] for row in rows), columns)


def _made_with(graph: Graph, uses: Iterable[Edge]) -> Table:
    """The compounds that use a technology, and who develops them."""
    rows = sorted(uses, key=lambda e: (graph.nodes[e.source].name, e.id))
    developers: dict[str, list[str]] = defaultdict(list)
    wanted = {e.source for e in rows}
    for edge in graph.edges.values():
        if edge.type == "DEVELOPS" and edge.target in wanted:
            developers[edge.target].append(graph.nodes[edge.source].name)
    compounds = [graph.nodes[e.source] for e in rows]
    return Table(
        "Compounds made with it",
        tuple(e.id for e in rows),
        {
            "Compound": [c.name for c in compounds],
            "Modality": [str(c.properties.get("modality", "")) for c in compounds],
            "Developers": ["; ".join(sorted(developers[c.id])) for c in compounds],
            "Words": list(map(_words, rows)),
        },
    )


def _terms(cards: Cards, agreements: Iterable[str]) -> Table:
    """The terms of the deals that cover something, the latest first."""
    nodes = [cards.graph.nodes[a] for a in sorted(set(agreements))]
    nodes.sort(key=date_of, reverse=True)
    rows = [(node, term) for node in nodes for term in cards.card(node.id).terms]
    return Table(
        "Terms of its deals",
        tuple(node.id for node, _ in rows),
        {
            "Date": [date_of(node) for node, _ in rows],
            "Deal": [node.name for node, _ in rows],
            "Term": [term.kind for _, term in rows],
            "State": [term.state for _, term in rows],
            "Value": [term.value for _, term in rows],
        },
    )


def _partners(graph: Graph, company: str) -> Table:
    """The partners of a company, those of most deals first; a row is read from the latest deal."""
    many = deals.partners(graph, [company])[company]
    mine = {e.target for e in graph.edges.values() if e.type == "PARTY_TO" and e.source == company}
    latest: dict[str, tuple[str, str]] = {}
    for edge in graph.edges.values():
        if edge.type == "PARTY_TO" and edge.target in mine and edge.source in many:
            deal = date_of(graph.nodes[edge.target]), edge.target
            latest[edge.source] = max(deal, latest.get(edge.source, deal))
    rows = sorted(many, key=lambda p: (-many[p], graph.nodes[p].name, p))
    return Table(
        PARTNERS,
        tuple(latest[p][1] for p in rows),
        {
            "Partner": [graph.nodes[p].name for p in rows],
            "Deals": [many[p] for p in rows],
            "Latest": [latest[p][0] for p in rows],
        },
    )


def _words(edge: Edge) -> str:
    """The first quotation on one line."""
    return " ".join(edge.evidence[0].quote.split()) if edge.evidence else ""
