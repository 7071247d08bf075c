"""Names that are told by how they are written or by where they stand, each in a sentence or two."""

from __future__ import annotations

import pytest

from tests.loaders.extraction.telling import tell

FILER = "Corvane, Inc."


def companies(text: str) -> set[str]:
    return tell(text, filer=FILER).names("Company") - {FILER}


def compounds(text: str) -> set[str]:
    return tell(text, filer=FILER).names("Compound")


def technologies(text: str) -> set[str]:
    return tell(text, filer=FILER).names("Technology")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "| 10.1 | License by and between Alnora<br>BioSolutions Inc. and Corvane, Inc. |",
            "Alnora BioSolutions Inc.",
        ),
        (
            "| 10.2 | Option, dated July 20, 2017, by<br>and between Corvane, Inc. and Brevin<br>Bioscience AB. |",
            "Brevin Bioscience AB",
        ),
        (
            '<span id="page-1"></span>**Alnora Genomics UK, Ltd.,** a private limited company, supplies us.',
            "Alnora Genomics UK, Ltd.",
        ),
        ("We licensed ALN-12 from Alnora's Brevin Therapeutics in 2019.", "Brevin Therapeutics"),
        ("We entered into a license agreement with Alnora therapeutics, Inc. in 2019.", "Alnora therapeutics, Inc."),
        ("We licensed ALN-12 from Universidad de Brevin S.A. in 2019.", "Universidad de Brevin S.A."),
        (
            "We entered into a license agreement with the Regents of the University of California, San Diego.",
            "Regents of the University of California, San Diego",
        ),
        (
            "Corvane and Ospedale Santa Brevina entered into a collaboration agreement for ALN-12.",
            "Ospedale Santa Brevina",
        ),
        ("We have a license from Fondation de la Recherche Alnora for ALN-12.", "Fondation de la Recherche Alnora"),
        ("We licensed ALN-12 from City of Alnor Medical Center in 2019.", "City of Alnor Medical Center"),
        ("Corvane took part in the event of Brevin’s (formerly known as Alnora) network.", "Brevin"),
        ("We received a $125 million venture debt facility from Alnora, which extends our runway.", "Alnora"),
        ("We rely on our CRO, Alnora, for the Phase 2 trial of ALN-12.", "Alnora"),
        ("In 2019 we acquired Brevin with its expertise in this area.", "Brevin"),
        ("Our exclusive license to ALN-12 from Alnora includes worldwide rights.", "Alnora"),
        ("Corvane signed a licensing agreement with Alnora Sciences' (NASDAQ: ALNR) Brevin unit for ALN-12.", "Brevin"),
        ("We compete with Alnora, Inc., Delnor, and Delmar AG in the market.", "Delnor"),
        ("We compete with Alnora Pharma/Brevin, and with others.", "Brevin"),
        (
            "Corvane and Alnor Genetic Technologies (AGT), a company, collaborate. We licensed ALN-12 from AGT.",
            "Alnor Genetic Technologies",
        ),
    ],
)
def test_an_organisation(text: str, expected: str) -> None:
    assert expected in companies(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("In March, the FDA accepted Alnora's Biologics License Application for ALN-12 of Alnora.", "Biologics"),
        (
            "We presented ALN-12 at the American Academy of Alnorology Annual Meeting with Alnora.",
            "American Academy of Alnorology Annual Meeting",
        ),
        ("Our shares lag behind the Nasdaq Biotechnology Index since 2019.", "Nasdaq Biotechnology"),
        ("The work is led by Alnora’s Center for Immunotherapies.", "Alnora’s Center for Immunotherapies"),
        ("Platforms attract investors such as Bill Alnorman, Tom Brevin, Google Ventures and others.", "Bill Alnorman"),
        (
            "The contract is with an Institute of the National Institutes of Health.",
            "Institute of the National Institutes of Health",
        ),
        ("About IndustryAlnora Pharma, Inc. and Alnora Pharma, Inc.", "IndustryAlnora Pharma, Inc."),
        ("Although Brevin has agreed to use reasonable efforts to sell ALN-12, it may fail.", "Although Brevin"),
        (
            "We are regulated by the Department of Health and Human Services.",
            "Department of Health and Human Services",
        ),
        ("The Israeli Ministry of Health approved our trial of ALN-12.", "Israeli Ministry of Health"),
    ],
)
def test_no_organisation(text: str, wrong: str) -> None:
    assert wrong not in companies(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We have a contract with the Biomedical Advanced Research and Development Authority.",
            "Biomedical Advanced Research and Development Authority",
        ),
        (
            "Corvane signed a $235 million contract with the Department of Defense to supply ALN-12.",
            "Department of Defense",
        ),
        (
            "The Department of Health and Human Services today awarded a contract to Corvane for ALN-12.",
            "Department of Health and Human Services",
        ),
    ],
)
def test_a_public_body_that_is_a_party(text: str, expected: str) -> None:
    assert expected in companies(text)


@pytest.mark.parametrize(
    ("text", "name", "alias"),
    [
        (
            "We have a license from the University of Brevinville (“UofB”). UofB receives royalties.",
            "University of Brevinville",
            "UofB",
        ),
        (
            "We have a contract with the U.S. Department of Health and Human Services (“HHS”) for ALN-12.",
            "U.S. Department of Health and Human Services",
            "HHS",
        ),
        (
            "We have a license from The Trustees of the University of Brevania (“Brev”) for ALN-12.",
            "Trustees of the University of Brevania",
            "Brev",
        ),
    ],
)
def test_a_short_name_in_brackets(text: str, name: str, alias: str) -> None:
    assert any(name in n.name and alias in n.aliases for n in tell(text, filer=FILER).nodes("Company"))


