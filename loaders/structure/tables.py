"""Tables as rows of cells: rendered from HTML, written in markdown, or set with spaces in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from biopact.loaders.filing import Document
from biopact.loaders.structure.lines import Span

RULE = re.compile(r"[\s|_=:~.*+<>/\-–—]*|<[A-Z/]{1,10}>(?:\s*<[A-Z/]{1,10}>)*", re.I)
CELL_GAP = re.compile(r"[ \xa0]*[|\t][ \xa0\t]*|[ \xa0]{2,}|[ \xa0](?:\.[ \xa0]?){4,}|\.{5,}")
_LINE = re.compile(r"[^\n]+")
_TAGGED = re.compile(r"<TABLE>(?P<body>.*?)(?:</TABLE>|(?=<TABLE>)|\Z)", re.S | re.I)
_WIDE = re.compile(r"(?<=\S)(?: {3,}|\t+)(?=\S)")
_NARROW = re.compile(r"(?<=[^\s$(])  (?=\S)")
_CELL = 60  # characters of a cell of plain text, on average at most
_ROWS = 3  # of a table of plain text that no tag announces, at least


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows, each the spans of its cells."""

    start: int
    end: int
    rows: tuple[tuple[Span, ...], ...]


def cells(text: str, start: int, end: int) -> list[Span]:
    """The cells of a line: between pipes, tabs, wide gaps and dot leaders; rules and empty cells are left out."""
    line = text[start:end]
    position = len(line) - len(line.lstrip(" \t\xa0"))
    found: list[Span] = []
    for gap in [*CELL_GAP.finditer(line, position), None]:
        stop = gap.start() if gap else len(line)
        cell = line[position:stop]
        if cell.strip(" \t\xa0|*_") and not RULE.fullmatch(cell):
            left = len(cell) - len(cell.lstrip(" \t\xa0*_"))
            found.append((start + position + left, start + position + len(cell.rstrip(" \t\xa0_"))))
        position = gap.end() if gap else stop
    return found


def tables(document: Document) -> Iterator[Table]:
    """The tables of a document, in order."""
    text, position = document.text, document.begin
    for tagged in _TAGGED.finditer(text, document.begin, document.end):
        yield from _untagged(text, position, tagged.start())
        if rows := _rows(text, *tagged.span("body")):
            yield Table(rows[0][0][0], rows[-1][-1][1], tuple(rows))
        position = tagged.end()
    yield from _untagged(text, position, document.end)


def _rows(text: str, begin: int, end: int) -> list[tuple[Span, ...]]:
    found = (tuple(cells(text, *line.span())) for line in _LINE.finditer(text, begin, end))
    return [row for row in found if row]


def _untagged(text: str, begin: int, end: int) -> Iterator[Table]:
    """Runs of lines with columns; one line without may stand between two of them."""
    run: list[tuple[Span, ...]] = []
    pending: list[tuple[Span, ...]] = []
    piped = False
    for line in _LINE.finditer(text, begin, end):
        words = line[0]
        pipe = " | " in words or words.lstrip()[:1] == "|"
        columns = cells(text, *line.span()) if pipe or _is_spaced(words) else []
        if len(columns) > 1 and (not run or pipe == piped):
            run += [*pending, tuple(columns)]
            pending, piped = [], pipe
        elif run and pipe == piped and not pending and (lone := cells(text, *line.span())):
            pending = [tuple(lone)]
        elif run and RULE.fullmatch(words):
            continue
        elif run:
            yield from _table(text, run, piped)
            run, pending = ([tuple(columns)] if len(columns) > 1 else []), []
            piped = pipe
    yield from _table(text, run, piped)


def _is_spaced(line: str) -> bool:
    """Whether wide gaps part the columns of a line; in justified prose two spaces are as common as three."""
    wide = sum(1 for _ in _WIDE.finditer(line))
    return wide > sum(1 for _ in _NARROW.finditer(line))


def _table(text: str, rows: list[tuple[Span, ...]], piped: bool) -> Iterator[Table]:
    """The table of a run of rows; nothing where its lines are justified prose."""
    lengths = [end - start for row in rows for start, end in row]
    if rows and (piped or (len(rows) >= _ROWS and sum(lengths) <= _CELL * len(lengths))):
        yield Table(rows[0][0][0], rows[-1][-1][1], tuple(rows))
