"""Real triple stores for tests: Apache Jena Fuseki, one jar from Maven Central, and Oxigraph, a package of its own.

The jar stays in ~/.cache/biopact, so only the first start downloads. Servers listen on loopback, on free ports.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph
import pytest

from tests.servers.java import find_java
from tests.servers.processes import ServerUnavailableError, free_port, serving, unavailable

FUSEKI = "5.6.0"
FUSEKI_JAVA = 17  # the oldest that it runs on
DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"
CACHE = Path.home() / ".cache" / "biopact" / "fuseki"


@dataclass(frozen=True, slots=True)
class TripleStore:
    """A running triple store, and the addresses at which it speaks SPARQL 1.1's protocols."""

    graph_store: str
    update: str
    query: str
    whole: str  # answers GET with all quads

    def quads(self, auth: httpx.Auth | None = None) -> set[pyoxigraph.Quad]:
        """All that it holds, as `quads_of` has it."""
        answer = httpx.get(self.whole, headers={"Accept": "application/n-quads"}, timeout=60, auth=auth)
        answer.raise_for_status()
        return quads_of(answer.content)

    def clear(self) -> None:
        """Take everything out."""
        httpx.post(self.update, data={"update": "DROP ALL"}, timeout=60).raise_for_status()


def quads_of(data: bytes) -> set[pyoxigraph.Quad]:
    """The quads of N-Quads, with decimals in one form: Fuseki's TDB2 keeps 12 and 12.0 as 12.0."""
    return {
        pyoxigraph.Quad(q.subject, q.predicate, _one_form(q.object), q.graph_name)
        for q in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_QUADS)
    }


def _one_form(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple) -> Any:
    if isinstance(term, pyoxigraph.Literal) and term.datatype.value == DECIMAL:
        whole, _, rest = term.value.partition(".")
        return pyoxigraph.Literal(f"{whole}.{rest.rstrip('0')}", datatype=term.datatype)
    return term


@contextmanager
def fuseki(home: Path, *options: str) -> Iterator[TripleStore]:
    """A Fuseki with its data in a folder, which updates may change; `options` are further ones of its command line."""
    port = free_port()
    command = [*fuseki_java(), "-Xmx512m", "-jar", fuseki_jar(), "--localhost", f"--port={port}", *options]
    home.mkdir(parents=True, exist_ok=True)
    data = home / "data"
    data.mkdir(exist_ok=True)
    environment = {**os.environ, "FUSEKI_BASE": str(home / "base")}
    with serving([*command, "--update", "--tdb2", f"--loc={data}", "/ds"], port, home, environment):
        dataset = f"http://127.0.0.1:{port}/ds"
        yield TripleStore(f"{dataset}/data", f"{dataset}/update", f"{dataset}/query", dataset)


@contextmanager
def oxigraph(home: Path) -> Iterator[TripleStore]:
    """An Oxigraph with its data in a folder."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.is_file():
        raise ServerUnavailableError("there is no oxigraph beside Python: `make install` brings it")
    port = free_port()
    home.mkdir(parents=True, exist_ok=True)
    command = [program, "serve", "--location", home / "data", "--bind", f"127.0.0.1:{port}"]
    with serving(command, port, home):
        site = f"http://127.0.0.1:{port}"
        yield TripleStore(f"{site}/store", f"{site}/update", f"{site}/query", f"{site}/store")


STARTERS = {"fuseki": fuseki, "oxigraph": oxigraph}


@pytest.fixture(scope="session")
def open_triple_stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], TripleStore]]:
    """Starts a triple store of a kind once and keeps it."""
    known: dict[str, TripleStore] = {}
    with ExitStack() as held:

        def opened(kind: str) -> TripleStore:
            if kind not in known:
                try:
                    known[kind] = held.enter_context(STARTERS[kind](tmp_path_factory.mktemp(kind)))
                except ServerUnavailableError as error:
                    unavailable(str(error))
            return known[kind]

        yield opened


@pytest.fixture(params=STARTERS)
def triple_store(request: pytest.FixtureRequest, open_triple_stores: Callable[[str], TripleStore]) -> TripleStore:
    """A triple store of each kind, empty."""
    store = open_triple_stores(request.param)
    store.clear()
    return store


def fuseki_java() -> Sequence[Path]:
    """The Java to run Fuseki's jar with, which holds Jena's command line tools too."""
    java = find_java(FUSEKI_JAVA)
    if java is None:
        raise ServerUnavailableError(f"Fuseki {FUSEKI} needs Java {FUSEKI_JAVA} or newer")
    return [java]


def fuseki_jar() -> Path:
    """The server's jar, fetched by Maven the first time."""
    jar = CACHE / f"jena-fuseki-server-{FUSEKI}.jar"
    if jar.is_file():
        return jar
    if shutil.which("mvn") is None:
        raise ServerUnavailableError(f"Fuseki {FUSEKI} is fetched by Maven, and there is no mvn")
    draft = CACHE / f"draft.{os.getpid()}"
    artifact = f"org.apache.jena:jena-fuseki-server:{FUSEKI}"
    done = subprocess.run(
        ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={draft}"],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        if done.returncode != 0:
            raise ServerUnavailableError(f"Maven could not fetch Fuseki {FUSEKI}: {done.stdout.strip()[-500:]}")
        (draft / jar.name).replace(jar)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return jar
