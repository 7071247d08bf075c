"""From the records of several filings to one: which value is shown, and which values differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from biopact.graph.records import Edge, Evidence, Node, Value, edge_id, told_apart
from biopact.graph.resolution.atoms import ENTITIES
from biopact.graph.resolution.joining import best_name
from biopact.graph.time import last_day

# A contract says best what was agreed, a press release next, a later summary last.
_RANKS = (("EX-10", 0), ("EX-2", 0), ("EX-4", 0), ("SEC-HEADER", 1), ("EX-99", 1), ("8-K", 2), ("6-K", 2))
# What changes with time: the latest filing says it.
_LATEST = ("status", "stage")


@dataclass(frozen=True, slots=True)
class Said:
    """What a filing says, as far as it decides whose word stands. Its evidence is gathered apart."""

    date: str  # filed; empty if unknown
    corrects: bool  # an amended form, as in 8-K/A: its word stands before that of the form it corrects
    rank: int  # of the documents that it is quoted from
    place: tuple[str, bytes] = ("", b"")  # filing, and where in it
    times: int = 1  # how many filings are meant, where others say the same


def moved(edge: Edge, entities: Mapping[str, str]) -> Edge:
    """The edge between entities, with the id that these ends give it. `entities` leaves out what keeps its id."""

    def renamed(id_: str) -> str:
        return entities.get(id_, id_)

    source, target = renamed(edge.source), renamed(edge.target)
    properties: dict[str, Value] = dict(edge.properties)
    for name in ("agreement", "asset"):
        value = properties.get(name)
        if isinstance(value, str):
            properties[name] = renamed(value)
    subjects = properties.get("subjects")
    if isinstance(subjects, tuple):
        properties["subjects"] = tuple(sorted({renamed(s) for s in subjects}))
    if edge.type == "COLLABORATES_WITH" and source > target:
        source, target = target, source
    id_ = edge_id(edge.type, source, target, *told_apart(edge.type, properties))
    return Edge(id_, edge.type, source, target, properties, edge.evidence)


def rank(evidence: Iterable[Evidence]) -> int:
    """How good a source the documents are that something is quoted from: the least is the best."""
    ranks = [next((r for prefix, r in _RANKS if e.exhibit.startswith(prefix)), 3) for e in evidence]
    return min(ranks, default=9)


def one_node(id_: str, told: Sequence[tuple[Said, Node]], *, more: bool = False) -> Node:
    """The node that several filings' nodes are, without its evidence; `more`: there is some beside theirs."""
    if len(told) == 1 and not more:
        return replace(told[0][1], id=id_)
    ordered = [n for _, n in sorted(told, key=lambda t: (*_standing(t[0]), t[1].name, t[1].id))]
    first = ordered[0]
    name = _name(told) if first.type in ENTITIES else first.name
    aliases = {a for n in ordered for a in (n.name, *n.aliases)} - {name}
    properties, conflicts = _merged(ordered)
    properties |= _latest(told)
    if conflicts and first.type == "Agreement":
        properties["conflicts"] = tuple(conflicts)
    return Node(id_, first.type, name, tuple(sorted(aliases)), dict(sorted(properties.items())))


def _name(told: Sequence[tuple[Said, Node]]) -> str:
    registered = [(said.date, node.name) for said, node in told if "cik" in node.properties]
    counts = Counter[str]()
    for said, node in told:
        counts[node.name] += said.times
    return best_name(counts, max(registered, default=("", "")))


def one_edge(told: Sequence[tuple[Said, Edge]]) -> Edge:
    """The edge that several filings' edges between the same ends are, without its evidence."""
    if len(told) == 1:
        return told[0][1]
    ordered = [e for _, e in sorted(told, key=lambda t: (*_standing(t[0]), _spelt(t[1])))]
    properties, _ = _merged(ordered)
    properties |= _latest(told)
    return replace(ordered[0], properties=dict(sorted(properties.items())))


def _merged(ordered: Sequence[Node | Edge]) -> tuple[dict[str, Value], list[str]]:
    """Properties of the same thing told several times: the best source's value, lists joined; names that differ."""
    merged: dict[str, Value] = {}
    conflicts: set[str] = set()
    for record in ordered:
        for name, value in record.properties.items():
            known = merged.setdefault(name, value)
            if name == "announced_date":  # the first announcement; later ones are no contradiction
                merged[name] = min(str(known), str(value), key=last_day)
                continue
            if isinstance(known, tuple) and isinstance(value, tuple):
                merged[name] = tuple(sorted({*known, *value}))
            elif known != value:
                if name.endswith("date") and str(value).startswith(str(known)):
                    merged[name] = value  # the same date, told more precisely
                elif not (name.endswith("date") and str(known).startswith(str(value))) and name not in _LATEST:
                    conflicts.add(name)
    return merged, sorted(conflicts)


def _latest(told: Sequence[tuple[Said, Node | Edge]]) -> dict[str, Value]:
    """What the latest filing says of things that change with time; filings without a date come first."""
    found: dict[str, Value] = {}
    for _, record in sorted(told, key=lambda t: (t[0].date, t[0].corrects, _spelt(t[1]))):
        found |= {name: record.properties[name] for name in _LATEST if name in record.properties}
    return found


def _spelt(record: Node | Edge) -> list[str]:
    return sorted(map(str, record.properties.items()))


def _standing(said: Said) -> tuple[int, bool, tuple[str, bytes]]:
    """Whose word stands: the least."""
    return said.rank, not said.corrects, said.place
