"""The seam between reading and facts, and the deterministic extractor that biopact ships."""

from __future__ import annotations

from typing import Protocol

from biopact.graph.ledger import FilingFacts
from biopact.loaders.extraction.facts import FactBook
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

    version = "rules/1"

    def extract(self, filing: Filing) -> FilingFacts:
        """All facts of a filing, each with its evidence."""
        book = FactBook(filing, self.version)
        return book.build()
