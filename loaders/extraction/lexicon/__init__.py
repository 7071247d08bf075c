"""Word lists that rules share, read once from YAML."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml


@cache
def _names() -> dict[str, str | list[str]]:
    loaded: dict[str, str | list[str]] = {}
    for name in ("names.yaml", "territories.yaml"):
        loaded |= yaml.safe_load((files("biopact.loaders.extraction.lexicon") / name).read_text(encoding="utf-8"))
    return loaded


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list written as running text, or its phrases where ``|`` parts them."""
    text = _names()[name]
    assert isinstance(text, str)
    return frozenset(w.strip() for w in (text.split("|") if "|" in text else text.split()))


@cache
def patterns(name: str) -> re.Pattern[str]:
    """One regular expression that matches any of a list of them."""
    listed = _names()[name]
    assert isinstance(listed, list)
    return re.compile("|".join(f"(?:{p})" for p in listed))
