"""What the explorer knows of a store: its graph, its cards, and the texts of the ledger beside it."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from biopact.app.asof import Known, view
from biopact.app.explorer.cards import Cards, Quotation, date_of
from biopact.app.location import ledger_folder
from biopact.graph.layout import SAID
from biopact.graph.ledger import Ledger
from biopact.graph.records import Edge, Graph, Node
from biopact.graph.resolution.keeping_up import FILE
from biopact.graph.resolution.redirects import leads_to
from biopact.graph.store import Store, graph_of
from biopact.graph.stores import open_store
from biopact.ontology import NotFoundError

_OFFERED = 2_000  # names in a list that browsers still open at once
_AROUND = 240  # characters of the document shown on either side of a quotation


@dataclass(frozen=True)
class Opened:
    """A store as it was when it was read; the store itself is let go of, so that others can load into it."""

    store: str
    graph: Graph
    ledger: Ledger
    read: int = 0  # tells one reading of the store from the next
    known: Known | None = None  # where it is a view of a day: how much was known then

    @cached_property
    def cards(self) -> Cards:
        """The cards of everything in the graph."""
        return Cards(self.graph)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What can be searched, by id: the name with its type, ticker, aliases and former names."""
        former: dict[str, list[str]] = defaultdict(list)
        for edge in self.graph.edges.values():
            if edge.type == "FORMERLY_NAMED":
                former[edge.source].append(f"formerly {self.graph.nodes[edge.target].name}")
        found: dict[str, str] = {}
        taken: set[str] = set()
        for node in sorted(self.graph.nodes.values(), key=lambda n: (n.name.casefold(), n.id)):
            if node.type in SAID or node.type == "Agreement":
                continue
            more = [str(node.properties.get("ticker", "")), *node.aliases[:4], *former[node.id]]
            text = " · ".join(filter(None, (" ".join(node.name.split()), node.type, *more)))
            found[node.id] = f"{text} ({node.id})" if text in taken else text
            taken.add(text)
        return found

    @cached_property
    def foremost(self) -> tuple[str, ...]:
        """The ids that completion offers: all, or the best connected where they are too many for a list."""
        if len(self.names) <= _OFFERED:
            return tuple(self.names)
        degree = Counter(end for e in self.graph.edges.values() for end in (e.source, e.target))
        chosen = set(sorted(self.names, key=lambda n: (-degree[n], n))[:_OFFERED])
        return tuple(n for n in self.names if n in chosen)

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """The store itself, or its view of the day that is shown, for a question; one at a time in a process."""
        folder = view(self.store, self.known.day, self.known.only_in_force)[0] if self.known else self.store
        with one_at_a_time(), open_store(str(folder), create=False) as store:
            yield store

    def present(self, id_: str) -> str:
        """The id that an id of a saved address leads to now."""
        return id_ if id_ in self.graph.nodes else leads_to(self.ledger.folder / FILE, id_)

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """The first and last year of any deal or dated edge; None where nothing is dated."""
        records: list[Node | Edge] = [*self.graph.nodes.values(), *self.graph.edges.values()]
        known = {year for record in records if (year := year_of(record))}
        return (min(known), max(known)) if known else None

    def context(self, quotation: Quotation) -> tuple[str, str]:
        """What stands before and after a quotation in its document, in whole words; nothing without the ledger."""
        try:
            text = self.ledger.text(quotation.document)
        except (NotFoundError, KeyError):
            return "", ""
        if text[quotation.start : quotation.end] != quotation.quote:  # another reading of the document
            return "", ""
        start, end = max(0, quotation.start - _AROUND), min(len(text), quotation.end + _AROUND)
        before, after = text[start : quotation.start], text[quotation.end : end]
        if start:
            before = "… " + before.partition(" ")[2]
        if end < len(text):
            after = after.rpartition(" ")[0] + " …"
        return before, after


@st.cache_resource
def one_at_a_time() -> threading.Lock:
    """A folder is open once in a process, however many look at the page."""
    return threading.Lock()


@st.cache_resource(show_spinner="Reading the store …", max_entries=3)
def opened(store: str, day: str | None = None, in_force: bool = False) -> Opened:
    """The store, or its view of a day, read once for all who look at it."""
    with one_at_a_time():
        return open_graph(store, day, in_force)


def open_graph(store: str, day: str | None = None, in_force: bool = False) -> Opened:
    """Read a whole store, or the view of what was known on a day; StoreError if it cannot be asked."""
    folder, known = view(store, day, in_force) if day else (store, None)
    with open_store(str(folder), create=False) as source:
        graph = graph_of(source)
    return Opened(store, graph, Ledger(ledger_folder(store)), time.time_ns(), known)


def year_of(record: Node | Edge) -> int | None:
    """The year a deal or an edge is dated to, if it is."""
    if isinstance(record, Node) and record.type != "Agreement":
        return None
    year = date_of(record)[:4]
    return int(year) if year.isdigit() else None
