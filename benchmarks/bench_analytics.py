"""How long analytics take on large networks of companies, beside plain networkx where that does the same.

    python -m benchmarks.bench_analytics --companies 10000 100000

Networks are scale-free with triangles, four partners for each newcomer, deals in the years 2000 to 2019. For networkx's
betweenness and closeness a few starts are timed and the rest is multiplied. `--exact` adds how far estimates are from
all starts, which takes as long as that takes.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from typing import TypeVar

import networkx as nx

from biopact.graph.analytics.assortativity import assortativity
from biopact.graph.analytics.backtest import backtest
from biopact.graph.analytics.brokerage import brokerage
from biopact.graph.analytics.centrality import centrality
from biopact.graph.analytics.communities import communities
from biopact.graph.analytics.cores import cores
from biopact.graph.analytics.network import Deal, network_of
from biopact.graph.analytics.prediction import future_partners
from biopact.graph.analytics.walks import EXACT, STARTS, walks

T = TypeVar("T")

TRIED = 10  # starts that networkx gets
FIRST = 100  # companies whose estimates are looked at


def made(companies: int, seed: int = 7) -> nx.Graph:
    """The later a company comes, the later its deals; one pair in five has two."""
    rng = random.Random(seed)
    drawn = nx.powerlaw_cluster_graph(companies, 4, 0.3, seed=seed)
    deals = []
    for a, b in drawn.edges:
        ids = f"company/c{a:06}", f"company/c{b:06}"
        for i in range(1 + (rng.random() < 0.2)):
            year = rng.randint(2000 + 19 * max(a, b) // companies, 2019)
            deals.append(Deal(*ids, f"agreement/{a}-{b}-{i}", str(year)))
    return network_of(deals)


def timed(what: str, work: Callable[[], T], times: float = 1.0) -> T:
    started = time.perf_counter()
    result = work()
    seconds = (time.perf_counter() - started) * times
    print(f"  {what:<58} {seconds:10.1f} s", flush=True)
    return result


def measured(network: nx.Graph) -> None:
    n = len(network)
    starts = n if n <= EXACT else STARTS
    ways = timed(f"betweenness and closeness, {starts:,} starts", lambda: walks(network))
    timed("centrality, given these", lambda: centrality(network, ways))
    timed("brokerage, given these", lambda: brokerage(network, ways))
    timed("communities", lambda: communities(network))
    timed("cores", lambda: cores(network))
    timed("assortativity, 400 draws", lambda: assortativity(network))
    busiest = max(network, key=network.degree)
    timed("future partners of the busiest company, all methods", lambda: future_partners(network, busiest))
    timed("back-test of all methods, 400 draws", lambda: backtest(network))
    timed(
        f"networkx: betweenness, {starts:,} starts (from {TRIED})",
        lambda: nx.betweenness_centrality(network, k=TRIED, seed=1),
        starts / TRIED,
    )
    some = random.Random(1).sample(list(network), TRIED)
    timed(
        f"networkx: closeness, {starts:,} companies (from {TRIED})",
        lambda: [nx.closeness_centrality(network, id_) for id_ in some],
        starts / TRIED,
    )


def errors(network: nx.Graph) -> None:
    some = timed(f"betweenness and closeness, {STARTS:,} starts", lambda: walks(network, exact=0))
    every = timed(f"betweenness and closeness, {len(network):,} starts", lambda: walks(network, exact=len(network)))
    for what, estimates, truths in (
        ("betweenness", some.betweenness, every.betweenness),
        ("closeness", some.closeness, every.closeness),
    ):
        first = sorted(truths, key=lambda id_: -truths[id_])[:FIRST]
        off = sorted(abs(estimates[id_] / truths[id_] - 1) for id_ in first)
        found = set(sorted(estimates, key=lambda id_: -estimates[id_])[:FIRST])
        print(
            f"  {what} of the first {FIRST}: median error {off[FIRST // 2]:.1%}, largest {off[-1]:.1%}; "
            f"{len(found.intersection(first))} of {FIRST} are among the first {FIRST}",
            flush=True,
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--companies", type=int, nargs="+", default=[10_000])
    options.add_argument("--exact", action="store_true")
    given = options.parse_args()
    for companies in given.companies:
        network = made(companies)
        print(f"{len(network):,} companies, {network.number_of_edges():,} pairs", flush=True)
        measured(network)
        if given.exact:
            errors(network)


if __name__ == "__main__":
    main()
