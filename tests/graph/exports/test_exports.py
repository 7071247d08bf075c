"""One entry for every export: drawing formats, tables for neo4j-admin, records; each read back by its own reader."""

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from biopact.graph import rdf
from biopact.graph.exports import FORMATS, TABLES, as_networkx, export
from biopact.graph.neo4j_tables import ARRAY_DELIMITER
from biopact.graph.records import Edge, Graph, Node
from biopact.graph.store import rows_of
from biopact.ontology import ValidationError

HOSTILE = 'A <b> & "c"\r\nd\x00\x1b\ufffe ]]>'


@pytest.mark.parametrize("suffix", [*rdf.FORMATS, *FORMATS, TABLES])
def test_every_suffix_writes_the_same_bytes_twice(graph: Graph, tmp_path: Path, suffix: str) -> None:
    contents = []
    for name in ("a", "b"):
        count = export(graph, tmp_path / name / f"graph{suffix}") if (tmp_path / name).mkdir() is None else 0
        assert count > 0
        contents.append({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()})
    assert contents[0] == contents[1]
    assert len(contents[0]) == (2 if suffix == TABLES else 1)


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".jsonl", ".nt"])
def test_gz_packs_the_same_bytes(graph: Graph, tmp_path: Path, suffix: str) -> None:
    export(graph, tmp_path / f"graph{suffix}")
    export(graph, tmp_path / f"graph{suffix}.gz")
    assert gzip.decompress((tmp_path / f"graph{suffix}.gz").read_bytes()) == (tmp_path / f"graph{suffix}").read_bytes()


@pytest.mark.parametrize("name", ["graph.xlsx", "graph", "graph.gz", "graph.csv.gz"])
def test_unknown_suffixes_are_refused_with_what_is_known(graph: Graph, tmp_path: Path, name: str) -> None:
    with pytest.raises(ValidationError) as error:
        export(graph, tmp_path / name)
    assert all(f"{suffix}," in str(error.value) for suffix in (*rdf.FORMATS, *FORMATS))
    assert list(tmp_path.iterdir()) == []


def test_json_lines_are_the_records(graph: Graph, tmp_path: Path) -> None:
    assert export(graph, tmp_path / "graph.jsonl") == len(graph.nodes) + len(graph.edges)
    lines = [json.loads(line) for line in (tmp_path / "graph.jsonl").read_text(encoding="utf-8").splitlines()]
    nodes = [Node.from_json(line) for line in lines if line["record"] == "node"]
    edges = [Edge.from_json(line) for line in lines if line["record"] == "edge"]
    assert Graph({n.id: n for n in nodes}, {e.id: e for e in edges}) == graph
    assert [n.id for n in nodes] == sorted(graph.nodes)


def test_drawn_graphs_keep_parallel_edges_and_quotations(graph: Graph) -> None:
    drawn = as_networkx(graph)
    assert set(drawn) == set(graph.nodes)
    assert {key for _, _, key in drawn.edges(keys=True)} == set(graph.edges)
    pair = drawn["company/alder-therapeutics"]["company/societe-brume"]
    licence = next(edge for edge in pair.values() if edge["label"] == "LICENSES_TO")
    assert len(pair) == 2
    assert licence["quotes"] == (
        "licensed its Weaver platform to Société Brume | a non-exclusive licence to Weaver until August 2011"
    )
    assert licence["upfront_usd"] == 1500000.0
    assert drawn.nodes["agreement/6a1f"]["kinds"] == "license | co-development"


@pytest.mark.parametrize(("suffix", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)])
def test_networkx_reads_drawn_graphs_back(graph: Graph, tmp_path: Path, suffix: str, read: Any) -> None:
    path = tmp_path / f"graph{suffix}"
    export(graph, path)
    back = read(path)
    assert set(back) == set(graph.nodes)
    assert back.number_of_edges() == len(graph.edges)
    assert back.nodes["company/societe-brume"]["label"] == "Société Brume"
    assert back.nodes["agreement/6a1f"]["upfront_usd"] == 1500000.0


@pytest.mark.parametrize(("suffix", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)])
def test_hostile_names_do_not_break_drawn_graphs(tmp_path: Path, suffix: str, read: Any) -> None:
    path = tmp_path / f"graph{suffix}"
    export(Graph({"company/a": Node("company/a", "Company", HOSTILE)}, {}), path)
    label = read(path).nodes["company/a"]["label"].replace("\r\n", "\n")
    assert label == 'A <b> & "c"\nd\ufffd\ufffd\ufffd ]]>'


def test_tables_hold_the_rows_of_the_stores(graph: Graph, tmp_path: Path) -> None:
    export(graph, tmp_path / "graph.csv")
    nodes, edges = rows_of(graph)
    with (tmp_path / "graph.nodes.csv").open(encoding="utf-8", newline="") as file:
        read = {row["id:ID"]: row for row in csv.DictReader(file)}
    assert list(read) == [row.properties["id"] for row in nodes]
    deal = read["agreement/6a1f"]
    assert (deal[":LABEL"], deal["upfront_usd:double"], deal["royalties:boolean"]) == ("Agreement", "1500000", "false")
    assert deal["kinds:string[]"].split(ARRAY_DELIMITER) == ["license", "co-development"]
    assert read["company/societe-brume"]["cik:string"] == ""
    with (tmp_path / "graph.edges.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["id:string"], r[":START_ID"], r[":END_ID"], r[":TYPE"]) for r in rows] == [
        (r.properties["id"], r.source, r.target, r.type) for r in edges
    ]


def test_tables_keep_hostile_names_in_their_cell(tmp_path: Path) -> None:
    export(Graph({"company/a": Node("company/a", "Company", HOSTILE, ("x;y,z", '"'))}, {}), tmp_path / "graph.csv")
    with (tmp_path / "graph.nodes.csv").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert row["name:string"] == HOSTILE
    assert row["aliases:string[]"].split(ARRAY_DELIMITER) == ["x;y,z", '"']


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_half_a_character_is_refused_and_leaves_no_file(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(ValidationError, match="half a character"):
        export(Graph({"company/a": Node("company/a", "Company", "\ud800")}, {}), tmp_path / f"graph{suffix}")
    assert list(tmp_path.iterdir()) == []
