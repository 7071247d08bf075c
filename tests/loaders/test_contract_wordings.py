"""One matter in many wordings: fees in words, ceilings, royalties denied, places, appointments, who supplies whom."""

import pytest

from biopact.loaders.extraction.contracts import read_contract
from biopact.loaders.extraction.deal import Deal
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.filing import Document, Filing

FACE = """\
{title}

This {title} is made as of December 1, 2014 (the "Effective Date") between Alnora, Inc. ("Alnora") and Brevin AG \
("Brevin").

WHEREAS, so it is.

"""
GRANT = "2.1 Alnora hereby grants to Brevin an exclusive license to develop and sell ALN-12 in the Territory."


def read(
    clauses: str, *, grant: str = GRANT, title: str = "LICENSE AGREEMENT", called: dict[str, str] | None = None
) -> Deal:
    face = FACE.format(title=title)
    for name, role in (called or {}).items():
        face = face.replace(f'("{name}")', f'("{role}")')
    text = f"{face}{grant}\n\n{clauses}\n"
    document = Document(1, "EX-10.1", text, 0, len(text))
    book = FactBook(Filing("made.txt", "0" * 64, None, None, None, (document,)), "rules/test")
    deal = read_contract(book, document)
    assert deal is not None
    return deal


@pytest.mark.parametrize(
    ("clause", "upfront"),
    [
        ("Brevin shall pay Alnora a license issue fee of One Hundred Thousand Dollars upon execution.", 100e3),
        ("Brevin shall pay an execution fee of Two Million Five Hundred Thousand U.S. Dollars.", 2.5e6),
        ("Brevin shall pay an upfront fee of twenty-five million dollars ($25,000,000).", 25e6),
        ("Brevin shall pay a technology access fee of $1,200,000 in two installments.", 1.2e6),
        ("On the Effective Date, Brevin shall pay Alnora an access fee of $2,000,000.", 2e6),
        ("Brevin shall pay Alnora an entry fee of $900,000 within 30 days after the Effective Date.", 900e3),
        ("Brevin shall make a down payment, and pay US$1,500,000 upon execution of this Agreement.", 1.5e6),
        ("Brevin shall pay an upfront fee of four million euros.", None),
    ],
)
def test_what_is_paid_at_signing(clause: str, upfront: float | None) -> None:
    assert read(f"4.1 {clause}").properties.get("upfront_usd") == upfront


@pytest.mark.parametrize(
    ("clause", "ceiling"),
    [
        (
            "5.1 Brevin shall pay up to $20 million in development milestones. 5.2 Brevin shall pay up to $80 million "
            "in sales milestones.",
            100e6,
        ),
        (
            "In no event shall the aggregate development milestone payments exceed $30,000,000 and in no event shall "
            "the aggregate sales milestone payments exceed $70,000,000.",
            100e6,
        ),
        (
            "Brevin shall pay up to $20 million in development milestones; the total milestone payments shall be no "
            "more than $45,000,000.",
            45e6,
        ),
        (
            "The maximum aggregate amount payable by Brevin pursuant to Section 5 for all Milestone Events is "
            "$215,000,000.",
            215e6,
        ),
        (
            "Brevin shall pay the following milestone payments: Initiation of Phase 2 $1,000,000 Approval of NDA "
            "$4,000,000 Total $5,000,000",
            5e6,
        ),
        ("Brevin agreed to upfront and milestone payments potentially worth up to $20 million.", None),
        ("Brevin shall pay milestone payments of up to [***] and of $3,000,000 upon approval.", None),
    ],
)
def test_stated_ceilings_are_added_and_nothing_else(clause: str, ceiling: float | None) -> None:
    assert read(f"5.1 {clause}").properties.get("milestones_max_usd") == ceiling


@pytest.mark.parametrize(
    ("clause", "due"),
    [
        ("No royalties shall be payable by Brevin under this Agreement.", False),
        ("Brevin shall have no obligation to pay royalties to Alnora.", False),
        ("Brevin shall not be required to pay any royalties under this Agreement.", False),
        ("No royalty shall be payable on samples. 5.2 Brevin shall pay a royalty of 4% of Net Sales.", True),
        ("In addition, Alnora shall receive [***]% of Net Sales.", True),
        ("Alnora shall receive royalty reports.", None),
    ],
)
def test_royalties_due_or_denied(clause: str, due: bool | None) -> None:
    assert read(f"5.1 {clause}").properties.get("royalties") is due


