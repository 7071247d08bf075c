"""Parts of documents: items old and new, what only looks like one, and where each ends."""

import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biopact.loaders.filing import Document, Part
from biopact.loaders.reading import read_filing
from biopact.loaders.sources import find_sources
from biopact.loaders.structure.parts import parts_of


def items(text: str, type_: str = "10-K") -> list[tuple[str | None, str]]:
    return [(p.number, p.title) for p in parts_of(text, 0, len(text), type_) if p.kind == "item"]


def kinds(parts: Iterable[Part], *wanted: str) -> list[tuple[str, str | None, str]]:
    return [(p.kind, p.number, p.title) for p in parts if p.kind in wanted]


def test_headings_and_items_nest():
    text = (
        "# Report\n\nITEM 1. BUSINESS\n\nWords.\n\n**Our Platform**\n\nMore words.\n\nITEM 1A. RISK FACTORS\n\n"
        "THE COMPANY MAY FAIL\n\nItem 5 of this report says (see Item 7) more.\n\nSIGNATURES\n\nDate: May 3, 2011\n"
    )
    assert [(p.kind, p.title, text[p.start : p.end].split()[-1]) for p in parts_of(text, 0, len(text))] == [
        ("heading", "Report", "Report"),
        ("item", "BUSINESS", "words."),
        ("heading", "Our Platform", "words."),
        ("item", "RISK FACTORS", "more."),
        ("heading", "THE COMPANY MAY FAIL", "more."),
        ("signatures", "SIGNATURES", "2011"),
    ]


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("Item 5.  Other Events.\n\nOn May 2 we met.\n", "5", "Other Events"),
        ("ITEM 5. OTHER EVENTS\n\nOn May 2 we met.\n", "5", "OTHER EVENTS"),
        ("Item 5. Other Events. On October 17, 2003, the Company entered into an agreement.\n", "5", "Other Events"),
        (
            "Item 1.01 Entry into a Material Definitive Agreement.\n\nOn May 2 we met.\n",
            "1.01",
            "Entry into a Material Definitive Agreement",
        ),
        (
            "**Item 1.01** | **Entry into a Material Definitive Agreement**\n\nWords.\n",
            "1.01",
            "Entry into a Material Definitive Agreement",
        ),
        ("Item 8.01\n\nOther Events\n\nOn May 2 we met.\n", "8.01", "Other Events"),
        ("Items 5 and 7. Other Events and Exhibits\n\nWords.\n", "5, 7", "Other Events and Exhibits"),
        ("ITEMS 1 & 2. BUSINESS AND PROPERTIES\n\nWords.\n", "1, 2", "BUSINESS AND PROPERTIES"),
        ("Item 1 and Item 2. Business and Properties\n\nWords.\n", "1, 2", "Business and Properties"),
        ("Items 1 through 4.\n\nThe information above is amended.\n", "1, 2, 3, 4", ""),
        ("Item 16. Form 10-K Summary\n\nNone.\n", "16", "Form 10-K Summary"),
    ],
)
def test_what_a_heading_of_an_item_says(text: str, number: str, title: str):
    assert items(text, "8-K") == [(number, title)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Item 5 of this report tells more.",
        "Item 1A. Risk Factors in our Annual Report on Form 10-K tells more.",
        "Item 7 (see Item 8) tells more.",
        "Item 9.01, above, is incorporated by reference.",
        "Item 601 of Regulation S-K asks for it.",
        "Item 1A. “Risk Factors” of this Annual Report.",
        "The risks that we describe in our annual report, under the headings of\nItem 1A. Risk Factors, are many.",
    ],
)
def test_sentences_about_items_are_none(sentence: str):
    text = f"ITEM 1. BUSINESS\n\nWords.\n\n{sentence}\n\nITEM 2. PROPERTIES\n\nNone.\n"
    assert items(text) == [("1", "BUSINESS"), ("2", "PROPERTIES")]


BODY = "".join(
    f"Item {n}. {title}\n\n{'Words of some length stand here. ' * 60}\n\n"
    for n, title in [("1", "Business"), ("1A", "Risk Factors"), ("2", "Properties"), ("3", "Legal Proceedings")]
)
STUBS = "".join(
    f"Item {n}. {title}\n\nIncorporated by reference to our proxy statement.\n\n"
    for n, title in [
        ("10", "Directors"),
        ("11", "Executive Compensation"),
        ("12", "Security Ownership"),
        ("13", "Relations"),
    ]
)


