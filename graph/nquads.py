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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple
from urllib.parse import quote

from biopact.graph.records import Edge, Evidence, Node, Value, half_a_character
from biopact.ontology import EdgeType, NodeType, Property, Schema, ValidationError, iris

OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
RDF_TYPE = f"<{iris.RDF_TYPE}> ".encode()
REIFIES = f"<{iris.RDF}reifies> ".encode()
_INTEGER = f"<{iris.DATATYPES['integer']}>".encode()
QUOTED_FROM, ATTRIBUTED = (f"<{PROV}{name}> ".encode() for name in ("wasQuotedFrom", "wasAttributedTo"))
REMEMBERED = 50_000  # terms of each kind: many edges meet in one node, and many have the same date

_IN_ID = (string.ascii_letters + string.digits + "._~/-").encode()  # stands in an IRI as it is
_BASE = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`\ud800-\udfff]*[/#]')
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_FILLED_IN = {"start": b'"%%d"^^%b' % _INTEGER, "end": b'"%%d"^^%b' % _INTEGER, "quote": b"%b"}
_SUBJECT, _PLACE, _END = b"\0", b"\1", b"\2"  # to be filled in; what is written has no such characters
_encode = json.encoder.encode_basestring  # JSON's escapes are all known to N-Triples

Said = Callable[[Any], Sequence[bytes]]  # makes predicates and objects of the values of one property


class _Form(NamedTuple):
    """Lines about _SUBJECT with places for values, how many they are, and which of the values goes to which place."""

    lines: bytes
    number: int
    places: Callable[[tuple[object, ...]], tuple[object, ...]]


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
        self._forms = lru_cache(REMEMBERED // 10, typed=True)(self._form)
        self._read = lru_cache(REMEMBERED // 10, typed=True)(self._quotation)
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
        self.direct_predicates = {name: b" %b " % as_iri(iris.ontology_iri(schema, name)) for name in schema.edges}

    def graph_term(self, name: str) -> bytes:
        """A named graph as a term: ``entities``, ``ontology``, or a filing by its id."""
        return as_iri(f"{self.base}graph/{_path(name)}")

    def resource(self, id_: str) -> bytes:
        """A node, edge or piece of evidence as a term."""
        if not id_.isascii() or not id_ or (path := id_.encode()).translate(None, _IN_ID):
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

    def edges(
        self, edges: Iterable[tuple[Edge, Iterable[str]]], end: bytes, *, direct: bool = False
    ) -> Iterator[bytes]:
        """Each edge as a resource, and which quotations state it; with `direct` also as a triple, each once."""
        term, resource, types, plan = self.node_term, self.resource, self.types, self.plan
        from_, to, predicates, stated = self._source, self._target, self.direct_predicates, self._evidence_of
        written: set[bytes] = set()
        for edge, evidence in edges:
            type_, properties, first = edge.type, edge.properties, b""
            if type_ not in predicates:
                raise ValidationError(f"{edge.id}: unknown edge type {type_!r}; `biopact check` finds such records")
            source, target = term(edge.source), term(edge.target)
            said = [types[type_], from_ + source, to + target]
            if properties:
                try:
                    for name, write in plan(type_, *properties):
                        said += write(properties[name])
                except (ValueError, KeyError, TypeError):
                    self.properties(edge.id, type_, properties)  # says what is wrong
                    raise
            for id_ in evidence:
                said.append(stated + resource(id_))
            if direct or self.reifiers:
                triple = source + predicates[type_] + target
                if self.reifiers:
                    said.append(b"%b<<( %b )>>" % (REIFIES, triple))
                if direct and triple not in written:
                    written.add(triple)
                    first = triple + end
                    self.count += 1
            subject = resource(edge.id) + b" "
            self.count += len(said)
            yield b"%b%b%b%b" % (first, subject, (end + subject).join(said), end)

    def direct(self, type_: str, source: str, target: str, end: bytes) -> bytes:
        """An edge as one triple."""
        self.count += 1
        return self.node_term(source) + self.direct_predicates[type_] + self.node_term(target) + end

    def quotations(self, id_: str, evidence: Iterable[str], end: bytes) -> bytes:
        """Which quotations state a resource."""
        return self.lines(self.resource(id_), self.stated(evidence), end)

    def spans(self, spans: Iterable[tuple[str, Evidence]], end: bytes) -> Iterator[bytes]:
        """Each quotation: where it stands and what it says, in our terms and those of PROV and Web Annotation."""
        forms, resource = self._forms, self.resource
        for id_, e in spans:
            try:
                form, number, places = forms(e.document, end, e.extractor, e.rule, e.confidence, e.page)
                start, stop = e.start, e.end
                if type(start) is not int or type(stop) is not int:
                    raise TypeError((start, stop))
                said = form % places((start, stop, _encode(e.quote).encode()))
            except (ValueError, TypeError):
                self.properties(id_, "Evidence", e.properties)  # says what is wrong
                raise
            self.count += number
            yield said.replace(_SUBJECT, resource(id_))

    def _form(self, document: str, end: bytes, extractor: str, rule: str, confidence: float, page: int | None) -> _Form:
        """What all evidence has in common that a rule reads in a document."""
        form = self._read(extractor, rule, confidence, page)
        lines = form.lines.replace(_PLACE, _as_form(self.node_term(document))).replace(_END, _as_form(end))
        return form._replace(lines=lines)

    def _quotation(self, extractor: str, rule: str, confidence: float, page: int | None) -> _Form:
        """What all evidence has in common that a rule reads, _PLACE and _END still to be filled in."""
        said = [*self._span, self._part_of + _PLACE, QUOTED_FROM + _PLACE]
        said.append(ATTRIBUTED + self.node_term(f"software/{extractor}"))
        said = [_as_form(text) for text in said]
        same = {"confidence": confidence, "extractor": extractor, "page": page, "rule": rule}
        places: list[int] = []
        for name, property_ in sorted(self.schema.nodes["Evidence"].properties.items()):
            if name in _FILLED_IN:
                open_ = [_as_form(predicate) + _FILLED_IN[name] for predicate in self.predicates(property_)]
                places += [list(_FILLED_IN).index(name)] * len(open_)
                said += open_
            elif (value := same[name]) is not None:
                said += map(_as_form, self.writers["Evidence"][name](value))
        lines = b"".join(b"%b %b%b" % (_SUBJECT, text, _END) for text in said)
        return _Form(lines, len(said), itemgetter(*places))

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
        term, (first, *same) = self.term(property_), (predicates := self.predicates(property_))
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

    def predicates(self, property_: Property) -> list[bytes]:
        """Our term for a property, and those that mean the same."""
        same = [iris.expand(self.schema, term) for term, how in property_.aligned.items() if how == "same"]
        return [as_iri(iri) + b" " for iri in (iris.ontology_iri(self.schema, property_.name), *same)]

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


def _as_form(text: bytes) -> bytes:
    return text.replace(b"%", b"%%")


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
