"""Communities: two groups are told apart, labels name the best connected, and every process finds the same."""

import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
from hypothesis import given

from biopact.graph.analytics.communities import Communities, communities
from biopact.graph.analytics.network import Deal, deals_of, network_of
from tests.graph.analytics.nets import cliques, karate, networks


def test_two_cliques_are_two_communities() -> None:
    found = communities(cliques())
    assert [sorted(g.members) for g in found.groups] == [
        [f"company/{i:02}" for i in range(5)],
        [f"company/{i:02}" for i in range(5, 10)],
    ]
    assert [(g.number, g.companies, g.pairs_inside, g.pairs_outside) for g in found.groups] == [
        (1, 5, 10, 1),
        (2, 5, 10, 1),
    ]
    assert found.groups[0].label == "04; 00; 01; …"
    assert found.of()["company/07"].number == 2
    assert round(found.modularity, 3) == 0.452


def test_deals_weigh() -> None:
    """A ring of four with strong and weak sides falls apart at the weak ones."""
    strong = [
        Deal(f"company/{a}", f"company/{b}", f"agreement/{a}{b}{i}", "") for a, b in ("ab", "cd") for i in range(9)
    ]
    weak = [Deal(f"company/{a}", f"company/{b}", f"agreement/{a}{b}", "") for a, b in ("bc", "ad")]
    assert [g.members for g in communities(network_of(strong + weak)).groups] == [
        ("company/a", "company/b"),
        ("company/c", "company/d"),
    ]


@given(networks())
def test_everybody_is_in_one_community(network: nx.Graph) -> None:
    found = communities(network)
    assert sorted(id_ for g in found.groups for id_ in g.members) == sorted(network)
    inside, outside = (sum(getattr(g, name) for g in found.groups) for name in ("pairs_inside", "pairs_outside"))
    assert inside + outside / 2 == network.number_of_edges()
    assert found == communities(network_of(reversed(deals_of(network)), dict(network.nodes(data=True))))


def test_every_process_finds_the_same() -> None:
    """Sets of texts are in another order in each."""
    script = (
        "from biopact.graph.analytics.communities import communities\n"
        "from tests.graph.analytics.nets import karate\n"
        "print([g.members for g in communities(karate()).groups])"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[3],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert printed == {f"{[g.members for g in communities(karate()).groups]}\n"}


def test_nothing_has_no_communities() -> None:
    assert communities(nx.Graph()) == Communities(0.0, ())
