"""Press releases, news items and current reports: who takes over, what has ended, whose product it is."""

import pytest

from tests.loaders.extraction.telling import Told, tell

CORVANE, ALNORA, BREVIN, DELMOR = "Corvane, Inc.", "Alnora, Inc.", "Brevin, Inc.", "Delmor, Inc."


def told(sentence: str) -> Told:
    return tell(f"{sentence}\n\nThis report names ALN-12.", filer=CORVANE)


@pytest.mark.parametrize(
    ("sentence", "acquirer", "acquired"),
    [
        (
            "The Company entered into an Agreement and Plan of Merger with Alnora, Inc., a Delaware corporation "
            "(“Parent”), and Parent’s wholly owned subsidiary, Alnora Merger Sub, Inc. (“Purchaser”).",
            ALNORA,
            CORVANE,
        ),
        (
            "We entered into an Agreement and Plan of Merger by and among the Company, Alnora, Inc. (“Parent”) and "
            "Spring Merger Sub, Inc., a wholly owned subsidiary of Parent (“Merger Sub”).",
            ALNORA,
            CORVANE,
        ),
        (
            "The Company entered into an Agreement and Plan of Merger by and among the Company, Spring Merger Sub, "
            "Inc., a wholly owned subsidiary of the Company, and Alnora, Inc.",
            CORVANE,
            ALNORA,
        ),
        (
            "We entered into an Agreement and Plan of Merger with Alnora, Inc. and Alnora's wholly owned subsidiary, "
            "Spring Merger Sub, Inc.",
            ALNORA,
            CORVANE,
        ),
        ("The Company entered into a merger agreement with, among others, Alnora, Inc.", CORVANE, ALNORA),
        ("We announced a letter of intent to acquire UK-based Alnora, Inc. for $75 million.", CORVANE, ALNORA),
        ("The merger between Alnora, Inc. and Delmor, Inc.'s Brevin, Inc. has closed.", ALNORA, BREVIN),
        ("We acquired a UK-based biotech, Alnora, Inc., which makes vaccines.", CORVANE, ALNORA),
    ],
)
def test_who_takes_over(sentence: str, acquirer: str, acquired: str) -> None:
    assert told(sentence).ends("ACQUIRES") == {(acquirer, acquired)}


def test_two_deals_joined_by_and_are_no_list() -> None:
    story = told("In 2024 Alnora, Inc. bought Brevin, Inc., and Delmor, Inc. acquired Ensola, Inc.")
    assert story.ends("ACQUIRES") == {(ALNORA, BREVIN), (DELMOR, "Ensola, Inc.")}


@pytest.mark.parametrize(
    "sentence",
    [
        "We agreed to terminate the June 2021 license agreement, which granted Alnora, Inc. rights to ALN-12.",
        "We have regained worldwide rights to ALN-12 from Alnora, Inc.",
        "Corvane regains all rights to ALN-12 following the termination of its license agreement with Alnora, Inc.",
        "Alnora, Inc. has returned the worldwide rights to ALN-12 to us.",
        "Following the termination of our license agreement granting Alnora, Inc. rights to ALN-12, we stopped work.",
    ],
)
def test_a_licence_that_ended(sentence: str) -> None:
    story = told(sentence)
    assert story.ends("LICENSES_TO") == {(CORVANE, ALNORA)}
    assert story.edge("LICENSES_TO").properties["status"] == "terminated"


@pytest.mark.parametrize(
    "sentence",
    [
        "Corvane terminated its agreement to acquire Alnora, Inc.",
        "Our planned acquisition of Alnora, Inc. was abandoned.",
        "We agreed to acquire Alnora, Inc.; our pending acquisition of Alnora has been called off.",
    ],
)
def test_an_acquisition_that_was_given_up(sentence: str) -> None:
    assert "terminated" in {e.properties.get("status") for e in told(sentence).edges("ACQUIRES")}


