"""Centrality, brokerage, cores, assortativity: of networks whose figures are known, and of any as networkx has them."""

import networkx as nx
import pytest
from hypothesis import given

from biopact.graph.analytics.assortativity import assortativity
from biopact.graph.analytics.brokerage import brokerage, cut_off
from biopact.graph.analytics.centrality import centrality
from biopact.graph.analytics.cores import cores
from biopact.graph.analytics.network import Deal, network_of
from tests.graph.analytics.nets import cliques, karate, net, networks, path, star

# --- centrality


@given(networks())
def test_pagerank_is_that_of_networkx(network: nx.Graph) -> None:
    found = centrality(network)
    assert sum(c.pagerank for c in found) == pytest.approx(1.0)
    assert {c.company_id: c.pagerank for c in found} == pytest.approx(nx.pagerank(network), abs=1e-5)
    assert {c.company_id: c.partners for c in found} == dict(network.degree)


def test_an_agreement_of_three_is_one_deal_and_two_partners() -> None:
    deals = [Deal("company/a", "company/b", "agreement/1", ""), Deal("company/a", "company/c", "agreement/1", "")]
    found = {c.company_id: (c.partners, c.deals) for c in centrality(network_of(deals))}
    assert found == {"company/a": (2, 1), "company/b": (1, 1), "company/c": (1, 1)}


def test_more_deals_weigh_more() -> None:
    deals = [Deal("company/a", "company/b", f"agreement/{i}", "") for i in range(5)]
    deals.append(Deal("company/a", "company/c", "agreement/9", ""))
    assert [c.company_id for c in centrality(network_of(deals))] == ["company/a", "company/b", "company/c"]


# --- brokerage


def test_the_middle_of_a_star_is_free_and_indispensable() -> None:
    first, *others = brokerage(star(5))
    assert (first.company, first.partners, first.effective_size, first.cuts_off) == ("00", 5, 5.0, 4)
    assert first.constraint == pytest.approx(1 / 5)
    assert all((o.constraint, o.effective_size, o.cuts_off) == (None, 1.0, 0) for o in others)


def test_in_a_clique_everybody_is_tied_and_nobody_missed() -> None:
    for broker in brokerage(net(nx.complete_graph(5).edges)):
        assert broker.effective_size == pytest.approx(1.0)
        assert broker.betweenness == pytest.approx(0.0)
        assert broker.cuts_off == 0


def test_who_joins_two_cliques_cuts_one_off() -> None:
    found = brokerage(cliques())
    assert {b.company for b in found[:2]} == {"04", "05"}
    assert [b.cuts_off for b in found] == [4, 4, *[0] * 8]  # four colleagues; the other clique is the larger rest


@given(networks())
def test_structural_holes_are_those_of_networkx(network: nx.Graph) -> None:
    found = {b.company_id: b for b in brokerage(network)}
    theirs = nx.effective_size(network)
    constraint = nx.constraint(network)
    for id_, broker in found.items():
        assert broker.effective_size == pytest.approx(theirs[id_])
        assert broker.constraint is None or broker.constraint == pytest.approx(constraint[id_])


@given(networks())
def test_who_is_cut_off_is_what_taking_away_leaves(network: nx.Graph) -> None:
    lost = {}
    for id_ in network:
        part = network.subgraph(nx.node_connected_component(network, id_) - {id_})
        rests = [len(rest) for rest in nx.connected_components(part)]
        if len(rests) > 1:
            lost[id_] = sum(rests) - max(rests)
    assert cut_off(network) == lost


# --- cores


def test_the_core_of_two_cliques_is_all_of_both() -> None:
    assert {c.core for c in cores(cliques())} == {4}


def test_a_tail_is_outside_the_core() -> None:
    found = {c.company: c for c in cores(net([(0, 1), (1, 2), (0, 2), (2, 3), (3, 4)]))}
    assert {name: c.core for name, c in found.items()} == {"00": 2, "01": 2, "02": 2, "03": 1, "04": 1}
    assert (found["02"].partners, found["02"].partners_inside) == (3, 2)
    assert next(iter(cores(net([(0, 1), (1, 2), (0, 2), (2, 3)])))).company == "02"


@given(networks())
def test_a_core_has_that_many_partners_inside(network: nx.Graph) -> None:
    assert all(c.partners_inside >= c.core for c in cores(network))


# --- assortativity


def test_in_a_star_only_unlike_are_partners() -> None:
    found = assortativity(star(5))
    assert found.degree is not None
    assert found.degree.value == pytest.approx(-1.0)
    assert found.kind is None  # all are firms


def test_where_all_have_as_many_nothing_can_be_said() -> None:
    assert assortativity(net(nx.cycle_graph(6).edges)).degree is None


def test_karate_is_as_networkx_says() -> None:
    network = karate()
    kinds = {id_: "firm" if i % 3 else "university" for i, id_ in enumerate(network)}
    nx.set_node_attributes(network, kinds, "kind")
    found = assortativity(network)
    assert found.degree is not None
    assert found.kind is not None
    assert found.degree.value == pytest.approx(nx.degree_assortativity_coefficient(network))
    assert found.kind.value == pytest.approx(nx.attribute_assortativity_coefficient(network, "kind"))
    assert found.degree.low < found.degree.value < found.degree.high
    assert sum(m.pairs for m in found.mixing) == found.pairs == 78
    assert sum(m.expected for m in found.mixing) == pytest.approx(78)


def test_kinds_that_keep_apart_and_kinds_that_mix() -> None:
    firms = {f"company/{i:02}": "firm" if i < 5 else "university" for i in range(10)}
    apart = assortativity(net([*nx.complete_graph(5).edges, *nx.complete_graph(range(5, 10)).edges], kinds=firms))
    assert apart.kind is not None
    assert apart.kind.value == pytest.approx(1.0)
    assert [(m.kind, m.other, m.pairs) for m in apart.mixing] == [
        ("firm", "firm", 10),
        ("university", "university", 10),
        ("firm", "university", 0),
    ]
    mixed = assortativity(net([(a, b) for a in range(5) for b in range(5, 10)], kinds=firms))
    assert mixed.kind is not None
    assert mixed.kind.value == pytest.approx(-1.0)


# --- little and nothing


@pytest.mark.parametrize("measure", [centrality, brokerage, cores])
def test_nothing_has_no_figures(measure: object) -> None:
    assert callable(measure)
    assert list(measure(nx.Graph())) == []


def test_two_companies_have_figures() -> None:
    both = path(2)
    assert [(round(c.pagerank, 9), c.betweenness, c.closeness) for c in centrality(both)] == [(0.5, 0.0, 1.0)] * 2
    assert [b.cuts_off for b in brokerage(both)] == [0, 0]
    assert assortativity(both).degree is None
    assert assortativity(nx.Graph()).mixing == ()
