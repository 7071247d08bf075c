"""Reads sums of money that a contract writes out in words alone: "One Hundred Thousand Dollars"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biopact.loaders.extraction.values import Found

_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_WORD = "|".join(sorted([*_UNITS, "hundred", *_SCALES], key=len, reverse=True))
_MOST = 14  # words of one number
_WORDED = re.compile(
    rf"\b(?P<words>(?:{_WORD})(?:(?:\s+and)?[\s-]+(?:{_WORD})){{0,{_MOST}}})\s+(?:\(\s*[\d.,]+\s*\)\s+)?"
    r"(?:of\s+)?(?:(?:U\.?\s?S\.?|United\s+States|American)\s+)?(?P<currency>dollars?|euros?|pounds\s+sterling|swiss\s+francs)\b",
    re.IGNORECASE,
)
# the same sum in figures comes next, and is the one that is read
_FIGURES = re.compile(r"\s*\(?\s*(?:[A-Z]{1,3}\s?|U\.S\.\s?)?[$€£]?\s?\d")
_CURRENCY = {"d": "USD", "e": "EUR", "p": "GBP", "s": "CHF"}


def worded_amounts(text: str, start: int, end: int) -> Iterator[Found]:
    """Sums in words between two offsets, but those that stand in figures beside their words.

    >>> [(m.value, m.currency) for m in worded_amounts("One Million Five Hundred Thousand U.S. Dollars", 0, 46)]
    [(1500000.0, 'USD')]
    >>> [*worded_amounts("five million dollars ($5,000,000)", 0, 33)]
    []
    """
    for m in _WORDED.finditer(text, start, end):
        if not _FIGURES.match(text, m.end()):
            yield Found(m.start(), m.end(), _number(m["words"]), _CURRENCY[m["currency"][0].lower()])


def _number(words: str) -> float:
    total = part = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _UNITS:
            part += _UNITS[word]
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word in _SCALES:
            total += max(part, 1) * _SCALES[word]
            part = 0
    return float(total + part)
