"""Proposes what the columns of a table mean, by the names of its headings, as a mapping to look over and mend."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from biopact.loaders.sources import Source, shown
from biopact.loaders.tables.mapping import FIELDS, MONEY, PARTIES, columns_of, known_types
from biopact.loaders.tables.reading import tables_of
from biopact.loaders.tables.rows import DELIMITERS, Record, Row, is_json, json_rows, records_of
from biopact.loaders.tables.words import plain, split, table
from biopact.ontology.errors import FilingError

_EARLY = 20  # rows in which the headings are looked for
_SAMPLE = 1000  # rows whose deal types are looked at
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_UNITS = {
    "millions": re.compile(r"\b(?:m|mm|mn|mio|millions?)\b", re.IGNORECASE),
    "thousands": re.compile(r"\b(?:k|thousands?|000s?)\b", re.IGNORECASE),
    "billions": re.compile(r"\b(?:b|bn|billions?)\b", re.IGNORECASE),
}
_CURRENCY = re.compile(r"\b(USD|EUR|GBP|JPY|CHF|CNY|AUD|CAD)\b|(US\$|\$|€|£)")
_SIGNS = {"US$": "USD", "$": "USD", "€": "EUR", "£": "GBP"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping as YAML, and the first rows of its columns."""

    text: str
    fields: tuple[tuple[str, str], ...]  # what each column is taken for, and its heading
    rows: tuple[tuple[str, ...], ...]  # the cells of those columns


def propose(source: Source) -> Proposal:
    """A mapping for the first table of a file; FilingError where none of its headings names a party."""
    best: tuple[int, dict[str, str], list[dict[str, str]], str] = (0, {}, [], "")
    for text, sheet in ((t.text, t.name) for t in tables_of(source)[1]):
        for headings, rows in _readings(text):
            fields = _fields(headings)
            if len(fields) > best[0]:
                best = (len(fields), fields, rows, sheet)
    _, fields, rows, sheet = best
    if not any(name in fields for name in PARTIES):
        raise FilingError(
            f"{shown(source.name)}: none of its headings is known for a party's; docs/tables.md shows a mapping"
        )
    text = _yaml(fields, rows, sheet)
    columns_of(text)
    ordered = tuple((name, fields[name]) for name in FIELDS if name in fields)
    return Proposal(text, ordered, tuple(tuple(row.get(h, "") for _, h in ordered) for row in rows[:3]))


def _readings(text: str) -> Iterator[tuple[Sequence[str], list[dict[str, str]]]]:
    """The headings that a table can have, each with the first rows under them."""
    if is_json(text):
        found = [dict(row.cells) for row in islice(json_rows(text), _SAMPLE) if isinstance(row, Row)]
        yield list(dict.fromkeys(name for row in found for name in row)), found
        return
    for delimiter in DELIMITERS:
        records = [r for r in islice(records_of(text, delimiter), _EARLY + _SAMPLE) if isinstance(r, Record)]
        for number, record in enumerate(records[:_EARLY]):
            rows = [dict(zip(record.cells, r.cells, strict=False)) for r in records[number + 1 :] if any(r.cells)]
            yield record.cells, rows


def _fields(headings: Sequence[str]) -> dict[str, str]:
    """What columns are taken for, each the first whose heading is known."""
    known = {phrase: name for name, listed in table("headings").items() for phrase in split(listed)}
    found: dict[str, str] = {}
    for heading in headings:
        words = plain(_BRACKETS.sub(" ", heading).replace("_", " ").replace(":", " "))
        name = known.get(words)
        if name and headings.count(heading) == 1:
            found.setdefault(name, heading)
    return found


def _yaml(fields: dict[str, str], rows: list[dict[str, str]], sheet: str) -> str:
    lines = ["# Look this over: which columns are left out, the order of dates, units and currencies."]
    if sheet:
        lines.append(f"sheet: {_quoted(sheet)}")
    lines += ["# dates: day first   # or month first", "# currency: USD     # of amounts that name none", "columns:"]
    for name in FIELDS:
        if name in fields:
            heading = fields[name]
            said = _money(heading) if name in MONEY else ""
            lines.append(f"  {name}: " + (f"{{column: {_quoted(heading)}{said}}}" if said else _quoted(heading)))
    if "type" in fields:
        words = dict.fromkeys(plain(row.get(fields["type"], "")) for row in rows)
        unknown = [word for word in words if word and word not in known_types()]
        if unknown:
            lines.append("types:  # words of the table, and what they stand for; a list where several hold at once")
            lines += [f"  # {_quoted(word)}: license" for word in unknown[:20]]
            lines.append("  {}")
    return "\n".join(lines) + "\n"


def _money(heading: str) -> str:
    unit = next((name for name, pattern in _UNITS.items() if pattern.search(heading.replace("$", "$ "))), None)
    sign = _CURRENCY.search(heading)
    said = f", unit: {unit}" if unit else ""
    if sign:
        said += f", currency: {sign[1] or _SIGNS[sign[2]]}"
    return said


def _quoted(text: str) -> str:
    """Text as YAML reads it back, quoted as JSON is."""
    return json.dumps(text, ensure_ascii=False)
