"""The facts of a table of deals: each row a deal, and the row's own words its evidence."""

from __future__ import annotations

from dataclasses import replace

from biopact.graph.ledger import FilingFacts
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.filing import Filing
from biopact.loaders.sources import Source
from biopact.loaders.tables.deals import RowReader
from biopact.loaders.tables.mapping import Columns
from biopact.loaders.tables.reading import read_table
from biopact.loaders.tables.rows import Fault, rows_of

RULE = "table/row"


class TableExtractor:
    """Reads tables by one mapping; a pure function of the table's text and the mapping."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.version = f"table/1-{columns.key}"

    def read(self, source: Source) -> Filing:
        """The table as a filing; FilingError says why it cannot be."""
        return read_table(source, self.columns)

    def extract(self, filing: Filing) -> FilingFacts:
        """The facts of every row; rows and cells that cannot be read are among the faults."""
        book = FactBook(filing, self.version)
        faults: list[str] = []
        for document in filing.documents:
            reader = RowReader(self.columns, book)
            where = f"sheet {document.description}, " if document.description else ""
            for row in rows_of(document.text, self.columns):
                if isinstance(row, Fault):
                    reader.faults.append(row)
                    continue
                deal = reader.deal(row, book.quote(document, row.start, row.end, RULE, 1.0))
                if deal is not None:
                    book.deals.append(deal)
            faults += [f"{where}{fault}" for fault in reader.faults]
        return replace(book.build(), faults=tuple(faults))
