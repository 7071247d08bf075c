"""What is drawn or picked, to take along: the words as a document or a table, and the part of the graph as a file."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from biopact.app.explorer.cards import Cards, date_of, in_words
from biopact.app.explorer.opened import Opened
from biopact.app.sheet import Sheet, sheet
from biopact.app.tables import render
from biopact.app.webpage import webpage
from biopact.app.workbook import workbook
from biopact.graph.exports import export
from biopact.graph.records import Edge, Evidence, Graph, Node

_COLUMNS = ("fact", "date", "words", "form", "exhibit", "filed", "accession_number", "url")
_FILES = {
    ".graphml": "GraphML, for Gephi and Cytoscape",
    ".ttl": "RDF as Turtle",
    ".nq": "RDF as N-Quads",
    ".jsonld": "RDF as JSON-LD",
    ".jsonl": "Records as JSON Lines",
}
_NAME = "biopact"  # of the files
_SAID_BY_OTHERS = ("HAS_TERM", "PARTY_TO")  # the term and the line between the parties quote the same words


def take_view(known: Opened, ids: Collection[str], key: str) -> None:
    """Offer the words and the graph of these nodes and edges; a file is made when it is asked for."""
    with st.popover("Take along", icon=":material/download:", key=f"take {key}"):
        st.markdown("**The words**, each with the fact it states and its filing")
        words = ("html", "A document, for a memo"), ("xlsx", "Excel"), ("csv", "CSV"), ("md", "Markdown")
        for kind, says in words:
            made = partial(worded, known, ids, kind)
            st.download_button(says, made, f"{_NAME}.{kind}", key=f"{key} {kind}", on_click="ignore")
        st.markdown("**The graph**, with its agreements, terms and filings")
        for suffix, says in _FILES.items():
            made = partial(graphed, known, ids, suffix)
            st.download_button(says, made, f"{_NAME}{suffix}", key=f"{key} {suffix}", on_click="ignore")


def worded(known: Opened, ids: Collection[str], kind: str) -> bytes:
    """The quotations behind these records as a file."""
    found = quotations(known, ids)
    if kind == "xlsx":
        return workbook(found)
    if kind == "html":
        return webpage(found).encode("utf-8", "backslashreplace")
    form = {"csv": "csv", "md": "markdown"}[kind]
    columns, rows = (_COLUMNS, found.rows) if kind == "csv" else (found.titles, found.rows)
    return render(columns, rows, form).encode("utf-8", "backslashreplace")


def quotations(known: Opened, ids: Collection[str]) -> Sheet:
    """A row for each quotation of each record and of the terms of its agreement, the latest fact first."""
    told, ids = part(known.graph, known.cards, ids), frozenset(ids)
    records: list[Node | Edge] = [e for e in told.edges.values() if e.evidence and e.type not in _SAID_BY_OTHERS]
    records += [n for n in told.nodes.values() if n.evidence and (n.id in ids or n.type == "Term")]
    rows = []
    for record in sorted(sorted(records, key=lambda r: r.id), key=date_of, reverse=True):
        for evidence in sorted(set(record.evidence)):
            q = known.cards.quoted(evidence)
            number = evidence.filing.partition("/")[2]
            rows.append(
                (_says(known.cards, record), date_of(record), q.quote, q.form, q.exhibit, q.date, number, q.url)
            )
    about = (f"{len(rows):,} quotations, taken from the explorer of biopact on {date.today()}",)
    return sheet(_COLUMNS, rows, title="Facts and the words that state them", about=about)


def part(graph: Graph, cards: Cards, ids: Collection[str]) -> Graph:
    """These nodes and edges with the agreements behind them, the terms of those, and the filings of all the words."""
    nodes = {i: graph.nodes[i] for i in ids if i in graph.nodes}
    edges = {i: graph.edges[i] for i in ids if i in graph.edges}
    deals = {str(e.properties["agreement"]) for e in edges.values() if "agreement" in e.properties}
    deals |= {n.id for n in nodes.values() if n.type == "Agreement"}
    for deal in sorted(deals & graph.nodes.keys()):
        edges |= {e.id: e for e in cards.edges_at(deal) if e.type in ("HAS_TERM", "PARTY_TO", "COVERS")}
    named = (s for e in edges.values() if isinstance(told := e.properties.get("subjects"), tuple) for s in told)
    wanted = {*nodes, *deals, *named, *(end for e in edges.values() for end in (e.source, e.target))}
    records: list[Node | Edge] = [*(graph.nodes[i] for i in wanted if i in graph.nodes), *edges.values()]
    filed = {place for e in _evidence(records) for place in (e.document, e.filing)}
    for document in sorted(filed):
        edges |= {e.id: e for e in cards.edges_at(document) if e.type == "PART_OF" and e.source == document}
    kept = sorted((wanted | filed) & graph.nodes.keys())
    return Graph({i: graph.nodes[i] for i in kept}, {i: edges[i] for i in sorted(edges)})


def graphed(known: Opened, ids: Collection[str], suffix: str) -> bytes:
    """The part of the graph as a file of this kind, as `biopact export` writes it."""
    graph = part(known.graph, known.cards, ids)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{_NAME}{suffix}"
        export(graph, path)
        return path.read_bytes()


def _evidence(records: Sequence[Node | Edge]) -> Iterator[Evidence]:
    for record in records:
        yield from record.evidence


def _says(cards: Cards, record: Node | Edge) -> str:
    if isinstance(record, Edge):
        return cards.sentence(record)
    if record.type == "Term":
        return " ".join(filter(None, (record.name, in_words(str(record.properties.get("state", ""))))))
    return f"{record.name} ({record.type})"
