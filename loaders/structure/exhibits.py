"""The exhibits that a report lists: number, what each is called, and where the list says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from biopact.loaders.filing import Document

_MARKS = r"[ \t*(#|†‡+^_>]{0,12}"
_CLAUSE = r"(?:\([a-z\d]{1,3}\)){0,2}"
_NUMBER = rf"(?P<number>\d{{1,3}}\.\d{{1,3}}(?:\.\d{{1,2}})?[A-Za-z]?{_CLAUSE}|99|10[1-4](?:\.[A-Z]{{3}})?)"
# where nothing but exhibits is listed
_PLAIN = rf"(?P<number>\d{{1,3}}(?:\.\d{{1,3}}){{0,2}}(?:[A-Za-z]|\.[A-Z]{{3}})?{_CLAUSE})"
_BEHIND = r"(?![\d.,%/-]?\d)[)†‡*+#^§ ]{0,8}"
_PREFIX = r"(?:(?:EXHIBIT|EX)[- ](?:NO\. ?)?)?"
_FIRST = r"(?:[A-Z“\"]|(?:19|20)\d\d(?=[ ][A-Z]))"
_BESIDE = rf"(?:[ \t|.:–—-]{{1,80}}[*†‡+#^(§]{{0,4}}[ |]{{0,3}}(?P<description>{_FIRST}[^\n|]{{2,600}})|[ \t|*]*$)"
_STRICT = re.compile(rf"^{_MARKS}{_PREFIX}{_NUMBER}{_BEHIND}{_BESIDE}", re.M | re.I)
_LOOSE = re.compile(rf"^{_MARKS}{_PREFIX}{_PLAIN}{_BEHIND}{_BESIDE}", re.M | re.I)
_LETTERED = re.compile(rf"^{_MARKS}(?:EXHIBIT|SCHEDULE|ANNEX)\s(?P<number>[A-Z](?:-\d{{1,2}})?){_BESIDE}", re.M | re.I)
_BELOW = re.compile(rf"[\s*|†+#]{{0,60}}(?P<description>{_FIRST}[^\n|]{{2,600}})")
_GOES_ON = re.compile(r"\n[ \t]{4,}(?P<words>[^\s|][^\n|]{0,200})")
_NO_NAME = re.compile(
    r"(?:(?:Table of )?Contents|(?:Exhibit )?Index|Exhibits?|Description)$|(?:Incorporated|Portions|Filed|Previously|"
    r"Denotes|Indicates|Furnished|Confidential|Certain|Financial Statements|Management contract)\b(?! of\b)",
    re.I,
)
_BREAK = re.compile(r"<br\s*/?>")


@dataclass(frozen=True, slots=True)
class ListedExhibit:
    """An exhibit as the index of a report names it."""

    number: str  # as in 10.23, 99.1, 21
    description: str
    start: int  # of its row
    end: int


def listed_exhibits(document: Document) -> list[ListedExhibit]:
    """The exhibits that a document's index, or its item on exhibits, lists; each number once, in order."""
    found: dict[str, ListedExhibit] = {}
    for part in document.parts:
        if part.kind == "exhibits" or (part.kind == "item" and "exhibit" in part.title.lower()):
            for entry in entries(document.text, part.start, part.end, only_exhibits=True):
                found.setdefault(entry.number, entry)
    if not found and (last := [part for part in document.parts if part.kind == "item"][-1:]):
        end = next((part.start for part in document.parts if part.kind == "signatures"), document.end)
        for entry in entries(document.text, last[0].start, end):  # a list that no heading announces
            found.setdefault(entry.number, entry)
    return sorted(found.values(), key=lambda entry: entry.start)


def entries(text: str, begin: int, end: int, *, only_exhibits: bool = False) -> Iterator[ListedExhibit]:
    """Rows that begin with the number of an exhibit. With `only_exhibits` a bare 21 and a letter are numbers too.

    >>> [e.description for e in entries("Exhibit No. Exhibit\\n99.1  Press Release dated May 2\\n", 0, 99)]
    ['Press Release dated May 2']
    """
    patterns = (_LOOSE, _LETTERED) if only_exhibits else (_STRICT,)
    for pattern in patterns:
        for row in pattern.finditer(text, begin, min(end, len(text))):
            if entry := _entry(text, row, end):
                yield entry


def _entry(text: str, row: re.Match[str], end: int) -> ListedExhibit | None:
    found: re.Match[str] | None = row
    if row["description"] is None:
        found = _BELOW.match(text, row.end(), end)
    if found is None or found["description"][0].islower():
        return None
    words, stop = found["description"], found.end("description")
    if found is row:
        while len(words) < 600 and (more := _GOES_ON.match(text, stop, end)) and _joins(more["words"]):
            words, stop = f"{words} {more['words']}", more.end()
    description = " ".join(_BREAK.sub(" ", words).split()).strip(" *|")
    if len(description) < 3 or _NO_NAME.match(description):
        return None
    return ListedExhibit(row["number"], description, row.start("number"), stop)


def _joins(words: str) -> bool:
    """Whether an indented line goes on with the description above it."""
    return not re.match(r"(?:EXHIBIT\s)?\(?\d{1,3}(?:\.\d+)?[a-z]?\)?(?:\s{2,}|$)|<|[-=_]{3}", words, re.I)
