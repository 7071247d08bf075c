"""Reads when a contract was made, takes effect and ends, and how it renews."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from biopact.loaders.extraction.contracts.clauses import Contract, Span
from biopact.loaders.extraction.contracts.parties import Preamble
from biopact.loaders.extraction.values import Found

_SOURCE = re.compile(r"Source:[^\n]*")
_DATED = re.compile(
    r"\b(?:dated|made|entered|executed|effective|as\s+of|day|date|this|on|signed|concluded"
    r"|commencing)\b[^.;]{0,60}\Z|\A\s*\Z|\n[^\S\n]*\n\s*\Z",
    re.IGNORECASE,
)
_MADE = re.compile(r"\b(?:dated|made|entered|executed|effective|as\s+of|day\s+of)\b[^.;]{0,40}\Z", re.IGNORECASE)
_RECITALS = re.compile(
    r"\bWHEREAS|\bWhereas|RECITALS?\b|Recitals?\b|BACKGROUND|Background|WITNESSETH|(?<=\s)[A-D]\.\s|ARTICLE"
    r"|Article|Definitions|DEFINITIONS|TABLE|agree\s+as"
)
_EFFECTIVE_NAME = r"(?:[\"“”'’]{1,2}|the\s+)(?:Effective|Commencement|Start)\s+Date"
_EFFECTIVE_AFTER = re.compile(r"[^.;(]{0,50}\([^()]{0,80}?\b(?:Effective|Commencement)\s+Date\b", re.IGNORECASE)
_EFFECTIVE_BEFORE = re.compile(
    r"\beffective\s+(?:date\s+)?(?:as\s+of\s+|from\s+|on\s+|this\s+|the\s+)*\Z|take[s]?\s+effect\s+(?:on\s+"
    r"|as\s+of\s+)?\Z",
    re.IGNORECASE,
)
_BECOMES_EFFECTIVE = re.compile(
    r"\b(?:[Aa]greement|Contract|Amendment)\s+(?:shall\s+|will\s+)?(?:be(?:come)?|is|takes?|come\s+into"
    r"|enter\s+into)?\s*(?:made\s+|deemed\s+)?(?:effective|effect|force)\s+(?:date\s+)?(?:as\s+of|on|from"
    r"|upon)?\s*(?:the\s+)?(?=[A-Z\d]|signing|date|signature|execution)",
)
_EFFECTIVE_IS = re.compile(
    r"(?:\b[Tt]he\s+|[\"“”'’]{1,2}|(?<=[.;\n)]))\s*(?:Effective|EFFECTIVE|Commencement)\s+(?:Date"
    r"|DATE)[\"”'’]{0,2}\s*(?:(?:of|for)\s+this\s+Agreement\s+)?(?:shall\s+mean|means?|shall\s+be|is|:|has\s+the"
    r"|shall\s+have\s+the)\s"
)
_ELSEWHERE = re.compile(r"\s*(?:the\s+)?meanings?\b")
_SAME_DAY = re.compile(
    r"\b(?:date|day)\s+(?:of\s+(?:execution\s+of\s+)?this\s+(?:\w+\s+)?Agreement|hereof|(?:(?:as"
    r"|that)\s+)?(?:is\s+)?(?:first\s+)?(?:above|set\s+(?:forth|out)|stated|given|written|mentioned|indicated"
    r"|entered|appearing)\b)"
    r"|\bfirst\s+(?:herein)?above\s+(?:written|mentioned|stated|set\s+forth)"
    r"|\bset\s+forth\s+[^.;]{0,30}(?:preamble|paragraph|above|page)",
    re.IGNORECASE,
)
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "eighteen": 18, "twenty": 20,
    "twenty-four": 24, "twenty-five": 25, "thirty": 30, "thirty-six": 36, "forty-eight": 48, "sixty": 60,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "twelfth": 12, "fifteenth": 15, "twentieth": 20,
}  # fmt: skip
_WORD_NUMBER = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_LENGTH = re.compile(
    rf"\b(?:(?P<word>{_WORD_NUMBER})(?:\s*\(\s*(?P<same>\d+)\s*(?:st|nd|rd|th)?\s*\))?"
    rf"|(?P<digits>\d{{1,3}})(?:st|nd|rd|th)?(?:\s*\(\w+\))?)"
    r"[\s-]*(?:full\s+|calendar\s+|consecutive\s+)?(?P<unit>years?|months?|anniversary)\b",
    re.IGNORECASE,
)
# sentences that say how long the agreement itself lasts
_TERM = re.compile(
    r"\b(?:(?:initial\s+|the\s+|Service\s+)?[Tt]erm\s+of\s+(?:this"
    r"|the)\s+(?:\w+\s+){0,3}Agreement\s+(?:\([^)]{1,40}\)\s*)?(?:shall|will|is|commences|begins|means|runs)\b"
    r"|[Tt]he\s+(?:initial\s+)?[Tt]erm\s*(?:\([^)]{1,40}\)\s*)?(?:shall|will|is\s+(?:for|from|an?|\d|\w+\s+\()"
    r"|commences|begins)(?!\w)"
    r"|[Tt](?:his|he)\s+(?:[A-Z]\w+\s+){0,3}(?:Agreement|Contract"
    r"|Joint\s+Venture)\s+(?:\([^)]{1,40}\)\s+)?(?:(?:and[^.;]{1,60}\s)?(?:shall"
    r"|will)\s+(?:\w+\s+){0,2}?(?:commence|be(?:come)?\s+effective|begin|continue|remain|come\s+into"
    r"|enter\s+into|expire|be\s+in\s+(?:force|effect)|take\s+effect|have\s+(?:a|an)\s+(?:initial\s+)?(?:term"
    r"|duration)|run|last|start|terminate\s+on|be\s+(?:valid|binding))|commences|is\s+(?:effective|valid"
    r"|a\s+fixed\s+term|for)|becomes?\s+effective|expires|enters\s+into\s+force)"
    r"|(?:[\"“]|\b)(?:Initial\s+Term|Term|Expiration\s+Date|Agreement\s+Term"
    r"|Term\s+of\s+Engagement)[\"”]?\s+(?:shall\s+mean|means)\b"
    r"|[Uu]nless\s+(?:sooner|earlier|terminated|otherwise)[^.;]{0,120},\s+(?:this\s+Agreement|the\s+term)\s)"
)
# a term that hangs on what nobody can date at signing
_OPEN = re.compile(
    r"\b(?:later\s+of|latest\s+of|earlier\s+of|earliest\s+of|whichever|for\s+so\s+long|as\s+long\s+as"
    r"|unless\s+and\s+until|perpetual|indefinite|until\s+terminated|"
    r"First\s+Commercial\s+Sale|Launch\b|Royalty\s+Term|Valid\s+Claim|last[-\s]to[-\s]expire"
    r"|country[-\s]by[-\s]country)\b",
    re.IGNORECASE,
)
_FROM_EFFECT = re.compile(
    r"\b(?:Effective\s+Date|Commencement\s+Date|date\s+(?:hereof|of\s+this|of\s+the\s+Agreement"
    r"|first\s+(?:written|above|set)|of\s+(?:execution|signature|signing))|execution\s+(?:of|date)|such\s+date"
    r"|that\s+date|hereof|signing\s+date)",
    re.IGNORECASE,
)
_FROM_OTHER = re.compile(
    r"\b(?:from|after|following|of|on)\s+(?:and\s+including\s+)?(?:the\s+)?(?:(?:first|initial|last"
    r"|final)\s+)?(?:[A-Z][\w-]+\s+){0,5}(?:Date|Launch|Sale|Approval|delivery|shipment|Closing)\b",
)
_CUE = re.compile(
    r"\b(?:(?P<end>until|through|thru|ending|ends?|expir\w+|terminat\w+|up\s+to|to|means?)|(?P<start>commenc\w+"
    r"|begin\w*|start\w*|effective|from|effect))\b(?!\s+Date\b)",
    re.IGNORECASE,
)
_RENEW = re.compile(
    r"\b(?:(?:automatically|shall|will|may)\s+(?:\w+\s+){0,3}(?:renew(?:ed|s)?|extend(?:ed|s)?)\b|renew(?:ed"
    r"|s)?\s+automatically|renewal\s+(?:term|period)s?|extended\s+(?:by|for)\s+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class When:
    """A date and the words it was read from; `state` is stated, or derived where it was computed from a length of time."""

    value: str
    span: Span
    state: str = "stated"


@dataclass(frozen=True, slots=True)
class Duration:
    """When a contract runs."""

    agreement: When | None = None
    effective: When | None = None
    expiration: When | None = None
    term: Span | None = None  # the words that say how long
    term_redacted: bool = False
    renewal: Span | None = None


def read_duration(contract: Contract, preamble: Preamble, title_end: int) -> Duration:
    """All dates of a contract. A date that hangs on an event is left out."""
    agreement, effective = _preamble_dates(contract, preamble)
    if agreement is None:
        agreement = _cover_date(contract, title_end, preamble)
    signed = _signed(contract) if agreement is None else None
    effective = effective or _effective(contract, agreement, signed)
    if agreement is None and effective is not None and preamble.start - 600 < effective.span[0] < preamble.end + 1500:
        agreement = effective
    agreement = agreement or signed
    expiration, term, redacted, start = _term(contract, effective or agreement)
    if start is not None and (effective is None or effective.state == "derived"):
        effective = start
    renewal = _renewal(contract, term)
    return Duration(agreement, effective, expiration, term, redacted, renewal)


def _preamble_dates(contract: Contract, preamble: Preamble) -> tuple[When | None, When | None]:
    """The dates of the sentence that names the parties."""
    text = contract.text
    low = max(contract.begin, preamble.start - 500)
    lead = list(re.finditer(r"\bT(?:his|HIS)\b", text[low : preamble.start]))
    low = low + lead[0].start() if lead else low
    first = preamble.parties[0].span[0] if preamble.parties else preamble.start
    spans = [(low, first), (preamble.end, min(contract.end, preamble.end + 900))]
    agreement: When | None = None
    effective: When | None = None
    for number, (start, end) in enumerate(spans):
        if number:
            recitals = _RECITALS.search(text, start, end)
            end = recitals.start() if recitals else end
        for d in contract.dates(start, end):
            cue = _MADE if number else _DATED
            if (
                _beside_source(text, d)
                or len(str(d.value)) < 10
                or not cue.search(text[max(start, d.start - 90) : d.start])
            ):
                continue
            when = When(str(d.value), (d.start, d.end))
            if _EFFECTIVE_AFTER.match(text, d.end) or _EFFECTIVE_BEFORE.search(
                text[max(start, d.start - 40) : d.start]
            ):
                effective = effective or when
            agreement = agreement or when
        if agreement:
            break
    return agreement, effective


def _cover_date(contract: Contract, title_end: int, preamble: Preamble) -> When | None:
    text = contract.text
    end = min(contract.end, max(title_end, contract.begin) + 1200)
    for d in contract.dates(contract.begin, end):
        before = text[max(contract.begin, d.start - 60) : d.start]
        alone = re.search(r"\n[^\S\n]*\n\s*\Z", before) and re.match(r"\s*(?:\n|$)", text[d.end : d.end + 5])
        if (
            len(str(d.value)) == 10
            and not _beside_source(text, d)
            and (
                alone
                or re.search(r"(?:dated|as\s+of|effective|date)\W*(?:as\s+of\W*|this\s+)?\Z", before, re.IGNORECASE)
            )
        ):
            return When(str(d.value), (d.start, d.end))
    return None


def _beside_source(text: str, found: Found) -> bool:
    """Whether a date is that of a filing note at the foot of a page, not the contract's."""
    line = text.rfind("\n", 0, found.start) + 1
    return bool(_SOURCE.search(text, line, found.start))


