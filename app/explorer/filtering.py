"""What the picture lets through: the choices of the sidebar, and what they mean for nodes and edges."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from biopact.app.explorer.cards import in_words
from biopact.app.explorer.opened import Opened, year_of
from biopact.app.network import HIDDEN
from biopact.graph.layout import SAID
from biopact.graph.records import Edge, Graph, Node
from biopact.ontology import load_schema

HOPS = (1, 2, 3)
LIMITS = (50, 100, 200, 300, 500)
LIMIT = 100
UNTOLD = "not told"  # the status of a deal of which no filing says where it stands


@dataclass(frozen=True, slots=True)
class Filters:
    """What may be drawn. Everything but deals passes what is asked of deals."""

    nodes: tuple[str, ...]
    edges: tuple[str, ...]
    years: tuple[int, int] | None = None
    kinds: tuple[str, ...] = ()  # of deals; all without one
    statuses: tuple[str, ...] = ()
    upfront: float = 0.0  # at least so many million USD
    always: tuple[str, ...] = ()  # ids that are drawn whatever their type
    hidden: tuple[str, ...] = ()  # ids that are not

    def node(self, node: Node) -> bool:
        """Whether a node may be drawn; an agreement may even where agreements are no dots."""
        if node.id in self.hidden:
            return False
        if node.type == "Agreement":
            return self._in_years(node) and self._deal(node)
        return node.type in self.nodes or node.id in self.always

    def edge(self, edge: Edge, graph: Graph) -> bool:
        """Whether an edge may be drawn; the ends of it are asked separately."""
        if edge.type not in self.edges or not self._in_years(edge):
            return False
        if "agreement" not in load_schema().edges[edge.type].properties or not (
            self.kinds or self.statuses or self.upfront
        ):
            return True
        deal = graph.nodes.get(str(edge.properties.get("agreement", "")))
        return self._deal(deal if deal else edge)

    def _deal(self, deal: Node | Edge) -> bool:
        told = deal.properties
        kinds, upfront = told.get("kinds", ()), told.get("upfront_usd")
        if self.kinds and not (isinstance(kinds, tuple) and set(kinds) & set(self.kinds)):
            return False
        if self.statuses and told.get("status", UNTOLD) not in self.statuses:
            return False
        return not self.upfront or (isinstance(upfront, (int, float)) and upfront >= self.upfront * 1e6)

    def _in_years(self, record: Node | Edge) -> bool:
        """Whether a record is dated within the years; one without a date always is."""
        year = year_of(record)
        return self.years is None or year is None or self.years[0] <= year <= self.years[1]


@dataclass(frozen=True, slots=True)
class Offered:
    """What a graph has to choose from."""

    nodes: tuple[str, ...]
    edges: tuple[str, ...]
    years: tuple[int, int] | None
    kinds: tuple[str, ...]
    statuses: tuple[str, ...]


@st.cache_resource(show_spinner=False, max_entries=8)
def offered(_known: Opened, read: int) -> Offered:
    """The types, years and kinds of deals that a graph has, in the ontology's order."""
    schema, graph = load_schema(), _known.graph
    present = {n.type for n in graph.nodes.values()} - SAID
    used = {e.type for e in graph.edges.values()}
    deals = [n.properties for n in graph.nodes.values() if n.type == "Agreement"]
    kinds = {kind for d in deals if isinstance(told := d.get("kinds"), tuple) for kind in told}
    statuses = {str(d.get("status", UNTOLD)) for d in deals}
    return Offered(
        tuple(t for t in schema.nodes if t in present),
        tuple(t.name for t in schema.edges.values() if t.name in used and not {*t.source, *t.target} & (SAID | HIDDEN)),
        _known.years if _known.years and _known.years[0] < _known.years[1] else None,
        tuple(sorted(kinds)),
        tuple(s for s in (*schema.vocabularies["agreement_status"], UNTOLD) if s in statuses),
    )


