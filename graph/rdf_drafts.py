"""Records while the statements of an RDF file come in, and the graph that they are once all have come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from biopact.graph.records import Edge, Evidence, Graph, Node, Value
from biopact.ontology import Schema, ValidationError


class ForeignError(ValueError):
    """A statement that no export makes; the message says why."""


@dataclass(slots=True)
class Draft:
    """What is known so far of a node, an edge or a piece of evidence. Lists are in the order in which they came."""

    id: str
    single: dict[str, str] = field(default_factory=dict)  # type, name, the ends of an edge, the document of evidence
    values: dict[str, str | int | float | bool] = field(default_factory=dict)
    lists: dict[str, dict[str, None]] = field(default_factory=dict)
    aliases: dict[str, None] = field(default_factory=dict)
    evidence: dict[str, None] = field(default_factory=dict)  # ids

    def be(self, name: str, value: str) -> None:
        """Have this type, name or end; ForeignError if another is known."""
        if self.single.setdefault(name, value) != value:
            raise ForeignError(f"{self.id} has another {name}, {self.single[name]!r}")

    def put(self, name: str, value: str | int | float | bool) -> None:
        """Have the one value of a property; ForeignError if another is known."""
        if self.values.setdefault(name, value) != value:
            raise ForeignError(f"{self.id} has another {name}, {self.values[name]!r}")

    def add(self, name: str, value: str) -> None:
        """Have one more value of a property that is a list."""
        self.lists.setdefault(name, {})[value] = None

    @property
    def properties(self) -> dict[str, Value]:
        """All values by property, sorted."""
        lists = {name: tuple(values) for name, values in self.lists.items()}
        return dict(sorted({**self.values, **lists}.items()))

    def needed(self, name: str, why: str) -> str:
        """The type, the name or an end; ValidationError where nothing told it."""
        if name not in self.single:
            raise ValidationError(f"{self.id}: {why}")
        return self.single[name]


class Drafts:
    """All records by id, and the edges that were told as one triple."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._drafts: dict[str, Draft] = {}
        self.direct: set[tuple[str, str, str]] = set()  # type, source, target

    def __getitem__(self, id_: str) -> Draft:
        """The record of this id, begun when it is first spoken of."""
        draft = self._drafts.get(id_)
        if draft is None:
            draft = self._drafts[id_] = Draft(id_)
        return draft

    def graph(self) -> Graph:
        """The graph that all of them are; ValidationError names one that is not complete."""
        for id_, draft in self._drafts.items():
            type_ = draft.needed("type", "it is spoken of, but nothing says what it is")
            known = self._schema.nodes.get(type_) or self._schema.edges[type_]
            if id_.partition("/")[0] != known.prefix:
                raise ValidationError(f"{id_}: it is said to be a {type_}, whose ids begin with {known.prefix}/")
        edges = {id_: d for id_, d in sorted(self._drafts.items()) if d.single["type"] in self._schema.edges}
        spans = {id_: d for id_, d in self._drafts.items() if d.single["type"] == "Evidence"}
        evidence = self._evidence(spans.values(), edges.values())
        nodes = {
            id_: Node(
                id_,
                draft.single["type"],
                draft.needed("name", "it has no rdfs:label"),
                tuple(draft.aliases),
                draft.properties,
                _cited(draft, evidence),
            )
            for id_, draft in sorted(self._drafts.items())
            if id_ not in edges and id_ not in spans
        }
        graph = Graph(nodes, {id_: _edge(draft, evidence) for id_, draft in edges.items()})
        self._nothing_left(graph, evidence)
        return graph

    def _evidence(self, spans: Iterable[Draft], edges: Iterable[Draft]) -> dict[str, Evidence]:
        whole = {d.single.get("from", ""): d.single.get("to", "") for d in edges if d.single["type"] == "PART_OF"}
        found = {}
        for draft in spans:
            document = draft.needed("document", "nothing says which document it stands in")
            described = self._drafts.get(document)
            if document not in whole or described is None:
                raise ValidationError(f"{draft.id}: its document, {document}, is in no filing")
            if missing := sorted(_OF_EVIDENCE - draft.values.keys()):
                raise ValidationError(f"{draft.id}: it has no {', '.join(missing)}")
            v = draft.values
            piece = Evidence(
                whole[document],
                document,
                str(described.values.get("type", "")),
                int(v["start"]),
                int(v["end"]),
                str(v["quote"]),
                str(v["rule"]),
                str(v["extractor"]),
                v["confidence"],  # type: ignore[arg-type]  # an int and a float have different ids
                int(v["page"]) if "page" in v else None,
            )
            if piece.id != draft.id:  # some triple stores write 1.0 as 1
                piece = replace(piece, confidence=float(piece.confidence))
            if piece.id != draft.id:
                raise ValidationError(
                    f"{draft.id}: not the id that follows from its place, rule and confidence, one of which was altered"
                )
            found[draft.id] = piece
        return found

    def _nothing_left(self, graph: Graph, evidence: Mapping[str, Evidence]) -> None:
        """ValidationError where something would be lost: an edge that has no record, evidence of nothing."""
        if lost := self.direct - {(e.type, e.source, e.target) for e in graph.edges.values()}:
            type_, source, target = min(lost)
            raise ValidationError(f"{source} {type_} {target}: one triple, and no resource tells more of this edge")
        if idle := evidence.keys() - graph.evidence().keys():
            raise ValidationError(f"{min(idle)}: nothing is stated by this evidence")


_OF_EVIDENCE = {"start", "end", "quote", "rule", "extractor", "confidence"}


def _edge(draft: Draft, evidence: Mapping[str, Evidence]) -> Edge:
    source, target = (draft.needed(end, f"nothing says where this edge leads {end}") for end in ("from", "to"))
    return Edge(draft.id, draft.single["type"], source, target, draft.properties, _cited(draft, evidence))


def _cited(draft: Draft, evidence: Mapping[str, Evidence]) -> tuple[Evidence, ...]:
    if unknown := [id_ for id_ in draft.evidence if id_ not in evidence]:
        raise ValidationError(f"{draft.id}: {min(unknown)} states it, and is not told")
    return tuple(sorted(evidence[id_] for id_ in draft.evidence))
