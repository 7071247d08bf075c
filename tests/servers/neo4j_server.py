"""A real Neo4j Community server for tests and benchmarks: jars from Maven Central, a free port, a password.

The jars stay in ~/.cache/biopact, so only the first start downloads. The server listens on loopback and is
ended by its own process id.
"""

from __future__ import annotations

import os
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from biopact.graph.neo4j_tables import import_command
from tests.servers.java import fetched_jars, find_java
from tests.servers.processes import ServerUnavailableError, free_port, serving

POM = Path(__file__).with_name("neo4j-pom.xml")
CACHE = Path.home() / ".cache" / "biopact" / "neo4j"
ADMIN = "org.neo4j.server.startup.Neo4jAdminCommand"


@dataclass(frozen=True, slots=True)
class Release:
    """A release that the stores are tested against."""

    version: str
    oldest_java: int
    main: str  # class that starts the server


RELEASES = {
    "neo4j-5.26": Release("5.26.30", 17, "org.neo4j.server.CommunityEntryPoint"),
    "neo4j-2026": Release("2026.08.1", 21, "org.neo4j.server.Neo4jCommunity"),
}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    url: str
    username: str
    password: str

    def environment(self) -> dict[str, str]:
        """What `open_store` reads its credentials from."""
        return {"NEO4J_USERNAME": self.username, "NEO4J_PASSWORD": self.password}


@contextmanager
def running(release: Release, home: Path, tables: Path | None = None) -> Iterator[Server]:
    """Start a server with its data under `home`, and end it; `tables`: what `biopact export` wrote, imported before."""
    java = find_java(release.oldest_java)
    if java is None:
        raise ServerUnavailableError(f"Neo4j {release.version} needs Java {release.oldest_java} or newer")
    jars = fetched_jars(POM, CACHE / release.version / "lib", f"-Dneo4j.version={release.version}")
    classpath = f"{jars}/*"
    bolt, http = free_port(), free_port()
    password = secrets.token_hex(12)  # begins with no hyphen, as an option does
    conf = home / "conf"
    conf.mkdir(parents=True)
    (conf / "neo4j.conf").write_text(
        "\n".join(
            (
                f"server.directories.neo4j_home={home}",
                "server.default_listen_address=127.0.0.1",
                f"server.bolt.listen_address=127.0.0.1:{bolt}",
                f"server.bolt.advertised_address=127.0.0.1:{bolt}",
                f"server.http.listen_address=127.0.0.1:{http}",
                "server.https.enabled=false",
                "dbms.usage_report.enabled=false",
                "server.memory.pagecache.size=128m",
                "server.jvm.additional=--add-opens=java.base/java.nio=ALL-UNNAMED",  # its import tool needs it
                "",
            )
        ),
        encoding="utf-8",
    )
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(conf)}
    admin = [java, "-cp", classpath, "-Dapp.name=neo4j-admin", f"-Dbasedir={home}", ADMIN]
    with (home / "console.log").open("wb") as out:
        for words in (["dbms", "set-initial-password", password], *([import_command(tables)] if tables else [])):
            subprocess.run(
                [*admin, *words], env=environment, stdout=out, stderr=subprocess.STDOUT, check=True, cwd=home
            )
    command = [java, "-Xmx1g", "-cp", classpath, release.main, f"--home-dir={home}", f"--config-dir={conf}"]
    with serving(command, bolt, home, environment):
        yield Server(f"bolt://127.0.0.1:{bolt}", "neo4j", password)
