"""What the graph says as RDF statements: lines of N-Quads, made here because nothing else makes them as fast.

Nodes and edges are resources whose IRIs follow from their ids; every edge also stands as one direct triple. What a
filing states is in the named graph of that filing, which one PUT replaces; what resolution makes of it (names,
identifiers, terms) is in the graph of entities. There are no blank nodes.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from urllib.parse import quote

from biopact.graph.records import Edge, Evidence, Graph, Node, Value
from biopact.ontology import EdgeType, NodeType, Property, Schema, ValidationError, iris

PROV = "http://www.w3.org/ns/prov#"

_SAFE_ID = re.compile(r"[A-Za-z0-9._~/-]+")
_BASE = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`\ud800-\udfff]*[/#]')
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_encode = json.encoder.encode_basestring  # JSON's escapes are all known to N-Quads

# One named graph, or None for no graph, with statements that lack their final dot.
Block = tuple[str | None, list[str]]


class Statements:
    """The statements of graphs, with IRIs of data below one base."""

    def __init__(self, schema: Schema, base: str) -> None:
        if not _BASE.fullmatch(base):
            raise ValidationError(f"base IRI {base!r}: expected an absolute IRI that ends with / or #")
        self.schema = schema
        self.base = base
        types: list[NodeType | EdgeType] = [*schema.nodes.values(), *schema.edges.values()]
        self.writers = {
            type_.name: {
                name: (
                    [_iri(iri) for iri in (iris.ontology_iri(schema, name), *_same(schema, property_))],
                    self.writer(property_),
                )
                for name, property_ in type_.properties.items()
            }
            for type_ in types
        }
        self.nodes_met: dict[str, str] = {}
        self.evidence_of = _iri(iris.ontology_iri(schema, "evidence"))
        self.part_of = _iri(iris.ontology_iri(schema, "PART_OF"))
        self.ends = [_iri(iris.ontology_iri(schema, end)) for end in ("from", "to")]
        self.a, self.label, self.alternative = map(_iri, (iris.RDF_TYPE, iris.LABEL, iris.ALTERNATIVE))
        self.class_iris = {
            **{n.name: _iri(iris.ontology_iri(schema, n.name)) for n in schema.nodes.values()},
            **{e.name: _iri(iris.ontology_iri(schema, e.class_name)) for e in schema.edges.values()},
        }
        self.direct = {name: _iri(iris.ontology_iri(schema, name)) for name in schema.edges}

    def merged(self, graph: Graph) -> Iterator[Block]:
        """Every statement once, in no named graph, a block for each resource; sorted by id."""
        direct: set[str] = set()
        for _, node in sorted(graph.nodes.items()):
            subject = self.resource(node.id)
            yield None, [*self.node(node), *self.quoted(subject, sorted({e.id for e in node.evidence}))]
        for _, edge in sorted(graph.edges.items()):
            subject = self.resource(edge.id)
            yield None, [*self.edge(edge, direct), *self.quoted(subject, sorted({e.id for e in edge.evidence}))]
        for id_, evidence in graph.evidence().items():
            yield None, self.evidence(id_, evidence)

    def by_filing(self, graph: Graph) -> Iterator[Block]:
        """The graph of entities, then one named graph for each filing; sorted by id within each.

        An edge stands in the graph of each filing that gives evidence for it.
        """
        filing_of = {e.source: e.target for e in graph.edges.values() if e.type == "PART_OF"}
        filing_of |= {n.id: n.id for n in graph.nodes.values() if n.type == "Filing"}
        entities = _iri(self.graph_iri("entities"))
        own: defaultdict[str | None, list[Node]] = defaultdict(list)
        nodes: defaultdict[str, list[tuple[Node, list[str]]]] = defaultdict(list)
        edges: defaultdict[str | None, list[tuple[Edge, list[str]]]] = defaultdict(list)
        evidence: defaultdict[str, dict[str, Evidence]] = defaultdict(dict)
        for _, node in sorted(graph.nodes.items()):
            own[filing_of.get(node.id)].append(node)
            for filing, ids in _by_filing(node.evidence, evidence).items():
                nodes[filing].append((node, ids))
        for _, edge in sorted(graph.edges.items()):
            stated = _by_filing(edge.evidence, evidence)
            for filing, ids in stated.items():
                edges[filing].append((edge, ids))
            if not stated:
                edges[filing_of.get(edge.target) or filing_of.get(edge.source)].append((edge, []))

        direct: set[str] = set()
        for node in own[None]:
            yield entities, self.node(node)
        for edge, _ in edges[None]:
            yield entities, self.edge(edge, direct)
        filings = {f for f in (*own, *nodes, *edges, *evidence) if f is not None}
        for filing in sorted(filings):
            name = _iri(self.graph_iri(filing))
            yield name, [f"{name} <{PROV}wasDerivedFrom> {self.resource(filing)}"]
            direct = set()
            for node in own[filing]:
                yield name, self.node(node)
            for node, ids in nodes[filing]:
                yield name, self.quoted(self.resource(node.id), ids)
            for edge, ids in edges[filing]:
                yield name, [*self.edge(edge, direct), *self.quoted(self.resource(edge.id), ids)]
            for id_, span in sorted(evidence[filing].items()):
                yield name, self.evidence(id_, span)

    def graph_iri(self, name: str) -> str:
        """The IRI of a named graph: of ``entities``, ``ontology``, or a filing by its id."""
        return f"{self.base}graph/{_path(name)}"

    def resource(self, id_: str) -> str:
        """A node, edge or piece of evidence as a term."""
        return f"<{self.base}{id_ if _SAFE_ID.fullmatch(id_) else _path(id_)}>"

    def node_term(self, id_: str) -> str:
        """The same, remembered: many edges meet in one node."""
        if (term := self.nodes_met.get(id_)) is None:
            term = self.nodes_met[id_] = self.resource(id_)
        return term

    def node(self, node: Node) -> list[str]:
        """What is known of a node, without its evidence."""
        if node.type not in self.schema.nodes:
            raise ValidationError(f"{node.id}: unknown node type {node.type!r}; `biopact check` finds such records")
        subject = self.resource(node.id)
        lines = [f"{subject} {self.a} {self.class_iris[node.type]}", f"{subject} {self.label} {_text(node.name)}"]
        lines += [f"{subject} {self.alternative} {text}" for text in dict.fromkeys(map(_text, node.aliases))]
        return lines + self.properties(subject, node.id, node.type, dict(sorted(node.properties.items())))

    def edge(self, edge: Edge, direct: set[str]) -> list[str]:
        """An edge as a resource, and its direct triple unless it is in `direct` already."""
        if edge.type not in self.schema.edges:
            raise ValidationError(f"{edge.id}: unknown edge type {edge.type!r}; `biopact check` finds such records")
        subject = self.resource(edge.id)
        source, target = self.node_term(edge.source), self.node_term(edge.target)
        lines = [
            f"{subject} {self.a} {self.class_iris[edge.type]}",
            f"{subject} {self.ends[0]} {source}",
            f"{subject} {self.ends[1]} {target}",
        ]
        lines += self.properties(subject, edge.id, edge.type, dict(sorted(edge.properties.items())))
        triple = f"{source} {self.direct[edge.type]} {target}"
        if triple not in direct:
            direct.add(triple)
            lines.insert(0, triple)
        return lines

    def quoted(self, subject: str, evidence_ids: list[str]) -> list[str]:
        """Which quotations state a resource."""
        return [f"{subject} {self.evidence_of} {self.resource(id_)}" for id_ in evidence_ids]

    def evidence(self, id_: str, e: Evidence) -> list[str]:
        """A quotation: where it stands and what it says, in our terms and those of PROV and Web Annotation."""
        subject, document = self.resource(id_), self.node_term(e.document)
        return [
            f"{subject} {self.a} {self.class_iris['Evidence']}",
            f"{subject} {self.part_of} {document}",
            f"{subject} <{PROV}wasQuotedFrom> {document}",
            *self.properties(subject, id_, "Evidence", e.properties),
        ]

    def properties(self, subject: str, id_: str, type_: str, values: Mapping[str, Value]) -> list[str]:
        """One statement for each value, in the order of the properties."""
        lines = []
        writers = self.writers[type_]
        for name, value in values.items():
            try:
                predicates, term = writers[name]
                if isinstance(value, tuple):
                    for predicate in predicates:
                        lines += [f"{subject} {predicate} {text}" for text in dict.fromkeys(map(term, value))]
                else:
                    text = term(value)
                    for predicate in predicates:
                        lines.append(f"{subject} {predicate} {text}")
            except (ValueError, KeyError, TypeError) as error:
                raise ValidationError(
                    f"{id_}: {type_}.{name} cannot be {value!r}; `biopact check` finds such records"
                ) from error
        return lines

    def writer(self, property_: Property) -> Callable[[Value], str]:
        """A function that makes a term of a value; ValueError, KeyError or TypeError where it does not fit."""
        datatype = "^^" + _iri(iris.DATATYPES.get(property_.type, ""))
        if property_.refers_to:
            return lambda value: self.node_term(_string(value))
        if self.schema.closed_vocabulary(property_) is not None and property_.vocabulary is not None:
            concepts: Mapping[Value, str] = {
                term: _iri(iris.concept_iri(self.schema, property_.vocabulary, term))
                for term in self.schema.vocabularies[property_.vocabulary]
            }
            return concepts.__getitem__
        match property_.type:
            case "integer" | "number":
                whole = property_.type == "integer"
                return lambda value: f'"{_number(value, whole)}"{datatype}'
            case "boolean":
                return lambda value: f'"{_boolean(value)}"{datatype}'
            case "date":
                dates = {length: "^^" + _iri(iri) for length, iri in iris.DATE_DATATYPES.items()}
                return lambda value: f'"{_date(value)}"{dates[len(_string(value))]}'
            case "url":
                return lambda value: _text(_string(value)) + datatype
        # Offsets count in a quote as it stands, so it alone is never composed into NFC.
        write = _encode if property_.name == "quote" else _text
        return lambda value: write(_string(value))


def _iri(iri: str) -> str:
    return f"<{iri}>"


def _same(schema: Schema, property_: Property) -> list[str]:
    return [iris.expand(schema, term) for term, relation in property_.aligned.items() if relation == "same"]


def _path(id_: str) -> str:
    try:
        return quote(id_, safe="/:@!$&'()*+,;=~")
    except UnicodeEncodeError as error:
        raise ValidationError(f"id {id_!r}: half a character (a lone surrogate) stands in it") from error


def _text(text: str) -> str:
    return _encode(unicodedata.normalize("NFC", text))


def _string(value: Value) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _boolean(value: Value) -> str:
    if not isinstance(value, bool):
        raise TypeError(value)
    return "true" if value else "false"


def _date(value: Value) -> str:
    if not _DATE.fullmatch(_string(value)):
        raise ValueError(value)
    return _string(value)


def _number(value: Value, whole: bool) -> str:
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float) or not math.isfinite(value):
        raise TypeError(value)
    written = repr(value)
    return format(Decimal(written), "f") if "e" in written else written


def _by_filing(evidence: tuple[Evidence, ...], seen: defaultdict[str, dict[str, Evidence]]) -> dict[str, list[str]]:
    """The ids of the evidence by filing, sorted; each piece is noted in `seen`."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for piece in evidence:
        id_ = piece.id
        seen[piece.filing][id_] = piece
        found[piece.filing].append(id_)
    return {filing: sorted(set(ids)) for filing, ids in found.items()}
