"""A sentence in which every name has become one sign, so that a rule sees who does what and not what they are called.

Each mention of an organisation, compound or technology becomes one character of the private-use ranges that patterns.py
names, and the defined name of an agreement becomes another. Definitions in parentheses are dropped. Offsets of the masked
text lead back to the document's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from biopact.loaders.extraction.deal import Entity
from biopact.loaders.extraction.names import Mention, Names
from biopact.loaders.extraction.patterns import DEAL, DRUG, NEW_CLAUSE, ORG, TECH
from biopact.loaders.extraction.sentences import Sentence
from biopact.loaders.filing import Document

_FIRST = {"Company": ord(ORG[0]), "Compound": ord(DRUG[0]), "Technology": ord(TECH[0])}
_ROOM = 0x400  # mentions of one kind that a sentence can hold; further ones stay unmasked
_PRONOUN = re.compile(
    r"(?<![\w'’-])(?:[Ww]e|WE|[Uu]s|[Oo]urs?|[Tt]he (?:Company|company|Registrant|Corporation|Group))(?![\w-]|(?<=Group) [A-Z])(?!['’]s [Bb]oard)"
)
_IT = re.compile(
    r"^(?:It|They|The (?:[A-Z][\w.-]+ )?(?:drug ?maker|biotech|biopharma|firm))\b|(?<=announced )it\b|(?<=announced today )it\b|(?<=announced that )it\b|(?<=today that )it\b|(?<=under which )it\b|(?<=through which )it\b|(?<=pursuant to which )it\b|(?<=when )it\b(?= (?:acquired|bought|purchased|licensed|entered|signed|sold))|(?<=[a-z,;]\s)(?:its)\b(?= (?:wholly|fully|subsidiary|(?:primary|principal|operating|main|sole) subsidiar(?:y|ies)\b|lead|proprietary|patented|own|previously|acquisition|pipeline|portfolio|product|novel|partner|affiliate|majority|parent|merger|business combination|collaboration|agreement|licen[sc]e|joint venture|(?:development|strategic|commercial) partners?\b|option to|equity|ownership|minority|stake|investment|shares|(?:\d[\d.,]{2,}|\d+ million) \w))"
)
# "its ALN-12 vaccine", "its oral ALN-12 program"
_ITS_DRUG = re.compile(r"(?<=[a-z,;)]\s)its(?=\s(?:(?!(?:of|to|in|for|on|and|by|from)\s)[\w-]+,?\s){0,3}$)")
_SORT_OF_DRUG = re.compile(
    r"[®™]?,?\s(?:[\w-]+\s){0,4}?(?:candidate|program(?:me)?|vaccine|antibody|bispecific|conjugate|trials?|stud(?:y|ies)|therapy)\b"
)
_THIS_DRUG = re.compile(
    r"(?<!\bis )(?<!\bwas )\b(?:[Tt]his|[Tt]he|[Ii]ts)\s(?:lead\s)?(?:product candidate|drug candidate|clinical candidate|inhibitor|compound|molecule|vaccine candidate|drug)\b(?!,?\s[A-Z])"
)
_SHORT_FORM = re.compile(r"\s?\([A-Z0-9][\w&-]{1,14}(?:\s[A-Z]\w+)?\)")  # "Alnora Biotherapeutics (1ALN)"
_ASIDE = re.compile(r"\s?\([^()]{1,240}\)")
# "the License Agreement" is that one; "a License Agreement" is a kind
_COMMON_NOUN = re.compile(
    r"(?:(?:Exclusive|License|Licence|Collaboration|Supply|Development|Commercialization|Research|Option|Distribution|"
    r"Manufacturing|Purchase|Asset|Merger|Services?|Master|and|Co-Development|Amendment|First|Second|No\.|\d)\s?)*"
    r"(?:Agreements?|Licen[sc]es?|Amendments?|Contract)"
)
_DEFINITE = re.compile(r"(?:\b(?:the|this|such|each)\s|[\"“])$", re.IGNORECASE)
_SAYS_MORE = re.compile(r"\b(?:subsidiary|division|unit|member|part|owned|acquired|merged|parent)\b")  # of who is named
_BREAK = re.compile(
    r"\s?<br ?/?>\s?|\s*(?:!\[[^\]\n]{0,80}\]\([^)\n]{0,120}\)\s*)?\{\d+\}-{5,}\s*"
)  # within a cell of a table, or between the pages that a sentence stands on
_SIGN = re.compile(r"[®™]")
# "Alnora, a biotechnology company based in Mannheim, is developing": what stands between the commas tells only who it is
_APPOSITION = re.compile(
    r"(?:\s?\([^()]{1,80}\))?(?P<inside>,\s(?:an?|the|one of)\s[^,;()]{3,130}(?:\s\([^()]{1,40}\)[^,;()]{0,60})?(?:,\s(?:and\s)?(?!(?:has|have|had|is|are|was|were|will|which|who|today|[a-z]+ed)\b)\w[^,;()]{1,60}(?:\s\([^()]{1,40}\)[^,;()]{0,60})?){0,3}?,)(?=\s(?:is|are|has|have|had|today|will|and|also|announced|signed|entered|granted|licensed|acquired|reported|completed|reaffirmed|confirmed|provided|received)\b)"
)
# "acquired the U.S. drug developer Alnora": what stands before the name tells only what kind of company it is
_KIND_BEFORE = re.compile(
    r"(?:^|[\s(])(?:with|by|from|to|of|for|acquir\w+|buy|buys|buying|bought|purchas\w+|licens\w+|licenc\w+|pay|pays|paid|in)\s(?:the\s|an?\s)?(?P<kind>(?:(?!(?:with|by|from|to|of|for|the|an?|and|or|in|its|our|acquir\w+|buy\w*|bought|purchas\w+|licen[sc]\w+)\s)[\w.,/&-]+\s){0,7}?"
    r"(?:company|companies|firm|biotech|developer|specialist|start-?up|maker|drugmaker|manufacturer|provider|giant|leader|pharma|group|conglomerate|powerhouse|investor|(?:[\w.]+-based|privately[- ]held|publicly[- ]traded))\s)$"
)
# "Denmark's Alnora", "San Diego-based Alnora"
_WHERE_FROM = re.compile(
    r"(?:^|[\s(])(?P<place>(?P<name>(?:[A-Z]\w+\s)?[A-Z]\w+)(?:[’']s|-(?:based|headquartered))\s)$"
)
# "Alnora Inc., of Watertown, Mass., and"
_OF_A_PLACE = re.compile(r",\sof\s(?:the\s)?[A-Z][\w.’' -]{2,30}(?:,\s(?:the\s)?[A-Z][\w. ]{1,25}){0,2},(?=\s)")
# "Alnora's subsidiary, Brevin, licensed": the comma that closes does not part who does from what is done
_NAMED_LAST = re.compile(
    r"\b(?:subsidiary|subsidiaries|affiliates?|division|unit|partner|parent|licen[sc]ee|licen[sc]or),\s$"
)
_AND_DOES = re.compile(r",(?=\s(?:has|have|had|will|is|licen[sc]ed|out-licen[sc]ed|[a-z]+ed)\s)")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked sentence and the way back."""

    text: str
    _signs: Mapping[str, Entity]
    _from: tuple[int, ...]  # masked offsets where a piece begins
    _to: tuple[int, ...]  # the document's offsets of the same places

    def source(self, offset: int) -> int:
        """The document's offset of an offset in the masked text."""
        i = bisect_right(self._from, offset) - 1
        return self._to[i] + (offset - self._from[i])

    def find(self, text: str) -> list[Entity]:
        """The entities whose signs stand in a piece of masked text, in order, each once."""
        return list(dict.fromkeys(self._signs[c] for c in text if c in self._signs))

    def of_type(self, type_: str) -> list[Entity]:
        """The entities of one type in the whole sentence."""
        return [e for e in dict.fromkeys(self._signs.values()) if e.type == type_]


_OR = re.compile(r",?\s+or\s+(?:the\s+)?[\"“]?")
_CLOSING = re.compile(
    r"[\"”]?(?:,(?=\s(?:an?|the|certain)\s(?:[\w-]+,?\s){0,7}?(?:licen[sc]es?|rights?|options?)\b))?"
)  # of what is granted


def mask(
    names: Names, document: Document, sentence: Sentence, subject: Entity | None = None, drug: Entity | None = None
) -> Masked:
    """Mask one sentence. `subject` is who "It" at its beginning is, `drug` what "this product candidate" is."""
    text = document.text
    edits: list[tuple[int, int, Entity | str]] = []
    edits += [
        (m.start(), m.end(), DEAL)
        for m in _deal_names(names).finditer(text, sentence.start, sentence.end)
        if not _COMMON_NOUN.fullmatch(m.group()) or _DEFINITE.search(text, max(0, m.start() - 8), m.start())
    ]
    mentions = names.mentions(document, sentence.start, sentence.end)
    edits += [(m.start, m.end, m.entity) for m in mentions]
    speaker = names.speaker(sentence)
    for m in _PRONOUN.finditer(text, sentence.start, sentence.end):
        who = subject if m.group().endswith("company") and names.filer is None and subject is not None else speaker
        if who is not None:
            edits.append((m.start(), m.end(), who))
    first = next((m.entity for m in mentions if m.entity.type == "Company"), None)
    spoken = [Mention(start, end, what) for start, end, what in edits if isinstance(what, Entity)]
    named = sorted({m.start: m for m in (*mentions, *spoken)}.values(), key=lambda m: m.start)
    for m in _IT.finditer(text[sentence.start : sentence.end]):
        at = sentence.start + m.start()
        who = subject if m.start() == 0 else _possessor(text, named, at) or _ahead(text, named, at) or first or subject
        if who is not None:
            edits.append((sentence.start + m.start(), sentence.start + m.end(), who))
    for mention in mentions:
        before = max(sentence.start, mention.start - 70)
        sort = mention.entity.type == "Compound" and _SORT_OF_DRUG.match(text, mention.end, sentence.end)
        its = _ITS_DRUG.search(text[before : mention.start]) if sort else None
        if its and (who := _possessor(text, named, before + its.start()) or first or subject):
            edits.append((before + its.start(), before + its.end(), who))
    if drug is not None:
        edits += [(m.start(), m.end(), drug) for m in _THIS_DRUG.finditer(text, sentence.start, sentence.end)]
    edits += [
        (m.start(), m.end(), " ") for m in _BREAK.finditer(text, sentence.start, sentence.end)
        if not any(one.start < m.start() < one.end for one in mentions)
    ]  # fmt: skip
    edits += [(m.start(), m.end(), "") for m in _SIGN.finditer(text, sentence.start, sentence.end)]
    for mention in mentions:
        aside = _APPOSITION.match(text, mention.end, sentence.end) if mention.entity.type == "Company" else None
        says_more = aside and _SAYS_MORE.search(aside["inside"])
        if aside and not says_more and not any(aside.start() <= m.start < aside.end("inside") for m in mentions):
            edits.append((aside.start(), aside.end("inside"), ""))
    for name, again in pairwise(mentions):  # "Brevin Pharma AG, or Brevin,"
        if again.entity is name.entity and _OR.fullmatch(text, name.end, again.start):
            closing = _CLOSING.match(text, again.end, sentence.end)
            edits.append((name.end, closing.end() if closing else again.end, ""))
    previous = sentence.start
    for mention in mentions:
        if mention.entity.type == "Company":
            place = _OF_A_PLACE.match(text, mention.end, sentence.end)
            if place and not any(
                place.start() <= m.start < place.end() and m.entity is not mention.entity for m in mentions
            ):
                edits.append((place.start(), place.end(), ""))
            if _NAMED_LAST.search(text, max(sentence.start, mention.start - 30), mention.start) and _AND_DOES.match(
                text, mention.end
            ):
                edits.append((mention.end, mention.end + 1, ""))
            begin = max(previous, mention.start - 110)
            kind = _KIND_BEFORE.search(text[begin : mention.start])
            if kind:
                edits.append((begin + kind.start("kind"), begin + kind.end("kind"), ""))
            where = _WHERE_FROM.search(text[begin : mention.start])
            at = begin + where.start("name") if where else begin
            if where and not kind and not any(m.start <= at < m.end for m in named):
                edits.append((begin + where.start("place"), begin + where.end("place"), ""))
        previous = mention.end
    for m in _ASIDE.finditer(text, sentence.start, sentence.end):
        defines = any(what == DEAL and m.start() <= start < m.end() for start, _, what in edits)
        if defines or _is_definition(m.group(), mentions, m.start(), m.end()):
            edits.append((m.start(), m.end(), ""))
    return _build(text, sentence, _disjoint(edits))


def _possessor(text: str, mentions: Sequence[Mention], position: int) -> Entity | None:
    before = [m for m in mentions if m.end <= position and m.entity.type == "Company"]
    if not before:
        return None
    between = re.sub(r"\([^()]*\)|[()]", "", text[before[-1].end : position])
    joined = re.fullmatch(r",?\s*(?:and|including|with|along with|together with)\s*", between)
    return (before[-1] if joined else before[0]).entity


def _ahead(text: str, mentions: Sequence[Mention], position: int) -> Entity | None:
    """Whose "its" is when the sentence names them only then: "Through its subsidiary, Brevin, Alnora makes vaccines"."""
    behind = [m for m in mentions if m.start >= position and m.entity.type == "Company"]
    return next((m.entity for m in behind[1:] if text[m.start - 2 : m.start] == ", "), None)


def _is_definition(aside: str, mentions: Sequence[Mention], start: int, end: int) -> bool:
    if _SHORT_FORM.fullmatch(aside) and any(m.entity.type == "Company" and 0 <= start - m.end <= 1 for m in mentions):
        return True
    if re.search(r"[\"“”‘]|\b(?:[Ff]ormerly|f/k/a|NASDAQ|Nasdaq|NYSE|OTC\w*|TSX|LSE|ASX)\b", aside):
        return True
    if _SAYS_MORE.search(aside):
        return False
    inside = aside.strip(" ()")
    covered = sum(m.end - m.start for m in mentions if start <= m.start and m.end <= end)
    return covered >= 0.6 * len(inside) and not any(
        m.entity.type == "Compound" for m in mentions if start <= m.start < end
    )


