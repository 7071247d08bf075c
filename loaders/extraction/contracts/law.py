"""Reads the law that governs a contract, as a place."""

from __future__ import annotations

import re

from biopact.loaders.extraction.contracts.clauses import Contract, Span, squeeze
from biopact.loaders.forms.places import PEOPLES

_GOVERNED = re.compile(
    r"\b(?:govern(?:ed|s)|governing\s+(?!laws?\b)|constru(?:ed|ction)|interpret(?:ed|ation)|enforced|determined)\b",
    re.IGNORECASE,
)
_APPLIES = re.compile(r"\b(?:subject|accordance|appl(?:y|ies|ication))\b", re.IGNORECASE)
_PLACE = (
    r"(?P<place>(?!(?i:laws?|without|regardless)\b)(?:U\.\s?[SK]\.(?:A\.)?|St\.\s\w+|[A-Z][\w’'-]+)(?:(?:,?\s+|\s+and\s+|\s+of\s+)"
    r"(?!(?i:united\s+nations|without|regardless|excluding|exclusive|applicable|notwithstanding|except"
    r"|irrespective|conflicts?|part(?:y|ies))\b|(?:This|The|THE|Any|Each|All|AND|As|If|In|It|No"
    r"|For|IN|WITNESS)\b)[A-Z][\w’'-]+){0,3})"
)
_LAWS_OF = re.compile(
    r"\b(?i:laws?|legislation|statutes)\b(?!\s+(?i:employ|firm|suit|enforcement))(?:[^.;\d]{0,90}?\b(?i:of)|(?i:(?:\s+applicable|\s+in\s+(?:force"
    r"|effect))?\s+in))\s+(?i:the\s+)?"
    r"(?:(?i:state|commonwealth|republic|province|kingdom|canton|district|jurisdiction)\s+(?i:of\s+)?)?(?i:the\s+)?"
    + _PLACE
)
_PLACE_LAW = re.compile(
    r"\b(?i:by|with|under|to|of)\s+(?i:the\s+)?(?i:internal\s+|substantive\s+)?(?i:laws?\s+of\s+)?"
    + _PLACE
    + r"\s+(?i:(?:state|substantive|internal|contract)\s+)?(?i:laws?)\b"
)
_LABEL = re.compile(
    r"\b(?:Governing|Applicable|GOVERNING)\s+(?:Law|LAW)s?\s*[:.–—-]\s*(?:(?i:the\s+)?(?i:laws?\s+of\s+)?(?i:the\s+)?(?i:state|commonwealth)\s+(?i:of)\s+)?"
    + _PLACE
    + r"\s*(?:[.;\n(]|law\b)"
)
# "The laws of Denmark shall apply", "Danish law governs this Agreement"
_APPLY = re.compile(
    r"\b(?i:laws?)\s+of\s+(?i:the\s+)?(?:(?i:state|commonwealth|republic|province)\s+(?i:of\s+))?"
    + _PLACE
    + r"[^.;]{0,60}?\s(?:(?:shall|will)\s+(?:exclusively\s+|solely\s+)?(?:apply|govern)|applies|governs)\b"
)
_HEADING = re.compile(
    r"\b(?:Governing|Applicable|GOVERNING|APPLICABLE|Choice\s+of|CHOICE\s+OF)\s+(?:Law|LAW)s?\b|\bJurisdiction\b"
)
_ORGANISED = re.compile(r"\b(?:incorporated|organi[sz]ed|existing|good\s+standing)\b", re.IGNORECASE)
_OF_PEOPLE = {
    p: PEOPLES[p]
    for p in (
        "English", "Swiss", "German", "French", "Israeli", "Dutch", "Italian",
        "Danish", "Swedish", "Japanese", "Belgian", "Spanish", "Austrian", "Chinese",
        "Irish", "Scottish", "Norwegian", "Finnish", "Canadian", "Australian", "Indian",
        "Korean",
    )
} | {"PRC": "China"}  # fmt: skip
_NO_PLACE = frozenset(
    [
        "conflict",
        "conflicts",
        "bankruptcy",
        "section",
        "article",
        "forum",
        "venue",
        "jurisdiction",
        "arbitration",
        "dispute",
        "disputes",
        "appendices",
        "exhibits",
        "schedule",
        "schedules",
        "general",
        "any",
        "such",
        "its",
        "applicable",
        "country",
        "countries",
        "origin",
        "nature",
    ]
)


