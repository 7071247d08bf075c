"""Reads which earlier agreement a contract amends, restates or ends."""

from __future__ import annotations

import re

from biopact.graph.records import Value
from biopact.loaders.extraction.contracts.clauses import Contract, Span
from biopact.loaders.extraction.contracts.grants import title_kinds
from biopact.loaders.extraction.contracts.signatories import Signatories
from biopact.loaders.extraction.deal import Changed, Deal

_CHANGING = (
    ("TERMINATES", "termination", re.compile(r"\btermination\s+(?:and\s+\w+\s+)?agreement|agreement\s+to\s+terminate", re.IGNORECASE)),
    ("SUPERSEDES", "restatement", re.compile(r"\brestate", re.IGNORECASE)),
    ("AMENDS", "amendment", re.compile(r"\bamend(?:ment|ed|ing)\b|\baddendum\b", re.IGNORECASE)),
)  # fmt: skip
# "that certain License Agreement, dated as of June 3, 2012": the title, and what leads to its date
_EARLIER = re.compile(
    r"\b(?P<title>(?:[A-Z][\w&’'/-]*,?\s+(?:(?:and|of|for|to)\s+)?){0,8}(?:Agreement|AGREEMENT|Contract|CONTRACT))"
    r"\s*,?\s*(?:by\s+and\s+between\s[^.;]{0,160}?|between\s[^.;]{0,160}?)?(?:\(?\s*which\s+)?(?:was\s+|is\s+)?"
    r"(?:originally\s+)?(?:dated|effective|made|entered\s+into|executed|signed)\b[^.;()]{0,40}$"
)
_FIRST = 6000  # characters after the title in which a contract names what it changes


def changed_by(contract: Contract, deal: Deal, title: Span, names: Signatories) -> Deal | None:
    """The agreement that a contract changes, with the change; None where it changes none, or does not date it.

    The deal of the contract is given the kind of the change.
    """
    face = contract.text[slice(*title)]
    change = next(((type_, kind) for type_, kind, pattern in _CHANGING if pattern.search(face)), None)
    if change is None:
        return None
    type_, kind = change
    deal.kinds.add(kind)
    own = {str(deal.properties.get(name)) for name in ("agreement_date", "effective_date")}
    text = contract.text
    for found in contract.dates(title[1], min(contract.end, title[1] + _FIRST)):
        if len(str(found.value)) < 10 or str(found.value) in own:
            continue
        low = max(title[1], found.start - 260)
        named = _EARLIER.search(text[low : found.start])
        if named is None:
            continue
        span = (low + named.start("title"), found.end)
        evidence = contract.quote(span, f"{type_.lower()} agreement", 0.9)
        words = contract.words((low + named.start("title"), low + named.end("title")))
        earlier = Deal(words, kinds=title_kinds(words) or (deal.kinds - {kind}), evidence=[evidence])
        earlier.properties |= {"title": words, "agreement_date": str(found.value)}
        earlier.parties = [(e, "party", evidence) for e in names.entities]
        said: list[tuple[str, Value]] = [
            ("date", str(deal.properties[n])) for n in ("agreement_date",) if n in deal.properties
        ]
        earlier.changes.append(Changed(type_, deal, evidence, tuple(said)))
        return earlier
    return None
