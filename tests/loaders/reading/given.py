"""Bytes at hand as a source, and reading them."""

from dataclasses import dataclass

from biopact.loaders.filing import Filing
from biopact.loaders.reading import read_filing
from biopact.loaders.sources import Source


@dataclass(frozen=True, slots=True)
class Given(Source):
    """A source whose bytes are at hand."""

    content: bytes = b""

    def data(self) -> bytes:
        return self.content


def read(content: str | bytes, name: str = "given.txt") -> Filing:
    data = content.encode() if isinstance(content, str) else content
    return read_filing(Given(name, content=data))
