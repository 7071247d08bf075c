"""Pushing to real triple stores: they hold exactly what an export holds, after exactly the requests that it takes."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biopact.graph.push.triple_store import Bearer, TripleStore
from biopact.graph.rdf import graphs
from biopact.graph.records import Graph, Node
from biopact.ontology import BiopactError, ServiceError, ValidationError, load_schema
from tests.graph.exports.pushes import ONCE, QUICK, SECOND, exported, pushed, with_second, without_second
from tests.servers import triple_stores
from tests.servers.between import Answer, between
from tests.servers.processes import ServerUnavailableError, unavailable

BASE = load_schema().base_iri
ENTITIES, FIRST_GRAPH, SECOND_GRAPH = (
    f"{BASE}graph/{name}" for name in ("entities", "filing/0000000001-06-000001", SECOND)
)
FOREIGN = "https://example.org/theirs"
WORDS = (b'<https://example.org/a> <https://example.org/b> "theirs" .\n', "application/n-triples")
NASTY = (
    "\\u0022 } } ; DROP ALL #",
    '\\" . } } ; DROP ALL #',
    "\\\\u0022 } ; CLEAR ALL",
    "\\U00000022 \\u005c\\u0022",
    'a"b\nc\rd\te\\',
    "> <http://evil.example/a> <http://evil.example/b> .",
    "‮left to right‬ \x00 \x01 \x7f \x85 ﻿",
    "'''\"\"\" {} $x ?x @en ^^<a>",
    "\\",
    "x" * 10_000,
)


def address(store: triple_stores.TripleStore, update: bool) -> str:
    return store.update if update else store.graph_store


def theirs(store: triple_stores.TripleStore) -> set[pyoxigraph.Quad]:
    """Put a graph of someone else's into a store."""
    content, type_ = WORDS
    httpx.put(store.graph_store, params={"graph": FOREIGN}, content=content, headers={"Content-Type": type_})
    return store.quads()


@pytest.mark.parametrize("update", [False, True], ids=["graph store", "update"])
def test_a_store_holds_what_an_export_holds(
    triple_store: triple_stores.TripleStore, graph: Graph, update: bool, tmp_path: Path
) -> None:
    others = theirs(triple_store)
    url = address(triple_store, update)
    report = pushed(graphs(graph), url, tmp_path, update=update)
    quads = exported(graph)
    assert triple_store.quads() - others == quads
    assert report.triples == len(quads)
    assert report.put == len({quad.graph_name for quad in quads})

    changed = with_second(graph, form="8-K/A")
    again = pushed(graphs(changed), url, tmp_path, update=update)
    assert triple_store.quads() - others == exported(changed) != quads
    assert (again.put, again.deleted) == (1, 0)

    fewer = without_second(graph)
    last = pushed(graphs(fewer), url, tmp_path, update=update)
    assert triple_store.quads() - others == exported(fewer)
    assert last.deleted == 1
    assert triple_store.quads() >= others


@pytest.mark.parametrize("update", [False, True], ids=["graph store", "update"])
def test_reifiers_arrive(triple_store: triple_stores.TripleStore, graph: Graph, update: bool, tmp_path: Path) -> None:
    found = list(graphs(graph, reifiers=True))
    pushed(found, address(triple_store, update), tmp_path, update=update)
    assert triple_store.quads() == triple_stores.quads_of(b"".join(quads for _, quads in found)) != exported(graph)


def test_only_what_changed_is_asked_for(triple_store: triple_stores.TripleStore, graph: Graph, tmp_path: Path) -> None:
    names = [name for name, _ in graphs(graph)]
    probe = ("HEAD", max(names))
    with between(triple_store) as way:
        pushed(graphs(graph), way.graph_store, tmp_path)
        assert way.told() == [("PUT", name) for name in names]
        pushed(graphs(graph), way.graph_store, tmp_path)
        assert way.told() == [probe]
        pushed(graphs(with_second(graph, form="8-K/A")), way.graph_store, tmp_path)
        assert way.told() == [probe, ("PUT", SECOND_GRAPH)]
        pushed(graphs(without_second(graph)), way.graph_store, tmp_path)
        assert [asked for asked in way.told() if asked[1] == SECOND_GRAPH] == [probe, ("DELETE", SECOND_GRAPH)]
        pushed(graphs(without_second(graph)), way.graph_store, tmp_path, anew=True)
        assert way.told() == [("PUT", name) for name, _ in graphs(without_second(graph))]