@pytest.mark.parametrize(
    ("sentence", "licensor", "licensee"),
    [
        ("Corvane announced a commercialization agreement with Alnora, Inc. for ALN-12 in Japan.", CORVANE, ALNORA),
        ("Corvane landed its first licensing deal for its vaccine with Alnora, Inc.", CORVANE, ALNORA),
        ("Corvane signed a license agreement with Alnora, Inc. to use Alnora's peptide technology.", ALNORA, CORVANE),
        ("We entered into a license agreement with Alnora, Inc. for our antibody.", CORVANE, ALNORA),
        ("We entered an agreement with Alnora, Inc. for access to our platform for production.", CORVANE, ALNORA),
        ("Corvane is getting $10 million from a licensing deal with Alnora, Inc.", CORVANE, ALNORA),
        ("We signed a license agreement with Alnora, Inc. Corvane will be paid an upfront fee.", CORVANE, ALNORA),
    ],
)
def test_who_licenses_when_only_the_agreement_is_named(sentence: str, licensor: str, licensee: str) -> None:
    story = told(sentence)
    assert story.ends("LICENSES_TO") == {(licensor, licensee)}
    assert story.edges("SUPPLIES_TO") == []


def test_a_license_agreement_with_a_subsidiary_grants_to_its_parent() -> None:
    story = told(
        "In 2017, the Company entered into a license agreement with Alnora, Inc., a subsidiary of Brevin, Inc. "
        "Pursuant to the agreement, the Company granted Brevin licenses relating to ALN-12 in Japan."
    )
    assert story.ends("LICENSES_TO") == {(CORVANE, BREVIN)}


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        (
            "We entered into a collaboration with Alnora, Inc. subsidiary Brevin, Inc.",
            {(BREVIN, CORVANE)},
        ),
        ("Alnora, Inc. is stepping up its work through a new joint venture with Brevin, Inc.", {(ALNORA, BREVIN)}),
        ("We entered a partnership with the department of urology at Alnora, Inc.", {(ALNORA, CORVANE)}),
        ("ALN-12 is being co-developed by Alnora, Inc. and by Brevin, Inc.", {(ALNORA, BREVIN)}),
        ("Our collaborations with leading institutions like Alnora, Inc. continue.", {(ALNORA, CORVANE)}),
        ("After a deal with Alnora, Inc., Brevin, Inc. signed a collaboration with Delmor, Inc.", {(BREVIN, DELMOR)}),
        ("Terms are like those of the Alnora deal, with Brevin, Inc. paying $5 million.", set()),
        ("Alnora, Inc. and Brevin, Inc. have entered a global partnership.", {(ALNORA, BREVIN)}),
    ],
)
def test_whose_collaboration_it_is(sentence: str, parties: set[tuple[str, str]]) -> None:
    assert told(sentence).ends("COLLABORATES_WITH") == parties


def test_the_alliance_of_two_others_is_no_supply_between_them() -> None:
    story = told(
        "We announced a collaboration and supply agreement with the alliance between Alnora, Inc. and Brevin, Inc."
    )
    assert not {(ALNORA, BREVIN), (BREVIN, ALNORA)} & story.ends("SUPPLIES_TO")


def test_its_may_stand_before_who_it_is() -> None:
    story = told("Through its subsidiary, Brevin, Inc., and partners like Delmor, Inc., Alnora, Inc. makes ALN-12.")
    assert story.ends("SUBSIDIARY_OF") == {(BREVIN, ALNORA)}


def test_a_sentence_about_others_tells_no_terms() -> None:
    story = told(
        "We signed a license agreement with Alnora, Inc. for ALN-12. "
        "In another deal, Brevin, Inc. will receive an upfront payment of $40 million from Delmor, Inc."
    )
    assert "upfront_usd" not in story.edge("LICENSES_TO").properties


@pytest.mark.parametrize(
    "sentence",
    [
        "Alnora, Inc., of Watertown, Mass., and Brevin, Inc., of Seoul, South Korea, inked a license agreement which "
        "grants Brevin the right to sell ALN-12.",
        "Delmor, Inc.'s subsidiary, Alnora, Inc., licensed exclusive rights to ALN-12 to Brevin, Inc.",
        "Alnora, Inc. signed a license agreement with Brevin, Inc. to grant Brevin a worldwide license of ALN-12.",
    ],
)
def test_who_licenses_is_found_behind_places_and_commas(sentence: str) -> None:
    assert told(sentence).ends("LICENSES_TO") == {(ALNORA, BREVIN)}


