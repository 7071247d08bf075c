"""The company network: out of every store, until and after a day, the same in any order."""

from collections.abc import Sequence

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from biopact.graph.analytics.network import Deal, after, basis, company_network, deal_count, deals_of, network_of, until
from biopact.graph.store import Store, synchronise
from biopact.queries import question
from tests.graph.world import agreement, world

A, B, C = "company/a", "company/b", "company/c"


def test_a_store_gives_the_partners_that_the_question_counts(store: Store) -> None:
    synchronise(store, world())
    network = company_network(store)
    assert {tuple(pair): tuple(found) for *pair, found in network.edges(data="deals")} == {
        ("company/alba", "company/borea"): tuple(sorted([agreement("ab"), agreement("ab2")])),
        ("company/alba", "company/corva"): (agreement("ac"),),
        ("company/alba", "company/delos"): (agreement("ad"),),
        ("company/borea", "company/evora"): (agreement("eb"),),
        ("company/corva", "company/evora"): (agreement("ec"),),
        ("company/delos", "company/gaia"): (agreement("three"),),  # two licensees are no partners of one another
        ("company/evora", "company/fjord"): (agreement("ef"),),
        ("company/fjord", "company/gaia"): (agreement("three"),),
    }
    assert network["company/alba"]["company/borea"]["weight"] == 2
    assert network["company/alba"]["company/borea"]["deals"][agreement("ab")] == "2003-02"
    assert network["company/alba"]["company/delos"]["deals"] == {agreement("ad"): ""}
    assert network.nodes["company/gaia"] == {"name": "Gaia Bio", "kind": "university"}
    assert network.nodes["company/alba"]["kind"] == "unknown"
    most = question("most-connected").ask(store, limit=100).dicts()
    assert {row["company_id"]: (row["partners"], row["deals"]) for row in most} == {
        id_: (network.degree(id_), deal_count(network, id_)) for id_ in network
    }


def test_an_empty_store_is_an_empty_network(store: Store) -> None:
    network = company_network(store)
    assert len(network) == 0
    assert basis(network).startswith("0 agreements between 0 companies")


def test_until_and_after_leave_out_what_may_lie_on_either_side() -> None:
    dates = {"1": "2003", "2": "2003-02", "3": "2003-02-11", "4": "", "5": "2004-01"}
    network = network_of(Deal(A, B, f"agreement/{i}", date) for i, date in dates.items())

    def kept(part: nx.Graph) -> str:
        return "".join(sorted(deal.agreement[-1] for deal in deals_of(part)))

    assert (kept(until(network, "2003-02-11")), kept(after(network, "2003-02-11"))) == ("3", "5")
    assert (kept(until(network, "2003-02")), kept(after(network, "2003-02"))) == ("23", "5")
    assert (kept(until(network, "2003")), kept(after(network, "2003"))) == ("123", "5")
    assert (kept(until(network, "2002")), kept(after(network, "2002"))) == ("", "1235")
    assert list(until(network, "2002")) == []


_DEALS = st.lists(
    st.builds(Deal, st.sampled_from([A, B, C]), st.sampled_from([A, B, C]), st.sampled_from("123"), st.just("2001")),
    max_size=8,
)


@given(_DEALS, st.randoms(use_true_random=False))
def test_the_order_of_deals_makes_no_difference(deals: Sequence[Deal], random: object) -> None:
    network = network_of(deals)
    mixed = list(deals)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    again = network_of(mixed)
    assert list(network.edges(data=True)) == list(again.edges(data=True))
    assert list(network) == list(again)
    assert basis(network) == basis(again)
    assert nx.number_of_selfloops(network) == 0
    assert deals_of(network_of(deals_of(network))) == deals_of(network)


def test_what_figures_rest_on_tells_networks_apart() -> None:
    one, two = network_of([Deal(A, B, "agreement/1", "")]), network_of([Deal(A, B, "agreement/2", "")])
    assert basis(one) != basis(two)
    assert basis(one).startswith("1 agreements between 2 companies, 1 pairs (")
