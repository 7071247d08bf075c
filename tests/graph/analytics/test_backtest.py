"""The back-test: history that follows a rule is predicted, history without one is not, and little tells nothing."""

from itertools import combinations
from random import Random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biopact.graph.analytics.backtest import CHANCE, Backtest, Worth, backtest, last_good_year
from biopact.graph.analytics.intervals import auc, drawn, estimate
from biopact.graph.analytics.network import Deal, network_of
from biopact.graph.analytics.prediction import DEGREE, METHODS
from tests.graph.analytics.nets import company, net


def groups(count: int, size: int, seed: int = 3) -> nx.Graph:
    """In each group about half of the pairs had a deal by 2010 and the rest after it; everybody knows two outside."""
    rng = Random(seed)
    deals = []
    for group in range(count):
        members = range(group * size, (group + 1) * size)
        deals += [(a, b, "2008" if rng.random() < 0.5 else "2012") for a, b in combinations(members, 2)]
        deals += [(a, (a + size) % (count * size), "2007-05") for a in members]
    return network_of(Deal(company(a), company(b), f"agreement/{a}-{b}", date) for a, b, date in deals)


def chaos(companies: int, pairs: int) -> nx.Graph:
    """Any two companies, at any time."""
    rng = Random(5)
    chosen = rng.sample(list(combinations(range(companies), 2)), pairs)
    return network_of(
        Deal(company(a), company(b), f"agreement/{a}-{b}", rng.choice(["2008", "2012"])) for a, b in chosen
    )


def by_method(test: Backtest) -> dict[str, Worth]:
    return {worth.method: worth for worth in test.methods}


def test_groups_that_close_are_predicted_better_than_by_degree() -> None:
    test = backtest(groups(12, 8), "2010")
    worth = by_method(test)
    assert list(worth) == [CHANCE, *METHODS]
    assert (test.day, test.k, test.known_companies, test.newcomers, test.undated) == ("2010", 10, 96, 0, 0)
    assert test.known_pairs + test.new_pairs == 12 * 28 + 96
    assert worth["adamic-adar"].auc.value > 0.8
    assert worth["adamic-adar"].lift.low > 0.2
    assert worth["adamic-adar"].precision.low > worth[CHANCE].precision.high
    assert worth[DEGREE].lift.value == 0.0
    assert worth[CHANCE].auc.value == 0.5
    for method in METHODS:
        found = worth[method]
        assert found.auc.low <= found.auc.value <= found.auc.high
        assert found.curve[0] >= 0.0
        assert found.curve[-1] == 1.0
        assert list(found.curve) == sorted(found.curve)


def test_what_has_no_rule_is_not_predicted() -> None:
    worth = by_method(backtest(chaos(80, 400), "2010"))
    for method in METHODS:
        assert worth[method].auc.low < 0.5 < worth[method].auc.high
    assert worth[CHANCE].precision.value == pytest.approx(worth["adamic-adar"].precision.value, abs=0.03)


def test_a_test_repeats_and_needs_no_order() -> None:
    network = groups(6, 6)
    assert backtest(network, "2010") == backtest(network, "2010")
    assert backtest(network, "2010", seed=2).methods[1].auc.low != backtest(network, "2010").methods[1].auc.low


def test_precision_by_hand() -> None:
    """Squares become complete: each company has one stranger at two steps, and that one comes."""
    deals = []
    for square in range(12):
        a, b, c, d = (square * 4 + i for i in range(4))
        deals += [(p, q, "2001") for p, q in ((a, b), (b, c), (c, d), (d, a))]
        deals += [(a, c, "2003"), (b, d, "2003")]
    network = network_of(Deal(company(p), company(q), f"agreement/{p}-{q}", date) for p, q, date in deals)
    worth = by_method(backtest(network, "2002", k=1))
    assert worth["common neighbours"].precision.value == 1.0
    assert worth["common neighbours"].auc.value == 1.0
    assert worth[CHANCE].precision.value == pytest.approx(1 / 45)
    assert worth[DEGREE].precision.value == pytest.approx(1 / 45)  # all have as many partners: drawn among all
    assert by_method(backtest(network, "2002", k=5))["common neighbours"].precision.value == pytest.approx(1 / 5)
    assert by_method(backtest(network, "2002", k=500))["katz"].precision.value == pytest.approx(1 / 45)


def test_pairs_that_may_lie_on_either_side_are_left_out() -> None:
    network = groups(8, 8)
    before = backtest(network, "2010")
    first = next(pair for *pair, found in network.edges(data="deals") if list(found.values()) == ["2012"])
    more = [Deal(first[0], first[1], "agreement/early", "")]  # no date: perhaps they were partners already
    deals = [Deal(a, b, id_, date) for a, b, found in network.edges(data="deals") for id_, date in found.items()]
    after = backtest(network_of([*deals, *more]), "2010")
    assert (after.new_pairs, after.undated) == (before.new_pairs - 1, 1)
    newcomer = backtest(network_of([*deals, Deal("company/00", "company/new", "agreement/n", "2015")]), "2010")
    assert (newcomer.new_pairs, newcomer.newcomers) == (before.new_pairs, 1)


@pytest.mark.parametrize(
    ("network", "day", "problem"),
    [
        (nx.Graph(), None, "no deal in this network has a later date than others"),
        (net([(0, 1), (1, 2)]), None, "no deal in this network has a later date than others"),
        (net([(0, 1), (1, 2)], "2005"), "2001", "no deal was made by 2001"),
        (net([(0, 1), (1, 2)], "2005"), "2009", "only 0 pairs of companies known by 2009 became partners after it"),
        (net([(0, 1), (1, 2)], "2005"), None, "no deal in this network has a later date than others"),
    ],
)
def test_too_little_is_told(network: nx.Graph, day: str | None, problem: str) -> None:
    test = backtest(network, day)
    assert test.problem.startswith(problem)
    assert test.methods == ()


def test_the_last_year_that_leaves_a_quarter() -> None:
    years = ["2001", "2002-03", "2003", "2004", "2004", "2005", "2006", "2007-01-02"]
    network = network_of(Deal(company(i), company(i + 1), f"agreement/{i}", year) for i, year in enumerate(years))
    assert last_good_year(network) == "2005"
    assert last_good_year(net([(0, 1)], "2005")) == ""


# --- figures and intervals


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=30))
def test_auc_counts_pairs(drawn_: list[tuple[int, bool]]) -> None:
    scores, positive = np.array([float(s) for s, _ in drawn_]), np.array([p for _, p in drawn_])
    found = auc(scores, positive, np.ones((1, len(scores)), dtype=np.int32))[0]
    up, down = scores[positive], scores[~positive]
    if not len(up) or not len(down):
        assert np.isnan(found)
    else:
        assert found == pytest.approx(np.mean([1.0 if u > d else 0.5 if u == d else 0.0 for u in up for d in down]))


def test_weights_are_copies() -> None:
    scores, positive = np.array([1.0, 2.0, 3.0]), np.array([True, False, True])
    (weighted,) = auc(scores, positive, np.array([[3, 1, 1]], dtype=np.int32))
    assert weighted == pytest.approx(1 / 4)


def test_companies_are_drawn_with_their_number_kept() -> None:
    again = drawn(7, rounds=20)
    assert again.sum(axis=1).tolist() == [7] * 20
    assert (again == drawn(7, rounds=20)).all()
    assert estimate(1.0, np.array([np.nan, 1.0, 1.0])).low == 1.0
    assert np.isnan(estimate(1.0, np.array([np.nan])).low)
