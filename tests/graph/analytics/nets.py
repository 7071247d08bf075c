"""Networks whose figures are known."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import networkx as nx
from hypothesis import strategies as st

from biopact.graph.analytics.network import Deal, network_of


def company(node: Hashable) -> str:
    return f"company/{node:02}" if isinstance(node, int) else f"company/{node}"


def net(pairs: Iterable[tuple[Hashable, Hashable]], date: str = "", kinds: dict[str, str] | None = None) -> nx.Graph:
    """The network of these pairs, with one deal each."""
    deals = [Deal(company(a), company(b), f"agreement/{a}-{b}", date) for a, b in pairs]
    ids = {end for deal in deals for end in deal[:2]}
    return network_of(
        deals, {id_: {"name": id_.partition("/")[2], "kind": (kinds or {}).get(id_, "firm")} for id_ in ids}
    )


def path(length: int) -> nx.Graph:
    return net(nx.path_graph(length).edges)


def star(rays: int) -> nx.Graph:
    """Company 00 with so many partners, who have nobody else."""
    return net(nx.star_graph(rays).edges)


def cliques() -> nx.Graph:
    """Two groups of five, all of each partners of one another, and 04 with 05."""
    return net(nx.barbell_graph(5, 0).edges)


def karate() -> nx.Graph:
    return net(nx.karate_club_graph().edges)


@st.composite
def networks(draw: st.DrawFn, most: int = 12) -> nx.Graph:
    """Any small network, in one part or several."""
    pairs = st.tuples(st.integers(0, most), st.integers(0, most)).filter(lambda pair: pair[0] != pair[1])
    return net(draw(st.sets(pairs, min_size=1, max_size=25)))
