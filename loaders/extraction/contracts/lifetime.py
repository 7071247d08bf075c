"""Reads how long a contract lasts: a stated end, an end that follows from a stated length, and renewal."""

from __future__ import annotations

import calendar
import re

from biopact.loaders.extraction.contracts.clauses import Contract, Span, When
from biopact.loaders.extraction.values import Found

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "eighteen": 18,
    "twenty": 20,
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
    r"\b(?:(?:initial\s+|the\s+|Service\s+)?[Tt]erm\s+(?:hereof|of\s+(?:this"
    r"|the)\s+(?:\w+\s+){0,3}Agreement)\s+(?:\([^)]{1,40}\)\s*)?(?:shall|will|is|commences|begins|means|runs)\b"
    r"|[Tt]he\s+[\"“]?(?:[Ii]nitial\s+)?[Tt]erm[\"”]?\s*(?:\([^)]{1,40}\)\s*)?(?:shall|will|is\s+(?:for|from|an?|\d|\w+\s+\()"
    r"|commences|begins)(?!\w)"
    r"|[Tt](?:his|he)\s+(?:present\s+)?(?:[A-Z]\w+\s+){0,3}(?:Agreement|Contract"
    r"|Joint\s+Venture)\s+(?:\([^)]{1,40}\)\s+)?(?:(?:and[^.;]{1,60}\s)?(?:shall"
    r"|will)(?:,\s+(?:unless|subject)\s[^.;,]{3,100},)?\s+(?:\w+\s+){0,2}?(?:commence|be(?:come)?\s+effective|begin|continue|remain|come\s+into"
    r"|enter\s+into|expire|be\s+in\s+(?:full\s+)?(?:force|effect)|take\s+effect|have\s+(?:a|an)\s+(?:initial\s+)?(?:term"
    r"|duration)|run|last|start|terminate\s+(?:automatically|on)|be\s+(?:valid|binding|entered\s+into\s+for|concluded\s+for))|commences"
    r"|is\s+(?:effective|valid|a\s+fixed\s+term|for|(?:made|entered\s+into|concluded)\s+for)|becomes?\s+effective|expires"
    r"|enters\s+into\s+force|continues|remains\s+in|takes\s+effect|has\s+an?\s+(?:initial\s+|fixed\s+)?(?:term|duration)|runs)"
    r"|(?:[\"“]|\b)(?:Initial\s+Term|Term|Expiration\s+Date|Agreement\s+Term"
    r"|Term\s+of\s+Engagement)[\"”]?\s+(?:shall\s+mean|means)\b"
    r"|(?:TERM|Term|DURATION|Duration)\s*[.:–—]\s+(?=(?:(?:For\s+)?(?:a\s+(?:period|term)\s+of\s+)?"
    rf"(?i:{_WORD_NUMBER})\b|\d{{1,3}}\s+(?:years?|months?)))"
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
    r"|that\s+date|hereof|signing\s+date|its\s+(?:signature|signing|execution)|signature\s+of\s+this)",
    re.IGNORECASE,
)
_FROM_OTHER = re.compile(
    r"\b(?:from|after|following|of|on)\s+(?:and\s+including\s+)?(?:the\s+)?(?:(?:first|initial|last"
    r"|final)\s+)?(?:[A-Z][\w-]+\s+){0,5}(?:Date|Launch|Sale|Approval|delivery|shipment|Closing)\b",
)
# a sentence that names its span of time: "from May 1, 2015 to April 30, 2018 (the "Term")"
_CALLED_TERM = re.compile(r"\(\s*(?:the\s+|such\s+period,?\s+the\s+)?[\"“](?:Initial\s+|Agreement\s+)?Term[\"”]\s*\)")
# "Royalty Term" means
_OTHER_TERM = re.compile(
    r"\b(?!Agreement|Initial|Contract|Service|The)[A-Z][\w-]+\s+(?:Initial\s+)?Term[\"”]?\s+(?:shall\s+mean|means)\Z"
)
# "so long as this Agreement remains in effect": on something else
_WHILE = re.compile(r"\b(?:long\s+as|while|whilst|if|when|whether|until|after|before|once)\s+\Z", re.IGNORECASE)
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


