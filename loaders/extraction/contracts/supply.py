"""Reads who supplies whom under a contract, and how exclusively a distributor or supplier is appointed."""

from __future__ import annotations

import re

from biopact.loaders.extraction.contracts.clauses import Contract, Span
from biopact.loaders.extraction.contracts.signatories import Signatories
from biopact.loaders.extraction.deal import Entity

# what makes a sentence a wish, a condition or history, not what the contract does
UNCERTAIN = re.compile(
    r"\b(?:if|in\s+the\s+event|to\s+the\s+extent\s+that|upon\s+(?:the\s+)?(?:termination|expiration)|represents?"
    r"|warrants?|wishes|desires?|willing|WHEREAS|was\s+granted|has\s+granted)\b",
    re.IGNORECASE,
)
_SUPPLY_VERB = r"(?:manufactur(?:e|ing)|supply|sell|deliver|produce)"
# what a customer delivers too: "shall deliver to Alnora a forecast of its orders"
_PAPERS = re.compile(
    r"\b(?:supply|deliver|produce)\s+(?:to\s+\w+\s+|by\s+)?(?:(?:an?|the|its|all|any|each|such|of|written|binding|firm|updated"
    r"|rolling|monthly|quarterly|initial|with|copies|prompt)\s+)*(?:purchase\s+orders?|orders?|forecasts?|updates?|notices?|reports?"
    r"|invoices?|statements?|payments?|documents?|documentation|information|records|data|certificates?|specifications?"
    r"|labels?|labell?ing|artwork|facsimile)\b",
    re.IGNORECASE,
)
_NOT_THESE = re.compile(r"\bnot\b|\bthird\s+part(?:y|ies)\b", re.IGNORECASE)
# "appoints Brevin as its exclusive distributor", "shall be the sole supplier of the Product"
_APPOINTED = re.compile(
    r"\b(?:appoints?|appointed|engages?|(?:as|be|is|act\s+as)\s+(?=(?:\w+[’']s|its|the|an?)\s))(?P<between>[^.;()]{0,60}?)\b"
    r"(?:(?P<non>non[\s-]*exclusive)|(?P<co>co-?\s?exclusive|semi-?exclusive)|(?P<ex>(?:sole\s+and\s+)?exclusive)|(?P<sole>sole))"
    r"\s+(?:(?!(?:of|to|for|and|by)\s)[\w-]+\s+){0,2}?(?:distributors?|resellers?|importers?|suppliers?|manufacturers?|agents?)\b",
    re.IGNORECASE,
)

# "shall supply exclusively to Brevin", "on a non-exclusive basis"
_BASIS = re.compile(
    r"\bon\s+an?\s+(?P<non>non[\s-]*)?exclusive\s+basis\b|\b(?:purchase|buy|supply|sell|manufacture)\s+exclusively\b"
    r"|(?<!non-)(?<!non\s)(?<!not\s)\bexclusively\s+(?:purchase|buy|supply|sell|manufacture)\b",
    re.IGNORECASE,
)
# "Brevin is hereby appointed the exclusive distributor"
_IS_APPOINTED = r"\s+(?:is|are|shall\s+be)\s+(?:hereby\s+)?appointed\s+[^.;]{0,80}?\bdistribut"


def how_exclusive(m: re.Match[str]) -> str:
    """What the groups of a match say: non-exclusive, co-exclusive, exclusive or sole."""
    return "non-exclusive" if m["non"] else "co-exclusive" if m["co"] else "exclusive" if m["ex"] else "sole"


def read_supply(contract: Contract, names: Signatories, *, distribution: bool) -> tuple[Entity, Entity, Span] | None:
    """Who supplies whom: what most sentences say, or the roles the parties are called by."""
    p = names.any
    a, b = rf"(?<![\w’'])(?P<a>{p})(?![’']s|\w)", rf"(?<![\w’'])(?P<b>{p})(?![’']s|\w)"
    then_a, then_b = rf"\s+(?:the\s+)?(?P<a>{p})(?!\w)", rf"\s+(?:the\s+)?(?P<b>{p})(?!\w)"
    will = r"(?:shall|will|agrees?\s+to|agrees?\s+that\s+it\s+(?:will|shall))\s+(?:\w+\s+){0,3}?"
    forms = (
        (rf"{a}[^.;]{{0,60}}?\b{will}{_SUPPLY_VERB}\b[^.;]{{0,220}}?\b(?:to|for|by){then_b}", 1),
        (rf"{b}[^.;]{{0,80}}?\b(?:purchase|buy|order|obtain|acquire)\b[^.;]{{0,160}}?\bfrom{then_a}", 1),
        (rf"{a}[^.;]{{0,40}}?\bappoints{then_b}[^.;]{{0,160}}?\b(?:distribut|resell|agent)", 4),
        (rf"{b}[^.;]{{0,40}}?\b(?:appoints|engages){then_a}[^.;]{{0,160}}?\b(?:manufactur|suppl)", 3),
    )
    votes: dict[tuple[Entity, Entity], int] = {}
    first: dict[tuple[Entity, Entity], tuple[int, Span]] = {}
    for form, weight in forms:
        for m in contract.find(re.compile(form, re.IGNORECASE)):
            pair = names.who(m["a"]), names.who(m["b"])
            if pair[0] is None or pair[1] is None or pair[0] is pair[1]:
                continue
            ends = pair[0], pair[1]
            start, end = contract.sentence(m.start(), 250, 500)
            if _PAPERS.search(contract.text, m.start(), max(m.end(), min(end, m.end() + 60))):
                continue
            votes[ends] = votes.get(ends, 0) + weight
            wish = bool(UNCERTAIN.search(contract.text[start : m.end()]))
            rank = (
                4 * wish - weight - 2 * bool(re.search("manufactur|supply", m.group(), re.IGNORECASE)),
                (start, max(end, m.end())),
            )
            if ends not in first or rank < first[ends]:
                first[ends] = rank
    supplier = names.in_role("supplier") or (names.in_role("seller") if not distribution else None)
    customer = names.in_role("customer") or names.in_role("distributor")
    supplier = supplier or (names.other(customer) if customer else None)
    customer = customer or (names.other(supplier) if supplier else None)
    if supplier and customer and supplier is not customer and (supplier, customer) in first:
        return supplier, customer, first[supplier, customer][1]
    for m in () if votes else contract.find(re.compile(b + _IS_APPOINTED, re.IGNORECASE)):
        target = names.who(m["b"])
        source = names.other(target) if target else None
        if source and target:
            return source, target, contract.sentence(m.start(), 250, 500)
    if not votes:
        return None
    most = max(votes, key=lambda k: (votes[k], -first[k][1][0]))
    return *most, first[most][1]


def read_appointment(contract: Contract, supply: Span) -> tuple[str, Span] | None:
    """How exclusively a distributor or a supplier is appointed, and the clause that says so.

    Failing an appointment, the clause of the supply itself tells it.
    """
    for m in contract.find(_APPOINTED):
        start, end = contract.sentence(m.start(), 300, 600)
        if not UNCERTAIN.search(contract.text, start, m.end()) and not _NOT_THESE.search(contract.text, start, m.end()):
            return how_exclusive(m), (start, max(end, m.end()))
    basis = _BASIS.search(contract.text, *supply)
    return ("non-exclusive" if basis["non"] else "exclusive", supply) if basis else None
