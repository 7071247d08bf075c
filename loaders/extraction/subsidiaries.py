"""Reads lists of subsidiaries (Exhibit 21, Exhibit 8 of a 20-F, sections of annual reports) to SUBSIDIARY_OF."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from biopact.graph.names import company_key
from biopact.graph.records import Evidence
from biopact.loaders.extraction.deal import Entity
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.namesakes import full_key, namesakes
from biopact.loaders.extraction.subsidiary_names import clean, has_legal_form
from biopact.loaders.extraction.subsidiary_rows import Listed, listed_in
from biopact.loaders.extraction.values import dates
from biopact.loaders.filing import Document
from biopact.loaders.forms.subsidiaries import named_parent

_TYPE = re.compile(r"EX-21(?:\.\d+)?[A-Z]?(?:/A)?", re.IGNORECASE)
_FOREIGN_TYPE = re.compile(r"EX-8(?:\.\d+)?", re.IGNORECASE)
_TITLE = re.compile(
    r"^[\s|*#_]{0,60}(?:exhibit\s+21\b|(?:a\s+)?(?:list|schedule)\s+of\s+[^\n]{0,40}subsidiaries|[^\n]{0,30}\bsubsidiaries\s+of\b)",
    re.IGNORECASE | re.MULTILINE,
)
_SECTION = re.compile(
    r"^[\s|*#_]{0,40}(?:(?:list|schedule)\s+of\s+(?:\w+\s+){0,2}subsidiaries|(?:significant|principal)\s+subsidiaries|"
    r"subsidiaries\s+of\s+(?:the\s+)?(?:registrant|company))(?:\s+(?:as\s+of|at|of)\s[^\n]{1,60})?[\s*_:.|]*$",
    re.IGNORECASE | re.MULTILINE,
)
_GROUP = re.compile(
    r"^[\s|*]{0,80}(?:(?:direct|indirect)\s+)?subsidiar(?:ies|y)\s+of\s+(?P<name>[^\n|:]{2,150}?)[\s:*|]{0,80}$",
    re.IGNORECASE | re.MULTILINE,
)
_NESTED = re.compile(r"\bindent(?:ed|ation|ations|ing)\b|\bimmediately\s+(?:above|preceding)\b", re.IGNORECASE)
_SECTION_LENGTH = 8000
_MAY_HOLD_SECTION = re.compile(r"(?:10-K|20-F|40-F|10-KT|10-K405|10-KSB|S-1|S-4|F-1|TEXT)\S*", re.IGNORECASE)


def is_subsidiary_list(document: Document) -> bool:
    """Whether the document is a list of subsidiaries as a whole."""
    if _TYPE.fullmatch(document.type):
        return True
    head = document.text[document.begin : min(document.end, document.begin + 1500)]
    foreign = _FOREIGN_TYPE.fullmatch(document.type) is not None
    if foreign or document.type in ("TEXT", "EX-99", "EX-99.1"):
        return "subsidiaries" in document.description.lower() or (
            _TITLE.search(head) is not None and (foreign or "exhibit 21" in head.lower())
        )
    return False


def read_subsidiaries(book: FactBook, document: Document, parent: Entity | None) -> None:
    """State every subsidiary that the document lists.

    Without `parent` the title of the list has to name it ("Subsidiaries of …"), or its first line; a list that says
    "the Registrant" only leaves the companies, with their places of organisation, and no relation.
    """
    if is_subsidiary_list(document):
        rows = listed_in(document.text, document.begin, document.end)
        _state(book, document, parent or _parent(book, document, rows), rows, document.begin, document.end)
        return
    for begin, end in _sections(document):
        rows = [r for r in listed_in(document.text, begin, end, strict=True) if r.jurisdiction or r.percent is not None]
        if parent is not None and rows:
            _state(book, document, parent, rows, begin, end)


def _sections(document: Document) -> Iterator[tuple[int, int]]:
    """Stretches of an annual report under a heading that announces a list of subsidiaries."""
    if not _MAY_HOLD_SECTION.fullmatch(document.type):
        return
    headings = list(_SECTION.finditer(document.text, document.begin, document.end))
    starts = sorted({p.start for p in document.parts} | {m.start() for m in headings})
    for m in headings:
        following = bisect_right(starts, m.end() - 1)
        end = starts[following] if following < len(starts) else document.end
        yield m.end(), min(end, m.end() + _SECTION_LENGTH)


def _parent(book: FactBook, document: Document, rows: list[Listed]) -> Entity | None:
    """Who the title names; else the company that heads the list, set apart from all that follow it."""
    if titled := named_parent(document.text, document.begin, document.end):
        found = clean(titled[0])
        words = book.quote(document, titled[1], titled[2], "subsidiaries/title", 0.9)
        return book.entity("Company", found.name, words) if found else None
    if _heads(rows):
        words = book.quote(document, rows[0].start, rows[0].end, "subsidiaries/first", 0.8)
        return book.entity("Company", rows[0].name, words)
    return None


def _heads(rows: list[Listed]) -> bool:
    """Whether the first of the rows is the parent: all others are set in under it, or they alone have places."""
    first, others = rows[:1], rows[1:]
    if not first or len(others) < 2 or not has_legal_form(first[0].name):
        return False
    placed = first[0].jurisdiction is None and all(row.jurisdiction for row in others)
    return placed or all(row.indent > first[0].indent for row in others)


def _state(book: FactBook, document: Document, parent: Entity | None, rows: list[Listed], begin: int, end: int) -> None:
    rows = list({(full_key(r.name), r.jurisdiction): r for r in reversed(rows)}.values())[::-1]
    names = [r.name for r in rows]
    known = [parent.name, *parent.aliases] if parent else []
    alike = namesakes([*names, *known])
    as_of = _as_of(document, begin, rows)
    owners = _owners(document, rows, begin, end, known)
    made: list[tuple[Entity, list[Evidence]]] = []
    for row in rows:
        confidence = 0.97 if row.jurisdiction or row.percent is not None else 0.9 if row.sure else 0.75
        stated = book.quote(document, row.start, row.end, "subsidiaries/list", confidence)
        place = [book.quote(document, *row.heading, "subsidiaries/heading", 0.9)] if row.heading else []
        made.append((_child(book, row, stated, alike, parent), [stated, *place]))
    for row, (child, words), owner in zip(rows, made, owners, strict=True):
        if parent is None:
            if child not in book.keep:
                book.keep.append(child)
            continue
        direct = (
            parent if owner is None else made[owner][0] if isinstance(owner, int) else book.entity("Company", owner)
        )
        where: dict[str, str | None] = {"jurisdiction": row.jurisdiction, "as_of": as_of}
        book.relate("SUBSIDIARY_OF", child, direct, words, percent=row.percent, **where)
        if direct is not parent:  # a subsidiary's subsidiary is listed as the registrant's all the same
            book.relate("SUBSIDIARY_OF", child, parent, words, **where)


def _child(book: FactBook, row: Listed, words: Evidence, alike: frozenset[str], parent: Entity | None) -> Entity:
    exact = full_key(row.name) in alike
    child = book.entity("Company", row.name, words, exact=exact, jurisdiction=row.jurisdiction)
    for alias in row.aliases:  # a trade name says nothing of who the company is
        child.alias(alias)
    if row.former and child is not parent and company_key(row.former) != company_key(row.name):
        book.relate("FORMERLY_NAMED", child, book.entity("Company", row.former, words), [words])
    return child


def _as_of(document: Document, begin: int, rows: list[Listed]) -> str | None:
    """The date in the title of the list."""
    stop = rows[0].start if rows else begin
    found = next(iter(dates(document.text, begin, min(stop, begin + 3000))), None)
    return str(found.value) if found else None


def _owners(document: Document, rows: list[Listed], begin: int, end: int, known: list[str]) -> list[int | str | None]:
    """Who owns each row directly: the row above with less indentation, the company of a group's heading, or the parent.

    Indentation is layout in most lists: it counts only where the list explains it, or where the parent itself heads
    the list and everything else is set in under it.
    """
    text = document.text
    headed = bool(rows) and full_key(rows[0].name) in {full_key(n) for n in known}
    set_in = headed and len(rows) > 1 and all(r.indent > rows[0].indent for r in rows[1:])
    nested = set_in or _NESTED.search(text, begin, end) is not None
    groups = [
        (m.start(), cleaned.name)
        for m in _GROUP.finditer(text, rows[0].start if rows else end, end)
        if (cleaned := clean(m["name"])) and has_legal_form(cleaned.name)
    ]
    owners: list[int | str | None] = []
    above: list[int] = []  # rows that enclose the present one
    for number, row in enumerate(rows):
        while above and rows[above[-1]].indent >= row.indent:
            above.pop()
        group = next((name for start, name in reversed(groups) if start < row.start), None)
        owners.append(above[-1] if nested and above else group)
        above.append(number)
    return owners
