"""A store and a file in good order are told to be; whatever is wrong with one is found and told with its record."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib import RDF, RDFS, BNode, Literal, URIRef

from biopact.app.commands.demo import samples
from biopact.app.pipeline import extract
from biopact.graph import shape_report
from biopact.graph.altered import remove_altered
from biopact.graph.checking import ALIKE, NEXT_STEP, Report, check_file, check_store
from biopact.graph.ledger import FilingFacts
from biopact.graph.rdf import FORMATS, write_rdf
from biopact.graph.records import Edge, Graph, Node, edge_id
from biopact.graph.resolve import resolve
from biopact.graph.shape_report import Finding
from biopact.graph.store import EdgeRow, GraphRows, NodeRow, Rows, Store, synchronise
from biopact.graph.time import timed
from biopact.loaders.extraction.extractor import RulesExtractor
from biopact.ontology import ValidationError, iris, load_schema

SCHEMA = load_schema()
BASE = SCHEMA.base_iri
BIOPACT = rdflib.Namespace(iris.ontology_iri(SCHEMA) + "#")
ALDER, DEAL = URIRef(BASE + "company/alder-therapeutics"), URIRef(BASE + "agreement/6a1f")
LICENCE = URIRef(BASE + edge_id("LICENSES_TO", "company/alder-therapeutics", "company/societe-brume"))

Change = Callable[[list[NodeRow], list[EdgeRow]], None]


def silent(done: int, total: int, what: str) -> None:
    """Progress that nobody watches."""


def of_file(path: Path, **options: Any) -> Report:
    report = Report(**options)
    check_file(path, SCHEMA, report, silent)
    return report


def of_store(store: Rows) -> Report:
    report = Report()
    check_store(store, SCHEMA, report, silent)
    return report


def short(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(f.record.removeprefix(BASE), f.where, f.what) for f in findings]


@pytest.mark.parametrize("suffix", [*FORMATS, ".nq.gz"])
def test_every_form_of_an_export_is_in_good_order(graph: Graph, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"graph{suffix}"
    write_rdf(graph, path, reifiers=suffix != ".jsonld")
    report = of_file(path)
    assert (report.count, report.findings) == (0, [])
    records: list[Node | Edge] = [*graph.nodes.values(), *graph.edges.values()]
    spans = {e.id for r in records for e in r.evidence}
    assert report.checked > len(records) + len(spans)  # agents and identifiers too


def test_all_samples_and_the_seed_are_in_good_order(evaluation: Path, tmp_path: Path) -> None:
    found = extract([*samples(), str(evaluation / "seed" / "docs")], RulesExtractor())
    filings = [facts for _, facts in found if isinstance(facts, FilingFacts)]
    assert len(filings) == len(samples()) + 1
    write_rdf(timed(resolve(filings)), tmp_path / "graph.nq")
    report = of_file(tmp_path / "graph.nq")
    assert report.findings == []
    assert report.checked > 1000


def test_parts_of_a_file_are_judged_as_the_whole(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(graph, tmp_path / "graph.nt")
    whole = of_file(tmp_path / "graph.nt")
    seen: list[tuple[int, int, str]] = []
    monkeypatch.setattr(shape_report, "AT_A_TIME", 5)
    parts = Report()
    check_file(tmp_path / "graph.nt", SCHEMA, parts, lambda *told: seen.append(told))
    assert parts.findings == whole.findings
    assert parts.checked == whole.checked
    judged = [told for told in seen if told[2] == "shapes"]
    assert judged[-1] == (whole.checked, whole.checked, "shapes")
    assert len(judged) == -(-whole.checked // 5)


def broken(graph: Graph, path: Path) -> None:
    """The graph as RDF with some things in it that are wrong."""
    write_rdf(graph, path)
    data = rdflib.Graph().parse(path, format="nt")
    data.remove((LICENCE, BIOPACT.evidence, None))
    data.add((LICENCE, BIOPACT.colour, Literal("red")))
    data.set((LICENCE, BIOPACT.to, ALDER))
    data.set((DEAL, BIOPACT.agreement_date, Literal("October 2006")))
    data.set((DEAL, BIOPACT.upfront_usd, Literal("much")))
    data.set((DEAL, BIOPACT.kinds, URIRef(BASE + "vocabulary/agreement_kind/friendship")))
    data.set((ALDER, BIOPACT.cik, Literal("17")))
    data.set((ALDER, BIOPACT.ticker, Literal(" ")))
    data.add((ALDER, RDFS.label, Literal("Alder")))
    data.add((ALDER, RDF.type, BIOPACT.Person))
    data.add((ALDER, BIOPACT.DEVELOPS, DEAL))
    data.serialize(path, format="nt", encoding="utf-8")


def test_each_finding_says_what_where_and_what_to_do(graph: Graph, tmp_path: Path) -> None:
    broken(graph, tmp_path / "graph.nt")
    report = of_file(tmp_path / "graph.nt")
    found = {(record, where): what for record, where, what in short(report.findings)}
    deal, alder, licence = "agreement/6a1f", "company/alder-therapeutics", LICENCE.removeprefix(BASE)
    assert found[licence, "evidence"] == "A fact needs at least one quotation that states it."
    assert found[licence, "colour"] == '"red": a relation has no such property'
    assert found[licence, "from"] == f"{ALDER} is its `to` too, so it joins a resource to itself"
    assert found[deal, "agreement_date"] == '"October 2006" is none of xsd:gYear, xsd:gYearMonth, xsd:date'
    assert found[deal, "upfront_usd"] == '"much" is no xsd:decimal'  # and not that it is less than 0
    assert found[deal, "kinds"].startswith("agreement_kind/friendship is not among agreement_kind/license, ")
    assert found[alder, "cik"] == '"17" has not the form ^(?:[0-9]{10})$'
    assert found[alder, "ticker"] == "no words stand in it"
    assert found[alder, "rdfs:label"] == "there is more than 1"
    assert found[alder, "DEVELOPS"] == f"{DEAL} is no Compound"
    both = {what for _, where, what in short(report.findings) if where == "rdf:type"}
    assert both == {f"Expected no other class of the ontology beside {name}." for name in ("Company", "Person")}
    steps = {(f.record.removeprefix(BASE), f.where): f.next_step for f in report.findings}
    assert steps[licence, "evidence"] == "say its evidence; `biopact schema` tells what it means"
    assert steps[deal, "upfront_usd"] == "write it with the datatype xsd:decimal"
    assert all(steps.values())


def test_rdf_of_others_may_use_blank_nodes_subclasses_and_words(tmp_path: Path) -> None:
    theirs = rdflib.Graph()
    example = rdflib.Namespace("https://example.org/")
    theirs.add((example.Biotech, RDFS.subClassOf, BIOPACT.Company))
    theirs.add((example.nameless, RDF.type, example.Biotech))
    theirs.add((example.sound, RDF.type, example.Biotech))
    theirs.add((example.sound, RDFS.label, Literal("Sound\nInc.")))
    theirs.add((example.sound, RDFS.label, Literal("Klang", lang="de")))
    theirs.add((BNode("b"), RDF.type, BIOPACT.Company))
    theirs.serialize(tmp_path / "theirs.ttl", format="turtle")
    found = short(of_file(tmp_path / "theirs.ttl").findings)
    assert ("https://example.org/nameless", "rdfs:label", "there is none") in found
    assert ("https://example.org/sound", "rdfs:label", "there is more than 1") in found
    assert ("https://example.org/sound", "rdfs:label", '"Klang"@de is no xsd:string') in found
    assert [where for record, where, what in found if what.endswith("is no IRI")] == ["the resource"]


def test_of_each_kind_the_first_are_kept_unless_all_are_asked_for(tmp_path: Path) -> None:
    data = rdflib.Graph()
    for number in range(ALIKE + 3):
        data.add((URIRef(f"https://example.org/{number}"), RDF.type, BIOPACT.Company))
    data.add((URIRef("https://example.org/p"), RDF.type, BIOPACT.Person))
    data.serialize(tmp_path / "many.nt", format="nt", encoding="utf-8")
    few, everything = of_file(tmp_path / "many.nt"), of_file(tmp_path / "many.nt", everything=True)
    assert few.count == everything.count == len(everything.findings) == ALIKE + 4
    assert len(few.findings) == ALIKE + 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("graph.xlsx", "", "RDF is known by .nq, .trig, .nt, .ttl, .jsonld, .rdf, each with .gz"),
        ("empty.nq", "", "nothing in it is of a class of"),
        ("other.ttl", "<https://example.org/a> a <https://example.org/B> .", "so nothing was checked"),
        ("broken.ttl", "<https://example.org/a> a", "not Turtle"),
        ("broken.nq.gz", "no gzip", "cannot be read"),
    ],
)
def test_what_cannot_be_checked_is_never_in_good_order(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(ValidationError, match=message):
        of_file(tmp_path / name)


def test_a_store_in_good_order(graph: Graph, store: Store) -> None:
    synchronise(store, graph)
    report = of_store(store)
    assert report.findings == []
    assert report.checked == len(list(store.node_rows())) + len(list(store.edge_rows()))


def test_what_was_altered_in_a_store_is_found(graph: Graph, store: Store) -> None:
    synchronise(store, graph)
    row = next(r for r in store.node_rows(["Company"]) if r.properties["id"] == "company/alder-therapeutics")
    store.put_nodes([NodeRow("Company", {**row.properties, "cik": "1", "name": "Alder Biologics"})])
    assert short(of_store(store).findings) == [
        ("company/alder-therapeutics", "cik", "'1' has not the form [0-9]{10}"),
        ("company/alder-therapeutics", "revision", "it was altered after biopact had written it"),
    ]
    remove_altered(store)
    synchronise(store, graph)
    assert short(of_store(store).findings) == [], "what a rebuild does mends it"


class Altered(GraphRows):
    """Rows with some of them changed, as only those who write past biopact can leave them."""

    def __init__(self, graph: Graph, change: Change) -> None:
        super().__init__(graph)
        change(self._nodes, self._edges)


def _without_quotations(nodes: list[NodeRow], edges: list[EdgeRow]) -> None:
    gone = next(row for row in nodes if row.label == "Evidence")
    nodes.remove(gone)
    edges[:] = [row for row in edges if row.source != gone.properties["id"]]


def _without_places(nodes: list[NodeRow], edges: list[EdgeRow]) -> None:
    edges[:] = [row for row in edges if row.type != "PART_OF"]


def _without_names(nodes: list[NodeRow], edges: list[EdgeRow]) -> None:
    nodes[:] = [replace(r, properties={k: v for k, v in r.properties.items() if k != "name"}) for r in nodes]


def _of_another_type(nodes: list[NodeRow], edges: list[EdgeRow]) -> None:
    nodes[:] = [replace(r, label="Firm") if r.label == "Company" else r for r in nodes]


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        (_without_quotations, "evidence", "states it, and is not there"),
        (_without_places, "PART_OF", "it is not part of one Document"),
        (_without_places, "PART_OF", "it is not part of one Filing"),
        (_without_names, "name", "there is none"),
        (_of_another_type, "type", "unknown node type 'Firm'"),
    ],
)
def test_rows_that_make_no_graph_are_told_and_not_a_crash(graph: Graph, change: Change, where: str, what: str) -> None:
    findings = of_store(Altered(graph, change)).findings
    assert [f for f in findings if f.where == where and what in f.what]
    assert {f.next_step for f in findings} == {NEXT_STEP}
