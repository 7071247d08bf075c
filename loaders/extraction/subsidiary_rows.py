"""Reads the rows of a list of subsidiaries: tables, columns of plain text, nested lists, and running paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from biopact.loaders.extraction.companies import full_names
from biopact.loaders.extraction.jurisdictions import is_place
from biopact.loaders.extraction.subsidiary_names import (
    Cleaned,
    clean,
    has_legal_form,
    is_legal_tail,
    marks_of_notes,
    trade_names,
)
from biopact.loaders.forms.places import PEOPLES
from biopact.loaders.structure.tables import CELL_GAP, RULE, cells

_PAGE = re.compile(r"[-–—\s|]*(?:page\s+)?(?:[A-Z]{1,3}-)?\d{1,4}(?:\s+of\s+\d+)?[-–—\s|]*|<PAGE>\s*\w*", re.IGNORECASE)
_PERCENT = re.compile(r"\(?(?:approx\w*\.?\s+|~)?(\d{1,3}(?:\.\d+)?|\.\d+)\s*(%|per\s?cent)?\)?", re.IGNORECASE)
_NOTE = re.compile(r"\s*(?:[(\[]?(?:\d{1,2}|[a-z])[)\]]|[*†‡§]+|\d{1,2}\s|notes?\b)", re.IGNORECASE)
# Words that titles and headings of columns are made of; a line of nothing else is no row.
_HEADING_TEXT = """
a active activity affiliate affiliates all an and april as at august b beneficial business by cent companies company
conducts consolidated corporate corporation country d date dba december different direct directly do does doing
domestic domicile each economic entities entity equity exhibit february foreign formation formed from full held if
immediate in inactive incorporated incorporation indirect indirectly interest international its january july june
jurisdiction jurisdictions law laws legal list majority march may name names nature no non november number october
of or organisation organization organized other owned owner ownership owning parent per percent percentage place
principal province registrant registrants registration s securities september shares significant state states stock
subsidiaries subsidiary territory than the title type u unconsolidated under united us voting where which wholly
"""
_HEADING_WORDS = frozenset(_HEADING_TEXT.split())
_TITLE = re.compile(
    r"\b(?:subsidiaries|subsidiary)\s+(?:of|and\s+affiliates)\b|^\W*(?:list|schedule)\s+of\b|^\W*exhibit\b|"
    r"^\W*(?:as\s+of|at|updated|for\s+the\s+(?:fiscal\s+)?year)\b|\bfollowing\b|^\W*\[?(?:table|letterhead|end)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|has|have|been|which|that|such|this|these|not|other|pursuant|omitted|includes?)\b"
)
_TRADE_NAMES = re.compile(
    r"\bnames?\s+(?:\([^()]{0,30}\)\s+)?under\s+which\b|\bdoing\s+business\b|\btrade\s+names?\b|\bd/b/a\b|\bdoes\s+business\b",
    re.IGNORECASE,
)
_TRAILING_MARKS = re.compile(r"(?:[(\[](?:\d{1,2}|[a-z])[)\]]|[\s*†‡:;,])+$")
_LONGEST_ROW = 220


@dataclass(frozen=True, slots=True)
class Listed:
    """A subsidiary as one row of a list states it."""

    name: str
    start: int
    end: int
    jurisdiction: str | None = None
    percent: float | None = None
    aliases: tuple[str, ...] = ()
    former: str | None = None
    indent: int = 0
    heading: tuple[int, int] | None = None  # where the place stands that heads the row's group
    sure: bool = True  # something beside the place in the list says that it is a company


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    indent: int
    cells: tuple[tuple[int, int], ...]


def listed_in(text: str, begin: int, end: int, *, strict: bool = False) -> list[Listed]:
    """The subsidiaries between two offsets. With `strict` a row needs a place or percentage, or a legal form."""
    marks = marks_of_notes(text, begin, end)
    bare_percent = re.search(r"percent|ownership|owned|interest|voting|%", text[begin:end], re.IGNORECASE) is not None
    rows = _joined(text, list(_rows(text, begin, end, marks, bare_percent)))
    stated = [r for r in rows if r.sure]
    if not stated:
        return [] if strict else list(_paragraphs(text, begin, end))
    if strict:
        return stated
    # a bare phrase is a row where it stands among rows, and no heading or footer
    first, last = stated[0].start, stated[-1].end
    return [r for r in rows if r.sure or first < r.start < last]


def _lines(text: str, begin: int, end: int, prose: list[tuple[int, int]]) -> Iterator[_Line]:
    """The lines outside running text, each in its cells."""
    passages = iter([*prose, (end, end)])
    passage = next(passages)
    for m in re.finditer(r"[^\n]+", text[begin:end]):
        line, start = m.group(), begin + m.start()
        while start >= passage[1] and passage[0] < end:
            passage = next(passages)
        if passage[0] <= start < passage[1]:
            continue
        indent = len(line) - len(line.lstrip(" \t\xa0"))
        if RULE.fullmatch(line) or _PAGE.fullmatch(line):
            continue
        if columns := cells(text, start, start + len(line)):
            yield _Line(start, indent, tuple(columns))


_VERB = re.compile(r"\b(?:is|are|has|have|owns?|owned|includes?|following|conducts)\b")
_ABOUT_SUBSIDIARIES = re.compile(r"\bsubsidiar|\borgani[sz]ed\b|\bincorporated\s+(?:in|under)\b", re.IGNORECASE)


def _prose(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Paragraphs of running text: sentences about subsidiaries in lines that have no columns."""
    found = []
    for block in re.finditer(r"(?:[^\n]+\n?)+", text[begin:end]):
        words = block.group().strip()
        if len(words) > 50 and _VERB.search(words) and _ABOUT_SUBSIDIARIES.search(words):
            lines = words.split("\n")
            wide = sum(len(line) > 60 for line in lines[:-1])
            columns = sum(bool(CELL_GAP.search(line.strip())) for line in lines)
            if columns == 0 and wide >= len(lines) - 1:
                found.append((begin + block.start(), begin + block.end()))
    return found


