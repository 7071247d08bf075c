"""Judgements as a CSV table that a spreadsheet can edit: out of a journal, and back into one."""

from __future__ import annotations

import csv
import io
import os
from dataclasses import dataclass
from pathlib import Path

from biopact.graph.csv_rows import defused, rows_of_table
from biopact.graph.judgements import Judgement, Judgements, now, verdict_of
from biopact.ontology import ValidationError

COLUMNS = ("left", "right", "verdict", "who", "when", "note")
_REQUIRED = COLUMNS[:3]


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
    writer.writerows([defused(str(getattr(judgement, name))) for name in COLUMNS] for judgement in standing)
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
    for row in rows_of_table(path, COLUMNS, _REQUIRED):
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
