"""Short filings about invented companies, and what the rules read in them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Edge, Evidence, Node, Value
from biopact.graph.validate import validate
from biopact.loaders.extraction import RulesExtractor
from biopact.loaders.filing import CoverFact, Document, Filing

Ends = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of one filing, asked for by the names that people use."""

    facts: FilingFacts

    def nodes(self, type_: str) -> list[Node]:
        return [n for n in self.facts.nodes if n.type == type_]

    def names(self, type_: str) -> set[str]:
        return {n.name for n in self.nodes(type_)}

    def node(self, name: str) -> Node:
        """The one entity that goes by this name, or has it among its aliases."""
        named = [n for n in self.facts.nodes if name in (n.name, *n.aliases) and n.type not in ("Filing", "Document")]
        assert len(named) == 1, f"{name!r} is {named or 'nobody'}"
        return named[0]

    def edges(self, type_: str) -> list[Edge]:
        return [e for e in self.facts.edges if e.type == type_]

    def edge(self, type_: str) -> Edge:
        (edge,) = self.edges(type_)
        return edge

    def ends(self, type_: str, rule: str | None = None) -> set[Ends]:
        """Who stands at the two ends of the edges of one type, of one rule's only if it is named."""
        called = {n.id: n.name for n in self.facts.nodes}
        return {
            (called[e.source], called[e.target])
            for e in self.edges(type_)
            if rule is None or any(v.rule == rule for v in e.evidence)
        }

    def agreement(self) -> Node:
        (agreement,) = self.nodes("Agreement")
        return agreement

    def terms(self, kind: str) -> list[Node]:
        return [t for t in self.nodes("Term") if t.properties["kind"] == kind]

    def values(self, kind: str) -> set[Value]:
        """What the terms of one kind say: the wording, else the amount, else the state."""
        return {t.properties.get("value", t.properties.get("amount", t.properties["state"])) for t in self.terms(kind)}

    def deals(self) -> set[str]:
        """The types of edge that pass between companies here."""
        between = {"LICENSES_TO", "COLLABORATES_WITH", "SUPPLIES_TO", "ACQUIRES", "HOLDS_STAKE_IN", "SUBSIDIARY_OF"}
        return between & {e.type for e in self.facts.edges}

    def evidence(self) -> set[Evidence]:
        records: list[Node | Edge] = [*self.facts.nodes, *self.facts.edges]
        return {v for record in records for v in record.evidence}


def filing(*texts: str, filer: str | None = None, date: str | None = None, cik: str | None = None) -> Filing:
    """A filing whose body is the first text and whose further ones are press releases.

    A filer is named on a cover that is put before the body.
    """
    body, *releases = texts
    cover: list[CoverFact] = []
    if filer:
        body = f"{filer}\n\n{body}"
        cover.append(CoverFact("registrant", filer, 1, 0, len(filer)))
        if cik:
            cover.append(CoverFact("cik", cik, 1, 0, len(filer)))
    documents = [
        Document(i, "8-K" if i == 1 else f"EX-99.{i - 1}", text, 0, len(text))
        for i, text in enumerate([body, *releases], 1)
    ]
    mark = hashlib.sha256("\x1f".join((body, *releases, date or "")).encode("utf-8", "surrogatepass")).hexdigest()
    return Filing("given.txt", mark, "8-K", None, date, tuple(documents), tuple(cover))


def tell(*texts: str, filer: str | None = None, date: str | None = None, cik: str | None = None) -> Told:
    """What the rules read in such a filing; every record is a good one and quotes what it says."""
    facts = RulesExtractor().extract(filing(*texts, filer=filer, date=date, cik=cik))
    problems = validate((*facts.nodes, *facts.edges), texts=facts.texts)
    assert not problems, "\n".join(map(str, problems))
    return Told(facts)
