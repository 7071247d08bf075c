"""The way back from a character of a text to the page and the element of the file it was read from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import itemgetter
from typing import Any

Element = tuple[int, str, int]  # where its text begins, its name, its number among its namesakes in the file


@dataclass(frozen=True, slots=True)
class Places:
    """Where the characters of a text stood, in order of offsets; empty where the file does not tell.

    An element is the innermost block: ``td[41]`` is the 41st table cell of the page, as the XPath ``(//td)[41]`` says.
    """

    pages: tuple[int, ...] = ()  # where pages 2, 3, ... begin
    elements: tuple[Element, ...] = ()

    def page(self, offset: int) -> int | None:
        """The page of a character, counted from 1; None where the text has no page breaks.

        >>> Places(pages=(100, 250)).page(249)
        2
        """
        return 1 + bisect_right(self.pages, offset) if self.pages else None

    def element(self, offset: int) -> str | None:
        """The element that shows a character, or showed the one before where it is a separator.

        >>> Places(elements=((0, "p", 1), (7, "td", 3))).element(9)
        'td[3]'
        """
        at = bisect_right(self.elements, offset, key=itemgetter(0))
        if not at:
            return None
        _, name, number = self.elements[at - 1]
        return f"{name}[{number}]"

    def to_json(self) -> dict[str, Any]:
        """Steps rather than offsets, by name of element: short, and shorter when compressed."""
        by_name: dict[str, list[tuple[int, int]]] = {}
        for start, name, number in self.elements:
            by_name.setdefault(name, [(0, 0)]).append((start, number))
        return {
            "pages": [after - before for before, after in pairwise((0, *self.pages))],
            "elements": {
                name: list(chain.from_iterable((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)))
                for name, points in by_name.items()
            },
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Places:
        """Read back what `to_json` wrote."""
        pages, elements, at = [], [], 0
        for step in data["pages"]:
            at += step
            pages.append(at)
        for name, steps in data["elements"].items():
            start = number = 0
            for step, more in zip(steps[::2], steps[1::2], strict=True):
                start, number = start + step, number + more
                elements.append((start, name, number))
        return cls(tuple(pages), tuple(sorted(elements)))


NOWHERE = Places()  # of a text whose file does not tell
