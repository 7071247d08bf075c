"""The ontology as SHACL core shapes: the strict gate for RDF data, without SPARQL constraints and without inference."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from biopact.ontology import iris
from biopact.ontology.definitions import EdgeType, NodeType, Property, Schema


def shacl_graph(schema: Schema) -> Graph:
    """One node shape per class, one named property shape per property of it."""
    return _Writer(schema).write()


def shacl_turtle(schema: Schema) -> str:
    """The shapes as a Turtle file; the same schema always gives the same bytes."""
    return shacl_graph(schema).serialize(format="turtle")


class _Writer:
    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.graph = Graph(bind_namespaces="none")
        self.lists = 0
        known = {"rdf": RDF, "rdfs": RDFS, "sh": SH, "skos": SKOS, "xsd": XSD}
        own = {schema.name: iris.ontology_iri(schema) + "#", "shape": iris.shape_iri(schema, "")}
        for prefix, iri in sorted({**known, **own}.items()):
            self.graph.bind(prefix, URIRef(str(iri)))

    def write(self) -> Graph:
        for node in self.schema.nodes.values():
            self.node(node)
        for edge in self.schema.edges.values():
            self.edge(edge)
        return self.graph

    def node(self, node: NodeType) -> None:
        shape = self.shape(node.name, node.description)
        name = self.property(shape, "name", URIRef(iris.LABEL), XSD.string)
        # the name of evidence is its quote
        self.count(name, 0 if node.name == "Evidence" else 1, 1)
        self.property(shape, "aliases", URIRef(iris.ALTERNATIVE), XSD.string)
        self.evidence(shape, required=False)
        for property_ in node.properties.values():
            self.own(shape, property_)
        for edge in self.schema.edges.values():
            if node.name in edge.source:
                self.classes(self.property(shape, edge.name, self.term(edge.name)), edge.target)

    def edge(self, edge: EdgeType) -> None:
        shape = self.shape(edge.class_name, edge.description)
        self.graph.add((shape, SH.closed, Literal(True)))
        reifies = URIRef(iris.RDF + "reifies")  # of RDF 1.2, which rdflib does not know
        self.graph.add((shape, SH.ignoredProperties, self.list_of([RDF.type, reifies])))
        for name, types in (("from", edge.source), ("to", edge.target)):
            end = self.property(shape, name, self.term(name))
            self.count(end, 1, 1)
            self.classes(end, types)
        self.evidence(shape, required=not edge.structural)
        for property_ in edge.properties.values():
            self.own(shape, property_)

    def shape(self, name: str, description: str) -> URIRef:
        shape = URIRef(iris.shape_iri(self.schema, name))
        self.graph.add((shape, RDF.type, SH.NodeShape))
        self.graph.add((shape, SH.targetClass, self.term(name)))
        self.graph.add((shape, RDFS.comment, Literal(description, lang="en")))
        return shape

    def property(self, shape: URIRef, name: str, path: URIRef, datatype: URIRef | None = None) -> URIRef:
        found = URIRef(f"{shape}-{name}")
        self.graph.add((shape, SH.property, found))
        self.graph.add((found, RDF.type, SH.PropertyShape))
        self.graph.add((found, SH.path, path))
        self.graph.add((found, SH.name, Literal(name)))
        if datatype is not None:
            self.graph.add((found, SH.datatype, datatype))
        return found

    def evidence(self, shape: URIRef, *, required: bool) -> None:
        found = self.property(shape, "evidence", self.term("evidence"))
        self.classes(found, ["Evidence"])
        if required:
            self.count(found, 1, None)
            self.message(found, "A fact needs at least one quotation that states it.")

    def own(self, shape: URIRef, property_: Property) -> None:
        found = self.property(shape, property_.name, self.term(property_.name))
        self.graph.add((found, SH.description, Literal(property_.description, lang="en")))
        self.count(found, 1 if property_.required else 0, None if property_.many else 1)
        terms = self.schema.closed_vocabulary(property_)
        if property_.refers_to:
            self.classes(found, property_.refers_to)
        elif terms is not None and property_.vocabulary is not None:
            concepts = [URIRef(iris.concept_iri(self.schema, property_.vocabulary, t)) for t in terms]
            self.graph.add((found, SH["in"], self.list_of(concepts)))
        elif property_.type == "date":
            self.one_of(found, SH.datatype, [URIRef(iri) for iri in iris.DATE_DATATYPES.values()])
        else:
            self.graph.add((found, SH.datatype, URIRef(iris.DATATYPES[property_.type])))
        if property_.pattern:
            self.graph.add((found, SH.pattern, Literal(f"^(?:{property_.pattern})$")))
        for bound, constraint in ((property_.minimum, SH.minInclusive), (property_.maximum, SH.maxInclusive)):
            if bound is not None:
                self.graph.add((found, constraint, Literal(str(bound), datatype=XSD.decimal)))
        for term, relation in property_.aligned.items():
            if relation == "same":
                self.graph.add((found, SH.equals, URIRef(iris.expand(self.schema, term))))

    def count(self, shape: URIRef, least: int, most: int | None) -> None:
        if least:
            self.graph.add((shape, SH.minCount, Literal(least)))
        if most is not None:
            self.graph.add((shape, SH.maxCount, Literal(most)))

    def classes(self, shape: URIRef, names: Sequence[str]) -> None:
        self.graph.add((shape, SH.nodeKind, SH.IRI))
        if len(names) == 1:
            self.graph.add((shape, SH["class"], self.term(names[0])))
        else:
            self.one_of(shape, SH["class"], [self.term(name) for name in names])
            self.message(shape, f"Expected one of {', '.join(names)}.")

    def one_of(self, shape: URIRef, constraint: URIRef, values: Sequence[URIRef]) -> None:
        choices = []
        for value in values:
            choice = self.blank()
            self.graph.add((choice, constraint, value))
            choices.append(choice)
        self.graph.add((shape, SH["or"], self.list_of(choices)))

    def list_of(self, items: Sequence[Node]) -> Node:
        # Collection gives the cells random names; ours are counted, so that the file never changes by itself.
        cells = [self.blank() for _ in items]
        for cell, item, rest in zip(cells, items, [*cells[1:], RDF.nil], strict=True):
            self.graph.add((cell, RDF.first, item))
            self.graph.add((cell, RDF.rest, rest))
        return cells[0]

    def blank(self) -> BNode:
        self.lists += 1
        return BNode(f"b{self.lists:05}")

    def message(self, shape: URIRef, text: str) -> None:
        self.graph.add((shape, SH.message, Literal(text)))

    def term(self, name: str) -> URIRef:
        return URIRef(iris.ontology_iri(self.schema, name))
