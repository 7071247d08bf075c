"""Every example in a docstring, and those of docs/python.md, do what they say."""

import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.api.conftest import ROOT

FOLDERS = {"api": "biopact"} | {f: f"biopact.{f}" for f in ("ontology", "graph", "loaders", "queries", "app")}
PAGES = ("docs/python.md",)


def _modules() -> list[str]:
    """The modules whose docstrings hold examples."""
    found = []
    for folder, package in FOLDERS.items():
        for path in (ROOT / folder).rglob("*.py"):
            if "    >>> " in path.read_text(encoding="utf-8"):
                parts = path.relative_to(ROOT / folder).with_suffix("").parts
                found.append(".".join((package, *parts)))
    return sorted(found)


@pytest.mark.parametrize("name", _modules())
def test_the_examples_of_a_module(name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module(name)
    monkeypatch.chdir(ROOT)
    needs_graph = name == "biopact.opened"
    given = {"graph": request.getfixturevalue("graph")} if needs_graph else {}
    result = doctest.testmod(module, extraglobs=given)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_a_page(page: str, sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its `biopact-data` is the store of the samples."""
    monkeypatch.chdir(sample_folder.parent)
    blocks = re.findall(r"^```pycon\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page, page, 0)
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples)
    assert result.attempted > 20
    assert result.failed == 0
