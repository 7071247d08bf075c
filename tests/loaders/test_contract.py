"""Contracts: what stands on the face, what passes, on what terms, and what is no contract."""

import hashlib
import importlib.util
import json
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biopact.graph.ledger import FilingFacts
from biopact.loaders.extraction.contracts import is_contract, read_contract
from biopact.loaders.extraction.deal import Deal
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.filing import Document, Filing

LICENCE = """\
Exhibit 10.4

EXECUTION VERSION

LICENSE AND COLLABORATION AGREEMENT

by and between

ALNORA THERAPEUTICS, INC.

and

BERRIL PHARMA AG

TABLE OF CONTENTS

1. Definitions 1 2. Grant of License 4 3. Payments 6 9. Governing Law 22

LICENSE AND COLLABORATION AGREEMENT

This License and Collaboration Agreement (this "Agreement") is made and entered into as of the 3rd day of May, 2012 \
(the "Effective Date"), by and between Alnora Therapeutics, Inc., a Delaware corporation with offices at 12 Mill Road, \
Suite 4, Lowell, MA ("Alnora"), and Berril Pharma AG, a company organized under the laws of Switzerland ("Berril"). \
Alnora and Berril are each a "Party" and together the "Parties".

WHEREAS, Alnora owns certain rights in its antibody ALN-204; and

WHEREAS, Berril desires to obtain a license to develop and sell it.

NOW, THEREFORE, the Parties agree as follows:

1. Definitions

1.1 "Compound" means the antibody known as ALN-204.

1.2 "Field" means the treatment of asthma in humans.

1.3 "Territory" means Japan, South Korea and Taiwan.

2. Grant of License

2.1 Subject to the terms of this Agreement, Alnora hereby grants to Berril an exclusive, royalty-bearing license, with \
the right to grant sublicenses, to develop, make, market and sell the Compound in the Field in the Territory.

2.2 Berril hereby grants to Alnora a non-exclusive license solely to perform its obligations under this Agreement.

2.3 The Parties shall collaborate in the development of the Compound under a joint plan.

3. Payments

3.1 Upfront Payment. Within ten days after the Effective Date, Berril shall pay to Alnora $12.5 million.

3.2 Milestones. Berril shall pay to Alnora the following milestone payments: $5,000,000 on the first dosing in \
Phase 3; \
$20,000,000 on the first approval; [***] on annual Net Sales of $100,000,000. The aggregate milestone payments shall \
not exceed $140 million.

3.3 Royalties. Berril shall pay to Alnora a royalty of 8% to 14% of Net Sales.

8. Term. The term of this Agreement shall commence on the Effective Date and shall continue for a period of ten (10) \
years, and shall thereafter renew automatically for successive terms of one year.

9. Governing Law. This Agreement shall be governed by and construed in accordance with the laws of the State of New \
York, without regard to its conflict of laws principles.

IN WITNESS WHEREOF, the Parties have signed this Agreement.

ALNORA THERAPEUTICS, INC. By: /s/ A. Signer Title: President

BERRIL PHARMA AG By: /s/ B. Signer Title: Chief Executive
"""

SUPPLY = """\
SUPPLY AGREEMENT

THIS SUPPLY AGREEMENT ("Agreement") is dated 14 March 2016 between:

(1) ALNORA LIMITED, a company incorporated in England and Wales with company number 123 whose registered office \
is at 1 \
High Street, Leeds (the "Supplier"); and

(2) CESTOR GMBH, a company registered in Germany (the "Customer").

BACKGROUND

The Supplier makes the Product.

1. Definitions. "Product" means tablets containing celecoxib.

2. Supply. During the term of this Agreement the Supplier shall manufacture and supply the Product to the \
Customer. The \
price is [***] a tablet.

3. Term. This Agreement shall expire on 31 December 2021.

4. Applicable Law. The laws of England and Wales shall apply to this Agreement.
"""


