"""The network inside the Streamlit page: vis-network in a component whose picks come back to Python."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from biopact.app.network import asset, vis_script


def network(data: dict[str, Any], *, key: str, on_moved_change: Callable[[], None]) -> None:
    """Show a picture; `moved` in the state under the key tells new places, x and y by id, of what was dragged.

    What is clicked in it comes through `picks`, so that a click runs only the part of the page that reads it.
    """
    _network()(data=data, key=key, on_moved_change=on_moved_change)


def picks(picked: str | None, line: str | None, *, key: str, on_picked_change: Callable[[], None]) -> None:
    """Show a pick, or the line that stands for it, in the picture.

    A click there puts its id (or nothing, for the background) into the state under the key.
    """
    _picks()(data={"picked": picked, "line": line}, key=key, on_picked_change=on_picked_change)


@cache
def _network() -> Callable[..., Any]:
    return st.components.v2.component(
        "biopact.network",
        html=asset("component.html"),
        css=asset("component.css"),
        js=vis_script() + asset("draw.js") + asset("component.js"),
    )


@cache
def _picks() -> Callable[..., Any]:
    return st.components.v2.component("biopact.picks", html="<i hidden></i>", js=asset("picks.js"))
