"""What is kept between loads: whatever came and went, the graph is the one that follows from what is there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Edge, edge_id
from biopact.graph.resolution.atoms import base_id
from biopact.graph.resolution.workbench import Workbench
from biopact.graph.resolve import resolve
from tests.graph.facts import company, deal, edges, facts, named, of_type, said
from tests.graph.filings import worlds

ONE, TWO, THREE = "filing/one", "filing/two", "filing/three"


@dataclass(frozen=True)
class Said:
    """A judgement, as far as resolution asks."""

    left: str
    right: str
    verdict: str


@pytest.fixture(params=["in memory", "on disk"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workbench]:
    with Workbench(tmp_path / "bench.sqlite" if request.param == "on disk" else None) as opened:
        yield opened


def alnora_licence(filing: str, **about: str) -> FilingFacts:
    alnora, brevin = company("Alnora, Inc.", filing), company("Brevin Pharma AG", filing)
    return facts(filing, alnora, brevin, deal(filing, alnora, brevin, agreement_date="2020-03-03"), **about)


def companies(told: Iterable[FilingFacts], *judged: Said) -> list[str]:
    return [n.id for n in of_type(resolve(told, judged), "Company")]


# --- bit by bit and all at once

JUDGEMENTS = [
    Said("company/alnora", "company/brevin", "same"),
    Said("company/alnora", "company/alnora-pharma", "different"),
    Said("company/alnora@filing/1", "company/alnora", "different"),
    Said("company/cik-0000000001", "company/cik-0000000002", "same"),
]


@given(worlds(), st.data())
def test_bit_by_bit_is_all_at_once(world: list[FilingFacts], data: st.DataObject) -> None:
    """Filings come and go, judgements change: the graph is that of what is left."""
    left: dict[str, FilingFacts] = {}
    judged: list[Said] = []
    with Workbench() as bench:
        for _ in range(data.draw(st.integers(1, 6))):
            each = data.draw(st.sampled_from(world))
            if data.draw(st.booleans()) and each.filing in left:
                del left[each.filing]
                bench.remove(each.filing)
            else:
                left[each.filing] = each
                bench.put(each)
            if data.draw(st.booleans()):
                judged = data.draw(st.lists(st.sampled_from(JUDGEMENTS), unique=True))
                for again in bench.judge(judged):
                    bench.put(left[again])
            if data.draw(st.booleans()):
                bench.settle()
        bench.settle()
        assert bench.graph() == resolve(left.values(), judged)


def test_what_is_on_disk_is_what_is_in_memory(tmp_path: Path) -> None:
    told = [alnora_licence(ONE), alnora_licence(TWO)]
    with Workbench(tmp_path / "bench.sqlite") as bench:
        for each in told:
            bench.put(each, "stamp")
        bench.settle()
        bench.commit()
    with Workbench(tmp_path / "bench.sqlite") as bench:
        assert not bench.fresh
        assert bench.stamps() == {ONE: "stamp", TWO: "stamp"}
        assert bench.graph() == resolve(told)


def test_what_is_not_committed_is_undone(tmp_path: Path) -> None:
    with Workbench(tmp_path / "bench.sqlite") as bench:
        bench.put(alnora_licence(ONE))
        bench.settle()
    with Workbench(tmp_path / "bench.sqlite") as bench:
        assert bench.stamps() == {}


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + bytes(4096)])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "bench.sqlite").write_bytes(damage)
    with Workbench(tmp_path / "bench.sqlite") as bench:
        assert bench.fresh
        assert bench.stamps() == {}


# --- judgements


def test_a_judgement_joins_and_its_contrary_parts() -> None:
    told = [facts(ONE, company("Alnora, Inc.", ONE)), facts(TWO, company("Alnoria, Inc.", TWO))]
    pair = ("company/alnora", "company/alnoria")
    assert companies(told) == list(pair)
    assert len(companies(told, Said(*pair, "same"))) == 1
    assert companies(told, Said(*pair, "unsure")) == list(pair)


def test_a_negative_judgement_holds_against_the_same_name() -> None:
    told = [alnora_licence(ONE), alnora_licence(TWO)]
    apart = Said("company/alnora@filing/two", "company/alnora", "different")
    ids = companies(told, apart)
    assert len(ids) == 3
    graph = resolve(told, [apart])
    assert len(of_type(graph, "Agreement")) == 2
    assert {e.source for e in edges(graph, "LICENSES_TO")} == {i for i in ids if i.startswith("company/alnora")}


def test_a_negative_judgement_holds_through_a_third(bench: Workbench) -> None:
    """Alnora and Alnora Pharma are judged two; Brevin, judged the same as both, joins one of them only."""
    for number, name in enumerate(("Alnora, Inc.", "Alnora Pharma, Inc.", "Brevin AG")):
        bench.put(facts(f"filing/{number}", company(name, f"filing/{number}")))
    ids = ("company/alnora", "company/alnora-pharma", "company/brevin")
    bench.judge([Said(*ids[:2], "different"), Said(ids[0], ids[2], "same"), Said(ids[1], ids[2], "same")])
    bench.settle()
    resolution = bench.resolution()
    assert len({resolution.redirects.get(id_, id_) for id_ in ids}) == 2
    (refusal,) = resolution.refusals
    assert (base_id(refusal.left), base_id(refusal.right), refusal.why) == (ids[1], ids[2], "judged different")


def test_a_judgement_that_would_join_two_ciks_is_refused_and_reported(bench: Workbench) -> None:
    for number in (1, 2):
        bench.put(
            facts(f"filing/{number}", company(f"Alnora {number}, Inc.", f"filing/{number}", cik=f"000000000{number}"))
        )
    ends = ("company/cik-0000000001", "company/cik-0000000002")
    bench.judge([Said(*ends, "same")])
    bench.settle()
    assert len(of_type(bench.graph(), "Company")) == 2
    (refusal,) = bench.joined().refusals
    assert (refusal.left, refusal.right) == ends
    assert refusal.why == "different CIKs: 0000000001, 0000000002"


# --- why two names are one


def test_old_ids_lead_to_the_present_one(bench: Workbench) -> None:
    bench.put(alnora_licence(ONE))
    bench.settle()
    (before,) = of_type(bench.graph(), "Agreement")
    bench.put(facts(TWO, company("ALNORA INC", TWO, cik="0000000001")))
    bench.put(alnora_licence(THREE))
    bench.settle()
    graph, redirects = bench.graph(), bench.redirects()
    (now,) = of_type(graph, "Agreement")
    assert redirects["company/alnora"] == "company/cik-0000000001"
    assert redirects.get(before.id, before.id) == now.id
    assert redirects.keys().isdisjoint(graph.nodes)
    assert set(redirects.values()) <= graph.nodes.keys()


def test_each_link_has_its_reason(bench: Workbench) -> None:
    bench.put(facts(ONE, company("Alnora Pharmaceuticals, Inc.", ONE, "Alnora", cik="0000000001")))
    bench.put(facts(TWO, company("Alnora", TWO)))
    bench.put(facts(THREE, company("ALNORA PHARMACEUTICALS INC", THREE)))
    bench.settle()
    assert sorted((link.reason, link.strength) for link in bench.joined().links) == [
        ('"alnora" is defined as its short name', 0.8),
        ("same name", 0.95),
    ]


def renamed(filing: str, quote: str = "Alnora, Inc. (formerly known as Corvane, Inc.)") -> FilingFacts:
    """Alnora, Inc. says that it was Corvane, Inc."""
    present, old = company("Alnora, Inc.", filing), company("Corvane, Inc.", filing)
    words = (said(filing, quote),)
    edge = Edge(edge_id("FORMERLY_NAMED", present.id, old.id), "FORMERLY_NAMED", present.id, old.id, {}, words)
    return facts(filing, present, old, edge)


def test_the_deals_of_an_old_name_are_the_present_companys() -> None:
    corvane, brevin = company("Corvane, Inc.", ONE), company("Brevin Pharma AG", ONE)
    graph = resolve([facts(ONE, corvane, brevin, deal(ONE, corvane, brevin)), renamed(TWO)])
    (licence,) = edges(graph, "LICENSES_TO")
    (formerly,) = edges(graph, "FORMERLY_NAMED")
    assert "Corvane, Inc." in (graph.nodes[licence.source].name, *graph.nodes[licence.source].aliases)
    assert formerly.source == licence.source
    assert graph.nodes[formerly.target].name == "Corvane, Inc."
    assert formerly.evidence


def test_a_predecessor_is_no_former_name() -> None:
    """ "Alnora (formerly Corvane)" is also written of a company that took over Corvane."""
    told = renamed(TWO, "Alnora, Inc. (formerly Corvane, Inc.)")
    graph = resolve([told])
    assert len(of_type(graph, "Company")) == 2
    (formerly,) = edges(graph, "FORMERLY_NAMED")
    assert formerly.target == "company/corvane"


def test_an_ag_is_not_a_gmbh_of_the_same_name() -> None:
    names = ("Alnora AG", "Alnora GmbH", "Alnora AG", "Alnora", "Brevin GmbH", "Brevin")
    graph = resolve(facts(f"filing/{n}", company(name, f"filing/{n}")) for n, name in enumerate(names))
    assert {(n.id, n.name) for n in of_type(graph, "Company")} == {
        ("company/alnora", "Alnora AG"), ("company/alnora-gmbh", "Alnora GmbH"), ("company/alnora-plain", "Alnora"),
        ("company/brevin", "Brevin GmbH"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("full", "short", "others", "joined"),
    [
        ("Alnora Therapeutics, Inc.", "Alnora", (), True),
        ("Alnora Therapeutics, Inc.", "Alnora", ("Alnora Vaccines GmbH",), False),
        ("Alnora Japan KK", "Alnora", (), False),
        ("Alnora Holdings, Inc.", "Alnora", (), False),
        ("Brevin Squall Corvane Company", "BSC", (), True),
        ("Brevin Squall Corvane Company", "BSC", ("BSC Ventures LLC",), False),
    ],
)
def test_a_short_name_is_whose_alone_it_can_be(full: str, short: str, others: tuple[str, ...], joined: bool) -> None:
    told = [facts(ONE, company(full, ONE, short)), facts(TWO, company(short, TWO))]
    told += [facts(f"filing/{n}", company(name, f"filing/{n}")) for n, name in enumerate(others)]
    assert len(companies(told)) == (1 if joined else 2) + len(others)


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ({"irs_number": "12-3456789"}, {"irs_number": "12-3456789"}, True),
        ({"irs_number": "00-0000000"}, {"irs_number": "00-0000000"}, False),
        ({"lei": "5493001KJTIIGC8Y1R12"}, {"lei": "5493001KJTIIGC8Y1R12"}, True),
        ({"ticker": "ZZAL", "exchange": "NASDAQ"}, {"ticker": "ZZAL", "exchange": "The Nasdaq Global Market"}, True),
        ({"ticker": "ZZAL", "exchange": "NASDAQ"}, {"ticker": "ZZAL", "exchange": "NYSE"}, False),
        ({"ticker": "ZZAL"}, {"ticker": "ZZAL"}, False),
    ],
)
def test_identifiers_join_whatever_the_names(one: dict[str, str], other: dict[str, str], joined: bool) -> None:
    told = [
        facts(ONE, company("Alnora, Inc.", ONE, **one), filing_date="2018-12-01"),
        facts(TWO, company("Brevin, Inc.", TWO, **other), filing_date="2019-02-01"),
    ]
    assert len(companies(told)) == (1 if joined else 2)


def test_a_ticker_goes_to_others_in_time() -> None:
    listed = {"ticker": "ZZAL", "exchange": "Nasdaq"}
    told = [
        facts(ONE, company("Alnora, Inc.", ONE, **listed), filing_date="2008-12-01"),
        facts(TWO, company("Brevin, Inc.", TWO, **listed), filing_date="2019-02-01"),
    ]
    assert len(companies(told)) == 2


def test_the_first_announcement_counts() -> None:
    told = []
    for id_, day in ((ONE, "2020-03-04"), (TWO, "2020-03-05")):
        alnora, brevin = company("Alnora, Inc.", id_), company("Brevin Pharma AG", id_)
        told.append(facts(id_, alnora, brevin, deal(id_, alnora, brevin, announced_date=day)))
    (agreement,) = of_type(resolve(told), "Agreement")
    assert agreement.properties["announced_date"] == "2020-03-04"
    assert "conflicts" not in agreement.properties


def test_parent_and_subsidiary_stay_two_whatever_their_names() -> None:
    parent, child = company("Alnora, Inc.", ONE), company("Alnora GmbH", ONE)
    child = type(child)("company/alnora-gmbh", child.type, child.name, (), {}, child.evidence)
    words = (said(ONE, "Alnora GmbH, a subsidiary of Alnora, Inc."),)
    edge = Edge(edge_id("SUBSIDIARY_OF", child.id, parent.id), "SUBSIDIARY_OF", child.id, parent.id, {}, words)
    assert len(companies([facts(ONE, parent, child, edge)])) == 2


# --- time and correction


def test_what_changes_with_time_is_what_the_latest_filing_says() -> None:
    told = []
    for id_, day, status in ((ONE, "2005-01-01", "effective"), (TWO, "2010-01-01", "terminated")):
        alnora, brevin = company("Alnora, Inc.", id_), company("Brevin Pharma AG", id_)
        agreed = deal(id_, alnora, brevin, exhibit="EX-10.1", agreement_date="2004-12-01", status=status)
        told.append(facts(id_, alnora, brevin, agreed, filing_date=day))
    (agreement,) = of_type(resolve(told), "Agreement")
    assert agreement.properties["status"] == "terminated"


def test_a_correction_stands_before_what_it_corrects() -> None:
    told = []
    for id_, form, upfront in ((ONE, "8-K", 20e6), (TWO, "8-K/A", 25e6)):
        alnora, brevin = company("Alnora, Inc.", id_), company("Brevin Pharma AG", id_)
        agreed = deal(id_, alnora, brevin, agreement_date="2020-03-03", upfront_usd=upfront)
        told.append(facts(id_, alnora, brevin, agreed, form=form))
    (agreement,) = of_type(resolve(told), "Agreement")
    assert agreement.properties["upfront_usd"] == 25e6
    assert agreement.properties["conflicts"] == ("upfront_usd",)


def test_a_technology_without_a_name_of_its_own_is_its_filers() -> None:
    told = []
    for id_, name in ((ONE, "Alnora, Inc."), (TWO, "Brevin Pharma AG"), (THREE, "Alnora, Inc.")):
        filer = company(name, id_)
        for technology in (
            named("Technology", "drug delivery technology", id_),
            named("Technology", "Lattice platform", id_),
        ):
            words = (said(id_, f"{name} owns {technology.name}"),)
            owns = Edge(edge_id("OWNS", filer.id, technology.id), "OWNS", filer.id, technology.id, {}, words)
            filed = Edge(edge_id("FILED", filer.id, id_), "FILED", filer.id, id_, {}, words)
            told.append(facts(f"{id_}-{technology.id[-4:]}", filer, technology, owns, filed))
    assert len(of_type(resolve(told), "Technology")) == 3
