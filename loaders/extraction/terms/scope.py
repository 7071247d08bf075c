"""Reads what rights hold for: exclusivity, territory, field, sublicences, what the grantor keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from biopact.loaders.extraction.lexicon import words
from biopact.loaders.extraction.terms.read import Read, squeezed
from biopact.loaders.extraction.values import Found
from biopact.loaders.forms.places import PEOPLES

_EXCLUSIVITY = re.compile(
    r"\b(co-?exclusive(?:ly)?|non-?\s?exclusive(?:ly)?|semi-exclusive|exclusive(?:ly)?|sole(?:ly)?)\b", re.IGNORECASE
)

_WORLD = re.compile(
    r"\b(?:world-?wide|global(?:ly)?|throughout the world|anywhere in the world|(?:the )?(?:entire|whole) world|(?:the )?rest of the world|all (?:other )?(?:countries|territories|markets|jurisdictions) (?:of|in|throughout) the world|(?:the world|all (?:other )?(?:countries|territories|markets|jurisdictions)(?: (?:of|in|throughout) the world)?)(?=,? \(?(?:excluding|except|other than|outside)\b))\b(?:,? (?:\w+,? ){0,4}?\(?(?:excluding|except(?: for| in)?|other than(?: in)?|with the exception of|but not(?: in)?|outside(?: of)?) (?:the )?[A-Z][^.;]{0,400}?(?=,(?!\s(?:and\s)?(?:the\s)?[A-Z])|\.|;|\)| for | where | which | and the right| to (?!the\b)|$))?",
    re.IGNORECASE,
)

_FIELD = re.compile(
    r"\b(?:in the field of|for (?:all |the )?(?:human |therapeutic |ophthalmic )?(?:indications?|uses?|applications?)|for (?:the )?(?:diagnosis|prevention|treatment)(?:,? (?:and |or |diagnosis|prevention|treatment|and treatment)*)? of|for use in)\b[^.;]{3,140}?(?=[.;]|,? (?:pursuant|which|in (?:certain|all|the (?:territory|world|following)|any|each|[A-Z]))|$)",
    re.IGNORECASE,
)


def exclusivity(text: str) -> str | None:
    """The exclusivity of a grant in its own words: exclusive, co-exclusive, sole or non-exclusive.

    >>> exclusivity("granted us a nonexclusive, sublicensable license"), exclusivity("an exclusive license")
    ('non-exclusive', 'exclusive')
    """
    m = _EXCLUSIVITY.search(text)
    if not m:
        return None
    word = re.sub(r"[\s-]", "", m.group(1).lower())
    if word.startswith(("co", "semi")):  # a semi-exclusive licence is one of a few
        return "co-exclusive"
    if word.startswith("non"):
        return "non-exclusive"
    if word.startswith("sole"):
        return "exclusive" if "exclusive" in text[m.end() : m.end() + 20] else "sole"
    return "exclusive"


def only_exclusivity(text: str) -> str | None:
    """The exclusivity that a text speaks of, if it speaks of one kind only.

    >>> only_exclusivity("a license, on an exclusive basis"), only_exclusivity("exclusive in Asia, otherwise non-exclusive")
    ('exclusive', None)
    """
    kinds = {exclusivity(m.group()) for m in _EXCLUSIVITY.finditer(text)}
    return kinds.pop() if len(kinds) == 1 else None


def territory(text: str, start: int, end: int) -> Found | None:
    """Where the rights of a sentence hold: the world, or the countries and regions it lists."""
    world = _WORLD.search(text, start, end)
    listed = _places().search(text, start, end)
    if world and not (
        listed
        and not excluded(world.group())
        and re.search(r"outside|except|other than", text[world.end() : world.end() + 20])
    ):
        return _closed(text, world.start(), world.end())
    if listed:
        return _closed(text, listed.start("places"), listed.end("places"))
    held = _RIGHTS_OF.search(text, start, end)
    if held is not None:
        place = _PLACE_OF.get(held["of"], held["of"])
        return Found(held.start(), held.end(), f"outside {place}" if held["ex"] else place)
    return None


def _closed(text: str, start: int, end: int) -> Found:
    """A place, with the bracket behind it that closes one within, and without a bracket that nothing closes."""
    if text.count("(", start, end) > text.count(")", start, end):
        end = (
            end + 1
            if text.startswith(")", end)
            else start + len(text[start : text.rfind("(", start, end)].rstrip(" ,"))
        )
    return Found(start, end, re.sub(r"\s+", " ", text[start:end]))


# "Japanese rights", "ex-U.S. commercialization rights", "a European commercialization partnership"
_PLACE_OF = {p: PEOPLES[p] for p in ("Japanese", "Chinese", "Canadian", "Korean", "Australian", "Indian")} | {
    "European": "Europe",
    "Latin American": "Latin America",
    "North American": "North America",
    "Asian": "Asia",
}
_RIGHTS_OF = re.compile(
    rf"(?P<ex>(?i:ex)-\s?)?\b(?P<of>U\.?S\.?A?|{'|'.join(_PLACE_OF)})(?=\W)\s?(?:(?i:commercial\w*|marketing|distribution|development|"
    r"licen[sc]\w+|exclusive|sales|and)\s){0,4}(?i:rights?|partnership|licen[sc]e|collaboration|distribut\w+|territor(?:y|ies)|markets|countries)\b"
)


@cache
def _places() -> re.Pattern[str]:
    names = sorted(words("countries") | words("regions"), key=lambda n: (-len(n), n))
    counted = r"(?:(?:over|more than|at least|approximately|about|some) )?\d{1,3} (?:other |additional )?(?:countries|markets|territories)"
    place = (
        r"(?:the )?(?:"
        + "|".join(re.escape(n) for n in names)
        + rf"|{counted})(?![\w])(?:,? (?:and|including) its (?:territories|possessions)(?:,? and (?:its )?(?:territories|possessions))?)?"
    )
    listed = rf"{place}(?:(?:,? and |, |/| or |,)(?:other )?{place}){{0,40}}"
    return re.compile(
        rf"(?:\b(?:in|for|within|throughout|across|countries:|territor(?:y|ies):?|of|covering|covers|into|Countries:|includes?|including|regions?:)\s+"
        rf"(?:the (?:territor(?:y|ies)|following countries|countries) (?:of )?:?\s*)?|(?=outside\b))(?P<places>(?:outside(?: of)? )?{listed}(?:,? \(?(?:excluding|except(?: for)?|other than) {listed})?)"
    )


# "our other candidate is for the treatment of shingles" tells no field
_OF_A_RIGHT = re.compile(
    r"licen[sc]|\brights?\b|exclusiv|\bfield\b|\bagree|agreement|collaborat|\bgrant|\boption|territor|acquir|develop and|commerciali[sz]",
    re.IGNORECASE,
)

_SUBLICENSING = re.compile(
    r"\bsub-?licen[sc]e?able\b|\bright (?:to (?:grant )?|of )(?:sub-?licen[sc](?:e|es|ing)\b)|\bmay (?:grant )?sub-?licen[sc]e",
    re.IGNORECASE,
)

_NO_SUBLICENSING = re.compile(
    r"\bnon-?\s?sub-?licen[sc]e?able|\b(?:without|no) (?:the )?right to (?:grant )?sub-?licen|\b(?:may|shall|can) not (?:grant )?sub-?licen",
    re.IGNORECASE,
)

_RETAINED = re.compile(
    r"\b(?:retain(?:s|ed|ing)?|reserv(?:es|ed|ing)|keeps?|kept)\b (?:all |the |full |its |our |exclusive |worldwide |certain |commercial |sole |remaining |co-?\w+ )*(?:rights?|ownership|an? option|control)\b[^.;]{0,140}",
    re.IGNORECASE,
)

_OPTION = re.compile(r"\b(?:(?:an?|the|exclusive|sole|certain) )+options? (?:to|for) [^.;]{0,140}", re.IGNORECASE)

_DILIGENCE = re.compile(
    r"\b(?:obligated|required|agreed|must|shall|will|commit\w+)\b[^.;]{0,30}? (?:to )?use (?:its |our |their )?(?:commercially reasonable|diligent|reasonable|best) (?:diligent )?efforts [^.;]{0,120}",
    re.IGNORECASE,
)

_NON_COMPETE = re.compile(
    r"\bnon-?compet\w+[^.;]{0,80}|\b(?:agreed|shall|will|may|prohibited from|obligat\w+)\b[^.;]{0,30}? not(?: to)? (?:directly or indirectly )?(?:develop|commerciali[sz]e|market|sell|promote)\w*[^.;]{0,60}?compet[^.;]{0,60}",
    re.IGNORECASE,
)

_LAW = re.compile(r"\bgoverned by (?:and construed [^.;]{0,40})?(?:the )?laws? of (?:the )?(?P<law>[A-Z][^.;,]{2,50})")


def scope(text: str, start: int, end: int) -> Iterator[Read]:
    """Field, sublicences, options, what is kept or forbidden, and the governing law."""
    sentence = text[start:end]
    field = _FIELD.search(sentence)
    if field and _OF_A_RIGHT.search(sentence):
        yield _read("field", field, start)
    if "icen" in sentence:
        denied = _NO_SUBLICENSING.search(sentence)
        allowed = None if denied else _SUBLICENSING.search(sentence)
        for m, value in ((denied, "not permitted"), (allowed, "permitted")):
            if m is not None:
                yield _read("sublicensing", m, start, value)
    for kind, word, pattern in _LISTED:
        if word in sentence:
            m = pattern.search(sentence)
            if m is not None:
                yield _read(kind, m, start)
    if "governed" in sentence:
        law = _LAW.search(sentence)
        if law is not None:
            yield _read("governing law", law, start, re.sub(r"\s+", " ", law["law"]).strip())


_LISTED = (
    ("retained rights", "right", _RETAINED),
    ("option", "option", _OPTION),
    ("diligence", "efforts", _DILIGENCE),
    ("non-compete", "compet", _NON_COMPETE),
)


def excluded(territory: str) -> str | None:
    """What a territory leaves out.

    >>> excluded("worldwide, excluding Greater China"), excluded("outside of Japan"), excluded("Europe")
    ('Greater China', 'Japan', None)
    """
    m = re.search(
        r"\b(?:excluding|except(?:ing)?(?: for| in)?|other than(?: in)?|with the exception of|outside(?: of)?)\s+(?P<place>.+)",
        territory,
    )
    return m["place"].strip(" .,") if m else None


def _read(kind: str, m: re.Match[str], start: int, value: str | None = None) -> Read:
    return Read(kind, start + m.start(), start + m.end(), value or squeezed(m.group()))
