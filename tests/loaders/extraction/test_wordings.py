"""The many ways in which reports word one term, each told of the same licence, and what is none."""

import pytest

from biopact.graph.records import Value
from tests.loaders.extraction.telling import tell

TAKEN = (
    "In May 2019, we entered into an exclusive license agreement with Alnora, Inc. (“Alnora”), under which Alnora "
    "granted us an exclusive license to ALN-12."
)
GIVEN = (
    "In May 2019, we entered into a license agreement with Brevin AG (“Brevin”), under which we granted Brevin an "
    "exclusive license to ALN-12."
)


def told(*sentences: str) -> dict[str, Value]:
    """What the one licence of the story shows."""
    return dict(tell(" ".join(sentences), filer="Corvane, Inc.").edge("LICENSES_TO").properties)


@pytest.mark.parametrize(
    "sentence",
    [
        "We paid Alnora $5.0 million upon execution of the agreement.",
        "Upon the effectiveness of the agreement, we paid $5.0 million to Alnora.",
        "In connection with the execution of the agreement, we made a payment of $5.0 million to Alnora.",
        "We paid Alnora $5.0 million within 30 days of the effective date.",
        "As consideration for the license, we paid a one-time, non-refundable, non-creditable fee of $5.0 million.",
        "As consideration for the license, we paid Alnora $5.0 million in cash and issued 500,000 shares.",
        "We paid Alnora a license issuance fee of $5,000,000.",
        "We made an upfront payment of €4 million, or $5.0 million, to Alnora.",
    ],
)
def test_upfront(sentence: str) -> None:
    assert told(TAKEN, sentence)["upfront_usd"] == 5_000_000


@pytest.mark.parametrize(
    "sentence", ["Upon signing, Brevin paid us $5.0 million.", "We received $5.0 million up front."]
)
def test_upfront_received(sentence: str) -> None:
    assert told(GIVEN, sentence)["upfront_usd"] == 5_000_000


@pytest.mark.parametrize(
    "sentence",
    [
        "We pay Alnora an annual license fee of $25,000.",
        "We may make a one-time payment to Alnora of $3.0 million upon achievement of a commercial milestone.",
        "In connection with our loan agreement, we paid fees of $2.0 million in notes.",
    ],
)
def test_no_upfront(sentence: str) -> None:
    assert "upfront_usd" not in told(TAKEN, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "We may pay up to $100.0 million upon the achievement of certain development and commercialization events.",
        "The maximum aggregate milestone payments payable under the agreement are $100.0 million.",
        "Milestones are set at an aggregate amount of $100 million.",
        "We are responsible for up to one hundred million dollars ($100,000,000) in milestone payments.",
        "We owe development milestones of up to $30.0 million in the aggregate for the first product and commercial "
        "milestones of up to $70.0 million in the aggregate.",
        "We agreed to pay a milestone payment of $100 million upon approval.",
    ],
)
def test_milestones(sentence: str) -> None:
    assert told(TAKEN, sentence)["milestones_max_usd"] == 100_000_000


@pytest.mark.parametrize(
    "sentence",
    [
        "The agreement also contains provisions for sales milestone payments and royalty payments.",
        "We agreed to pay milestones of up to $10.5 million, and certain tiered royalties.",
        "Our royalty obligations continue until the later of the last patent and ten years.",
        "We make royalty payments equal to a share of net sales, subject to reduction for payments to third parties.",
        "The agreement provides for: (i) a license fee of $5.0 million; (ii) royalties in the low single digits.",
    ],
)
def test_royalties(sentence: str) -> None:
    assert told(TAKEN, sentence)["royalties"] is True


def test_royalties_of_others() -> None:
    assert not told(TAKEN, "The license is fully paid-up and royalty-free.")["royalties"]
    assert "royalties" not in told(TAKEN, "We have not paid any royalties to third parties.")


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("In May 2019 (and amended in June 2020 and August 2021), we entered into a license with Alnora.", "2019-05"),
        ("During 2019, we entered into a license agreement with Alnora for ALN-12.", "2019"),
        ("In the second quarter of 2019, we entered into a license agreement with Alnora for ALN-12.", "2019"),
        ("Under the license agreement that we entered into with Alnora on May 3, 2019, we hold ALN-12.", "2019-05-03"),
        ("In 2021, we paid $1.0 million under our license agreement with Alnora for ALN-12.", None),
        ("In the first quarter of 2021, we received $2.0 million under the license agreement with Alnora.", None),
    ],
)
def test_dates(sentence: str, date: str | None) -> None:
    story = sentence.replace("Alnora", "Alnora, Inc.", 1)
    assert told(story).get("date") == date


@pytest.mark.parametrize(
    ("sentence", "end"),
    [
        ("The license agreement will expire in 2031.", "2031"),
        ("The agreement is in effect until June 30, 2031, unless terminated earlier.", "2031-06-30"),
        ("We pay royalties of 8.0% through December 31, 2023.", None),
        ("The licensed patents expire in June 2031.", None),
        ("Through December 31, 2022, we accounted for the license at cost.", None),
    ],
)
def test_ends(sentence: str, end: str | None) -> None:
    assert told(TAKEN, sentence).get("term_end") == end


