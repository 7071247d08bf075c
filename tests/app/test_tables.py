"""Answers in each form, with text that would rather be markup, a formula or a terminal command."""

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biopact.app.tables import FORMATS, cell, printable, render

# A busy machine is slow to make its first text, which says nothing about the code.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

COLUMNS = ("name", "value")
NASTY = '=HYPERLINK("x")|<b>\x1b[2J\n[red]bold[/red]'


def test_a_table_shows_markup_as_text_and_swallows_control_characters() -> None:
    text = render(COLUMNS, [(NASTY, 1)], "table")
    assert "[red]bold[/red]" in text
    assert "\x1b" not in text
    assert len(text.splitlines()) == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "\uff1d", "\x00", "\x1b"])
def test_csv_never_begins_a_cell_with_a_formula(start: str) -> None:
    rows = list(csv.reader(io.StringIO(render(COLUMNS, [(f"{start}1+1", -5)], "csv"), newline="")))
    assert rows[1:] == [["'" + start.replace("\r", "\n") + "1+1", "-5"]]


def test_csv_joins_lists_and_leaves_unknown_values_empty() -> None:
    assert render(COLUMNS, [(["a", "b"], None), (True, {"k": 1})], "csv") == 'name,value\na; b,\ntrue,"{""k"": 1}"\n'


def test_csv_defuses_a_list_by_its_first_element() -> None:
    assert render(COLUMNS, [(["=1", "b"], None)], "csv").splitlines()[1] == "'=1; b,"


def test_markdown_keeps_one_row_a_row() -> None:
    lines = render(COLUMNS, [(NASTY, None)], "markdown").splitlines()
    assert lines[1] == "| --- | --- |"
    assert lines[2].startswith('| =HYPERLINK("x")\\|&lt;b>')


@patient
@given(st.lists(st.tuples(st.text(), st.one_of(st.none(), st.integers(), st.text())), max_size=5))
def test_json_forms_give_back_what_went_in(rows: list[tuple[str, object]]) -> None:
    expected = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    assert json.loads(render(COLUMNS, rows, "json")) == expected
    lines = render(COLUMNS, rows, "jsonl").split("\n")
    assert [json.loads(line) for line in lines if line] == expected


@patient
@given(st.text())
def test_printable_text_is_one_line_of_printable_characters(text: str) -> None:
    assert printable(text) == "" or printable(text).isprintable()


@pytest.mark.parametrize("format", FORMATS)
def test_every_form_survives_no_rows(format: str) -> None:
    assert isinstance(render(COLUMNS, [], format), str)


def test_numbers_keep_their_small_digits() -> None:
    assert [cell(v) for v in (0.125, 8.4, 45_000_000.0, -3, False)] == ["0.125", "8.4", "45,000,000", "-3", "no"]
