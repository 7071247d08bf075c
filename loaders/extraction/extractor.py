"""The seam between reading and facts, and the deterministic extractor that biopact ships."""

from __future__ import annotations

from typing import Protocol

from biopact.graph.ledger import FilingFacts
from biopact.loaders.extraction.contracts import is_contract, read_contract
from biopact.loaders.extraction.cover import read_cover
from biopact.loaders.extraction.deals import DealReader
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.joining import joined
from biopact.loaders.extraction.names import Names
from biopact.loaders.extraction.ownership import is_ownership_report, read_ownership
from biopact.loaders.extraction.subsidiaries import is_subsidiary_list, read_subsidiaries
from biopact.loaders.extraction.trace import SILENT, Trace
from biopact.loaders.filing import Filing


class Extractor(Protocol):
    """Reads the facts of a filing; a pure function of the filing and its own version."""

    @property
    def version(self) -> str:
        """Name and version, as in ``rules/1``; facts of another version are read again."""

    def extract(self, filing: Filing) -> FilingFacts:
        """All facts of a filing, each with its evidence."""


class RulesExtractor:
    """Rules over names, sentences and document structure: offline, deterministic, free."""

    version = "rules/5"

    def extract(self, filing: Filing, trace: Trace = SILENT) -> FilingFacts:
        """All facts of a filing, each with its evidence; `trace` is told how they are come by."""
        book = FactBook(filing, self.version)
        filers = read_cover(book)
        prose, contracts = [], []
        for document in filing.documents:
            if document.sequence == 0:
                continue
            if is_ownership_report(document):
                trace.document(document, "ownership report")
                read_ownership(book, document)
                prose.append(document)  # its items may tell of deals
            elif is_subsidiary_list(document):
                trace.document(document, "subsidiary list")
                read_subsidiaries(book, document, filers[0] if filers else None)
            elif is_contract(document) and (deal := read_contract(book, document)) is not None:
                trace.document(document, "contract")
                contracts.append(deal)
            else:
                trace.document(document, "prose")
                read_subsidiaries(book, document, filers[0] if filers else None)  # an annual report's own list
                prose.append(document)
        if prose:
            speakers = [filer for filer in filers if filer.type == "Company"]  # persons who file say "I"
            reader = DealReader(book, Names(book, prose, speakers), trace)
            for document in prose:
                reader.read(document)
            reader.close()
        book.deals = joined(contracts, book.deals)
        return book.build()