def filing(text: str, type_: str = "EX-10.1") -> tuple[FactBook, Document]:
    document = Document(1, type_, text, 0, len(text))
    made = Filing("made.txt", hashlib.sha256(text.encode()).hexdigest(), None, None, None, (document,))
    return FactBook(made, "rules/test"), document


def read(text: str) -> tuple[Deal, FilingFacts]:
    book, document = filing(text)
    deal = read_contract(book, document)
    assert deal is not None
    book.deals.append(deal)
    return deal, book.build()


def parties(text: str) -> list[tuple[str, list[str]]]:
    _, facts = read(text)
    nodes = {n.id: n for n in facts.nodes}
    ids = dict.fromkeys(e.source for e in facts.edges if e.type == "PARTY_TO")
    return sorted((nodes[i].name, sorted(nodes[i].aliases)) for i in ids)


def terms(deal: Deal, kind: str) -> list[tuple[str, str | None, float | None]]:
    return [(t.state, t.value, t.amount) for t in deal.terms if t.kind == kind]


def test_face_of_a_licence() -> None:
    deal, _ = read(LICENCE)
    assert deal.title == "LICENSE AND COLLABORATION AGREEMENT"
    assert parties(LICENCE) == [("Alnora Therapeutics, Inc.", ["Alnora"]), ("Berril Pharma AG", ["Berril"])]
    assert deal.kinds == {"license", "collaboration"}
    for name, value in {
        "agreement_date": "2012-05-03",
        "effective_date": "2012-05-03",
        "expiration_date": "2022-05-03",
        "governing_law": "New York",
        "exclusivity": "exclusive",
        "territory": "Japan, South Korea and Taiwan",
        "field": "treatment of asthma in humans",
        "upfront_usd": 12_500_000.0,
        "milestones_max_usd": 140_000_000.0,
        "royalties": True,
    }.items():
        assert deal.properties.get(name) == value, name


def test_grants_of_a_licence() -> None:
    deal, facts = read(LICENCE)
    found = {(g.type, g.source.name, g.target.name, tuple(s.name for s in g.subjects)) for g in deal.grants}
    assert found == {
        ("LICENSES_TO", "Alnora Therapeutics, Inc.", "Berril Pharma AG", ("ALN-204",)),
        ("COLLABORATES_WITH", "Alnora Therapeutics, Inc.", "Berril Pharma AG", ("ALN-204",)),
    }
    licence = next(e for e in facts.edges if e.type == "LICENSES_TO")
    assert "Alnora hereby grants to Berril an exclusive" in licence.evidence[0].quote


def test_terms_have_states_and_their_own_words() -> None:
    deal, _ = read(LICENCE)
    assert terms(deal, "upfront") == [("stated", None, 12_500_000.0)]
    assert terms(deal, "milestones") == [("stated", "ceiling", 140_000_000.0)]
    assert terms(deal, "development milestones") == [("stated", None, 5_000_000.0)]
    assert terms(deal, "regulatory milestones") == [("stated", None, 20_000_000.0)]
    assert terms(deal, "royalty") == [("stated", "8% to 14%", None)]
    assert terms(deal, "expiration date") == [("derived", "2022-05-03", None)]
    assert terms(deal, "sublicensing") == [("stated", "permitted", None)]
    assert len(terms(deal, "renewal")) == 1
    upfront = next(t for t in deal.terms if t.kind == "upfront")
    assert "$12.5 million" in upfront.evidence.quote


def test_a_blank_is_a_state_and_never_a_number() -> None:
    text = LICENCE.replace("$12.5 million", "$[***]").replace("8% to 14%", "[***]%").replace("New \\\nYork", "New York")
    text = text.replace("the State of New York", "[***]").replace("ten (10) years", "[***] years")
    deal, _ = read(text)
    for name in ("upfront_usd", "governing_law", "expiration_date"):
        assert name not in deal.properties
    assert terms(deal, "upfront") == [("redacted", None, None)]
    assert terms(deal, "royalty") == [("redacted", None, None)]
    assert terms(deal, "governing law") == [("redacted", None, None)]
    assert deal.properties["royalties"] is True


