"""An answer as one HTML page that asks no address for anything, for a desk and for a phone."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from biopact.app.sheet import Sheet, is_number
from biopact.app.tables import cell, printable

_SHORT = 28  # characters, as of a day or a filing, that stay on one line where there is room


def webpage(sheet: Sheet) -> str:
    """The answer as a page; whatever text a filing holds is text in it."""
    numeric = [sheet.numeric(i) for i in range(len(sheet.titles))]
    heads = "".join(_head(title, number) for title, number in zip(sheet.titles, numeric, strict=True))
    choices = "".join(f'<option value="{i}">{_text(title)}</option>' for i, title in enumerate(sheet.titles))
    script = _asset("table.js")
    return Template(_asset("table.html")).substitute(
        title=_text(sheet.title) or "biopact",
        about="".join(f"<p>{_text(line)}</p>" for line in sheet.about),
        count=f"{len(sheet.rows):,} row{'' if len(sheet.rows) == 1 else 's'}",
        policy=f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'",
        style=_asset("table.css"),
        heads=heads,
        choices=choices,
        rows="".join(_rows(sheet)),
        script=script,
    )


def _rows(sheet: Sheet) -> Iterator[str]:
    labels = [_text(title) for title in sheet.titles]
    for row in sheet.rows:
        cells = (_cell(sheet, label, value) for label, value in zip(labels, row, strict=True))
        yield f"<tr>{''.join(cells)}</tr>\n"


def _cell(sheet: Sheet, label: str, value: Any) -> str:
    if not isinstance(value, list | tuple):
        shown = _linked(sheet, value)
    else:
        shown = "; ".join(_linked(sheet, one) for one in value)
    kept = ' class="s"' if shown and " " not in shown and len(cell(value)) <= _SHORT else ""
    sort = f' class="n" data-sort="{value!r}"' if is_number(value) else kept
    return f'<td data-label="{label}"{sort}>{f"<bdi>{shown}</bdi>" if shown else ""}</td>'


def _linked(sheet: Sheet, value: Any) -> str:
    shown, link = _text(cell(value)), sheet.link(value)
    return f'<a href="{escape(link)}" target="_blank" rel="noopener noreferrer">{shown}</a>' if link else shown


def _head(title: str, number: bool) -> str:
    return f'<th scope="col"{" class=n" if number else ""}><button type="button">{_text(title)}</button></th>'


def _text(text: str) -> str:
    return escape(printable(text))


@cache
def _asset(name: str) -> str:
    return (files("biopact.app") / "assets" / name).read_text(encoding="utf-8")
