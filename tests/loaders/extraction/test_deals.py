"""Deals: who licenses to whom, what is one agreement and what is two, and what is no deal at all."""

import pytest

from tests.loaders.extraction.telling import tell

ALNORA, BREVIN = "Alnora, Inc.", "Brevin Pharma AG"
BODY = (
    "On March 3, 2020, Alnora, Inc. (the “Company”) entered into a License Agreement with Brevin Pharma AG (“Brevin”), "
    "under which the Company granted Brevin an exclusive license to develop ALN-12. Brevin will pay the Company "
    "$20 million upfront."
)
RELEASE = (
    "LOWELL, Mass., March 4, 2020 - Alnora, Inc. (Nasdaq: ALNR) today announced that it has entered into an exclusive "
    "license agreement with Brevin Pharma AG for ALN-12. Alnora may receive up to $300 million in milestone payments."
)


# --- what is said in so many words


@pytest.mark.parametrize(
    "sentence",
    [
        "Alnora, Inc. granted Brevin Pharma AG an exclusive license to ALN-12.",
        "Brevin Pharma AG was granted an exclusive license to ALN-12 by Alnora, Inc.",
        "Brevin Pharma AG obtained an exclusive license to ALN-12 from Alnora, Inc.",
        "Brevin Pharma AG in-licensed ALN-12 from Alnora, Inc.",
        "Alnora, Inc. out-licensed ALN-12 to Brevin Pharma AG.",
        "The license to ALN-12 granted by Alnora, Inc. to Brevin Pharma AG is exclusive.",
        "ALN-12 has been licensed to Brevin Pharma AG by Alnora, Inc.",
    ],
)
def test_one_licence_said_in_many_ways(sentence: str) -> None:
    told = tell(sentence)
    assert told.ends("LICENSES_TO") == {(ALNORA, BREVIN)}
    assert told.edge("LICENSES_TO").properties["subjects"] == ("compound/aln-12",)


def test_a_list_of_licensees_is_opened() -> None:
    told = tell(
        "Alnora, Inc. owns the proprietary Lattice technology. Brevin Pharma AG, Dunmore (formerly Eddystone), and "
        "Ostermere Labs have licensed rights to the Lattice technology."
    )
    assert told.ends("LICENSES_TO") == {
        ("Alnora, Inc.", "Brevin Pharma AG"),
        ("Alnora, Inc.", "Dunmore"),
        ("Alnora, Inc.", "Ostermere Labs"),
    }
    assert told.ends("FORMERLY_NAMED") == {("Dunmore", "Eddystone")}


@pytest.mark.parametrize(
    ("sentence", "type_", "ends"),
    [
        ("Alnora, Inc. acquired all outstanding shares of Brevin Pharma AG.", "ACQUIRES", (ALNORA, BREVIN)),
        ("Brevin Pharma AG was acquired by Alnora, Inc. in 2020.", "ACQUIRES", (ALNORA, BREVIN)),
        ("Brevin Pharma AG will manufacture and supply ALN-12 to Alnora, Inc.", "SUPPLIES_TO", (BREVIN, ALNORA)),
        ("Alnora, Inc. holds 12% of the outstanding shares of Brevin Pharma AG.", "HOLDS_STAKE_IN", (ALNORA, BREVIN)),
        ("Alnora, Inc. and Brevin Pharma AG formed a research collaboration.", "COLLABORATES_WITH", (ALNORA, BREVIN)),
    ],
)
def test_other_things_that_pass_between_companies(sentence: str, type_: str, ends: tuple[str, str]) -> None:
    assert tell(sentence).ends(type_) == {ends}


def test_each_licensor_licenses_its_own_compound() -> None:
    told = tell("We licensed ALN-12 from Alnora, Inc. and BRV-14 from Brevin Pharma AG.", filer="Corvane, Inc.")
    assert {(e.source, e.properties["subjects"]) for e in told.edges("LICENSES_TO")} == {
        ("company/alnora", ("compound/aln-12",)),
        ("company/brevin-pharma", ("compound/brv-14",)),
    }


