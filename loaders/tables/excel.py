"""Excel workbooks as text: each sheet a document, each row a line, the cells as they are shown and parted by tabs."""

from __future__ import annotations

import csv
import html
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from biopact.loaders.archives import BROKEN
from biopact.loaders.sources import shown
from biopact.ontology.errors import FilingError

SIGNATURE = b"PK\x03\x04"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_UNCOUNTED = re.compile(
    rb'<(?:\w+:)?c (?=[^>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})")[^>]{0,200}>\s*'
    rb"<(?:\w+:)?f\b(?:[^>]{0,200}/>|[^>]{0,200}>([^<]{0,9000})</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
# What openpyxl raises on broken workbooks, beside its own and what every broken archive does.
_UNREADABLE = (*BROKEN, SyntaxError, KeyError, TypeError, IndexError, AttributeError, OverflowError)
_WIDEST = 512  # columns of a sheet that can be a table of deals


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as text."""

    name: str
    text: str


def sheets_of(data: bytes, limit: int) -> list[Sheet]:
    """The sheets of a workbook in their order; FilingError if it is none, or unpacks to more than the limit."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    found: list[Sheet] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > limit:
                raise FilingError(f"the workbook unpacks to more than {limit // 1_000_000} MB; `--limit` raises that")
            for member in archive.infolist():
                if b"<!DOCTYPE" in archive.read(member)[:4096]:
                    raise FilingError("a part of the workbook declares entities; nothing of it is expanded or read")
            parts = {f"/{member.filename}": member for member in archive.infolist()}
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of styles and validations that it does not know
                book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
                for sheet in book.worksheets:
                    part = parts.get("/" + str(getattr(sheet, "_worksheet_path", "")).lstrip("/"))
                    found.append(_sheet(sheet, archive.read(part) if part else b""))
    except (*_UNREADABLE, InvalidFileException) as error:
        raise FilingError(f"not a readable workbook: {shown(str(error), 200)}; save it again as .xlsx") from error
    return found


def _sheet(sheet: Any, xml: bytes) -> Sheet:
    rows = [[_shown(cell) for cell in row[:_WIDEST]] for row in sheet.iter_rows()]
    for left, top, right, bottom in _ranges(xml):
        if top <= len(rows) and left <= len(rows[top - 1]):
            _fill(rows, left, top, right, min(bottom, len(rows)))
    for letters, number, formula in _UNCOUNTED.findall(xml):
        column, line = _column(letters), int(number)
        if line <= len(rows) and column <= len(rows[line - 1]):  # the reader of the cells sees a value that is missing
            rows[line - 1][column - 1] = "=" + " ".join(html.unescape(formula.decode("utf-8", "replace")).split())
    while rows and not any(rows[-1]):
        rows.pop()
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for row in rows:
        writer.writerow(row if any(row) else [])
    return Sheet(str(sheet.title), out.getvalue())


def _ranges(xml: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Merged cells: left, top, right, bottom."""
    for left, top, right, bottom in _MERGED.findall(xml):
        yield _column(left), int(top), _column(right), int(bottom)


def _fill(rows: list[list[str]], left: int, top: int, right: int, bottom: int) -> None:
    """A merged cell says the same in every row that it spans, and in the first of its columns."""
    said = rows[top - 1][left - 1]
    for row in rows[top:bottom]:
        row += [""] * (left - len(row))
        row[left - 1] = said


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _shown(cell: Any) -> str:
    """A cell as its sheet shows it, on one line: days as ISO dates, per cents with their sign."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return " ".join(value.split())
        case datetime():
            return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "seconds")
        case date():
            return value.isoformat()
        case time() | timedelta():
            return str(value)
    form = str(getattr(cell, "number_format", "") or "")
    if "%" in form:
        return f"{round(value * 100, 6):g}%"
    number = repr(round(value, 10)) if isinstance(value, float) else str(value)
    number = number.removesuffix(".0")
    sign = next((s for s in ("€", "£", "¥", "$") if s in form), "")
    return f"{sign}{number}"
