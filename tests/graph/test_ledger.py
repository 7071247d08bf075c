"""The ledger keeps what filings say: whole, once, and never half written."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biopact.graph.ledger import FilingFacts, Ledger
from biopact.graph.records import Edge, Node
from biopact.graph.resolve import resolve
from biopact.ontology import BiopactError, NotFoundError
from tests.graph.facts import company, deal, facts

ONE, TWO = "filing/0000000000-20-000001", "filing/0000000000-20-000002"
TEXT = "Alnora … “Brevin” \ud800\n"


def licence(filing: str, *, date: str = "2020-03-03") -> FilingFacts:
    alnora, brevin = company("Alnora, Inc.", filing, "Alnora"), company("Brevin Pharma AG", filing)
    told = facts(filing, alnora, brevin, deal(filing, alnora, brevin, agreement_date=date))
    return FilingFacts(
        filing, "hand/1", {f"document/{filing[7:]}/1": "Alnora … “Brevin” \ud800\n"}, told.nodes, told.edges
    )


def same(one: FilingFacts, other: FilingFacts) -> bool:
    """Whether two hold the same facts; the ledger sorts them."""

    def by_id(record: Node | Edge) -> str:
        return record.id

    return (one.filing, one.extractor, one.texts, sorted(one.nodes, key=by_id), sorted(one.edges, key=by_id)) == (
        other.filing, other.extractor, other.texts, sorted(other.nodes, key=by_id), sorted(other.edges, key=by_id),
    )  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger")


def test_facts_come_back_as_they_were(ledger: Ledger) -> None:
    ledger.put(licence(ONE))
    assert same(ledger.get(ONE), licence(ONE))
    assert ledger.text("document/0000000000-20-000001/1") == TEXT


def test_an_empty_ledger_has_no_filings(ledger: Ledger) -> None:
    assert (ledger.filings(), list(ledger)) == ([], [])


def test_keeping_the_same_again_changes_nothing(ledger: Ledger) -> None:
    assert ledger.put(licence(ONE))
    (file,) = ledger.folder.iterdir()
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    assert not ledger.put(licence(ONE))
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


def test_the_order_of_records_makes_no_difference(ledger: Ledger) -> None:
    told = licence(ONE)
    ledger.put(told)
    turned = FilingFacts(ONE, told.extractor, told.texts, told.nodes[::-1], told.edges[::-1])
    assert not ledger.put(turned)


def test_other_facts_of_a_filing_take_the_place_of_the_old(ledger: Ledger) -> None:
    ledger.put(licence(ONE))
    assert ledger.put(licence(ONE, date="2021-01-01"))
    assert same(ledger.get(ONE), licence(ONE, date="2021-01-01"))
    assert ledger.filings() == [ONE]


def test_loading_twice_gives_the_same_graph(ledger: Ledger) -> None:
    for filing in (ONE, TWO):
        ledger.put(licence(filing))
    first = resolve(ledger)
    for filing in (TWO, ONE):
        ledger.put(licence(filing))
    assert resolve(ledger) == first == resolve([licence(TWO), licence(ONE)])


def test_forgetting_takes_one_filing_only(ledger: Ledger) -> None:
    for filing in (ONE, TWO):
        ledger.put(licence(filing))
    ledger.forget(ONE)
    assert ledger.filings() == [TWO]
    assert resolve(ledger) == resolve([licence(TWO)])


@pytest.mark.parametrize("ask", ["get", "forget"])
def test_a_filing_that_is_not_there_is_named(ledger: Ledger, ask: str) -> None:
    with pytest.raises(NotFoundError, match=f"{ONE}: not in the ledger"):
        getattr(ledger, ask)(ONE)


def test_a_write_that_fails_leaves_the_old_facts(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left on device")

    ledger.put(licence(ONE))
    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", full)
        with pytest.raises(OSError, match="no space"):
            ledger.put(licence(ONE, date="2021-01-01"))
    assert same(ledger.get(ONE), licence(ONE))
    assert ledger.filings() == [ONE]
    assert ledger.put(licence(ONE, date="2021-01-01"))


def test_a_reader_never_sees_half_a_file(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the last moment before the new file appears, the old one is whole and the draft is no filing."""
    seen: list[FilingFacts] = []
    replace = Path.replace

    def watched(draft: Path, target: Path) -> Path:
        seen.extend(ledger)
        return replace(draft, target)

    ledger.put(licence(ONE))
    monkeypatch.setattr(Path, "replace", watched)
    ledger.put(licence(ONE, date="2021-01-01"))
    (before,) = seen
    assert same(before, licence(ONE))


def damaged(ledger: Ledger, data: bytes) -> Path:
    ledger.put(licence(ONE))
    (file,) = ledger.folder.iterdir()
    file.write_bytes(data)
    return file


def kept(ledger: Ledger) -> bytes:
    ledger.put(licence(ONE))
    (file,) = ledger.folder.iterdir()
    return file.read_bytes()


BROKEN = {
    "empty": b"",
    "not packed": b"not a gzip file",
    "empty inside": gzip.compress(b""),
    "no json": gzip.compress(b"no json\n"),
    "no record": gzip.compress(b"[1, 2]\n"),
    "half a head": gzip.compress(b'{"record": "filing"}\n'),
    "half a node": gzip.compress(
        b'{"record": "filing", "id": "filing/x", "extractor": "hand/1"}\n{"record": "node"}\n'
    ),
    "no text": gzip.compress(b"\xff\xfe\x00"),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_damaged_file_is_named_with_the_next_step(ledger: Ledger, data: bytes) -> None:
    file = damaged(ledger, data)
    with pytest.raises(BiopactError, match="damaged ledger file") as error:
        ledger.get(ONE)
    assert str(error.value).startswith(str(file))
    assert "load the filing again" in str(error.value)


@given(cut=st.integers(0, 10_000), flip=st.integers(0, 10_000))
def test_any_damage_is_found(tmp_path_factory: pytest.TempPathFactory, cut: int, flip: int) -> None:
    """A file cut short or with one byte changed is refused, or says what it said before."""
    ledger = Ledger(tmp_path_factory.mktemp("ledger"))
    whole = kept(ledger)
    at = flip % len(whole)
    for data in (whole[: cut % len(whole)], whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]):
        damaged(ledger, data)
        try:
            assert same(ledger.get(ONE), licence(ONE))
        except BiopactError as error:
            assert "damaged ledger file" in str(error)
