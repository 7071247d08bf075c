"""The questions in SPARQL answer as in Cypher: over the constructed worlds, and over the samples on real servers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biopact.app.extractors import make_extractor
from biopact.app.pipeline import load
from biopact.graph.ledger import Ledger
from biopact.graph.rdf import write_rdf
from biopact.graph.records import Graph, Node
from biopact.graph.store import Result, graph_of, synchronise
from biopact.ontology import NotFoundError, SchemaError, ServiceError, ValidationError
from biopact.queries import catalogue, question
from biopact.queries.datasets import Endpoint, InMemory
from biopact.queries.sparql import Twin, read_twin, terms, twin, twins
from biopact.queries.without_twin import WITHOUT_TWIN
from tests.graph.world import world
from tests.queries.deals_world import deals_world
from tests.queries.test_deal_questions import CASES as DEALS
from tests.queries.test_ownership_questions import CASES as OWNERSHIP
from tests.queries.test_questions import CASES as PLAIN
from tests.queries.test_trade_questions import CASES as TRADE
from tests.queries.trade import trade
from tests.servers.between import Answer, between
from tests.servers.stores import Opened
from tests.servers.triple_stores import TripleStore

SAMPLES = Path(__file__).parents[2] / "examples" / "samples"
WORLDS: Mapping[str, Callable[[], Graph]] = {"world": world, "trade": trade, "deals": deals_world}
CASES = [
    (name, case[0], case[1])
    for name, cases in (("world", PLAIN), ("trade", TRADE), ("deals", [*DEALS, *OWNERSHIP]))
    for case in cases
    if case[0] not in WITHOUT_TWIN
]
UNION = {"fuseki": "default-graph-uri=urn:x-arq:UnionGraph", "oxigraph": "union-default-graph"}  # ask all named graphs
HOSTILE = (
    '" } ; DROP ALL #',
    "\\u0022 } #",
    '\\" } UNION { ?c ?p ?o } #',
    "\\\\u0022 }",
    "> <http://evil.example/>",
    "?given_company",
    "a\nb\r\tc",
    "'''\"\"\"",
    "‮left to right‬",
    "\x00\x01\x7f",
    "x" * 10_000,
    "\\",
)

Asked = Callable[[str, str, dict[str, Any]], Result]


@pytest.fixture(scope="module")
def in_cypher(open_stores: Callable[[str], Opened]) -> Asked:
    """Asks the embedded store, which holds one world at a time."""
    store, _ = open_stores("embedded")
    held = []

    def asked(name: str, of: str, parameters: dict[str, Any]) -> Result:
        if held != [name]:
            synchronise(store, WORLDS[name]())
            held[:] = [name]
        return question(of).ask(store, **parameters)

    return asked


@pytest.fixture(scope="module")
def in_sparql() -> Asked:
    """Asks what an export of a world holds."""
    held: dict[str, InMemory] = {}

    def asked(name: str, of: str, parameters: dict[str, Any]) -> Result:
        if name not in held:
            held[name] = InMemory(WORLDS[name]())
        return twin(of).ask(held[name], **parameters)

    return asked


@pytest.fixture(scope="module")
def samples(open_stores: Callable[[str], Opened], tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The graph of the sample filings."""
    store, _ = open_stores("embedded")
    load([str(SAMPLES)], Ledger(tmp_path_factory.mktemp("ledger")), store, make_extractor("rules"))
    return graph_of(store)


def rows(of: str, answer: Result) -> list[tuple[Any, ...]]:
    """Rows as both languages can give them: RDF has no order of values, and no list that is not there."""
    lists = twin(of).lists
    return [
        tuple(sorted(v or []) if c in lists else v for c, v in zip(answer.columns, row, strict=True))
        for row in answer.rows
    ]


@pytest.mark.parametrize(("name", "of", "parameters"), CASES, ids=[f"{c[1]}-{i}" for i, c in enumerate(CASES)])
def test_a_twin_answers_as_cypher_does(
    in_cypher: Asked, in_sparql: Asked, name: str, of: str, parameters: dict[str, Any]
) -> None:
    expected, found = in_cypher(name, of, parameters), in_sparql(name, of, parameters)
    assert found.columns == expected.columns
    assert rows(of, found) == rows(of, expected)


def test_every_question_has_a_twin_or_a_reason() -> None:
    assert len(twins()) >= 47
    assert sorted([*twins(), *WITHOUT_TWIN]) == list(catalogue())
    assert {of for _, of, _ in CASES} == set(twins())
    with pytest.raises(NotFoundError, match="question path is there in Cypher only: SPARQL has no shortest paths"):
        twin("path")


@pytest.mark.parametrize("of", twins())
def test_a_file_can_be_run_as_it_stands(of: str) -> None:
    """It asks the question's example, with the limits of the question."""
    found = twin(of)
    limits = {"limit", *re.findall(r"LIMIT \d+ # (\w+)", found.text)}
    example = {name: value for name, value in found.question.example.items() if name not in limits}
    assert found.bound(example) == found.text


@pytest.fixture
def holding(triple_store: TripleStore, samples: Graph, tmp_path: Path, request: pytest.FixtureRequest) -> Endpoint:
    """A real triple store with the named graphs of the samples."""
    kind = request.node.callspec.params["triple_store"]
    path = tmp_path / "graph.nq"
    write_rdf(samples, path)
    sent = httpx.post(
        triple_store.whole, content=path.read_bytes(), headers={"Content-Type": "application/n-quads"}, timeout=60
    )
    sent.raise_for_status()
    return Endpoint(f"{triple_store.query}?{UNION[kind]}")


