"""Reads the money of a contract: what is paid at signing, on milestones, and as royalties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from biopact.loaders.extraction.contracts.clauses import Contract, Span
from biopact.loaders.extraction.deal import Term
from biopact.loaders.extraction.values import Found, percents

_PAY = re.compile(r"\b(?:pay(?:s|able|ment)?|paid|remit|wire)\b", re.IGNORECASE)
_FOR_RIGHTS = re.compile(r"licen[cs]|rights?\b|consideration|non-?\s?refundable|one-?\s?time|lump", re.IGNORECASE)
_PAYS = re.compile(
    r"\b(?:shall|will|agrees?\s+to|must|hereby)\s+(?:[^.;]{0,80}\s)?pay\b|\bpays\b|[$€£]|\bUSD\b", re.IGNORECASE
)
_UPFRONT = re.compile(
    r"\b(?:up[\s-]?front|signing|signature|initial\s+(?:licen[cs]e|payment|fee)|licen[cs]e\s+(?:issue|initiation"
    r"|execution|signing|grant)|execution|technology\s+access|issue)\s*"
    r"(?:licen[cs]e\s+)?(?:fees?|payments?|sums?|amounts?|consideration)?\b|\b(?:one[\s-]?time|non-?refundable"
    r"|lump[\s-]sum)[^.;]{0,60}?\s(?:licen[cs]e|initial|access)\s+(?:fee|payment)|\blicen[cs]e\s+fee\b",
    re.IGNORECASE,
)
_UPFRONT_STRONG = re.compile(
    r"\bup[\s-]?front|\b(?:signing|signature|execution|issue|licen[cs]e|initial"
    r"|access)\s+(?:licen[cs]e\s+)?(?:fee|payment)",
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
_MILESTONE = re.compile(r"\b[Mm]ilestones?\b|\bMILESTONES?\b")
_CEILING = re.compile(
    r"\b(?:(?:shall|will|may|can|do(?:es)?)\s+not\s+exceed|in\s+no\s+event\s+(?:shall|will)[^.;]{0,120}?exceed"
    r"|not\s+to\s+exceed|up\s+to\s+(?:a\s+(?:total|maximum)\s+of|an\s+aggregate\s+of)?|maximum\s+(?:of|aggregate"
    r"|total|amount)|"
    r"aggregate\s+(?:of|amount|total)|total(?:l?ing)?\s+(?:of|up\s+to|milestone))",
    re.IGNORECASE,
)
_ROYALTY = re.compile(
    r"\broyalt(?:y|ies)\b(?!-?\s?(?:free|bearing))|(?:%|\bper\s?cent(?:age)?)\s*(?:\([^)]{0,12}\)\s*)?of\s+(?:all\s+|the\s+|its\s+|annual\s+|aggregate\s+)*(?:net|gross)\s+sales",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\b(?:shall|will|agrees?\s+to|must|undertakes\s+to|is\s+obligated\s+to)\s+(?:also\s+)?(?:[^.;]{0,60}?\s)?(?:pay|remit|grant|be\s+(?:paid|payable|entitled))\b|\bshall\s+be\s+(?:paid|payable|due)|\broyalt(?:y|ies)\s+(?:rate|of|equal|payable|on\s+(?:annual\s+)?net)",
    re.IGNORECASE,
)
_NO_ROYALTY = re.compile(
    r"\b(?:no|without(?:\s+any)?)\s+(?:\w+\s+){0,2}royalt(?:y|ies)\b[^.;]{0,60}?\b(?:due|payable|owed|shall"
    r"|obligation)|royalty-?\s?free\b",
    re.IGNORECASE,
)
# sentences on how royalties are reported, taxed or checked, not on what is due
_ABOUT_ROYALTIES = re.compile(
    r"\b(?:audit\w*|under-?paid|underpayment|overpayment|withh[eo]ld\w*|tax(?:es)?|late|interest|records|books)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Payments:
    """What is paid. Amounts in dollars; terms hold every currency, and what is blacked out."""

    upfront_usd: float | None
    milestones_max_usd: float | None
    royalties: bool | None
    terms: tuple[Term, ...]


def read_payments(contract: Contract, licence: Span | None) -> Payments:
    """Upfront, milestones and royalties of a contract; `licence` is the clause of its main licence."""
    upfront, first = _upfront(contract)
    ceiling, milestones = _milestones(contract)
    royalties, wording = _royalties(contract, licence)
    return Payments(upfront, ceiling, royalties, (*first, *milestones, *wording))


def _term(
    contract: Contract,
    kind: str,
    span: Span,
    *,
    found: Found | None = None,
    value: str | None = None,
    state: str = "stated",
) -> Term:
    evidence = contract.quote(span, kind.replace(" ", "_"), 0.85)
    if found is None:
        return Term(kind, state, evidence, value)
    return Term(kind, "stated", evidence, value, float(found.value), found.currency)


def _around(contract: Contract, value: Found, span: Span) -> Span:
    """A short quotation that holds a value: its sentence, cut before it where that is long."""
    start = max(span[0], value.start - 240)
    if start > span[0]:
        start = contract.text.find(" ", start, value.start) + 1 or value.start
    end = min(max(span[1], value.end), value.end + 120)
    if end == value.end + 120:
        end = max(value.end, contract.text.rfind(" ", value.end, end))
    return start, end


def _upfront(contract: Contract) -> tuple[float | None, list[Term]]:
    text = contract.text
    weak: list[tuple[Found, Span]] = []
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
        strong = bool(_UPFRONT_STRONG.match(text, m.start()))
        amount = next(contract.amounts(max(start, m.start() - 150), end), None)
        if amount is not None and float(amount.value) >= 1000:
            if strong or _AT_SIGNING.search(text, start, end):
                span = _around(contract, amount, (max(start, min(m.start(), amount.start) - 60), end))
                return (float(amount.value) if amount.currency == "USD" else None), [
                    _term(contract, "upfront", span, found=amount)
                ]
            weak.append((amount, (start, end)))
            continue
        gap = next(contract.blanks(m.end(), end), None)
        if gap and strong and blank is None:
            blank = _term(contract, "upfront", _around(contract, gap, (start, end)), state="redacted")
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
                _term(contract, "upfront", _around(contract, amount, (start, end)), found=amount)
            ]
    return None, []


def _milestones(contract: Contract) -> tuple[float | None, list[Term]]:
    """The stated ceiling of milestone payments, and each milestone payment that the contract lists."""
    text = contract.text
    ceiling: float | None = None
    terms: dict[Span, Term] = {}
    sections: list[Span] = []
    for m in contract.find(_MILESTONE):
        start, end = contract.sentence(m.start(), 300, 600)
        if not re.search(r"\b(?:payments?|pay|fees?|amounts?|paid)\b", text[start:end], re.IGNORECASE):
            continue
        limit = _CEILING.search(text, start, end)
        if limit and ceiling is None:
            amount = next((a for a in contract.amounts(limit.start(), end) if a.start - limit.end() < 60), None)
            gap = next((r for r in contract.blanks(limit.end(), min(end, limit.end() + 60))), None)
            if amount and (gap is None or amount.start < gap.start):
                ceiling = float(amount.value) if amount.currency == "USD" else None
                terms[amount.start, amount.end] = _term(
                    contract, "milestones", _around(contract, amount, (start, end)), found=amount, value="ceiling"
                )
        if re.search(
            r"\b(?:shall|will|agrees?\s+to)\s+(?:[^.;]{0,60}\s)?(?:pay|make)\b|\bpayable\b", text[start:end]
        ) and (not sections or start > sections[-1][1]):
            sections.append((start, _section_end(contract, end)))
    for start, end in sections:
        listed = list(_listed(contract, start, end))
        last = start
        for amount in listed:
            low, high = _around(contract, amount, (max(last, amount.start - 200), amount.end))
            last = amount.end
            if not any(s <= amount.start < e for s, e in terms):
                terms[amount.start, amount.end] = _term(contract, "milestones", (low, high), found=amount)
        gap = next(contract.blanks(start, end), None)
        if gap and not listed and not any(t.state == "redacted" for t in terms.values()):
            terms[gap.start, gap.end] = _term(
                contract, "milestones", _around(contract, gap, (max(start, gap.start - 200), gap.end)), state="redacted"
            )
    return ceiling, [terms[k] for k in sorted(terms)][:24]


_NEXT_SECTION = re.compile(
    r"(?<=[\s.])(?:\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\.?\s+(?!.{0,40}(?:Milestone|milestone))[A-Z][a-z]+"
    r"|ARTICLE\s+[IVX\d]+)"
)


def _section_end(contract: Contract, at: int) -> int:
    following = _NEXT_SECTION.search(contract.text, at, min(contract.end, at + 3500))
    return following.start() if following else min(contract.end, at + 2500)


def _listed(contract: Contract, start: int, end: int) -> Iterator[Found]:
    """Amounts in a list of milestone payments; thresholds of sales are none."""
    last = start
    for amount in contract.amounts(start, end):
        before = contract.text[max(start, amount.start - 70) : amount.start]
        beside = last > start and not contract.text[last : amount.start].strip(
            " \n\t|"
        )  # "sales of USD 10 million | USD 1 million"
        last = amount.end
        if float(amount.value) < 10_000 or (not beside and _THRESHOLD.search(before)):
            continue
        yield amount


_THRESHOLD = re.compile(
    r"(?:\bsales\b|exceed\w*|reach\w*|equal\w*|greater|at\s+least|over|above|between|threshold|≥|>)[^.;:]{0,40}\Z",
    re.IGNORECASE,
)


def _royalties(contract: Contract, licence: Span | None) -> tuple[bool | None, list[Term]]:
    text = contract.text
    best: tuple[int, Span, str | None, str] | None = None
    for m in contract.find(_ROYALTY):
        start, end = contract.sentence(m.start(), 300, 700)
        if (
            not _DUE.search(text, start, end)
            or re.search(r"\bthird\s+part(?:y|ies)\b", text[max(start, m.start() - 80) : m.end() + 60], re.IGNORECASE)
            or _ABOUT_ROYALTIES.search(text, start, end)
        ):
            continue
        tiers = [
            p for p in percents(text, m.start() - 60, min(contract.end, m.end() + 700)) if start <= p.start < end + 300
        ]
        gaps = list(contract.blanks(start, end))
        weight = (
            2 * bool(tiers)
            + bool(gaps)
            + bool(re.search(r"\b(?:pay|paid|payable)\b", text[start:end]))
            + bool(re.search(r"[Nn]et\s+[Ss]ales|[Mm]argin|[Tt]urnover|[Rr]evenue|NET\s+SALES", text[start:end]))
        )
        if best is None or weight > best[0]:
            last = min(end, start + 400)
            if tiers:
                last = max(last, min(tiers[-1].end, start + 600))
                quoted = [t.value for t in tiers if t.end <= last] or [tiers[0].value]
                low, high = min(quoted), max(quoted)
                best = weight, (start, last), f"{low:g}%" if low == high else f"{low:g}% to {high:g}%", "stated"
            else:
                best = (
                    weight,
                    (start, last),
                    None if gaps else contract.words((start, min(end, start + 200))),
                    "redacted" if gaps else "stated",
                )
    if best:
        _, span, value, state = best
        return True, [_term(contract, "royalty", span, value=value, state=state)]
    free = _NO_ROYALTY.search(text, *licence) if licence else None
    if free and licence:
        return False, [_term(contract, "royalty", licence, value="none")]
    return None, []
