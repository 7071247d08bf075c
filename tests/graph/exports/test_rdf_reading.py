"""RDF that is read back: the same graph and the same bytes from every form, and nothing else is taken for it."""

import gzip
import random
import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biopact.app.commands.demo import samples
from biopact.app.pipeline import extract
from biopact.graph.ledger import FilingFacts
from biopact.graph.rdf import FORMATS, write_rdf
from biopact.graph.rdf_links import Link
from biopact.graph.rdf_reading import is_rdf, read_rdf
from biopact.graph.records import Graph, Node
from biopact.graph.resolve import resolve
from biopact.graph.time import timed
from biopact.graph.validate import ensure_valid
from biopact.loaders.extraction.extractor import RulesExtractor
from biopact.ontology import ValidationError
from tests.graph.exports.telling import telling

BASE = "https://w3id.org/biopact/"
BIOPACT = f"{BASE}ontology#"


def written(graph: Graph, path: Path, **options: Any) -> bytes:
    write_rdf(graph, path, **options)
    return path.read_bytes()


def canonical(graph: Graph) -> Graph:
    """The graph as exports have it: evidence sorted."""
    return Graph(
        {i: replace(n, evidence=tuple(sorted(n.evidence))) for i, n in graph.nodes.items()},
        {i: replace(e, evidence=tuple(sorted(e.evidence))) for i, e in graph.edges.items()},
    )


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize("suffix", FORMATS)
def test_every_form_gives_the_graph_and_its_bytes_again(graph: Graph, tmp_path: Path, suffix: str, packed: str) -> None:
    before = written(graph, tmp_path / f"graph{suffix}{packed}")
    found = read_rdf(tmp_path / f"graph{suffix}{packed}")
    assert found == canonical(graph)
    assert written(found, tmp_path / f"again{suffix}{packed}") == before


@pytest.mark.parametrize(
    "options",
    [
        {"base": "https://kb.example.org/data#"},
        {"base": "urn:company/"},
        {"reifiers": True},
        {"links": [Link("company/alder-therapeutics", "wikidata", "Q42", "アルダー", "ja")]},
    ],
    ids=["base", "base that looks like an id", "reifiers", "links"],
)
@pytest.mark.parametrize("suffix", [".nq", ".ttl"])
def test_what_an_export_may_add_is_passed_over(
    graph: Graph, tmp_path: Path, suffix: str, options: dict[str, Any]
) -> None:
    before = written(graph, tmp_path / f"graph{suffix}", **options)
    found = read_rdf(tmp_path / f"graph{suffix}")
    assert found == canonical(graph)
    assert written(found, tmp_path / f"again{suffix}", **options) == before


def test_the_ontology_in_a_graph_of_its_own_is_passed_over(graph: Graph, tmp_path: Path) -> None:
    written(graph, tmp_path / "graph.trig", ontology=True)
    assert read_rdf(tmp_path / "graph.trig") == canonical(graph)


@pytest.fixture(scope="module")
def read_filings(evaluation: Path) -> Graph:
    """The graph of all samples and the seed."""
    found = extract([*samples(), str(evaluation / "seed" / "docs")], RulesExtractor())
    graph = timed(resolve(facts for _, facts in found if isinstance(facts, FilingFacts)))
    assert len([n for n in graph.nodes.values() if n.type == "Filing"]) == len(samples()) + 1
    return graph


@pytest.mark.parametrize("suffix", FORMATS)
def test_samples_and_seed_give_equal_bytes(read_filings: Graph, tmp_path: Path, suffix: str) -> None:
    before = written(read_filings, tmp_path / f"graph{suffix}")
    found = read_rdf(tmp_path / f"graph{suffix}")
    ensure_valid(found)
    assert written(found, tmp_path / f"again{suffix}") == before


def test_the_order_of_statements_makes_no_difference(graph: Graph, tmp_path: Path) -> None:
    def in_order(values: Any) -> Any:
        return tuple(sorted(values)) if isinstance(values, tuple) else values

    def sorted_lists(given: Graph) -> Graph:
        nodes = {
            i: replace(n, aliases=in_order(n.aliases), properties={k: in_order(v) for k, v in n.properties.items()})
            for i, n in given.nodes.items()
        }
        return Graph(nodes, given.edges)

    lines = written(graph, tmp_path / "graph.nq").splitlines(keepends=True)
    for seed in range(5):
        random.Random(seed).shuffle(lines)
        (tmp_path / "mixed.nq").write_bytes(b"".join(lines))
        assert sorted_lists(read_rdf(tmp_path / "mixed.nq")) == sorted_lists(canonical(graph))


