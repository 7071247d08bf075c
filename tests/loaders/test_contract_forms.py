"""Contracts in other forms: letters, amendments, orders, parties numbered as in Germany and Britain, hard line ends."""

from typing import NamedTuple

import pytest

from biopact.graph.records import Value
from biopact.loaders.extraction.contracts import is_contract
from tests.loaders.test_contract import filing, parties, read

LETTER = """\
ALNORA, INC.
12 Mill Road
Lowell, MA 01850

March 9, 2017

Cestor Pharma Ltd.
8 High Street
Leeds, United Kingdom

Ladies and Gentlemen:

This letter agreement ("Agreement") confirms the agreement between Alnora, Inc. ("Alnora" or "we") and Cestor \
Pharma Ltd. ("Cestor" or "you") with respect to an exclusive option to license ALN-204.

1. Option. Alnora hereby grants to Cestor an exclusive option to obtain an exclusive license to ALN-204 in \
Europe, exercisable within sixty (60) days after receipt of the Phase 2 report. Cestor shall pay to Alnora an \
option fee of $500,000.

2. This Agreement shall be governed by English law.

Please sign below.

Sincerely,

ALNORA, INC.
By: /s/ A. Signer

Agreed: CESTOR PHARMA LTD.
By: /s/ B. Signer
"""

AMENDMENT = """\
FIRST AMENDMENT TO LICENSE AGREEMENT

This First Amendment to License Agreement (this "Amendment") is entered into as of July 1, 2019 (the "Amendment \
Effective Date") by and between Alnora, Inc., a Delaware corporation ("Alnora"), and Berril AG, a Swiss company \
("Berril").

WHEREAS, Alnora and Berril are parties to that certain License Agreement dated as of June 3, 2015 (the \
"Agreement"); and

WHEREAS, the parties wish to amend the Agreement.

NOW, THEREFORE, the parties agree as follows:

1. Section 3.1 of the Agreement is deleted and replaced with: "Berril shall pay to Alnora an upfront payment of \
$3,000,000."

2. Except as amended hereby, the Agreement remains in full force and effect.

IN WITNESS WHEREOF, the parties have executed this Amendment.

ALNORA, INC. By: /s/ A
BERRIL AG By: /s/ B
"""

ORDER = """\
PURCHASE ORDER AND SUPPLY TERMS

Purchase Order No. 4711

Buyer: Alnora Therapeutics, Inc.
Address: 12 Mill Road, Lowell, MA

Supplier: Cestor Fine Chemicals GmbH
Address: Werkstrasse 3, Mainz, Germany

Date: April 12, 2016

Supplier shall manufacture and deliver to Buyer 40 kg of ALN-204 drug substance at EUR 12,500 per kg. This \
Purchase Order is subject to the terms set forth below.

1. Delivery. Supplier shall deliver the Product to Buyer no later than September 30, 2016.

2. Governing Law. This Purchase Order is governed by the laws of Germany.

By: /s/ A. Signer, Alnora Therapeutics, Inc.
By: /s/ B. Signer, Cestor Fine Chemicals GmbH
"""

GERMAN = """\
DEVELOPMENT AND LICENSE AGREEMENT

between

1. Alnora Biotech AG, Am Klopferspitz 19, 82152 Martinsried, Germany, registered with the commercial register of \
the local court of Munich under HRB 121023

- hereinafter referred to as "ALNORA" -

and

2. Berril Arzneimittel GmbH & Co. KG, Binger Strasse 1, 55216 Ingelheim, Germany

- hereinafter referred to as "BERRIL" -

- ALNORA and BERRIL hereinafter also referred to individually as "Party" and collectively as "Parties" -

Preamble

ALNORA owns the antibody ALN-204.

§ 1 Definitions

"Territory" shall mean the countries listed in Schedule 2.

§ 2 Grant of Rights

ALNORA hereby grants to BERRIL an exclusive license under the ALNORA Patents to develop, manufacture and sell \
ALN-204 in the Territory.

§ 7 Payments

BERRIL shall pay to ALNORA an upfront payment of EUR 4.000.000 upon signature of this Agreement. BERRIL shall \
pay royalties of 5% of Net Sales up to EUR 100 million, 7% of Net Sales exceeding EUR 100 million up to EUR 300 \
million, and 9% of Net Sales exceeding EUR 300 million.

§ 12 Term

This Agreement shall come into force on the date of its last signature and shall remain in force for ten (10) years.

§ 15 Applicable Law

This Agreement shall be governed by the laws of the Federal Republic of Germany. Place of jurisdiction is Munich.

Munich, 12.03.2014

Ingelheim, 14.03.2014

Schedule 2: Territory

Germany, Austria, Switzerland, France and Italy
"""

