"""Where words stand in the texts of a filing, so that a report can mark them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Evidence


class Span(NamedTuple):
    """Characters of one document."""

    document: str  # id
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a document, or of several that were pasted into one file and share it."""

    document: str  # id of the first that has it
    title: str
    text: str


@dataclass(slots=True)
class Texts:
    """The texts of one filing, each once."""

    facts: FilingFacts
    texts: list[Text] = field(default_factory=list, init=False)
    _shared: dict[str, str] = field(default_factory=dict, init=False)  # id of a document to that of the first alike

    def __post_init__(self) -> None:
        types = {n.id: n.properties for n in self.facts.nodes if n.type == "Document"}
        first: dict[str, str] = {}
        for id_, text in self.facts.texts.items():
            self._shared[id_] = first.setdefault(text, id_)
        for text, id_ in first.items():
            owners = [i for i, shared in self._shared.items() if shared == id_]
            title = ", ".join(str(types[i]["type"]) for i in owners if i in types)
            self.texts.append(Text(id_, title or id_, text))

    def quoted(self, evidence: Iterable[Evidence]) -> tuple[Span, ...]:
        """Where evidence stands, in reading order."""
        return tuple(sorted({Span(self._shared.get(v.document, v.document), v.start, v.end) for v in evidence}))

    def find(self, words: str) -> tuple[Span, ...]:
        """The first place where the words stand, whatever white space and marks part them."""
        pieces = re.findall(r"\w+", words)
        if not pieces:
            return ()
        pattern = re.compile(r"[\W_]{0,40}?".join(map(re.escape, pieces)))
        for text in self.texts:
            start = text.text.find(words)
            if start >= 0:
                return (Span(text.document, start, start + len(words)),)
            if match := pattern.search(text.text):
                return (Span(text.document, *match.span()),)
        return ()

    def named(self, names: Iterable[str]) -> tuple[Span, ...]:
        """The first place where one of the names stands as a word of its own."""
        for name in names:
            pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
            for text in self.texts:
                if match := pattern.search(text.text):
                    return (Span(text.document, *match.span()),)
        return ()
