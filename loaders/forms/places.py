"""Places of incorporation: EDGAR's codes and the names cover pages write."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

# The place that an adjective belongs to, as in "a Japanese corporation".
PEOPLES = {
    "American": "United States", "Argentine": "Argentina", "Australian": "Australia", "Austrian": "Austria",
    "Belgian": "Belgium", "Bermudian": "Bermuda", "Brazilian": "Brazil", "British": "United Kingdom",
    "Canadian": "Canada", "Chilean": "Chile", "Chinese": "China", "Colombian": "Colombia", "Czech": "Czech Republic",
    "Danish": "Denmark", "Dutch": "Netherlands", "English": "England", "Finnish": "Finland", "French": "France",
    "German": "Germany", "Greek": "Greece", "Hungarian": "Hungary", "Icelandic": "Iceland", "Indian": "India",
    "Irish": "Ireland", "Israeli": "Israel", "Italian": "Italy", "Japanese": "Japan", "Korean": "Korea",
    "Malaysian": "Malaysia", "Maltese": "Malta", "Mexican": "Mexico", "Norwegian": "Norway", "Polish": "Poland",
    "Portuguese": "Portugal", "Romanian": "Romania", "Russian": "Russia", "Scottish": "Scotland",
    "Singaporean": "Singapore", "South African": "South Africa", "South Korean": "South Korea", "Spanish": "Spain",
    "Swedish": "Sweden", "Swiss": "Switzerland", "Taiwanese": "Taiwan", "Thai": "Thailand", "Turkish": "Turkey",
}  # fmt: skip


@cache
def _table() -> dict[str, Any]:
    text = (files("biopact.loaders.forms") / "jurisdictions.yaml").read_text("utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    return table


def place_of(code: str) -> str:
    """The name behind an EDGAR code; what is no code comes back unchanged.

    >>> place_of("DE")
    'Delaware'
    """
    return str(_table()["codes"].get(code.upper(), code))


@cache
def place_pattern() -> re.Pattern[str]:
    """Matches the name of any known place of incorporation, in title case or capitals."""
    known = {*_table()["codes"].values(), *_table()["names"]} - {"United States"}  # heads every cover page
    names = sorted(known, key=lambda name: (-len(name), name))
    spelled = "|".join(r"\s{1,3}".join(map(re.escape, name.split())) for name in names)
    return re.compile(rf"\b(?:{spelled})\b", re.I)


@cache
def canonical_place(stated: str) -> str:
    """The usual spelling of a place written in capitals.

    >>> canonical_place("NEW  YORK")
    'New York'
    """
    folded = " ".join(stated.split()).casefold()
    for name in (*_table()["codes"].values(), *_table()["names"]):
        if name.casefold() == folded:
            return str(name)
    return stated
