"""The JSON-LD context: what the names of our JSON mean to a reader of linked data."""

from __future__ import annotations

import json
from typing import Any

from biopact.ontology import iris
from biopact.ontology.definitions import Schema


def context(schema: Schema) -> dict[str, Any]:
    """The context as a mapping.

    Dates carry their own datatype, because it follows from what is known of them. Classes are said by ``@type``:
    ``type`` is a property of documents.
    """
    own: dict[str, Any] = {
        "@version": 1.1,
        schema.name: f"{iris.ontology_iri(schema)}#",
        "rdfs": iris.RDFS,
        "skos": iris.SKOS,
        "xsd": iris.XSD,
        "id": "@id",
        "name": "rdfs:label",
        "aliases": {"@id": "skos:altLabel", "@container": "@set"},
    }
    for name in ("from", "to", "evidence"):
        own[name] = {"@id": f"{schema.name}:{name}", "@type": "@id"}
    for node in schema.nodes.values():
        own[node.name] = f"{schema.name}:{node.name}"
    for edge in schema.edges.values():
        own[edge.class_name] = f"{schema.name}:{edge.class_name}"
        own[edge.name] = {"@id": f"{schema.name}:{edge.name}", "@type": "@id"}
        if edge.inverse:
            own[edge.inverse] = {"@reverse": f"{schema.name}:{edge.name}", "@type": "@id"}
    for property_ in schema.properties().values():
        meaning = {"@id": f"{schema.name}:{property_.name}"}
        if iris.is_link(schema, property_):
            meaning["@type"] = "@id"
        elif property_.type not in ("date", "string"):
            meaning["@type"] = iris.DATATYPES[property_.type].replace(iris.XSD, "xsd:")
        if property_.many:
            meaning["@container"] = "@set"
        own[property_.name] = meaning
    return {"@context": own}


def context_json(schema: Schema) -> str:
    """The context as a file."""
    return json.dumps(context(schema), indent=2, ensure_ascii=False) + "\n"
