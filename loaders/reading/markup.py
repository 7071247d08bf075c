"""HTML to plain text: blocks end lines, rows of tables are lines, what a browser hides is left out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from biopact.graph.places import NOWHERE, Element, Places
from biopact.loaders.reading.decoding import CP1252
from biopact.loaders.sources import LIMIT
from biopact.ontology.errors import FilingError

_PARAGRAPH = frozenset(
    {"address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer"}
    | {"form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"}
    | {"table", "ul"}
)
_LINE = frozenset({"br", "caption", "tr", "option", "tbody", "thead", "tfoot"})
_BLOCKS = (_PARAGRAPH | _LINE | {"body", "td", "th"}) - {"br"}  # the elements that a place names
_DROPPED = frozenset(
    {"head", "script", "style", "template", "select", "textarea", "noframes"}
    | {"ix:header", "ix:hidden", "ix:references"}
)
_STRONG = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|font\s*:[^;]*\bbold\b", re.I)
_PLAIN_WEIGHT = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.I)
_BREAK = re.compile(r"(?:page-)?break-(?P<side>before|after)\s*:\s*(?:always|page|left|right)", re.I)
_RAISED = re.compile(r"vertical-align\s*:\s*super|(?<![-\w])top\s*:\s*-", re.I)
_MARKS = re.compile(r"[\d\s,*]+|\s*(?:TM|SM)\s*")  # footnotes and exponents, which would run into the word before
_RAISED_TEXT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹") | {ord("T"): "™", ord("S"): "℠", ord("M"): None}
_BULLET = re.compile(r"[•·▪●○◦■□☐☑☒✓*–—\-o§Ø]|\(?[a-z0-9]{1,3}[.)]", re.I)
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_CHARACTERS = {**{code: CP1252[code] for code in range(0x80, 0xA0)}, **_INVISIBLE, 0xA0: " "}
_PLAIN = re.compile("[\x20-\x7f\n]*")
_TAG = re.compile(r"<[!/?a-zA-Z][^<>]*>")
_TOO_DEEP = "nested deeper than {} elements: shown without its layout"


@dataclass(slots=True)
class _Frame:
    """An open row or cell of a table."""

    cell: bool
    filled: bool = False  # some text stands in it


@dataclass(slots=True)
class _Page:
    """The text so far, and what is to stand before the next word."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    pending: str = ""
    frames: list[_Frame] = field(default_factory=list)
    strong: list[tuple[int, int]] = field(default_factory=list)
    block: tuple[str, int] = ("body", 1)  # which the next words stand in
    noted: tuple[str, int] | None = None  # which the last words stood in
    elements: list[Element] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    turned: bool = False  # a page break stands before the next words

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def space(self) -> None:
        self.pending = self.pending or " "

    def end_block(self, paragraph: bool) -> None:
        frame = self.frames[-1] if self.frames else None
        if frame and not frame.filled:
            return  # the block opens its cell
        if frame:
            self.pending = "\n"
        elif paragraph or self.pending != "\n\n":
            self.pending = "\n\n" if paragraph else "\n"

    def add_break(self) -> None:
        if not self.frames and self.pending.endswith("\n"):
            self.pending = "\n\n"
        else:
            self.end_block(False)

    def open_row(self) -> None:
        self.end_block(False)
        self.frames.append(_Frame(cell=False))

    def open_cell(self) -> None:
        row = next((frame for frame in reversed(self.frames) if not frame.cell), None)
        if row and row.filled:
            self.pending = " " if self.pending != "\n" and self._after_bullet() else " | "
        self.frames.append(_Frame(cell=True))

    def _after_bullet(self) -> bool:
        """Whether the last cell is a bullet and no more; a note's number behind other words is none."""
        before = "".join(self.pieces[-3:-1])
        opens = not before or before.endswith(("\n", "| ")) or _BULLET.fullmatch(before.strip())
        return bool(opens and _BULLET.fullmatch(self.pieces[-1]))

    def close_frame(self, cell: bool) -> None:
        while self.frames:
            if self.frames.pop().cell is cell:
                break

    def words(self, text: str, strong: bool) -> None:
        """Add running text, its white space squeezed."""
        if not _PLAIN.fullmatch(text):
            text = text.translate(_CHARACTERS)
        words = text.split()
        if not words:
            if text:
                self.space()
            return
        if text[0].isspace():
            self.space()
        self._enter()
        start = self.length
        self._write(" ".join(words))
        if strong:
            self.strong.append((start, self.length))
        if text[-1].isspace():
            self.pending = " "

    def lines(self, text: str) -> None:
        """Add preformatted text as it stands."""
        text = text.translate(_CHARACTERS)
        if not self.pieces:
            text = text.lstrip("\n")
        if text.strip():
            self._enter()
        if self.pieces or text.strip():
            self._write(text)

    def _enter(self) -> None:
        if self.pending and self.pieces:
            self._write(self.pending)
        self.pending = ""
        if self.turned:
            self.turned = False
            if self.length:
                self.pages.append(self.length)
        if self.block is not self.noted:
            self.noted = self.block
            self.elements.append((self.length, *self.block))
        for frame in reversed(self.frames):
            if frame.filled:
                break
            frame.filled = True


