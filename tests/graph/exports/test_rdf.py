"""RDF that independent readers take as it is: every form, hostile words, the same bytes each time."""

import gzip
import io
import random
import subprocess
import sys
import tempfile
import unicodedata
import warnings
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Literal, URIRef

from biopact.graph.rdf import FORMATS, graphs, write_rdf
from biopact.graph.records import Graph, Node, edge_id
from biopact.graph.store import synchronise
from biopact.graph.stores import open_store
from biopact.ontology import ValidationError, iris, load_schema

BASE = load_schema().base_iri
BIOPACT = rdflib.Namespace(iris.ontology_iri(load_schema()) + "#")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
ALDER, BRUME, DEAL = (
    URIRef(BASE + i) for i in ("company/alder-therapeutics", "company/societe-brume", "agreement/6a1f")
)
LICENCE = URIRef(BASE + edge_id("LICENSES_TO", "company/alder-therapeutics", "company/societe-brume"))
RDFLIB_NAMES = {".nq": "nquads", ".trig": "trig", ".nt": "nt", ".ttl": "turtle", ".jsonld": "json-ld", ".rdf": "xml"}
WITH_GRAPHS = (".nq", ".trig")


def written(graph: Graph, folder: Path, suffix: str, **options: Any) -> bytes:
    path = folder / f"graph{suffix}"
    count = write_rdf(graph, path, **options)
    data = path.read_bytes()
    assert [p.name for p in folder.iterdir() if p.name.startswith(".")] == []
    if suffix in (".nq", ".nt"):
        assert data.count(b"\n") == count
    return data


def by_rdflib(data: bytes, suffix: str) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    with warnings.catch_warnings():
        # rdflib's own JSON-LD reader uses what rdflib deprecates
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=data, format=RDFLIB_NAMES[suffix])
    return dataset


def quads(data: bytes, suffix: str) -> list[pyoxigraph.Quad]:
    """All statements but the description of them, by pyoxigraph."""
    description = pyoxigraph.NamedNode(f"{BASE}graph/description")
    return [q for q in pyoxigraph.parse(data, format=FORMATS[suffix]) if q.graph_name != description]


def triples(data: bytes, suffix: str) -> set[str]:
    """The same without their graphs."""
    return {str(q.triple) for q in quads(data, suffix)}


