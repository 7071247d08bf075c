"""The run: find what is wanted in EDGAR's indexes, and bring what the folder lacks into it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from biopact.loaders.edgar.client import Edgar, EdgarError, RefusedError
from biopact.loaders.edgar.indexes import of_accessions, of_company, of_quarters
from biopact.loaders.edgar.listed import Listed, Selection, Wanted, once
from biopact.loaders.edgar.manifest import MANIFEST, Entry, read_manifest, write_manifest
from biopact.loaders.edgar.pace import StoppedError, hold
from biopact.loaders.edgar.register import read_register
from biopact.loaders.forms.header import header_facts
from biopact.loaders.reading.submission import header_of, is_cut, is_submission
from biopact.ontology.errors import BiopactError, NotFoundError

_AT_ONCE = 4  # transfers; the pace of their requests is that of `Pace`
_PATIENCE = 5  # faults in a row, after which EDGAR counts as down
_HEAD = 256 * 1024  # bytes; the longest headers, of many filers, are near 100 KB
_TAIL = 4096
Progress = Callable[[int, int, str], None]  # done, in all, what is under way


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be had, and why."""

    what: str
    reason: str


@dataclass(slots=True)
class Report:
    """What a run did."""

    fetched: list[Entry] = field(default_factory=list)
    had: list[str] = field(default_factory=list)  # accession numbers
    failed: list[Failure] = field(default_factory=list)
    not_asked: int = 0  # filings that a stopped run did not come to
    stopped: str | None = None  # why the run ended early
    refused: bool = False  # because EDGAR could not be asked
    seconds: float = 0.0


def find(
    edgar: Edgar, wanted: Wanted, selection: Selection, today: date, progress: Progress
) -> tuple[list[Listed], list[Failure]]:
    """The filings that are wanted, and what of it could not be found. EdgarError if EDGAR could not be asked.

    Without any ticker, CIK or accession number, the filings of all companies.
    """
    found: list[Listed] = list(wanted.filings)
    failed: list[Failure] = []
    ciks = list(wanted.ciks)
    if wanted.tickers:
        progress(0, 1, "register of tickers")
        register = read_register(edgar)
        for ticker in dict.fromkeys(wanted.tickers):
            try:
                ciks.append(register.cik_of(ticker))
            except NotFoundError as error:
                failed.append(Failure(ticker, str(error)))
    ciks = list(dict.fromkeys(ciks))
    faults = 0
    for done, cik in enumerate(ciks):
        progress(done, len(ciks), f"filings of CIK {cik}")
        try:
            found += of_company(edgar, cik, selection)
            faults = 0
        except BiopactError as error:
            faults = faults + 1 if isinstance(error, EdgarError) else 0
            if isinstance(error, RefusedError | StoppedError) or faults == min(_PATIENCE, len(ciks)):
                raise
            failed.append(Failure(cik, str(error)))
    if wanted == Wanted():
        progress(0, 1, "filings of all companies")
        found += of_quarters(edgar, selection, today)
    return once(found), failed


def fetch(edgar: Edgar, filings: Sequence[Listed], folder: Path, today: date, progress: Progress) -> Report:
    """Bring filings into the folder; those it has, with the bytes that its manifest says, are not asked for.

    A KeyboardInterrupt ends the run early, with a report, and leaves a folder that the next run goes on with.
    """
    began = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    with hold(folder / ".biopact-fetch.lock", str(folder)):
        run = _Run(edgar, folder, len(filings), progress)
        try:
            run.all_of(filings)
            if run.misplaced and not run.report.stopped:
                run.again(today)
        except KeyboardInterrupt:
            run.report.stopped = "interrupted"
    run.report.not_asked = len(filings) - run.settled
    run.report.seconds = time.monotonic() - began
    return run.report