def test_what_a_triple_store_gives_back_is_read(read_filings: Graph, tmp_path: Path) -> None:
    """In another order, and with 1.0 written as 1."""
    for name, told in (("filings", read_filings), ("certain", telling("words", "one"))):
        store = pyoxigraph.Store()
        before = written(told, tmp_path / f"{name}.nq")
        store.load(before, pyoxigraph.RdfFormat.N_QUADS)
        store.dump(tmp_path / "back.nq", pyoxigraph.RdfFormat.N_QUADS)
        found = read_rdf(tmp_path / "back.nq")
        assert found.evidence() == told.evidence()
        after = written(found, tmp_path / "again.nq")
        whole = re.compile(rb'\.0(?="\^\^<[^>]*decimal>)')
        assert sorted(whole.sub(b"", after).splitlines()) == sorted(whole.sub(b"", before).splitlines())


ALDER = f"<{BASE}company/alder-therapeutics>"
FOREIGN = {
    f'{ALDER} <http://xmlns.com/foaf/0.1/name> "Alder" .': "unknown predicate",
    f'<http://evil.example/s> <{BIOPACT}cik> "1" .': "is nothing of this graph",
    f'_:b <{BIOPACT}cik> "1" .': "its subject has no IRI",
    f'{ALDER} <{BIOPACT}ticker> "ALDR" <http://evil.example/g> .': "no named graph of an export",
    f'{ALDER} <{BIOPACT}ticker> "OTHR" .': "has another ticker, 'ALDR'",
    f'{ALDER} <{BIOPACT}ticker> "ALDR"@en .': "expected a value of http://www.w3.org/2001/XMLSchema#string",
    f"{ALDER} <{BIOPACT}ticker> <http://evil.example/> .": "expected a value of",
    f"{ALDER} <{BIOPACT}kind> <{BASE}vocabulary/company-kind/king> .": "no term of the ontology",
    f"{ALDER} a <{BIOPACT}King> .".replace(" a ", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "): "no class",
    f'{ALDER} <{BIOPACT}evidence> "words" .': "expected an IRI",
    f"{ALDER} <{BIOPACT}evidence> <{BASE}evidence/%20%7b> .": "is not as an export writes an id",
    f'<{BASE}agreement/6a1f> <{BIOPACT}agreement_date> "yesterday"^^<http://www.w3.org/2001/XMLSchema#date> .': "date",
    f'<{BASE}agreement/6a1f> <{BIOPACT}royalties> "1"^^<http://www.w3.org/2001/XMLSchema#boolean> .': "boolean",
    f'<{BASE}term/77b0> <{BIOPACT}count> "{"9" * 5000}"^^<http://www.w3.org/2001/XMLSchema#integer> .': "integer",
    f'<{BASE}term/77b0> <{BIOPACT}shares> "1e3"^^<http://www.w3.org/2001/XMLSchema#decimal> .': "decimal",
}


@pytest.mark.parametrize(("line", "message"), FOREIGN.items(), ids=range(len(FOREIGN)))
def test_what_no_export_says_is_refused_with_its_line(graph: Graph, tmp_path: Path, line: str, message: str) -> None:
    lines = written(graph, tmp_path / "graph.nq").decode().splitlines()
    (tmp_path / "more.nq").write_text("\n".join(["# by hand", *lines[:40], "", line, *lines[40:], ""]))
    with pytest.raises(ValidationError, match=message) as refused:
        read_rdf(tmp_path / "more.nq")
    assert str(refused.value).startswith(f"{tmp_path / 'more.nq'}, line 43: ")
    assert "only what `biopact export` wrote can be loaded" in str(refused.value)
    assert len(str(refused.value)) < 1000


@pytest.mark.parametrize("suffix", [".trig", ".ttl", ".jsonld", ".rdf"])
def test_other_forms_name_the_statement(graph: Graph, tmp_path: Path, suffix: str) -> None:
    written(graph, tmp_path / "graph.nt")
    more = f"{ALDER} <http://xmlns.com/foaf/0.1/name> 'Alder' ."
    triples = [*pyoxigraph.parse(path=tmp_path / "graph.nt"), *pyoxigraph.parse(more, pyoxigraph.RdfFormat.TURTLE)]
    pyoxigraph.serialize((q.triple for q in triples), tmp_path / f"more{suffix}", FORMATS[suffix])
    with pytest.raises(ValidationError, match=r"foaf/0\.1/name> .Alder.: unknown predicate"):
        read_rdf(tmp_path / f"more{suffix}")


def _without(*words: str) -> Callable[[list[str]], list[str]]:
    return lambda lines: [line for line in lines if not all(word in line for word in words)]


LACKING = {
    "nothing says what it is": _without("company/societe-brume> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"),
    "it has no rdfs:label": _without("company/societe-brume> <http://www.w3.org/2000/01/rdf-schema#label>"),
    "nothing says where this edge leads to": _without("/licenses_to/", "ontology#to>"),
    "nothing says which document it stands in": _without("/evidence/", "ontology#PART_OF>"),
    "its document, document/0000000002-07-000001/1, is in no filing": _without("/part_of/", "0000000002"),
    "it has no rule": _without("/evidence/", "ontology#rule>"),
    "states it, and is not told": lambda lines: [line for line in lines if not line.startswith(f"<{BASE}evidence/")],
    "nothing is stated by this evidence": _without("ontology#evidence>"),
    "no resource tells more of this edge": _without("<https://w3id.org/biopact/licenses_to/"),
    "not the id that follows from its place": lambda lines: [line.replace('"rules 1"', '"rules 2"') for line in lines],
    "whose ids begin with company/": lambda lines: [line.replace("y#Person>", "y#Company>") for line in lines],
}


@pytest.mark.parametrize(("message", "change"), LACKING.items())
def test_a_graph_with_something_missing_is_refused(
    graph: Graph, tmp_path: Path, message: str, change: Callable[[list[str]], list[str]]
) -> None:
    person = Node("person/ada", "Person", "Ada")
    lines = written(replace(graph, nodes={**graph.nodes, person.id: person}), tmp_path / "graph.nq").decode()
    (tmp_path / "less.nq").write_text("\n".join(change(lines.splitlines())))
    with pytest.raises(ValidationError, match=message):
        read_rdf(tmp_path / "less.nq")


def test_a_graph_without_one_of_its_lines_is_read_or_refused(graph: Graph, tmp_path: Path) -> None:
    lines = written(graph, tmp_path / "graph.nt").splitlines(keepends=True)
    refused = 0
    for missing in range(0, len(lines), 4):
        (tmp_path / "less.nt").write_bytes(b"".join(lines[:missing] + lines[missing + 1 :]))
        try:
            read_rdf(tmp_path / "less.nt")
        except ValidationError as error:
            refused += 1
            assert str(tmp_path / "less.nt") in str(error)
    assert refused > len(lines) / 16


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"Dear shareholders,",
        b"<a> <b> <c> .",
        b"{",
        b'{"@context": "http://evil.example/"}',
        b"<a",
    ],
)
def test_files_of_something_else_are_refused(tmp_path: Path, suffix: str, content: bytes) -> None:
    for name, data in ((f"graph{suffix}", content), (f"graph{suffix}.gz", gzip.compress(content))):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ValidationError, match=name):
            read_rdf(tmp_path / name)


