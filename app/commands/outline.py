"""The command that shows how filings are built: documents, parts, items, listed exhibits, defined terms, tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from biopact.app.commands.options import limit_option
from biopact.app.tables import printable

if TYPE_CHECKING:
    from biopact.loaders.filing import Document, Filing

_WIDEST = 100  # characters of a line before its span


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--headings", is_flag=True, help="Show plain headings too.")
@click.option("--terms", is_flag=True, help="Show defined terms and what they stand for.")
@click.option("--tables", is_flag=True, help="Show tables.")
@click.option("--json", "as_json", is_flag=True, help="Print everything, as one line of JSON for each filing.")
@limit_option
@click.pass_context
def outline(
    ctx: click.Context, files: tuple[str, ...], headings: bool, terms: bool, tables: bool, as_json: bool, limit: int
) -> None:
    """Show how filings are built: their documents, the parts and items of these, and the exhibits they list.

    A line ends with the characters that it is about; `biopact show FILE --span` shows them. A FILE may be a folder, a
    zip archive, a pattern in quotes, or - for standard input.

    \b
    Example:
      biopact outline examples/samples/01-quillmere-8-K-license.txt
      biopact outline --headings --terms annual-report.htm
    """
    from biopact.loaders.reading import read_filing
    from biopact.loaders.sources import find_sources
    from biopact.ontology.errors import FilingError

    kinds = {name for name, wanted in (("heading", headings), ("term", terms), ("table", tables)) if wanted}
    failed = False
    for source in find_sources(files, limit):
        try:
            filing = read_filing(source)
        except FilingError as error:
            failed = True
            click.echo(f"biopact: {printable(str(error))}", err=True)
            continue
        if as_json:
            click.echo(json.dumps(outline_of(filing), ensure_ascii=False))
        else:
            for line in _lines(outline_of(filing), kinds | {"cover", "contents", "part", "item"} | _ALWAYS):
                click.echo(line)
    ctx.exit(1 if failed else 0)


_ALWAYS = {"about", "forward-looking", "exhibits", "exhibit", "signatures"}


def outline_of(filing: Filing) -> dict[str, Any]:
    """The structure of a filing: each document with what it holds as a tree of kind, number, title, start and end."""
    return {
        "filing": filing.source,
        "form": filing.form,
        "accession_number": filing.accession_number,
        "documents": [
            {
                "sequence": document.sequence,
                "type": document.type,
                "description": document.description,
                "start": document.begin,
                "end": document.end,
                "parts": _tree(sorted(_pieces(document), key=lambda piece: (piece["start"], -piece["end"]))),
            }
            for document in filing.documents
        ],
    }


def _pieces(document: Document) -> Iterator[dict[str, Any]]:
    """Everything that a document is made of, outer pieces before what they hold."""
    from biopact.loaders.structure.definitions import definitions
    from biopact.loaders.structure.exhibits import listed_exhibits
    from biopact.loaders.structure.tables import tables

    def piece(kind: str, title: str, start: int, end: int, number: str | None = None, **own: Any) -> dict[str, Any]:
        return {"kind": kind, "number": number, "title": title, "start": start, "end": end, **own}

    if document.sequence == 0:
        return
    for part in document.parts:
        yield piece(part.kind, part.title, part.start, part.end, part.number)
    for exhibit in listed_exhibits(document):
        yield piece("exhibit", exhibit.description, exhibit.start, exhibit.end, exhibit.number)
    for found in definitions(document):
        meaning = " ".join(document.text[slice(*found.meaning)].split()) if found.meaning else None
        yield piece("term", ", ".join(found.terms), found.start, found.end, stands_for=meaning)
    for table in tables(document):
        rows = [[" ".join(document.text[start:end].split()) for start, end in row] for row in table.rows]
        yield piece("table", f"{len(rows)} rows", table.start, table.end, rows=rows)


def _tree(pieces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The pieces with what lies inside each as its `parts`."""
    top: list[dict[str, Any]] = []
    open_: list[dict[str, Any]] = []
    for piece in pieces:
        while open_ and piece["end"] > open_[-1]["end"]:
            open_.pop()
        (open_[-1]["parts"] if open_ else top).append(piece)
        piece["parts"] = []
        open_.append(piece)
    return top


def _lines(found: dict[str, Any], kinds: set[str]) -> Iterator[str]:
    yield printable(" ".join(filter(None, (found["form"], found["accession_number"], found["filing"]))))
    for document in found["documents"]:
        yield _line("  ", [document["type"], document["description"]], document)
        yield from _inner(document["parts"], kinds, "    ")


def _inner(pieces: list[dict[str, Any]], kinds: set[str], indent: str) -> Iterator[str]:
    for piece in pieces:
        shown = piece["kind"] in kinds
        if shown:
            label = "" if piece["kind"] == "heading" else piece["kind"]
            stands = piece.get("stands_for")
            yield _line(indent, [label, piece["number"], piece["title"], f"= {stands}" if stands else None], piece)
        yield from _inner(piece["parts"], kinds, indent + "  " * shown)


def _line(indent: str, words: list[str | None], span: dict[str, Any]) -> str:
    line = indent + printable(" ".join(filter(None, words)))
    line = line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"
    return f"{line}  {span['start']}:{span['end']}"
