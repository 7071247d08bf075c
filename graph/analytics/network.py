"""The company network: who has deals with whom, as a networkx graph in which every line names its agreements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import networkx as nx

from biopact.graph.records import digest
from biopact.graph.store import Store
from biopact.graph.time import first_day, last_day


class Deal(NamedTuple):
    """An agreement that makes two companies partners."""

    company: str  # ids
    partner: str
    agreement: str
    date: str  # as much of it as is known, perhaps nothing


# Two parties in the same one-sided role, as two licensees, deal with a third and not with one another.
_DEALS = (
    "MATCH (a:Company)-[mine:PARTY_TO]->(g:Agreement)<-[theirs:PARTY_TO]-(b:Company) "
    "WHERE a.id < b.id AND (mine.role <> theirs.role OR mine.role IN ['collaborator', 'party'] "
    "OR mine.roles IS NOT NULL OR theirs.roles IS NOT NULL) "
    "RETURN DISTINCT a.id AS company, b.id AS partner, g.id AS agreement, "
    "coalesce(g.agreement_date, g.effective_date, g.announced_date, '') AS date "
    "ORDER BY company, partner, agreement"
)
_COMPANIES = "MATCH (c:Company) RETURN c.id AS id, c.name AS name, c.kind AS kind ORDER BY id"


def company_network(store: Store) -> nx.Graph:
    """The network of all companies that have a partner: what the question `partners` counts, for everyone.

    Nodes are ids of companies with `name` and `kind`. An edge's `deals` are the ids of its agreements with their
    dates, its `weight` is how many they are.
    """
    companies = {id_: {"name": name, "kind": kind or "unknown"} for id_, name, kind in _rows(store, _COMPANIES)}
    return network_of((Deal(*row) for row in _rows(store, _DEALS)), companies)


def network_of(deals: Iterable[Deal], companies: Mapping[str, Mapping[str, Any]] | None = None) -> nx.Graph:
    """The network of these deals, the same whatever order they come in; `companies` have the attributes of nodes."""
    between: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for company, partner, agreement, date in deals:
        if company != partner:
            between[min(company, partner), max(company, partner)][agreement] = date
    network = nx.Graph()
    for id_ in sorted({end for pair in between for end in pair}):
        network.add_node(id_, **{"name": id_, "kind": "unknown", **(companies or {}).get(id_, {})})
    for (company, partner), found in sorted(between.items()):
        network.add_edge(company, partner, deals=dict(sorted(found.items())), weight=len(found))
    return network


def deals_of(network: nx.Graph) -> list[Deal]:
    """The deals that a network is made of."""
    return [
        Deal(company, partner, agreement, date)
        for company, partner, found in network.edges(data="deals")
        for agreement, date in found.items()
    ]


def until(network: nx.Graph, day: str) -> nx.Graph:
    """The network of the deals that were certainly made by the end of a day, month or year."""
    by = last_day(day)
    made = (deal for deal in deals_of(network) if deal.date and last_day(deal.date) <= by)
    return network_of(made, dict(network.nodes(data=True)))


def after(network: nx.Graph, day: str) -> nx.Graph:
    """The network of the deals that were certainly made after the end of a day, month or year."""
    by = last_day(day)
    made = (deal for deal in deals_of(network) if deal.date and first_day(deal.date) > by)
    return network_of(made, dict(network.nodes(data=True)))


def names(network: nx.Graph) -> dict[str, str]:
    """The name of every company by its id."""
    return dict(network.nodes(data="name"))


def deal_count(network: nx.Graph, company: str) -> int:
    """How many agreements a company has with partners; one of three parties counts once."""
    return len({agreement for _, _, found in network.edges(company, data="deals") for agreement in found})


def basis(network: nx.Graph) -> str:
    """What figures of this network rest on, in words; two networks that differ have different words."""
    deals = sorted(deals_of(network))
    agreements = {deal.agreement for deal in deals}
    return (
        f"{len(agreements):,} agreements between {len(network):,} companies, "
        f"{network.number_of_edges():,} pairs ({digest(*deals)})"
    )


def _rows(store: Store, cypher: str) -> list[tuple[Any, ...]]:
    return store.ask(cypher, seconds=600).rows
