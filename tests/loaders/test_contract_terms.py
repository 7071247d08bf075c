"""Terms of contracts: payments with what makes them due, tiers, promises, territories, and how long it all lasts."""

import time

import pytest

from biopact.graph.records import Node, Value
from biopact.loaders.extraction.contracts import read_contract
from biopact.loaders.extraction.deal import Deal
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.filing import Document, Filing

FACE = """\
LICENSE AGREEMENT

This License Agreement is made as of December 1, 2014 (the "Effective Date") between Alnora, Inc. ("Alnora") and \
Berril AG ("Berril").

WHEREAS, so it is.

2.1 Alnora hereby grants to Berril an exclusive license to develop and sell ALN-204 in the Territory.

"""


def read(clauses: str) -> tuple[Deal, list[Node]]:
    """The deal of a licence with these clauses, and its Term nodes."""
    text = f"{FACE}{clauses}\n"
    document = Document(1, "EX-10.1", text, 0, len(text))
    book = FactBook(Filing("made.txt", "0" * 64, None, None, None, (document,)), "rules/test")
    deal = read_contract(book, document)
    assert deal is not None
    book.deals.append(deal)
    nodes = [n for n in book.build().nodes if n.type == "Term"]
    for node in nodes:
        for piece in node.evidence:
            assert text[piece.start : piece.end] == piece.quote
            assert piece.rule.startswith("contract/")
            assert "_" not in piece.rule
    return deal, nodes


def terms(clauses: str, *kinds: str) -> list[dict[str, Value]]:
    """The properties of the Term nodes of these kinds, in the order of the text."""
    nodes = [n for n in read(clauses)[1] if n.properties["kind"] in kinds]
    return [n.properties for n in sorted(nodes, key=lambda n: (n.evidence[0].start, n.evidence[0].end))]


LIST = """\
3.2 Milestones. Berril shall pay to Alnora the following milestone payments: (i) $2,000,000 upon the first dosing of a \
patient in a Phase 2 trial; (ii) $5,000,000 upon NDA approval; (iii) $10,000,000 when annual Net Sales first exceed \
$250,000,000.
"""
TABLE = """\
3.2. Milestone payments Upon achievement of each of the milestone events set out below, Berril shall pay to Alnora the \
amounts set out below next to such event: 3.2.1. Clinical Milestones Upon completion of the Phase 3 trial USD 500'000 \
3.2.2. Regulatory Milestones Upon price approval in Brazil USD 1'000'000 3.2.3. Sales Milestones Upon reaching annual \
Net Sales of USD 10 million USD 2'000'000
"""
COLUMNS = """\
     3.2  Milestones. BERRIL shall pay ALNORA the following amounts:

          Filing of NDA with the FDA                         $1,000,000
          Approval of NDA by the FDA                         $4,000,000
          First year in which Net Sales
          exceed $50,000,000                                 $2,500,000
"""


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (
            LIST,
            [
                ("development milestones", 2e6, "upon the first dosing of a patient in a Phase 2 trial", None),
                ("regulatory milestones", 5e6, "upon NDA approval", None),
                ("sales milestones", 10e6, "when annual Net Sales first exceed $250,000,000", 250e6),
            ],
        ),
        (
            TABLE,
            [
                ("development milestones", 500e3, "Upon completion of the Phase 3 trial", None),
                ("regulatory milestones", 1e6, "Upon price approval in Brazil", None),
                ("sales milestones", 2e6, "Upon reaching annual Net Sales of USD 10 million", 10e6),
            ],
        ),
        (
            COLUMNS,
            [
                ("regulatory milestones", 1e6, "Filing of NDA with the FDA", None),
                ("regulatory milestones", 4e6, "Approval of NDA by the FDA", None),
                ("sales milestones", 2.5e6, "First year in which Net Sales exceed $50,000,000", 50e6),
            ],
        ),
        (
            "4. Upon acceptance of an IND, Berril shall pay Alnora a milestone payment of $1,000,000.",
            [("development milestones", 1e6, "Upon acceptance of an IND", None)],
        ),
    ],
)
def test_each_milestone_says_what_makes_it_due(
    clause: str, expected: list[tuple[str, float, str, float | None]]
) -> None:
    found = terms(clause, "milestones", "development milestones", "regulatory milestones", "sales milestones")
    assert [(t["kind"], t["amount"], t.get("event"), t.get("sales_from")) for t in found] == expected
    assert "milestones_max_usd" not in read(clause)[0].properties  # a list is no stated ceiling


TIERS = {
    "before": "5% on that portion of annual Net Sales less than or equal to $200,000,000; (b) 7.5% on that portion of "
    "annual Net Sales greater than $200,000,000 but less than or equal to $500,000,000; and (c) 10% on that portion of "
    "annual Net Sales greater than $500,000,000.",
    "after": "under USD 200 million 5% 200 million to < 500 million 7.5% 500 million and above 10% Royalty payments "
    "shall be paid quarterly.",
    "columns": "Annual Net Sales    Royalty Rate\n   up to $200,000,000    5%\n"
    "   $200,000,000 to $500,000,000   7.5%\n"
    "   over $500,000,000   10%\n",
}


