"""Finds technologies: what stands before "technology", "platform" and their like, and whose it is said to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from biopact.loaders.extraction.lexicon import words

_HEAD = r"(?:technolog(?:y|ies)|Technolog(?:y|ies)|platforms?|Platforms?)"
_STOP = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "some",
        "acquires",
        "acquired",
        "announces",
        "expands",
        "that",
        "these",
        "those",
        "such",
        "any",
        "all",
        "other",
        "certain",
        "each",
        "its",
        "our",
        "their",
        "his",
        "and",
        "or",
        "of",
        "for",
        "with",
        "by",
        "on",
        "in",
        "to",
        "from",
        "as",
        "is",
        "are",
        "was",
        "has",
        "have",
        "had",
        "using",
        "use",
        "uses",
        "used",
        "under",
        "including",
        "proprietary",
        "patented",
        "novel",
        "own",
        "new",
        "existing",
        "current",
        "licensed",
        "relevant",
        "related",
        "both",
        "several",
        "various",
        "many",
        "more",
        "additional",
        "what",
        "which",
        "who",
        "whose",
        "information",
        "innovative",
        "unique",
        "leading",
        "advanced",
        "different",
        "powerful",
        "flexible",
        "next-generation",
        "first-in-class",
        "medical",
        "emerging",
        "cutting-edge",
        "state-of-the-art",
        "broad",
        "versatile",
        "scalable",
        "validated",
        "robust",
        "other's",
        "based",
        "company's",
        "underlying",
        "enabling",
        "key",
        "core",
        "multiple",
        "two",
        "three",
        "same",
        "respective",
        "not",
        "no",
        "through",
        "broader",
        "late-stage",
        "be",
        "being",
        "been",
        "can",
        "may",
        "will",
        "would",
        "develop",
        "developing",
        "applying",
        "combine",
        "combining",
        "leverage",
        "leveraging",
        "access",
        "integrate",
        "integrating",
        "pioneering",
        "s",
        "transfer",
        "utilizes",
        "utilize",
        "utilizing",
        "employs",
        "employ",
        "uses",
        "company",
        "we",
        "in-licensed",
        "exclusive",
        "established",
        "proven",
        "its-own",
        "develops",
        "owns",
        "own",
        "provides",
        "offers",
        "applies",
        "deploys",
        "combines",
        "features",
        "license",
        "licenses",
    ]
)
_ALONE = frozenset(
    [
        "platform",
        "ai",
        "manufacturing",
        "information",
        "product",
        "medical",
        "drug",
        "health",
        "financial",
        "process",
        "background",
        "joint",
        "company",
        "science",
        "collaboration",
        "new",
        "biotechnology",
        "developed",
        "acquired",
        "completed",
        "purchased",
        "customer",
        "core",
        "digital",
        "therapeutic",
        "clinical",
    ]
)

_KIND = re.compile(
    r"[\w-]+-(?:powered|driven|based|enabled|specific|assisted|guided|like|type)"
)  # of a technology, no name
# a name that stands behind the word: "its platform, LatticeWork(TM)", "technologies like LatticeWork"
_BEHIND = re.compile(
    rf"\b{_HEAD},?\s(?:(?:known\sas|called|named|termed|branded(?:\sas)?)\s[\"“]?(?P<called>[A-Z][\w.-]*[\w])"
    r"|(?:(?:such\sas|like|is|including)\s)?[\"“]?(?:(?P<marked>[A-Z][\w.-]*\w)(?=®|™|\((?:R|TM|SM)\))|(?P<odd>[A-Z][a-z]+[A-Z][a-z]\w*)(?=[\s,.;)]))(?!\s(?:Inc|Ltd|Corp|has|and\s[A-Z])))"
)

MARK = re.compile(r"[®™]|\((?:R|TM|SM)\)")
# "the Alnoric Purification system", "the ALNEX™ expression system"
_SYSTEM = re.compile(
    r"(?<![\w-])(?P<first>[A-Z][\w-]*)(?:®|™|\((?:R|TM|SM)\))?\s(?:[A-Z][\w-]*\s){0,2}(?:[\w-]+\s)?"
    r"(?:[Dd]elivery|[Ee]xpression|[Pp]urification|[Dd]isplay|[Dd]iscovery|[Cc]onjugation|[Pp]ackaging|[Ee]diting|[Ss]creening|[Mm]anufacturing|[Ff]ermentation|[Ee]xtraction)"
    r"\s(?:system|process|engine|method)\b(?!s)"
)

_CLAIMED = frozenset(("proprietary", "patented"))
_OWNERS = frozenset(["its", "our", "own", "their", "licensed", "novel"])


@dataclass(frozen=True, slots=True)
class Tech:
    """A technology's name at one place."""

    name: str  # without "proprietary", with its head word
    start: int
    end: int
    acronym: str | None = None  # as in Tumor-Activated Prodrug (TAP)


