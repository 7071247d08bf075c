"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("biopact", deadline=None)  # a busy machine is no fault
settings.load_profile("biopact")

pytest_plugins = ("tests.servers.stores",)  # the fixture `store`: every store, real servers included

ROOT = Path(__file__).parent.parent


def pytest_itemcollected(item: pytest.Item) -> None:
    """Where tests run side by side, those of a file stay together, and those that need the servers in one process."""
    group = "stores" if "session_store" in getattr(item, "fixturenames", ()) else item.nodeid.partition("::")[0]
    item.add_marker(pytest.mark.xdist_group(group))


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
