"""The parts of a document, from its headings: what each is, where it ends, and which lie in a table of contents."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from biopact.loaders.filing import Part
from biopact.loaders.structure.headings import Heading, headings
from biopact.loaders.structure.lines import Span

_CONTENTS = re.compile(
    r"^[\s#*|_]{0,20}(?:(?:TABLE\s+OF\s+)?CONTENTS|(?:CROSS[- ]REFERENCE\s+)?INDEX)\b[^\n]{0,60}$", re.I | re.M
)
_ROMAN = ("", "I", "II", "III", "IV")
_CLOSE = 800  # characters from one entry of a table of contents to the next, at most
_COVERED = re.compile(r"(?:10-|8-K|6-K|20-F|40-F|S-\d|F-\d|SC |DEF)", re.I)
_SIGNED_LINE = re.compile(
    r"/s/|\bBy\b\s?:|\b(?:Name|Title|Dated?|Its)\b\s?:|Registrant\)|_{5,}|\bOfficers?\b|\bPresident\b|Secretary\b|"
    r"Counsel\b|Director\b|Treasurer\b|Controller\b|\b(?:duly|thereunto|hereunto)\b|IN WITNESS|POWER OF ATTORNEY|"
    r"KNOW ALL|attorney-in-fact|Pursuant to the requirements",
    re.I,
)
_ATTACHED = re.compile(r"[\s*_#|]{0,12}(?:EXHIBIT|SCHEDULE|ANNEX|APPENDIX)\s+\S", re.I)
_SIGNING = 700  # characters between two lines of one block of signatures, at most
_FORWARD = re.compile(
    r"^[ \t*_]{0,8}(?:(?:This|These|The|Certain|Some|Any|Statements?|Except|All|Various|Matters|In addition|Forward|"
    r"“?Safe|Note)\b[^\n]{0,200}?(?:\n[^\n]{1,120}){0,2}?)\bforward[- ]looking\s+statements?",
    re.I | re.M,
)
_LONG_LINE = 200  # a line of more characters is a paragraph of its own
_CONTACT = re.compile(
    r"^[\s*_#|]{0,12}(?:(?:(?:Media|Investors?|Company|Press|Corporate|Business)\b[^\n]{0,40})?\bContacts?\b[^\n]{0,60}$|SOURCE\b|"
    r"Investor\s+Relations\b[^\n]{0,60}$|For\s+(?:more|further)\s+information\b[^\n]{0,40}contact|#\s*#\s*#|\*\s*\*\s*\*|-\s?end\s?-)",
    re.I | re.M,
)
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n|\Z")


def parts_of(text: str, begin: int, end: int, type_: str = "", strong: Sequence[Span] = ()) -> tuple[Part, ...]:
    """The parts of the window in the order in which they begin; an outer part before its first inner one.

    `strong` are the spans that are set in bold.
    """
    found, tables = _without_contents(list(headings(text, begin, end, type_, strong)), text)
    found = list(_within_items(list(_without_running_heads(found))))
    found += [Heading(start, "contents", _title_at(text, start), 3) for start, _ in tables]
    closed = dict(tables)
    parts = [
        Part(h.kind, h.title, h.start, closed.get(h.start, stop) if h.kind == "contents" else stop, h.number)
        for h, stop in _ends(text, sorted(found, key=lambda h: h.start), end)
    ]
    if _COVERED.match(type_) and (cover := _cover(parts, begin)) is not None:
        parts.insert(0, cover)  # the sort keeps it before what begins and ends with it
    parts += _forward_looking(text, begin, end, parts)
    parts = list(_about(text, parts))
    return tuple(sorted(parts, key=lambda part: (part.start, -part.end)))


def _ends(text: str, found: list[Heading], end: int) -> list[tuple[Heading, int]]:
    """Each heading with the end of its part: where the next one of its level or above begins.

    What is set like a heading inside a block of signatures is a name, and left out.
    """
    following = [end] * 4  # where the next heading of each level, or above it, begins
    ended: list[tuple[Heading, int]] = []
    for heading in reversed(found):
        stop = following[heading.level]
        if heading.kind == "signatures":
            stop = _signed(text, heading.start, following[2])
            while ended and ended[-1][0].start < stop:
                ended.pop()
        ended.append((heading, stop))
        following[heading.level :] = [heading.start] * (4 - heading.level)
    return ended[::-1]


def _within_items(found: list[Heading]) -> Iterator[Heading]:
    """An index of exhibits inside the item that asks for it does not end the item."""
    open_item: Heading | None = None
    for heading in found:
        if heading.level < 2 and heading.kind != "exhibits":
            open_item = heading if heading.kind == "item" else None
        inside = heading.kind == "exhibits" and open_item is not None and "exhibit" in open_item.title.lower()
        yield replace(heading, level=2) if inside else heading


def _signed(text: str, start: int, end: int) -> int:
    """The end of a block of signatures: the last of the lines that sign, with no long text between."""
    last = text.find("\n", start, end)
    last = end if last < 0 else last
    for line in re.compile(r"[^\n]+").finditer(text, last, end):
        if line.start() - last > _SIGNING or _ATTACHED.match(line[0]):
            break
        if _SIGNED_LINE.search(line[0]):
            last = line.end()
    return last


def _without_contents(found: list[Heading], text: str) -> tuple[list[Heading], list[Span]]:
    """The headings outside tables of contents and cross-reference indexes, and where those tables stand."""
    runs = list(_runs([h for h in found if h.kind in ("part", "item")]))
    later = Counter((h.kind, h.number) for run in runs for h in run)
    before: set[tuple[str | None, str]] = set()
    tables: list[Span] = []
    kept: list[int] = []
    for run in runs:
        items = [h for h in run if h.kind == "item"]
        later.subtract((h.kind, h.number) for h in run)
        again = sum(later[h.kind, h.number] > 0 for h in items or run)
        seen = sum(_key(h) in before for h in items)
        listed = sum(h.listed for h in run)
        dense = len(items) > 2 and 2 * max(again, seen) >= len(items)
        if listed * 2 >= len(run) or dense or (not items and again == len(run)):
            tables.append((run[0].start, run[-1].start))
        else:
            before |= {_key(h) for h in items}
            kept += [h.start for h in run]
    spans: list[Span] = []
    for first, last in tables:
        ahead = bisect_right(kept, last)
        closing = _PARAGRAPH_END.search(text, last, last + 2 * _CLOSE)
        stop = closing.start() if closing else last + 2 * _CLOSE
        stop = min(stop, kept[ahead] if ahead < len(kept) else len(text))
        if spans and bisect_right(kept, spans[-1][1]) == ahead:
            spans[-1] = (spans[-1][0], stop)  # nothing that stays stands between the two
        else:
            spans.append((_titled(text, first), stop))
    return list(_outside(found, spans)), spans


def _titled(text: str, first: int) -> int:
    """Where a table of contents begins: at its title, else at its first entry."""
    titles = list(_CONTENTS.finditer(text, max(0, first - 1500), first))
    return titles[-1].start() + len(titles[-1][0]) - len(titles[-1][0].lstrip()) if titles else first


def _outside(found: list[Heading], spans: list[Span]) -> Iterator[Heading]:
    starts = [start for start, _ in spans]
    for heading in found:
        at = bisect_right(starts, heading.start) - 1
        if not (at >= 0 and heading.start < spans[at][1]):
            yield heading


def _key(heading: Heading) -> tuple[str | None, str]:
    return heading.number, heading.title.lower()[:8]


def _runs(majors: list[Heading]) -> Iterator[list[Heading]]:
    """Parts and items that follow each other closely and in order; one that steps back begins a new run."""
    run: list[Heading] = []
    place = (0, 0, "")
    for heading in majors:
        before, place = place, _place(heading, place[0])
        close = 3 * _CLOSE if run and heading.kind == run[-1].kind == "part" else _CLOSE
        if run and (heading.start - run[-1].start > close or place <= before):
            yield run
            run = []
        run.append(heading)
    if run:
        yield run


def _place(heading: Heading, part: int) -> tuple[int, int, str]:
    """Where a heading belongs in the order of a form: part, item, and the rest of the item's number."""
    number = heading.number or ""
    if heading.kind == "part":
        return _ROMAN.index(number), 0, ""
    digits = re.match(r"\d+", number)
    return part, int(digits[0]) if digits else 0, number


