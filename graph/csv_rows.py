"""Rows of a CSV table that people write or edit in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from biopact.ontology import ValidationError

_FORMULA = ("=", "+", "-", "@")  # a spreadsheet takes a cell that begins so for a formula


def rows_of_table(
    path: Path, columns: Sequence[str], required: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]] | str]:
    """Every row with its line and its cells by column; in place of a row that cannot be read, what is wrong.

    ValidationError if the file is no such table.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(f"{path}: not UTF-8 ({error}); save it as CSV UTF-8") from error
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    heads = [head.strip().lower() for head in next(reader, [])]
    if missing := [name for name in required if name not in heads]:
        raise ValidationError(f"{path}, line 1: no column {', '.join(missing)}; expected {','.join(columns)}")
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield f"{path}, line {reader.line_num}: {error}"
            continue
        if row is None:
            return
        if len(row) > len(heads):
            yield f"{path}, line {reader.line_num}: {len(row)} cells in {len(heads)} columns; quote cells with commas"
        elif any(row):
            cells = dict(zip(heads, map(_restored, row), strict=False))
            yield reader.line_num, {name: cells.get(name, "").strip() for name in columns}


def defused(cell: str) -> str:
    """A cell that no spreadsheet runs; reading gives the same text back.

    >>> defused("=1+1"), _restored(defused("=1+1")), _restored(defused("'=1+1"))
    ("'=1+1", '=1+1', "'=1+1")
    """
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def _restored(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def _delimiter(text: str) -> str:
    """What separates the columns: some spreadsheets write semicolons or tabs."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)
