"""Tells namesakes apart: companies whose names differ in their legal form only."""

from __future__ import annotations

from collections.abc import Iterable

from biopact.graph.names import company_key, fold

_SAME_FORM = {"incorporated": "inc", "corporation": "corp", "limited": "ltd", "company": "co", "the": "", "and": ""}


def full_key(name: str) -> str:
    """A key of the whole name, legal form included, whatever its punctuation.

    >>> full_key("Alnora Partners, L.P.") == full_key("ALNORA PARTNERS LP") != full_key("Alnora Partners, Inc.")
    True
    """
    return "".join(_SAME_FORM.get(word, word) for word in fold(name.replace("&", " and ")).split())


def namesakes(names: Iterable[str]) -> frozenset[str]:
    """The full keys of those names that share the key of a company with another name.

    >>> sorted(namesakes(["Alnora Asia LLC", "Alnora Asia Limited", "Vale Inc.", "VALE INCORPORATED"]))
    ['alnoraasiallc', 'alnoraasialtd']
    """
    groups: dict[str, set[str]] = {}
    for name in names:
        groups.setdefault(company_key(name), set()).add(full_key(name))
    return frozenset(full for group in groups.values() if len(group) > 1 for full in group)
