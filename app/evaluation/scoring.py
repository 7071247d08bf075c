"""Compares the facts of one filing with its annotation: the counts behind every figure, and each difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from biopact.app.evaluation.alike import letters, right, same
from biopact.app.evaluation.gold import DEAL_TYPES, EDGE_TYPES, KINDS, Gold, GoldEdge
from biopact.app.evaluation.places import Span, Texts
from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Edge, Node
from biopact.ontology import load_schema

_WITH_SUBJECTS = ("LICENSES_TO", "SUPPLIES_TO")
FOUND, MISSED, SPURIOUS, OPTIONAL = "found", "missed", "spurious", "optional"
WRONG_DIRECTION, WRONG_TYPE, WRONG_VALUE = "wrong direction", "wrong type", "wrong value"
OUTCOMES = (MISSED, SPURIOUS, WRONG_DIRECTION, WRONG_TYPE, WRONG_VALUE, FOUND, OPTIONAL)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a figure is made of. Found and asked for are counted apart: one may answer several of the other."""

    found: int = 0  # by the extractor
    right: int = 0  # of these
    asked: int = 0  # by the annotation
    hit: int = 0  # of these

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.found + other.found, self.right + other.right, self.asked + other.asked, self.hit + other.hit
        )

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None where nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of what was asked for that was found; None where nothing was asked for."""
        return self.hit / self.asked if self.asked else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where there was nothing to find and nothing was found."""
        p, r = self.precision, self.recall
        if p is None and r is None:
            return None
        p, r = p or 0.0, r or 0.0
        return 2 * p * r / (p + r) if p + r else 0.0


Figures = Mapping[str, Counts]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is right, or one difference."""

    outcome: str  # one of OUTCOMES
    of: str  # entity, edge, term, subject, evidence
    type: str  # the node type, edge type or term
    says: str
    expected: str = ""  # the annotation's words for a statement, or its value
    found: str = ""  # the extractor's
    spans: tuple[Span, ...] = ()  # where it stands in the texts


@dataclass(frozen=True, slots=True)
class Score:
    """What comparing one filing gave."""

    document: str  # name of the file
    figures: Figures
    findings: tuple[Finding, ...]
    texts: Texts


def score(gold: Gold, facts: FilingFacts, file_text: str, types: Iterable[str] = EDGE_TYPES) -> Score:
    """Compare one filing; edges of other types are passed over. Evidence is looked up in the file's own text."""
    comparison = _Comparison(gold, facts, frozenset(types))
    comparison.entities()
    comparison.edges()
    comparison.evidence(letters(file_text))
    order = {outcome: i for i, outcome in enumerate(OUTCOMES)}
    findings = sorted(comparison.findings, key=lambda f: (order[f.outcome], f.of, f.type, f.says))
    return Score(gold.document.name, dict(comparison.figures), tuple(findings), comparison.texts)


def summed(scores: Iterable[Figures]) -> dict[str, Counts]:
    """Figures of several filings together, and the sums over deals, all edges and all terms."""
    total: defaultdict[str, Counts] = defaultdict(Counts)
    for figures in scores:
        for name, counts in figures.items():
            total[name] += counts
    types = [name for name in total if name in load_schema().edges]
    terms = [name for name in total if name.startswith("term ")]
    for name, parts in (("deals", [t for t in types if t in DEAL_TYPES]), ("edges", types), ("terms", terms)):
        total[name] = sum((total[part] for part in parts), Counts())
    for name in (*KINDS.values(), "subjects", "evidence"):
        total[name] += Counts()
    return dict(total)


@dataclass(slots=True)
class _Stated:
    """The edges of one type between two nodes about the same subjects; a pair told twice counts once."""

    type: str
    edges: list[Edge] = field(default_factory=list)


