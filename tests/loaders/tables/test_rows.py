"""Rows and their spans: delimiters, quotation marks, line breaks, encodings, headings, JSON."""

import contextlib
import csv
import io
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biopact.loaders.tables.mapping import columns_of
from biopact.loaders.tables.rows import Fault, Row, records_of, rows_of
from biopact.ontology.errors import FilingError
from tests.loaders.tables.telling import HEAD, MAPPING, agreements, read, told

COLUMNS = columns_of("columns: {licensor: From, licensee: To}")


def cells(text: str) -> list[tuple[int, str, str]]:
    return [(r.number, r.cells["From"], r.cells["To"]) for r in rows_of(text, COLUMNS) if isinstance(r, Row)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    assert cells(f"From{delimiter}To\nA{delimiter}B\n") == [(2, "A", "B")]


def test_headings_may_stand_below_a_title_and_in_any_case() -> None:
    assert cells("All deals, 2020\n\nto ,FROM\nB,A\n") == [(4, "A", "B")]


def test_line_breaks_in_quotes_belong_to_their_row() -> None:
    text = 'From,To\n"A\nof X",B\n"C, ""D""",E\n'
    rows = [r for r in rows_of(text, COLUMNS) if isinstance(r, Row)]
    assert [text[r.start : r.end] for r in rows] == ['"A\nof X",B', '"C, ""D""",E']
    assert [(r.number, r.cells["From"]) for r in rows] == [(2, "A\nof X"), (3, 'C, "D"')]


def test_a_quotation_mark_that_nothing_closes_costs_one_row() -> None:
    filler = "".join(f"A{n},B{n}\n" for n in range(300))
    for text in (f'From,To\nX,Y\n"Z,W\n{filler}', 'From,To\nX,Y\n"Z,W\nA0,B0\nA1,B1\n'):
        found = list(rows_of(text, COLUMNS))
        assert [f.number for f in found if isinstance(f, Fault)] == [3]
        assert [r.cells["From"] for r in found if isinstance(r, Row)][:3] == ["X", "A0", "A1"]


def test_a_row_with_more_cells_than_headings_is_a_fault() -> None:
    found = list(rows_of("From,To\nQuill, Inc.,B\nA,B\nA\n", COLUMNS))
    assert isinstance(found[0], Fault) and "3 cells under 2 headings" in str(found[0])
    assert [r.cells for r in found[1:] if isinstance(r, Row)] == [{"From": "A", "To": "B"}, {"From": "A", "To": ""}]


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(FilingError, match="To missing in From, Towards"):
        list(rows_of("From,Towards\nA,B\n", COLUMNS))
    with pytest.raises(FilingError, match="'From' stands over two columns"):
        list(rows_of("From,To,From\nA,B,C\n", COLUMNS))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    table = (HEAD + "Société Ipê,Müller AG,license,2020,,€5,\r\n").replace("\n", "\r\n")
    facts = told(tmp_path, table.encode(encoding))
    assert {n.name for n in facts.nodes if n.type == "Company"} == {"Société Ipê", "Müller AG"}


OTHER_ROW = '{"From": "A", "To": "C", "Type": "license"}'
JSON_ROW = (
    '{"From": "A", "To": "B", "Type": "license", "Date": "2020-01-02", "Assets": ["X-1", "X-2"], '
    '"Upfront": 4.50, "Royalty": null}'
)


@pytest.mark.parametrize(
    "text",
    [
        f"[{JSON_ROW}]",
        f"{JSON_ROW}\n{OTHER_ROW}\n",
        f'{{"made": "2020", "pages": [1], "deals": [{JSON_ROW}]}}',
        f"  [\n  {JSON_ROW} ,\n {JSON_ROW}\n]\n",
    ],
)
def test_json(text: str, tmp_path: Path) -> None:
    facts = told(tmp_path, text, name="deals.json")
    first = agreements(facts)[0]
    assert first.evidence[0].quote == JSON_ROW
    assert first.properties["upfront_usd"] == 4.5e6
    assert {n.name for n in facts.nodes if n.type == "Compound"} == {"X-1", "X-2"}


def test_objects_in_objects_are_named_by_dots(tmp_path: Path) -> None:
    facts = told(
        tmp_path,
        '[{"a": {"name": "Ald"}, "b": {"name": "Bor"}}]',
        "columns: {company: a.name, partner: b.name}",
        "d.json",
    )
    assert {n.name for n in facts.nodes if n.type == "Company"} == {"Ald", "Bor"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"From": "A", "To": ', "at fault at line 1"), ('[{"From": "A"}]', "To missing"),
        ("[" * 100_000, "nested too deeply"),
        ('[{"From": "A", "To": "B"} {"From": "C"}]', "at fault at line 1"), ("{}", "From, To missing"),
    ],
)  # fmt: skip
def test_broken_json_is_refused(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(FilingError, match=said):
        read(tmp_path, text, "columns: {licensor: From, licensee: To}", "d.json")


def test_the_way_back_is_the_number_of_the_row(tmp_path: Path) -> None:
    document = read(tmp_path, HEAD + "A,B,license,2020,,,\n\nC,D,license,2021,,,\n", MAPPING).documents[0]
    assert document.places.element(document.text.index("C,D")) == "row[4]"


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_characters="\r\0"), max_size=12), min_size=2, max_size=4), max_size=6
    )
)
def test_any_table_comes_back_with_its_spans(table: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    text = out.getvalue()
    if any(cell.count("\n") > 90 for row in table for cell in row):
        return
    records = list(records_of(text, ","))
    assert not any(isinstance(r, Fault) for r in records)
    found = [list(r.cells) for r in records if not isinstance(r, Fault) and r.cells]
    assert found == table
    spans = [(r.start, r.end) for r in records if not isinstance(r, Fault)]
    assert all(a <= b for a, b in spans) and all(b[0] == a[1] + 1 for a, b in pairwise(spans))


@given(st.text(max_size=200))
def test_no_text_raises_anything_but_a_filing_error(text: str) -> None:
    for given_ in (text, "From,To\n" + text, "[" + text, '[{"From":' + text):
        with contextlib.suppress(FilingError):
            list(rows_of(given_, COLUMNS))
