"""Finds the words of an answer in the document: character by character but for white space and the look of quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

# A model writes typewriter quotes and hyphens for the document's; one sign for one, so that offsets stay.
_LOOK = str.maketrans("“”„‟‘’‚‛`´‐‑‒–—", "\"\"\"\"''''''-----")
_LONGEST = 4000  # characters of a quotation that is looked for at all


def places(text: str, start: int, end: int, words: str) -> Iterator[Span]:
    """Where whole words stand in a text between two offsets.

    They begin and end at the border of a word, and a hyphen is no border: nobody quotes "exclusive" from
    "non-exclusive", nor "$5" from "$5.5".

    >>> list(places("a non-exclusive,  an “exclusive\\nlicense”", 0, 40, 'exclusive license'))
    [(22, 39)]
    """
    parts = words.translate(_LOOK).split()
    if not parts or len(words) > _LONGEST:
        return
    pattern = r"\s+".join(map(re.escape, parts))
    before = r"(?<![\w-])(?<!\d[.,])" if _wordy(parts[0][0]) else ""
    after = r"(?![\w-])(?![.,]\d)" if _wordy(parts[-1][-1]) else ""
    window = text[start:end].translate(_LOOK)
    for m in re.finditer(before + pattern + after, window):
        yield start + m.start(), start + m.end()


def place(text: str, start: int, end: int, words: str) -> Span | None:
    """The first place of the words, or None."""
    return next(places(text, start, end, words), None)


def _wordy(sign: str) -> bool:
    return sign.isalnum() or sign in "_-"
