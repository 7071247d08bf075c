"""The network as a whole: who is central, who stands between others, who belongs together, who may become partners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import networkx as nx
import streamlit as st

from biopact.app.explorer.address import to_address
from biopact.app.explorer.charts import SKY, data, shortened
from biopact.app.explorer.opened import Opened
from biopact.app.explorer.panel import plain
from biopact.app.explorer.picking import CHOICE, as_csv, chosen, pickable
from biopact.app.explorer.views import card_view, pick
from biopact.app.sheet import is_id, sheet
from biopact.app.tables import cell
from biopact.ontology import StoreError, ValidationError

if TYPE_CHECKING:
    import altair as alt

    from biopact.app.analysing import Found

_TOP = 200  # rows
_BARS = 20
_DRAWN = {"centrality": "pagerank", "brokerage": "betweenness", "partners": "score"}  # by which column bars are long
_MEMBERS = 100  # of a community, the best connected, that are started from at once


def analytics_view(known: Opened) -> None:
    """Choose a measure; its rows, its bars, and the words behind whoever is picked."""
    from biopact.app.analysing import MEASURES  # brings scipy, which others need not wait for

    state = st.session_state
    if state.get("measure") not in MEASURES:
        state.measure = st.query_params.get("measure") if st.query_params.get("measure") in MEASURES else "centrality"
    measure = st.selectbox("Measure", list(MEASURES), key="measure", format_func=lambda m: f"{m}: {MEASURES[m].title}")
    company = ""
    if "company" in MEASURES[measure].needs:
        company = next((f for f in state.focus if known.graph.nodes[f].type == "Company"), "")
        if not company:
            st.info("Choose a company under **Start from**: here is then who may become its partner.")
            return
    try:
        found = measured(known, known.read, measure, company)
    except (StoreError, ValidationError) as error:
        st.warning(plain(str(error)))
        return
    for note in found.notes:
        st.caption(plain(note))
    if not found.rows:
        st.info("Too few companies have deals with each other here. Load more filings that tell of agreements.")
        return
    left, right = st.columns([7, 4], gap="medium")
    with left:
        _bars(measure, found)
        _table(measure, found)
        if measure == "communities":
            _community(known)
    with right:
        _panel(known)


@st.fragment
def _panel(known: Opened) -> None:
    card_view(known)
    to_address(known)


def in_address() -> dict[str, str]:
    """What the address says of the measure."""
    return {"measure": str(st.session_state.get("measure", ""))} if st.session_state.view == "Analytics" else {}


@st.cache_resource(show_spinner="Reading who has deals with whom …", max_entries=4)
def networked(_known: Opened, read: int) -> nx.Graph:
    """The companies of the store and their deals."""
    from biopact.graph.analytics.network import company_network

    with _known.reading() as store:
        return company_network(store)


@st.cache_resource(show_spinner="Measuring …", max_entries=32)
def measured(_known: Opened, read: int, measure: str, company: str) -> Found:
    """What a measure finds, for whoever asks for it first."""
    from biopact.app.analysing import MEASURES, Asked

    network = networked(_known, read)
    if company and company not in network:
        raise ValidationError(f"{_known.graph.nodes[company].name} has no deals with other companies here")
    return MEASURES[measure].find(network, Asked(company=company, top=_TOP))


def bars(found: Found, column: str) -> alt.Chart:
    """The first twenty as bars; clicking one picks the company."""
    import altair as alt

    name, id_, value = (found.columns.index(c) for c in (found.columns[0], f"{found.columns[0]}_id", column))
    first = found.rows[:_BARS]
    labels = shortened(str(row[name]) for row in first)
    rows = [{"id": r[id_], "who": label, "value": r[value]} for r, label in zip(first, labels, strict=True)]
    choice = alt.selection_point(name=CHOICE, fields=["id"])
    drawn: alt.Chart = (
        alt.Chart(data(rows), height={"step": 22})
        .mark_bar(color=SKY, cursor="pointer")
        .encode(
            x=alt.X("value:Q", title=column.replace("_", " ")),
            y=alt.Y("who:N", title=None, sort=labels, axis=alt.Axis(labelLimit=200)),
            opacity=alt.condition(choice, alt.value(1.0), alt.value(0.4)),
            tooltip=[alt.Tooltip("who:N", title="company"), alt.Tooltip("value:Q", title=column)],
        )
        .add_params(choice)
    )
    return drawn


def _bars(measure: str, found: Found) -> None:
    if measure not in _DRAWN:
        return
    key = f"bars {measure}"

    def taken() -> None:
        if id_ := chosen(key, "id"):
            pick(id_)

    st.altair_chart(bars(found, _DRAWN[measure]), key=key, on_select=taken, width="stretch")


def _table(measure: str, found: Found) -> None:
    titled = sheet(found.columns, found.rows, ids=False)
    shown = [i for i, name in enumerate(found.columns) if not is_id(name)]
    columns = {title: _values([row[i] for row in found.rows]) for title, i in zip(titled.titles, shown, strict=True)}
    ids = next((i for i, name in enumerate(found.columns) if is_id(name)), None)
    if ids is None:
        st.dataframe(columns, hide_index=True)
    else:
        pickable(f"table {measure}", [row[ids] for row in found.rows], columns)
    as_csv(columns, f"{measure}.csv")


def _values(values: Sequence[Any]) -> list[Any]:
    return [value if value is None or isinstance(value, (int, float, str)) else cell(value) for value in values]


def _community(known: Opened) -> None:
    """The members of one community, and a way to see them as a network."""
    from biopact.graph.analytics.communities import communities

    groups = communities(networked(known, known.read)).groups
    number = st.selectbox(
        "Members of", range(len(groups)), format_func=lambda i: f"{groups[i].number}: {groups[i].label}"
    )
    members = [m for m in groups[number].members if m in known.names]

    def show() -> None:
        st.session_state.focus = members[:_MEMBERS]
        st.session_state.view = "Network"

    many = f" the best connected {_MEMBERS} of" if len(members) > _MEMBERS else ""
    st.button(f"Show{many} them in the network", on_click=show, icon=":material/hub:")
    pickable("members", members, {"Company": [known.graph.nodes[m].name for m in members]})
