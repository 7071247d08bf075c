"""How long every named question takes on a made-up graph, and how that grows with the graph.

    python -m benchmarks.bench_questions --edges 10000 100000 400000 --store embedded neo4j-5.26

A graph of each size is loaded into an empty store of its own, once. Every question is asked with parameters chosen by
their names: of the best connected company (technology, compound, agreement), of a middling one, and with each of its
filters alone; five times each, the median counts. A line tells the question's slowest parameters, its rows, and whether
it kept the limit. A folder or a Bolt address instead of a kind of store is kept, and loaded only if it is empty.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.made_graphs import whole
from biopact.graph.store import Store, synchronise
from biopact.graph.stores import open_store
from biopact.ontology import StoreError
from biopact.queries import Question, catalogue, question
from tests.servers.neo4j_server import RELEASES, running

STOPPED = 30.0  # seconds after which a question is stopped
LIMITS = {"embedded": 2.0, "neo4j": 1.0}  # seconds, for 400,000 edges

# The id, then how often a deal, a licence or a quotation leads to it, as both kinds of store count alike.
COUNTED = {
    "company": "MATCH (x:Company)-[:PARTY_TO]->(g) RETURN x.id AS id, count(g) AS n ORDER BY n DESC, id",
    "technology": "MATCH (x:Technology)<-[:COVERS]-(g) RETURN x.id AS id, count(g) AS n ORDER BY n DESC, id",
    "compound": "MATCH (x:Compound)<-[:COVERS]-(g) RETURN x.id AS id, count(g) AS n ORDER BY n DESC, id",
    "goal": "MATCH (x:Indication)<-[:TREATS]-(k) RETURN x.id AS id, count(k) AS n ORDER BY n DESC, id",
    "agreement": "MATCH (x:Agreement)-[:HAS_TERM]->(t) RETURN x.id AS id, count(t) AS n ORDER BY n DESC, id LIMIT 100",
    "edge": "MATCH ()-[e:LICENSES_TO]->() RETURN e.id AS id, size(e.evidence) AS n ORDER BY n DESC, id LIMIT 100",
}
FILTERS: Mapping[str, Any] = {
    "kind": "license", "stage": "phase 2", "territory": "Japan", "exclusivity": "exclusive", "modality": "antibody",
    "day": "2015-06-30", "months": 24, "since": "2010", "until": "2012-06", "state": "redacted", "only": "made",
    "by": "total", "up": False, "type": "", "name": "", "unstated": True,
}  # fmt: skip


def chosen(store: Store, middling: bool) -> dict[str, Any]:
    """A value for each name of a parameter: of what is busiest, or of what is in the middle."""
    found: dict[str, Any] = {}
    for name, cypher in COUNTED.items():
        ids = [id_ for id_, _ in store.ask(cypher).rows]
        at = len(ids) // 2 if middling else 0
        found[name] = ids[at]
        if name == "company":
            found |= {"other": ids[at + 1], "companies": ids[at : at + 5]}
        if name == "technology":
            found |= {"subject": ids[at], "other technology": ids[at + 1]}
    return {**FILTERS, **found, "one": found["company"], "name": found["technology"]}


def variants(asked: Question, busy: Mapping[str, Any], middling: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Parameters to ask a question with: what it needs, of both sorts; then each of its filters beside."""

    def needed(values: Mapping[str, Any]) -> dict[str, Any]:
        names = [p.name for p in asked.parameters.values() if p.required]
        found = {name: values[name] for name in names}
        if {"technology", "other"} <= found.keys():
            found["other"] = values["other technology"]
        return found

    yield needed(busy)
    if needed(middling) != needed(busy):
        yield needed(middling)
    for name, parameter in asked.parameters.items():
        if not parameter.required and name in busy:
            yield {**needed(busy), name: busy[name]}


@dataclass(frozen=True, slots=True)
class Timing:
    """What a question took with its slowest parameters."""

    name: str
    parameters: Mapping[str, Any]
    seconds: float
    rows: int


def timing(store: Store, asked: Question, parameters: Mapping[str, Any], times: int) -> Timing:
    """The median of some times after a first one, in which the store plans; endless where it had to be stopped."""
    bound, took, rows = asked.bind(parameters), [], 0
    for _ in range(times + 1):
        started = time.perf_counter()
        try:
            rows = len(store.ask(asked.cypher, bound, seconds=STOPPED).rows)
        except StoreError as error:
            print(f"{asked.name} {dict(parameters)}: {error}", flush=True)
            return Timing(asked.name, parameters, float("inf"), 0)
        took.append(time.perf_counter() - started)
    return Timing(asked.name, parameters, statistics.median(took[1:]), rows)


def slowest(store: Store, names: list[str], times: int) -> Iterator[Timing]:
    """Every question with those of its parameters that take longest."""
    busy, middling = chosen(store, False), chosen(store, True)
    for name in names:
        asked = question(name)
        timings = [timing(store, asked, given, times) for given in variants(asked, busy, middling)]
        yield max(timings, key=lambda t: t.seconds)


@contextmanager
def opened(kind: str) -> Iterator[Store]:
    """A store of that kind, empty, or the one of that address or folder."""
    with tempfile.TemporaryDirectory() as folder:
        if kind in RELEASES:
            with running(RELEASES[kind], Path(folder) / "home") as server:
                os.environ.update(server.environment())
                with open_store(server.url) as store:
                    yield store
            return
        with open_store(folder if kind == "embedded" else kind) as store:
            yield store


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--edges", nargs="+", type=int, default=[400_000])
    options.add_argument("--store", nargs="+", default=["embedded", "neo4j-5.26"])
    options.add_argument("--times", type=int, default=5, metavar="N", help="askings of which the median counts")
    options.add_argument("--questions", nargs="+", default=list(catalogue()), metavar="NAME")
    given = options.parse_args()
    for kind in given.store:
        limit = LIMITS["neo4j" if "neo4j" in kind or "://" in kind else "embedded"]
        grown: dict[str, list[float]] = {name: [] for name in given.questions}
        for edges in given.edges:
            print(f"\n{kind}, {edges:,} edges", flush=True)
            with opened(kind) as store:
                store.prepare()
                if not any(store.revisions()[0]):
                    synchronise(store, whole(edges))
                for found in slowest(store, given.questions, given.times):
                    grown[found.name].append(found.seconds)
                    kept = "" if found.seconds <= limit else "  beyond the limit"
                    with_ = ", ".join(f"{k}={v}" for k, v in found.parameters.items())
                    print(f"{found.name:<26} {found.seconds:8.3f} s {found.rows:>6} rows  {with_}{kept}", flush=True)
        print(f"\n{kind}: seconds by edges\n| question | " + " | ".join(f"{n:,}" for n in given.edges) + " |")
        print("|---" * (len(given.edges) + 1) + "|")
        for name, seconds in grown.items():
            print(f"| {name} | " + " | ".join(f"{s:.3f}" for s in seconds) + " |")


if __name__ == "__main__":
    main()
