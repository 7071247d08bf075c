"""Rows of an answer as a table for the terminal, CSV, JSON, JSON Lines or Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

FORMATS = ("table", "csv", "json", "jsonl", "markdown")

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\n")


def render(columns: Sequence[str], rows: Iterable[Sequence[Any]], format: str, width: int | None = None) -> str:
    """The rows in one of FORMATS, with a line break at the end. `width` is for tables, in characters."""
    match format:
        case "csv":
            return _csv(columns, rows)
        case "json":
            return json.dumps([dict(zip(columns, r, strict=True)) for r in rows], ensure_ascii=False, indent=2) + "\n"
        case "jsonl":
            return "".join(json.dumps(dict(zip(columns, r, strict=True)), ensure_ascii=False) + "\n" for r in rows)
        case "markdown":
            lines = [columns, ["---"] * len(columns), *([_markdown(v) for v in r] for r in rows)]
            return "".join(f"| {' | '.join(line)} |\n" for line in lines)
    return _table(columns, rows, width)


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
            return f"{value:,.0f}" if value == int(value) else f"{value:,.4g}"
        case list() | tuple():
            return "; ".join(map(cell, value))
        case dict():
            return "; ".join(f"{k}: {cell(v)}" for k, v in value.items())
    return printable(str(value))


def _table(columns: Sequence[str], rows: Iterable[Sequence[Any]], width: int | None) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell(v), justify="right" if _is_number(v) else "left") for v in row))
    out = io.StringIO()
    Console(file=out, width=width or 120, color_system=None, force_jupyter=False).print(table)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
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
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _markdown(value: Any) -> str:
    return cell(value).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
