"""Who is who: full names, short forms, pronouns, namesakes, and what is no party at all."""

import pytest

from tests.loaders.extraction.telling import tell


def test_a_defined_name_stands_for_the_full_one() -> None:
    told = tell('Alnora Research, Inc. ("ARI") granted Brevin Pharma AG ("Brevin") a license. ARI develops ALN-12.')
    assert told.ends("LICENSES_TO") == {("Alnora Research, Inc.", "Brevin Pharma AG")}
    assert told.ends("DEVELOPS") <= {("Alnora Research, Inc.", "ALN-12")}
    assert "ARI" in told.node("Alnora Research, Inc.").aliases


def test_the_first_word_stands_for_a_name_nobody_else_begins_with() -> None:
    told = tell("Alnora Therapeutics, Inc. met Brevin Pharma AG. In 2019, Alnora granted Brevin a license to ALN-12.")
    assert told.ends("LICENSES_TO") == {("Alnora Therapeutics, Inc.", "Brevin Pharma AG")}


def test_two_names_with_one_beginning_stay_two() -> None:
    told = tell(
        'Dunmore Oncology, Inc. ("Dunmore Oncology") granted Brevin Pharma AG a license to ALN-12. '
        'Dunmore Vaccines, Inc. ("Dunmore Vaccines") granted Brevin Pharma AG a license to ALN-14.'
    )
    assert told.ends("LICENSES_TO") == {
        ("Dunmore Oncology, Inc.", "Brevin Pharma AG"),
        ("Dunmore Vaccines, Inc.", "Brevin Pharma AG"),
    }


def test_a_ticker_is_read() -> None:
    told = tell("Alnora, Inc. (Nasdaq: ALNR) today announced that it granted Brevin Pharma AG a license to ALN-12.")
    alnora = told.node("Alnora, Inc.")
    assert (alnora.properties["ticker"], alnora.properties["exchange"]) == ("ALNR", "Nasdaq")


def test_formerly_joins_two_names() -> None:
    told = tell("Alnora, Inc. (formerly known as Ostermere Labs) granted Brevin Pharma AG a license to ALN-12.")
    assert told.ends("FORMERLY_NAMED") == {("Alnora, Inc.", "Ostermere Labs")}


@pytest.mark.parametrize("speaker", ["We", "The Company", "The Registrant"])
def test_whoever_files_speaks(speaker: str) -> None:
    told = tell(f"{speaker} granted Brevin Pharma AG an exclusive license to ALN-12.", filer="Corvane, Inc.")
    assert told.ends("LICENSES_TO") == {("Corvane, Inc.", "Brevin Pharma AG")}


def test_whoever_is_defined_as_the_company_speaks() -> None:
    told = tell(
        'Corvane, Inc. (the "Company") reports its year. The Company granted Brevin Pharma AG a license to CVN-12.'
    )
    assert told.ends("LICENSES_TO") == {("Corvane, Inc.", "Brevin Pharma AG")}


def test_our_and_us_are_the_filer() -> None:
    told = tell("Alnora, Inc. granted us an exclusive license to ALN-12.", filer="Corvane, Inc.")
    assert told.ends("LICENSES_TO") == {("Alnora, Inc.", "Corvane, Inc.")}


def test_capitals_on_the_cover_are_ordinary_capitals_in_the_text() -> None:
    told = tell(
        "Corvane BioSciences granted Brevin Pharma AG an exclusive license to ALN-12.",
        filer="CORVANE BIOSCIENCES INC",
        cik="0000000042",
    )
    assert {e.source for e in told.edges("LICENSES_TO")} == {"company/cik-0000000042"}


def test_a_name_may_begin_in_lower_case() -> None:
    told = tell(
        "In 2003 we entered into a license agreement with corvane-aventra. The agreement provides corvane-aventra "
        "with rights to our Lattice technology. We granted corvane-aventra and others a license to ALN-12. "
        "Payments are due from corvane-aventra, in euros.",
        filer="Alnora, Inc.",
    )
    assert told.ends("LICENSES_TO") == {("Alnora, Inc.", "corvane-aventra")}


def test_a_person_is_no_company() -> None:
    told = tell(
        "Alnora, Inc. granted Brevin Pharma AG a license to ALN-12. "
        '"We are glad of the agreement with Brevin," said Petra Holmquist, Ph.D., Chief Executive Officer of Alnora. '
        "Dr. Holmquist owns shares of Alnora."
    )
    assert told.names("Company") == {"Alnora, Inc.", "Brevin Pharma AG"}


