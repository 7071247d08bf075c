"""PDF files with a text layer: their words in reading order, paragraphs, columns of tables, and where pages begin."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from pypdfium2 import PdfDocument, PdfiumError, PdfPage, PdfTextPage

from biopact.graph.places import Places
from biopact.loaders.reading.markup import Rendered
from biopact.ontology.errors import FilingError

_MOST_PAGES = 20_000  # the longest filings have some thousand
_MOST_CHARACTERS = 100_000_000
_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"[^\W\d_]+")
_HYPHENATED = re.compile(r"([^\W\d_]+)\ufffe([^\W\d_]+)")  # PDFium joins a word at the end of a line so
_CHARACTERS = {
    **dict.fromkeys([*range(9), *range(0xB, 0x20), 0x7F, 0xAD, 0xFEFF]),
    0xA0: " ",
    **dict(zip(range(0xFB00, 0xFB05), ("ff", "fi", "fl", "ffi", "ffl"), strict=True)),
}
_SPACES = re.compile(r" {2,}")
_PARAGRAPH = 1.35  # of the usual step from line to line, where a paragraph stands off
_WIDE = 2.5  # of the height of a line, for a gap that no justified line has
_COLUMN = "   "  # between cells, as tables in plain text have it


def render(data: bytes) -> Rendered:
    r"""The words of a PDF, its pages separated by ``\f``; FilingError where it has none to give."""
    try:
        with PdfDocument(data) as document:
            if len(document) > _MOST_PAGES:
                raise FilingError(f"this PDF has {len(document)} pages, more than {_MOST_PAGES}; split it")
            pages = list(_pages(document))
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise FilingError("this PDF is encrypted; save it without its password and read that") from error
        raise FilingError(f"this PDF cannot be opened: {error}; fetch it again") from error
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.strip()]
    if len(empty) == len(pages):
        raise FilingError(
            f"this PDF shows pictures of its {len(pages)} pages and has no text; recognise it (OCR) and read its text"
        )
    return _joined(pages, empty)


def _joined(pages: list[str], empty: list[str]) -> Rendered:
    whole = "\f".join(pages)
    known = {word.lower() for word in _WORD.findall(whole)}
    texts, starts, length = [], [], 0
    for page in pages:
        starts.append(length)
        texts.append(_HYPHENATED.sub(lambda match: _unbroken(match, known), page).replace("\ufffe", "-"))
        length += len(texts[-1]) + 1
    text = "\f".join(texts)
    notes = (f"without text: page {', '.join(empty)}",) if empty else ()
    return Rendered(text, notes=notes, places=Places(tuple(starts[1:])))


def _unbroken(match: re.Match[str], known: set[str]) -> str:
    """A word broken at the end of a line: with its hyphen only if its halves are words of the document, itself not.

    "royalty-bearing" is broken where it has a hyphen anyway, "collabora-tion" is not.
    """
    first, second = match.groups()
    halves = first.lower() in known and second.lower() in known
    compound = halves and (first + second).lower() not in known
    return f"{first}-{second}" if compound or second[0].isupper() else first + second


def _pages(document: PdfDocument) -> Iterator[str]:
    length = 0
    for number in range(len(document)):
        try:
            page = document[number]
        except PdfiumError:
            yield ""  # a damaged page among others
            continue
        try:
            text = _text_of(page)
        finally:
            page.close()
        length += len(text)
        if length > _MOST_CHARACTERS:
            raise FilingError(f"this PDF has more than {_MOST_CHARACTERS} characters; split it")
        yield text


def _text_of(page: PdfPage) -> str:
    layer = page.get_textpage()
    try:
        raw = layer.get_text_range()
        if len(raw) != layer.count_chars():  # offsets of characters and boxes differ
            return _clean(raw.replace("\r\n", "\n"))
        return "\n".join(_lines(raw, layer)).strip("\n")
    finally:
        layer.close()


def _lines(raw: str, layer: PdfTextPage) -> Iterator[str]:
    """The lines of a page, an empty one before a paragraph that stands off."""
    lines = [match.span() for match in _LINE.finditer(raw)]
    boxes = [(layer.get_charbox(start, loose=True), layer.get_charbox(end - 1, loose=True)) for start, end in lines]
    if not lines:
        return
    steps = [above[1] - below[1] for (_, above), (below, _) in pairwise(boxes)]
    down = sorted(step for step in steps if step > 1)
    usual = down[len(down) // 4] if down else math.inf
    for (start, end), (box, _), step in zip(lines, boxes, [0.0, *steps], strict=True):
        if step > usual * _PARAGRAPH:
            yield ""
        yield _clean(_with_columns(raw, start, end, box[3] - box[1], layer))


def _with_columns(raw: str, start: int, end: int, height: float, layer: PdfTextPage) -> str:
    """A line whose wide gaps, as between cells of a table, are told from spaces between words."""
    gaps = []
    at = raw.find(" ", start + 1, end - 1)
    while at >= 0:
        gaps.append((at, layer.get_charbox(at + 1)[0] - layer.get_charbox(at - 1)[2]))
        at = raw.find(" ", at + 1, end - 1)
    least = min((gap for _, gap in gaps), default=0.0)
    pieces, last = [], start
    for at, gap in gaps:
        if gap > height * _WIDE or (gap > height and gap > 2 * least):  # justified lines have wide gaps throughout
            pieces.append(raw[last:at])
            last = at + 1
    pieces.append(raw[last:end])
    return _COLUMN.join(_SPACES.sub(" ", piece) for piece in pieces)


def _clean(text: str) -> str:
    text = text.translate(_CHARACTERS)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip(" ")
