"""Reads tables that list a company's partners: a row for each licensee or collaborator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from biopact.loaders.filing import Document

_HEADS = {
    "partner": re.compile(
        r"partners?|licensees?|collaborators?|counterpart(?:y|ies)|licensing partners?|company", re.IGNORECASE
    ),
    "subject": re.compile(
        r"programs?|products?|fields?|compounds?|product candidates?|indications?|assets?", re.IGNORECASE
    ),
}
_LICENSING = re.compile(r"licen[sc](?:ing|e|ees?)\b", re.IGNORECASE)
_OF_PRODUCTS = re.compile(
    r"(?:trade ?marks?|brands?|products?|compounds?|medicines?|product candidates?)(?: names?)?", re.IGNORECASE
)
_LICENSOR = re.compile(r"licensors?(?: or owner)?|licen[sc]ed from|in-licensed from", re.IGNORECASE)
_ABOVE = 400  # characters above a table in which its heading stands


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One row: where the partner's cell and the row's first two cells stand."""

    partner: tuple[int, int]
    start: int
    end: int
    subject: tuple[int, int] | None


def licensees(document: Document) -> Iterator[PartnerRow]:
    """Rows of tables that name licensing partners, where the head of the table or its heading speaks of licensing.

    Where a converter put every cell on a line of its own, each cell is offered as a partner's; the caller knows names.
    """
    text = document.text
    head: list[str] = []
    for line in re.finditer(r"[^\n]+", text[document.begin : document.end]):
        base = document.begin + line.start()
        cells = _cells(line.group(), base)
        words = [text[s:e] for s, e in cells]
        alone = len(cells) == 1 and line.group().rstrip().endswith("|")
        if len(cells) < 2 and not alone:
            head = head if not line.group().strip(" |") else []
        elif _HEADS["partner"].fullmatch(words[0].strip(" *")):
            above = text[max(document.begin, base - _ABOVE) : base]
            head = words if _LICENSING.search(above + line.group()) else []
        elif (
            head and not re.fullmatch(r"[\s:|-]*", line.group()) and not re.match(r"totals?\b", words[0], re.IGNORECASE)
        ):
            column = next((i for i, h in enumerate(head) if i and _HEADS["subject"].fullmatch(h.strip(" *"))), None)
            subject = cells[column] if column is not None and column < len(cells) else None
            yield PartnerRow(cells[0], cells[0][0], max(c[1] for c in cells[:2]), subject)


def licensors(document: Document) -> Iterator[PartnerRow]:
    """Rows of tables of products or trade marks with a column for whoever licenses them to the filer."""
    column: int | None = None
    for line in re.finditer(r"[^\n]+", document.text[document.begin : document.end]):
        cells = _cells(line.group(), document.begin + line.start())
        words = [document.text[s:e].strip(" *") for s, e in cells]
        if len(cells) < 2:
            column = column if "|" in line.group() else None
        elif _OF_PRODUCTS.fullmatch(words[0]):
            column = next((i for i, w in enumerate(words) if i and _LICENSOR.fullmatch(w)), None)
        elif column is not None and column < len(cells) and not re.fullmatch(r"[\s:|-]*", line.group()):
            yield PartnerRow(cells[column], cells[0][0], cells[column][1], cells[0])


def _cells(line: str, base: int) -> list[tuple[int, int]]:
    """Offsets of the cells of a row, without the bars and spaces around them."""
    if "|" not in line:
        return []
    found = []
    for m in re.finditer(r"[^|]+", line):
        inner = m.group().strip()
        if inner:
            start = base + m.start() + m.group().index(inner)
            found.append((start, start + len(inner)))
    return found
