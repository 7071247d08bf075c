"""Who a quotation names: a name of an answer counts only where the quotation itself holds it, or what stands for it.

A name stands for its entity in a quotation in one of two ways:

1. the name is there, word for word;
2. the filing's own names (full names, defined short names, "we" and "the Company", read as the rules read them) say that
   words in the quotation mean the entity that the answer names in full.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from biopact.loaders.extraction.companies import PRONOUNS
from biopact.loaders.extraction.contracts.parties import COMMON
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


class Grounding:
    """The names of one filing, asked by quotation."""

    def __init__(self, book: FactBook, names: Names, sentences: Mapping[int, Sequence[Sentence]]) -> None:
        self._book = book
        self._names = names
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
        if not any(place(document.text, *quote, word) for word in {name, name.lower(), name.capitalize()}):
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
        return found

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


def _is_pronoun(name: str) -> bool:
    return re.sub(r"^the\s", "", name.lower()) in PRONOUNS or name.lower() in ("it", "its", "ours", "they", "their")
