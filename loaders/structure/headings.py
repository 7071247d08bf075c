"""Finds the lines that open a part of a document: parts and items of forms, headings of any style, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from biopact.loaders.structure.lines import ANCHOR, Line, Span, is_broken, is_listed, lines

_NUMBER = r"\d{1,2}(?:\.\d{2}|\.?[A-K])?(?![\w%]|[,.]\d)"
_ITEM = re.compile(
    rf"ITEMS?[ \t*]{{0,6}}(?P<item>{_NUMBER}"
    rf"(?:[ \t]*(?:,|,?[ \t]and|&|through|[–—])[ \t]*(?:ITEMS?[ \t]*)?{_NUMBER}){{0,8}})"
    r"[ \t.:*|–—-]{0,12}(?P<title>[^\n]{0,300})",
    re.I,
)
_PART = re.compile(r"PART[ \t]{1,4}(?P<part>IV|I{1,3})(?![\w’'-])[ \t.:*|–—-]{0,12}(?P<title>[^\n]{0,200})", re.I)
_PART_TITLE = re.compile(
    r"(?:Financial|Other)\s+Information|Information\s+(?:Not\s+)?Required|Items?\s+\d{1,2}[A-C]?\.", re.I
)
# A 20-F letters what stands under its items: "C. Material Contracts", "10.C. Material contracts"
_LETTERED = re.compile(r"(?:(?P<item>\d{1,2})\.?)?(?P<letter>[A-K])[.:][ \t|*]{1,12}(?P<title>[A-Z][^\n]{2,200})")
_WHOLE_LETTERED = re.compile(r"4A|16[A-K]")  # letters that are items of their own in a 20-F
_CLAUSE = re.compile(r"\s?(?P<clause>\([a-z]\))[ \t.:*|–—-]{0,12}(?P<title>[^\n]*)")
_ABOUT = re.compile(r"About\s+(?:the\s+)?[A-Z0-9“\"][^\n]{0,100}")
_ARTICLE = re.compile(
    r"(?:ARTICLE|SCHEDULE|ANNEX|APPENDIX)\s+(?:[\dIVX]{1,6}|[A-Z])(?:[.:\s–—-]+[A-Z][^\n]{0,100})?", re.I
)
_ABOUT_LEAD = re.compile(r"(?P<title>About\s+[A-Z0-9“\"][^\n*.:]{1,80})[.:]?\*{2,3}[.:]?\s*(?=[^\s*])")
_FORWARD = re.compile(r"\bforward[- ]?looking\s+(?:statements?|information)|\bsafe\s+harbou?r\b", re.I)
_SIGNATURES = re.compile(r"SIGNATURES?(?:\s+PAGE)?", re.I)
_REQUIRED = re.compile(r"Pursuant\s+to\s+the\s+requirements\s+of\s+(?:Section|the\s+Securities)", re.I)
_WITNESS = re.compile(r"IN\s+WITNESS\s+(?:WHEREOF|THEREOF|HEREOF)", re.I)
_EXHIBITS = re.compile(r"(?:INDEX\s+(?:TO|OF)\s+EXHIBITS|EXHIBITS?\s+INDEX|LIST\s+OF\s+EXHIBITS)", re.I)
_LONGEST = 140  # characters of a heading
_COLUMNS = re.compile(r"\t| {3,}|\d,\d{3}|\d\.\d\d\b")  # the row of a table set with spaces
_ENDS_SENTENCE = re.compile(r"[.;,:]$")
_PAGE = re.compile(r"(?:page\s+)?[\divxlcF-]{1,6}|(?:\{\d+\})?-{3,}", re.I)
_BELOW = re.compile(r"\s{1,12}([^\n]{1,140})(?=\n|\Z)")
# "Item 5. Other Events. On May 2 the Company ...": the heading runs into its text
_RUN_IN = re.compile(r"(?<=[a-z\])])\.\s*[-–—]+\s*|(?<=[a-z\])])\.\s+(?=[A-Z“\"(])|\s[–—]\s(?=[A-Z][a-z]+\s[a-z])")
# "Item 1A. Risk Factors in our Annual Report": a sentence speaks of an item
_POINTS = re.compile(
    r"\bsee items?\b|\b(?:of|in|to|under|with)\s+(?:this|our|the|its|that|such)\s+(?:\S+\s+){0,4}?"
    r"(?:reports?|form|filing|10-[KQ]|20-F|prospectus|registration)\b|^[^.]{0,80}[”\"]\s+(?:of|in|and|for|above|below)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens a part. A part ends where another of its level or above begins."""

    start: int
    kind: str  # part, item, exhibits, signatures, about, forward-looking or heading
    title: str
    level: int  # 0 for parts and signatures, 1 for items, 2 for what a 20-F letters, 3 for anything else
    number: str | None = None
    listed: bool = False  # a page number stands behind it, as in a table of contents


