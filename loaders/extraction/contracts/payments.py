"""Reads the money of a contract: what is paid at signing, on milestones, and as royalties."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from biopact.loaders.extraction.contracts.clauses import Contract, Span
from biopact.loaders.extraction.contracts.consideration import read_equity, read_funding, read_option_fee, read_price
from biopact.loaders.extraction.contracts.milestones import read_milestones
from biopact.loaders.extraction.contracts.royalties import read_royalties
from biopact.loaders.extraction.deal import Term

_PAY = re.compile(r"\b(?:pay(?:s|able|ment)?|paid|remit|wire)\b", re.IGNORECASE)
_FOR_RIGHTS = re.compile(r"licen[cs]|rights?\b|consideration|non-?\s?refundable|one-?\s?time|lump", re.IGNORECASE)
_PAYS = re.compile(
    r"\b(?:shall|will|agrees?\s+to|must|hereby)\s+(?:[^.;]{0,80}\s)?pay\b|\bpays\b|[$€£]|\bUSD\b", re.IGNORECASE
)
_UPFRONT = re.compile(
    r"\b(?:up[\s-]?front|signing|signature|initial\s+(?:licen[cs]e|payment|fee)|licen[cs]e\s+(?:issue|initiation"
    r"|execution|signing|grant)|execution|technology\s+access|issue)\s*"
    r"(?:licen[cs]e\s+)?(?:fees?|payments?|sums?|amounts?|consideration)?\b|\b(?:one[\s-]?time|non-?refundable"
    r"|lump[\s-]sum)[^.;]{0,60}?\s(?:licen[cs]e|initial|access)\s+(?:fee|payment)|\b(?:licen[cs]e|access|entry)\s+fee\b"
    r"|\bdown[\s-]payment\b",
    re.IGNORECASE,
)
_UPFRONT_STRONG = re.compile(
    r"\bup[\s-]?front|\b(?:signing|signature|execution|issue|licen[cs]e|initial"
    r"|access|entry)\s+(?:licen[cs]e\s+)?(?:fee|payment)|\bdown[\s-]payment",
    re.IGNORECASE,
)
_AT_SIGNING = re.compile(
    r"\b(?:upon|on|at|after|following|of|with|from)\s+(?:the\s+)?(?:time\s+of\s+)?(?:(?:mutual|full"
    r"|complete)\s+)?(?:execution|signing|signature|Effective\s+Date|date\s+(?:hereof|of\s+this\s+Agreement))",
    re.IGNORECASE,
)
_NOT_UPFRONT = re.compile(
    r"\b(?:milestone|royalt|renewal|annual|maintenance|minimum|extension|option\s+(?:fee|exercise))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Payments:
    """What is paid. Amounts in dollars; terms hold every currency, and what is blacked out."""

    upfront_usd: float | None
    milestones_max_usd: float | None
    royalties: bool | None
    price_usd: float | None
    terms: tuple[Term, ...]


def read_payments(contract: Contract, licence: Span | None, kinds: AbstractSet[str]) -> Payments:
    """What is paid under a contract of these kinds; `licence` is the clause of its main licence."""
    upfront, first = _upfront(contract)
    ceiling, milestones = read_milestones(contract)
    royalties, wording = read_royalties(contract, licence)
    sold = [*read_price(contract)] if kinds & {"asset purchase", "acquisition"} else []
    price = next((t.amount for t in sold if t.currency == "USD"), None)
    other = (*read_equity(contract), *read_funding(contract), *read_option_fee(contract), *sold)
    return Payments(upfront, ceiling, royalties, price, (*first, *milestones, *wording, *other))


def _upfront(contract: Contract) -> tuple[float | None, list[Term]]:
    text = contract.text
    blank: Term | None = None
    for m in contract.find(_UPFRONT):
        start, end = contract.sentence(m.start(), 300, 600)
        end = max(end, min(contract.end, m.end()))
        if end - m.end() < 60 and not _PAYS.search(text, start, end):  # a heading: "3.1 Upfront Payment."
            start, end = m.start(), contract.sentence(end + 1, 0, 600)[1]
        if not re.search(r"\b(?:fee|payment|sum|amount|consideration)s?\b", text[m.start() : end], re.IGNORECASE):
            continue
        if not _PAY.search(text, start, end) or _NOT_UPFRONT.search(
            text, max(start, m.start() - 40), min(m.end() + 40, end)
        ):
            continue
        strong = bool(_UPFRONT_STRONG.search(text, *m.span()))
        amount = next(contract.amounts(max(start, m.start() - 150), end), None)
        if amount is not None and float(amount.value) >= 1000:
            if strong or _AT_SIGNING.search(text, start, end):
                span = contract.around(amount, (max(start, min(m.start(), amount.start) - 60), end))
                return (float(amount.value) if amount.currency == "USD" else None), [
                    contract.term("upfront", span, found=amount)
                ]
            continue
        gap = next(contract.blanks(m.end(), end), None)
        if gap and strong and blank is None:
            blank = contract.term("upfront", contract.around(gap, (start, end)), state="redacted")
    if blank:
        return None, [blank]
    for m in contract.find(_AT_SIGNING):
        start, end = contract.sentence(m.start(), 300, 500)
        near = max(start, m.start() - 200), min(end, m.end() + 200)
        if not _PAYS.search(text, start, end) or _NOT_UPFRONT.search(
            text, max(start, m.start() - 80), min(end, m.end() + 80)
        ):
            continue
        if not _FOR_RIGHTS.search(text, start, end) or re.search(r"\bshares?\b|\bstock\b|\binvoice", text[start:end]):
            continue
        amount = min(
            (a for a in contract.amounts(*near) if float(a.value) >= 10_000),
            key=lambda a: max(a.start - m.end(), m.start() - a.end),
            default=None,
        )
        if amount is not None:
            return (float(amount.value) if amount.currency == "USD" else None), [
                contract.term("upfront", contract.around(amount, (start, end)), found=amount)
            ]
    return None, []
