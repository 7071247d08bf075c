"""Zip archives and gzip data as untrusted input: what an archive holds, and its bytes within bounds."""

from __future__ import annotations

import bz2
import gzip
import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO

from biopact.ontology.errors import FilingError

GZIP = b"\x1f\x8b\x08"  # how gzip data begin
BROKEN = (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error)
_BOMB_BYTES = 16 * 1024 * 1024  # from here on a suspicious ratio counts
_BOMB_RATIO = 200  # filings, uuencoded parts included, shrink 3 to 30 times
_LOCAL_HEADER = 30  # bytes before the name of a member; its last four hold the lengths of what follows


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a zip archive: plain data, so that it can be read later and in another process."""

    name: str
    offset: int  # of its local header in the archive
    packed: int
    size: int
    method: int
    crc: int
    encrypted: bool

    def read(self, archive: IO[bytes], limit: int) -> bytes:
        """Its bytes, which are checked against what the archive says; FilingError, or one of BROKEN."""
        if self.encrypted:
            raise FilingError("encrypted; unpack it with its password and read that")
        if max(self.size, self.packed) > limit:
            raise too_large(limit)
        archive.seek(self.offset)
        header = archive.read(_LOCAL_HEADER)
        if len(header) < _LOCAL_HEADER:
            raise EOFError("the archive ends before this member")
        archive.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), io.SEEK_CUR)
        data = _inflated(archive.read(self.packed), self.method, limit)
        if len(data) != self.size or zlib.crc32(data) != self.crc:
            raise EOFError("damaged: its bytes are not those that the archive's directory tells of")
        return data


def members_of(archive: IO[bytes], limit: int) -> list[Member]:
    """The files of an archive by name, without folders and what systems hide; FilingError, or one of BROKEN."""
    size = archive.seek(0, io.SEEK_END)
    with zipfile.ZipFile(archive) as listing:
        entries = sorted(listing.infolist(), key=lambda entry: entry.filename)
    if sum(entry.file_size for entry in entries) > max(limit, size * _BOMB_RATIO):
        raise _bomb(size, max(limit, size * _BOMB_RATIO))
    members = []
    for entry in entries:
        parts = entry.filename.split("/")
        if not entry.is_dir() and parts[0] != "__MACOSX" and not parts[-1].startswith("."):
            members.append(
                Member(
                    entry.filename,
                    entry.header_offset,
                    entry.compress_size,
                    entry.file_size,
                    entry.compress_type,
                    entry.CRC,
                    bool(entry.flag_bits & 1),
                )
            )
    return members


def gunzipped(data: bytes, limit: int) -> bytes:
    """What gzip data hold; FilingError, or one of BROKEN."""
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as plain:
        return _bounded(plain.read(_allowed(len(data), limit) + 1), len(data), limit)


def too_large(limit: int) -> FilingError:
    """The refusal of more bytes than were allowed."""
    return FilingError(f"larger than the limit of {limit} bytes; raise it with --limit")


def _inflated(packed: bytes, method: int, limit: int) -> bytes:
    most = _allowed(len(packed), limit) + 1
    match method:
        case zipfile.ZIP_STORED:
            return packed
        case zipfile.ZIP_DEFLATED:
            return _bounded(zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most), len(packed), limit)
        case zipfile.ZIP_BZIP2:
            return _bounded(bz2.BZ2Decompressor().decompress(packed, most), len(packed), limit)
    raise FilingError(f"packed by method {method}, which is not read; unpack it and read that")


def _allowed(packed: int, limit: int) -> int:
    """How many bytes to unpack before it shows that the data are too large or a bomb."""
    return min(limit, max(_BOMB_BYTES, packed * _BOMB_RATIO))


def _bounded(data: bytes, packed: int, limit: int) -> bytes:
    allowed = _allowed(packed, limit)
    if len(data) <= allowed:
        return data
    raise too_large(limit) if allowed == limit else _bomb(packed, allowed)


def _bomb(packed: int, allowed: int) -> FilingError:
    return FilingError(
        f"{packed} bytes unpack to more than {allowed}, as a decompression bomb does; "
        "unpack it yourself if you trust it"
    )
