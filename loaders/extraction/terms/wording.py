"""Reads what a term's own words say beside its value: rates, tiers, what an amount is due for, shares and their price.

Every value comes out of the quotation itself, so that a term never says more than the words it carries.
"""

from __future__ import annotations

import re

from biopact.graph.records import Value
from biopact.loaders.extraction.terms.read import squeezed
from biopact.loaders.extraction.values import Found, amounts, percents

_BAND = (
    r"(?:(?:very )?(?:low|mid|middle|high|upper)(?:er)?(?:[- ]to[- ](?:low|mid|middle|high|upper))?[- ]+)*"
    r"(?:(?:single|double)[ -]?digits?|teens|twenties|thirties)"
)
_RATE_WORDS = re.compile(
    rf"(?:tiered\b[^.;]{{0,60}}?)?\b{_BAND}(?:[^.;]{{0,60}}?\b(?:to|and|through|below)\b[^.;]{{0,30}}?\b{_BAND})?",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"\b(?:up to|less than|not (?:to )?exceed(?:ing)?|at most|maximum(?: of)?|below)[^%;]{0,20}$", re.IGNORECASE
)
_AT_LEAST = re.compile(
    r"\b(?:at least|more than|no less than|not less than|minimum(?: of)?|above|starting (?:at|from|in))[^%;]{0,20}$",
    re.IGNORECASE,
)
_SALES_TO = re.compile(r"\b(?:up to(?: and including)?|less than|below|not exceeding)[^;$€£]{0,30}$", re.IGNORECASE)
_SALES_FROM = re.compile(
    r"\b(?:above|over|exceed(?:ing|s)?|in excess of|greater than|more than|from|between)[^;$€£]{0,30}$", re.IGNORECASE
)
_UP_TO = re.compile(
    r"(?:\bup to|\bmaximum(?: of)?|\bas much as|not (?:to )?exceed(?:ing)?)[^;$€£]{0,40}$", re.IGNORECASE
)
_PER = re.compile(
    r"^[^;.$€£]{0,30}?\b(?P<unit>(?:per|for each|for every)\s(?:\w+\s){0,3}?(?:product|indication|target|compound|program(?:me)?|country|unit|dose|share|event|candidate|antibody)s?)\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"^[^.;$€£]{0,60}?\b(?P<event>(?:up)?on (?:the )?(?:first |successful |initial )*(?:[\w-]+ ){0,3}?(?:achievement|completion|approval|filing|dosing|initiation|submission|commencement|acceptance|enrol\w+|signing|execution|closing|effectiveness|sale|exercise)\b[^.;$€£]{0,100})",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\b(?P<count>two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s(?:\w+\s){0,2}?(?:payments?|milestones?|instal?lments?)\s(?:of|each)[^;.$€£]{0,20}$",
    re.IGNORECASE,
)
_NUMBERS = {w: n for n, w in enumerate(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 2)}
_PERIOD = re.compile(
    r"\b(?:until (?:the|such|all)\b|for (?:a period of|the longer of|so long as|as long as))[^;]{4,240}", re.IGNORECASE
)
_SHARES = re.compile(
    r"\b(?P<count>\d[\d,]*(?:\.\d+)?)(?:\s(?P<scale>million|thousand))?\s(?:[\w-]+\s){0,5}?(?:shares?|warrants?)\b",
    re.IGNORECASE,
)
_PER_SHARE = re.compile(r"^[^.;$€£]{0,12}?\b(?:per|a|each)\s(?:[\w-]+\s){0,2}?share\b", re.IGNORECASE)
_SCALES = {"million": 1e6, "thousand": 1e3}
_MILESTONES = {
    "development": re.compile(r"\b(?:clinical|development(?:al)?|preclinical)\b", re.IGNORECASE),
    "regulatory": re.compile(r"\b(?:regulatory|approvals?|BLA|NDA|MAA)\b"),
    "sales": re.compile(r"\b(?:sales|commercial(?:i[sz]ation)?)\b", re.IGNORECASE),
}  # fmt: skip
_CALLED = re.compile(r"[^.;$€£]{0,60}?milestone", re.IGNORECASE)
# "development milestones of up to $30 million … and sales milestones"
_CALLED_BEFORE = re.compile(
    r"(?:[\w/-]+,? ){0,6}milestones?(?: payments?)?,? (?:(?:of|totaling|totalling|in|an?|the|aggregate|amount|total|up|to|maximum|approximately|additional) ){1,7}$",
    re.IGNORECASE,
)
_CALLED_NEAR = re.compile(r"(?:[\w/-]+,? ){0,6}milestone", re.IGNORECASE)


