"""Reads the values of an answer with the readers that the rules use, at the place where their words stand.

A model never says a number: it says which words give it. Those words are found, and the number is what the document
says around that place, so "$5" taken from "$5 million" is five million.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from biopact.graph.names import fold
from biopact.graph.records import Evidence, Value
from biopact.loaders.extraction.deal import Term
from biopact.loaders.extraction.llm.quotations import Span
from biopact.loaders.extraction.llm.tally import RefusedError
from biopact.loaders.extraction.terms import exclusivity
from biopact.loaders.extraction.values import Found, amounts, dates, percents, redactions
from biopact.ontology import Property, load_schema

MONEY = frozenset(
    [
        "upfront",
        "milestones",
        "development milestones",
        "regulatory milestones",
        "sales milestones",
        "research funding",
        "loan",
        "purchase price",
        "transfer price",
        "total value",
        "option fee",
        "other payment",
        "equity",
    ]
)
_COUNT = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_SCALED = re.compile(r"[.]?\d|\s*(?:%|per\s?cent|thousand|million|billion|mm?\b|bn\b)", re.IGNORECASE)
_PHASE = {"i": "1", "ii": "2", "iii": "3"}
_AROUND = 60  # characters on either side in which a value may go on

_Reader = Callable[[str, int, int], Iterator[Found]]


def term(kind: str, text: str, quote: Span, words: Span, evidence: Evidence) -> Term:
    """The term that words inside a quotation state; RefusedError if no value of its kind can be read there."""
    if any(_meet(gap, words) for gap in redactions(text, *quote)):
        return Term(kind, "redacted", evidence)
    if kind in MONEY:
        money = _one(amounts, text, quote, words, "no amount of money")
        return Term(kind, "stated", evidence, amount=float(money.value), currency=money.currency)
    if kind.endswith("date"):
        return Term(kind, "stated", evidence, str(_one(dates, text, quote, words, "no date").value))
    said = squeezed(text, words)
    if kind == "exclusivity":
        said_kind = exclusivity(said)
        if said_kind is None:
            raise RefusedError("no exclusivity in the words of a value")
        return Term(kind, "stated", evidence, said_kind)
    return Term(kind, "stated", evidence, said)


def value(property_: Property, text: str, quote: Span, words: Span) -> Value:
    """The value of a property that words inside a quotation state; RefusedError if it cannot be read there."""
    said = squeezed(text, words)
    if property_.type == "date":
        return _one(dates, text, quote, words, "no date").value
    if property_.type in ("integer", "number"):
        if property_.unit == "per cent":
            return _one(percents, text, quote, words, "no percentage").value
        number = _one(_counts, text, quote, words, "no number").value
        return int(number) if property_.type == "integer" else number
    if property_.type == "boolean":
        raise RefusedError("no words state this property")
    vocabulary = load_schema().closed_vocabulary(property_)
    if vocabulary is None:
        return said
    found = exclusivity(said) if property_.vocabulary == "exclusivity" else term_in(vocabulary, said)
    if found is None:
        raise RefusedError(f"no {property_.vocabulary} in the words of a value")
    return found


def term_in(vocabulary: tuple[str, ...], said: str) -> str | None:
    """The longest term of a vocabulary whose own words are said.

    >>> term_in(("phase 1", "phase 1/2", "preclinical"), "a Phase I/II study"), term_in(("phase 1",), "a study")
    ('phase 1/2', None)
    """
    heard = f" {_plain(said)} "
    return max((t for t in vocabulary if f" {_plain(t)} " in heard), key=lambda t: (len(t), t), default=None)


def squeezed(text: str, span: Span) -> str:
    """The words of a span with single spaces.

    >>> squeezed("the  United\\nStates", (5, 18))
    'United States'
    """
    return re.sub(r"\s+", " ", text[slice(*span)]).strip()


def _plain(text: str) -> str:
    return " ".join(_PHASE.get(word, word) for word in fold(text).split()).replace("pre clinical", "preclinical")


def _one(reader: _Reader, text: str, quote: Span, words: Span, missing: str) -> Found:
    """The one value that meets the words. It may not reach out of the quotation."""
    window = (max(0, quote[0] - _AROUND), min(len(text), quote[1] + _AROUND))
    found = [f for f in reader(text, *window) if _meet(f, words)]
    if len(found) != 1:
        raise RefusedError(f"{missing} in the words of a value" if not found else "several values in the words of one")
    if not quote[0] <= found[0].start <= found[0].end <= quote[1]:
        raise RefusedError("the quotation cuts a value off")
    return found[0]


def _counts(text: str, start: int, end: int) -> Iterator[Found]:
    for m in _COUNT.finditer(text, start, end):
        if not _SCALED.match(text, m.end()) and text[m.start() - 1 : m.start()] not in (".", "$", "€", "£"):
            yield Found(m.start(), m.end(), float(m.group().replace(",", "")))


def _meet(found: Found, words: Span) -> bool:
    return found.start < words[1] and words[0] < found.end
