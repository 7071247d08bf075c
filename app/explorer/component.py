"""The network inside the Streamlit page: vis-network in a component whose picks come back to Python."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from biopact.app.network import asset, vis_script


def network(data: dict[str, Any], *, key: str, on_picked_change: Callable[[], None]) -> None:
    """Show a picture; a click puts the id (or nothing, for the background) into the state under the key."""
    _component()(data=data, key=key, on_picked_change=on_picked_change)


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "biopact.network",
        html=asset("component.html"),
        css=asset("component.css"),
        js=vis_script() + asset("draw.js") + asset("component.js"),
    )
