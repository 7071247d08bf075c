"""The forms the ontology takes for other tools, and the files of them that are committed under docs/."""

from __future__ import annotations

from pathlib import Path

from biopact.ontology.definitions import Schema
from biopact.ontology.errors import NotFoundError
from biopact.ontology.schema import load_schema, schema_text

FORMATS = ("yaml", "markdown", "owl", "owl-xml", "owl-jsonld", "shacl", "jsonld", "cypher")

# Where the committed file of a format stands below docs/.
COMMITTED = {
    "markdown": "ontology.md",
    "owl": "ontology/biopact.owl.ttl",
    "owl-xml": "ontology/biopact.owl.rdf",
    "owl-jsonld": "ontology/biopact.owl.jsonld",
    "shacl": "ontology/biopact.shacl.ttl",
    "jsonld": "ontology/biopact.context.jsonld",
    "cypher": "ontology/biopact.cypher",
}


def render(format: str, schema: Schema | None = None) -> str:
    """The ontology in one of FORMATS; NotFoundError names them for any other word.

    `yaml` is always the file that ships with biopact.
    """
    schema = schema or load_schema()
    # rdflib takes a third of a second to import, and most commands never need it.
    match format:
        case "yaml":
            return schema_text()
        case "markdown":
            from biopact.ontology.markdown import markdown

            return markdown(schema)
        case "owl":
            from biopact.ontology.owl import owl_turtle

            return owl_turtle(schema)
        case "owl-xml" | "owl-jsonld":
            from pyoxigraph import RdfFormat

            from biopact.ontology.owl import owl_as

            return owl_as(schema, RdfFormat.RDF_XML if format == "owl-xml" else RdfFormat.JSON_LD)
        case "shacl":
            from biopact.ontology.shacl import shacl_turtle

            return shacl_turtle(schema)
        case "jsonld":
            from biopact.ontology.context import context_json

            return context_json(schema)
        case "cypher":
            from biopact.ontology.cypher import cypher_script

            return cypher_script(schema)
    raise NotFoundError(f"no format {format!r} for the ontology; known are {', '.join(FORMATS)}")


def write_committed(docs: Path) -> None:
    """Write the committed files anew below a docs folder."""
    for format, name in COMMITTED.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(format), encoding="utf-8", newline="\n")
