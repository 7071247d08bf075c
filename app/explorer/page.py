"""The explorer's page: search, network, panel, deals, overlap. Run by `biopact explore` through Streamlit."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from biopact.app.explorer import days, panel
from biopact.app.explorer.asking import ask_view
from biopact.app.explorer.cards import in_words
from biopact.app.explorer.component import network
from biopact.app.explorer.launch import EDIT
from biopact.app.explorer.opened import Opened, open_graph, year_of
from biopact.app.explorer.panel import plain
from biopact.app.explorer.views import card_view, deals_view, overlap_view
from biopact.app.location import DEFAULT_STORE
from biopact.app.network import HIDDEN, arrange, count, legend, picture
from biopact.graph.layout import SAID, Place, select
from biopact.graph.records import Edge, Node, canonical, digest
from biopact.ontology import BiopactError, load_schema

VIEWS = ("Network", "Deals", "Partner overlap", "Changes", "Cypher")
REVIEW = "Review"  # beside them when the explorer was started to judge
HOPS = (1, 2, 3)
LIMITS = (50, 100, 200, 300, 500)


@st.cache_resource(show_spinner="Reading the store …", max_entries=3)
def opened(store: str, day: str | None = None, in_force: bool = False) -> Opened:
    """The store, or its view of a day, read once for all who look at it."""
    return open_graph(store, day, in_force)


def main() -> None:
    """Show the page; whatever fails is said in words."""
    st.set_page_config("biopact explorer", layout="wide")
    st.html(panel.style())
    store = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("BIOPACT_STORE", DEFAULT_STORE)
    with st.sidebar:
        st.markdown("### biopact explorer")
        day, in_force = days.moment()
    try:
        known = opened(store, day, in_force)
    except BiopactError as error:
        st.error(plain(str(error)))
        st.markdown("Nothing can be shown until the store answers. To make one: `biopact load FILE…`, then reload.")
        return
    if not known.names and known.known:
        st.info(plain(f"Nothing to show {known.known}."))
        return
    if not known.names:
        st.info(plain(f"The store {store} is empty."))
        st.markdown(
            "Load a filing with `biopact load FILE…`, or try `biopact demo`; then press **Read the store again**."
        )
        st.button("Read the store again", on_click=opened.clear)
        return
    views = (*VIEWS, REVIEW) if EDIT in sys.argv[2:] else VIEWS
    from_address(known, views)
    with st.sidebar:
        days.settle(known)
        wanted = filters(known)
    search, switch = st.columns([1, 1], vertical_alignment="bottom")
    with search:
        st.multiselect(
            "Start from",
            list(known.names),
            key="focus",
            format_func=known.names.__getitem__,
            placeholder="A company, technology, compound …",
            help="Names, former names, codes and tickers are found. Without a start, the most connected are shown.",
        )
    with switch:
        st.segmented_control("View", views, key="view", label_visibility="collapsed", required=True)
    if st.session_state.view == "Deals":
        deals_view(known)
    elif st.session_state.view == "Partner overlap":
        overlap_view(known)
    elif st.session_state.view == "Changes":
        days.changes_view(known)
    elif st.session_state.view == "Cypher":
        ask_view(known)
    elif st.session_state.view == REVIEW:
        from biopact.app.explorer.review import review_view  # brings resolution, which others need not wait for

        review_view(known, opened.clear)
    else:
        network_view(known, wanted)
    to_address()


def from_address(known: Opened, views: Sequence[str]) -> None:
    """Take what to show from the address the first time, so that a link leads to the same picture."""
    if "view" in st.session_state:
        return
    query = st.query_params
    st.session_state.focus = [f for f in map(known.present, query.get_all("focus")) if f in known.names]
    st.session_state.picked = known.present(query["pick"]) if "pick" in query else None
    st.session_state.view = query.get("view") if query.get("view") in views else views[0]
    for name, default, allowed in (("hops", 1, HOPS), ("limit", 100, LIMITS)):
        st.session_state[name] = next((n for n in allowed if str(n) == query.get(name)), default)


def to_address() -> None:
    """Keep the address in step with what is shown."""
    state = st.session_state
    now: dict[str, str | list[str]] = {"focus": list(state.focus), "view": state.view, "pick": state.picked or ""}
    if state.view == VIEWS[0]:
        del now["view"]
    if (state.hops, state.limit) != (1, 100):
        now |= {"hops": str(state.hops), "limit": str(state.limit)}
    now |= days.in_address()
    st.query_params.from_dict({k: v for k, v in now.items() if v})


@dataclass(frozen=True, slots=True)
class Filters:
    """What the sidebar lets through."""

    hops: int
    limit: int
    nodes: tuple[str, ...]
    edges: tuple[str, ...]
    years: tuple[int, int] | None

    def in_years(self, record: Node | Edge) -> bool:
        """Whether a record is dated within the years; one without a date always is."""
        year = year_of(record)
        return self.years is None or year is None or self.years[0] <= year <= self.years[1]


def filters(known: Opened) -> Filters:
    """Ask what to draw: steps, types, years, how many at most."""
    schema = load_schema()
    hops = st.segmented_control("Steps from the start", HOPS, required=True, key="hops")
    present = {n.type for n in known.graph.nodes.values()} - SAID
    kinds = [t for t in schema.nodes if t in present]
    days.still("kinds", kinds)
    nodes = st.pills("Show", kinds, selection_mode="multi", default=[k for k in kinds if k not in HIDDEN], key="kinds")
    used = {e.type for e in known.graph.edges.values()}
    lines = [t.name for t in schema.edges.values() if t.name in used and not {*t.source, *t.target} & (SAID | HIDDEN)]
    days.still("lines", lines)
    edges = st.pills("Lines", lines, selection_mode="multi", default=lines, format_func=in_words, key="lines")
    years = None
    if known.years and known.years[0] < known.years[1]:
        days.still("years", range(known.years[0], known.years[1] + 1))
        chosen = st.slider("Years", *known.years, value=known.years, key="years", help="Lines without a date stay.")
        years = None if chosen == known.years else chosen
    limit = st.select_slider("Draw at most", LIMITS, key="limit")
    st.button("Read the store again", on_click=opened.clear, help="After loading or forgetting filings.")
    st.caption(plain(f"Store: {known.store}"))
    of_deals = [t.name for t in schema.edges.values() if {*t.source, *t.target} & HIDDEN]
    return Filters(hops or HOPS[0], limit, tuple(nodes), (*edges, *of_deals), years)


@st.fragment
def network_view(known: Opened, wanted: Filters) -> None:
    """The picture, and beside it what is picked."""
    focus = tuple(st.session_state.focus)
    left, right = st.columns([7, 4], gap="medium")
    with left:
        shown = drawing(known, focus, wanted)
        if not shown["picture"]["nodes"]:
            st.info("Nothing is left to draw. Choose more kinds of things or lines, or widen the years.")
        else:
            network(
                {**shown, "picked": st.session_state.picked, "focus": "\n".join(focus)},
                key="network",
                on_picked_change=take_pick,
            )
    with right:
        card_view(known)
    to_address()


def drawing(known: Opened, focus: tuple[str, ...], wanted: Filters) -> dict[str, Any]:
    """What to draw; where the picture only grew or was filtered, everything stays where it stood."""
    asked = (known.read, focus, wanted)
    last = st.session_state.get("drawn")
    if last and last[0] == asked:
        return dict(last[1])
    stood: tuple[tuple[str, ...], dict[str, Place]] = st.session_state.get("stood", ((), {}))
    grew = stood[0] == focus or (stood[0] and set(stood[0]) <= set(focus))
    before = stood[1] if grew else {}
    made, at = composed(known, known.read, focus, wanted, before)
    st.session_state.stood = (focus, {**before, **at})
    st.session_state.drawn = (asked, made)
    return dict(made)


@st.cache_data(show_spinner="Arranging the picture …", max_entries=64)
def composed(
    _known: Opened, read: int, focus: tuple[str, ...], wanted: Filters, before: dict[str, Place]
) -> tuple[dict[str, Any], dict[str, Place]]:
    """The picture with its legend and its places, for whoever asks for it first. Deals are dots on demand."""
    selection = select(
        _known.graph,
        focus=focus,
        hops=wanted.hops,
        limit=wanted.limit,
        keep_node=lambda n: wanted.in_years(n) if n.type in HIDDEN else n.type in wanted.nodes,
        keep_edge=lambda e: wanted.in_years(e) and e.type in wanted.edges,
    )
    at = arrange(selection, before)
    if not HIDDEN & set(wanted.nodes):
        dots = {n.id for n in selection.nodes}
        lines = tuple(e for e in selection.edges if e.source in dots and e.target in dots)
        selection = replace(selection, deals=(), edges=lines)
    kinds = legend(selection)
    drawn = picture(selection, at)
    made = {
        "picture": drawn,
        "version": digest(canonical(drawn)),  # tells the browser whether there is anything new to draw
        "legend": [*kinds["nodes"], *kinds["edges"]],
        "count": count(selection),
    }
    return made, at


def take_pick() -> None:
    """A click in the picture."""
    st.session_state.picked = st.session_state.network.picked or None


if __name__ == "__main__":
    main()
