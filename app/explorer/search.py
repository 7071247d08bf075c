"""Where to start from: completion for the foremost names, and whatever else is typed is looked for in the store."""

from __future__ import annotations

import streamlit as st

from biopact.app.explorer.opened import Opened
from biopact.app.explorer.panel import plain
from biopact.app.explorer.views import widen
from biopact.graph.finding import CALLED, Hit, find
from biopact.ontology import BiopactError

_MEANT = 5  # suggestions


def search_box(known: Opened) -> None:
    """Choose what to start from; names, former names, codes, tickers, and names with a slip are found."""
    state = st.session_state
    offered = [*known.foremost, *(f for f in state.focus if f in known.names and f not in set(known.foremost))]
    st.multiselect(
        "Start from",
        offered,
        key="focus",
        format_func=lambda id_: known.names.get(id_, id_),
        placeholder="A company, technology, compound …",
        help="Names, former names, codes and tickers are found. Without a start, the most connected are shown.",
        accept_new_options=True,
        on_change=lambda: _settle(known),
    )
    if said := state.get("looked_for"):
        text, meant = said
        st.info(plain(f"{text} Did you mean:" if meant else text))
        for hit in meant:
            st.button(plain(f"{hit} ({hit.type})"), key=f"meant {hit.id}", on_click=_mean, args=(hit.id,))


def _settle(known: Opened) -> None:
    """Put ids in the place of what was typed."""
    state = st.session_state
    state.looked_for = None
    focus: list[str] = []
    for said in state.focus:
        if said in known.names:
            focus.append(said)
            continue
        hits, failed = _found(known, said)
        if hits and (hits[0].way in CALLED or len(hits) == 1):
            focus.append(hits[0].id)
        else:
            state.looked_for = (failed or f"Nothing is called “{said}”.", hits[:_MEANT])
    state.focus = list(dict.fromkeys(focus))


def _found(known: Opened, said: str) -> tuple[list[Hit], str]:
    """What a text may mean of what can be started from, and what went wrong."""
    try:
        with known.reading() as store:
            return [hit for hit in find(store, said) if hit.id in known.names], ""
    except BiopactError as error:
        return [], str(error)


def _mean(id_: str) -> None:
    st.session_state.looked_for = None
    widen(id_)