def test_the_ticker_of_a_company_is_that_company() -> None:
    told = tell("Alnora Bio, Inc. (NASDAQ: ALNR) entered into an agreement. Brevin AG paid ALNR (the “Company”) cash.")
    assert "ALNR" not in told.names("Company")


def test_a_first_word_that_never_stands_alone_is_no_name() -> None:
    told = tell("We have a license from Alnora Intellectual Property Limited (“AIP”) for ALN-12.", filer=FILER)
    assert told.node("AIP").aliases == ("AIP",) or "Alnora" not in told.node("AIP").aliases


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our two lead programs are CB-010 for lymphoma and MC-112 for myeloma.", {"CB-010", "MC-112"}),
        ("We licensed DE-1201 for the treatment of dry eye from Alnora AG.", {"DE-1201"}),
        ("Alnora is developing alnoraglusib and brevincaprant for depression.", {"alnoraglusib", "brevincaprant"}),
        ("Patients received nab-alnotaxel and naloxone.", {"nab-alnotaxel", "naloxone"}),
        ("We sell alnobotulinumtoxinA for the treatment of migraine.", {"alnobotulinumtoxinA"}),
        ("We advance our ALN-MVA vaccine. We work on access to the ALN-MVA vaccine.", {"ALN-MVA"}),
        (
            "In 2022 we sold the global rights to *Alnorza* and *Brevantis* to Brevin Pharma GmbH.",
            {"Alnorza", "Brevantis"},
        ),
        ("A Health Canada meeting was held for its ALS drug AlnoraC, signaling approval.", {"AlnoraC"}),
        ("We produce stem cells that we call ALNstrom. Two trials use ALNstrom.", {"ALNstrom"}),
        ("Its lead product candidate, ALNERA Fentanyl, is a patch designed to deter abuse.", {"ALNERA Fentanyl"}),
        (
            "Brevin is a company developing high concentration alnoric acid (HAA) as a drug. HAA was studied.",
            {"HAA"},
        ),
        ("Alnora supplies the military with its BrevThrax anthrax vaccine.", {"BrevThrax"}),
        ("It was marketed under the brand name Alnortyba for tuberculosis.", {"Alnortyba"}),
        ("The agency approves FDA-approved Alnorex® for migraine.", {"Alnorex"}),
    ],
)
def test_a_compound(text: str, expected: set[str]) -> None:
    assert expected <= compounds(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The office is at CH-4056 Basel; we treat patients with ALN-12.", "CH-4056"),
        (
            "The ALNJCT-003 study of ALN-12 goes on. A trial in Australia (ALNJCT-001) is complete.",
            "ALNJCT-003",
        ),
        (
            "The ALNJCT-003 study of ALN-12 goes on. A trial in Australia (ALNJCT-001) is complete.",
            "ALNJCT-001",
        ),
        ("It is made by fermentation with the patented AL-APD911 strain for patients.", "AL-APD911"),
        ("A Patent (TW I792427) for the treatment of patients was granted.", "I792427"),
        ("The form of schema X0508 tells of patients.", "X0508"),
        ("Chymase inhibitors and aldosterone blockers treat patients.", "Chymase"),
        ("AlnCraveRx® Weight Loss Program helps patients. See AlnCraveRx®.", "AlnCraveRx"),
        ("Alnpelo™ is an end-to-end decision-support platform for patients. We sell Alnpelo™.", "Alnpelo"),
        ("Patients with low immunoglobulin were treated.", "immunoglobulin"),
    ],
)
def test_no_compound(text: str, wrong: str) -> None:
    assert wrong not in compounds(text)


def test_names_of_one_compound_keep_what_was_quoted_of_each() -> None:
    told = tell("Of these, only ALN 157 (alnorimab) remains in the collaboration with Brevin AG.", filer=FILER)
    assert {"ALN 157", "alnorimab"} <= {n for c in told.nodes("Compound") for n in (c.name, *c.aliases)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brevin has also acquired the Alnogen® extraction platform from Alnora AG.", "Alnogen extraction platform"),
        ("The alnoricide(TM) technology is licensed from Alnora AG.", "alnoricide technology"),
        ("Corvane granted Brevin AG a license to deploy its proprietary AI-driven technology.", "AI-driven technology"),
        ("We sell the Ionic Purification system, which isolates DNA.", "Ionic Purification system"),
    ],
)
def test_a_technology(text: str, expected: str) -> None:
    assert expected in technologies(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Some technology that relates to DNA is licensed to us from Alnora AG.", "Some technology"),
        ("Brevin acquires mRNA technology platform from Alnora AG.", "acquires mRNA technology"),
    ],
)
def test_no_technology(text: str, wrong: str) -> None:
    assert wrong not in technologies(text)


def test_only_the_last_of_two_is_a_subsidiary() -> None:
    told = tell("It was executed by Alnora AG, and Brevin Ltd., a wholly owned subsidiary of Delmar SE.", filer=FILER)
    assert told.ends("SUBSIDIARY_OF") == {("Brevin Ltd.", "Delmar SE")}
