"""How deep in the network a company sits: the k-core, whose members have k partners each among themselves."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from biopact.graph.analytics.network import names


@dataclass(frozen=True, slots=True)
class Core:
    """The innermost core of one company."""

    company: str
    company_id: str
    core: int  # the largest k of a k-core that it is in
    partners: int
    partners_inside: int  # partners that are at least as deep


def cores(network: nx.Graph) -> list[Core]:
    """Every company, the innermost first."""
    core = nx.core_number(network)
    called = names(network)
    found = [
        Core(called[id_], id_, core[id_], network.degree(id_), sum(core[p] >= core[id_] for p in network[id_]))
        for id_ in network
    ]
    return sorted(found, key=lambda c: (-c.core, -c.partners_inside, -c.partners, c.company_id))
