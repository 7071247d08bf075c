"""Collects what the readers of one filing find, and turns it into records at the end.

Every reader (cover page, statements, contracts, ownership forms, subsidiary lists) writes into one `FactBook`; entities
with the same name are one within a filing, and a deal told twice is one `Deal` with two pieces of evidence.
"""

from __future__ import annotations

from collections.abc import Iterable

from biopact.graph.ledger import FilingFacts
from biopact.graph.names import key
from biopact.graph.records import Edge, Evidence, Node, Value, edge_id, told_apart
from biopact.loaders.extraction.deal import Deal, Entity
from biopact.loaders.extraction.namesakes import full_key
from biopact.loaders.extraction.records import filing_records, records_of
from biopact.loaders.filing import Document, Filing


class FactBook:
    """The facts of one filing while they are being read."""

    def __init__(self, filing: Filing, extractor: str) -> None:
        self.filing = filing
        self.extractor = extractor
        self.deals: list[Deal] = []
        self._entities: dict[tuple[str, str], Entity] = {}  # by type and key of a name
        self._full: dict[tuple[str, str], Entity] = {}  # by type and the whole name, legal form included
        self._filers: dict[Entity, list[Evidence]] = {}
        self.keep: list[Entity] = []  # entities that stay even when no edge touches them
        self._relations: dict[tuple[str, Entity, Entity, tuple[str, ...]], tuple[dict[str, Value], list[Evidence]]] = {}

    def quote(self, document: Document, start: int, end: int, rule: str, confidence: float = 0.9) -> Evidence:
        """Evidence for the words from start to end of a document's text."""
        text = document.text[start:end]
        left = len(text) - len(text.lstrip())
        text = text.strip()
        if not text:
            raise ValueError(f"empty quotation at {document.type} {start}:{end} by {rule}")
        start += left
        return Evidence(
            self.filing.id, self.filing.document_id(document), document.type, start, start + len(text), text,
            rule, self.extractor, confidence, document.places.page(start),
        )  # fmt: skip

    def entity(
        self,
        type_: str,
        name: str,
        evidence: Evidence | None = None,
        *,
        aliases: Iterable[str] = (),
        exact: bool = False,
        **properties: Value | None,
    ) -> Entity:
        """The entity of this name, made if the filing has not named it before.

        With `exact`, a namesake of another legal form is another entity: "Alnora LLC" beside "Alnora Limited".
        """
        names = [name, *aliases]
        found = next(filter(None, (self._full.get((type_, full_key(n))) for n in names)), None)
        if found is None and not (exact and full_key(name) != full_key(key(type_, name))):
            found = next(filter(None, (self._entities.get((type_, key(type_, n))) for n in names)), None)
        if found is None:
            found = Entity(type_, name, exact=exact)
        for each in names:
            found.alias(each)
            self._full.setdefault((type_, full_key(each)), found)
            self._entities.setdefault((type_, key(type_, each)), found)
        for k, value in properties.items():
            if value is not None:
                found.properties.setdefault(k, value)
        if evidence is not None and evidence not in found.evidence:
            found.evidence.append(evidence)
        return found

    def find(self, type_: str, name: str) -> Entity | None:
        """The entity of this name, if the filing has named it."""
        return self._full.get((type_, full_key(name))) or self._entities.get((type_, key(type_, name)))

    def filed(self, filer: Entity, evidence: Iterable[Evidence]) -> None:
        """State that a company or person made this filing; it stays even when nothing else is said of it."""
        known = self._filers.setdefault(filer, [])
        known.extend(e for e in evidence if e not in known)

    def relate(
        self,
        type_: str,
        source: Entity,
        target: Entity,
        evidence: Iterable[Evidence],
        **properties: Value | None,
    ) -> None:
        """State an edge that no agreement stands behind (a subsidiary, a stake, a developer); evidence adds up."""
        if source is target:
            return
        apart = told_apart(type_, {k: value for k, value in properties.items() if value is not None})
        relation = self._relations.setdefault((type_, source, target, apart), ({}, []))
        for k, value in properties.items():
            if value is not None:
                relation[0].setdefault(k, value)
        relation[1].extend(e for e in evidence if e not in relation[1])

    def source_of(self, type_: str, target: Entity) -> Entity | None:
        """The first source of a stated relation: who owns a technology, say."""
        return next((s for (t, s, o, _) in self._relations if t == type_ and o is target), None)

    def states(self, type_: str, source: Entity, target: Entity) -> bool:
        """Whether the filing has stated a relation so far."""
        return any((t, s, o) == (type_, source, target) for (t, s, o, _) in self._relations)

    def build(self) -> FilingFacts:
        """The records of all that was found. Entities that no edge touches are left out."""
        nodes, edges = filing_records(self.filing, self.extractor)
        used: set[Entity] = {*self.keep, *self._filers}
        for filer, evidence in self._filers.items():
            id_ = edge_id("FILED", filer.id, self.filing.id)
            edges[id_] = Edge(id_, "FILED", filer.id, self.filing.id, {}, tuple(sorted(evidence)))
        for (type_, source, target, apart), (properties, evidence) in self._relations.items():
            used |= {source, target}
            ends = (source.id, target.id)
            id_ = edge_id(type_, *ends, *apart)
            edges[id_] = Edge(id_, type_, *ends, properties, tuple(sorted(evidence)))
        for deal in self.deals:
            used |= records_of(deal, nodes, edges)[1]
        for entity in sorted(used, key=lambda e: e.id):
            nodes[entity.id] = Node(
                entity.id, entity.type, entity.name, tuple(sorted(entity.aliases)), entity.properties,
                tuple(sorted(entity.evidence)),
            )  # fmt: skip
        return FilingFacts(
            self.filing.id,
            self.extractor,
            {self.filing.document_id(d): d.text for d in self.filing.documents},
            tuple(nodes.values()),
            tuple(edges.values()),
            {self.filing.document_id(d): d.places for d in self.filing.documents},
        )