def test_supply_with_roles_and_a_fixed_end() -> None:
    deal, facts = read(SUPPLY)
    assert [(g.type, g.source.name, g.target.name) for g in deal.grants] == [
        ("SUPPLIES_TO", "ALNORA LIMITED", "CESTOR GMBH")
    ]
    assert [s.name for s in deal.grants[0].subjects] == ["celecoxib"]
    assert deal.properties["expiration_date"] == "2021-12-31"
    assert deal.properties["governing_law"] == "England and Wales"
    assert "upfront_usd" not in deal.properties
    nodes = {n.id: n for n in facts.nodes}
    assert {nodes[e.source].name: e.properties["role"] for e in facts.edges if e.type == "PARTY_TO"} == {
        "ALNORA LIMITED": "supplier",
        "CESTOR GMBH": "customer",
    }


@pytest.mark.parametrize(
    ("preamble", "expected"),
    [
        (
            'This Agreement is made by and among Alnora, Inc., a Delaware corporation ("Alnora"), Berril N.V., a Dutch '
            'company ("Berril") and Cestor S.p.A., an Italian company ("Cestor").',
            [("Alnora, Inc.", ["Alnora"]), ("Berril N.V.", ["Berril"]), ("Cestor S.p.A.", ["Cestor"])],
        ),
        (
            "THIS AGREEMENT is made by and between THE REGENTS OF THE UNIVERSITY OF MIDLAND, a public corporation "
            '("University"), and ALNORA BIO, INC., a Delaware corporation ("Licensee").',
            [("ALNORA BIO, INC.", []), ("REGENTS OF THE UNIVERSITY OF MIDLAND", [])],
        ),
        (
            "Party A: Shanghai Berril Pharmaceutical Co., Ltd.\nAddress: 12 Long Road\n\nParty B: Alnora Biotech Inc.\n"
            "Address: 5 Main Street",
            [("Alnora Biotech Inc.", []), ("Shanghai Berril Pharmaceutical Co., Ltd.", [])],
        ),
        (
            "This Agreement is entered into with effect as of the Effective Date by and between\n\nF. "
            "Alnora-La Berre Ltd\n\n"
            'with an office at Hill Road 1, Basel ("Alnora Basel")\n\nand\n\nAlnora-La Berre Inc.\n\nwith '
            "an office at Elm "
            'Road 2, Newtown ("Alnora US"; Alnora Basel and Alnora US together referred to as '
            '"Alnora")\n\non the one hand'
            '\n\nand\n\nCestor Medicine, Inc.\n\nwith an office at Oak Road 3 ("CMI")\n\non the other hand.',
            [
                ("Alnora-La Berre Inc.", ["Alnora US"]),
                ("Cestor Medicine, Inc.", ["CMI"]),
                ("F. Alnora-La Berre Ltd", ["Alnora Basel"]),
            ],
        ),
        (
            'made as of 1 March 2018 by and between Alnora, Inc. (the "Company") and Jane Q. Miller, an individual '
            'residing at 12 Hill Road ("Consultant").',
            [("Alnora, Inc.", []), ("Jane Q. Miller", [])],
        ),
    ],
)
def test_parties_in_many_forms(preamble: str, expected: list[tuple[str, list[str]]]) -> None:
    assert parties(f"SERVICE AGREEMENT\n\n{preamble}\n\nWHEREAS, so it is;\n\nNOW, THEREFORE, they agree.") == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ('"Effective Date" means January 9, 2015.', "2015-01-09"),
        ("This Agreement shall become effective on 19.12.2014.", "2014-12-19"),
        ('The "Effective Date" shall be the date first above written.', "2014-12-01"),
        ('"Effective Date" means the date on which the waiting period expires.', None),
        ("Nothing is said.", "2014-12-01"),
    ],
)
def test_effective_date(clause: str, expected: str | None) -> None:
    text = (
        "LICENSE AGREEMENT\n\nThis License Agreement, dated December 1, 2014, is between Alnora, Inc. "
        '("Alnora") and Berril AG '
        f'("Berril").\n\nWHEREAS, so it is.\n\n1. {clause}\n'
    )
    deal, _ = read(text)
    assert deal.properties["agreement_date"] == "2014-12-01"
    assert deal.properties.get("effective_date") == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("This Agreement shall remain in effect until March 31, 2020.", "2020-03-31"),
        (
            "This Agreement shall commence on the Effective Date and expire on the fifth (5th) anniversary thereof.",
            "2019-12-01",
        ),
        ("The term of this Agreement shall be for 18 months from the date hereof.", "2016-06-01"),
        ("This Agreement shall continue for ten (10) years after the First Commercial Sale.", None),
        ("This Agreement shall continue until the later of March 31, 2020 and the last Valid Claim.", None),
        ("This Agreement shall continue until terminated under Section 9.", None),
        ("During the term of this Agreement and for five years thereafter, each Party shall keep the secrets.", None),
    ],
)
def test_expiration_date(clause: str, expected: str | None) -> None:
    text = (
        'LICENSE AGREEMENT\n\nThis License Agreement is made as of December 1, 2014 (the "Effective Date") '
        "between Alnora, Inc. "
        f'("Alnora") and Berril AG ("Berril").\n\nWHEREAS, so it is.\n\n7. {clause}\n'
    )
    assert read(text)[0].properties.get("expiration_date") == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("This Agreement is governed by Swiss law.", "Switzerland"),
        (
            "This Agreement shall be construed in accordance with the law of the Commonwealth of Massachusetts, USA.",
            "Massachusetts",
        ),
        (
            "THIS AGREEMENT SHALL BE GOVERNED BY THE LAWS OF THE STATE OF DELAWARE WITHOUT REGARD TO CONFLICTS.",
            "Delaware",
        ),
        ("Alnora is a corporation organized and existing under the laws of the State of Ohio.", None),
        ("Each Party shall comply with the laws of the Territory.", None),
    ],
)
def test_governing_law(clause: str, expected: str | None) -> None:
    text = (
        f'SUPPLY AGREEMENT\n\nThis Supply Agreement is made between Alnora, Inc. ("Alnora") and Berril '
        f'AG ("Berril").\n\n{clause}\n'
    )
    assert read(text)[0].properties.get("governing_law") == expected


