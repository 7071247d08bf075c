"""Who is central: by partners, by deals, by the ways that lead through, by nearness, by who the partners are."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from biopact.graph.analytics.network import deal_count, names
from biopact.graph.analytics.walks import Walks, walks


@dataclass(frozen=True, slots=True)
class Centrality:
    """How central one company is."""

    company: str
    company_id: str
    partners: int
    deals: int
    pagerank: float  # share of a random walk over deals that is spent here
    betweenness: float  # share of the shortest ways between others that lead through here
    closeness: float  # one over the mean number of steps to the others, times the share of them that can be reached


def centrality(network: nx.Graph, ways: Walks | None = None) -> list[Centrality]:
    """Every company, the highest PageRank first; a pair with several deals counts for as many in PageRank."""
    if not network:
        return []
    ways = ways or walks(network)
    rank = nx.pagerank(network, weight="weight", tol=1e-12 / len(network), max_iter=1_000)
    called = names(network)
    found = [
        Centrality(
            called[id_],
            id_,
            network.degree(id_),
            deal_count(network, id_),
            rank[id_],
            ways.betweenness[id_],
            ways.closeness[id_],
        )
        for id_ in network
    ]
    return sorted(found, key=lambda c: (-round(c.pagerank, 12), c.company_id))
