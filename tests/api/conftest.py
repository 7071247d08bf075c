"""The graph of the sample filings, made once for all tests of the Python API."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import biopact

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the samples, closed."""
    folder = tmp_path_factory.mktemp("samples") / "biopact-data"
    with biopact.open(folder, create=True) as graph:
        assert graph.load(ROOT / "examples" / "samples").read == 13
    return folder


@pytest.fixture
def graph(sample_folder: Path) -> Iterator[biopact.Graph]:
    with biopact.open(sample_folder) as opened:
        yield opened
