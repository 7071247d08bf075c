"""Which companies of a graph may be one, for a person to say: those with like names that nothing tells apart."""

from __future__ import annotations

from itertools import product

from biopact.graph.likeness import doubtful, likeness
from biopact.graph.records import Graph, Node
from biopact.graph.resolution.atoms import FORMER
from biopact.graph.resolution.model import Doubt

_FORMERLY = 0.8  # it is the old name of one company, or the name of another that it took over
_IDENTIFIERS = ("cik", "lei")
_BY_ALIAS = 0.85  # of the score where not the names are alike but what filings also call the two


def doubts(graph: Graph) -> list[Doubt]:
    """Pairs of companies by the ids of the graph, the likeliest first.

    A stated relation between two, as of parent and subsidiary or licensor and licensee, tells that they are two.
    """
    companies = {n.id: n for n in graph.nodes.values() if n.type == "Company" and not n.id.endswith(FORMER)}
    renamed, related = set[frozenset[str]](), set[frozenset[str]]()
    for edge in graph.edges.values():
        (renamed if edge.type == "FORMERLY_NAMED" else related).add(frozenset((edge.source, edge.target)))
    alike = {frozenset(pair) for *pair, _ in doubtful({id_: _names(node) for id_, node in companies.items()})}
    pairs = [
        (companies[a], companies[b], names)
        for names in (alike | renamed) - related
        if names <= companies.keys()
        for a, b in [sorted(names)]
    ]
    found = [_formerly(a, b) if names in renamed else _doubt(a, b) for a, b, names in pairs if not told_apart(a, b)]
    return sorted(found, key=lambda d: (-d.score, d.left, d.right))


def _formerly(one: Node, other: Node) -> Doubt:
    return Doubt(one.id, other.id, "Company", _FORMERLY, ("a filing says that one was formerly the other",))


def told_apart(one: Node, other: Node) -> str:
    """The identifiers that make two entities two, in words; empty where there are none.

    >>> told_apart(*(Node("", "Company", "Alnora", (), {"cik": cik}) for cik in ("0000000001", "0000000002")))
    'CIK 0000000001 and CIK 0000000002 are two registrants'
    """
    for name in _IDENTIFIERS:
        a, b = one.properties.get(name), other.properties.get(name)
        if a and b and a != b:
            return f"{name.upper()} {a} and {name.upper()} {b} are two registrants"
    return ""


def _names(node: Node) -> tuple[str, ...]:
    return node.name, *node.aliases


def _doubt(one: Node, other: Node) -> Doubt:
    """The doubt, with the two names that are most alike where they are not those that the graph shows."""
    pairs = product(_names(one), _names(other))
    by_name = likeness([one.name], [other.name])
    alike, left, right = max((likeness([a], [b]), a, b) for a, b in pairs)
    if by_name.score >= alike.score * _BY_ALIAS:
        return Doubt(one.id, other.id, "Company", by_name.score, by_name.reasons)
    named = f"both are called “{left}”" if left == right else f"also called “{left}” and “{right}”"
    more = alike.reasons if alike.score < 1 else ()
    return Doubt(one.id, other.id, "Company", round(alike.score * _BY_ALIAS, 3), (named, *more))
