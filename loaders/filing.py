"""A filing as reading leaves it: documents with text whose character offsets never move."""

from __future__ import annotations

from dataclasses import dataclass

from biopact.graph.places import NOWHERE, Places


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document that its layout or its form sets apart. Parts nest: an item holds its headings.

    `kind` is one of cover, contents, part, item, heading, about, forward-looking, exhibits and signatures.
    """

    kind: str
    title: str  # "" where the document gives it none
    start: int  # of the heading, in the document's text
    end: int
    number: str | None = None  # II of a part; 1.01, 7A, 10.C of an item; "1, 2" of items under one heading


@dataclass(frozen=True, slots=True)
class Document:
    """A filing's body or one exhibit.

    Offsets of quotations count in `text`. Where exhibits are pasted into one file, they share its text and
    each takes the window from `begin` to `end` of it.
    """

    sequence: int  # from 1; 0 is the SGML header
    type: str  # as in 8-K, EX-99.1, EX-10.1
    text: str
    begin: int
    end: int
    description: str = ""
    parts: tuple[Part, ...] = ()  # in the order in which they begin, an outer one before its first inner one
    places: Places = NOWHERE  # the way back from `text` to pages and elements of the file


@dataclass(frozen=True, slots=True)
class CoverFact:
    """A fact of the cover page or the submission header: what it says and where."""

    name: str  # as in registrant, cik, irs_number, jurisdiction, ticker, form, event_date, item, former_name
    value: str  # normal form: an ISO date, a ten-digit CIK
    document: int  # sequence of the document that says it
    start: int
    end: int
    company: int = 0  # which filer it is about, from 0


@dataclass(frozen=True, slots=True)
class Filing:
    """One submission, or one file read on its own."""

    source: str  # path as it was given
    sha256: str  # of the bytes read
    form: str | None
    accession_number: str | None
    filing_date: str | None
    documents: tuple[Document, ...]  # an SGML header, when there is one, is document 0 of type SEC-HEADER
    cover: tuple[CoverFact, ...] = ()
    notes: tuple[str, ...] = ()  # what was left out of the text, and why
    size: int = 0  # bytes read, unpacked
    name: str | None = None  # what a table of deals is kept under, whatever its content
    url: str | None = None  # where it was fetched from, and when, where a manifest tells
    retrieved: str | None = None

    @property
    def id(self) -> str:
        """``filing/<accession number>``, or of its own name or content hash where there is none."""
        return f"filing/{self.accession_number or self.name or self.sha256[:16]}"

    def document_id(self, document: Document) -> str:
        """``document/<filing>/<sequence>``."""
        return f"document/{self.id.partition('/')[2]}/{document.sequence}"
