"""The explorer's page: search and filters, and one view at a time. Run by `biopact explore` through Streamlit."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType

import streamlit as st

from biopact.app.explorer import analytics, days, filtering, overlap, ownership, panel, profile, questions, timeline
from biopact.app.explorer.address import NETWORK, from_address, to_address
from biopact.app.explorer.analytics import analytics_view
from biopact.app.explorer.asking import ask_view
from biopact.app.explorer.launch import EDIT
from biopact.app.explorer.login import admitted
from biopact.app.explorer.network_view import network_view
from biopact.app.explorer.opened import Opened, opened
from biopact.app.explorer.overlap import overlap_view
from biopact.app.explorer.ownership import ownership_view
from biopact.app.explorer.panel import plain
from biopact.app.explorer.profile import profile_view
from biopact.app.explorer.search import search_box
from biopact.app.explorer.timeline import timeline_view
from biopact.app.explorer.upload import upload_view
from biopact.app.explorer.views import deals_view
from biopact.app.location import DEFAULT_STORE
from biopact.ontology import BiopactError

REVIEW = "Review"  # for those who may judge
VIEWS: Mapping[str, Callable[[Opened], None]] = MappingProxyType(
    {
        "Deals": deals_view,
        "Timeline": timeline_view,
        "Profile": profile_view,
        "Partner overlap": overlap_view,
        "Ownership": ownership_view,
        "Analytics": analytics_view,
        "Changes": days.changes_view,
        "Questions": questions.questions_view,
        "Cypher": ask_view,
        "Upload": upload_view,
    }
)

_IN_ADDRESS: Mapping[str, Callable[[], Mapping[str, str | list[str]]]] = MappingProxyType(
    {
        "Timeline": timeline.in_address,
        "Profile": profile.in_address,
        "Partner overlap": overlap.in_address,
        "Ownership": ownership.in_address,
        "Analytics": analytics.in_address,
        "Questions": questions.in_address,
    }
)


def main() -> None:
    """Show the page; whatever fails is said in words."""
    st.set_page_config("biopact explorer", layout="wide")
    st.html(panel.style())
    if not admitted():
        return
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
            "Load a filing with `biopact load FILE…`, or try `biopact demo`; then press **Read the store again**. "
            "Or see here what a filing states."
        )
        st.button("Read the store again", on_click=opened.clear)
        upload_view(known)
        return
    views = (NETWORK, *VIEWS, *([REVIEW] if EDIT in sys.argv[2:] else []))
    from_address(known, views)
    with st.sidebar:
        days.settle(known)
        wanted = filtering.filters(known)
        st.button("Read the store again", on_click=opened.clear, help="After loading or forgetting filings.")
        st.caption(plain(f"Store: {known.store}"))
    search_box(known)
    view = st.segmented_control("View", views, key="view", label_visibility="collapsed", required=True)
    if view == NETWORK:
        network_view(known, wanted)
    elif view == REVIEW:
        from biopact.app.explorer.review import review_view  # brings resolution, which others need not wait for

        review_view(known, opened.clear)
    elif view:
        VIEWS[view](known)
    st.session_state.of_view = _IN_ADDRESS.get(view or "", dict)()
    to_address(known)


if __name__ == "__main__":
    main()
