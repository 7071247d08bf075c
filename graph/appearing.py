"""Files that appear whole or not at all, compressed where their name ends in .gz."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast


@contextmanager
def appearing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that takes the place of `path` once it is complete."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as raw:
            if path.suffix == ".gz":
                with gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as packed:
                    yield cast(IO[bytes], packed)
            else:
                yield raw
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
