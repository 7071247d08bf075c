"""RDF that an export wrote, read back: the same nodes, edges and evidence, in whatever order the statements come.

Statements that follow from others (the direct triple of an edge, provenance, identifiers, links, the description, the
ontology) are passed over, since every export makes them anew. Any other statement is refused.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, TypeVar, cast
from urllib.parse import unquote

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from biopact.graph.nquads import OA, REMEMBERED, Statements
from biopact.graph.rdf import FORMATS
from biopact.graph.rdf_drafts import Draft, Drafts, ForeignError
from biopact.graph.rdf_triples import PREFIXES
from biopact.graph.records import Graph
from biopact.ontology import EdgeType, NodeType, Property, Schema, ValidationError, iris, load_schema

T = TypeVar("T")
Term = NamedNode | Literal | BlankNode | Triple
Read = Callable[[Draft, Term], None]  # takes in the object of a statement of one predicate
Progress = Callable[[int, int, str], None]  # kilobytes read, kilobytes in all, what is under way

# What is said of records beside what they hold, and the first parts of ids that no record has.
_FOLLOWS = (
    "adms:identifier", "owl:sameAs", "prov:hadPrimarySource", "prov:wasAttributedTo", "prov:wasGeneratedBy",
    "prov:wasQuotedFrom", "rdf:reifies", "schema:alternateName", "schema:sameAs", "skos:exactMatch",
)  # fmt: skip
_BESIDE = frozenset({"dataset", "extraction", "graph", "identifier", "retrieval", "software"})
_PASSED_OVER = ("description", "links", "ontology")  # named graphs
_OF_THE_ONTOLOGY = ("ontology", "shapes", "vocabulary/")
_UNREADABLE = (OSError, EOFError, zlib.error)
_STEP = 10_000  # statements from one sign of progress to the next
_SHOWN = 300  # characters of a statement that is refused
_HEAD = 1000  # bytes
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LARGEST = 1 << 63  # that stores hold as a whole number; above it exports have floats only
# How RDF/XML begins: with an element. What may stand before it can define entities that grow without end.
_ELEMENT = re.compile(rb"(\xef\xbb\xbf)?\s*(<\?xml[^<>]*\?>)?\s*<[A-Za-z]")
_BOOLEANS = {"true": True, "false": False}
_HELP = "only what `biopact export` wrote can be loaded as RDF; push other statements into a graph of their own"


def is_rdf(name: str) -> bool:
    """Whether a file's name ends as one of RDF does, packed or not.

    >>> is_rdf("graph.nq.gz"), is_rdf("8-K.txt")
    (True, False)
    """
    return Path(name.removesuffix(".gz")).suffix in FORMATS


def read_rdf(path: Path, *, schema: Schema | None = None, progress: Progress = lambda done, total, what: None) -> Graph:
    """The graph that an export wrote to this file, below whatever base.

    ValidationError, with the line where the form has one statement to a line, says what does not belong to such a
    graph, and names a record that is not complete.
    """
    schema = schema or load_schema()
    reader = _Reader(Statements(schema, _base_of(path, schema)))
    with quads_of(path, progress) as quads:
        for quad in quads:
            try:
                reader.take(quad)
            except ForeignError as error:
                place = f"{path}{_line_of(path, quad)}"
                raise ValidationError(f"{place}: {_shown(quad)}: {error}; {_HELP}") from error
    try:
        return reader.drafts.graph()
    except ValidationError as error:
        raise ValidationError(f"{path}: {error}; export the graph again") from error


class _Reader:
    """Takes in statements of one base."""

    def __init__(self, statements: Statements) -> None:
        self._schema = schema = statements.schema
        self.drafts = Drafts(schema)
        self._statements = statements
        self._graphs = f"{statements.base}graph/"
        self._ontology = tuple(schema.base_iri + part for part in _OF_THE_ONTOLOGY)
        self._types = {iris.ontology_iri(schema, n.name): n.name for n in schema.nodes.values()}
        self._types |= {iris.ontology_iri(schema, e.class_name): e.name for e in schema.edges.values()}
        types: list[NodeType | EdgeType] = [*schema.nodes.values(), *schema.edges.values()]
        self._prefixes = {type_.prefix for type_ in types} | _BESIDE
        self._concepts = {
            iris.concept_iri(schema, name, term): term for name, terms in schema.vocabularies.items() for term in terms
        }
        self._id = lru_cache(REMEMBERED)(self._id_of)
        self._readers: dict[str, Read] = {
            iris.RDF_TYPE: self._type,
            iris.LABEL: self._label,
            iris.ALTERNATIVE: lambda draft, term: draft.aliases.update({_text(term): None}),
            iris.ontology_iri(schema, "evidence"): lambda draft, term: draft.evidence.update(
                {self._resource(term): None}
            ),
            iris.ontology_iri(schema, "from"): lambda draft, term: draft.be("from", self._resource(term)),
            iris.ontology_iri(schema, "to"): lambda draft, term: draft.be("to", self._resource(term)),
        }
        for edge in schema.edges.values():
            self._readers[iris.ontology_iri(schema, edge.name)] = self._direct(edge.name)
        for owner in types:
            for property_ in owner.properties.values():
                self._readers[iris.ontology_iri(schema, property_.name)] = self._property(property_)
                for term, how in property_.aligned.items():
                    if how == "same":
                        self._readers[iris.expand(schema, term)] = _nothing
        for term in _FOLLOWS:
            prefix, _, name = term.partition(":")
            self._readers[PREFIXES[prefix] + name] = _nothing

    def take(self, quad: Quad) -> None:
        """Take a statement in; ForeignError if no export makes such."""
        graph, subject = quad.graph_name, quad.subject
        if not isinstance(graph, DefaultGraph):
            name = graph.value
            if not name.startswith(self._graphs):
                raise ForeignError(f"no named graph of an export; expected {self._graphs} before its name")
            if name[len(self._graphs) :] in _PASSED_OVER:
                return
        if not isinstance(subject, NamedNode):
            raise ForeignError("its subject has no IRI, and an export gives one to everything")
        iri = subject.value
        if iri.startswith(self._ontology) or (id_ := self._id(iri)).partition("/")[0] in _BESIDE:
            return
        if (read := self._readers.get(quad.predicate.value)) is None:
            raise ForeignError("unknown predicate")
        read(self.drafts[id_], quad.object)

    def _id_of(self, iri: str) -> str:
        below = iri.removeprefix(self._statements.base)
        prefix = below.partition("/")[0]
        if below == iri or prefix not in self._prefixes:
            raise ForeignError(f"{iri} is nothing of this graph, whose ids stand below {self._statements.base}")
        id_ = unquote(below)
        if self._statements.resource(id_)[1:-1].decode() != iri:
            raise ForeignError(f"{iri} is not as an export writes an id")
        return id_

    def _resource(self, term: Term) -> str:
        if not isinstance(term, NamedNode):
            raise ForeignError("expected an IRI")
        return self._id(term.value)

    def _type(self, draft: Draft, term: Term) -> None:
        iri = term.value if isinstance(term, NamedNode) else ""
        if iri in self._types:
            draft.be("type", self._types[iri])
        elif not iri.startswith(OA):
            raise ForeignError("no class of the ontology")

    def _label(self, draft: Draft, term: Term) -> None:
        draft.be("name", _text(term))

    def _concept(self, term: Term) -> str:
        if not isinstance(term, NamedNode) or term.value not in self._concepts:
            raise ForeignError("no term of the ontology's vocabularies")
        return self._concepts[term.value]

    def _direct(self, type_: str) -> Read:
        def read(draft: Draft, term: Term) -> None:
            target = self._resource(term)
            if type_ == "PART_OF" and draft.id.startswith("evidence/"):  # an edge of the store only
                draft.be("document", target)
            else:
                self.drafts.direct.add((type_, draft.id, target))

        return read

    def _property(self, property_: Property) -> Read:
        value, name = self._value(property_), property_.name
        if property_.many:
            return lambda draft, term: draft.add(name, str(value(term)))
        return lambda draft, term: draft.put(name, value(term))

    def _value(self, property_: Property) -> Callable[[Term], str | int | float | bool]:
        """A function that makes a value of an object; the inverse of `Statements.term`."""
        if property_.refers_to:
            return self._resource
        if self._schema.closed_vocabulary(property_) is not None:
            return self._concept
        match property_.type:
            case "boolean":
                return lambda term: _lexical(term, iris.DATATYPES["boolean"], _BOOLEANS.__getitem__)
            case "integer":
                return lambda term: _lexical(term, iris.DATATYPES["integer"], _integer)
            case "number":
                return lambda term: _lexical(term, iris.DATATYPES["number"], _number)
            case "date":
                return _date
            case "url":
                return lambda term: _lexical(term, iris.DATATYPES["url"], str)
        return _text


def _nothing(draft: Draft, term: Term) -> None:
    """Takes nothing in, since the statement follows from others."""


def _lexical(term: Term, datatype: str, parsed: Callable[[str], T]) -> T:
    if not isinstance(term, Literal) or term.datatype.value != datatype or term.language:
        raise ForeignError(f"expected a value of {datatype}")
    try:
        return parsed(term.value)
    except (ValueError, KeyError) as error:
        raise ForeignError(f"not in the form of {datatype} that an export writes") from error


def _text(term: Term) -> str:
    return _lexical(term, iris.DATATYPES["string"], str)


def _date(term: Term) -> str:
    length = len(term.value) if isinstance(term, Literal) else 0
    return _lexical(term, iris.DATE_DATATYPES.get(length, iris.DATE_DATATYPES[10]), str)


def _number(text: str) -> int | float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    if "." in text or abs(int(text)) >= _LARGEST:
        return float(text)
    return int(text)


def _integer(text: str) -> int:
    if not _NUMBER.fullmatch(text) or abs(int(text)) >= _LARGEST:
        raise ValueError(text)
    return int(text)


@contextmanager
def quads_of(path: Path, progress: Progress) -> Iterator[Iterator[Quad]]:
    """The statements of a file; ValidationError where it cannot be read or is not in the form of its name."""
    form = FORMATS[Path(path.name.removesuffix(".gz")).suffix]
    try:
        with path.open("rb") as raw, gzip.open(raw) if path.suffix == ".gz" else raw as data:
            if form == pyoxigraph.RdfFormat.RDF_XML and not _ELEMENT.match(data.read(_HEAD)):
                raise ValidationError(f"{path}: not RDF/XML as an export begins it; export the graph again")
            data.seek(0)
            yield _told(pyoxigraph.parse(cast(IO[bytes], data), format=form), raw, path, progress)
    except SyntaxError as error:
        raise ValidationError(f"{path}: not {form.name}: {error.msg}; export the graph again") from error
    except FileNotFoundError:
        raise ValidationError(f"{path}: no such file; check the path") from None
    except _UNREADABLE as error:
        raise ValidationError(f"{path}: cannot be read: {error}; export the graph again") from error


def _told(quads: Iterable[Quad], raw: IO[bytes], path: Path, progress: Progress) -> Iterator[Quad]:
    """The same statements, while the progress is told in kilobytes of the file."""
    size = path.stat().st_size // 1000
    for number, quad in enumerate(quads):
        if number % _STEP == 0:
            progress(min(raw.tell() // 1000, size), size, path.name)
        yield quad
    progress(size, size, path.name)


def _base_of(path: Path, schema: Schema) -> str:
    """What stands before the ids in a file: told by its first resource whose id has two parts."""
    prefixes = {iris.ontology_iri(schema, e.class_name): e.prefix for e in schema.edges.values()}
    prefixes |= {iris.ontology_iri(schema, n.name): n.prefix for n in schema.nodes.values() if n.name != "Document"}
    with quads_of(path, lambda done, total, what: None) as quads:
        for quad in quads:
            if quad.predicate.value == iris.RDF_TYPE and (prefix := prefixes.get(str(quad.object)[1:-1])):
                before = str(quad.subject)[1:-1].rpartition("/")[0]
                if before.endswith(prefix):
                    return before.removesuffix(prefix)
    raise ValidationError(f"{path}: nothing in it is of a class of {iris.ontology_iri(schema)}; {_HELP}")


def _line_of(path: Path, quad: Quad) -> str:
    """In which line a statement stands, in the forms that have one to a line."""
    suffix = Path(path.name.removesuffix(".gz")).suffix
    if suffix not in (".nq", ".nt"):
        return ""
    with path.open("rb") as raw, gzip.open(raw) if path.suffix == ".gz" else raw as data:
        for number, line in enumerate(data, 1):
            if quad in pyoxigraph.parse(line, format=FORMATS[suffix]):
                return f", line {number}"
    return ""


def _shown(quad: Quad) -> str:
    text = str(quad)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