def test_a_licensee_in_the_sentence_is_not_the_speaker() -> None:
    told = tell("Brevin Pharma AG sells ALN-12 in Europe under license from Alnora, Inc.", filer="Corvane, Inc.")
    assert told.ends("LICENSES_TO") == {(ALNORA, BREVIN)}


def test_buying_supplies_is_no_acquisition() -> None:
    told = tell("Brevin Pharma AG agreed to purchase ALN-12 exclusively from Alnora, Inc. for five years.")
    assert told.ends("SUPPLIES_TO") == {(ALNORA, BREVIN)}
    assert told.ends("ACQUIRES") == set()


def test_a_share_in_anothers_stock() -> None:
    told = tell("Alnora, Inc. holds approximately 15% of the common stock of Brevin Pharma AG.")
    assert told.ends("HOLDS_STAKE_IN") == {(ALNORA, BREVIN)}


@pytest.mark.parametrize("institute", ["National Cancer Institute", "National Institutes of Health"])
def test_public_institutes_are_parties(institute: str) -> None:
    told = tell(f"In 2019 we entered into a collaboration agreement with the {institute}.", filer="Alnora, Inc.")
    assert {name for pair in told.ends("COLLABORATES_WITH") for name in pair} == {ALNORA, institute}


# --- who licenses, where only the agreement is named


def test_who_pays_is_the_licensee() -> None:
    told = tell(
        "In 2019 we entered into a license agreement with Brevin Pharma AG. Brevin will pay us royalties on net sales.",
        filer="Alnora, Inc.",
    )
    assert told.ends("LICENSES_TO") == {(ALNORA, BREVIN)}


def test_who_files_and_pays_is_the_licensee() -> None:
    told = tell(
        "In 2019 we entered into a license agreement with Brevin Pharma AG. We will pay Brevin royalties on net sales.",
        filer="Alnora, Inc.",
    )
    assert told.ends("LICENSES_TO") == {(BREVIN, ALNORA)}


def test_a_university_licenses_out() -> None:
    told = tell("In 2019 we entered into a license agreement with the University of Ostermere.", filer="Alnora, Inc.")
    assert told.ends("LICENSES_TO") == {("University of Ostermere", "Alnora, Inc.")}


def test_parties_have_roles() -> None:
    told = tell("Alnora, Inc. granted Brevin Pharma AG an exclusive license to ALN-12.")
    called = {n.id: n.name for n in told.facts.nodes}
    assert {(called[e.source], e.properties["role"]) for e in told.edges("PARTY_TO")} == {
        ("Alnora, Inc.", "licensor"),
        ("Brevin Pharma AG", "licensee"),
    }


# --- one deal or two


def test_a_deal_told_in_body_and_press_release_is_one() -> None:
    told = tell(BODY, RELEASE, date="2020-03-05")
    agreement = told.agreement()
    assert {v.exhibit for v in agreement.evidence} == {"8-K", "EX-99.1"}
    known = agreement.properties
    assert (known["agreement_date"], known["announced_date"]) == ("2020-03-03", "2020-03-04")
    assert (known["upfront_usd"], known["milestones_max_usd"]) == (20_000_000, 300_000_000)
    assert {e.properties["agreement"] for e in told.edges("LICENSES_TO")} == {agreement.id}


def test_two_deals_of_one_pair_with_two_dates_are_two() -> None:
    told = tell(
        "On March 3, 2003, Alnora, Inc. granted Brevin Pharma AG an exclusive license to ALN-12. "
        "On June 5, 2010, Alnora, Inc. granted Brevin Pharma AG an exclusive license to ALN-14."
    )
    assert {e.properties["date"]: e.properties["subjects"] for e in told.edges("LICENSES_TO")} == {
        "2003-03-03": ("compound/aln-12",),
        "2010-06-05": ("compound/aln-14",),
    }
    assert len(told.nodes("Agreement")) == 2


