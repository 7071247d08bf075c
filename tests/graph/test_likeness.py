"""What is put before a person: pairs worth asking about, with reasons in words, in an order that repeats."""

import random
from typing import Any

import pytest

from biopact.graph import likeness as likeness_module
from biopact.graph.likeness import WORTH_ASKING, doubtful, likeness
from biopact.graph.names import company_name
from tests.graph.gold_pairs import read_pairs


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        ("Alnora, Inc.", "ALNORA INC", "the same name"),
        ("Alnora AG", "Alnora Inc.", "differ in legal form only: ag, inc"),
        ("Alnora & Co.", "Alnora KGaA", "differ in legal form only: company, kgaa"),
        ("Alnora Squall Inc.", "Alnora Inc.", "'Squall' is missing in one"),
        ("Alnora Inc.", "Alnora Holdings, Inc.", "'Holdings' is missing in one"),
        ("Ladenbrook & Vale", "Landenbrook & Vale", "one letter differs: 'Ladenbrook' and 'Landenbrook'"),
        ("Alnroa Bio", "Alnora Bio", "one letter differs: 'Alnroa' and 'Alnora'"),
        ("Alnora Pharma", "Alnora Pharmaceuticals", "one may be short for the other: 'Pharma' and 'Pharmaceuticals'"),
        ("Alnora Fund II", "Alnora Fund III", "numbers differ: 'II' and 'III'"),
        ("ALNORA2 Limited", "ALNORA4 Limited", "numbers differ: 'ALNORA2' and 'ALNORA4'"),
        ("BSC", "Brevin Squall Corvane", "'BSC' can be the initials of the other"),
        ("Alnora Services", "Alnora Systems", "'Services' in one, 'Systems' in the other"),
        ("Vale Alnora", "Alnora Vale", "the same words in another order"),
    ],
)
def test_reasons_are_words(left: str, right: str, reason: str) -> None:
    assert likeness([left], [right]).reasons[0] == reason
    assert likeness([right], [left]).score == likeness([left], [right]).score


def test_a_difference_in_legal_form_is_said_beside_another() -> None:
    assert likeness(["Alnora Vale Inc."], ["Alnora GmbH"]).reasons == (
        "'Vale' is missing in one",
        "legal forms differ: inc, gmbh",
    )


def test_the_most_alike_of_several_names_counts() -> None:
    assert likeness(["Brevin", "Alnora Pharma"], ["Corvane", "Alnora Pharma AG"]).score == 1.0
    assert likeness([], ["Alnora"]).score == 0.0


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Alnora Fund II", "Alnora Fund III"),
        ("Alnora Japan K.K.", "Alnora Inc."),
        ("Alnora Therapeutics", "Brevin Therapeutics"),
        ("University of Alnora", "University of Brevin"),
    ],
)
def test_nobody_is_asked_what_is_plain(left: str, right: str) -> None:
    assert likeness([left], [right]).score < WORTH_ASKING


def test_pairs_worth_asking_the_likeliest_first() -> None:
    names = {
        "company/alnora-pharma": ["Alnora Pharma"],
        "company/alnora-pharmaceuticals": ["Alnora Pharmaceuticals, Inc."],
        "company/brevin": ["Brevin AG"],
        "company/brevin-inc": ["Brevin Inc.", "Brevin"],
        "company/bervin": ["Bervin"],
        "company/corvane": ["Corvane Therapeutics"],
    }
    found = list(doubtful(names))
    assert [pair[:2] for pair in found] == [
        ("company/brevin", "company/brevin-inc"),
        ("company/bervin", "company/brevin"),
        ("company/bervin", "company/brevin-inc"),
        ("company/alnora-pharma", "company/alnora-pharmaceuticals"),
    ]
    assert all(0 <= pair[2].score <= 1 and pair[2].reasons for pair in found)


def test_order_of_names_changes_nothing() -> None:
    names = {pair.left: [pair.left, *pair.left_aliases] for pair in read_pairs()}
    turned = dict(sorted(names.items(), reverse=True))
    assert list(doubtful(names)) == list(doubtful(turned))


def test_pairs_missed_by_equality_are_asked_about() -> None:
    """Of the spellings in the gold that equal keys do not join, most come up; those that share nothing cannot."""
    missed = [
        p
        for p in read_pairs()
        if p.same and not p.left_aliases and not p.left_cik and not company_name(p.left).fits(company_name(p.right))
    ]
    asked = [p for p in missed if list(doubtful({"left": [p.left], "right": [p.right]}))]
    assert len(missed) >= 10
    assert len(asked) / len(missed) >= 0.75


def test_a_name_that_a_crowd_shares_is_no_reason_to_ask() -> None:
    names = {f"company/{n}": [f"Alnora {chr(65 + n % 26)}{n}x Holdings"] for n in range(200)}
    assert not list(doubtful(names))


def test_comparisons_grow_with_the_names_and_not_with_their_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(6)
    words = ["".join(chance.choices("abcdefghiklmnoprstuvwxyz", k=4)).title() for _ in range(8_000)]
    names = {f"company/{n}": [f"{word} {words[n // 3]} Therapeutics, Inc."] for n, word in enumerate(words)}
    compared: list[object] = []
    compare = likeness_module._compare

    def counted(a: Any, b: Any) -> Any:
        compared.append(a)
        return compare(a, b)

    monkeypatch.setattr(likeness_module, "_compare", counted)

    def comparisons(count: int) -> int:
        compared.clear()
        list(doubtful({id_: names[id_] for id_ in list(names)[:count]}))
        return len(compared)

    few, many = comparisons(2_000), comparisons(8_000)
    assert few > 2_000
    assert many < 5 * few
