"""Answers as people read them: titles, ids, blocks, links, and cells that would rather be something else."""

import pytest
from rich.cells import cell_len

from biopact.app.sheet import sheet
from biopact.app.tables import markdown, table

FILING = "filing/0000012345-10-000003"
ADDRESS = "https://www.sec.gov/Archives/edgar/data/12345/000001234510000003/0000012345-10-000003-index.htm"
LINKS = {FILING: ADDRESS}


def test_ids_are_left_out_or_come_last() -> None:
    columns, rows = ("deal_id", "deal", "edge", "company"), [("agreement/1", "License", "licenses_to/1", "Alnora")]
    assert sheet(columns, rows).titles == ("Deal", "Company", "Deal id", "Edge")
    assert sheet(columns, rows).rows == [("License", "Alnora", "agreement/1", "licenses_to/1")]
    assert sheet(columns, rows, ids=False).rows == [("License", "Alnora")]


def test_an_answer_of_ids_only_keeps_them() -> None:
    assert sheet(("edge", "company_id"), [("e/1", "c/1")], ids=False).rows == [("e/1", "c/1")]


def test_columns_share_the_width_and_words_stay_whole() -> None:
    rows = [("Quillmere Therapeutics, Inc.", "2018-06-11", "an exclusive license under its patents", 45_000_000.0)] * 3
    made = sheet(("company", "date", "words", "upfront_usd"), rows)
    lines = table(made, 60).splitlines()
    assert max(map(cell_len, lines)) <= 60
    assert all("2018-06-11" in line or "2018" not in line for line in lines)
    assert sum("45,000,000" in line for line in lines) == 3


def test_rows_that_do_not_fit_become_blocks() -> None:
    columns = [f"column {n}" for n in range(12)]
    rows = [[*range(1_000_000, 1_000_010), None, "<b>"], ["second", *[None] * 11]]
    text = table(sheet(columns, rows), 80)
    assert text.startswith("Column 0   1,000,000\nColumn 1   1,000,001\n")
    assert text.endswith("Column 9   1,000,009\nColumn 11  <b>\n\nColumn 0   second\n")


@pytest.mark.parametrize("width", [1, 30, 40, 300])
def test_no_width_loses_a_word(width: int) -> None:
    rows = [("Quillmere", "x" * 90, 12), (None, "“quoted words”", None)]
    shown = table(sheet(("a", "b", "c"), rows), width)
    assert "".join(shown.split()).count("x") == 90
    assert "“quotedwords”" in "".join(shown.split())


def test_a_terminal_gets_addresses_and_a_pipe_does_not() -> None:
    made = sheet(("filing",), [(FILING,), ("https://example.org/a",)], links=LINKS)
    shown = table(made, terminal=True)
    assert f";{ADDRESS}\x1b\\{FILING}\x1b]8;;\x1b\\" in shown
    assert ";https://example.org/a\x1b\\" in shown
    assert "\x1b" not in table(made)


@pytest.mark.parametrize(
    "value", ["javascript:alert(1)", "data:text/html,x", "https://a.example/\x1b]8;;", "file:///x"]
)
def test_only_addresses_of_pages_are_links(value: str) -> None:
    made = sheet(("url",), [(value,)])
    assert made.link(value) is None
    assert "](" not in markdown(made)
    assert "\x1b]8" not in table(made, terminal=True)


def test_markdown_links_filings_and_escapes_the_rest() -> None:
    rows = [(FILING, "[click](javascript:x)", "![i](x)", "*a* _b_ `c` snake_case &lt; AT&T <i>|\\")]
    cells = markdown(sheet(("filing", "b", "c", "d|e"), rows, links=LINKS)).splitlines()
    assert cells[0] == "| Filing | B | C | d\\|e |"
    assert cells[2] == (
        f"| [{FILING}](<{ADDRESS}>) | \\[click\\](javascript:x) | !\\[i\\](x) "
        "| \\*a\\* \\_b\\_ \\`c\\` snake_case \\&lt; AT&T &lt;i>\\|\\\\ |"
    )


def test_a_link_cannot_leave_its_markdown_cell() -> None:
    shown = markdown(sheet(("url",), [("https://a.example/x|y>z\\",)]))
    assert shown.splitlines()[2].endswith("](<https://a.example/x%7Cy%3Ez%5C>) |")