def _rows(text: str, begin: int, end: int, marks: frozenset[str], bare_percent: bool) -> Iterator[Listed]:
    """Rows line by line. A line that is only a place belongs to the row before, or heads the rows that follow."""
    lines = list(_lines(text, begin, end, _prose(text, begin, end)))
    heads = _places_are_headings(text, lines, marks)
    trade_names = _TRADE_NAMES.search(text, begin, end) is not None
    heading: tuple[int, int] | None = None
    previous: Listed | None = None
    for line in lines:
        words = [text[a:b] for a, b in line.cells]
        if len(words) == 1 and is_place(_unmarked(words[0])):
            if heads:
                heading = line.cells[0]
            elif previous and not previous.jurisdiction:
                previous = replace(previous, jurisdiction=_unmarked(words[0]), end=line.cells[0][1], sure=True)
            continue
        if _is_heading(words, text[line.start : line.cells[-1][1]]):
            continue
        found = list(_of_line(text, line, marks, bare_percent, trade_names))
        if not found and len(words) == 1 and previous and (p := _percent(words[0], bare_percent)) is not None:
            previous = replace(previous, percent=p, end=line.cells[0][1], sure=True)
        for row in found:
            if previous:
                yield previous
            if heading and not row.jurisdiction:
                row = replace(row, jurisdiction=_unmarked(text[slice(*heading)]), heading=heading)
            previous = row
    if previous:
        yield previous


def _unmarked(cell: str) -> str:
    plain = _TRAILING_MARKS.sub("", re.sub(r"\s+", " ", cell[:_LONGEST_ROW])).strip(" *_|")
    return re.sub(r"(?<=[a-z]{3})\.$", "", plain)


