"""What the panel and the tables say, without a browser."""

import csv
import io
from html.parser import HTMLParser
from pathlib import Path

import pytest

from biopact.app.explorer import deals as tables
from biopact.app.explorer import panel
from biopact.app.explorer.cards import Cards, label
from biopact.app.explorer.launch import streamlit_command
from biopact.app.explorer.opened import Opened
from biopact.graph.ledger import Ledger
from biopact.graph.records import Edge, Graph, Node
from biopact.ontology import NotFoundError, load_schema
from tests.app.world import FILINGS, FORMULA, IMAGE, MARKDOWN, RELEASE, SCRIPT, facts, world


@pytest.fixture
def known(tmp_path: Path) -> Opened:
    ledger = Ledger(tmp_path / "ledger")
    for filing, *_ in FILINGS.values():
        ledger.put(facts(filing))
    return Opened(str(tmp_path), world(), ledger)


def edge_id(known: Opened, type_: str, source: str, target: str) -> str:
    return next(
        e.id for e in known.graph.edges.values() if (e.type, e.source, e.target) == (type_, f"company/{source}", target)
    )


def test_the_card_of_a_company_lists_its_connections_by_kind_and_date(known: Opened) -> None:
    card = known.cards.card("company/alder-bio")
    assert ("Also called", "Alder Bio, Inc.") in card.facts
    assert ("CIK", "0000000000") in card.facts
    licences = [(k.name, k.date) for k in card.links if k.says == "licenses to" and k.outward]
    assert licences == [
        ("Cedar Therapeutics", "2019"),
        ("Dogwood Oncology", "2020"),
        ("Birchwood Pharma", "2024-03-04"),
    ]
    assert not any(k.type in ("Filing", "Document", "Term") for k in card.links)


def test_the_card_of_a_licence_has_words_terms_and_its_agreement(known: Opened) -> None:
    card = known.cards.card(edge_id(known, "LICENSES_TO", "alder-bio", "company/birchwood-pharma"))
    assert card.title == "Alder Bio licenses to Birchwood Pharma"
    assert ("Subjects", "Thornlink, ALB-101") in card.facts
    assert [(t.kind, t.state) for t in card.terms] == [
        ("milestones", "stated"),
        ("royalty", "redacted"),
        ("upfront", "stated"),
    ]
    assert [(k.says, k.name) for k in card.links][-1] == ("under", "License agreement, 2024-03-04")


def test_properties_are_called_as_one_would_say_them() -> None:
    company, deal = load_schema().nodes["Company"].properties, load_schema().edges["LICENSES_TO"].properties
    assert [label(company[name]) for name in ("cik", "irs_number")] == ["CIK", "IRS number"]
    assert [label(deal[name]) for name in ("first_filed", "upfront_usd")] == ["First filed", "Upfront (USD)"]


def test_an_unknown_id_is_an_error_in_words(known: Opened) -> None:
    with pytest.raises(NotFoundError, match="company/nobody: neither a node nor an edge"):
        known.cards.card("company/nobody")


def test_a_quotation_stands_in_its_document(known: Opened) -> None:
    card = known.cards.card(edge_id(known, "LICENSES_TO", "alder-bio", "company/birchwood-pharma"))
    quotation = known.cards.quotation(card.quotations[0])
    before, after = known.context(quotation)
    assert before.endswith("Under the agreement, ")
    assert after.startswith(" Birchwood Pharma will pay")
    shown = panel.quotation(quotation, before, after)
    assert f"<mark>{quotation.quote}</mark>" in shown
    assert "8-K · EX-99.1 · filed 2024-03-04" in shown
    assert 'href="https://www.sec.gov/' in shown


def test_without_the_ledger_the_quotation_stands_alone(tmp_path: Path) -> None:
    alone = Opened("elsewhere", world(), Ledger(tmp_path / "none"))
    quotation = alone.cards.quotation(alone.cards.card("company/alder-bio").quotations[0])
    assert quotation.document == RELEASE
    assert alone.context(quotation) == ("", "")


@pytest.mark.parametrize("name", [IMAGE, SCRIPT, MARKDOWN, '" onmouseover="alert(1)'])
def test_no_word_becomes_markup(name: str) -> None:
    class Tags(HTMLParser):
        seen: list[tuple[str, tuple[str, ...]]]

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.seen.append((tag, tuple(sorted(k for k, _ in attrs))))

    def tags(title: str) -> list[tuple[str, tuple[str, ...]]]:
        node = Node("company/x", "Company", title, (title,), {"ticker": title})
        parser = Tags()
        parser.seen = []
        parser.feed(panel.head(Cards(Graph({node.id: node}, {})).card(node.id)))
        return parser.seen

    assert tags(name) == tags("plain")


def test_markdown_is_shown_as_written() -> None:
    assert panel.plain(MARKDOWN) == (
        r"\*\*Bold\*\* \[here\]\(javascript\:document\.title='owned'\) \$x^2\$ \:red\[alarm\]"
    )


