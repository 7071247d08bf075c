"""What the graph says as RDF statements: lines of N-Triples, made here because nothing else makes them as fast.

Nodes and edges are resources whose IRIs follow from their ids; every edge also stands as one direct triple. There are
no blank nodes. Which named graph a statement stands in is decided in `named_graphs`.
"""

from __future__ import annotations

import json
import math
import re
import string
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
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
QUOTED_FROM, ATTRIBUTED = (f"<{PROV}{name}> ".encode() for name in ("wasQuotedFrom", "wasAttributedTo"))
REMEMBERED = 50_000  # terms of each kind: many edges meet in one node, and many have the same date

_IN_ID = (string.ascii_letters + string.digits + "._~/-").encode()  # stands in an IRI as it is
_BASE = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`\ud800-\udfff]*[/#]')
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_encode = json.encoder.encode_basestring  # JSON's escapes are all known to N-Triples

Said = Callable[[Any], Sequence[bytes]]  # makes predicates and objects of the values of one property


class Statements:
    """Records as statements, with IRIs of data below one base.

    Lines are in bytes, and `end` is what stands after each: nothing but a dot, or a graph before it. `count` tells how
    many were made so far. With `reifiers` the resource of an edge also reifies its direct triple, as RDF 1.2 has it.
    """

    def __init__(self, schema: Schema, base: str, *, reifiers: bool = False) -> None:
        if not _BASE.fullmatch(base):
            raise ValidationError(f"base IRI {base!r}: expected an absolute IRI that ends with / or #")
        self.schema = schema
        self.base = base
        self.reifiers = reifiers
        self._below = f"<{base}".encode()
        self.node_term = lru_cache(REMEMBERED)(self.resource)
        self._quoted = lru_cache(REMEMBERED // 10, typed=True)(self._quotation)
        self._standing = lru_cache(REMEMBERED // 10)(self._in_document)
        self.count = 0
        self.plan = lru_cache(REMEMBERED // 10)(self.planned)
        types: list[NodeType | EdgeType] = [*schema.nodes.values(), *schema.edges.values()]
        self.writers = {t.name: {name: self.writer(p) for name, p in t.properties.items()} for t in types}
        self._evidence_of, self._part_of, self._source, self._target = (
            as_iri(iris.ontology_iri(schema, name)) + b" " for name in ("evidence", "PART_OF", "from", "to")
        )
        self._label, self._alternative = (as_iri(iri) + b" " for iri in (iris.LABEL, iris.ALTERNATIVE))
        names = {n.name: n.name for n in schema.nodes.values()} | {e.name: e.class_name for e in schema.edges.values()}
        self.types = {
            type_: b"%b %b" % (as_iri(iris.RDF_TYPE), as_iri(iris.ontology_iri(schema, class_)))
            for type_, class_ in names.items()
        }
        selectors = (RDF_TYPE + as_iri(f"{OA}Text{kind}Selector") for kind in ("Position", "Quote"))
        self._span = (self.types["Evidence"], *selectors)
        self._start, self._end, self._quote = (self.writers["Evidence"][name] for name in ("start", "end", "quote"))
        self.direct_predicates = {name: b" %b " % as_iri(iris.ontology_iri(schema, name)) for name in schema.edges}

    def graph_term(self, name: str) -> bytes:
        """A named graph as a term: ``entities``, ``ontology``, or a filing by its id."""
        return as_iri(f"{self.base}graph/{_path(name)}")

    def resource(self, id_: str) -> bytes:
        """A node, edge or piece of evidence as a term."""
        path = id_.encode("utf-8", "surrogatepass")
        if path.translate(None, _IN_ID) or not path:
            path = _path(id_).encode()
        return self._below + path + b">"

    def lines(self, subject: bytes, said: Sequence[bytes], end: bytes) -> bytes:
        """What is said of a subject, each a predicate and an object, as lines with this end."""
        if not said:
            return b""
        self.count += len(said)
        subject += b" "
        return b"%b%b%b" % (subject, (end + subject).join(said), end)

    def node(self, node: Node, evidence: Iterable[str], end: bytes) -> bytes:
        """What is known of a node, and which quotations state it."""
        if node.type not in self.schema.nodes:
            raise ValidationError(f"{node.id}: unknown node type {node.type!r}; `biopact check` finds such records")
        try:
            said = [self.types[node.type], self._label + _text(node.name)]
            said += [self._alternative + text for text in dict.fromkeys(map(_text, node.aliases))]
        except UnicodeEncodeError as error:
            raise half_a_character(node.id) from error
        said += self.properties(node.id, node.type, node.properties)
        said += self.stated(evidence)
        return self.lines(self.resource(node.id), said, end)

    def edge(self, edge: Edge, evidence: Iterable[str], end: bytes) -> bytes:
        """An edge as a resource, and which quotations state it."""
        if edge.type not in self.schema.edges:
            raise ValidationError(f"{edge.id}: unknown edge type {edge.type!r}; `biopact check` finds such records")
        source, target = self.node_term(edge.source), self.node_term(edge.target)
        said = [self.types[edge.type], self._source + source, self._target + target]
        said += self.properties(edge.id, edge.type, edge.properties)
        said += self.stated(evidence)
        if self.reifiers:
            said.append(b"%b<<( %b%b%b )>>" % (REIFIES, source, self.direct_predicates[edge.type], target))
        return self.lines(self.resource(edge.id), said, end)

    def direct(self, type_: str, source: str, target: str, end: bytes) -> bytes:
        """An edge as one triple."""
        self.count += 1
        return self.node_term(source) + self.direct_predicates[type_] + self.node_term(target) + end

    def quotations(self, id_: str, evidence: Iterable[str], end: bytes) -> bytes:
        """Which quotations state a resource."""
        return self.lines(self.resource(id_), self.stated(evidence), end)

    def evidence(self, id_: str, evidence: Evidence, end: bytes) -> bytes:
        """A quotation: where it stands and what it says, in our terms and those of PROV and Web Annotation."""
        e = evidence
        try:
            confidence, extractor, rule = self._quoted(e.extractor, e.rule, e.confidence, e.page)
            said = (*self._span, *self._standing(e.document), *confidence, *self._end(e.end), *extractor)
            said += (*self._quote(e.quote), *rule, *self._start(e.start))
        except (UnicodeEncodeError, ValueError, TypeError):
            self.properties(id_, "Evidence", e.properties)  # says what is wrong
            raise
        return self.lines(self.resource(id_), said, end)

    def _in_document(self, id_: str) -> Sequence[bytes]:
        """That evidence is of a document."""
        document = self.node_term(id_)
        return self._part_of + document, QUOTED_FROM + document

    def _quotation(self, extractor: str, rule: str, confidence: float, page: int | None) -> Sequence[Sequence[bytes]]:
        """What is said of all evidence that a rule reads: what stands before its end, its words, and its start."""
        write = self.writers["Evidence"]
        by = ATTRIBUTED + self.node_term(f"software/{extractor}")
        read = [*write["extractor"](extractor), *(() if page is None else write["page"](page))]
        return (by, *write["confidence"](confidence)), read, write["rule"](rule)

    def stated(self, evidence: Iterable[str]) -> list[bytes]:
        """That a resource is stated by quotations."""
        return [self._evidence_of + self.resource(id_) for id_ in evidence]

    def properties(self, id_: str, type_: str, values: Mapping[str, Value]) -> list[bytes]:
        """Predicate and object of each value, in the order of the properties' names."""
        if not values:
            return []
        name = ""
        try:
            return [text for name, said in self.plan(type_, *values) for text in said(values[name])]
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
        term, first = self.term(property_), predicates[0]
        if property_.many:
            return lambda value: [p + text for p in predicates for text in dict.fromkeys(map(term, value))]
        if same:

            def several(value: Any) -> Sequence[bytes]:
                text = term(value)
                return [predicate + text for predicate in predicates]

            return several
        if property_.type in ("boolean", "number"):
            return lru_cache(REMEMBERED // 10, typed=True)(lambda value: (first + term(value),))  # since 1 == True
        if property_.type == "date" or self.schema.closed_vocabulary(property_) is not None:
            return lru_cache(REMEMBERED // 10)(lambda value: (first + term(value),))
        return lambda value: (first + term(value),)

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
                number = b'"%d' + datatype
                return lambda value: number % _integer(value)
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


def end_in(graph: bytes | None) -> bytes:
    """The end of each line in a graph, or in none."""
    return b" %b .\n" % graph if graph else b" .\n"


def _fails(said: Said, value: Value) -> bool:
    try:
        said(value)
    except (ValueError, KeyError, TypeError):
        return True
    return False


def _unknown(value: Value) -> Sequence[bytes]:
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
