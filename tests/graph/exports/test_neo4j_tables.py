"""What `biopact export graph.csv` writes, taken in by Neo4j's own import tool."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from benchmarks.made_graphs import whole
from biopact.graph.altered import remove_altered
from biopact.graph.exports import export
from biopact.graph.records import Graph, Node
from biopact.graph.store import GraphRows, Rows, dump, synchronise
from biopact.graph.stores import open_store
from tests.servers.neo4j_server import RELEASES, running
from tests.servers.processes import ServerUnavailableError, unavailable

HOSTILE = 'A "b", c;d\ne\\f\' | NULL <g> é 漢 \u202e h'


@pytest.mark.parametrize("name", RELEASES)
def test_an_imported_database_holds_what_a_loaded_one_does(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = whole(2_000)
    hostile = Node("company/hostile", "Company", HOSTILE, (HOSTILE + "1", ";", '"'), {"kind": "firm"})
    graph = Graph({**made.nodes, hostile.id: hostile}, made.edges)
    export(graph, tmp_path / "graph.csv")
    try:
        with running(RELEASES[name], tmp_path / "home", tmp_path / "graph.csv") as server:
            for variable, value in server.environment().items():
                monkeypatch.setenv(variable, value)
            with open_store(server.url) as store:
                assert dumped(store) == dumped(GraphRows(graph))
                assert not synchronise(store, graph), "indexes are made, and nothing is written anew"
                remove_altered(store)  # as `biopact rebuild` does
                synchronise(store, graph)
                assert list(dump(store)) == list(dump(GraphRows(graph))), "whole amounts are whole again"
    except ServerUnavailableError as error:
        unavailable(str(error))
    except subprocess.CalledProcessError as error:
        pytest.fail(f"{error}\n{(tmp_path / 'home' / 'console.log').read_text()}")


def dumped(rows: Rows) -> list[Any]:
    return [json.loads(line) for line in dump(rows)]  # Neo4j reads whole amounts as floats, which are equal here
