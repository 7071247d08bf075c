"""How long other libraries take with the rows of a graph; bench_stores runs this where they are.

    python benchmarks/stores_peers.py FOLDER BOLT-ADDRESS

Reads ``nodes.jsonl`` and ``edges.jsonl`` of the folder, each row with its type and properties, an edge with its ends.
BioCypher writes its files for ``neo4j-admin database import`` beside them. The writer of neo4j-graphrag writes the
nodes to that server, whose credentials are in the environment; its edges would need the plugin APOC. Prints what each
took, as JSON. It must not import biopact, whose dependencies that environment has not got.
"""

from __future__ import annotations

import asyncio
import importlib.metadata
import json
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import neo4j
import yaml
from biocypher import BioCypher
from neo4j_graphrag.components.kg_writer import Neo4jWriter
from neo4j_graphrag.components.types import Neo4jGraph, Neo4jNode

TYPES = {bool: "bool", int: "float", float: "float", str: "str", list: "str[]"}  # amounts are now whole, now not


def rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def own(row: dict[str, Any]) -> dict[str, Any]:
    """The properties of a row but its id, which BioCypher adds itself."""
    return {key: value for key, value in row["properties"].items() if key != "id"}


def configured(folder: Path, nodes: Iterable[dict[str, Any]], edges: Iterable[dict[str, Any]]) -> BioCypher:
    """BioCypher without an ontology, told the properties of each type."""
    known: dict[str, dict[str, Any]] = {}
    for kind, given in (("node", nodes), ("edge", edges)):
        for row in given:
            name = row["type"].lower().replace("_", " ")
            about = known.setdefault(name, {"represented_as": kind, "input_label": row["type"], "properties": {}})
            for key, value in own(row).items():
                about["properties"][key] = TYPES[type(value)]
            if kind == "node":
                about["preferred_id"] = "id"
    schema, config = folder / "schema.yaml", folder / "config.yaml"
    schema.write_text(yaml.safe_dump(known), encoding="utf-8")
    settings = {"dbms": "neo4j", "offline": True, "head_ontology": None, "log_to_disk": False, "debug": False}
    config.write_text(yaml.safe_dump({"biocypher": settings, "neo4j": {"file_format": "csv"}}), encoding="utf-8")
    return BioCypher(
        biocypher_config_path=str(config), schema_config_path=str(schema), output_directory=str(folder / "biocypher")
    )


def biocypher(folder: Path, nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> dict[str, Any]:
    peer = configured(folder, nodes, edges)
    started = time.process_time()
    done = peer.write_nodes((row["properties"]["id"], row["type"], own(row)) for row in nodes)
    done &= peer.write_edges(
        (row["properties"]["id"], row["source"], row["target"], row["type"], own(row)) for row in edges
    )
    peer.write_import_call()
    taken = time.process_time() - started
    size = sum(file.stat().st_size for file in (folder / "biocypher").rglob("*.csv"))
    return {"done": done, "seconds": taken, "bytes": size}


def graphrag(url: str, nodes: list[dict[str, Any]]) -> dict[str, Any]:
    given = [Neo4jNode(id=row["properties"]["id"], label=row["type"], properties=row["properties"]) for row in nodes]
    auth = (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])
    with neo4j.GraphDatabase.driver(url, auth=auth) as driver:
        writer = Neo4jWriter(driver)
        asyncio.run(writer.run(Neo4jGraph(nodes=given[:1000], relationships=[])))  # makes its index, warms up
        driver.execute_query("MATCH (n) DETACH DELETE n")
        started = time.perf_counter()
        result = asyncio.run(writer.run(Neo4jGraph(nodes=given, relationships=[])))
        taken = time.perf_counter() - started
    return {"done": result.status == "SUCCESS", "seconds": taken}


def main() -> None:
    folder = Path(sys.argv[1])
    nodes, edges = rows(folder / "nodes.jsonl"), rows(folder / "edges.jsonl")
    found = {f"biocypher {importlib.metadata.version('biocypher')}": biocypher(folder, nodes, edges)}
    found[f"neo4j-graphrag {importlib.metadata.version('neo4j-graphrag')}"] = graphrag(sys.argv[2], nodes)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