def test_an_amended_agreement_keeps_its_own_date() -> None:
    told = tell(
        "On March 9, 2021 we amended our license agreement with Brevin Pharma AG dated June 1, 2015.",
        filer="Alnora, Inc.",
    )
    assert told.agreement().properties["agreement_date"] == "2015-06-01"


def test_a_licence_and_a_supply_agreement_are_two() -> None:
    told = tell(
        "License Agreement with Brevin\n\nIn 2010 we granted Brevin Pharma AG a license to ALN-12.\n\n"
        "Supply Agreement with Brevin\n\nIn 2014 we entered into a supply agreement with Brevin Pharma AG, under which "
        "we will supply ALN-12 to Brevin.",
        filer="Alnora, Inc.",
    )
    assert {a.properties["kinds"] for a in told.nodes("Agreement")} == {("license",), ("supply",)}


def test_a_terminated_deal_says_so() -> None:
    told = tell(
        "In 2010 we entered into a license agreement with Brevin Pharma AG. In 2014 we terminated the license "
        "agreement with Brevin.",
        filer="Alnora, Inc.",
    )
    assert told.agreement().properties["status"] == "terminated"


# --- what is no fact


@pytest.mark.parametrize(
    "sentence",
    [
        "Alnora, Inc. may license ALN-12 to Brevin Pharma AG.",
        "Alnora, Inc. may grant Brevin Pharma AG an exclusive license to ALN-12.",
        "If Alnora, Inc. grants Brevin Pharma AG a license to ALN-12, royalties will be due.",
        "Alnora, Inc. intends to acquire Brevin Pharma AG.",
        "Alnora, Inc. did not grant Brevin Pharma AG a license to ALN-12.",
        "Alnora, Inc. has not licensed ALN-12 to Brevin Pharma AG.",
        "Alnora, Inc. granted Brevin Pharma AG a right of first negotiation for a license to ALN-12.",
        "There is no assurance that Alnora, Inc. will acquire Brevin Pharma AG.",
        "Alnora, Inc. is in negotiations with Brevin Pharma AG about a license to ALN-12.",
        "Alnora, Inc. would have granted Brevin Pharma AG a license to ALN-12 had the trial succeeded.",
        "Alnora, Inc. could collaborate with Brevin Pharma AG.",
        "Alnora, Inc. is considering a collaboration with Brevin Pharma AG.",
    ],
)
def test_what_may_happen_is_no_fact(sentence: str) -> None:
    assert tell(sentence).deals() == set()


def test_the_month_of_may_is_no_condition() -> None:
    told = tell("On May 3, 2020, we entered into a license agreement with Brevin Pharma AG.", filer="Alnora, Inc.")
    assert told.edge("LICENSES_TO").properties["date"] == "2020-05-03"


@pytest.mark.parametrize(
    "sentence",
    [
        "On March 3, 2020, we entered into an employment agreement with Brevin Staffing, Inc.",
        "On March 3, 2020, we entered into a credit agreement with Brevin Bank, N.A.",
        "On March 3, 2020, we entered into an underwriting agreement with Brevin Securities LLC.",
        "On March 3, 2020, we entered into a lease agreement with Brevin Estates, LLC.",
    ],
)
def test_ordinary_agreements_are_no_deals(sentence: str) -> None:
    assert tell(sentence, filer="Alnora, Inc.").deals() == set()


def test_forward_looking_statements_are_not_read() -> None:
    told = tell(
        "Forward-Looking Statements\n\nAlnora, Inc. granted Brevin Pharma AG an exclusive license to ALN-12.",
    )
    assert told.deals() == set()


def test_text_without_a_deal_states_none() -> None:
    told = tell(
        "We sell garden furniture in forty countries. Our lease in Lowell runs to 2030. Revenue rose by 4%.",
        filer="Alnora Gardens, Inc.",
    )
    assert told.deals() == set()
    assert told.names("Compound") == set()


