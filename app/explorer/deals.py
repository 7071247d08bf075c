"""Tables of the explorer: deals, and the partners that companies share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import combinations

from biopact.app.explorer.cards import date_of, shown
from biopact.app.tables import render
from biopact.graph.records import Graph, Node


@dataclass(frozen=True, slots=True)
class Deal:
    """One agreement in one line."""

    id: str
    date: str
    kinds: str
    parties: str
    covers: str
    status: str
    upfront_usd: float | None
    milestones_max_usd: float | None
    title: str


def deals(graph: Graph, touching: Collection[str] = ()) -> list[Deal]:
    """All agreements, the latest first; with `touching`, those that one of these is party to or covered by."""
    parties: dict[str, dict[str, str]] = defaultdict(dict)
    covered: dict[str, set[str]] = defaultdict(set)
    for edge in graph.edges.values():
        if edge.type == "PARTY_TO":
            parties[edge.target][edge.source] = str(edge.properties.get("role", "party"))
        elif edge.type == "COVERS":
            covered[edge.source].add(edge.target)
    wanted = set(touching)
    rows = [
        _deal(graph, node, parties[node.id], covered[node.id])
        for node in graph.nodes.values()
        if node.type == "Agreement" and (not wanted or wanted & (parties[node.id].keys() | covered[node.id]))
    ]
    rows.sort(key=lambda d: d.id)
    return sorted(rows, key=lambda d: d.date, reverse=True)


def _deal(graph: Graph, node: Node, parties: Mapping[str, str], covered: Collection[str]) -> Deal:
    named = sorted((graph.nodes[p].name, "" if role == "party" else f" ({role})") for p, role in parties.items())
    kinds = node.properties.get("kinds", ())

    def amount(name: str) -> float | None:
        value = node.properties.get(name)
        return float(value) if isinstance(value, (int, float)) else None

    return Deal(
        node.id,
        date_of(node),
        shown(kinds),
        "; ".join(name + role for name, role in named),
        "; ".join(sorted(graph.nodes[c].name for c in covered)),
        str(node.properties.get("status", "")),
        amount("upfront_usd"),
        amount("milestones_max_usd"),
        node.name,
    )


def as_csv(rows: Sequence[Deal]) -> str:
    """The deals as CSV that a spreadsheet takes for text: no cell begins a formula."""
    return render([f.name for f in fields(Deal)], map(astuple, rows), "csv")


def partners(graph: Graph, companies: Sequence[str]) -> dict[str, dict[str, int]]:
    """For each company, its partners with the number of deals between the two.

    The rule is that of the question ``partners``: two parties in the same one-sided role, as two licensees,
    deal with a third and not with one another; with several roles, as in a cross-licence, they do.
    """
    roles: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for edge in graph.edges.values():
        if edge.type == "PARTY_TO" and graph.nodes[edge.source].type == "Company":
            several = edge.properties.get("roles")
            played = several if isinstance(several, tuple) else (str(edge.properties["role"]),)
            roles[edge.target].append((edge.source, played))
    between: dict[str, dict[str, set[str]]] = {c: defaultdict(set) for c in companies}
    for agreement, parties in roles.items():
        for one, mine in parties:
            for other, theirs in parties:
                deal = mine != theirs or len(mine) > 1 or mine[0] in ("collaborator", "party")
                if one in between and one != other and deal:
                    between[one][other].add(agreement)
    return {c: {p: len(found) for p, found in of.items()} for c, of in between.items()}


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two companies' partners have in common."""

    one: str
    other: str
    shared: tuple[str, ...]  # ids of partners of both
    jaccard: float  # shared partners over all partners of the two


def overlaps(of: Mapping[str, Collection[str]]) -> list[Overlap]:
    """The overlap of every pair, the largest first."""
    found = []
    for one, other in combinations(of, 2):
        a, b = set(of[one]), set(of[other])
        every = a | b
        found.append(Overlap(one, other, tuple(sorted(a & b)), len(a & b) / len(every) if every else 0.0))
    return sorted(found, key=lambda o: (-len(o.shared), -o.jaccard))