def test_broken_files_are_refused(graph: Graph, tmp_path: Path) -> None:
    whole = written(graph, tmp_path / "graph.nq.gz")
    for name, data in (("cut.nq.gz", whole[:-40]), ("plain.nq.gz", b"not packed"), ("flipped.nq.gz", b"\x1f\x8b" * 9)):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ValidationError, match=f"{name}: cannot be read"):
            read_rdf(tmp_path / name)
    with pytest.raises(ValidationError, match=r"none\.nq: no such file"):
        read_rdf(tmp_path / "none.nq")
    lines = gzip.decompress(whole).replace(b'"Weaver"', b'"Weaver \\uD800"')
    (tmp_path / "half.nq").write_bytes(lines)
    with pytest.raises(ValidationError, match=r"half.nq: not N-Quads: Parser error at line \d+ .*D800"):
        read_rdf(tmp_path / "half.nq")


def test_entities_of_xml_do_not_grow(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    (tmp_path / "bomb.rdf").write_text(
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "lol">{entities}]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:b="https://w3id.org/biopact/ontology#">'
        '<b:Company rdf:about="https://w3id.org/biopact/company/a"><b:ticker>&e12;</b:ticker></b:Company></rdf:RDF>'
    )
    with pytest.raises(ValidationError, match=r"bomb\.rdf: not RDF/XML"):
        read_rdf(tmp_path / "bomb.rdf")


def test_names_of_files() -> None:
    assert [n for n in ("a.nq", "a.nq.gz", "a.TTL", "b.rdf", "8-K.txt", "a.gz", "jsonld") if is_rdf(n)] == [
        "a.nq", "a.nq.gz", "b.rdf",
    ]  # fmt: skip


@settings(max_examples=50)
@given(data=st.data())
def test_a_line_that_is_altered_is_read_or_refused(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nq"
        write_rdf(telling("words", "one"), path)
        content = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, len(content) - 1))
            content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
        path.write_bytes(content)
        try:
            found = read_rdf(path)
        except ValidationError as error:
            assert str(path) in str(error)
        else:
            again = Path(folder) / "again.nq"
            write_rdf(found, again, base=None)
            assert read_rdf(again) == found
