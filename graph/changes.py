"""What changed between what was known on two days: deals, relations, ids, each with the words that tell of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from biopact.graph.records import Edge, Evidence, Graph, Node, Value, told_apart
from biopact.graph.time import TIMES, is_over, last_day, series

KINDS = (
    "new deal", "ended deal", "changed deal", "new relation", "ended relation", "changed relation", "gone relation",
    "id redirects",
)  # fmt: skip

_ABOUT_DEALS = ("PARTY_TO", "COVERS", "HAS_TERM")  # edges that are read as a part of their deal
_OF_FILINGS = ("PART_OF", "FILED")
_THINGS = ("Company", "Person", "Compound", "Technology", "Target", "Indication", "Agreement")
_NOT_NEWS = (*TIMES, "as_of", "conflicts", "status_from")
_TERMS = {  # property of a deal -> how the kind of its terms ends, where that is not the property's own name
    "upfront_usd": "upfront",
    "milestones_max_usd": "milestones",
    "total_value_usd": "total value",
    "royalties": "royalty",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise on the later day; what is not told is empty or None."""

    kind: str  # one of KINDS
    what: str  # the deal or relation in words
    id: str  # of the deal or edge
    date: str  # when it began, or ended
    property: str = ""
    old: Value | None = None
    new: Value | None = None
    evidence: Evidence | None = None  # of the new state
    touches: frozenset[str] = frozenset()  # ids of the nodes that it is about, on either day


@dataclass(frozen=True)
class _Day:
    """A timed graph as it was known on a day, with what has to be looked up in it."""

    graph: Graph
    day: str

    @cached_property
    def known(self) -> set[str]:
        return set(self.graph.evidence())

    @cached_property
    def of_deal(self) -> Mapping[str, list[Edge]]:
        """The edges that are a part of a deal, and those that end or change it, by the deal."""
        found: dict[str, list[Edge]] = defaultdict(list)
        for _, edge in sorted(self.graph.edges.items()):
            if edge.type in ("PARTY_TO", "TERMINATES"):
                found[edge.target].append(edge)
            elif edge.type in _ABOUT_DEALS:
                found[edge.source].append(edge)
        return found

    def ends(self, agreement: str, type_: str) -> dict[str, Edge]:
        """The other ends of a deal's edges of one type, with the edge."""
        return {
            (e.target if e.source == agreement else e.source): e for e in self.of_deal[agreement] if e.type == type_
        }

    @cached_property
    def relations(self) -> dict[tuple[str, ...], Edge]:
        """The edges that stand on their own, by what they join; of a stake the latest observation."""
        found: dict[tuple[str, ...], Edge] = {}
        for _, edge in sorted(self.graph.edges.items(), key=lambda e: (str(e[1].properties.get("as_of", "")), e[0])):
            if edge.type not in (*_ABOUT_DEALS, *_OF_FILINGS) and "agreement" not in edge.properties:
                found[_key(edge)] = edge
        return found

    def name(self, id_: str) -> str:
        return self.graph.nodes[id_].name if id_ in self.graph.nodes else id_

    def sentence(self, edge: Edge) -> str:
        return f"{self.name(edge.source)} {edge.type.lower().replace('_', ' ')} {self.name(edge.target)}"


def changes(before: Graph, after: Graph, since: str, until: str) -> list[Difference]:
    """What is otherwise in the later of two graphs, by KINDS and date.

    Both are timed, and hold what was known at the end of `since` and of `until`. What is the same in both is found by
    its evidence, because ids follow from what is known.
    """
    old, new = _Day(before, last_day(since)), _Day(after, last_day(until))
    same = _counterparts(old, new)
    found = [*_deals(old, new, same), *_relations(old, new, same), *_redirects(old, new, same)]
    return sorted(found, key=lambda d: (KINDS.index(d.kind), d.date, d.what, d.id, d.property, str(d.old)))


def touching(differences: Iterable[Difference], ids: Collection[str]) -> list[Difference]:
    """Those that are about one of these nodes."""
    wanted = set(ids)
    return [d for d in differences if wanted & d.touches]


# --- what is the same


def _counterparts(old: _Day, new: _Day) -> dict[str, str]:
    """Each thing's id on the first day -> its id on the second: the one that most of its evidence went to."""
    went: dict[str, list[str]] = defaultdict(list)
    for node in new.graph.nodes.values():
        if node.type in _THINGS:
            for e in node.evidence:
                went[e.id].append(node.id)
    found: dict[str, str] = {}
    things = [n for n in old.graph.nodes.values() if n.type in _THINGS]
    for node in sorted(things, key=lambda n: (n.type == "Agreement", n.id)):  # deals are told apart by their parties
        shared = Counter(id_ for e in node.evidence for id_ in went[e.id] if new.graph.nodes[id_].type == node.type)
        parties = {found.get(p, p) for p in old.ends(node.id, "PARTY_TO")}
        if shared:
            found[node.id] = min(
                shared,
                key=lambda id_: (
                    -shared[id_], -len(parties & new.ends(id_, "PARTY_TO").keys()), id_ != node.id, id_,
                ),
            )  # fmt: skip
        elif node.id in new.graph.nodes:
            found[node.id] = node.id
    return found


def _redirects(old: _Day, new: _Day, same: Mapping[str, str]) -> Iterator[Difference]:
    for before, after in same.items():
        if before != after:
            touches = frozenset((before, after))
            yield Difference("id redirects", new.name(after), after, "", "id", before, after, touches=touches)


# --- deals


