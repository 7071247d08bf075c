"""The flow in one place: read, extract, keep in the ledger, resolve, bring the store up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from biopact.graph.ledger import FilingFacts, Ledger
from biopact.graph.resolve import resolve
from biopact.graph.store import Change, Store, synchronise
from biopact.graph.validate import Problem, validate
from biopact.loaders.filing import Filing
from biopact.loaders.reading import read_filing
from biopact.loaders.sources import LIMIT, Source, find_sources
from biopact.ontology import BiopactError, NotFoundError, ServiceError, ValidationError

if TYPE_CHECKING:
    from biopact.loaders.extraction.extractor import Extractor

Progress = Callable[[int, int, str], None]  # files done, files in all, what is under way


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, or one record read from it, that could not be used, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a load, a rebuild or a forgetting did."""

    read: int  # filings whose facts were extracted now
    kept: int  # filings whose facts the ledger had already, from the same content by the same extractor
    failed: tuple[Failure, ...]
    notes: tuple[str, ...]  # what reading left out of the filings read now, and why
    nodes: int  # of the resolved graph
    edges: int
    change: Change  # of the store


def extract(
    arguments: Iterable[str], extractor: Extractor, limit: int = LIMIT
) -> Iterator[tuple[str, FilingFacts | Failure]]:
    """The facts of each file that the arguments name, one file in memory at a time, and what failed."""
    for source in find_sources(arguments, limit):
        try:
            filing = read_filing(source)
            facts, problems = gate(extractor.extract(filing))
        except ServiceError:
            raise  # no other file would fare better
        except BiopactError as error:
            yield source.name, Failure(source.name, str(error))
        else:
            yield source.name, facts
            if cut := _cut_off(filing):
                yield source.name, cut
            for problem in problems:
                yield source.name, _left_out(source, problem)


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
) -> Report:
    """Bring the files that the arguments name into the ledger and the store. A failing file stops no other.

    The graph follows from the whole ledger, so the order of files and the number of loads make no difference. For the
    same reason a submission that is cut off stays out: it could take the place of the whole one.
    """
    sources = list(find_sources(arguments, limit))
    read = kept = 0
    failed: list[Failure] = []
    notes: list[str] = []
    for done, source in enumerate(sources):
        progress(done, len(sources), source.name)
        try:
            filing = read_filing(source)
            if _held(filing, ledger, extractor):
                kept += 1
                continue
            if cut := _cut_off(filing):
                failed.append(cut)
                continue
            facts, problems = gate(extractor.extract(filing))
            ledger.put(facts)
            read += 1
            notes += [f"{source.name}: {note}" for note in filing.notes]
            failed += [_left_out(source, p) for p in problems]
        except ServiceError:
            raise  # no other file would fare better
        except BiopactError as error:
            failed.append(Failure(source.name, str(error)))
    progress(len(sources), len(sources), "the store")
    return _report(ledger, store, read, kept, failed, notes)


def rebuild(ledger: Ledger, store: Store) -> Report:
    """Make the store again from the ledger alone."""
    return _report(ledger, store, 0, len(ledger.filings()))


def forget(filings: Sequence[str], ledger: Ledger, store: Store) -> Report:
    """Take filings, and exactly the facts that only they state, out of the ledger and the store.

    A filing is named by its id or its accession number; NotFoundError, before anything is taken away, if one is
    not in the ledger.
    """
    known = set(ledger.filings())
    ids = [name if name.startswith("filing/") else f"filing/{name}" for name in filings]
    for id_ in ids:
        if id_ not in known:
            raise NotFoundError(f"{id_}: not in the ledger {ledger.folder}; `biopact stats --filings` lists what is")
    for id_ in dict.fromkeys(ids):
        ledger.forget(id_)
    return rebuild(ledger, store)


def _left_out(source: Source, problem: Problem) -> Failure:
    return Failure(source.name, f"{source.name}: left out {problem}")


def _held(filing: Filing, ledger: Ledger, extractor: Extractor) -> bool:
    """Whether the ledger has this content as this extractor reads it.

    Among copies of one filing under several file names the least name stays, whatever the order of loading.
    """
    try:
        facts = ledger.get(filing.id)
    except NotFoundError:
        return False
    node = next(n for n in facts.nodes if n.id == filing.id)
    name = filing.source.rpartition("/")[2]
    return (
        facts.extractor == extractor.version
        and node.properties.get("sha256") == filing.sha256
        and str(node.properties.get("source")) <= name
    )


def _cut_off(filing: Filing) -> Failure | None:
    """The failure of a submission that ends before its closing tag."""
    note = next((n for n in filing.notes if n.startswith("the submission is cut off")), None)
    return Failure(filing.source, f"{filing.source}: {note}; fetch it again") if note else None


def _report(
    ledger: Ledger, store: Store, read: int, kept: int, failed: Sequence[Failure] = (), notes: Sequence[str] = ()
) -> Report:
    graph = resolve(ledger)
    change = synchronise(store, graph)
    return Report(read, kept, tuple(failed), tuple(notes), len(graph.nodes), len(graph.edges), change)
