"""A store that is told only what changed holds what one holds that is made from the ledger anew."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from biopact.app import pipeline
from biopact.graph.judgements import Judgement, Judgements, Verdict
from biopact.graph.ledger import FilingFacts, Ledger
from biopact.graph.resolution.keeping_up import FILE
from biopact.graph.store import Store, dump
from biopact.graph.stores import open_store
from tests.graph.facts import company, deal, facts, named

WHEN = "2024-05-01T12:00:00Z"


def told(number: int) -> FilingFacts:
    """One of twenty filings that tell of the same few companies, ever under other names and dates."""
    id_ = f"filing/{number}"
    alnora = [
        company("Alnora, Inc.", id_, cik="0000000001"), company("ALNORA INC", id_), company("Alnora", id_),
        company("Alnora Pharma, Inc.", id_, "Alnora"),
    ][number % 4]  # fmt: skip
    brevin = company(("Brevin Pharma AG", "Brevin AG", "Corvane Ltd")[number % 3], id_)
    compound = named("Compound", f"ALN-1{number % 5}", id_)
    known = {"agreement_date": f"20{10 + number % 7}-03-03"} if number % 6 else {}
    if number % 8 == 7:
        known["termination_date"] = f"20{12 + number % 7}-01-01"
    agreed = deal(id_, alnora, brevin, compound, exhibit="EX-10.1" if number % 2 else "10-K", **known)
    return facts(id_, alnora, brevin, compound, agreed, filing_date=f"20{10 + number % 9}-05-05")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "home")) as opened:
        yield opened


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "home" / "ledger")


def made_anew(ledger: Ledger, tmp_path: Path) -> list[str]:
    """What a new store holds that is made from a copy of the ledger and its judgements."""
    copy = Ledger(tmp_path / "anew" / "ledger")
    for each in ledger:
        copy.put(each)
    for judgement in Judgements.beside(ledger).current().values():
        Judgements.beside(copy).add(judgement)
    with open_store(str(tmp_path / "anew")) as other:
        pipeline.rebuild(copy, other)
        return list(dump(other))


@pytest.mark.parametrize("seed", range(3))
def test_what_comes_and_goes_leaves_what_is_there(ledger: Ledger, store: Store, tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    for _ in range(12):
        for number in chance.sample(range(20), 4):
            if chance.random() < 0.3 and f"filing/{number}" in ledger.filings():
                ledger.forget(f"filing/{number}")
            else:
                ledger.put(told(number))
        if chance.random() < 0.3:
            ends = chance.sample(["company/alnora", "company/brevin", "company/corvane", "company/alnora-pharma"], 2)
            verdict = chance.choice([Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE])
            Judgements.beside(ledger).add(Judgement(*ends, verdict, "a tester", WHEN))
        pipeline.update(ledger, store)
    assert list(dump(store)) == made_anew(ledger, tmp_path)


def test_a_store_that_lost_something_is_made_whole(ledger: Ledger, store: Store, tmp_path: Path) -> None:
    ledger.put(told(1))
    pipeline.update(ledger, store)
    store.remove_nodes(["company/brevin"])
    ledger.put(told(2))
    pipeline.update(ledger, store)
    assert list(dump(store)) == made_anew(ledger, tmp_path)


@pytest.mark.parametrize("damage", ["deleted", "cut off", "another version"])
def test_what_is_kept_between_loads_can_be_lost(ledger: Ledger, store: Store, tmp_path: Path, damage: str) -> None:
    ledger.put(told(1))
    pipeline.update(ledger, store)
    file = ledger.folder / FILE
    match damage:
        case "deleted":
            file.unlink()
        case "cut off":
            file.write_bytes(file.read_bytes()[:5000])
        case _:
            file.write_bytes(b"from another age")
    ledger.put(told(2))
    pipeline.update(ledger, store)
    assert list(dump(store)) == made_anew(ledger, tmp_path)


def test_two_stores_of_one_ledger_are_each_told_all(ledger: Ledger, store: Store, tmp_path: Path) -> None:
    ledger.put(told(1))
    pipeline.update(ledger, store)
    with open_store(str(tmp_path / "second")) as second:
        pipeline.update(ledger, second)
        ledger.put(told(2))
        pipeline.update(ledger, second)
        pipeline.update(ledger, store)
        assert list(dump(store)) == list(dump(second))


def test_nothing_new_is_nothing_told(ledger: Ledger, store: Store) -> None:
    ledger.put(told(1))
    assert pipeline.update(ledger, store).change
    assert not pipeline.update(ledger, store).change


def test_a_correction_that_keeps_its_place_reaches_the_store(ledger: Ledger, store: Store) -> None:
    """The words of a page that turns out to be the third one keep their id."""
    first = told(1)
    ledger.put(first)
    pipeline.update(ledger, store)
    nodes = tuple(replace(n, evidence=tuple(replace(e, page=3) for e in n.evidence)) for n in first.nodes)
    edges = tuple(replace(e, evidence=tuple(replace(v, page=3) for v in e.evidence)) for e in first.edges)
    ledger.put(replace(first, nodes=nodes, edges=edges))
    pipeline.update(ledger, store)
    assert store.ask("MATCH (v:Evidence) RETURN DISTINCT v.page AS page").rows == [(3,)]
