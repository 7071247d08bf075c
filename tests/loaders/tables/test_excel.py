"""Workbooks: sheets, cells as they are shown, merged cells, formulas, and files that are no workbooks."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from biopact.loaders.sources import Source
from biopact.loaders.tables.mapping import columns_of
from biopact.loaders.tables.reading import read_table
from biopact.ontology.errors import FilingError
from tests.loaders.tables.telling import HEAD, MAPPING, agreements, edges, read, terms, told

HEADINGS = HEAD.strip().split(",")


def packed(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def book() -> Workbook:
    """A title, headings, and three rows, the licensor of the first two in one merged cell."""
    found = Workbook()
    sheet = found.active
    assert sheet is not None
    sheet.title = "Deals"
    for row in (
        ["All our deals"],
        HEADINGS,
        ["Quill\nInc.", "B", "License", date(2018, 6, 11), "X-1", 45, 0.05],
        [None, "C", "License", "Jun 2019", "X-2", 1.5, None],
        ["D", "E", "License", 2020, "X-3", "=2*3", None],
    ):
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    sheet["F3"].number_format = '"€"#,##0'
    sheet["G3"].number_format = "0%"
    return found


def test_cells_are_read_as_they_are_shown(book: Workbook, tmp_path: Path) -> None:
    facts = told(tmp_path, packed(book), name="deals.xlsx")
    assert agreements(facts)[0].evidence[0].quote == "Quill Inc.\tB\tLicense\t2018-06-11\tX-1\t€45\t5%"
    assert edges(facts, "LICENSES_TO") == {
        ("Quill Inc.", "LICENSES_TO", "B"), ("Quill Inc.", "LICENSES_TO", "C"), ("D", "LICENSES_TO", "E"),
    }  # fmt: skip
    assert {t for t in terms(facts) if t[0] == "upfront"} == {
        ("upfront", "stated", 45e6, "EUR"), ("upfront", "stated", 1.5e6, "USD"),
    }  # fmt: skip
    assert ("royalty", "stated", "5%", None) in terms(facts)
    assert facts.faults == (
        "sheet Deals, row 5, column Upfront: a formula without its value; open the workbook in Excel and save it",
    )


def test_sheets(book: Workbook, tmp_path: Path) -> None:
    book.create_sheet("Notes").append(["Nothing", "here"])
    more = book.create_sheet("More")
    more.append(HEADINGS)
    more.append(["F", "G", "License"])
    data = packed(book)
    both = read(tmp_path, data, name="deals.xlsx")
    assert [(d.sequence, d.description) for d in both.documents] == [(1, "Deals"), (2, "More")]
    assert [n.partition(":")[0] for n in both.notes] == ["sheet Notes"]
    one = read(tmp_path, data, MAPPING + "sheet: More\n", "deals.xlsx")
    assert [d.description for d in one.documents] == ["More"]
    with pytest.raises(FilingError, match="no sheet of this name; there are Deals, Notes, More"):
        read(tmp_path, data, MAPPING + "sheet: Other\n", "deals.xlsx")


def test_the_row_numbers_are_those_of_the_sheet(book: Workbook, tmp_path: Path) -> None:
    document = read(tmp_path, packed(book), name="deals.xlsx").documents[0]
    assert document.places.element(document.text.index("D\tE")) == "row[5]"


def _changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            made.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


def test_hostile_workbooks_are_refused(book: Workbook, tmp_path: Path) -> None:
    data = packed(book)
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet'
    path = tmp_path / "deals.xlsx"
    for given, said in (
        (_changed(data, "xl/worksheets/sheet1.xml", b"<worksheet", bomb), "declares entities"),
        (_changed(data, "xl/worksheets/sheet1.xml", b"</row>", b""), "not a readable workbook"),
        (data[:-200], "not a readable workbook"),
        (b"PK\x03\x04 nothing", "not a readable workbook"),
    ):
        path.write_bytes(given)
        with pytest.raises(FilingError, match=said):
            read_table(Source(str(path), path), columns_of(MAPPING))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b" " * 3_000_000)
    path.write_bytes(out.getvalue())
    with pytest.raises(FilingError, match="unpacks to more than 1 MB"):
        read_table(Source(str(path), path, limit=1_000_000), columns_of(MAPPING))
