"""The address of the page: what is shown stands in it, so that a link leads to the same picture."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from biopact.app.explorer import days, filtering
from biopact.app.explorer.opened import Opened

NETWORK = "Network"  # the view that an address need not name


def from_address(known: Opened, views: Sequence[str]) -> None:
    """Take what to show from the address the first time."""
    if "view" in st.session_state:
        return
    query = st.query_params
    st.session_state.focus = [f for f in map(known.present, query.get_all("focus")) if f in known.names]
    st.session_state.picked = known.present(query["pick"]) if "pick" in query else None
    st.session_state.view = query.get("view") if query.get("view") in views else NETWORK
    filtering.from_address()


def to_address(known: Opened) -> None:
    """Keep the address in step with what is shown."""
    state = st.session_state
    now: dict[str, str | list[str]] = {"focus": list(state.focus), "view": state.view, "pick": state.picked or ""}
    if state.view == NETWORK:
        del now["view"]
    now |= filtering.in_address(known) | days.in_address() | state.get("of_view", {})
    st.query_params.from_dict({k: v for k, v in now.items() if v})
