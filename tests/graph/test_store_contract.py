"""What every store does, tested once for all of them: the embedded one and real Neo4j servers."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biopact.graph.records import Graph, Node
from biopact.graph.store import Change, EdgeRow, NodeRow, Store, dump, graph_of, rows_of, synchronise
from biopact.ontology import StoreError
from tests.graph.world import world

NASTY = [
    'it\'s "quoted" `so` \\ and \\u0041',
    "two\nlines\r\nand\ttabs",
    "naïve 😀 \U0001f9ec 日本 \u202e rtl",
    "</script><script>alert(1)</script>",
    "'}) DETACH DELETE n //",
    "$name {name} MATCH (n) RETURN n; DROP",
    "nul \x00 inside",
    "x" * 10_000,
    " ",
    "e\u0301 is not \u00e9",
]


def stored(store: Store) -> list[str]:
    return list(dump(store))


def shuffled(graph: Graph, seed: int) -> Graph:
    rng = random.Random(seed)
    nodes, edges = list(graph.nodes.items()), list(graph.edges.items())
    rng.shuffle(nodes)
    rng.shuffle(edges)
    return Graph(dict(nodes), dict(edges))


def company(id_: str, **properties: object) -> NodeRow:
    return NodeRow("Company", {"id": f"company/{id_}", "name": id_, **properties})


def licence(id_: str, source: str, target: str, **properties: object) -> EdgeRow:
    return EdgeRow("LICENSES_TO", f"company/{source}", f"company/{target}", {"id": f"licenses_to/{id_}", **properties})


def test_preparing_twice_is_preparing_once(store: Store) -> None:
    store.prepare()
    store.prepare()
    assert store.revisions() == ({}, {})


def test_put_replaces_every_property(store: Store) -> None:
    assert store.put_nodes([company("a", ticker="AAA", aliases=["one", "two"]), company("b")]) == 2
    assert store.put_edges([licence("1", "a", "b", field="all", subjects=["technology/t"])]) == 1
    store.put_nodes([company("a", kind="firm")])
    store.put_edges([licence("1", "a", "b", royalties=True)])
    assert list(store.node_rows()) == [company("a", kind="firm"), company("b")]
    assert list(store.edge_rows()) == [licence("1", "a", "b", royalties=True)]


def test_an_edge_that_joins_other_nodes_moves(store: Store) -> None:
    store.put_nodes(map(company, "abc"))
    store.put_edges([licence("1", "a", "b"), licence("2", "b", "c")])
    store.put_edges([licence("2", "b", "c"), licence("1", "c", "b")])
    assert list(store.edge_rows()) == [licence("1", "c", "b"), licence("2", "b", "c")]


def test_parallel_edges_stay_apart(store: Store) -> None:
    store.put_nodes(map(company, "ab"))
    both = [licence("1", "a", "b"), licence("2", "a", "b"), licence("3", "b", "a")]
    store.put_edges(both)
    assert list(store.edge_rows()) == both


def test_removing_a_node_takes_its_edges(store: Store) -> None:
    store.put_nodes(map(company, "abc"))
    store.put_edges([licence("1", "a", "b"), licence("2", "b", "c"), licence("3", "c", "a")])
    store.remove_edges(["licenses_to/3", "licenses_to/none"])
    store.remove_nodes(["company/a", "company/none"])
    assert list(store.node_rows()) == [company("b"), company("c")]
    assert list(store.edge_rows()) == [licence("2", "b", "c")]


@pytest.mark.parametrize(("end", "edge"), [("source", ("nobody", "a")), ("target", ("a", "nobody"))])
def test_a_missing_end_is_named_and_nothing_is_written(store: Store, end: str, edge: tuple[str, str]) -> None:
    store.put_nodes(map(company, "ab"))
    with pytest.raises(StoreError, match=f"licenses_to/2: its {end} company/nobody is not in the store"):
        store.put_edges([licence("1", "a", "b"), licence("2", *edge)])
    assert list(store.edge_rows()) == []


@pytest.mark.parametrize("row", [NodeRow("Company", {"id": "person/a"}), NodeRow("Company", {"id": "nothing"})])
def test_an_id_of_another_type_is_refused(store: Store, row: NodeRow) -> None:
    with pytest.raises(StoreError, match="id"):
        store.put_nodes([row])


def test_more_rows_than_one_batch(store: Store) -> None:
    many = [company(f"{i:05}") for i in range(4_500)]
    assert store.put_nodes(iter(many)) == len(many)
    ring = [licence(f"{i:05}", f"{i:05}", f"{i + 1:05}") for i in range(4_499)]
    assert store.put_edges(iter(ring)) == len(ring)
    assert list(store.node_rows()) == many
    assert list(store.edge_rows()) == ring


def test_a_graph_comes_back_as_it_went_in(store: Store) -> None:
    synchronise(store, world())
    assert graph_of(store) == world()
    node_rows, edge_rows = rows_of(world())
    assert list(store.node_rows()) == node_rows
    assert list(store.edge_rows()) == edge_rows


def test_the_second_time_nothing_changes(store: Store) -> None:
    first = synchronise(store, world())
    assert first.nodes_written == len(rows_of(world())[0])
    before = stored(store)
    assert synchronise(store, shuffled(world(), 1)) == Change(0, 0, 0, 0)
    assert stored(store) == before


@pytest.mark.parametrize("seed", range(3))
def test_whatever_was_there_before_the_dump_is_equal(store: Store, seed: int) -> None:
    whole, rng = world(), random.Random(seed)
    kept = {id_: n for id_, n in whole.nodes.items() if n.type in ("Filing", "Document") or rng.random() < 0.6}
    part = Graph(kept, {id_: e for id_, e in whole.edges.items() if e.source in kept and e.target in kept})
    synchronise(store, part)
    only_part = stored(store)
    synchronise(store, shuffled(whole, seed))
    all_of_it = stored(store)
    synchronise(store, shuffled(part, seed))
    assert stored(store) == only_part
    synchronise(store, whole)
    assert stored(store) == all_of_it
    assert graph_of(store) == whole


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_text_is_only_text(store: Store, text: str) -> None:
    node = Node("company/n", "Company", text, (text, "second"), {"jurisdiction": text})
    synchronise(store, Graph({node.id: node}, {}))
    assert graph_of(store).nodes == {node.id: node}
    found = store.ask("MATCH (n:Company) WHERE n.name = $name RETURN n.name AS name, $name AS given", {"name": text})
    assert found.rows == [(text, text)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["name", "ticker", "kind", "lei"]),
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
        | st.integers(-(2**63), 2**63 - 1)
        | st.booleans()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1),
    )
)
def test_values_keep_their_type(store: Store, properties: dict[str, object]) -> None:
    row = NodeRow("Company", dict(sorted({"id": "company/p", **properties}.items())))
    store.put_nodes([row])
    (found,) = store.node_rows()
    assert found == row
    assert {k: type(v) for k, v in found.properties.items()} == {k: type(v) for k, v in row.properties.items()}


def test_text_that_no_encoding_has_is_an_error_and_not_a_crash(store: Store) -> None:
    with pytest.raises(StoreError, match=r"surrogates not allowed|not valid text"):
        store.put_nodes([company("a", ticker="half \ud800 of a pair")])
    assert list(store.node_rows()) == []


def test_a_question_that_takes_too_long_is_stopped(store: Store) -> None:
    store.put_nodes(company(f"{i:04}") for i in range(1_000))
    with pytest.raises(StoreError, match=r"longer than 0\.5 s"):
        store.ask(
            "MATCH (a:Company), (b:Company), (c:Company) WHERE a.id + b.id = c.id RETURN count(*) AS n", seconds=0.5
        )
    assert store.ask("RETURN 1 AS one").rows == [(1,)]


def test_rows_beyond_a_limit_are_not_read(store: Store) -> None:
    store.put_nodes(company(f"{i:02}") for i in range(10))
    ten = "MATCH (n:Company) RETURN n.id AS id ORDER BY id"
    assert (len(store.ask(ten, rows=10).rows), store.ask(ten, rows=10).cut) == (10, False)
    assert (store.ask(ten, rows=3).rows[-1], store.ask(ten, rows=3).cut) == (("company/02",), True)
    assert (store.ask(ten, rows=0).columns, store.ask(ten, rows=0).cut) == (("id",), True)
    assert not store.ask(ten).cut
    # Far more than memory holds, if they were read.
    many = store.ask("UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN a, b", rows=1_000)
    assert (len(many.rows), many.rows[-1], many.cut) == (1_000, (1, 1_000), True)
    assert store.ask("RETURN 1 AS one").rows == [(1,)]


def test_time_runs_out_between_rows_too(store: Store) -> None:
    with pytest.raises(StoreError, match=r"longer than 1 s"):
        store.ask("UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN a, b", seconds=1)
    with pytest.raises(StoreError, match=r"longer than 1 s"):
        store.ask(
            "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a, b WHERE a + b = 1 RETURN a",
            seconds=1,
            rows=5,
        )
    assert store.ask("RETURN 1 AS one").rows == [(1,)]


def test_answers_are_plain_python(store: Store) -> None:
    store.put_nodes(map(company, "ab"))
    store.put_edges([licence("1", "a", "b")])
    answer = store.ask(
        "MATCH path = (a:Company)-[e:LICENSES_TO]->(b:Company) "
        "RETURN a, e, path, collect(b) AS all, {b: b.name, none: null} AS map, date('2020-02-01') AS day, 7 / 2 AS half"
    )
    a = {"label": "Company", "id": "company/a", "name": "a"}
    b = {"label": "Company", "id": "company/b", "name": "b"}
    e = {"type": "LICENSES_TO", "id": "licenses_to/1"}
    assert answer.columns == ("a", "e", "path", "all", "map", "day", "half")
    assert answer.rows == [(a, e, {"nodes": [a, b], "edges": [e]}, [b], {"b": "b", "none": None}, "2020-02-01", 3)]


def test_columns_are_known_where_nothing_is_found(store: Store) -> None:
    answer = store.ask("MATCH (n:Company) RETURN n.id, n.name AS name")
    assert (answer.columns, answer.rows) == (("n.id", "name"), [])


@pytest.mark.parametrize("statement", ["MATCH (n", "MATCH (n) RETURN m", "", "RETURN $missing"])
def test_a_question_that_makes_no_sense_is_a_store_error_in_one_line(store: Store, statement: str) -> None:
    with pytest.raises(StoreError) as error:
        store.ask(statement)
    assert "\n" not in str(error.value)


def test_the_schema_is_enforced_by_the_store(store: Store) -> None:
    store.put_nodes([company("a"), company("a", kind="firm")])
    assert list(store.node_rows()) == [company("a", kind="firm")]


def rows_in_order(rows: Iterator[NodeRow]) -> list[str]:
    return [row.properties["id"] for row in rows]


def test_rows_come_sorted_by_id_over_all_types(store: Store) -> None:
    synchronise(store, shuffled(world(), 5))
    nodes = rows_in_order(store.node_rows())
    edges = [row.properties["id"] for row in store.edge_rows()]
    assert nodes == sorted(nodes)
    assert edges == sorted(edges)


def test_rows_of_some_types_and_where_evidence_stands(store: Store) -> None:
    synchronise(store, world())
    nodes, edges = rows_of(world())
    assert list(store.node_rows(("Evidence", "Filing"))) == [r for r in nodes if r.label in ("Evidence", "Filing")]
    assert list(store.edge_rows(("LICENSES_TO",))) == [r for r in edges if r.type == "LICENSES_TO"]
    assert list(store.node_rows(())) == list(store.edge_rows(())) == []
    assert sorted(store.parts()) == sorted((r.source, r.target) for r in edges if r.type == "PART_OF")
