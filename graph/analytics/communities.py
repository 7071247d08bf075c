"""Who belongs together: groups of companies with more deals among themselves than chance would have."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from biopact.graph.analytics.network import names

_NAMED = 3  # members that a label names


@dataclass(frozen=True, slots=True)
class Community:
    """A group of companies; its number counts from 1, the largest group."""

    number: int
    label: str  # its members with the most partners in it
    companies: int
    pairs_inside: int  # of partners
    pairs_outside: int  # of a member and a partner elsewhere
    members: tuple[str, ...]  # ids, the best connected inside first


@dataclass(frozen=True, slots=True)
class Communities:
    """All groups, the largest first; every company of the network is in one."""

    modularity: float  # share of deals inside groups above that expected from the number of deals alone
    groups: tuple[Community, ...]

    def of(self) -> dict[str, Community]:
        """The group of every company by its id."""
        return {id_: group for group in self.groups for id_ in group.members}


def communities(network: nx.Graph, *, seed: int = 1, resolution: float = 1.0) -> Communities:
    """The groups that Louvain's method finds (doi:10.1088/1742-5468/2008/10/P10008); a pair weighs as its deals.

    The same network and seed give the same groups. A higher resolution gives smaller groups.
    """
    order = list(network)
    if not order:
        return Communities(0.0, ())
    # by number, because sets of texts have another order in every process
    numbered = nx.Graph()
    numbered.add_nodes_from(range(len(order)))
    place = {id_: i for i, id_ in enumerate(order)}
    numbered.add_weighted_edges_from((place[a], place[b], w) for a, b, w in network.edges(data="weight", default=1))
    parts = nx.community.louvain_communities(numbered, seed=seed, resolution=resolution)
    modularity = nx.community.modularity(numbered, parts, resolution=resolution)
    grouped = sorted(({order[i] for i in part} for part in parts), key=lambda part: (-len(part), min(part)))
    called = names(network)
    return Communities(
        modularity, tuple(_community(network, number, part, called) for number, part in enumerate(grouped, start=1))
    )


def _community(network: nx.Graph, number: int, part: set[str], called: dict[str, str]) -> Community:
    inside = {id_: sum(partner in part for partner in network[id_]) for id_ in part}
    members = tuple(sorted(part, key=lambda id_: (-inside[id_], -network.degree(id_), id_)))
    first = [called[id_] for id_ in members[:_NAMED]]
    label = "; ".join(first) if len(members) <= _NAMED else f"{'; '.join(first)}; …"
    outside = sum(network.degree(id_) - inside[id_] for id_ in part)
    return Community(number, label, len(part), sum(inside.values()) // 2, outside, members)
