"""Take the pictures of the network page and the explorer anew, from the sample filings.

Run as ``python -m docs.images.take`` from the repository; needs Chromium on the path and the development packages.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.browser.serving import served

HERE = Path(__file__).parent.resolve()

LARGEST_LICENCE = """box => box.network.body.data.edges.get()
    .filter(line => line.kind === "LICENSES_TO")
    .map(line => [page.cards[line.id].terms.length, line.id])
    .sort((a, b) => b[0] - a[0])[0][1]"""

LARGEST_COMPANIES = """box => box.network.body.data.nodes.get()
    .filter(node => node.kind === "Company").sort((a, b) => b.size - a.size).slice(0, 3).map(node => node.id)"""
LARGEST_TECHNOLOGY = """box => box.network.body.data.nodes.get()
    .filter(node => node.kind === "Technology").sort((a, b) => b.size - a.size)[0].id"""


def take(page: Page, folder: Path, address: str) -> None:
    """The page, then the explorer, each with the licence of most terms picked; then two of its views."""
    page.goto((folder / "network.html").as_uri())
    page.wait_for_selector("html[data-ready]")
    licence = page.locator("#network").evaluate(LARGEST_LICENCE)
    page.evaluate("id => { openCard(id, false); view.select(id); }", licence)
    page.wait_for_timeout(500)
    page.screenshot(path=HERE / "network.png")
    page.goto(f"{address}?pick={licence}")
    page.wait_for_selector(".network canvas")
    page.wait_for_selector("mark")
    page.wait_for_timeout(2000)
    page.screenshot(path=HERE / "explorer.png")
    companies = page.locator(".network").evaluate(LARGEST_COMPANIES)
    technology = page.locator(".network").evaluate(LARGEST_TECHNOLOGY)
    for view, name, more in (
        ("Profile", "profile", [("pick", technology)]),
        ("Partner overlap", "overlap", [("focus", company) for company in companies]),
    ):
        page.goto(f"{address}?{urlencode([('view', view), *more])}")
        page.wait_for_selector("[data-testid=stVegaLiteChart], [data-testid=stDataFrame]")
        page.wait_for_timeout(3000)
        page.screenshot(path=HERE / f"{name}.png")


def main() -> None:
    """Run the demonstration in a folder of its own and photograph what it makes."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no chromium on the path; on Debian: apt-get install chromium")
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)  # the explorer shows the store's path; let it be a short one
        folder = Path("demo-output")
        subprocess.run(
            [sys.executable, "-c", "from biopact.app.cli import main; main()", "demo", "--out", str(folder)], check=True
        )
        with served(folder / "biopact-data") as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
            page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
            page.set_default_timeout(60_000)
            take(page, Path(name) / folder, address)
            browser.close()


if __name__ == "__main__":
    main()
