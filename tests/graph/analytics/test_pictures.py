"""Pictures: the same bytes for the same figures, whatever stands in a name."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from biopact.graph.analytics.backtest import backtest
from biopact.graph.analytics.communities import communities
from biopact.graph.analytics.pictures import backtest_picture, bars, network_picture
from biopact.ontology import ValidationError
from tests.graph.analytics.nets import karate
from tests.graph.analytics.test_backtest import groups

NAMES = ["$x^2$ & <b>", "薬 K.K.", "a\x1b[2J\nb -- c", "$", "x" * 200, ""]


def named() -> nx.Graph:
    network = karate()
    for i, id_ in enumerate(network):
        network.nodes[id_]["name"] = NAMES[i % len(NAMES)]
    return network


def _network(path: Path) -> None:
    network = named()
    network_picture(network, communities(network), path)


def _bars(path: Path) -> None:
    bars([(name, float(i), NAMES[0]) for i, name in enumerate(NAMES)], NAMES[0], path)


def _backtest(path: Path) -> None:
    backtest_picture(backtest(groups(6, 6), "2010"), path)


DRAW: list[Callable[[Path], None]] = [_network, _bars, _backtest]


@pytest.mark.parametrize("suffix", [".svg", ".png"])
@pytest.mark.parametrize("draw", DRAW)
def test_the_same_figures_give_the_same_bytes(draw: Callable[[Path], None], suffix: str, tmp_path: Path) -> None:
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    draw(one)
    draw(two)
    assert one.read_bytes() == two.read_bytes()
    assert len(list(tmp_path.iterdir())) == 2
    if suffix == ".svg":
        assert ElementTree.parse(one).getroot().tag == "{http://www.w3.org/2000/svg}svg"
        assert b"<dc:date>" not in one.read_bytes()
    else:
        assert one.read_bytes().startswith(b"\x89PNG")


def test_nothing_can_be_drawn(tmp_path: Path) -> None:
    network_picture(nx.Graph(), communities(nx.Graph()), tmp_path / "nothing.svg")
    bars([], "nobody", tmp_path / "nobody.png")
    assert (tmp_path / "nothing.svg").stat().st_size > 100


def test_a_large_network_shows_the_best_connected(tmp_path: Path) -> None:
    network = groups(40, 6)
    network_picture(network, communities(network), tmp_path / "large.svg")
    assert "150 companies, of 240 those with the most partners" in (tmp_path / "large.svg").read_text()


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"a picture is a file with \.png or \.svg"):
        bars([], "", tmp_path / "picture.gif")
    assert list(tmp_path.iterdir()) == []
