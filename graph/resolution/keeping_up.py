"""The workbench that belongs to a ledger: opened, and brought up to date with the ledger and the judgements."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from biopact.graph.judgements import Judgements
from biopact.graph.ledger import Ledger
from biopact.graph.resolution.tables import discard
from biopact.graph.resolution.workbench import Workbench
from biopact.ontology import BiopactError, NotFoundError

FILE = "resolution.sqlite"  # in the ledger's folder; it can be deleted at any time
_PATIENCE = 60  # seconds to wait for another process that is at it

Progress = Callable[[int, int, str], None]  # filings done, filings in all, which


@contextmanager
def workbench(
    ledger: Ledger, progress: Progress = lambda done, total, what: None, *, anew: bool = False
) -> Iterator[Workbench]:
    """The graph of a ledger and of the judgements beside it, settled and committed.

    What changed in the ledger since the last time is found by the stamps of its files, whoever changed it and however
    that ended: a load that was killed, a file that was copied in or deleted by hand. With `anew` nothing that was
    worked out before is used.
    """
    with _alone(ledger):
        if anew:
            discard(ledger.folder / FILE)
        with _opened(ledger, progress) as bench:
            yield bench


def _opened(ledger: Ledger, progress: Progress) -> Workbench:
    """The workbench, up to date; made anew where its file turns out to be damaged."""
    path = ledger.folder / FILE
    for attempt in range(2):
        bench = Workbench(path)
        try:
            _bring_up_to_date(bench, ledger, progress)
        except sqlite3.DatabaseError as error:
            bench.close()
            if attempt or isinstance(error, sqlite3.OperationalError):  # a full disk, say: nothing is damaged
                raise BiopactError(
                    f"{path}: {error}; nothing is lost, `biopact rebuild` starts from the ledger"
                ) from error
            discard(path)
        except BaseException:
            bench.close()
            raise
        else:
            break
    return bench


def _bring_up_to_date(bench: Workbench, ledger: Ledger, progress: Progress) -> None:
    stamps, known = ledger.stamps(), bench.stamps()
    for gone in sorted(known.keys() - stamps.keys()):
        bench.remove(gone)
    new = {filing for filing, stamp in stamps.items() if known.get(filing) != stamp}
    again = bench.judge(Judgements.beside(ledger).current().values())
    due = sorted((new | set(again)) & stamps.keys())
    for done, filing in enumerate(due):
        progress(done, len(due), filing)
        try:
            facts = ledger.get(filing)
        except NotFoundError:  # another process forgot it just now
            bench.remove(filing)
        else:
            bench.put(facts, stamps[filing])
    bench.settle()
    bench.commit()


@contextmanager
def _alone(ledger: Ledger) -> Iterator[None]:
    """Wait until no other process is at it; the lock of one that was killed is free."""
    ledger.folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(ledger.folder / f".{FILE}.lock", timeout=_PATIENCE)
    try:
        lock.acquire()
    except Timeout as error:
        raise BiopactError(
            f"{ledger.folder}: another biopact is at work on it; what was read is kept, so wait for the other and run "
            "this again, or `biopact rebuild`"
        ) from error
    try:
        yield
    finally:
        lock.release()
