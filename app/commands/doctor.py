"""The command that looks at the machine and says what to do: doctor."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import click

from biopact.app.commands.options import ledger_of, opened, show_rows, store_option
from biopact.app.location import is_server, shown_store
from biopact.ontology.errors import StoreError

_REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. What is not needed by everyone is never a failure."""

    what: str
    found: str
    ok: bool
    next_step: str = ""
    needed: bool = True


@click.command()
@store_option
@click.pass_context
def doctor(ctx: click.Context, store: str) -> None:
    """Check Python, packages, Java, Maven and the store, and say what to do about each.

    \b
    Example:
      biopact doctor --store bolt://localhost:7687
    """
    findings = [_python(), *_packages(), *_tools()]
    reached, finding = _store(store)
    findings.append(finding)
    show_rows(
        ("check", "found", "", "next step"),
        [
            (f.what, f.found, "ok" if f.ok else ("failed" if f.needed else "absent"), "" if f.ok else f.next_step)
            for f in findings
        ],
    )
    if not reached:
        ctx.exit(3)
    ctx.exit(0 if all(f.ok or not f.needed for f in findings) else 1)


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", found, sys.version_info >= (3, 11), "install Python 3.11 or newer")


def _packages() -> Iterator[Finding]:
    """The packages that biopact says it needs; only those missing are listed one by one."""
    names = [m.group() for r in requires("biopact") or () if "extra ==" not in r and (m := _REQUIREMENT.match(r))]
    missing = [name for name in names if not _installed(name)]
    yield Finding("packages", f"{len(names) - len(missing)} of {len(names)}", not missing, "run `make install`")
    for name in missing:
        yield Finding(f"package {name}", "not installed", False, f"run `pip install {name}`")


def _installed(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def _tools() -> Iterator[Finding]:
    """Java and Maven: only the tests on a real Neo4j want them, the embedded store brings its own Java."""
    java = _first_number(("java", "-version"))
    yield Finding(
        "Java (to run the tests on Neo4j)", java or "none", int((java or "0").split(".")[0]) >= 17,
        "install a JDK 17 or newer, as in `apt-get install default-jdk-headless`", needed=False,
    )  # fmt: skip
    maven = _first_number(("mvn", "-version"))
    yield Finding(
        "Maven (to run the tests on Neo4j)", maven or "none", bool(maven),
        "install Maven, as in `apt-get install maven`", needed=False,
    )  # fmt: skip


def _first_number(command: tuple[str, ...]) -> str | None:
    """The version that a tool prints about itself, None if it is not there."""
    if shutil.which(command[0]) is None:
        return None
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    found = re.search(r"\d+(\.\d+)*", run.stdout + run.stderr)
    return found.group() if found else None


def _store(store: str) -> tuple[bool, Finding]:
    """Whether the store answers. A folder that is not there yet is no failure: load makes it."""
    what = f"store {shown_store(store)}"
    if not is_server(store) and not Path(store).expanduser().exists():
        return True, Finding(what, "not there yet", False, "`biopact load` makes it", needed=False)
    try:
        with opened(store) as source:
            count = source.ask("MATCH (f:Filing) RETURN count(f) AS filings").rows[0][0]
    except StoreError as error:
        return False, Finding(what, str(error), False, "start the server or close the program that has the store open")
    from biopact.graph.restored import is_restored

    ledger = ledger_of(store)
    if is_restored(ledger):
        return True, Finding(what, f"{count} filings, restored from RDF", True, "")
    kept = len(ledger.filings())
    step = "the store differs from the ledger: run `biopact rebuild`"
    return True, Finding(what, f"{count} filings, {kept} in the ledger", count == kept, step)
