"""Where filings come from: files, folders, globs, zip members, gzip and standard input, as named bytes."""

from __future__ import annotations

import glob
import hashlib
import io
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from biopact.loaders.archives import BROKEN, GZIP, Member, gunzipped, members_of, too_large
from biopact.loaders.edgar.manifest import MANIFEST, Entry, read_manifest
from biopact.ontology.errors import FilingError

LIMIT = 256_000_000  # bytes of one filing; the largest full submissions are near 200 MB


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, as plain data; nothing is opened before `data` is called."""

    name: str  # the path as it was given; archive.zip!member for a member
    path: Path | None = None  # None: standard input
    members: tuple[Member, ...] = ()  # the way into an archive, and into an archive in it
    fault: str | None = None  # why it cannot be read, when that was seen while looking for it
    limit: int = LIMIT  # bytes, unpacked
    sha256: str | None = None  # what the manifest beside it says, as of the next two
    url: str | None = None
    retrieved: str | None = None

    def data(self) -> bytes:
        """All bytes, unpacked; FilingError when they cannot be had or are too many."""
        try:
            if self.fault:
                raise FilingError(self.fault)
            data = self._stored()
            if self.sha256 and hashlib.sha256(data).hexdigest() != self.sha256:
                raise FilingError(f"not the bytes that {MANIFEST} says were fetched; `biopact fetch` gets them again")
            return gunzipped(data, self.limit) if data.startswith(GZIP) else data
        except FilingError as error:
            raise FilingError(f"{shown(self.name)}: {error}") from error
        except FileNotFoundError:
            raise FilingError(f"{shown(self.name)}: no such file; check the path") from None
        except PermissionError:
            raise FilingError(f"{shown(self.name)}: no permission to read it") from None
        except BROKEN as error:
            raise FilingError(f"{shown(self.name)}: cannot be read: {shown(str(error))}") from error

    def _stored(self) -> bytes:
        if self.path is None:
            return self._all(sys.stdin.buffer)
        with self.path.open("rb") as file:
            if not self.members:
                if os.fstat(file.fileno()).st_size > self.limit:
                    raise too_large(self.limit)
                return self._all(file)
            data = self.members[0].read(file, self.limit)
        for member in self.members[1:]:
            data = member.read(io.BytesIO(data), self.limit)
        return data

    def _all(self, file: IO[bytes]) -> bytes:
        """Read to the end, never holding more than the limit."""
        data = file.read(self.limit + 1)
        if len(data) > self.limit:
            raise too_large(self.limit)
        return data


def shown(text: str, longest: int = 500) -> str:
    r"""The text on one line, as messages need it.

    >>> shown("a\nb")
    'a\\nb'
    """
    kept = text if len(text) <= longest else text[:longest] + "..."
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in kept)


def find_sources(arguments: Iterable[str], limit: int = LIMIT) -> Iterator[Source]:
    """Yield a source for each file that the arguments name, in order; folders are walked sorted.

    What cannot be found or listed is a source too, and its `data` says why. A file that the manifest beside it lists
    must have the bytes that were fetched; the manifest itself is no source, but stands for what it lists and is not
    there.
    """
    manifests: dict[Path, dict[str, Entry]] = {}
    for source in _named(arguments, limit):
        if source.path and not source.members:
            yield from _checked(source, source.path, manifests)
        elif not (source.members and source.members[-1].name.rpartition("/")[2] == MANIFEST):
            yield source  # archives check their members themselves


def _checked(source: Source, path: Path, manifests: dict[Path, dict[str, Entry]]) -> Iterator[Source]:
    """The source as the manifest of its folder sees it; each manifest is read once."""
    folder = path.parent
    unread: str | None = None
    if folder not in manifests:
        try:
            manifests[folder] = read_manifest(folder) if os.path.isfile(folder / MANIFEST) else {}  # noqa: PTH113 - never raises
        except (FilingError, OSError) as error:
            manifests[folder] = {}
            unread = str(error)
    if unread:
        yield Source(str(folder / MANIFEST), fault=f"no file beside it is checked: {unread}", limit=source.limit)
    if path.name != MANIFEST:
        entry = manifests[folder].get(path.name)
        if entry:
            source = replace(source, sha256=entry.sha256, url=entry.url, retrieved=entry.retrieved)
        yield source
        return
    for name in sorted(manifests[folder]):
        if not (folder / name).is_file():
            missing = f"listed in {MANIFEST}, but not there; `biopact fetch` gets it again"
            yield Source(os.path.join(os.path.dirname(source.name), name), fault=missing, limit=source.limit)  # noqa: PTH118, PTH120 - keeps the path as given


def _named(arguments: Iterable[str], limit: int) -> Iterator[Source]:
    for argument in arguments:
        if argument == "-":
            yield Source("-", limit=limit)
        elif Path(argument).name == MANIFEST and Path(argument).is_file():
            yield from _of_folder(str(Path(argument).parent), limit)
        elif os.path.lexists(argument) or not glob.has_magic(argument):
            yield from _of_path(argument, limit)
        else:
            matches = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207 - keeps the path as given
            if not matches:
                yield Source(argument, fault="no file matches; quote or correct the pattern", limit=limit)
            for match in matches:
                if not (Path(match).is_dir() and "**" in argument):  # its files match by themselves
                    yield from _of_path(match, limit)


def _of_path(name: str, limit: int) -> Iterator[Source]:
    if "\0" in name:
        yield Source(name, fault="no path holds a NUL character", limit=limit)
    elif Path(name).is_dir():
        yield from _of_folder(name, limit)
    elif name.lower().endswith(".zip") and Path(name).is_file():
        yield from _of_archive(name, limit)
    else:
        yield Source(name, Path(name), limit=limit)


def _of_folder(name: str, limit: int) -> Iterator[Source]:
    unlisted: list[OSError] = []
    for folder, folders, files in os.walk(name, onerror=unlisted.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for error in unlisted:
            yield _unlisted(error, limit)
        unlisted.clear()
        for file in sorted(files):
            path = os.path.join(folder, file)  # noqa: PTH118 - keeps the path as given
            if not file.startswith(".") and (Path(path).is_file() or Path(path).is_symlink()):
                yield from _of_path(path, limit)
    for error in unlisted:
        yield _unlisted(error, limit)


def _unlisted(error: OSError, limit: int) -> Source:
    return Source(str(error.filename), fault=f"cannot list this folder: {error.strerror}", limit=limit)


def _of_archive(name: str, limit: int) -> Iterator[Source]:
    path = Path(name)
    try:
        with path.open("rb") as archive:
            members = members_of(archive, limit)
    except (FilingError, *BROKEN) as error:
        yield _unopened(name, error, limit)
        return
    for member in members:
        inside = f"{name}!{member.name}"
        if member.name.lower().endswith(".zip"):
            yield from _of_inner_archive(inside, path, member, limit)
        else:
            yield Source(inside, path, (member,), limit=limit)


def _of_inner_archive(name: str, path: Path, outer: Member, limit: int) -> Iterator[Source]:
    try:
        with path.open("rb") as archive:
            members = members_of(io.BytesIO(outer.read(archive, limit)), limit)
    except (FilingError, *BROKEN) as error:
        yield _unopened(name, error, limit)
        return
    for member in members:
        deeper = "an archive in an archive in an archive; unpack it" if member.name.lower().endswith(".zip") else None
        yield Source(f"{name}!{member.name}", path, (outer, member), fault=deeper, limit=limit)


def _unopened(name: str, error: BaseException, limit: int) -> Source:
    return Source(name, fault=f"not a readable zip archive: {shown(str(error))}", limit=limit)
