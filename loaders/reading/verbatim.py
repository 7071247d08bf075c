"""Text that is kept to the character, as plain text, markdown and ownership XML are, and where its pages begin."""

from __future__ import annotations

import re
from collections import Counter

from biopact.graph.places import Places
from biopact.loaders.reading.markup import Rendered

_PAGE = re.compile(
    r"\f"
    r"|^[ \t]*<PAGE>"  # EDGAR's own mark
    r"|^\{\d{1,5}\}-{10,}$",  # as converters of PDF to markdown write it
    re.M | re.I,
)
_PAGE_MARKS = ("\f", "<PAGE>", "<page>", "}----------")
_TAG = re.compile(r"<(?P<name>(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*)(?=[\s/>])")
_XML_START = re.compile(r"\s*<(?:\?xml\b|(?:\w+:)?(?:ownershipDocument|edgarSubmission)\b)")


def verbatim(text: str) -> Rendered:
    """The text itself; its places are its pages, or its elements where it is XML."""
    if _XML_START.match(text):
        return Rendered(text, places=_elements(text))
    pages: tuple[int, ...] = ()
    if any(mark in text for mark in _PAGE_MARKS):
        pages = tuple(m.start() for m in _PAGE.finditer(text) if m.start() > 200 or text[: m.start()].strip())
    return Rendered(text, places=Places(pages))


def _elements(text: str) -> Places:
    counts: Counter[str] = Counter()
    found = []
    for tag in _TAG.finditer(text):
        counts[tag["name"]] += 1
        found.append((tag.start(), tag["name"], counts[tag["name"]]))
    return Places(elements=tuple(found))
