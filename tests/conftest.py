"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("biopact", deadline=None)  # a busy machine is no fault
settings.load_profile("biopact")

# The fixtures `store` and `triple_store`: every one of them, real servers included.
pytest_plugins = ("tests.servers.stores", "tests.servers.triple_stores")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def evaluation() -> Path:
    """The folder of real filings with hand-made gold graphs, which is kept beside the repository."""
    folder = Path(os.environ.get("BIOPACT_EVALUATION", ROOT.parent / "shared" / "evaluation"))
    if not folder.is_dir():
        reason = f"no evaluation filings at {folder}; name them with BIOPACT_EVALUATION"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder
