"""What RDF holds beside the records: provenance, identifiers, superseded ids, links of a file, a description."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from biopact.graph.rdf import FORMATS, write_rdf
from biopact.graph.rdf_links import Link, read_links
from biopact.graph.rdf_triples import named
from biopact.graph.records import Graph, Node, Value
from biopact.ontology import ValidationError, iris, load_schema

SCHEMA = load_schema()
BASE = SCHEMA.base_iri
ALDER, BRUME, COMPOUND = "company/alder-therapeutics", "company/societe-brume", "compound/bru-17"
FIRST = "filing/0000000001-06-000001"
SECOND = "filing/0000000002-07-000001"
FETCHED = {"url": "https://www.sec.gov/x.txt", "retrieved": "2018-03-05T10:00:00+00:00"}
LEI = "529900T8BM49AURSDO55"
LINKS = [
    Link(ALDER, "ror", "05a28rw58"),
    Link(ALDER, "wikidata", "Q42", "アルダー", "ja"),
    Link(COMPOUND, "chembl", "CHEMBL25"),
    Link("company/nobody", "wikidata", "Q43"),
]


class Read:
    """Quads of a file, asked by subject and predicate."""

    def __init__(self, data: bytes, suffix: str = ".nq") -> None:
        self.quads = list(pyoxigraph.parse(data, format=FORMATS[suffix]))

    def of(self, id_: str, predicate: str, graph: str = "") -> set[str]:
        """The values of a resource, in a named graph or anywhere."""
        return {
            q.object.value
            for q in self.quads
            if q.subject == NamedNode(BASE + id_)
            and q.predicate == named(predicate)
            and (not graph or q.graph_name == NamedNode(f"{BASE}graph/{graph}"))
        }

    def graph(self, name: str) -> list[pyoxigraph.Quad]:
        return [q for q in self.quads if q.graph_name == NamedNode(f"{BASE}graph/{name}")]


def written(graph: Graph, folder: Path, suffix: str = ".nq", **options: Any) -> Read:
    path = folder / f"graph{suffix}"
    write_rdf(graph, path, **options)
    return Read(path.read_bytes(), suffix)


def with_properties(graph: Graph, more: Mapping[str, Mapping[str, Value]]) -> Graph:
    changed = {id_: replace(graph.nodes[id_], properties={**graph.nodes[id_].properties, **more[id_]}) for id_ in more}
    return Graph({**graph.nodes, **changed}, graph.edges)


@pytest.mark.parametrize("suffix", FORMATS)
def test_which_software_read_a_filing_and_quotes_it(graph: Graph, tmp_path: Path, suffix: str) -> None:
    read = written(graph, tmp_path, suffix)
    reading, software = "extraction/0000000001-06-000001", "software/rules%201"
    assert read.of(reading, "rdf:type") == {named("prov:Activity").value}
    assert read.of(reading, "prov:used") == {BASE + FIRST}
    assert read.of(reading, "prov:wasAssociatedWith") == {BASE + software}
    assert read.of(software, "rdf:type") == {named("prov:SoftwareAgent").value}
    assert read.of(software, "rdfs:label") == {"rules 1"}
    for id_ in graph.evidence():
        assert read.of(id_, "prov:wasAttributedTo") == {BASE + software}
        assert read.of(id_, "rdf:type") >= {
            f"{SCHEMA.prefixes['oa']}Text{kind}Selector" for kind in ("Quote", "Position")
        }
    if suffix in (".nq", ".trig"):
        assert read.of(f"graph/{FIRST}", "prov:wasGeneratedBy", FIRST) == {BASE + reading}
        assert read.of(software, "rdfs:label", FIRST) == {"rules 1"}


def test_where_and_when_a_filing_was_fetched(graph: Graph, tmp_path: Path) -> None:
    assert not written(graph, tmp_path).of("retrieval/0000000001-06-000001", "prov:used")
    read = written(with_properties(graph, {FIRST: FETCHED}), tmp_path)
    fetching = "retrieval/0000000001-06-000001"
    assert read.of(FIRST, "prov:hadPrimarySource", FIRST) == {FETCHED["url"]}
    assert read.of(FIRST, "prov:wasGeneratedBy", FIRST) == {BASE + fetching}
    assert read.of(fetching, "prov:used", FIRST) == {FETCHED["url"]}
    [ended] = (q.object for q in read.quads if q.predicate == named("prov:endedAtTime"))
    assert ended == Literal("2018-03-05T10:00:00+00:00", datatype=named("xsd:dateTime"))


@pytest.mark.parametrize("suffix", [".nq", ".nt"])
def test_where_the_sec_shows_a_filing_that_was_not_fetched(graph: Graph, tmp_path: Path, suffix: str) -> None:
    nameless = with_properties(graph, {filing: {"url": ""} for filing in (FIRST, SECOND)})
    read = written(nameless, tmp_path, suffix)
    page = "https://www.sec.gov/Archives/edgar/data/17/000000000106000001/0000000001-06-000001-index.htm"
    assert read.of(FIRST, "schema:sameAs") == {page}
    assert not read.of(SECOND, "schema:sameAs")  # who filed it nobody says


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a/> <http://evil/", "https://a/>", "https://a/\n", "https://ä/", ""]
)
def test_an_address_that_is_none_is_no_source(graph: Graph, tmp_path: Path, url: str) -> None:
    read = written(with_properties(graph, {FIRST: {**FETCHED, "url": url}}), tmp_path)
    assert not read.of(FIRST, "prov:hadPrimarySource")


def test_identifiers_are_resources_with_links(graph: Graph, tmp_path: Path) -> None:
    more: dict[str, dict[str, Value]] = {ALDER: {"lei": LEI, "cik": "0000000017"}, BRUME: {"cik": "17", "lei": "none"}}
    read = written(with_properties(graph, more), tmp_path)
    cik, lei = (f"identifier/{ALDER}/{tail}" for tail in ("cik/0000000017", f"lei/{LEI}"))
    assert read.of(ALDER, "adms:identifier", "entities") == {BASE + cik, BASE + lei}
    assert read.of(cik, "rdf:type") == {named("adms:Identifier").value}
    assert read.of(cik, "skos:notation") == {"0000000017"}
    assert read.of(cik, "adms:schemaAgency") == {"U.S. Securities and Exchange Commission"}
    assert read.of(ALDER, "skos:exactMatch") == {f"https://rdf.gleif.org/L1/L-{LEI}"}
    [page] = read.of(ALDER, "schema:sameAs")
    assert page.startswith("https://www.sec.gov/") and page.endswith("CIK=0000000017")
    assert not read.of(BRUME, "adms:identifier")  # these have not the form of such identifiers
    number = f"identifier/{FIRST}/accession_number/0000000001-06-000001"
    assert read.of(FIRST, "adms:identifier", FIRST) == {BASE + number}


def test_a_file_of_links_stands_in_a_graph_of_its_own(graph: Graph, tmp_path: Path) -> None:
    read = written(graph, tmp_path, links=LINKS)
    own = read.graph("links")
    assert {q.subject.value.removeprefix(BASE) for q in own if q.predicate == named("skos:exactMatch")} == {
        ALDER,
        COMPOUND,
    }
    assert read.of(ALDER, "skos:exactMatch", "links") == {
        "https://ror.org/05a28rw58",
        "http://www.wikidata.org/entity/Q42",
    }
    [name] = (q.object for q in own if q.predicate == named("schema:alternateName"))
    assert name == Literal("アルダー", language="ja")
    without = written(graph, tmp_path)
    assert not without.graph("links")
    outside = [q for q in read.quads if q not in own and q not in read.graph("description")]
    assert outside == [q for q in without.quads if q not in without.graph("description")]


def test_links_are_read_from_a_table(tmp_path: Path) -> None:
    path = tmp_path / "links.csv"
    path.write_text(
        "id;registry;identifier;name;language\n"
        f"{COMPOUND};chembl;CHEMBL25;;\n{ALDER};wikidata;Q42;アルダー;ja\n{ALDER};wikidata;Q42;アルダー;ja\n",
        encoding="utf-8",
    )
    assert read_links(path, SCHEMA) == [LINKS[1], LINKS[2]]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("company/a,wikipedia,Q1", "line 2: unknown registry 'wikipedia'; known are cik, lei"),
        ("company/a,wikidata,42", "line 2: '42' is no identifier of wikidata: expected Q"),
        ("company/a,chembl,CHEMBL25", "line 2: company/a: chembl has identifiers of Compound only"),
        ("firm/a,wikidata,Q1", "line 2: id 'firm/a' begins with no known node type"),
        ("company/a,wikidata,Q1,A,in Japanese", "line 2: language 'in Japanese': expected a tag such as ja"),
        ("company/a,wikidata,Q1,,ja", "line 2: language 'ja': expected a tag such as ja or zh-Hans, of a name"),
        ("a,b,c,d,e,f", "line 2: 6 cells in 5 columns"),
    ],
)
def test_a_wrong_link_is_named_with_its_line(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "links.csv"
    path.write_text(f"id,registry,identifier,name,language\n{row}\n", encoding="utf-8")
    with pytest.raises(ValidationError) as error:
        read_links(path, SCHEMA)
    assert f"links.csv, {message}" in str(error.value)


def _company(id_: str, *merged: str) -> Node:
    return Node(f"company/{id_}", "Company", id_, (), {"merged": merged} if merged else {})


def test_superseded_ids_are_the_present_one(tmp_path: Path) -> None:
    nodes = [
        _company(
            "alnora", "company/alnora = company/alnora-inc: same name", "company/alnora = company/alnora-labs: a: b"
        ),
        _company("alnora-labs"),  # an entity in its own right, so it is no other
        _company("blend", "no ids", "> <http://evil/> = company/x: hostile"),
        _company("corva", "company/corva = company/both: same CIK"),
        _company("dumel", "company/dumel = company/both: same CIK"),  # whose it is nobody can tell
    ]
    read = written(Graph({n.id: n for n in nodes}, {}), tmp_path)
    same = {
        (q.subject.value, q.object.value, q.graph_name.value) for q in read.quads if q.predicate == named("owl:sameAs")
    }
    assert same == {(f"{BASE}company/alnora", f"{BASE}company/alnora-inc", f"{BASE}graph/entities")}


def test_the_description_counts_what_is_there(graph: Graph, tmp_path: Path) -> None:
    read = written(graph, tmp_path, links=LINKS)
    about = read.graph("description")
    rest = [q for q in read.quads if q not in about]
    assert read.of("dataset", "rdf:type", "description") == {named(f"{p}:Dataset").value for p in ("dcat", "void")}
    assert read.of("dataset", "void:triples") == {str(len(rest))}
    own = iris.ontology_iri(SCHEMA) + "#"
    types = {(q.subject, q.object) for q in rest if q.predicate == named("rdf:type") and q.object.value.startswith(own)}
    values = {q.triple for q in rest if q.predicate.value.removeprefix(own) in SCHEMA.properties()}
    told = {(q.subject.value, q.predicate): q.object.value for q in about}
    for kind, count, expected in (
        ("class", "entities", Counter(type_.value for _, type_ in types)),
        ("property", "triples", Counter(triple.predicate.value for triple in values)),
    ):
        parts = read.of("dataset", f"void:{kind}Partition")
        found = {told[part, named(f"void:{kind}")]: int(told[part, named(f"void:{count}")]) for part in parts}
        assert found == dict(expected)
    assert read.of("dataset", "void:entities") == {str(len(types))}
    assert read.of("dataset/period", "dcat:startDate") == {"2006-10-19"}
    assert read.of("dataset", "dcterms:license") == {SCHEMA.license}


@pytest.mark.parametrize("suffix", [".nq", ".trig", ".nt", ".ttl", ".rdf"])
def test_reifiers_are_the_edges_themselves(graph: Graph, tmp_path: Path, suffix: str) -> None:
    plain = written(graph, tmp_path, suffix)
    star = written(graph, tmp_path, suffix, reifiers=True)
    reified = {q.subject.value.removeprefix(BASE): q.object for q in star.quads if q.predicate == named("rdf:reifies")}
    assert reified.keys() == graph.edges.keys()
    for id_, triple in reified.items():
        edge = graph.edges[id_]
        assert isinstance(triple, pyoxigraph.Triple)
        assert (triple.subject, triple.object) == (NamedNode(BASE + edge.source), NamedNode(BASE + edge.target))
        assert triple.predicate == NamedNode(iris.ontology_iri(SCHEMA, edge.type))
        assert triple in {q.triple for q in plain.quads}
    if suffix in (".nt", ".ttl", ".rdf"):
        assert {q for q in star.quads if q.predicate != named("rdf:reifies")} == set(plain.quads)


def test_json_ld_has_no_reifiers(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"JSON-LD has no form for reifiers; use another ending than \.jsonld"):
        write_rdf(graph, tmp_path / "graph.jsonld", reifiers=True)
    assert list(tmp_path.iterdir()) == []


def test_whatever_stands_beside_has_no_blank_nodes_and_stands_once(graph: Graph, tmp_path: Path) -> None:
    full = with_properties(
        graph, {FIRST: FETCHED, ALDER: {"lei": LEI, "merged": (f"{ALDER} = company/alder: same name",)}}
    )
    for suffix in (".nq", ".nt"):
        read = written(full, tmp_path, suffix, links=LINKS, reifiers=True)
        assert len(set(read.quads)) == len(read.quads)
        assert not [q for q in read.quads if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]
