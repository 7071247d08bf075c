"""The ontology as SHACL core shapes: the strict gate for RDF data, without SPARQL constraints and without inference."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SH, SKOS, VOID, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from biopact.ontology import iris
from biopact.ontology.definitions import EdgeType, NodeType, Property, Schema

ADMS = Namespace("http://www.w3.org/ns/adms#")
WORDS = "\\S"  # at least one character that can be seen

# What stands beside nodes and edges: how it is found, and of each property the datatype or class of its values, the
# least number of them, and the most.
_BESIDE: tuple[tuple[str, URIRef, URIRef, tuple[tuple[URIRef, URIRef, int, int | None], ...]], ...] = (
    (
        "Identifier",
        SH.targetClass,
        ADMS.Identifier,
        ((SKOS.notation, XSD.string, 1, 1), (ADMS.schemaAgency, XSD.string, 1, 1)),
    ),
    (
        "Activity",
        SH.targetClass,
        PROV.Activity,
        (
            (PROV.used, SH.IRI, 1, None),
            (PROV.wasAssociatedWith, PROV.SoftwareAgent, 0, None),
            (PROV.endedAtTime, XSD.dateTime, 0, 1),
        ),
    ),
    ("SoftwareAgent", SH.targetClass, PROV.SoftwareAgent, ((RDFS.label, XSD.string, 1, 1),)),
    ("FilingGraph", SH.targetSubjectsOf, PROV.wasDerivedFrom, ((PROV.wasGeneratedBy, PROV.Activity, 0, 1),)),
    (
        "Dataset",
        SH.targetSubjectsOf,
        VOID.classPartition,
        (
            (DCTERMS.title, RDF.langString, 1, None),
            (DCTERMS.license, SH.IRI, 1, 1),
            (DCTERMS.conformsTo, SH.IRI, 1, 1),
            (VOID.triples, XSD.integer, 1, 1),
            (VOID.entities, XSD.integer, 1, 1),
        ),
    ),
)


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
        known: dict[str, object] = {"rdf": RDF, "rdfs": RDFS, "sh": SH, "skos": SKOS, "xsd": XSD}
        known |= {"adms": ADMS, "dcterms": DCTERMS, "owl": OWL, "prov": PROV, "void": VOID}
        own = {schema.name: iris.ontology_iri(schema) + "#", "shape": iris.shape_iri(schema, "")}
        for prefix, iri in sorted({**known, **own}.items()):
            self.graph.bind(prefix, URIRef(str(iri)))

    def write(self) -> Graph:
        for node in self.schema.nodes.values():
            self.node(node)
        for edge in self.schema.edges.values():
            self.edge(edge)
        for beside in _BESIDE:
            self.beside(*beside)
        return self.graph

    def node(self, node: NodeType) -> None:
        shape = self.own_shape(node.name, node.description)
        name = self.property(shape, "name", URIRef(iris.LABEL), XSD.string)
        # the name of evidence is its quote
        self.count(name, 0 if node.name == "Evidence" else 1, 1)
        aliases = self.property(shape, "aliases", URIRef(iris.ALTERNATIVE), XSD.string)
        for words in (name, aliases):
            self.add(words, SH.pattern, Literal(WORDS))
        if any(node.name in registry.of for registry in self.schema.registries.values()):
            self.values(self.property(shape, "identifier", ADMS.identifier), [ADMS.Identifier])
        self.values(self.property(shape, "superseded", OWL.sameAs), [])
        self.evidence(shape, required=False)
        for property_ in node.properties.values():
            self.own(shape, property_)
        for edge in self.schema.edges.values():
            if node.name in edge.source:
                self.classes(self.property(shape, edge.name, self.term(edge.name)), edge.target)
        if node.name in ("Document", "Evidence"):
            self.count(URIRef(f"{shape}-PART_OF"), 1, 1)
        if node.name == "Evidence":
            source = self.property(shape, "source", PROV.wasQuotedFrom)
            self.add(source, SH.equals, self.term("PART_OF"))
            agent = self.property(shape, "agent", PROV.wasAttributedTo)
            self.count(agent, 1, 1)
            self.values(agent, [PROV.SoftwareAgent])
            self.add(URIRef(f"{shape}-start"), SH.lessThan, self.term("end"))

    def edge(self, edge: EdgeType) -> None:
        shape = self.own_shape(edge.class_name, edge.description)
        self.add(shape, SH.closed, Literal(True))
        reifies = URIRef(iris.RDF + "reifies")  # of RDF 1.2, which rdflib does not know
        self.add(shape, SH.ignoredProperties, self.list_of([RDF.type, reifies]))
        for name, types in (("from", edge.source), ("to", edge.target)):
            end = self.property(shape, name, self.term(name))
            self.count(end, 1, 1)
            self.classes(end, types)
        self.add(URIRef(f"{shape}-from"), SH.disjoint, self.term("to"))
        self.evidence(shape, required=not edge.structural)
        for property_ in edge.properties.values():
            self.own(shape, property_)

    def own_shape(self, name: str, description: str) -> URIRef:
        """That of a class of ours."""
        shape = self.shape(name, SH.targetClass, self.term(name))
        self.add(shape, RDFS.comment, Literal(description, lang="en"))
        self.add(shape, SH.nodeKind, SH.IRI)
        if name != "Evidence":  # which has two more classes, and there is much of it
            self.no_other_class(shape, name)
        return shape

    def no_other_class(self, shape: URIRef, name: str) -> None:
        other = self.property(shape, "class", RDF.type)
        nodes, edges = self.schema.nodes.values(), self.schema.edges.values()
        known = [self.term(n.name) for n in nodes] + [self.term(e.class_name) for e in edges]
        one = self.blank()
        self.add(one, SH["in"], self.list_of(known))
        self.add(other, SH.qualifiedValueShape, one)
        self.add(other, SH.qualifiedMaxCount, Literal(1))
        self.message(other, f"Expected no other class of the ontology beside {name}.")

    def beside(
        self,
        name: str,
        target: URIRef,
        what: URIRef,
        properties: Sequence[tuple[URIRef, URIRef, int, int | None]],
    ) -> None:
        shape = self.shape(name, target, what)
        for path, kind, least, most in properties:
            found = self.property(shape, path.rpartition("/")[2].rpartition("#")[2], path)
            self.count(found, least, most)
            if kind == SH.IRI:
                self.values(found, [])
            elif kind in XSD or kind == RDF.langString:
                self.add(found, SH.datatype, kind)
            else:
                self.values(found, [kind])

    def shape(self, name: str, target: URIRef, what: URIRef) -> URIRef:
        shape = URIRef(iris.shape_iri(self.schema, name))
        self.add(shape, RDF.type, SH.NodeShape)
        self.add(shape, target, what)
        return shape

    def property(self, shape: URIRef, name: str, path: URIRef, datatype: URIRef | None = None) -> URIRef:
        found = URIRef(f"{shape}-{name}")
        self.add(shape, SH.property, found)
        self.add(found, RDF.type, SH.PropertyShape)
        self.add(found, SH.path, path)
        self.add(found, SH.name, Literal(name))
        if datatype is not None:
            self.add(found, SH.datatype, datatype)
        return found

    def evidence(self, shape: URIRef, *, required: bool) -> None:
        found = self.property(shape, "evidence", self.term("evidence"))
        self.classes(found, ["Evidence"])
        if required:
            self.count(found, 1, None)
            self.message(found, "A fact needs at least one quotation that states it.")

    def own(self, shape: URIRef, property_: Property) -> None:
        found = self.property(shape, property_.name, self.term(property_.name))
        self.add(found, SH.description, Literal(property_.description, lang="en"))
        self.count(found, 1 if property_.required else 0, None if property_.many else 1)
        terms = self.schema.closed_vocabulary(property_)
        if property_.refers_to:
            self.classes(found, property_.refers_to)
        elif terms is not None and property_.vocabulary is not None:
            concepts = [URIRef(iris.concept_iri(self.schema, property_.vocabulary, t)) for t in terms]
            self.add(found, SH["in"], self.list_of(concepts))
        elif property_.type == "date":
            self.one_of(found, SH.datatype, [URIRef(iri) for iri in iris.DATE_DATATYPES.values()])
        else:
            self.add(found, SH.datatype, URIRef(iris.DATATYPES[property_.type]))
        if property_.pattern:
            self.add(found, SH.pattern, Literal(f"^(?:{property_.pattern})$"))
        elif property_.type in ("string", "url") and not iris.is_link(self.schema, property_):
            self.add(found, SH.pattern, Literal(WORDS))
        for bound, constraint in ((property_.minimum, SH.minInclusive), (property_.maximum, SH.maxInclusive)):
            if bound is not None:
                self.add(found, constraint, Literal(str(bound), datatype=XSD.decimal))
        for term, relation in property_.aligned.items():
            if relation == "same":
                self.add(found, SH.equals, URIRef(iris.expand(self.schema, term)))

    def count(self, shape: URIRef, least: int, most: int | None) -> None:
        if least:
            self.add(shape, SH.minCount, Literal(least))
        if most is not None:
            self.add(shape, SH.maxCount, Literal(most))

    def classes(self, shape: URIRef, names: Sequence[str]) -> None:
        self.values(shape, [self.term(name) for name in names])
        if len(names) > 1:
            self.message(shape, f"Expected one of {', '.join(names)}.")

    def values(self, shape: URIRef, classes: Sequence[URIRef]) -> None:
        """Resources as values, of one of these classes if any are given."""
        self.add(shape, SH.nodeKind, SH.IRI)
        if len(classes) == 1:
            self.add(shape, SH["class"], classes[0])
        elif classes:
            self.one_of(shape, SH["class"], classes)

    def one_of(self, shape: URIRef, constraint: URIRef, values: Sequence[URIRef]) -> None:
        choices = []
        for value in values:
            choice = self.blank()
            self.add(choice, constraint, value)
            choices.append(choice)
        self.add(shape, SH["or"], self.list_of(choices))

    def list_of(self, items: Sequence[Node]) -> Node:
        # Collection gives the cells random names; ours are counted, so that the file never changes by itself.
        cells = [self.blank() for _ in items]
        for cell, item, rest in zip(cells, items, [*cells[1:], RDF.nil], strict=True):
            self.add(cell, RDF.first, item)
            self.add(cell, RDF.rest, rest)
        return cells[0]

    def blank(self) -> BNode:
        self.lists += 1
        return BNode(f"b{self.lists:05}")

    def message(self, shape: URIRef, text: str) -> None:
        self.add(shape, SH.message, Literal(text))

    def add(self, subject: Node, predicate: Node, value: Node) -> None:
        self.graph.add((subject, predicate, value))

    def term(self, name: str) -> URIRef:
        return URIRef(iris.ontology_iri(self.schema, name))
