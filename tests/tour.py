"""Runs the commands of the documentation's tours and puts what they really print below them.

``python -m tests.tour`` writes the pages anew; tests/test_docs.py fails where they differ.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from biopact.app.cli import cli

ROOT = Path(__file__).parent.parent
PAGES = (
    ROOT / "README.md",
    *(
        ROOT / "docs" / name
        for name in ("analytics.md", "architecture.md", "cypher.md", "sparql.md", "tables.md", "time.md")
    ),
)
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def refreshed(text: str) -> str:
    """The text with what each ``$ biopact`` of its console blocks prints, run in order in one empty folder."""
    with _tour_folder():
        return _BLOCK.sub(lambda block: f"```console\n{_played(block[1])}```", text)


def _played(block: str) -> str:
    printed = []
    for line in block.splitlines():
        if line.startswith("$ biopact "):
            result = CliRunner().invoke(cli, shlex.split(line)[2:], prog_name="biopact")
            if result.exit_code != 0:
                raise RuntimeError(f"{line}: exit {result.exit_code}: {result.output}") from result.exception
            printed += [line, *result.stdout.rstrip().splitlines(), ""]
    return "\n".join(printed[:-1]) + "\n"


@contextlib.contextmanager
def _tour_folder() -> Iterator[None]:
    """An empty working folder with the samples in their place and nothing from the environment."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "examples").symlink_to(ROOT / "examples")
        kept = {name: os.environ.pop(name) for name in ("BIOPACT_STORE", "BIOPACT_LEDGER") if name in os.environ}
        with contextlib.chdir(folder):
            yield
        os.environ.update(kept)


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")
