"""When a deal was signed and when it was announced, by the dates of the sentence that tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from heapq import merge

from biopact.loaders.extraction.masking import Masked
from biopact.loaders.extraction.sentences import Sentence
from biopact.loaders.extraction.values import Found, dates
from biopact.loaders.filing import Document

_ANNOUNCED = re.compile(
    r"\b(?:today announced|announced today|announces|is pleased to announce|has announced|have announced|announced that)\b",
    re.IGNORECASE,
)
# "October 18, 2006 - Alnora today announced": the date is that of the news, unless something was done in between
_ANNOUNCING = re.compile(
    r"(?:(?!entered into|signed|executed|complet|acquired|licensed|granted|closed)[^;]){0,150}?(?<!previously )\bannounce[sd]?\b",
    re.IGNORECASE,
)
# "Alnora announced on March 4, 2025 that its subsidiary entered into"
_ANNOUNCED_ON = re.compile(r"\bannounced,? (?:on )?$")
_THAT = re.compile(r",? that\b")
_DATELINE = re.compile(
    r"^[^\n]{0,120}?\b((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2},? (?:19|20)\d\d)\b[^\n]{0,60}?(?:--|[-–—/])",
    re.MULTILINE,
)
# the date on a line of its own, above the news
_DATE_ALONE = re.compile(
    r"^[ \t*_]*(?:(?:for immediate release|released?|dated?|published)[ :,–-]*)?(?:(?:Mon|Tues|Wednes|Thurs|Fri)day, )?"
    r"((?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?: \d{1,2},)? (?:19|20)\d\d)[ \t*_]*$",
    re.MULTILINE | re.IGNORECASE,
)
# before a date: a place and a wire are capitalised, prose is not, and a sentence may begin with its date
_RUNNING_TEXT = re.compile(
    r"(?<![\w(/.:-])[a-z]{3,}|\b(?:On|In|Effective|As of|By|Since|Dated|During|From|Until|Through|Of|Before|After|At)\s*$"
)
_HEAD_OF_RELEASE = 6000  # characters in which a press release gives its dateline
_TOP_OF_RELEASE = 1500  # characters in which its date stands alone on a line
_NEAR = 80  # characters between an event and the date that is its own
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:subsequent to|ended|since|until|through|prior to|before|after|by|expir\w+(?: on| in)?|as of|beginning|began|starting|from|year|"
    r"quarter of|during(?: the)?(?: fiscal)?(?: year)?|ending|fiscal(?: year)?|to be held|terminated|ceased|concluded)\s*(?:on |in |the )*$",
    re.IGNORECASE,
)
# "as amended in 2021" dates the amendment
_OF_A_CHANGE = re.compile(
    r"\bamended(?: and restated)?(?: most recently| further)?\s*(?:on |in |the )*$", re.IGNORECASE
)
_DATED = re.compile(
    r"\bdated(?: as of)?\s*$", re.IGNORECASE
)  # the agreement's own date beats that of what became of it
_IN = re.compile(
    r"[,.]?\s(?:(?:which|that)\s(?:began|commenced|started|was\s(?:signed|entered\sinto|established|formed))\s)?(?:(?:executed|signed|entered into|made|concluded|established|dated|formed) )?(?:in|on|effective(?: on| as of)?)\s"
)  # "we acquired Alnora in 2015 and Brevin in 2018"
# "granted us a license to ALN-12 under an agreement signed in 2015"
_UNDER_ONE_MADE = re.compile(
    r"[^;]{0,90}?\s(?:under|pursuant to)\s(?:an?|the|our|its)\s(?:[\w-]+\s){0,4}?agreement\s(?:entered into|signed|executed|made|concluded)\s(?:in|on|as of)\s"
)
_BEHIND = re.compile(r",?\s(?:[^;,()]{1,45}\s)?(?:in|on|effective(?: on| as of)?)\s")
_OWN_YEAR = re.compile(r"(?:[’']s?|\b(?:the|an?|its|our|their))\s$")  # "Alnora's 2020 partnership with Brevin"
_SIGNED_AS_OF = re.compile(r"(?:dated|effective|made|entered into|executed)[^.;]{0,40}as of\s*$", re.IGNORECASE)


# "we have been partners since 2003": it began then
_EVER_SINCE = re.compile(
    r"\b(?:partner|collaborat|alliance|agreement|licen[sc])\w*\b[^.;,]{0,45}\bsince\s*$|^Since\s$", re.IGNORECASE
)
_HAVE_WORKED = re.compile(
    r"[^;]{0,60}?\b(?:ha(?:s|ve) (?:\w+ )?(?:collaborat|partner|been part|licen[sc])|working|worked)"
)
# "following the approval of ALN-12 in 2001, we entered into"
_OF_A_CAUSE = re.compile(
    r"\b(?:following|after|upon|given) (?:the |its |our |their )?(?:[\w-]+ ){0,2}?(?:approval|launch|termination|expir\w+|completion|acquisition|merger|formation|offering|return)\b[^.;,]{0,40}(?:in|on)\s*$",
    re.IGNORECASE,
)
# "During the year ended December 31, 2003, we entered into": in 2003
_PERIOD_ENDED = re.compile(
    r"(?:During|In|For)\sthe\s(?:fiscal\s)?(?:year|quarter|(?:three|six|nine|twelve)\s(?:and\s(?:six|nine)\s)?months|(?:three|six|nine|twelve)-month\speriod)\s(?:that\s)?ended\s"
)
_AND_ON = re.compile(r",?\s(?:(?:and|as well as)\s)?(?:again\s)?(?:further\s)?(?:amended\s)?(?:on\s|in\s)?")
# "during 2019, we entered into", where "during 2019, we recognized" dates nothing
_IN_THE_COURSE_OF = re.compile(
    r"As of\s|During\s(?:the\s)?(?:fiscal\s|calendar\s)?(?:year\s)?|In\s(?:the\s)?(?:fiscal|calendar)\s(?:year\s)?|(?:In|During)\s(?:the\s)?(?:first|second|third|fourth)\squarter\sof\s"
)
_MAKING = re.compile(
    r"\b(?:entered into|enter into|signed|executed|consummated|closed|licen[sc]ed|in-licen[sc]ed|granted|acquired|obtained|formed|established|partnered|complet(?:ed|ion of) (?:the|its|our|an?|all)(?: [\w-]+){0,2} (?:acquisitions?|merger|purchase))\b"
)
_PURSUANT_TO_WHICH = re.compile(r"\b(?:(?:pursuant to|under) which|whereby)\b")
_WHICH_BEGAN = re.compile(r"\b(?:which|that) (?:began|commenced|started|started off) (?:in|on) $")
# what is done under an agreement that was made before
_UNDER_IT = re.compile(
    r"\b(?:paid|received|recogni[sz]ed|recorded|achieved|earned|incurred|expensed|accrued|approved|dosed|notified|reported|filed|exercised|triggered|met|billed|invoiced|capitalized|"
    r"made (?:an? |the |its |our )?(?:[\w$.]+ ){0,4}payments?)\b"
)
# "On July 21, 2023 (the “Closing Date”), ... On the Closing Date, the Company changed its name"
_DEFINED = re.compile(r"\s\((?:the\s|such\sdate,\sthe\s)?[“\"](?P<name>[A-Z][a-z]+ Date)[”\"]\)")
_ON_THE = re.compile(r"\b(?:[Oo]n|[Ee]ffective (?:on|as of)) (?P<date>the (?P<name>[A-Z][a-z]+ Date))\b")


def _made_on(words: str) -> bool:
    """Whether the words between what is said and a date tell that it was done on that date."""
    return bool(_IN.fullmatch(words) or _UNDER_ONE_MADE.fullmatch(words))


class Dating:
    """Reads the dates of one document's deals."""

    def __init__(self, document: Document, filing_date: str | None) -> None:
        self._text, self._begin = document.text, document.begin
        end = min(document.end, document.begin + _HEAD_OF_RELEASE)
        datelines = _DATELINE.finditer(document.text, document.begin, end)
        dateline = next((m for m in datelines if not _RUNNING_TEXT.search(document.text[m.start() : m.start(1)])), None)
        dateline = dateline or _DATE_ALONE.search(
            document.text, document.begin, min(end, document.begin + _TOP_OF_RELEASE)
        )
        first = next(dates(document.text, dateline.start(1), dateline.end(1)), None) if dateline else None
        self._released = str(first.value) if first else None
        self._defined = [
            (m["name"], replace(d, start=m.start(), end=m.end()))
            for m in _DEFINED.finditer(document.text, document.begin, document.end)
            for d in dates(document.text, max(document.begin, m.start() - 40), m.start())
            if d.end == m.start()
        ]
        known = filing_date or self._released
        self._latest = int(known[:4]) if known else None  # a deal is not dated after the year of its filing

    def signed(self, masked: Masked, sentence: Sentence, start: int, end: int, *, changed: bool = False) -> str | None:
        """The date of what is said between two offsets of the masked sentence: the last one before, else one inside.

        With `changed`, it is a change of an agreement that is said, and the date of an amendment is its own.
        """
        begin, stop = masked.source(start), masked.source(end)
        usable: list[Found] = []
        passed: Found | None = None  # the last date that is something else's
        for d in self._dates(sentence):
            listed = passed is not None and _AND_ON.fullmatch(self._text, passed.end, d.start)
            amended = not changed and _OF_A_CHANGE.search(self._text, max(sentence.start, d.start - 60), d.start)
            if listed or amended or not self._may_date(d.start, sentence.start) or self._is_news(d, sentence):
                passed = d
            elif self._makes(d, begin, stop):
                usable.append(d)
        dated = next(
            (d for d in usable if begin <= d.start and _DATED.search(self._text, sentence.start, d.start)), None
        )
        if dated is not None:
            return str(dated.value)
        behind = next((d for d in usable if d.start >= stop and _made_on(self._text[stop : d.start])), None)
        if behind is not None:
            return str(behind.value)
        own = next((d for d in usable if begin < d.start < stop and _OWN_YEAR.search(self._text, begin, d.start)), None)
        if own is not None:
            return str(own.value)
        before = [d for d in usable if d.end <= begin]
        if before and begin - before[-1].end < (500 if self._under_what_was_made(before[-1], begin) else 160):
            return str(before[-1].value)
        inside = next((d for d in usable if begin < d.end <= stop + 60), None)
        return str(inside.value) if inside else None

    def behind(self, masked: Masked, sentence: Sentence, end: int) -> str | None:
        """The date right behind an offset of the masked sentence: "acquired by Alnora in 2019"."""
        stop = masked.source(end)
        found = (d for d in dates(self._text, stop, sentence.end) if _BEHIND.fullmatch(self._text, stop, d.start))
        return next((str(d.value) for d in found), None)

    def of_event(self, masked: Masked, sentence: Sentence, start: int) -> str | None:
        """The date of what happens at an offset of the masked sentence: the last before it, else the first behind."""
        at = masked.source(start)
        before = [d for d in dates(self._text, sentence.start, at) if at - d.end < _NEAR]
        behind = (d for d in dates(self._text, at, sentence.end) if d.start - at < 2 * _NEAR)
        found = before[-1] if before else next(behind, None)
        return str(found.value) if found else None

    def own(self, masked: Masked, start: int, end: int) -> str | None:
        """The date by which an agreement is called: "our May 2019 agreement"."""
        begin, stop = masked.source(start), masked.source(end)
        found = (d for d in dates(self._text, begin, stop) if _OWN_YEAR.search(self._text, begin, d.start))
        return next((str(d.value) for d in found), None)

    def announced(self, masked: Masked, sentence: Sentence) -> str | None:
        """When the sentence says it announces: its own date before "announced", or the press release's."""
        if "nnounc" not in masked.text:
            return None
        news = (d for d in dates(self._text, sentence.start, sentence.end) if self._is_news(d, sentence))
        found = next(news, None)
        return str(found.value) if found else self._released if _ANNOUNCED.search(masked.text) else None

    def released(self, sentence: Sentence) -> str | None:
        """The day of the press release, for what its first paragraphs tell."""
        return self._released if sentence.start - self._begin < _HEAD_OF_RELEASE else None

    def _dates(self, sentence: Sentence) -> Iterator[Found]:
        """The dates of a sentence, those that it calls by their defined names too, in order."""
        said = (
            d for date in dates(self._text, sentence.start, sentence.end) for d in self._in_a_period(date, sentence)
        )
        called = [
            replace(known[-1], start=m.start("date"), end=m.end("date"))
            for m in _ON_THE.finditer(self._text, sentence.start, sentence.end if self._defined else sentence.start)
            if (known := [d for name, d in self._defined if name == m["name"] and d.end < m.start()])
        ]
        yield from merge(said, called, key=lambda d: d.start)

    def _in_a_period(self, date: Found, sentence: Sentence) -> Iterator[Found]:
        """A date, as its year where it ends a period that a sentence begins with; none where the period is of two years."""
        period = _PERIOD_ENDED.fullmatch(self._text, sentence.start, date.start)
        if period is None:
            yield date
        elif "year" not in period.group() or "-12-" in str(date.value):
            yield replace(date, value=str(date.value)[:4])

    def _under_what_was_made(self, date: Found, begin: int) -> bool:
        """Whether it is told as part of what was made on that date: "we entered into ..., pursuant to which"."""
        words = self._text[date.end : begin]
        return bool(_MAKING.search(words)) and bool(_PURSUANT_TO_WHICH.search(words))

    def _may_date(self, start: int, limit: int) -> bool:
        before = self._text[max(limit, start - 60) : start]
        year = re.search(r"\b(?:19|20)\d\d\b", self._text[start : start + 30])
        if year and self._latest and int(year.group()) > self._latest:
            return False
        if _IN_THE_COURSE_OF.fullmatch(self._text, limit, start) or _PERIOD_ENDED.fullmatch(self._text, limit, start):
            return bool(_MAKING.search(self._text[start : start + 90]))
        if _SIGNED_AS_OF.search(before) or _WHICH_BEGAN.search(before):
            return True
        if since := _EVER_SINCE.search(before):
            return since.group().lower() != "since " or bool(_HAVE_WORKED.match(self._text, start))
        return not _OF_SOMETHING_ELSE.search(before) and not _OF_A_CAUSE.search(before)

    def _makes(self, date: Found, begin: int, stop: int) -> bool:
        """Whether what is said up to `stop` was done on a date before it, rather than something under a deal made before."""
        words = self._text[date.end : stop]
        return date.end > begin or bool(_MAKING.search(words)) or not _UNDER_IT.search(words)

    def _is_news(self, date: Found, sentence: Sentence) -> bool:
        before = self._text[max(sentence.start, date.start - 20) : date.start]
        after = self._text[date.end : min(sentence.end, date.end + 170)]
        return bool(_ANNOUNCING.match(after) or (_ANNOUNCED_ON.search(before) and _THAT.match(after)))
