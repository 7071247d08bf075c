"""Reads the terms of a deal from one sentence: money, royalties, exclusivity, territory, field, dates of the term."""

from __future__ import annotations

from collections.abc import Iterator

from biopact.loaders.extraction.terms.lifetime import ends, length
from biopact.loaders.extraction.terms.money import money
from biopact.loaders.extraction.terms.read import Read
from biopact.loaders.extraction.terms.royalties import profit_shares, royalties
from biopact.loaders.extraction.terms.scope import exclusivity, only_exclusivity, scope, territory

__all__ = ["Read", "exclusivity", "only_exclusivity", "terms", "territory"]


def terms(text: str, start: int, end: int) -> Iterator[Read]:
    """All terms in one sentence, but for exclusivity and territory, which belong to what is granted."""
    yield from money(text, start, end)
    yield from royalties(text, start, end)
    yield from profit_shares(text, start, end)
    yield from ends(text, start, end)
    yield from length(text, start, end)
    yield from scope(text, start, end)