BRITISH = """\
DATED 14 March 2016

(1) ALNORA LIMITED

and

(2) CESTOR PHARMA PLC

LICENCE AGREEMENT

THIS AGREEMENT is made on 14 March 2016

BETWEEN:

(1) ALNORA LIMITED (company number 01234567) whose registered office is at 1 High Street, Leeds LS1 1AA \
("Alnora"); and

(2) CESTOR PHARMA PLC, incorporated in England and Wales with registered number 07654321, whose registered \
office is at 2 Low Road, London ("Cestor").

WHEREAS:

(A) Alnora owns ALN-204.

NOW IT IS HEREBY AGREED as follows:

1. Definitions

"Territory" means the countries set out in Schedule 1.

"Field" means oncology.

2. Licence. Alnora hereby grants to Cestor an exclusive licence to make and sell ALN-204 in the Field in the \
Territory.

3. Alnora retains the right to use ALN-204 for its internal research.

4. Cestor shall use commercially reasonable efforts to develop and commercialise the Product.

5. During the term of this Agreement Cestor shall not develop, market or sell any Competing Product in the Territory.

6. Cestor may terminate this Agreement without cause on giving not less than ninety (90) days' written notice to \
Alnora.

7. This Agreement shall be governed by and construed in accordance with English law.

SCHEDULE 1

Territory

1. United Kingdom
2. Ireland
3. France

SCHEDULE 2

Patents
"""

LINES = """\
                           LICENSE AND SUPPLY
                                AGREEMENT

     THIS LICENSE AND SUPPLY AGREEMENT (this "Agreement"), dated as of June
12, 2001 (the "Effective Date"), is by and between ALNORA PHARMACEUTICALS,
INC., a Delaware corporation having its principal place of business at 12
Mill Road, Lowell, Massachusetts ("ALNORA"), and BERRIL LABORATORIES, a
division of Berril Corp., an Illinois corporation ("BERRIL").

                                  RECITALS

     WHEREAS, ALNORA owns ALN-204; and

     NOW, THEREFORE, the parties agree as follows:

                                 ARTICLE I
                                DEFINITIONS

     1.1  "Territory" means the United States, its territories and
possessions, and Canada, excluding the Province of
Quebec.

                                 ARTICLE II
                                  LICENSE

     2.1  Grant. ALNORA hereby grants to BERRIL, and BERRIL hereby accepts, an
exclusive, royalty-bearing license, including the right to sublicense,
to use and sell the Product in the
Territory.

     3.1  License Fee. BERRIL shall pay ALNORA a non-refundable license fee of
Five Million
Dollars ($5,000,000) upon execution of this Agreement.

     3.2  Milestones. BERRIL shall pay ALNORA the following amounts:

          Filing of NDA with the FDA                         $1,000,000
          Approval of NDA by the FDA                         $4,000,000
          First year in which Net Sales
          exceed $50,000,000                                 $2,500,000

     3.3  Royalties. BERRIL shall pay ALNORA royalties on Net Sales as follows:

          Annual Net Sales                                Royalty Rate
          $0 to $25,000,000                                    8%
          $25,000,001 to $75,000,000                          10%
          Over $75,000,000                                    12%

     9.1  Term. This Agreement shall commence on the Effective Date and shall
continue until the tenth (10th)
anniversary of the Effective Date.

    10.5  Governing Law. This Agreement shall be governed by the laws of the
State of
Delaware.

     IN WITNESS WHEREOF, the parties have executed this Agreement.

ALNORA PHARMACEUTICALS, INC.            BERRIL LABORATORIES

By: /s/ A. Signer                       By: /s/ B. Signer
"""


