"""The flow in one place: read, extract, keep in the ledger, resolve, bring the store up to date."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from biopact.graph import restored
from biopact.graph.altered import remove_altered
from biopact.graph.ledger import FilingFacts, Ledger
from biopact.graph.rdf_reading import read_rdf
from biopact.graph.records import Graph
from biopact.graph.resolution.keeping_up import workbench
from biopact.graph.store import Change, Store, synchronise
from biopact.graph.validate import Problem, validate
from biopact.loaders.filing import Filing
from biopact.loaders.reading import read_filing
from biopact.loaders.sources import LIMIT, Source, find_sources, shown
from biopact.loaders.tables.reading import is_table
from biopact.ontology import BiopactError, FilingError, NotFoundError, ServiceError, ValidationError

if TYPE_CHECKING:
    from biopact.loaders.extraction.extractor import Extractor
    from biopact.loaders.tables.extractor import TableExtractor

Progress = Callable[[int, int, str], None]  # files done, files in all, what is under way


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, or one record read from it, that could not be used, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """What reading left out of a file, and why."""

    source: str
    what: str

    def __str__(self) -> str:
        return f"{self.source}: {self.what}"


@dataclass(slots=True)
class Account:
    """What became of the files so far."""

    read: list[str] = field(default_factory=list)  # files whose facts were extracted now
    kept: list[str] = field(default_factory=list)  # files that the ledger had, of the same content, by this extractor
    failed: list[Failure] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)  # of the files read now
    documents: int = 0  # of the files read or kept; a submission's header is none
    size: int = 0  # bytes of them, unpacked
    seconds: float = 0.0  # for reading and extraction


@dataclass(frozen=True, slots=True)
class Report:
    """What a load, a rebuild or a forgetting did."""

    account: Account
    nodes: int  # of the resolved graph
    edges: int
    change: Change  # of the store
    seconds: float  # for resolution and the store

    @property
    def read(self) -> int:
        """Filings whose facts were extracted now."""
        return len(self.account.read)

    @property
    def kept(self) -> int:
        """Filings whose facts the ledger had already, from the same content by the same extractor."""
        return len(self.account.kept)

    @property
    def failed(self) -> Sequence[Failure]:
        """Files, and records and rows of them, that could not be used."""
        return self.account.failed

    def to_json(self) -> dict[str, Any]:
        """Everything, as `biopact load --json` prints it."""
        account, change = self.account, self.change
        return {
            "read": account.read,
            "unchanged": account.kept,
            "failures": [{"source": f.source, "reason": f.reason} for f in account.failed],
            "notes": [{"source": n.source, "note": n.what} for n in account.notes],
            "documents": account.documents,
            "bytes": account.size,
            "nodes": self.nodes,
            "edges": self.edges,
            "written": {"nodes": change.nodes_written, "edges": change.edges_written},
            "removed": {"nodes": change.nodes_removed, "edges": change.edges_removed},
            "seconds": {"files": round(account.seconds, 3), "graph and store": round(self.seconds, 3)},
            "megabytes_per_second": round(account.size / 1e6 / account.seconds, 3) if account.seconds else None,
        }


def extract(
    arguments: Iterable[str],
    extractor: Extractor,
    limit: int = LIMIT,
    tables: TableExtractor | None = None,
    progress: Progress = lambda done, total, what: None,
) -> Iterator[tuple[str, FilingFacts | Failure]]:
    """The facts of each file that the arguments name, one file in memory at a time, and what failed.

    `tables` reads those that are tables of deals.
    """
    sources = list(find_sources(arguments, limit))
    for done, source in enumerate(sources):
        progress(done, len(sources), source.name)
        try:
            filing, reader = _read(source, extractor, tables)
            facts, failed = _facts(source, filing, reader)
        except ServiceError:
            raise  # no other file would fare better
        except BiopactError as error:
            yield source.name, Failure(source.name, str(error))
        else:
            yield source.name, facts
            if cut := _cut_off(filing):
                yield source.name, cut
            for failure in failed:
                yield source.name, failure
    progress(len(sources), len(sources), "")


def _read(source: Source, extractor: Extractor, tables: TableExtractor | None) -> tuple[Filing, Extractor]:
    """The file as a filing, and who extracts its facts."""
    if not is_table(source.name, mapped=tables is not None):
        return read_filing(source), extractor
    if tables is None:
        raise FilingError(
            f"{shown(source.name)}: a table, and nothing says what its columns mean; `biopact columns` proposes a "
            "mapping of them, which `--columns` then names"
        )
    return tables.read(source), tables


def _facts(source: Source, filing: Filing, extractor: Extractor) -> tuple[FilingFacts, list[Failure]]:
    """The facts of a filing that pass the gate, and what of it could not be read or did not pass."""
    facts, problems = gate(extractor.extract(filing))
    failed = [Failure(source.name, f"{shown(source.name)}: {fault}") for fault in facts.faults]
    return facts, failed + [Failure(source.name, f"{source.name}: left out {p}") for p in problems]


def gate(facts: FilingFacts) -> tuple[FilingFacts, list[Problem]]:
    """The facts without the records that break the ontology or do not quote what they say, and what those break.

    ValidationError if the filing itself is such a record.
    """
    found: list[Problem] = []
    while problems := validate((*facts.nodes, *facts.edges), texts=facts.texts):
        found += problems
        out = {p.record for p in problems}
        if facts.filing in out:
            raise ValidationError("; ".join(str(p) for p in problems if p.record == facts.filing))
        facts = replace(
            facts,
            nodes=tuple(n for n in facts.nodes if n.id not in out),
            edges=tuple(e for e in facts.edges if e.id not in out),
        )
    return facts, found


def load(
    arguments: Sequence[str],
    ledger: Ledger,
    store: Store,
    extractor: Extractor,
    progress: Progress = lambda done, total, what: None,
    limit: int = LIMIT,
    tables: TableExtractor | None = None,
) -> Report:
    """Bring the files that the arguments name into the ledger and the store. A failing file stops no other.

    The graph follows from the whole ledger, so the order of files and the number of loads make no difference. For the
    same reason a submission that is cut off stays out: it could take the place of the whole one. `tables` reads the
    files that are tables of deals. ValidationError if the store was restored from RDF.
    """
    restored.ensure_follows_from_filings(ledger)
    sources = list(find_sources(arguments, limit))
    account = Account()
    started = time.perf_counter()
    for done, source in enumerate(sources):
        progress(done, len(sources), source.name)
        try:
            _take_in(source, ledger, extractor, tables, account)
        except ServiceError:
            raise  # no other file would fare better
        except BiopactError as error:
            account.failed.append(Failure(source.name, str(error)))
    account.seconds = time.perf_counter() - started
    progress(len(sources), len(sources), "the graph")
    return _report(ledger, store, account)


def _take_in(
    source: Source, ledger: Ledger, extractor: Extractor, tables: TableExtractor | None, account: Account
) -> None:
    filing, reader = _read(source, extractor, tables)
    account.size += filing.size
    if cut := _cut_off(filing):
        account.failed.append(cut)
        return
    account.documents += sum(document.sequence > 0 for document in filing.documents)
    if _held(filing, ledger, reader):
        account.kept.append(source.name)
        return
    facts, failed = _facts(source, filing, reader)
    ledger.put(facts)
    account.read.append(source.name)
    account.notes += [Note(source.name, note) for note in filing.notes]
    account.failed += failed


def restore(path: Path, ledger: Ledger, store: Store, progress: Progress = lambda done, total, what: None) -> Report:
    """Make the store hold exactly the graph that an export wrote as RDF; what was restored before goes.

    ValidationError if the file is no such export, or if the ledger has filings.
    """
    started = time.perf_counter()
    graph = read_rdf(path, progress=progress)
    restored.keep(ledger, graph)
    filings, documents = _of_type(graph, "Filing"), _of_type(graph, "Document")
    account = Account(
        filings,
        documents=sum(int(str(graph.nodes[id_].properties["sequence"])) > 0 for id_ in documents),
        size=path.stat().st_size,
        seconds=time.perf_counter() - started,
    )
    return _restored(graph, store, account)


def _of_type(graph: Graph, type_: str) -> list[str]:
    return sorted(id_ for id_, node in graph.nodes.items() if node.type == type_)


def _restored(graph: Graph, store: Store, account: Account) -> Report:
    started = time.perf_counter()
    change = synchronise(store, graph)
    return Report(account, len(graph.nodes), len(graph.edges), change, time.perf_counter() - started)


def rebuild(ledger: Ledger, store: Store) -> Report:
    """Make the store again from the ledger and the judgements alone, or from the RDF that it was restored from."""
    remove_altered(store)
    if (graph := restored.kept(ledger)) is not None:
        return _restored(graph, store, Account(kept=_of_type(graph, "Filing")))
    return _report(ledger, store, Account(kept=ledger.filings()), anew=True)


def forget(filings: Sequence[str], ledger: Ledger, store: Store) -> Report:
    """Take filings, and exactly the facts that only they state, out of the ledger and the store.

    A filing is named by its id or its accession number; NotFoundError, before anything is taken away, if one is
    not in the ledger. ValidationError if the store was restored from RDF.
    """
    restored.ensure_follows_from_filings(ledger)
    known = set(ledger.filings())
    ids = [name if name.startswith("filing/") else f"filing/{name}" for name in filings]
    for id_ in ids:
        if id_ not in known:
            raise NotFoundError(f"{id_}: not in the ledger {ledger.folder}; `biopact stats --filings` lists what is")
    for id_ in dict.fromkeys(ids):
        ledger.forget(id_)
    return update(ledger, store)


def _held(filing: Filing, ledger: Ledger, extractor: Extractor) -> bool:
    """Whether the ledger has this content as this extractor reads it.

    Of several copies of one filing that stays which was fetched, then the one with the least file name, whatever the
    order of loading.
    """
    try:
        facts = ledger.get(filing.id)
    except NotFoundError:
        return False
    node = next(n for n in facts.nodes if n.id == filing.id)
    held = node.properties
    kept = ("url" not in held, str(held.get("source")), str(held.get("retrieved", "")))
    return (
        facts.extractor == extractor.version
        and held.get("sha256") == filing.sha256
        and kept <= (filing.url is None, filing.source.rpartition("/")[2], filing.retrieved or "")
    )


def _cut_off(filing: Filing) -> Failure | None:
    """The failure of a submission that ends before its closing tag."""
    note = next((n for n in filing.notes if n.startswith("the submission is cut off")), None)
    return Failure(filing.source, f"{filing.source}: {note}; fetch it again") if note else None


def update(ledger: Ledger, store: Store) -> Report:
    """Bring the store up to date with the ledger and the judgements; ValidationError if it was restored from RDF."""
    restored.ensure_follows_from_filings(ledger)
    return _report(ledger, store, Account(kept=ledger.filings()))


def _report(
    ledger: Ledger,
    store: Store,
    account: Account,
    progress: Progress = lambda done, total, what: None,
    *,
    anew: bool = False,
) -> Report:
    started = time.perf_counter()
    with workbench(ledger, progress, anew=anew) as bench:
        change = bench.tell(store, all_of_it=anew)
        size = bench.size()
    return Report(account, *size, change, time.perf_counter() - started)