def test_a_store_that_was_emptied_gets_everything_again(
    triple_store: triple_stores.TripleStore, graph: Graph, tmp_path: Path
) -> None:
    pushed(graphs(graph), triple_store.graph_store, tmp_path)
    triple_store.clear()
    assert pushed(graphs(graph), triple_store.graph_store, tmp_path).lost
    assert triple_store.quads() == exported(graph)


def test_two_addresses_have_a_journal_each(
    triple_store: triple_stores.TripleStore, graph: Graph, tmp_path: Path
) -> None:
    pushed(graphs(graph), triple_store.graph_store, tmp_path)
    with between(triple_store) as way:
        assert pushed(graphs(graph), way.graph_store, tmp_path).put == len(list(graphs(graph)))


@pytest.mark.parametrize("update", [False, True], ids=["graph store", "update"])
@pytest.mark.parametrize("lost", [False, True], ids=["not done", "done and not told"])
@pytest.mark.parametrize("number", range(1, 6))
def test_a_push_that_breaks_off_anywhere_is_taken_up(
    open_triple_stores: Callable[[str], triple_stores.TripleStore],
    graph: Graph,
    update: bool,
    lost: bool,
    number: int,
    tmp_path: Path,
) -> None:
    store = open_triple_stores("oxigraph")
    store.clear()
    changed = with_second(graph, form="8-K/A")
    first = {FIRST_GRAPH.partition("graph/")[2]: replace(graph.nodes["filing/0000000001-06-000001"], name="another")}
    changed = Graph({**changed.nodes, **first}, changed.edges)
    with between(store) as way:
        url = way.update if update else way.graph_store
        pushed(graphs(without_second(graph)), url, tmp_path, update=update)
        way.told()
        name = "lose" if lost else "spoil"
        setattr(way, name, lambda n, _: Answer(503) if n == number else None)
        broken = False
        try:
            pushed(graphs(changed), url, tmp_path, update=update, manners=ONCE)
        except ServiceError as error:
            broken = True
            assert "503" in str(error)
        assert broken == (number <= len(way.told()))
        setattr(way, name, lambda n, _: None)
        # what the filings say is as before: the journal must not take what was sent meanwhile for it
        pushed(graphs(without_second(graph)), url, tmp_path, update=update)
    assert store.quads() == exported(without_second(graph))


@pytest.mark.parametrize("update", [False, True], ids=["graph store", "update"])
def test_words_stay_words(
    open_triple_stores: Callable[[str], triple_stores.TripleStore], update: bool, tmp_path: Path
) -> None:
    def check(kind: str, *texts: str) -> None:
        store = open_triple_stores(kind)
        store.clear()
        nodes = [Node(f"company/{n}", "Company", text or "-", texts[:n]) for n, text in enumerate(texts)]
        graph = Graph({node.id: node for node in nodes}, {})
        pushed(graphs(graph), address(store, update), tmp_path / kind, update=update, anew=True)
        assert store.quads() == exported(graph)

    @settings(max_examples=15, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('\\u0"}')), min_size=1))
    def any_words(texts: list[str]) -> None:
        check("oxigraph", *texts)

    for kind in triple_stores.STARTERS:
        check(kind, *NASTY)
    any_words()


def test_a_large_graph_takes_several_updates(
    triple_store: triple_stores.TripleStore, graph: Graph, tmp_path: Path
) -> None:
    small = replace(QUICK, update=2_000)
    with between(triple_store) as way:
        pushed(graphs(graph), way.update, tmp_path, update=True, manners=small)
        bodies = [request.body for request in way.asked]
    assert triple_store.quads() == exported(graph)
    assert len(bodies) > len(list(graphs(graph)))
    assert sum(b"DROP SILENT" in body for body in bodies) == len(list(graphs(graph)))


def test_a_busy_store_is_asked_again(triple_store: triple_stores.TripleStore, graph: Graph, tmp_path: Path) -> None:
    with between(triple_store) as way:
        way.spoil = lambda n, _: {1: Answer(503, headers=(("Retry-After", "0"),)), 2: Answer(0), 4: Answer(429)}.get(n)
        pushed(graphs(graph), way.graph_store, tmp_path)
        assert len(way.told()) == len(list(graphs(graph))) + 3
    assert triple_store.quads() == exported(graph)


