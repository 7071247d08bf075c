"""Dates as forms write them."""

from __future__ import annotations

import re
from datetime import date

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
DATE = re.compile(
    rf"\b(?P<month>{_MONTH})\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s{{0,2}},?\s{{0,3}}(?P<year>\d{{4}})\b"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s{{1,3}}(?P<month2>{_MONTH}),?\s{{1,3}}(?P<year2>\d{{4}})\b"
    r"|\b(?P<iso>\d{4}-\d{2}-\d{2})\b|\b(?P<us>\d{1,2}/\d{1,2}/\d{4})\b",
    re.I,
)


def iso_of(match: re.Match[str]) -> str | None:
    """The ISO form of what DATE matched; None for a day no calendar has.

    >>> iso_of(DATE.search("on October 17, 2006"))
    '2006-10-17'
    """
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
    elif match["us"]:
        month, day, year = map(int, match["us"].split("/"))
    else:
        name = (match["month"] or match["month2"])[:3].lower()
        year, month, day = (
            int(match["year"] or match["year2"]),
            _NAMES.index(name) + 1,
            int(match["day"] or match["day2"]),
        )
    return _checked(year, month, day)


def iso_of_digits(digits: str) -> str | None:
    """The ISO form of eight digits as headers write a day.

    >>> iso_of_digits("20061019")
    '2006-10-19'
    """
    if len(digits) != 8 or not (digits.isascii() and digits.isdecimal()):
        return None
    return _checked(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _checked(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
