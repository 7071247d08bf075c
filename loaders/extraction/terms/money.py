"""Reads what the amounts of a sentence are for: upfront, milestones, equity, a price."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biopact.loaders.extraction.terms.read import Read
from biopact.loaders.extraction.terms.royalties import ROYALTY
from biopact.loaders.extraction.values import Found, amounts, redactions

_UPFRONT = re.compile(
    r"up-?\s?front|(?:licen[sc]e|licensing|signing|execution|technology access|initiation|issue|issuance|access|entry|exclusivity) (?:issue |issuance )?(?:fee|payment|royalty)|licen[sc]e issu(?:e|ance)\b|"
    r"(?:initial|non-?refundable|non-?creditable|one-time)(?:,? (?:and |one-time|initial|non-?refundable|non-?creditable|cash|licen[sc]e)){0,5} (?:payment|fee|consideration)|"
    r"(?:cash )?payment (?:at|upon|on) (?:signing|closing|execution)|initial licen[sc]e",
    re.IGNORECASE,
)
# "paid Alnora $5 million upon execution of the agreement": what is due when a deal is made is its upfront payment
_MADE = (
    r"\b(?:(?:up)?on (?:the )?(?:full )?(?:execution|signing|effectiveness|entry into)\b|(?:up)?on (?:the )?effective date\b|(?:up)?on closing\b(?! of)|at (?:the )?(?:signing|inception|execution|effective date)\b|"
    r"within [\w ()-]{1,25}days (?:of|after|following|from) (?:the )?(?:execution|signing|effective date)\b|in connection with (?:the |our |its )?(?:execution|signing|entry into|entering into)\b)"
)
_ON_MAKING = re.compile(
    rf"{_MADE}(?! (?:of )?(?:an?|the|any|such)? ?(?:definitive|lease|loan|note|sub-?licen|amend|first|second|third))[^.;$€£]{{0,60}}$",
    re.IGNORECASE,
)
_MADE_AFTER = re.compile(
    rf"[^.;$€£]{{0,60}}?{_MADE}(?! (?:of )?(?:an?|the|any|such)? ?(?:definitive|lease|loan|note|sub-?licen|amend|first|second|third))",
    re.IGNORECASE,
)
_FOR_THE_RIGHTS = re.compile(
    r"\b(?:(?:as|in) (?:partial |initial |full |further )?consideration (?:of|for|thereof|therefor)?|in (?:return|exchange) for|in consideration\b)[^;]{0,160}?\b(?:paid|made a (?:cash )?payment(?: to [^;$€£]{2,40})? of|agreed to pay|received|pay)\b(?![^;$€£]{0,60}\b(?:annual|maintenance|minimum|each|per)\b)[^;$€£]{0,60}$",
    re.IGNORECASE,
)
_PAID_OR_DUE = re.compile(r"\b(?:paid|pay|payments?|payable|fee|received|consideration|receive|due)\b", re.IGNORECASE)
_NOT_FOR_RIGHTS = re.compile(
    r"\b(?:shares?|stock|notes?|loans?|offering|invest\w+|warrants?|salary|bonus|rent|supply|services?|legal|patent (?:costs|expenses)|reimburs\w+|maintenance|annual\w*|minimum|per (?:share|year|annum))\b",
    re.IGNORECASE,
)
# "up to $100 million upon the achievement of regulatory and sales targets" is for milestones that are not called so
_ON_EVENTS = re.compile(
    r"[^.;$€£]{0,60}?\b(?:(?:up)?on|based (?:up)?on|if|subject to|from|contingent (?:up)?on|(?:associated|connected) with|relat(?:ed|ing) to|tied to|linked to|for)\s(?:[\w-]+\s){0,5}?(?:achiev|attain|occurren|satisf|meet|reach|complet)\w*\s(?:[\w,/-]+\s){0,9}?"
    r"(?:events?|targets?|thresholds?|objectives?|goals?|approvals?|levels?)\b",
    re.IGNORECASE,
)
_ONCE_ACHIEVED = re.compile(
    r"[^.;$€£]{0,60}?\b(?:up)?on (?:the )?(?:[\w-]+ ){0,2}?(?:achievement|attainment|approval|first commercial sale|dosing|initiation|commencement|completion|filing|acceptance|grant)\b",
    re.IGNORECASE,
)

_MILESTONE = re.compile(
    r"milestones?|conting(?:ent|ency) (?:payments?|consideration)|success-(?:based|dependent)|CVRs?\b|contingent value",
    re.IGNORECASE,
)

_CEILING = re.compile(
    r"(?:up to|potential(?:ly)?(?: total(?:ing|ling)?)?|aggregat\w+(?: of)?(?: up to)?|maximum(?: of)?|total(?:ing|ling|s)?(?: of)?(?: up to)?|as much as|not (?:to )?exceed(?:ing)?|"
    r"in excess of|more than|(?:potentially )?exceed(?:s|ing)?|upwards? of|as high as|approaching|nearly|(?:could|may|might|can|would|potentially)\s(?:[\w-]+\s){0,4}?reach(?:ing)?|(?:aggregate|total|maximum|potential|combined)\s(?:[\w/-]+,?\s){0,7}?(?:payments?|milestones?)\s(?:(?:[\w/-]+\s){0,6}?(?:is|are|equals?|amount(?:s|ed)? to|of)|totaling)|(?:aggregate|total|maximum) (?:amount|sum|consideration) (?:of|equal to))\s*(?:an?\s)?(?:additional\s|aggregate\s|total\s|further\s|extra\s|another\s)*(?:of\s)?(?:up to\s)?(?:approximately\s|about\s)?$",
    re.IGNORECASE,
)

# "one hundred million dollars ($100,000,000)"
_IN_WORDS = re.compile(
    r"\s(?:(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|[a-z]{3,5}ty|hundred|thousand|million|billion|and|US|U\.S\.|dollars)[\s-]){1,12}\((?:US)?$",
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

# "royalties of 15% on net sales up to $300 million"
_SALES_OF = re.compile(
    r"\bsales\s(?:up to|of up to|over|above|below|between|exceeding|in excess of|greater than|less than)\s(?:approximately\s)?$",
    re.IGNORECASE,
)

_PART = re.compile(
    r"(?:comprised of|comprising|consisting of|which (?:includes?|consists? of)|of which|including)[^.;]{0,90}$",
    re.IGNORECASE,
)

_PAID = re.compile(
    r"\b(?:(?<!are )(?<!is )(?<!be )achieved|was paid|paid|made|received|recognized|recorded|earned|triggered)\b[^.;]{0,90}$",
    re.IGNORECASE,
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
    r"\s(?:(?:payable|due|contingent|conditional)\s)?(?:in|of|for|as|upon|on|based on)\s(?:[\w/-]+,?\s){0,9}?(?:milestones?|success-based|contingent)\b(?!\s(?:and|or)\s(?:up-?front))",
    re.IGNORECASE,
)
# "the deal features $250 million in milestones": without "up to", and yet all of them
_WHOLE_MILESTONES = re.compile(
    r"\s(?:in|of|as|(?:contingent |conditional |conditioned |payable |due )?(?:up)?on (?:the )?(?:successful )?(?:achievement|attainment|achieving|meeting|reaching)(?: of)?)\s(?:[\w/-]+,?\s){0,6}?(?:milestones|milestone payments|milestone-based payments|success-based payments)\b",
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
# what is paid every year is no upfront payment, whatever it is called
_YEARLY = re.compile(
    r"\b(?:annual(?:ly)?|yearly|maintenance|minimum|monthly|quarterly)\s(?:[\w-]+\s){0,2}?(?:licen[sc]e|royalty|access)\s(?:fees?|payments?|maintenance fees?)\b|\blicen[sc]e maintenance fees?\b",
    re.IGNORECASE,
)
# "€10 million, or $14.5 million at the exchange rate of that day" is one sum
_IN_DOLLARS = re.compile(
    r",?\s\(?(?:or|equivalent to|the equivalent of|equal to|i\.e\.,?|which (?:is|was) equivalent to)\s(?:an? )?(?:equivalent (?:of|to) )?(?:approximately |about )?\(?\s?",
    re.IGNORECASE,
)
# "agreed to pay a milestone payment of $10 million": the one that there is, is the most that can fall due
_ONE_MILESTONE = re.compile(
    r"\b(?:pay|make|receive|to)\s(?:[\w-]+\s){0,4}?(?:an?|one|single)\s(?:(?:additional|one-time|single|further|cash|potential|future|contingent|regulatory|commercial|development|sales|clinical|and)[, ]+){0,4}milestone payment\s(?:to [^,;.$€£]{2,40}\s)?(?:of|in the amount of|equal to)\s(?:up to )?(?:approximately )?$",
    re.IGNORECASE,
)
# "for $23.00 per share in cash, or approximately $675 million in the aggregate"
_A_SHARE_OR = re.compile(
    r"\b(?:per|a) (?:\w+ )?share\b[^.;$€£]{0,60}?\b(?:or|for)\s(?:an? )?(?:\w+\s){0,4}$", re.IGNORECASE
)
_IN_ROYALTIES = re.compile(r"\s(?:in|of|as)\s(?:[\w-]+\s){0,3}?royalt", re.IGNORECASE)
_ROYALTIES_UP_TO = re.compile(
    r"\broyalt(?:y|ies)\s(?:payments?\s)?(?:of\s)?(?:up to|totaling)\s(?:[\w-]+\s)?$", re.IGNORECASE
)
_ONE_OF_SEVERAL = re.compile(
    r"\blicen[sc]ing payments?\b|\b(?:additional|incremental|cumulative|another|latest|second|third|fourth|fifth)\s(?:[\w-]+\s){0,3}?(?:licen[sc]|[$€£]|US\\?\$)|"
    r"\b(?:to date|so far)\b|\b(?:total(?:s|ed|ing)?|aggregate) (?:payments?|receipts?|of)\b|\btotal(?:s|ed)\b",
    re.IGNORECASE,
)
_ONE_MORE = re.compile(r"\b(?:additional|incremental|further|another)\s(?:[\w-]+\s)?$", re.IGNORECASE)
_AT_FIRST = re.compile(
    r"up-?\s?front|\b(?:initial|first|signing|execution|non-?refundable|one-time|issu\w+|closing|inception|effective)\b",
    re.IGNORECASE,
)
_ONE_TIME = re.compile(r"\bone-time\b[^.;$€£]{0,40}$", re.IGNORECASE)
_PER_UNIT = re.compile(r"^\s*(?:per|for each|a share|each)\b", re.IGNORECASE)


def money(text: str, start: int, end: int) -> Iterator[Read]:
    """The amounts of a sentence that are terms of a deal, and amounts that the filer left out."""
    found = [m for m in amounts(text, start, end) if float(m.value) >= 1000]
    kinds = _money_kinds(text, start, end, found)
    parts, whole = False, None
    for i, (sum_, kind) in enumerate(zip(found, kinds, strict=True)):
        left = found[i - 1].end if i else start
        right = found[i + 1].start if i + 1 < len(found) else end
        before, after = text[left : sum_.start], text[sum_.end : min(right, sum_.end + 110)]
        if i and _PART.search(before):
            parts, whole = True, kinds[i - 1]
        else:
            parts = parts and bool(_AND.fullmatch(before))
        if _SALES_OF.search(before):
            continue
        if kind is None or (_PER_UNIT.match(after) and "upon" not in after[:12]) or _THRESHOLD.match(after):
            continue
        before_it = found[i - 2].end if i > 1 else start
        if i and found[i - 1].currency != sum_.currency and _IN_DOLLARS.fullmatch(before):
            before = text[before_it : found[i - 1].start]
        single = kind == "milestones" and _ONE_MILESTONE.search(before)
        altogether = bool(kind == "milestones" and _WHOLE_MILESTONES.match(after) and not _PAID.search(before))
        ceiling = (
            altogether
            or bool(single)
            or bool(_CEILING.search(_IN_WORDS.sub("", before)[-70:]) or _AGGREGATE_AFTER.match(after))
        )
        if kind == "upfront" and (_IN_ROYALTIES.match(after) or _ROYALTIES_UP_TO.search(before)):
            continue
        if kind == "upfront" and _later(text[max(left, sum_.start - 80) : sum_.start], after[:80]):
            kind = "other payment"
        if kind == "milestones" and _PAID.search(before) and not _UP_TO.search(before[-40:]):
            kind = "other payment"
        purpose = _PER_SUBJECT.match(text, sum_.end, min(right, sum_.end + 120))
        yield Read(
            kind, sum_.start, sum_.end, amount=float(sum_.value), currency=sum_.currency, ceiling=ceiling,
            part=parts and whole == kind, purpose=purpose.span() if purpose else None,
        )  # fmt: skip
    for gap in redactions(text, start, end):
        around = text[max(start, gap.start - 90) : min(end, gap.end + 60)]
        for kind, pattern in (("milestones", _MILESTONE), ("upfront", _UPFRONT), ("royalty", ROYALTY)):
            if pattern.search(around):
                yield Read(kind, gap.start, gap.end, state="redacted")
                break


def _later(before: str, after: str) -> bool:
    """Whether what is called a licence payment was one of several, and not what was due when the deal was made."""
    near = f"{before} {after}"
    return bool(_ONE_MORE.search(before) or _ONE_OF_SEVERAL.search(near)) and not _AT_FIRST.search(near)


def _money_kinds(text: str, start: int, end: int, found: list[Found]) -> list[str | None]:
    """What each amount of a sentence is for; "A for X and B for Y milestones" tells it for both."""
    kinds: list[str | None] = []
    for i, money in enumerate(found):
        left = found[i - 1].end if i else start
        right = found[i + 1].start if i + 1 < len(found) else end
        before, after = text[left : money.start], text[money.end : min(right, money.end + 110)]
        kind = _money_kind(before[-110:], after, text[start:end])
        if kind is None and _upfront(before[-240:], after):
            kind = "upfront"
        same = i and found[i - 1].currency != money.currency and _IN_DOLLARS.fullmatch(before)
        if i and kinds[-1] and same:
            kind = kinds[-1]
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
    if _A_SHARE_OR.search(before):
        return "purchase price"
    if _IN_MILESTONES.match(after):
        return "milestones"
    before = _YEARLY.sub(" ", before)
    near: list[tuple[int, str]] = []
    if _ONE_TIME.search(before) and _ONCE_ACHIEVED.match(after):
        return "milestones"
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
    if _CEILING.search(before) and _ON_EVENTS.match(after):
        return "milestones"
    if _EQUITY.search(before + after.partition(" and ")[0]) and not _OFFERING.search(sentence):
        return "equity"
    if re.search(r"research (?:funding|support)|R&D (?:funding|support)|\bFTEs?\b", before + after, re.IGNORECASE):
        return "research funding"
    if re.search(r"\bacqui|purchase|merger|sale of\b", sentence, re.IGNORECASE) and _PRICE.search(before):
        return "purchase price"
    return None


def _upfront(before: str, after: str) -> bool:
    """Whether an amount that nothing names is paid for the rights when the deal is made."""
    near = (
        (before[-60:].rpartition(" and ")[2] if " and paid" in before[-60:] else before[-60:])
        + " "
        + after.partition(" and ")[0][:60]
    )
    if not _PAID_OR_DUE.search(near) or _NOT_FOR_RIGHTS.search(near):
        return False
    return bool(_MADE_AFTER.match(after) or _ON_MAKING.search(before) or _FOR_THE_RIGHTS.search(before))
