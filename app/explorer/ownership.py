"""Who owns a company, and what it owns: a tree of parents, holders, subsidiaries and stakes, each line a quotation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from biopact.app.explorer.address import to_address
from biopact.app.explorer.cards import date_of, in_words
from biopact.app.explorer.component import network
from biopact.app.explorer.opened import Opened
from biopact.app.explorer.panel import plain
from biopact.app.explorer.picking import as_csv, pickable
from biopact.app.explorer.views import card_view
from biopact.app.network import legend, picture, rooms
from biopact.graph.layout import Place, Room, Selection, joined
from biopact.graph.records import Edge, Graph, canonical, digest
from biopact.ontology import load_schema

VIEW = "Ownership"
_STEPS = 4  # up and down
_OWNERS = ("Company", "Person")
_MOST = 200  # companies and people in one tree
_ROW = 1_800.0  # pixels, beyond which those of a step stand in several rows
_DOWN, _STEP = 90.0, 150.0  # from one such row to the next, and from step to step


@dataclass(frozen=True, slots=True)
class Tree:
    """Owners have steps below zero, what is owned has steps above."""

    steps: Mapping[str, int]  # by id
    edges: tuple[Edge, ...]
    cut: bool  # whether there are more than are shown


def ownership_view(known: Opened) -> None:
    """The tree round the pick, or round the first company that is started from."""
    company = _subject(known)
    if not company:
        st.info("Choose a company under **Start from**: here is then who owns it and what it owns, with the words.")
        return
    found, drawn = planted(known, known.read, company)
    name = known.graph.nodes[company].name
    if not found.edges:
        st.info(f"No filing here tells who owns {plain(name)} or what it owns. Load its 10-K with EX-21, or a 13D/G.")
        return
    left, right = st.columns([7, 4], gap="medium")
    with left:
        network({**drawn, "focus": company}, key="ownership", on_moved_change=lambda: None)
        st.caption("Above: parents and holders of shares. Below: subsidiaries and stakes that are still held.")
        if found.cut:
            st.caption(f"The nearest {_MOST}; there are more.")
        _table(known, found)
    with right:
        _panel(known)


def in_address() -> dict[str, str]:
    """What the address says of the tree: whose it is, where that is not the first start."""
    state = st.session_state
    shown = state.get("tree_of")
    return {"owner": shown} if state.view == VIEW and shown and shown not in state.focus[:1] else {}


@st.cache_resource(show_spinner=False, max_entries=32)
def planted(_known: Opened, read: int, company: str) -> tuple[Tree, dict[str, Any]]:
    """The tree and its picture, for whoever asks for it first."""
    found = tree(_known.graph, held(_known, read), company)
    nodes = tuple(_known.graph.nodes[n] for n in sorted(found.steps))
    selection = Selection(nodes, (), found.edges, len(nodes), joined(nodes, found.edges))
    drawn = picture(selection, stand(found, rooms(selection)))
    kinds = legend(selection)
    return found, {
        "picture": drawn,
        "version": digest(canonical(drawn)),
        "legend": [*kinds["nodes"], *kinds["edges"]],
        "count": f"{len(found.steps):,} owners and owned",
    }


@st.cache_resource(show_spinner=False, max_entries=4)
def held(_known: Opened, read: int) -> Mapping[str, tuple[Edge, ...]]:
    """The edges of ownership at each end of them, without those that have ended."""
    at: dict[str, list[Edge]] = defaultdict(list)
    for edge in _known.graph.edges.values():
        told = edge.properties
        if edge.type in ("HOLDS_STAKE_IN", "SUBSIDIARY_OF") and "valid_to" not in told and told.get("percent", 1):
            at[edge.source].append(edge)
            at[edge.target].append(edge)
    return {n: tuple(sorted(edges, key=lambda e: e.id)) for n, edges in at.items()}


def owner_of(edge: Edge) -> tuple[str, str]:
    """Who holds, and what is held."""
    return (edge.target, edge.source) if edge.type == "SUBSIDIARY_OF" else (edge.source, edge.target)


def _says(edge: Edge) -> str:
    """What the holder is to what is held."""
    inverse = load_schema().edges[edge.type].inverse
    return in_words(inverse if edge.type == "SUBSIDIARY_OF" and inverse else edge.type)


def tree(graph: Graph, at: Mapping[str, tuple[Edge, ...]], company: str) -> Tree:
    """Everyone within four steps up or down, the nearest first; a circle ends where it closes."""
    steps, edges, cut = {company: 0}, {}, False
    last = {-1: [company], 1: [company]}
    for step in range(1, _STEPS + 1):
        for way in (-1, 1):  # side by side, so that owners far above take no room from what is near below
            following = []
            for node in last[way]:
                for edge in at.get(node, ()):
                    owner, owned = owner_of(edge)
                    here, there = (owned, owner) if way < 0 else (owner, owned)
                    if here != node or there == here or there not in graph.nodes:
                        continue
                    if there not in steps:
                        if len(steps) >= _MOST:
                            cut = True
                            continue
                        steps[there] = way * step
                        following.append(there)
                    edges[edge.id] = edge
            last[way] = following
    return Tree(steps, tuple(edges[e] for e in sorted(edges)), cut)


def stand(found: Tree, room: Mapping[str, Room]) -> dict[str, Place]:
    """A row for each step, each below who owns most of it; long rows are broken."""
    at: dict[str, Place] = {}
    near: dict[str, list[str]] = defaultdict(list)
    for edge in found.edges:
        near[edge.source].append(edge.target)
        near[edge.target].append(edge.source)
    for way in (1, -1):
        y = 0.0 if way > 0 else _STEP
        for step in range(0 if way > 0 else 1, _STEPS + 1):
            members = [n for n, s in found.steps.items() if s == way * step]
            members.sort(key=lambda n: (_middle(at[m][0] for m in near[n] if m in at), n))
            for row in _rows(members, room):
                x = -sum(room[n].width for n in row) / 2
                for node in row:
                    at[node] = round(x + room[node].width / 2), round(way * y)
                    x += room[node].width
                y += _DOWN
            y += _STEP - _DOWN
    return at


def _middle(places: Iterable[int]) -> float:
    told = list(places)
    return sum(told) / len(told) if told else 0.0


def _rows(members: list[str], room: Mapping[str, Room]) -> list[list[str]]:
    rows: list[list[str]] = []
    width = _ROW
    for node in members:
        if not rows or width + room[node].width > _ROW:
            rows.append([])
            width = 0.0
        rows[-1].append(node)
        width += room[node].width
    return rows


def _subject(known: Opened) -> str:
    """Whose tree is shown: of the starts one, without any what was picked first; a click in the tree stays in it."""
    state, nodes = st.session_state, known.graph.nodes
    starts = [f for f in state.focus if nodes[f].type in _OWNERS]
    linked = known.present(st.query_params.get("owner", ""))  # in the address while this view is shown
    if len(starts) > 1:
        if state.get("owned") not in starts:
            state.owned = linked if linked in starts else starts[0]
        st.selectbox("Ownership of", starts, key="owned", format_func=known.names.__getitem__)
        state.tree_of = state.owned
    else:
        wanted = (*starts, linked, state.picked)
        state.tree_of = next((w for w in wanted if w in nodes and nodes[w].type in _OWNERS), "")
    return str(state.tree_of)


@st.fragment
def _panel(known: Opened) -> None:
    card_view(known)
    to_address(known)


def _table(known: Opened, found: Tree) -> None:
    """The same as rows, the nearest first; choosing one shows its words."""
    names = known.graph.nodes
    rows = sorted(found.edges, key=lambda e: (min(abs(found.steps[n]) for n in (e.source, e.target)), e.id))
    columns: dict[str, list[Any]] = {
        "Holder": [names[owner_of(e)[0]].name for e in rows],
        "Held": [names[owner_of(e)[1]].name for e in rows],
        "Relation": [_says(e) for e in rows],
        "Percent": [e.properties.get("percent") for e in rows],
        "Date": [date_of(e) for e in rows],
    }
    pickable("ownership_table", [e.id for e in rows], columns)
    as_csv(columns, "ownership.csv")
