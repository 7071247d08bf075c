"""How long a name takes to be found, typed to the end, half typed, and with a slip, on a made-up graph.

    python -m benchmarks.bench_finding --edges 400000 --store embedded neo4j-5.26

The names are those of every so manyth company, compound, technology and agreement. A line tells the median and the
slowest twentieth of what it takes among companies alone, and among all that is found by name.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from statistics import quantiles

from benchmarks.bench_questions import opened
from benchmarks.made_graphs import whole
from biopact.graph.finding import find
from biopact.graph.store import Store, synchronise

NAMES = 60  # of each way of typing


def typed(names: Sequence[str]) -> dict[str, list[str]]:
    """What is typed for each of the names, by the way of typing it."""
    return {
        "three letters": [name[:3] for name in names],
        "half a name": [name[: max(4, len(name) // 2)] for name in names],
        "the whole name": list(names),
        "with a slip": [name[:2] + name[3] + name[2] + name[4:] for name in names],
    }


def milliseconds(store: Store, texts: Sequence[str], types: Sequence[str]) -> str:
    took = []
    for text in texts:
        started = time.perf_counter()
        find(store, text, types)
        took.append((time.perf_counter() - started) * 1000)
    parts = quantiles(took, n=20)
    return f"{parts[9]:6.0f} ms, {parts[-1]:6.0f} ms"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--edges", type=int, default=400_000)
    options.add_argument("--store", nargs="+", default=["embedded", "neo4j-5.26"])
    given = options.parse_args()
    for kind in given.store:
        with opened(kind) as store:
            store.prepare()
            if not any(store.revisions()[0]):
                synchronise(store, whole(given.edges))
            names: list[str] = []
            for label in ("Company", "Compound", "Technology", "Agreement"):
                known = [name for (name,) in store.ask(f"MATCH (n:{label}) RETURN n.name AS name ORDER BY n.id").rows]
                names += [name for name in known[:: max(1, len(known) * 4 // NAMES)] if len(name) > 4]
            milliseconds(store, names, ())  # an engine that has just been started is several times slower
            for way, texts in typed(names).items():
                companies, all_ = milliseconds(store, texts, ["Company"]), milliseconds(store, texts, ())
                print(f"{kind:<12} {way:<16} companies {companies}   all {all_}", flush=True)


if __name__ == "__main__":
    main()
