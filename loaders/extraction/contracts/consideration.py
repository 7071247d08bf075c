"""Reads what else is paid under a contract: shares bought, research funded, fees of an option, the price of assets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biopact.loaders.extraction.contracts.clauses import Contract, Span
from biopact.loaders.extraction.deal import Term

_SHARES = re.compile(r"\b(?:shares|[Cc]ommon\s+[Ss]tock|[Pp]referred\s+[Ss]tock|warrants?)\b")
_BUYS = re.compile(
    r"\b(?:shall|will|agrees?\s+to|hereby(?:\s+agrees\s+to)?)\s+(?:[\w-]+\s+){0,6}?(?:purchases?|subscribes?|buy|issues?"
    r"(?:\s+and\s+sells?)?|invests?)\b",
    re.IGNORECASE,
)
_FUNDING = re.compile(
    r"\b(?:research\s+(?:funding|support)|funding\s+(?:of|for)\s+the\s+Research|FTE\s+(?:[Rr]ate|[Cc]osts?)|per\s+FTE)\b",
    re.IGNORECASE,
)
_OPTION_FEE = re.compile(
    r"\b(?:option\s+(?:exercise\s+|extension\s+)?(?:fee|payment|price)|exercise\s+(?:fee|payment|price)"
    r"|exercis\w+\s+(?:of\s+)?(?:the|its|such|an)\s+option)\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\b(?:purchase\s+price|(?:aggregate|total)\s+consideration|consideration\s+for\s+the\s+(?:purchase|sale|Assets|Purchased))\b",
    re.IGNORECASE,
)
_PAID = re.compile(r"\b(?:pay|paid|payable|payment|shall\s+be|is|equal|means?|of|fund)\b", re.IGNORECASE)
_NOT_PAID = re.compile(r"\b(?:exceed|less\s+than|insurance|liabilit\w+|indemnif\w+|damages|adjust\w+)\b", re.IGNORECASE)
_PER_FTE = re.compile(r"\s*(?:\)\s*)?(?:per|for\s+each)\s+(?:\w+\s+)?FTE", re.IGNORECASE)


def read_equity(contract: Contract) -> Iterator[Term]:
    """Shares that one party buys of the other, with what they cost."""
    for m in contract.find(_SHARES):
        start, end = contract.sentence(m.start(), 300, 400)
        if not _BUYS.search(contract.text, start, m.start()):
            continue
        amounts = [a for a in contract.amounts(start, end) if float(a.value) >= 10_000]
        if amounts:
            most = max(amounts, key=lambda a: float(a.value))
            low = max(start, min(m.start(), most.start) - 60)
            low = contract.text.find(" ", low - 1, m.start()) + 1 if low > start else low
            yield contract.term("equity", (low, max(most.end, m.end())), found=most)
            return


def read_funding(contract: Contract) -> Iterator[Term]:
    """What is paid for research: a sum, or a rate for each full-time person."""
    for start, end, at in _sentences(contract, _FUNDING):
        amount = next((a for a in contract.amounts(start, end) if float(a.value) >= 10_000), None)
        if amount is not None:
            each = _PER_FTE.match(contract.text, amount.end) or _PER_FTE.search(
                contract.text, amount.end, min(end, amount.end + 60)
            )
            span = contract.around(amount, (max(start, min(at, amount.start) - 60), end))
            yield contract.term(
                "research funding", span, found=amount, details={"wording": "per FTE"} if each else None
            )
            return


def read_option_fee(contract: Contract) -> Iterator[Term]:
    """What the exercise of an option costs."""
    for start, end, at in _sentences(contract, _OPTION_FEE):
        amount = next((a for a in contract.amounts(start, end) if float(a.value) >= 1000), None)
        gap = next(contract.blanks(at, end), None)
        found = amount or gap
        if found is not None:
            span = contract.around(found, (start, end))
            if amount is not None:
                yield contract.term("option fee", span, found=amount)
            else:
                yield contract.term("option fee", span, state="redacted")
            return


def read_price(contract: Contract) -> Iterator[Term]:
    """The price of the assets or shares that a contract sells."""
    blank: Term | None = None
    for start, end, at in _sentences(contract, _PRICE):
        amount = next((a for a in contract.amounts(at, end) if float(a.value) >= 1000), None)
        gap = next(contract.blanks(at, min(end, at + 200)), None)
        if amount is not None and (gap is None or amount.start < gap.start):
            yield contract.term("purchase price", contract.around(amount, (start, end)), found=amount)
            return
        if gap is not None and blank is None:
            blank = contract.term("purchase price", contract.around(gap, (start, end)), state="redacted")
    if blank is not None:
        yield blank


def _sentences(contract: Contract, cue: re.Pattern[str]) -> Iterator[tuple[int, int, int]]:
    """Sentences in which a cue stands beside the words of a payment, and where the cue stands."""
    last: Span = (-1, -1)
    for m in contract.find(cue):
        start, end = contract.sentence(m.start(), 300, 500)
        if (start, end) == last or not _PAID.search(contract.text, start, end):
            continue
        last = start, end
        if not _NOT_PAID.search(contract.text, max(start, m.start() - 80), min(end, m.end() + 80)):
            yield start, end, m.start()
