"""Rows of an answer as a table for the terminal, CSV, JSON, JSON Lines or Markdown."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

from biopact.app.sheet import Sheet, is_number

FORMATS = ("table", "csv", "json", "jsonl", "markdown")

# A spreadsheet takes a cell that begins so for a formula, the wide forms where people write Chinese or Japanese.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\x00-\x1f\x7f-\x9f]")
_MARKUP = re.compile(r"[\\|`*\[\]]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")  # an underline inside a word is none
_NARROWEST = 20
_WORD = 28  # characters of a word that stay together in a table
_ANGLES = re.compile(r"[<>|\\]")


def render(columns: Sequence[str], rows: Iterable[Sequence[Any]], format: str, width: int | None = None) -> str:
    """The rows in one of FORMATS, with a line break at the end; columns keep their names.

    `width` is for tables, in characters.
    """
    match format:
        case "csv":
            return _csv(columns, rows)
        case "json":
            return json.dumps([dict(zip(columns, r, strict=True)) for r in rows], ensure_ascii=False, indent=2) + "\n"
        case "jsonl":
            return "".join(json.dumps(dict(zip(columns, r, strict=True)), ensure_ascii=False) + "\n" for r in rows)
        case "markdown":
            return markdown(Sheet(tuple(columns), list(rows)))
    return table(Sheet(tuple(columns), list(rows)), width)


def printable(text: str) -> str:
    r"""The text on one line and without control characters, so that a filing cannot steer a terminal.

    >>> printable("a\n b\x1b[2J")
    'a b[2J'
    """
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def cell(value: Any) -> str:
    """A value as a person reads it: nothing for None, lists joined, numbers grouped.

    >>> cell(("a", "b")), cell(4500000.0), cell(None), cell(True)
    ('a; b', '4,500,000', '', 'yes')
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return _number(value)
        case list() | tuple():
            return "; ".join(map(cell, value))
        case dict():
            return "; ".join(f"{k}: {cell(v)}" for k, v in value.items())
    return printable(str(value))


def _number(value: float) -> str:
    if not math.isfinite(value) or value == int(value):
        return f"{value:,.0f}"
    return f"{value:,.4g}" if abs(value) < 1_000 else f"{value:,.2f}"


def table(sheet: Sheet, width: int | None = None, *, terminal: bool = False) -> str:
    """The answer in columns, 120 characters wide if not told otherwise; on a terminal, filings can be clicked.

    Where the columns cannot stand side by side without cutting words, each row is a block of its own.
    """
    from rich.console import Console
    from rich.style import Style
    from rich.table import Table
    from rich.text import Text

    def text(value: Any) -> Text:
        link = sheet.link(value) if terminal else None
        return Text(cell(value), Style(link=link), justify="right" if is_number(value) and widths else "left")

    def grid(widths: Sequence[int], heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
        made = Table(box=None, pad_edge=False, header_style="bold", show_edge=False, show_header=bool(heads))
        for position, size in enumerate(widths):
            made.add_column(Text(heads[position]) if heads else "", overflow="fold", width=size)
        for row in rows:
            made.add_row(*map(text, row))
        return made

    width, titles = max(width or 120, _NARROWEST), [printable(title) for title in sheet.titles]
    widths = _widths([[title, *(cell(row[i]) for row in sheet.rows)] for i, title in enumerate(titles)], width)
    if widths:
        shown = [grid(widths, titles, sheet.rows)]
    else:
        label = min(width // 2, max(map(len, titles)))
        told = ([(t, v) for t, v in zip(titles, row, strict=True) if cell(v)] for row in sheet.rows)
        shown = [grid((label, width - label - 2), (), block) for block in told]
    out = io.StringIO()
    colors: Any = "standard" if terminal else None
    console = Console(
        file=out, width=width, color_system=colors, force_terminal=terminal, legacy_windows=False, force_jupyter=False
    )
    for number, one in enumerate(shown):
        console.print(*([""] if number else []), one, sep="\n")
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """How wide columns are that stand side by side; none if even their words do not."""
    from rich.cells import cell_len

    room -= 2 * (len(columns) - 1)
    wide = [min(room, max(map(cell_len, texts))) for texts in columns]
    least = [min(_WORD, max(cell_len(word) for text in texts for word in text.split() or [""])) for texts in columns]
    if sum(least) > room:
        return []
    while sum(wide) > room:
        widest = max((i for i, size in enumerate(wide) if size > least[i]), key=lambda i: wide[i])
        wide[widest] -= 1
    return wide


def markdown(sheet: Sheet) -> str:
    """The answer as a table in Markdown, in which no text of a filing is markup."""

    def text(value: Any) -> str:
        words = _MARKUP.sub(r"\\\g<0>", cell(value)).replace("<", "&lt;")
        link = sheet.link(value)
        return f"[{words}](<{_ANGLES.sub(lambda c: f'%{ord(c[0]):X}', link)}>)" if link and words else words

    lines = [map(text, sheet.titles), ["---"] * len(sheet.titles), *(map(text, row) for row in sheet.rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(map(_defused, columns))
    for row in rows:
        writer.writerow([_defused(_plain(v)) for v in row])
    return out.getvalue()


def _plain(value: Any) -> Any:
    """A value for a machine: lists joined, mappings as JSON, the rest as it is."""
    match value:
        case list() | tuple():
            return "; ".join(str(_plain(v)) for v in value)
        case dict():
            return json.dumps(value, ensure_ascii=False)
        case bool():
            return str(value).lower()
        case str():  # the csv module leaves a lone carriage return unquoted, and readers end the row there
            return value.replace("\r\n", "\n").replace("\r", "\n")
    return value


def _defused(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
