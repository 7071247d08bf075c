"""Reads Schedules 13D and 13G: who holds how many shares of which company, from XML or from their cover pages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise

from biopact.graph.records import Evidence
from biopact.loaders.extraction.cover import words_above
from biopact.loaders.extraction.cover_rows import PAGE_START, Row, clean_name, percent_in, rows_of, shares_in, types_in
from biopact.loaders.extraction.deal import Entity
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.insiders import is_insider_report, read_insiders
from biopact.loaders.extraction.namesakes import full_key
from biopact.loaders.extraction.stakes import Stake, cik_of, issuer_of, state_stakes
from biopact.loaders.extraction.values import dates
from biopact.loaders.filing import Document

_TYPE = re.compile(r"SC(?:HEDULE)? ?13[DG]", re.IGNORECASE)
_XML = re.compile(r"<(?:[\w.-]+:)?edgarSubmission\b[^>]{0,600}schedule13[dg]", re.IGNORECASE)
_XML_HOLDER = re.compile(
    r"<(?P<tag>(?:[\w.-]+:)?(?:reportingPersonInfo|coverPageHeaderReportingPersonDetails))(?:\s[^<>]{0,300})?>",
    re.IGNORECASE,
)
_ISSUER_LABEL = re.compile(
    r"\(\s*Name\s+of\s+(?:the\s+)?(?:Subject\s+Company\s*\(?)?\s*Issuer\b[\s)]{0,4}", re.IGNORECASE
)
_ISSUER_ITEM = re.compile(r"Name\s+of\s+(?:the\s+)?Issuer\s*[:.)|\s]{1,20}(?P<name>\S[^\n|]{1,150})", re.IGNORECASE)
_EVENT_LABEL = re.compile(r"\(?\s{0,9}Date\s+of\s+(?:the\s+)?Event\s+Which\s+Requires", re.IGNORECASE)
_CLASS_LABEL = re.compile(r"\(?\s{0,9}Title\s+of\s+(?:the\s+)?Class\s+of\s+(?:Securities|Stock)", re.IGNORECASE)
_CUSIP = re.compile(r"CUSIP|\b[0-9A-Z]{6}[0-9A-Z]{2}\d\b")
_LONGEST_CLASS = 150
_XML_SHARED = re.compile(
    r"<(?:[\w.-]+:)?shared(?:Voting|Dispositive)Power(?:\s[^<>]{0,300})?>([^<]{1,40})<", re.IGNORECASE
)
_SHORT_DATE = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d\d)\b")
_BLOCK_LENGTH = 12_000  # characters a cover page of one reporting person may take


def is_ownership_report(document: Document) -> bool:
    """Whether the document is a Schedule 13D or 13G, or carries its cover pages, or is a Form 3, 4 or 5."""
    if is_insider_report(document):
        return True
    if _XML.search(document.text, document.begin, min(document.end, document.begin + 3000)):
        return True
    if document.type == "SEC-HEADER" or document.type.upper().startswith("EX-"):
        return False
    return PAGE_START.search(document.text, document.begin, document.end) is not None


def read_ownership(book: FactBook, document: Document) -> None:
    """State a stake for each reporting person of a Schedule 13D or 13G, or of a Form 3, 4 or 5.

    Several persons may report the same shares: each keeps an edge of its own, and `block` says that they overlap.
    """
    if is_insider_report(document):
        read_insiders(book, document)
        return
    if not is_ownership_report(document):
        return
    xml = _XML.search(document.text, document.begin, min(document.end, document.begin + 3000)) is not None
    stakes = list(_xml_stakes(book, document) if xml else _page_stakes(book, document))
    issuer = (_xml_issuer if xml else _page_issuer)(book, document)
    if issuer is not None:
        # a person with a page for each of several classes of shares is stated with the first
        stakes = list({full_key(s.name): s for s in reversed(stakes)}.values())[::-1]
        event = (_xml_event if xml else _event)(book, document)
        class_ = (_xml_class if xml else _page_class)(book, document)
        state_stakes(book, issuer, stakes, event, class_)


# The XML form, since December 2024: the document's text is the XML, so spans of elements are verbatim.


def _element(text: str, tag: str, begin: int, end: int) -> re.Match[str] | None:
    found = re.compile(rf"<(?:[\w.-]+:)?{tag}(?:\s[^<>]{{0,300}})?>([^<]*)</[^<>]{{0,80}}>", re.IGNORECASE).search(
        text, begin, end
    )
    return found if found and found.group(1).strip() else None


def _xml_stakes(book: FactBook, document: Document) -> Iterator[Stake]:
    text = document.text
    holders = list(_XML_HOLDER.finditer(text, document.begin, document.end))
    ends = [start for _, start in pairwise([*(h.start() for h in holders), document.end])]
    for m, following in zip(holders, ends, strict=True):
        closing = text.find(f"</{m['tag']}", m.end(), following)
        end = closing if closing >= 0 else following
        name = _element(text, "reportingPersonName", m.end(), end)
        shares = _element(
            text, r"(?:aggregateAmountOwned|reportingPersonBeneficiallyOwnedAggregateNumberOfShares)", m.end(), end
        )
        percent = _element(text, r"(?:percentOfClass|classPercent)", m.end(), end)
        type_ = _element(text, "typeOfReportingPerson", m.end(), end)
        cik = _element(text, "reportingPersonCIK", m.end(), end)
        called = clean_name(html.unescape(name.group(1))) if name else ""
        if name is None or not called or not (shares or percent):
            continue
        found = (name, shares, percent, type_, cik)
        rule = "ownership/xml"
        yield Stake(
            called,
            types_in(type_.group(1)) if type_ else frozenset(),
            shares_in(shares.group(1)) if shares else None,
            percent_in(percent.group(1)) if percent else None,
            tuple(book.quote(document, e.start(), e.end(), rule, 0.99) for e in found if e),
            tuple(shares_in(power[1]) or 0.0 for power in _XML_SHARED.finditer(text, m.end(), end)),
            cik_of(cik.group(1)) if cik else None,
        )


def _xml_issuer(book: FactBook, document: Document) -> tuple[Entity, Evidence] | None:
    name = _element(document.text, "issuerName", document.begin, document.end)
    called = clean_name(html.unescape(name.group(1))) if name else ""
    if name is None or not called:
        return None
    words = book.quote(document, name.start(1), name.end(1), "ownership/issuer", 0.99)
    cik = _element(document.text, "issuerCIK", document.begin, document.end)
    return issuer_of(book, called, words, cik_of(cik.group(1)) if cik else None)


def _xml_class(book: FactBook, document: Document) -> tuple[str, Evidence] | None:
    title = _element(document.text, "securitiesClassTitle", document.begin, document.end)
    return _class_at(book, document, title.span(1)) if title else None


def _xml_event(book: FactBook, document: Document) -> tuple[str, Evidence] | None:
    tag = r"(?:dateOfEvent|eventDateRequiresFilingThisStatement)"
    event = _element(document.text, tag, document.begin, document.end)
    return _date_in(book, document, event.start(1), event.end(1)) if event else None


# Cover pages in HTML and plain text: numbered rows, each a label and a value.


def _page_stakes(book: FactBook, document: Document) -> Iterator[Stake]:
    starts = [m.start() for m in PAGE_START.finditer(document.text, document.begin, document.end)]
    for start, following in pairwise([*starts, document.end]):
        rows = rows_of(document.text, start, min(following, start + _BLOCK_LENGTH))
        name, shares, percent, type_ = (rows.get(k) for k in ("name", "aggregate", "percent", "type"))
        called = clean_name(name.value) if name else ""
        if name is None or not called or not (shares or percent):
            continue
        amount = shares_in(shares.value) if shares else None
        part = percent_in(percent.value) if percent else None
        if amount is None and part is None:
            continue
        found: list[Row] = [r for r in (name, shares, percent, type_) if r]
        yield Stake(
            called,
            types_in(type_.value) if type_ else frozenset(),
            amount,
            part,
            tuple(book.quote(document, r.start, r.end, "ownership/cover-page", 0.95) for r in found),
            tuple(shares_in(r.value) or 0.0 for k, r in rows.items() if k.startswith("shared")),
        )


def _page_issuer(book: FactBook, document: Document) -> tuple[Entity, Evidence] | None:
    """The name over "(Name of Issuer)", or behind "Name of Issuer:" in Item 1."""
    text = document.text
    label = _ISSUER_LABEL.search(text, document.begin, document.end)
    above = words_above(text, max(document.begin, label.start() - 500), label.start()) if label else None
    called = clean_name(text[slice(*above)]) if above else ""
    if label and above and called:
        return issuer_of(book, called, book.quote(document, above[0], label.end(), "ownership/issuer", 0.95), None)
    for m in _ISSUER_ITEM.finditer(text, document.begin, document.end):
        called = clean_name(m["name"])
        if re.search(r"[A-Za-z]{2}", called) and not called.lower().startswith("address"):
            return issuer_of(book, called, book.quote(document, m.start(), m.end(), "ownership/issuer", 0.9), None)
    return None


def _page_class(book: FactBook, document: Document) -> tuple[str, Evidence] | None:
    """The words over "(Title of Class of Securities)"."""
    label = _CLASS_LABEL.search(document.text, document.begin, document.end)
    above = words_above(document.text, max(document.begin, label.start() - 300), label.start()) if label else None
    return _class_at(book, document, above) if above else None


def _class_at(book: FactBook, document: Document, span: tuple[int, int]) -> tuple[str, Evidence] | None:
    called = " ".join(html.unescape(document.text[slice(*span)]).split()).strip(" .*_|")
    if not 2 < len(called) <= _LONGEST_CLASS or _CUSIP.search(called):
        return None
    return called, book.quote(document, *span, "ownership/class", 0.95)


def _event(book: FactBook, document: Document) -> tuple[str, Evidence] | None:
    label = _EVENT_LABEL.search(document.text, document.begin, document.end)
    if label is None:
        return None
    return _date_in(book, document, max(document.begin, label.start() - 160), label.start())


def _date_in(book: FactBook, document: Document, begin: int, end: int) -> tuple[str, Evidence] | None:
    """The last date between two offsets, in words or figures; a year of two digits lies between 1990 and 2089."""
    found = None
    for m in _SHORT_DATE.finditer(document.text, begin, end):
        month, day, year = int(m[1]), int(m[2]), m[3]
        if len(year) == 2:
            year = ("19" if year >= "90" else "20") + year
        if 1 <= month <= 12 and 1 <= day <= 31 and "1900" < year < "2100":
            found = (f"{year}-{month:02d}-{day:02d}", m.start(), m.end())
    for date in dates(document.text, begin, end):
        if found is None or date.start > found[1]:
            found = (str(date.value), date.start, date.end)
    if found is None:
        return None
    return found[0], book.quote(document, found[1], found[2], "ownership/event-date", 0.95)