def _deals(old: _Day, new: _Day, same: Mapping[str, str]) -> Iterator[Difference]:
    told = {same[n.id] for n in old.graph.nodes.values() if n.id in same and n.type == "Agreement"}
    for node in new.graph.nodes.values():
        if node.type == "Agreement" and node.id not in told:
            status = node.properties.get("status")
            name, words = ("status" if status else ""), _first(node.evidence)
            yield Difference(
                "new deal", node.name, node.id, _date(node), name, None, status, words, _about(new, node.id)
            )
    for node in old.graph.nodes.values():
        if node.type == "Agreement" and node.id in same:
            yield from _changed_deal(old, new, node, new.graph.nodes[same[node.id]], same)


def _changed_deal(old: _Day, new: _Day, before: Node, after: Node, same: Mapping[str, str]) -> Iterator[Difference]:
    touches = frozenset((before.id, *_about(old, before.id), *_about(new, after.id)))
    ended = not is_over(before.properties, old.day) and is_over(after.properties, new.day)
    if ended:
        yield _ended_deal(old, new, before, after, touches)
    of_end = ("status", "termination_date") if ended else ()
    for name in sorted({*before.properties, *after.properties} - {*_NOT_NEWS, *of_end}):
        was, is_ = before.properties.get(name), after.properties.get(name)
        if was != is_:
            words = _words(old, new, after, name) if is_ is not None else None
            yield Difference("changed deal", after.name, after.id, _date(after), name, was, is_, words, touches)
    for name, type_ in (("parties", "PARTY_TO"), ("covers", "COVERS")):
        was_ids, now = {same.get(i, i) for i in old.ends(before.id, type_)}, new.ends(after.id, type_)
        if was_ids != now.keys():
            added = [edge for id_, edge in now.items() if id_ not in was_ids]
            was, is_ = (tuple(sorted(map(new.name, ids))) for ids in (was_ids, now))
            words = _first(added[0].evidence) if added else None
            yield Difference("changed deal", after.name, after.id, _date(after), name, was, is_, words, touches)


def _ended_deal(old: _Day, new: _Day, before: Node, after: Node, touches: frozenset[str]) -> Difference:
    end = after.properties.get("valid_to")
    ending = new.ends(after.id, "TERMINATES")
    name = next((n for n in ("termination_date", "expiration_date") if end and after.properties.get(n) == end), "")
    if not name and ending:
        words, name = _first(next(iter(ending.values())).evidence), "TERMINATES"
    else:
        name = name or ("valid_to" if end else "status")
        words = _words(old, new, after, name)
    return Difference(
        "ended deal", after.name, after.id, str(end or ""), name, before.properties.get(name),
        after.properties.get(name, end), words, touches,
    )  # fmt: skip


def _words(old: _Day, new: _Day, deal: Node, name: str) -> Evidence | None:
    """The words behind a property of a deal: of its term, before others those that hold it and those that are new."""
    value = deal.properties.get(name)
    kind = _TERMS.get(name, name.replace("_", " "))
    terms = [new.graph.nodes[id_] for id_ in new.ends(deal.id, "HAS_TERM")]
    of_kind = [t for t in terms if str(t.properties.get("kind", "")).endswith(kind)]
    exact = [t for t in of_kind if value in (t.properties.get("amount"), t.properties.get("value"))]
    for telling in (exact, of_kind, [deal]):
        pieces = [e for record in telling for e in record.evidence]
        if pieces:
            return min(pieces, key=lambda e: (str(value) not in e.quote, e.id in old.known, e))
    return None


def _about(day: _Day, agreement: str) -> frozenset[str]:
    return frozenset((agreement, *day.ends(agreement, "PARTY_TO"), *day.ends(agreement, "COVERS")))


# --- relations


def _relations(old: _Day, new: _Day, same: Mapping[str, str]) -> Iterator[Difference]:
    before = {_key(edge, same): edge for edge in old.relations.values()}
    for key, edge in new.relations.items():
        if key not in before:
            yield _relation("new relation", new, edge, words=_first(edge.evidence))
            continue
        was = before[key]
        if not is_over(was.properties, old.day) and is_over(edge.properties, new.day):
            end = edge.properties.get("valid_to")
            yield _relation(
                "ended relation", new, edge, "valid_to", was.properties.get("valid_to"), end, _fresh(old, edge)
            )
        for name in sorted({*was.properties, *edge.properties} - {*_NOT_NEWS, "subjects"}):
            if was.properties.get(name) != edge.properties.get(name):
                states = (was.properties.get(name), edge.properties.get(name))
                yield _relation("changed relation", new, edge, name, *states, words=_fresh(old, edge))
    for key, edge in before.items():
        if key not in new.relations:
            yield _relation("gone relation", old, edge)


def _relation(
    kind: str, day: _Day, edge: Edge, name: str = "", old: Value | None = None, new: Value | None = None,
    words: Evidence | None = None,
) -> Difference:  # fmt: skip
    ends = frozenset((edge.source, edge.target))
    return Difference(kind, day.sentence(edge), edge.id, _date(edge), name, old, new, words, ends)


def _key(edge: Edge, same: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """What tells a relation from others, by the ids that its ends have on the second day."""
    ends = [(same or {}).get(id_, id_) for id_ in (edge.source, edge.target)]
    if edge.type == "COLLABORATES_WITH":
        ends.sort()
    apart = series(edge)[2:] if edge.type == "HOLDS_STAKE_IN" else told_apart(edge.type, edge.properties)
    return (edge.type, *ends, *apart)


def _date(record: Node | Edge) -> str:
    return str(record.properties.get("valid_from", record.properties.get("as_of", "")))


def _first(evidence: Iterable[Evidence]) -> Evidence | None:
    return min(evidence, default=None)


def _fresh(old: _Day, edge: Edge) -> Evidence | None:
    return _first([e for e in edge.evidence if e.id not in old.known] or edge.evidence)
