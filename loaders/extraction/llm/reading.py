"""The gate: an answer becomes facts statement by statement, or is refused with a reason that is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from biopact.graph.records import Evidence, Value
from biopact.loaders.extraction.deal import KIND_OF, USD_PROPERTIES, Deal, Entity, Grant, Term
from biopact.loaders.extraction.drafts import Drafts, Telling
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.llm.asking import has_terms, own_properties, stated_types
from biopact.loaders.extraction.llm.grounding import Grounding
from biopact.loaders.extraction.llm.passages import Passage
from biopact.loaders.extraction.llm.quotations import Span, place, places
from biopact.loaders.extraction.llm.tally import RefusedError, Tally
from biopact.loaders.extraction.llm.values import term, value
from biopact.loaders.extraction.terms import terms
from biopact.ontology import EdgeType, load_schema

# A model's word is worth less than a rule's: it is the same for all, since what a model says of itself is no measure.
CONFIDENCE = 0.6
_LONGEST_QUOTE = 1200  # characters; in a longer one any two names stand together


class AnswerReader:
    """Reads the answers about one filing into its fact book."""

    def __init__(self, book: FactBook, grounding: Grounding, tally: Tally) -> None:
        self.book = book
        self.drafts = Drafts()
        self._grounding = grounding
        self._tally = tally

    def read(self, passage: Passage, statements: list[Any]) -> None:
        """Read what a model says of one passage."""
        for statement in statements:
            try:
                self._statement(passage, statement)
            except RefusedError as refused:
                self._refuse(refused)
            else:
                self._tally.statements += 1

    def close(self) -> None:
        """Give the book the deals that were told."""
        for draft in self.drafts:
            draft.deal.terms = list(dict.fromkeys(draft.deal.terms))
        self.book.deals += [draft.deal for draft in self.drafts if draft.deal.grants]

    def _refuse(self, refused: RefusedError) -> None:
        self._tally.refused[str(refused)] += 1

    def _statement(self, passage: Passage, said: Any) -> None:
        edge = _edge(said)
        quote = _quotation(passage, _text(said, "quote"))
        if self._grounding.denied(passage.document, quote):
            raise RefusedError("a quotation cut out of a denial or condition")
        source = self._end(passage, quote, said.get("source"), edge.source)
        target = self._end(passage, quote, said.get("target"), edge.target)
        if source is target:
            raise RefusedError("both ends are one")
        rule = f"llm/{edge.name.lower().replace('_', '-')}"
        evidence = self.book.quote(passage.document, *quote, rule, CONFIDENCE)
        own = dict(self._own(passage, quote, said, edge))
        if has_terms(edge):
            self._grant(passage, quote, said, edge, (source, target), evidence, own)
        else:
            self.book.relate(edge.name, source, target, [evidence], **own)

    def _end(self, passage: Passage, quote: Span, named: Any, types: tuple[str, ...]) -> Entity:
        if not isinstance(named, dict):
            raise RefusedError("a statement of another form")
        type_, name = _text(named, "type"), _text(named, "name")
        if type_ not in load_schema().nodes:
            raise RefusedError("a type that is not in the ontology")
        if type_ not in types:
            raise RefusedError("an end of the wrong type")
        return self._grounding.entity(passage.document, quote, type_, name, "llm/name", CONFIDENCE)

    def _own(self, passage: Passage, quote: Span, said: Any, edge: EdgeType) -> Iterator[tuple[str, Value]]:
        """The properties of the edge itself whose words stand in the quotation."""
        given = said.get("properties")
        known = own_properties(edge)
        for name, words in given.items() if isinstance(given, dict) else ():
            if words is None or words == "":
                continue
            try:
                if name not in known:
                    raise RefusedError("a property that is not in the ontology")
                found = value(known[name], passage.document.text, quote, _words(passage, quote, words))
            except RefusedError as refused:
                self._refuse(refused)
            else:
                self._tally.values += 1
                yield name, found

    def _grant(
        self, passage: Passage, quote: Span, said: Any, edge: EdgeType, ends: tuple[Entity, Entity],
        evidence: Evidence, own: Mapping[str, Value],
    ) -> None:  # fmt: skip
        """What passes between two parties, added to the deal that it belongs to, with the terms told beside it."""
        kind = KIND_OF[edge.name]
        subjects = tuple(dict.fromkeys(self._subjects(passage, quote, said, edge)))
        told = list(self._terms(passage, said))
        dated = {t.kind: t.value for t in told if t.state == "stated"}
        telling = Telling(
            frozenset((kind,)), subjects, (passage.document.sequence, passage.section),
            dated.get("agreement date"), dated.get("announced date"),
        )  # fmt: skip
        draft = self.drafts.find(ends, telling)
        draft.hear(telling)
        deal = draft.deal
        deal.grants.append(Grant(edge.name, *ends, (evidence,), subjects, tuple(sorted(own.items()))))
        if evidence not in deal.evidence:
            deal.evidence.append(evidence)
        deal.terms += told
        for each in told:
            self._tally.values += 1
            _show(deal, each, passage.document.text)

    def _subjects(self, passage: Passage, quote: Span, said: Any, edge: EdgeType) -> Iterator[Entity]:
        for named in _list(said, "subjects"):
            try:
                yield self._end(passage, quote, named, edge.properties["subjects"].refers_to)
            except RefusedError as refused:
                self._refuse(refused)

    def _terms(self, passage: Passage, said: Any) -> Iterator[Term]:
        for given in _list(said, "terms"):
            try:
                if not isinstance(given, dict):
                    raise RefusedError("a term of another form")
                kind = _text(given, "kind")
                if kind not in load_schema().vocabularies["term_kind"]:
                    raise RefusedError("a kind of term that is not in the ontology")
                quote = _quotation(passage, _text(given, "quote"))
                words = _words(passage, quote, _text(given, "words"))
                rule = f"llm/term/{kind.replace(' ', '-')}"
                evidence = self.book.quote(passage.document, *quote, rule, CONFIDENCE)
                yield term(kind, passage.document.text, quote, words, evidence)
            except RefusedError as refused:
                self._refuse(refused)


def _edge(said: Any) -> EdgeType:
    if not isinstance(said, dict):
        raise RefusedError("a statement of another form")
    edge = stated_types().get(_text(said, "type"))
    if edge is None:
        raise RefusedError("a type that is not in the ontology")
    return edge


def _text(given: dict[str, Any], key: str) -> str:
    found = given.get(key)
    if not isinstance(found, str):
        raise RefusedError("a statement of another form")
    return found


def _list(given: dict[str, Any], key: str) -> list[Any]:
    found = given.get(key)
    return found if isinstance(found, list) else []


def _quotation(passage: Passage, words: str) -> Span:
    if len(words) > _LONGEST_QUOTE:
        raise RefusedError("a quotation that is too long")
    found = place(passage.document.text, passage.start, passage.end, words)
    if found is None:
        raise RefusedError("a quotation that the document does not hold")
    return found


def _words(passage: Passage, quote: Span, words: Any) -> Span:
    found = list(places(passage.document.text, *quote, words)) if isinstance(words, str) else []
    if not found:
        raise RefusedError("words of a value that the quotation does not hold")
    return found[0]


def _show(deal: Deal, read: Term, text: str) -> None:
    """Give the agreement the property that a stated term fills; what was told first stands."""
    if read.state != "stated":
        return
    name: str | None = None
    filled: Value | None = None
    if read.amount is not None:
        name = USD_PROPERTIES.get(read.kind) if read.currency == "USD" else None
        filled = read.amount
        if read.kind == "milestones" and read.currency == "USD" and _is_ceiling(read, text):
            name = "milestones_max_usd"
    elif read.kind == "royalty":
        name, filled = "royalties", not _is_free(read, text)
    elif read.value is not None and read.kind.replace(" ", "_") in load_schema().nodes["Agreement"].properties:
        name, filled = read.kind.replace(" ", "_"), read.value
    if name is not None and filled is not None and name != "sublicensing":
        deal.properties.setdefault(name, filled)


def _is_ceiling(read: Term, text: str) -> bool:
    """Whether the reader of the rules, too, sees milestone payments of up to this amount in the quotation."""
    found = terms(text, read.evidence.start, read.evidence.end)
    return any(r.kind.endswith("milestones") and r.ceiling and r.amount == read.amount for r in found)


def _is_free(read: Term, text: str) -> bool:
    found = terms(text, read.evidence.start, read.evidence.end)
    return any(r.kind == "royalty" and r.value == "none" for r in found)