class _Run:
    """One run over a folder that nobody else writes to; only its own thread touches the manifest and the report."""

    def __init__(self, edgar: Edgar, folder: Path, total: int, progress: Progress) -> None:
        for part in folder.glob(".*.part"):
            part.unlink()  # of a run that was killed
        self.report = Report()
        self.settled = 0  # filings that are fetched, were there, or failed
        self.misplaced: list[Listed] = []  # not where their numbers let us guess them
        self._edgar = edgar
        self._folder = folder
        self._total = total
        self._progress = progress
        self._faults = 0  # of EDGAR, in a row
        self._kept = read_manifest(folder) if (folder / MANIFEST).exists() else {}
        write_manifest(folder, self._kept.values())  # so that its last line has an end

    def all_of(self, filings: Iterable[Listed]) -> None:
        """Fetch filings, several at once."""
        lacking = [listed for listed in filings if not self._has(listed)]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            tasks = {pool.submit(self._one, listed): listed for listed in lacking}
            try:
                for future in as_completed(list(tasks)):
                    self._record(future, tasks.pop(future))
                    if self.report.stopped:
                        break
            finally:
                if tasks:
                    self._edgar.stop()
                    pool.shutdown(cancel_futures=True)
                    for future, listed in tasks.items():
                        self._record(future, listed)

    def again(self, today: date) -> None:
        """Look up where the misplaced filings stand, and fetch them from there."""
        sought, self.misplaced = {listed.accession_number for listed in self.misplaced}, []
        self._progress(self.settled, self._total, "indexes of all companies")
        unlisted = "EDGAR's indexes list no such filing; check the accession number"
        try:
            found = of_accessions(self._edgar, sought, today)
        except EdgarError as error:
            found, unlisted = {}, str(error)
        for number in sorted(sought - found.keys()):
            self._fail(number, f"{number}: {unlisted}")
        self.all_of(found.values())

    def _has(self, listed: Listed) -> bool:
        """Whether the folder has the filing, with the bytes that the manifest says."""
        name = f"{listed.accession_number}.txt"
        path, entry = self._folder / name, self._kept.get(name)
        if entry is None or not path.is_file() or path.stat().st_size != entry.size:
            return False
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != entry.sha256:
                return False
        self.report.had.append(listed.accession_number)
        self._settle(listed.accession_number)
        return True

    def _one(self, listed: Listed) -> Entry:
        """Bring one filing into the folder: under its name it is whole or not there."""
        name = f"{listed.accession_number}.txt"
        part, url = self._folder / f".{name}.part", self._edgar.sites.archives + listed.path
        transfer = self._edgar.download(url, part, lambda path: check_submission(path, listed.accession_number))
        stated = {fact.name: fact.value for fact in reversed(header_facts(header_of(_ends(part)[0])))}
        part.replace(self._folder / name)
        return Entry(
            path=name,
            sha256=transfer.sha256,
            size=transfer.size,
            url=url,
            accession_number=listed.accession_number,
            cik=stated.get("cik", listed.cik) if listed.guessed else listed.cik,
            form=stated.get("form", listed.form),
            filing_date=stated.get("filing_date", listed.filing_date),
            etag=transfer.etag,
            last_modified=transfer.last_modified,
            retrieved=datetime.now(UTC).isoformat(timespec="seconds"),
        )

    def _record(self, future: Future[Entry], listed: Listed) -> None:
        """Write down what became of one filing, and whether the run should go on."""
        if future.cancelled():
            return
        try:
            entry = future.result()
        except StoppedError:
            return
        except NotFoundError as error:
            if listed.guessed:
                self.misplaced.append(listed)
            else:
                self._fail(listed.accession_number, str(error))
        except BiopactError as error:
            self._fail(listed.accession_number, str(error))
            self._faults += isinstance(error, EdgarError)
            if isinstance(error, RefusedError) or self._faults >= _PATIENCE:
                self.report.stopped = self.report.stopped or str(error)
                self.report.refused = True
        else:
            with (self._folder / MANIFEST).open("a", encoding="utf-8", newline="\n") as file:
                file.write(entry.line())
            self.report.fetched.append(entry)
            self._faults = 0
            self._settle(listed.accession_number)

    def _fail(self, number: str, reason: str) -> None:
        self.report.failed.append(Failure(number, reason))
        self._settle(number)

    def _settle(self, number: str) -> None:
        self.settled += 1
        self._progress(self.settled, self._total, number)


def check_submission(path: Path, accession_number: str) -> None:
    """ValueError unless the file is the whole full submission of that number."""
    head, tail = _ends(path)
    if not is_submission(head):
        raise ValueError(f"no submission, it starts with {head[:60]!r}")
    if accession_number not in head[:_TAIL]:
        raise ValueError("its header has another accession number")
    if is_cut(f"{head}\n{tail}"):
        raise ValueError("it is cut off: it has no closing tag")


def _ends(path: Path) -> tuple[str, str]:
    """How the file starts and how it ends; all that is looked at here is plain ASCII."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(max(0, path.stat().st_size - _TAIL))
        return head.decode("latin-1"), file.read().decode("latin-1")
