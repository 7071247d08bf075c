"""Cuts a document into passages that a model reads one at a time: whole sentences, under one heading where possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from biopact.loaders.extraction.sentences import Sentence
from biopact.loaders.filing import Document

LONGEST = 6000  # characters
_SHORTEST = 40  # of letters that are worth a request


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document, by the offsets of its text."""

    document: Document
    start: int
    end: int
    section: int  # number of the section it begins in
    heading: str

    @property
    def text(self) -> str:
        """Its words."""
        return self.document.text[self.start : self.end]


def passages(document: Document, found: Sequence[Sentence], longest: int = LONGEST) -> Iterator[Passage]:
    """The passages of a document, given its sentences; together they hold all of them, each once."""
    held: list[Sentence] = []
    for sentence in (piece for each in found for piece in _pieces(document.text, each, longest)):
        if held:
            full = sentence.end - held[0].start > longest
            turns = sentence.section != held[-1].section and held[-1].end - held[0].start > longest // 2
            if full or turns:
                yield from _passage(document, held)
                held = []
        held.append(sentence)
    yield from _passage(document, held)


def _passage(document: Document, held: Sequence[Sentence]) -> Iterator[Passage]:
    if held:
        passage = Passage(document, held[0].start, held[-1].end, held[0].section, held[0].heading)
        if sum(c.isalpha() for c in passage.text) >= _SHORTEST:
            yield passage


def _pieces(text: str, sentence: Sentence, longest: int) -> Iterator[Sentence]:
    """The sentence, or where it is a table without an end, parts of it cut at white space."""
    start = sentence.start
    while sentence.end - start > longest:
        stop = max(text.rfind("\n", start + 1, start + longest), text.rfind(" ", start + 1, start + longest))
        stop = stop if stop > start else start + longest
        yield Sentence(start, stop, sentence.paragraph, sentence.section, sentence.heading, sentence.is_heading)
        start = stop
    if text[start : sentence.end].strip():
        yield Sentence(start, sentence.end, sentence.paragraph, sentence.section, sentence.heading, sentence.is_heading)
