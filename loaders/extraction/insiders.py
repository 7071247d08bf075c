"""Reads Forms 3, 4 and 5: how many shares of a company its directors, officers and large holders own."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from biopact.loaders.extraction.cover import clean_header_name
from biopact.loaders.extraction.cover_rows import clean_name, shares_in
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.stakes import Stake, cik_of, issuer_of, state_stakes
from biopact.loaders.filing import Document
from biopact.loaders.forms.dates import DATE, iso_of

Span = tuple[int, int]

_XML = re.compile(r"<(?:[\w.-]+:)?ownershipDocument\b", re.IGNORECASE)
_PAGE = re.compile(r"STATEMENT OF (?:CHANGES IN )?BENEFICIAL OWNERSHIP(?: OF SECURITIES)?", re.IGNORECASE)
_LINE = re.compile(r"<nonDerivative(?:Transaction|Holding)>", re.IGNORECASE)
_OWNER = re.compile(r"<reportingOwner>", re.IGNORECASE)
_LONGEST = 20_000  # characters of a line or an owner
# As EDGAR shows the forms in a browser
_TABLE = re.compile(r"Table I\b\s*-\s*Non-Derivative")
_TABLE_END = re.compile(r"Table II\b|Explanation of Responses")
_ROW = re.compile(
    r"^(?P<title>[A-Z][^|\n]{2,120}?) \| (?:[^\n]{0,500}[^\d,.$\n])?(?P<shares>\d[\d,]*(?:\.\d+)?)(?:\s?\(\d{1,2}\))*"
    r"\s*\|?\s*(?P<how>[DI])(?:\s?\(\d{1,2}\))*(?:\s*\|\s*(?P<nature>[^\n]*))?$",
    re.MULTILINE,
)
_PERSON = re.compile(r"Name and Address of Reporting Person\*?[ \t]*\n[ \t]*(?P<name>[^\n|]{2,150})")
_ISSUER = re.compile(r"Issuer Name and Ticker or Trading Symbol[ \t]*\n[ \t]*(?P<name>[^\n|\[]{2,150}?)\s*(?=\[|\n)")
_DATE = re.compile(r"Date of (?:Earliest Transaction|Event Requiring Statement)[^\n]*\n[ \t]*(?P<date>[\d/-]{8,10})")


@dataclass(frozen=True, slots=True)
class Named:
    """A name, an amount or a date of a form, and where it stands."""

    value: str
    span: Span  # of the words that say it
    cik: str | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """What the owners hold of one class of shares: the sum of what they hold directly and in each indirect way."""

    title: str
    shares: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class InsiderReport:
    """What a form says."""

    owners: tuple[Named, ...]
    issuer: Named
    as_of: Named | None
    holdings: tuple[Holding, ...]


def is_insider_report(document: Document) -> bool:
    """Whether the document is a Form 3, 4 or 5, as XML or as EDGAR shows it in a browser."""
    head = (document.begin, min(document.end, document.begin + 3000))
    return _XML.search(document.text, *head) is not None or (
        document.type.partition("/")[0] in ("3", "4", "5") and _PAGE.search(document.text, *head) is not None
    )


def insider_report(document: Document) -> InsiderReport | None:
    """What the form says; None where it names no owner or no issuer, as forms of plain text do in ways of their own."""
    text, begin, end = document.text, document.begin, document.end
    xml = _XML.search(text, begin, min(end, begin + 3000)) is not None
    owners = tuple(_xml_owners(text, begin, end) if xml else _named(text, _PERSON, begin, end))
    issuer = _xml_named(text, "issuerName", "issuerCik", begin, end) if xml else _first(text, _ISSUER, begin, end)
    if not owners or issuer is None:
        return None
    date = _element(text, "periodOfReport", begin, end) if xml else _DATE.search(text, begin, end)
    day = DATE.match(date[1]) if date else None
    as_of = Named(iso, date.span(1)) if date and day and (iso := iso_of(day)) else None
    lines = _xml_lines(text, begin, end) if xml else _page_lines(text, begin, end)
    return InsiderReport(owners, issuer, as_of, tuple(_holdings(lines)))


def read_insiders(book: FactBook, document: Document) -> None:
    """State what the owners hold of each class of the issuer's shares. Owners who file together hold together."""
    report = insider_report(document)
    if report is None:
        return
    rule = "ownership/insider"
    words = book.quote(document, *report.issuer.span, "ownership/issuer", 0.97)
    issuer = issuer_of(book, report.issuer.value, words, cik_of(report.issuer.cik or ""))
    day = report.as_of
    as_of = (day.value, book.quote(document, *day.span, rule, 0.97)) if day else None
    owners = [(owner, book.quote(document, *owner.span, rule, 0.97)) for owner in report.owners]
    for number, holding in enumerate(report.holdings, 1):
        lines = tuple(book.quote(document, *span, rule, 0.97) for span in holding.spans)
        stakes = [
            Stake(owner.value, frozenset(), holding.shares, None, (named, *lines), cik=cik_of(owner.cik or ""))
            for owner, named in owners
        ]
        state_stakes(book, issuer, stakes, as_of, (holding.title, lines[0]), f"{number}.")


