"""Each constraint of each shape: a resource that fits passes, and one that breaks it is reported for that."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from biopact.ontology import load_schema
from biopact.ontology.shacl import shacl_graph

SHAPES = shacl_graph(load_schema())
EXAMPLE = "https://example.org/"
# One value for each pattern of schema.yaml; a new pattern needs a new one here.
MATCHING = (
    "words", "0000000017", "5493001KJTIIGC8Y1R12", "04-2648217", "2834", "0000000001-06-000001", "USD", "a" * 64,
    "2006-10-17T10:00:00+00:00", "17",
)  # fmt: skip
LEXICAL = {
    XSD.integer: "7",
    XSD.decimal: "0.5",
    XSD.boolean: "true",
    XSD.gYear: "2006",
    XSD.dateTime: "2006-10-17T10:00:00+00:00",
    XSD.anyURI: "https://example.org/page",
    XSD.string: "words",
}
# What a constraint says, rather than what it is about: shapes have these besides.
ABOUT = {SH.path, SH.name, SH.description, SH.message, SH.property, SH.targetClass, SH.targetSubjectsOf}
ABOUT |= {RDF.type, RDFS.comment, SH.qualifiedValueShape, SH.ignoredProperties}

Constraint = tuple[str, str, str]  # shape, of which part of it, what must hold


def short(term: Node | None) -> str:
    return str(term).rpartition("#")[2]


def constraints(shape: Node) -> Iterator[tuple[URIRef, Node]]:
    for predicate, value in SHAPES.predicate_objects(shape):
        if predicate not in ABOUT:
            assert isinstance(predicate, URIRef)
            yield predicate, value


def first_choice(part: Node, constraint: URIRef) -> Node | None:
    """What a shape says with a constraint, or the first of its alternatives does."""
    if found := SHAPES.value(part, constraint):
        return found
    choices = SHAPES.value(part, SH["or"])
    return SHAPES.value(Collection(SHAPES, choices)[0], constraint) if choices else None


class World:
    """Resources made from the shapes: one that fits, and one for each constraint that breaks it."""

    def __init__(self) -> None:
        self.data = Graph()
        self.broken: dict[URIRef | BNode, Constraint] = {}
        self.fitting: set[URIRef] = set()
        for shape in sorted(SHAPES.subjects(RDF.type, SH.NodeShape)):
            self.fitting.add(self.made(shape, URIRef(f"{EXAMPLE}fits/{short(shape)}")))
            self.break_shape(shape)
            for part in sorted(SHAPES.objects(shape, SH.property)):
                for constraint, limit in constraints(part):
                    resource = URIRef(f"{EXAMPLE}breaks/{short(part)}/{short(constraint)}")
                    self.made(shape, resource)
                    self.break_part(resource, part, constraint, limit)
                    self.broken[resource] = (short(shape), short(part), short(constraint))

    def made(self, shape: Node, resource: URIRef | BNode) -> URIRef:
        """Say all that the shape speaks of, in a way that fits."""
        if class_ := SHAPES.value(shape, SH.targetClass):
            self.data.add((resource, RDF.type, class_))
        else:
            self.data.add((resource, SHAPES.value(shape, SH.targetSubjectsOf), URIRef(EXAMPLE + "what")))
        for part in sorted(SHAPES.objects(shape, SH.property)):
            path = SHAPES.value(part, SH.path)
            if path != RDF.type:
                self.data.add((resource, path, self.fit(part)))
        for part in SHAPES.objects(shape, SH.property):
            for other in SHAPES.objects(part, SH.equals):
                value = self.data.value(resource, other) or self.data.value(resource, SHAPES.value(part, SH.path))
                self.data.set((resource, SHAPES.value(part, SH.path), value))
                self.data.set((resource, other, value))
            if other := SHAPES.value(part, SH.lessThan):
                more = [p for p in SHAPES.subjects(SH.path, other) if (shape, SH.property, p) in SHAPES]
                assert len(more) == 1
                self.data.set((resource, other, Literal(8)))
                for equal in SHAPES.objects(more[0], SH.equals):
                    self.data.set((resource, equal, Literal(8)))
        return URIRef(resource)

    def fit(self, part: Node) -> Node:
        """A value that fits."""
        if terms := SHAPES.value(part, SH["in"]):
            return Collection(SHAPES, terms)[0]
        if class_ := first_choice(part, SH["class"]):
            return self.of_class(class_, short(part))
        if SHAPES.value(part, SH.nodeKind):
            return URIRef(f"{EXAMPLE}thing/{short(part)}")
        datatype = first_choice(part, SH.datatype)
        if datatype == RDF.langString:
            return Literal("words", lang="en")
        if pattern := SHAPES.value(part, SH.pattern):
            text = next(text for text in (LEXICAL[datatype], *MATCHING) if re.search(str(pattern), text))
            return Literal(text, datatype=datatype)
        if datatype is None:  # the equal of another property
            return Literal("")
        return Literal(LEXICAL[datatype], datatype=datatype)

    def of_class(self, class_: Node, of: str) -> URIRef:
        """Another resource of this class; it needs to fit nothing itself, and is not looked at."""
        other = URIRef(f"{EXAMPLE}other/{short(class_)}/{of}")
        self.data.add((other, RDF.type, class_))
        return other

    def break_shape(self, shape: Node) -> None:
        for constraint, _ in constraints(shape):
            name = f"breaks-{short(shape)}-{short(constraint)}"
            resource = BNode(name) if constraint == SH.nodeKind else URIRef(EXAMPLE + name)
            self.made(shape, resource)
            if constraint == SH.closed:
                self.data.add((resource, URIRef(EXAMPLE + "colour"), Literal("red")))
            self.broken[resource] = (short(shape), short(shape), short(constraint))

    def break_part(self, resource: URIRef, part: Node, constraint: URIRef, limit: Node) -> None:
        path = SHAPES.value(part, SH.path)
        value = self.data.value(resource, path)
        match short(constraint):
            case "minCount":
                self.data.remove((resource, path, None))
            case "maxCount":
                assert value is not None
                another = URIRef(f"{value}/2") if isinstance(value, URIRef) else Literal("another")
                self.data.add((resource, path, another))
            case "qualifiedMaxCount":
                one = SHAPES.value(part, SH.qualifiedValueShape)
                assert one is not None
                known = Collection(SHAPES, SHAPES.value(one, SH["in"]))
                held = set(self.data.objects(resource, RDF.type))
                self.data.add(
                    (
                        resource,
                        RDF.type,
                        next(c for c in known if c not in held),
                    )
                )
            case "datatype":
                wrong = Literal("words", lang="en") if limit != RDF.langString else Literal("words")
                self.data.set((resource, path, wrong))
            case "or" | "class" | "in":
                self.data.set((resource, path, self.of_class(URIRef(EXAMPLE + "Nothing"), "class")))
            case "nodeKind":
                self.data.set((resource, path, Literal("words")))
            case "pattern":
                assert isinstance(value, Literal)
                self.data.set((resource, path, Literal(" ", datatype=value.datatype)))
            case "minInclusive":
                assert isinstance(value, Literal)
                self.data.set((resource, path, Literal(Decimal(str(limit)) - 1, datatype=value.datatype)))
            case "maxInclusive":
                assert isinstance(value, Literal)
                self.data.set((resource, path, Literal(Decimal(str(limit)) + 1, datatype=value.datatype)))
            case "equals":
                self.data.set((resource, limit, Literal("something else")))
            case "disjoint":
                assert value is not None
                self.data.set((resource, limit, value))
            case "lessThan":
                assert value is not None
                self.data.set((resource, limit, value))
            case other:
                pytest.fail(f"{short(part)}: no test breaks {other}; say here how")


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.fixture(scope="module")
def reported(world: World) -> dict[Node, set[tuple[str, str]]]:
    """Of each resource made to be judged, what the shapes do not take: part and constraint."""
    shapes = SHAPES + Graph()
    for shape in SHAPES.subjects(RDF.type, SH.NodeShape):
        for how in (SH.targetClass, SH.targetSubjectsOf):
            shapes.remove((shape, how, None))
    for resource in world.fitting:
        shapes.add((URIRef(f"{PREFIX}{resource.rpartition('/')[2]}"), SH.targetNode, resource))
    for broken, (name, _, _) in world.broken.items():
        shapes.add((URIRef(PREFIX + name), SH.targetNode, broken))
    _, results, _ = pyshacl.validate(world.data, shacl_graph=shapes, inplace=True)
    found: dict[Node, set[tuple[str, str]]] = {}
    for result in results.subjects(RDF.type, SH.ValidationResult):
        focus, shape, component = (
            results.value(result, p) for p in (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent)
        )
        name = short(component).removesuffix("ConstraintComponent")
        found.setdefault(focus, set()).add((short(shape), name[0].lower() + name[1:]))
    return found


PREFIX = str(next(SHAPES.subjects(RDF.type, SH.NodeShape))).rpartition("#")[0] + "#"


def test_what_fits_every_shape_is_reported_for_nothing(
    world: World, reported: dict[Node, set[tuple[str, str]]]
) -> None:
    assert {str(r): reported[r] for r in world.fitting if r in reported} == {}
    assert len(world.fitting) == len(set(SHAPES.subjects(RDF.type, SH.NodeShape)))


def test_every_constraint_of_every_shape_is_broken_and_reported(
    world: World, reported: dict[Node, set[tuple[str, str]]]
) -> None:
    unnoticed = [
        (name, part, constraint)
        for resource, (name, part, constraint) in world.broken.items()
        if (part, constraint) not in reported.get(resource, set())
    ]
    assert unnoticed == []
    parts = {short(part) for part in SHAPES.subjects(RDF.type, SH.PropertyShape)}
    assert parts - {part for _, part, _ in world.broken.values()} == set()