def filters(known: Opened) -> Filters:
    """Ask what to draw, in the sidebar."""
    state, has = st.session_state, offered(known, known.read)
    st.segmented_control("Steps from the start", HOPS, required=True, key="hops")
    _settle("kinds", has.nodes, [k for k in has.nodes if k not in HIDDEN])
    nodes = st.pills("Show", has.nodes, selection_mode="multi", key="kinds")
    _settle("lines", has.edges, list(has.edges))
    edges = st.pills("Lines", has.edges, selection_mode="multi", format_func=in_words, key="lines")
    years = None
    if has.years:
        first, last = has.years
        if not (isinstance(state.get("years"), tuple) and first <= state.years[0] <= state.years[1] <= last):
            state.years = has.years
        st.slider("Years", first, last, key="years", help="Lines without a date stay.")
        years = None if state.years == has.years else state.years
    with st.expander("Only some deals", expanded=any(state.get(k) for k in ("deal_kinds", "statuses", "upfront"))):
        _settle("deal_kinds", has.kinds, [])
        kinds = st.multiselect("Kind", has.kinds, key="deal_kinds", placeholder="Any kind")
        _settle("statuses", has.statuses, [])
        statuses = st.multiselect("Status", has.statuses, key="statuses", placeholder="Any status")
        state.setdefault("upfront", 0.0)
        st.number_input("Upfront at least, million USD", min_value=0.0, step=5.0, format="%g", key="upfront")
    st.select_slider("Draw at most", LIMITS, key="limit")
    always = [f for f in state.focus if known.graph.nodes[f].type not in nodes]
    return Filters(
        tuple(nodes), (*edges, *_of_deals()), years, tuple(kinds), tuple(statuses), state.upfront,
        tuple(always), tuple(h for h in state.hidden if h not in state.focus),
    )  # fmt: skip


def usual(known: Opened) -> Filters:
    """What passes before anyone has chosen anything."""
    has = offered(known, known.read)
    return Filters(tuple(k for k in has.nodes if k not in HIDDEN), (*has.edges, *_of_deals()))


def in_address(known: Opened) -> dict[str, str | list[str]]:
    """What the address says of the picture where it is not as it is at first."""
    state, has = st.session_state, offered(known, known.read)
    told: dict[str, str | list[str]] = {}
    if (state.hops, state.limit) != (HOPS[0], LIMIT):
        told |= {"hops": str(state.hops), "limit": str(state.limit)}
    if set(state.kinds) != set(has.nodes) - HIDDEN:
        told["show"] = list(state.kinds) or ["nothing"]
    if set(state.lines) != set(has.edges):
        told["lines"] = list(state.lines) or ["nothing"]
    if has.years and state.years != has.years:
        told["years"] = f"{state.years[0]}-{state.years[1]}"
    if state.upfront:
        told["upfront"] = f"{state.upfront:g}"
    told |= {"kind": list(state.deal_kinds), "status": list(state.statuses), "hide": list(state.hidden)}
    return told | ({"between": "yes"} if state.get("between") else {})


def from_address() -> None:
    """Take the choices from the address; what is not offered is let go of when it is shown."""
    state, query = st.session_state, st.query_params
    for name, default, allowed in (("hops", HOPS[0], HOPS), ("limit", LIMIT, LIMITS)):
        state[name] = next((n for n in allowed if str(n) == query.get(name)), default)
    for key, name in (("kinds", "show"), ("lines", "lines")):
        if name in query:
            state[key] = [v for v in query.get_all(name) if v != "nothing"]
    first, _, last = query.get("years", "").partition("-")
    if first.isdecimal() and last.isdecimal():
        state.years = int(first), int(last)
    state.deal_kinds, state.statuses, state.hidden = (query.get_all(k) for k in ("kind", "status", "hide"))
    upfront = query.get("upfront", "")
    state.upfront = float(upfront) if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", upfront, re.ASCII) else 0.0
    state.between = query.get("between") == "yes"


def _of_deals() -> list[str]:
    """The types of edges that join agreements, which pass as the agreements do."""
    return [t.name for t in load_schema().edges.values() if {*t.source, *t.target} & HIDDEN]


def _settle(key: str, has: Collection[Any], otherwise: Sequence[Any]) -> None:
    """Let go of a choice that holds what is no longer offered: another day has other types and kinds."""
    if key not in st.session_state or not set(st.session_state[key]) <= set(has):
        st.session_state[key] = otherwise