@pytest.mark.parametrize("form", TIERS)
def test_each_royalty_tier_is_a_term(form: str) -> None:
    whole, *tiers = sorted(
        terms(f"3.3 Berril shall pay to Alnora royalties on Net Sales as follows: {TIERS[form]}", "royalty"),
        key=lambda t: " to " not in str(t["value"]),
    )
    assert whole["value"] == "5% to 10%"
    assert (whole["percent_low"], whole["percent_high"]) == (5.0, 10.0)
    assert [(t["percent_low"], t["percent_high"], t.get("sales_from"), t.get("sales_to")) for t in tiers] == [
        (5.0, 5.0, None, 200e6),
        (7.5, 7.5, 200e6, 500e6),
        (10.0, 10.0, 500e6, None),
    ]
    assert {t["currency"] for t in tiers} == {"USD"}


def test_a_reduction_is_no_rate() -> None:
    clause = (
        "3.3 Berril shall pay Alnora a royalty of six percent (6%) of Net Sales. The royalty shall be reduced "
        "by 50% where a generic is sold."
    )
    assert [t["value"] for t in terms(clause, "royalty")] == ["6%"]


@pytest.mark.parametrize(
    "clause",
    [
        '"Royalty Term" means the period from First Commercial Sale until the tenth anniversary thereof.',
        "Royalties shall be payable until the later of the last Valid Claim and ten years after First Commercial Sale.",
    ],
)
def test_how_long_royalties_are_due(clause: str) -> None:
    deal, _ = read(f"3. Berril shall pay Alnora a royalty of 8% of Net Sales. {clause}")
    periods = [
        t.get("period") for t in terms(f"3. Berril shall pay Alnora a royalty of 8% of Net Sales. {clause}", "royalty")
    ]
    assert any("First Commercial Sale" in str(p) for p in periods)
    assert "expiration_date" not in deal.properties


def test_equity_with_shares_and_price() -> None:
    [equity] = terms(
        "5. On the Effective Date Berril shall purchase 1,250,000 shares of common stock of Alnora at a price of $8.00 "
        "per share for an aggregate purchase price of $10,000,000.",
        "equity",
    )
    assert (equity["amount"], equity["shares"], equity["share_price"]) == (10e6, 1_250_000.0, 8.0)


def test_research_funding_and_rates() -> None:
    [funding] = terms("5. Berril shall pay Alnora research funding of $3,000,000 for two years.", "research funding")
    assert funding["amount"] == 3e6
    [rate] = terms("5. Berril shall pay Alnora for its work at an FTE Rate of $250,000 per FTE.", "research funding")
    assert (rate["amount"], rate["wording"]) == (250_000.0, "per FTE")


def test_option_with_its_window_trigger_and_fee() -> None:
    clause = (
        "6. Alnora hereby grants to Berril an exclusive option to obtain a license to ALN-300, exercisable within "
        "sixty (60) days after receipt of the Phase 2 report. To exercise the option Berril shall pay an option "
        "exercise fee of $4,000,000."
    )
    [option] = terms(clause, "option")
    assert option["period"] == "within sixty (60) days after receipt of the Phase 2 report"
    assert option["event"] == "after receipt of the Phase 2 report"
    assert [t["amount"] for t in terms(clause, "option fee")] == [4e6]


def test_an_option_to_a_licence_is_no_licence_yet() -> None:
    text = FACE.replace(
        "an exclusive license to develop", "an exclusive option to obtain an exclusive license to develop"
    )
    document = Document(1, "EX-10.1", text, 0, len(text))
    deal = read_contract(FactBook(Filing("made.txt", "0" * 64, None, None, None, (document,)), "rules/test"), document)
    assert deal is not None
    assert [dict(g.properties).get("status") for g in deal.grants if g.type == "LICENSES_TO"] == ["option"]
    assert "option" in deal.kinds


@pytest.mark.parametrize(
    ("clause", "value", "allowed"),
    [
        ("2.2 Berril may grant sublicenses to its Affiliates and to Third Parties.", "permitted", True),
        ("2.2 Berril shall not be entitled to grant sublicenses.", "not permitted", False),
        (
            "2.2 Berril shall not be entitled to grant sublicenses without the prior written consent of Alnora.",
            "permitted with consent",
            True,
        ),
    ],
)
def test_sublicensing(clause: str, value: str, *, allowed: bool) -> None:
    deal, _ = read(clause)
    assert [t["value"] for t in terms(clause, "sublicensing")] == [value]
    assert deal.properties["sublicensing"] is allowed


