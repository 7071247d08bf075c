"""Agreements that amend, end or replace another are agreements of their own, linked to it."""

import pytest

from biopact.graph.records import Edge
from tests.loaders.extraction.telling import Told, tell

DEAL = "On June 3, 2012, we entered into an exclusive license agreement with Brevin Pharma AG for ALN-12."


def told(sentence: str) -> Told:
    return tell(f"{DEAL} {sentence}", filer="Alnora, Inc.", date="2020-06-07")


def ends(told: Told, edge: Edge) -> tuple[object, object]:
    """The dates of the agreement that changes and of the one that is changed."""
    by = {n.id: n.properties.get("agreement_date") for n in told.nodes("Agreement")}
    return by[edge.source], by[edge.target]


@pytest.mark.parametrize(
    "sentence",
    [
        "On May 4, 2015, we and Brevin amended the license agreement to extend its term.",
        "On May 4, 2015, we entered into an amendment to the license agreement with Brevin to extend its term.",
        "The license agreement with Brevin was amended on May 4, 2015 to extend its term.",
        "On May 4, 2015, the parties signed a second amendment to the agreement to extend its term.",
    ],
)
def test_an_amendment(sentence: str) -> None:
    story = told(sentence)
    edge = story.edge("AMENDS")
    assert ends(story, edge) == ("2015-05-04", "2012-06-03")
    assert edge.properties["date"] == "2015-05-04"
    assert edge.properties["change"] == "extend its term"
    assert "amend" in edge.evidence[0].quote
    assert story.edge("LICENSES_TO").properties["date"] == "2012-06-03"


@pytest.mark.parametrize(
    "sentence",
    [
        "On May 4, 2015, we and Brevin amended and restated the license agreement.",
        "On May 4, 2015, we entered into an amended and restated license agreement with Brevin.",
    ],
)
def test_a_restatement(sentence: str) -> None:
    story = told(sentence)
    assert ends(story, story.edge("SUPERSEDES")) == ("2015-05-04", "2012-06-03")


@pytest.mark.parametrize(
    "sentence",
    [
        "On May 4, 2015, Brevin exercised its option to extend the research term under the agreement.",
        "On May 4, 2015, Brevin exercised its exclusive option to add a second product to the agreement.",
        "In accordance with the agreement, on May 4, 2015, Brevin exercised its second option for a program.",
    ],
)
def test_an_option_exercised(sentence: str) -> None:
    story = told(sentence)
    edge = story.edge("EXERCISES")
    assert ends(story, edge) == ("2015-05-04", "2012-06-03")
    assert "exercised" in edge.evidence[0].quote


def test_a_termination_by_agreement() -> None:
    story = told(
        "On May 4, 2015, we entered into a termination agreement with Brevin for the license agreement, under which "
        "all rights to ALN-12 were returned to us."
    )
    edge = story.edge("TERMINATES")
    assert ends(story, edge) == ("2015-05-04", "2012-06-03")
    assert edge.properties["rights_returned"] is True


@pytest.mark.parametrize(
    "sentence",
    [
        "The license agreement may be amended only by a written agreement of the parties.",
        "We could amend the agreement in 2015.",
        "Brevin terminated the agreement on May 4, 2015.",
        "The certificate of incorporation was amended on May 4, 2015.",
        "Brevin may exercise its option to license a second product.",
        "If Brevin had exercised its option to extend the term, it would have paid more.",
        "In May 2015, directors exercised their options to acquire common stock.",
    ],
)
def test_no_change(sentence: str) -> None:
    story = told(sentence)
    assert [e for t in ("AMENDS", "SUPERSEDES", "TERMINATES", "EXERCISES") for e in story.edges(t)] == []


def test_one_amendment_told_twice_is_one() -> None:
    story = told(
        "On May 4, 2015, we and Brevin amended the license agreement. "
        "The license agreement with Brevin was amended on May 4, 2015."
    )
    assert len(story.edges("AMENDS")) == 1
