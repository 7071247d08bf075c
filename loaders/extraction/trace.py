"""What extraction tells an observer on its way: which sentences were read, which rules matched, what was refused and why.

Readers of running text take a `Trace`. The plain one hears nothing and costs nothing to speak of; app/explaining.py
records.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from biopact.loaders.extraction.masking import Masked
    from biopact.loaders.extraction.sentences import Sentence
    from biopact.loaders.filing import Document


class Why(StrEnum):
    """Why a sentence was passed over, or a match refused."""

    BOILERPLATE = "boilerplate"
    LONG = "too long for a sentence"
    NO_WORD = "no word of a deal"

    DENIED = "denied"
    UNCERTAIN = "not certain"
    NO_PARTY = "a party is missing"
    SAME_PARTY = "the same party on both sides"
    NO_DEAL = "not a kind of agreement that is read"
    PERSON = "about a person"
    NO_GENITIVE = "no owner in the genitive"
    PURCHASE = "rights that are bought are no licence"
    HEADING = "a heading alone does not state it"
    TOLD = "told already"


class Trace:
    """An observer that hears nothing; override what is of interest.

    `start` and `end` count in the masked sentence that `sentence` told of last.
    """

    def document(self, document: Document, reader: str) -> None:
        """A document goes to the reader of that name: prose, contract, subsidiary list, ownership report."""

    def sentence(
        self, document: Document, sentence: Sentence, masked: Masked | None, passed_over: Why | None = None
    ) -> None:
        """A sentence is read, masked, or passed over."""

    def matched(self, rule: str, start: int, end: int) -> None:
        """A rule matched, and what it states is taken up."""

    def refused(self, rule: str, start: int, end: int, why: Why, words: str = "") -> None:
        """A match states no fact; `words` are those that say so, where words do."""


SILENT = Trace()


def doubt(words: str) -> Why:
    """Whether words that make a statement no fact deny it or leave it open.

    >>> doubt("did not"), doubt("may")
    (<Why.DENIED: 'denied'>, <Why.UNCERTAIN: 'not certain'>)
    """
    return Why.DENIED if re.search(r"\b(?:not|never|cannot|failed|unable)\b", words, re.IGNORECASE) else Why.UNCERTAIN
