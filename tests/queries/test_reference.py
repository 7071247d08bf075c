"""The page of the questions is true: it is the one their headers make, and their examples find something."""

from __future__ import annotations

import doctest
from collections.abc import Iterator
from pathlib import Path

import pytest

from biopact.app import pipeline
from biopact.app.commands.demo import samples
from biopact.graph.ledger import Ledger
from biopact.graph.store import Store
from biopact.graph.stores import open_store
from biopact.loaders.extraction.extractor import RulesExtractor
from biopact.queries import catalogue, question, reference

PAGE = Path(__file__).parents[2] / "docs" / "questions.md"
# The sample filings have no such thing: no licence after another one's end, no two makers with one target, no agreement
# without its parties, no company that owns itself, no two exclusive licences to one subject, and no contract that tells
# other terms than its press release.
NOTHING = {
    "circular-ownership",
    "exclusive-overlaps",
    "few-parties",
    "release-against-contract",
    "relicensed",
    "rivals",
}


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store with the sample filings in it."""
    folder = tmp_path_factory.mktemp("sampled")
    with open_store(str(folder / "store"), create=True) as store:
        pipeline.load(samples(), Ledger(folder / "ledger"), store, RulesExtractor())
        yield store


def test_the_page_is_what_the_headers_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference.page(), "`make docs` writes docs/questions.md anew"


def test_every_question_stands_on_the_page_with_its_example() -> None:
    page = reference.page()
    for found in catalogue().values():
        assert f"\n### {found.name}\n\n**{found.title}.** {found.answers}\n" in page
        assert f"\n```sh\n{reference.command(found)}\n```\n" in page


def test_the_examples_in_the_code() -> None:
    assert doctest.testmod(reference) == (0, 1)


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_an_example_finds_something_in_the_samples(sampled: Store, name: str) -> None:
    asked = question(name)
    answer = asked.ask(sampled, **asked.example)
    assert answer.columns == asked.columns
    assert bool(answer.rows) != (name in NOTHING)
