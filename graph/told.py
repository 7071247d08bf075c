"""What a graph in memory or a store tells, record by record, in the order in which exports write it."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Protocol

from biopact.graph.records import Edge, Evidence, Graph, Node
from biopact.graph.store import Rows, evidence_of, own
from biopact.ontology import ValidationError
from biopact.ontology.schema import EDGE_RESERVED, NODE_RESERVED

_EVIDENCE = re.compile("evidence/[0-9a-f]{16}")

# The filings that state a record, each with the ids of its evidence for it; sorted.
Sources = tuple[tuple[str, tuple[str, ...]], ...]


class Told(Protocol):
    """Records sorted by id, as often as one likes. Their own `evidence` may be empty: `Sources` tell it."""

    held: bool  # whether all of it is in memory anyway

    def nodes(self) -> Iterator[tuple[Node, Sources]]:
        """Every node but evidence."""

    def edges(self) -> Iterator[tuple[Edge, Sources]]:
        """Every edge, but for those from evidence to its document."""

    def spans(self) -> Iterator[tuple[str, Evidence]]:
        """Every piece of evidence by its id; asked for after nodes and edges."""

    def filing(self, id_: str) -> str:
        """The filing that a document or a filing belongs to; of anything else nothing."""


def told_by(source: Graph | Rows) -> Told:
    """What a graph or a store tells."""
    return _Held(source) if isinstance(source, Graph) else _Stored(source)


class _Held:
    held = True

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._spans: dict[str, Evidence] = {}  # as the nodes and edges pass that they state
        self._filing_of = {e.source: e.target for e in graph.edges.values() if e.type == "PART_OF"}
        self._filing_of |= {n.id: n.id for n in graph.nodes.values() if n.type == "Filing"}

    def nodes(self) -> Iterator[tuple[Node, Sources]]:
        for id_ in sorted(self._graph.nodes):
            node = self._graph.nodes[id_]
            yield node, self._sources(node.evidence)

    def edges(self) -> Iterator[tuple[Edge, Sources]]:
        for id_ in sorted(self._graph.edges):
            edge = self._graph.edges[id_]
            yield edge, self._sources(edge.evidence)

    def spans(self) -> Iterator[tuple[str, Evidence]]:
        yield from sorted(self._spans.items(), key=itemgetter(0))

    def filing(self, id_: str) -> str:
        return self._filing_of.get(id_, "")

    def _sources(self, evidence: Sequence[Evidence]) -> Sources:
        if len(evidence) == 1:  # as most have
            id_ = evidence[0].id
            self._spans[id_] = evidence[0]
            return ((evidence[0].filing, (id_,)),)
        pieces = {piece.id: piece for piece in evidence}
        self._spans |= pieces
        return _by_filing([(piece.filing, id_) for id_, piece in pieces.items()])


class _Stored:
    held = False

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._places = Places(rows.parts())
        self._types = {row.properties["id"]: row.properties["type"] for row in rows.node_rows(("Document",))}

    def nodes(self) -> Iterator[tuple[Node, Sources]]:
        for row in self._rows.node_rows():
            if row.label != "Evidence":
                p = row.properties
                node = Node(p["id"], row.label, p["name"], tuple(p.get("aliases", ())), own(p, NODE_RESERVED))
                yield node, self._sources(p.get("evidence", ()))

    def spans(self) -> Iterator[tuple[str, Evidence]]:
        for row in self._rows.node_rows(("Evidence",)):
            id_ = row.properties["id"]
            document = self._places.document(id_)
            yield id_, evidence_of(row, self._places.filing(document), document, self._types.get(document, ""))

    def edges(self) -> Iterator[tuple[Edge, Sources]]:
        for row in self._rows.edge_rows():
            if not row.source.startswith("evidence/"):
                p = row.properties
                edge = Edge(p["id"], row.type, row.source, row.target, own(p, EDGE_RESERVED))
                yield edge, self._sources(row.properties.get("evidence", ()))

    def filing(self, id_: str) -> str:
        return self._places.filing(id_)

    def _sources(self, evidence: Iterable[str]) -> Sources:
        return _by_filing([(self._places.filing(self._places.document(id_)), id_) for id_ in evidence])


def _by_filing(evidence: Sequence[tuple[str, str]]) -> Sources:
    if len(evidence) < 2:
        return ((evidence[0][0], (evidence[0][1],)),) if evidence else ()
    return tuple(
        (filing, tuple(id_ for _, id_ in same)) for filing, same in groupby(sorted(set(evidence)), itemgetter(0))
    )


class Places:
    """Which document each piece of evidence stands in, and which filing each document is of; 12 bytes for evidence."""

    def __init__(self, parts: Iterable[tuple[str, str]]) -> None:
        self._filing_of: dict[str, str] = {}
        numbers: dict[str, int] = {}
        found = array("Q"), array("I")
        for part, whole in parts:
            if part.startswith("evidence/"):
                found[0].append(_number(part))
                found[1].append(numbers.setdefault(whole, len(numbers)))
            else:
                self._filing_of[part] = whole
        order = sorted(range(len(found[0])), key=found[0].__getitem__)
        self._documents = list(numbers)
        self._evidence, self._stands_in = (array(a.typecode, map(a.__getitem__, order)) for a in found)

    def document(self, evidence: str) -> str:
        """The document that a piece of evidence stands in; ValidationError if nothing tells."""
        number = _number(evidence)
        at = bisect_left(self._evidence, number)
        if at == len(self._evidence) or self._evidence[at] != number:
            raise ValidationError(f"{evidence}: this evidence is in no document; `biopact check` finds such records")
        return self._documents[self._stands_in[at]]

    def filing(self, id_: str) -> str:
        """The filing that a document or a filing belongs to; of anything else nothing."""
        return id_ if id_.startswith("filing/") else self._filing_of.get(id_, "")


def _number(evidence: str) -> int:
    if not _EVIDENCE.fullmatch(evidence):
        raise ValidationError(f"{evidence!r}: the id of evidence has 16 hex digits; `biopact rebuild` makes it anew")
    return int(evidence[9:], 16)
