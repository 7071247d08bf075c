"""Figures in a store: asked in Cypher, kept while nothing changes, taken away with the graph they rest on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from biopact.app import pipeline
from biopact.graph.analytics.network import basis, company_network
from biopact.graph.analytics.writing import write, written
from biopact.graph.ledger import Ledger
from biopact.graph.store import Store, dump, graph_of, synchronise
from biopact.graph.stores import open_store
from biopact.graph.validate import validate
from tests.app.filings import SECOND, story
from tests.graph.world import world

_FIGURES = (
    "MATCH (c:Company) WHERE c.network_basis IS NOT NULL "
    "RETURN c.id AS id, c.network_core AS core, c.network_pagerank AS rank, c.network_basis AS basis ORDER BY id"
)
ALBA, BOREA = "company/alba", "company/borea"


def test_figures_are_asked_in_cypher_and_taken_away_by_the_graph(store: Store) -> None:
    synchronise(store, world())
    before = list(dump(store))
    assert write(store, {ALBA: {"core": 2, "pagerank": 0.25}, BOREA: {"core": 2, "pagerank": None}}, "one") == 2
    assert store.ask(_FIGURES).rows == [(ALBA, 2, 0.25, "one"), (BOREA, 2, None, "one")]
    graph = graph_of(store)
    assert validate(graph) == validate(world())
    assert graph.nodes[ALBA].properties["cik"] == "0000000001"
    assert graph.nodes[ALBA].evidence == world().nodes[ALBA].evidence
    change = synchronise(store, world())
    assert (change.nodes_written, change.edges_written) == (2, 0)
    assert list(dump(store)) == before


def test_figures_of_one_network_gather_and_those_of_another_go(store: Store) -> None:
    synchronise(store, world())
    write(store, {ALBA: {"core": 2}, BOREA: {"core": 1}}, "one")
    again = list(dump(store))
    assert write(store, {ALBA: {"core": 2}, BOREA: {"core": 1}}, "one") == 2
    assert list(dump(store)) == again
    assert write(store, {ALBA: {"pagerank": 0.5}}, "one") == 2
    assert store.ask(_FIGURES).rows == [(ALBA, 2, 0.5, "one"), (BOREA, 1, None, "one")]
    assert write(store, {ALBA: {"pagerank": 0.6}}, "two") == 1
    assert store.ask(_FIGURES).rows == [(ALBA, None, 0.6, "two")]
    assert write(store, {}, "three") == 0
    assert written(store) == set()


@pytest.fixture
def loaded(tmp_path: Path) -> Iterator[tuple[Ledger, Store]]:
    """A store that is kept up to date with its ledger."""
    ledger = Ledger(tmp_path / "ledger")
    for facts in story():
        ledger.put(facts)
    with open_store(str(tmp_path)) as store:
        pipeline.update(ledger, store)
        yield ledger, store


def test_a_load_that_changes_nothing_keeps_figures_and_one_that_does_takes_all_away(
    loaded: tuple[Ledger, Store],
) -> None:
    ledger, store = loaded
    network = company_network(store)
    clean = list(dump(store))
    write(store, {id_: {"core": 1} for id_ in network}, basis(network))
    assert written(store) == set(network)
    assert not pipeline.update(ledger, store).change
    assert written(store) == set(network)
    pipeline.forget([SECOND], ledger, store)
    assert written(store) == set()
    for facts in story():
        if facts.filing == SECOND:
            ledger.put(facts)
    pipeline.update(ledger, store)
    assert list(dump(store)) == clean


def test_a_rebuild_takes_figures_away(loaded: tuple[Ledger, Store]) -> None:
    ledger, store = loaded
    clean = list(dump(store))
    write(store, {id_: {"core": 1} for id_ in company_network(store)}, "one")
    pipeline.rebuild(ledger, store)
    assert list(dump(store)) == clean