def test_a_licence_that_only_serves_the_supply_is_no_deal() -> None:
    text = SUPPLY.replace(
        "The price", "The Customer hereby grants to the Supplier a licence solely to perform its obligations. The price"
    )
    assert [g.type for g in read(text)[0].grants] == ["SUPPLIES_TO"]


def test_a_title_that_names_no_known_kind() -> None:
    text = SUPPLY.replace("SUPPLY AGREEMENT", "SECRECY AGREEMENT")
    _, facts = read(text)
    agreement = next(n for n in facts.nodes if n.type == "Agreement")
    assert agreement.name == "SECRECY AGREEMENT"
    assert "kinds" not in agreement.properties


def test_every_quotation_stands_in_the_text() -> None:
    for text in (LICENCE, SUPPLY):
        _, facts = read(text)
        for record in (*facts.nodes, *facts.edges):
            for e in record.evidence:
                assert text[e.start : e.end] == e.quote
                assert len(e.quote) <= 400


def test_same_input_same_records() -> None:
    assert read(LICENCE)[1] == read(LICENCE)[1]


def test_only_the_window_of_the_document_is_read() -> None:
    text = SUPPLY + "\n" + LICENCE
    document = Document(2, "EX-10.2", text, len(SUPPLY) + 1, len(text))
    book = FactBook(Filing("made.txt", "0" * 64, None, None, None, (document,)), "rules/test")
    deal = read_contract(book, document)
    assert deal is not None
    assert deal.title == "LICENSE AND COLLABORATION AGREEMENT"
    assert all(t.evidence.start > len(SUPPLY) for t in deal.terms)