def technologies(text: str, begin: int, end: int) -> Iterator[Tech]:
    """Named technologies: a proper name, or words that "proprietary" or an owner introduces."""
    for head in re.finditer(rf"\b{_HEAD}\b", text[begin:end]):
        stop = begin + head.end()
        tokens = list(re.finditer(r"\S+", text[max(begin, begin + head.start() - 110) : begin + head.start()]))
        base = max(begin, begin + head.start() - 110)
        chosen: list[re.Match[str]] = []
        introduced = ""
        for token in reversed(tokens):
            word = token.group()
            between = text[base + token.end() : base + (chosen[-1].start() if chosen else begin + head.start() - base)]
            if "\n\n" in between or word[-1] in ',;:."”!?|':
                break
            possessive = re.search(r"[’']s?$", word)
            low = re.sub(r"[®™]|\((?:r|tm|sm)\)", "", word.lower()).strip('()"“*#_')
            if possessive or low in _STOP:
                if low in _CLAIMED:
                    introduced = "claimed"
                elif possessive or low in _OWNERS:
                    introduced = "owned"
                break
            if word.endswith(")") and word.count("(") < word.count(")"):
                break
            if not re.fullmatch(r"\(?[A-Za-z0-9®™+*#_“\"(][\w®™+/*_-]*(?:\((?:R|TM|SM)\))?\)?", word):
                break
            chosen.append(token)
            if len(chosen) == 5:
                break
        else:
            introduced = ""
        if not chosen:
            continue
        chosen.reverse()
        proper = [
            t
            for t in chosen
            if re.search(r"[A-Z]", t.group()[:6]) or (MARK.search(t.group()) and not t.group().isdigit())
        ]
        if not introduced:
            # keep from the first capitalised word on; without one it is no name
            while chosen and chosen[0] not in proper:
                chosen.pop(0)
        if not chosen or not (proper or introduced == "claimed"):
            continue
        kind = introduced != "claimed" and _KIND.fullmatch(chosen[0].group())
        if len(chosen) == 1 and (chosen[0].group().lower() in _ALONE or kind):
            continue
        start = base + chosen[0].start()
        raw = text[start:stop]
        name = re.sub(r"[®™*#_\"“”]|\((?:R|TM|SM)\)", "", re.sub(r"\s+", " ", raw)).strip()
        name = re.sub(r"^\(([^()]+)\)", r"\1", name)
        acronym = re.search(r"\(([A-Z][\w-]{1,12})\)", name)
        if not introduced and all(t.group()[0].isupper() for t in chosen) and in_title_case(text, start, stop):
            continue
        yield Tech(name, start, stop, acronym.group(1) if acronym else None)

    for m in _SYSTEM.finditer(text, begin, end):
        if m["first"] not in words("not_first"):
            yield Tech(MARK.sub("", m.group()), m.start(), m.end())
    for m in _BEHIND.finditer(text, begin, end):
        name = m["marked"] or m["called"] or m["odd"]
        yield Tech(name, m.start(m.lastgroup or 0), m.end(m.lastgroup or 0))


def in_title_case(text: str, start: int, stop: int) -> bool:
    """Whether the phrase stands in a heading, where capitals tell nothing."""
    a, b = text.rfind("\n", 0, start) + 1, text.find("\n", stop)
    line = text[a : b if b >= 0 else len(text)]
    long = re.findall(r"[A-Za-z]{4,}", line)
    return len(line) < 140 and len(long) > 2 and sum(w[0].isupper() for w in long) > 0.8 * len(long)
