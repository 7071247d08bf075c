"""The page of one company, technology or compound: who has to do with it, since when, and in whose words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from biopact.app.explorer import panel, timeline
from biopact.app.explorer.about import LICENCES, PARTNERS, TYPES, Licensee, Profile, Table, profile
from biopact.app.explorer.charts import SKY, data, in_time
from biopact.app.explorer.opened import Opened
from biopact.app.explorer.picking import CHOICE, as_csv, chosen, pickable
from biopact.app.explorer.views import card_view, pick

if TYPE_CHECKING:
    import altair as alt

VIEW = "Profile"
_DEALS = "Deals in time"


def profile_view(known: Opened) -> None:
    """What is known of the pick, or of the first start."""
    id_ = _subject(known)
    if not id_:
        st.info(
            "Choose a company, technology or compound under **Start from**, or pick one in the network: "
            "here is then all that is known of it, with the words."
        )
        return
    _ask(known, id_)
    left, right = st.columns([7, 4], gap="medium")
    with left:
        st.html(panel.head(replace(known.cards.card(id_), facts=())))
        _told(profiled(known, known.read, id_), timeline.dated(known, known.read, (id_,)))
    with right:
        if st.session_state.picked:
            card_view(known)
        else:
            st.caption("Choose a row or a point to read the words behind it.")


def in_address() -> dict[str, str]:
    """What the address says of the profile: whose it is."""
    shown = st.session_state.get("profiled")
    return {"profile": shown[0]} if st.session_state.view == VIEW and shown else {}


@st.cache_data(show_spinner=False, max_entries=64)
def profiled(_known: Opened, read: int, id_: str) -> Profile:
    """The profile, for whoever asks for it first."""
    return profile(_known.cards, id_)


def growth(licensees: Sequence[Licensee]) -> alt.LayerChart | alt.FacetChart:
    """How many licensees there were when; a point for the first licence of each, to be clicked."""
    import altair as alt

    rows: list[dict[str, Any]] = [
        {
            "edge": one.edge,
            "at": timeline.middle(one.date),
            "so_far": one.so_far,
            "date": one.date,
            "licensee": one.name,
            "licensor": one.licensor,
        }
        for one in licensees
    ]
    choice = alt.selection_point(name=CHOICE, fields=["edge"])
    base = alt.Chart(data(rows)).encode(
        x=in_time([row["at"] for row in rows]),
        y=alt.Y(
            "so_far:Q",
            title="licensees",
            scale=alt.Scale(domain=[0, len(rows) + 0.5]),
            axis=alt.Axis(tickMinStep=1, format="d"),
        ),
    )
    line = base.mark_line(interpolate="step-after", color=SKY, strokeWidth=2)
    points = (
        base.mark_circle(color=SKY, size=160, cursor="pointer")
        .encode(
            opacity=alt.condition(choice, alt.value(1.0), alt.value(0.4)),
            tooltip=[
                alt.Tooltip("date:N"),
                alt.Tooltip("licensee:N"),
                alt.Tooltip("licensor:N"),
                alt.Tooltip("so_far:Q", title="licensees so far"),
            ],
        )
        .add_params(choice)
    )
    return alt.layer(line, points).properties(height=240)


def _subject(known: Opened) -> str:
    """Whose profile is shown: what was picked or started from last; a row that is picked changes nothing."""
    state = st.session_state
    starts = tuple(f for f in state.focus if _has_profile(known, f))
    picked = state.picked if _has_profile(known, state.picked) else ""
    last = state.get("profiled")
    if last and _has_profile(known, last[0]):
        id_, before, had = last
        new = [f for f in starts if f not in had]
        id_ = picked if picked and picked != before else next(iter(new), id_)
    else:
        linked = known.present(st.query_params.get("profile", ""))
        id_ = linked if _has_profile(known, linked) else picked or next(iter(starts), "")
    state.profiled = (id_, picked, starts) if id_ else None
    return id_


def _ask(known: Opened, id_: str) -> None:
    """With several starts, whose profile to show."""
    state = st.session_state
    _, picked, starts = state.profiled
    offered = list(dict.fromkeys(filter(None, (id_, picked, *starts))))
    if len(offered) < 2:
        return
    state.profile_of = id_

    def taken() -> None:
        state.profiled = (state.profile_of, picked, starts)

    st.selectbox("Profile of", sorted(offered), key="profile_of", format_func=known.names.__getitem__, on_change=taken)


def _has_profile(known: Opened, id_: str | None) -> bool:
    return id_ is not None and id_ in known.names and known.graph.nodes[id_].type in TYPES


def _told(found: Profile, deals: timeline.Dated) -> None:
    """What there is, in tabs."""
    dated = [_DEALS] if deals.deals or deals.undated else []
    titles = [*(table.title for table in found.tables), *dated]
    if not titles:
        st.info("No filing in this store tells of its deals or of what belongs to it. Load more, or pick another.")
        return
    tabs = dict(zip(titles, st.tabs(titles), strict=True))
    for table in found.tables:
        with tabs[table.title]:
            if table.title == LICENCES:
                _licensees(found)
            _table(table)
    if dated:
        with tabs[_DEALS]:
            timeline.draw(deals, "profile deals")


def _licensees(found: Profile) -> None:
    """How many licensees there were when."""

    def taken() -> None:
        if edge := chosen("licensees", "edge"):
            pick(str(edge))

    if found.licensees:
        said = "Licensees over time"
        st.altair_chart(growth(found.licensees), width="stretch", key="licensees", on_select=taken, alt=said)
    more = f"{found.undated:,} more licensees have no date. " if found.undated else ""
    st.caption(f"{more}Licensees over time: each counts from its first licence on.")


def _table(table: Table) -> None:
    config = {}
    if table.title == PARTNERS:
        most = max(table.columns["Deals"])
        config = {"Deals": st.column_config.ProgressColumn(format="%d", min_value=0, max_value=most)}
    pickable(f"profile {table.title}", table.ids, table.columns, config)
    as_csv(table.columns, f"{table.title.lower().replace(' ', '-')}.csv")
