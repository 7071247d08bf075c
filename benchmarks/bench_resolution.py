"""What it costs to say who is who: many mentions at once, and one filing more in a ledger of thousands.

    python -m benchmarks.bench_resolution --filings 1000 --mentions 20000

Filings are made up (benchmarks/filings_made_up.py) and the same in every run. Each step runs in a process of its own,
whose greatest memory is shown. The ratio says how much longer it takes to join everything anew, as one had to without
the workbench. --folder keeps the ledger that is made for the next run.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.filings_made_up import World
from biopact.app import pipeline
from biopact.graph.ledger import FilingFacts, Ledger
from biopact.graph.resolution.keeping_up import FILE, workbench
from biopact.graph.resolve import resolve
from biopact.graph.stores import open_store

PER_FILING = 20  # companies that a filing of the first step names
MORE = 5  # filings that are added one by one, of each kind
COMMON = range(10)  # of the companies, those that most filings name

Figures = dict[str, float]


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def both(work: Callable[[], object]) -> Figures:
    """Seconds by the clock and of the processor, which other programs make longer less."""
    started = time.process_time()
    seconds = timed(work)
    return {"seconds": seconds, "processor": time.process_time() - started}


def settle(ledger: Ledger) -> None:
    with workbench(ledger):
        pass


def made(folder: Path, filings: int) -> Ledger:
    """A ledger of made-up filings; what is there of it already is kept."""
    ledger, world = Ledger(folder), World(filings)
    if len(ledger.filings()) < filings:
        for facts in world:
            ledger.put(facts)
    return ledger


# --- steps, each in a process of its own


def in_memory(folder: Path, filings: int) -> Figures:
    del filings
    return both(lambda: resolve(Ledger(folder)))


def on_disk(folder: Path, filings: int) -> Figures:
    del filings
    ledger = Ledger(folder)
    (folder / FILE).unlink(missing_ok=True)
    return {
        **both(lambda: settle(ledger)),
        "megabytes": (folder / FILE).stat().st_size / 1e6,
        "ledger": sum(file.stat().st_size for file in folder.glob("*.jsonl.gz")) / 1e6,
    }


def one_more(folder: Path, filings: int) -> Figures:
    """Filings that come one by one, and go again."""
    world, ledger = World(filings), Ledger(folder)
    plain = [world.facts(filings + 1 + n) for n in range(MORE)]
    common = [world.facts(filings + 101 + n, COMMON) for n in range(MORE)]
    settle(ledger)

    def added(facts: FilingFacts) -> float:
        return timed(lambda: (ledger.put(facts), settle(ledger)))

    def forgotten(facts: FilingFacts) -> float:
        return timed(lambda: (ledger.forget(facts.filing), settle(ledger)))

    return {
        "nothing new": timed(lambda: settle(ledger)),
        "one": median(map(added, plain)),
        "one that names the most common": median(map(added, common)),
        "forget one": median(map(forgotten, plain)),
        "forget one that names the most common": median(map(forgotten, common)),
    }


def in_store(folder: Path, filings: int) -> Figures:
    """The same with an embedded store to be told."""
    world = World(filings)
    with tempfile.TemporaryDirectory() as home, open_store(home) as store:
        ledger = made(Path(home) / "ledger", filings)
        found = {"tell all": timed(lambda: pipeline.update(ledger, store))}
        for number, facts in enumerate(
            [world.facts(filings + 1), *(world.facts(filings + 101 + n, COMMON) for n in (0, 1))]
        ):
            ledger.put(facts)
            name = ("tell one", "", "tell one that names the most common")[number]
            found[name] = timed(lambda: pipeline.update(ledger, store))
        found["forget one and tell"] = timed(lambda: pipeline.forget([facts.filing], ledger, store))
        found["tell all anew"] = timed(lambda: pipeline.rebuild(ledger, store))
    return {name: seconds for name, seconds in found.items() if name}


def _child(step: Callable[[Path, int], Figures], folder: Path, filings: int, out: Any) -> None:
    figures = step(folder, filings)
    figures["gigabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20  # Linux counts kilobytes
    out.send(figures)


def run(step: Callable[[Path, int], Figures], folder: Path, filings: int) -> Figures:
    """The figures of a step, measured in a fresh process."""
    fresh = multiprocessing.get_context("spawn")
    ours, theirs = fresh.Pipe(duplex=False)
    child = fresh.Process(target=_child, args=(step, folder, filings, theirs))
    child.start()
    theirs.close()
    figures: Figures = ours.recv()
    child.join()
    return figures


def line(what: str, value: float, unit: str, note: str = "") -> None:
    print(f"{what:<58} {value:9.3f} {unit:<3} {note}".rstrip(), flush=True)


def cost(found: Figures) -> str:
    return f"{found['processor']:.1f} s of the processor, {found['gigabytes']:.2f} GB at most"


def mentions(folder: Path, count: int) -> None:
    filings = count // PER_FILING
    ledger, world = Ledger(folder), World(filings)
    if len(ledger.filings()) < filings:
        for number in range(filings):
            ledger.put(world.mentions(number, PER_FILING))
    for name, step in (("in memory", in_memory), ("on disk", on_disk)):
        found = run(step, folder, filings)
        line(f"{count:,} mentions, {name}", found["seconds"], "s", cost(found))


def growing(folder: Path, filings: int) -> None:
    made(folder, filings)
    built = run(on_disk, folder, filings)
    line(f"ledger of {filings:,}: built", built["seconds"], "s", cost(built))
    line("its files", built["ledger"], "MB")
    line(f"{FILE} beside them", built["megabytes"], "MB", f"{built['megabytes'] / built['ledger']:.2f} of the ledger")
    more = run(one_more, folder, filings)
    more.pop("gigabytes")
    scratch = run(in_memory, folder, filings)
    line("all of it anew, in memory", scratch["seconds"], "s", cost(scratch))
    for what, seconds in more.items():
        line(what, seconds, "s", f"anew takes {scratch['seconds'] / seconds:.0f} times as long")


@contextmanager
def place(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        yield folder
        return
    with tempfile.TemporaryDirectory() as made_here:
        yield Path(made_here)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--mentions", type=int, default=200_000, help="of companies, in the first step")
    options.add_argument("--filings", type=int, default=10_000, help="in the ledger that grows")
    options.add_argument("--stored", type=int, default=1_000, help="filings in the ledger whose store is told")
    options.add_argument("--folder", type=Path, help="where to keep the ledgers that are made")
    given = options.parse_args()
    with place(given.folder) as folder:
        if given.mentions:
            mentions(folder / f"mentions-{given.mentions}", given.mentions)
        if given.filings:
            growing(folder / f"filings-{given.filings}", given.filings)
        if given.stored:
            told = run(in_store, folder, given.stored)
            line(f"ledger of {given.stored:,}, embedded store: tell all", told.pop("tell all"), "s")
            anew = told.pop("tell all anew")
            told.pop("gigabytes")
            line("tell all anew", anew, "s")
            for what, seconds in told.items():
                line(what, seconds, "s", f"anew takes {anew / seconds:.0f} times as long")


if __name__ == "__main__":
    main()
