"""Brings a triple store up to date: a request for each named graph that differs from what was pushed before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from biopact.graph.push.journal import Journal
from biopact.graph.push.triple_store import RejectedError, TripleStore


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one named graph."""

    action: Literal["put", "keep", "delete"]
    graph: str
    triples: bytes = b""  # N-Triples
    hash: str = ""

    @property
    def count(self) -> int:
        """How many triples it holds from then on."""
        return self.triples.count(b"\n")


@dataclass(slots=True)
class Report:
    """What a push did."""

    put: int = 0
    triples: int = 0  # in what was put
    kept: int = 0
    deleted: int = 0
    lost: bool = False  # the triple store had lost what it was said to hold
    rejected: list[str] = field(default_factory=list)  # why, for each graph that it does not take


def steps(graphs: Iterable[tuple[str, bytes]], held: Mapping[str, str]) -> Iterator[Step]:
    """What is to be done with each graph, given by IRI and N-Quads, and with those held that are no more."""
    met = set()
    for graph, quads in graphs:
        met.add(graph)
        triples = quads.replace(b" <%b> .\n" % graph.encode(), b" .\n")
        hash = hashlib.sha256(triples).hexdigest()
        yield Step("keep" if held.get(graph) == hash else "put", graph, triples, hash)
    for graph in sorted(held.keys() - met):  # `held` may grow meanwhile by what is put
        yield Step("delete", graph)


def push(
    graphs: Iterable[tuple[str, bytes]],
    store: TripleStore,
    journal: Journal,
    *,
    anew: bool = False,
    progress: Callable[[str], None] = lambda graph: None,
) -> Report:
    """Let the triple store hold exactly these graphs, beside those that others keep there.

    `anew` sends those too that were pushed before; so does a store that has lost one. A graph that it rejects stops no
    other. ServiceError if it cannot be asked: the next push goes on from there.
    """
    report = Report()
    known = max((graph for graph, hash in journal.held.items() if hash), default=None)  # that of a filing, so small
    report.lost = not anew and known is not None and store.lacks(known)
    if anew or report.lost:
        journal.begun(*journal.held)
    for step in steps(graphs, journal.held):
        progress(step.graph)
        if step.action == "keep":
            report.kept += 1
            continue
        journal.begun(step.graph)
        try:
            if step.action == "put":
                store.put(step.graph, step.triples)
                journal.done(step.graph, step.hash)
                report.put += 1
                report.triples += step.count
            else:
                store.delete(step.graph)
                journal.gone(step.graph)
                report.deleted += 1
        except RejectedError as error:
            report.rejected.append(str(error))
    return report
