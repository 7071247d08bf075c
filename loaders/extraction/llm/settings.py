"""Where the language model is and how it is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What an endpoint needs to know. The key is in no representation of it."""

    url: str  # of an OpenAI-compatible interface, as in http://localhost:11434/v1
    model: str
    key: str | None = field(default=None, repr=False)
    cache: Path | None = None  # folder of answers; None keeps none
    price: tuple[float, float] | None = None  # per million tokens: of the question, of the answer
    timeout: float = 120.0  # seconds for one answer
    retries: int = 4  # after the first try
    backoff: float = 0.5  # seconds before the first retry; doubled each time
    parallel: int = 4  # requests at a time