@pytest.mark.parametrize(
    "table",
    [
        "Item 1. Business 3\nItem 1A. Risk Factors 9\nItem 2. Properties 12\nItem 3. Legal Proceedings 12\n",
        "Item 1. | Business | 3\nItem 1A. | Risk Factors | 9\nItem 2. | Properties | 12\nItem 3. | Legal | 13\n",
        "Item 1. Business .......... 3\nItem 1A. Risk Factors .......... 9\n",
        "Item 1. Business\n\nItem 1A. Risk Factors\n\nItem 2. Properties\n\nItem 3. Legal Proceedings\n",
        "Item 1. Item 1A. Item 2. Business 3 Risk Factors 9\nItem 2. Item 3. Properties 12\nItem 3. Legal 13\n",
    ],
)
def test_entries_of_a_table_of_contents_are_no_items(table: str):
    head = f"FORM 10-K\n\nTABLE OF CONTENTS\n\nPART I\n{table}PART III\nItem 10. Directors\n\n"
    text = f"{head}PART I\n\n{BODY}PART III\n\n{STUBS}"
    parts = parts_of(text, 0, len(text), "10-K")
    assert [p.number for p in parts if p.kind == "item"] == ["1", "1A", "2", "3", "10", "11", "12", "13"]
    (contents,) = [p for p in parts if p.kind == "contents"]
    assert contents.title == "TABLE OF CONTENTS"
    assert contents.end <= text.index("PART I\n\nItem 1. Business\n\nWords")
    assert kinds(parts, "part") == [("part", "I", ""), ("part", "III", "")]
    (cover,) = [p for p in parts if p.kind == "cover"]
    assert (cover.start, cover.end) == (0, contents.start)


def test_an_index_of_cross_references_at_the_end():
    index = "CROSS REFERENCE INDEX\n\nItem 1. Business 3\nItem 2. Properties 4\nItem 3. Legal Proceedings 5\n"
    text = BODY + index
    assert [n for n, _ in items(text)] == ["1", "1A", "2", "3"]
    assert [text[p.start : p.end].rstrip() for p in parts_of(text, 0, len(text), "10-K") if p.kind == "contents"] == [
        index.rstrip()
    ]


def test_a_stub_ends_where_the_next_item_begins():
    text = f"PART III\n\n{STUBS}PART IV\n\nItem 15. Exhibits\n\nNone.\n"
    parts = parts_of(text, 0, len(text), "10-K")
    stub = next(p for p in parts if p.number == "13")
    assert text[stub.start : stub.end].endswith("proxy statement.\n\n")
    assert [text[p.start : p.end].split()[1] for p in parts if p.kind == "part"] == ["III", "IV"]


def test_a_bold_heading_does_not_end_its_item():
    before = "**Item 1. Business**\n\nWords.\n\n**Our Pipeline**\n\nMore.\n\n**Our Team**\n\nPeople.\n\n"
    text = f"{before}**Item 1A. Risk Factors**\n\nMany.\n"
    business, *inner = [p for p in parts_of(text, 0, len(text), "10-K") if p.start < text.index("Item 1A")][1:]
    assert text[business.start : business.end].endswith("People.\n\n**")
    assert [p.title for p in inner] == ["Our Pipeline", "Our Team"]


def test_running_heads_do_not_cut_their_item():
    page = "Words of some length. " * 50
    again = f"PART I\n\nItem 1. Business (continued)\n\n{page}\n\n"
    text = f"PART I\n\nItem 1. Business\n\n{page}\n\n{again}Item 2. Properties\n\nNone.\n"
    parts = parts_of(text, 0, len(text), "10-K")
    assert kinds(parts, "part", "item") == [("part", "I", ""), ("item", "1", "Business"), ("item", "2", "Properties")]


