"""What is taken along from the explorer: words as documents and tables, parts of the graph as files."""

import csv
import io
import json
from pathlib import Path

import pyoxigraph
import pytest
from openpyxl import load_workbook

from biopact.app.explorer.opened import Opened
from biopact.app.explorer.taking import graphed, part, quotations, worded
from biopact.graph.ledger import Ledger
from tests.app.world import FORMULA, IMAGE, world

LICENCE = next(
    e.id for e in world().edges.values() if e.type == "LICENSES_TO" and e.target == "company/birchwood-pharma"
)


@pytest.fixture
def known(tmp_path: Path) -> Opened:
    return Opened("store", world(), Ledger(tmp_path / "ledger"))


def test_a_part_stands_by_itself(known: Opened) -> None:
    graph = part(known.graph, known.cards, [LICENCE])
    types = {n.type for n in graph.nodes.values()}
    assert types == {"Company", "Agreement", "Technology", "Compound", "Term", "Filing", "Document"}
    assert all({e.source, e.target} <= graph.nodes.keys() for e in graph.edges.values())
    told = [e for record in (*graph.nodes.values(), *graph.edges.values()) for e in record.evidence]
    assert {e.document for e in told} | {e.filing for e in told} <= graph.nodes.keys()
    assert "company/hawthorn-holdings" not in graph.nodes


def test_the_words_of_a_licence_are_those_of_the_filing(known: Opened) -> None:
    found = quotations(known, [LICENCE])
    first = dict(zip(found.titles, found.rows[0], strict=True))
    assert {r[0] for r in found.rows} >= {"Alder Bio licenses to Birchwood Pharma"}
    assert (first["Form"], first["Exhibit"], first["Filed"]) == ("8-K", "EX-99.1", "2024-03-04")
    assert first["Accession number"] == "0000000000-24-000001"
    assert any("$12 million upfront" in r[2] for r in found.rows)
    graph = known.graph.evidence().values()
    assert {r[2] for r in found.rows} <= {e.quote for e in graph}


@pytest.mark.parametrize("kind", ["html", "xlsx", "csv", "md"])
def test_hostile_names_are_text_in_every_document(kind: str, known: Opened) -> None:
    made = worded(known, [*known.graph.nodes, *known.graph.edges], kind)
    if kind == "xlsx":
        cells = [c for row in load_workbook(io.BytesIO(made)).active.iter_rows() for c in row]
        assert "f" not in {c.data_type for c in cells}  # no formula
        assert any(IMAGE in str(c.value) for c in cells)
        return
    text = made.decode()
    if kind == "csv":
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert any(IMAGE in cell and FORMULA in cell for cell in cells)
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]
    else:
        assert "<img" not in text
        assert "onerror" in text


@pytest.mark.parametrize(
    ("suffix", "form"),
    [
        (".ttl", pyoxigraph.RdfFormat.TURTLE),
        (".nq", pyoxigraph.RdfFormat.N_QUADS),
        (".jsonld", pyoxigraph.RdfFormat.JSON_LD),
    ],
    ids=["ttl", "nq", "jsonld"],
)
def test_the_graph_is_read_by_others(suffix: str, form: pyoxigraph.RdfFormat, known: Opened) -> None:
    assert len(list(pyoxigraph.parse(graphed(known, [LICENCE], suffix), format=form))) > 100


def test_graphml_and_records_hold_what_is_drawn(known: Opened) -> None:
    ids = [*known.graph.nodes, *known.graph.edges]
    assert b"<graphml" in graphed(known, ids, ".graphml")
    lines = [json.loads(line) for line in graphed(known, ids, ".jsonl").splitlines()]
    assert len(lines) == len(known.graph.nodes) + len(known.graph.edges)


def test_nothing_drawn_is_an_empty_file(known: Opened) -> None:
    assert quotations(known, ["company/gone"]).rows == []
    assert part(known.graph, known.cards, []).nodes == {}