@dataclass(frozen=True, slots=True)
class Rendered:
    """Text of a page, the spans a browser shows bold, what could not be kept, and where the text stood."""

    text: str
    strong: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()
    places: Places = NOWHERE


def render(markup: str, limit: int = LIMIT) -> Rendered:
    """The words a browser shows, in order, paragraphs separated by blank lines and cells by ``|``.

    `limit` is that of the filing; a page of more than a quarter of it, or of more tags than a hundredth, would take
    gigabytes to lay out and is refused with a FilingError.

    >>> render("<p>A &amp; <b>B</b></p><table><tr><td>1</td><td></td><td>2</td></tr></table>").text
    'A & B\\n\\n1 | 2'
    """
    tags = markup.count("<")
    if len(markup) > limit // 4 or tags > limit // 100:
        raise FilingError(
            f"a page of {len(markup)} characters and {tags} tags is too large: with a limit of {limit} bytes, "
            f"{limit // 4} characters and {limit // 100} tags are laid out; raise it with --limit"
        )
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, etree.ParserError):
        root = None
    if root is None:
        return Rendered(strip_tags(markup))
    deep = [entry.message for entry in parser.error_log if "depth" in entry.message]
    if deep:
        return Rendered(strip_tags(markup), notes=(_TOO_DEEP.format(2048),))
    page = _Page()
    _walk(root, page)
    text = "".join(page.pieces)
    return Rendered(text.rstrip("\n"), tuple(page.strong), places=Places(tuple(page.pages), tuple(page.elements)))


def strip_tags(markup: str) -> str:
    """Every tag a line break: for markup no parser can hold."""
    lines = html.unescape(_TAG.sub("\n", markup)).translate(_CHARACTERS).split("\n")
    return "\n".join(filter(None, map(str.strip, lines)))


def _events(root: etree._Element) -> Iterator[tuple[str, etree._Element, etree.iterwalk]]:
    walk = etree.iterwalk(root, events=("start", "end", "comment"))
    for event, element in walk:
        yield event, element, walk


def _walk(root: etree._Element, page: _Page) -> None:
    weights = [False]
    preformatted = 0
    counts: dict[str, int] = {}
    blocks = [page.block]
    raised: list[etree._Element] = []
    page_ends: list[etree._Element] = []
    for event, element, walk in _events(root):
        if event == "start":
            tag = str(element.tag)
            style = element.get("style") or ""
            if tag in _DROPPED or element.get("hidden") is not None or (style and _HIDDEN.search(style)):
                walk.skip_subtree()
                for left_out in element.iter(*_BLOCKS):
                    name = str(left_out.tag)
                    counts[name] = counts.get(name, 0) + 1
                element.tag = "hidden-part"  # its end event still comes
                continue
            if tag in _BLOCKS:
                counts[tag] = number = counts.get(tag, 0) + 1
                page.block = tag, number
                blocks.append(page.block)
            _open(tag, page)
            bold = weights[-1] or tag in _STRONG
            if style:
                bold = (bold or bool(_BOLD.search(style))) and not _PLAIN_WEIGHT.search(style)
                if "break-" in style and (turn := _BREAK.search(style)):
                    if turn["side"] == "before":
                        page.turned = True
                    else:
                        page_ends.append(element)
                if ("super" in style or "top:" in style) and _RAISED.search(style):
                    raised.append(element)
            if tag == "sup":
                raised.append(element)
            weights.append(bold)
            preformatted += tag == "pre"
            text = element.text
        else:
            if event == "end" and element.tag != "hidden-part":
                tag = str(element.tag)
                _close(tag, page)
                weights.pop()
                preformatted -= tag == "pre"
                if tag in _BLOCKS:
                    blocks.pop()
                    page.block = blocks[-1]
                while raised and raised[-1] is element:
                    raised.pop()
                if page_ends and page_ends[-1] is element:
                    page_ends.pop()
                    page.turned = True
            text = element.tail
        if text:
            if preformatted:
                page.lines(text)
            elif raised and _MARKS.fullmatch(text):
                page.words(text.translate(_RAISED_TEXT), weights[-1])
            else:
                page.words(text, weights[-1])


def _open(tag: str, page: _Page) -> None:
    if tag in ("td", "th"):
        page.open_cell()
    elif tag == "tr":
        page.open_row()
    elif tag == "br":
        page.add_break()
    elif tag in _PARAGRAPH:
        page.end_block(True)
    elif tag in _LINE:
        page.end_block(False)
    elif tag == "page":  # EDGAR's own mark of a page break
        page.turned = True


def _close(tag: str, page: _Page) -> None:
    if tag in ("td", "th"):
        page.close_frame(cell=True)
    elif tag == "tr":
        page.close_frame(cell=False)
        page.end_block(False)
    elif tag in _PARAGRAPH:
        page.end_block(True)
    elif tag in _LINE and tag != "br":
        page.end_block(False)
