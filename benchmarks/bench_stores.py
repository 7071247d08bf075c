"""How fast the stores load a graph and answer questions, beside the bare driver's own UNWIND MERGE.

    python -m benchmarks.bench_stores --nodes 10000 --edges 40000

Prints one line for each store and step; the bare driver loads the same rows into the same server, once before to
warm it up and once after for the ratio, which says what biopact adds. Neo4j is started as the tests start it.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import neo4j

from biopact.graph.cypher_store import BATCH, PUT_EDGES, PUT_NODES
from biopact.graph.records import Edge, Evidence, Graph, Node, digest, edge_id
from biopact.graph.store import Store, rows_of, synchronise
from biopact.graph.stores import open_store
from biopact.queries import question
from tests.servers.neo4j_server import RELEASES, running

FILING, DOCUMENT = "filing/0000000000-20-000001", "document/0000000000-20-000001/1"
# Of all nodes and of all edges; evidence and its PART_OF edges count as well.
SHARES = {"company": 0.25, "agreement": 0.25, "compound": 0.08, "technology": 0.02}
ASKED: list[tuple[str, dict[str, Any]]] = [
    ("partners", {"company": "company/c0"}),
    ("shared-partners", {"company": "company/c0", "other": "company/c1"}),
    ("partner-overlap", {"limit": 100}),
    ("licensees", {"technology": "technology/t0"}),
    ("deals", {"company": "company/c0"}),
    ("path", {"company": "company/c2", "other": "company/c5"}),
    ("most-connected", {"limit": 20}),
]


def made(nodes: int, edges: int, seed: int = 7) -> Graph:
    """A graph of about that size in which few companies have many partners, as in the trade."""
    rng = random.Random(seed)
    spans = []
    for i in range(int(nodes * (1 - sum(SHARES.values())))):
        quote = f"Sentence {i} " + "of a filing " * 6
        spans.append(Evidence(FILING, DOCUMENT, "10-K", i * 100, i * 100 + 90, quote, "bench", "bench/1", 0.9))

    def kind(type_: str, letter: str, **own: Any) -> list[Node]:
        count, prefix = int(nodes * SHARES[type_.lower()]), f"{type_.lower()}/{letter}"
        return [
            Node(f"{prefix}{i}", type_, f"{type_} {i}", (f"{type_} no. {i}",), own, (rng.choice(spans),))
            for i in range(count)
        ]

    companies, deals = kind("Company", "c", kind="firm"), kind("Agreement", "a", kinds=("license",))
    compounds, technologies = kind("Compound", "k"), kind("Technology", "t")
    found: dict[str, Edge] = {}

    def join(type_: str, source: Node, target: Node, distinct: str = "", **own: Any) -> None:
        edge = Edge(
            edge_id(type_, source.id, target.id, distinct), type_, source.id, target.id, own, (rng.choice(spans),)
        )
        found[edge.id] = edge

    def some(of: list[Node]) -> Node:
        return of[int(len(of) * rng.random() ** 2)]

    for deal in deals:
        licensor, licensee, technology = some(companies), some(companies), some(technologies)
        join("PARTY_TO", licensor, deal, "licensor", role="licensor")
        join("PARTY_TO", licensee, deal, "licensee", role="licensee")
        join("COVERS", deal, technology)
        if licensor.id != licensee.id:
            join("LICENSES_TO", licensor, licensee, deal.id, agreement=deal.id, subjects=(technology.id,), date="2020")
    while len(found) < edges - len(spans):
        join("DEVELOPS", some(companies), rng.choice(compounds), digest(rng.random()), stage="phase 1")
    paper = [
        Node(FILING, "Filing", "10-K", (), {"form": "10-K"}),
        Node(DOCUMENT, "Document", "10-K", (), {"type": "10-K", "sequence": 1}),
    ]
    part = Edge(edge_id("PART_OF", DOCUMENT, FILING), "PART_OF", DOCUMENT, FILING)
    every = [*companies, *deals, *compounds, *technologies, *paper]
    return Graph({n.id: n for n in every}, {**found, part.id: part})


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def bare(url: str, auth: tuple[str, str], graph: Graph) -> float:
    """Seconds the driver alone takes to MERGE the same rows, indexes in place and the database empty."""
    nodes, edges = rows_of(graph)
    with neo4j.GraphDatabase.driver(url, auth=auth) as driver, driver.session() as session:

        def load() -> None:
            for label in sorted({n.label for n in nodes}):
                rows = [{"id": n.properties["id"], "properties": n.properties} for n in nodes if n.label == label]
                write(PUT_NODES.format(label=label), rows)
            label_of = {n.properties["id"]: n.label for n in nodes}
            for group in sorted({(e.type, label_of[e.source], label_of[e.target]) for e in edges}):
                rows = [
                    {"id": e.properties["id"], "source": e.source, "target": e.target, "properties": e.properties}
                    for e in edges
                    if (e.type, label_of[e.source], label_of[e.target]) == group
                ]
                write(PUT_EDGES.format(type=group[0], source=group[1], target=group[2]), rows)

        def write(cypher: str, rows: list[dict[str, Any]]) -> None:
            for at in range(0, len(rows), BATCH):
                batch = rows[at : at + BATCH]
                session.execute_write(lambda tx, batch=batch: tx.run(cypher, rows=batch).consume())

        return timed(load)


def measured(name: str, store: Store, graph: Graph) -> Iterator[tuple[str, str, float]]:
    yield name, "load", timed(lambda: synchronise(store, graph))
    yield name, "load again, nothing new", timed(lambda: synchronise(store, graph))
    nodes, edges = rows_of(graph)
    yield name, "write all again", timed(lambda: (store.put_nodes(nodes), store.put_edges(edges)))
    yield name, "read all", timed(lambda: (list(store.node_rows()), list(store.edge_rows())))
    for asked, parameters in ASKED:
        ask = partial(question(asked).ask, store, **parameters)
        ask()  # once to plan it
        yield name, f"query {asked}", min(timed(ask) for _ in range(3))


@contextmanager
def server(name: str) -> Iterator[tuple[str, tuple[str, str]]]:
    with tempfile.TemporaryDirectory() as folder, running(RELEASES[name], Path(folder) / "home") as started:
        os.environ.update(started.environment())
        yield started.url, (started.username, started.password)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--nodes", type=int, default=10_000)
    options.add_argument("--edges", type=int, default=40_000)
    options.add_argument("--stores", nargs="+", default=["embedded", "neo4j-5.26"], choices=["embedded", *RELEASES])
    given = options.parse_args()
    graph = made(given.nodes, given.edges)
    nodes, edges = rows_of(graph)
    print(f"{len(nodes)} nodes, {len(edges)} edges, batches of {BATCH}")
    for name in given.stores:
        if name == "embedded":
            with tempfile.TemporaryDirectory() as folder, open_store(folder) as store:
                for line in measured(name, store, graph):
                    print("{:<12} {:<26} {:8.3f} s".format(*line), flush=True)
            continue
        with server(name) as (url, auth), open_store(url) as store:
            store.prepare()
            bare(url, auth, graph)  # warms the server up; its time says nothing and is not used
            clear(store)
            loaded = 0.0
            for line in measured(name, store, graph):
                loaded = loaded or line[2]
                print("{:<12} {:<26} {:8.3f} s".format(*line), flush=True)
            clear(store)
            alone = bare(url, auth, graph)
            print(
                f"{name:<12} {'bare driver load, warm':<26} {alone:8.3f} s   biopact takes {loaded / alone:.2f} of that"
            )


def clear(store: Store) -> None:
    store.remove_nodes(sorted(store.revisions()[0]))


if __name__ == "__main__":
    main()
