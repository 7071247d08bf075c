"""One term as a sentence states it, before it belongs to a deal."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Read:
    """A term as a sentence states it, by offsets in the document."""

    kind: str
    start: int
    end: int
    value: str | None = None
    amount: float | None = None
    currency: str | None = None
    state: str = "stated"
    ceiling: bool = False  # milestones: the most that can fall due
    part: bool = False  # a part of an amount given before it
    purpose: tuple[int, int] | None = None  # the words behind an amount that may name what it is for


def squeezed(words: str) -> str:
    """Words as a value shows them: single spaces, no comma at the ends."""
    return re.sub(r"\s+", " ", words).strip(" ,")
