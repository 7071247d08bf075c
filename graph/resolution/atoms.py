"""Atoms: what resolution joins. One atom is everything that filings' facts call by one id."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from biopact.graph.names import fold, key
from biopact.graph.records import digest

ENTITIES = ("Company", "Person", "Compound", "Technology", "Target", "Indication")
ONE = "@"  # before the filing whose mention alone is meant
OWN = "#"  # before the filer to whom a thing without a name of its own belongs
FORMER = "~former"  # ends the id of a node that stands for a name that an organisation gave up


@dataclass(slots=True)
class Atom:
    """What all filings together say of one id, as far as it tells who that is."""

    id: str
    type: str
    names: Counter[str] = field(default_factory=Counter)  # how many filings give each name
    ciks: set[str] = field(default_factory=set)
    leis: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)

    def name_keys(self) -> set[str]:
        """The keys of its names."""
        _, mark, filer = self.id.partition(OWN)
        return {key(self.type, name) + mark + filer for name in self.names}

    def alias_keys(self) -> set[str]:
        """The keys of other names that tell who it is: all of a compound's, short forms of a company's own name."""
        if self.type == "Compound":
            return {key(self.type, alias) for alias in self.aliases}
        if self.type != "Company":
            return set()
        return {
            key(self.type, alias) for alias in self.aliases if any(is_short_form(alias, name) for name in self.names)
        }

    def shared(self) -> set[str]:
        """Whatever atoms of one entity can share: with nothing in common, they are not joined by what they say."""
        found = {f"{self.type}:{k}" for k in self.name_keys() | self.alias_keys()}
        found |= {f"cik:{cik}" for cik in self.ciks if self.type in ("Company", "Person")}
        return found | {f"lei:{lei}" for lei in self.leis}


def is_short_form(alias: str, name: str) -> bool:
    """Whether an alias is made of a name's own words or of their initials, so that it can stand for that name alone.

    >>> is_short_form("Alnora", "Alnora Pharmaceuticals, Inc."), is_short_form("BSC", "Brevin Squall Corvane Company")
    (True, True)
    >>> is_short_form("the Company", "Alnora Pharmaceuticals, Inc.")
    False
    """
    short, full = fold(alias).split(), fold(name).split()
    if not short or short == full:
        return False
    if any(full[at : at + len(short)] == short for at in range(len(full))):
        return short[0] not in _GENERIC
    (first, *rest) = short
    return not rest and alias.isupper() and 2 <= len(first) <= 6 and "".join(w[0] for w in full).startswith(first)


_GENERIC = frozenset(
    [
        *("the", "company", "corporation", "university", "institute", "hospital", "foundation", "center", "centre"),
        *("pharma", "pharmaceuticals", "pharmaceutical", "therapeutics", "biosciences", "sciences", "bio", "biotech"),
        *("technologies", "holdings", "group", "international", "national", "medical", "health", "research", "labs"),
        *("laboratories", "and", "of", "inc", "ltd", "limited", "corp", "co", "ag", "sa", "plc", "llc", "lp"),
    ]
)

_OWN_NAME = re.compile(r"\S*?[A-Z0-9®™]")


def atom_id(type_: str, local: str, name: str, filer: str, filing: str, singled_out: frozenset[str]) -> str:
    """The atom that a node of a filing belongs to.

    A judgement can single out one filing's mention (``id@filing/...``). A technology without a name of its own, as in
    "drug delivery technology", is never another filer's.
    """
    if (handle := f"{local}{ONE}{filing}") in singled_out:
        return handle
    if type_ == "Technology" and not any(map(_OWN_NAME.match, name.split())):
        return f"{local}{OWN}{filer or filing}"
    return local


def global_id(atom: str) -> str:
    """The id of an entity that goes by one of its atoms: readable, without the mark of a singled-out mention."""
    id_, *scope = re.split(f"[{ONE}{OWN}]", atom, maxsplit=1)
    return f"{id_}-{digest(*scope)[:8]}" if scope else id_
