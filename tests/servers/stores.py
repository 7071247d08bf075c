"""Fixtures that every store is tested with: the embedded one and real Neo4j servers, each started once a session."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from biopact.graph.store import Store
from biopact.graph.stores import open_store
from tests.servers.neo4j_server import RELEASES, ServerUnavailableError, running

EXISTING = "neo4j-existing"  # the server that NEO4J_URI names
KINDS = ("embedded", *RELEASES, *((EXISTING,) if "NEO4J_URI" in os.environ else ()))


@pytest.fixture(scope="session", params=KINDS)
def session_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store of each kind, kept open for the whole session."""
    with ExitStack() as held:
        if request.param == "embedded":
            url = str(tmp_path_factory.mktemp("embedded"))
        elif request.param == EXISTING:
            url = os.environ["NEO4J_URI"]
        else:
            home = tmp_path_factory.mktemp(request.param) / "home"
            try:
                server = held.enter_context(running(RELEASES[request.param], home))
            except ServerUnavailableError as error:
                unavailable(str(error))
            patch = held.enter_context(pytest.MonkeyPatch.context())
            for name, value in server.environment().items():
                patch.setenv(name, value)
            url = server.url
        store = held.enter_context(open_store(url))
        if request.param == EXISTING and any(store.revisions()[0]):
            pytest.fail(f"{url} is not empty: tests would wipe it; name an empty database with NEO4J_DATABASE")
        yield store


@pytest.fixture
def store(session_store: Store) -> Store:
    """A store of each kind, prepared and empty."""
    session_store.prepare()
    session_store.remove_nodes(sorted(session_store.revisions()[0]))
    return session_store


def unavailable(reason: str) -> None:
    """Skip for want of a server, except in CI, where nothing may be skipped."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def folder_of(tmp_path: Path) -> str:
    """A folder for an embedded store of one's own."""
    return str(tmp_path / "store")
