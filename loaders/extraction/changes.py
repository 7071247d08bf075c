"""Finds where a sentence says that an agreement was amended, restated, ended or replaced, or its option exercised."""

from __future__ import annotations

import re
from dataclasses import dataclass

from biopact.loaders.extraction.patterns import DEAL

_AGREEMENT = rf"(?:{DEAL}|(?:agreement|licen[sc]e|collaboration|contract|alliance|partnership)s?\b)"
_ORDINAL = r"(?:(?:first|second|third|fourth|fifth|sixth|\d{1,2}(?:st|nd|rd|th)) )?"
_CHANGES = (
    # "terminate", where the parties agree on it: a notice by one of them is no agreement
    ("TERMINATES", rf"(?:mutual )?termination agreement|(?:mutually agreed|agreed|agreement) to (?:mutually )?terminate [^;]{{0,60}}?{_AGREEMENT}|{_AGREEMENT}[^;]{{0,40}} terminated by mutual (?:agreement|consent)"),
    ("SUPERSEDES", rf"(?:amend(?:ed|ing)? and restat(?:ed|ing|e|ement)|restat(?:ed|ement of))\b[^;]{{0,80}}?{_AGREEMENT}|{_AGREEMENT}[^;]{{0,30}} (?:was|were|has been) (?:amended and )?restated"),
    ("AMENDS", rf"{_ORDINAL}amendment(?: (?:no\.?|number|#) ?\d+)? (?:\([^)]{{1,40}}\) )?(?:to|of) [^;]{{0,80}}?{_AGREEMENT}|{_AGREEMENT}[^;]{{0,60}}? (?:was|were|has been|have been|had been) (?:further |subsequently |most recently )?amended|(?:further |subsequently )?amended (?:the|our|its|their|this|such) [^;]{{0,80}}?{_AGREEMENT}|{_AGREEMENT},? as amended (?:on|in|by)"),
    # of rights: employees exercise options too
    ("EXERCISES", rf"exercised (?:its|the|their|our|this|that|such|an|\S[''’]s) (?:[\w-]+ ){{0,3}}?options? (?:to (?:exclusively |obtain |(?:in-)?licen[sc]e|develop|co-?develop|co-?promote|commerciali[sz]e|acquire|extend|expand|add|include|opt)|for (?:an? |the )?(?:[\w-]+ ){{0,3}}?(?:licen[sc]e|rights?|program|target|product)|under [^;]{{0,80}}?{_AGREEMENT})"),
)  # fmt: skip
_PATTERNS = [(type_, re.compile(rf"\b{p}" if p[0] != "(" else p, re.IGNORECASE)) for type_, p in _CHANGES]
_UNREAL = re.compile(
    r"\b(?:may|might|could|if|unless|can|cannot|only|shall|will|would|no|not|any|require[sd]?|right to|without|otherwise)\b[^;,]{0,40}$",
    re.IGNORECASE,
)
_NO_DEAL = re.compile(
    r"\b(?:employment|credit|security|loan|(?:sub)?lease|royalty\s+purchase|securities|registration|indenture|warrant|note|plan|consulting|bylaws|certificate|sales|severance|rights agreement|trust)\b",
    re.IGNORECASE,
)
_WHAT = re.compile(
    r"\b(?:to|in order to|which|whereby|pursuant to which)\s(?:[\w-]+\s){0,2}?(?P<what>(?:extend|increas|add|expand|remov|reduc|revis|includ|modif|chang|provid|reflect|adjust|clarif|eliminat|grant|allow|narrow|broaden|delet|replac|updat)\w*\b[^.;]{3,200})",
    re.IGNORECASE,
)
_RETURNED = re.compile(
    r"\b(?:rights?|licen[sc]es?|compounds?|products?)\b[^.;]{0,60}\b(?:revert(?:ed|s)?|return(?:ed|s)?|reacquir\w+|regain\w+)\b|\b(?:regain(?:ed|s)?|reacquir(?:ed|es)|return(?:ed|s)?)\b[^.;]{0,60}\brights?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of an agreement, by offsets in the masked sentence."""

    type: str  # AMENDS, TERMINATES, SUPERSEDES, EXERCISES
    start: int
    end: int


def change_in(text: str, start: int = 0, end: int | None = None) -> Change | None:
    """The first change of an agreement that a masked sentence states between two offsets."""
    stop = len(text) if end is None else min(end, len(text))
    if not any(word in text for word in ("mend", "estat", "erminat", "xercis")):
        return None
    for type_, pattern in _PATTERNS:
        m = pattern.search(text, start, stop)
        if (
            m is None
            or _NO_DEAL.search(text, max(0, m.start() - 40), m.end() + 20)
            or _UNREAL.search(text, max(0, m.start() - 50), m.start())
        ):
            continue
        return Change(type_, m.start(), m.end())
    return None


def what_changed(words: str) -> str | None:
    """What a change was made for, in the sentence's words.

    >>> what_changed("We amended the agreement to extend its term by two years.")
    'extend its term by two years'
    """
    m = _WHAT.search(words)
    return re.sub(r"\s+", " ", m["what"]).strip(" ,") if m else None


def rights_returned(words: str) -> bool:
    """Whether the sentence says that rights go back to who granted them."""
    return bool(_RETURNED.search(words))
