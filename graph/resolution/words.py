"""The words that a link rests on: why two names are one is a quotation too."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from biopact.graph.names import fold
from biopact.graph.records import Evidence
from biopact.graph.resolution.atoms import base_id
from biopact.graph.resolution.model import Link
from biopact.graph.resolution.tables import Tables


def shown(tables: Tables, link: Link) -> Link:
    """The link with its evidence: words that name one end as the other, else the words that name each."""
    formerly = _formerly(tables, link)
    if formerly:
        return replace(link, evidence=formerly)
    marks = re.findall(r"\d{4,}", link.reason)
    sides = [_said(tables, atom) for atom in (link.left, link.right)]
    found = [_best(sides[0], sides[1], marks), _best(sides[1], sides[0], marks)]
    return replace(link, evidence=tuple(dict.fromkeys(e for e in found if e is not None)))


_Said = tuple[set[str], list[Evidence]]  # the names of an atom, and what names it


def _said(tables: Tables, atom: str) -> _Said:
    names: set[str] = set()
    evidence: set[Evidence] = set()
    sql = "SELECT names, filing, spans FROM node WHERE atom = ? ORDER BY filing, local LIMIT 200"
    for told, filing, spans in tables.ask(sql, atom):
        names.update(json.loads(told))
        evidence.update(tables.quoted(filing, spans))
    return names, sorted(evidence)


def _best(side: _Said, other: _Said, marks: list[str]) -> Evidence | None:
    """The quotation of one side that says most: the identifier, names of both, any."""

    def standing(evidence: Evidence) -> tuple[bool, int, int]:
        quote = fold(evidence.quote)
        both = sum(any(fold(name) in quote for name in names) for names in (side[0], other[0] - side[0]))
        return any(mark.lstrip("0") in evidence.quote for mark in marks), both, -len(evidence.quote)

    return max(side[1], key=standing, default=None)


def _formerly(tables: Tables, link: Link) -> tuple[Evidence, ...]:
    sql = "SELECT filing FROM pair WHERE kind = 'formerly' AND a = ? AND b = ?"
    filings = tables.column(sql, *sorted((link.left, link.right)))
    if not filings or "formerly" not in link.reason:
        return ()
    ends = {base_id(link.left), base_id(link.right)}
    found: set[Evidence] = set()
    for filing in sorted(filings):
        sql = "SELECT source, target, spans FROM edge WHERE filing = ? AND type = 'FORMERLY_NAMED'"
        for source, target, spans in tables.ask(sql, filing):
            if {source, target.partition("~")[0]} == ends:
                found.update(tables.quoted(filing, spans))
    return tuple(sorted(found))