_WITNESS = re.compile(r"\bIN\s+WITNESS\s+WHEREOF|\bIn\s+Witness\s+Whereof|/s/|\bBy:|\bSigned\b|\bExecuted\b")
_SHORT_DATE = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d\d)(?![\d/])")
_SIGNING = re.compile(
    r"\b(?:signature|signing|signed|last\s+(?:Party|of\s+the\s+Parties)|execut(?:ion|ed))\b", re.IGNORECASE
)


def _signed(contract: Contract) -> When | None:
    """The last of the dates beside the signatures."""
    text = contract.text
    found: list[When] = []
    for m in contract.find(_WITNESS, contract.begin + (contract.end - contract.begin) // 3):
        for d in contract.dates(m.start(), m.start() + 500):
            if (
                len(str(d.value)) == 10
                and not _beside_source(text, d)
                and re.search(r"(?:\bdated?\b|\bday\s+of|\bon\b|,)\W*\Z", text[d.start - 14 : d.start], re.IGNORECASE)
            ):
                found.append(When(str(d.value), (d.start, d.end), "derived"))
        for s in _SHORT_DATE.finditer(text, m.start(), min(contract.end, m.start() + 300)):
            month, day, year = (int(g) for g in s.groups())
            if 1 <= month <= 12 and 1 <= day <= 31:
                found.append(
                    When(f"{1900 + year if year > 60 else 2000 + year}-{month:02d}-{day:02d}", s.span(), "derived")
                )
    return max(found, key=lambda w: w.value, default=None)


def _effective(contract: Contract, agreement: When | None, signed: When | None) -> When | None:
    text = contract.text
    for m in contract.find(_EFFECTIVE_IS):
        span = (m.start(), contract.sentence(m.end(), 0, 500)[1])
        date = next(
            (d for d in contract.dates(m.end(), m.end() + 60) if d.start - m.end() < 25 and len(str(d.value)) == 10),
            None,
        )
        if date:
            return When(str(date.value), (m.start(), date.end))
        if agreement and _SAME_DAY.search(text, *span) and not re.search(r"\blate(?:r|st)\b", text[slice(*span)]):
            return When(agreement.value, span)
        if signed and _SIGNING.search(text, *span):
            return When(signed.value, span, "derived")
        if not _ELSEWHERE.match(text, m.end()):
            return None  # it hangs on an event
    for m in contract.find(_BECOMES_EFFECTIVE):
        for d in contract.dates(m.end(), m.end() + 40):
            if d.start - m.end() < 12 and len(str(d.value)) == 10:
                return When(str(d.value), (m.start(), d.end))
        same = _SAME_DAY.match(text, m.end()) or _SIGNING.match(text, m.end())
        day = agreement or signed
        if same and day:
            return When(day.value, (m.start(), same.end()), "derived")
    for m in contract.find(re.compile(rf"\(\s*(?:the\s+)?{_EFFECTIVE_NAME}", re.IGNORECASE)):
        sentence = contract.sentence(m.start())
        for d in contract.dates(sentence[0], m.start()):
            if m.start() - d.end < 8 and len(str(d.value)) == 10:
                return When(str(d.value), (d.start, d.end))
        if agreement and re.search(
            r"(?:date\s+hereof|first\s+(?:written|set\s+forth|stated)\s+above)\W*\Z",
            text[sentence[0] : m.start()],
            re.IGNORECASE,
        ):
            return When(agreement.value, (sentence[0], m.end()))
    # a contract that says nothing else binds from the day it was made
    return When(agreement.value, agreement.span, "derived") if agreement else None


def _term(contract: Contract, start: When | None) -> tuple[When | None, Span | None, bool, When | None]:
    """When the contract ends, the words on its length, whether the length is redacted, and a start the words give."""
    text = contract.text
    said: Span | None = None
    redacted = False
    begins: When | None = None
    for m in contract.find(_TERM):
        low, high = contract.sentence(m.start(), 250, 700)
        if _is_contents(text, low, high) or re.match(
            r"\s*(?:\d[\d.]*\s*)?[\"“]?Term[\"”]?\s+\w+\s+(?:the\s+meaning|as\s+set)", text[low:high]
        ):
            continue
        lengths = list(_LENGTH.finditer(text, m.start(), high))
        dates = [d for d in contract.dates(m.start(), high) if len(str(d.value)) == 10]
        blank = next(contract.blanks(m.start(), high), None)
        if not (lengths or dates or _OPEN.search(text, low, high) or blank):
            continue
        span = (low, high)
        cues = [_cue(text, m.start(), d) for d in dates]
        local = next(
            (When(str(d.value), (d.start, d.end)) for d, cue in zip(dates, cues, strict=True) if cue == "start"), None
        )
        begins = begins or local
        ends = next((d for d, cue in zip(dates, cues, strict=True) if cue == "end"), None)
        if ends is not None and not _hangs(text[m.start() : ends.start]):
            return When(str(ends.value), span), span, False, begins
        end = _computed(text, m.start(), high, lengths, local or start)
        if end:
            return When(end, span, "derived"), span, False, begins
        if said is None:
            said, redacted = span, bool(blank) and not lengths
    return None, said, redacted, begins


def _cue(text: str, low: int, found: Found) -> str | None:
    """Whether the words before a date call it a start or an end: the nearest cue tells."""
    cues = list(_CUE.finditer(text, max(low, found.start - 70), found.start))
    return cues[-1].lastgroup if cues else None


def _hangs(words: str) -> bool:
    return bool(re.search(r"\b(?:later|latest|earlier|earliest)\s+of\b|whichever", words, re.IGNORECASE))


def _computed(text: str, low: int, high: int, lengths: list[re.Match[str]], start: When | None) -> str | None:
    if start is None or not lengths or len(start.value) < 10:
        return None
    m = lengths[0]
    before, after = text[low : m.start()], text[m.end() : min(high, m.end() + 160)]
    if _OPEN.search(before) or re.search(
        r"\b(?:notice|prior\s+to|within|no(?:t)?\s+less)\b", before[-60:], re.IGNORECASE
    ):
        return None
    clause = re.split(r"\b(?:and\s+thereafter|thereafter|provided|unless|subject\s+to)\b", after)[0]
    if _OPEN.search(clause):
        return None
    tied = _FROM_EFFECT.search(before) or _FROM_EFFECT.search(clause) or re.search(r"\bDate\b|\d{4}", before)
    other = _FROM_OTHER.search(clause)
    if other and not _FROM_EFFECT.search(other.group()):
        return None
    if not tied and not re.search(r"\b(?:term|period)\b", before, re.IGNORECASE):
        return None
    number = int(m["digits"] or m["same"] or _NUMBERS[m["word"].lower()])
    return _later(start.value, number * (1 if m["unit"].lower().startswith("month") else 12))


def _later(date: str, months: int) -> str:
    """
    >>> _later("2020-01-31", 13)
    '2021-02-28'
    """
    year, month, day = (int(p) for p in date.split("-"))
    year, month = divmod(year * 12 + month - 1 + months, 12)
    return f"{year}-{month + 1:02d}-{min(day, calendar.monthrange(year, month + 1)[1]):02d}"


def _is_contents(text: str, low: int, high: int) -> bool:
    """Whether the words stand in a table of contents: numbers of sections and pages all along."""
    words = text[low : high + 80].split()
    return len(words) > 6 and sum(bool(re.fullmatch(r"[\d.]+", w)) for w in words) > 0.2 * len(words)


_RENEWS_ITSELF = re.compile(
    r"\b(?:(?:this|the)\s+(?:[A-Z]\w+\s+){0,2}Agreement|(?:[Tt]he|[Tt]his|[Ii]nitial|current|such"
    r"|said)\s+(?:[Ii]nitial\s+)?[Tt]erm|term\s+of)\b"
)


def _renewal(contract: Contract, term: Span | None) -> Span | None:
    """The sentence on renewal: after the words on the term, or one that names the agreement's term."""
    low, high = (term[0], term[1] + 1500) if term else (contract.begin, contract.end)
    for m in contract.find(_RENEW, low, high):
        span = contract.sentence(m.start())
        words = contract.text[span[0] : m.end() + 60]
        if not _RENEWS_ITSELF.search(words) or _is_contents(contract.text, *span):
            continue
        if term or re.search("renew", m.group(), re.IGNORECASE):
            return span
    return None
