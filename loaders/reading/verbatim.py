"""Text that is kept to the character, as plain text, markdown and ownership XML are, and where its pages begin.

Files that stand in the text in uuencode are no words; they are cut out of it.
"""

from __future__ import annotations

import re
from collections import Counter

from biopact.graph.places import Places
from biopact.loaders.reading.markup import Rendered

# Each begins with a character to look for, which makes the search fast; none counts but at the start of a line.
_PAGES = (
    re.compile(r"<(?i:page)>"),  # EDGAR's own mark
    re.compile(r"\{\d{1,5}\}-{10,}(?=\n|$)"),  # as converters of PDF to markdown write it
)
_UUENCODED = re.compile(
    r"^begin [0-7]{3,4} (?P<name>\S[^\n]{0,200})\n(?:[!-M][ -`]{0,63}\n)+(?:[ `]*\n)?(?:end[ \t]*(?:\n|\Z)|\Z)", re.M
)
_TAG = re.compile(r"<(?P<name>(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*)(?=[\s/>])")
_XML_START = re.compile(r"\s*<(?:\?xml\b|(?:\w+:)?(?:ownershipDocument|edgarSubmission)\b)")


def verbatim(text: str) -> Rendered:
    """The text itself; its places are its pages, or its elements where it is XML."""
    if _XML_START.match(text):
        return Rendered(text, places=_elements(text))
    notes: tuple[str, ...] = ()
    if text.startswith("begin ") or "\nbegin " in text:
        notes = tuple(f"left out {m['name'].strip()} (uuencoded)" for m in _UUENCODED.finditer(text))
        text = _UUENCODED.sub("", text) if notes else text
    marks = [mark.start() for mark in re.finditer("\f", text)]
    for pattern in _PAGES:
        marks += [
            m.start()
            for m in pattern.finditer(text)
            if not text[text.rfind("\n", 0, m.start()) + 1 : m.start()].strip()
        ]
    first = len(text) - len(text.lstrip())  # a mark before any word begins no second page
    return Rendered(text, notes=notes, places=Places(tuple(mark for mark in sorted(marks) if mark > first)))


def _elements(text: str) -> Places:
    counts: Counter[str] = Counter()
    found = []
    for tag in _TAG.finditer(text):
        counts[tag["name"]] += 1
        found.append((tag.start(), tag["name"], counts[tag["name"]]))
    return Places(elements=tuple(found))