@pytest.mark.parametrize("office", ["the FDA", "the U.S. Food and Drug Administration", "the European Commission"])
def test_an_authority_is_no_party(office: str) -> None:
    told = tell(
        f"Alnora, Inc. granted Brevin Pharma AG a license to ALN-12. In 2020, {office} granted Alnora, Inc. "
        f"exclusive rights to market ALN-12. Alnora, Inc. has an agreement with {office}."
    )
    assert told.names("Company") == {"Alnora, Inc.", "Brevin Pharma AG"}


def test_parties_and_roles_of_a_contract_are_no_names() -> None:
    told = tell(
        'Alnora, Inc. ("Licensor") granted Brevin Pharma AG ("Licensee") a license to ALN-12. '
        "Licensee will pay royalties to Licensor."
    )
    assert told.names("Company") == {"Alnora, Inc.", "Brevin Pharma AG"}
    assert not {alias for n in told.nodes("Company") for alias in n.aliases} & {"Licensor", "Licensee"}


@pytest.mark.parametrize(
    "name",
    [
        "University of Ostermere",
        "Ostermere Institute of Technology",
        "The Brightwell Foundation",
        "Société Ostermère S.A.",
        "Ostermere Biologics GmbH",
        "Kabushiki Ostermere K.K.",
        "Ostermere A/S",
        "Ostermere Pharma Pty Ltd",
        "Smith & Ostermere, LLC",
    ],
)
def test_organisations_of_many_forms(name: str) -> None:
    told = tell(f"In 2020, {name} granted us an exclusive license to ALN-12.", filer="Corvane, Inc.")
    ((licensor, licensee),) = told.ends("LICENSES_TO")
    assert licensee == "Corvane, Inc."
    assert licensor.removeprefix("The ").rstrip(".") == name.removeprefix("The ").rstrip(".")


def test_a_lost_hyphen_makes_no_other_company() -> None:
    told = tell(
        "In 2003 we granted Corvane-Aventra SA a license to ALN-12. In 2006 we granted CorvaneAventra a license to "
        "ALN-14.",
        filer="Alnora, Inc.",
    )
    assert {target for _, target in told.ends("LICENSES_TO")} == {"Corvane-Aventra SA"}


def test_a_subsidiary_is_not_its_parent() -> None:
    told = tell("Brevin Labs, Inc., a wholly owned subsidiary of Brevin Holdings AG, develops ALN-12.")
    assert told.ends("SUBSIDIARY_OF") == {("Brevin Labs, Inc.", "Brevin Holdings AG")}


def test_about_sections_speak_of_whom_they_are_about() -> None:
    told = tell(
        "Alnora, Inc. (Nasdaq: ALNR) today announced that it granted Brevin Pharma AG a license to ALN-12.\n\n"
        "About Brevin Pharma AG\n\nThe Company is developing BRV-77 for asthma."
    )
    assert ("Brevin Pharma AG", "BRV-77") in told.ends("DEVELOPS")


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        (
            "Our competitors include Ostermere, Dunmore, Quillby and Farrow.",
            {"Ostermere", "Dunmore", "Quillby", "Farrow"},
        ),
        ("We depend on Ostermere for the manufacture of ALN-12.", {"Ostermere"}),
        ("ALN-12 is manufactured by our partner Ostermere Drug Delivery, a global CDMO.", {"Ostermere Drug Delivery"}),
        ("We acquired ALN-12 from Ostermere, and sold it to Dunmore.", {"Ostermere", "Dunmore"}),
        ("Ostermere, a global pharmaceutical company, sells ALN-12.", {"Ostermere"}),
        ("The Ostermere and Dunmore partnership of 2020 is an example.", {"Ostermere", "Dunmore"}),
        ("Ostermere (OST) and Dunmore are developing ALN-12.", {"Ostermere", "Dunmore"}),
        ("We announced a collaboration with Ostermere.AI on ALN-12.", {"Ostermere.AI"}),
        ("ALN-12 was studied at the University of Dunmore. About Corvane follows.", {"University of Dunmore"}),
        ("We purchase ALN-12 from Ostermere Pharma Solutions in Spain.", {"Ostermere Pharma Solutions"}),
        (
            "We hired Ostermere Deposit Bank and Trust, Inc. to keep the shares.",
            {"Ostermere Deposit Bank and Trust, Inc."},
        ),
        ("Ostermere (UK), Ltd. is our subsidiary.", {"Ostermere (UK), Ltd."}),
        ("We licensed ALN-12 from United Biologics Corporation.", {"United Biologics Corporation"}),
        ("In 2018, we entered into an Agreement and Plan of Merger (Merger Agreement) with Dunmore.", {"Dunmore"}),
    ],
)
def test_organisations_are_told_by_what_is_said_of_them(sentence: str, names: set[str]) -> None:
    told = tell(sentence, filer="Corvane, Inc.")
    assert told.names("Company") - {"Corvane, Inc."} == names