def test_search_knows_former_names_aliases_and_tickers(known: Opened) -> None:
    text = known.names["company/alder-bio"]
    assert text == "Alder Bio · Company · ALDX · Alder Bio, Inc. · formerly Alder Linkers"
    assert not any(i.startswith(("agreement/", "filing/", "term/")) for i in known.names)
    assert len(set(known.names.values())) == len(known.names)


def test_namesakes_are_told_apart(tmp_path: Path) -> None:
    twins = {f"company/{i}": Node(f"company/{i}", "Company", "Twin") for i in "ab"}
    names = Opened("s", Graph(twins, {}), Ledger(tmp_path)).names
    assert sorted(names.values()) == ["Twin · Company", "Twin · Company (company/b)"]


def test_years_span_the_deals(known: Opened) -> None:
    assert known.years == (2019, 2025)


def test_deals_the_latest_first_and_only_those_touched(known: Opened) -> None:
    every = tables.deals(known.graph)
    assert len(every) == 11
    assert [d.date for d in every] == sorted((d.date for d in every), reverse=True)
    (deal,) = tables.deals(known.graph, ["company/firwood-university"])
    assert (deal.parties, deal.covers, deal.kinds) == (
        "Cedar Therapeutics; Firwood University",
        "FIR-22",
        "collaboration",
    )
    assert len(tables.deals(known.graph, ["technology/thornlink"])) == 3


def test_no_cell_of_the_download_is_a_formula(known: Opened) -> None:
    rows = list(csv.DictReader(io.StringIO(tables.as_csv(tables.deals(known.graph)))))
    parties = {row["parties"] for row in rows}
    assert f"'{FORMULA}; Alder Bio" in parties
    assert not any(cell.lstrip()[:1] in tuple("=+-@") for row in rows for cell in row.values() if cell)


def test_partners_and_their_overlap(known: Opened) -> None:
    of = tables.partners(known.graph, ["company/alder-bio", "company/birchwood-pharma", "company/firwood-university"])
    assert of["company/alder-bio"]["company/cedar-therapeutics"] == 2
    assert "company/hawthorn-holdings" not in of["company/alder-bio"]
    found = {(o.one.rpartition("/")[2], o.other.rpartition("/")[2]): o for o in tables.overlaps(of)}
    pair = found["alder-bio", "birchwood-pharma"]
    assert (pair.shared, pair.jaccard) == (("company/dogwood-oncology",), pytest.approx(1 / 9))
    assert found["birchwood-pharma", "firwood-university"].shared == ()


def test_two_licensees_of_one_deal_are_not_partners() -> None:
    deal = Node("agreement/d", "Agreement", "License", (), {"kinds": ("license",)})
    firms = [Node(f"company/{name}", "Company", name) for name in ("giver", "taker", "other")]
    edges = [
        Edge(f"party_to/{i}", "PARTY_TO", firm.id, deal.id, {"role": "licensee" if i else "licensor"})
        for i, firm in enumerate(firms)
    ]
    graph = Graph({n.id: n for n in (deal, *firms)}, {e.id: e for e in edges})
    of = tables.partners(graph, [f.id for f in firms])
    assert of == {
        "company/giver": {"company/taker": 1, "company/other": 1},
        "company/taker": {"company/giver": 1},
        "company/other": {"company/giver": 1},
    }


def test_a_term_told_twice_is_one_line(known: Opened) -> None:
    deal = next(n for n in known.graph.nodes.values() if n.type == "Agreement" and "2024" in n.name)
    said = known.graph.nodes["company/alder-bio"].evidence
    again = Node("term/again", "Term", "upfront", (), {"kind": "upfront", "state": "stated", "amount": 12e6,
                 "currency": "USD"}, said)  # fmt: skip
    edge = Edge("has_term/again", "HAS_TERM", deal.id, again.id, {}, said)
    card = Cards(Graph({**known.graph.nodes, again.id: again}, {**known.graph.edges, edge.id: edge})).card(deal.id)
    (upfront,) = [t for t in card.terms if t.kind == "upfront"]
    assert (upfront.value, len(upfront.quotations)) == ("USD 12,000,000", 2)


def test_the_explorer_is_started_on_loopback_and_sends_nothing() -> None:
    command = streamlit_command("some/folder", 8765)
    assert command[1:4] == ["-m", "biopact.app.explorer.serve", "run"]
    assert {"--server.address=127.0.0.1", "--browser.gatherUsageStats=false", "--server.port=8765"} <= set(command)
    assert {"--client.showErrorDetails=none", "--server.headless=true"} <= set(command)
    assert command[-2:] == ["--", "some/folder"]
    assert Path(command[4]).is_file()
    assert "--server.address=0.0.0.0" in streamlit_command("some/folder", 8765, host="0.0.0.0")
