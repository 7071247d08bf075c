"""What resolution says beside the graph: which names it joined and why, what it refused to join, what it doubts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from biopact.graph.records import Evidence, Graph


class Judged(Protocol):
    """What somebody says of two atoms: `verdict` is same, different or unsure."""

    @property
    def left(self) -> str:
        """One id; ``id@filing/...`` means that filing's mention alone."""

    @property
    def right(self) -> str:
        """The other."""

    @property
    def verdict(self) -> str:
        """Whether they are one."""


@dataclass(frozen=True, slots=True)
class Link:
    """Why two atoms (ids that filings' facts use) are one entity."""

    left: str
    right: str
    reason: str  # in words, as in "same CIK 0000123456"
    strength: float  # 0 to 1; the stronger are joined first
    evidence: tuple[Evidence, ...] = ()  # the words that say so, where it is words that do


@dataclass(frozen=True, slots=True)
class Refusal:
    """Two atoms that a link would have joined, and what stands against it."""

    left: str
    right: str
    reason: str  # of the link
    why: str  # as in "different CIKs: 0000123456, 0000654321"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two entities that may be one: a person should say."""

    left: str
    right: str
    type: str
    score: float  # 0 to 1
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The graph of a ledger, and how it came about."""

    graph: Graph
    redirects: Mapping[str, str] = field(default_factory=dict)  # id that an entity had or has in some filing -> its id
    links: tuple[Link, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    doubts: tuple[Doubt, ...] = ()
