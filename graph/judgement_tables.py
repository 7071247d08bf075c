"""Judgements as a CSV table that a spreadsheet can edit: out of a journal, and back into one."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from biopact.graph.judgements import Judgement, Judgements, now, verdict_of
from biopact.ontology import ValidationError

COLUMNS = ("left", "right", "verdict", "who", "when", "note")
_REQUIRED = COLUMNS[:3]
_FORMULA = ("=", "+", "-", "@")  # a spreadsheet takes a cell that begins so for a formula


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the rows of a table."""

    taken: int
    known: int  # in the journal already, or older than its last word on the pair
    refused: tuple[str, ...]  # each with file and line, and what is wrong


def export_csv(judgements: Judgements, path: Path) -> int:
    """Write what stands, sorted by pair, and return how many rows it is. The file appears whole or not at all."""
    standing = judgements.current().values()
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_defused(str(getattr(judgement, name))) for name in COLUMNS] for judgement in standing)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(out.getvalue().encode())
    draft.replace(path)
    return len(standing)


def import_csv(judgements: Judgements, path: Path, who: str) -> Imported:
    """Take the rows of a table into the journal. A bad row stops no other.

    `who` speaks for rows that name nobody; rows without a moment are of now. ValidationError if the file is no such
    table.
    """
    found: list[Judgement] = []
    refused: list[str] = []
    standing = judgements.current()
    known = 0
    for row in _rows(path):
        if isinstance(row, str):
            refused.append(row)
            continue
        line, cells = row
        moment = now()
        try:
            said = Judgement(
                cells["left"],
                cells["right"],
                verdict_of(cells["verdict"].lower()),
                cells["who"] or who,
                cells["when"] or moment,
                cells["note"],
            )
            if said.when[:10] > moment[:10]:
                raise ValidationError(f"{said.when}: still to come; expected the moment of the verdict, or none")
        except ValidationError as error:
            refused.append(f"{path}, line {line}: {error}")
            continue
        if not cells["when"] and said.pair in standing and standing[said.pair].verdict == said.verdict:
            known += 1
        else:
            found.append(said)
    taken = judgements.take(found)
    return Imported(taken, known + len(found) - taken, tuple(refused))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]] | str]:
    """Every row with its line and its cells by column; in place of a row that cannot be read, what is wrong."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(f"{path}: not UTF-8 ({error}); save it as CSV UTF-8") from error
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    heads = [head.strip().lower() for head in next(reader, [])]
    if missing := [name for name in _REQUIRED if name not in heads]:
        raise ValidationError(f"{path}, line 1: no column {', '.join(missing)}; expected {','.join(COLUMNS)}")
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
            yield reader.line_num, {name: cells.get(name, "").strip() for name in COLUMNS}


def _delimiter(text: str) -> str:
    """What separates the columns: some spreadsheets write semicolons or tabs."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _defused(cell: str) -> str:
    """A cell that no spreadsheet runs; `_restored` gives the same text back.

    >>> _defused("=1+1"), _restored(_defused("=1+1")), _restored(_defused("'=1+1"))
    ("'=1+1", '=1+1', "'=1+1")
    """
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def _restored(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell
