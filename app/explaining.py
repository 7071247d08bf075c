"""How the rules come by the facts of one filing, sentence by sentence: what matched, was found, was refused."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from biopact.app.pipeline import gate
from biopact.app.tables import cell
from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Edge, Evidence, Node
from biopact.loaders.extraction.extractor import RulesExtractor
from biopact.loaders.extraction.masking import Masked
from biopact.loaders.extraction.sentences import Sentence, sentences
from biopact.loaders.extraction.statements import rules
from biopact.loaders.extraction.trace import Trace, Why
from biopact.loaders.filing import Document, Filing
from biopact.ontology import load_schema

# What an edge shows anyway, or what another line says.
_UNTOLD = ("agreement", "subjects", "asset")
_SAID_BY_NODES = ("PARTY_TO", "COVERS", "HAS_TERM", "FILED")


@dataclass(frozen=True, slots=True)
class Fact:
    """A record that the words of a sentence state."""

    kind: str  # statement, agreement, term, name
    type: str  # of the edge or node
    says: str
    rule: str
    start: int  # of the quotation, in the document
    end: int
    problem: str = ""  # why the gate refused it


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a rule matched, and what became of it."""

    rule: str
    start: int  # in the document
    end: int
    why: Why | None = None  # it was refused
    words: str = ""  # that say so
    facts: tuple[Fact, ...] = ()

    @property
    def outcome(self) -> str:
        """``refused``, ``found``, or ``nothing`` where what it states came to no record."""
        return "refused" if self.why else "found" if self.facts else "nothing"


@dataclass(slots=True)
class Explained:
    """One sentence and all that was made of it."""

    number: int  # in the filing, from 1
    document: Document
    sentence: Sentence
    reader: str  # that the document was given to
    seen: str = ""  # the sentence as rules see it
    passed_over: Why | None = None
    matches: list[Match] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)  # that no match above accounts for: terms, names, tables, clauses

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.document.text[self.sentence.start : self.sentence.end]

    @property
    def speaks(self) -> bool:
        """Whether anything matched or was found in it."""
        return bool(self.matches or self.facts)


def explain(filing: Filing) -> list[Explained]:
    """Every sentence of a filing with what the rules made of it, in reading order."""
    recorder = _Recorder()
    told = RulesExtractor().extract(filing, recorder)
    _, problems = gate(told)
    refused = {p.record: f"{p.where}: {p.what}" for p in problems}
    facts = _facts(told, refused)
    found: list[Explained] = []
    for document in filing.documents:
        reader = recorder.readers.get(document.sequence, "header")
        of_document = facts.get(filing.document_id(document), [])
        heard = recorder.heard.get(document.sequence)
        if heard is None:  # read by its form, not sentence by sentence
            heard = [_Heard(s, None, None) for s in sentences(document)] if of_document else []
        own = [_explained(document, reader, h) for h in heard]
        _assign(own, of_document)
        found += own
    for number, each in enumerate(found, 1):
        each.number = number
    return found


def summary(explained: Iterable[Explained]) -> str:
    """How many sentences there are and what became of them, in one line."""
    explained = list(explained)
    stated = sum(any(m.outcome == "found" for m in e.matches) or bool(e.facts) for e in explained)
    refused = sum(any(m.why for m in e.matches) for e in explained)
    over = Counter(e.passed_over for e in explained if e.passed_over)
    reasons = ", ".join(f"{why}: {n:,}" for why, n in sorted(over.items()))
    return (
        f"{len(explained):,} sentences; something found in {stated:,}, a match refused in {refused:,}, "
        f"passed over {over.total():,}{f' ({reasons})' if reasons else ''}"
    )


def readable(masked: Masked) -> str:
    """A masked sentence with names in place of their signs."""
    pieces = ((masked.find(sign), sign) for sign in masked.text)
    return "".join(f"⟨{named[0].name}⟩" if named else _PLAIN.get(sign, sign) for named, sign in pieces)


def to_json(filing: Filing, explained: Iterable[Explained]) -> dict[str, Any]:
    """The same for a program."""
    return {"filing": filing.id, "source": filing.source, "sentences": [_sentence(e) for e in explained]}


_PLAIN = {"\uec00": "⟨the agreement⟩", "\uec01": ""}  # signs that stand for no entity; patterns.py names them


@dataclass(slots=True)
class _Heard:
    sentence: Sentence
    masked: Masked | None
    passed_over: Why | None
    matches: list[Match] = field(default_factory=list)


class _Recorder(Trace):
    """Keeps what extraction tells."""

    def __init__(self) -> None:
        self.readers: dict[int, str] = {}
        self.heard: dict[int, list[_Heard]] = {}
        self._last: _Heard

    def document(self, document: Document, reader: str) -> None:
        self.readers[document.sequence] = reader

    def sentence(
        self, document: Document, sentence: Sentence, masked: Masked | None, passed_over: Why | None = None
    ) -> None:
        self._last = _Heard(sentence, masked, passed_over)
        self.heard.setdefault(document.sequence, []).append(self._last)

    def matched(self, rule: str, start: int, end: int) -> None:
        self._note(rule, start, end, None, "")

    def refused(self, rule: str, start: int, end: int, why: Why, words: str = "") -> None:
        self._note(rule, start, end, why, words)

    def _note(self, rule: str, start: int, end: int, why: Why | None, words: str) -> None:
        if (masked := self._last.masked) is not None:
            match = Match(rule, masked.source(start), masked.source(end), why, words)
            if match not in self._last.matches:
                self._last.matches.append(match)


def _explained(document: Document, reader: str, heard: _Heard) -> Explained:
    seen = readable(heard.masked) if heard.masked else ""
    matches = sorted(heard.matches, key=lambda m: (m.start, m.why is not None, m.rule))
    return Explained(0, document, heard.sentence, reader, seen, heard.passed_over, matches)


def _assign(explained: Sequence[Explained], facts: Iterable[Fact]) -> None:
    """Give each fact to the sentence that holds its words, there to the match that states it."""
    starts = [e.sentence.start for e in explained]
    for fact in facts:
        at = max(0, bisect_right(starts, fact.start) - 1)
        if not explained:
            return
        own = explained[at]
        for i, match in enumerate(own.matches):
            if not match.why and match.rule == fact.rule and match.start <= fact.start and fact.end <= match.end:
                own.matches[i] = Match(match.rule, match.start, match.end, facts=(*match.facts, fact))
                break
        else:
            own.facts.append(fact)


def _facts(told: FilingFacts, refused: Mapping[str, str]) -> dict[str, list[Fact]]:
    """Facts by the document that states them, in reading order."""
    names = {n.id: n.name for n in told.nodes}
    found: dict[str, set[Fact]] = {}
    records: list[tuple[Node | Edge, str, str]] = [
        *((n, *_told_of(n)) for n in told.nodes),
        *((e, "statement", _says(e, names)) for e in told.edges if e.type not in _SAID_BY_NODES),
    ]
    for record, kind, says in records:
        for v in record.evidence:
            fact = Fact(kind, record.type, says, v.rule, v.start, v.end, refused.get(record.id, ""))
            if not _mirrors(kind, v):
                found.setdefault(v.document, set()).add(fact)
    order = {"statement": 0, "agreement": 1, "term": 2, "name": 3}
    return {
        document: sorted(facts, key=lambda f: (f.start, order[f.kind], f.end, f.says))
        for document, facts in found.items()
    }


def _mirrors(kind: str, evidence: Evidence) -> bool:
    """Whether an agreement quotes what one of its terms or edges quotes: only what speaks of it as such is its own."""
    return kind == "agreement" and not evidence.rule.startswith("agreement/")


def _told_of(node: Node) -> tuple[str, str]:
    if node.type == "Agreement":
        return "agreement", node.name
    return ("term", node.name) if node.type == "Term" else ("name", f"{node.type} {node.name}")


def _says(edge: Edge, names: Mapping[str, str]) -> str:
    source, target = names.get(edge.source, edge.source), names.get(edge.target, edge.target)
    subjects = edge.properties.get("subjects")
    about = [names.get(s, s) for s in subjects] if isinstance(subjects, tuple) else []
    own = [f"{k} {cell(v)}" for k, v in sorted(edge.properties.items()) if k not in _UNTOLD]
    details = "; ".join([*(["about " + ", ".join(about)] if about else []), *own])
    arrow = "and" if load_schema().edges[edge.type].symmetric else "to"
    return f"{edge.type}: {source} {arrow} {target}{f' ({details})' if details else ''}"


def _sentence(explained: Explained) -> dict[str, Any]:
    edges = {rule.name: rule.edge for rule in rules()}
    return {
        "number": explained.number,
        "document": explained.document.type,
        "reader": explained.reader,
        "start": explained.sentence.start,
        "end": explained.sentence.end,
        "heading": explained.sentence.heading,
        "is_heading": explained.sentence.is_heading,
        "text": explained.text,
        "seen": explained.seen,
        "passed_over": explained.passed_over,
        "matches": [
            {
                "rule": m.rule,
                "group": m.rule.partition("/")[0],
                "edge": edges.get(m.rule),
                "outcome": m.outcome,
                "why": m.why,
                "words": m.words,
                "start": m.start,
                "end": m.end,
                "quote": explained.document.text[m.start : m.end],
                "facts": list(_fact_records(m.facts)),
            }
            for m in explained.matches
        ],
        "facts": list(_fact_records(explained.facts)),
    }


def _fact_records(facts: Iterable[Fact]) -> Iterator[dict[str, Any]]:
    for f in facts:
        yield {
            "kind": f.kind, "type": f.type, "says": f.says, "rule": f.rule, "start": f.start, "end": f.end,
            "problem": f.problem or None,
        }  # fmt: skip
