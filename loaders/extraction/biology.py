"""What a compound acts on and what it is meant to treat, where a sentence says so of one compound.

Targets are told by their form (a gene symbol, a receptor, a numbered factor) beside words such as "inhibitor" or "anti-";
indications by the last word of a disease behind words such as "for the treatment of". Precise rather than complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from biopact.graph.names import fold
from biopact.loaders.extraction.deal import Entity
from biopact.loaders.extraction.lexicon import words
from biopact.loaders.extraction.masking import Masked
from biopact.loaders.extraction.patterns import DRUG, ORG, TECH

_D = f"[{DRUG}]"
_NEAR = f"[^.;{DRUG}]"
_SYMBOL = (
    r"(?:(?:factor|complement|interleukin|interferon|integrin|claudin|nectin)[ -][A-Za-z0-9.α-ωβ-]{1,9}"
    r"|[A-Z][A-Za-z]{0,5}[A-Z0-9α-ω][A-Za-z0-9α-ω]{0,5}(?:-(?:[A-Z]{1,3}|[A-Z]?\d{1,3}[A-Zα-ω]?|[α-ω]\d?)){0,2}|[A-Z]{1,2}-\d{1,2})"
    r"(?!\w)(?:\sreceptors?(?:\s(?:alpha|beta|gamma|delta|[α-ω]|\d|[IVX]+))?)?"
)
_ACTS = (
    r"(?:inhibitors?|agonists?|antagonists?|antibod(?:y|ies)|blockers?|degraders?|modulators?|activators?|bispecifics?|nanobody|engagers?|"
    r"inverse agonist|CAR[- ]T|ADC|antibody[- ]drug conjugate|fusion protein|vaccine)\b"
)
_SEVERAL = rf"{_SYMBOL}(?:(?: ?[x×/] ?| and ){_SYMBOL})?"
# Each has a group `drug` and a group `what`.
_TARGETS = [
    re.compile(p)
    for p in (
        rf"(?P<drug>{_D}){_NEAR}{{0,90}}?\banti-(?P<what>{_SEVERAL})",
        rf"\banti-(?P<what>{_SEVERAL}) {_NEAR}{{0,60}}?(?P<drug>{_D})",
        rf"(?P<drug>{_D})(?:,| is| are| was|\))? {_NEAR}{{0,70}}?\b(?P<what>{_SEVERAL})[ -](?:targeted |directed |specific |selective |receptor |small molecule |monoclonal |dual )*{_ACTS}",
        rf"(?P<drug>{_D})(?:,| is| are| was|\))? {_NEAR}{{0,80}}?\b(?:inhibitors?|agonists?|antagonists?|blockers?|degraders?|modulators?|activators?) of (?:the |human )?(?P<what>{_SEVERAL})",
        rf"(?P<drug>{_D}){_NEAR}{{0,80}}?\b(?:targeting|targets|directed (?:at|against|to|toward)|that binds(?: to)?|which binds(?: to)?|binding to|binds(?: to)?|that (?:inhibits|blocks)|inhibits|blocks|antibod(?:y|ies) (?:against|to)) (?:the |human )?(?P<what>{_SEVERAL})",
        rf"\b(?P<what>{_SEVERAL}) (?:targeted |directed |receptor |small molecule |monoclonal )*{_ACTS},? (?P<drug>{_D})",
    )
]
_PEOPLE = (
    r"(?:(?:adult|pediatric|paediatric|certain|all|some|elderly|hospitalized|\w+-aged)\s)*(?:patients|adults|children|people|subjects|individuals|women|men)"
    r"(?:\s(?:and|or)\s(?:adolescents|children|adults))?\s(?:with|suffering from|who have|diagnosed with|living with)\s"
)
_FOR = (
    r"(?:(?:for|in) (?:the )?(?:potential |possible |acute |first-line |second-line |adjunctive |preventive )*"
    r"(?:treatments?|prevention|prophylaxis|management|therapy|relief|cure|diagnosis|detection)(?: (?:and|or|and/or) (?:potential )?(?:treatment|prevention|cure|management))? (?:of|for)"
    r"|(?:for|to|of) (?:potentially )?(?:treat|prevent|cure|treating|preventing|treating or preventing)|indicated (?:for|in)|"
    r"(?:being )?(?:developed|evaluated|studied|investigated|in development|under development|under investigation|in clinical trials?|in (?:a |an )?(?:ongoing )?Phase [\w/]+(?: clinical)?(?: trial| study| development)?) (?:as an? [\w -]{3,30} )?(?:for|in)(?! (?:the )?(?:potential |possible )?(?:treatment|prevention|management|therapy|relief)))"
)
_MEANT_FOR = re.compile(rf"\b(?:{_FOR} (?:{_PEOPLE})?|(?:in|for) {_PEOPLE})(?=(?P<what>{_NEAR}{{3,160}}))")
_REACH = 120  # characters from a compound to the words that say what it is for
# what a sentence must hold for any of this
TELLING = re.compile(
    r"treat|prevent|manage|indicated|inhibit|agonist|antibod|target|\banti-|bind|block|specific|patients with|therapy of|relief",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:,? (?:and|or|and/or|as well as) (?:in )?|, )")
_UNTRUE = re.compile(
    r"\b(?:not|never|failed|no longer|neither|unlike|versus|compared|except|without|lacks?|contraindicated|increased|elevated)\b|\*[A-Z]"
)
_ANOTHER = re.compile(
    r"\b(?:and|or|other|with|plus|alone|from|similar)\b"
)  # between a compound and what acts on a target
_STUDIED = re.compile(r"\b(?:trials?|stud(?:y|ies)|approved|evaluat\w+|investigat\w+|indicated|used|administ\w+)\b")
_TOO_WIDE = re.compile(
    r"(?:(?:multiple|many|numerous|other|several|\w+) )?(?:diseases?|disorders?|tumou?rs?|infections?|malignanc(?:y|ies)|syndromes?|cough|pain|injury)|.*\b(?:in|with|for|strategy|of patients|associated)\b.*"
)
_ASIDE = re.compile(r"\s?\([^()]*\)")
_LEADING = re.compile(
    rf"^(?:{_PEOPLE}|(?:the|an?|various|other|certain|several|both|all|any|potential|such|its|their|our|many|types? of|forms? of|broad spectrum of|variety of|high risk of|these|additional|making it|(?:wide |broad )?range of|number of|treatment of|numerous|multiple(?! (?:sclerosis|myeloma|system))|patients with|including|symptoms of|signs and symptoms of)\s)+"
)


@dataclass(frozen=True, slots=True)
class Acting:
    """What one compound acts on or treats, by offsets of the masked sentence."""

    edge: str  # TARGETS, TREATS
    drug: Entity
    name: str
    at: int  # where the name stands
    start: int
    end: int


def acting(masked: Masked) -> Iterator[Acting]:
    """The targets and indications that a sentence tells of its compounds, each once."""
    seen: set[tuple[str, Entity, str]] = set()
    for edge, drug, what, begin, read in (*_acts_on(masked), *_meant_for(masked)):
        if _UNTRUE.search(masked.text, min(drug, what), max(drug, what)) or _one_of_many(masked.text, drug):
            continue
        compound = masked.find(masked.text[drug])[0]
        for name, at, end in read:
            key = (edge, compound, fold(name))
            if key not in seen:
                seen.add(key)
                yield Acting(edge, compound, name, what + at, begin, max(what + end, drug + 1))


_Told = tuple[
    str, int, int, int, list[tuple[str, int, int]]
]  # edge, compound's place, phrase's, match's, names in the phrase


def _acts_on(masked: Masked) -> Iterator[_Told]:
    for pattern in _TARGETS:
        for m in pattern.finditer(masked.text):
            if m.start("drug") < m.start("what") and _ANOTHER.search(masked.text, m.end("drug"), m.start("what")):
                continue
            yield "TARGETS", m.start("drug"), m.start("what"), m.start(), list(_targets(m["what"]))


def _meant_for(masked: Masked) -> Iterator[_Told]:
    for m in _MEANT_FOR.finditer(masked.text):
        before = re.search(rf"({_D})[^.;{DRUG}]*$", masked.text[max(0, m.start() - _REACH) : m.start()])
        plain = re.match(r"(?:in|for) ", m.group()) and not re.match(_FOR, m.group())  # "in patients with" alone
        if (
            before
            and plain
            and len(before.group()) > 6
            and not _STUDIED.search(masked.text, m.start() - _REACH if m.start() > _REACH else 0, m.start())
        ):
            continue
        if before:
            drug = max(0, m.start() - _REACH) + before.start(1)
            yield "TREATS", drug, m.start("what"), drug, list(_indications(m["what"]))


def _one_of_many(text: str, position: int) -> bool:
    """Whether a compound is the last of a list, so that the words behind it may be of another."""
    return bool(re.search(rf"{_D}(?:,? (?:and|or) |, |/)$", text[max(0, position - 8) : position]))


def _targets(what: str) -> Iterator[tuple[str, int, int]]:
    for m in re.finditer(_SYMBOL, what):
        name = m.group()
        if (
            fold(name) not in _no_targets()
            and name not in words("not_a_party")
            and not re.fullmatch(r"[A-Z][a-z]+", name)
        ):
            yield name, m.start(), m.end()


def _indications(what: str) -> Iterator[tuple[str, int, int]]:
    """The diseases that stand at the beginning of a phrase, one or a list of them."""
    position = 0
    while m := _disease().match(what, position):
        raw = m.group()
        name = _LEADING.sub("", _ASIDE.sub("", raw)).strip(" ,")
        if len(name) > 2 and not _TOO_WIDE.fullmatch(name) and not re.search(f"[{ORG}{TECH}]", name):
            yield name, m.start() + raw.rfind(name) if name in raw else m.start(), m.end()
        joint = _JOINED.match(what, m.end())
        if joint is None:
            return
        position = joint.end()


@cache
def _disease() -> re.Pattern[str]:
    """Up to seven words and the last word of a disease, with the abbreviation behind it."""
    heads = "|".join(sorted(words("disease_heads"), key=lambda w: (-len(w), w)))
    endings = "|".join(sorted(words("disease_endings"), key=lambda w: (-len(w), w)))
    return re.compile(
        rf"(?!(?:which|that|and|or|who|where|is|are|has)\b)(?:(?!(?:which|that|is|are|was|were|has|have|by|at|on|under|through|using|from|as|to|will)\b)[\w’'/α-ω+.-]+ ){{0,7}}?"
        rf"(?:(?i:{heads})|\w+(?:{endings}))\b(?:’s|'s)?(?: (?:type )?(?:[12]|I{{1,2}})\b)?(?! (?:cells?|patients?|treatments?|therap|drug|model|associated|related))(?:\s?\([A-Z][\w-]{{1,8}}\))?"
    )


@cache
def _no_targets() -> frozenset[str]:
    return frozenset(map(fold, words("no_targets")))


@dataclass(frozen=True, slots=True)
class Stage:
    """How far development has come, by offsets of the masked sentence."""

    stage: str  # a term of the ontology
    start: int
    end: int


_STAGE = re.compile(
    r"\b(?:(?P<phase>[Pp]hase\s?(?:[1-3]|I{1,3})[abc]?(?:\s?[/–-]\s?(?:[Pp]hase\s)?(?:[1-3]|I{1,3})[abc]?)?)(?![\w])|(?P<pre>pre-?clinical)|"
    r"(?P<pivotal>pivotal|registrational)|(?P<clinical>clinical(?=[ -](?:stage|development|trials?|stud(?:y|ies))\b)))",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:plan(?:s|ned|ning)?|expect(?:s|ed)?|anticipat\w+|intends?|will|prepar\w+|upcoming|toward|ready|enable|support\w*|future|before|prior to)\b",
    re.IGNORECASE,
)


def stage_near(masked: Masked, start: int, end: int) -> Stage | None:
    """The stage that a sentence about one compound tells in a match or right behind it; none of what is only planned."""
    text = masked.text
    if len(masked.of_type("Compound")) != 1:
        return None
    stop = min(len(text), end + 70)
    limit = re.search(rf"[.;{ORG}]", text[end:stop])
    found = list(_STAGE.finditer(text, start, end + limit.start() if limit else stop))
    stages = {_stage(m) for m in found} - {None}
    phases = {s for s in stages if s and s.startswith("phase")}
    if len(phases) > 1 or not stages or _AHEAD.search(text, max(0, start - 25), found[-1].end()):
        return None
    told = next(iter(phases)) if phases else sorted(s for s in stages if s)[-1]
    where = next(m for m in found if _stage(m) == told)
    return Stage(told, where.start(), where.end())


def _stage(m: re.Match[str]) -> str | None:
    if m["pre"]:
        return "preclinical"
    if m["clinical"]:
        return "clinical"
    if m["pivotal"]:
        return None  # phase 2 or 3
    digits = [str(len(n)) if n.isalpha() else n for n in re.findall(r"[1-3]|I{1,3}", m["phase"][5:].upper())]
    told = "phase " + "/".join(dict.fromkeys(digits))
    return told if told in ("phase 1", "phase 1/2", "phase 2", "phase 2/3", "phase 3") else None
