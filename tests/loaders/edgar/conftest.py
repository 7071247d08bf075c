"""EDGAR on this machine, and a client of it that waits only for moments."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from biopact.loaders.edgar.cache import Cache
from biopact.loaders.edgar.client import Edgar, Manners, Sites
from biopact.loaders.edgar.pace import Pace
from tests.loaders.edgar.service import Service, running

CONTACT = "Jane Doe jane.doe@example.org"
Client = Callable[[], Edgar]


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running() as found:
        yield found


@pytest.fixture
def client(service: Service, tmp_path: Path) -> Iterator[Client]:
    """Makes clients that share a cache and a pace."""
    made: list[Edgar] = []

    def make() -> Edgar:
        pace = Pace(tmp_path / "cache", spacing=0.001)
        manners = Manners(tries=3, first_wait=0.005, longest_wait=5, timeout=10)
        sites = Sites(service.url, service.url)
        made.append(Edgar(CONTACT, pace, Cache(tmp_path / "cache" / "indexes"), sites, manners))
        return made[-1]

    yield make
    for edgar in made:
        edgar.__exit__()


@pytest.fixture
def edgar(client: Client) -> Edgar:
    return client()
