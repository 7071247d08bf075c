"""The OWL API and the reasoner HermiT, which prove that ontology files are OWL 2 DL and hold together."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.java import fetched_jars, find_java
from tests.servers.processes import ServerUnavailableError, unavailable

HERMIT = "1.4.5.519"
JARS = Path.home() / ".cache" / "biopact" / "hermit" / HERMIT / "lib"
PROGRAM = Path(__file__).with_name("Reasoner.java")


@dataclass(slots=True)
class Reasoned:
    """What was found in one file."""

    axioms: int = 0
    not_dl: list[str] = field(default_factory=list)  # what OWL 2 DL forbids; nothing more is asked of such a file
    consistent: bool = True
    unsatisfiable: list[str] = field(default_factory=list)  # classes that nothing can be a member of


def reasoned(files: Sequence[Path]) -> list[Reasoned]:
    """What HermiT makes of each file; the test is skipped where there is no Java development kit, but not in CI."""
    java = find_java(17)
    if java is None:
        unavailable("HermiT is asked by a program that a Java development kit 17 or newer runs from source")
    try:
        jars = fetched_jars(PROGRAM.with_name("hermit-pom.xml"), JARS, f"-Dhermit.version={HERMIT}")
    except ServerUnavailableError as error:
        unavailable(str(error))
    command = [java, "-Xmx512m", "-cp", f"{jars}/*", PROGRAM, *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[Reasoned] = []
    for line in done.stdout.splitlines():
        word, _, rest = line.partition(" ")
        if word == "ontology":
            found.append(Reasoned())
            continue
        match word:
            case "axioms":
                found[-1].axioms = int(rest)
            case "profile":
                found[-1].not_dl.append(rest)
            case "inconsistent":
                found[-1].consistent = False
            case "unsatisfiable":
                found[-1].unsatisfiable.append(rest)
    assert len(found) == len(files), done.stdout
    return found
