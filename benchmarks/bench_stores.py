"""How fast the stores take a graph, beside the bare driver's own UNWIND MERGE of the same rows.

    python -m benchmarks.bench_stores --edges 400000 --rounds 1

Prints one line for each store and step, the median of the rounds. In each round the bare driver loads the same rows
into the same engine; both have loaded a smaller graph before, for an engine that has just been started is several times
slower. "write rows" is what the driver does too; a load makes the rows and compares them first. Neo4j is started as
the tests start it.

What biopact does not need runs in an environment of its own: the interpreter that BIOPACT_STORES_PYTHON names, or the
one that `make bench` makes. There BioCypher writes files for Neo4j's import tool, as `biopact export graph.csv` does,
and neo4j-graphrag writes the nodes to the same server.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import arcadedb_embedded  # type: ignore[import-untyped]
import neo4j

from benchmarks.made_graphs import whole
from biopact.graph.cypher_store import BATCH, PUT_EDGES, PUT_NODES
from biopact.graph.exports import export
from biopact.graph.records import Graph, canonical
from biopact.graph.store import GraphRows, Store, rows_of, synchronise
from biopact.graph.stores import open_store
from tests.servers.neo4j_server import RELEASES, running


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


PEER = os.environ.get("BIOPACT_STORES_PYTHON", str(Path(__file__).parents[1] / ".cache" / "stores" / "bin" / "python"))
WRITE, ALONE = "write rows", "the bare driver"
WARMING = 20_000  # edges
Write = Callable[[str, list[dict[str, Any]]], object]


def bare(write: Write, graph: Graph) -> float:
    """Seconds the driver alone takes to MERGE the same rows, indexes in place and the database empty."""
    nodes, edges = rows_of(graph)
    label_of = {n.properties["id"]: n.label for n in nodes}
    put: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for n in nodes:
        put[PUT_NODES.format(label=n.label)].append({"id": n.properties["id"], "properties": n.properties})
    for e in edges:
        statement = PUT_EDGES.format(type=e.type, source=label_of[e.source], target=label_of[e.target])
        ends = {"source": e.source, "target": e.target}
        put[statement].append({"id": e.properties["id"], **ends, "properties": e.properties})

    def load() -> None:
        for statement, rows in put.items():
            for at in range(0, len(rows), BATCH):
                write(statement, rows[at : at + BATCH])

    return timed(load)


@contextmanager
def bolt(url: str, auth: tuple[str, str]) -> Iterator[Write]:
    """Neo4j's own driver."""
    with neo4j.GraphDatabase.driver(url, auth=auth) as driver, driver.session() as session:
        yield lambda text, rows: session.execute_write(lambda tx: tx.run(text, rows=rows).consume())


@contextmanager
def in_process() -> Iterator[Write]:
    """ArcadeDB's own wrapper, on an empty database that biopact has prepared."""
    with tempfile.TemporaryDirectory() as folder:
        with open_store(folder) as store:
            store.prepare()
        with arcadedb_embedded.DatabaseFactory(str(Path(folder).resolve() / "graph")).open() as database:

            def write(text: str, rows: list[dict[str, Any]]) -> None:
                database.run_in_transaction(lambda: list(database.command("opencypher", text, {"rows": rows}) or ()))

            yield write


def measured(store: Store, graph: Graph) -> Iterator[tuple[str, float]]:
    """What is done to a store, which is empty before and after, and the seconds it takes."""
    nodes, edges = rows_of(graph)
    yield "load", timed(lambda: synchronise(store, graph))
    yield "load again, nothing new", timed(lambda: synchronise(store, graph))
    yield "read all", timed(lambda: (deque(store.node_rows(), 0), deque(store.edge_rows(), 0)))
    yield "remove all", timed(lambda: clear(store))
    yield WRITE, timed(lambda: (store.put_nodes(nodes), store.put_edges(edges)))
    clear(store)


def clear(store: Store) -> None:
    store.remove_nodes(sorted(store.revisions()[0]))


@contextmanager
def opened(name: str) -> Iterator[tuple[Store, Callable[[], AbstractContextManager[Write]]]]:
    """An empty store, and what opens the bare driver on an empty database of the same engine."""
    with tempfile.TemporaryDirectory() as folder:
        if name == "embedded":
            with open_store(folder) as store:
                yield store, in_process
            return
        with running(RELEASES[name], Path(folder) / "home") as server:
            os.environ.update(server.environment())
            with open_store(server.url) as store:
                store.prepare()

                @contextmanager
                def emptied() -> Iterator[Write]:
                    with bolt(server.url, (server.username, server.password)) as write:
                        yield write
                    clear(store)

                yield store, emptied


def peers(graph: Graph, store: Store) -> None:
    """What other libraries take for the same rows, and biopact beside them; `store`: an empty server."""
    if not Path(PEER).exists():
        print(f"no biocypher and neo4j-graphrag at {PEER}: `make bench` installs them")
        return
    with tempfile.TemporaryDirectory() as given:
        folder, rows = Path(given), GraphRows(graph)
        with (folder / "nodes.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(canonical({"type": n.label, "properties": n.properties}) + "\n" for n in rows.node_rows())
        with (folder / "edges.jsonl").open("w", encoding="utf-8") as file:
            for e in rows.edge_rows():
                ends = {"source": e.source, "target": e.target}
                file.write(canonical({"type": e.type, **ends, "properties": e.properties}) + "\n")
        started = time.process_time()
        export(graph, folder / "graph.csv")
        print(f"{'tables':<12} {'biopact, with its rows':<26} {time.process_time() - started:8.3f} s")
        command = [PEER, str(Path(__file__).with_name("stores_peers.py")), given, store.name]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        for name, taken in json.loads(done.stdout.splitlines()[-1]).items():
            failed = "" if taken["done"] else "  and failed"
            print(f"{'peer':<12} {name:<26} {taken['seconds']:8.3f} s{failed}")
        clear(store)
        nodes = list(rows.node_rows())
        print(f"{'nodes alone':<12} {'biopact':<26} {timed(lambda: store.put_nodes(nodes)):8.3f} s", flush=True)
        clear(store)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--edges", type=int, default=40_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--stores", nargs="+", default=["embedded", "neo4j-5.26"], choices=["embedded", *RELEASES])
    given = options.parse_args()
    warming, graph = whole(min(WARMING, given.edges)), whole(given.edges)
    nodes, edges = rows_of(graph)
    print(f"{len(nodes)} nodes, {len(edges)} edges, batches of {BATCH}")
    for name in given.stores:
        taken: dict[str, list[float]] = defaultdict(list)
        with opened(name) as (store, driver):
            for at, what in enumerate([warming, warming, *[graph] * given.rounds]):
                for step, seconds in measured(store, what):
                    if at > 1:
                        taken[step].append(seconds)
                with driver() as write:
                    alone = bare(write, what)
                if at > 1:
                    taken[ALONE].append(alone)
            if name != "embedded":
                peers(graph, store)
        middle = {step: median(all_) for step, all_ in taken.items()}
        for step, seconds in middle.items():
            print(f"{name:<12} {step:<26} {seconds:8.3f} s", flush=True)
        print(f"{name:<12} rows are written at {middle[ALONE] / middle[WRITE]:.2f} of the bare driver's rate, ", end="")
        print(f"loaded at {middle[ALONE] / middle['load']:.2f}", flush=True)


if __name__ == "__main__":
    main()
