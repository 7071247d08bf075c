"""The pace of requests: SEC's limit of ten a second holds for all processes of a user together."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from filelock import FileLock, Timeout

from biopact.ontology.errors import BiopactError

SPACING = 0.11  # seconds between requests: never more than ten in any second
_BELIEVED = 3600.0  # a time stamp further ahead than this comes from a clock that was set back


class StoppedError(BiopactError):
    """The run was stopped while this request waited for its turn."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Turns to send a request, handed out one by one to every thread and process that shares the folder.

    A file holds the earliest time of the next turn. It is locked only while it is read and written, never while
    someone waits, so a process that is killed holds up nobody.
    """

    folder: Path
    spacing: float = SPACING
    stop: Event = field(default_factory=Event)

    def turn(self) -> float:
        """Wait for a turn and take it: its time, in seconds since the epoch. StoppedError when stopped meanwhile."""
        while not self.stop.is_set():
            with self._locked():
                now = time.time()
                due = self._due(now)
                if now >= due:
                    self._write(now + self.spacing)
                    return now
            self.stop.wait(min(due - now, 1.0))
        raise StoppedError("stopped before the request was sent")

    def pause(self, seconds: float) -> None:
        """No turn for anyone before so many seconds have passed."""
        with self._locked():
            now = time.time()
            self._write(max(self._due(now), now + seconds))

    def _locked(self) -> FileLock:
        self.folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self.folder / "pace.lock", poll_interval=0.01)

    def _due(self, now: float) -> float:
        try:
            due = float((self.folder / "pace").read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return 0.0
        return due if due < now + _BELIEVED else 0.0  # also False for NaN

    def _write(self, due: float) -> None:
        (self.folder / "pace").write_text(repr(due), encoding="ascii")


def hold(path: Path, whose: str) -> FileLock:
    """The lock of a folder that one process at a time may write to, acquired; BiopactError if another has it."""
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BiopactError(f"{whose}: another `biopact fetch` is writing there; wait for it to end") from None
    return lock
