"""HermiT proves the ontology: OWL 2 DL, consistent, every class can have members. And it finds what is broken."""

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from biopact.ontology import iris, load_schema
from biopact.ontology.rendering import COMMITTED
from tests.servers.hermit import Reasoned, reasoned

DOCS = Path(__file__).parents[2] / "docs"
FORMS = ("owl", "owl-xml")  # the OWL API reads JSON-LD through another library; `test_forms` compares that form
BIOPACT = iris.ontology_iri(load_schema()) + "#"
FALSE = URIRef(BIOPACT + "Impossible")
SOME = URIRef("https://example.org/some")

# Each breaks the ontology in a way that a reasoner must see.
BROKEN = {
    "not OWL 2 DL": [(URIRef(BIOPACT + "cik"), RDF.type, OWL.ObjectProperty)],
    "inconsistent": [
        (SOME, RDF.type, OWL.NamedIndividual),
        (SOME, RDF.type, URIRef(BIOPACT + "Company")),
        (SOME, URIRef(BIOPACT + "from"), SOME),  # what has ends is a relation
    ],
    "unsatisfiable": [
        (FALSE, RDF.type, OWL.Class),
        (FALSE, RDFS.subClassOf, URIRef(BIOPACT + "Company")),
        (FALSE, RDFS.subClassOf, URIRef(BIOPACT + "Person")),
    ],
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reasoned]:
    """All files in one run of Java."""
    folder = tmp_path_factory.mktemp("owl")
    files = {form: DOCS / COMMITTED[form] for form in FORMS}
    for name, triples in BROKEN.items():
        graph = Graph().parse(files["owl"])
        for triple in triples:
            graph.add(triple)
        files[name] = folder / f"{name.replace(' ', '-')}.ttl"
        graph.serialize(files[name], format="turtle")
    return dict(zip(files, reasoned(list(files.values())), strict=True))


@pytest.mark.parametrize("form", FORMS)
def test_the_ontology_is_owl_2_dl_consistent_and_every_class_can_have_members(
    found: dict[str, Reasoned], form: str
) -> None:
    assert found[form] == Reasoned(axioms=found["owl"].axioms)
    assert found[form].axioms > 800


def test_what_is_broken_is_found(found: dict[str, Reasoned]) -> None:
    assert found["not OWL 2 DL"].not_dl
    assert not found["inconsistent"].consistent
    assert found["unsatisfiable"].consistent
    assert found["unsatisfiable"].unsatisfiable == [str(FALSE)]
