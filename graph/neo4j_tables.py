"""Tables for ``neo4j-admin database import``, which fills an empty Neo4j database many times faster than Cypher can."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from biopact.graph.appearing import appearing
from biopact.graph.records import Value, half_a_character
from biopact.graph.store import Rows
from biopact.ontology import EdgeType, NodeType, load_schema

# Between the values of a list; no text of a filing holds it.
ARRAY_DELIMITER = "\x1f"

_TYPES = {"integer": "long", "number": "double", "boolean": "boolean"}


def tables_of(path: Path) -> tuple[Path, Path]:
    """The two files that an export to a .csv makes: of nodes and of edges."""
    return path.with_suffix(".nodes.csv"), path.with_suffix(".edges.csv")


def import_command(path: Path) -> list[str]:
    """What to run where an empty Neo4j database is to take these tables: the words after ``neo4j-admin``."""
    nodes, edges = tables_of(path)
    # Without --array-delimiter a semicolon ends a value, without --multiline-fields a line does.
    options = (f"--nodes={nodes}", f"--relationships={edges}", "--array-delimiter=U+001F", "--multiline-fields=true")
    return ["database", "import", "full", *options, "neo4j"]


def write_tables(rows: Rows, path: Path) -> int:
    """Write the rows as stores hold them, with a column for every property of the ontology; returns how many.

    Memory does not grow with them. ValidationError names a record with half a character in it.
    """
    schema = load_schema()
    nodes, edges = tables_of(path)
    node_cells = (({**row.properties, "label": row.label}) for row in rows.node_rows())
    edge_cells = (
        {**row.properties, "source": row.source, "target": row.target, "relation": row.type} for row in rows.edge_rows()
    )
    named = {"name": "name:string", "aliases": "aliases:string[]", "words": "words:string"}
    first = {"id": "id:ID", "label": ":LABEL", **named}
    count = _table(nodes, first, schema.nodes.values(), node_cells)
    first = {"source": ":START_ID", "target": ":END_ID", "relation": ":TYPE", "id": "id:string"}
    return count + _table(edges, first, schema.edges.values(), edge_cells)


def _table(
    path: Path, first: Mapping[str, str], types: Iterable[NodeType | EdgeType], rows: Iterable[Mapping[str, Any]]
) -> int:
    known = {p.name: p for type_ in types for p in type_.properties.values()}
    header = {name: f"{name}:{_TYPES.get(p.type, 'string')}{'[]' * p.many}" for name, p in sorted(known.items())}
    header = {**first, **header, "evidence": "evidence:string[]", "revision": "revision:string"}
    column = {name: at for at, name in enumerate(header)}
    count = 0
    with appearing(path) as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header.values())
        for row in rows:
            cells = [""] * len(column)
            for name, value in row.items():
                cells[column[name]] = _cell(value)
            try:
                writer.writerow(cells)
            except UnicodeEncodeError as error:
                raise half_a_character(row["id"]) from error
            count += 1
    return count


def _cell(value: Value | Iterable[str]) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return str(value)
    return ARRAY_DELIMITER.join(value)