def _precedence(edit: tuple[int, int, Entity | str]) -> tuple[int, int, int]:
    start, end, what = edit
    rank = 1 if isinstance(what, Entity) else 2 if end - start == 1 else 0
    return rank, start, -end


def _disjoint(edits: list[tuple[int, int, Entity | str]]) -> list[tuple[int, int, Entity | str]]:
    """Dropped asides and deals' names win over mentions inside them, mentions over lone signs; then the earlier wins."""
    rank = sorted(edits, key=_precedence)
    kept: list[tuple[int, int, Entity | str]] = []
    for edit in rank:
        if all(edit[1] <= k[0] or edit[0] >= k[1] for k in kept):
            kept.append(edit)
    return sorted(kept, key=lambda e: e[0])


def _build(text: str, sentence: Sentence, edits: list[tuple[int, int, Entity | str]]) -> Masked:
    pieces: list[str] = []
    signs: dict[str, Entity] = {}
    counts: Counter[str] = Counter()
    starts: list[int] = []
    sources: list[int] = []
    length = 0

    def add(piece: str, source: int) -> None:
        nonlocal length
        starts.append(length)
        sources.append(source)
        pieces.append(piece)
        length += len(piece)

    def plain(begin: int, end: int) -> None:
        position = begin
        for m in _SPACE.finditer(text, begin, end):
            if m.group() != " ":
                add(text[position : m.start()], position)
                add(" ", m.start())
                position = m.end()
        if position < end:
            add(text[position:end], position)

    position = sentence.start
    for begin, end, what in edits:
        if isinstance(what, Entity) and counts[what.type] >= _ROOM:
            continue
        plain(position, begin)
        if isinstance(what, Entity):
            sign = chr(_FIRST[what.type] + counts[what.type])
            counts[what.type] += 1
            if text[begin:end] in ("we", "the Company") and pieces and pieces[-1].endswith(", "):
                add(NEW_CLAUSE, begin)  # "in our acquisition of Alnora, we acquired" is no list of two
            add(sign, begin)
            signs[sign] = what
            if text[begin:end].lower() in ("our", "its"):
                add("'s", end)
        elif what:
            add(what, begin)
        position = end
    plain(position, sentence.end)
    starts.append(length)
    sources.append(sentence.end)
    return Masked("".join(pieces), signs, tuple(starts), tuple(sources))


def _deal_names(names: Names) -> re.Pattern[str]:
    if not names.deal_names:
        return re.compile(r"(?!)")
    listed = sorted(names.deal_names, key=lambda n: (-len(n), n))
    return re.compile(r"\b(?:" + "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in listed) + r")\b")
