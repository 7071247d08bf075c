"""Where a document's parts begin: items of forms, headings of any style, exhibit index, signatures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from biopact.loaders.filing import Section

_LINE = re.compile(r"[^\n]+")
_ITEM = re.compile(
    r"ITEMS?[ \t*]{0,6}(?P<item>\d{1,2}(?:\.\d{2})?[A-C]?)\b(?P<rest>[ \t.:*|–—-]{0,12}(?P<title>[^\n]{0,300}))", re.I
)
_ABOUT = re.compile(r"About\s+(?:the\s+)?[A-Z0-9“\"][^\n]{0,100}")
_ANCHOR = re.compile(r"<[^<>]{1,80}>")
_LONGEST = 140  # characters of a heading
_MARKS = "#*_|> \t\f\v "
_SIGNATURES = re.compile(r"SIGNATURES?", re.I)
_EXHIBITS = re.compile(r"(?:INDEX\s+(?:TO|OF)\s+EXHIBITS|EXHIBITS?\s+INDEX|LIST\s+OF\s+EXHIBITS)", re.I)
_COLUMNS = re.compile(r"\t| {3,}|\d,\d{3}|\d\.\d\d\b")  # the row of a table set with spaces
_ENDS_SENTENCE = re.compile(r"[.;,:]$")
_PAGE = re.compile(r"(?:page\s+)?[\divxlcF-]{1,6}|(?:\{\d+\})?-{3,}", re.I)
_CONTENTS_TAIL = re.compile(r"(?:\.{2,}|\s{2,}|\|)\s*\d{1,3}\s*\|?\s*$")  # of a line in a table of contents


@dataclass(frozen=True, slots=True)
class _Heading:
    start: int
    end: int
    title: str
    item: str | None
    major: bool  # an item, the signatures or the exhibit index, which end any part before them


def sections_of(text: str, begin: int, end: int, strong: Sequence[tuple[int, int]] = ()) -> tuple[Section, ...]:
    """Sections of the window in the order of their headings.

    An item runs to the next item; a heading inside it to the next heading.
    """
    headings = list(_headings(text, begin, end, _merged(strong, text)))
    sections: list[Section] = []
    next_any = next_major = end
    for heading in reversed(headings):
        stop = next_major if heading.major else next_any
        sections.append(Section(heading.title, heading.start, stop, heading.item))
        next_any = heading.start
        if heading.major:
            next_major = heading.start
    return tuple(reversed(sections))


def _merged(strong: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Bold spans, joined where only spaces stand between."""
    merged: list[tuple[int, int]] = []
    for start, end in strong:
        if merged and start - merged[-1][1] < 4 and not text[merged[-1][1] : start].strip(" |"):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _headings(text: str, begin: int, end: int, strong: list[tuple[int, int]]) -> Iterator[_Heading]:
    starts = [span[0] for span in strong]
    previous_end = begin
    for line in _LINE.finditer(text, begin, end):
        start, stop = _bare(text, *line.span())
        if start == stop:
            continue
        alone = previous_end == begin or "\n" in text[previous_end : line.start() - 1] or line.start() == begin
        marked = text[line.start() : start]
        previous_end = line.end()
        item = _ITEM.match(text, start, stop)
        if item and not _CONTENTS_TAIL.search(text, start, line.end()):
            if item["title"][:1].islower() or item["title"][:1] in ("(", ",") or "see item" in item[0].lower():
                continue  # a sentence that begins with "Item 5 of ..."
            yield _Heading(start, stop, _title(item["title"]), item["item"].upper(), True)
            continue
        if stop - start > _LONGEST:
            continue
        words = text[start:stop]
        if _SIGNATURES.fullmatch(words) or _EXHIBITS.fullmatch(words):
            yield _Heading(start, stop, _title(words), None, True)
            continue
        span = bisect_right(starts, start) - 1
        bold = "#" in marked or ("**" in marked and text[stop : stop + 2] == "**")
        bold = bold or (span >= 0 and strong[span][1] >= stop)
        if not bold and text[line.end() + 1 : line.end() + 80].partition("\n")[0].strip().isupper():
            continue  # a sentence in capitals, over several lines
        if _is_heading(words, bold, alone):
            yield _Heading(start, stop, _title(words), None, False)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The line without markdown's marks and anchors."""
    while start < end and text[start] in _MARKS:
        start += 1
    while start < end and text[start] == "<" and (anchor := _ANCHOR.match(text, start, end)):
        start = anchor.end()
        while start < end and text[start] in _MARKS:
            start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return start, end


def _is_heading(words: str, bold: bool, alone: bool) -> bool:
    if _PAGE.fullmatch(words) or not any(map(str.isalpha, words)) or "|" in words:
        return False
    if _ABOUT.fullmatch(words) and alone and not _ENDS_SENTENCE.search(words.removesuffix("Inc.").removesuffix("Ltd.")):
        return True
    if bold:
        return len(words) > 3
    return (
        alone
        and words.isupper()
        and sum(map(str.isalpha, words)) > max(5, len(words) // 2)
        and not words.endswith(",")
        and not _COLUMNS.search(words)
    )


def _title(stated: str) -> str:
    return " ".join(_ANCHOR.sub(" ", stated).replace("*", " ").replace("|", " ").split()).strip("-–—.:# ")
