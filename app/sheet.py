"""An answer laid out for people: columns with titles, ids out of the way, filings with their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from biopact.graph.addresses import web_address

_WORDS = re.compile(r"[a-z][A-Za-z0-9_, ]*")  # a column that is called something, rather than worked out of something
_ID = re.compile(r"(?:.*[_ ])?(?:edges?)|.+[_ ]ids?")
_CAPITALS = {"pagerank": "PageRank", **{word: word.upper() for word in ("auc", "cik", "irs", "lei", "url", "usd")}}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Titles and rows, with what they answer and where their links lead."""

    titles: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    title: str = ""
    about: tuple[str, ...] = ()  # what was asked, and of when, a line each
    links: Mapping[str, str] = field(default_factory=dict)  # the address of a value, as of a filing's id

    def link(self, value: Any) -> str | None:
        """Where a value leads: its address, or itself if it is one."""
        if isinstance(value, list | tuple) and len(value) == 1:
            return self.link(value[0])
        return (self.links.get(value) or web_address(value)) if isinstance(value, str) else None

    def numeric(self, position: int) -> bool:
        """Whether a column holds numbers and nothing else."""
        values = [row[position] for row in self.rows if row[position] is not None]
        return bool(values) and all(map(is_number, values))


def sheet(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, ids: bool = True, **more: Any) -> Sheet:
    """The rows with titles over them; columns of ids come last, or are left out.

    >>> made = sheet(("partner_id", "partner", "upfront_usd"), [("company/a", "Alnora", 5.0)])
    >>> made.titles, made.rows
    (('Partner', 'Upfront, USD', 'Partner id'), [('Alnora', 5.0, 'company/a')])
    """
    named = [i for i, name in enumerate(columns) if not is_id(name)]
    order = [*named, *(i for i in range(len(columns)) if i not in named)] if ids or not named else named
    return Sheet(tuple(title(columns[i]) for i in order), [tuple(row[i] for i in order) for row in rows], **more)


def title(column: str) -> str:
    """A column as a heading; one that Cypher made up of an expression stays as it is.

    >>> title("first_date"), title("milestones_max_usd"), title("a.name")
    ('First date', 'Milestones max, USD', 'a.name')
    """
    if not _WORDS.fullmatch(column):
        return column
    words = re.sub(r"(?<=.)_usd\b", ", USD", column).replace("_", " ").split(" ")
    text = " ".join(_CAPITALS.get(word, word) for word in words)
    return text[:1].upper() + text[1:]


def is_id(column: str) -> bool:
    """Whether a column tells ids of something that another one names; `id` alone is a name of its own.

    >>> [is_id(name) for name in ("partner_id", "edge", "left id", "id", "filing", "company_edges")]
    [True, True, True, False, False, True]
    """
    return _ID.fullmatch(column) is not None


def is_number(value: Any) -> bool:
    """Whether a value is a number; yes and no are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def strings(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """All that is text in rows, in lists too."""
    for row in rows:
        for value in row:
            for one in value if isinstance(value, list | tuple) else (value,):
                if isinstance(one, str):
                    yield one
