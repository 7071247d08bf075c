"""Reads where and for what the rights of a contract hold: territory, field, sublicences."""

from __future__ import annotations

import re
from functools import cache

from biopact.loaders.extraction.contracts.clauses import Contract, Span, squeeze
from biopact.loaders.extraction.lexicon import words
from biopact.loaders.extraction.values import redactions

_WORLD = re.compile(
    r"\b(?:world-?\s?wide|throughout\s+the\s+(?:entire\s+)?(?:world|universe)|(?:the\s+)?(?:entire"
    r"|whole)\s+(?:world|universe)|global(?:ly)?(?=\s*(?:[.;,]|licen[cs]e|rights?\b|basis|\Z))|all\s+(?:of\s+the\s+)?(?:countries|territories)\s+(?:of|in|throughout)\s+the\s+world"
    r"|the\s+world|anywhere\s+in\s+the\s+world)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:,?\s*(?:with\s+respect\s+to|as\s+to)[^,]{1,80},\s*)?(?:(?:any|all"
    r"|each)\s+(?:and\s+all\s+)?(?:of\s+)?)?(?:the\s+)?(?:following\s+)?(?:(?:fifty\s+)?(?:\(?50\)?\s+)?[Ss]tates\s+of\s+)?(?:(?:countries|country|territory"
    r"|territories|geographic\s+area|jurisdictions)\s+(?:of|in|comprising|listed\s+(?:on"
    r"|in))\s+)?(?:the\s+)?(?:following\s*:?\s*)?",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"[,;(]?\s*(?:\b(?:including|together\s+with|and\s+(?:its|their|all\s+of\s+(?:its|their)|any)\s|as\s+(?:well"
    r"|set|such|they|it|may|further)|which|provided|unless|where|for\s+so\s+long|in\s+each\s+case)\b"
    r"|(?<=[a-z])\.\s|\n[^\S\n]*\n|\s\d+\.\d+\s)"
)
_SUBLICENCE = re.compile(
    r"[^.;]{0,160}\b(?:right\s+to\s+(?:grant\s+)?sub-?licen[cs]e|sub-?licen[cs](?:e|able|ing)"
    r"|grant\s+sub-?licen[cs]es)[^.;]{0,160}",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:without\s+(?:the\s+)?right\s+to|no\s+right\s+to|not\s+(?:have\s+the\s+right\s+to|be\s+entitled\s+to"
    r"|grant)|non-?\s?sub-?licen[cs]|may\s+not|shall\s+not)\b",
    re.IGNORECASE,
)


# "Licensee may sublicense its rights", "shall not be entitled to grant any sublicences"
_MAY_SUBLICENSE = re.compile(
    r"(?:\b(?:may|(?:shall|will)\s+(?:not\s+)?(?:have\s+(?:the|no)\s+right|be\s+(?:entitled|permitted))\s+to"
    r"|shall\s+not)\s+(?:[\w-]+\s+){0,5}?sub-?licen[cs]es?\b)[^.;]{0,120}",
    re.IGNORECASE,
)
_CONSENT = re.compile(r"\b(?:without|with|subject\s+to|upon|only)\s[^.;]{0,60}?\b(?:consent|approval)\b", re.IGNORECASE)
_NEXT_CLAUSES = 4000  # characters behind a licence in which its sublicences are dealt with

# the words before ("the Territory") when they are nothing but places
_PLACES_BEFORE = re.compile(
    r"(?:^|[\s,:(])(?:in|within|throughout|for|of|to|is|are|be|countries|territories|following|:)[\s:]+"
    r"(?P<place>(?:(?:the|of|and|its|all|following|including|other|territory|territories|possessions|countries"
    r"|commonwealths?|worldwide"
    r"|world|&|[A-Z][\w.’'-]*),?\s+)*(?:[A-Z][\w.’'-]*|worldwide|world|territories|possessions))\s*,?\s*$"
)

_NAMED = re.compile(
    r"\(\s*(?:all\s+of\s+(?:the\s+)?foregoing,?\s+)?(?:hereinafter\s+"
    r"|herein\s+)?(?:referred\s+to\s+as\s+)?(?:collectively,?\s+|each,?\s+)?(?:the\s+"
    r"|an?\s+)?[\"“](?:the\s+)?(?:Licensed\s+|Sublicense[d]?\s+|Exclusive\s+)?Territor(?:y|ies)[\"”]"
)
_TERRITORY_TERMS = (
    r"(?:Licensed\s+|Exclusive\s+|Sublicensed?\s+)?Territor(?:y|ies)",
    "TERRITORY",
)


def read_territory(contract: Contract, licence: Span | None) -> tuple[str | None, Span] | None:
    """The territory as a place, None where it is blacked out; from its definition, or from the words of the licence."""
    text = contract.text
    for definition in contract.definitions(*_TERRITORY_TERMS):
        start, end = definition.body
        stop = re.compile(r"\.\s|\n[^\S\n]*\n").search(text, start, min(contract.end, start + 900))
        if text[end - 1 : end] == ";" and stop:  # a list: "(a) the United States; (b) Canada"
            end = stop.start()
        said = _territory(text[start:end])
        if said and said.endswith("Territory"):
            said = _made_up_of(contract, said)
        if said:
            return said, (definition.whole[0], end)
        if next(contract.blanks(start, min(end, start + 60)), None):
            return None, definition.whole
    for m in contract.find(_NAMED):
        low = max(contract.begin, m.start() - 500)
        before = re.split(r"[;()\"“]|\.\s(?=[A-Z])", text[low : m.start()])[-1]
        places = _PLACES_BEFORE.search(before)
        said = _territory(places["place"]) if places else None
        if said:
            return said, (m.start() - len(before), m.end())
    listed = _in_schedule(contract)
    if listed:
        return listed
    if licence:
        wider = licence[0], min(contract.end, licence[1] + 400)
        for found, said in ((_WORLD.search(text, *wider), "worldwide"), (_places().search(text, *wider), None)):
            if found:
                return said or squeeze(found["place"]), (licence[0], max(licence[1], found.end()))
    return None


_PART = re.compile(r"(?:[A-Z][\w.-]*\s)+Territory\b")


def _made_up_of(contract: Contract, said: str) -> str:
    """The places of a territory that is nothing but others: "the US Territory and the EU Territory"."""
    parts = [contract.definition(r"\s+".join(map(re.escape, m.group().split()))) for m in _PART.finditer(said)]
    places = [_territory(contract.text[slice(*p.body)]) if p else None for p in parts]
    if not all(places) or re.sub(r"\b(?:and|the|or)\b|[\s,]", "", _PART.sub("", said)):
        return said
    return " and ".join(p for p in places if p)


# "the countries listed in Schedule 2"
_LISTED_IN = re.compile(
    r"\b[Tt]erritory[\"”]?\s(?:[^.;]{0,120}?\s)?(?:listed|set\s+(?:out|forth)|specified|identified|named|described|contained)\s+(?:in|on)\s+"
    r"(?:the\s+)?(?:attached\s+)?(?P<list>Schedule|Exhibit|Appendix|Annex|Attachment|SCHEDULE|EXHIBIT|APPENDIX|ANNEX)\s+"
    r"(?P<number>[\dA-Z][\w.-]{0,6}(?<![.]))"
)
_NO_TEXT = re.compile(
    r"(?:[\s\d.,;:()|•*·–-]|\b(?:and|the|of|in|as|all|countries|including|[a-z]|[ivx]{1,4})\b|its|territories|possessions)*"
)


def _in_schedule(contract: Contract) -> tuple[str, Span] | None:
    """The places that a schedule lists, where the territory is said to be that list."""
    said = next(contract.find(_LISTED_IN), None)
    if said is None:
        return None
    heading = re.compile(rf"(?<![\w,]\s)(?<!\w)(?i:{said['list']})\s+{re.escape(said['number'])}(?![\w-]|\.\d)")
    for m in contract.find(heading, said.end()):
        found: list[re.Match[str]] = []
        for place in _place().finditer(contract.text, m.end(), min(contract.end, m.end() + 3000)):
            last = found[-1].end() if found else m.end()
            between = contract.text[last : place.start()]
            if (found and not _NO_TEXT.fullmatch(between)) or len(between) > 120:
                break
            found.append(place)
        if found:
            return ", ".join(dict.fromkeys(squeeze(f["name"]) for f in found))[:300], (m.start(), found[-1].end())
    return None


@cache
def _place() -> re.Pattern[str]:
    names = "|".join(re.escape(n) for n in sorted(words("countries") | words("regions"), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?P<name>{names})(?:\s+of\s+America)?(?![\w-])")


@cache
def _places() -> re.Pattern[str]:
    """A list of countries and regions after "in" or "throughout"."""
    names = "|".join(re.escape(n) for n in sorted(words("countries") | words("regions"), key=len, reverse=True))
    one = rf"(?:the\s+)?(?:{names})(?:\s+of\s+America)?(?![\w-])"
    return re.compile(
        rf"\b(?:in|within|throughout)\s+(?:the\s+(?:territory"
        rf"|countries)\s+of\s+)?(?:the\s+)?(?P<place>{one}(?:(?:,?\s+and\s+|,\s+){one})*)"
    )


def _territory(body: str) -> str | None:
    body = re.sub(r"^\W*subject\s+to\s+[^,]{1,80},\s*", "", squeeze(body))
    world = _WORLD.search(body)
    if world and world.start() < 60:
        but = re.search(
            r"\b(?:other\s+than|except(?:ing|\s+for)?|excluding|with\s+the\s+exception\s+of"
            r"|outside)\s+(?:of\s+)?[^.;]{3,100}",
            body,
        )
        return f"worldwide {but.group()}" if but else "worldwide"
    body = re.sub(
        r"(?<=\w)[;,]?\s*(?:and\s+)?\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s+(?:the\s+)?(?=[A-Z])",
        ", ",
        re.sub(r"^\W*\(?(?:[a-z]|[ivx]{1,4}|\d)\)\s+", "", body),
    )
    place = _LEAD.sub("", body)
    cut = _CUT.search(place)
    place = (place[: cut.start()] if cut else place).strip(" .,;:")
    if (
        not re.match(r"[A-Z]", place)
        or len(place) < 2
        or re.match(r"(?:Section|Article|Exhibit|Schedule|Appendix|Annex)\b", place)
    ):
        return None
    return place[:160].rpartition(" ")[0] if len(place) > 160 else place


def read_field(contract: Contract) -> tuple[str | None, Span] | None:
    """The field of use in the contract's words, None where it is blacked out."""
    for definition in contract.definitions(r"(?:Licensed\s+|Exclusive\s+)?Field(?:\s+of\s+Use)?", "FIELD"):
        start, end = definition.body
        body = squeeze(contract.text[start:end]).strip(" .,;:")
        if next(redactions(body), None) and len(body) < 60:
            return None, definition.whole
        if re.match(r"(?:as\s+)?set\s+forth", body) or len(body) < 4:
            continue
        body = re.split(r"(?<=[a-z)])[.;]\s", body)[0]
        body = re.sub(r"^the\s+", "", body)
        return (body[:240].rpartition(" ")[0] if len(body) > 240 else body), definition.whole
    return None


def read_sublicensing(contract: Contract, licence: Span) -> tuple[str, Span] | None:
    """Whether the licensee may grant sublicences: from the words of the licence, else from a clause of its own."""
    m = _SUBLICENCE.search(contract.text, licence[0], min(contract.end, licence[1] + 300))
    m = m or next(contract.find(_MAY_SUBLICENSE, licence[0], licence[1] + _NEXT_CLAUSES), None)
    if m is None:
        return None
    denied, asked = _DENIED.search(m.group()), _CONSENT.search(contract.text, m.start(), m.end() + 60)
    return ("permitted with consent" if asked else "not permitted" if denied else "permitted"), m.span()
