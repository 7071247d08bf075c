"""Every view of the explorer in a browser that can reach nothing else, and the whole story once, also on Neo4j."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from biopact.app.explorer.address import NETWORK
from biopact.app.explorer.page import VIEWS
from biopact.graph.ledger import Ledger
from biopact.graph.store import synchronise
from tests.app.world import FILINGS, FORMULA, IMAGE, facts, world
from tests.browser.conftest import SIZES, Visit
from tests.browser.serving import explorer, served
from tests.servers.stores import Opened

STARTS = [("focus", f"company/{name}") for name in ("alder-bio", "birchwood-pharma", "cedar-therapeutics")]

UPLOADED = Path(__file__).parents[2] / "examples" / "samples" / "03-kestrelmoor-8-K-collaboration.txt"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("viewed")
    for filing, *_ in FILINGS.values():
        Ledger(folder / "ledger").put(facts(filing))
    with explorer(folder, world()) as where:
        yield where


def visited(browser: Browser, address: str, size: str, theme: str) -> Visit:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(60_000)
    visit = Visit(context.new_page(), (address, address.replace("http", "ws")))
    visit.watch()
    return visit


def rest(page: Page) -> None:
    """Wait until Streamlit has drawn all of it."""
    page.wait_for_selector("[data-testid=stSegmentedControl], [data-testid=stButtonGroup]")
    page.wait_for_function(
        "() => !document.querySelector('[data-testid=stStatusWidget], [data-testid=stSkeleton], .stSpinner')"
    )
    page.wait_for_timeout(500)


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_every_view_can_be_read_by_everyone_and_asks_for_nothing(
    size: str, theme: str, browser: Browser, address: str
) -> None:
    visit = visited(browser, address, size, theme)
    page, found = visit.page, []
    for view in (NETWORK, *VIEWS):
        page.goto(f"{address}?{urlencode([('view', view), *STARTS, ('pick', 'company/alder-bio')])}")
        rest(page)
        expect(page.get_by_role("radio", name=view, exact=True)).to_be_checked()
        assert page.locator("[data-testid=stException]").count() == 0
        broken = (v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical"))
        found += [(view, v["id"], [node["target"] for node in v["nodes"]]) for v in broken]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((view, "runs over the edge", []))
        assert page.locator("img[src=x]").count() == 0
        assert page.title() != "owned"
    assert found == []
    assert visit.strange == []
    page.context.close()


def story(page: Page, address: str) -> None:
    """Search, expand, read, go back in time, compare, take along."""
    page.goto(address)
    rest(page)
    box = page.get_by_role("combobox", name="Start from")
    box.click()
    box.fill("firwood")
    page.get_by_role("option", name="Firwood University").first.click()
    page.keyboard.press("Escape")
    page.wait_for_url("**focus=company%2Ffirwood-university*")
    page.wait_for_selector(".network canvas")
    page.goto(f"{page.url}&pick=company/cedar-therapeutics")
    page.get_by_role("button", name="Add its neighbours to the picture").click()
    page.wait_for_url("**focus=company%2Fcedar-therapeutics*")
    rest(page)
    page.locator(".network").evaluate(
        """async box => {  // a page takes its time to draw what it was told
            while (!box.network.body.data.nodes.get("company/alder-bio")) await new Promise(r => setTimeout(r, 100));
        }"""
    )
    page.get_by_role("button", name="Take along").first.click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="A document, for a memo").click()
    assert "Cedar Therapeutics and Firwood University work together" in Path(waiting.value.path()).read_text("utf-8")
    page.goto(f"{address}?focus=company/alder-bio&pick=company/alder-bio&as_of=2024-12-31")
    rest(page)
    expect(page.get_by_text("as of 2024-12-31: 1 of 2 filings were known")).to_be_visible()
    page.goto(f"{address}?{urlencode([('view', 'Partner overlap'), *STARTS])}")
    expect(page.get_by_text("Partners that each pair shares")).to_be_visible()
    page.goto(f"{address}?view=Upload")
    page.locator("input[type=file]").set_input_files(UPLOADED)
    expect(page.get_by_text("nothing of it is loaded yet")).to_be_visible(timeout=60_000)
    page.goto(f"{address}?view=Deals")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as CSV").click()
    rows = list(csv.reader(Path(waiting.value.path()).read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 12
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert any(IMAGE in cell for row in rows for cell in row)
    assert any(FORMULA in cell for row in rows for cell in row)


def test_the_story(browser: Browser, address: str) -> None:
    visit = visited(browser, address, "desktop", "light")
    story(visit.page, address)
    assert visit.strange == []
    visit.page.context.close()


def test_the_story_on_neo4j(browser: Browser, open_stores: Callable[[str], Opened], tmp_path: Path) -> None:
    store, environment = open_stores("neo4j-5.26")
    for filing, *_ in FILINGS.values():
        Ledger(tmp_path / "ledger").put(facts(filing))
    synchronise(store, world())
    known = {**environment, "BIOPACT_LEDGER": str(tmp_path / "ledger")}
    with served(tmp_path, store.name, known) as address:
        visit = visited(browser, address, "desktop", "light")
        story(visit.page, address)
        assert visit.strange == []
        visit.page.context.close()


@pytest.mark.parametrize("size", list(SIZES))
def test_the_whole_document_opens_at_the_words(size: str, browser: Browser, address: str) -> None:
    visit = visited(browser, address, size, "light")
    page = visit.page
    hostile = next(n.id for n in world().nodes.values() if n.name == IMAGE)
    page.goto(f"{address}?pick={hostile}")
    page.get_by_role("button", name="Show the whole document").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("document")).to_contain_text("Our partners. We have licensed Thornlink")
    words = dialog.locator("mark")
    expect(words).to_contain_text(f"We also work with {IMAGE}")
    expect(words).to_be_in_viewport()
    expect(dialog.get_by_text("filed 2025-02-20")).to_be_visible()
    broken = Axe().run(page).response["violations"]
    assert [v["id"] for v in broken if v["impact"] in ("serious", "critical")] == []
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    assert page.title() != "owned"
    assert visit.strange == []
    page.context.close()


def place(page: Page) -> list[int]:
    """Where the company stands in the picture."""
    at = "box => Object.values(box.network.getPositions(['company/alder-bio'])['company/alder-bio']).map(Math.round)"
    return list(page.locator(".network").evaluate(at))


def test_the_picture_is_taken_along_and_stays_where_it_was_put(browser: Browser, address: str) -> None:
    visit = visited(browser, address, "desktop", "light")
    page = visit.page
    page.goto(f"{address}?focus=company/alder-bio")
    page.wait_for_selector(".network canvas")
    rest(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the picture as SVG").click()
    drawing = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "&lt;img src=x onerror=" in drawing
    assert "<img" not in drawing
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the picture as PNG").click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"\x89PNG")
    at = page.locator(".network").evaluate(
        """box => {
            const spot = box.network.canvasToDOM(box.network.getPositions(["company/alder-bio"])["company/alder-bio"]);
            const frame = box.getBoundingClientRect();
            return [frame.x + spot.x, frame.y + spot.y];
        }"""
    )
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] + 40, at[1] + 90, steps=5)
    page.mouse.up()
    moved = place(page)
    page.get_by_text("Timeline", exact=True).click()
    page.wait_for_url("**view=Timeline*")
    page.get_by_text("Network", exact=True).click()
    page.wait_for_selector(".network canvas")
    rest(page)
    assert place(page) == moved
    assert visit.strange == []
    page.context.close()
