"""Counts what asking a model brought: facts, refusals by reason, tokens, cost and time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


class RefusedError(Exception):
    """Something a model said is not believed; the message is the reason. Never leaves the gate."""


@dataclass(slots=True)
class Tally:
    """What one extractor did so far, over all its filings."""

    model: str
    price: tuple[float, float] | None = None
    passages: int = 0
    cached: int = 0  # passages answered from the cache
    unread: Counter[str] = field(default_factory=Counter)  # passages without a usable answer, by reason
    details: dict[str, str] = field(default_factory=dict)  # the first message behind a reason
    statements: int = 0  # believed
    values: int = 0  # terms and properties believed
    refused: Counter[str] = field(default_factory=Counter)  # statements, subjects and values, by reason
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0  # spent waiting, summed over requests
    compared: Counter[str] = field(default_factory=Counter)  # with the rules: agreed, opposed, rules only, llm only
    conflicts: list[str] = field(default_factory=list)  # what the two read differently, one line each

    @property
    def cost(self) -> float | None:
        """What the tokens cost, in the currency of the price; None if no price is known."""
        if self.price is None:
            return None
        return (self.prompt_tokens * self.price[0] + self.completion_tokens * self.price[1]) / 1e6

    def to_json(self) -> dict[str, Any]:
        """Everything counted, as `--json` prints it."""
        return {
            "model": self.model,
            "passages": self.passages,
            "passages_from_cache": self.cached,
            "passages_unread": dict(sorted(self.unread.items())),
            "details": dict(sorted(self.details.items())),
            "statements": self.statements,
            "values": self.values,
            "refused": dict(sorted(self.refused.items())),
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "cost": None if self.cost is None else round(self.cost, 6),
            "seconds": round(self.seconds, 3),
            "compared": dict(sorted(self.compared.items())),
            "conflicts": self.conflicts,
        }

    def lines(self) -> Iterator[str]:
        """The same for people."""
        yield (
            f"{self.model}: {self.passages} passages, {self.cached} of them from the cache; "
            f"{self.statements} statements and {self.values} values believed"
        )
        if self.refused:
            yield f"refused: {_listed(self.refused)}"
        if self.unread:
            yield f"passages without a usable answer: {_listed(self.unread)}"
        for reason, detail in sorted(self.details.items()):
            yield f"{reason}: {detail}"
        cost = "no price known" if self.cost is None else f"cost {self.cost:.4f}"
        yield f"{self.prompt_tokens} tokens asked, {self.completion_tokens} answered, {cost}, {self.seconds:.1f} s"
        if self.compared:
            yield f"rules and model: {_listed(self.compared)}"
        yield from self.conflicts


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{n} {reason}" for reason, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
