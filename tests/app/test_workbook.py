"""Answers in Excel, read back."""

import io
from datetime import datetime

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from biopact.app.sheet import Sheet, sheet
from biopact.app.workbook import workbook
from biopact.ontology.errors import ValidationError

COLUMNS = ("name", "date", "upfront_usd", "stated", "filing", "company_id")
FILING = "filing/0000012345-10-000003"
ADDRESS = "https://www.sec.gov/Archives/edgar/data/12345/000001234510000003/0000012345-10-000003-index.htm"


def read(content: bytes) -> Worksheet:
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert isinstance(page, Worksheet)
    return page


def cells(value: object) -> Cell:
    found = read(workbook(sheet(("=SUM(A1)",), [(value,)])))["A2"]
    assert isinstance(found, Cell)
    return found


def test_values_have_their_types_and_formats() -> None:
    row = ("Alnora", "2019-03-04", 45_000_000.0, True, FILING, "company/alnora")
    page = read(workbook(sheet(COLUMNS, [row], title="Deals: 2019", links={FILING: ADDRESS})))
    assert page.title == "Deals  2019"
    assert [c.value for c in page[1]] == ["Name", "Date", "Upfront, USD", "Stated", "Filing", "Company id"]
    name, day, upfront, stated, filing, _ = page[2]
    assert (name.value, day.value, day.number_format) == ("Alnora", datetime(2019, 3, 4), "yyyy-mm-dd")
    assert (upfront.value, upfront.number_format, stated.value) == (45_000_000, "#,##0", True)
    assert filing.hyperlink is not None and filing.hyperlink.target == ADDRESS
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:F2")
    assert (page.column_dimensions["A"].width, page.column_dimensions["E"].width) == (8, 29)


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", '=HYPERLINK("x")', "#N/A", "{=1}"])
def test_text_is_never_a_formula(text: str) -> None:
    found = cells(text)
    assert (found.value, found.data_type, found.quotePrefix) == (text, "s", True)


def test_a_title_is_never_a_formula() -> None:
    title = read(workbook(sheet(("=SUM(A1)",), [])))["A1"]
    assert isinstance(title, Cell)
    assert (title.value, title.data_type) == ("=SUM(A1)", "s")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\x00b\x1b[2J\x0b\ufffe", "ab[2J"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("a\ud800b", "ab"),
        ("شركة <b>", "شركة <b>"),
        ("x" * 40_000, "x" * 32_765 + " …"),
        ("2019-03", "2019-03"),
        ("2019-02-30", "2019-02-30"),
        (["a", "=b"], "a; =b"),
        (10**15, "1,000,000,000,000,000"),
        (float("nan"), "nan"),
        (None, None),
        (False, False),
        (0.125, 0.125),
    ],
)
def test_what_excel_cannot_hold_is_left_out_or_text(given: object, kept: object) -> None:
    assert cells(given).value == kept


def test_the_same_answer_is_the_same_file() -> None:
    made = sheet(COLUMNS, [("Alnora", None, 1, None, FILING, "c")], title="T", about=("a",), links={FILING: ADDRESS})
    assert workbook(made) == workbook(made)


@pytest.mark.parametrize("name", ["", "History", "a[]:*?/\\'b", "long " * 20, "\x1b"])
def test_any_title_makes_a_sheet(name: str) -> None:
    assert 0 < len(read(workbook(sheet(("a",), [("b",)], title=name))).title) <= 31


def test_more_rows_than_excel_has_are_refused_with_a_way_out() -> None:
    with pytest.raises(ValidationError, match=r"1,048,576 rows.*write \.csv"):
        workbook(Sheet(("a",), [(1,)] * 1_048_576))
