"""The network: the picture of what is started from, and beside it the words of what is picked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from biopact.app.explorer.address import to_address
from biopact.app.explorer.component import network
from biopact.app.explorer.filtering import HOPS, LIMIT, Filters, usual
from biopact.app.explorer.opened import Opened
from biopact.app.explorer.panel import plain
from biopact.app.explorer.taking import take_view
from biopact.app.explorer.views import card_view
from biopact.app.network import HIDDEN, arrange, count, legend, picture
from biopact.graph.layout import Place, Pool, pool, select
from biopact.graph.records import Edge, Node, canonical, digest

_FAR = 1_000_000  # pixels from the middle; nothing is put further away


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of what passes the filters is drawn."""

    focus: tuple[str, ...] = ()
    hops: int = HOPS[0]
    limit: int = LIMIT
    between: bool = False  # only what lies between those of the focus


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as the browser takes it, and where everything stands."""

    data: dict[str, Any]
    at: dict[str, Place]
    ids: tuple[str, ...]  # of all nodes and edges in it


def network_view(known: Opened, wanted: Filters) -> None:
    """The picture, and beside it what is picked."""
    left, right = st.columns([7, 4], gap="medium")
    with left:
        picture_view(known, wanted)
    with right:
        beside(known)


@st.fragment
def beside(known: Opened) -> None:
    """The panel, which is all that a click runs anew."""
    card_view(known)
    to_address(known)


@st.fragment
def picture_view(known: Opened, wanted: Filters) -> None:
    """The picture, and what can be asked of it as a whole."""
    state = st.session_state
    ask_way(known)
    focus = tuple(state.focus)
    asked = Asked(focus, state.hops, state.limit, len(focus) > 1 and state.get("between", False))
    drawn = drawing(known, wanted, asked)
    if not drawn.data["picture"]["nodes"]:
        st.info("Nothing is left to draw. Choose more kinds of things or lines, or widen the years.")
    else:
        network({**drawn.data, "focus": "\n".join(focus)}, key="network", on_moved_change=take_move)
        take_view(known, drawn.ids, "drawn")


def prepare(known: Opened) -> None:
    """Make the picture that is shown first before anyone asks for it."""
    composed(known, known.read, usual(known), Asked(), {})


def ask_way(known: Opened) -> None:
    """With several starts, whether only the ways between them are wanted; and what was hidden, to be shown again."""
    state = st.session_state
    if len(state.focus) > 1:
        st.toggle("Only what lies between the starts", key="between")
    if state.hidden:
        names = (known.graph.nodes[h].name for h in state.hidden if h in known.graph.nodes)
        if st.button("Show again what is hidden", help=plain(", ".join(names)), icon=":material/visibility:"):
            state.hidden = []
            st.rerun()


def drawing(known: Opened, wanted: Filters, asked: Asked) -> Drawn:
    """What to draw; where the picture only grew or was filtered, everything stays where it stood."""
    state = st.session_state
    last = state.get("drawn")
    if last and last[0] == (known.read, wanted, asked):
        return last[1]  # type: ignore[no-any-return]
    focus, stood = state.get("stood", ((), {}))
    grew = focus == asked.focus or (focus and set(focus) <= set(asked.focus))
    made = composed(known, known.read, wanted, asked, stood if grew else {})
    state.stood = (asked.focus, {**(stood if grew else {}), **made.at})
    state.drawn = ((known.read, wanted, asked), made)
    return made


@st.cache_resource(show_spinner=False, max_entries=8)
def pooled(_known: Opened, read: int, wanted: Filters) -> Pool:
    """What passes the filters, which the picture of another start need not find again."""
    graph = _known.graph
    return pool(graph, keep_node=wanted.node, keep_edge=lambda edge: wanted.edge(edge, graph))


@st.cache_resource(show_spinner="Arranging the picture …", max_entries=64)
def composed(_known: Opened, read: int, wanted: Filters, asked: Asked, before: dict[str, Place]) -> Drawn:
    """The picture with its legend and its places, for whoever asks for it first. Deals are dots on demand."""
    dots = bool(HIDDEN & set(wanted.nodes))
    selection = select(
        pooled(_known, read, wanted),
        focus=asked.focus,
        hops=asked.hops,
        limit=asked.limit,
        deals=asked.limit if dots else 0,
        between=asked.between,
    )
    at = arrange(selection, before)
    kinds, shown = legend(selection), picture(selection, at)
    records: tuple[Node | Edge, ...] = (*selection.nodes, *selection.deals, *selection.edges)
    return Drawn(
        {
            "picture": shown,
            "version": digest(canonical(shown)),  # tells the browser whether there is anything new to draw
            "legend": [*kinds["nodes"], *kinds["edges"]],
            "count": count(selection),
        },
        at,
        tuple(record.id for record in records),
    )


def take_move() -> None:
    """What someone moves stays where it was put, also when the picture grows."""
    state = st.session_state
    key, made = state.drawn
    known = {n["id"] for n in made.data["picture"]["nodes"]}
    moved = {
        id_: (round(x), round(y))
        for id_, (x, y) in (state.network.moved or {}).items()
        if id_ in known and max(abs(x), abs(y)) < _FAR
    }
    nodes = [
        {**n, "x": moved[n["id"]][0], "y": moved[n["id"]][1]} if n["id"] in moved else n
        for n in made.data["picture"]["nodes"]
    ]
    data = {**made.data, "picture": {**made.data["picture"], "nodes": nodes}}  # the browser has it so already
    state.drawn = (key, replace(made, data=data, at={**made.at, **moved}))
    state.stood = (state.stood[0], {**state.stood[1], **moved})