def read_lifetime(contract: Contract, start: When | None) -> tuple[When | None, Span | None, bool, When | None]:
    """When the contract ends, the words on its length, whether the length is redacted, and a start the words give."""
    text = contract.text
    said: Span | None = None
    redacted = False
    begins: When | None = None
    for m in (*contract.find(_TERM), *contract.find(_CALLED_TERM)):
        low, high = contract.sentence(m.start(), 250, 700)
        if high < m.end():  # a heading: "12. Term. Three years from the Effective Date."
            high = contract.sentence(m.end(), 0, 700)[1]
        at = low if m.re is _CALLED_TERM else m.start()
        if _WHILE.search(text, max(low, m.start() - 30), m.start()) or _OTHER_TERM.search(
            text, max(low, m.start() - 30), m.end()
        ):
            continue
        if _is_contents(text, low, high) or re.match(
            r"\s*(?:\d[\d.]*\s*)?[\"“]?Term[\"”]?\s+\w+\s+(?:the\s+meaning|as\s+set)", text[low:high]
        ):
            continue
        lengths = list(_LENGTH.finditer(text, at, high))
        dates = [d for d in contract.dates(at, high) if len(str(d.value)) == 10]
        blank = next(contract.blanks(at, high), None)
        if not (lengths or dates or _OPEN.search(text, low, high) or blank):
            continue
        span = (low, high)
        cues = [_cue(text, at, d) for d in dates]
        local = next(
            (When(str(d.value), (d.start, d.end)) for d, cue in zip(dates, cues, strict=True) if cue == "start"), None
        )
        begins = begins or local
        ends = next((d for d, cue in zip(dates, cues, strict=True) if cue == "end"), None)
        if ends is not None and not _hangs(text[at : ends.start]):
            return When(str(ends.value), span), span, False, begins
        end = _computed(text, at, high, lengths, local or start)
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


_BLANK = re.compile(r"(?:\[\s*\*[\s*]*\]|\*{2,}|\[_+\]|_{3,}|\[●\])\W*(?:\(\W*\)\s*)?(?:years?|months?)", re.IGNORECASE)


def _computed(text: str, low: int, high: int, lengths: list[re.Match[str]], start: When | None) -> str | None:
    if start is None or not lengths or len(start.value) < 10:
        return None
    m = lengths[0]
    before, after = text[low : m.start()], text[m.end() : min(high, m.end() + 160)]
    if _RENEW.search(re.split("[,;(]", before)[-1]) or _BLANK.search(
        before
    ):  # a renewal's length, or the term itself is blacked out
        return None
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
    if not tied and not re.search(r"\b(?:term|period|force|effect)\b", before, re.IGNORECASE):
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


_DATED = re.compile(r"\b\d{1,2}\s+[A-Z][a-z]+,?\s+\d{4}\b|\b[A-Z][a-z]+\s+\d{1,2},?\s+\d{4}\b")


def _is_contents(text: str, low: int, high: int) -> bool:
    """Whether the words stand in a table of contents: numbers of sections and pages all along."""
    words = _DATED.sub("", text[low : high + 80]).split()
    numbers = sum(bool(re.fullmatch(r"[\d.]+", w)) for w in words)
    return len(words) > 6 and numbers > max(2, 0.2 * len(words))


_RENEWS_ITSELF = re.compile(
    r"\b(?:(?:this|the)\s+(?:[A-Z]\w+\s+){0,2}Agreement|(?:[Tt]he|[Tt]his|[Ii]nitial|current|such"
    r"|said)\s+(?:[Ii]nitial\s+)?[Tt]erm|term\s+of)\b"
)


def read_renewal(contract: Contract, term: Span | None) -> Span | None:
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
