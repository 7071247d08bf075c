"""Fixtures that every store is tested with: the embedded one and real Neo4j servers, each started once a session."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from biopact.graph.store import Store
from biopact.graph.stores import open_store
from tests.servers.neo4j_server import RELEASES, running
from tests.servers.processes import ServerUnavailableError, unavailable

EXISTING = "neo4j-existing"  # the server that NEO4J_URI names
KINDS = ("embedded", *RELEASES, *((EXISTING,) if "NEO4J_URI" in os.environ else ()))


Opened = tuple[Store, Mapping[str, str]]  # with what the environment must hold for whoever opens it again


@pytest.fixture(scope="session")
def open_stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Opened]]:
    """Opens a store of a kind once and keeps it: a server takes most of a minute to start."""
    known: dict[str, Opened] = {}
    with ExitStack() as held:

        def opened(kind: str) -> Opened:
            if kind not in known:
                known[kind] = _opened(kind, tmp_path_factory, held)
            return known[kind]

        yield opened


def _opened(kind: str, folders: pytest.TempPathFactory, held: ExitStack) -> Opened:
    environment: dict[str, str] = {}
    if kind == "embedded":
        url = str(folders.mktemp("embedded"))
    elif kind == EXISTING:
        url = os.environ["NEO4J_URI"]
    else:
        try:
            server = held.enter_context(running(RELEASES[kind], folders.mktemp(kind) / "home"))
        except ServerUnavailableError as error:
            unavailable(str(error))
        environment, url = server.environment(), server.url
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        store = held.enter_context(open_store(url))
    if kind == EXISTING and any(store.revisions()[0]):
        pytest.fail(f"{url} is not empty: tests would wipe it; name an empty database with NEO4J_DATABASE")
    return store, environment


@pytest.fixture(scope="session", params=KINDS)
def session_store(request: pytest.FixtureRequest, open_stores: Callable[[str], Opened]) -> Iterator[Store]:
    """One store of each kind, kept open for the whole session."""
    store, environment = open_stores(request.param)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        yield store


@pytest.fixture
def store(session_store: Store) -> Store:
    """A store of each kind, prepared and empty."""
    session_store.prepare()
    session_store.remove_nodes(sorted(session_store.revisions()[0]))
    return session_store


def folder_of(tmp_path: Path) -> str:
    """A folder for an embedded store of one's own."""
    return str(tmp_path / "store")