def _holdings(lines: Iterator[tuple[str, str, float, Span]]) -> Iterator[Holding]:
    """A form that tells of several transactions says after each what is held then: the last one counts."""
    held: dict[str, dict[str, tuple[float, Span]]] = {}
    for title, way, shares, span in lines:
        held.setdefault(title, {})[way] = shares, span
    for title, ways in held.items():
        yield Holding(title, sum(shares for shares, _ in ways.values()), tuple(span for _, span in ways.values()))


def _xml_lines(text: str, begin: int, end: int) -> Iterator[tuple[str, str, float, Span]]:
    for body in _elements(text, _LINE, begin, end):
        title = _value(text, "securityTitle", *body)
        shares = _value(text, "sharesOwnedFollowingTransaction", *body)
        amount = shares_in(shares[1]) if shares else None
        if title and shares and amount is not None:
            way = " ".join(found[1] for tag in _WAYS if (found := _value(text, tag, *body)))
            span = min(title.start(1), shares.start()), max(title.end(), shares.end())
            yield _plain(title[1]), way, amount, span


_WAYS = ("directOrIndirectOwnership", "natureOfOwnership")


def _page_lines(text: str, begin: int, end: int) -> Iterator[tuple[str, str, float, Span]]:
    table = _TABLE.search(text, begin, end)
    if table is None:
        return
    closing = _TABLE_END.search(text, table.end(), end)
    for row in _ROW.finditer(text, table.end(), closing.start() if closing else end):
        if (amount := shares_in(row["shares"])) is not None:
            yield _plain(row["title"]), f"{row['how']} {row['nature'] or ''}", amount, row.span()


def _xml_owners(text: str, begin: int, end: int) -> Iterator[Named]:
    for owner in _elements(text, _OWNER, begin, end):
        if named := _xml_named(text, "rptOwnerName", "rptOwnerCik", *owner):
            yield named


def _elements(text: str, opening: re.Pattern[str], begin: int, end: int) -> Iterator[Span]:
    """The insides of elements, each up to where its tag closes or the next one opens."""
    starts = [found.span() for found in opening.finditer(text, begin, end)]
    for (start, inside), (following, _) in pairwise([*starts, (end, end)]):
        stop = min(following, inside + _LONGEST)
        closing = text.find(f"</{text[start + 1 : inside]}", inside, stop)
        yield inside, closing if closing >= 0 else stop


def _xml_named(text: str, tag: str, cik_tag: str, begin: int, end: int) -> Named | None:
    found = _element(text, tag, begin, end)
    name = clean_name(clean_header_name(_plain(found[1]))) if found else ""
    cik = _element(text, cik_tag, begin, end)
    return Named(name, found.span(1), cik[1].strip() if cik else None) if found and name else None


def _named(text: str, pattern: re.Pattern[str], begin: int, end: int) -> Iterator[Named]:
    seen: set[str] = set()
    for found in pattern.finditer(text, begin, end):
        if (name := clean_name(clean_header_name(found["name"]))) and name not in seen:
            seen.add(name)
            yield Named(name, found.span("name"))


def _first(text: str, pattern: re.Pattern[str], begin: int, end: int) -> Named | None:
    return next(_named(text, pattern, begin, end), None)


def _element(text: str, tag: str, begin: int, end: int) -> re.Match[str] | None:
    pattern = re.compile(rf"<(?:[\w.-]+:)?{tag}(?:\s[^<>]{{0,300}})?>\s*([^<]{{1,400}}?)\s*</", re.IGNORECASE)
    return pattern.search(text, begin, end)


def _value(text: str, tag: str, begin: int, end: int) -> re.Match[str] | None:
    """The value inside an element of a form, which has footnotes beside it."""
    pattern = re.compile(rf"<{tag}>\s*<value>\s*([^<]{{1,400}}?)\s*</value>", re.IGNORECASE)
    return pattern.search(text, begin, end)


def _plain(words: str) -> str:
    return " ".join(html.unescape(words).split())
