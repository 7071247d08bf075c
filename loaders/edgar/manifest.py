"""The manifest of a folder of fetched filings: for each file where it came from, and the hash of its bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from biopact.ontology.errors import FilingError

MANIFEST = "biopact-manifest.jsonl"
_LIMIT = 512 * 1024 * 1024  # bytes; a million filings take some 450 MB
_NAME = re.compile(r"\d{10}-\d{2}-\d{6}\.txt", re.A)
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One fetched file."""

    path: str  # the file's name, beside the manifest
    sha256: str
    size: int  # bytes
    url: str
    accession_number: str
    cik: str  # of the company in whose folder of EDGAR it was found
    form: str | None  # as the submission's header states it
    filing_date: str | None
    etag: str | None
    last_modified: str | None
    retrieved: str  # UTC

    def __post_init__(self) -> None:
        """ValueError where a field could lead astray: the manifest may come from someone else."""
        if any(not isinstance(getattr(self, f.name), str) for f in fields(self) if f.type == "str"):
            raise ValueError("a field that must be text is not")
        if not _NAME.fullmatch(self.path):
            raise ValueError(f"{self.path!r} is not the name of a fetched filing")
        if not _SHA256.fullmatch(self.sha256) or type(self.size) is not int:
            raise ValueError("no SHA-256 hash and size")

    def line(self) -> str:
        """The entry as a line of the manifest."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(", ", ": ")) + "\n"


def read_manifest(folder: Path) -> dict[str, Entry]:
    """The entries by file name; FilingError where one cannot be read.

    The last entry of a name counts. A last line without an end is what a killed process leaves: it is passed over.
    """
    path = folder / MANIFEST
    entries: dict[str, Entry] = {}
    with path.open("rb") as file:
        if path.stat().st_size > _LIMIT:
            raise FilingError(f"{path}: larger than {_LIMIT} bytes, so no manifest of ours")
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                break
            try:
                entry = Entry(**json.loads(line))
            except (ValueError, TypeError, RecursionError) as error:
                step = "correct the line or take it out; `biopact fetch` gets its file again"
                raise FilingError(f"{path}: line {number}: no entry of a manifest ({error}); {step}") from None
            entries[entry.path] = entry
    return entries


def write_manifest(folder: Path, entries: Iterable[Entry]) -> None:
    """Write the whole manifest anew, sorted; a reader sees the old or the new one, never a part."""
    part = folder / f".{MANIFEST}.part"
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(entry.line() for entry in sorted(entries, key=lambda entry: entry.path))
    part.replace(folder / MANIFEST)
