"""Who stands between others: Burt's structural holes, betweenness, and those without whom the network falls apart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import networkx as nx

from biopact.graph.analytics.network import names
from biopact.graph.analytics.walks import Walks, walks


@dataclass(frozen=True, slots=True)
class Broker:
    """What one company joins."""

    company: str
    company_id: str
    partners: int
    effective_size: float  # partners, less the mean number of ties that a partner has to the other partners
    constraint: float | None  # how much the partners are tied to each other: low is free; None for one partner
    betweenness: float
    cuts_off: int  # companies that would lose their way to the largest rest if this one were gone


def brokerage(network: nx.Graph, ways: Walks | None = None) -> list[Broker]:
    """Every company, the highest betweenness first. Effective size and constraint are those of R. S. Burt (1992)."""
    if not network:
        return []
    ways = ways or walks(network)
    constraint = nx.constraint(network)
    triangles = nx.triangles(network)
    lost = cut_off(network)
    called = names(network)
    found = []
    for id_ in network:
        partners = network.degree(id_)
        found.append(
            Broker(
                called[id_],
                id_,
                partners,
                partners - 2 * triangles[id_] / partners,
                float(constraint[id_]) if partners > 1 else None,
                ways.betweenness[id_],
                lost.get(id_, 0),
            )
        )
    return sorted(found, key=lambda b: (-round(b.betweenness, 12), -b.effective_size, b.company_id))


def cut_off(network: nx.Graph) -> dict[str, int]:
    """For each company without which its part falls apart, how many the largest rest would lose.

    >>> cut_off(nx.path_graph(5))
    {1: 1, 2: 2, 3: 1}
    """
    blocks = list(map(frozenset, nx.biconnected_components(network)))
    joints = set(nx.articulation_points(network))
    tree = nx.Graph()  # of blocks and the joints between them; a block weighs as many as are in no other
    weight: dict[object, int] = defaultdict(lambda: 1)
    for number, block in enumerate(blocks):
        within = block & joints
        weight["block", number] = len(block) - len(within)
        tree.add_edges_from((("block", number), ("joint", joint)) for joint in within)
    lost: dict[str, int] = {}
    for part in nx.connected_components(tree):
        root = min(part, key=str)
        below = {node: weight[node] for node in part}
        parents = nx.dfs_predecessors(tree, root)
        for node in nx.dfs_postorder_nodes(tree, root):
            if node != root:
                below[parents[node]] += below[node]
        for node in part:
            kind, joint = node
            if kind == "joint":
                rests = [below[other] for other in tree[node] if parents.get(other) == node]
                rests += [below[root] - below[node]] if node != root else []
                lost[joint] = below[root] - 1 - max(rests)
    return dict(sorted(lost.items()))
