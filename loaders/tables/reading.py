"""From a source to a table: a Filing whose documents' texts are the table, sheet by sheet where it is a workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from biopact.graph.places import Places
from biopact.graph.records import slug
from biopact.loaders.filing import Document, Filing
from biopact.loaders.reading.decoding import decode
from biopact.loaders.sources import Source, shown
from biopact.loaders.tables.excel import SIGNATURE, sheets_of
from biopact.loaders.tables.mapping import Columns
from biopact.loaders.tables.rows import Row, rows_of
from biopact.ontology.errors import FilingError

DOCUMENT_TYPE = "TABLE"
_ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm")  # never a filing
_JSON_ENDINGS = (".json", ".jsonl", ".ndjson")  # a table where a mapping is given


def is_table(name: str, mapped: bool = False) -> bool:
    """Whether a file is a table by its name; with a mapping at hand, JSON and standard input are tables too.

    >>> is_table("deals.csv.gz"), is_table("8-K.htm"), is_table("deals.json"), is_table("deals.json", mapped=True)
    (True, False, False, True)
    """
    name = name.lower().removesuffix(".gz")
    return name.endswith(_ENDINGS) or (mapped and (name == "-" or name.endswith(_JSON_ENDINGS)))


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or the whole of a file without sheets, as text."""

    name: str  # of the sheet; "" where there are none
    text: str


def tables_of(source: Source) -> tuple[bytes, list[Table]]:
    """The bytes of a source, and its tables as text; FilingError says why it has none."""
    data = source.data()
    try:
        if data.startswith(SIGNATURE):
            tables = [Table(s.name, s.text) for s in sheets_of(data, source.limit)]
        else:
            tables = [Table("", decode(data))]
    except FilingError as error:
        raise FilingError(f"{shown(source.name)}: {error}") from error
    return data, tables


def read_table(source: Source, columns: Columns) -> Filing:
    """The table as a filing; FilingError, and nothing else, says on one line why it cannot be.

    Sheets that the mapping does not name are left out, or, where it names none, those without its columns.
    """
    data, tables = tables_of(source)
    documents: list[Document] = []
    notes: list[str] = []
    refused: list[str] = []
    for table in tables:
        if columns.sheets and table.name and table.name not in columns.sheets:
            notes.append(f"left out sheet {shown(table.name)}: the mapping names others")
            continue
        try:
            places = Places(elements=tuple((row.start, "row", row.number) for row in _rows(table.text, columns)))
        except FilingError as error:
            refused.append(f"sheet {shown(table.name)}: {error}" if table.name else str(error))
            continue
        number, text = len(documents) + 1, table.text
        documents.append(Document(number, DOCUMENT_TYPE, text, 0, len(text), table.name, places=places))
    if not documents:
        known = "" if refused else f"no sheet of this name; there are {', '.join(shown(t.name) for t in tables)}"
        raise FilingError(f"{shown(source.name)}: {known or '; '.join(refused)}")
    sha256 = hashlib.sha256(data).hexdigest()
    name = f"{slug(columns.name)}-{slug(source.name.rpartition('/')[2])}" if columns.name else None
    left_out = (*notes, *refused)
    return Filing(source.name, sha256, None, None, None, tuple(documents), (), left_out, len(data), name)


def _rows(text: str, columns: Columns) -> Iterator[Row]:
    return (row for row in rows_of(text, columns) if isinstance(row, Row))
