"""The store for teams: a Neo4j server, 5.26 or later, over Bolt."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import neo4j
from neo4j.exceptions import (
    AuthError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
)

from biopact.graph.cypher_store import ConflictError, CypherStore, Run, T
from biopact.graph.store import Result
from biopact.ontology import StoreError

PROBE_SECONDS = 3.0  # the driver itself would try for half a minute
ANSWER_SECONDS = 10.0  # a busy server may take its time once it is connected
HELLO = bytes.fromhex("6060b017 00000405 00020404 00000000 00000000")  # Bolt's magic and the versions 5.4, 4.4 to 4.2


class Neo4jStore(CypherStore):
    """A database of a Neo4j server.

    Credentials come from NEO4J_USERNAME (neo4j unless set) and NEO4J_PASSWORD, the database from NEO4J_DATABASE
    (the user's home database unless set). Raises StoreError if the server cannot be reached or refuses them.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if "@" in parts.netloc:
            raise StoreError(
                f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}: an address may not hold credentials; "
                "set NEO4J_USERNAME and NEO4J_PASSWORD"
            )
        super().__init__(url)
        _probe(url, parts.hostname or "localhost", parts.port or 7687, plain="+" not in parts.scheme)
        self._database = os.environ.get("NEO4J_DATABASE")
        self._driver = neo4j.GraphDatabase.driver(
            url,
            auth=(os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")),
            connection_timeout=10.0,
            notifications_min_severity="OFF",
            user_agent="biopact",
        )
        try:
            self._driver.verify_connectivity()
        except (DriverError, Neo4jError) as error:
            self._driver.close()
            raise self._failed(error) from error

    def transact(self, work: Callable[[Run], T]) -> T:
        """Run the work in one managed write transaction."""

        def managed(transaction: neo4j.ManagedTransaction) -> T:
            def run(cypher: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
                return transaction.run(cypher, dict(parameters)).data()

            return work(run)

        try:
            with self._driver.session(database=self._database) as session:
                return session.execute_write(managed)
        except ConstraintError as error:
            raise ConflictError(f"{self.name}: {error.message}") from error
        except (DriverError, Neo4jError) as error:
            raise self._failed(error) from error
        except UnicodeEncodeError as error:
            raise StoreError(f"{self.name}: not valid text: {error.object[error.start - 20 : error.end]!r}") from error

    def read(self, cypher: str, parameters: Mapping[str, Any], seconds: float, rows: int | None) -> Result:
        """Run one statement in READ mode, in which the server refuses to write."""

        @neo4j.unit_of_work(timeout=seconds)
        def managed(transaction: neo4j.ManagedTransaction) -> Result:
            answer = transaction.run(cypher, dict(parameters))
            found = [tuple(map(_plain, row)) for row in islice(answer, rows)]
            return Result(tuple(answer.keys()), found, rows is not None and answer.peek() is not None)

        try:
            with self._driver.session(database=self._database, default_access_mode=neo4j.READ_ACCESS) as session:
                return session.execute_read(managed)
        except (DriverError, Neo4jError) as error:
            raise self._failed(error, seconds) from error

    def stream(self, cypher: str, parameters: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of one statement that reads, few in memory at a time."""
        try:
            with (
                self._driver.session(database=self._database, default_access_mode=neo4j.READ_ACCESS) as session,
                session.begin_transaction() as transaction,
            ):
                for row in transaction.run(cypher, dict(parameters)):
                    yield tuple(map(_plain, row))
        except (DriverError, Neo4jError) as error:
            raise self._failed(error) from error

    def prepare(self) -> None:
        """Also wait until new indexes can be asked."""
        super().prepare()
        self.read("CALL db.awaitIndexes(600)", {}, 610.0, None)

    def words_index(self, label: str) -> str:
        """The name under which `definitions` has it."""
        return f"{label.lower()}_words"

    def definitions(self) -> Iterator[tuple[str, str]]:
        """Also full-text indexes, for which Cypher of other engines has no words."""
        yield from super().definitions()
        for type_ in self.schema.nodes.values():
            if type_.sought:
                name = self.words_index(type_.name)
                yield name, f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{type_.name}) ON EACH [n.words]"

    def defined(self) -> set[str]:
        """Constraints appear among the indexes, under the same name."""
        return {name for (name,) in self.read("SHOW INDEXES YIELD name", {}, 60.0, None).rows}

    def close(self) -> None:
        """Close the connections."""
        self._driver.close()

    def _failed(self, error: DriverError | Neo4jError, seconds: float = 0.0) -> StoreError:
        if isinstance(error, AuthError):
            what = "the server refused the credentials; set NEO4J_USERNAME and NEO4J_PASSWORD"
        elif isinstance(error, ServiceUnavailable):
            what = f"the server does not answer ({error}); is it Neo4j's Bolt port?"
        elif isinstance(error, Neo4jError):
            code = error.code or ""
            if "TransactionTimedOut" in code or "Transaction.Terminated" in code:
                what = f"the question took longer than {seconds:g} s; narrow it or allow more time"
            else:
                what = (error.message or code).partition("\n")[0]
        else:
            what = str(error)
        return StoreError(f"{self.name}: {what}")


def _probe(url: str, host: str, port: int, *, plain: bool) -> None:
    """Raise StoreError unless a Bolt server is there; over TLS only whether anything is."""
    try:
        with socket.create_connection((host, port), timeout=PROBE_SECONDS) as connection:
            if not plain:
                return
            connection.settimeout(ANSWER_SECONDS)
            connection.sendall(HELLO)
            answer = connection.recv(4)
    except OSError as error:
        raise StoreError(
            f"{url}: nothing answers there ({error}); start Neo4j, or name another store with --store"
        ) from error
    if len(answer) < 4 or answer[:2] != b"\0\0":
        raise StoreError(
            f"{url}: what answers there does not speak Bolt; Neo4j's Bolt port is 7687 unless set otherwise"
        )


def _plain(value: Any) -> Any:
    """Nodes, edges and paths as dictionaries, dates as ISO text; everything else as it is."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case neo4j.graph.Node():
            return {"label": next(iter(value.labels), ""), **_plain(dict(value.items()))}
        case neo4j.graph.Relationship():
            return {"type": value.type, **_plain(dict(value.items()))}
        case neo4j.graph.Path():
            return {"nodes": list(map(_plain, value.nodes)), "edges": list(map(_plain, value.relationships))}
        case _ if hasattr(value, "iso_format"):
            return value.iso_format()
        case dict():
            return {key: _plain(item) for key, item in sorted(value.items())}
        case list() | tuple():
            return list(map(_plain, value))
        case _:
            return str(value)