class _Comparison:
    def __init__(self, gold: Gold, facts: FilingFacts, types: frozenset[str]) -> None:
        self.gold = gold
        self.nodes = {n.id: n for n in facts.nodes}
        self.stated = _stated([e for e in facts.edges if e.type in types])
        self.texts = Texts(facts)
        self.figures: defaultdict[str, Counts] = defaultdict(Counts)
        self.findings: list[Finding] = []

    def entities(self) -> None:
        """Companies, compounds and technologies by their names."""
        for type_ in KINDS.values():
            found = [n for n in self.nodes.values() if n.type == type_]
            gold = [e for e in self.gold.entities if e.type == type_]
            matched = [any(same(type_, _names(n), e.names) for n in found) for e in gold]
            hit = asked = good = 0
            for entity, is_matched in zip(gold, matched, strict=True):
                asked += not entity.optional
                hit += is_matched and not entity.optional
                if not is_matched and not entity.optional:
                    spans = self.texts.named(entity.names)
                    self.findings.append(Finding(MISSED, "entity", type_, entity.names[0], entity.names[0], "", spans))
            for node in found:
                is_good = any(same(type_, _names(node), e.names) for e in gold)
                good += is_good
                outcome = FOUND if is_good else SPURIOUS
                spans = self.texts.quoted(node.evidence) or self.texts.named(_names(node))
                self.findings.append(Finding(outcome, "entity", type_, node.name, "", node.name, spans))
            self.figures[type_] += Counts(len(found), good, asked, hit)

    def edges(self) -> None:
        """Edges with their directions, and on those that were found the terms and subjects."""
        asked: defaultdict[tuple[str, ...], list[GoldEdge]] = defaultdict(list)
        for edge in self.gold.edges:
            ends = (edge.source, edge.target)
            asked[(edge.type, *(sorted(ends) if edge.symmetric else ends))].append(edge)
        used: set[int] = set()
        missed: list[GoldEdge] = []
        for members in asked.values():
            first = members[0]
            accepted = first.also.union([first.type], *(m.also for m in members))
            hits = [s for s in self.stated if s.type in accepted and self._fits(first, s.edges[0])]
            used.update(id(s) for s in hits)
            optional = all(m.optional for m in members)
            if not optional:
                self.figures[first.type] += Counts(asked=1, hit=bool(hits))
                if not hits:
                    missed.append(first)
            if hits:
                edges = [e for s in hits for e in s.edges]
                self._told(OPTIONAL if optional else FOUND, first, edges)
                for member in members:
                    self._terms(member, edges)
                    self._subjects(member, edges)
        spurious = []
        for stated in self.stated:
            self.figures[stated.type] += Counts(found=1, right=id(stated) in used)
            if id(stated) not in used:
                spurious.append(stated)
        self._differences(missed, spurious)

    def evidence(self, file_letters: str) -> None:
        """Whether what edges quote stands in the file."""
        for edge in (e for stated in self.stated for e in stated.edges):
            wrong = [v for v in edge.evidence if letters(v.quote) not in file_letters]
            self.figures["evidence"] += Counts(asked=1, hit=bool(edge.evidence) and not wrong)
            for v in wrong:
                self.findings.append(Finding(SPURIOUS, "evidence", edge.type, self._says(edge), "", v.quote))

    # --- ends

    def _fits(self, asked: GoldEdge, edge: Edge) -> bool:
        """Whether an edge joins the ends that are asked for, in their direction if there is one."""
        if self._ends_of(asked, edge.source, edge.target):
            return True
        return (asked.symmetric or asked.either_way) and self._ends_of(asked, edge.target, edge.source)

    def _ends_of(self, asked: GoldEdge, source: str, target: str) -> bool:
        return self._is(source, asked.source) and self._is(target, asked.target)

    def _is(self, id_: str, name: str) -> bool:
        node = self.nodes.get(id_)
        return node is not None and same(node.type, _names(node), self.gold.names(name))

    # --- terms and subjects of an edge that was found

    def _terms(self, asked: GoldEdge, edges: Sequence[Edge]) -> None:
        for term, expected in asked.terms.items():
            values = [e.properties.get(term) for e in edges]
            hit = any(right(term, expected, value) for value in values)
            self.figures[f"term {term}"] += Counts(asked=1, hit=hit)
            told = sorted({_shown(v) for v in values if v is not None})
            outcome = FOUND if hit else WRONG_VALUE if told else MISSED
            self.findings.append(
                Finding(outcome, "term", term, asked.says, _shown(expected), "; ".join(told), self._where(asked, edges))
            )

    def _subjects(self, asked: GoldEdge, edges: Sequence[Edge]) -> None:
        if not asked.subjects or asked.type not in _WITH_SUBJECTS:
            return
        wanted = [name for subject in asked.subjects for name in self.gold.names(subject)]
        listed = [self.nodes[s] for e in edges for s in _ids(e.properties.get("subjects")) if s in self.nodes]
        hit = any(same(type_, _names(node), wanted) for node in listed for type_ in KINDS.values())
        self.figures["subjects"] += Counts(asked=1, hit=hit)
        told = sorted({node.name for node in listed})
        outcome = FOUND if hit else WRONG_VALUE if told else MISSED
        expected = "; ".join(asked.subjects)
        self.findings.append(
            Finding(outcome, "subject", asked.type, asked.says, expected, "; ".join(told), self._where(asked, edges))
        )

    # --- findings

    def _told(self, outcome: str, asked: GoldEdge, edges: Sequence[Edge]) -> None:
        self.findings.append(
            Finding(outcome, "edge", asked.type, asked.says, asked.words, _words(edges), self._where(asked, edges))
        )

    def _differences(self, missed: Sequence[GoldEdge], spurious: Sequence[_Stated]) -> None:
        """What was missed and what was found in vain; one of each about the same ends is one mistake."""
        left = list(spurious)
        for asked in missed:
            outcome, twin = MISSED, None
            for stated in left:
                edge = stated.edges[0]
                turned = self._ends_of(asked, edge.target, edge.source)
                if not turned and not self._ends_of(asked, edge.source, edge.target):
                    continue
                outcome, twin = (WRONG_DIRECTION if stated.type == asked.type else WRONG_TYPE), stated
                if outcome == WRONG_DIRECTION:
                    break
            if twin is None:
                spans = self.texts.find(asked.words)
                self.findings.append(Finding(MISSED, "edge", asked.type, asked.says, asked.words, "", spans))
                continue
            left.remove(twin)
            says = f"{asked.says}, found as {self._says(twin.edges[0])}"
            spans = (*self.texts.find(asked.words), *self._where(asked, twin.edges))
            self.findings.append(
                Finding(outcome, "edge", asked.type, says, asked.words, _words(twin.edges), tuple(dict.fromkeys(spans)))
            )
        for stated in left:
            spans = self.texts.quoted(v for e in stated.edges for v in e.evidence)
            says = self._says(stated.edges[0])
            self.findings.append(Finding(SPURIOUS, "edge", stated.type, says, "", _words(stated.edges), spans))

    def _where(self, asked: GoldEdge, edges: Sequence[Edge]) -> tuple[Span, ...]:
        """Where the edges are quoted from, else where the annotation is."""
        return self.texts.quoted(v for e in edges for v in e.evidence) or self.texts.find(asked.words)

    def _says(self, edge: Edge) -> str:
        ends = (self.nodes[end].name if end in self.nodes else end for end in (edge.source, edge.target))
        return f" {edge.type} ".join(ends)


def _stated(edges: Iterable[Edge]) -> list[_Stated]:
    groups: dict[tuple[Any, ...], _Stated] = {}
    for edge in edges:
        ends = (edge.source, edge.target)
        if load_schema().edges[edge.type].symmetric:
            ends = (min(ends), max(ends))
        key = (edge.type, *ends, tuple(sorted(_ids(edge.properties.get("subjects")))))
        groups.setdefault(key, _Stated(edge.type)).edges.append(edge)
    return list(groups.values())


def _names(node: Node) -> tuple[str, ...]:
    return (node.name, *node.aliases)


def _ids(value: object) -> Iterator[str]:
    return iter(value if isinstance(value, tuple) else ())


def _words(edges: Iterable[Edge]) -> str:
    return " … ".join(dict.fromkeys(v.quote for e in edges for v in e.evidence))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:,.0f}" if value == round(value) else f"{value:,}"
    return str(value)
