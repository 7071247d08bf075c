"""PDF: words in reading order, paragraphs, broken words, tables, pages; and PDFs that have no text to give."""

import re

import pytest
from fpdf import FPDF

from biopact.ontology.errors import FilingError
from tests.loaders.reading.given import read
from tests.loaders.reading.papers import paper, pictures

RELEASE = """BOSTON, May 2, 2011 - Quillbrook, Inc. today announced a license agreement with Alnora Pharma AG, which \
is granted exclusive rights to QB-12 in Europe and pays $5 million upfront.

About Quillbrook

Quillbrook is fictional."""


def columns(text: str) -> bytes:
    document = FPDF(format="A4")
    document.set_font("Helvetica", size=11)
    document.add_page()
    with document.text_columns(ncols=2, gutter=10, text_align="J") as layout:
        layout.write(text)
    return bytes(document.output())


def test_a_release_is_read_as_one_with_its_paragraphs_and_pages() -> None:
    (document,) = read(paper([RELEASE, "Contact: Investor Relations"]), "release.pdf").documents
    assert document.type == "EX-99"
    first, second = document.text.split("\f")
    assert second == "Contact: Investor Relations"
    assert [" ".join(p.split()) for p in first.split("\n\n")] == RELEASE.split("\n\n")
    where = document.places
    assert [where.page(document.text.index(words)) for words in ("BOSTON", "fictional", "Contact")] == [1, 1, 2]


def test_columns_are_read_one_after_the_other() -> None:
    words = " ".join(f"word{number}" for number in range(900))
    assert read(columns(words)).documents[0].text.split() == words.split()


def test_justified_lines_have_no_columns_and_tables_have() -> None:
    prose = (
        "The Company has granted an exclusive, worldwide, sublicensable license to develop and sell the product. " * 9
    )
    assert "  " not in read(columns(prose)).documents[0].text
    document = FPDF(format="A4")
    document.set_font("Helvetica", size=11)
    document.add_page()
    with document.table(borders_layout="NONE") as table:
        for row in (("Name", "Jurisdiction"), ("Alnora Pharma AG", "Switzerland"), ("Quill Limited", "Ireland")):
            table.row(row)
    lines = read(bytes(document.output())).documents[0].text.split("\n")
    assert [re.split(" {3,}", line) for line in lines if line] == [
        ["Name", "Jurisdiction"],
        ["Alnora Pharma AG", "Switzerland"],
        ["Quill Limited", "Ireland"],
    ]


def test_words_broken_at_the_end_of_a_line_are_whole() -> None:
    words = "The col-lab-o-ra-tion agree-ment is roy-al-ty=bear-ing and the royalty is bearing. "
    broken = words.replace("-", "\u00ad").replace("=", "-")
    text = " ".join(read(columns(broken * 12)).documents[0].text.split())
    assert text == " ".join(broken.replace("\u00ad", "").split() * 12)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (paper(["Words."], password="secret"), "encrypted"),
        (pictures(2), "pictures of its 2 pages"),
        (b"%PDF-1.7\n", "cannot be opened"),
        (paper(["Words."])[:500], "PDF"),
    ],
)
def test_what_gives_no_text_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(FilingError, match=reason) as caught:
        read(data, "a.pdf")
    assert str(caught.value).startswith("a.pdf: ")
    assert "\n" not in str(caught.value)


def test_a_password_for_changes_only_does_not_hinder_reading() -> None:
    assert read(paper(["Words to read."], owner="secret")).documents[0].text == "Words to read."


def test_pages_without_text_among_others_are_told_of() -> None:
    filing = read(paper(["First page.", "", "Third page."]))
    assert filing.notes == ("without text: page 2",)
    (document,) = filing.documents
    assert document.text == "First page.\f\fThird page."
    assert document.places.page(document.text.index("Third")) == 3
