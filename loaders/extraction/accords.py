"""Finds the sentences that speak of an agreement as such: who entered into what kind of agreement with whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from biopact.loaders.extraction.deal import Entity
from biopact.loaders.extraction.masking import Masked
from biopact.loaders.extraction.patterns import compile_pattern

_VERB = (
    r"(?:enter(?:ed|s|ing)? into|sign(?:ed|s)|execut(?:ed|es)|announc(?:ed?|es|ing)|ink(?:ed|s)|establish(?:ed|es)|complet(?:ed|es)|conclud(?:ed|es)|"
    r"form(?:ed|s)|(?:is|are|was|were|became) (?:a )?part(?:y|ies) to|clos(?:ed|es)|struck|reach(?:ed|es)|expand(?:ed|s)|secur(?:ed|es)|has|have|had|"
    r"amended|enter|grants|extend(?:ed|s)|initiat(?:ed|es)|commenc(?:ed|es)|start(?:ed|s)|launch(?:ed|es)|into|executing|signing|negotiated|pursuant to)"
)
_ARTICLE = r"(?:an?|the|its|our|their|two|this|such|new|multiple|three|a series of|certain|separate)?"
_PATTERNS = [
    compile_pattern(p)
    for p in (
        rf"{{a:org}}(?:,? (?:an?|its|our) <no_org>{{0,40}}(?:subsidiary|affiliate|division) of {{org}},)? (?:<no_org>{{0,90}} )?{_VERB} {_ARTICLE} ?(?P<kind><no_org>{{0,150}}?)<agreement>(?P<after><no_org>{{0,90}}?),? (?:with|between|among|by and between) (?:(?:the|one of|an?|affiliates? of|subsidiar\w+ of|certain|its|our|long-standing|new|strategic|partner|licensee|collaborator|collaboration|existing|current) )*{{b:org}}",
        r"{a:org}(?P<between><no_org_stop>{0,50})(?P<kind><no_org>{0,60}?)<agreement> (?:established |entered into |signed |executed |previously announced |announced )?with {b:org}",
        rf"(?P<ab>{{org}} (?:and|&) {{org}}) (?:<aux>|have |has ){_VERB} {_ARTICLE} ?(?P<kind><no_org>{{0,110}}?)<agreement>(?P<after><no_org>{{0,70}})",
        r"(?P<kind><no_org>{0,90}?)<agreement>(?P<after><no_org>{0,40}?) (?:by and )?(?:between|among) (?:the )?{a:org}(?: <no_org>{0,70})?,? and (?:the )?{b:org}",
        r"(?P<kind><no_org>{0,70}?)<agreement> (?:established |entered into |signed |executed )?with (?:the )?{b:org},?(?: in [\d\w ]{4,20})?, {a:org}",
        r"(?P<kind><no_org>{0,70}?)<agreement> (?:established |entered into |signed |executed )?with (?:the )?{b:org}",
        r"{a:org} (?:<aux>)(?P<kind>(?:strategically )?(?:partner(?:ed|s|ing)|collaborat(?:ed|es?|ing)|team(?:ed|s|ing) up|join(?:ed|s) forces|is working|are working|works)) with {b:org}",
        r"(?P<ab>{org} (?:and|&) {org}) (?:<aux>|are |is |have been )?(?P<kind>(?:partner(?:ed|ing)?|collaborat(?:ed|e|es|ing|ively)|co-develop(?:ed|ing)?|jointly develop(?:ed|ing)?))\b",
    )
]
_KINDS = [
    ("license", r"(?:cross-?|sub-?|out-?|in-?)?licen[sc](?:e|es|ing|ed)\b"),
    ("option", r"\boption\b"),
    (
        "collaboration",
        r"collaborat|partner|alliance|cooperat|joint(?:ly)? (?:development|research|venture|develop)|co-?develop|research,? (?:and )?development,? (?:and )?commerciali|team(?:ed|s|ing) up|join(?:ed|s) forces|working",
    ),
    ("co-development", r"co-?develop|joint(?:ly)? develop"),
    ("co-promotion", r"co-?promot"),
    ("research", r"\bresearch\b"),
    ("supply", r"\bsuppl(?:y|ies)\b|\bpurchase order"),
    ("manufacturing", r"manufactur|production|CDMO"),
    (
        "distribution",
        r"distribut|wholesale|(?<!and )commerciali[sz]ation agreement|marketing agreement|promotion agreement",
    ),
    ("asset purchase", r"asset (?:purchase|sale|transfer)|purchase and sale|asset acquisition"),
    (
        "acquisition",
        r"\bacqui(?:sition|re)|merger|business combination|(?:share|stock) (?:purchase|exchange)|take-?over",
    ),
    ("joint venture", r"joint venture"),
    ("equity", r"equity|subscription|investment|securities purchase|stock issuance|share issuance"),
    ("settlement", r"settlement"),
    ("services", r"\bservices?\b"),
    ("termination", r"terminat"),
]
_KIND = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS]
# Agreements that are no deals between companies of the field.
_ORDINARY = re.compile(
    r"\b(?:employment|consulting|lease|credit|loan|indemnif\w+|underwriting|confidential\w*|non-?disclosure|severance|registration rights|at-the-market|"
    r"sales agreement|voting|lock-?up|placement agent|investor relations|separation|facility|sponsored research|advisory|warrant|note purchase|clinical trial)\b",
    re.IGNORECASE,
)
_NO_ACCORD = re.compile(
    r"\b(?:may|might|could|if|would|seeking|seek|intends? to|plans? to|potential|negotiat\w+|not|any|letter of intent to|expects? to|discussions?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Accord:
    """An agreement that a sentence speaks of."""

    parties: tuple[Entity, ...]  # the first is who enters, where the sentence says so
    kinds: frozenset[str]
    start: int  # in the masked sentence
    end: int
    terminated: bool = False


def accords(masked: Masked, speaker: Entity | None, *, heading: bool = False) -> Iterator[Accord]:
    """Agreements spoken of in one sentence. Who the sentence leaves out is `speaker`."""
    seen: list[frozenset[Entity]] = []
    spans: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for m in pattern.finditer(masked.text):
            groups = m.groupdict()
            both = masked.find(groups["ab"]) if groups.get("ab") else []
            first = both[:1] or masked.find(groups.get("a") or "")
            second = both[1:] or masked.find(groups.get("b") or "")
            if not first and speaker is not None:
                first = [speaker]
            parties = tuple(dict.fromkeys(e for e in (*first, *second) if e.type == "Company"))
            words = _kind_words(m, groups)
            kinds = frozenset(kind for kind, p in _KIND if p.search(words))
            if len(parties) < 2 or not kinds or frozenset(parties) in seen:
                continue
            if any(start < m.end() and m.end("kind") < end for start, end in spans):
                continue  # the same agreement, read from another party
            if (
                _ORDINARY.search(words) and not kinds & {"license", "collaboration", "supply", "manufacturing"}
            ) or kinds <= {"termination", "research", "services", "option", "settlement"}:
                continue
            if _NO_ACCORD.search(masked.text[max(0, m.start() - 25) : m.start("kind")]) or (
                not heading and _NO_ACCORD.search(words)
            ):
                continue
            seen.append(frozenset(parties))
            spans.append((m.start("kind"), m.end()))
            yield Accord(parties, kinds, m.start(), m.end(), bool(re.search(r"terminat", m.group(), re.IGNORECASE)))


def _kind_words(m: re.Match[str], groups: dict[str, str | None]) -> str:
    """The words that say what kind of agreement it is, with the noun itself."""
    words = m.group()[m.start("kind") - m.start() :] if groups.get("kind") is not None else m.group()
    return words[:260]