def _places_are_headings(text: str, lines: list[_Line], marks: frozenset[str]) -> bool:
    """Whether lines with nothing but a place head groups: then one stands before the first name."""
    for line in lines:
        words = [text[a:b] for a, b in line.cells]
        if len(words) == 1 and is_place(_unmarked(words[0])):
            return True
        if not _is_heading(words, text[line.start : line.cells[-1][1]]):
            return False
    return False


def _is_heading(words: list[str], line: str) -> bool:
    """Whether a line is a title, a heading of columns, a note or a sentence rather than a row."""
    plain = re.sub(r"\s+", " ", line)
    if _NOTE.match(plain) and len(plain) > 60 and len(words) <= 2 and _SENTENCE.search(plain):
        return True
    if all(w in _HEADING_WORDS or w.isdigit() for w in re.findall(r"[a-z]+|\d+", plain.lower())):
        return not any(is_place(_unmarked(w)) for w in words)
    if _TITLE.search(plain) and not (len(words) > 1 and is_place(_unmarked(words[-1]))):
        return True
    return len(words) == 1 and (words[0].rstrip().endswith(":") or len(plain) > _LONGEST_ROW)


def _of_line(text: str, line: _Line, marks: frozenset[str], bare_percent: bool, trade_names: bool) -> Iterator[Listed]:
    """The row of a line; two where names stand in two columns."""
    row: Listed | None = None
    for start, end in line.cells:
        cell = text[start:end]
        percent = _percent(_unmarked(cell), bare_percent)
        place = is_place(_unmarked(cell))
        if row and percent is not None:
            row = replace(row, percent=percent if row.percent is None else row.percent, end=end, sure=True)
        elif row and place and not row.jurisdiction:
            row = replace(row, jurisdiction=_unmarked(cell), end=end, sure=True)
        elif row and trade_names and row.jurisdiction and (other := clean(cell, marks)):
            row = replace(row, aliases=(*row.aliases, other.name), end=end)
        elif row and has_legal_form(cell) and (row.jurisdiction or row.percent is not None):
            yield row
            row = _named(text, start, end, line.indent, marks)
        elif row is None and percent is None and not place:
            row = _named(text, start, end, line.indent, marks)
        elif row and not row.jurisdiction and percent is None and _may_be_place(cell):
            row = replace(row, jurisdiction=_unmarked(cell), end=end)
    if row:
        yield row


def _may_be_place(cell: str) -> bool:
    """Whether a cell beside a name reads like a place that no list knows."""
    words = _unmarked(cell).split()
    return (
        0 < len(words) <= 5
        and all(w[:1].isupper() or w in ("of", "and", "the") for w in words)
        and not (
            has_legal_form(cell)
            or any(w.lower() in _HEADING_WORDS - {"of", "and", "the", "states", "united"} for w in words)
        )
    )


def _percent(cell: str, bare: bool) -> float | None:
    m = _PERCENT.fullmatch(cell.strip())
    if not m or not (bare or m[2]):
        return None
    value = float(m[1])
    return value if value <= 100 else None


def _named(text: str, start: int, end: int, indent: int, marks: frozenset[str]) -> Listed | None:
    cleaned = clean(text[start:end], marks) if end - start <= _LONGEST_ROW else None
    if cleaned is None or re.sub(r"\W", "", cleaned.name).lower() in _HEADING_WORDS:
        return None
    return _listed(cleaned, start, end, indent)


def _listed(cleaned: Cleaned, start: int, end: int, indent: int = 0) -> Listed:
    sure = bool(cleaned.jurisdiction) or cleaned.percent is not None or has_legal_form(cleaned.name)
    return Listed(
        cleaned.name,
        start,
        end,
        cleaned.jurisdiction,
        cleaned.percent,
        cleaned.aliases,
        cleaned.former,
        indent,
        sure=sure,
    )


_UNFINISHED = re.compile(r"(?:[&,/-]|\b(?:and|of|the|for|de|du))$", re.IGNORECASE)


