"""Finds where a report states its amounts in thousands or millions without saying so beside each of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_STATEMENT = re.compile(
    r"(?:BALANCE\s+SHEETS?|STATEMENTS?\s+OF|NOTES\s+TO)\b[^\n]{0,120}?\([^)\n]{0,30}\bin\s+(?P<unit>thousands|millions)\b",
    re.IGNORECASE,
)
_SCALED = re.compile(r"[$€£]\s?\d[\d,.]*\s?(?:million|billion|thousand)\b", re.IGNORECASE)
_UNITS = {"thousands": 1e3, "millions": 1e6}


@dataclass(frozen=True, slots=True)
class Units:
    """From `start` on, an amount that names no scale of its own is to be taken times `factor`."""

    start: int
    factor: float


def units(text: str, begin: int, end: int) -> Units | None:
    """The unit of the notes to financial statements, or None where they write amounts out.

    Statements "(in thousands)" tell nothing of the notes by themselves: most notes say "$1.2 million" and give other
    amounts in full. Only notes that never name a scale are in the unit of their statements.
    """
    last = max(_STATEMENT.finditer(text, begin, end), key=lambda m: m.start(), default=None)
    if last is None or _SCALED.search(text, last.end(), end):
        return None
    return Units(last.end(), _UNITS[last["unit"].lower()])
