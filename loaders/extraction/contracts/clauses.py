"""The text of a contract: its sentences, the definitions of its terms, its dates, money and blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from biopact.graph.records import Evidence, Value
from biopact.loaders.extraction import values
from biopact.loaders.extraction.contracts.worded import worded_amounts
from biopact.loaders.extraction.deal import Term
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.values import Found
from biopact.loaders.filing import Document

Span = tuple[int, int]
QUOTED = 400  # characters of the longest quotation

# A full stop, a semicolon or a blank line; not an abbreviation, and not a page break in mid-sentence.
_BREAK = re.compile(r"(?:[.;:][\"”’')\]]*\s+(?=[\"“(\[]?[A-Z0-9])|\n[^\S\n]*\n\s*(?=[^a-z\s]))")
_ABBREVIATED = re.compile(r"(?:\b(?:Inc|Corp|Ltd|Co|Nos?|Sec|Dr|Mr|Ms|St|vs?|Art|cf|[A-Z])|U\.S|e\.g|i\.e)\.\s+\Z")
_SUPERSCRIPT = re.compile(r"(?<=\d)\s?(?:s\s?t|n\s?d|r\s?d|t\s?h)(?=\s+(?:day\b|of\b|[A-Z]))")
_DAY_OF_MONTH = re.compile(r"(?<=\d)((?:st|nd|rd|th)?)\s+of\s(?=[A-Z][a-z]{2})")
# "this fifth (5th) day of June"
_FIRST_DAYS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_DAYS = (
    *_FIRST_DAYS,
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth", *(f"twenty-{day}" for day in _FIRST_DAYS), "thirtieth", "thirty-first"),
)
_DAY_IN_WORDS = re.compile(
    rf"\b(?P<day>{'|'.join(sorted(_DAYS, key=len, reverse=True))})(?:\s*\(\s*\d{{1,2}}(?:st|nd|rd|th)?\s*\))?(?=\s+day\s+of\s)",
    re.IGNORECASE,
)
# 19.12.2012, as it is written on the Continent
_DOTTED = re.compile(
    r"(?<![\d.])(?P<day>0?[1-9]|[12]\d|3[01])\.\s?(?P<month>0?[1-9]|1[0-2])\.\s?(?P<year>(?:19|20)\d\d)(?![\d.]\d)"
)
_LONE_BLANK = re.compile(
    r"(?<![\w*\]])\*(?=\s?%|\s+(?:years?|months?|days?|percent|million)\b)|\[\s*(?:\.{3}|…|X{2,})\s*\]"
)
_QUOTES = ('"', "“", "”", "'", "‘", "’")
_QUOTE = "[\"“”'‘’]{1,2}"
_MEANS = (
    r"(?:[Ss]hall\s+mean|[Ww]ill\s+mean|[Mm]eans?|MEANS?|shall\s+be(?=\s+(?:the|a|any|all|each|worldwide)\b)|shall\s+have\s+the\s+meaning"
    r"|has\s+the\s+meaning|refers?\s+to|(?:shall\s+)?consists?\s+of|comprises|shall\s+comprise|is\s+defined\s+as|shall\s+include|includes?(?=\s))"
)
_ELSEWHERE = re.compile(
    r"\s*(?:,\s*)?(?:as\s+)?(?:(?:shall\s+have|has|have)\s+)?(?:the\s+)?(?:meanings?\s+)?(?:as\s+)?(?:given"
    r"|set\s+(?:forth|out)|"
    r"specified|provided|ascribed|defined|assigned)\b",
)


@dataclass(frozen=True, slots=True)
class When:
    """A date and the words it was read from; derived where it was computed from a length of time."""

    value: str
    span: Span
    state: str = "stated"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a contract says a term means: the words of the definition, and the whole with the term."""

    term: str
    body: Span
    whole: Span


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract: the window of a document it stands in, and the book its facts go to."""

    book: FactBook
    document: Document

    @property
    def text(self) -> str:
        """The text that offsets count in."""
        return self.document.text

    @property
    def begin(self) -> int:
        """Where the contract begins."""
        return self.document.begin

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.document.end

    def quote(self, span: Span, rule: str, confidence: float = 0.9, limit: int = QUOTED) -> Evidence:
        """Evidence for a span, cut at a word after `limit` characters."""
        start, end = span
        if end - start > limit:
            end = (
                self.text.rfind(" ", start + limit // 2, start + limit)
                if " " in self.text[start:end]
                else start + limit
            )
        return self.book.quote(self.document, start, end, f"contract/{rule.replace(' ', '-')}", confidence)

    def around(self, value: Found, span: Span) -> Span:
        """A short quotation that holds a value: its sentence, cut before it where that is long."""
        start = max(span[0], value.start - 240)
        if start > span[0]:
            start = self.text.find(" ", start, value.start) + 1 or value.start
        end = min(max(span[1], value.end), value.end + 120)
        if end == value.end + 120:
            end = max(value.end, self.text.rfind(" ", value.end, end))
        return start, end

    def term(
        self,
        kind: str,
        span: Span,
        *,
        found: Found | None = None,
        value: str | None = None,
        state: str = "stated",
        details: Mapping[str, Value] | None = None,
    ) -> Term:
        """A term in the words of a span, with the amount found in it and what else the words say of it."""
        amount = float(found.value) if found is not None else None
        currency = found.currency if found is not None else None
        more = tuple(sorted((details or {}).items()))
        return Term(kind, state, self.quote(span, kind, 0.85), value, amount, currency, details=more)

    def find(
        self, pattern: re.Pattern[str], start: int | None = None, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """Matches of a pattern in the contract, or in a part of it."""
        return pattern.finditer(
            self.text, self.begin if start is None else start, self.end if end is None else min(end, self.end)
        )

    def words(self, span: Span) -> str:
        """The words of a span with single spaces."""
        return squeeze(self.text[span[0] : span[1]])

    def sentence(self, at: int, before: int = 400, after: int = 700) -> Span:
        """The sentence, or clause ended by a semicolon, around an offset."""
        at = min(at, self.end - 1)
        low, high = max(self.begin, at - before), min(self.end, at + after)
        start, end = low, high
        for m in _BREAK.finditer(self.text, low, high):
            if _ABBREVIATED.search(self.text, max(low, m.start() - 6), m.end()):
                continue
            if m.end() <= at:
                start = m.end()
            elif m.start() >= at:
                end = m.start() + (1 if self.text[m.start()] in ".;:" else 0)
                break
        if start == low > self.begin and self.text[low - 1].isalnum():  # a long sentence is cut between words
            start = max(low, self.text.find(" ", low, at) + 1)
        if end == high < self.end and self.text[high].isalnum():
            end = max(at + 1, self.text.rfind(" ", at, high))
        while start < end and self.text[start].isspace():
            start += 1
        return start, end

    def dates(self, start: int, end: int) -> Iterator[Found]:
        """Dates between two offsets, also where a superscript was torn off ("18t h day of August 2014")."""
        part = self.text[start : min(end, self.end)]
        part = _SUPERSCRIPT.sub(lambda m: "".join(m.group().split()).ljust(len(m.group())), part)
        part = _DAY_IN_WORDS.sub(lambda m: str(_DAYS.index(m["day"].lower()) + 1).ljust(len(m.group())), part)
        part = _DAY_OF_MONTH.sub(lambda m: m.group(1).ljust(len(m.group())), part)
        dotted = [
            Found(m.start(), m.end(), f"{m['year']}-{int(m['month']):02d}-{int(m['day']):02d}")
            for m in _DOTTED.finditer(part)
        ]
        for d in sorted([*values.dates(part), *dotted], key=lambda d: d.start):
            yield Found(d.start + start, d.end + start, d.value)

    def amounts(self, start: int, end: int) -> Iterator[Found]:
        """Amounts of money between two offsets, in figures or in words."""
        end = min(end, self.end)
        found = [*values.amounts(self.text, start, end), *worded_amounts(self.text, start, end)]
        yield from sorted(found, key=lambda f: f.start)

    def blanks(self, start: int, end: int) -> Iterator[Found]:
        """Values that the filer left out between two offsets: ``[***]``, or a lone asterisk for a number."""
        end = min(end, self.end)
        found = [*values.redactions(self.text, start, end)]
        found += [Found(m.start(), m.end(), m.group()) for m in _LONE_BLANK.finditer(self.text, start, end)]
        yield from sorted(found, key=lambda f: f.start)

    def definition(self, *terms: str) -> Definition | None:
        """The definition of the first of these terms (regular expressions) that the contract defines."""
        return next(self.definitions(*terms), None)

    def definitions(self, *terms: str) -> Iterator[Definition]:
        """Definitions of these terms: ``"Field" means …``, ``Field shall mean …``, ``Territory The countries …``."""
        for term in terms:
            for form in _definition_forms(term):
                for m in self.find(form):
                    quoted = self.text[max(0, m.start() - 1) : m.start()] in _QUOTES
                    if _ELSEWHERE.match(self.text, m.end()) or not (quoted or self._opens(m.start())):
                        continue
                    stop = self.sentence(m.end(), 0, 900)[1]
                    following = (_NEXT_DEFINITION if m.groupdict().get("verb") else _NEXT_ROW).search(
                        self.text, m.end(), stop
                    )
                    if following:
                        stop = following.start()
                    if stop - m.end() > 3:
                        yield Definition(m["term"], (m.end(), stop), (m.start() - quoted, stop))

    def _opens(self, at: int) -> bool:
        """Whether a sentence, a clause or a line begins at an offset."""
        before = self.text[max(self.begin, at - 12) : at]
        return not before or "\n" in before[len(before.rstrip()) :] or before.rstrip()[-1:] in ".;:)0123456789"


_NEXT_ROW = re.compile(r"\s[A-Z][\w-]*\s+(?:shall\s+(?:mean|have\s+the\s+meaning)|means\b)")
_NEXT_DEFINITION = re.compile(
    r"\s(?:\d+(?:\.\d+)+\.?\s+)?(?:[\"“](?=[A-Z][^\"”]{1,50}[\"”]\s+(?:shall|means?|has|have)\b)"
    r"|(?:[A-Z][\w-]*\s+){1,4}(?:shall\s+(?:mean|have\s+the\s+meaning)|means\b))"
)


def _definition_forms(term: str) -> tuple[re.Pattern[str], ...]:
    """How a term is defined: with a verb, quoted or not; as the row of a table; with a colon. Each begins at the term."""
    return (
        re.compile(
            rf"(?<=[\"“”'‘’])(?P<term>{term}){_QUOTE}(?:\s+or\s+{_QUOTE}[^\"”]{{1,40}}{_QUOTE})?[^.\"“]{{0,60}}?\s"
            rf"(?P<verb>{_MEANS})[\s:,]"
        ),
        re.compile(rf"(?<![\w\"“])(?P<term>{term})\s{{1,9}}(?P<verb>shall\s+mean|means)[\s:,]"),
        re.compile(rf"(?<![\w\"“])(?P<term>{term})[ \t:–—-]{{1,40}}(?=(?:The|Any|All|Each|Worldwide|the)\s)"),
        re.compile(rf"(?<!\w)(?P<term>{term})(?:{_QUOTE})?\s{{0,9}}[:–—]\s{{0,9}}(?=[A-Z(a-z])"),
    )


def squeeze(text: str) -> str:
    """Single spaces, no space at the ends."""
    return re.sub(r"\s+", " ", text).strip()