class Expected(NamedTuple):
    """What the face and the grant of a form say."""

    text: str
    title: str
    parties: list[str]
    grant: tuple[str, str, str, str]
    properties: dict[str, Value]


FORMS = {
    "letter": Expected(
        LETTER,
        "letter agreement",
        ["Alnora, Inc.", "Cestor Pharma Ltd."],
        ("LICENSES_TO", "Alnora, Inc.", "Cestor Pharma Ltd.", "ALN-204"),
        {"agreement_date": "2017-03-09", "governing_law": "England", "territory": "Europe"},
    ),
    "order": Expected(
        ORDER,
        "Purchase Order",
        ["Alnora Therapeutics, Inc.", "Cestor Fine Chemicals GmbH"],
        ("SUPPLIES_TO", "Cestor Fine Chemicals GmbH", "Alnora Therapeutics, Inc.", "ALN-204"),
        {"agreement_date": "2016-04-12", "governing_law": "Germany"},
    ),
    "german": Expected(
        GERMAN,
        "DEVELOPMENT AND LICENSE AGREEMENT",
        ["Alnora Biotech AG", "Berril Arzneimittel GmbH & Co. KG"],
        ("LICENSES_TO", "Alnora Biotech AG", "Berril Arzneimittel GmbH & Co. KG", "ALN-204"),
        {
            "agreement_date": "2014-03-14",
            "effective_date": "2014-03-14",
            "expiration_date": "2024-03-14",
            "governing_law": "Germany",
            "territory": "Germany, Austria, Switzerland, France, Italy",
            "royalties": True,
        },
    ),
    "british": Expected(
        BRITISH,
        "LICENCE AGREEMENT",
        ["ALNORA LIMITED", "CESTOR PHARMA PLC"],
        ("LICENSES_TO", "ALNORA LIMITED", "CESTOR PHARMA PLC", "ALN-204"),
        {
            "agreement_date": "2016-03-14",
            "governing_law": "England",
            "territory": "United Kingdom, Ireland, France",
            "field": "oncology",
            "retained_rights": "Alnora retains the right to use ALN-204 for its internal research.",
        },
    ),
    "lines": Expected(
        LINES,
        "LICENSE AND SUPPLY AGREEMENT",
        ["ALNORA PHARMACEUTICALS, INC.", "BERRIL LABORATORIES"],
        ("LICENSES_TO", "ALNORA PHARMACEUTICALS, INC.", "BERRIL LABORATORIES", "ALN-204"),
        {
            "agreement_date": "2001-06-12",
            "expiration_date": "2011-06-12",
            "governing_law": "Delaware",
            "upfront_usd": 5_000_000.0,
            "sublicensing": True,
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_forms(form: str) -> None:
    expected = FORMS[form]
    assert is_contract(filing(expected.text)[1])
    deal, _ = read(expected.text)
    assert deal.title == expected.title
    assert [name for name, _ in parties(expected.text)] == expected.parties
    found = {(g.type, g.source.name, g.target.name, ", ".join(s.name for s in g.subjects)) for g in deal.grants}
    assert expected.grant in found
    assert {name: deal.properties.get(name) for name in expected.properties} == expected.properties


def test_money_of_the_continent() -> None:
    deal, _ = read(GERMAN)
    assert [(t.amount, t.currency) for t in deal.terms if t.kind == "upfront"] == [(4_000_000.0, "EUR")]
    assert "upfront_usd" not in deal.properties


def test_a_short_amendment() -> None:
    assert is_contract(filing(AMENDMENT)[1])
    deal, _ = read(AMENDMENT)
    assert (deal.title, deal.properties["agreement_date"]) == ("License Agreement", "2015-06-03")
    [change] = deal.changes
    assert (change.type, change.by.title) == ("AMENDS", "FIRST AMENDMENT TO LICENSE AGREEMENT")
    assert change.by.properties["upfront_usd"] == 3_000_000.0
