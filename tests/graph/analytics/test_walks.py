"""Betweenness and closeness by matrices are those of networkx; estimates come near them."""

import networkx as nx
import pytest
from hypothesis import given

from biopact.graph.analytics.walks import walks
from tests.graph.analytics.nets import karate, networks, path, star


@given(networks())
def test_all_starts_give_what_networkx_gives(network: nx.Graph) -> None:
    found = walks(network)
    assert found.betweenness == pytest.approx(nx.betweenness_centrality(network))
    assert found.closeness == pytest.approx(nx.closeness_centrality(network))
    assert not found.sampled


def test_the_middle_of_a_star_is_on_every_way() -> None:
    found = walks(star(6))
    assert found.betweenness["company/00"] == pytest.approx(1.0)
    assert found.closeness["company/00"] == pytest.approx(1.0)
    assert found.betweenness["company/01"] == 0.0
    assert found.closeness["company/01"] == pytest.approx(6 / 11)


def test_a_long_path_has_its_middle_in_the_middle() -> None:
    found = walks(path(31))
    assert max(found.betweenness, key=found.betweenness.__getitem__) == "company/15"
    assert found.betweenness["company/15"] == pytest.approx(15 * 15 / (30 * 29 / 2))


def test_estimates_are_near_and_repeat() -> None:
    network = nx.powerlaw_cluster_graph(600, 3, 0.4, seed=2)
    exact = walks(network)
    some = walks(network, exact=500, starts=200)
    assert some.sampled
    assert some == walks(network, exact=500, starts=200)
    assert some != walks(network, exact=500, starts=200, seed=2)
    first = sorted(exact.betweenness, key=lambda n: -exact.betweenness[n])[:10]
    for node in first:
        assert some.betweenness[node] == pytest.approx(exact.betweenness[node], rel=0.2)
        assert some.closeness[node] == pytest.approx(exact.closeness[node], rel=0.05)


def test_every_start_drawn_is_no_estimate() -> None:
    network = karate()
    every = walks(network, exact=1, starts=1_000)
    assert not every.sampled
    assert every.betweenness == pytest.approx(nx.betweenness_centrality(network))
    assert every.closeness == pytest.approx(nx.closeness_centrality(network))


def test_nothing_has_no_ways() -> None:
    assert walks(nx.Graph()).betweenness == {}
    assert list(walks(nx.empty_graph(1)).closeness.values()) == [0.0]


def test_progress_ends_with_all_of_it() -> None:
    told: list[tuple[int, int]] = []
    walks(karate(), progress=lambda done, total, what: told.append((done, total)))
    assert told[-1] == (34, 34)
