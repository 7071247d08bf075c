"""Scores of pairs are those of networkx, and predictions name who is shared."""

from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from biopact.graph.analytics.prediction import METHODS, Listed, Neighbourhoods, Rows, future_partners, score
from biopact.ontology import NotFoundError, ValidationError
from tests.graph.analytics.nets import cliques, karate, net, networks, path, star

THEIRS: dict[str, Callable[..., object]] = {
    "adamic-adar": nx.adamic_adar_index,
    "resource allocation": nx.resource_allocation_index,
    "jaccard": nx.jaccard_coefficient,
    "preferential attachment": nx.preferential_attachment,
}


def strangers(network: nx.Graph) -> list[tuple[str, str]]:
    return sorted(tuple(sorted(pair)) for pair in nx.non_edges(network))


@given(networks())
def test_scores_are_those_of_networkx(network: nx.Graph) -> None:
    near = Neighbourhoods(network)
    pairs = strangers(network)
    listed = np.array([(near.place[a], near.place[b]) for a, b in pairs], dtype=np.int64).reshape(-1, 2)
    for method, theirs in THEIRS.items():
        expected = [value for _, _, value in theirs(network, pairs)]  # type: ignore[attr-defined]
        assert score(method, Listed(near, listed)).tolist() == pytest.approx(expected)
    common = [len(list(nx.common_neighbors(network, a, b))) for a, b in pairs]
    assert score("common neighbours", Listed(near, listed)).tolist() == common
    dense = near.matrix.toarray()
    katz = 0.05**2 * dense @ dense + 0.05**3 * dense @ dense @ dense
    assert score("katz", Listed(near, listed)).tolist() == pytest.approx(katz[listed[:, 0], listed[:, 1]].tolist())


@pytest.mark.parametrize("method", METHODS)
@given(network=networks())
def test_a_row_has_what_its_pairs_have(method: str, network: nx.Graph) -> None:
    near = Neighbourhoods(network)
    rows = score(method, Rows(near, np.arange(len(network))))
    listed = np.array([(i, j) for i in range(len(network)) for j in range(len(network))])
    assert rows.ravel().tolist() == pytest.approx(score(method, Listed(near, listed)).tolist())


def test_who_shares_the_most_comes_first_and_is_named() -> None:
    network = net([(0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (5, 4), (2, 6)])
    first, *others = future_partners(network, "company/00")
    assert (first.partner, first.partner_id) == ("01", "company/01")
    assert first.shared_partners == ("03", "02")  # 02 has more partners, so it tells less
    assert first.shared_ids == ("company/03", "company/02")
    assert first.score == first.scores["adamic-adar"] == pytest.approx(1 / np.log(2) + 1 / np.log(3))
    assert [(p.partner, p.shared_partners) for p in others] == [("05", ("04",)), ("06", ("02",))]
    assert [p.partner for p in future_partners(network, "company/00", top=1)] == ["01"]


def test_partners_and_the_company_itself_are_never_proposed() -> None:
    network = karate()
    for method in METHODS:
        for company in network:
            proposed = {p.partner_id for p in future_partners(network, company, method=method, top=None)}
            assert not proposed & {company, *network[company]}


def test_who_is_three_steps_away_is_scored_by_katz_only() -> None:
    assert [p.partner for p in future_partners(path(4), "company/00")] == ["02"]
    assert [p.partner for p in future_partners(path(4), "company/00", method="katz")] == ["02", "03"]
    assert future_partners(star(3), "company/00") == []


def test_colleagues_of_the_one_who_bridges_are_alike() -> None:
    found = future_partners(cliques(), "company/05")
    assert [p.partner for p in found] == ["00", "01", "02", "03"]
    assert len({p.score for p in found}) == 1


def test_who_or_what_is_not_there_is_told() -> None:
    with pytest.raises(NotFoundError, match="company/99: has no partners in this network"):
        future_partners(path(3), "company/99")
    with pytest.raises(ValidationError, match="no method 'oracle'; known are adamic-adar, "):
        future_partners(path(3), "company/00", method="oracle")
