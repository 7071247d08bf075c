"""What a company's name is made of: legal forms, head words, and what can be a name at all."""

from __future__ import annotations

import re
from functools import cache

from biopact.graph.names import company_key, fold
from biopact.loaders.extraction.lexicon import patterns, words

LEGAL = re.compile(rf",?\s{{1,3}}(?:{patterns('legal_forms').pattern})(?![\w]|-\d)")
HEAD = re.compile(
    rf"\b(?:{'|'.join(sorted(words('organisation_heads'), key=len, reverse=True))}|Bio(?!(?:\s|<br>)?[A-Z&-]))\b(?!\s+(?:(?:of|and)\s+[a-z]|(?:compan(?:y|ies)|products?|industry|sector|businesses|sales|preparations?)\b"
    r"|(?:Licen[sc]e Application|Index|Conference|Summit|Symposium|Congress|(?:Annual |Scientific )?Meeting|Forum|Science Park|Journal|Awards?|Week|Day|Cent(?:er|re))\b))"
)
LEGAL_AT_END = re.compile(rf",?\s{{1,3}}(?:{patterns('legal_forms').pattern})\s*$")
_NAME = r"(?:[A-ZÀ-Þ][\w’'&-]*(?:(?<=City|Bank)\sof\s[A-Z]\w+)?|[a-z]{1,4}[A-Z]\w+|[0-9][A-Z]\w+)(?:\.(?:AI|ai|io|IO|bio|Bio|com)\b)?"
NAME = rf"{_NAME}(?:\.(?=[A-Z]))?(?:\s(?:{_NAME}|&)){{0,4}}"
PRONOUNS = frozenset(["company", "we", "us", "our", "registrant", "corporation"])
# "San Alnora-based", "ALN-12-treated"; and "its" is no part of a name, but of a heading
_NO_NAME = re.compile(
    r"-(?:based|headquartered|listed|owned|led|vaccinated|treated|induced|related|positive|negative|like)$|\b(?:Its|Our|Their|Your)\b"
)
DOING = re.compile(r"[A-Z][a-z]+(?:izing|ating|ening)")  # "Revolutionizing Healthcare" in a headline
_KIND_IN_PLURAL = re.compile(r"[A-Z]{2,4}s")  # "CMOs"


_TWICE = re.compile(r"(?P<once>[A-Z0-9][\w \xa0&’'-]{3,50}\w)(?=(?P=once)(?!\w))")


def said_twice(name: str) -> int:
    """How much to drop of a name that a page ran into its heading: "About AlnoraAlnora, Inc. is ..."."""
    twice = _TWICE.match(name)
    return twice.end("once") if twice else 0


_SPACE = re.compile(r"(?:\s|<br ?/?>)+")


def plain(text: str) -> str:
    """A name as it stands in a text, with a single space wherever the text breaks it."""
    return _SPACE.sub(" ", text)


@cache
def not_parties() -> frozenset[str]:
    """Organisations and capitalised things that are no party, folded and by company key."""
    listed = words("not_a_party")
    return frozenset(map(fold, listed)) | frozenset(map(company_key, listed))


def name_like(name: str) -> bool:
    """Whether a capitalised phrase can be an organisation's name at all."""
    tokens = name.split()
    if name in words("not_a_party") or fold(name) in not_parties() or len(name) < 3:
        return False
    if any(t in ("Agreement", "Agreements", "License", "Act", "Phase", "Form", "Exhibit", "Section") for t in tokens):
        return False
    if re.search(r"[®™]|\d{3,}|^[A-Z]\.?$| (?:Date|Program|Study|Trial|Territory|Patents?|Merger(?: [IVX]+)?)$", name):
        return False
    if _NO_NAME.search(name):
        return False
    if LEGAL_AT_END.fullmatch(f" {name}") or _KIND_IN_PLURAL.fullmatch(name):
        return False
    return not all(t in words("generic_words") or t in words("not_first") or DOING.fullmatch(t) for t in tokens)
