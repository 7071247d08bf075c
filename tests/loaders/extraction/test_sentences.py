"""Where sentences, paragraphs and headings begin and end."""

import pytest

from biopact.loaders.extraction.sentences import Sentence, sentences
from biopact.loaders.filing import Document


def cut(text: str) -> list[Sentence]:
    return sentences(Document(1, "8-K", text, 0, len(text)))


def words(text: str) -> list[str]:
    return [" ".join(text[s.start : s.end].split()) for s in cut(text)]


def test_abbreviations_end_no_sentence() -> None:
    assert words("Alnora, Inc. and Brevin Ltd. met Dr. Holm on Oct. 4 in the U.S. market. They signed.") == [
        "Alnora, Inc. and Brevin Ltd. met Dr. Holm on Oct. 4 in the U.S. market.",
        "They signed.",
    ]


def test_a_legal_form_may_end_a_sentence() -> None:
    assert words("We signed with Alnora, Inc. Under the agreement we pay.") == [
        "We signed with Alnora, Inc.",
        "Under the agreement we pay.",
    ]


def test_a_sentence_may_begin_with_a_lower_case_name() -> None:
    assert words("We signed in May. corvane-aventra pays. mRNA is made.") == [
        "We signed in May.",
        "corvane-aventra pays.",
        "mRNA is made.",
    ]


def test_closing_quotes_belong_to_their_sentence() -> None:
    assert words("“We are glad.” The deal is done.") == ["“We are glad.”", "The deal is done."]


def test_decimal_points_and_initials_end_no_sentence() -> None:
    assert words("J. Holm sold 2.5 million shares. He left.") == ["J. Holm sold 2.5 million shares.", "He left."]


def test_a_page_break_inside_a_sentence_is_passed_over() -> None:
    text = "Alnora granted Brevin an exclusive license to\n\n- 12 -\n\nmake and sell ALN-12. It pays royalties."
    assert words(text) == [
        "Alnora granted Brevin an exclusive license to - 12 - make and sell ALN-12.",
        "It pays royalties.",
    ]


def test_a_page_break_between_sentences_parts_paragraphs() -> None:
    text = "Alnora granted a license.\n\n- 12 -\n\nBrevin pays royalties."
    first, second = cut(text)
    assert first.paragraph != second.paragraph


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    line = "Alnora and Brevin have agreed to work on the compound together with\n"
    text = line * 24 + "other firms. They signed."
    found = cut(text)
    assert len(found) == 2
    assert len({s.paragraph for s in found}) == 1


def test_lines_of_ordinary_text_are_paragraphs() -> None:
    assert [s.paragraph for s in cut("Alnora granted a license.\nBrevin pays royalties.")] == [0, 1]


def test_headings_open_sections() -> None:
    text = "License Agreement with Brevin\n\nWe pay royalties.\n\n## About Alnora\n\nAlnora makes antibodies."
    first, pays, about, makes = cut(text)
    assert (first.is_heading, pays.is_heading, about.is_heading, makes.is_heading) == (True, False, True, False)
    assert (pays.heading, makes.heading) == ("License Agreement with Brevin", "About Alnora")
    assert pays.section != makes.section


def test_a_short_sentence_is_no_heading() -> None:
    (found,) = cut("We pay Brevin royalties.")
    assert not found.is_heading


def test_only_the_window_of_a_document_is_cut() -> None:
    text = "Alnora granted a license. Brevin pays royalties."
    found = sentences(Document(1, "8-K", text, 26, len(text)))
    assert [text[s.start : s.end] for s in found] == ["Brevin pays royalties."]


@pytest.mark.parametrize(
    ("text", "sentences_"),
    [
        (
            "Alnora, Inc. today announced that it has entered into a\nlicense agreement with Brevin, Inc. for ALN-12. "
            "The\nagreement covers Japan.",
            2,
        ),
        ("Alnora, Inc. today announced that the board has appointed\nMs. Dunmore.\n", 2),
        ("A summary of the results of our second quarter\nOur revenue was $2 million.\nOur loss was $3 million.", 3),
        ("Alnora announced a license agreement with Brevin.\nThe agreement covers Japan.", 2),
    ],
)
def test_a_few_lines_wrapped_by_hand_are_joined_where_a_sentence_runs_on(text: str, sentences_: int) -> None:
    assert len(words(text)) == sentences_