@pytest.mark.parametrize(
    "sentence",
    [
        "We are an Emerging Growth Company under the law of Delaware.",
        "Dunmore Highlights NC-512 in its report.",
        "The company is AI-Driven Therapeutics of the future.",
        "We report to the U.S. Department of Health and Human Services.",
        "Revolutionizing Healthcare is what we do.",
        "The board shows its confidence in subsidiary Growth and in value.",
        "We were named among the Best Biotech Stocks.",
        "Sera were obtained from ALN12S-vaccinated adults.",
    ],
)
def test_what_only_looks_like_an_organisation_is_none(sentence: str) -> None:
    told = tell(sentence, filer="Corvane, Inc.")
    assert told.names("Company") <= {"Corvane, Inc.", "Dunmore"}


def test_a_trading_name_is_an_alias() -> None:
    told = tell("Alnora Insights, Inc. d/b/a Trapstone Health granted Brevin Pharma AG a license to ALN-12.")
    assert "Trapstone Health" in told.node("Alnora Insights, Inc.").aliases


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Alnora's $43 billion acquisition of Brevin and Dunmore's $10.1 billion purchase of Ostermere drew notice.",
         {"Alnora", "Brevin", "Dunmore", "Ostermere"}),
        ("Alnora's 2021 deal with Brevin brought money, while Dunmore's 2020 Ostermere partnership did not.",
         {"Alnora", "Brevin", "Dunmore", "Ostermere"}),
        ("Ostermere, Inc. divested these trade marks in European, African and other markets to Alnora in May 2019.",
         {"Ostermere, Inc.", "Alnora"}),
        ("Ostermere, Inc. signed a letter of intent to acquire UK-based Brevin Ltd.",
         {"Ostermere, Inc.", "Brevin Ltd."}),
        ("under the laws of China **Alnora, Inc.**, a company of Delaware **Brevin, Inc.**, another one",
         {"Alnora, Inc.", "Brevin, Inc."}),
        ("Ostermere, Inc. signed a license agreement with the Alnora Cord Blood Bank.",
         {"Ostermere, Inc.", "Alnora Cord Blood Bank"}),
        ("Ostermere, Inc. is working closely with Alnora to make ALN-12 and selected Brevin as its CDMO.",
         {"Ostermere, Inc.", "Alnora", "Brevin"}),
        ("Ostermere, Inc. relies on CMOs for manufacturing.", {"Ostermere, Inc."}),
    ],
)  # fmt: skip
def test_organisations_by_their_place_and_no_others(sentence: str, names: set[str]) -> None:
    assert tell(sentence).names("Company") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We are developing NC-512, AZQ8630 and MD-201 for measles.", {"NC-512", "AZQ8630", "MD-201"}),
        ("Our office is in Boston, MA 02110 and in Reno, NV-89501; serum CA-125 is a marker.", set()),
        ("Medicine names, which appear in italics, are trade marks. We sell *Alnorix* and *Brevorin*.",
         {"Alnorix", "Brevorin"}),
        ("We read *Alnorix* and *Brevorin* in bed.", set()),
        ("Our marks:\n\n| Trade mark | Licensor |\n|---|---|\n| Alnorix | Brevin AG |\n| Dunmoral | Brevin AG |\n",
         {"Alnorix", "Dunmoral"}),
        ("Our Phase 2 study (SKN-003) ended. SKN-003 is a randomized study. Patent I792427 was granted.", set()),
        ("AlnoraC, the company's novel ALS treatment, is safe.", {"AlnoraC"}),
    ],
)  # fmt: skip
def test_compounds_by_their_place_and_no_others(text: str, names: set[str]) -> None:
    assert tell(text, filer="Corvane, Inc.").names("Compound") == names


@pytest.mark.parametrize(
    "text",
    [
        "Alnora & Brevin\n\nThe Company acquired Delmor, Inc. and licensed ALN-12 from Corvane AG.",
        "Alnora Brevin\n\nOn May 3, 2019, the Company acquired Delmor, Inc. for cash. Shares of Alnora Brevin rose.",
        "Alnora\n\nDuring 2019, the Company acquired Delmor, Inc., which Alnora had known for long.",
    ],
)
def test_who_the_company_is_stands_alone_on_top(text: str) -> None:
    told = tell(text)
    assert (text.partition("\n")[0], "Delmor, Inc.") in told.ends("ACQUIRES")


