"""Reads what the amounts of a sentence are for: upfront, milestones, equity, a price."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biopact.loaders.extraction.terms.read import Read
from biopact.loaders.extraction.terms.royalties import ROYALTY
from biopact.loaders.extraction.values import Found, amounts, redactions

_UPFRONT = re.compile(
    r"up-?\s?front|initial (?:cash |license |licence |one-time )?(?:payment|fee|consideration)|(?:license|licence|signing|execution|technology access|initiation|issue|access|entry) (?:issue )?(?:fee|payment)|non-?refundable (?:cash |one-time |license )?(?:payment|fee)|"
    r"one-time (?:cash |initial )?(?:payment|fee)|(?:cash )?payment (?:at|upon|on) (?:signing|closing|execution)|initial licen[sc]e",
    re.IGNORECASE,
)

_MILESTONE = re.compile(
    r"milestones?|contingent (?:payments?|consideration)|success-(?:based|dependent)|CVRs?\b|contingent value",
    re.IGNORECASE,
)

_CEILING = re.compile(
    r"(?:up to|potential(?:ly)?(?: total(?:ing|ling)?)?|aggregat\w+(?: of)?(?: up to)?|maximum(?: of)?|total(?:ing|ling|s)?(?: of)?(?: up to)?|as much as|not (?:to )?exceed(?:ing)?|"
    r"in excess of|more than|(?:aggregate|total|maximum|potential|combined)\s(?:[\w/-]+,?\s){0,7}?(?:payments?|milestones?)\s(?:of|totaling))\s*(?:an?\s)?(?:additional\s|aggregate\s|total\s|further\s)*(?:of\s)?(?:up to\s)?(?:approximately\s|about\s)?$",
    re.IGNORECASE,
)

_AGGREGATE_AFTER = re.compile(
    r"^\s*(?:in (?:the )?aggregate|in total|in (?:potential|additional|development|regulatory|commercial|sales|future|contingent|clinical))",
    re.IGNORECASE,
)

_AND = re.compile(
    r"[^.;$€£]{0,120}?,? and (?:an additional )?(?:up to )?(?:an additional )?(?:approximately )?\\?\s?", re.IGNORECASE
)

_UP_TO = re.compile(r"up to|maximum|potential", re.IGNORECASE)

_THRESHOLD = re.compile(
    r"^\s*(?:or more |and higher )?(?:in|of) (?:aggregate |cumulative |annual |worldwide |total )*(?:net )?sales(?![ -](?:based |related )?milestones?)",
    re.IGNORECASE,
)

_PART = re.compile(
    r"(?:comprised of|comprising|consisting of|which (?:includes?|consists? of)|of which|including)[^.;]{0,90}$",
    re.IGNORECASE,
)

_PAID = re.compile(
    r"\b(?:achieved|was paid|paid|made|received|recognized|recorded|earned|triggered)\b[^.;]{0,90}$", re.IGNORECASE
)

_PRICE = re.compile(
    r"(?:purchase price|total consideration|aggregate consideration|consideration|acquired [^.;]{0,120} for|acquisition[^.;]{0,80} for|valued at|for (?:approximately |about |an aggregate |a total )*)[^.;$€£]{0,60}$",
    re.IGNORECASE,
)

_PER_SUBJECT = re.compile(r"[^.;$€£]{0,75}?\b(?:for|of|to|covering)\s[^.;,$€£]{2,60}", re.IGNORECASE)

_EQUITY = re.compile(r"equity investment|shares of (?:its|our|the|common|preferred)|stock purchase", re.IGNORECASE)
_OFFERING = re.compile(r"(?:gross|net) proceeds|offering price|at-the-market|\bATM\b|fair value", re.IGNORECASE)
# "up to $67 million in development and sales milestones", whatever was said of an upfront payment before
_IN_MILESTONES = re.compile(
    r"\s(?:in|of|for|as|upon|on|based on)\s(?:[\w/-]+,?\s){0,9}?(?:milestones?|success-based|contingent)\b(?!\s(?:and|or)\s(?:up-?front))",
    re.IGNORECASE,
)
_OPTION_FEE = re.compile(
    r"\boption (?:exercise |extension )?(?:fee|payment)|\bexercise (?:fee|price|payment)|\bexercis\w+ (?:of )?(?:the|its|such|an|this) option",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:total|potential|aggregate|combined|headline)\s(?:\w+\s){0,2}?(?:deal |transaction |contract )?value[^.;$€£]{0,40}$|\b(?:deal|agreement|transaction|collaboration|partnership|contract)\b[^.;$€£]{0,40}\b(?:valued at|worth)[^.;$€£]{0,30}$",
    re.IGNORECASE,
)
_TOTAL_AFTER = re.compile(
    r"^\s(?:in )?(?:total |potential |aggregate )?(?:deal|biobucks|transaction)( value)?\b", re.IGNORECASE
)
_PER_UNIT = re.compile(r"^\s*(?:per|for each|a share|each)\b", re.IGNORECASE)


def money(text: str, start: int, end: int) -> Iterator[Read]:
    """The amounts of a sentence that are terms of a deal, and amounts that the filer left out."""
    found = [m for m in amounts(text, start, end) if float(m.value) >= 1000]
    kinds = _money_kinds(text, start, end, found)
    parts = False
    for i, (sum_, kind) in enumerate(zip(found, kinds, strict=True)):
        left = found[i - 1].end if i else start
        right = found[i + 1].start if i + 1 < len(found) else end
        before, after = text[left : sum_.start], text[sum_.end : min(right, sum_.end + 110)]
        parts = i > 0 and (bool(_PART.search(before)) or (parts and bool(_AND.fullmatch(before))))
        if kind is None or (_PER_UNIT.match(after) and "upon" not in after[:12]) or _THRESHOLD.match(after):
            continue
        ceiling = bool(_CEILING.search(before[-70:]) or _AGGREGATE_AFTER.match(after))
        if kind == "milestones" and _PAID.search(before) and not _UP_TO.search(before[-40:]):
            kind = "other payment"
        purpose = _PER_SUBJECT.match(text, sum_.end, min(right, sum_.end + 120))
        yield Read(
            kind, sum_.start, sum_.end, amount=float(sum_.value), currency=sum_.currency, ceiling=ceiling,
            part=parts, purpose=purpose.span() if purpose else None,
        )  # fmt: skip
    for gap in redactions(text, start, end):
        around = text[max(start, gap.start - 90) : min(end, gap.end + 60)]
        for kind, pattern in (("milestones", _MILESTONE), ("upfront", _UPFRONT), ("royalty", ROYALTY)):
            if pattern.search(around):
                yield Read(kind, gap.start, gap.end, state="redacted")
                break


def _money_kinds(text: str, start: int, end: int, found: list[Found]) -> list[str | None]:
    """What each amount of a sentence is for; "A for X and B for Y milestones" tells it for both."""
    kinds: list[str | None] = []
    for i, money in enumerate(found):
        left = found[i - 1].end if i else start
        right = found[i + 1].start if i + 1 < len(found) else end
        before, after = text[left : money.start], text[money.end : min(right, money.end + 110)]
        kind = _money_kind(before[-110:], after, text[start:end])
        if kind is None and i and kinds[-1] and (_PART.search(before) or _AND.fullmatch(before)):
            kind = kinds[-1]
        kinds.append(kind)
    for i in range(len(found) - 2, -1, -1):
        if (
            kinds[i] is None
            and kinds[i + 1] == "milestones"
            and _AND.fullmatch(text[found[i].end : found[i + 1].start])
        ):
            kinds[i] = kinds[i + 1]
    return kinds


def _money_kind(before: str, after: str, sentence: str) -> str | None:
    """What an amount is for, by the nearest telling word on either side of it."""
    if _IN_MILESTONES.match(after):
        return "milestones"
    near: list[tuple[int, str]] = []
    for kind, pattern in (("upfront", _UPFRONT), ("milestones", _MILESTONE)):
        last = max(pattern.finditer(before), key=lambda m: m.end(), default=None)
        if last is not None:
            near.append((len(before) - last.end(), kind))
        first = pattern.search(after.partition(" and ")[0] if kind == "upfront" else after)
        if first is not None:
            near.append((first.start() + (0 if kind == "upfront" else 8), kind))
    if near:
        return min(near)[1]
    if _OPTION_FEE.search(before[-60:] + " " + after[:60]):
        return "option fee"
    if _TOTAL.search(before) or _TOTAL_AFTER.match(after):
        return "total value"
    if _EQUITY.search(before + after) and not _OFFERING.search(sentence):
        return "equity"
    if re.search(r"research (?:funding|support)|R&D (?:funding|support)|\bFTEs?\b", before + after, re.IGNORECASE):
        return "research funding"
    if re.search(r"\bacqui|purchase|merger|sale of\b", sentence, re.IGNORECASE) and _PRICE.search(before):
        return "purchase price"
    return None