@pytest.mark.parametrize(
    ("clause", "territory"),
    [
        ('"Territory" Means Brazil;', "Brazil"),
        ('"Territory" will mean Japan.', "Japan"),
        ('"Territory" means the entire universe.', "worldwide"),
        ('"Territory" means globally.', "worldwide"),
        ('"Territory" shall consist of Germany and Austria.', "Germany and Austria"),
        ('"Territory" means, subject to Section 9, (i) Peru and (ii) Chile.', "Peru, Chile"),
        ('"Territory" means the fifty states of the United States of America.', "United States of America"),
        (
            '"Territory" means the EU Territory and the US Territory. 1.10 "US Territory" means the United States. '
            '1.11 "EU Territory" means France and Italy.',
            "France and Italy and United States",
        ),
        (
            '"Territory" means Peru and the ROW Territory. 1.10 "ROW Territory" means worldwide.',
            "Peru and the ROW Territory",
        ),
        (
            'Brevin sells to customers in the State of Israel, including the territory of Gaza, (the "Territory" and '
            'the "Customers").',
            "State of Israel",
        ),
        (
            '"Territory" means the countries listed in Schedule 7.\n\nSCHEDULE 7\n\nTERRITORY\n\nall countries in '
            "North America including the United States, its territories and possessions, and South America",
            "North America, United States, South America",
        ),
    ],
)
def test_territories(clause: str, territory: str) -> None:
    assert read(f"1.9 {clause}").properties["territory"] == territory


def test_a_licence_on_a_global_basis() -> None:
    grant = "2.1 Alnora hereby grants to Brevin an exclusive license on a global basis to sell ALN-12."
    assert read("", grant=grant).properties["territory"] == "worldwide"
    assert "territory" not in read("", grant=grant.replace("on a global basis", "under its global brand")).properties


@pytest.mark.parametrize(
    "words",
    [
        "grants, and Brevin hereby accepts, a non-exclusive license",
        "hereby grants and Brevin hereby takes a non-exclusive license",
        "hereby grants, and Brevin obtains, a non-exclusive right and license",
    ],
)
def test_a_licence_granted_and_accepted(words: str) -> None:
    deal = read("", grant=f"2.1 Alnora {words} to sell ALN-12.")
    assert [(g.type, g.source.name, g.target.name) for g in deal.grants] == [
        ("LICENSES_TO", "Alnora, Inc.", "Brevin AG")
    ]
    assert deal.properties["exclusivity"] == "non-exclusive"


@pytest.mark.parametrize(
    ("grant", "exclusivity"),
    [
        ("Alnora appoints Brevin as its exclusive distributor of the Product in Japan.", "exclusive"),
        ("Alnora hereby appoints Brevin as a non-exclusive distributor of the Product in Japan.", "non-exclusive"),
        ("Alnora appoints Brevin to distribute the Product. Brevin shall be the sole distributor in Japan.", "sole"),
        (
            "Alnora appoints Brevin to distribute the Product. The data is the sole property of a distributor.",
            None,
        ),
        ("Alnora appoints Brevin to distribute the Product. Brevin is not the exclusive distributor in Japan.", None),
    ],
)
def test_how_a_distributor_is_appointed(grant: str, exclusivity: str | None) -> None:
    deal = read("", grant=f"2.1 {grant}", title="DISTRIBUTION AGREEMENT")
    assert [(g.type, g.source.name) for g in deal.grants] == [("SUPPLIES_TO", "Alnora, Inc.")]
    assert deal.properties.get("exclusivity") == exclusivity
    assert deal.properties.get("territory") == ("Japan" if exclusivity and "Japan" in grant else None)


@pytest.mark.parametrize(
    "papers",
    [
        "Alnora shall deliver to Brevin a forecast of its demand. Alnora shall deliver all purchase orders to Brevin.",
        "Alnora shall deliver a written notice to Brevin. Alnora shall supply the data to Brevin.",
        "Alnora will deliver to Brevin binding orders. Alnora will supply artwork to Brevin.",
    ],
)
def test_who_orders_does_not_supply(papers: str) -> None:
    deal = read(papers, grant="1.1 Alnora shall purchase from Brevin the Device.", title="SUPPLY AGREEMENT")
    assert [(g.source.name, g.target.name) for g in deal.grants] == [("Brevin AG", "Alnora, Inc.")]


