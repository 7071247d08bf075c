"""Which extractor a command uses: the rules, a language model, or both."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable
from urllib.parse import urlsplit

from biopact.app.commands.options import WrongUseError

if TYPE_CHECKING:
    from biopact.loaders.extraction.extractor import Extractor
    from biopact.loaders.extraction.llm.settings import Settings
    from biopact.loaders.extraction.llm.tally import Tally

EXTRACTORS = ("rules", "llm", "both")

Heard = Callable[[int, int, str], None]  # passages answered, passages in all, the filing


@runtime_checkable
class AsksModel(Protocol):
    """What extractors that ask a model have beside those of the rules."""

    heard: Heard

    @property
    def tally(self) -> Tally:
        """What asking brought so far."""


def make_extractor(choice: str = "rules", *, price: str | None = None) -> Extractor:
    """The extractor of this name; one that asks a model is set up by the environment.

    `price` is what a million tokens of question and answer cost, as in ``0.15/0.60``.
    WrongUseError says what is missing.
    """
    from biopact.loaders.extraction.extractor import RulesExtractor

    if choice == "rules":
        return RulesExtractor()
    if choice not in EXTRACTORS:
        raise WrongUseError(f"there is no extractor {choice!r}; known are {', '.join(EXTRACTORS)}")
    settings = llm_settings(price)
    from biopact.loaders.extraction.llm.both import BothExtractor
    from biopact.loaders.extraction.llm.extractor import LlmExtractor

    llm = LlmExtractor(settings)
    return llm if choice == "llm" else BothExtractor(RulesExtractor(), llm)


def tally_of(extractor: Extractor) -> Tally | None:
    """What asking a model brought; None for an extractor that asks none."""
    return extractor.tally if isinstance(extractor, AsksModel) else None


def left_unread(extractor: Extractor) -> bool:
    """Whether a model left passages without a usable answer."""
    return isinstance(extractor, AsksModel) and bool(extractor.tally.unread)


def watch(extractor: Extractor, heard: Heard | None) -> None:
    """Have an extractor that asks a model tell of each passage that is answered."""
    if heard is not None and isinstance(extractor, AsksModel):
        extractor.heard = heard


def llm_settings(price: str | None = None) -> Settings:
    """Where the model is, by BIOPACT_LLM_URL, _MODEL, _KEY, _PRICE, _TIMEOUT, _PARALLEL and _CACHE."""
    from biopact.loaders.extraction.llm.settings import Settings

    url, model = (os.environ.get(f"BIOPACT_LLM_{name}", "").strip() for name in ("URL", "MODEL"))
    if not url or not model:
        raise WrongUseError(
            "set BIOPACT_LLM_URL to an OpenAI-compatible address, as in http://localhost:11434/v1, "
            "and BIOPACT_LLM_MODEL to one of its models"
        )
    key = os.environ.get("BIOPACT_LLM_KEY", "").strip() or None
    _check_url(url, key)
    return Settings(
        url,
        model,
        key,
        _cache_folder(),
        _price(price or os.environ.get("BIOPACT_LLM_PRICE")),
        timeout=_number("BIOPACT_LLM_TIMEOUT", 120.0),
        parallel=int(_number("BIOPACT_LLM_PARALLEL", 4)),
    )


def _check_url(url: str, key: str | None) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host:
        raise WrongUseError("BIOPACT_LLM_URL is no http or https address; expected one as in http://localhost:11434/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise WrongUseError("BIOPACT_LLM_URL holds more than an address; a key belongs into BIOPACT_LLM_KEY")
    if key and parts.scheme == "http" and host not in ("localhost", "::1") and not host.startswith("127."):
        raise WrongUseError(
            f"BIOPACT_LLM_KEY would travel unencrypted to {host}; use an https address, or unset the key"
        )
    if key and not (key.isascii() and key.isprintable()):
        raise WrongUseError("BIOPACT_LLM_KEY holds signs that no key has; set it again")


def _cache_folder() -> Path:
    named = os.environ.get("BIOPACT_LLM_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "biopact" / "llm"


def _price(text: str | None) -> tuple[float, float] | None:
    if not text:
        return None
    m = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*/\s*(\d+(?:\.\d+)?)\s*", text)
    if m is None:
        raise WrongUseError(f"the price {text!r} is not of the form 0.15/0.60: a million tokens asked, and answered")
    return float(m.group(1)), float(m.group(2))


def _number(name: str, default: float) -> float:
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not re.fullmatch(r"\d{1,6}(?:\.\d+)?", text) or float(text) < 1:
        raise WrongUseError(f"{name} is {text!r}; expected a number from 1")
    return float(text)
