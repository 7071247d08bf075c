"""EDGAR's indexes as they were last read, so that the next run asks only whether they have changed."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer of EDGAR with what a conditional request needs."""

    body: bytes
    etag: str | None
    last_modified: str | None

    def conditions(self) -> dict[str, str]:
        """The headers that ask for the body only if it has changed."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder with one file for each address: a line of JSON, then the body."""

    folder: Path

    def get(self, url: str) -> Kept | None:
        """What was kept of an address; None also for a file that is damaged."""
        try:
            head, _, body = self._path(url).read_bytes().partition(b"\n")
            fields = json.loads(head)
        except (FileNotFoundError, ValueError, RecursionError):
            return None
        if not isinstance(fields, dict) or fields.get("sha256") != hashlib.sha256(body).hexdigest():
            return None
        return Kept(body, fields.get("etag"), fields.get("last_modified"))

    def put(self, url: str, kept: Kept) -> None:
        """Keep an answer in place of the one before, at once or not at all."""
        head = {
            "url": url,
            "etag": kept.etag,
            "last_modified": kept.last_modified,
            "sha256": hashlib.sha256(kept.body).hexdigest(),
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        number, part = tempfile.mkstemp(dir=self.folder, suffix=".part")
        try:
            with os.fdopen(number, "wb") as file:
                file.write(json.dumps(head).encode() + b"\n" + kept.body)
            Path(part).replace(self._path(url))
        finally:
            Path(part).unlink(missing_ok=True)

    def _path(self, url: str) -> Path:
        return self.folder / hashlib.sha256(url.encode()).hexdigest()[:32]
