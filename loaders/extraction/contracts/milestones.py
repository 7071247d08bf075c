"""Reads the milestone payments of a contract: its stated ceiling, and each payment with what makes it due."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biopact.graph.records import Value
from biopact.loaders.extraction.contracts.clauses import Contract, Span, squeeze
from biopact.loaders.extraction.deal import Term
from biopact.loaders.extraction.values import Found

_MILESTONE = re.compile(r"\b[Mm]ilestones?\b|\bMILESTONES?\b")
_CEILING = re.compile(
    r"\b(?:(?:shall|will|may|can|do(?:es)?)\s+not\s+exceed|in\s+no\s+event\s+(?:shall|will)[^.;]{0,120}?exceed"
    r"|(?:not\s+to\s+|aggregate\s+[^.;\d]{0,60}?)exceed|no\s+more\s+than"
    r"|up\s+to\s+(?:a\s+(?:total|maximum)\s+of|an\s+aggregate\s+of)?|maximum\s+(?:of|aggregate|total|amount)|"
    r"aggregate\s+(?:of|amount|total)|total(?:l?ing)?\s+(?:of|up\s+to|(?:potential\s+|possible\s+)?milestone|amount))",
    re.IGNORECASE,
)
_NEAR = 60  # characters between the words of a ceiling and its sum
# "the maximum aggregate amount payable under Section 5 for all Milestone Events is …"
_SO_MUCH = re.compile(r"\b(?:is|be|equals?|exceed|than|of)\s+(?:[A-Za-z-]+\s+){0,9}\(?\Z")
# what a ceiling is of; a ceiling of upfront and milestone payments together is none
_CEILING_OF = re.compile(
    r"\b(?P<kind>develop\w*|clinical|regulatory|sales|commercial\w*)(?P<more>(?:,\s+|\s+and\s+|\s+or\s+|\s*/\s*)\w+)?"
    r"(?:[\s-]based)?\s+milestone",
    re.IGNORECASE,
)
_WITH_UPFRONT = re.compile(
    r"\bup[\s-]?front\b[^.;]{0,40}\bmilestone|\bmilestones?\b[^.;]{0,40}\bup[\s-]?front\b|\binclud\w+\s+(?:the\s+|an?\s+)?up[\s-]?front",
    re.IGNORECASE,
)
_OF_SALES = re.compile(r"\b[Ss]ales\s+(?![Mm]ilestone)(?:\w+\s+){0,3}\Z")
_TOTAL = re.compile(r"\b(?:Total|TOTAL)s?\b[^.;]{0,60}\Z")
_PAYABLE = re.compile(r"\b(?:shall|will|agrees?\s+to)\s+(?:[^.;]{0,60}\s)?(?:pay|make)\b|\bpayable\b")
_PAYMENT = re.compile(r"\b(?:payments?|pay|fees?|amounts?|paid)\b", re.IGNORECASE)
_NEXT_SECTION = re.compile(
    r"(?<=[\s.])(?:\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\.?\s+(?!.{0,40}(?:Milestone|milestone))[A-Z][a-z]+"
    r"|ARTICLE\s+[IVX\d]+)"
)
_THRESHOLD = re.compile(
    r"(?:\bsales\b|exceed\w*|reach\w*|equal\w*|greater|at\s+least|over|above|between|threshold|≥|>)[^.;:]{0,40}\Z",
    re.IGNORECASE,
)
_MOST = 24  # payments of one contract that become terms
# the heading over a list of payments: "3.2.2. Regulatory Milestones"
_HEADED = re.compile(
    r"(?:(?<=[\d)][.\s]\s)|(?<=\d\s)|(?<=\n)|(?<=[.;:]\s))\s*(?P<kind>Clinical|Pre-?[Cc]linical|Development(?:al)?|Regulatory|Sales|Commercial(?:i[sz]ation)?)"
    r"(?P<and>\s+(?:and|or)\s+\w+|/\w+)?\s+Milestones?\b"
)
_KINDS = {"c": "sales", "r": "regulatory", "d": "development", "p": "development", "s": "sales"}
_SALES = re.compile(r"\b(?:[Nn]et\s+|NET\s+|[Aa]nnual\s+|[Aa]ggregate\s+)(?:[Ss]ales|SALES)\b")
_REGULATORY = re.compile(
    r"\b(?:(?:[Rr]egulatory|[Mm]arketing|[Pp]rice|[Pp]ricing|[Rr]eimbursement)\s+(?:[Aa]pproval|[Aa]uthori[sz]ation)"
    r"|[Aa]pprov(?:al|ed)|NDA|BLA|MAA|MA\b|[Rr]egistration)"
)
_CLINICAL = re.compile(
    r"\b(?:[Pp]hase\s+(?:[1-4]|I{1,3}V?)|IND\b|CTA\b|[Dd]os(?:ing|ed)|[Ee]nrol\w+|[Cc]linical|[Tt]oxicology|GLP)"
)
_EVENT = re.compile(
    r"\b(?:[Aa]pprov\w+|[Cc]omplet\w+|[Ii]nitiat\w+|[Dd]os(?:e|ing|ed)|[Ff]iling|[Aa]ccept\w+|[Ss]ales?|[Ll]aunch\w*"
    r"|[Rr]egistration|[Pp]hase|[Rr]eceipt|[Ss]ubmi\w+|[Ee]nrol\w+|[Aa]chiev\w+|[Ss]elect\w+|[Dd]esignat\w+|[Gg]rant"
    r"|[Ss]uccess\w*|[Cc]ommence\w+|[Nn]omination|IND|NDA|BLA|MAA|PMA)\b"
)
# "$5 million upon the first dosing"; a capital "Upon" begins the next row
_AFTER = re.compile(
    r"[\s)]*(?:,\s*)?(?:(?:due|payable|to\s+be\s+paid)\s+)?(?:(?:up)?on|for|following|after|within|when|if)\b"
)
_ROW_END = re.compile(r"[;|]|\.\s|,\s+and\s+(?=[$€£]|US)|\s(?=Upon\s)|\n[^\S\n]*\n")
# what stands before the event itself: a number, a heading, the words over the columns
_LEAD = re.compile(
    r"^.*(?:\b(?:Milestone\s+(?:Amounts?|Payments?|Events?)|Payments?|Amounts?|set\s+(?:forth|out)\s+below|as\s+follows|"
    r"(?:Clinical|Development|Regulatory|Sales|Commercial)\s+Milestones?(?:\s+\([^()]{1,40}\))?)\b|\b[Mm]ilestones?\.\s|:)\s*",
    re.DOTALL,
)
# "Upon approval, Berril shall pay …": the event ends where the duty begins
_WHO_PAYS = re.compile(r",\s+(?:[\w’'-]+\s+){1,4}?(?:shall|will|agrees\s+to)\s+(?:[\w-]+\s+){0,2}?pay\b")
_CLAUSE = re.compile(r"(?:;|\.\s)\s*(?:and\s+|or\s+)?")
_NUMBER = re.compile(r"^[\s,;.|–—-]*(?:and\s+|or\s+)?(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]+\s*|\d{1,2}\s+(?=[A-Z]))+")


def read_milestones(contract: Contract) -> tuple[float | None, list[Term]]:
    """The stated ceiling of milestone payments in dollars, and each milestone payment that the contract lists."""
    text = contract.text
    ceilings: dict[str, float] = {}  # by what they are of
    terms: dict[Span, Term] = {}
    sections: list[Span] = []
    for m in contract.find(_MILESTONE):
        start, end = contract.sentence(m.start(), 300, 600)
        if end - m.end() < 30 and m.start() - start < 40:  # a heading: "3.2 Milestones."
            end = contract.sentence(end + 1, 0, 600)[1]
        if not _PAYMENT.search(text, start, end):
            continue
        for amount, kind in _ceilings(contract, start, end):
            if (amount.start, amount.end) in terms:
                continue
            if amount.currency == "USD":
                ceilings.setdefault(kind, float(amount.value))
            terms[amount.start, amount.end] = contract.term(
                "milestones",
                contract.around(amount, (start, end)),
                found=amount,
                value="ceiling",
                details={"wording": "up to"},
            )
        if _PAYABLE.search(text, start, end) and (not sections or start > sections[-1][1]):
            sections.append((start, _section_end(contract, end)))
    for start, end in sections:
        listed = 0
        gap = next(contract.blanks(start, end), None)
        for amount, low, high in _listed(contract, start, end):
            if not any(s <= amount.start < e for s, e in terms):
                if listed and _TOTAL.search(text, max(low, amount.start - 80), amount.start):
                    if amount.currency == "USD":
                        ceilings.setdefault("", float(amount.value))
                    span = contract.around(amount, (low, amount.end))
                    terms[amount.start, amount.end] = contract.term("milestones", span, found=amount, value="ceiling")
                    continue
                terms[amount.start, amount.end] = _payment(contract, amount, low, high, start)
            listed += 1
        if gap and not listed and not any(t.state == "redacted" for t in terms.values()):
            span = contract.around(gap, (max(start, gap.start - 200), gap.end))
            terms[gap.start, gap.end] = contract.term("milestones", span, state="redacted")
    ceiling = ceilings.get("") or sum(ceilings.values()) or None
    return ceiling, [terms[k] for k in sorted(terms)][:_MOST]


def _ceilings(contract: Contract, start: int, end: int) -> Iterator[tuple[Found, str]]:
    """Sums that milestone payments cannot exceed, in a sentence that speaks of them, and the milestones they are of."""
    text = contract.text
    if _WITH_UPFRONT.search(text, start, end):
        return
    for limit in _CEILING.finditer(text, start, end):
        amount = next(contract.amounts(limit.start(), end), None)
        if amount is None or _OF_SALES.search(text, max(start, limit.start() - 40), limit.start()):
            continue
        between = text[limit.end() : max(limit.end(), amount.start)]
        if len(between) >= _NEAR and not (len(between) < 3 * _NEAR and _SO_MUCH.search(between)):
            continue
        if next(contract.blanks(limit.end(), amount.start), None) is None:
            near = (
                max(start, limit.start() - _NEAR, text.rfind(";", start, limit.start())),
                min(end, amount.end + _NEAR),
            )
            kind = min(
                _CEILING_OF.finditer(text, *near),
                key=lambda m: max(m.start() - amount.end, limit.start() - m.end(), 0),
                default=None,
            )
            of = "" if kind is None or kind["more"] else kind["kind"].lower()
            yield amount, "development" if of == "clinical" else of and _KINDS[of[0]]


def _section_end(contract: Contract, at: int) -> int:
    following = _NEXT_SECTION.search(contract.text, at, min(contract.end, at + 3500))
    return following.start() if following else min(contract.end, at + 2500)


def _listed(contract: Contract, start: int, end: int) -> Iterator[tuple[Found, int, int]]:
    """Amounts in a list of milestone payments, each between its neighbours; thresholds of sales are none."""
    text = contract.text
    found: list[Found] = []
    last = start
    for amount in contract.amounts(start, end):
        before = text[max(start, amount.start - 70) : amount.start]
        # "sales of USD 10 million | USD 1 million"
        beside = last > start and not text[last : amount.start].strip(" \n\t|")
        last = amount.end
        again = found and text[found[-1].end : amount.start].strip() == "(" and amount.value == found[-1].value
        if float(amount.value) < 10_000 or again or (not beside and _THRESHOLD.search(before)):
            continue
        found.append(amount)
    for number, amount in enumerate(found):
        low = found[number - 1].end if number else start
        yield amount, low, found[number + 1].start if number + 1 < len(found) else end


def _payment(contract: Contract, amount: Found, low: int, high: int, section: int) -> Term:
    """One payment: what makes it due stands after the amount ("$5 million upon …"), or before it in a row."""
    text = contract.text
    details: dict[str, Value] = {}
    begin, finish = contract.around(amount, (max(low, amount.start - 240), amount.end))
    clause = max(_CLAUSE.finditer(text, begin, amount.start), key=lambda m: m.end(), default=None)
    begin = clause.end() if clause else begin
    after = _AFTER.match(text, amount.end, min(high, amount.end + 240))
    if after:
        stop = _ROW_END.search(text, after.end(), min(high, amount.end + 240))
        finish = stop.start() if stop else min(high, amount.end + 240)
        event = squeeze(text[amount.end : finish]).strip(" ,.)(")
        begin = max(begin, amount.start - 80)
    else:
        event = squeeze(text[begin : amount.start])
        lead = _LEAD.match(event)
        event = re.sub(r"^[^()]*\)\s*", "", event[lead.end() :] if lead else event)
        event = _NUMBER.sub("", event).strip(" ,.;:([*-–")
    event = _WHO_PAYS.split(event)[0]
    if event and len(event) > 3 and _EVENT.search(event):
        details["event"] = event[:200]
    sales = next((a for a in contract.amounts(begin, finish) if a != amount and float(a.value) >= 1e6), None)
    if sales is not None and _SALES.search(text, begin, finish) and sales.currency == amount.currency:
        details["sales_from"] = sales.value
    kind = _kind(contract, section, amount.start, event)
    return contract.term(kind, (begin, finish), found=amount, details=details)


def _kind(contract: Contract, section: int, at: int, event: str) -> str:
    """What a payment is for: by the heading over its list, else by what makes it due."""
    heading = max(contract.find(_HEADED, section, at), key=lambda m: m.start(), default=None)
    if heading is not None and not heading["and"]:
        sort = heading["kind"]
        return f"{'development' if sort == 'Clinical' else _KINDS[sort[0].lower()]} milestones"
    for kind, pattern in (("sales", _SALES), ("regulatory", _REGULATORY), ("development", _CLINICAL)):
        if pattern.search(event):
            return f"{kind} milestones"
    return "milestones"
