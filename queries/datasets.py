"""Where SPARQL can be asked: RDF in this process, or a triple store at an address."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path
from typing import IO, Protocol, cast

import httpx
import pyoxigraph

from biopact.graph.rdf import FORMATS, suffix_of, write_rdf
from biopact.graph.records import Graph
from biopact.graph.store import Rows
from biopact.ontology import ServiceError, ValidationError

_SHOWN = 300  # characters of an answer that is a complaint


Solutions = tuple[list[str], list[pyoxigraph.QuerySolution]]  # the variables, and what they are bound to


class Dataset(Protocol):
    """The graph as RDF, all named graphs together."""

    @property
    def base(self) -> str | None:
        """The IRI below which the data is; None for that of the ontology."""

    def select(self, query: str) -> Solutions:
        """The solutions of a SELECT query."""


class InMemory:
    """A file, or what an export of a graph would hold."""

    def __init__(self, source: Path | Graph | Rows, *, base: str | None = None) -> None:
        self.base = base
        self._store = pyoxigraph.Store()
        if isinstance(source, Path):
            self._read(source)
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "graph.nt"  # without named graphs, so that nothing stands there twice
            write_rdf(source, path, base=base)
            self._read(path)

    def select(self, query: str) -> Solutions:
        """The solutions of a query."""
        return _whole(self._store.query(query, use_default_graph_as_union=True))

    def _read(self, path: Path) -> None:
        form = FORMATS[suffix_of(path)]
        try:
            with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
                self._store.bulk_load(cast(IO[bytes], file), format=form)
        except (SyntaxError, EOFError, gzip.BadGzipFile) as error:
            raise ValidationError(f"{path}: not read as RDF: {error}; export it again") from error


class Endpoint:
    """A triple store that speaks the SPARQL 1.1 Protocol.

    What the address says after ``?`` goes along: some stores must be told there to ask all named graphs together.
    """

    def __init__(
        self, url: str, *, base: str | None = None, auth: httpx.Auth | None = None, seconds: float = 600.0
    ) -> None:
        self.base = base
        self.url = url
        self._auth = auth
        self._patience = httpx.Timeout(seconds, connect=min(10.0, seconds))

    def select(self, query: str) -> Solutions:
        """The solutions of a query. ServiceError if there is no answer, or none that can be read."""
        headers = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"}
        headers["User-Agent"] = "biopact"
        try:
            answer = httpx.post(
                self.url, content=query.encode(), headers=headers, auth=self._auth, timeout=self._patience
            )
        except (httpx.TransportError, httpx.DecodingError, httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise ServiceError(
                f"{self.url}: {error or type(error).__name__}; is it the address of a SPARQL endpoint?"
            ) from error
        if answer.status_code != httpx.codes.OK:
            words = "" if "html" in answer.headers.get("Content-Type", "") else " ".join(answer.text.split())
            told = f": {''.join(filter(str.isprintable, words))[:_SHOWN]}" if words else ""
            raise ServiceError(f"{self.url}: answered {answer.status_code} {answer.reason_phrase}{told}")
        try:
            return _whole(pyoxigraph.parse_query_results(answer.content, format=pyoxigraph.QueryResultsFormat.JSON))
        except (SyntaxError, TypeError) as error:
            raise ServiceError(
                f"{self.url}: its answer is no SPARQL result in JSON: {error}; is it the address of a SPARQL endpoint?"
            ) from error


def _whole(found: object) -> Solutions:
    """All solutions; TypeError if these are none."""
    if not isinstance(found, pyoxigraph.QuerySolutions):
        raise TypeError("it has no solutions")
    return [variable.value for variable in found.variables], list(found)
