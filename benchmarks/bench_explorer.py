"""Times of the network page and of the explorer for 50, 200 and 500 drawn nodes, in a real browser.

Run as ``python -m benchmarks.bench_explorer``; needs Chromium on the path and the development packages.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.made_graphs import whole
from biopact.app.network import write_page
from biopact.graph.records import Graph
from tests.app.world import large
from tests.browser.conftest import ARGUMENTS
from tests.browser.serving import explorer

SIZES = (50, 200, 500)  # nodes drawn
EDGES = (1_000, 10_000, 100_000)  # in the store
ROUNDS = 3


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def opened(browser: Browser, url: str, ready: str) -> tuple[float, Page]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(120_000)

    def show() -> None:
        page.goto(url)
        page.wait_for_selector(ready)

    return seconds(show), page


def page_times(browser: Browser, size: int, folder: Path) -> tuple[float, float, float]:
    """To write the page, to its first picture, and from a pick to its panel, in seconds."""
    path = folder / f"{size}.html"
    graph = large(size)
    written = seconds(lambda: write_page(graph, path, title="Benchmark", limit=size))
    shown, picked = [], []
    for _ in range(ROUNDS):
        first, page = opened(browser, path.as_uri(), "html[data-ready]")
        shown.append(first)

        def pick(page: Page = page) -> None:
            page.evaluate("openCard(page.edges[0].id)")
            page.wait_for_selector("#panel blockquote")

        picked.append(seconds(pick))
        page.close()
    return written, statistics.median(shown), statistics.median(picked)


def explorer_times(browser: Browser, graph: Graph, folder: Path, limit: int) -> tuple[float, float, float]:
    """To the first picture of a fresh server, of a second visitor, and from a click to its panel, in seconds."""
    folder.mkdir()
    with explorer(folder, graph) as address:
        address += f"?limit={limit}"
        cold, page = opened(browser, address, ".network canvas")
        page.close()
        warm, picked = [], []
        for _ in range(ROUNDS):
            first, page = opened(browser, address, ".network canvas")
            warm.append(first)
            page.wait_for_timeout(500)

            def pick(page: Page = page) -> None:
                page.mouse.click(*spot(page))
                page.wait_for_selector(".bp-title")

            picked.append(seconds(pick))
            page.close()
    return cold, statistics.median(warm), statistics.median(picked)


def spot(page: Page) -> tuple[float, float]:
    """Where the largest node is on the screen."""
    x, y = page.locator(".network").evaluate(
        """box => {
            const hub = box.network.body.data.nodes.get().reduce((a, b) => (a.size > b.size ? a : b));
            const at = box.network.canvasToDOM(box.network.getPositions([hub.id])[hub.id]);
            const frame = box.getBoundingClientRect();
            return [frame.x + at.x, frame.y + at.y];
        }"""
    )
    return x, y


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no chromium on the path; on Debian: apt-get install chromium")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        folder = Path(name)
        write_page(large(10), folder / "warm.html", title="")  # pyvis takes a second to import
        print("| nodes | page written s | page shown s | card s | explorer cold s | explorer shown s | panel s |")
        print("|---|---|---|---|---|---|---|")
        for size in SIZES:
            shown = explorer_times(browser, large(size), folder / f"nodes-{size}", size)
            times = (*page_times(browser, size, folder), *shown)
            print(f"| {size} | " + " | ".join(f"{t:.2f}" for t in times) + " |", flush=True)
        print("| edges in the store, 100 nodes drawn | explorer, first visitor s | next visitor s | panel s |")
        print("|---|---|---|---|")
        for edges in EDGES:
            shown = explorer_times(browser, whole(edges), folder / f"edges-{edges}", 100)
            print(f"| {edges:,} | " + " | ".join(f"{t:.2f}" for t in shown) + " |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