def test_the_two_parts_of_a_quarterly_report():
    text = (
        "Part I | Financial Information\nItem 1. | Financial Statements | 1\nItem 2. | Management’s Discussion | 9\n"
        "Part II | Other Information\nItem 1. | Legal Proceedings | 12\nItem 6. | Exhibits | 13\n\n"
        f"PART I — FINANCIAL INFORMATION\n\nItem 1. Financial Statements\n\n{'Words. ' * 300}\n\n"
        f"Item 2. Management’s Discussion\n\n{'Words. ' * 300}\n\nPart II, Item 1A tells more.\n\n"
        "PART II. OTHER INFORMATION\n\nItem 1. Legal Proceedings\n\nNone.\n\nItem 1A. Risk Factors\n\nNone.\n\n"
        "Item 6. Exhibits\n\nEXHIBIT INDEX\n\n31.1 | Certification\n\nSIGNATURES\n\nBy: /s/ Jane Doe\n"
    )
    parts = parts_of(text, 0, len(text), "10-Q")
    assert kinds(parts, "part", "item", "exhibits", "signatures") == [
        ("part", "I", "FINANCIAL INFORMATION"),
        ("item", "1", "Financial Statements"),
        ("item", "2", "Management’s Discussion"),
        ("part", "II", "OTHER INFORMATION"),
        ("item", "1", "Legal Proceedings"),
        ("item", "1A", "Risk Factors"),
        ("item", "6", "Exhibits"),
        ("exhibits", None, "EXHIBIT INDEX"),
        ("signatures", None, "SIGNATURES"),
    ]
    six, index = (next(p for p in parts if (p.kind, p.number) == k) for k in (("item", "6"), ("exhibits", None)))
    assert six.start < index.start < index.end == six.end


def test_what_a_20_f_letters():
    text = (
        "ITEM 4. INFORMATION ON THE COMPANY\n\nA. History and Development of the Company\n\nWords.\n\n"
        "B. Business Overview\n\nB. Riley is a name. C. Vale too.\n\nITEM 4A. UNRESOLVED STAFF COMMENTS\n\nNone.\n\n"
        "ITEM 10. ADDITIONAL INFORMATION\n\n10.A. Share Capital\n\nNone.\n\nItem 10.C. Material Contracts\n\n"
        "We license from Alnora.\n\nITEM 16A. AUDIT COMMITTEE FINANCIAL EXPERT\n\nYes.\n"
    )
    assert [n for n, _ in items(text, "20-F")] == ["4", "4.A", "4.B", "4A", "10", "10.A", "10.C", "16A"]
    parts = parts_of(text, 0, len(text), "20-F")
    ten, contracts = (next(p for p in parts if p.number == n) for n in ("10", "10.C"))
    assert contracts.title == "Material Contracts"
    assert text[contracts.start : contracts.end].endswith("Alnora.\n\n")
    assert ten.end == contracts.end
    assert [n for n, _ in items(text, "EX-99.1")].count("4.A") == 0


def test_clauses_of_a_schedule_are_its_items():
    text = "Item 1(a). Name of Issuer:\n\nAlnora, Inc.\n\nItem 1(b). Address\n\nItem 2. Identity\n"
    assert items(text, "SC 13G") == [("1(a)", "Name of Issuer"), ("1(b)", "Address"), ("2", "Identity")]


def test_parts_of_a_press_release():
    text = (
        "Alnora announces results\n\nBOSTON, May 3, 2011 -- Alnora today announced results.\n\nAbout Alnora\n\n"
        "Alnora makes medicines.\n\n**About Vale.** Vale sells them.\n\n"
        "This press release contains forward-looking statements. They may fail.\n\nContact:\nJane Doe\n"
    )
    parts = [p for p in parts_of(text, 0, len(text), "EX-99.1") if p.kind != "heading"]
    assert [(p.kind, p.title, text[p.start : p.end].strip(" *\n").split()[-1]) for p in parts] == [
        ("about", "About Alnora", "medicines."),
        ("about", "About Vale", "them."),
        ("forward-looking", "", "fail."),
    ]


def test_what_only_looks_like_an_about_section():
    text = "We have treated many of the patients who took part in the trial.\nAbout 30 patients stayed\nto its end.\n"
    assert parts_of(text, 0, len(text), "EX-99.1") == ()


def test_signatures_end_with_their_last_line():
    text = (
        "We promise.\n\nIN WITNESS WHEREOF, the parties have signed.\n\n"
        "ALNORA, INC.\n\nBy: /s/ Jane Doe\nTitle: President\n\n"
        f"Schedule A\n\n{'The compounds are listed here. ' * 60}\n"
    )
    (block,) = [p for p in parts_of(text, 0, len(text), "EX-10.1") if p.kind == "signatures"]
    assert text[block.start : block.end].startswith("IN WITNESS")
    assert text[block.start : block.end].endswith("Title: President")
    words = "Pursuant to the requirements of the Securities Exchange Act, signed."
    unheaded = f"Item 8.01. Other Events\n\nWords.\n\n{words}\n\nBy: /s/ J\n"
    assert [p.kind for p in parts_of(unheaded, 0, len(unheaded), "8-K")] == ["item", "signatures"]


