"""Atoms: what resolution joins. One atom is everything that filings' facts call by one id and one legal form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from biopact.graph.names import company_key, company_name, is_short_form, key
from biopact.graph.records import Value, digest, slug

ENTITIES = ("Company", "Person", "Compound", "Technology", "Target", "Indication")
# Marks between an id and what tells one atom of that id from another.
FORM = "!"  # the legal form: an AG and a GmbH of one name are two
ONE = "@"  # the filing whose mention alone is meant, where a judgement singles it out
OWN = "#"  # the filer to whom a thing without a name of its own belongs
FORMER = "~former"  # ends the id of a node that stands for a name that an organisation gave up


@dataclass(slots=True)
class Atom:
    """What all filings together say of one id, as far as it tells who that is."""

    id: str
    type: str
    names: Counter[str] = field(default_factory=Counter)  # how many filings give each name
    marks: set[str] = field(default_factory=set)  # its identifiers, as in "CIK 0000123456"
    aliases: Counter[str] = field(default_factory=Counter)

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

    def forms(self) -> frozenset[str]:
        """The legal forms that all its names can stand for; "X Company" can stand for several, "X, Inc." for one."""
        stated = [forms for name in self.names if (forms := company_name(name).forms)]
        return (frozenset.intersection(*stated) or frozenset.union(*stated)) if stated else frozenset()

    def shared(self) -> set[str]:
        """Whatever atoms of one entity can share: with nothing in common, they are not joined by what they say."""
        found = {f"{self.type}:{k}" for k in self.name_keys() | self.alias_keys()}
        if self.type == "Company":  # whether a short name is one company's alone hangs on all that begin with it
            found |= {f"begins:{words[0]}" for name in self.names if len((words := company_key(name).split())[0]) > 3}
        return found | self.marks | {f"id:{base_id(self.id)}"}

    def identified(self, register: str) -> set[str]:
        """Its marks of one register."""
        return {mark for mark in self.marks if mark.startswith(f"{register} ")}


# Registers that give each organisation one mark. A tax number can be an agent's, and tickers go to others in time.
REGISTERS = ("CIK", "LEI")
_EXCHANGE = re.compile(
    r"nasdaq|nyse|new york|american stock|toronto|tsx|london|lse|euronext|otc|asx|six swiss", re.IGNORECASE
)


def marks_of(properties: Mapping[str, Value], filed: str) -> set[str]:
    """What identifies an organisation: marks of registers, tax number, and ticker with exchange and year of filing.

    A ticker also has the mark of the next year, so that filings of two years in a row share one.

    >>> sorted(marks_of({"ticker": "ZZQM", "exchange": "The Nasdaq Global Market"}, "2018-06-12"))
    ['ticker nasdaq:ZZQM 2018', 'ticker nasdaq:ZZQM 2019']
    """
    own = properties.get
    found = {f"{register} {value}" for register in REGISTERS if (value := own(register.lower()))}
    if any(digit in "123456789" for digit in str(own("irs_number", ""))[3:]):
        found.add(f"tax number {str(own('irs_number')).replace('-', '')}")
    exchange = _EXCHANGE.search(str(own("exchange", "")))
    if exchange and "ticker" in properties and filed[:4].isdigit():
        years = (int(filed[:4]), int(filed[:4]) + 1)
        found |= {f"ticker {exchange[0].lower()}:{own('ticker')} {year}" for year in years}
    return found


_OWN_NAME = re.compile(r"\S*?[A-Z0-9®™]")


def atom_id(type_: str, local: str, name: str, filer: str, filing: str, singled_out: frozenset[str]) -> str:
    """The atom that a node of a filing belongs to.

    A technology without a name of its own, as in "drug delivery technology", is never another filer's.
    """
    if (handle := f"{local}{ONE}{filing}") in singled_out:
        return handle
    if type_ == "Technology" and not any(map(_OWN_NAME.match, name.split())):
        return f"{local}{OWN}{filer or filing}"
    if type_ == "Company" and "/cik-" not in local and (forms := company_name(name).forms):
        return f"{local}{FORM}{'+'.join(sorted(map(slug, forms)))}"
    return local


def base_id(atom: str) -> str:
    """The id that filings' facts use for an atom.

    >>> base_id("company/alnora!gmbh"), base_id("company/alnora")
    ('company/alnora', 'company/alnora')
    """
    return re.split(f"[{FORM}{ONE}{OWN}]", atom, maxsplit=1)[0]


def other_id(atom: str) -> str:
    """An id for an entity that goes by this atom, where its base id is another's.

    >>> other_id("company/alnora!gmbh"), other_id("company/alnora")
    ('company/alnora-gmbh', 'company/alnora-plain')
    """
    base = base_id(atom)
    mark, rest = atom[len(base) : len(base) + 1], atom[len(base) + 1 :]
    return f"{base}-{digest(mark, rest)[:8] if mark in (ONE, OWN) and rest else slug(rest or 'plain')}"
