"""The gate between extraction and everything else: does each record fit the ontology, and quote what it says?"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from biopact.graph.records import Edge, Evidence, Graph, Node, Value
from biopact.ontology import EdgeType, NodeType, Property, Schema, ValidationError, load_schema

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
# What could not stand in an IRI, a file name or a log line.
_NOT_IN_IDS = re.compile(r'[\x00-\x20\x7f<>"{}|\\^`\ud800-\udfff]')
_SHOWN = 10


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One way in which one record does not fit."""

    record: str  # id of the node or edge
    where: str  # the part of it: a property, an end, a piece of evidence
    what: str

    def __str__(self) -> str:
        return f"{self.record}: {self.where}: {self.what}"


def validate(
    records: Graph | Iterable[Node | Edge],
    *,
    texts: Mapping[str, str] | None = None,
    schema: Schema | None = None,
) -> list[Problem]:
    """Every problem of a graph, or of nodes and edges that belong together, sorted by record.

    With `texts` (document id -> text) each quotation is also looked up in its document.
    """
    if isinstance(records, Graph):
        given: list[tuple[str, Node | Edge]] = [*records.nodes.items(), *records.edges.items()]
    else:
        given = [(r.id, r) for r in records]
    nodes = {r.id: r for _, r in given if isinstance(r, Node)}
    check = _Checker(schema or load_schema(), nodes, texts or {})
    seen: set[str] = set()
    problems: set[Problem] = set()
    for key, record in given:
        if key != record.id:
            problems.add(Problem(record.id, "id", f"filed under another id, {key!r}"))
        if record.id in seen:
            problems.add(Problem(record.id, "id", "two records have this id"))
        seen.add(record.id)
        found = check.node(record) if isinstance(record, Node) else check.edge(record)
        problems.update(Problem(record.id, where, what) for where, what in found)
    return sorted(problems)


def ensure_valid(
    records: Graph | Iterable[Node | Edge],
    *,
    texts: Mapping[str, str] | None = None,
    schema: Schema | None = None,
) -> None:
    """Raise ValidationError with the first problems if there are any."""
    problems = validate(records, texts=texts, schema=schema)
    if problems:
        more = f"\n… and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        lines = "\n".join(map(str, problems[:_SHOWN]))
        raise ValidationError(f"{len(problems)} problems with what was read:\n{lines}{more}")


_Found = Iterator[tuple[str, str]]  # where in the record, what is wrong