def merged(graph: Graph, folder: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(data=written(graph, folder, ".nt"), format="nt")


@pytest.mark.parametrize("suffix", FORMATS)
def test_two_independent_readers_find_the_same_statements(graph: Graph, tmp_path: Path, suffix: str) -> None:
    expected = triples(written(graph, tmp_path, ".nt"), ".nt")
    data = written(graph, tmp_path, suffix)
    found = triples(data, suffix)
    own_graphs = {t for t in found if "/graph/filing/" in t}
    assert found - own_graphs == expected
    assert bool(own_graphs) == (suffix in WITH_GRAPHS)
    description = URIRef(f"{BASE}graph/description")
    read = {(s, p, o) for s, p, o, name in by_rdflib(data, suffix).quads() if name != description}
    reference = {(s, p, o) for s, p, o, _ in by_rdflib(written(graph, tmp_path, ".nt"), ".nt").quads()}
    assert {t for t in read if "/graph/filing/" not in t[0]} == reference


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_graph_gives_the_same_bytes_in_any_order_and_process(
    graph: Graph, tmp_path: Path, suffix: str
) -> None:
    data = written(graph, tmp_path, suffix)
    nodes, edges = list(graph.nodes.items()), list(graph.edges.items())
    random.Random(17).shuffle(nodes)
    random.Random(18).shuffle(edges)
    turned = {
        k: replace(e, evidence=e.evidence[::-1], properties=dict(reversed(e.properties.items()))) for k, e in edges
    }
    assert written(Graph(dict(nodes), turned), tmp_path, suffix) == data
    packed = written(graph, tmp_path, suffix + ".gz")
    assert gzip.decompress(packed) == data
    assert written(graph, tmp_path, suffix + ".gz") == packed


def test_hash_seeds_do_not_matter(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_text(
        "".join(f"{r.to_json()!r}\n" for r in (*graph.nodes.values(), *graph.edges.values())), encoding="utf-8"
    )
    program = (
        "import ast, sys, pathlib\n"
        "from biopact.graph.records import *; from biopact.graph.rdf import *\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "lines = map(ast.literal_eval, (folder / 'records.jsonl').read_text('utf-8').splitlines())\n"
        "records = [(Node if l['record'] == 'node' else Edge).from_json(l) for l in lines]\n"
        "nodes, edges = ({r.id: r for r in records if isinstance(r, kind)} for kind in (Node, Edge))\n"
        "graph = Graph(nodes, edges)\n"
        "for suffix in FORMATS: write_rdf(graph, folder / f'other{suffix}')\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, env={"PYTHONHASHSEED": "3"})
    for suffix in FORMATS:
        assert (tmp_path / f"other{suffix}").read_bytes() == written(graph, tmp_path, suffix)


def test_no_blank_nodes_and_no_statement_twice(graph: Graph, tmp_path: Path) -> None:
    for suffix in (".nq", ".nt"):
        lines = written(graph, tmp_path, suffix).decode().splitlines()
        assert len(lines) == len(set(lines))
        assert not [line for line in lines if "_:" in line.replace("<", " _<").split('"')[0]]


def test_an_edge_is_a_resource_and_a_direct_triple(graph: Graph, tmp_path: Path) -> None:
    rdf = merged(graph, tmp_path)
    assert (ALDER, BIOPACT.LICENSES_TO, BRUME) in rdf
    assert set(rdf.predicate_objects(LICENCE)) >= {
        (RDF.type, BIOPACT.LicensesTo),
        (BIOPACT["from"], ALDER),
        (BIOPACT["to"], BRUME),
        (BIOPACT.agreement, DEAL),
        (BIOPACT.subjects, URIRef(BASE + "technology/weaver")),
        (BIOPACT.date, Literal("2006-10-17", datatype=XSD.date)),
        (BIOPACT.exclusivity, URIRef(BASE + "vocabulary/exclusivity/non-exclusive")),
        (BIOPACT.royalties, Literal(False)),
    }
    assert {str(o).startswith(BASE + "evidence/") for o in rdf.objects(LICENCE, BIOPACT.evidence)} == {True}
    assert len(set(rdf.subjects(BIOPACT["from"]))) == len(graph.edges)


def test_values_have_the_type_that_is_known_of_them(graph: Graph, tmp_path: Path) -> None:
    rdf = merged(graph, tmp_path)
    assert rdf.value(DEAL, BIOPACT.agreement_date) == Literal("2006-10-17", datatype=XSD.date)
    assert rdf.value(DEAL, BIOPACT.expiration_date) == Literal("2011-08", datatype=XSD.gYearMonth)
    assert rdf.value(DEAL, BIOPACT.announced_date) == Literal("2006", datatype=XSD.gYear)
    for name, amount in (("upfront_usd", "1500000"), ("milestones_max_usd", "1000000000000000000000")):
        value = rdf.value(DEAL, BIOPACT[name])
        assert isinstance(value, Literal)
        assert (value.datatype, value.value, "E" in str(value)) == (XSD.decimal, Decimal(amount), False)
    assert rdf.value(DEAL, BIOPACT.royalties) == Literal(False)
    assert rdf.value(DEAL, BIOPACT.territory) == Literal("Japan")
    assert rdf.value(ALDER, RDFS.label) == Literal("Alder Therapeutics")
    assert set(rdf.objects(ALDER, SKOS.altLabel)) == {Literal("Alder"), Literal("ALDER THERAPEUTICS, INC.")}
    kinds = {BASE + f"vocabulary/agreement_kind/{k}" for k in ("license", "co-development")}
    assert {str(o) for o in rdf.objects(DEAL, BIOPACT.kinds)} == kinds


def test_evidence_is_a_web_annotation_selector_quoted_from_its_document(
    world: Any, graph: Graph, tmp_path: Path
) -> None:
    rdf = merged(graph, tmp_path)
    assert set(rdf.subjects(RDF.type, BIOPACT.Evidence)) == {URIRef(BASE + i) for i in graph.evidence()}
    for id_, evidence in graph.evidence().items():
        span = URIRef(BASE + id_)
        document = rdf.value(span, PROV.wasQuotedFrom)
        assert document == rdf.value(span, BIOPACT.PART_OF) == URIRef(BASE + evidence.document)
        start, end = (rdf.value(span, OA[name]) for name in ("start", "end"))
        assert isinstance(start, Literal) and isinstance(end, Literal)
        text = world.texts[evidence.document]
        assert text[start.value : end.value] == str(rdf.value(span, OA.exact)) == str(rdf.value(span, BIOPACT.quote))


def test_each_filing_has_a_graph_of_what_it_states(graph: Graph, tmp_path: Path) -> None:
    dataset = by_rdflib(written(graph, tmp_path, ".nq"), ".nq")
    graphs: defaultdict[str, rdflib.Graph] = defaultdict(rdflib.Graph)
    for s, p, o, name in dataset.quads():
        graphs[str(name).removeprefix(BASE + "graph/")].add((s, p, o))
    first, second = "filing/0000000001-06-000001", "filing/0000000002-07-000001"
    assert set(graphs) == {"entities", first, second, "description"}
    for filing in (first, second):
        assert (URIRef(BASE + "graph/" + filing), PROV.wasDerivedFrom, URIRef(BASE + filing)) in graphs[filing]
        assert (URIRef(BASE + filing), RDF.type, BIOPACT.Filing) in graphs[filing]
        assert (ALDER, BIOPACT.LICENSES_TO, BRUME) in graphs[filing]  # both tell of it
        [evidence] = graphs[filing].objects(LICENCE, BIOPACT.evidence)  # each with its own words
        assert (evidence, RDF.type, BIOPACT.Evidence) in graphs[filing]
    assert (ALDER, BIOPACT.COLLABORATES_WITH, BRUME) in graphs[first]
    assert (ALDER, BIOPACT.COLLABORATES_WITH, BRUME) not in graphs[second]
    assert (ALDER, RDFS.label, Literal("Alder Therapeutics")) in graphs["entities"]
    assert not list(graphs["entities"].subject_objects(BIOPACT.evidence))


def test_graphs_are_the_parts_of_the_file(graph: Graph, tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store")) as store:
        synchronise(store, graph)
        parts = list(graphs(store))
        assert list(graphs(store)) == parts
    names = ("entities", "filing/0000000001-06-000001", "filing/0000000002-07-000001", "description")
    assert [name for name, _ in parts] == [f"{BASE}graph/{name}" for name in names]
    assert b"".join(lines for _, lines in parts) == written(graph, tmp_path, ".nq")
    for name, lines in parts:
        assert {q.graph_name.value for q in pyoxigraph.parse(lines, format=FORMATS[".nq"])} == {name}


def test_a_filing_that_goes_takes_exactly_its_graph_along(graph: Graph, tmp_path: Path) -> None:
    gone = "filing/0000000002-07-000001"
    nodes = {
        k: replace(n, evidence=tuple(e for e in n.evidence if e.filing != gone))
        for k, n in graph.nodes.items()
        if gone.partition("/")[2] not in k
    }
    edges = {
        k: replace(e, evidence=tuple(x for x in e.evidence if x.filing != gone))
        for k, e in graph.edges.items()
        if e.target != gone
    }
    before = set(quads(written(graph, tmp_path, ".nq"), ".nq"))
    after = set(quads(written(Graph(nodes, edges), tmp_path, ".nq"), ".nq"))
    assert before > after
    assert {q.graph_name for q in before - after} == {pyoxigraph.NamedNode(f"{BASE}graph/{gone}")}


def test_data_stands_below_another_base_but_the_ontology_does_not(graph: Graph, tmp_path: Path) -> None:
    rdf = rdflib.Graph().parse(data=written(graph, tmp_path, ".ttl", base="https://kb.example.org/x#"), format="turtle")
    alder = URIRef("https://kb.example.org/x#company/alder-therapeutics")
    assert (alder, RDF.type, BIOPACT.Company) in rdf
    assert {str(s).startswith("https://kb.example.org/x#") for s in rdf.subjects()} == {True}


@pytest.mark.parametrize("base", ["", "kb/", "https://kb.example.org", "https://a/> <http://evil/", "https://a/\n/"])
def test_a_base_that_is_no_iri_is_refused(graph: Graph, tmp_path: Path, base: str) -> None:
    with pytest.raises(ValidationError, match="expected an absolute IRI that ends with / or #"):
        write_rdf(graph, tmp_path / "graph.nq", base=base)
    assert list(tmp_path.iterdir()) == []


def test_the_ontology_comes_along_when_asked(graph: Graph, tmp_path: Path) -> None:
    without = triples(written(graph, tmp_path, ".nq"), ".nq")
    dataset = by_rdflib(written(graph, tmp_path, ".nq", ontology=True), ".nq")
    own = dataset.graph(URIRef(BASE + "graph/ontology"))
    assert (BIOPACT.Company, RDF.type, OWL.Class) in own
    assert len(dataset) - len(own) >= len(without)
    assert (BIOPACT.Company, RDF.type, OWL.Class) in rdflib.Graph().parse(
        data=written(graph, tmp_path, ".rdf", ontology=True), format="xml"
    )


def test_suffixes_that_are_no_rdf_are_refused(graph: Graph, tmp_path: Path) -> None:
    for name in ("graph.csv", "graph", "graph.gz", "graph.nq.bz2"):
        with pytest.raises(ValidationError, match=r"known are \.nq, \.trig, \.nt, \.ttl, \.jsonld, \.rdf"):
            write_rdf(graph, tmp_path / name)


HOSTILE = [
    'quoted "name"',
    "line\nbreak\r\nand\ttab",
    "> <http://evil/> <http://evil/> .\n<http://evil/s> <http://evil/p> <http://evil/o> .",
    '" <http://evil/g> .\n<http://evil/s> <http://evil/p> "o',
    "back\\slash \\u0041 \\",
    "]]> <!-- & &amp; </rdfs:label>",
    "\u202eright to left\u202c \u2028 \x85",
    "e\u0301 is composed",
    "x" * 10_000,
    "{{ template }} ${jndi} '; DROP TABLE",
    "\U0001f9ec gene",
]


def _named(name: str, id_: str = "company/a") -> Graph:
    return Graph({id_: Node(id_, "Company", name, (name + "!",), {"jurisdiction": name})}, {})


def _holds(graph: Graph, folder: Path, suffix: str, name: str) -> None:
    expected = unicodedata.normalize("NFC", name)
    found = sorted((q.predicate.value, q.object.value) for q in quads(written(graph, folder, suffix), suffix))
    assert found == sorted(
        [
            (str(RDF.type), str(BIOPACT.Company)),
            (str(RDFS.label), expected),
            (str(SKOS.altLabel), unicodedata.normalize("NFC", name + "!")),
            (str(BIOPACT.jurisdiction), expected),
        ]
    )


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_stay_words(name: str, suffix: str, tmp_path: Path) -> None:
    _holds(_named(name), tmp_path, suffix, name)
    quads = by_rdflib(written(_named(name), tmp_path, suffix), suffix).quads()
    labels = {str(o) for _, p, o, _ in quads if p == RDFS.label}
    assert labels == {unicodedata.normalize("NFC", name)}


@settings(max_examples=100, deadline=None)
@given(name=st.text(min_size=1), suffix=st.sampled_from(list(FORMATS)))
def test_any_name_survives_or_is_refused(name: str, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            _holds(_named(name), Path(folder), suffix, name)
        except ValidationError as error:
            assert suffix == ".rdf" and "control character" in str(error)
            assert any(ord(c) < 32 or c in "\ufffe\uffff" for c in name)
            assert list(Path(folder).iterdir()) == []


@settings(max_examples=60, deadline=None)
@given(tail=st.text(min_size=1, alphabet=st.characters(exclude_categories=())))
def test_any_id_becomes_one_iri_or_is_refused(tail: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nq"
        try:
            write_rdf(_named("A", f"company/{tail}"), path)
        except ValidationError:
            assert any(0xD800 <= ord(c) < 0xE000 for c in tail)
        else:
            found = quads(path.read_bytes(), ".nq")
            assert len(found) == 4
            assert len({q.subject for q in found}) == 1


@pytest.mark.parametrize("suffix", [".nq", ".ttl", ".rdf", ".jsonld.gz"])
def test_half_a_character_is_refused_and_leaves_no_file(suffix: str, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"company/a: half a character \(a lone surrogate\)"):
        write_rdf(_named("Alder \ud800"), tmp_path / f"graph{suffix}")
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_leaves_the_old_file_as_it_was(graph: Graph, tmp_path: Path) -> None:
    before = written(graph, tmp_path, ".nq")
    with pytest.raises(ValidationError):
        write_rdf(_named("Alder \udfff"), tmp_path / "graph.nq")
    assert (tmp_path / "graph.nq").read_bytes() == before


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"kind": "compnay"}, "Company.kind cannot be 'compnay'"),
        ({"colour": "red"}, "Company.colour cannot be 'red'"),
        ({"cik": 17}, "Company.cik cannot be 17"),
    ],
)
def test_records_that_do_not_fit_are_named(properties: dict[str, Any], message: str, tmp_path: Path) -> None:
    with pytest.raises(ValidationError) as error:
        write_rdf(Graph({"company/a": Node("company/a", "Company", "A", (), properties)}, {}), tmp_path / "graph.nq")
    assert str(error.value).startswith(f"company/a: {message}")


def test_quotes_keep_the_very_characters_that_offsets_count(world: Any, tmp_path: Path) -> None:
    apart = "Socie\u0301te\u0301 Brume"
    words = replace(world.says("Société Brume"), quote=apart, end=world.says("Société Brume").start + len(apart))
    rdf = merged(Graph({"company/b": Node("company/b", "Company", apart, evidence=(words,))}, {}), tmp_path)
    assert str(rdf.value(URIRef(BASE + words.id), BIOPACT.quote)) == apart
    assert str(rdf.value(URIRef(BASE + "company/b"), RDFS.label)) == "Société Brume"


def test_the_shapes_accept_the_data_and_catch_what_is_wrong(graph: Graph, tmp_path: Path) -> None:
    pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is not installed")
    from biopact.ontology.shacl import shacl_graph

    shapes = shacl_graph(load_schema())
    data = merged(graph, tmp_path)
    conforms, _, report = pyshacl.validate(data, shacl_graph=shapes)
    assert conforms, report
    wrong = io.BytesIO(written(graph, tmp_path, ".nt"))
    broken = rdflib.Graph().parse(wrong, format="nt")
    broken.remove((LICENCE, BIOPACT.evidence, None))
    broken.set((DEAL, BIOPACT.agreement_date, Literal("October 2006")))
    broken.set((ALDER, BIOPACT.cik, Literal("17")))
    broken.add((LICENCE, BIOPACT.colour, Literal("red")))
    conforms, _, report = pyshacl.validate(broken, shacl_graph=shapes)
    assert not conforms
    for shape in ("LicensesTo-evidence", "Agreement-agreement_date", "Company-cik", "shape:LicensesTo"):
        assert shape in report, report
