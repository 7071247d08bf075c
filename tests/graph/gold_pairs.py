"""The gold of pairs: what two filings call a company, and whether that is one company (docs/identity.md)."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

PAIRS = Path(__file__).parent / "pairs" / "companies.csv"


@dataclass(frozen=True, slots=True)
class Pair:
    left: str
    right: str
    same: bool
    why: str
    left_aliases: tuple[str, ...]  # other names that the filing itself states for it
    right_aliases: tuple[str, ...]
    left_cik: str
    right_cik: str
    source: str  # "filings": both spellings stand in filings; "added": one was made, as filings write or misprint names
    half: str  # the rules were made looking at "dev"

    @property
    def half_by_hash(self) -> str:
        """The half that the first word falls into, so that the names of one company stay together."""
        first = self.left.lower().replace(",", " ").split()[0]
        return "test" if hashlib.sha256(first.encode()).digest()[0] % 2 else "dev"


@dataclass(frozen=True, slots=True)
class Score:
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def read_pairs(half: str = "") -> list[Pair]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        pairs = [
            Pair(
                row["left"],
                row["right"],
                row["same"] == "1",
                row["why"],
                tuple(filter(None, row["left_aliases"].split(";"))),
                tuple(filter(None, row["right_aliases"].split(";"))),
                row["left_cik"],
                row["right_cik"],
                row["source"],
                row["half"],
            )
            for row in csv.DictReader(file)
        ]
    return [pair for pair in pairs if half in ("", pair.half)]


def score(pairs: Iterable[Pair], same: Callable[[Pair], bool]) -> Score:
    right = found = asked = 0
    for pair in pairs:
        said = same(pair)
        right, found, asked = right + (said and pair.same), found + said, asked + pair.same
    return Score(right / found if found else 1.0, right / asked)
