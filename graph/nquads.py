"""What the graph says as RDF statements: lines of N-Triples, made here because nothing else makes them as fast.

Nodes and edges are resources whose IRIs follow from their ids; every edge also stands as one direct triple. There are
no blank nodes. Which named graph a statement stands in is decided in `named_graphs`.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from biopact.graph.records import Edge, Evidence, Node, Value, half_a_character
from biopact.ontology import EdgeType, NodeType, Property, Schema, ValidationError, iris

OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
RDF_TYPE = f"<{iris.RDF_TYPE}> ".encode()
REIFIES = f"<{iris.RDF}reifies> ".encode()
AND = b"\0"  # between what is said by one value; as a character of a text it is escaped
REMEMBERED = 50_000  # terms of each kind: many edges meet in one node, and many have the same date

_SAFE_ID = re.compile(r"[A-Za-z0-9._~/-]+")
_BASE = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`\ud800-\udfff]*[/#]')
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_encode = json.encoder.encode_basestring  # JSON's escapes are all known to N-Triples

Said = Callable[[Any], bytes]  # makes predicates and objects of the values of one property


class Statements:
    """Records as statements, with IRIs of data below one base.

    Lines are in bytes, and `end` is what stands after each: nothing but a dot, or a graph before it. With `reifiers`
    the resource of an edge also reifies its direct triple, as RDF 1.2 has it.
    """

    def __init__(self, schema: Schema, base: str, *, reifiers: bool = False) -> None:
        if not _BASE.fullmatch(base):
            raise ValidationError(f"base IRI {base!r}: expected an absolute IRI that ends with / or #")
        self.schema = schema
        self.base = base
        self.reifiers = reifiers
        self._below = f"<{base}".encode()
        self.node_term = lru_cache(REMEMBERED)(self.resource)
        self.quoted = lru_cache(REMEMBERED)(self.quotation)
        self.plan = lru_cache(REMEMBERED // 10)(self.planned)
        types: list[NodeType | EdgeType] = [*schema.nodes.values(), *schema.edges.values()]
        self.writers = {t.name: {name: self.writer(p) for name, p in t.properties.items()} for t in types}
        self.evidence_of, self.part_of, self.source, self.target = (
            as_iri(iris.ontology_iri(schema, name)) + b" " for name in ("evidence", "PART_OF", "from", "to")
        )
        self.label, self.alternative = (as_iri(iri) + b" " for iri in (iris.LABEL, iris.ALTERNATIVE))
        self.quoted_from, self.attributed = (
            as_iri(PROV + name) + b" " for name in ("wasQuotedFrom", "wasAttributedTo")
        )
        self.selectors = AND.join(RDF_TYPE + as_iri(f"{OA}Text{kind}Selector") for kind in ("Position", "Quote"))
        names = {n.name: n.name for n in schema.nodes.values()} | {e.name: e.class_name for e in schema.edges.values()}
        self.types = {
            type_: b"%b %b" % (as_iri(iris.RDF_TYPE), as_iri(iris.ontology_iri(schema, class_)))
            for type_, class_ in names.items()
        }
        self.direct_predicates = {name: b" %b " % as_iri(iris.ontology_iri(schema, name)) for name in schema.edges}

    def graph_term(self, name: str) -> bytes:
        """A named graph as a term: ``entities``, ``ontology``, or a filing by its id."""
        return as_iri(f"{self.base}graph/{_path(name)}")

    def resource(self, id_: str) -> bytes:
        """A node, edge or piece of evidence as a term."""
        return self._below + (id_ if _SAFE_ID.fullmatch(id_) else _path(id_)).encode() + b">"

    def node(self, node: Node, evidence: Iterable[str], end: bytes) -> bytes:
        """What is known of a node, and which quotations state it."""
        if node.type not in self.schema.nodes:
            raise ValidationError(f"{node.id}: unknown node type {node.type!r}; `biopact check` finds such records")
        subject = self.resource(node.id)
        try:
            said = [self.types[node.type], self.label + _text(node.name)]
            said += [self.alternative + text for text in dict.fromkeys(map(_text, node.aliases))]
        except UnicodeEncodeError as error:
            raise half_a_character(node.id) from error
        said += self.properties(node.id, node.type, node.properties)
        said += map(self.quoted, evidence)
        return lines(subject, said, end)

    def edge(self, edge: Edge, evidence: Iterable[str], end: bytes) -> bytes:
        """An edge as a resource, and which quotations state it."""
        if edge.type not in self.schema.edges:
            raise ValidationError(f"{edge.id}: unknown edge type {edge.type!r}; `biopact check` finds such records")
        said = [
            self.types[edge.type],
            self.source + self.node_term(edge.source),
            self.target + self.node_term(edge.target),
            *self.properties(edge.id, edge.type, edge.properties),
            *map(self.quoted, evidence),
        ]
        if self.reifiers:
            said.append(b"%b<<( %b)>>" % (REIFIES, self.direct(edge.type, edge.source, edge.target, b" ")))
        return lines(self.resource(edge.id), said, end)

    def direct(self, type_: str, source: str, target: str, end: bytes) -> bytes:
        """An edge as one triple."""
        return self.node_term(source) + self.direct_predicates[type_] + self.node_term(target) + end

    def quotations(self, id_: str, evidence: Iterable[str], end: bytes) -> bytes:
        """Which quotations state a resource."""
        return lines(self.resource(id_), map(self.quoted, evidence), end)

    def evidence(self, id_: str, evidence: Evidence, end: bytes) -> bytes:
        """A quotation: where it stands and what it says, in our terms and those of PROV and Web Annotation."""
        document = self.node_term(evidence.document)
        said = [
            self.types["Evidence"],
            self.selectors,
            self.part_of + document,
            self.quoted_from + document,
            self.attributed + self.node_term(f"software/{evidence.extractor}"),
            *self.properties(id_, "Evidence", evidence.properties),
        ]
        return lines(self.resource(id_), said, end)

    def quotation(self, evidence: str) -> bytes:
        """That a resource is stated by a quotation."""
        return self.evidence_of + self.resource(evidence)

    def properties(self, id_: str, type_: str, values: Mapping[str, Value]) -> list[bytes]:
        """Predicate and object of each value, in the order of the properties' names."""
        if not values:
            return []
        name = ""
        try:
            return [said(values[name]) for name, said in self.plan(type_, *values)]
        except UnicodeEncodeError as error:
            raise half_a_character(id_) from error
        except (ValueError, KeyError, TypeError) as error:
            name = next(n for n, said in self.plan(type_, *values) if _fails(said, values[n]))
            raise ValidationError(
                f"{id_}: {type_}.{name} cannot be {values[name]!r}; `biopact check` finds such records"
            ) from error

    def planned(self, type_: str, *names: str) -> list[tuple[str, Said]]:
        """How the properties of these names are written, in order."""
        return [(name, self.writers[type_].get(name, _unknown)) for name in sorted(names)]

    def writer(self, property_: Property) -> Said:
        """A function that makes predicates and objects of a value; ValueError, KeyError or TypeError if it misfits."""
        same = [iris.expand(self.schema, term) for term, how in property_.aligned.items() if how == "same"]
        predicates = [as_iri(iri) + b" " for iri in (iris.ontology_iri(self.schema, property_.name), *same)]
        term = self.term(property_)
        if property_.many:
            return lambda value: AND.join(p + text for p in predicates for text in dict.fromkeys(map(term, value)))
        if property_.type == "integer":  # most are offsets, of which each piece of evidence has two
            datatype = as_iri(iris.DATATYPES["integer"])
            numbers = AND.join(b'%b"%%d"^^%b' % (predicate, datatype) for predicate in predicates)
            return lambda value: numbers % ((_integer(value),) * len(predicates))
        if same:
            several = AND.join(predicate + b"%b" for predicate in predicates)
            return lambda value: several % ((term(value),) * len(predicates))
        first = predicates[0]
        if property_.type in ("boolean", "date", "number") or self.schema.closed_vocabulary(property_) is not None:
            return lru_cache(REMEMBERED // 10, typed=True)(lambda value: first + term(value))  # since 1 == True
        return lambda value: first + term(value)

    def term(self, property_: Property) -> Callable[[Any], bytes]:
        """A function that makes an object of one value."""
        datatype = b'"^^' + as_iri(iris.DATATYPES.get(property_.type, ""))
        if property_.refers_to:
            return lambda value: self.node_term(_string(value))
        if self.schema.closed_vocabulary(property_) is not None and property_.vocabulary is not None:
            concepts: Mapping[Any, bytes] = {
                term: as_iri(iris.concept_iri(self.schema, property_.vocabulary, term))
                for term in self.schema.vocabularies[property_.vocabulary]
            }
            return concepts.__getitem__
        match property_.type:
            case "integer":
                return lambda value: b'"%d' % _integer(value) + datatype
            case "number":
                return lambda value: b'"%b%b' % (_number(value).encode(), datatype)
            case "boolean":
                return lambda value: b'"%b%b' % (_boolean(value).encode(), datatype)
            case "date":
                dates = {length: b'"^^' + as_iri(iri) for length, iri in iris.DATE_DATATYPES.items()}
                return lambda value: b'"%b%b' % (_date(value).encode(), dates[len(value)])
            case "url":
                return lambda value: _text(value)[:-1] + datatype
        # Offsets count in a quote as it stands, so it alone is never composed into NFC.
        return literal if property_.name == "quote" else lru_cache(REMEMBERED // 10)(_text)


def lines(subject: bytes, said: Iterable[bytes], end: bytes = b" .\n") -> bytes:
    """What is said of a subject, predicate and object in one piece, as lines with this end."""
    subject += b" "
    between = end + subject
    text = between.join(said)
    return subject + text.replace(AND, between) + end if text else b""


def end_in(graph: bytes | None) -> bytes:
    """The end of each line in a graph, or in none."""
    return b" %b .\n" % graph if graph else b" .\n"


def _fails(said: Said, value: Value) -> bool:
    try:
        said(value)
    except (ValueError, KeyError, TypeError):
        return True
    return False


def _unknown(value: Value) -> bytes:
    raise KeyError(value)


def as_iri(iri: str) -> bytes:
    """An IRI as a term."""
    return f"<{iri}>".encode()


def literal(text: Any) -> bytes:
    """Words as a term, as they are."""
    return _encode(text).encode()


def _path(id_: str) -> str:
    try:
        return quote(id_, safe="/:@!$&'()*+,;=~")
    except UnicodeEncodeError as error:
        raise ValidationError(f"id {id_!r}: half a character (a lone surrogate) stands in it") from error


def _text(text: Any) -> bytes:
    return literal(text if _string(text).isascii() else unicodedata.normalize("NFC", text))


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _boolean(value: Any) -> str:
    if not isinstance(value, bool):
        raise TypeError(value)
    return "true" if value else "false"


def _date(value: Any) -> str:
    if not _DATE.fullmatch(_string(value)):
        raise ValueError(value)
    return _string(value)


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(value)
    return value


def _number(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(value)
    written = repr(value)
    return format(Decimal(written), "f") if "e" in written else written
