"""Finds the sentence that names the parties of a contract; failing that, the letter, form or signatures that do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from biopact.graph.names import company_key
from biopact.loaders.extraction.contracts.clauses import Contract, squeeze
from biopact.loaders.extraction.contracts.parties import (
    COMMON,
    FORM,
    Party,
    has_form,
    is_individual,
    name_at,
    note_short_names,
    parties_from,
)

_ANCHOR = re.compile(
    r"(?<!\w)(?P<word>(?:by\s+and\s+)?(?:between|betwixt|among|amongst)(?:\s+and\s+among)?|(?<=made\s)by"
    r"|(?<=into\s)by|(?<=Agreement\s)by"
    r"|(?:\d{4},?|\d{4}\s*\([^()]{0,60}\),?)\s+by(?!\s+and\s)|(?:the\s+)?parties)\b[\s:;,–—_*-]*"
    r"(?:the\s+(?=[A-Z]))?(?=(?:\(?[\divxA-Ca-c]{1,3}[.)]\s*)?[\"“]?[A-Z\d])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Preamble:
    """The sentence that names the parties."""

    parties: tuple[Party, ...]
    start: int  # of the word "between", or of the first name
    end: int


def read_preamble(contract: Contract) -> Preamble | None:
    """The parties where the contract introduces them; failing that, where they sign."""
    best: tuple[float, Preamble] | None = None
    for anchor in contract.find(_ANCHOR, contract.begin, contract.begin + 60_000):
        found = parties_from(contract, anchor.end())
        if len(found) < 2:
            continue
        # a preamble that gives short names beats a cover page; the first beats a later one
        weight = sum(2 * bool(p.called) + has_form(p.name) for p in found) / len(found)
        if best is None or weight > best[0]:
            end = max(p.span[1] for p in found)
            best = weight, Preamble(tuple(found), anchor.start(), end)
        if weight >= 2.5:
            break
    if best:
        return best[1]
    return _introduced(contract) or _labelled(contract) or _signatures(contract)


_INTRODUCED = re.compile(
    rf"(?P<name>[A-Z][\w&.’'-]*(?:,?\s+(?:(?:{FORM})(?![\w-])|[A-Z&][\w&.’'-]*|and"
    rf"|of)){{0,7}})(?:,\s+an?\s+[^()\"“”.;]{{3,140}})?,?\s*"
    r"(?P<called>\(\s*[^()\"“]{0,60}[\"“][^\"“”()]{2,30}[\"”][^()]{0,80}\))"
)


def _introduced(contract: Contract) -> Preamble | None:
    """The parties of a letter agreement: names whose short name is a role ("the Company", "Consultant")."""
    found: list[Party] = []
    for m in contract.find(_INTRODUCED, contract.begin, contract.begin + 6000):
        span = name_at(contract.text, m.start("name"), m.end("name"))
        if span is None:
            continue
        party = Party(squeeze(contract.text[slice(*span)]), span)
        note_short_names(contract.text, m.start("called"), m.end("called"), party, [])
        first = party.name.lower()
        if any(COMMON.fullmatch(c) or first.startswith(c.lower()) for c in party.called):
            party.individual = is_individual(party.name, contract.text[span[1] : span[1] + 60])
            found.append(party)
    if len(found) < 2:
        return None
    return Preamble(tuple(found[:4]), found[0].span[0], found[-1].span[1])


_LABELLED = re.compile(
    r"(?<!\w)(?P<label>Party\s+(?:[A-D]|[1-4I]{1,2})|PARTY\s+[A-D]|(?:The\s+)?(?:Licensor|Licensee|Supplier"
    r"|Manufacturer|Distributor|Customer|Buyer|Purchaser|Seller|Vendor|Client|Sponsor"
    r"|Consultant|Contractor|Company|Agent|Provider|LICENSOR|LICENSEE|SUPPLIER|MANUFACTURER|DISTRIBUTOR|CUSTOMER"
    r"|BUYER|PURCHASER|SELLER|CLIENT|SPONSOR|CONSULTANT|CONTRACTOR|COMPANY))"
    r"\s*(?:\([^()]{0,60}\)\s*)?[:：]\s*(?:Name\s*:\s*)?(?=[A-Z])"
)


def _labelled(contract: Contract) -> Preamble | None:
    """The parties of a form: ``Party A: …``, ``Supplier: …``."""
    found: dict[str, Party] = {}
    for m in contract.find(_LABELLED, contract.begin, contract.begin + 8000):
        end = min(contract.end, m.end() + 160)
        label = re.compile(r"\s(?:(?:Registered|Principal|Legal|Business|Contact|Party)\s)?[A-Z]\w+\s*[:：]").search(
            contract.text, m.end(), end
        )
        span = name_at(contract.text, m.end(), label.start() if label else end)
        if span is None or not re.fullmatch(r"(?:[\w.,’'&®()-]+\s*){1,10}", contract.text[slice(*span)]):
            continue
        party = Party(squeeze(contract.text[slice(*span)]), span, [squeeze(m["label"])])
        party.individual = is_individual(party.name, "")
        found.setdefault(company_key(party.name), party)
    if not found:
        return None
    signed = _signatures(contract)
    for party in signed.parties if signed and len(found) < 2 else ():
        found.setdefault(company_key(party.name), party)
    if len(found) < 2:
        return None
    return Preamble(
        tuple(found.values())[:4], min(p.span[0] for p in found.values()), max(p.span[1] for p in found.values())
    )


_WITNESS = re.compile(
    r"\bI(?:N|n)\s+W(?:ITNESS|itness)\s+W(?:HEREOF|hereof)|\b(?:duly\s+)?(?:executed|signed)\s+(?:this|by)"
    r"|\bAGREED\b|\bACCEPTED\b"
)
_SIGNS = re.compile(
    rf"(?P<name>[A-Z][\w&.,’'® -]{{2,70}}?(?<![\w-])(?:{FORM})(?![\w-])\.?)[^.a-z]{{0,40}}?\s*(?:By|BY|Signed"
    rf"|Signature|Per|Name|/s/)\s*:?"
)


def _signatures(contract: Contract) -> Preamble | None:
    """The parties as they sign: a name with a legal form, followed by "By:"."""
    start = max((m.start() for m in contract.find(_WITNESS)), default=contract.end - 4000)
    found: dict[str, Party] = {}
    for m in contract.find(_SIGNS, max(contract.begin, start), min(contract.end, start + 4000)):
        name = squeeze(m["name"])
        found.setdefault(company_key(name), Party(name, m.span("name")))
    if not found:
        return None
    return Preamble(
        tuple(found.values()), min(p.span[0] for p in found.values()), max(p.span[1] for p in found.values())
    )
