"""Cuts a document into sentences that know their paragraph and the heading they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from biopact.loaders.filing import Document

# Words whose full stop does not end a sentence.
_ABBREVIATIONS = frozenset(
    [
        "inc",
        "corp",
        "ltd",
        "co",
        "llc",
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "st",
        "no",
        "nos",
        "vs",
        "etc",
        "jr",
        "sr",
        "e.g",
        "i.e",
        "u.s",
        "u.k",
        "ph.d",
        "m.d",
        "ph",
        "approx",
        "fig",
        "dept",
        "est",
        "art",
        "sec",
        "cf",
        "al",
        "lit",
        "bros",
        "gen",
        "rep",
        "sen",
        "gov",
        "s.a",
        "n.v",
        "b.v",
        "s.p.a",
        "a.g",
        "l.p",
        "pty",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "vol",
        "ed",
        "pp",
        "pharm",
        "med",
        "univ",
    ]
)
# After "Inc." and its like these words, capitalised, begin a new sentence.
_OPENERS = frozenset(
    [
        "the",
        "this",
        "that",
        "these",
        "those",
        "in",
        "on",
        "under",
        "pursuant",
        "we",
        "our",
        "us",
        "it",
        "its",
        "as",
        "for",
        "following",
        "during",
        "upon",
        "both",
        "either",
        "each",
        "if",
        "such",
        "all",
        "any",
        "no",
        "subject",
        "a",
        "an",
        "to",
        "at",
        "since",
        "from",
        "with",
        "after",
        "before",
        "other",
        "additionally",
        "further",
        "however",
        "together",
        "through",
        "according",
        "he",
        "she",
        "they",
        "their",
    ]
)
_END = re.compile(r"[.!?][\"”’')\]]*(?=\s)")
_NEXT = re.compile(r"\s+[\"“‘'(\[•*_#]*([A-Z0-9a-z][\w'’-]*)")
_LAST_WORD = re.compile(r"([\w.&’'-]*)[.!?]$")
_ITEM = re.compile(r"[ \t]*(?:[•●▪◦*–—-]\s+|\(?(?:[ivx]{1,4}|[a-z]|\d{1,2})[.)]\s+)")
_HEADING_MARKS = re.compile(r"^\s*#{1,6}\s")
_MARKS = re.compile(r"[*_#|]+")
# a line that ends like this is not yet at the end of a sentence
_OPEN_END = re.compile(r"(?:,|\b(?:an?|the|of|to|with|for|by|and|or|in|its|our|from|under|that|which))\s*$")
_PAGE = re.compile(
    r"\s*(?:\{\d+\}-{5,}|-?\s*\d{1,3}\s*-?|Table of Contents|<PAGE>.*|!\[[^\]]{0,80}\]\([^)]{0,120}\))\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a heading, by its offsets in the document's text."""

    start: int
    end: int
    paragraph: int
    section: int  # sentences under one heading share it
    heading: str  # the nearest heading above, without marks; "" before the first
    is_heading: bool = False


def sentences(document: Document) -> list[Sentence]:
    """All sentences of a document's window, in order."""
    text = document.text
    found: list[Sentence] = []
    heading, section, fresh = "", 0, False
    for number, (start, end) in enumerate(paragraphs(document)):
        raw = text[start:end]
        if _is_heading(raw):
            if not fresh:
                section += 1
            heading = clean(raw)
            fresh = True
            found.append(Sentence(start, end, number, section, heading, is_heading=True))
            continue
        fresh = False
        found.extend(Sentence(s, e, number, section, heading) for s, e in _split(text, start, end))
    return found


def clean(text: str) -> str:
    """Text without markdown marks and with single spaces."""
    return re.sub(r"\s+", " ", _MARKS.sub(" ", text)).strip(" :")


def paragraphs(document: Document) -> list[tuple[int, int]]:
    """Offsets of paragraphs: blank lines part them, and line ends too where lines are not wrapped by hand.

    A sentence that a page break cuts in two stays one paragraph.
    """
    text = document.text
    lines = list(_lines(text, document.begin, document.end))
    wrapped = _is_wrapped([text[s:e] for s, e in lines])
    found: list[tuple[int, int]] = []
    fresh, page = True, False  # the next line begins a paragraph; a page break came since the last one
    for s, e in lines:
        line = text[s:e]
        if not line.strip():
            fresh = True
        elif _PAGE.fullmatch(line):
            fresh = page = True
        else:
            joins = found and (
                _continues(text, found[-1], s) if page else wrapped and not fresh and not _ITEM.match(line)
            )
            if joins and not _HEADING_MARKS.match(line):
                found[-1] = (found[-1][0], e)
            else:
                found.append((s, e))
            fresh = page = False
    return found


def _continues(text: str, paragraph: tuple[int, int], start: int) -> bool:
    """Whether the line at start goes on with a paragraph that a page break cut."""
    tail = text[paragraph[0] : paragraph[1]].rstrip()
    return tail[-1] not in '.:;!?*|#"”)' and text[start : start + 40].lstrip()[:1].islower()


def _lines(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    position = begin
    while position < end:
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        yield position, stop
        position = stop + 1


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines were broken by hand: few of them long; of a short text, most run on into the next one."""
    lengths = [len(line) for line in lines if line.strip()]
    long = sum(n > 140 for n in lengths)
    if len(lengths) < 20:
        inner = [(a, b) for a, b in pairwise(lines) if len(a) >= 45 and b.strip() and not _ITEM.match(b)]
        return not long and sum(_runs_on(a, b) for a, b in inner) > 0.5 * len(inner)
    middling = sum(50 <= n <= 110 for n in lengths)
    return long < 0.05 * len(lengths) and middling > 0.3 * len(lengths)


def _runs_on(line: str, following: str) -> bool:
    """Whether a sentence goes on from one line to the next: it has not ended, or a small letter follows.

    >>> _runs_on("Alnora today announced that it has entered into a", "License Agreement with Brevin.")
    True
    """
    if "|" in line or "|" in following:
        return False
    first = following.lstrip()[:1]
    return line.rstrip()[-1] not in ".:;!?|" and (first.islower() or bool(_OPEN_END.search(line)))


def _is_heading(raw: str) -> bool:
    text = clean(raw)
    if not text or len(text) > 120 or "|" in raw:
        return False
    if _HEADING_MARKS.match(raw):
        return True
    if text[-1] in ".,;!?" and not re.search(r"\b(?:Inc|Corp|Ltd|Co)\.$", text):
        return False
    words = text.split()
    if len(words) > 14 or _ITEM.match(raw):
        return False
    telling = [w for w in words if len(w) > 3 and w[0].isalpha()]
    return bool(telling) and sum(w[0].isupper() for w in telling) >= 0.75 * len(telling)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for m in _END.finditer(text, start, end):
        following = _NEXT.match(text, m.end(), end)
        if following is None:
            continue
        word = following.group(1)
        if m.group()[0] == ".":
            last = _LAST_WORD.search(text, max(begin, m.start() - 20), m.start() + 1)
            before = (last.group(1) if last else "").lower().rstrip(".")
            opener = word.lower() in _OPENERS and word[0].isupper()
            if (before in _ABBREVIATIONS or len(before) == 1) and not opener:
                continue
            # a lower-case name may begin a sentence, but only a hyphenated or camel-case one
            if word[0].islower() and len(m.group()) == 1 and not re.search("[A-Z-]", word):
                continue
        yield begin, m.end()
        begin = m.end() + (len(following.group()) - len(following.group().lstrip()))
    if text[begin:end].strip():
        yield begin, end
