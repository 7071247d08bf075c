"""The HTML page of an answer in a browser that can reach nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from biopact.app.sheet import sheet
from biopact.app.webpage import webpage
from tests.browser.conftest import SIZES, Visit

HOSTILE = "<img src=x onerror=document.title='owned'>"
FILING = "filing/0000012345-10-000003"
ROWS = [
    ("Corvane", 45_000_000.0, "2019-03-04", FILING, HOSTILE),
    ("Alnora", None, "2018", FILING, "words " * 60),
    ("Borea", 250_000.0, None, None, "</script><script>document.title='owned'</script>"),
    ("Dorvane " * 12, 6_000_000.0, "2021-12", None, "x" * 300),
]


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("answer") / "answer.html"
    links = {FILING: "https://www.sec.gov/Archives/edgar/data/12345/000001234510000003/"}
    made = sheet(("partner", "upfront_usd", "date", "filing", "quote"), ROWS, title=f"Deals {HOSTILE}", links=links)
    file.write_text(webpage(made), encoding="utf-8")
    return file


@pytest.fixture
def visit(browser: Browser, answer: Path, size: str) -> Iterator[Visit]:
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height})
    seen = Visit(page, answer.as_uri())
    seen.watch()
    page.goto(answer.as_uri())
    yield seen
    assert page.title() == f"Deals {HOSTILE}"
    page.close()
    assert seen.strange == []


def _partners(visit: Visit) -> list[str]:
    return [text[:4] for text in visit.page.locator("tbody tr:visible td:first-child").all_inner_texts()]


def test_nothing_is_wider_than_the_screen(visit: Visit) -> None:
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(visit.page.get_by_text("x" * 300)).to_be_visible()


def test_rows_are_sorted_by_a_column_and_back(visit: Visit, size: str) -> None:
    if size == "phone":
        visit.page.get_by_label("Sort by").select_option("Upfront, USD")
    else:
        visit.page.get_by_role("button", name="Upfront, USD").click()
    assert _partners(visit) == ["Bore", "Dorv", "Corv", "Alno"]  # who does not say comes last
    if size == "phone":
        visit.page.get_by_label("Sort by").select_option("as answered")
    else:
        visit.page.get_by_role("button", name="Upfront, USD").click()
        assert _partners(visit) == ["Corv", "Dorv", "Bore", "Alno"]
        visit.page.get_by_role("button", name="Upfront, USD").click()
    assert _partners(visit) == ["Corv", "Alno", "Bore", "Dorv"]


def test_rows_are_found_by_their_words(visit: Visit) -> None:
    visit.page.get_by_label("Show only rows with").fill("BOREA")
    assert _partners(visit) == ["Bore"]
    expect(visit.page.locator("#count")).to_have_text("1 of 4 rows")


def test_a_filing_is_a_link(visit: Visit) -> None:
    link = visit.page.get_by_role("link", name=FILING).first
    expect(link).to_have_attribute("href", "https://www.sec.gov/Archives/edgar/data/12345/000001234510000003/")