def documents(evaluation: Path, pattern: str) -> tuple[Document, ...]:
    (path,) = (evaluation / "dev").glob(pattern)
    (source,) = find_sources([str(path)])
    return tuple(d for d in read_filing(source).documents if d.sequence)


ANNUAL = [*("1", "1A", "1B", "2", "3", "4", "5", "6", "7", "7A", "8", "9", "9A", "9B", "9C"), *map(str, range(10, 17))]


@pytest.mark.parametrize(
    ("pattern", "numbers"),
    [
        ("biopharma_10k_md/Aptevo*.md", ANNUAL),
        ("biopharma_10k_md/Bionano*.md", ANNUAL),
        ("biopharma_10k_md/DiaMedica*.md", ANNUAL),
        ("biopharma_10k_md/INMUNE*.md", [n for n in ANNUAL if n != "9C"]),
        ("biopharma_10k_md/Kiniksa*.md", ANNUAL),
        ("biopharma_10k_md/NeoGenomics*.md", ANNUAL),
        ("biopharma_10k_md/Senti*.md", ANNUAL),
        ("biopharma_10k_md/Terns*.md", ANNUAL),
        ("edgar_fixtures/biopharma/AbbVie*.html", [*ANNUAL[:3], "1C", *ANNUAL[3:]]),
        ("edgar_fixtures/biopharma/AEON*.htm", ["1", "2", "3", "4", "1", "1A", "2", "3", "4", "5", "6"]),
        ("edgar_fixtures/biopharma/ABVC*.txt", ["2.02", "4.02", "7.01", "9.01"]),
        ("edgar_fixtures/generic/0001011438*.txt", ["7"]),
        ("edgar_fixtures/generic/parity_0001104659*.html", ["9"]),
        ("edgar_fixtures/generic/afc*.html", ["5.02", "7.01", "9.01"]),
    ],
)
def test_items_of_real_reports(evaluation, pattern, numbers):
    main = documents(evaluation, pattern)[0]
    assert [p.number for p in main.parts if p.kind == "item"] == numbers
    assert [p.kind for p in main.parts if p.kind == "signatures"][:1] == ["signatures"]
    assert len([p for p in main.parts if p.kind == "contents"]) <= 1


def test_parts_lie_inside_each_other(evaluation):
    for pattern in ("edgar_fixtures/biopharma/AbbVie*.html", "biopharma_10k_md/Senti*.md"):
        for document in documents(evaluation, pattern):
            open_: list[Part] = []
            for part in document.parts:
                while open_ and open_[-1].end <= part.start:
                    open_.pop()
                assert not open_ or part.end <= open_[-1].end
                open_.append(part)


OTHER = (
    "Item 1.01 ",
    "Item 4A",
    "IN WITNESS WHEREOF",
    "CONTENTS\n",
    "A. History\n",
    "forward-looking statements",
    "Words go on ",
    "About Vale\n",
)


@given(
    st.lists(
        st.sampled_from(
            [
                "PART I\n",
                "Item 1. Business",
                "Item 1A.",
                " | 3\n",
                "\n\n",
                "SIGNATURES\n",
                "EXHIBIT INDEX\n",
                "**",
                "(",
                *OTHER,
            ]
        )
    ),
    st.sampled_from(["10-K", "20-F", "SC 13G", "EX-99.1", ""]),
)
def test_any_order_of_pieces_gives_spans_inside_the_text(pieces: list[str], type_: str):
    text = "".join(pieces)
    for part in parts_of(text, 0, len(text), type_):
        assert 0 <= part.start < part.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "Item 1. Business\n",
        "PART I\n",
        "SIGNATURES\n",
        "EXHIBIT INDEX\n\n",
        "About Alnora\n\n",
        "Item 1 and ",
        "\n\n",
        " \t",
        "<a>",
        "<a> #",
        "CONTENTS\n",
    ],
)
def test_monotonous_text_ends_soon(piece: str):
    text = piece * (400_000 // len(piece))
    started = time.process_time()
    parts_of(text, 0, len(text), "10-K")
    assert time.process_time() - started < 10
