"""Who a quotation names: a name of an answer counts only where the quotation itself holds it, or what stands for it.

A name stands for its entity in a quotation in one of two ways:

1. the name is there, word for word;
2. the filing's own names (full names, defined short names, "we" and "the Company", and in a contract what it calls its
   parties, all read as the rules read them) say that words in the quotation mean the entity that the answer names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from biopact.loaders.extraction.company_forms import PRONOUNS
from biopact.loaders.extraction.contracts import is_contract
from biopact.loaders.extraction.contracts.clauses import Contract
from biopact.loaders.extraction.contracts.parties import COMMON
from biopact.loaders.extraction.contracts.preamble import read_preamble
from biopact.loaders.extraction.contracts.signatories import Signatories, signatories
from biopact.loaders.extraction.deal import Entity
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.llm.quotations import Span, place
from biopact.loaders.extraction.llm.tally import RefusedError
from biopact.loaders.extraction.llm.values import squeezed
from biopact.loaders.extraction.masking import mask
from biopact.loaders.extraction.names import Names
from biopact.loaders.extraction.sentences import Sentence
from biopact.loaders.filing import Document

_LONGEST_NAME = 120
# What begins like this describes, it does not name.
_DESCRIPTION = re.compile(
    r"(?:an?|our|its|their|his|her|this|that|such|certain|other|another|each|any|all|both|several|one|two|three|many|some"
    r"|third|undisclosed|unnamed|unaffiliated)\b",
    re.IGNORECASE,
)
_PARTIES = ("Company", "Person")
# A quotation that begins behind such a word is cut out of a sentence that does not say it.
_UNSAID = re.compile(
    r"\b(?:not|no|never|neither|nor|without|cannot|(?-i:may)|might|could|would|should|if|unless|whether)\b[^.;]{0,40}$",
    re.IGNORECASE,
)


def contract_parties(book: FactBook, documents: Sequence[Document]) -> dict[int, Signatories]:
    """The parties of each contract and what it calls them, by sequence of the document."""
    found: dict[int, Signatories] = {}
    for document in filter(is_contract, documents):
        contract = Contract(book, document)
        preamble = read_preamble(contract)
        if preamble is not None:
            found[document.sequence] = signatories(contract, preamble.parties)
    return found


class Grounding:
    """The names of one filing, asked by quotation."""

    def __init__(
        self,
        book: FactBook,
        names: Names,
        sentences: Mapping[int, Sequence[Sentence]],
        parties: Mapping[int, Signatories] = MappingProxyType({}),
    ) -> None:
        self._book = book
        self._names = names
        self._parties = parties
        self._sentences = sentences  # by sequence of the document
        self._starts = {sequence: [s.start for s in found] for sequence, found in sentences.items()}

    def denied(self, document: Document, quote: Span) -> bool:
        """Whether the sentence, right before the quotation, denies it or makes it a condition."""
        first = next(iter(self._cut(document, quote)), None)
        start = quote[0] if first is None else self._whole(document, first).start
        return bool(_UNSAID.search(document.text[start : quote[0]]))

    def entity(self, document: Document, quote: Span, type_: str, name: str, rule: str, confidence: float) -> Entity:
        """The entity that a name of an answer stands for; RefusedError if the quotation does not name it."""
        name = re.sub(r"\s+", " ", name).strip(' ,;:"“”')
        if not re.search(r"\w", name) or len(name) > _LONGEST_NAME:
            raise RefusedError("a name that is none")
        party = self._party(document, name)
        if party is not None and party.type == type_ and _stands(document, quote, name):
            return party
        if _is_pronoun(name) or (type_ in _PARTIES and COMMON.fullmatch(name)):
            return self._meant(document, quote, type_, name)
        found = place(document.text, *quote, name)
        if found is None:
            return self._known(document, quote, type_, name)
        for mention in self._names.mentions(document, *quote):
            if mention.start <= found[0] and found[1] <= mention.end and mention.entity.type == type_:
                return mention.entity
        words = squeezed(document.text, found)
        if _DESCRIPTION.match(words) or (type_ in _PARTIES and not any(c.isupper() for c in words)):
            raise RefusedError("a description in place of a name")
        return self._book.entity(type_, words, self._book.quote(document, *found, rule, confidence))

    def _known(self, document: Document, quote: Span, type_: str, name: str) -> Entity:
        entity = self._book.find(type_, name)
        if entity is None or entity not in self._in(document, quote, type_):
            raise RefusedError("a name that the quotation does not hold")
        return entity

    def _meant(self, document: Document, quote: Span, type_: str, name: str) -> Entity:
        """Who "we" or "the Company" is, where the quotation says so and the filing tells of one such company only."""
        if not _stands(document, quote, name):
            raise RefusedError("a name that the quotation does not hold")
        meant = {self._names.speaker(s) for s in self._cut(document, quote)} - {None}
        entity = meant.pop() if len(meant) == 1 else None
        if entity is None or entity.type != type_ or entity not in self._in(document, quote, type_):
            raise RefusedError("a role or pronoun that nothing resolves")
        return entity

    def _in(self, document: Document, quote: Span, type_: str) -> set[Entity]:
        """All entities that the quotation names or means."""
        found = {m.entity for m in self._names.mentions(document, *quote) if m.entity.type == type_}
        for piece in self._cut(document, quote):
            found.update(mask(self._names, document, piece).of_type(type_))
        if document.sequence in self._parties:
            called = re.compile(rf"(?<![\w-]){self._parties[document.sequence].any}(?![\w-])", re.IGNORECASE)
            words = (m.group() for m in called.finditer(document.text, *quote))
            meant = (self._party(document, word) for word in words if word[0].isupper())  # "a licensee" is any
            found.update(e for e in meant if e is not None and e.type == type_)
        return found

    def _party(self, document: Document, name: str) -> Entity | None:
        """The party that the contract calls so."""
        known = self._parties.get(document.sequence)
        return known.who(re.sub(r"^[Tt]he\s", "", name)) if known else None

    def _cut(self, document: Document, quote: Span) -> list[Sentence]:
        """The sentences of a quotation, each cut to what lies inside it."""
        found = self._sentences[document.sequence]
        first = max(0, bisect_right(self._starts[document.sequence], quote[0]) - 1)
        cut: list[Sentence] = []
        for sentence in found[first:]:
            if sentence.start >= quote[1]:
                break
            if sentence.end > quote[0]:
                cut.append(replace(sentence, start=max(sentence.start, quote[0]), end=min(sentence.end, quote[1])))
        return cut

    def _whole(self, document: Document, piece: Sentence) -> Sentence:
        return self._sentences[document.sequence][bisect_right(self._starts[document.sequence], piece.start) - 1]


def _stands(document: Document, quote: Span, word: str) -> bool:
    """Whether a word stands in the quotation, at the beginning of a sentence or inside."""
    return any(place(document.text, *quote, form) for form in {word, word[0].lower() + word[1:], word.capitalize()})


def _is_pronoun(name: str) -> bool:
    return re.sub(r"^the\s", "", name.lower()) in PRONOUNS or name.lower() in ("it", "its", "ours", "they", "their")
