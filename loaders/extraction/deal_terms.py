"""Adds the terms that a sentence states to the deal it speaks of: every value as a term, the best as a property."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from biopact.loaders.extraction.deal import USD_PROPERTIES, Entity, Term
from biopact.loaders.extraction.directions import payees, paying_party
from biopact.loaders.extraction.drafts import Draft, Drafts
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.masking import Masked
from biopact.loaders.extraction.names import Names
from biopact.loaders.extraction.sentences import Sentence
from biopact.loaders.extraction.terms import Read, exclusivity, terms, territory
from biopact.loaders.extraction.terms.scope import excluded
from biopact.loaders.extraction.terms.units import Units
from biopact.loaders.extraction.terms.wording import milestone_kinds
from biopact.loaders.filing import Document

_BARE = (
    "upfront",
    "milestones",
    "purchase price",
    "equity",
    "research funding",
    "option fee",
    "total value",
    "other payment",
)
_PROPERTIES = ("expiration date", "field", "retained rights", "governing law")  # named like the term that tells them
# words of a right, behind which a place says where it holds
_COVERS = re.compile(
    r"\b(?:licen[sc]e|rights?|territory|agreement)\b[^.;]{0,40}?\b(?:covers?|covering|includes?|comprises|extends? to|is limited to|consists of|(?<=territory )(?:of the (?:license|agreement) )?(?:is|means))\b"
    r"|\b(?:rights?|licen[sc]e[sd]?|exclusiv\w+|responsib\w+|jointly)\b[^.;]{0,90}?\b(?:develop|commerciali[sz]e|market|sell|distribut|promot|exploit|commerciali[sz]ation)\w*",
    re.IGNORECASE,
)
# "we hold exclusive rights", "the license is exclusive", "on an exclusive basis": told in another sentence than the grant
_EXCLUSIVE = re.compile(
    r"\b(?:hold|holds|held|has|have|had|receiv\w+|obtain\w+|grant\w+|giv(?:es|ing|en)|gave|provid\w+|acquir\w+|gain\w*|with|for|under|in-licen[sc]ed|licen[sc]ed)\b(?: (?!option|retain)[\w-]+,?){0,6}? (?P<how>(?:co-?|non-?\s?)?exclusive)\b(?:,? [\w-]+){0,8}? (?:licen[sc]es?|rights?)\b(?! (?:of first|to negotiate|of negotiation))"
    r"|\b(?:licen[sc]es?|rights?) (?:(?:granted|to|under) [^.;]{0,50}?)?(?:is|are|was|were) (?P<is>(?:co-?|non-?\s?)?exclusive)\b"
    r"|\bon an? (?P<basis>(?:co-?|non-?\s?)?exclusive) (?:\w+ )?basis\b",
    re.IGNORECASE,
)
_NO_RIGHT_YET = re.compile(
    r"\b(?:options?|retain\w*|reserv\w+|negotiat\w+|(?-i:may)|could|if|convert\w*|become|first refusal)\b",
    re.IGNORECASE,
)
_EVERYWHERE = re.compile(r"(?:the )?(?:world-?wide|global(?:ly)?|world|throughout the world)", re.IGNORECASE)
_PLACED = frozenset(("license", "collaboration", "option", "distribution", "co-promotion", "co-development"))
_LICENSED = frozenset(("license", "distribution", "supply"))
_PAYMENTS = frozenset(("royalty", "upfront", "milestones", "other payment"))
_WORDS_BEFORE, _WORDS_AFTER = 8, 12  # quoted around a bare amount


def add_terms(
    book: FactBook,
    names: Names,
    drafts: Drafts,
    document: Document,
    sentence: Sentence,
    masked: Masked,
    draft: Draft,
    unit: Units | None = None,
) -> None:
    """Read the terms of one sentence into the deal it speaks of; `unit` is that of notes which name no scale."""
    ceilings: dict[frozenset[str], set[float]] = {}
    owed = payees(masked, sentence.start, sentence.end)
    if set(owed) & set(draft.parties):
        owed = []
    for read in terms(document.text, sentence.start, sentence.end):
        if unit is not None and read.amount is not None and read.start > unit.start:
            read = replace(read, amount=read.amount * unit.factor, state="derived")
        owner = _owner(read, draft, drafts, document, owed)
        if owner is None:
            continue
        deal = owner.deal
        span = _span(document.text, read, sentence)
        evidence = book.quote(document, *span, f"term/{read.kind.replace(' ', '-')}")
        asset = _asset(read, draft, names, document)
        deal.terms.append(
            Term(read.kind, read.state, evidence, read.value, read.amount, read.currency, asset)
        )  # fmt: skip
        if read.state == "redacted" or (asset is not None and read.part):
            continue
        if read.amount is not None and read.currency == "USD":
            if read.kind in USD_PROPERTIES:
                deal.properties.setdefault(USD_PROPERTIES[read.kind], read.amount)
            elif read.kind == "milestones" and read.ceiling and not read.part:
                ceilings.setdefault(milestone_kinds(evidence.quote, read.amount), set()).add(read.amount)
        elif read.kind == "royalty":
            deal.properties.setdefault("royalties", read.value != "none")
        elif read.kind == "sublicensing":
            deal.properties.setdefault("sublicensing", read.value == "permitted")
        elif read.kind in _PROPERTIES and read.value:
            deal.properties.setdefault(read.kind.replace(" ", "_"), read.value)
    for kinds, amounts in ceilings.items():
        draft.ceilings[kinds] = max(sum(amounts), draft.ceilings.get(kinds, 0.0))
    if ceilings:
        draft.deal.properties["milestones_max_usd"] = _most(draft.ceilings)
    covered = _COVERS.search(document.text, sentence.start, sentence.end)
    known = str(draft.deal.properties.get("territory", ""))
    if covered and draft.deal.kinds & _PLACED and (not known or _EVERYWHERE.fullmatch(known)):
        where = territory(document.text, covered.start(), sentence.end)
        narrower = where and _EVERYWHERE.match(str(where.value)) and excluded(str(where.value))
        if where and (not known or narrower):
            quote = book.quote(document, where.start, where.end, "term/territory")
            draft.deal.terms.append(Term("territory", "stated", quote, value=str(where.value)))
            draft.deal.properties["territory"] = str(where.value)
    told = _EXCLUSIVE.search(document.text, sentence.start, sentence.end)
    if (
        told
        and draft.deal.kinds & _LICENSED
        and "exclusivity" not in draft.deal.properties
        and not _NO_RIGHT_YET.search(document.text, sentence.start, told.end())
    ):
        own = exclusivity(told.group(told.lastgroup or 0))
        if own:
            quote = book.quote(document, told.start(), told.end(), "term/exclusivity")
            draft.deal.terms.append(Term("exclusivity", "stated", quote, value=own))
            draft.deal.properties["exclusivity"] = own
    payer = paying_party(masked, draft.parties)
    if payer is not None:
        draft.payers.append(payer)


def _most(ceilings: Mapping[frozenset[str], float]) -> float:
    """All that can fall due: ceilings of different milestones add up, of the same ones the largest stands.

    >>> _most({frozenset(("development",)): 10.0, frozenset(("sales",)): 20.0, frozenset(("sales", "regulatory")): 25.0})
    35.0
    """
    total = 0.0
    known: set[str] = set()
    for kinds, amount in sorted(ceilings.items(), key=lambda c: (-c[1], sorted(c[0]))):
        if kinds and not kinds & known:
            total += amount
        known |= kinds
    return max(total, ceilings.get(frozenset(), 0.0))


def _owner(read: Read, draft: Draft, drafts: Drafts, document: Document, owed: Sequence[Entity]) -> Draft | None:
    """Whose term it is: that of the deal the sentence is about, with two exceptions.

    The expiry of "the collaboration" belongs to the parties' collaboration. What is paid to or by somebody else belongs
    to a deal with them, or to none that is known.
    """
    words = document.text[read.start : read.end]
    if read.kind == "expiration date" and re.search(r"\bcollaboration\b", words):
        return draft if "collaboration" in draft.deal.kinds else drafts.collaboration_of(draft.parties)
    if owed and read.kind in _PAYMENTS:
        with_them = (d for d in reversed(drafts) if set(owed) & set(d.parties) and d.deal.kinds & _PLACED)
        return next(with_them, None)
    return draft


def _asset(read: Read, draft: Draft, names: Names, document: Document) -> Entity | None:
    """The one asset that an amount is said to be for, where the deal has several."""
    if read.purpose is None or sum(s.type == "Compound" for s in draft.subjects) < 2:
        return None
    named = {m.entity for m in names.mentions(document, *read.purpose) if m.entity in draft.subjects}
    return named.pop() if len(named) == 1 else None


def _span(text: str, read: Read, sentence: Sentence) -> tuple[int, int]:
    """A bare amount says nothing: quote the words around it, within the sentence."""
    if read.kind not in _BARE and read.state != "redacted":
        return read.start, read.end
    before = text[sentence.start : read.start].split(" ")
    after = text[read.end : sentence.end].split(" ")
    start = read.start - len(" ".join(before[-_WORDS_BEFORE:]))
    return start, read.end + len(" ".join(after[:_WORDS_AFTER]))