def _without_running_heads(found: list[Heading]) -> Iterator[Heading]:
    """The headings without those that a new page says again: "Item 1A. Risk Factors (continued)"."""
    part: Heading | None = None
    item: Heading | None = None
    for heading in found:
        if heading.kind == "part":
            if part is not None and part.number == heading.number:
                continue
            part, item = heading, None
        elif heading.kind == "item" and heading.level == 1:
            again = item is not None and item.number == heading.number
            if (
                again
                and item is not None
                and (not heading.title or heading.title.lower()[:8] == item.title.lower()[:8])
            ):
                continue
            item = heading
        yield heading


def _cover(parts: list[Part], begin: int) -> Part | None:
    """What stands before the first part, item, table of contents or statement about the future."""
    opening = [p.start for p in parts if p.kind not in ("heading", "exhibits", "about")]
    return Part("cover", "", begin, min(opening)) if opening and min(opening) > begin else None


def _forward_looking(text: str, begin: int, end: int, parts: list[Part]) -> Iterator[Part]:
    """The paragraph about forward-looking statements that no heading announces."""
    if any(part.kind == "forward-looking" for part in parts):
        return
    if found := _FORWARD.search(text, begin, end):
        start = found.start() + len(found[0]) - len(found[0].lstrip(" \t*_"))
        line = text.find("\n", found.end(), end)
        closing = _PARAGRAPH_END.search(text, found.end(), end)
        stop = closing.start() if closing else end
        yield Part("forward-looking", "", start, line if line - start > _LONG_LINE else stop)


def _about(text: str, parts: list[Part]) -> Iterator[Part]:
    """What is said about a company ends where contacts or forward-looking statements begin."""
    forward = sorted(part.start for part in parts if part.kind == "forward-looking")
    for part in parts:
        if part.kind == "about":
            following = bisect_right(forward, part.start)
            contact = _CONTACT.search(text, part.start, part.end)
            stops = [*forward[following : following + 1], *([contact.start()] if contact else [])]
            yield replace(part, end=min(part.end, *stops)) if stops else part
        else:
            yield part


def _title_at(text: str, start: int) -> str:
    """The title of a table of contents, if it has one."""
    line = _CONTENTS.match(text, start)
    return " ".join(line[0].replace("*", " ").replace("|", " ").split()).strip("# ") if line else ""
