"""Many names as one regular expression that shares their beginnings, so that looking for them does not slow with their number."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SPACE = r"(?:\s|<br>)+"  # a name may go over lines, and over the lines of a cell


def any_of(names: Iterable[str]) -> str:
    r"""An expression that matches any of the names, the longest first; a space in them is any white space or break.

    >>> any_of(["Alnora", "Alnora Inc", "Brevin"])
    '(?:Alnora(?:(?:\\s|<br>)+Inc)?|Brevin)'
    """
    tree: dict[str, dict] = {}  # type: ignore[type-arg]  # a tree of trees; "" ends a name
    for name in names:
        branch = tree
        for atom in name:
            branch = branch.setdefault(_SPACE if atom == " " else re.escape(atom), {})
        branch[""] = {}
    return _written(tree)


def _written(tree: dict[str, dict]) -> str:  # type: ignore[type-arg]
    ends = "" in tree
    branches = []
    for atom, rest in sorted(tree.items()):
        if not atom:
            continue
        run = atom
        while len(rest) == 1 and "" not in rest:  # a stretch without a fork is written straight, not deeper
            ((following, rest),) = rest.items()
            run += following
        branches.append(run + ("" if set(rest) == {""} else _written(rest)))
    if not branches:
        return ""
    whole = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return whole + ("?" if ends else "")
