"""What a document lists: exhibits, defined terms, rows of tables."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biopact.loaders.filing import Document
from biopact.loaders.structure.definitions import definitions
from biopact.loaders.structure.exhibits import entries, listed_exhibits
from biopact.loaders.structure.parts import parts_of
from biopact.loaders.structure.tables import tables
from tests.loaders.structure.test_parts import documents


def document(text: str, type_: str = "10-K") -> Document:
    return Document(1, type_, text, 0, len(text), parts=parts_of(text, 0, len(text), type_))


ROWS = {
    "html": "Exhibit\nNumber | Description | Form | Date\n3.1 | Certificate of Incorporation | 8-K | 2/9/2021\n"
    "10.23† | License Agreement, dated May 2, 2011, by and between Alnora and Vale | | \n21 | Subsidiaries\n"
    "101.INS | Instance Document\n(1) | Incorporated by reference to our report.\n",
    "markdown": "| **Exhibit<br>Number** | **Description** |\n|---|---|\n| 3.1 | Certificate of Incorporation |\n"
    "| 10.23† | License Agreement, dated May 2, 2011, by and<br>between Alnora and Vale |\n| 21 | Subsidiaries |\n"
    "| 101.INS | Instance Document |\n",
    "columns": "EXHIBIT NO.        DESCRIPTION\n-----------        -----------\n"
    "   3.1             Certificate of Incorporation\n"
    "  10.23†           License Agreement, dated May 2, 2011, by and\n                   between Alnora and Vale\n"
    "  21               Subsidiaries\n 101.INS           Instance Document\n",
    "lines": "Exhibit 3.1 – Certificate of Incorporation\n\n10.23†\n\n"
    "License Agreement, dated May 2, 2011, by and between Alnora and Vale\n\nExhibit 21: Subsidiaries\n\n"
    "101.INS Instance Document\n",
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_every_layout_of_an_index_says_the_same(rows: str):
    before = "Item 8. Statements\n\n10.5 Million were spent.\n\nItem 15. Exhibits\n\nEXHIBIT INDEX\n\n"
    text = f"{before}{rows}\nSIGNATURES\n\n99.1 No\n"
    found = listed_exhibits(document(text))
    assert [(e.number, e.description) for e in found] == [
        ("3.1", "Certificate of Incorporation"),
        ("10.23", "License Agreement, dated May 2, 2011, by and between Alnora and Vale"),
        ("21", "Subsidiaries"),
        ("101.INS", "Instance Document"),
    ]
    assert all(text[e.start : e.end].startswith(e.number) for e in found)


def test_the_list_in_the_item_of_a_current_report():
    text = "Item 9.01. Exhibits\n\n(d) Exhibits\n\n99.1 Press Release dated May 2, 2011\n\nSIGNATURE\n"
    assert [(e.number, e.description) for e in listed_exhibits(document(text, "8-K"))] == [
        ("99.1", "Press Release dated May 2, 2011")
    ]


def test_numbers_in_sentences_are_no_exhibits():
    text = "About 10.5 million shares.\n10.5 million shares were sold.\n2.1 percent\n12.3\n45.6\n"
    assert list(entries(text, 0, len(text))) == []


@pytest.mark.parametrize(
    ("pattern", "numbers", "count"),
    [
        ("edgar_fixtures/biopharma/AbbVie*.html", ["2.1", "10.23", "21", "31.1", "101", "104"], 73),
        ("edgar_fixtures/biopharma/AEON*.htm", ["2.1", "2.1(a)", "31.1", "104"], 21),
        ("biopharma_10k_md/Terns*.md", ["3.1", "10.3(a)", "10.4(b)", "21.1", "23.1"], 44),
        ("biopharma_10k_md/Kiniksa*.md", ["3.1", "10.1", "21.1", "104"], 58),
        ("edgar_fixtures/generic/0001011438*.txt", ["20.1"], 1),
    ],
)
def test_real_indexes(evaluation, pattern, numbers, count):
    found = [e.number for e in listed_exhibits(documents(evaluation, pattern)[0])]
    assert set(numbers) <= set(found)
    assert abs(len(found) - count) <= 0.1 * count


def defined(text: str) -> list[tuple[tuple[str, ...], str | None]]:
    return [(d.terms, text[slice(*d.meaning)] if d.meaning else None) for d in definitions(document(text))]


@pytest.mark.parametrize(
    ("text", "terms", "meaning"),
    [
        ('Alnora Bio, Inc. ("the Company") sells.', ("the Company",), "Alnora Bio, Inc."),
        ('Alnora Bio, Inc., of Boston, Massachusetts (the "Company") sells.', ("Company",), "Alnora Bio, Inc."),
        (
            "Alnora Bio, Inc. (“we,” “us,” “our” or the “Company”) sells.",
            ("we", "us", "our", "Company"),
            "Alnora Bio, Inc.",
        ),
        (
            'a License and Supply Agreement, dated May 2, 2011 (the "Agreement"), with',
            ("Agreement",),
            "License and Supply Agreement",
        ),
        (
            "entered into a license agreement with Vale (the “Vale License Agreement”)",
            ("Vale License Agreement",),
            "Vale",
        ),
        ("under a license agreement (the “License Agreement”)", ("License Agreement",), "license agreement"),
        ('Novalis AG and its affiliates (collectively, "Novalis") said', ("Novalis",), "Novalis AG"),
        ("the Food and Drug Administration (“FDA”)", ("FDA",), "Food and Drug Administration"),
        ("Vale Pharma S.A. (hereinafter referred to as “Licensee”)", ("Licensee",), "Vale Pharma S.A."),
        ("the Asset Purchase Agreement (the Agreement)", ("Agreement",), "Asset Purchase Agreement"),
        ('certain know-how (the "Know-How")', ("Know-How",), "know-how"),
        (
            "In this report, “we,” “us” and the “Company” refer to Alnora Bio, Inc. and its subsidiaries.",
            ("we", "us", "Company"),
            "Alnora Bio, Inc.",
        ),
        ('Unless we say otherwise, references to "Vale" are to Vale Pharma S.A.', ("Vale",), "Vale Pharma S.A."),
        ('"Agreement" shall mean the Supply Agreement', ("Agreement",), "Supply Agreement"),
    ],
)
def test_defined_terms(text: str, terms: tuple[str, ...], meaning: str):
    assert defined(text) == [(terms, meaning)]


@pytest.mark.parametrize(
    "text",
    [
        "Alnora (NASDAQ: ALNR) said",
        "see (a) above",
        "“we” refer to them",
        'he said "no" means',
        '(as "they" say',
        "(the end)",
        "()" * 9,
    ],
)
def test_parentheses_that_define_nothing(text: str):
    assert defined(text) == []


def cells_of(text: str) -> list[list[list[str]]]:
    return [[[text[s:e] for s, e in row] for row in table.rows] for table in tables(document(text, "EX-99"))]


@pytest.mark.parametrize(
    "text",
    [
        "Words.\n\nCompound | Stage | Partner\nAB-1 | Phase 2 | Vale\nAB-2 | Phase 1 | None\n\nMore words.\n",
        "| Compound | Stage | Partner |\n|---|---|---|\n| AB-1 | Phase 2 | Vale |\n| AB-2 | Phase 1 | None |\n\nMore\n",
        "Words.\n\nCompound    Stage      Partner\n--------    -----      -------\nAB-1        Phase 2    Vale\n"
        "AB-2        Phase 1    None\n\nMore words.\n",
        "<TABLE>\n<CAPTION>\nCompound     Stage      Partner\n<S>          <C>        <C>\n"
        "AB-1  ....... Phase 2    Vale\n"
        "AB-2  ....... Phase 1    None\n</TABLE>\n",
    ],
)
def test_tables_are_rows_of_cells(text: str):
    assert cells_of(text) == [
        [["Compound", "Stage", "Partner"], ["AB-1", "Phase 2", "Vale"], ["AB-2", "Phase 1", "None"]]
    ]


def test_justified_prose_is_no_table():
    line = "The  Company  entered  into  an   agreement  with  Vale  that   covers  the  whole  of   Europe\n"
    assert cells_of(line * 5) == []


def test_real_tables_hold_their_rows(evaluation):
    release = documents(evaluation, "edgar_fixtures/generic/BuckleInc.8-K.EX99*.html")[0]
    text = release.text
    found = list(tables(release))
    assert found == sorted(found, key=lambda t: t.start)
    assert ["Gross profit"] in [[text[s:e] for s, e in row][:1] for table in found for row in table.rows]


@given(st.text(alphabet='("“”),.|1 0\nAa“the-', max_size=300))
def test_nothing_raises(text: str):
    given_ = document(text)
    for found in (*definitions(given_), *tables(given_), *listed_exhibits(given_), *entries(text, 0, len(text))):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        '("',
        "(the ",
        '("A" ',
        "A | ",
        "1.1 ",
        "10.1 A\n",
        "A    B\n",
        "<TABLE>",
        "A, ",
        "of A ",
        "“we,” ",
        '"A" and ',
    ],
)
def test_monotonous_text_ends_soon(piece: str):
    text = piece * (200_000 // len(piece))
    given_ = document(text)
    started = time.process_time()
    for _ in (*definitions(given_), *tables(given_), *listed_exhibits(given_), *entries(text, 0, len(text))):
        pass
    assert time.process_time() - started < 10