def _joined(text: str, rows: list[Listed]) -> list[Listed]:
    """Rows with names that were broken over two lines put together."""
    out: list[Listed] = []
    for row in rows:
        before = out[-1] if out else None
        if before and text.count("\n", before.end, row.start) == 1 and not has_legal_form(before.name):
            tail = is_legal_tail(row.name) or row.name[:1] in "(&" or row.name[:1].islower()
            open_end = _UNFINISHED.search(before.name) is not None or (row.indent > before.indent and not before.sure)
            both = before.jurisdiction and row.jurisdiction
            if not both and (tail or (open_end and has_legal_form(row.name))):
                out[-1] = replace(
                    before, name=f"{before.name} {row.name}", end=row.end, sure=True,
                    jurisdiction=before.jurisdiction or row.jurisdiction,
                    percent=row.percent if before.percent is None else before.percent,
                )  # fmt: skip
                continue
        out.append(row)
    return out


_PLACE_BEHIND = re.compile(
    r"\s*\((?P<bracket>[^()\n]{2,60})\)"
    r"|,?\s+(?:an?|(?:(?:which\s+is\s+)?an?\s+[\w\s]{0,40}?\s*)?(?:organi[sz]ed|incorporated|formed|registered)\s+"
    r"(?:and\s+existing\s+)?(?:in|under\s+the\s+laws\s+of))\s+"
    r"(?P<place>(?:(?:the|[Ss]tate|[Rr]epublic|[Cc]ommonwealth|of)\s+){0,4}[A-Z][\w.’']*(?:\s+(?:of|and|the|&|[A-Z][\w.’']*)){0,5})"
)
_PARENT_BEFORE = re.compile(r"\b(?:subsidiar(?:y|ies)|division|affiliates?)\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_LEFT_OUT = re.compile(r"\bomitted\b|Regulation\s+S-[KX]|Item\s+601")


def _paragraphs(text: str, begin: int, end: int) -> Iterator[Listed]:
    """Names in running sentences, each with what follows: its place in brackets or words, its share, its trade names."""
    for start, stop in _prose(text, begin, end):
        if _LEFT_OUT.search(text, start, stop):
            continue
        named = [name for name in full_names(text, start, stop) if has_legal_form(name.name)]
        for name, following in zip(named, [*(n.start for n in named[1:]), stop], strict=True):
            if _PARENT_BEFORE.search(text[max(start, name.start - 60) : name.start]):
                continue
            place, last = _place_behind(text, name.end, stop)
            percent, aliases, last = _told_behind(text, last, following)
            yield Listed(name.name, name.start, last, place, percent, aliases)


_CLAUSE = re.compile(r"[^;]*?(?=;|\.\s+[A-Z]|\.?\s*$|,?\s+and\s*$|$)", re.DOTALL)
_SHARE = re.compile(r"(?P<percent>\d{1,3}(?:\.\d+)?)\s?(?:%|per\s?cent)", re.IGNORECASE)


def _told_behind(text: str, position: int, stop: int) -> tuple[float | None, tuple[str, ...], int]:
    """The per cent and the trade names that the rest of a name's clause tells, and where they end."""
    clause = _CLAUSE.match(text, position, stop)
    words = clause.group() if clause else ""
    shares = list(_SHARE.finditer(words))
    percent = float(shares[0]["percent"]) if len(shares) == 1 else None
    aliases = trade_names(words)
    if percent is None or percent > 100:
        return None, aliases, position + len(words) if aliases else position
    return percent, aliases, position + (len(words) if aliases else shares[0].end())


def _place_behind(text: str, position: int, stop: int) -> tuple[str | None, int]:
    """The place that follows a name, the longest that is one, and where it ends."""
    m = _PLACE_BEHIND.match(text, position, stop)
    if m is None:
        return None, position
    start, end = m.span("bracket" if m["bracket"] else "place")
    while start < end:
        place = PEOPLES.get(_unmarked(text[start:end]), _unmarked(text[start:end]))
        if is_place(place):
            return place, m.end() if m["bracket"] else end
        shorter = re.search(r"\s+\S*$", text[start:end])
        end = start + shorter.start() if shorter and not m["bracket"] else start
    return None, position
