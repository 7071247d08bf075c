"""What the SHACL shapes find wrong with RDF: some thousands of resources at a time, to spare memory.

The shapes look at no more than the statements of a resource and the classes of what these name, so a part of a file
with both is judged as the whole would be.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyoxigraph
import pyshacl
from pyoxigraph import NamedNode, Quad
from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from biopact.graph.rdf_triples import PREFIXES
from biopact.ontology import Schema, iris
from biopact.ontology.shacl import WORDS, shacl_graph

AT_A_TIME = 2_000  # resources
_SHOWN = 60  # characters of a value
_TYPE, _SUBCLASS = NamedNode(iris.RDF_TYPE), NamedNode(iris.RDFS + "subClassOf")
_TARGETS = (SH.targetClass, SH.targetSubjectsOf)

Progress = Callable[[int, int, str], None]  # resources judged, resources in all, what is under way


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong with one record or resource."""

    record: str  # id of a record, IRI of a resource
    where: str  # the property, or the part of the record
    what: str
    next_step: str
    kind: str = ""  # what findings of the same kind have in common


# What is told of each constraint, and the next step: {value} misfits, {limit} is what the shape says of {path}.
_TOLD = {
    "MinCount": ("there is none", "say its {path}; `biopact schema` tells what it means"),
    "MaxCount": ("there is more than {limit}", "keep the one that is right"),
    "Datatype": ("{value} is no {limit}", "write it with the datatype {limit}"),
    "Class": ("{value} is no {limit}", "name one that is, or say that {value} is of this class"),
    "Or": ("{value} is none of {limit}", "write one of these"),
    "In": ("{value} is not among {limit}", "name one of these"),
    "Pattern": ("{value} has not the form {limit}", "write it in this form, or leave it out"),
    "Words": ("no words stand in it", "leave it out if it is not known"),
    "MinInclusive": ("{value} is less than {limit}", "look it up at the source"),
    "MaxInclusive": ("{value} is more than {limit}", "look it up at the source"),
    "NodeKind": ("{value} is no IRI", "name the resource by an IRI; words and blank nodes cannot stand here"),
    "Equals": ("it is not what {limit} is", "say the same with both"),
    "Disjoint": ("{value} is its `{limit}` too, so it joins a resource to itself", "name another end"),
    "LessThan": ("{value} is not less than {limit}", "look both up at the source"),
    "Closed": ("{value}: a relation has no such property", "take it out, or say it of a node"),
    "QualifiedMaxCount": ("it has more than one class of the ontology", "keep the class that is meant"),
}
_OF_THE_DATATYPE = (" MinInclusive", " MaxInclusive", " Pattern", " LessThan")