def test_roles_tell_a_supply_where_the_title_does_not() -> None:
    grant = "1. The Supplier shall manufacture and supply the Product to the Customer."
    roles = {"Alnora": "Supplier", "Brevin": "Customer"}
    deal = read("", grant=grant, title="OUTSOURCING AGREEMENT", called=roles)
    assert [(g.type, g.source.name, g.target.name) for g in deal.grants] == [
        ("SUPPLIES_TO", "Alnora, Inc.", "Brevin AG")
    ]


@pytest.mark.parametrize(
    ("clause", "law"),
    [
        ("This Agreement is governed by the substantive Laws of the [***], excluding its conflicts rules.", None),
        ('1.3 "Product" means ALN-12. This Agreement is construed under the law and the needs of Product.', None),
        ("This Agreement shall be governed by the laws of the State of Ohio.", "Ohio"),
    ],
)
def test_a_law_is_a_place(clause: str, law: str | None) -> None:
    assert read(f"9.1 {clause}").properties.get("governing_law") == law


def test_a_royalty_bearing_licence() -> None:
    grant = "2.1 Alnora hereby grants to Brevin an exclusive, royalty-bearing license to sell ALN-12 in Japan."
    assert read("", grant=grant).properties["royalties"] is True
    assert read("", grant=grant.replace("bearing", "free")).properties["royalties"] is False


@pytest.mark.parametrize(
    ("definition", "names"),
    [
        ('"Finished Product" means finished AlnoBrid product, comprising a powder.', ["AlnoBrid"]),
        ('"Product(s)" Means: (i) DepoAlno Injectable Liposome 10 mg/ml.', ["DepoAlno"]),
        ('"Product" means AlnoGel 5 mg.', ["AlnoGel"]),
        ('"Competing Product" means alnorafenib. 1.2 "Licensed Product" means AlnoGel tablets.', ["AlnoGel"]),
        ('"Product" means Extracts. 1.2 "Extract" means what is extracted.', []),
        ('"Product" means what BrevinWorks sells.', []),
    ],
)
def test_the_product_by_its_name(definition: str, names: list[str]) -> None:
    deal = read(f"1.1 {definition}", grant=GRANT.replace("ALN-12", "the Product"))
    assert [s.name for g in deal.grants for s in g.subjects] == names


def test_a_threshold_of_sales_is_no_ceiling() -> None:
    clause = (
        "Brevin shall pay sales milestones up to an aggregate of $40 million once Net Sales are up to $400 million."
    )
    assert read(clause).properties["milestones_max_usd"] == 40e6


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("this fifth day of June, 2017", "2017-06-05"),
        ("as of the fifth (5th) day of June 2017", "2017-06-05"),
        ("on the Thirty-First day of March 2017", "2017-03-31"),
    ],
)
def test_a_day_in_words(day: str, expected: str) -> None:
    face = FACE.replace('as of December 1, 2014 (the "Effective Date")', day)
    document = Document(1, "EX-10.1", text := face.format(title="LICENSE AGREEMENT") + GRANT, 0, len(text))
    deal = read_contract(FactBook(Filing("made.txt", "0" * 64, None, None, None, (document,)), "rules/test"), document)
    assert deal is not None
    assert deal.properties["agreement_date"] == expected


@pytest.mark.parametrize(
    ("clause", "end"),
    [
        ("This Agreement shall remain in force until 31 December 2025.", "2025-12-31"),
        ("This Agreement shall be in full force and effect from the Effective Date until May 1, 2024.", "2024-05-01"),
        ("The Initial Term shall be three (3) years, and shall renew for one year periods.", "2017-12-01"),
        ('The "Initial Term" shall end on March 31, 2023.', "2023-03-31"),
        ("Term: 5 years from the date of signing.", "2019-12-01"),
        ("This Agreement shall have a duration of three (3) years starting from its signature.", "2017-12-01"),
        ("12.2 Term 12.3 Renewal 14 12.4 This Agreement shall expire 15 December 31, 2025 16", None),
    ],
)
def test_when_it_ends(clause: str, end: str | None) -> None:
    assert read(f"12.1 {clause}").properties.get("expiration_date") == end
