"""HermiT proves the ontology: OWL 2 DL, consistent, every class can have members. And it finds what is broken."""

from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from biopact.graph.rdf import write_rdf
from biopact.graph.rdf_links import Link
from biopact.ontology import iris, load_schema
from biopact.ontology.rendering import COMMITTED
from tests.graph.world import world
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


def data_beside(ontology: Path, folder: Path) -> Path:
    """A graph with all that an export writes, the ontology in it; without its dates, which OWL 2 has no types for."""
    write_rdf(world(), folder / "data.nq", links=[Link("company/alba", "wikidata", "Q42", "アルバ", "ja")])
    quads = pyoxigraph.parse(path=folder / "data.nq", format=pyoxigraph.RdfFormat.N_QUADS)
    dates = set(iris.DATE_DATATYPES.values())
    kept = {
        q.triple for q in quads if not (isinstance(q.object, pyoxigraph.Literal) and q.object.datatype.value in dates)
    }
    kept |= {quad.triple for quad in pyoxigraph.parse(path=ontology, format=pyoxigraph.RdfFormat.TURTLE)}
    pyoxigraph.serialize(kept, folder / "data.ttl", pyoxigraph.RdfFormat.TURTLE)
    return folder / "data.ttl"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reasoned]:
    """All files in one run of Java."""
    folder = tmp_path_factory.mktemp("owl")
    files = {form: DOCS / COMMITTED[form] for form in FORMS}
    files["data"] = data_beside(files["owl"], folder)
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


def test_data_and_ontology_together_are_owl_2_dl_and_consistent(found: dict[str, Reasoned]) -> None:
    assert found["data"].axioms > found["owl"].axioms + 500
    assert found["data"] == Reasoned(axioms=found["data"].axioms)


def test_what_is_broken_is_found(found: dict[str, Reasoned]) -> None:
    assert found["not OWL 2 DL"].not_dl
    assert not found["inconsistent"].consistent
    assert found["unsatisfiable"].consistent
    assert found["unsatisfiable"].unsatisfiable == [str(FALSE)]