def test_a_graph_that_is_not_taken_stops_no_other(
    triple_store: triple_stores.TripleStore, graph: Graph, tmp_path: Path
) -> None:
    with between(triple_store) as way:
        gate = Answer(422, b"shape sh:1\x1b[2J\nis broken")
        way.spoil = lambda _, request: gate if request.graph == FIRST_GRAPH else None
        report = pushed(graphs(graph), way.graph_store, tmp_path)
        assert [FIRST_GRAPH in reason for reason in report.rejected] == [True]
        assert "422" in report.rejected[0]
        assert "shape sh:1[2J is broken" in report.rejected[0]
        way.spoil = lambda _, request: None
        way.told()
        pushed(graphs(graph), way.graph_store, tmp_path)
        assert [asked for asked in way.told() if asked[0] == "PUT"] == [("PUT", FIRST_GRAPH)]
    assert triple_store.quads() == exported(graph)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(401), "BIOPACT_PUSH_USER"),
        (Answer(404, b"<h1>none</h1>", (("Content-Type", "text/html"),)), "docs/push.md"),
        (Answer(302, headers=(("Location", "https://example.org/login"),)), "https://example.org/login"),
        (Answer(507), "its own log"),
        (Answer(0), "asked 3 times"),
    ],
    ids=["no password", "no such address", "elsewhere", "full", "no answer"],
)
def test_errors_say_what_to_do(
    open_triple_stores: Callable[[str], triple_stores.TripleStore],
    graph: Graph,
    answer: Answer,
    words: str,
    tmp_path: Path,
) -> None:
    with between(open_triple_stores("oxigraph")) as way:
        way.spoil = lambda n, request: answer
        with pytest.raises(ServiceError, match=re.escape(words)) as told:
            pushed(graphs(graph), way.graph_store, tmp_path)
        assert way.graph_store in str(told.value)
        assert "<h1>" not in str(told.value)


def test_credentials_of_each_kind(open_triple_stores: Callable[[str], triple_stores.TripleStore]) -> None:
    with between(open_triple_stores("oxigraph")) as way:
        for auth in (Bearer("a.token"), httpx.BasicAuth("steward", "secret")):
            with TripleStore(way.graph_store, auth=auth) as store:
                store.put(FOREIGN, WORDS[0])
        assert [request.headers["Authorization"] for request in way.asked] == [
            "Bearer a.token",
            "Basic c3Rld2FyZDpzZWNyZXQ=",
        ]


def test_a_store_that_asks_for_a_password(graph: Graph, tmp_path: Path) -> None:
    passwords = tmp_path / "passwords"
    passwords.write_text("steward: secret\n")
    known = httpx.DigestAuth("steward", "secret")
    try:
        with triple_stores.fuseki(tmp_path / "home", f"--passwd={passwords}", "--auth=digest") as server:
            with TripleStore(server.graph_store, auth=known) as store:
                for name, quads in graphs(graph):
                    store.put(name, quads.replace(f" <{name}> .\n".encode(), b" .\n"))
            for wrong in (None, httpx.DigestAuth("steward", "a guess")):
                with TripleStore(server.graph_store, auth=wrong) as store:
                    with pytest.raises(ServiceError, match="BIOPACT_PUSH_PASSWORD") as told:
                        store.delete(ENTITIES)
                    assert "a guess" not in str(told.value)
            assert server.quads(known) == exported(graph)
    except ServerUnavailableError as error:
        unavailable(str(error))


@pytest.mark.parametrize(
    "url",
    [
        "graph.nq",
        "ftp://example.org/ds",
        "http://",
        "http://example.org:port/ds",
        "http://steward:secret@example.org/ds/data",
        "http://example.org/ds/data#here",
        "https://example.org/repositories/deals/statements",
    ],
)
def test_addresses_that_are_refused(url: str) -> None:
    with pytest.raises(ValidationError) as told:
        TripleStore(url)
    assert "secret" not in str(told.value)


def test_the_address_of_updates_of_rdf4j() -> None:
    TripleStore("https://example.org/repositories/deals/statements", update=True)


def test_errors_are_of_the_tree() -> None:
    with TripleStore("http://127.0.0.1:9/ds", manners=ONCE) as store, pytest.raises(BiopactError, match="goes on"):
        store.put(FOREIGN, WORDS[0])