class _Checker:
    def __init__(self, schema: Schema, nodes: Mapping[str, Node], texts: Mapping[str, str]) -> None:
        self.schema = schema
        self.nodes = nodes
        self.texts = texts

    def node(self, node: Node) -> _Found:
        type_ = self.schema.nodes.get(node.type)
        if type_ is None:
            yield "type", f"unknown node type {node.type!r}; known are {', '.join(self.schema.nodes)}"
            return
        yield from self.id(node.id, type_.prefix)
        for where, texts in (("name", (node.name,)), ("aliases", node.aliases)):
            for text in texts:
                yield from ((where, what) for what in _text(text))
        if len(set(node.aliases)) != len(node.aliases):
            yield "aliases", "one of them stands there twice"
        yield from self.properties(type_, node.properties)
        yield from self.all_evidence(node.evidence)

    def edge(self, edge: Edge) -> _Found:
        type_ = self.schema.edges.get(edge.type)
        if type_ is None:
            yield "type", f"unknown edge type {edge.type!r}; known are {', '.join(self.schema.edges)}"
            return
        yield from self.id(edge.id, type_.prefix)
        for where, end, types in (("source", edge.source, type_.source), ("target", edge.target, type_.target)):
            yield from ((where, what) for what in self.reference(end, types))
        if edge.source == edge.target:
            yield "target", "it joins a node to itself"
        elif type_.symmetric and edge.source > edge.target:
            yield "source", f"{type_.name} is symmetric, so the smaller id is the source; swap the ends"
        yield from self.properties(type_, edge.properties)
        if not edge.evidence and not type_.structural:
            yield "evidence", "there is none; a fact that cannot quote a document does not exist"
        yield from self.all_evidence(edge.evidence)

    def id(self, id_: str, prefix: str) -> _Found:
        if not id_.startswith(f"{prefix}/") or len(id_) == len(prefix) + 1:
            yield "id", f"expected {prefix}/ and a name or hash"
        elif _NOT_IN_IDS.search(id_):
            yield "id", 'a space, control character or one of <>"{}|\\^` stands in it'

    def reference(self, id_: str, types: tuple[str, ...]) -> Iterator[str]:
        node = self.nodes.get(id_)
        if node is None:
            yield f"no node has the id {id_!r}"
        elif node.type not in types:
            yield f"{id_} is a {node.type}, expected {' or '.join(types)}"

    def properties(self, type_: NodeType | EdgeType, values: Mapping[str, Value]) -> _Found:
        for name, value in values.items():
            if name not in type_.properties:
                yield name, f"{type_.name} has no such property; known are {', '.join(type_.properties) or 'none'}"
                continue
            property_ = type_.properties[name]
            if property_.many != isinstance(value, tuple):
                yield name, f"expected {'a tuple' if property_.many else 'one value'}, found {value!r}"
            elif isinstance(value, tuple):
                if not value or len(set(value)) != len(value):
                    yield name, "expected different values and at least one; leave it out if there is none"
                for item in value:
                    yield from ((name, what) for what in self.value(property_, item))
            else:
                yield from ((name, what) for what in self.value(property_, value))
        for name, property_ in type_.properties.items():
            if property_.required and name not in values:
                yield name, f"{type_.name} needs it: {property_.description}"

    def value(self, property_: Property, value: object) -> Iterator[str]:
        match property_.type:
            case "boolean":
                if not isinstance(value, bool):
                    yield f"expected true or false, found {value!r}"
            case "integer" | "number":
                whole_only = property_.type == "integer" and not isinstance(value, int)
                if isinstance(value, bool) or not isinstance(value, int | float) or whole_only:
                    yield f"expected a {property_.type}, found {value!r}"
                else:
                    yield from _number(property_, value)
            case _ if not isinstance(value, str):
                yield f"expected text, found {value!r}"
            case _:
                yield from self.string(property_, value)

    def string(self, property_: Property, value: str) -> Iterator[str]:
        yield from _text(value)
        terms = self.schema.closed_vocabulary(property_)
        if property_.type == "date" and not _is_date(value):
            yield f"expected YYYY, YYYY-MM or YYYY-MM-DD, found {value!r}"
        if property_.type == "url" and not _is_url(value):
            yield f"expected an http or https address, found {value!r}"
        if terms is not None and value not in terms:
            yield f"{value!r} is no {property_.vocabulary}; known are {', '.join(terms)}"
        if property_.pattern and not re.fullmatch(property_.pattern, value):
            yield f"{value!r} has not the form {property_.pattern}"
        if property_.refers_to:
            yield from self.reference(value, property_.refers_to)

    def all_evidence(self, evidence: tuple[Evidence, ...]) -> _Found:
        if len({e.id for e in evidence}) != len(evidence):
            yield "evidence", "one piece of it stands there twice"
        for piece in evidence:
            where = f"evidence {piece.exhibit} {piece.start}-{piece.end}"
            yield from ((where, what) for what in self.evidence(piece))

    def evidence(self, e: Evidence) -> Iterator[str]:
        for name, what in self.properties(self.schema.nodes["Evidence"], e.properties):
            yield f"{name}: {what}"
        if e.end - e.start != len(e.quote):
            yield f"the quote has {len(e.quote)} characters, the span {e.end - e.start}"
        elif e.document in self.texts and self.texts[e.document][e.start : e.end] != e.quote:
            found = self.texts[e.document][e.start : e.end]
            yield f"{e.document} says {found[:60]!r} there, the quote says {e.quote[:60]!r}"
        yield from self.reference(e.document, ("Document",))
        yield from self.reference(e.filing, ("Filing",))
        document = self.nodes.get(e.document)
        if document is not None and document.properties.get("type") != e.exhibit:
            yield f"{e.document} is of type {document.properties.get('type')!r}, the evidence says {e.exhibit!r}"


def _text(value: object) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"expected text, found {value!r}"
    elif not value.strip():
        yield "expected words, found none; leave it out if it is not known"
    elif _LONE_SURROGATE.search(value):
        yield f"half a character (a lone surrogate) stands in {value[:60]!r}; decode the document again"


def _number(property_: Property, value: float) -> Iterator[str]:
    if not math.isfinite(value):
        yield f"expected a finite number, found {value!r}"
    elif property_.minimum is not None and value < property_.minimum:
        yield f"{value!r} is less than {property_.minimum}"
    elif property_.maximum is not None and value > property_.maximum:
        yield f"{value!r} is more than {property_.maximum}"


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value + "0000-01-01"[len(value) :])
    except ValueError:
        return False
    return True


def _is_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not _NOT_IN_IDS.search(value)
