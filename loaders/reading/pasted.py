"""A report and its exhibits pasted into one text: where each exhibit begins, and what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from biopact.loaders.reading.types import is_release, release_mark

_SIGNATURES = re.compile(r"^[ \t#*|_]{0,20}SIGNATURES?[ \t*_|.:]{0,10}$", re.M | re.I)
_INDEX = re.compile(
    r"^[ \t#*|_]{0,20}(?:EXHIBITS?[ \t]+INDEX|(?:INDEX|LIST)[ \t]+(?:TO|OF)[ \t]+EXHIBITS)[ \t*_|.:]{0,10}$",
    re.M | re.I,
)
_EXHIBIT_LINE = re.compile(
    r"^[ \t#*|_(]{0,20}EXHIBIT[ \t]{1,5}(?P<number>\d{1,3}(?:\.\d{1,3}){0,2}[a-z]?)[ \t*_|.:)]{0,10}$", re.M | re.I
)
_ENTRY = re.compile(
    r"(?:^|[|\t(*\n]|Exhibit(?=\d)|\s{2})[ \t*(]{0,8}(?P<number>\d{1,2}\.\d{1,3}|99)[)†*+#]{0,4}"
    r"[ \t|.:–—-]{0,12}(?P<description>[A-Z“\"][^\n|]{3,300})",
)
_INDEX_LINE = re.compile(
    r"[\s*#|_=-]*(?:EXHIBITS?\b.{0,200}|(?:\(?[a-z]\)?\s)?\W{0,4}\d{1,3}(?:\.\d{1,3}){1,2}\b.{0,600}|(?:page\s+)?\W{0,3}\d{0,4}\W{0,3}"
    r"|<PAGE>.{0,12}|NUMBER\b.{0,60}|(?:NO|DESCRIPTION|PAGE)\b\W{0,3}.{0,40}|\W*\*.{0,200}furnished.{0,60})",
    re.I | re.S,
)
_SIGNED_LINE = re.compile(
    r"/s/|^\W{0,6}(?:By|Name|Title|Date|Dated|Its)\b\s?:?|^\W{0,6}\(?Registrant\)?|Officer\b|President\b|Secretary\b|Counsel\b"
    r"|duly (?:caused|authorized)|^\W*\d{0,3}\W*$|Director\b|Treasurer\b",
    re.I,
)
_PARAGRAPH = re.compile(r"[^\s][^\n]*(?:\n(?![ \t]*\n)[^\n]+)*")


@dataclass(frozen=True, slots=True)
class Window:
    """One document of a pasted text."""

    type: str
    description: str
    begin: int
    end: int


def windows_of(text: str, type_: str) -> list[Window]:
    """The report and the exhibits after its signatures, in order; one window when nothing is pasted."""
    signed = _SIGNATURES.search(text)
    if not signed:
        return [Window(type_, "", 0, len(text))]
    starts = [match for match in _EXHIBIT_LINE.finditer(text, signed.end()) if _opens(text, match)]
    if starts:
        cuts = [(match.start(), match["number"]) for match in starts]
        entries = listed_exhibits(text, cuts[0][0])
    elif (begin := _after_index(text, signed.end())) is not None and is_release(text[begin : begin + 6000]):
        entries = listed_exhibits(text, begin)
        cuts = [(begin, _release_number(entries))]
    else:
        return [Window(type_, "", 0, len(text))]
    windows = [Window(type_, "", 0, cuts[0][0])]
    for (begin, number), (following, _) in pairwise([*cuts, (len(text), "")]):
        windows.append(Window(f"EX-{number}", entries.get(number, ""), begin, following))
    return windows


def listed_exhibits(text: str, end: int) -> dict[str, str]:
    """Exhibit number to description, from the lists of a report that ends at `end`.

    >>> listed_exhibits("Exhibit No. Exhibit\\n99.1  Press Release dated May 2\\n", 99)
    {'99.1': 'Press Release dated May 2'}
    """
    found: dict[str, str] = {}
    for match in _ENTRY.finditer(text, 0, min(end, len(text))):
        found.setdefault(match["number"], " ".join(match["description"].split()).strip(" *|"))
    return found


def _release_number(entries: dict[str, str]) -> str:
    """The number of the press release: by its description, else by its class."""
    for number, description in entries.items():
        if re.search(r"(?:press|news|media)\s+release", description, re.I):
            return number
    return next((number for number in entries if number.startswith("99")), "99")


def _opens(text: str, line: re.Match[str]) -> bool:
    """Whether an "Exhibit 99.1" line stands over a document, and not in an index or as a running head."""
    following = text[line.end() : line.end() + 400].strip()
    return len(following) > 100 and not _ENTRY.match("\n" + following)


def _after_index(text: str, signed: int) -> int | None:
    """Where the text goes on after the exhibit index, or after the signatures where there is no index."""
    if index := _INDEX.search(text, signed):
        listed = _paragraphs(text, index.end(), index.end() + 8000)
        return next((begin for begin, end in listed if not _INDEX_LINE.fullmatch(text[begin:end].strip())), None)
    mark = release_mark(text[signed : signed + 4000])
    if mark is None:
        return None
    before = list(_paragraphs(text, signed, signed + mark + 1))
    signing = [at for at, (begin, end) in enumerate(before) if _SIGNED_LINE.search(text[begin:end])]
    return before[signing[-1] + 1][0] if signing and signing[-1] + 1 < len(before) else None


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans between blank lines."""
    for match in _PARAGRAPH.finditer(text, start, min(end, len(text))):
        yield match.span()
