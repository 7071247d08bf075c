"""Tells a contract from everything else that is filed: by its exhibit type, and by what only contracts have."""

from __future__ import annotations

import re

from biopact.loaders.filing import Document

_TYPE = re.compile(r"EX-(?:10|4|2)(?:\.|$|\()", re.IGNORECASE)
_OTHER_TYPE = re.compile(r"EX-\d|10-[KQ]|8-K|6-K|20-F|40-F|S-[1-8]|F-[1-8]|424B|DEF|SC |SCHEDULE|[345]$", re.IGNORECASE)
# what stands at the head of reports and press releases
_NOT_ONE = re.compile(
    r"\bFORM\s+(?:8-K|10-K|10-Q|20-F|6-K|S-\d|F-\d|13[DGF])|CURRENT\s+REPORT|ANNUAL\s+REPORT|QUARTERLY\s+REPORT"
    r"|SCHEDULE\s+13[DG]|PROSPECTUS\b"
    r"|FOR\s+IMMEDIATE\s+RELEASE|(?:PR\s?Newswire|BUSINESS\s+WIRE|GLOBE\s+NEWSWIRE|GlobeNewswire|ACCESS\s?WIRE"
    r"|Marketwired)|\A\W*PRESS\s+RELEASE",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:AGREEMENT|CONTRACT|AMENDMENT|LEASE|DEED|ORDER|Agreement|Contract|Amendment|Lease|Deed|Order|Addendum|ADDENDUM)\b"
)
_BETWEEN = re.compile(
    r"\b(?:by\s+and\s+)?(?:between|among)\b[\s:]*\(?[\w.]{0,3}\)?\s*[\"“]?(?:the\s+)?[A-Z]|\bPart(?:y\s+A|ies)\s*:",
    re.IGNORECASE,
)
_RECITALS = re.compile(
    r"\bWHEREAS\b|\bWhereas[,:]|\bRECITALS?\b|\bRecitals\b|\bBACKGROUND\b|\bWITNESSETH\b"
    r"|W\s?I\s?T\s?N\s?E\s?S\s?S\s?E\s?T\s?H"
)
_PROMISE = re.compile(
    r"NOW,?\s+THEREFORE|\b(?:hereby\s+)?agrees?\s+as\s+follows|IN\s+CONSIDERATION\s+OF"
    r"|in\s+consideration\s+of\s+the\s+(?:mutual|foregoing)|set(?:s)?\s+forth\s+the\s+terms",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"IN\s+WITNESS\s+WHEREOF|\bBy:\s*(?:/s/|_+|Name)|/s/|\bAuthori[sz]ed\s+(?:Signatory|Representative)", re.IGNORECASE
)
_DEFINED = re.compile(
    r"[\"“][A-Z][^\"”]{1,50}[\"”]\s+(?:shall\s+mean|means|shall\s+have\s+the\s+meaning|has\s+the\s+meaning)"
    r"|\b[A-Z]\w+\s+shall\s+mean\b"
)
_THIS = re.compile(
    r"\b(?:this|This|THIS)\s+[\"“]?(?:[A-Z][\w-]*\s+){0,4}(?:Agreement|AGREEMENT|Contract|Amendment|Lease|Deed|Order)\b"
    r"|\b[Tt]his\s+letter\s+agreement\b"
    r"|\b(?:hereunder|hereto|hereof)\b"
)
_CLAUSE = re.compile(
    r"\b(?:Governing\s+Law|Entire\s+Agreement|Severability|Counterparts|Force\s+Majeure|Assignment|Notices"
    r"|Indemnification|Term\s+and\s+Termination|Confidentiality)\b",
    re.IGNORECASE,
)


def is_contract(document: Document) -> bool:
    """Whether a document is the text of a contract, not a report or press release that tells of one.

    An exhibit typed EX-10, EX-4 or EX-2 needs two marks of a contract, an untyped text four, any other exhibit six.
    """
    marks = _marks(document)
    if _TYPE.match(document.type):
        return marks >= 2
    if _NOT_ONE.search(document.text, document.begin, min(document.end, document.begin + 1000)):
        return False
    return marks >= (6 if _OTHER_TYPE.match(document.type) else 4)


def _marks(document: Document) -> int:
    """How many marks of a contract a text shows, of seven: from title and parties to definitions and clauses."""
    text, begin, end = document.text, document.begin, document.end
    face = min(end, begin + 12_000)
    early = min(end, begin + 60_000)

    def at_least(number: int, pattern: re.Pattern[str], stop: int) -> bool:
        return sum(1 for _, _ in zip(range(number), pattern.finditer(text, begin, stop), strict=False)) >= number

    per_page = max(1 + min(2, (end - begin) // 2000), min(20, (end - begin) // 3000))
    if not at_least(per_page, _THIS, end):
        return 0  # a text that speaks of agreements does not call itself one
    return sum(
        (
            at_least(1, _TITLE, min(end, begin + 2500)),
            at_least(1, _BETWEEN, face),
            at_least(1, _RECITALS, early),
            at_least(1, _PROMISE, early),
            at_least(1, _SIGNED, end),
            at_least(3, _DEFINED, end) or at_least(2, re.compile(r"\(\s*(?:the\s+|each,?\s+an?\s+)?[\"“]"), face),
            at_least(3, _CLAUSE, end),
        )
    )
