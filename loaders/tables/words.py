"""The words of tables of deals, read once from words.yaml."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def table(name: str) -> dict[str, Any]:
    """One list of words.yaml that says what words stand for."""
    found: dict[str, Any] = _loaded()[name]
    return found


@cache
def phrases(name: str) -> frozenset[str]:
    """One list of words.yaml that only names them."""
    return split(_loaded()[name])


def split(listed: str) -> frozenset[str]:
    """The phrases between the bars of a list."""
    return frozenset(phrase.strip() for phrase in listed.split("|"))


def plain(text: str) -> str:
    """The text as these lists write it: lower case, one space between words.

    >>> plain("  Deal\\n TYPE ")
    'deal type'
    """
    return re.sub(r"\s+", " ", text).strip().casefold()


@cache
def _loaded() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((files("biopact.loaders.tables") / "words.yaml").read_text("utf-8"))
    return found
