"""The default store: ArcadeDB in this process, a folder on disk, no server and no Java to install."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, time
from itertools import islice
from pathlib import Path
from typing import Any

import arcadedb_embedded  # type: ignore[import-untyped]
import jpype  # type: ignore[import-untyped]
from arcadedb_embedded.jvm import start_jvm  # type: ignore[import-untyped]

from biopact.graph.collecting import uncollected
from biopact.graph.cypher_store import ConflictError, CypherStore, Run, T
from biopact.graph.store import Result
from biopact.ontology import StoreError

# MERGE looks through all edges of a node for each that it is to have, so that 10,000 deals of a company take minutes.
# Edges with these ids are removed instead, which SQL finds by their index and Cypher does not, and made anew.
CREATE_EDGES = (
    "UNWIND $rows AS row MATCH (a:{source} {{id: row.source}}) MATCH (b:{target} {{id: row.target}}) "
    "CREATE (a)-[e:{type}]->(b) SET e = row.properties RETURN count(e) AS written"
)
HEAP = "2g"  # at most; ARCADEDB_JVM_ARGS="-Xmx4g" asks for more


class ArcadeStore(CypherStore):
    """A database folder, which one process at a time owns; its number stands in the file ``owner`` beside it.

    JPype collects all of Python's garbage after each of Java's, if it may: it is put off while the engine works.

    Raises StoreError if another process has it open, or if it is missing and may not be created.
    """

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        super().__init__(str(folder.parent))
        if not create and not folder.is_dir():
            raise StoreError(f"{self.name}: no store there; `biopact load` makes one")
        _start_java()
        self._owner = folder.with_name("owner")
        try:
            factory = arcadedb_embedded.DatabaseFactory(str(folder))
            self._database = factory.open() if factory.exists() else factory.create()
            self._owner.write_text(f"{os.getpid()}\n", encoding="ascii")
        except (arcadedb_embedded.ArcadeDBError, jpype.JException, OSError) as error:
            raise StoreError(f"{self.name}: {self._why_closed(error)}") from error
        self._one_at_a_time = threading.RLock()  # the time limit is a setting of the whole database

    def transact(self, work: Callable[[Run], T]) -> T:
        """Run the work in one transaction."""

        def run(cypher: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
            answer = self._database.command("opencypher", cypher, _parameters(parameters))
            return answer.to_list() if answer is not None else []

        try:
            with self._one_at_a_time, uncollected():
                result: T = self._database.run_in_transaction(lambda: work(run))
                return result
        except (arcadedb_embedded.ArcadeDBError, jpype.JException) as error:
            kind = ConflictError if "DuplicatedKeyException" in str(error) else StoreError
            raise kind(f"{self.name}: {_reason(error)}") from error
        except UnicodeEncodeError as error:
            raise StoreError(f"{self.name}: not valid text: {error.object[error.start - 20 : error.end]!r}") from error

    def read(self, cypher: str, parameters: Mapping[str, Any], seconds: float, rows: int | None) -> Result:
        """Run one statement through the engine's query call, which refuses to write."""
        try:
            with self._one_at_a_time, self._limited(seconds), uncollected():
                with self._database.query("opencypher", cypher, dict(parameters)) as answer:
                    found = answer.to_list() if rows is None else list(islice(answer.iter_dicts(), rows + 1))
                columns = tuple(found[0]) if found else self._columns(cypher)
                plain = [tuple(map(_plain, row.values())) for row in found[:rows]]
                return Result(columns, plain, len(plain) < len(found))
        except (arcadedb_embedded.ArcadeDBError, jpype.JException) as error:
            if "TimeoutException" in str(error):
                what = f"the question took longer than {seconds:g} s; narrow it or allow more time"
            else:
                what = _reason(error)
            raise StoreError(f"{self.name}: {what}") from error

    def stream(self, cypher: str, parameters: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of one statement that reads, few in memory at a time."""
        try:
            with self._one_at_a_time, self._database.query("opencypher", cypher, dict(parameters)) as answer:
                batches = answer.iter_json_batches(batch_size=1_000)
                while True:
                    with uncollected():
                        batch = next(batches, None)
                    if batch is None:
                        return
                    yield from (tuple(row.values()) for row in batch)
        except (arcadedb_embedded.ArcadeDBError, jpype.JException) as error:
            raise StoreError(f"{self.name}: {_reason(error)}") from error

    def prepare(self) -> None:
        """Also make full-text indexes, for which the engine's Cypher has no words."""
        super().prepare()
        for type_ in self.schema.nodes.values():
            if type_.sought:
                self._database.command("sql", f"CREATE PROPERTY {type_.name}.words IF NOT EXISTS STRING")
                self._database.command("sql", f"CREATE INDEX IF NOT EXISTS ON {type_.name} (words) FULL_TEXT")

    def words_index(self, label: str) -> str:
        """The name that the engine gives it."""
        return f"{label}[words]"

    def close(self) -> None:
        """Close the database; another process can open it now."""
        self._database.close()
        self._owner.unlink(missing_ok=True)

    @contextmanager
    def _limited(self, seconds: float) -> Iterator[None]:
        limit = jpype.JClass("com.arcadedb.GlobalConfiguration").COMMAND_TIMEOUT
        settings = self._database.get_java_database().getConfiguration()
        settings.setValue(limit, jpype.JLong(max(1, int(seconds * 1000))))
        try:
            yield
        finally:
            settings.setValue(limit, jpype.JLong(0))

    def _columns(self, cypher: str) -> tuple[str, ...]:
        """The columns of a statement that found nothing."""
        parser = jpype.JClass("com.arcadedb.query.opencypher.parser.Cypher25AntlrParser")
        returned = parser(self._database.get_java_database()).parse(cypher).getReturnClause()
        return tuple(str(item.getOutputName()) for item in returned.getReturnItems()) if returned else ()

    def _write_edges(self, type_: str, source: str, target: str, rows: list[dict[str, Any]], run: Run) -> int:
        self._remove_edges_of(type_, [row["id"] for row in rows], run)
        (answer,) = run(CREATE_EDGES.format(type=type_, source=source, target=target), {"rows": rows})
        return int(answer["written"])

    def _remove_edges_of(self, type_: str, ids: Sequence[str], run: Run) -> None:
        self._database.command("sql", f"DELETE FROM `{type_}` WHERE id IN :ids", _parameters({"ids": ids}))

    def _why_closed(self, error: BaseException) -> str:
        text = str(error)
        if "LockException" in text or "locked by another process" in text:
            owner = self._owner.read_text(encoding="ascii").strip() if self._owner.exists() else "of unknown number"
            return f"open in another process ({owner}); close it there, or use a Neo4j server to share a store"
        if "already in use" in text:
            return "open in this process already; close it first"
        return f"cannot be opened: {_reason(error)}"


def _parameters(parameters: Mapping[str, Any]) -> Any:
    """Parameters of a statement that writes. Lists pass into Java as one text, many times faster."""
    passed = jpype.JClass("java.util.HashMap")()
    for name, value in parameters.items():
        if isinstance(value, list):
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            value = jpype.JClass("com.arcadedb.serializer.json.JSONArray")(text).toList()
        passed.put(name, value)
    return passed


def _start_java() -> None:
    if jpype.isJVMStarted():
        return
    os.environ.setdefault("ARCADEDB_JVM_ERROR_FILE", str(Path(tempfile.gettempdir()) / "biopact-java-%p.log"))
    own_heap = "-Xmx" in os.environ.get("ARCADEDB_JVM_ARGS", "")
    with _quiet_stderr():
        start_jvm(
            heap_size=None if own_heap else HEAP,
            jvm_args=[
                "-Xrs",  # signals stay Python's: Java's own handler for SIGTERM crashes inside JPype
                "-Darcadedb.log.impl=slf4j",  # the default makes a folder ./log wherever it starts
                "-Darcadedb.opencypher.loadCsv.allowFileUrls=false",
                "-Darcadedb.opencypher.loadCsv.allowRemoteUrls=false",
            ],
        )
    root = jpype.JClass("java.util.logging.Logger").getLogger("")
    root.setLevel(jpype.JClass("java.util.logging.Level").SEVERE)
    if threading.current_thread() is not threading.main_thread():
        # Java waits at exit for the thread that started it, even after that thread has ended (Streamlit's do). Let
        # go of it here; the next call attaches it again, as one that nobody waits for.
        jpype.JClass("java.lang.Thread").detach()


@contextmanager
def _quiet_stderr() -> Iterator[None]:
    """Keep Java's one start-up line (its vector module is an incubator) off the terminal."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _reason(error: BaseException) -> str:
    """What went wrong, without the Java class names in front of it."""
    text = str(error).split(" (caused by ")[0]
    while ": " in text and ("Exception" in text.split(": ")[0] or text.split(": ")[0].endswith("failed")):
        text = text.partition(": ")[2]
    return text.partition("\n")[0]


def _plain(value: Any) -> Any:
    """Nodes, edges and paths as dictionaries, dates as ISO text; everything else as it is."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case dict():
            return {key: _plain(item) for key, item in sorted(value.items())}
        case list() | tuple() | set():
            return list(map(_plain, value))
        case date() | time():
            return value.isoformat()
    java = "com.arcadedb.graph.{}".format
    if isinstance(value, jpype.JClass(java("Vertex"))):
        return {"label": str(value.getTypeName()), **_properties(value)}
    if isinstance(value, jpype.JClass(java("Edge"))):
        return {"type": str(value.getTypeName()), **_properties(value)}
    if isinstance(value, jpype.JClass("com.arcadedb.query.opencypher.traversal.TraversalPath")):
        return {"nodes": list(map(_plain, value.getVertices())), "edges": list(map(_plain, value.getEdges()))}
    return str(value)


def _properties(record: Any) -> Any:
    return _plain(arcadedb_embedded.convert_java_to_python(record.propertiesAsMap()))