def headings(text: str, begin: int, end: int, type_: str = "", strong: Sequence[Span] = ()) -> Iterator[Heading]:
    """Every heading of the window, those of a table of contents too. `strong` are the spans set in bold."""
    items = _Items(text, end, type_.upper())
    signing = False  # a block of signatures has begun
    for line in lines(text, begin, end, strong):
        start = line.start
        if (part := _PART.match(text, start, line.stop)) and _names_part(part["title"]) and not is_broken(text, line):
            within = part["title"].upper().startswith("ITEM")
            title = "" if within else _title(part["title"])
            yield Heading(start, "part", title, 0, part["part"].upper(), is_listed(text, line))
            if within:
                start = part.start("title")
        if found := _ITEM.match(text, start, line.stop):
            yield from items.of(found, line)
        elif lettered := items.lettered(line):
            yield lettered
        elif other := _other(text, line, signing):
            signing = signing or other.kind == "signatures"
            yield other


def _other(text: str, line: Line, signing: bool) -> Heading | None:
    """A heading that no form numbers."""
    if witness := _WITNESS.match(text, line.start, line.stop):
        return Heading(line.start, "signatures", _title(witness[0]), 3)
    if not signing and _REQUIRED.match(text, line.start, line.stop):
        return Heading(line.start, "signatures", "", 0)
    if lead := _ABOUT_LEAD.match(text, line.start, line.end):
        return Heading(line.start, "about", _title(lead["title"]), 3)
    if line.stop - line.start > _LONGEST:
        return None
    words = text[line.start : line.stop]
    if _SIGNATURES.fullmatch(words):
        return Heading(line.start, "signatures", _title(words), 0)
    if _EXHIBITS.fullmatch(words):
        return Heading(line.start, "exhibits", _title(words), 1)
    if not line.bold and _in_capitals(text, line.end):
        return None  # a sentence in capitals, over several lines
    if _ABOUT.fullmatch(words) and _is_about(text, words, line):
        return Heading(line.start, "about", _title(words), 3)
    if _is_heading(words, line):
        return Heading(line.start, "forward-looking" if _FORWARD.search(words) else "heading", _title(words), 3)
    return None


class _Items:
    """Reads headings of items, and what a 20-F letters under the item that is open."""

    def __init__(self, text: str, end: int, type_: str) -> None:
        self._text, self._end = text, end
        self._letters = type_.startswith("20-F")
        self._clauses = type_.startswith(("SC 13", "SC TO", "SC 14"))
        self._item = self._letter = ""

    def of(self, found: re.Match[str], line: Line) -> Iterator[Heading]:
        """The item that a line opens; nothing where the line speaks of an item."""
        clause = _CLAUSE.match(self._text, found.end("item"), line.stop) if self._clauses else None
        title = _heading_of((clause or found)["title"])
        if _is_reference(title) or (not title.isupper() and is_broken(self._text, line)):
            return
        title = _title(title or _below(self._text, line.end, self._end))
        number = _numbers(found["item"], self._letters) + (clause["clause"] if clause else "")
        self._item, _, letter = number.partition(".")
        self._letter = letter if self._letters and letter.isalpha() else ""
        yield Heading(found.start(), "item", title, 2 if self._letter else 1, number, is_listed(self._text, line))

    def lettered(self, line: Line) -> Heading | None:
        """What a 20-F puts under the next letter of its item: "C. Material Contracts", "10.C. Material Contracts"."""
        found = _LETTERED.match(self._text, line.start, line.stop) if self._letters and self._item else None
        following = chr(ord(self._letter or "@") + 1)
        if not found or found["letter"] != following or found["item"] not in (None, self._item):
            return None
        if is_broken(self._text, line):
            return None
        self._letter = following
        number = f"{self._item}.{following}"
        return Heading(line.start, "item", _title(_heading_of(found["title"])), 2, number, is_listed(self._text, line))


