"""The workbench that belongs to a ledger: opened, and brought up to date with the ledger and the judgements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from biopact.graph.judgements import Judgements
from biopact.graph.ledger import Ledger
from biopact.graph.resolution.tables import discard
from biopact.graph.resolution.workbench import Workbench

FILE = "resolution.sqlite"  # in the ledger's folder; it can be deleted at any time

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
    if anew:
        discard(ledger.folder / FILE)
    with Workbench(ledger.folder / FILE) as bench:
        stamps, known = ledger.stamps(), bench.stamps()
        for gone in sorted(known.keys() - stamps.keys()):
            bench.remove(gone)
        new = [filing for filing, stamp in stamps.items() if known.get(filing) != stamp]
        again = bench.judge(Judgements.beside(ledger).current().values())
        for done, filing in enumerate(sorted({*new, *again} & stamps.keys())):
            progress(done, len(new), filing)
            bench.put(ledger.get(filing), stamps[filing])
        bench.settle()
        bench.commit()
        yield bench
