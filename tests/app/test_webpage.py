"""Answers as an HTML page, parsed; tests/browser opens one."""

import re

import pytest
from lxml import html

from biopact.app.sheet import sheet
from biopact.app.webpage import webpage

FILING = "filing/0000012345-10-000003"
ADDRESS = "https://www.sec.gov/Archives/edgar/data/12345/000001234510000003/0000012345-10-000003-index.htm"
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</td></table><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "$title ${rows} $script",
    "&lt;b&gt; &amp; 'quoted'",
]


def parsed(*values: object) -> html.HtmlElement:
    made = sheet(("what", "filing"), [(v, FILING) for v in values], title=str(values[0]), links={FILING: ADDRESS})
    return html.document_fromstring(webpage(made))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_filing_says_is_text_everywhere(text: str) -> None:
    page = parsed(text)
    assert [page.findtext(".//h1"), page.findtext(".//title")] == [text, text]
    assert page.xpath("//tbody//td[1]//text()") == [text]
    assert len(page.findall(".//script")) == 1
    assert not page.xpath("//img | //svg | //b")
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]


def test_a_column_is_text_too() -> None:
    page = html.document_fromstring(webpage(sheet(('"><img src=x>',), [(1,)])))
    assert page.xpath("//th//text()") == ['"><img src=x>']
    assert page.xpath("//td/@data-label") == ['"><img src=x>']
    assert not page.xpath("//img")


def test_marks_that_turn_text_round_are_left_out_and_cells_stand_alone() -> None:
    page = parsed("safe\u202egnp.exe", "شركة", "line\nbreak\x1b[2J")
    assert page.xpath("//tbody//td[1]/bdi/text()") == ["safegnp.exe", "شركة", "line break[2J"]


def test_filings_and_addresses_are_links_and_nothing_else_is() -> None:
    page = parsed("javascript:alert(1)", "https://example.org/?a=1&b=\"'", ["https://example.org/1", "x"], "data:,x")
    expected = [ADDRESS, "https://example.org/?a=1&b=\"'", ADDRESS, "https://example.org/1", ADDRESS, ADDRESS]
    assert page.xpath("//a/@href") == expected
    assert set(page.xpath("//a/@rel")) == {"noopener noreferrer"}


def test_numbers_sort_as_numbers_and_are_read_in_groups() -> None:
    page = html.document_fromstring(webpage(sheet(("upfront_usd",), [(45_000_000.0,), (None,), (2.5,)])))
    assert page.xpath("//td[@data-sort]/@data-sort") == ["45000000.0", "2.5"]
    assert page.xpath("//td//text()") == ["45,000,000", "2.5"]
    assert page.xpath("//th/@class") == ["n"]


def test_the_page_asks_no_address_for_anything() -> None:
    text = webpage(sheet(("a",), [("b",)], title="T"))
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//|@import|url\(""", text)
    policy = html.document_fromstring(text).xpath("//meta[@http-equiv]/@content")
    assert policy[0].startswith("default-src 'none'; script-src 'sha256-")


def test_an_empty_answer_is_a_page() -> None:
    assert html.document_fromstring(webpage(sheet(("a",), []))).findtext(".//p[@id='count']") == "0 rows"
