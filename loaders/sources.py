"""Where filings come from: files, folders, globs, zip members, gzip and standard input, as named bytes."""

from __future__ import annotations

import glob
import gzip
import lzma
import os
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from biopact.ontology.errors import FilingError

LIMIT = 256 * 1024 * 1024  # bytes of one filing; the largest full submissions are near 200 MB
_BOMB_BYTES = 16 * 1024 * 1024  # from here on a suspicious ratio counts
_BOMB_RATIO = 200  # filings, uuencoded parts included, shrink 3 to 30 times
_BROKEN = (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError)
# RuntimeError: an encrypted member; NotImplementedError, a subclass: an unknown compression


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read; nothing is opened before `data` is called."""

    name: str  # the path as it was given; archive.zip!member for a member
    path: Path | None = None  # None: standard input
    archive: zipfile.ZipFile | None = None
    member: zipfile.ZipInfo | None = None
    fault: str | None = None  # why it cannot be read, when that was seen while looking for it
    limit: int = LIMIT

    def data(self) -> bytes:
        """All bytes, decompressed; FilingError when they cannot be had or are too many."""
        if self.fault:
            raise FilingError(f"{shown(self.name)}: {self.fault}")
        try:
            if self.archive and self.member:
                return self._of_member(self.archive, self.member)
            if self.path is None:
                return self._all(sys.stdin.buffer)
            with self.path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                if size > self.limit:
                    raise self._too_large()
                if self.path.suffix.lower() != ".gz":
                    return self._all(file)
                with gzip.GzipFile(fileobj=file) as plain:
                    return self._all(plain, packed=size)
        except FileNotFoundError:
            raise FilingError(f"{shown(self.name)}: no such file; check the path") from None
        except PermissionError:
            raise FilingError(f"{shown(self.name)}: no permission to read it") from None
        except _BROKEN as error:
            raise FilingError(f"{shown(self.name)}: cannot be read: {shown(str(error))}") from error

    def _of_member(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        if member.file_size > self.limit:
            raise self._too_large()
        with archive.open(member) as file:
            return self._all(file, packed=member.compress_size)

    def _all(self, file: IO[bytes] | gzip.GzipFile, packed: int | None = None) -> bytes:
        """Read to the end, never holding much more than the limit or than a bomb needs to show itself."""
        allowed = self.limit
        if packed is not None:
            allowed = min(allowed, max(_BOMB_BYTES, packed * _BOMB_RATIO))
        data = file.read(allowed + 1)
        if len(data) <= allowed:
            return data
        if allowed < self.limit:
            raise FilingError(
                f"{shown(self.name)}: {packed} bytes unpack to more than {allowed}, as a decompression bomb does; "
                "unpack it yourself if you trust it"
            )
        raise self._too_large()

    def _too_large(self) -> FilingError:
        return FilingError(f"{shown(self.name)}: larger than the limit of {self.limit} bytes; raise the limit")


def shown(text: str, longest: int = 500) -> str:
    r"""The text on one line, as messages need it.

    >>> shown("a\nb")
    'a\\nb'
    """
    kept = text if len(text) <= longest else text[:longest] + "..."
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in kept)


def find_sources(arguments: Iterable[str], limit: int = LIMIT) -> Iterator[Source]:
    """Yield a source for each file that the arguments name, in order; folders are walked sorted.

    What cannot be found or listed is a source too, and its `data` says why.
    """
    for argument in arguments:
        if argument == "-":
            yield Source("-", limit=limit)
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
    try:
        archive = zipfile.ZipFile(name)
    except _BROKEN as error:
        yield Source(name, fault=f"not a readable zip archive: {shown(str(error))}", limit=limit)
        return
    for member in sorted(archive.infolist(), key=lambda m: m.filename):
        parts = member.filename.split("/")
        if not member.is_dir() and parts[0] != "__MACOSX" and not parts[-1].startswith("."):
            yield Source(f"{name}!{member.filename}", Path(name), archive, member, limit=limit)
