"""A real browser without a network, for the pages that biopact makes."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; the tests are skipped without it, but never in CI."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        reason = "no chromium on the path; on Debian: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield running
        running.close()


@dataclass
class Visit:
    """A tab, and everything that it asked for or complained of."""

    page: Page
    origin: str | tuple[str, ...]
    strange: list[str] = field(default_factory=list)

    def watch(self) -> None:
        own = ("data:", "blob:", *([self.origin] if isinstance(self.origin, str) else self.origin))

        def asked(request: Request) -> None:
            if not request.url.startswith(own):
                self.strange.append(f"asked for {request.url}")

        def failed(request: Request) -> None:
            if request.failure != "net::ERR_ABORTED":  # a page that was left while it loaded
                self.strange.append(f"failed: {request.url} {request.failure}")

        self.page.on("request", asked)
        self.page.on("requestfailed", failed)
        self.page.on("pageerror", lambda e: self.strange.append(f"error: {e}"))
        self.page.on("console", lambda m: self.strange.append(f"{m.type}: {m.text}") if m.type == "error" else None)
        self.page.on("dialog", lambda d: self.strange.append(f"dialog: {d.message}"))

    def middle_of(self, edge: str) -> tuple[float, float]:
        """Where on the screen the middle of a straight line of the picture is."""
        x, y = self.page.locator("#network, .network").first.evaluate(
            """(box, id) => {
                const line = box.network.body.data.edges.get(id);
                const [a, b] = Object.values(box.network.getPositions([line.from, line.to]));
                const spot = box.network.canvasToDOM({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
                const frame = box.getBoundingClientRect();
                return [frame.x + spot.x, frame.y + spot.y];
            }""",
            edge,
        )
        return x, y

    def click_line(self, edge: str) -> None:
        """Bring the line into the middle of the picture, then click it as a person would."""
        self.page.locator("#network, .network").first.evaluate(
            """(box, id) => {
                const line = box.network.body.data.edges.get(id);
                box.network.fit({ nodes: [line.from, line.to], animation: false, maxZoomLevel: 1.2 });
            }""",
            edge,
        )
        x, y = self.middle_of(edge)
        self.page.mouse.click(x, y)


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)
