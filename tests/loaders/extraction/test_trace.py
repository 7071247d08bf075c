"""What an observer of extraction hears, and that hearing changes nothing."""

from dataclasses import dataclass, field

import pytest

from biopact.loaders.extraction import RulesExtractor
from biopact.loaders.extraction.masking import Masked
from biopact.loaders.extraction.sentences import Sentence
from biopact.loaders.extraction.trace import Trace, Why
from biopact.loaders.filing import Document, Filing
from tests.loaders.extraction.telling import filing


@dataclass
class Listener(Trace):
    readers: list[str] = field(default_factory=list)
    over: list[tuple[str, Why]] = field(default_factory=list)
    matches: list[str] = field(default_factory=list)
    refusals: list[tuple[str, Why, str]] = field(default_factory=list)

    def document(self, document: Document, reader: str) -> None:
        self.readers.append(reader)

    def sentence(
        self, document: Document, sentence: Sentence, masked: Masked | None, passed_over: Why | None = None
    ) -> None:
        assert (masked is None) == (passed_over is not None)
        if passed_over is not None:
            self.over.append((document.text[sentence.start : sentence.end], passed_over))

    def matched(self, rule: str, start: int, end: int) -> None:
        self.matches.append(rule)

    def refused(self, rule: str, start: int, end: int, why: Why, words: str = "") -> None:
        assert start < end
        self.refusals.append((rule, why, words))


def told(given: Filing) -> Listener:
    listener = Listener()
    facts = RulesExtractor().extract(given, listener)
    assert facts == RulesExtractor().extract(given)
    return listener


def heard(text: str) -> Listener:
    named = 'Alnora, Inc. ("Alnora") and Brevin, Inc. ("Brevin") are named here.'
    return told(filing(f"{named}\n\n{text}", filer="Corvane, Inc."))


def test_a_match_that_states_a_fact() -> None:
    listener = heard("Alnora granted Brevin an exclusive license to ALN-12.")
    assert listener.readers == ["prose"]
    assert "license/granted" in listener.matches


@pytest.mark.parametrize(
    ("text", "why", "words"),
    [
        ("Alnora has announced a license agreement, not signed, with Brevin.", Why.DENIED, "not"),
        ("If Alnora granted Brevin a license to ALN-12, it would tell.", Why.UNCERTAIN, "If"),
        ("Alnora entered into a potential license agreement with Brevin.", Why.UNCERTAIN, "potential"),
        ("Alnora entered into an employment agreement with Brevin.", Why.NO_DEAL, ""),
        ("Alnora granted Alnora a license to ALN-12.", Why.SAME_PARTY, ""),
        ("Alnora entered into an acquisition agreement with Brevin and he left.", Why.PERSON, "he"),
    ],
)
def test_what_is_refused_says_why(text: str, why: Why, words: str) -> None:
    listener = heard(text)
    assert (why, words) in [(w, said) for _, w, said in listener.refusals], listener.refusals


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("It rained.", Why.NO_WORD),
        ("This is a forward-looking statement about a license.", Why.BOILERPLATE),
        ("Alnora granted Brevin a license, " + "and so on, " * 400 + "and more.", Why.LONG),
    ],
)
def test_what_is_passed_over_says_why(text: str, why: Why) -> None:
    assert (text, why) in heard(text).over
