"""Killed anywhere, by kill -9: the next run repairs itself, nothing is lost, nothing doubled."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from filelock import FileLock

from biopact.graph.judgements import Judgements
from biopact.graph.ledger import Ledger
from biopact.graph.resolution import keeping_up
from biopact.graph.resolution.keeping_up import FILE, workbench
from biopact.graph.store import dump
from biopact.graph.stores import open_store
from biopact.ontology import BiopactError
from tests.app import dying
from tests.app.dying import POINTS, KeptStore

SAMPLES = Path(__file__).parent.parent.parent / "examples" / "samples"
LOADED = ("01-quillmere-8-K-license.txt", "05-brindlecove-8-K-supply.txt", "10-brindlecove-10-K-subsidiaries.txt")
MORE = ("08-quillmere-8-K-amendment.txt", "09-mirefold-8-K-termination.txt")
PAIR = ("company/akebonara-yakuhin", "company/ostravane-pharma")  # two of LOADED; a judgement need not be right
FORGOTTEN = "9999999999-18-000001"


@dataclass(frozen=True)
class Deed:
    """What is done, and killed; `before` is loaded already. Some of the kills are with the embedded store."""

    words: tuple[str, ...]
    kills: int
    real: int = 0
    before: tuple[str, ...] = LOADED


def files(*names: str) -> tuple[str, ...]:
    return tuple(str(SAMPLES / name) for name in names)


DEEDS = {
    "load": Deed(("load", *files(*MORE)), 18, 2),
    "load into nothing": Deed(("load", *files(*LOADED)), 6, before=()),
    "resolve": Deed(("resolve", "same", *PAIR, "--who", "a tester"), 9, 1),
    "rebuild": Deed(("rebuild",), 9, 2),
    "forget": Deed(("forget", FORGOTTEN), 3),
}
KILLS = [(name, kill, False) for name, deed in DEEDS.items() for kill in range(deed.kills)]
KILLS += [(name, kill, True) for name, deed in DEEDS.items() for kill in range(deed.real)]
# Where the disk is written to; the statements between two of these are undone together.
TELLING = ("torn", "after", "before", "COMMIT")

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([dying.__name__])


def started(words: tuple[str, ...], store: Path, deadly: int = 0, *, real: bool = False) -> BaseProcess:
    """A command line at work in a process of its own."""
    told = store.with_name(f"{store.name}-told")
    told.mkdir(exist_ok=True)
    (told / POINTS).unlink(missing_ok=True)
    process = FORKS.Process(
        target=dying.run, args=((*words, "--store", str(store)), told, deadly), kwargs={"real": real}
    )
    process.start()
    return process


def ended(words: tuple[str, ...], store: Path, deadly: int = 0, *, real: bool = False) -> int | None:
    """How it ended."""
    process = started(words, store, deadly, real=real)
    process.join()
    return process.exitcode


def done(words: tuple[str, ...], store: Path, *, real: bool = False) -> None:
    said = store.with_name(f"{store.name}-told") / "output.txt"
    assert ended(words, store, real=real) == 0, said.read_text()


def held(store: Path, *, real: bool = False) -> list[str]:
    """All that a store holds."""
    with open_store(str(store)) if real else KeptStore(store) as opened:
        return list(dump(opened))


def kept(store: Path) -> dict[str, bytes]:
    """The files of the ledger: facts, and nothing half written."""
    return {
        file.name: file.read_bytes()
        for file in (store / "ledger").iterdir()
        if not file.name.startswith((FILE, f".{FILE}.lock"))
    }


def said(store: Path) -> list[tuple[str, ...]]:
    """What stands in the journal of judgements, of which every line has to be whole."""
    judgements = Judgements.beside(Ledger(store / "ledger"))
    assert len(judgements.history()) == judgements.path.read_bytes().count(b"\n") if judgements.path.exists() else True
    return [(*judgement.pair, judgement.verdict) for judgement in judgements.current().values()]


@dataclass(frozen=True)
class Clean:
    """A deed that nobody disturbed: the state before, the one after, and the points that it passed."""

    before: Path
    after: Path
    points: list[str]

    def deadly(self, kill: int, of: int) -> int:
        """The point of the kill of that number: by turns one that tells, and any."""
        telling = [n for n, what in enumerate(self.points, 1) if what.startswith(TELLING)]
        among = telling if kill % 2 == 0 else range(1, len(self.points) + 1)
        return among[kill * (len(among) - 1) // max(1, of - 1)]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bool], Clean]:
    @cache
    def made(name: str, real: bool) -> Clean:
        folder, deed = tmp_path_factory.mktemp("clean"), DEEDS[name]
        before, after = folder / "before", folder / "after"
        before.mkdir()
        if deed.before:
            done(("load", *files(*deed.before)), before, real=real)
        shutil.copytree(before, after)
        done(deed.words, after, real=real)
        return Clean(before, after, json.loads((folder / "after-told" / POINTS).read_text()))

    return made


@pytest.mark.parametrize(("name", "kill", "real"), KILLS)
def test_the_next_run_repairs_it(
    undisturbed: Callable[[str, bool], Clean], tmp_path: Path, name: str, kill: int, real: bool
) -> None:
    deed, clean = DEEDS[name], undisturbed(name, real)
    store = tmp_path / "store"
    shutil.copytree(clean.before, store)
    assert ended(deed.words, store, clean.deadly(kill, deed.real if real else deed.kills), real=real) == -signal.SIGKILL
    again = deed.words
    if name == "forget" and f"filing/{FORGOTTEN}" not in Ledger(store / "ledger").filings():
        again = ("rebuild",) if kill % 2 else ("load", *files(*LOADED[1:]))
    done(again, store, real=real)
    assert kept(store) == kept(clean.after)
    assert said(store) == said(clean.after)
    assert held(store, real=real) == held(clean.after, real=real)


def test_fifty_times() -> None:
    assert len(KILLS) == 50


def test_two_that_load_at_once_take_turns(undisturbed: Callable[[str, bool], Clean], tmp_path: Path) -> None:
    """Into one ledger and one store, as with a server: both end well, and nothing is lost."""
    store = tmp_path / "store"
    store.mkdir()
    loads = [started(("load", *files(name)), store, -1) for name in (*LOADED, *MORE)]
    for load in loads:
        load.join()
    assert [load.exitcode for load in loads] == [0] * len(loads), (tmp_path / "store-told" / "output.txt").read_text()
    clean = undisturbed("load", False).after
    assert kept(store) == kept(clean)
    assert held(store) == held(clean)


def test_who_waits_too_long_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping_up, "_PATIENCE", 0.05)
    ledger = Ledger(tmp_path / "ledger")
    ledger.folder.mkdir()
    with (
        FileLock(ledger.folder / f".{FILE}.lock"),
        pytest.raises(BiopactError, match=r"another biopact is at work.*run this again"),
        workbench(ledger),
    ):
        pytest.fail("it did not wait")


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8])
def test_what_was_worked_out_is_made_anew_where_it_is_damaged(
    undisturbed: Callable[[str, bool], Clean], tmp_path: Path, place: float
) -> None:
    """As a failing disk leaves it: pages of nothing in the middle of the file."""
    clean, store = undisturbed("load", False), tmp_path / "store"
    shutil.copytree(clean.before, store)
    file = store / "ledger" / FILE
    data = bytearray(file.read_bytes())
    at = int(place * len(data)) // 4096 * 4096
    data[at : at + 10 * 4096] = bytes(10 * 4096)
    file.write_bytes(data)
    done(DEEDS["load"].words, store)
    assert held(store) == held(clean.after)