def test_what_is_provided_is_not_always_a_product() -> None:
    story = told(
        "We signed a collaboration with Alnora, Inc. Alnora will provide the initial funding for the research."
    )
    assert story.edges("SUPPLIES_TO") == []


def test_sales_up_to_an_amount_are_no_milestones() -> None:
    story = told(
        "Under our license agreement with Alnora, Inc., we receive up to $83 million in sales milestones and royalties "
        "of 15% on net sales up to $300 million."
    )
    assert 300_000_000.0 not in story.values("milestones")


def backers(sentence: str) -> set[str]:
    """Who put money into the company that tells."""
    told = tell(f"{sentence}\n\nThis report names ALN-12.", filer=CORVANE)
    assert {company for _, company in told.ends("HOLDS_STAKE_IN")} <= {CORVANE}
    return {backer for backer, _ in told.ends("HOLDS_STAKE_IN")}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        (
            "The financing was led by Westmere Capital and Bluefin Venture Partners, with participation from new "
            "investors Ostermere Asset Management and Tern Hill, as well as existing investors 7BN Ventures and "
            "Halland Growth.",
            {
                "Westmere Capital", "Bluefin Venture Partners", "Ostermere Asset Management", "Tern Hill",
                "7BN Ventures", "Halland Growth",
            },
        ),
        (
            "Corvane, Inc. closed a $30 million Series A led by Denmark's Westmere Capital and Boston-based Tern Hill "
            "Ventures, with participation from Switzerland’s Ostermere Partners and Japan's Quillmere Bio.",
            {"Westmere Capital", "Tern Hill Ventures", "Ostermere Partners", "Quillmere Bio"},
        ),
        (
            "Existing investors who joined the round included Halland Growth and Westmere Capital.",
            {"Halland Growth", "Westmere Capital"},
        ),
    ],
)  # fmt: skip
def test_who_invests_in_a_round(sentence: str, names: set[str]) -> None:
    assert backers(sentence) == names


@pytest.mark.parametrize(
    "sentence",
    [
        "The research team is led by Westmere Capital Institute.",
        "We may seek participation from Westmere Capital in a future financing.",
        "The study was led by Westmere University with participation from Halland Hospital.",
    ],
)
def test_who_leads_something_else_holds_no_stake(sentence: str) -> None:
    assert backers(sentence) == set()


def test_a_round_has_the_day_of_its_press_release() -> None:
    told = tell(
        "Corvane, Inc. Closes Series B\n\nBOSTON, March 4, 2021 -- Corvane, Inc. (Nasdaq: CRVN) today announced a $30 "
        "million Series B.\n\nThe round was led by Westmere Capital. ALN-12 is in Phase 1.",
        filer=CORVANE,
    )
    (stake,) = told.edges("HOLDS_STAKE_IN")
    assert stake.properties["date"] == "2021-03-04"


def test_a_change_of_name_has_its_date() -> None:
    told = tell("On July 21, 2023, Alnora, Inc. changed its name to Brevin, Inc. It develops ALN-12.", filer=CORVANE)
    (renamed,) = told.edges("FORMERLY_NAMED")
    assert renamed.properties["date"] == "2023-07-21"


def test_what_is_done_under_an_agreement_is_as_old_as_the_agreement() -> None:
    told = tell(
        "On July 20, 2017, our subsidiary Dunmore Research LLC entered into a collaboration and option agreement with "
        "Brevin Pharma AG, pursuant to which Corvane, Inc. and Brevin Pharma AG are jointly developing ALN-12.",
        filer=CORVANE,
    )
    assert {edge.properties.get("date") for edge in told.edges("COLLABORATES_WITH")} == {"2017-07-20"}