def test_real_triple_stores_answer_as_cypher_does(
    holding: Endpoint, samples: Graph, open_stores: Callable[[str], Opened]
) -> None:
    store, _ = open_stores("embedded")
    synchronise(store, samples)
    answered = 0
    for of, found in twins().items():
        example = found.question.example
        expected = rows(of, question(of).ask(store, **example))
        assert rows(of, found.ask(holding, **example)) == expected, of
        answered += bool(expected)
    assert answered >= 40
    for text in HOSTILE[:4]:  # a parameter is a term, whatever it holds
        assert twin("partners").ask(holding, company=text).rows == [], text


def test_names_are_terms_and_never_sparql() -> None:
    """A company of any name is found by it, and no name asks for more than that."""
    nodes = [Node(f"company/{i}", "Company", name) for i, name in enumerate(HOSTILE)]
    dataset = InMemory(Graph({n.id: n for n in nodes}, {}))
    for node in nodes:
        text = twin("without-identifier").text.replace(
            "OPTIONAL", f"FILTER (STR(?company) = {terms(node.name)[0]})\n  OPTIONAL", 1
        )
        _, found = dataset.select(text)
        assert [solution["company"].value for solution in found] == [node.name]
    with pytest.raises(ValidationError, match="half a character"):
        twin("partners").bound({"company": "a\ud800"})


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_is_one_term(text: str) -> None:
    [term] = terms(text)
    found = pyoxigraph.Store().query(f"SELECT ?x {{ VALUES ?x {{ {term} }} }}")
    assert isinstance(found, pyoxigraph.QuerySolutions)
    [solution] = found
    assert solution["x"] == pyoxigraph.Literal(unicodedata.normalize("NFC", text))
    assert not re.search(r"(?<!\\)(?:\\\\)*\\\\[uU]", term)  # what a reader may take for an escape of its own


def test_data_below_another_base(in_sparql: Asked) -> None:
    expected = in_sparql("world", "partners", {"company": "company/alba"})
    assert expected.rows
    base = "https://kb.example.org/"
    assert twin("partners").ask(InMemory(world(), base=base), company="COMPANY/alba") == expected


@pytest.mark.parametrize("name", ["g.nq", "g.trig", "g.ttl.gz", "g.rdf", "g.jsonld"])
def test_files_of_every_form(in_sparql: Asked, tmp_path: Path, name: str) -> None:
    write_rdf(world(), tmp_path / name)
    asked = {"company": "Alba Bio"}
    assert twin("deals").ask(InMemory(tmp_path / name), **asked) == in_sparql("world", "deals", asked)


def test_files_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("a,b")
    with pytest.raises(ValidationError, match=r"no RDF form is known by '.csv'; known are .nq"):
        InMemory(tmp_path / "g.csv")
    (tmp_path / "g.nt").write_text("<a> <b> .")
    with pytest.raises(ValidationError, match=r"g.nt: not read as RDF: .*; export it again"):
        InMemory(tmp_path / "g.nt")
    (tmp_path / "g.nt.gz").write_text("<a> <b> .")
    with pytest.raises(ValidationError, match=r"g.nt.gz: not read as RDF"):
        InMemory(tmp_path / "g.nt.gz")


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [({"limit": -1}, "parameter limit: expected a number of rows, found -1"), ({"limt": 3}, "unknown parameter")],
)
def test_wrong_parameters(parameters: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        twin("most-connected").bound(parameters)


def test_a_file_that_does_not_fit_its_question() -> None:
    asked = question("partners")
    good = twin("partners").text
    assert read_twin(asked, good) == Twin(asked, good, frozenset({"kinds"}))
    with pytest.raises(SchemaError, match=r"queries/partners/partners.rq: no column is called kind$"):
        read_twin(asked, good.replace("# lists: kinds", "# lists: kind"))
    with pytest.raises(SchemaError, match=r"partners.rq: takes company, limit; the question company"):
        read_twin(asked, good + "LIMIT 3")


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (Answer(400, b"Parse error: no such prefix"), "answered 400 Bad Request: Parse error: no such prefix"),
        (Answer(200, b"<html>"), "its answer is no SPARQL result in JSON"),
        (Answer(200, b'{"head":{},"boolean":true}'), "its answer is no SPARQL result in JSON"),
        (Answer(200, b'{"head":{"vars":["a"]},"results":{"bindings":[]}}'), "expected the columns partner, .* found a"),
    ],
)
def test_endpoints_that_do_not_answer(answer: Answer, complaint: str) -> None:
    nobody = TripleStore(*[f"http://127.0.0.1:9/{name}" for name in ("data", "update", "query", "whole")])
    with between(nobody) as proxy:
        proxy.spoil = lambda number, request: answer
        with pytest.raises(ServiceError, match=complaint):
            twin("partners").ask(Endpoint(proxy.update), company="a")


def test_an_endpoint_that_is_none() -> None:
    with pytest.raises(ServiceError, match="is it the address of a SPARQL endpoint"):
        twin("partners").ask(Endpoint("http://127.0.0.1:9/query"), company="a")
