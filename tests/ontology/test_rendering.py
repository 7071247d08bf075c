"""The forms made from schema.yaml: committed files are up to date, and each is what its readers expect."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import yaml
from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, BNode, Graph, URIRef

from biopact.ontology import FORMATS, NotFoundError, iris, load_schema, render
from biopact.ontology.rendering import COMMITTED, write_committed

DOCS = Path(__file__).parents[2] / "docs"
BIOPACT = iris.ontology_iri(load_schema()) + "#"


@pytest.mark.parametrize("format", COMMITTED)
def test_committed_files_are_up_to_date(format: str) -> None:
    assert (DOCS / COMMITTED[format]).read_text(encoding="utf-8") == render(format), (
        "schema.yaml changed: run `python -m biopact.ontology docs` and commit what it writes"
    )


def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    write_committed(tmp_path / "a")
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "biopact.ontology", str(tmp_path / seed)],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        for name in COMMITTED.values():
            assert (tmp_path / seed / name).read_bytes() == (tmp_path / "a" / name).read_bytes()


def test_unknown_formats_are_refused_with_what_is_known() -> None:
    with pytest.raises(NotFoundError, match=r"'html'.*yaml, markdown, owl, owl-xml, owl-jsonld, shacl, jsonld, cypher"):
        render("html")
    assert yaml.safe_load(render("yaml"))["name"] == "biopact"
    assert set(COMMITTED) < set(FORMATS)


def test_owl_defines_every_name_without_blank_nodes() -> None:
    schema = load_schema()
    graph = Graph().parse(data=render("owl"), format="turtle")
    assert not [t for triple in graph for t in triple if isinstance(t, BNode)]
    classes = [*schema.nodes, *(e.class_name for e in schema.edges.values())]
    for name in classes:
        assert (URIRef(BIOPACT + name), RDF.type, OWL.Class) in graph
    for name in schema.edges:
        assert (URIRef(BIOPACT + name), RDF.type, OWL.ObjectProperty) in graph
    for name in schema.properties():
        kinds = set(graph.objects(URIRef(BIOPACT + name), RDF.type))
        assert len(kinds & {OWL.ObjectProperty, OWL.DatatypeProperty}) == 1, name
    for name in (*classes, *schema.edges, *schema.properties()):
        assert graph.value(URIRef(BIOPACT + name), SKOS.definition), name
    assert (URIRef(BIOPACT + "COLLABORATES_WITH"), RDF.type, OWL.SymmetricProperty) in graph
    for edge in schema.edges.values():
        inverse = graph.value(predicate=OWL.inverseOf, object=URIRef(BIOPACT + edge.name))
        assert inverse == (URIRef(BIOPACT + edge.inverse) if edge.inverse else None)
        assert bool(edge.inverse) != edge.symmetric
    assert str(graph.value(predicate=RDF.type, object=OWL.Ontology)) == "https://w3id.org/biopact/ontology"
    assert graph.value(URIRef(BIOPACT[:-1]), OWL.versionIRI) == URIRef(BIOPACT[:-1] + f"/{schema.version}")


def test_no_name_is_two_kinds_of_property() -> None:
    """OWL 2 DL forbids it, of aligned terms too."""
    graph = Graph().parse(data=render("owl"), format="turtle")
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    found = [set(graph.subjects(RDF.type, kind)) for kind in kinds]
    assert not (found[0] & found[1] or found[0] & found[2] or found[1] & found[2])


def test_alignments_reach_owl() -> None:
    graph = Graph().parse(data=render("owl"), format="turtle")
    org, oa = "http://www.w3.org/ns/org#", "http://www.w3.org/ns/oa#"
    assert (URIRef(BIOPACT + "Company"), RDFS.subClassOf, URIRef(org + "Organization")) in graph
    assert (URIRef(BIOPACT + "quote"), OWL.equivalentProperty, URIRef(oa + "exact")) in graph
    close = set(graph.objects(URIRef(BIOPACT + "OWNS"), SKOS.closeMatch))
    assert close == {URIRef(iris.expand(load_schema(), t)) for t in ("schema:owns", "fibo-ownership:owns")}


def test_every_alignment_is_justified_in_the_documentation() -> None:
    schema = load_schema()
    types = (*schema.nodes.values(), *schema.edges.values())
    aligned = {(term, how) for type_ in types for term, how in type_.aligned.items()}
    aligned |= {pair for type_ in types for p in type_.properties.values() for pair in p.aligned.items()}
    page = (DOCS / "rdf.md").read_text(encoding="utf-8")
    lines = page.partition("\n## Alignment\n")[2].partition("\n## ")[0].splitlines()
    rows = [line for line in lines if line.startswith("| ")]
    for term, how in sorted(aligned):
        assert [row for row in rows if f"`{term}`" in row and how in row], f"{how} {term}"
    named = {match[1] for row in rows for match in re.finditer(r"`([a-z-]+:\w+)`", row)}
    assert named == {term for term, _ in aligned}


def test_every_term_is_a_concept_of_its_scheme() -> None:
    schema = load_schema()
    graph = Graph().parse(data=render("owl"), format="turtle")
    for name, terms in schema.vocabularies.items():
        scheme = URIRef(iris.scheme_iri(schema, name))
        concepts = set(graph.subjects(SKOS.inScheme, scheme))
        assert {str(graph.value(c, SKOS.prefLabel)) for c in concepts} == set(terms)


def test_shapes_target_every_class_and_use_core_constraints_only() -> None:
    schema = load_schema()
    graph = Graph().parse(data=render("shacl"), format="turtle")
    targets = {str(t).removeprefix(BIOPACT) for t in graph.objects(None, SH.targetClass) if t.startswith(BIOPACT)}
    assert targets == {*schema.nodes, *(e.class_name for e in schema.edges.values())}
    assert not list(graph.subject_objects(SH.sparql))
    for shape in graph.subjects(RDF.type, SH.PropertyShape):
        assert isinstance(shape, URIRef)
        assert len(list(graph.objects(shape, SH.path))) == 1


def test_the_context_gives_json_its_meaning() -> None:
    context = json.loads(render("jsonld"))
    document = {
        **context,
        "id": "https://example.org/company/a",
        "@type": "Company",
        "name": "A",
        "aliases": ["a", "b"],
        "LICENSES_TO": "https://example.org/company/b",
        "OWNED_BY": "https://example.org/company/c",
        "kind": "https://example.org/firm",
        "length": "17",
    }
    triples = pyoxigraph.parse(json.dumps(document), format=pyoxigraph.RdfFormat.JSON_LD)
    assert sorted(f"{t.predicate} {t.object}" for t in triples) == sorted(
        [
            f"<{RDF.type}> <{BIOPACT}Company>",
            f'<{RDFS.label}> "A"',
            f'<{SKOS.altLabel}> "a"',
            f'<{SKOS.altLabel}> "b"',
            f"<{BIOPACT}LICENSES_TO> <https://example.org/company/b>",
            f"<{BIOPACT}OWNS> <https://example.org/company/a>",  # said of c
            f"<{BIOPACT}kind> <https://example.org/firm>",
            f'<{BIOPACT}length> "17"^^<{XSD.integer}>',
        ]
    )


def test_cypher_names_only_types_of_the_schema() -> None:
    schema, script = load_schema(), render("cypher")
    labels = set(re.findall(r"\(n:(\w+)\)", script)) | set(re.findall(r"\[r:(\w+)\]", script))
    assert labels == {*schema.nodes, *schema.edges}
    for name in schema.nodes:
        assert f"FOR (n:{name}) REQUIRE n.id IS UNIQUE;" in script
    assert "FOR (n:Company) ON (n.cik);" in script


def test_the_page_holds_every_type_property_and_term() -> None:
    schema, page = load_schema(), render("markdown")
    for name in (*schema.nodes, *schema.edges, *schema.vocabularies):
        assert f"\n### {name}\n" in page
    for name in (*schema.properties(), *(t for terms in schema.vocabularies.values() for t in terms)):
        assert f"`{name}`" in page