@pytest.mark.parametrize(
    "sentence",
    [
        "Under the agreement, we hold exclusive rights to ALN-12.",
        "The license is exclusive with respect to ALN-12.",
    ],
)
def test_exclusivity_told_later(sentence: str) -> None:
    plain = "In May 2019, we entered into a license agreement with Alnora, Inc."
    assert told(plain, sentence)["exclusivity"] == "exclusive"
    assert "exclusivity" not in told(plain, "Alnora retained exclusive rights in Japan.")


@pytest.mark.parametrize(
    ("words", "territory"),
    [
        ("throughout the world, with the exception of Japan", "throughout the world, with the exception of Japan"),
        ("worldwide, except in Japan", "worldwide, except in Japan"),
        ("in Asia (excluding Japan)", "Asia (excluding Japan)"),
    ],
)
def test_territories_with_exceptions(words: str, territory: str) -> None:
    assert told(f"In May 2019, we granted Brevin AG an exclusive license to ALN-12 {words}.")["territory"] == territory


def test_a_deal_aside_takes_no_terms() -> None:
    story = tell(
        f"{TAKEN} Alnora holds the rights to ALN-12 under a June 2010 license agreement with Brevin AG. We paid an "
        "upfront fee of $5.0 million.",
        filer="Corvane, Inc.",
    )
    assert story.ends("LICENSES_TO") == {("Alnora, Inc.", "Corvane, Inc."), ("Brevin AG", "Alnora, Inc.")}
    paid = {e.properties.get("upfront_usd") for e in story.edges("LICENSES_TO")}
    assert paid == {5_000_000, None}


def test_shares_bought_from_a_partner_buy_no_company() -> None:
    story = tell(
        f"{GIVEN} In June 2019, we entered into a share purchase agreement with Brevin.", filer="Corvane, Inc."
    )
    assert story.ends("ACQUIRES") == set()


def test_two_who_enter_together() -> None:
    story = tell(
        "In May 2019, we and Alnora, Inc. entered into a license agreement with Brevin AG.", filer="Corvane, Inc."
    )
    assert story.ends("LICENSES_TO") == {("Brevin AG", "Corvane, Inc."), ("Brevin AG", "Alnora, Inc.")}


def test_an_agreement_of_no_kind_dates_what_is_granted_under_it() -> None:
    known = told(
        "In May 2014, we signed an agreement with Alnora University. According to the agreement, Alnora University "
        "gave us a non-exclusive license to ALN-12."
    )
    assert (known["date"], known["exclusivity"]) == ("2014-05", "non-exclusive")


@pytest.mark.parametrize(
    "sentence",
    [
        "Alnora is eligible to receive milestone payments potentially exceeding $45 million.",
        "Future milestone payments, if all are achieved, total $45.0 million.",
        "Further milestones will enable Alnora to earn up to an extra $45 million.",
        "Alnora could receive USD45m in milestones.",
        "Alnora received $5 million upfront and another $45 million payable upon achievement of sales milestones.",
        "Alnora may receive milestone payments of up to $20 million associated with clinical development and up to "
        "$25 million associated with achieving certain annual sales thresholds.",
        "It is worth up to $50 million, including $5 million upfront and up to $45 million in milestones.",
    ],
)
def test_all_milestones(sentence: str) -> None:
    assert told(TAKEN, sentence)["milestones_max_usd"] == 45_000_000


def test_parts_of_milestones_are_in_their_sum() -> None:
    words = "We will pay up to $45 million in milestones, including up to $30 million in milestones on approvals."
    assert told(TAKEN, words)["milestones_max_usd"] == 45_000_000


@pytest.mark.parametrize(
    "sentence",
    [
        "The Alnora license agreement expires in December 2029.",
        "Our Alnora license expires on December 31, 2029.",
        "In 2021, the parties extended the term of the agreement to December 31, 2029.",
    ],
)
def test_ends_of_a_deal_called_by_its_partner(sentence: str) -> None:
    other = "In May 2020, we entered into a supply agreement with Delvane Corporation, which supplies ALN-14 to us."
    story = [TAKEN, other, sentence] if "parties" not in sentence else [TAKEN, sentence]
    assert str(told(*story)["term_end"]).startswith("2029-12")


@pytest.mark.parametrize(
    ("words", "territory"),
    [
        ("in all countries other than Japan", "all countries other than Japan"),
        ("in the world except Japan", "the world except Japan"),
        ("in the rest of the world", "the rest of the world"),
        ("in ex-U.S. markets", "outside U.S."),
        ("in certain Asian countries", "Asia"),
        ("in Croatia, Serbia and Slovenia", "Croatia, Serbia and Slovenia"),
        ("in Libya and Yemen", "Libya and Yemen"),
        ("in the U.S. and its territories", "the U.S. and its territories"),
        ("globally (excluding South Korea)", "globally (excluding South Korea)"),
    ],
)
def test_further_territories(words: str, territory: str) -> None:
    assert told(f"In May 2019, we granted Brevin AG an exclusive license to ALN-12 {words}.")["territory"] == territory


def test_a_semi_exclusive_licence_is_one_of_a_few() -> None:
    assert (
        told("In May 2019, we granted Brevin AG a semi-exclusive license to ALN-12.")["exclusivity"] == "co-exclusive"
    )