# --- status, dates and doubt of what is told


def test_each_of_two_acquisitions_has_its_own_date() -> None:
    told = tell("We acquired Alnora, Inc. in 2015 and Brevin Pharma AG in 2018.", filer="Corvane, Inc.")
    called = {n.id: n.name for n in told.nodes("Company")}
    assert {(called[e.target], e.properties["date"]) for e in told.edges("ACQUIRES")} == {
        (ALNORA, "2015"),
        (BREVIN, "2018"),
    }


@pytest.mark.parametrize(
    ("sentence", "type_", "status"),
    [
        ("Alnora, Inc. signed a letter of intent to acquire Brevin Pharma AG.", "ACQUIRES", "letter of intent"),
        (
            "Alnora, Inc. and Brevin Pharma AG signed a non-binding collaboration agreement.",
            "COLLABORATES_WITH",
            "letter of intent",
        ),
        ("Alnora, Inc. expects to close the acquisition of Brevin Pharma AG in May.", "ACQUIRES", "pending"),
        (
            "Brevin Pharma AG exercised its option to license ALN-12 from Alnora, Inc.",
            "LICENSES_TO",
            "effective",
        ),
        (
            "The collaboration between Alnora, Inc. and Brevin Pharma AG ended in 2020.",
            "COLLABORATES_WITH",
            "ended",
        ),
    ],
)
def test_how_a_deal_stands(sentence: str, type_: str, status: str) -> None:
    assert tell(sentence).edge(type_).properties["status"] == status


@pytest.mark.parametrize(
    "sentence",
    [
        "We could enter into a collaboration with Alnora, Inc.",
        "There is no assurance that we will enter into a license agreement with Alnora, Inc.",
        "Had we acquired Alnora, Inc., our costs would be higher.",
        "If Alnora, Inc. exercises its option to license ALN-12, we will receive $20 million.",
    ],
)
def test_what_is_not_certain_is_no_deal(sentence: str) -> None:
    assert tell(sentence, filer="Corvane, Inc.").deals() == set()


def test_a_cross_licence_goes_both_ways() -> None:
    told = tell("Alnora, Inc. and Brevin Pharma AG entered into a cross-license agreement.")
    assert told.ends("LICENSES_TO") == {(ALNORA, BREVIN), (BREVIN, ALNORA)}


def test_a_blank_check_company_acquires_by_combining() -> None:
    told = tell(
        "We entered into a business combination agreement with Brevin Acquisition Corp.",
        filer="Corvane, Inc.",
    )
    assert told.ends("ACQUIRES") == {("Brevin Acquisition Corp.", "Corvane, Inc.")}


def test_parties_of_a_listed_exhibit_are_its_own() -> None:
    told = tell(
        "Brevin Pharma AG is Swiss.\n\n"
        "| 10.9 | License Agreement, by<br>and between Alnora, Inc. and<br>Brevin Pharma AG |",
        filer="Corvane, Inc.",
    )
    assert {end for ends in told.ends("LICENSES_TO") for end in ends} == {ALNORA, BREVIN}


def test_who_stands_before_a_mere_comma_does_not_grant() -> None:
    told = tell(
        "Under an agreement between Alnora, Inc. and us, Alnora, Inc. granted us a license to ALN-12.",
        filer="Corvane, Inc.",
    )
    assert told.ends("LICENSES_TO") == {(ALNORA, "Corvane, Inc.")}


@pytest.mark.parametrize("heading", ["Subsidiaries of Corvane, Inc.", "S U B S I D I A R I E S  O F  C O R V A N E"])
def test_subsidiaries_listed_under_a_heading(heading: str) -> None:
    told = tell(
        f"# {heading}\n\nAlnora, Inc., a Delaware corporation Brevin Pharma AG, a Swiss company.", filer="Corvane, Inc."
    )
    assert told.ends("SUBSIDIARY_OF") == {(ALNORA, "Corvane, Inc."), (BREVIN, "Corvane, Inc.")}
