"""The explorer in a browser that can reach nothing but the explorer: open, search, click, read, share."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, TimeoutError, expect

from biopact.graph.ledger import Ledger
from tests.app.world import FILINGS, IMAGE, facts, world
from tests.browser.conftest import SIZES, Visit
from tests.browser.serving import explorer

LICENCE = next(
    e.id for e in world().edges.values() if e.type == "LICENSES_TO" and e.target == "company/birchwood-pharma"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("explored")
    for filing, *_ in FILINGS.values():
        Ledger(folder / "ledger").put(facts(filing))
    with explorer(folder, world()) as where:
        yield where


@pytest.fixture
def visit(browser: Browser, address: str, size: str) -> Iterator[Visit]:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    context.set_default_timeout(60_000)
    visit = Visit(context.new_page(), (address, address.replace("http", "ws")))
    visit.watch()
    visit.page.goto(address)
    visit.page.wait_for_selector(".network canvas")
    yield visit
    visit.page.wait_for_timeout(200)
    assert visit.strange == []
    assert visit.page.title() != "owned"
    context.close()


def test_search_click_a_line_read_and_share(visit: Visit, browser: Browser) -> None:
    page = visit.page
    box = page.get_by_role("combobox").first
    box.click()
    box.fill("birch")
    page.get_by_role("option", name="Birchwood Pharma").first.click()
    page.keyboard.press("Escape")
    page.wait_for_url("**focus=company%2Fbirchwood-pharma*")
    page.wait_for_function(
        "() => !document.querySelector('[data-testid=stApp]').dataset.testScriptState?.includes('running')"
    )
    expect(page.locator(".legend summary")).not_to_contain_text("20")
    quoted = page.locator("mark").first
    for _ in range(3):  # on a busy machine a click can meet the picture while it is drawn anew; a person clicks again
        page.wait_for_timeout(500)
        visit.click_line(LICENCE)
        with suppress(TimeoutError):
            quoted.wait_for(timeout=8_000)
            break
    expect(quoted).to_contain_text("Alder Bio grants Birchwood Pharma an exclusive license")
    expect(page.locator("figcaption").first).to_contain_text("8-K · EX-99.1 · filed 2024-03-04")
    expect(page.locator("blockquote").first).to_contain_text("Under the agreement, Alder Bio grants")
    page.wait_for_url("**pick=licenses_to*")
    shared = browser.new_page()
    shared.goto(page.url)
    expect(shared.locator("mark").first).to_contain_text("Alder Bio grants", timeout=60_000)
    shared.wait_for_selector(".network canvas")
    assert shared.locator(".network").evaluate("b => b.network.getSelectedEdges()") == [LICENCE]
    shared.close()


def test_hostile_names_are_text(visit: Visit, address: str) -> None:
    page = visit.page
    node = next(n for n in world().nodes.values() if n.name == IMAGE)
    page.goto(f"{address}?pick={node.id}")
    expect(page.locator(".bp-title")).to_have_text(IMAGE)
    assert page.locator("img[src=x]").count() == 0
    page.goto(f"{address}?view=Deals")
    expect(page.get_by_text("11 deals")).to_be_visible()
    page.goto(f"{address}?view=Partner%20overlap&focus=company/alder-bio&focus=company/birchwood-pharma")
    expect(page.get_by_text("Partners and the number of deals")).to_be_visible()


def test_nothing_runs_over_the_edge(visit: Visit) -> None:
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_click_on_the_background_closes_the_panel(visit: Visit, address: str) -> None:
    page = visit.page
    page.goto(f"{address}?pick={LICENCE}")
    expect(page.locator("mark").first).to_be_visible()
    page.wait_for_selector(".network canvas")
    page.locator(".network").click(position={"x": 4, "y": 4})
    expect(page.get_by_text("Click a line to read")).to_be_visible()