@pytest.mark.parametrize(
    "text",
    [
        "Recent Acquisitions\n\nIn 2019, the Company acquired Delmor, Inc. In 2020, the Company acquired Brevin, Inc.",
        "Delmor Research Center\n\nThe Company entered into an agreement with The Delmor Research Center. The Company "
        "acquired Brevin, Inc.",
        "The Company announced the acquisition of Delmor, Inc. In May 2020, the Company acquired Brevin, Inc.",
        "In 2019, the Company entered into an agreement with Delmor, Inc. The Company acquired Brevin, Inc. in 2020.",
    ],
)
def test_who_the_company_deals_with_is_not_the_company(text: str) -> None:
    assert not tell(text).ends("ACQUIRES")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("About AlnoraAlnora, Inc. is a leading biotech. Alnora, Inc. collaborates with Brevin AG.", "Alnora, Inc."),
        ("About Alnora BioAlnora Bio is small. Alnora Bio signed a license with Brevin AG.", "Alnora Bio"),
        ("About Alnora XAlnora X is a research institute. Alnora X signed a license with Brevin AG.", "Alnora X"),
    ],
)
def test_a_heading_that_ran_into_its_text_is_no_part_of_the_name(text: str, name: str) -> None:
    companies = tell(text).names("Company")
    assert name in companies
    assert companies <= {name, "Brevin AG"}


@pytest.mark.parametrize(
    ("text", "compounds"),
    [
        (
            "Our products include ALNOREX, licensed from Delmor AG, and BREVINEX, licensed to Corvane AG.",
            {"ALNOREX", "BREVINEX"},
        ),
        ("We have partners, with Alnorex, co-developed with Delmor AG, the first product.", {"Alnorex"}),
        ("We sell Alnorex (alnoride hydrochloride) under a license from Delmor AG.", {"Alnorex"}),
        ("Alnora, Inc. named Henry Alnor, who was with Delmor AG, as chairman.", set()),
        ("The IC50s of both were low, says Delmor AG, our partner.", set()),
    ],
)
def test_products_by_what_was_done_with_them(text: str, compounds: set[str]) -> None:
    assert tell(text, filer="Corvane, Inc.").names("Compound") == compounds


@pytest.mark.parametrize("name", ["Turkish Pharma", "San Alnora-based", "School of Medicine", "UAE Biopharma"])
def test_what_only_says_of_what_kind_is_no_company(name: str) -> None:
    told = tell(f"We signed a license with Alnora, Inc. The {name} has a role in this, said Brevin AG.")
    assert name not in told.names("Company")


def test_a_first_word_is_not_lost_to_an_address_on_the_web() -> None:
    told = tell(
        "Alnora Labs, Inc. met Brevin Pharma AG. Alnora granted Brevin a license to ALN-12. See www.alnora.com."
    )
    assert told.ends("LICENSES_TO") == {("Alnora Labs, Inc.", "Brevin Pharma AG")}


def test_a_name_that_a_line_breaks_is_one_name() -> None:
    told = tell(
        "Alnora, Inc. and Brevin<br>Pharma AG met. Alnora, Inc. granted Brevin<br>Pharma AG a license to ALN-12."
    )
    assert told.ends("LICENSES_TO") == {("Alnora, Inc.", "Brevin Pharma AG")}


def test_a_subsidiary_of_the_same_name_is_another_company() -> None:
    told = tell(
        "Accounts include Alnora Medicines, Inc. and its wholly owned subsidiary, Alnora Medicines Pty Ltd, in Perth."
    )
    assert told.ends("SUBSIDIARY_OF") == {("Alnora Medicines Pty Ltd", "Alnora Medicines, Inc.")}


def test_of_two_names_with_one_beginning_the_listed_company_is_called_by_it() -> None:
    told = tell(
        "Alnora Pharmaceuticals, Inc. (Nasdaq: ALNR) and Alnora Oncology, Inc. met Brevin Pharma AG. "
        "In 2019, Alnora granted Brevin Pharma AG a license to ALN-12."
    )
    assert told.ends("LICENSES_TO") == {("Alnora Pharmaceuticals, Inc.", "Brevin Pharma AG")}


def test_a_former_name_stands_behind_a_genitive() -> None:
    told = tell("Brevin Pharma AG came to Alnora’s (formerly known as Dunmore Life) evening. Alnora developed ALN-12.")
    assert told.ends("FORMERLY_NAMED") == {("Alnora", "Dunmore Life")}


def test_previously_alone_tells_of_another_party() -> None:
    told = tell("Alnora, Inc. (previously Brevin Pharma AG) is the licensee of ALN-12.")
    assert told.ends("FORMERLY_NAMED") == set()
