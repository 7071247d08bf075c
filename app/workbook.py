"""An answer as an Excel workbook: values with their types, text that is never run, links to the filings."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from biopact.app.sheet import Sheet, is_number
from biopact.app.tables import cell
from biopact.ontology.errors import ValidationError

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_ROWS = 1_048_575  # below the titles; what an Excel sheet holds
_TEXT = 32_767  # characters of a cell
_LINKS = 65_530  # of a sheet
_DIGITS = 10**15  # Excel counts no further exactly
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day of ZIP files
_WIDEST = 60  # characters of a column
_ILLEGAL = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")


def workbook(sheet: Sheet) -> bytes:
    """The answer as the content of an .xlsx file; ValidationError if a sheet cannot hold so many rows.

    The same answer gives the same bytes.
    """
    from openpyxl import Workbook

    if len(sheet.rows) > _ROWS:
        raise ValidationError(
            f"{len(sheet.rows):,} rows, and an Excel sheet holds {_ROWS:,}; write .csv, or ask for fewer rows"
        )
    book = Workbook(write_only=True)
    page = book.create_sheet(re.sub(r"[\[\]:*?/\\']", " ", cell(sheet.title))[:31].strip() or "Answer")
    book.properties.title, book.properties.creator = _legal(sheet.title), "biopact"
    book.properties.description = _legal("\n".join(sheet.about))
    page.freeze_panes = "A2"
    for position, width in enumerate(_widths(sheet)):
        page.column_dimensions[_letter(position)].width = width
    if sheet.titles:
        page.auto_filter.ref = f"A1:{_letter(len(sheet.titles) - 1)}{len(sheet.rows) + 1}"
    for row in _rows(sheet, page):
        page.append(row)
    return _packed(book)


def _rows(sheet: Sheet, page: WriteOnlyWorksheet) -> Iterator[list[Cell]]:
    from openpyxl.styles import Alignment, Font, PatternFill

    head, ground = Font(bold=True), PatternFill("solid", fgColor="E2E8F0")
    top, wrapped = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
    linked = Font(color="1D4ED8", underline="single")
    titles = [_cell(page, title) for title in sheet.titles]
    for one in titles:
        one.font, one.fill, one.alignment = head, ground, wrapped
    yield titles
    links = 0
    for row in sheet.rows:
        cells = []
        for value in row:
            made = _cell(page, value)
            made.alignment = wrapped if made.data_type == "s" and len(str(made.value)) > _WIDEST else top
            if (address := sheet.link(value)) and links < _LINKS:
                made.hyperlink, made.font = address, linked
                links += 1
            cells.append(made)
        yield cells


def _cell(page: WriteOnlyWorksheet, value: Any) -> Cell:
    """A number, a day or a truth value as such; any other value as text, which Excel takes for nothing else."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, bool) or value is None:
        return WriteOnlyCell(page, value)
    if is_number(value) and abs(value) < _DIGITS:  # neither nan nor infinite
        made = WriteOnlyCell(page, value)
        made.number_format = "#,##0" if value == int(value) else "#,##0.00" if abs(value) >= 1_000 else "General"
        return made
    if day := _day(value):
        made = WriteOnlyCell(page, day)
        made.number_format = "yyyy-mm-dd"
        return made
    text = _legal(value if isinstance(value, str) else cell(value))
    made = WriteOnlyCell(page, text if len(text) <= _TEXT else f"{text[: _TEXT - 2]} …")
    made.data_type = "s"  # not a formula, whatever it begins with, and not an error
    made.quotePrefix = True  # nor after somebody has edited it
    return made


def _day(value: Any) -> datetime | None:
    """A whole day as filings tell it; one without its day or month is text, as written."""
    if not (isinstance(value, str) and re.fullmatch(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}", value)):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _legal(text: str) -> str:
    """The text without characters that XML cannot hold, and without those that turn the direction of others."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _widths(sheet: Sheet) -> list[float]:
    """Of each column, by its title and what its first rows hold."""
    return [
        min(_WIDEST, 2 + max(len(title) + 2, *(len(cell(row[i])) for row in sheet.rows[:1_000]), 6))
        for i, title in enumerate(sheet.titles)
    ]


def _letter(position: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(position + 1)


def _packed(book: Workbook) -> bytes:
    """The book as a file without the time at which it was written."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.created = book.properties.modified = datetime(*_EPOCH)
    drawn, packed = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(drawn, "w")).save()
    with zipfile.ZipFile(drawn) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), parts.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
