"""The page of `biopact evaluate` in a browser that can reach nothing else."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from biopact.app.evaluation.report import write_report
from biopact.app.evaluation.running import evaluate
from biopact.loaders.extraction import RulesExtractor
from tests.browser.conftest import SIZES, Visit

HOSTILE = "<img src=x onerror=document.title='owned'>"
TEXT = f"""In May 2019, Corvane, Inc. granted Alnora, Inc. an exclusive license to ALN-12.

Brevin, Inc. acquired Dorvane, Inc. in 2020. {HOSTILE}

{"Nothing of note was said here. " * 200}

A stake in Corvane, Inc. went to Eastmarrow Capital LP by way of a trade."""
EDGES = [
    {
        "type": "LICENSES_TO", "from": "Corvane, Inc.", "to": "Alnora, Inc.", "terms": {"exclusivity": "sole"},
        "evidence": "Corvane, Inc. granted Alnora, Inc. an exclusive license",
    },
    {
        "type": "HOLDS_STAKE_IN", "from": "Eastmarrow Capital LP", "to": "Corvane, Inc.",
        "evidence": "A stake in Corvane, Inc. went to Eastmarrow Capital LP",
    },
]  # fmt: skip


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gold")
    for name in ("docs", "annotations"):
        (folder / name).mkdir()
    for name in ("one", "two"):
        (folder / "docs" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        annotation = {"doc": f"{name}.txt", "companies": [], "edges": EDGES if name == "two" else []}
        (folder / "annotations" / f"{name}.json").write_text(json.dumps(annotation), encoding="utf-8")
    write_report(evaluate(folder, RulesExtractor()), folder / "report.html", title=f"Evaluation {HOSTILE}")
    return folder / "report.html"


@pytest.fixture
def visit(browser: Browser, report: Path, size: str) -> Iterator[Visit]:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    context.set_offline(True)
    visit = Visit(context.new_page(), report.as_uri())
    visit.watch()
    visit.page.goto(report.as_uri())
    visit.page.wait_for_selector("html[data-ready]")
    yield visit
    assert visit.strange == []
    assert visit.page.title() != "owned"
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_from_a_finding_to_its_words_in_a_closed_document(visit: Visit) -> None:
    page = visit.page
    second = page.locator(".document").nth(1)
    expect(second.locator(".text")).to_be_hidden()
    page.get_by_role("link", name="two.txt").click()
    expect(second.locator(".text")).to_be_visible()
    missed = second.locator("li.missed", has_text="Eastmarrow Capital LP HOLDS_STAKE_IN Corvane, Inc.")
    expect(missed).to_contain_text("A stake in Corvane, Inc. went to Eastmarrow Capital LP")
    missed.get_by_role("link", name="show").click()
    mark = second.locator("mark.missed.edge", has_text="A stake in").first
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_class("missed edge lit")


def test_from_the_words_to_the_finding(visit: Visit) -> None:
    first = visit.page.locator(".document").first
    first.locator("mark.spurious.edge", has_text="acquired").first.click()
    expect(first.locator("li.lit")).to_contain_text("Brevin, Inc. ACQUIRES Dorvane, Inc.")


def test_marks_differ_without_colour(visit: Visit) -> None:
    def line(selector: str) -> str:
        found: str = visit.page.locator(selector).first.evaluate("m => getComputedStyle(m).textDecorationStyle")
        return found

    looks = [line(f"#filter mark.{look}") for look in ("found", "missed", "spurious", "wrong")]
    assert looks == ["solid", "dotted", "wavy", "double"]


def test_the_filter_narrows_findings_marks_and_documents(visit: Visit) -> None:
    page = visit.page
    shown = page.locator(".findings li:not([hidden])")
    every = shown.count()
    expect(page.locator("#count")).to_have_text(f"{every} of {every} shown")
    page.get_by_label("spurious").uncheck()
    assert page.locator("mark.spurious.edge[data-f]").count() == 0
    assert 0 < shown.count() < every
    page.get_by_label("spurious").check()
    page.get_by_label("With these words").fill("eastmarrow capital lp holds")
    assert shown.count() == 1
    expect(page.locator(".document").first).to_be_hidden()
    expect(page.locator(".document").nth(1)).to_be_visible()


def test_long_stretches_are_folded_and_filings_are_text(visit: Visit) -> None:
    first = visit.page.locator(".document").first
    fold = first.locator(".fold").first
    expect(fold.locator("summary")).to_contain_text("characters without a mark")
    assert "Nothing of note" in (fold.text_content() or "")
    expect(first.locator(".text").first).to_contain_text(HOSTILE)
    assert visit.page.locator("img").count() == 0
    whole = first.locator(".text").first.evaluate(
        "t => { t.querySelectorAll('summary').forEach(s => s.remove()); return t.textContent; }"
    )
    assert whole.strip() == TEXT.strip()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark(browser: Browser, report: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(report.as_uri())
    colours = page.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]")
    assert (colours[0] == "rgb(15, 23, 42)") == (scheme == "light")
    assert colours[0] != colours[1]
    context.close()
