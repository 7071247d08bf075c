"""Knows the places where companies are organised in the many ways that lists of subsidiaries write them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from biopact.graph.names import company_key, fold
from biopact.loaders.forms.places import place_of

_OF = re.compile(
    r"^(?:the |a |an )?(?:(?:state|commonwealth|province|republic|federal republic|kingdom|principality|"
    r"grand duchy|territory|laws|canton|city|county|emirate) of )+(?:the )?|^the "
)
_LEVEL = re.compile(r" (?:federal|sar|r o c|province|state|law)$")
_PARTS = re.compile(r"\s*[,/;()]\s*|\s+(?:and|&)\s+|\s+[-–—]\s+")
_CITY = re.compile(r"(?P<city>(?:St\. )?[A-ZÀ-Þ][\w’'-]+(?:\s[\w’'-]+){0,2}),\s*(?P<rest>[^,]+)")


@cache
def _places() -> frozenset[str]:
    """Every way to write a place, folded."""
    text = (files("biopact.loaders.extraction") / "jurisdictions.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(fold(name) for line in lines for name in line.split("; "))


@lru_cache(4096)
def is_place(text: str) -> bool:
    """Whether the text names a state or country, or several, or a city and its country, and nothing else.

    >>> [is_place(t) for t in ("Delaware, U.S.", "State of Israel", "Munich, Germany", "NV", "Nevada Gold LLC", "")]
    [True, True, True, True, False, False]
    """
    text = text.strip(" .*")
    if not text or len(text) > 70:
        return False
    if len(text) == 2 and text.isupper() and text.isalpha() and place_of(text) != text:
        return True  # a postal code
    if _is_one(text):
        return True
    parts = [p for p in _PARTS.split(text) if p]
    if 2 <= len(parts) <= 5 and all(map(_is_one, parts)):
        return True
    city = _CITY.fullmatch(text)
    return city is not None and _is_one(city["rest"]) and company_key(city["city"]) == fold(city["city"])


def _is_one(text: str) -> bool:
    folded = fold(text)
    return folded in _places() or _LEVEL.sub("", _OF.sub("", folded)) in _places()