def read_law(contract: Contract) -> tuple[str | None, Span] | None:
    """The place and the sentence; the place is None where the filer blacked it out."""
    text = contract.text
    ranked: list[tuple[int, str, Span]] = []
    for pattern in (_LAWS_OF, _PLACE_LAW):
        for m in contract.find(pattern):
            low, high = contract.sentence(m.start("place"), 500, 300)
            before = text[low : m.start("place")]
            governed, headed = bool(_GOVERNED.search(before)), _headed(contract, low, before)
            if (
                (not governed and not (headed and _APPLIES.search(before)))
                or not (headed or _about_contract(before))
                or _ORGANISED.search(before[-120:])
            ):
                continue
            place = _place(squeeze(m["place"]), pattern is _PLACE_LAW)
            if place and _is_place(contract, place, m):
                ranked.append(
                    (
                        2 * governed
                        + headed
                        - place.startswith("United States")
                        + bool(re.search(r"\bgovern", before, re.IGNORECASE)),
                        place,
                        (low, high),
                    )
                )
    if ranked:
        _, place, span = max(ranked, key=lambda r: r[0])
        return place, span
    for m in contract.find(_APPLY):
        place = _place(squeeze(m["place"]), adjective=False)
        span = contract.sentence(m.start(), 300, 300)
        if place and (_about_contract(text[slice(*span)]) or _headed(contract, span[0], "")):
            return place, span
    people = re.compile(
        rf"\b(?P<people>{'|'.join(_OF_PEOPLE)})\s+(?:substantive\s+)?[Ll]aw\s+(?:(?:shall"
        rf"|will)\s+(?:exclusively\s+)?(?:apply|govern)|applies|governs)\b"
    )
    for m in contract.find(people):
        return _OF_PEOPLE[m["people"]], contract.sentence(m.start(), 300, 300)
    for m in contract.find(_LABEL):
        place = _place(squeeze(m["place"]), m.group().endswith("law"))
        if place and len(place.split()) < 4:
            return place, m.span()
    for m in contract.find(re.compile(r"\b[Ll]aws?\s+of\b")):
        low, high = contract.sentence(m.start(), 400, 200)
        blank = next(contract.blanks(m.end(), m.end() + 30), None)
        if blank and _GOVERNED.search(text, low, high) and _about_contract(text[low : m.end()]):
            return None, (low, high)
    return None


def _is_place(contract: Contract, place: str, m: re.Match[str]) -> bool:
    """Whether words are no defined term ("Product"), and no blank stands where the place would."""
    defined = re.compile(rf"[\"“](?:the\s)?{re.escape(place)}[\"”]")
    blank = next(contract.blanks(m.start(), m.start("place")), None)
    return blank is None and next(contract.find(defined), None) is None


def _about_contract(before: str) -> bool:
    return bool(
        re.search(
            r"\bagreement\b|\b(?:deed|contract|joint\s+venture)\b|hereof|hereunder|\bhereto\b", before, re.IGNORECASE
        )
    )


def _headed(contract: Contract, low: int, before: str) -> bool:
    return bool(_HEADING.search(contract.text, max(contract.begin, low - 450), low + len(before)))


def _place(words: str, adjective: bool) -> str | None:
    words = words.strip(" .,")
    if adjective:
        words = _OF_PEOPLE.get(words.split()[-1] if words.split()[-1] in _OF_PEOPLE else words, words)
    words = re.sub(
        r"^(?:State|Commonwealth|(?:Federal\s+)?Republic|Province|Kingdom)\s+(?:of\s+)?(?:the\s+)?", "", words
    )
    words = re.split(r",?\s+(?:as|without|and\s+the)\b", words)[0]
    words = re.sub(r"(?:,\s*|\s+)(?:U\.?S\.?A?|United\s+States(?:\s+of\s+America)?)$", "", words) or words
    words = re.sub(r"^([A-Z][\w-]+(?:\s[A-Z][\w-]+)?),\s.*$", r"\1", words)
    first = words.split()[0].lower() if words else ""
    if not words or first in _NO_PLACE or len(words) > 45 or re.fullmatch(r"(?:Section|Article|Exhibit).*", words):
        return None
    return words.title() if words.isupper() and len(words) > 3 else words
