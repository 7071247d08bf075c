"""Pieces of a file that come in any order and leave by groups, with few of them in memory at a time."""

from __future__ import annotations

import pickle
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import IO, Generic, Self, TypeVar

T = TypeVar("T")
HELD = 30_000  # pieces in memory; the others wait in temporary files


class Spool(Generic[T]):
    """Groups pieces by a key; those of one group stay in the order in which they came."""

    def __init__(self, held: float = HELD) -> None:
        self._held = held
        self._groups: defaultdict[str, list[T]] = defaultdict(list)
        self._count = 0
        self._runs: list[IO[bytes]] = []
        self._files = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._files.close()

    def put(self, key: str, piece: T) -> None:
        """Add a piece to a group."""
        self._groups[key].append(piece)
        self._count += 1
        if self._count >= self._held:
            run = self._files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
            for group in sorted(self._groups.items(), key=itemgetter(0)):
                pickle.dump(group, run, pickle.HIGHEST_PROTOCOL)
            self._runs.append(run)
            self._groups.clear()
            self._count = 0

    def groups(self) -> Iterator[tuple[str, list[T]]]:
        """Each group once, sorted by its key."""
        held = sorted(self._groups.items(), key=itemgetter(0))
        if not self._runs:
            yield from held
            return
        runs = merge(*map(self._read, self._runs), held, key=itemgetter(0))
        for key, parts in groupby(runs, itemgetter(0)):
            yield key, [piece for _, pieces in parts for piece in pieces]

    def _read(self, run: IO[bytes]) -> Iterator[tuple[str, list[T]]]:
        end = run.tell()
        run.seek(0)
        while run.tell() < end:
            yield pickle.load(run)
        run.seek(end)
