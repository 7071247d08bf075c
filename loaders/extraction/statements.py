"""Applies the rules to a masked sentence: which edges it states, between whom, about what, in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from biopact.loaders.extraction.deal import Entity
from biopact.loaders.extraction.masking import Masked
from biopact.loaders.extraction.patterns import DRUG, ORG, TECH, compile_pattern
from biopact.loaders.extraction.trace import SILENT, Trace, Why, doubt
from biopact.ontology import SchemaError

_KEYS = {
    "rule",
    "edge",
    "pattern",
    "examples",
    "needs_agreement",
    "speaker",
    "owner_licenses",
    "share",
    "possessive",
    "mutual",
    "confidence",
    "status",
}
# What makes a statement no fact: it may happen, is wished for, or is denied.
_UNREAL = re.compile(
    r"\b(?:(?-i:may)|might|could|can|if|unless|whether|cannot|did not|does not|do not|has not|have not|not yet|never|no assurance|"
    r"intends? to|plans? to|expects? to|seek(?:s|ing)? to|hopes? to|in the event|would (?:be|have)|proposes? to|"
    r"right of first (?:negotiation|refusal|offer)|first right to|option to (?:acquire|purchase|license|enter)|negotiat\w+|"
    r"(?:is|are|was|were) not|consider(?:s|ing)?|explor(?:e|es|ing)|failed to|unable to|notice of termination|revert(?:s|ed)?|potential(?:ly)? (?:partner|acqui|licen))\b",
    re.IGNORECASE,
)


# Words without which no rule for an edge can match: most rules are never tried on most sentences.
_NEEDS = {
    "LICENSES_TO": re.compile(r"licen[sc]|right|assigned|royalt", re.IGNORECASE),
    "SUPPLIES_TO": re.compile(
        r"suppl|manufactur|deliver|produc|sell|sold|purchas|buy|bought|order|sourc|distribut|wholesal|resell|market|import|obtain|engag|contract|partner|collabor|ship|provid|CDMO|CMO",
        re.IGNORECASE,
    ),
    "COLLABORATES_WITH": re.compile(
        r"partner|co-|co(?:develop|promot|commerc|llabor|operat)|joint|agreed to|agreement with", re.IGNORECASE
    ),
    "ACQUIRES": re.compile(
        r"acqui|purchas|bought|buy|took over|takeover|merg|combin|assign|transfer|convey|sold|sell|sale\b|divest|dispos|letter of intent|\bpaid\b|snapped",
        re.IGNORECASE,
    ),
    "HOLDS_STAKE_IN": re.compile(
        r"share|stock|stake|holder|equity|interest|securit|ownership|million|warrant|%|per ?cent|invest|portfolio|financing|round\b|placement",
        re.IGNORECASE,
    ),
    "SUBSIDIARY_OF": re.compile(
        r"subsidiar|spun|spin|division|unit|arm|part of|member of|affiliate|owned|owns? |holds? |controls? |parent|compan",
        re.IGNORECASE,
    ),
    "FORMERLY_NAMED": re.compile(
        r"formerly|previously|name|known as|called|incorporated|founded|organized|became|operating as|\bnow\b",
        re.IGNORECASE,
    ),
    "OWNS": re.compile(rf"[{DRUG}{TECH}]"),
    "DEVELOPS": re.compile(f"[{DRUG}]"),
    "USES_TECHNOLOGY": re.compile(f"[{DRUG}]"),
}


_BETWEEN_COMPANIES = frozenset(_NEEDS) - {"OWNS", "DEVELOPS", "USES_TECHNOLOGY"}
_ORG_SIGN = re.compile(f"[{ORG}]")
_NEW_CLAUSE = re.compile(rf"(?<=[{ORG}]), (?:the )?[{ORG}](?:['’]s?)?$")
_FIRST_RIGHT = re.compile(r"s? of first (?:negotiation|refusal|offer)", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:if|unless|whether|should|(?-i:may)|could|in the event|assurance)\b|^(?-i:Had)\s$", re.IGNORECASE
)
_UNSURE = re.compile(r"\b(?:no assurance|no guarantee|cannot be sure|uncertain)\b[^.;]*$", re.IGNORECASE)


_NOT_YET = frozenset(
    ("option", "letter of intent", "pending", "planned", "effective")
)  # may speak of what is uncertain


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a pattern whose slots are the ends of an edge."""

    name: str
    edge: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    needs_agreement: bool = False  # an end that is missing comes from the agreement spoken of
    speaker: str | None = None  # the end that whoever speaks fills when the sentence leaves it out
    owner_licenses: bool = False  # the source is whoever owns the technology
    share: str | None = None
    status: str | None = None  # of what passes, as in option
    possessive: bool = False  # the owner stands in the genitive
    mutual: bool = False  # each of the sources is also a target, as in cross-licences
    confidence: float = 0.9

    @property
    def fewest(self) -> int:
        """How many organisations a sentence must name, or speak of as "we", for the rule to match."""
        if self.edge not in _BETWEEN_COMPANIES:
            return 0
        return 1 if self.speaker or self.needs_agreement or self.owner_licenses else 2


