"""Reads royalties and shares of profit from one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biopact.loaders.extraction.terms.read import Read, squeezed

ROYALTY = re.compile(
    r"royalty-bearing|(?:(?:tiered|percentage|escalating|running|low|mid|high|single|double|digit|sales|certain|earned|net|graduated|plus|milestone and|and)[ ,-]*)*royalt(?:y|ies)\b(?!-free)"
    r"(?:[^.;]{0,12}(?:payments?|rates?))?(?:[^.;]{0,80}?(?:ranging|at rates?|of|from|in the|between|percentage|per ?cent|%|digits?|teens|on)(?:[^.;]|\.(?=\d)){0,160})?",
    re.IGNORECASE,
)

_ROYALTY_DUE = re.compile(
    r"royalty[- ]bearing|\b(?:pa(?:y|ys|id|yable|ying|yments?)|receiv(?:e|es|ed|ing)|entitled|eligible|obligated|owe[sd]?|plus|earn|consideration|subject to|agreed to|due|obligations?|will also|bears?|provi(?:des?|sions?) for)\b(?:[^.;]|\.(?=\d)){0,180}?royalt|"
    r"\((?:[ivx]{1,4}|[a-h]|\d)\)\s(?:[\w%-]+\s){0,5}royalt(?:y|ies)\b|royalt(?:y|ies)\s\|[^|\n]{0,60}(?:%|per ?cent|digit)|"
    r"our royalty obligations?|\bwith (?:tiered )?royalties (?:of|at|on|ranging|in)\b|obligations? to pay royalties|"
    r"royalt(?:y|ies)[^.;]{0,60}\b(?:payable|due|rang(?:ing|es?)|of \d|on (?:net |annual |future |worldwide |all |aggregate |any |product )?(?:net )?sales|equal to|are owed|payments? based)",
    re.IGNORECASE,
)

_NO_ROYALTY = re.compile(
    r"royalty-free|no royalt|without (?:any )?royalt|not (?:be )?(?:obligated|required) to pay (?:any )?royalt|free of royalt",
    re.IGNORECASE,
)

_OTHERS_ROYALTY = re.compile(
    r"third[- ]part(?:y|ies)[^.;]{0,60}royalt|royalt(?:y|ies)[^.;,]{0,60}(?:to|from|by) (?:certain |other |such |any |a )?third[- ]part(?:y|ies)|our licensees[^.;]{0,160}royalt|royalty (?:revenue|proceeds|income|liabilit|interest|monetization|financing|purchase|term|period)|no more royalty|expiration of the royalty",
    re.IGNORECASE,
)


def royalties(text: str, start: int, end: int) -> Iterator[Read]:
    """Whether royalties are due and in which words, each tier that has a rate of its own, and what reduces them."""
    sentence = text[start:end]
    if "oyalt" not in sentence:
        return
    free = _NO_ROYALTY.search(sentence)
    m = next(
        (m for m in ROYALTY.finditer(sentence) if not re.match(r"royalty-free", sentence[m.start() :], re.IGNORECASE)),
        None,
    )
    if free is not None and (m is None or free.start() <= m.start() < free.end()):
        yield Read("royalty", start + free.start(), start + free.end(), "none")
    elif (
        m is not None
        and (_ROYALTY_DUE.search(sentence) or _LISTED_ROYALTY.match(sentence))
        and not _anothers(sentence, m.start())
    ):
        stop = start + m.end()
        yield Read("royalty", start + m.start(), stop, squeezed(m.group()))
        yield from _tiers(text, start, end)
    reduced = _REDUCTION.search(text, start, end)
    if reduced is not None:
        yield Read("royalty reduction", reduced.start(), reduced.end(), squeezed(reduced.group()))


# "our obligations are: (a) royalties on net sales; (b) …"
_LISTED_ROYALTY = re.compile(
    r"\s*(?:[-–•●*▪]|\(?(?:[ivx]{1,4}|[a-h]|\d)[.)])\s+(?:[\w%.,-]+\s){0,6}?royalt(?:y|ies)\b(?!-free| (?:revenues?|terms?|periods?|rates?)\b)",
    re.IGNORECASE,
)


def _anothers(sentence: str, royalty: int) -> bool:
    """Whether the royalty is owed to or by somebody else, rather than reduced by what they are owed."""
    m = _OTHERS_ROYALTY.search(sentence)
    return m is not None and not (m.start() > royalty and _REDUCED.search(sentence, royalty, m.start()))


_REDUCED = re.compile(r"\b(?:reduc|offset|off-set|deduct|credit|adjust|less\b)", re.IGNORECASE)
_TIER = re.compile(
    r"(?P<rate>\d+(?:\.\d+)?)\s?(?:%|per ?cent)[^.;%]{0,60}?\b(?:(?:net |annual |aggregate |worldwide )*sales[^.;%]{0,40}?)?"
    r"(?P<bound>(?:up to(?: and including)?|less than|below|not exceeding|above|over|exceed(?:ing|s)?|in excess of|greater than|more than|between|from)[^.;%]{0,30}?[$€£]\s?\d[\d,.]*\d?(?:\s(?:million|billion|thousand))?(?: and [$€£]\s?\d[\d,.]*\d?(?:\s(?:million|billion|thousand))?)?)",
    re.IGNORECASE,
)

_REDUCTION = re.compile(
    r"\broyalt(?:y|ies)[^.;]{0,60}? (?:(?:is|are|be) )?subject to [^.;]{0,60}?(?:reductions?|offsets?|step-?downs?|adjustments?|deductions?)\b[^.;]{0,100}",
    re.IGNORECASE,
)

_PROFIT = re.compile(
    r"\b(?:share|split|sharing)\b[^.;]{0,60}?\b(?:profits?|net income|proceeds)\b[^.;]{0,100}|\b(?:\d+(?:\.\d+)?\s?(?:%|per ?cent|percent) of|50[/:-]50|equal(?:ly)?) [^.;]{0,40}?\bprofits?\b[^.;]{0,60}|\bprofit[- ]shar(?:e|ing)\b[^.;]{0,80}",
    re.IGNORECASE,
)

_SHARED = re.compile(r"\d|equal|half|split", re.IGNORECASE)


def _tiers(text: str, start: int, end: int) -> Iterator[Read]:
    """Each rate of a royalty that holds from or up to a level of sales, where a sentence gives several."""
    found = list(_TIER.finditer(text, start, end))
    for m in found if len(found) > 1 else ():
        yield Read("royalty", m.start(), m.end(), squeezed(m.group()))


def profit_shares(text: str, start: int, end: int) -> Iterator[Read]:
    """How profits are shared, where the words say how."""
    m = _PROFIT.search(text, start, end) if text.find("profit", start, end) >= 0 else None
    if m is not None and _SHARED.search(m.group()):
        yield Read("profit share", m.start(), m.end(), squeezed(m.group()))
