"""The self-contained page in a browser that can reach nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from biopact.app.network import write_page
from tests.app.world import IMAGE, MARKDOWN, SCRIPT, large, world
from tests.browser.conftest import SIZES, Visit

LICENCE = next(
    e.id for e in world().edges.values() if e.type == "LICENSES_TO" and e.target == "company/birchwood-pharma"
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    write_page(world(), folder / "small.html", title=f"A little world {IMAGE}")
    write_page(large(1204), folder / "large.html", title="A larger world")
    return folder


@pytest.fixture
def visit(browser: Browser, files: Path, size: str) -> Iterator[Visit]:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    context.set_offline(True)
    visit = Visit(context.new_page(), files.as_uri())
    visit.watch()
    visit.page.goto(f"{files.as_uri()}/small.html")
    visit.page.wait_for_selector("html[data-ready]")
    yield visit
    assert visit.strange == []
    assert visit.page.title() != "owned"
    context.close()


def test_search_click_a_line_and_read(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("combobox").fill("birch")
    page.get_by_role("option").first.click()
    panel = page.locator("#panel")
    expect(panel.get_by_role("heading", level=2)).to_have_text("Birchwood Pharma")
    visit.click_line(LICENCE)
    expect(panel.get_by_role("heading", level=2)).to_have_text("Alder Bio licenses to Birchwood Pharma")
    expect(panel.locator("blockquote").first).to_contain_text("Alder Bio grants Birchwood Pharma an exclusive license")
    expect(panel.locator("figcaption").first).to_contain_text("8-K · EX-99.1 · filed 2024-03-04")
    expect(panel.get_by_text("redacted")).to_be_visible()
    panel.get_by_role("button", name="Close").click()
    expect(panel.get_by_role("heading", level=2)).to_contain_text("Click a line")


def test_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("/")
    page.keyboard.type("thornlink")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel).to_be_focused()
    expect(panel.get_by_role("heading", level=2)).to_have_text("Thornlink")
    words = panel.get_by_role("button", name="Words behind: owns Alder Bio")
    words.focus()
    page.keyboard.press("Enter")
    expect(panel.locator("blockquote").first).to_contain_text("owns the Thornlink technology")
    page.keyboard.press("Escape")
    expect(panel.get_by_role("heading", level=2)).to_contain_text("Click a line")


def test_nothing_of_that_name(visit: Visit) -> None:
    visit.page.get_by_role("combobox").fill("zzz")
    expect(visit.page.locator("#found")).to_have_text("Nothing of that name in this picture")


def test_filter_by_type(visit: Visit) -> None:
    page = visit.page
    if not page.locator("#legend").evaluate("d => d.open"):
        page.get_by_text("Legend and filter").click()

    def hidden(of: str, kind: str) -> set[bool]:
        return set(
            page.locator("#network").evaluate(
                "(b, [of, kind]) => b.network.body.data[of].get().filter(r => r.kind === kind).map(r => !!r.hidden)",
                [of, kind],
            )
        )

    assert hidden("nodes", "Agreement") == {True}
    page.get_by_label("Agreement").check()
    assert hidden("nodes", "Agreement") == {False}
    page.get_by_label("Company").uncheck()
    assert hidden("nodes", "Company") == {True}
    assert hidden("edges", "LICENSES_TO") == {True}
    page.get_by_label("Company").check()
    page.get_by_label("licenses to").uncheck()
    assert hidden("edges", "LICENSES_TO") == {True}
    assert hidden("edges", "COLLABORATES_WITH") == {False}


@pytest.mark.parametrize("name", [IMAGE, SCRIPT, MARKDOWN])
def test_hostile_names_are_text_wherever_they_are_shown(visit: Visit, name: str) -> None:
    page = visit.page
    page.get_by_role("combobox").fill(name[:12])
    expect(page.get_by_role("option").first).to_contain_text(name)
    page.get_by_role("option").first.click()
    expect(page.locator("#panel h2")).to_have_text(name)
    expect(page.locator("#panel blockquote").first).to_contain_text(name)
    assert page.locator("#panel img, #panel script, #panel a[href^=javascript]").count() == 0


def test_a_link_opens_the_same_card(visit: Visit) -> None:
    page = visit.page
    page.evaluate("id => { location.hash = encodeURIComponent(id); }", LICENCE)
    expect(page.locator("#panel h2")).to_have_text("Alder Bio licenses to Birchwood Pharma")
    page.evaluate("() => { location.hash = '%E0%A4%A'; }")
    expect(page.locator("#panel h2")).to_contain_text("Click a line")
    page.evaluate("() => { location.hash = 'constructor'; }")
    expect(page.locator("#panel h2")).to_contain_text("Click a line")


def test_nothing_runs_over_the_edge(visit: Visit) -> None:
    page = visit.page
    page.evaluate("id => { location.hash = encodeURIComponent(id); }", f"company/{SCRIPT}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_larger_world_is_cut_and_drawn_at_once(visit: Visit) -> None:
    page = visit.page
    page.goto(page.url.replace("small.html", "large.html").partition("#")[0])
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("#count")).to_contain_text("of 1,204, the most connected")
    before = page.locator("#network").evaluate("b => JSON.stringify(b.network.getPositions())")
    page.wait_for_timeout(300)
    assert page.locator("#network").evaluate("b => JSON.stringify(b.network.getPositions())") == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark(browser: Browser, files: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{files.as_uri()}/small.html")
    page.wait_for_selector("html[data-ready]")
    font = page.locator("#network").evaluate("b => b.network.body.data.nodes.get('company/alder-bio').font.color")
    assert font == {"light": "#0f172a", "dark": "#f1f5f9"}[scheme]
    assert (
        page.evaluate("getComputedStyle(document.body).color")
        == {
            "light": "rgb(15, 23, 42)",
            "dark": "rgb(241, 245, 249)",
        }[scheme]
    )
    context.close()
