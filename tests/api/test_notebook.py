"""The notebooks of examples/ run, and show what they say they do."""

from pathlib import Path

import pytest

from tests import notebooks


@pytest.mark.parametrize("path", notebooks.NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_shows_what_its_cells_give(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    again = notebooks.refreshed(text)
    assert notebooks.told(again) == notebooks.told(text), "`make docs` writes the notebooks anew"
    assert notebooks.pictures(again) == notebooks.pictures(text) > 0