@pytest.mark.parametrize(
    ("kind", "clause"),
    [
        (
            "retained rights",
            "7. Alnora retains the right to practice the Licensed Patents for academic and research purposes.",
        ),
        (
            "diligence",
            "7. Berril shall use Commercially Reasonable Efforts to develop and commercialize at least one Product.",
        ),
        (
            "non-compete",
            "8. During the Term, neither Party shall, directly or indirectly, develop or sell any Competing Product.",
        ),
        (
            "termination",
            "9. Berril may terminate this Agreement without cause upon sixty (60) days' prior written notice.",
        ),
    ],
)
def test_promises(kind: str, clause: str) -> None:
    [found] = terms(clause, kind)
    assert found["value"] == clause[3:]
    assert kind != "termination" or found["period"] == "sixty (60) days"


@pytest.mark.parametrize(
    "clause",
    [
        "9. Either Party may terminate this Agreement at any time upon material breach of the other Party.",
        "9. Berril may terminate this Agreement at any time if Alnora becomes insolvent.",
        "9. Alnora retains all right, title and interest in and to its trademarks.",
        '9. "Competing Product" means any product that competes with the Product.',
        "9. Berril shall have the option to terminate this Agreement in the event of a breach.",
    ],
)
def test_what_only_sounds_like_a_promise(clause: str) -> None:
    assert terms(clause, "termination", "retained rights", "non-compete", "option") == []


@pytest.mark.parametrize(
    ("clause", "territory", "excluded"),
    [
        (
            '"Territory" means worldwide, excluding Japan and South Korea.',
            "worldwide excluding Japan and South Korea",
            "Japan",
        ),
        ('"Territory" means all countries of the world other than Japan.', "worldwide other than Japan", "Japan"),
        (
            '"Territory" means the countries listed on Exhibit B.\n\nEXHIBIT A\n\nPatents in Peru\n\nEXHIBIT B\n\n'
            "TERRITORY\n\nAlgeria\nEgypt\nMorocco\n\nEXHIBIT C\n\nJapan",
            "Algeria, Egypt, Morocco",
            None,
        ),
        (
            '"Territory" shall be as set forth in Schedule 2.\n\nSchedule 2: Territory\n\n1. Germany\n2. Austria',
            "Germany, Austria",
            None,
        ),
    ],
)
def test_territories(clause: str, territory: str, excluded: str | None) -> None:
    deal, _ = read(f"1.9 {clause}")
    assert deal.properties["territory"] == territory
    text = f"{FACE}1.9 {clause}\n"
    document = Document(1, "EX-10.1", text, 0, len(text))
    book = FactBook(Filing("made.txt", "0" * 64, None, None, None, (document,)), "rules/test")
    book.deals.append(read_contract(book, document) or Deal())
    [agreement] = [n for n in book.build().nodes if n.type == "Agreement"]
    assert str(agreement.properties.get("territory_excluded", "None")).startswith(str(excluded))


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("This Agreement shall have a term of five (5) years from the Effective Date.", "2019-12-01"),
        ("This Agreement has a term of two years.", "2016-12-01"),
        ("12. TERM. Three (3) years from the Effective Date.", "2017-12-01"),
        ("The term hereof shall be for three (3) years, commencing upon the Effective Date.", "2017-12-01"),
        ("Subject to earlier termination, this Agreement continues until midnight on June 30, 2017.", "2017-06-30"),
        ("This Agreement shall terminate automatically five (5) years after the Effective Date.", "2019-12-01"),
        (
            "The present Agreement is entered into for a term of ten (10) years as from its Effective Date.",
            "2024-12-01",
        ),
        ("The Agreement takes effect on the Effective Date and runs for 24 months.", "2016-12-01"),
        (
            "This Agreement shall, unless terminated earlier, remain in force up to and including 31 March 2019.",
            "2019-03-31",
        ),
        ('The Services shall begin on January 1, 2015 and shall end on December 31, 2015 (the "Term").', "2015-12-31"),
        (
            "So long as this Agreement remains in effect and for a period of one year, Berril shall not buy shares.",
            None,
        ),
        ("This Agreement shall terminate on the earlier of December 31, 2016 and the Closing.", None),
        ("The price of the Product shall remain in effect until December 31, 2016.", None),
        ("The term of the warranty shall be two (2) years from the Effective Date.", None),
        ("This Agreement shall continue for a period of [***] years from the Effective Date.", None),
        ('"Option Term" means the period of two (2) years from the Effective Date.', None),
    ],
)
def test_when_a_contract_ends(clause: str, expected: str | None) -> None:
    deal, _ = read(clause if clause[0].isdigit() else f"7. {clause}")
    assert deal.properties.get("expiration_date") == expected


@pytest.mark.parametrize(
    "filler",
    [
        "milestone payments ", "1% up to $1,000,000 ", "royalties shall be ", "option to ", "shall use efforts to ",
        "neither ", "may terminate ", "retains the right ", "Territory listed in Schedule 2 ", "shall purchase shares ",
        "this Agreement ",
    ],
)  # fmt: skip
def test_time_grows_with_length_only(filler: str) -> None:
    start = time.process_time()
    read(filler * (60_000 // len(filler)))
    assert time.process_time() - start < 4
