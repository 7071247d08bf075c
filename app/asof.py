"""Views of a day: what was known then, resolved anew from the ledger and kept as embedded stores beside it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from biopact.app.location import ledger_folder
from biopact.app.pipeline import Progress
from biopact.graph.judgements import Judgements
from biopact.graph.ledger import FilingFacts, Ledger
from biopact.graph.records import Graph, canonical, digest
from biopact.graph.resolution.tables import version
from biopact.graph.resolve import resolve
from biopact.graph.restored import ensure_follows_from_filings
from biopact.graph.store import synchronise
from biopact.graph.stores import open_store
from biopact.graph.time import as_of, filing_date, in_force, timed
from biopact.ontology import BiopactError, NotFoundError, StoreError

KEPT = 8  # views; the one that was not used for longest goes first
_ABOUT = "view.json"  # in a view's folder; its time stamp tells when it was used last
_PATIENCE = 600.0  # seconds to wait for another process that makes a view


@dataclass(frozen=True, slots=True)
class Known:
    """How much of a ledger was known on a day."""

    day: str
    only_in_force: bool
    filings: int
    of: int
    undated: int  # among them: nothing says when they were filed, so they count as known
    earliest: str  # filing date in the whole ledger

    def __str__(self) -> str:
        many = f"{self.filings:,} of {self.of:,} filings were known"
        if self.filings == 0:
            many = f"no filing was known yet, the earliest is of {self.earliest}"
        elif self.undated:
            many += f", {self.undated:,} of them without a filing date"
        return f"as of {self.day}: {many}{'; only what was in force' if self.only_in_force else ''}"


def known_on(
    ledger: Ledger, day: str, only_in_force: bool = False, progress: Progress = lambda done, total, what: None
) -> tuple[Graph, Known]:
    """The graph of what was known at the end of a day, and how much that was.

    NotFoundError if the ledger is empty, because then there is nothing that views could be made of;
    ValidationError if the store was restored from RDF.
    """
    ids = ledger.filings()
    if not ids:
        ensure_follows_from_filings(ledger)
        raise NotFoundError(
            f"{ledger.folder}: no filings in this ledger, and views of a day are made from it; `biopact load` fills it"
        )
    dates: list[str] = []
    taken: list[str] = []

    def read() -> Iterator[FilingFacts]:
        for done, id_ in enumerate(ids):
            progress(done, len(ids), id_)
            facts = ledger.get(id_)
            dates.append(filing_date(facts))
            yield facts

    def known() -> Iterator[FilingFacts]:
        for facts in as_of(read(), day):
            taken.append(filing_date(facts))
            yield facts

    graph = timed(resolve(known(), Judgements.beside(ledger).current().values()), day)
    progress(len(ids), len(ids), f"what was known on {day}")
    account = Known(day, only_in_force, len(taken), len(ids), taken.count(""), min(filter(None, dates), default=""))
    return in_force(graph, day) if only_in_force else graph, account


def view(
    store: str, day: str, only_in_force: bool = False, progress: Progress = lambda done, total, what: None
) -> tuple[Path, Known]:
    """The folder of an embedded store that holds the view of a day, and what it is made of.

    It lies beside the ledger that belongs to the store, and is made if it is missing or if ledger or judgements have
    changed since. A process that is killed meanwhile leaves the view that was there before, or none.
    """
    ledger = Ledger(ledger_folder(store))
    views = ledger.folder.parent / "as-of"
    folder = views / f"{day}{'-in-force' if only_in_force else ''}"
    mark = fingerprint(ledger)
    if (known := _current(folder, mark)) is None:
        if not ledger.filings():
            known_on(ledger, day)  # says so
        with _alone(views):
            if (known := _current(folder, mark)) is None:
                known = _make(ledger, folder, mark, day, only_in_force, progress)
                _tidy(views, mark)
    os.utime(folder / _ABOUT)
    return folder, known


def tidy(store: str) -> None:
    """Take away the views that hold what the ledger no longer does."""
    ledger = Ledger(ledger_folder(store))
    views = ledger.folder.parent / "as-of"
    if views.is_dir():
        with _alone(views):
            _tidy(views, fingerprint(ledger))


def fingerprint(ledger: Ledger) -> str:
    """Changes when a filing's facts, what people judged, or the code that resolves them changes."""
    files = sorted((p.name, s.st_size, s.st_mtime_ns) for p in ledger.folder.glob("[!.]*.jsonl.gz") if (s := p.stat()))
    return digest(version(), Judgements.beside(ledger).fingerprint(), *files)


def _current(folder: Path, mark: str) -> Known | None:
    """What a view is made of; None if there is none of this fingerprint."""
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        return Known(**about["known"]) if about["fingerprint"] == mark else None
    except (OSError, ValueError, KeyError, TypeError):  # missing, or not ours: it is made anew
        return None


def _make(ledger: Ledger, folder: Path, mark: str, day: str, only_in_force: bool, progress: Progress) -> Known:
    """Build aside, then put in place. The caller is alone in the folder of views."""
    for left in folder.parent.glob(".*/"):  # by a process that was killed
        shutil.rmtree(left)
    graph, known = known_on(ledger, day, only_in_force, progress)
    draft, old = folder.with_name(f".new-{folder.name}"), folder.with_name(f".old-{folder.name}")
    with open_store(str(draft)) as target:
        synchronise(target, graph)
    about = canonical({"fingerprint": mark, "known": asdict(known)})
    (draft / _ABOUT).write_text(about, encoding="utf-8")
    if folder.exists():
        _ensure_free(folder)
        folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    return known


def _tidy(views: Path, mark: str) -> None:
    """Take away what has another fingerprint or was not used for longest, unless somebody reads it just now."""
    by_use = sorted(views.glob(f"[!.]*/{_ABOUT}"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
    current = [about.parent for about in by_use if _current(about.parent, mark)]
    for folder in {about.parent for about in by_use}.difference(current[:KEPT]):
        with suppress(StoreError):
            _ensure_free(folder)
            shutil.rmtree(folder)


def _ensure_free(folder: Path) -> None:
    """StoreError if a process has this view open."""
    if (folder / "owner").exists():  # or one had it open when it was killed
        with open_store(str(folder), create=False):
            pass


@contextmanager
def _alone(views: Path) -> Iterator[None]:
    """Keep other processes from making views here."""
    views.mkdir(parents=True, exist_ok=True)
    lock = FileLock(views / ".lock", timeout=_PATIENCE)
    try:
        lock.acquire()
    except Timeout as error:
        raise BiopactError(f"{views}: another process makes a view here; wait for it, or end it") from error
    try:
        yield
    finally:
        lock.release()