def _numbers(stated: str, annual_abroad: bool) -> str:
    """``1A``; ``1, 2`` of items that share a heading; ``10.C`` of what a 20-F letters."""
    found: list[str] = []
    for through, number in re.findall(rf"((?:through|[–—])\s*(?:ITEMS?\s*)?)?({_NUMBER})", stated, re.I):
        if through and found and found[-1].isdecimal() and number.isdecimal():
            found += map(str, range(int(found[-1]) + 1, int(number)))
        found.append(number.upper())
    if annual_abroad and re.fullmatch(r"\d{1,2}\.?[A-K]", found[0]) and not _WHOLE_LETTERED.fullmatch(found[0]):
        return f"{found[0].rstrip('ABCDEFGHIJK.')}.{found[0][-1]}"
    return ", ".join(re.sub(r"\.(?=[A-K])", "", number) for number in found)


def _names_part(title: str) -> bool:
    return not title or title.isupper() or _PART_TITLE.match(title) is not None


def _is_reference(title: str) -> bool:
    """Whether a line that begins with "Item 5" is a sentence about that item."""
    return bool(title) and (title[0].islower() or title[0] in '(,;)”"’' or _POINTS.search(title) is not None)


def _heading_of(line: str) -> str:
    """The heading at the start of a line that may run into its text."""
    run_in = _RUN_IN.search(line)
    return line[: run_in.start()] if run_in and len(line) > 60 else line


def _below(text: str, position: int, end: int) -> str:
    """The title that stands below a bare number."""
    line = _BELOW.match(text, position, end)
    words = _title(line[1]) if line else ""
    telling = [word for word in words.split() if len(word) > 3]
    capitals = sum(word[0].isupper() for word in telling) > len(telling) // 2
    return words if capitals and not _ITEM.match(words) and not _PART.match(words) else ""


def _in_capitals(text: str, position: int) -> bool:
    """Whether the line below is all capitals: a sentence in capitals, over several lines."""
    return text[position + 1 : position + 80].partition("\n")[0].strip().isupper()


def _is_about(text: str, words: str, line: Line) -> bool:
    """Whether "About 30" or "About Alnora" is a heading: it stands apart, and no sentence ends in it."""
    if _ENDS_SENTENCE.search(words.removesuffix("Inc.").removesuffix("Ltd.")):
        return False
    return line.alone or (not words[6:7].isdecimal() and not is_broken(text, line))


def _is_heading(words: str, line: Line) -> bool:
    """Whether words read like a heading: in bold, or in capitals on a line with space above."""
    if _PAGE.fullmatch(words) or not any(map(str.isalpha, words)) or "|" in words:
        return False
    if line.bold:
        return len(words) > 3
    if not line.alone:
        return False
    if _ARTICLE.fullmatch(words):
        return not _ENDS_SENTENCE.search(words)
    return (
        words.isupper()
        and sum(map(str.isalpha, words)) > max(5, len(words) // 2)
        and not words.endswith(",")
        and not _COLUMNS.search(words)
    )


def _title(stated: str) -> str:
    return " ".join(ANCHOR.sub(" ", stated).replace("*", " ").replace("|", " ").split()).strip("-–—.:# ")
