"""Pushing to real triple stores, beside bare PUTs of the same graphs; then with nothing and with little changed.

python -m benchmarks.bench_push [--edges 4000]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import httpx

from benchmarks.bench_rdf import world
from biopact.graph.push.journal import journal_of
from biopact.graph.push.pushing import Report, push
from biopact.graph.push.triple_store import TripleStore
from biopact.graph.rdf import graphs
from tests.servers.triple_stores import STARTERS

Graphs = list[tuple[str, bytes]]


def bare(found: Graphs, url: str) -> None:
    """PUT everything, and note nothing."""
    with httpx.Client(timeout=600) as client:
        for name, quads in found:
            triples = quads.replace(b" <%b> .\n" % name.encode(), b" .\n")
            headers = {"Content-Type": "application/n-triples"}
            client.put(url, params={"graph": name}, content=triples, headers=headers).raise_for_status()


def pushed(found: Iterable[tuple[str, bytes]], url: str, folder: Path) -> tuple[Report, float]:
    start = time.perf_counter()
    with journal_of(folder, url) as journal, TripleStore(url) as store:
        report = push(found, store, journal)
    return report, time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, default=4_000)
    args = parser.parse_args()
    found: Graphs = list(graphs(world(args.edges)))
    changed = [(name, quads.replace(b'"8-K 7"', b'"8-K/A 7"')) for name, quads in found]
    count = sum(quads.count(b"\n") for _, quads in found)
    print(f"{len(found):,} named graphs, {count:,} quads")
    for kind, start in STARTERS.items():
        with tempfile.TemporaryDirectory() as folder, start(Path(folder) / "server") as server:
            bare(found, server.graph_store)  # so that both meet a warm server
            server.clear()
            began = time.perf_counter()
            bare(found, server.graph_store)
            peer = time.perf_counter() - began
            server.clear()
            _, first = pushed(found, server.graph_store, Path(folder))
            _, again = pushed(found, server.graph_store, Path(folder))
            report, little = pushed(changed, server.graph_store, Path(folder))
        print(f"{kind:10} bare PUTs {peer:6.1f} s {count / peer:10,.0f} quads/s")
        print(f"{kind:10} push      {first:6.1f} s {count / first:10,.0f} quads/s, {peer / first:.2f} of bare PUTs")
        print(f"{kind:10} nothing changed {again:.2f} s; {report.put} graph changed {little:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
