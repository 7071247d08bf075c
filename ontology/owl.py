"""The ontology as OWL 2: classes, properties, the SKOS vocabularies, and how far other vocabularies mean the same."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from itertools import combinations

import pyoxigraph
from rdflib import DCAT, DCTERMS, OWL, PROV, RDF, RDFS, SKOS, VOID, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from biopact.ontology import iris
from biopact.ontology.definitions import EdgeType, Property, Schema

ADMS = Namespace("http://www.w3.org/ns/adms#")
SCHEMA = Namespace("https://schema.org/")
VANN = Namespace("http://purl.org/vocab/vann/")

# How an alignment reads for classes, object properties and data properties.
_CLASS = {"same": OWL.equivalentClass, "broader": RDFS.subClassOf, "close": SKOS.closeMatch}
_PROPERTY = {"same": OWL.equivalentProperty, "broader": RDFS.subPropertyOf, "close": SKOS.closeMatch}
# Terms of others that data use beside nodes and edges: OWL 2 DL wants every term declared.
_BESIDE: Mapping[URIRef, Sequence[URIRef]] = {
    OWL.Class: (ADMS.Identifier, PROV.Activity, PROV.SoftwareAgent, DCAT.Dataset, VOID.Dataset, DCTERMS.PeriodOfTime),
    OWL.ObjectProperty: (
        *(ADMS.identifier, SKOS.exactMatch, SCHEMA.sameAs, PROV.used, PROV.wasAssociatedWith, PROV.wasAttributedTo),
        *(PROV.wasDerivedFrom, PROV.wasGeneratedBy, PROV.hadPrimarySource, PROV.wasQuotedFrom, DCTERMS.temporal),
        *(VOID.classPartition, VOID.propertyPartition),
    ),
    OWL.DatatypeProperty: (
        *(ADMS.schemaAgency, SKOS.notation, SCHEMA.alternateName, PROV.endedAtTime, DCAT.startDate, DCAT.endDate),
        *(VOID.entities, VOID.triples, VOID.classes, VOID.properties, VOID.uriSpace),
    ),
    OWL.AnnotationProperty: (DCTERMS.conformsTo, VOID["class"], VOID.property, VOID.vocabulary),  # they name terms
}


def owl_graph(schema: Schema) -> Graph:
    """The ontology as triples, without blank nodes.

    A property that several types share has no `rdfs:domain`, which would claim that its subject is all of them
    at once; `schema:domainIncludes` names them instead, and likewise for ranges. The shapes are the strict form.
    """
    return _Writer(schema).write()


def owl_turtle(schema: Schema) -> str:
    """The ontology as a Turtle file; the same schema always gives the same bytes."""
    return owl_graph(schema).serialize(format="turtle")


def owl_as(schema: Schema, form: pyoxigraph.RdfFormat) -> str:
    """The ontology in another form of RDF; the same schema always gives the same bytes."""
    graph = owl_graph(schema)
    lines = b"\n".join(sorted(graph.serialize(format="nt", encoding="utf-8").splitlines()))
    triples = (quad.triple for quad in pyoxigraph.parse(lines, pyoxigraph.RdfFormat.N_TRIPLES))
    prefixes = {prefix: str(iri) for prefix, iri in graph.namespaces()}
    out = io.BytesIO()
    pyoxigraph.serialize(triples, out, form, prefixes=prefixes)
    text = out.getvalue().decode()
    if form == pyoxigraph.RdfFormat.JSON_LD:  # in one line otherwise
        text = json.dumps(json.loads(text), indent=1, ensure_ascii=False)
    return text.rstrip("\n") + "\n"


class _Writer:
    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.ontology = URIRef(iris.ontology_iri(schema))
        self.graph = Graph(bind_namespaces="none")
        known = {"owl": OWL, "rdf": RDF, "rdfs": RDFS, "skos": SKOS, "vann": VANN, "xsd": XSD}
        for prefix, iri in sorted({**schema.prefixes, **known, schema.name: self.term("")}.items()):
            self.graph.bind(prefix, URIRef(str(iri)))

    def write(self) -> Graph:
        self.header()
        for name, text in (
            ("Entity", "Anything that is a node of the graph."),
            ("Relation", "An edge of the graph as a resource, with its properties and its evidence."),
        ):
            self.declare(self.term(name), OWL.Class, name, text)
        self.add(self.term("Entity"), OWL.disjointWith, self.term("Relation"))
        for node in self.schema.nodes.values():
            self.declare(self.term(node.name), OWL.Class, _words(node.name), node.description)
            self.add(self.term(node.name), RDFS.subClassOf, self.term("Entity"))
            self.align(self.term(node.name), node.aligned, _CLASS, OWL.Class)
        for one, other in combinations(sorted(self.schema.nodes), 2):  # an id begins with one type
            self.add(self.term(one), OWL.disjointWith, self.term(other))
        for edge in self.schema.edges.values():
            self.edge(edge)
        for property_ in self.schema.properties().values():
            self.property(property_)
        self.shared()
        for vocabulary, terms in self.schema.vocabularies.items():
            self.vocabulary(vocabulary, terms)
        return self.graph

    def term(self, name: str) -> URIRef:
        return URIRef(iris.ontology_iri(self.schema) + "#" + name)

    def add(self, subject: Node, predicate: Node, value: Node) -> None:
        self.graph.add((subject, predicate, value))

    def declare(self, subject: URIRef, kind: URIRef, label: str, definition: str) -> None:
        self.add(subject, RDF.type, kind)
        self.add(subject, RDFS.label, Literal(label, lang="en"))
        self.add(subject, SKOS.definition, Literal(definition, lang="en"))
        self.add(subject, RDFS.isDefinedBy, self.ontology)

    def header(self) -> None:
        s = self.schema
        self.add(self.ontology, RDF.type, OWL.Ontology)
        self.add(self.ontology, OWL.versionIRI, URIRef(f"{self.ontology}/{s.version}"))
        self.add(self.ontology, OWL.versionInfo, Literal(s.version))
        self.add(self.ontology, DCTERMS.title, Literal(s.title, lang="en"))
        self.add(self.ontology, DCTERMS.description, Literal(s.description, lang="en"))
        self.add(self.ontology, DCTERMS.license, URIRef(s.license))
        self.add(self.ontology, VANN.preferredNamespacePrefix, Literal(s.name))
        self.add(self.ontology, VANN.preferredNamespaceUri, Literal(self.term("")))
        for annotation in (
            *(DCTERMS.title, DCTERMS.description, DCTERMS.license, SCHEMA.unitText),
            *(SCHEMA.domainIncludes, SCHEMA.rangeIncludes, SKOS.definition, SKOS.closeMatch, SKOS.altLabel),
            *(VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri, self.term("asRelation")),
        ):
            self.add(annotation, RDF.type, OWL.AnnotationProperty)
        for term, kind in (
            *((SKOS.Concept, OWL.Class), (SKOS.ConceptScheme, OWL.Class), (SKOS.prefLabel, OWL.AnnotationProperty)),
            *((SKOS.inScheme, OWL.ObjectProperty), (SKOS.topConceptOf, OWL.ObjectProperty)),
        ):
            self.add(term, RDF.type, kind)
        for kind, terms in _BESIDE.items():
            for term in terms:
                self.add(term, RDF.type, kind)
        self.declare(
            self.term("asRelation"),
            OWL.AnnotationProperty,
            "as relation",
            "The class of resources that hold the properties and the evidence of edges stated by this property.",
        )

    def edge(self, edge: EdgeType) -> None:
        direct, reified = self.term(edge.name), self.term(edge.class_name)
        label = edge.name.lower().replace("_", " ")
        self.declare(direct, OWL.ObjectProperty, label, edge.description)
        self.ends(direct, "domain", edge.source)
        self.ends(direct, "range", edge.target)
        self.align(direct, edge.aligned, _PROPERTY, OWL.ObjectProperty)
        if edge.symmetric:
            self.add(direct, RDF.type, OWL.SymmetricProperty)
        if edge.inverse:
            inverse = self.term(edge.inverse)
            text = f"The inverse of {edge.name}, for those who reason; data say it the other way round."
            self.declare(inverse, OWL.ObjectProperty, edge.inverse.lower().replace("_", " "), text)
            self.ends(inverse, "domain", edge.target)
            self.ends(inverse, "range", edge.source)
            self.add(inverse, OWL.inverseOf, direct)
        self.add(direct, self.term("asRelation"), reified)
        self.declare(reified, OWL.Class, f"{label} (relation)", f"As a resource: {edge.description}")
        self.add(reified, RDFS.subClassOf, self.term("Relation"))

    def property(self, property_: Property) -> None:
        subject, link = self.term(property_.name), iris.is_link(self.schema, property_)
        kind = OWL.ObjectProperty if link else OWL.DatatypeProperty
        types = self.schema.types_with(property_.name)
        texts = sorted({t.properties[property_.name].description for t in types})
        self.declare(subject, kind, property_.name.replace("_", " "), " / ".join(texts))
        names = [t.class_name if isinstance(t, EdgeType) else t.name for t in types]
        self.ends(subject, "domain", names)
        if property_.refers_to:
            self.ends(subject, "range", sorted({n for t in types for n in t.properties[property_.name].refers_to}))
        elif link:
            self.add(subject, RDFS.range, SKOS.Concept)
        elif property_.type == "date":
            for datatype in iris.DATE_DATATYPES.values():
                self.add(subject, SCHEMA.rangeIncludes, URIRef(datatype))
        else:
            self.add(subject, RDFS.range, URIRef(iris.DATATYPES[property_.type]))
        if property_.unit:
            self.add(subject, SCHEMA.unitText, Literal(property_.unit))
        self.align(subject, property_.aligned, _PROPERTY, kind)

    def shared(self) -> None:
        """What every edge and every stated fact has."""
        for name, text in (("from", "The node that an edge is read from."), ("to", "The node that it leads to.")):
            self.declare(self.term(name), OWL.ObjectProperty, name, text)
            self.add(self.term(name), RDF.type, OWL.FunctionalProperty)
            self.ends(self.term(name), "domain", ["Relation"])
            self.ends(self.term(name), "range", ["Entity"])
        text = "A span of a filing whose words state this fact."
        self.declare(self.term("evidence"), OWL.ObjectProperty, "evidence", text)
        self.ends(self.term("evidence"), "range", ["Evidence"])

    def vocabulary(self, name: str, terms: Sequence[str]) -> None:
        scheme = URIRef(iris.scheme_iri(self.schema, name))
        self.declare(scheme, SKOS.ConceptScheme, _words(name), self.schema.vocabulary_descriptions[name])
        for term in terms:
            concept = URIRef(iris.concept_iri(self.schema, name, term))
            self.add(concept, RDF.type, SKOS.Concept)
            self.add(concept, SKOS.prefLabel, Literal(term, lang="en"))
            self.add(concept, SKOS.inScheme, scheme)
            self.add(concept, SKOS.topConceptOf, scheme)

    def ends(self, subject: URIRef, end: str, names: Sequence[str]) -> None:
        predicate = RDFS[end] if len(names) == 1 else SCHEMA[f"{end}Includes"]
        for name in names:
            self.add(subject, predicate, self.term(name))

    def align(self, subject: URIRef, aligned: Mapping[str, str], by: Mapping[str, URIRef], kind: URIRef) -> None:
        for term, relation in aligned.items():
            other = URIRef(iris.expand(self.schema, term))
            self.add(subject, by[relation], other)
            if relation != "close":  # OWL 2 DL wants what it reasons about declared
                self.add(other, RDF.type, kind)


def _words(name: str) -> str:
    return name.replace("_", " ").lower()
