"""Reads the royalties of a contract: whether any are due, at which rates, tier by tier, and for how long."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from biopact.graph.records import Value
from biopact.loaders.extraction.contracts.clauses import QUOTED, Contract, Span, squeeze
from biopact.loaders.extraction.deal import Term
from biopact.loaders.extraction.values import Found, percents

_ROYALTY = re.compile(
    r"\broyalt(?:y|ies)\b(?!-?\s?(?:free|bearing))|(?:%|\bper\s?cent(?:age)?)\s*(?:\([^)]{0,12}\)\s*)?of\s+(?:all\s+|the\s+|its\s+|annual\s+|aggregate\s+)*(?:net|gross)\s+sales",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\b(?:shall|will|agrees?\s+to|must|undertakes\s+to|is\s+obligated\s+to)\s+(?:also\s+)?(?:[^.;]{0,60}?\s)?(?:pay|remit|grant|be\s+(?:paid|payable|entitled))\b"
    r"|\b(?:shall|will)\s+(?:also\s+)?receive\s+(?:(?:an?|tiered|running)\s+)*(?:[\w-]+\s+){0,2}?(?:royalt(?:y|ies)\b(?!\s+(?:report|statement))|[\[\d*])|\bshall\s+be\s+(?:paid|payable|due)|\broyalt(?:y|ies)\s+(?:rate|of|equal|payable|on\s+(?:annual\s+)?net)",
    re.IGNORECASE,
)
_NO_ROYALTY = re.compile(
    r"\b(?:no|without(?:\s+any)?)\s+(?:\w+\s+){0,2}royalt(?:y|ies)\b[^.;]{0,60}?\b(?:due|payable|owed|shall"
    r"|obligation)|royalty-?\s?free\b",
    re.IGNORECASE,
)
# what is said of the whole contract; "no royalties shall be due on sales to Affiliates" leaves the others due
_NONE_DUE = re.compile(
    r"\b(?:no|not)\s+(?:\w+\s+){0,6}?royalt(?:y|ies)\b[^.;]{0,40}?\b(?:due|payable|owed|paid)\b"
    r"|\b(?:no\s+obligation|not\s+(?:be\s+)?(?:obligated|obliged|required))\s+to\s+pay\s+(?:any\s+|\w+\s+any\s+)?"
    r"(?:[\w-]+\s+(?:or\s+)?){0,2}?royalt(?:y|ies)\b|\bno\s+(?:\w+\s+){0,2}royalt(?:y|ies)\s+(?:is|are|shall|will)\b",
    re.IGNORECASE,
)
# sentences on how royalties are reported, taxed or checked, not on what is due
_ABOUT_ROYALTIES = re.compile(
    r"\b(?:audit\w*|under-?paid|underpayment|overpayment|withh[eo]ld\w*|tax(?:es)?|late|interest|records|books)\b",
    re.IGNORECASE,
)
_THIRD = re.compile(r"\bthird\s+part(?:y|ies)\b", re.IGNORECASE)
_BASE = re.compile(r"[Nn]et\s+[Ss]ales|[Mm]argin|[Tt]urnover|[Rr]evenue|NET\s+SALES")


def read_royalties(contract: Contract, licence: Span | None) -> tuple[bool | None, list[Term]]:
    """Whether royalties are due (None where the contract is silent), and the terms that say so."""
    text = contract.text
    best: tuple[int, Span, str | None, str] | None = None
    none: Span | None = None
    for m in contract.find(_ROYALTY):
        start, end = contract.sentence(m.start(), 300, 700)
        if (
            not _DUE.search(text, start, end)
            or _THIRD.search(text, max(start, m.start() - 80), m.end() + 60)
            or _ABOUT_ROYALTIES.search(text, start, end)
        ):
            continue
        denied = _NONE_DUE.search(text, start, end)
        if denied:
            none = none or denied.span()
            continue
        rates = [
            p for p in percents(text, m.start() - 60, min(contract.end, m.end() + 700)) if start <= p.start < end + 300
        ]
        if rates:  # "shall be reduced by 50%" is no rate
            stop = _TIERS_END.search(text, rates[0].end, rates[-1].end)
            rates = [r for r in rates if stop is None or r.end <= stop.start()]
        gaps = list(contract.blanks(start, end))
        weight = (
            2 * bool(rates)
            + bool(gaps)
            + bool(re.search(r"\b(?:pay|paid|payable)\b", text[start:end]))
            + bool(_BASE.search(text, start, end))
        )
        if best is not None and weight <= best[0]:
            continue
        last = min(end, start + 400)
        if rates:
            last = max(last, min(rates[-1].end, start + 600))
            quoted = [t.value for t in rates if t.end <= last] or [rates[0].value]
            best = weight, (start, last), _range([float(q) for q in quoted]), "stated"
        else:
            words = None if gaps else contract.words((start, min(end, start + 200)))
            best = weight, (start, last), words, "redacted" if gaps else "stated"
    if best:
        _, span, value, state = best
        lasting = _period(contract)
        tiers = _tiers(contract, span[0]) if state == "stated" else []
        if tiers:  # the quotation holds all of them, or it would tell a narrower range
            span = _with_all(contract, span[0], tiers[-1].evidence.end)
            rates_quoted = [float(p.value) for p in percents(text, *span) if float(p.value) <= 100]
            value = _range(rates_quoted)
        return True, [contract.term("royalty", span, value=value, state=state), *tiers, *lasting]
    free = _NO_ROYALTY.search(text, *licence) if licence else None
    if free and licence:
        return False, [contract.term("royalty", licence, value="none")]
    if licence and not free and re.search(r"\broyalty-?\s?bearing\b", text[slice(*licence)], re.IGNORECASE):
        return True, [contract.term("royalty", licence, value="royalty-bearing")]
    if none:
        return False, [contract.term("royalty", none, value="none")]
    return None, []


_CURRENCY = re.compile(r"\bUSD\b|US\s?\$|U\.S\.\s?\$|\$|€|£|\bEUR\b|\bGBP\b|\bCHF\b")
_TO = re.compile(
    r"\b(?:up\s+to(?:\s+and\s+including)?|less\s+than(?:\s+or\s+equal\s+to)?|below|under|not\s+exceeding|does\s+not\s+exceed"
    r"|equal\s+to\s+or\s+less\s+than|but\s+not\s+(?:more|greater)\s+than|first)\W*(?:[A-Z.]{0,4}\s?)\Z|[<≤]\s*=?\s*\Z",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:above|over|exceed(?:ing|s)?|in\s+excess\s+of|greater\s+than(?:\s+or\s+equal\s+to)?|more\s+than|from|between"
    r"|at\s+least|equal\s+to\s+or\s+(?:greater|more)\s+than|exceeds)\W*(?:[A-Z.]{0,4}\s?)\Z|[>≥]\s*=?\s*\Z",
    re.IGNORECASE,
)
_FROM_AFTER = re.compile(r"\s*(?:\+|(?:and|or)\s+(?:above|more|over|greater|higher))", re.IGNORECASE)
_TO_AFTER = re.compile(r"\s*(?:(?:and|or)\s+(?:below|less|under))", re.IGNORECASE)
_TIERS_END = re.compile(
    r"\b(?:reduc\w+|offset|deduct\w*|shall\s+be\s+paid|Third\s+Part(?:y|ies)|credit\w*|ARTICLE)\b|(?<=\s)\d+\.\d+\.?\s+[A-Z][a-z]"
)
_LONGEST = 1800  # characters of a table of tiers
_WIDEST = 220  # between one rate and the next


def _tiers(contract: Contract, start: int) -> list[Term]:
    """Each rate with the yearly sales that it holds for, where the contract lists several."""
    text = contract.text
    limit = min(contract.end, start + _LONGEST)
    first = next(percents(text, start, limit), None)
    if first is None:
        return []
    stop = _TIERS_END.search(text, first.end, limit)
    end = stop.start() if stop else limit
    rates: list[Found] = []
    for rate in percents(text, first.start, end):
        if rates and rate.start - rates[-1].end > _WIDEST:
            break
        same = rates and rate.value == rates[-1].value and text[rates[-1].end : rate.start].strip() in ("(", "")
        if not same and 0 < float(rate.value) <= 60:
            rates.append(rate)
    if len(rates) < 2:
        return []
    low = max(start, rates[0].start - 160)
    heads = [(low, rates[0].start), *((a.end, b.start) for a, b in pairwise(rates))]
    tails = [*heads[1:], (rates[-1].end, min(end, rates[-1].end + 160))]
    lead = _bounds(text, *heads[0], nearest=True)
    sides = (
        [_bounds(text, *h, nearest=not i) for i, h in enumerate(heads)]
        if lead
        else [_bounds(text, *_clause(text, *t)) for t in tails]
    )
    if sum(bool(s) for s in sides) < 2:
        return []
    money = _CURRENCY.search(text, start, rates[-1].end)
    terms = []
    for rate, bounds, head, tail in zip(rates, sides, heads, tails, strict=True):
        if not bounds:
            continue
        at = [p for _, _, s, e in bounds for p in (s, e)]
        span = (min(at), rate.end) if lead else (rate.start, max(at))
        if span[1] - span[0] > 300 or not (head[0] <= span[0] and span[1] <= tail[1]):
            continue
        details: dict[str, Value] = {"percent_low": float(rate.value), "percent_high": float(rate.value)}
        details |= {name: value for name, value, _, _ in bounds}
        term = contract.term("royalty", span, value=f"{float(rate.value):g}%", details=details)
        terms.append(replace(term, currency=_code(money)))
    return terms


def _clause(text: str, start: int, end: int) -> Span:
    """The part of a stretch behind a rate that belongs to it: up to the next clause."""
    stop = re.compile(r";|\.\s|\n[^\S\n]*\n|\s\((?:[a-z]|[ivx]{1,4}|\d)\)\s").search(text, start, end)
    return start, stop.start() if stop else end


def _code(money: re.Match[str] | None) -> str | None:
    if money is None:
        return None
    sign = money.group().strip()
    return sign if sign in ("EUR", "GBP", "CHF") else {"€": "EUR", "£": "GBP"}.get(sign, "USD")


def _bounds(text: str, start: int, end: int, *, nearest: bool = False) -> list[tuple[str, float, int, int]]:
    """The bounds of a tier in a stretch of text: sales_from or sales_to, the sum, and where it stands.

    >>> [(n, v) for n, v, *_ in _bounds("20 million to < 30 million ", 0, 27)]
    [('sales_from', 20000000.0), ('sales_to', 30000000.0)]
    """
    sums = [m for m in _SUM.finditer(text, start, end) if _sum(m) >= 100_000 or (m["sign"] and _sum(m) == 0)]
    if nearest and sums:  # only what stands directly before the first rate
        sums = [m for m in sums if end - m.end() < 90][-2:]
    if len(sums) == 2:
        between = text[sums[0].end() : sums[1].start()]
        if (
            re.search(r"\b(?:to|and|through|but)\b|[–—<≤-]", between)
            and len(between) < 60
            and _sum(sums[0]) < _sum(sums[1])
        ):
            low = _led(text, start, sums[0])
            return [
                ("sales_from", _sum(sums[0]), low, sums[0].end()),
                ("sales_to", _sum(sums[1]), sums[1].start(), sums[1].end()),
            ]
    for m in reversed(sums) if nearest else sums:
        before, after = text[max(start, m.start() - 60) : m.start()], text[m.end() : min(end, m.end() + 20)]
        low = _led(text, start, m)
        if _TO.search(before) or _TO_AFTER.match(after):
            return [("sales_to", _sum(m), low, m.end())]
        if _FROM.search(before) or _FROM_AFTER.match(after):
            return [("sales_from", _sum(m), low, m.end())]
    return []


def _led(text: str, start: int, m: re.Match[str]) -> int:
    """Where the words that lead to a sum begin."""
    before = text[max(start, m.start() - 60) : m.start()]
    cue = _TO.search(before) or _FROM.search(before)
    return max(start, m.start() - 60) + cue.start() if cue else m.start()


def _with_all(contract: Contract, start: int, end: int) -> Span:
    """A quotation up to `end`, begun later where it would be too long."""
    if end - start > QUOTED:
        start = contract.text.find(" ", end - QUOTED, end) + 1
    return start, end


def _range(rates: list[float]) -> str:
    low, high = min(rates), max(rates)
    return f"{low:g}%" if low == high else f"{low:g}% to {high:g}%"


_SUM = re.compile(
    r"(?P<sign>(?:US|U\.S\.)\s?\$\s?|\bUSD\s?|[$€£]\s?|\b(?:EUR|GBP|CHF)\s?)?(?<![\d.,])(?P<number>\d{1,3}(?:[,'’]\d{3})+|\d+(?:\.\d+)?)"
    r"(?:\s*(?P<scale>[Mm]illion|MILLION|[Bb]illion|BILLION|MM))?(?![\d%]|\s*%|\s?[Pp]er\s?cent)"
)


def _sum(m: re.Match[str]) -> float:
    scale = {"m": 1e6, "b": 1e9}.get((m["scale"] or "-")[0].lower(), 1.0)
    return float(re.sub(r"[,'’]", "", m["number"])) * scale


_LASTS = re.compile(
    r"\b[Rr]oyalt(?:y|ies)\b[^.;]{0,160}?\b(?:shall|will)\s+(?:be\s+(?:due|paid|payable)|continue|commence|expire|terminate"
    r"|remain)\b[^.;]{0,160}?\b(?:until|for\s+(?:a\s+period|so\s+long|as\s+long|the\s+longer)|upon\s+the\s+(?:later|latest"
    r"|last|expir\w+)|on\s+the\s+(?:later|latest))\b"
)


def _period(contract: Contract) -> list[Term]:
    """How long royalties are due, from the definition of the royalty term or a clause on it."""
    text = contract.text
    for definition in contract.definitions(r"Royalty\s+(?:Term|Period)", r"ROYALTY\s+TERM"):
        if definition.body[1] - definition.body[0] < 25:
            continue
        words = squeeze(text[slice(*definition.body)])[:300]
        return [contract.term("royalty", definition.whole, value=words, details={"period": words})]
    for m in contract.find(_LASTS):
        low, high = contract.sentence(m.start(), 250, 600)
        if _ABOUT_ROYALTIES.search(text, low, high) or _THIRD.search(text, low, m.end()):
            continue
        words = contract.words((low, high))[:300]
        return [contract.term("royalty", (low, high), value=words, details={"period": words})]
    return []
