"""The lines of a picture: an edge each, or one for all of a kind where many join the same two nodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from biopact.app.explorer.cards import date_of, id_of_several
from biopact.graph.records import Edge
from biopact.ontology import load_schema

_APART = 3  # so many of a kind can stand side by side
_CROWD = 300  # lines, above which none of a kind do


@dataclass(frozen=True, slots=True)
class Line:
    """What a picture draws as one line."""

    id: str  # of its edge, or of several
    type: str
    source: str
    target: str
    edges: tuple[Edge, ...]

    @property
    def several(self) -> bool:
        """Whether it stands for more than one edge."""
        return len(self.edges) > 1

    @property
    def date(self) -> str:
        """The date of its edge, or the first and last year of several."""
        dates = sorted(filter(None, map(date_of, self.edges)))
        if not self.several or not dates:
            return "".join(dates)
        first, last = dates[0][:4], dates[-1][:4]
        return first if first == last else f"{first} to {last}"

    @property
    def subjects(self) -> tuple[str, ...]:
        """What its edges are about, by id."""
        told = (e.properties.get("subjects", ()) for e in self.edges)
        return tuple(sorted({s for subjects in told if isinstance(subjects, tuple) for s in subjects}))


def lines(edges: Sequence[Edge]) -> list[Line]:
    """The edges as lines, sorted by id."""
    alike: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        alike[line_of(edge)].append(edge)
    apart = 1 if len(edges) > _CROWD else _APART
    found = []
    for id_, same in alike.items():
        if len(same) > apart:
            _, type_, source, target = id_.split("|")
            found.append(Line(id_, type_, source, target, tuple(same)))
        else:
            found += [Line(e.id, e.type, e.source, e.target, (e,)) for e in same]
    return sorted(found, key=lambda line: line.id)


def strongest(found: Sequence[Line], most: int) -> list[Line]:
    """At most so many lines: of every node its own strongest, then those that stand for most, in the order given."""
    if len(found) <= most:
        return list(found)
    ranked = sorted(found, key=lambda line: (-len(line.edges), line.id))
    own: dict[str, Line] = {}
    for line in ranked:
        for end in (line.source, line.target):
            own.setdefault(end, line)
    first = {line.id for line in own.values()}
    kept = {line.id for line in sorted(ranked, key=lambda line: line.id not in first)[:most]}
    return [line for line in found if line.id in kept]


def line_of(edge: Edge) -> str:
    """The id of the line that stands for an edge and all of its type between the same two, if there are many."""
    source, target = edge.source, edge.target
    if load_schema().edges[edge.type].symmetric:
        source, target = sorted((source, target))
    return id_of_several(edge.type, source, target)
