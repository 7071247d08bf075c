"""How fast an empty Neo4j database takes a graph through ``neo4j-admin database import``, and in how much memory.

    python -m benchmarks.bench_import --edges 10000000

The rows are made while they are written, so that the memory is that of the export alone. Then the import tool of the
Neo4j that the tests start reads the tables, and its server counts what it holds.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.made_graphs import MadeRows
from biopact.graph.exports import export
from biopact.graph.neo4j_tables import tables_of
from biopact.graph.stores import open_store
from tests.servers.neo4j_server import RELEASES, running


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--edges", type=int, default=100_000)
    options.add_argument("--store", default="neo4j-5.26", choices=RELEASES)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, home = Path(folder) / "graph.csv", Path(folder) / "home"
        started = time.perf_counter()
        count = export(MadeRows(given.edges), path)
        seconds = time.perf_counter() - started
        size = sum(table.stat().st_size for table in tables_of(path))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"export: {count:,} rows, {size / 1e6:,.0f} MB, {seconds:.1f} s with making them, {memory:.0f} MB of memory"
        )
        with running(RELEASES[given.store], home, path) as server:
            os.environ.update(server.environment())
            told = (line.strip() for line in (home / "console.log").read_text().splitlines())
            print("import:", "; ".join(line for line in told if line.startswith(("IMPORT DONE", "Peak memory"))))
            with open_store(server.url) as store:
                started = time.perf_counter()
                store.prepare()
                nodes = store.ask("MATCH (n) RETURN count(n)", seconds=600).rows[0][0]
                edges = store.ask("MATCH ()-[e]->() RETURN count(e)", seconds=600).rows[0][0]
                print(f"server: {nodes:,} nodes, {edges:,} edges; indexes in {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"the import tool failed: {error}") from error
