"""What a person needs to judge a doubtful pair: who is meant, what filings say of either, and what stands already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from biopact.app.explorer.cards import Card, Quotation
from biopact.app.explorer.opened import Opened
from biopact.graph.doubts import doubts, told_apart
from biopact.graph.judgements import Judgement, Judgements, Pair, Verdict
from biopact.graph.ledger import Ledger
from biopact.graph.names import readable_id
from biopact.graph.records import Evidence
from biopact.graph.resolution.atoms import ENTITIES, FORM, ONE, atom_id, base_id, other_id
from biopact.graph.resolution.keeping_up import Progress, workbench
from biopact.graph.resolution.model import Doubt, Link, Refusal, Resolution
from biopact.graph.resolution.workbench import Workbench
from biopact.ontology import NotFoundError, ValidationError

_READ = 12  # filings of an entity that are read for the words that one of its names stands in


@dataclass(frozen=True, slots=True)
class Words:
    """A quotation in what stands round it."""

    quotation: Quotation
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a pair."""

    handle: str
    card: Card  # of its entity
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why the names of one entity are one."""

    card: Card
    redirects: tuple[str, ...]  # ids that lead to it
    links: tuple[tuple[Link, tuple[Words, ...]], ...]
    refusals: tuple[Refusal, ...]
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True)
class Review:
    """A resolution as one goes through its doubts."""

    resolution: Resolution
    opened: Opened  # its graph, with the texts of the ledger
    standing: Mapping[Pair, Judgement]

    def entity(self, handle: str) -> str:
        """The id in the graph of what a handle means."""
        if handle in self.resolution.redirects:
            return self.resolution.redirects[handle]
        if handle in self.resolution.graph.nodes:
            return handle
        local = handle.partition(ONE)[0]  # a mention that nobody singled out yet is where its id is
        return self.resolution.redirects.get(local, local)

    def name(self, handle: str) -> str:
        """What a handle is called in the graph."""
        found = self.resolution.graph.nodes.get(self.entity(handle))
        return found.name if found else handle

    def judged(self, left: str, right: str) -> Judgement | None:
        """What stands of two entities, by whichever of their ids it was said; the latest, if there are several."""
        return self._judged.get(self._together(left, right))

    @cached_property
    def _judged(self) -> dict[frozenset[str], Judgement]:
        ordered = sorted(self.standing.values(), key=lambda j: (j.when, j.pair))
        return {self._together(*j.pair): j for j in ordered}

    def _together(self, left: str, right: str) -> frozenset[str]:
        return frozenset((self.entity(left), self.entity(right)))

    def queue(self, type_: str | None = None) -> list[Doubt]:
        """Pairs that nobody settled, the likeliest first; those that somebody was unsure of come last."""
        found: list[tuple[bool, Doubt]] = []
        for doubt in self.resolution.doubts:
            said = self.judged(doubt.left, doubt.right)
            if type_ in (None, doubt.type) and (said is None or said.verdict is Verdict.UNSURE):
                found.append((said is not None, doubt))
        found.sort(key=lambda f: (f[0], -f[1].score, f[1].left, f[1].right))
        return [doubt for _, doubt in found]

    def against(self, left: str, right: str) -> str:
        """The identifiers that make two entities two, in words; empty where there are none."""
        nodes = self.resolution.graph.nodes
        one, other = self.entity(left), self.entity(right)
        return told_apart(nodes[one], nodes[other]) if {one, other} <= nodes.keys() else ""

    # --- who is meant

    def handle(self, text: str) -> str:
        """The id that somebody means by an id, an id that redirects, or an exact name.

        NotFoundError if nothing is called so, ValidationError if several are.
        """
        if text.partition("/")[0] in {type_.lower() for type_ in ENTITIES}:
            return self._known(text)
        found = self._called(text)
        if not found:
            raise NotFoundError(
                f"{text!r}: nothing is called exactly so; `biopact show` finds what holds a part of a name"
            )
        if len({self.entity(id_) for id_ in found}) > 1:
            listed = ", ".join(sorted(found))
            raise ValidationError(f"{text!r}: several are called so; say which by its id: {listed}")
        return min(found)

    def _known(self, id_: str) -> str:
        if id_ in self.resolution.redirects:
            return id_
        if id_ in self.resolution.graph.nodes:
            return self._alone(id_)
        local, at, filing = id_.partition(ONE)
        if not at:
            raise NotFoundError(f"{id_}: no entity has or had this id; `biopact show` finds ids by name")
        own = base_id(self._known(local))  # by which the facts of filings call it
        if not self._names_in(filing, own):
            raise NotFoundError(f"{id_}: the filing {filing} does not name {own}; `biopact stats --filings` lists all")
        return f"{own}{ONE}{filing}"

    def _alone(self, entity: str) -> str:
        """An id of filings' facts that means this entity and no other: its own may be that of several."""
        leading = self.leading_to(entity)
        if made := [id_ for id_ in leading if base_id(id_) != entity == other_id(id_)]:
            return min(made)
        own = [id_ for id_ in leading if base_id(id_) == entity]
        return min(own) if own and entity in self._shared else entity

    @cached_property
    def _shared(self) -> set[str]:
        """The ids that several entities go by in filings' facts."""
        return {
            base for id_, entity in self.resolution.redirects.items() if (base := base_id(id_)) not in (id_, entity)
        }

    def _called(self, name: str) -> set[str]:
        """The ids of that name: by the name in the graph, by that in some filing, by another name of one."""
        by_name, by_alias = self._names
        if found := by_name.get(name.casefold()):
            return {self._known(id_) for id_ in found}
        ids = {type_: readable_id(type_, name) for type_ in ENTITIES}
        ids |= {type_: atom_id(type_, id_, name, "", "", frozenset()) for type_, id_ in ids.items()}
        known = {id_ for id_ in ids.values() if id_ in self.resolution.redirects or id_ in self.resolution.graph.nodes}
        return known or {self._known(id_) for id_ in by_alias.get(name.casefold(), ())}

    @cached_property
    def _names(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        by_name: dict[str, set[str]] = defaultdict(set)
        by_alias: dict[str, set[str]] = defaultdict(set)
        for node in self.resolution.graph.nodes.values():
            if node.type in ENTITIES:
                by_name[node.name.casefold()].add(node.id)
                for alias in node.aliases:
                    by_alias[alias.casefold()].add(node.id)
        return by_name, by_alias

    def leading_to(self, entity: str) -> tuple[str, ...]:
        """The other ids that lead to an entity."""
        return tuple(self._leading.get(entity, ()))

    @cached_property
    def _leading(self) -> dict[str, list[str]]:
        """The ids that lead to each entity, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for id_, entity in sorted(self.resolution.redirects.items()):
            found[entity].append(id_)
        return found

    def _names_in(self, filing: str, local: str) -> tuple[Evidence, ...]:
        """The words in which a filing names an id of its own; nothing where it does not."""
        try:
            facts = self.opened.ledger.get(filing)
        except NotFoundError:
            return ()
        return next((n.evidence for n in facts.nodes if n.id == local), ())

    # --- what is shown

    def side(self, handle: str, limit: int = 3) -> Side:
        """One end of a pair with its facts, and the words that name it: those of several filings, the latest first."""
        card = self.opened.cards.card(self.entity(handle))
        return Side(handle, card, tuple(map(self.words, self._chosen(self._evidence(handle), limit))))

    def words(self, evidence: Evidence) -> Words:
        """A quotation in its context."""
        quotation = self.opened.cards.quoted(evidence)
        return Words(quotation, *self.opened.context(quotation))

    def _evidence(self, handle: str) -> Iterable[Evidence]:
        entity = self.entity(handle)
        whole = self.resolution.graph.nodes[entity].evidence
        own, filing = base_id(handle), handle.partition(ONE)[2]
        if filing:
            return self._names_in(filing, own)
        if not self._leading.get(entity):
            return whole
        filings = sorted({e.filing for e in whole}, key=self._filed, reverse=True)[:_READ]
        return {e for f in filings for e in self._names_in(f, own)}.intersection(whole) or whole

    def _chosen(self, evidence: Iterable[Evidence], limit: int) -> Iterator[Evidence]:
        """One quotation of each filing, the latest first, then a second of each, and so on."""
        by_filing: dict[str, list[Evidence]] = defaultdict(list)
        for each in sorted(evidence):
            by_filing[each.filing].append(each)
        turns = [
            (turn, -at, each)
            for at, filing in enumerate(sorted(by_filing, key=self._filed))
            for turn, each in enumerate(by_filing[filing])
        ]
        return (each for _, _, each in sorted(turns)[:limit])

    def _filed(self, filing: str) -> tuple[str, str]:
        node = self.resolution.graph.nodes.get(filing)
        return str(node.properties.get("filing_date", "")) if node else "", filing


def open_review(
    ledger: Ledger, progress: Progress = lambda done, total, what: None, *, doubting: bool = True
) -> Review:
    """A ledger under the judgements that stand beside it; comparing all names for doubts takes its time."""
    with workbench(ledger, progress) as bench:
        review = _review(ledger, bench)
    if not doubting:
        return review
    found = doubts(review.resolution.graph)
    meant = (replace(d, left=review.handle(d.left), right=review.handle(d.right)) for d in found)
    return replace(review, resolution=replace(review.resolution, doubts=tuple(meant)))


def open_why(ledger: Ledger, text: str, progress: Progress = lambda done, total, what: None) -> Why:
    """All that made one entity of its names, and all that was kept out of it; `text` is what `Review.handle` takes."""
    with workbench(ledger, progress) as bench:
        review = _review(ledger, bench)
        entity = review.entity(review.handle(text))
        links = bench.why(entity)

    def touches(*ids: str) -> bool:
        return entity in map(review.entity, ids)

    return Why(
        review.opened.cards.card(entity),
        tuple(id_ for id_ in review.leading_to(entity) if FORM not in id_),
        tuple((link, tuple(map(review.words, link.evidence))) for link in links),
        tuple(r for r in review.resolution.refusals if touches(r.left, r.right)),
        tuple(j for j in review.standing.values() if touches(*j.pair)),
    )


def _review(ledger: Ledger, bench: Workbench) -> Review:
    resolution = bench.resolution()
    return Review(resolution, Opened("", resolution.graph, ledger), Judgements.beside(ledger).current())
