"""Rows of a table with the span of each in the table's text, from delimited text and from JSON."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from biopact.loaders.sources import shown
from biopact.loaders.tables.mapping import Columns
from biopact.loaders.tables.words import plain
from biopact.ontology.errors import FilingError

DELIMITERS = (",", ";", "\t", "|")
_HEADER_WITHIN = 20  # rows in which a table shows its headings
_LINES = 100  # that one row can take; a quotation mark open for longer was never meant as one
_SPACE = re.compile(r"[ \t\n\r]*")
_JSON = re.compile(r"\s*[\[{]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, where it stands, and its cells by heading."""

    number: int
    start: int
    end: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What of a table could not be read: the row, the column where it is one cell, and why."""

    number: int
    column: str | None
    why: str

    def __str__(self) -> str:
        where = f", column {shown(self.column, 60)}" if self.column else ""
        return f"row {self.number}{where}: {self.why}"


def is_json(text: str) -> bool:
    """Whether a table's text is JSON rather than delimited."""
    return _JSON.match(text) is not None


def rows_of(text: str, columns: Columns) -> Iterator[Row | Fault]:
    """The rows of a table that the columns describe; FilingError where the table has not got those columns."""
    return json_rows(text, columns) if is_json(text) else _delimited_rows(text, columns)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of delimited text before its cells have names."""

    number: int
    start: int
    end: int
    cells: Sequence[str]


def records_of(text: str, delimiter: str) -> Iterator[Record | Fault]:
    """Every row of delimited text, the one with the headings too; a quotation mark that nothing closes is a fault."""
    offsets = [0]
    lines = text.split("\n")
    for line in lines:
        offsets.append(offsets[-1] + len(line) + 1)
    number, at = 0, 0
    while at < len(lines):
        feed = _Feed(lines, at)
        reader = csv.reader(feed, delimiter=delimiter)
        while True:
            first = feed.at
            feed.last = first + _LINES
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                break
            if feed.at == len(lines) and feed.at - first > 1 and _open(lines[first:], delimiter):
                break
            yield Record(number, offsets[first], min(offsets[feed.at] - 1, len(text)), cells)
        yield Fault(
            number,
            None,
            "a quotation mark opens a cell and none closes it, or a cell is longer than 131,072 characters",
        )
        at = first + 1


class _Feed:
    """Lines for a csv reader, which asks for no more than one row may take."""

    def __init__(self, lines: Sequence[str], at: int) -> None:
        self.lines, self.at, self.last = lines, at, at

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines):
            raise StopIteration
        if self.at >= self.last:
            raise csv.Error("the row takes too many lines")
        self.at += 1
        return self.lines[self.at - 1] + "\n"


def _open(lines: Sequence[str], delimiter: str) -> bool:
    """Whether these lines end inside a quotation."""
    try:
        for _ in csv.reader((line + "\n" for line in lines), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def header_of(text: str, wanted: Sequence[str], row: int | None = None) -> tuple[str, Record] | None:
    """The delimiter, and the first of the early rows that has all the headings; None if there is none."""
    for delimiter in DELIMITERS:
        if delimiter not in text:
            continue
        for record in records_of(text, delimiter):
            if record.number > (row or _HEADER_WITHIN):
                break
            if isinstance(record, Record) and row in (None, record.number):
                there = set(map(plain, record.cells))
                if delimiter != "," and len(record.cells) == 1:
                    continue  # this delimiter parts members of lists, in a table of one column
                if all(plain(heading) in there for heading in wanted):
                    return delimiter, record
    if len(wanted) == 1:  # a table of one column has no delimiter
        lines = text.split("\n", _HEADER_WITHIN)
        return next(((",", Record(i, 0, 0, [s])) for i, s in enumerate(lines, 1) if plain(s) == plain(wanted[0])), None)
    return None


def _delimited_rows(text: str, columns: Columns) -> Iterator[Row | Fault]:
    found = header_of(text, columns.headings, columns.header)
    if found is None:
        raise FilingError(_no_header(text, columns))
    delimiter, header = found
    headings = list(map(plain, header.cells))
    places = {}
    for heading in columns.headings:
        if headings.count(plain(heading)) > 1:
            raise FilingError(f"the heading {heading!r} stands over two columns; name them apart")
        places[heading] = headings.index(plain(heading))
    for record in records_of(text, delimiter):
        if record.number <= header.number:
            continue
        if isinstance(record, Fault):
            yield record
        elif len(record.cells) > len(headings):
            yield Fault(
                record.number, None,
                f"it has {len(record.cells)} cells under {len(headings)} headings, so they may have slipped; "
                "quote cells that hold the delimiter",
            )  # fmt: skip
        elif any(cell.strip() for cell in record.cells):
            cells = {h: record.cells[i] if i < len(record.cells) else "" for h, i in places.items()}
            yield Row(record.number, record.start, record.end, cells)


def _no_header(text: str, columns: Columns) -> str:
    """Which headings are missing from the row that has most of them."""
    wanted = {plain(h): h for h in columns.headings}
    best: tuple[int, Sequence[str]] = (-1, ())
    for delimiter in DELIMITERS:
        for record in records_of(text, delimiter):
            if record.number > (columns.header or _HEADER_WITHIN):
                break
            if isinstance(record, Record) and columns.header in (None, record.number):
                best = max(best, (len(wanted.keys() & set(map(plain, record.cells))), record.cells), key=lambda b: b[0])
    missing = [h for p, h in wanted.items() if p not in set(map(plain, best[1]))]
    there = ", ".join(c.strip() for c in best[1] if c.strip())
    return f"no row has the headings of the mapping: {', '.join(missing)} missing in {shown(there, 300) or 'no cells'}"


# --- JSON: a list of objects, objects one after another (JSON Lines), or an object that holds such a list


def json_rows(text: str, columns: Columns | None = None) -> Iterator[Row | Fault]:
    """The objects of a JSON text, each a row; FilingError where it holds none or lacks the columns."""
    wanted = {plain(h): h for h in columns.headings} if columns else {}
    seen: set[str] = set()
    for number, (start, end, value) in enumerate(_objects(text), 1):
        if not isinstance(value, dict):
            yield Fault(number, None, f"expected an object, found {shown(json.dumps(value), 60)}")
            continue
        cells = dict(_flat(value))
        if columns:
            by_name = {plain(name): said for name, said in cells.items()}
            seen |= by_name.keys()
            cells = {heading: by_name.get(name, "") for name, heading in wanted.items()}
        yield Row(number, start, end, cells)
    missing = [h for p, h in wanted.items() if p not in seen]
    if missing:
        raise FilingError(f"no object has the keys of the mapping: {', '.join(missing)} missing")


def _objects(text: str) -> Iterator[tuple[int, int, Any]]:
    decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
    at = _skipped(text, 0)
    try:
        if text[at] == "{":
            at = _list_in(text, at, decoder)
        inside = text[at] == "["
        at = _skipped(text, at + 1) if inside else at
        while at < len(text) and not (inside and text[at] == "]"):
            value, end = decoder.raw_decode(text, at)
            yield at, end, value
            at = _skipped(text, end)
            if inside and text[at] == ",":
                at = _skipped(text, at + 1)
            elif inside and text[at] != "]":
                raise json.JSONDecodeError("expected , or ]", text, at)
    except RecursionError:
        raise FilingError("JSON nested too deeply to be a table") from None
    except (ValueError, IndexError) as error:
        line = text.count("\n", 0, getattr(error, "pos", len(text))) + 1
        raise FilingError(f"JSON that breaks off or is at fault at line {line}; mend it there") from None


def _skipped(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    assert found is not None
    return found.end()


def _list_in(text: str, at: int, decoder: json.JSONDecoder) -> int:
    """Where the first list of objects in one outer object begins; where the object begins, if it holds none."""
    found, end = decoder.raw_decode(text, at)
    if _skipped(text, end) < len(text):
        return at  # more objects follow: JSON Lines
    name = next((k for k, v in found.items() if isinstance(v, list) and v and isinstance(v[0], dict)), None)
    if name is None:
        return at
    inner = _skipped(text, at + 1)
    while True:
        key, inner = decoder.raw_decode(text, inner)
        inner = _skipped(text, _skipped(text, inner) + 1)  # past the colon
        if key == name:
            return inner
        _, inner = decoder.raw_decode(text, inner)
        inner = _skipped(text, _skipped(text, inner) + 1)  # past the comma


def _flat(value: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Keys and what they hold as text; an object in an object gives ``outer.inner``, a list its members in one."""
    for name, said in value.items():
        if isinstance(said, dict):
            yield from _flat(said, f"{before}{name}.")
        else:
            members = said if isinstance(said, list) else [said]
            yield f"{before}{name}", "; ".join(_text(member) for member in members)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
