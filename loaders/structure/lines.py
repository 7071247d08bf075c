"""The lines of a text as one who looks for headings sees them: bare of marks, bold or not, with space around or not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Span = tuple[int, int]

ANCHOR = re.compile(r"<[^<>]{1,80}>")
_LINE = re.compile(r"[^\n]+")
_MARKS = "#*_|> \t\f\v "
_MARKED = re.compile(rf"[{_MARKS}]*(?:{ANCHOR.pattern}[{_MARKS}]*)*+")
_LISTED = re.compile(r"(?:\.{2,}|\s{2,}|\||\t)\s*(?:[A-Z]-)?\d{1,3}\s*\|?\s*$")
_SHORT = 44  # characters of a line that was not broken for its length
_PAGE_NUMBER = 40  # characters at the end of a line in which one can stand


@dataclass(frozen=True, slots=True)
class Line:
    """A line with words on it."""

    start: int  # of the words, behind markdown's marks and anchors
    stop: int  # of the words
    end: int  # of the whole line
    bold: bool
    alone: bool  # a blank line stands above
    above: Span  # the line with words above it


def lines(text: str, begin: int, end: int, strong: Sequence[Span]) -> Iterator[Line]:
    """The lines of the window. `strong` are the spans set in bold."""
    spans = _merged(strong, text)
    starts = [span[0] for span in spans]
    above = (begin, begin)
    for line in _LINE.finditer(text, begin, end):
        start, stop = _bare(text, *line.span())
        if start == stop:
            continue
        marked = text[line.start() : start]
        at = bisect_right(starts, start) - 1
        bold = "#" in marked or ("**" in marked and text[stop : stop + 2] == "**") or (at >= 0 and spans[at][1] >= stop)
        alone = above[1] == begin or line.start() == begin or "\n" in text[above[1] : line.start() - 1]
        yield Line(start, stop, line.end(), bold, alone, above)
        above = line.span()


def is_listed(text: str, line: Line) -> bool:
    """Whether a page number ends the line, as in a table of contents."""
    return _LISTED.search(text, max(line.start, line.end - _PAGE_NUMBER), line.end) is not None


def is_broken(text: str, line: Line) -> bool:
    """Whether a sentence of the line above goes on in this one."""
    if line.alone or line.bold:
        return False
    words = text[slice(*line.above)].strip()
    return len(words) > _SHORT and (words[-1].isalnum() or words[-1] in ",-–—(&'’") and not words.isupper()


def _merged(strong: Sequence[Span], text: str) -> list[Span]:
    """Bold spans, joined where only spaces stand between."""
    merged: list[Span] = []
    for start, end in strong:
        if merged and start - merged[-1][1] < 4 and not text[merged[-1][1] : start].strip(" |"):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _bare(text: str, start: int, end: int) -> Span:
    """The line without markdown's marks and anchors."""
    end = start + len(text[start:end].rstrip(_MARKS))
    marked = _MARKED.match(text, start, end)
    return (marked.end() if marked else start), end
