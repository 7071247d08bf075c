"""What a graph holds, as Python sees it: nodes, edges, and the quotations that state them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from biopact.app.tables import cell, printable


@dataclass(frozen=True, slots=True)
class Node:
    """A company, an agreement, a compound, or anything else that the ontology knows.

    >>> node = Node("company/alnora", "Company", "Alnora Bio", properties={"cik": "0000000001"})
    >>> node["cik"], node.get("ticker"), str(node)
    ('0000000001', None, 'Alnora Bio')
    """

    id: str
    type: str  # as in Company
    name: str
    aliases: tuple[str, ...] = field(default=(), compare=False)
    properties: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    evidence: tuple[str, ...] = field(default=(), compare=False, repr=False)  # ids; Graph.evidence gives the words

    def __getitem__(self, name: str) -> Any:
        return self.properties[name]

    def get(self, name: str, default: Any = None) -> Any:
        """A property, or the default where no filing tells it."""
        return self.properties.get(name, default)

    def __str__(self) -> str:
        return self.name

    def _repr_html_(self) -> str:
        aliases = {"also called": self.aliases} if self.aliases else {}
        return _described(self.name, self.type, {"id": self.id, **aliases, **self.properties})


@dataclass(frozen=True, slots=True)
class Edge:
    """A statement that joins two nodes, read from source to target.

    >>> alnora, borea = Node("company/a", "Company", "Alnora Bio"), Node("company/b", "Company", "Borea Bio")
    >>> print(Edge("licenses_to/1", "LICENSES_TO", alnora, borea, {"date": "2019-03"}))
    Alnora Bio LICENSES_TO Borea Bio
    """

    id: str
    type: str  # as in LICENSES_TO
    source: Node
    target: Node
    properties: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    evidence: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def __getitem__(self, name: str) -> Any:
        return self.properties[name]

    def get(self, name: str, default: Any = None) -> Any:
        """A property, or the default where no filing tells it."""
        return self.properties.get(name, default)

    def __str__(self) -> str:
        return f"{self.source} {self.type} {self.target}"

    def _repr_html_(self) -> str:
        return _described(str(self), "", {"id": self.id, **self.properties})


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words that state a fact, and where they stand: ``graph.text(document)[start:end] == words``."""

    words: str
    document: str  # id, as in document/<accession number>/<sequence>
    exhibit: str  # the document's type, as in EX-99.1
    start: int
    end: int
    filing: str  # id, as in filing/<accession number>
    form: str | None  # as in 8-K
    filing_date: str | None
    url: str | None  # where the SEC shows the filing
    page: int | None  # of the document, where its file tells pages apart
    rule: str
    extractor: str
    confidence: float
    id: str

    @property
    def place(self) -> str:
        """Where the words stand, for people."""
        page = f"page {self.page}, " if self.page else ""
        filing = " ".join(filter(None, (self.form, self.filing.partition("/")[2])))
        return f"{self.exhibit}, {page}characters {self.start} to {self.end}, {filing}"

    def __str__(self) -> str:
        return f"“{printable(self.words)}”\n  {printable(self.place)}"

    def _repr_html_(self) -> str:
        place = escape(printable(self.place))
        if self.url:
            place = f'<a href="{escape(self.url)}">{place}</a>'
        return f"<blockquote>“{escape(self.words)}”<br><small>{place}</small></blockquote>"


def _described(title: str, type_: str, properties: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(cell(value))}</td></tr>" for name, value in properties.items()
    )
    return f"<b>{escape(printable(title))}</b> {escape(type_)}<table>{rows}</table>"