@pytest.mark.parametrize("type_", ["EX-10.1", "EX-10", "EX-2.1", ""])
def test_contracts_are_recognised(type_: str) -> None:
    assert is_contract(filing(LICENCE, type_)[1])


@pytest.mark.parametrize(
    "text",
    [
        "FOR IMMEDIATE RELEASE\n\nAlnora and Berril Enter License Agreement\n\nBoston, May 3, 2012 - "
        "Alnora, Inc. and Berril AG "
        "today announced a license agreement between Alnora and Berril. Under the agreement, Alnora grants "
        "Berril a license. ",
        "Item 1. Business\n\nOn May 3, 2012 we entered into the License Agreement with Berril AG. The "
        "agreement is governed by "
        "New York law. Under the agreement we will pay royalties. ",
        "",
    ],
)
@pytest.mark.parametrize("type_", ["EX-99.1", "10-K", ""])
def test_what_tells_of_a_contract_is_none(text: str, type_: str) -> None:
    assert not is_contract(filing(text * 20, type_)[1])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([*LICENCE.split("\n\n"), "(", '"', "[***]", "between", "$", "\n", "ALNORA, INC."]), max_size=25
    )
)
def test_torn_contracts_never_break_and_never_invent(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    book, document = filing(text)
    is_contract(document)
    deal = read_contract(book, document)
    if deal is not None:
        book.deals.append(deal)
    for record in (*(facts := book.build()).nodes, *facts.edges):
        assert all(text[e.start : e.end] == e.quote for e in record.evidence)


@pytest.mark.parametrize(
    "filler", [" ", "\n \n", "between A ", '"A" means ', "laws of A ", "A/", "[ *", "Alnora grants ", "1,000,"]
)
def test_time_grows_with_length_only(filler: str) -> None:
    text = LICENCE[:1500] + filler * (60_000 // len(filler))
    book, document = filing(text)
    start = time.process_time()
    read_contract(book, document)
    assert time.process_time() - start < 4


def test_expert_labels(evaluation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Biopharma contracts with expert labels: every field on the face, scored as the evaluation scores it."""
    monkeypatch.syspath_prepend(str(evaluation))
    spec = importlib.util.spec_from_file_location("score_contracts", evaluation / "score_contracts.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    key = sys.modules["score"].company_key
    hit: Counter[str] = Counter()
    found: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    lines = (evaluation / "dev" / "cuad" / "cuad_biopharma.jsonl").read_text(encoding="utf-8").splitlines()
    for label in (c for c in map(json.loads, lines) if c["tier"] == 1):
        assert is_contract(filing(label["text"], "")[1])
        deal, _ = read(label["text"])
        mine = [{key(n) for n in (name, *aliases)} for name, aliases in parties(label["text"])]
        wanted = [{key(n) for n in (p["name"], *p["aliases"])} for p in label["parties_parsed"]]
        gold["parties"] += len(wanted)
        found["parties"] += len(mine)
        hit["parties"] += min(sum(any(w & m for m in mine) for w in wanted), len(mine))
        law = label["labels"]["governing_law"].get("answer") or ""
        truth = {**label["dates_iso"], "title": label["labels"]["document_name"].get("answer")}
        truth["governing_law"] = law if isinstance(law, str) and not set("*[") & set(law) else None
        for name in scorer.FIELDS:
            g, f = truth.get(name), deal.properties.get(name)
            gold[name] += bool(g)
            found[name] += bool(f) and (bool(g) or name not in ("agreement_date", "effective_date"))
            hit[name] += bool(g and f and scorer.right(name, g, str(f)))
    f1 = {k: 2 * hit[k] / (found[k] + gold[k]) for k in gold}
    assert f1["parties"] >= 0.95
    assert f1["title"] >= 0.98
    assert sum(f1.values()) / len(f1) >= 0.91