class Shapes:
    """The shapes of an ontology, ready to judge statements."""

    def __init__(self, schema: Schema) -> None:
        self._names = {iri: f"{prefix}:" for prefix, iri in PREFIXES.items()}
        self._names |= {iris.ontology_iri(schema) + "#": "", iris.scheme_iri(schema, ""): ""}
        self._shapes = shacl_graph(schema)
        self._targets = [(shape, how, what) for how in _TARGETS for shape, what in self._shapes.subject_objects(how)]
        for target in self._targets:
            self._shapes.remove(target)

    def judge(self, quads: Iterable[Quad], progress: Progress, found: Callable[[Finding], None]) -> int:
        """Tell of everything that is wrong with these statements; returns how many resources the shapes are about."""
        with tempfile.TemporaryDirectory() as folder:
            store = pyoxigraph.Store(folder)
            store.bulk_extend(quads)
            about = self._about(store)
            resources, done = iter(about), 0
            while part := list(islice(resources, AT_A_TIME)):
                data = _statements(store, part)
                shapes = self._shapes + Graph()  # a copy
                for resource in part:
                    for shape in about[resource]:
                        shapes.add((shape, SH.targetNode, _rdflib(resource)))
                _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
                for finding in self._findings(results):
                    found(finding)
                done += len(part)
                progress(done, len(about), "shapes")
            del store  # closes its files
        return len(about)

    def _about(self, store: pyoxigraph.Store) -> dict[Any, list[Node]]:
        """Which shapes each resource has to fit."""
        about: defaultdict[Any, list[Node]] = defaultdict(list)
        for shape, how, what in self._targets:
            term = NamedNode(str(what))
            if how == SH.targetSubjectsOf:
                found = {q.subject for q in store.quads_for_pattern(None, term, None, None)}
            else:
                classes = _below(store, term)
                found = {q.subject for c in classes for q in store.quads_for_pattern(None, _TYPE, c, None)}
            for resource in found:
                about[resource].append(shape)
        return dict(sorted(about.items(), key=lambda item: str(item[0])))

    def _findings(self, results: Any) -> Iterator[Finding]:
        """What a report says; of a value with the wrong datatype no more than that."""
        found = [self._finding(results, result) for result in results.subjects(RDF.type, SH.ValidationResult)]
        mistyped = {(f.record, f.where) for f in found if f.kind.endswith(" Datatype")}
        for finding in found:
            if not (finding.kind.endswith(_OF_THE_DATATYPE) and (finding.record, finding.where) in mistyped):
                yield finding

    def _finding(self, results: Any, result: Node) -> Finding:
        def of(name: str) -> Node | None:
            found: Node | None = results.value(result, SH[name])
            return found

        component = str(of("sourceConstraintComponent")).rpartition("#")[2].removesuffix("ConstraintComponent")
        shape, path, value = of("sourceShape"), of("resultPath"), of("value")
        told = {"value": self._name(value), "path": self._name(path), "limit": self._limit(shape, component)}
        what, next_step = _TOLD["Words" if component == "Pattern" and told["limit"] == WORDS else component]
        if component in ("MinCount", "QualifiedMaxCount") and (message := self._shapes.value(shape, SH.message)):
            what = str(message)
        return Finding(
            str(of("focusNode")),
            told["path"] if path else "the resource",
            what.format(**told),
            next_step.format(**told),
            f"{shape} {component}",
        )

    def _limit(self, shape: Node | None, component: str) -> str:
        """What a shape says with this constraint."""
        name = component[0].lower() + component[1:]
        limit = self._shapes.value(shape, SH[name])
        if isinstance(limit, BNode):
            items = list(Collection(self._shapes, limit))
            if name == "or":  # each a shape with one constraint
                items = [value for item in items for value in self._shapes.objects(item)]
            return ", ".join(map(self._name, items))
        return str(limit) if isinstance(limit, Literal) else self._name(limit)

    def _name(self, term: Node | None) -> str:
        """A term as people read it: an IRI by its prefix, words in quotation marks and with their datatype."""
        if isinstance(term, Literal):
            words = term if len(term) <= _SHOWN else term[:_SHOWN] + "…"
            kind = f" ({self._name(term.datatype)})" if term.datatype not in (None, XSD.string) else ""
            return f'"{words}"{"@" * bool(term.language)}{term.language or kind}'
        text = str(term)
        for start, prefix in self._names.items():
            if text.startswith(start):
                return prefix + text.removeprefix(start)
        return text


def _below(store: pyoxigraph.Store, class_: NamedNode) -> set[Any]:
    """A class and those that the statements put below it."""
    found: set[Any] = set()
    new: list[Any] = [class_]
    while new:
        found.add(one := new.pop())
        new += [q.subject for q in store.quads_for_pattern(None, _SUBCLASS, one, None) if q.subject not in found]
    return found


def _statements(store: pyoxigraph.Store, resources: Iterable[Any]) -> Graph:
    """All that is said of these resources, and the classes of what they name."""
    graph = Graph()
    named: set[Any] = set()
    for resource in resources:
        for quad in store.quads_for_pattern(resource, None, None, None):
            if not isinstance(quad.object, pyoxigraph.Triple):  # of RDF 1.2, which no shape looks at
                graph.add((_rdflib(quad.subject), URIRef(quad.predicate.value), _rdflib(quad.object)))
                if not isinstance(quad.object, pyoxigraph.Literal):
                    named.add(quad.object)
    for one in named:
        for quad in store.quads_for_pattern(one, _TYPE, None, None):
            graph.add((_rdflib(one), RDF.type, _rdflib(quad.object)))
    for quad in store.quads_for_pattern(None, _SUBCLASS, None, None):
        graph.add((_rdflib(quad.subject), RDFS.subClassOf, _rdflib(quad.object)))
    return graph


def _rdflib(term: Any) -> Node:
    match term:
        case NamedNode():
            return URIRef(term.value)
        case pyoxigraph.BlankNode():
            return BNode(term.value)
        case _:
            datatype = None if term.language else URIRef(term.datatype.value)
            return Literal(term.value, lang=term.language, datatype=datatype)