def described(kind: str, words: str, amount: float | None) -> tuple[str, dict[str, Value]]:
    """The kind of a term as its words narrow it, and its further properties, as the ontology's Term names them.

    >>> described("royalty", "royalties of 5% to 9% on net sales", None)
    ('royalty', {'percent_low': 5.0, 'percent_high': 9.0})
    >>> described("milestones", "up to $100 million in regulatory milestones", 100e6)
    ('regulatory milestones', {'wording': 'up to'})
    """
    if kind in ("royalty", "profit share"):
        return kind, _rates(words)
    if amount is None:
        return kind, {}
    left, found, right = _stands(words, amount)
    if found is None:
        return kind, {}
    own: dict[str, Value] = {}
    before, after = words[left : found.start], words[found.end : right]
    if _UP_TO.search(before):
        own["wording"] = "up to"
    if (m := _PER.search(after)) is not None:
        own["wording"] = " ".join(filter(None, (str(own.get("wording", "")), squeezed(m["unit"]))))
    if (m := _EVENT.search(after)) is not None:
        own["event"] = squeezed(m["event"])
    if (m := _COUNT.search(before)) is not None:
        own["count"] = _NUMBERS.get(m["count"].lower()) or int(m["count"])
    if kind == "equity":
        own |= _shares(words, amount)
    if kind == "milestones":
        kinds = milestone_kinds(words, amount)
        kind = f"{min(kinds)} milestones" if len(kinds) == 1 else kind
    return kind, own


def milestone_kinds(words: str, amount: float) -> frozenset[str]:
    """Which milestones an amount in these words is for: development, regulatory, sales; empty where they do not say.

    >>> sorted(milestone_kinds("up to $100 million in clinical and regulatory milestones", 100e6))
    ['development', 'regulatory']
    """
    left, found, right = _stands(words, amount)
    middle = found.end if found is not None else left
    if found is not None and (before := _CALLED_BEFORE.search(words[left : found.start])):
        return frozenset(k for k, p in _MILESTONES.items() if p.search(before.group()))
    after = _CALLED.match(words[middle:right]) if found is not None else None
    called = [after.group()] if after else _CALLED_NEAR.findall(words[left:right])
    return frozenset(k for k, p in _MILESTONES.items() if any(p.search(c) for c in called))


def _stands(words: str, amount: float) -> tuple[int, Found | None, int]:
    """Where an amount stands in its quotation, between the amounts to its left and right."""
    found = list(amounts(words))
    for i, each in enumerate(found):
        if each.value == amount:
            left = found[i - 1].end if i else 0
            return left, each, found[i + 1].start if i + 1 < len(found) else len(words)
    return 0, None, len(words)


def _rates(words: str) -> dict[str, Value]:
    own: dict[str, Value] = {}
    rates = [p for p in percents(words) if float(p.value) <= 100]
    if rates:
        low, high = min(float(p.value) for p in rates), max(float(p.value) for p in rates)
        before = words[: rates[0].start]
        if len(rates) > 1 or not _AT_MOST.search(before):
            own["percent_low"] = low
        if len(rates) > 1 or not _AT_LEAST.search(before):
            own["percent_high"] = high
        if len(rates) == 1:
            own |= _sales(words, rates[0].end)
    if (m := _RATE_WORDS.search(words)) is not None:
        own["wording"] = squeezed(m.group())
    if (m := _PERIOD.search(words)) is not None:
        own["period"] = squeezed(m.group())
    return own


def _sales(words: str, start: int) -> dict[str, Value]:
    """The yearly sales from which and up to which the one rate before them holds."""
    own: dict[str, Value] = {}
    for sales in amounts(words, start):
        before = words[start : sales.start]
        if _SALES_TO.search(before):
            own.setdefault("sales_to", sales.value)
        elif _SALES_FROM.search(before):
            own.setdefault("sales_from", sales.value)
        elif "sales_from" in own:
            own.setdefault("sales_to", sales.value)
        start = sales.end
    return own


def _shares(words: str, amount: float) -> dict[str, Value]:
    own: dict[str, Value] = {}
    m = _SHARES.search(words)
    if m is not None:
        own["shares"] = float(m["count"].replace(",", "")) * _SCALES.get((m["scale"] or "").lower(), 1.0)
    for price in amounts(words):
        if price.value != amount and _PER_SHARE.match(words[price.end :]):
            own["share_price"] = price.value
    return own
