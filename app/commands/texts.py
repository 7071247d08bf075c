"""The kept text of a filing, a quotation in it, and where in its file that stood: the second face of `show`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from biopact.app.commands.options import WrongUseError
from biopact.app.tables import printable

if TYPE_CHECKING:
    from biopact.graph.ledger import Ledger
    from biopact.graph.places import Places

_CONTEXT = 300  # characters before and after a span


@dataclass(frozen=True, slots=True)
class Kept:
    """One document of a filing: its text, and the way back to its file."""

    filing: str  # what the filing is called
    number: int
    type: str
    text: str
    places: Places

    def __str__(self) -> str:
        return printable(f"{self.type} (document {self.number}) of {self.filing}")


def kept_documents(name: str, ledger: Ledger, limit: int) -> list[Kept]:
    """The documents of the filing that `name` is the file, the accession number or the id of; empty where it is none.

    FilingError if it is a file that cannot be read, WrongUseError if it holds several filings.
    """
    path = Path(name.partition("!")[0])
    if name == "-" or path.is_file():
        return list(_of_file(name, path, limit))
    id_ = name if name.startswith("filing/") else f"filing/{name}"
    return list(_of_ledger(id_, ledger)) if id_ in ledger.filings() else []


def _of_file(name: str, path: Path, limit: int) -> Iterator[Kept]:
    from biopact.loaders.reading import read_filing
    from biopact.loaders.sources import find_sources

    sources = list(find_sources([name if name == "-" else str(path)], limit))
    chosen = sources if len(sources) == 1 else [source for source in sources if source.name == name]
    if len(chosen) != 1:
        raise WrongUseError(f"{name}: holds {len(sources)} files; name one of them, as in {sources[0].name}")
    filing = read_filing(chosen[0])
    title = " ".join(filter(None, (filing.form, filing.accession_number or chosen[0].name.rpartition("/")[2])))
    for document in filing.documents:
        yield Kept(title, document.sequence, document.type, document.text, document.places)


def _of_ledger(id_: str, ledger: Ledger) -> Iterator[Kept]:
    from biopact.graph.places import NOWHERE

    facts = ledger.get(id_)
    nodes = {node.id: node for node in facts.nodes}
    for document, text in sorted(facts.texts.items(), key=lambda item: int(item[0].rpartition("/")[2])):
        number = int(document.rpartition("/")[2])
        type_ = str(nodes[document].properties.get("type", ""))
        yield Kept(nodes[id_].name, number, type_, text, facts.places.get(document, NOWHERE))


def show_documents(documents: list[Kept], wanted: str | None, span: tuple[int, int] | None) -> None:
    """Print the text of all documents, of one of them, or a span of one in its context."""
    chosen = [d for d in documents if wanted is None or wanted.upper() == d.type.upper() or wanted == str(d.number)]
    if not chosen:
        known = ", ".join(f"{d.number} ({printable(d.type)})" for d in documents)
        raise WrongUseError(f"--document {wanted}: the filing has no such document, it has {known}")
    if span is not None:
        if len(chosen) > 1:
            raise WrongUseError(f"--span: say with --document which of {len(chosen)} documents is meant, by its number")
        _show_span(chosen[0], *span)
        return
    shown: set[str] = set()
    for document in chosen:
        if wanted is None:
            click.echo(f"== {document}, {_extent(document)}")
        if document.text in shown:
            click.echo("(its words stand in the text above, into which it is pasted)")
        else:
            click.echo(_harmless(document.text))
        shown.add(document.text)


def _show_span(document: Kept, start: int, end: int) -> None:
    text = document.text
    if not start < end <= len(text):
        raise WrongUseError(f"--span {start}:{end}: the text of {document} has the characters 0 to {len(text)}")
    click.echo(f"{document}, characters {start} to {end}, {', '.join(_where(document, start, end))}\n")
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    quotation = click.style(_harmless(text[start:end]), bold=True)
    click.echo(f"{_harmless(before)}[[{quotation}]]{_harmless(after)}")


def _where(document: Kept, start: int, end: int) -> Iterator[str]:
    places, text = document.places, document.text
    if page := places.page(start):
        yield _range("page", page, places.page(end - 1))
    if element := places.element(start):
        yield _range("element", element, places.element(end - 1))
    else:
        first = text.count("\n", 0, start) + 1
        yield _range("line", first, first + text.count("\n", start, end))


def _range(what: str, first: object, last: object) -> str:
    return f"{what} {first}" if first == last else f"{what}s {first} to {last}"


def _extent(document: Kept) -> str:
    pages = f", {len(document.places.pages) + 1} pages" if document.places.pages else ""
    return f"{len(document.text):,} characters{pages}"


def _harmless(text: str) -> str:
    """The text with as many characters, none of which steers a terminal or cannot be written."""
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t\f" else c for c in text)