@dataclass(frozen=True, slots=True)
class Statement:
    """An edge that a sentence states. An empty end is for the reader of deals to fill."""

    rule: Rule
    sources: tuple[Entity, ...]
    targets: tuple[Entity, ...]
    things: tuple[Entity, ...]  # compounds and technologies that the match or its sentence names
    start: int  # of the match, in the masked sentence
    end: int


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of their files; SchemaError names a rule that is not well formed."""
    found: list[Rule] = []
    folder = files("biopact.loaders.extraction.rules")
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            found += [_rule(file.name, entry) for entry in yaml.safe_load(file.read_text(encoding="utf-8"))]
    return tuple(found)


def _rule(file: str, entry: dict[str, Any]) -> Rule:
    unknown = set(entry) - _KEYS
    if unknown or not {"rule", "edge", "pattern", "examples"} <= set(entry):
        raise SchemaError(
            f"rules/{file}: {entry.get('rule')}: unknown or missing keys {sorted(unknown)}; known are {sorted(_KEYS)}"
        )
    try:
        pattern = compile_pattern(entry["pattern"])
    except (re.error, KeyError) as error:
        raise SchemaError(f"rules/{file}: {entry['rule']}: bad pattern: {error}") from error
    rest = {k: v for k, v in entry.items() if k not in ("rule", "edge", "pattern", "examples")}
    return Rule(entry["rule"], entry["edge"], pattern, tuple(entry["examples"]), **rest)


def statements(masked: Masked, trace: Trace = SILENT) -> Iterator[Statement]:
    """What the rules read in one sentence. The same ends under one edge type are given once, by the first rule."""
    seen: set[tuple[str, tuple[Entity, ...], tuple[Entity, ...]]] = set()
    wanted = {edge for edge, words in _NEEDS.items() if words.search(masked.text)}
    named = len(_ORG_SIGN.findall(masked.text))
    for rule in rules():
        if rule.edge not in wanted or named < rule.fewest:
            continue
        for m in rule.pattern.finditer(masked.text):
            if unreal := _unreal(rule, masked.text, m):
                trace.refused(rule.name, m.start(), m.end(), doubt(unreal), unreal)
                continue
            listed = rule.edge == "SUBSIDIARY_OF"
            sources, targets = _end(masked, m, "source", listed=listed), _end(masked, m, "target", listed=listed)
            if rule.possessive and not re.match(rf"[{ORG}]['’]s?\s", m.group()):
                trace.refused(rule.name, m.start(), m.end(), Why.NO_GENITIVE)
                continue
            if rule.mutual and len(sources) > 1:
                for each in sources:
                    others = tuple(e for e in sources if e is not each)
                    yield Statement(rule, (each,), others, _things(masked, m), m.start(), m.end())
                continue
            if rule.edge == "ACQUIRES" and any(is_shell(e) for e in (*sources, *targets)):
                trace.refused(rule.name, m.start(), m.end(), Why.NO_DEAL)
                continue
            if rule.edge == "SUBSIDIARY_OF" and len(sources) > 1 and _ONE_PART.search(m.group()):
                sources = sources[-1:]  # "Alnora and Brevin, a subsidiary of Corvane"
            if len(sources) > 1:  # "between Alnora and us, Alnora granted us": who receives does not grant
                sources = tuple(e for e in sources if e not in targets) or sources
            if set(sources) & set(targets):
                trace.refused(rule.name, m.start(), m.end(), Why.SAME_PARTY)
                continue
            if (
                rule.edge == "ACQUIRES"
                and "merge" in m.group().lower()
                and any(map(is_vehicle, targets))
                and not any(map(is_vehicle, sources))
            ):
                sources, targets = targets, sources  # a blank-check company acquires by merging
            ends = (rule.edge, sources, targets)
            if ends in seen:
                trace.refused(rule.name, m.start(), m.end(), Why.TOLD)
                continue
            seen.add(ends)
            yield Statement(rule, sources, targets, _things(masked, m), m.start(), m.end())


_ONE_PART = re.compile(r"\ban? (?:[\w-]+[ ,]{1,2}){0,4}(?:subsidiary|division|unit|arm|part|member|affiliate) of\b")
_VEHICLE = re.compile(
    r"\bAcquisitions? (?:Corp|Co|Holdings|Company|Inc|Limited|Ltd|[IVX\d]+)\b|\bSPAC\b|\bAcquisition$", re.IGNORECASE
)
_SHELL = re.compile(r"\bMerger ?(?:Sub|Corp|Co|LLC)\w*\b|\bAcquisition Sub\w*\b", re.IGNORECASE)


def is_vehicle(company: Entity) -> bool:
    """Whether a company is a special purpose acquisition company, by its name."""
    return bool(_VEHICLE.search(company.name)) and not is_shell(company)


def is_shell(company: Entity) -> bool:
    """Whether a company only serves to merge into another: "Alnora Merger Sub, Inc."."""
    return any(_SHELL.search(name) for name in (company.name, *company.aliases))


def _unreal(rule: Rule, text: str, m: re.Match[str]) -> str:
    """The words in and around a match that make it no fact, if there are such words."""
    before = text[max(0, m.start() - 35) : m.start()].rpartition(";")[2].rpartition("that")[2]
    found = (
        _FIRST_RIGHT.match(text, m.end())
        or _UNSURE.search(text[max(0, m.start() - 60) : m.start()])
        or (None if rule.status in _NOT_YET else _UNREAL.search(m.group()))
        or _OPEN.search(before)
    )
    return found.group().strip() if found else ""


def _end(masked: Masked, m: re.Match[str], name: str, *, listed: bool = False) -> tuple[Entity, ...]:
    groups = m.groupdict()
    slot = name if groups.get(name) else f"{name}2"
    text = groups.get(slot) or ""
    loose = _NEW_CLAUSE.search(text)
    if loose and not listed:  # no list ends with a mere comma: one of its parts belongs to another clause
        text = loose.group() if m.start(slot) == m.start() else text[: loose.start()]
    found = masked.find(text)
    return tuple(e for e in found if (e.type == "Company") == (found[0].type == "Company"))


def _things(masked: Masked, m: re.Match[str]) -> tuple[Entity, ...]:
    """Compounds and technologies inside the match, else the first few after it, else those before it."""
    kinds = ("Compound", "Technology")
    slots = [text for name, text in m.groupdict().items() if name.startswith("thing") and text]
    inside = "".join(slots) or m.group()
    if DRUG[0] <= m.group()[-1] <= TECH[2]:  # a list may go on behind a match that ends with one of its members
        stretch = re.match(rf"[^{ORG};]*", masked.text[m.end() :])
        inside += stretch.group() if stretch else ""
    for text in (inside, masked.text[m.end() :], masked.text[: m.start()]):
        found = tuple(e for e in masked.find(text) if e.type in kinds)
        if found:
            return found
    return ()
