"""The IRI of each name of the ontology: OWL, SHACL, the JSON-LD context and RDF data agree on these."""

from __future__ import annotations

from biopact.ontology.definitions import Property, Schema
from biopact.ontology.schema import term_slug

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"

RDF_TYPE = RDF + "type"
LABEL = RDFS + "label"  # the name of a node
ALTERNATIVE = SKOS + "altLabel"  # each of its aliases

# The datatype of a value; a date takes one by how much of it is known.
DATATYPES = {
    "string": XSD + "string",
    "url": XSD + "anyURI",
    "integer": XSD + "integer",
    "number": XSD + "decimal",
    "boolean": XSD + "boolean",
}
DATE_DATATYPES = {4: XSD + "gYear", 7: XSD + "gYearMonth", 10: XSD + "date"}  # by length of the ISO form


def ontology_iri(schema: Schema, name: str = "") -> str:
    """The IRI of a type, property or edge class; of the ontology itself without a name."""
    return f"{schema.base_iri}ontology" + (f"#{name}" if name else "")


def shape_iri(schema: Schema, name: str) -> str:
    """The IRI of a SHACL shape."""
    return f"{schema.base_iri}shapes#{name}"


def scheme_iri(schema: Schema, vocabulary: str) -> str:
    """The IRI of a vocabulary as a SKOS concept scheme."""
    return f"{schema.base_iri}vocabulary/{vocabulary}"


def concept_iri(schema: Schema, vocabulary: str, term: str) -> str:
    """The IRI of one term of a vocabulary."""
    return f"{scheme_iri(schema, vocabulary)}/{term_slug(term)}"


def expand(schema: Schema, term: str) -> str:
    """The IRI that a term such as ``oa:exact`` of an aligned vocabulary stands for."""
    prefix, _, name = term.partition(":")
    return schema.prefixes[prefix] + name


def is_link(schema: Schema, property_: Property) -> bool:
    """Whether values are resources in RDF: other nodes, or concepts of a closed vocabulary."""
    return bool(property_.refers_to) or schema.closed_vocabulary(property_) is not None
