"""Facts of a form's cover page, where values stand before their labels, after them, or in tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biopact.loaders.filing import CoverFact
from biopact.loaders.forms.dates import DATE, iso_of
from biopact.loaders.forms.places import canonical_place, place_pattern

_COVER = 12_000  # characters; the longest real cover pages, with co-registrants, are near 10,000
_COVER_END = re.compile(
    r"\n[\s#*|]{0,20}(?:TABLE\s+OF\s+CONTENTS|PART\s+I\b|ITEM\s+\d|EXPLANATORY\s+NOTE|FORWARD.LOOKING)", re.I
)
_FORM = re.compile(
    r"\bFORM[\s*#]{1,10}(?P<form>(?:(?:10|8|6|20|40)-[A-Z]{1,3}|[SF]-)\d{0,3}(?:\s?/\s?A)?)(?![-\w])", re.I
)
_NAME_LABEL = re.compile(
    r"Exact[ \t]+names?[ \t\n]+of[ \t\n]+(?:each[ \t]+|the[ \t]+)?"
    r"(?:co-?registrant|registrant|company|issuer|small[ \t]+business[ \t]+issuer)s?"
    r"[ \t\n*]+(?:as[ \t\n]+(?:it[ \t]+appears|specified)[ \t\n]+in[ \t\n]+(?:its|their|the)[ \t\n]+"
    r"(?:respective[ \t]+)?(?:charter|articles|trust[ \t]+instrument)s?\)?)?"
    r"|\(Name[ \t]+of[ \t]+(?:Issuer|Subject[ \t]+Company)\b",
    re.I,
)
_NUMBER_LABEL = re.compile(
    r"Commission[\s*]+(?:file|registration)[\s*]+(?:n(?:umber|o)s?\b|#)|SEC\s+File\s+N"
    r"|(?<!Exchange\s)Commission\b(?=[\s\S]{0,150}?\bfile[\s*|]+n)",  # as the head of a column
    re.I,
)
_FILE_NUMBER = re.compile(r"(?<![\d.)-])(?<!\)\s)(?P<value>\d{1,3}\s?[-–]\s?\d{4,6}(?:-\d{1,3})?)(?![\d-])", re.A)
_EMPLOYER_LABEL = re.compile(r"I\.?\s?R\.?\s?S\.?[\s*]|Employer[\s*]+Ident", re.I)
_EMPLOYER = re.compile(r"(?<![\d-])(?P<value>\d{2}\s?[-–—]\s?\d{7})(?![\d-])", re.A)
_PLACE_LABEL = re.compile(
    r"(?:State|Province|Country|Jurisdiction)[^.\n|]{0,60}\s{0,3}[^.\n|]{0,40}(?:jurisdiction|incorporat|organi[sz]ation)",
    re.I,
)
_PERIOD = re.compile(
    r"for[ \t]+(?:the[ \t]+)?(?:fiscal[ \t]+|quarterly[ \t]+|transition[ \t]+)?"
    r"(?:year|quarter|period|(?:three|six|nine)[ \t]+months)"
    r"[ \t]+(?:then[ \t]+)?end(?:ed|ing)[\s:*_]{0,12}",
    re.I,
)
_EVENT_LABEL = re.compile(
    r"Date[ \t\n]+of[ \t\n]+(?:Report|(?:the[ \t]+)?Earliest[ \t\n]+Event|Event[ \t\n]+Which)", re.I
)
_SYMBOLS = re.compile(r"Trading(?:[\s*]|<br>)+symbols?|Ticker[\s*]+symbols?", re.I)
_LISTED = re.compile(r"(?:pursuant|according)\s+to\s+Section\s+12\s?\(b\)", re.I)
_EXCHANGE = re.compile(
    r"\b(?:(?:The[ \t]+)?NASDAQ"
    r"(?:[ \t]+(?:Global|Capital|Stock|National|Select|Market|LLC|Inc\.?|SmallCap|of|System)\b\.?){0,6}"
    r"|(?:New[ \t]+York|American|Toronto|London|Chicago|SIX[ \t]+Swiss)[ \t]+(?:Stock[ \t]+)?Exchange"
    r"|NYSE(?:[ \t]+(?:American|Arca|MKT|Amex|Chicago|LLC)\b){0,3}"
    r"|OTC[ \t]?(?:QB|QX|Pink|Markets|Bulletin[ \t]+Board)|Euronext[ \t]+\w+)",
    re.I,
)
_TICKER_CELL = re.compile(r"[\"“”'‘’*]{0,3}(?P<value>[A-Z]{1,5}(?:[./-][A-Z]{1,3}|\d{2}[A-Z]?)?)[\"“”'‘’*]{0,3}", re.A)
_TICKER_TAIL = re.compile(r"[\s(](?P<value>[A-Z]{2,5})[\s\"“”]{0,3}$", re.A)
_CELL_END = re.compile(r"[|\n\t]| {3,}|<br>")
_MARKS = " \t*#_|>=~-–—•"
_RULE = re.compile(r"[\W_]*")
_CAPTION = re.compile(
    r"commission|securities|form\s+\d|washington|\bdate of|pursuant|file n|for the|report|_{4}|exact name", re.I
)
_SUFFIX = re.compile(r"(?:INC|CORP|LTD|LLC|L\.?P|PLC|CO|N\.?V|S\.?A|A\.?G|CORPORATION|COMPANY|LIMITED)\b\.?", re.I)
_BARE_NAME = re.compile(r".*[^\W\d_].*", re.S)
_SIGNATURE = re.compile(
    r"^[ \t#*|]{0,20}SIGNATURES?\b[^\n]{0,20}$|Pursuant[ \t\n]+to[ \t\n]+the[ \t\n]+requirements[ \t\n]+of", re.M | re.I
)
_SIGNED = re.compile(r"\bDated?[ \t*]{0,6}(?:as[ \t]+of|:|this)?[\s*|_:]{0,12}", re.I)


def cover_facts(text: str, begin: int, end: int, document: int) -> tuple[CoverFact, ...]:
    """What the cover page at the start of the window says, each fact with its exact span."""
    if not _NAME_LABEL.search(text, begin, min(end, begin + _COVER)) and (late := _NAME_LABEL.search(text, begin, end)):
        begin = max(begin, text.rfind("EXCHANGE COMMISSION", begin, late.start()), late.start() - 3000)
    window = min(end, begin + _COVER)
    closing = _COVER_END.search(text, min(begin + 600, window), window)
    page = _Page(text, begin, closing.start() if closing else window, document)
    facts = [
        *page.form(),
        *page.event_date(),
        *page.period(),
        *page.registrants(),
        *page.shaped("commission_file_number", _NUMBER_LABEL, _FILE_NUMBER, before=400, after=250),
        *page.shaped("irs_number", _EMPLOYER_LABEL, _EMPLOYER, before=500, after=400),
        *page.jurisdiction(),
        *page.listings(),
    ]
    return tuple(sorted(facts, key=lambda fact: (fact.start, fact.name)))


def signing_date(text: str, begin: int, end: int, document: int) -> CoverFact | None:
    """The date beside the first signature of a report."""
    for heading in _SIGNATURE.finditer(text, begin, end):
        limit = min(end, heading.end() + 3000)
        for label in _SIGNED.finditer(text, heading.end(), limit):
            if (day := DATE.match(text, label.end(), limit)) and (value := iso_of(day)):
                return CoverFact("filing_date", value, document, day.start(), day.end())
    return None


class _Page:
    """A cover page: a stretch of text with labels and, near them, values."""

    def __init__(self, text: str, begin: int, end: int, document: int) -> None:
        self.text, self.begin, self.end, self.document = text, begin, end, document

    def _fact(self, name: str, value: str, start: int, end: int, company: int = 0) -> CoverFact:
        return CoverFact(name, value, self.document, start, end, company)

    def _stated(self, name: str, start: int, end: int, company: int = 0) -> CoverFact:
        return self._fact(name, " ".join(self.text[start:end].split()), start, end, company)

    def form(self) -> Iterator[CoverFact]:
        if match := _FORM.search(self.text, self.begin, self.end):
            value = re.sub(r"\s", "", match["form"]).upper()
            yield self._fact("form", value, match.start("form"), match.end("form"))

    def event_date(self) -> Iterator[CoverFact]:
        labels = list(_EVENT_LABEL.finditer(self.text, self.begin, self.end))
        if not labels:
            yield from self._lone_date()
            return
        label = labels[-1] if len(labels) > 1 and labels[-1].start() - labels[0].start() < 400 else labels[0]
        found = DATE.search(self.text, label.end(), min(self.end, label.end() + 200))
        if found:  # "April 15, 2025 (April 14, 2025)": the report, then the event
            second = DATE.match(self.text, _skip(self.text, found.end(), " \t\n(*"))
            found = second if second and "(" in self.text[found.end() : second.start()] else found
        else:
            before = list(DATE.finditer(self.text, max(self.begin, labels[0].start() - 200), labels[0].start()))
            found = before[-1] if before else None
        if found and (value := iso_of(found)):
            yield self._fact("event_date", value, found.start(), found.end())

    def _lone_date(self) -> Iterator[CoverFact]:
        """The first date that is a line of its own, on covers that leave the label out."""
        for day in DATE.finditer(self.text, self.begin, min(self.begin + 1500, self.end)):
            before = self.text[max(self.begin, day.start() - 40) : day.start()].rpartition("\n")[2]
            after = self.text[day.end() : day.end() + 40].partition("\n")[0]
            if not (before + after).strip(_MARKS) and (value := iso_of(day)):
                yield self._fact("event_date", value, day.start(), day.end())
                return

    def period(self) -> Iterator[CoverFact]:
        for label in _PERIOD.finditer(self.text, self.begin, self.end):
            day = DATE.match(self.text, label.end())
            if day and (value := iso_of(day)):
                yield self._fact("period_of_report", value, day.start(), day.end())
                return

    def registrants(self) -> Iterator[CoverFact]:
        seen: set[str] = set()
        for label in _NAME_LABEL.finditer(self.text, self.begin, self.end):
            span = self._before(label.start()) or self._after(label.end())
            if span and (name := " ".join(self.text[slice(*span)].split())) not in seen:
                yield self._fact("registrant", name, *span, company=len(seen))
                seen.add(name)

    def _before(self, label: int) -> tuple[int, int] | None:
        """The span of the words that end before a label: on its line, else on the nearest line above."""
        end = label
        for _ in range(12):
            start = max(self.text.rfind("\n", self.begin, end) + 1, self.begin)
            cell = self._last_cell(start, end)
            if cell:
                if _CAPTION.search(self.text, *cell):
                    return None
                if _SUFFIX.fullmatch(self.text[slice(*cell)]) and start > self.begin:
                    above = self._last_cell(
                        max(self.text.rfind("\n", self.begin, start - 1) + 1, self.begin), start - 1
                    )
                    return (above[0], cell[1]) if above else cell
                return cell
            if start <= self.begin:
                return None
            end = start - 1
        return None

    def _last_cell(self, start: int, end: int) -> tuple[int, int] | None:
        found = None
        for piece_start, piece_end in _pieces(self.text, start, end):
            span = _trimmed(self.text, piece_start, piece_end)
            if span and _BARE_NAME.match(self.text, *span) and span[1] - span[0] < 160:
                found = span
        return found

    def _after(self, label: int) -> tuple[int, int] | None:
        start = _skip(self.text, label, " \t*):")
        if ":" not in self.text[label:start]:
            return None
        stop = self.text.find("\n", start, self.end)
        return _trimmed(self.text, start, stop if stop >= 0 else self.end)

    def shaped(
        self, name: str, label: re.Pattern[str], shape: re.Pattern[str], before: int, after: int
    ) -> Iterator[CoverFact]:
        """Values known by their shape: for each label the nearest one after or before it."""
        taken: set[str] = set()
        for at in label.finditer(self.text, self.begin, self.end):
            found = [
                *shape.finditer(self.text, max(self.begin, at.start() - before), at.start()),
                *shape.finditer(self.text, at.end(), min(self.end, at.end() + after)),
            ]
            nearest = min(found, default=None, key=lambda m: max(at.start() - m.end(), m.start() - at.end()))
            if nearest:
                value = re.sub(r"\s?[-–—]\s?", "-", nearest["value"])
                if value not in taken:
                    yield self._fact(name, value, nearest.start("value"), nearest.end("value"), company=len(taken))
                taken.add(value)

    def jurisdiction(self) -> Iterator[CoverFact]:
        label = _PLACE_LABEL.search(self.text, self.begin, self.end)
        if not label:
            return
        near = [
            place
            for place in place_pattern().finditer(self.text, max(self.begin, label.start() - 500), label.end() + 600)
            if self._stands_alone(place) and place.start() >= self.begin and place.end() <= self.end
        ]
        before = [place for place in near if place.end() <= label.start()]
        after = [place for place in near if place.start() >= label.end()]
        if place := (before[-1:] or after[:1]):
            start, end = place[0].span()
            yield self._fact("jurisdiction", canonical_place(self.text[start:end]), start, end)

    def _stands_alone(self, place: re.Match[str]) -> bool:
        """Whether a place name is a value, and not the end of an address or a part of a name."""
        ahead = self.text[max(self.begin, place.start() - 3) : place.start()].rstrip(" *")
        following = self.text[place.end() : place.end() + 14].lstrip(" *")
        return (
            not ahead.endswith((",", "-"))
            and not ahead[-1:].isalnum()
            and bool(
                re.match(r"\(|\||\n|<br>|\d{2}\s?[-–]\s?\d{7}|\d{1,3}-\d{4,6}|$|\t|State\b", following)
                or self.text[place.end() : place.end() + 2] == "  "
            )
        )

    def listings(self) -> Iterator[CoverFact]:
        """Ticker and exchange, row by row of the table of registered securities."""
        symbols = _SYMBOLS.search(self.text, self.begin, self.end)
        heading = symbols or _LISTED.search(self.text, self.begin, self.end)
        if not heading:
            return
        position = heading.end()
        stop = _LISTED_END.search(self.text, position, self.end)
        for exchange in _EXCHANGE.finditer(self.text, position, stop.start() if stop else self.end):
            ticker = self._ticker(position, exchange.start()) if symbols else None
            if symbols and not ticker:
                continue  # an exchange named a second time
            if ticker:
                yield self._stated("ticker", *ticker)
            yield self._stated("exchange", *exchange.span())
            position = exchange.end()

    def _ticker(self, start: int, end: int) -> tuple[int, int] | None:
        cells = [span for piece in _pieces(self.text, start, end) if (span := _trimmed(self.text, *piece))]
        for span in reversed(cells[-2:]):
            if match := _TICKER_CELL.fullmatch(self.text, *span):
                return match.span("value")
        tail = _TICKER_TAIL.search(self.text, max(start, end - 12), end)
        return tail.span("value") if tail else None


_LISTED_END = re.compile(r"Section\s+12\s?\(g\)|Indicate\s+by\s+check\s+mark", re.I)


def _skip(text: str, position: int, characters: str) -> int:
    while position < len(text) and text[position] in characters:
        position += 1
    return position


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The cells of a line: between pipes, tabs and wide gaps."""
    for mark in _CELL_END.finditer(text, start, end):
        yield start, mark.start()
        start = mark.end()
    yield start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without surrounding space and marks of markdown or rules; None when nothing is left."""
    while start < end and (text[start] in _MARKS or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _MARKS or text[end - 1] == "(" or text[end - 1].isspace()):
        end -= 1
    return (start, end) if start < end and not _RULE.fullmatch(text, start, end) else None
