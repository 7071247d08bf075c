"""Reads when a contract was made and takes effect; its end is read in `lifetime`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from biopact.loaders.extraction.contracts.clauses import Contract, Span, When
from biopact.loaders.extraction.contracts.lifetime import read_lifetime, read_renewal
from biopact.loaders.extraction.contracts.preamble import Preamble
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
    r"(?:\b[Tt]he\s{1,9}|[\"“”'’]{1,2}\s?|[.;)\n]\s{0,9})(?P<at>Effective|EFFECTIVE|Commencement)\s+(?:Date"
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
    expiration, term, redacted, start = read_lifetime(contract, effective or agreement)
    if start is not None and (effective is None or effective.state == "derived"):
        effective = start
    renewal = read_renewal(contract, term)
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
_BESIDE_SIGNATURE = re.compile(r"(?:\bdated?\b|\bday\s+of|\bon\b|,)\W*\Z", re.IGNORECASE)
_SHORT_DATE = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d\d)(?![\d/])")
_DAY_OF_SIGNING = re.compile(r"(?:date\s+(?:of|on\s+which)\s+[^.;]{0,40}?)?(?:signature|signing|signed|execution)\b")
# "Munich, 12.03.2014", as contracts are signed on the Continent
_PLACE_AND = re.compile(r"\n\s*[A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+)?,\s+(?:the\s+|den\s+|this\s+)?\Z")
_LAST = 6000  # characters in which a contract is signed, dated and followed by its schedules
_SIGNING = re.compile(
    r"\b(?:signature|signing|signed|last\s+(?:Party|of\s+the\s+Parties)|execut(?:ion|ed))\b", re.IGNORECASE
)


def _signed(contract: Contract) -> When | None:
    """The last of the dates beside the signatures."""
    text = contract.text
    found: list[When] = []
    for m in contract.find(_WITNESS, contract.begin + (contract.end - contract.begin) // 3):
        found += [
            When(str(d.value), (d.start, d.end), "derived")
            for d in contract.dates(m.start(), m.start() + 500)
            if len(str(d.value)) == 10
            and not _beside_source(text, d)
            and _BESIDE_SIGNATURE.search(text[max(0, d.start - 14) : d.start])
        ]
        for s in _SHORT_DATE.finditer(text, m.start(), min(contract.end, m.start() + 300)):
            month, day, year = (int(g) for g in s.groups())
            if 1 <= month <= 12 and 1 <= day <= 31:
                found.append(
                    When(f"{1900 + year if year > 60 else 2000 + year}-{month:02d}-{day:02d}", s.span(), "derived")
                )
    for d in contract.dates(contract.end - min(_LAST, (contract.end - contract.begin) // 2), contract.end):
        if len(str(d.value)) == 10 and _PLACE_AND.search(text, max(contract.begin, d.start - 50), d.start):
            found.append(When(str(d.value), (d.start, d.end), "derived"))
    return max(found, key=lambda w: w.value, default=None)


def _effective(contract: Contract, agreement: When | None, signed: When | None) -> When | None:
    text = contract.text
    for m in contract.find(_EFFECTIVE_IS):
        span = (m.start("at"), contract.sentence(m.end(), 0, 500)[1])
        date = next(
            (d for d in contract.dates(m.end(), m.end() + 60) if d.start - m.end() < 25 and len(str(d.value)) == 10),
            None,
        )
        if date:
            return When(str(date.value), (m.start("at"), date.end))
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
        same = _SAME_DAY.match(text, m.end()) or _DAY_OF_SIGNING.match(text, m.end())
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
