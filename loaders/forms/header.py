"""Facts of the SGML header of a submission: who filed what, when, and under which names before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from biopact.loaders.filing import CoverFact
from biopact.loaders.forms.dates import iso_of_digits
from biopact.loaders.forms.places import place_of

_LINE = re.compile(
    r"^[ \t]*(?P<key>[A-Z][A-Z0-9 ./-]{1,60}):[ \t]*(?P<value>[^\n]*)$"
    r"|</?(?P<tag>[A-Z][A-Z0-9-]{1,40})>(?P<tagged>[^<\n]*)",
    re.M,
)
_ROLES = {  # heading of a company block -> name of the fact that names the company
    "FILER": "registrant",
    "ISSUER": "registrant",
    "SUBJECT COMPANY": "registrant",
    "SUBJECT-COMPANY": "registrant",
    "FILED BY": "filed_by",
    "FILED-BY": "filed_by",
    "FILED FOR": "registrant",
    "FILED-FOR": "registrant",
    "REPORTING-OWNER": "reporting_owner",
    "REPORTING OWNER": "reporting_owner",
}
_NAMES = ("COMPANY CONFORMED NAME", "CONFORMED-NAME", "CONFORMED NAME")
Reading = Callable[[str], str | None]


def _text(value: str) -> str | None:
    return " ".join(value.split()) or None


def ten_digits(value: str) -> str | None:
    """A CIK in its full length.

    >>> ten_digits("855654")
    '0000855654'
    """
    return value.zfill(10) if value.isascii() and value.isdecimal() and len(value) <= 10 and int(value) else None


def _employer(value: str) -> str | None:
    digits = value.replace("-", "")
    if len(digits) != 9 or not digits.isdecimal() or not int(digits):
        return None
    return f"{digits[:2]}-{digits[2:]}"


def _accession(value: str) -> str | None:
    return value if re.fullmatch(r"\d{10}-\d{2}-\d{6}", value, re.A) else None


def _industry(value: str) -> str | None:
    match = re.search(r"\[(\d{3,4})\]$|^(\d{3,4})$", value, re.A)
    return (match[1] or match[2]) if match else None


_FILING: dict[str, tuple[str, Reading]] = {
    "ACCESSION NUMBER": ("accession_number", _accession),
    "ACCESSION-NUMBER": ("accession_number", _accession),
    "CONFORMED SUBMISSION TYPE": ("form", _text),
    "TYPE": ("form", _text),
    "CONFORMED PERIOD OF REPORT": ("period_of_report", iso_of_digits),
    "PERIOD": ("period_of_report", iso_of_digits),
    "FILED AS OF DATE": ("filing_date", iso_of_digits),
    "FILING-DATE": ("filing_date", iso_of_digits),
    "ITEM INFORMATION": ("item_title", _text),
    "ITEMS": ("item", _text),
    "GROUP MEMBERS": ("group_member", _text),
    "GROUP-MEMBERS": ("group_member", _text),
}
_COMPANY: dict[str, tuple[str, Reading]] = {
    "CENTRAL INDEX KEY": ("cik", ten_digits),
    "CIK": ("cik", ten_digits),
    "IRS NUMBER": ("irs_number", _employer),
    "IRS-NUMBER": ("irs_number", _employer),
    "EIN": ("irs_number", _employer),
    "STATE OF INCORPORATION": ("jurisdiction", lambda code: place_of(code) if code else None),
    "STATE-OF-INCORPORATION": ("jurisdiction", lambda code: place_of(code) if code else None),
    "STANDARD INDUSTRIAL CLASSIFICATION": ("sic", _industry),
    "ASSIGNED-SIC": ("sic", _industry),
    "SEC FILE NUMBER": ("commission_file_number", _text),
    "FILE-NUMBER": ("commission_file_number", _text),
    "FORMER CONFORMED NAME": ("former_name", _text),
    "FORMER-CONFORMED-NAME": ("former_name", _text),
    "DATE OF NAME CHANGE": ("name_changed", iso_of_digits),
    "DATE-CHANGED": ("name_changed", iso_of_digits),
}


@dataclass(slots=True)
class _Block:
    """One filer, issuer or owner of the header."""

    role: str
    facts: list[CoverFact] = field(default_factory=list)

    def key(self) -> tuple[str, str]:
        values = {fact.name: fact.value for fact in self.facts}
        return self.role, values.get("cik") or values.get(self.role, "")


def header_facts(header: str, document: int = 0) -> tuple[CoverFact, ...]:
    """Every fact of the header with its span; a company repeated under one CIK keeps one index.

    A `former_name` is followed by its `name_changed`, the day the name was given up.
    """
    facts: list[CoverFact] = []
    blocks: list[_Block] = []
    for match in _LINE.finditer(header):
        key = match["key"] or match["tag"]
        group = "value" if match["key"] else "tagged"
        stated = match[group].strip()
        if key in _ROLES and not stated:
            if match[0][:2] != "</":
                blocks.append(_Block(_ROLES[key]))
            continue
        name, read = (blocks[-1].role, _text) if blocks and key in _NAMES else _known(key, bool(blocks))
        if read and (value := read(stated)):
            start = match.start(group) + len(match[group]) - len(match[group].lstrip())
            fact = CoverFact(name, value, document, start, start + len(stated))
            (blocks[-1].facts if blocks else facts).append(fact)
    order: dict[tuple[str, str], int] = {}
    for block in blocks:
        company = order.setdefault(block.key(), len(order))
        seen = {(fact.name, fact.value) for fact in facts if fact.company == company}
        facts += [replace(f, company=company) for f in block.facts if (f.name, f.value) not in seen]
    return tuple(facts)


def _known(key: str, in_block: bool) -> tuple[str, Reading | None]:
    if in_block:
        return _COMPANY.get(key, ("", None))
    return _FILING.get(key, ("", None))
