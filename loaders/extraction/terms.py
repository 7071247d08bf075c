"""Reads the terms of a deal from one sentence: money, royalties, exclusivity, territory, field, dates of the term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from biopact.loaders.extraction.lexicon import words
from biopact.loaders.extraction.values import Found, amounts, dates, redactions

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
_ROYALTY = re.compile(
    r"royalty-bearing|(?:(?:tiered|percentage|escalating|running|low|mid|high|single|double|digit|sales|certain|earned|net|graduated|plus|milestone and|and)[ ,-]*)*royalt(?:y|ies)\b"
    r"(?:[^.;]{0,12}(?:payments?|rates?))?(?:[^.;]{0,80}?(?:ranging|at rates?|of|from|in the|between|percentage|per ?cent|%|digits?|teens|on)[^.;]{0,160})?",
    re.IGNORECASE,
)
_ROYALTY_DUE = re.compile(
    r"royalty-bearing|\b(?:pa(?:y|ys|id|yable|ying|yment of)|receiv(?:e|es|ed|ing)|entitled|eligible|obligated|owe[sd]?|plus|earn|consideration|subject to|agreed to|due|obligations?|will also|bear)\b[^.;]{0,180}?royalt|"
    r"royalt(?:y|ies)[^.;]{0,60}\b(?:payable|due|ranging|of \d|on (?:net |annual |future |worldwide |all |aggregate |any |product )?(?:net )?sales|equal to|are owed|payments? based)",
    re.IGNORECASE,
)
_NO_ROYALTY = re.compile(
    r"royalty-free|no royalt|without (?:any )?royalt|not (?:be )?(?:obligated|required) to pay (?:any )?royalt|free of royalt",
    re.IGNORECASE,
)
_OTHERS_ROYALTY = re.compile(
    r"third[- ]part(?:y|ies)|(?:sub)?licensees?[^.;]{0,160}royalt|royalty (?:interest|monetization|financing|purchase|term|period)|no more royalty|expiration of the royalty",
    re.IGNORECASE,
)
_EXCLUSIVITY = re.compile(
    r"\b(co-?exclusive(?:ly)?|non-?\s?exclusive(?:ly)?|semi-exclusive|exclusive(?:ly)?|sole(?:ly)?)\b", re.IGNORECASE
)
_WORLD = re.compile(
    r"\b(?:world-?wide|global|throughout the world|anywhere in the world|all countries (?:of|in) the world)\b(?:,? (?:\w+ ){0,4}?(?:excluding|except(?: for)?|other than|outside(?: of)?) [A-Z][^.;]{0,80}?(?=,|\.|;| for | and the right|$))?",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:through|until|expir\w+(?: of (?:the|our|its) [\w ]{0,60}?)?(?: on| in)?|ends?(?: on)?|terminates? on|term of[^.;]{0,60}?ending|remain(?:s)? in (?:full force and )?effect (?:until|through)|continues? (?:until|through))\b",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\b(?:in the field of|for (?:all |the )?(?:human |therapeutic |ophthalmic )?(?:indications?|uses?|applications?)|for (?:the )?(?:diagnosis|prevention|treatment)(?:,? (?:and |or |diagnosis|prevention|treatment|and treatment)*)? of|for use in)\b[^.;]{3,140}?(?=[.;]|, (?:pursuant|which|in )|$)",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"(?:purchase price|total consideration|aggregate consideration|consideration|acquired [^.;]{0,120} for|acquisition[^.;]{0,80} for|valued at|for (?:approximately |about |an aggregate |a total )*)[^.;$€£]{0,60}$",
    re.IGNORECASE,
)
_PER_SUBJECT = re.compile(r"[^.;$€£]{0,75}?\b(?:for|of|to|covering)\s[^.;,$€£]{2,60}", re.IGNORECASE)
_PER_UNIT = re.compile(r"^\s*(?:per|for each|a share|each)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Read:
    """A term as a sentence states it, by offsets in the document."""

    kind: str
    start: int
    end: int
    value: str | None = None
    amount: float | None = None
    currency: str | None = None
    state: str = "stated"
    ceiling: bool = False  # milestones: the most that can fall due
    part: bool = False  # a part of an amount given before it
    purpose: tuple[int, int] | None = None  # the words behind an amount that may name what it is for


def terms(text: str, start: int, end: int) -> Iterator[Read]:
    """All terms in one sentence."""
    yield from _money(text, start, end)
    yield from _royalties(text, start, end)
    yield from _ends(text, start, end)
    field = _FIELD.search(text, start, end)
    if field:
        yield Read("field", field.start(), field.end(), re.sub(r"\s+", " ", field.group()).strip())


def _money(text: str, start: int, end: int) -> Iterator[Read]:
    found = [m for m in amounts(text, start, end) if float(m.value) >= 1000]
    kinds = _money_kinds(text, start, end, found)
    parts = False
    for i, (money, kind) in enumerate(zip(found, kinds, strict=True)):
        left = found[i - 1].end if i else start
        right = found[i + 1].start if i + 1 < len(found) else end
        before, after = text[left : money.start], text[money.end : min(right, money.end + 110)]
        parts = i > 0 and (bool(_PART.search(before)) or (parts and bool(_AND.fullmatch(before))))
        if kind is None or (_PER_UNIT.match(after) and "upon" not in after[:12]) or _THRESHOLD.match(after):
            continue
        ceiling = bool(_CEILING.search(before[-70:]) or _AGGREGATE_AFTER.match(after))
        if kind == "milestones" and _PAID.search(before) and not _UP_TO.search(before[-40:]):
            kind = "other payment"
        purpose = _PER_SUBJECT.match(text, money.end, min(right, money.end + 120))
        yield Read(
            kind, money.start, money.end, amount=float(money.value), currency=money.currency, ceiling=ceiling,
            part=parts, purpose=purpose.span() if purpose else None,
        )  # fmt: skip
    for gap in redactions(text, start, end):
        around = text[max(start, gap.start - 90) : min(end, gap.end + 60)]
        for kind, pattern in (("milestones", _MILESTONE), ("upfront", _UPFRONT), ("royalty", _ROYALTY)):
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
    if re.search(
        r"equity investment|shares of (?:its|our|the|common|preferred)|stock purchase", before + after, re.IGNORECASE
    ):
        return "equity"
    if re.search(r"research (?:funding|support)|R&D (?:funding|support)|FTE", before + after, re.IGNORECASE):
        return "research funding"
    if re.search(r"\bacqui|purchase|merger|sale of\b", sentence, re.IGNORECASE) and _PRICE.search(before):
        return "purchase price"
    return None


def _royalties(text: str, start: int, end: int) -> Iterator[Read]:
    sentence = text[start:end]
    if "oyalt" not in sentence:
        return
    free = _NO_ROYALTY.search(sentence)
    m = next(
        (m for m in _ROYALTY.finditer(sentence) if not re.match(r"royalty-free", sentence[m.start() :], re.IGNORECASE)),
        None,
    )
    if free is not None and (m is None or free.start() <= m.start() < free.end()):
        yield Read("royalty", start + free.start(), start + free.end(), "none")
    elif m is not None and _ROYALTY_DUE.search(sentence) and not _OTHERS_ROYALTY.search(sentence):
        stop = start + m.end()
        yield Read("royalty", start + m.start(), stop, re.sub(r"\s+", " ", text[start + m.start() : stop]).strip(" ,"))


def _ends(text: str, start: int, end: int) -> Iterator[Read]:
    for m in _ENDS.finditer(text, start, end):
        window = min(end, m.end() + 260)
        following = next(dates(text, m.end(), window), None)
        if following is None or len(str(following.value)) < 7:
            continue
        between = text[m.end() : following.start]
        if re.search(
            r";(?![^;]{0,12}\(ii)|\b(?:fiscal|year|quarter|months?) ended\b", text[m.start() : following.start]
        ):
            continue
        direct = len(between.split()) <= 2
        about_end = m.group().lower().startswith(("expir", "end", "terminat", "remain", "continue", "term"))
        if direct or about_end:
            yield Read("expiration date", m.start(), following.end, str(following.value))
            return


def exclusivity(text: str) -> str | None:
    """The exclusivity of a grant in its own words: exclusive, co-exclusive, sole or non-exclusive.

    >>> exclusivity("granted us a nonexclusive, sublicensable license"), exclusivity("an exclusive license")
    ('non-exclusive', 'exclusive')
    """
    m = _EXCLUSIVITY.search(text)
    if not m:
        return None
    word = re.sub(r"[\s-]", "", m.group(1).lower())
    if word.startswith("co"):
        return "co-exclusive"
    if word.startswith("non"):
        return "non-exclusive"
    if word.startswith("sole"):
        return "exclusive" if "exclusive" in text[m.end() : m.end() + 20] else "sole"
    return "exclusive"


def only_exclusivity(text: str) -> str | None:
    """The exclusivity that a text speaks of, if it speaks of one kind only.

    >>> only_exclusivity("a license, on an exclusive basis"), only_exclusivity("exclusive in Asia, otherwise non-exclusive")
    ('exclusive', None)
    """
    kinds = {exclusivity(m.group()) for m in _EXCLUSIVITY.finditer(text)}
    return kinds.pop() if len(kinds) == 1 else None


def territory(text: str, start: int, end: int) -> Found | None:
    """Where the rights of a sentence hold: the world, or the countries and regions it lists."""
    world = _WORLD.search(text, start, end)
    listed = _places().search(text, start, end)
    if world and not (
        listed
        and "excluding" not in world.group()
        and re.search(r"outside|except|other than", text[world.end() : world.end() + 20])
    ):
        return Found(world.start(), world.end(), re.sub(r"\s+", " ", world.group()))
    if listed:
        return Found(listed.start("places"), listed.end("places"), re.sub(r"\s+", " ", listed["places"]))
    return None


@cache
def _places() -> re.Pattern[str]:
    names = sorted(words("countries") | words("regions"), key=lambda n: (-len(n), n))
    place = r"(?:the )?(?:" + "|".join(re.escape(n) for n in names) + r")(?![\w])"
    listed = rf"{place}(?:(?:,? and |, |/| or |,)(?:other )?{place}){{0,40}}"
    return re.compile(
        rf"(?:\b(?:in|for|within|throughout|across|countries:|territor(?:y|ies):?|of|covering|covers|into|Countries:|includes?|including|regions?:)\s+"
        rf"(?:the (?:territor(?:y|ies)|following countries|countries) (?:of )?:?\s*)?|(?=outside\b))(?P<places>(?:outside(?: of)? )?{listed})"
    )
