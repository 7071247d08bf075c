"""The many ways in which reports date a deal, and dates that are something else's."""

import pytest

from biopact.graph.records import Value
from tests.loaders.extraction.telling import tell


def date_of(text: str, edge: str = "LICENSES_TO", filer: str | None = "Corvane, Inc.") -> Value | None:
    """The date of the one edge of a type that a text tells."""
    return tell(text, filer=filer).edge(edge).properties.get("date")


@pytest.mark.parametrize(
    "words",
    [
        "On March 5, 2003, we entered into a license agreement with Alnora, Inc. and received a license to ALN-12.",
        "We are party to a license agreement with Alnora, Inc., dated March 5, 2003, for ALN-12.",
        "Alnora, Inc. granted us a license to ALN-12 under a license agreement entered into on March 5, 2003.",
        "Effective March 5, 2003, we entered into a license agreement with Alnora, Inc. for its ALN-12.",
        "On March 5, 2003 (the “Closing Date”), we met. On the Closing Date, we obtained a license from Alnora, Inc.",
    ],
)
def test_a_day(words: str) -> None:
    assert date_of(words) == "2003-03-05"


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("During fiscal 2003, we entered into a license agreement with Alnora, Inc. for its ALN-12.", "2003"),
        ("During the fiscal year 2003, we entered into a license agreement with Alnora, Inc. for its ALN-12.", "2003"),
        ("In fiscal year 2003, we in-licensed ALN-12 from Alnora, Inc.", "2003"),
        ("During the year ended December 31, 2003, we in-licensed ALN-12 from Alnora, Inc.", "2003"),
        ("During the three months ended March 31, 2003, we in-licensed ALN-12 from Alnora, Inc.", "2003"),
    ],
)
def test_a_year_of_accounts(words: str, date: str) -> None:
    assert date_of(words) == date


def test_a_year_that_ends_in_summer_is_of_two() -> None:
    assert date_of("During the year ended June 30, 2003, we in-licensed ALN-12 from Alnora, Inc.") is None


@pytest.mark.parametrize(
    "words",
    [
        "During the fiscal year 2003, we completed the acquisition of Alnora, Inc., a maker of devices.",
        "In calendar year 2003, we completed our acquisition of Alnora, Inc.",
        "In 2003, we completed the acquisition of Alnora, Inc.",
    ],
)
def test_the_year_of_an_acquisition(words: str) -> None:
    assert date_of(words, "ACQUIRES") == "2003"


@pytest.mark.parametrize(
    "words",
    [
        "Since March 2003, we have collaborated with Alnora, Inc. on ALN-12.",
        "Since March 2003, we have been working on ALN-12 in a collaboration with Alnora, Inc.",
        "In March 2003, following the approval of ALN-12 in 2001, we began a collaboration with Alnora, Inc.",
        "In March 2003, after the termination of an alliance in 2001, we formed a collaboration with Alnora, Inc.",
    ],
)
def test_the_beginning_of_a_collaboration(words: str) -> None:
    assert date_of(words, "COLLABORATES_WITH") == "2003-03"


@pytest.mark.parametrize(
    "words",
    [
        "Corvane, Inc. announced, on March 5, 2003, that it {}",
        "Corvane, Inc. announced on March 5, 2003 that it {}",
        "March 5, 2003\n\nBOSTON. Corvane, Inc. announced today that it {}",
        "For immediate release: March 5, 2003\n\nBOSTON. Corvane, Inc. today announced that it {}",
    ],
)
def test_the_day_of_the_news(words: str) -> None:
    story = words.format("entered into a license agreement with Alnora, Inc. for its ALN-12.")
    assert date_of(story, filer=None) == "2003-03-05"


@pytest.mark.parametrize(
    "aside",
    [
        "Brevin, Inc., a company later acquired by Delvane Corporation,",
        "Brevin, Inc. (since acquired by Delvane Corporation),",
        "Brevin, Inc., which was subsequently acquired by Delvane Corporation,",
    ],
)
def test_what_became_of_a_partner_is_told_aside(aside: str) -> None:
    told = tell(
        f"In September 2016, we entered into a license agreement with {aside} pursuant to which we obtained an "
        "exclusive sublicense to develop ALN-12 in Japan. We made an upfront payment of $15.0 million.",
        filer="Corvane, Inc.",
    )
    licence, acquired = told.edge("LICENSES_TO").properties, told.edge("ACQUIRES").properties
    assert (licence["date"], licence["territory"], licence["upfront_usd"]) == ("2016-09", "Japan", 15_000_000)
    assert not {"date", "territory", "upfront_usd"} & acquired.keys()


@pytest.mark.parametrize(
    "words",
    [
        "We entered into a license agreement with Alnora, Inc. in March 2003, which was amended in June 2005.",
        "Corvane and Alnora, Inc. signed a license agreement in March 2003, which was amended in 2005.",
        "In March 2003, we entered into a license agreement, as amended on June 1, 2005, with Alnora, Inc.",
    ],
)
def test_an_agreement_that_was_amended_keeps_its_own_date(words: str) -> None:
    assert date_of(words) == "2003-03"
