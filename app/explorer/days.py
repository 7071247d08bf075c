"""The explorer's days: the one as of which the page shows what was known, and two between which something changed."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from biopact.app.asof import fingerprint, known_on
from biopact.app.differences import COLUMNS, as_rows
from biopact.app.explorer.opened import Opened
from biopact.app.explorer.panel import plain
from biopact.app.explorer.views import card_view, pick
from biopact.app.tables import cell, render
from biopact.graph.changes import changes, touching
from biopact.graph.time import day_of, first_day
from biopact.ontology import NotFoundError, ValidationError

_FIRST, _LAST = date(1990, 1, 1), date(2100, 12, 31)  # between which a day can be chosen; EDGAR begins in 1993
_SHOWN = ("change", "date", "what", "property", "before", "after", "quote", "document", "filed", "url")


def moment() -> tuple[str | None, bool]:
    """The day as of which to show what was known, if one is chosen, and whether only what was in force then."""
    state = st.session_state
    if "as_of" not in state:  # a link says it the first time
        state.as_of = _asked("as_of")
        state.in_force = state.as_of is not None and st.query_params.get("in_force") == "yes"
    day = st.date_input(
        "As of",
        min_value=_FIRST,
        max_value=_LAST,
        format="YYYY-MM-DD",
        key="as_of",
        help="What was known at the end of that day, by the filings of until then. Empty: all that is known now.",
    )
    if day is not None:
        st.toggle("Only what was in force", key="in_force", help="What nobody dates stays.")
    return (str(day), bool(state.in_force)) if day is not None else (None, False)


def in_address() -> dict[str, str]:
    """What the address says of days."""
    state = st.session_state
    told = {}
    if state.get("as_of"):
        told["as_of"] = str(state.as_of)
        told["in_force"] = "yes" if state.get("in_force") else ""
    if state.view == "Changes" and state.get("since") and state.get("until"):
        told |= {"since": str(state.since), "until": str(state.until)}
    return told


def settle(known: Opened) -> None:
    """Let go of starts that were not known on the day that is shown."""
    if gone := [f for f in st.session_state.focus if f not in known.names]:
        st.session_state.focus = [f for f in st.session_state.focus if f not in gone]
    if known.known:
        st.caption(plain(str(known.known)))


def changes_view(known: Opened) -> None:
    """What changed between two days, all of it or what is about the start."""
    state = st.session_state
    first, last = _filed(known)
    left, right, _ = st.columns([1, 1, 2])
    for where, key, says, otherwise in ((left, "since", "From", first), (right, "until", "To", last)):
        if not state.get(key):
            state[key] = _asked(key) or otherwise
        with where:
            st.date_input(says, min_value=_FIRST, max_value=_LAST, format="YYYY-MM-DD", key=key)
    if not state.since or not state.until or state.since >= state.until:
        st.info("Choose two days, the earlier one first.")
        return
    try:
        rows = compared(known, fingerprint(known.ledger), str(state.since), str(state.until), tuple(state.focus))
    except NotFoundError as error:
        st.warning(plain(str(error)))
        return
    if not rows:
        st.info("Nothing changed between these days" + (" for the names you start from." if state.focus else "."))
        return
    st.caption(f"{len(rows):,} changes" + (" about the names chosen above" if state.focus else ""))

    def chosen() -> None:
        if st.session_state.changes.selection.rows:
            pick(rows[st.session_state.changes.selection.rows[0]]["id"])

    st.dataframe(
        [{c: r[c] if c == "url" else cell(r[c]) for c in _SHOWN} for r in rows],
        key="changes",
        hide_index=True,
        on_select=chosen,
        selection_mode="single-row",
        column_config={"url": st.column_config.LinkColumn("filing", display_text="open at the SEC")},
    )
    as_csv = render(COLUMNS, [[r[c] for c in COLUMNS] for r in rows], "csv")
    st.download_button("Download as CSV", as_csv, "changes.csv", "text/csv", on_click="ignore")
    if state.picked:
        card_view(known)


@st.cache_data(show_spinner="Comparing the two days …", max_entries=16)
def compared(_known: Opened, mark: str, since: str, until: str, focus: tuple[str, ...]) -> list[dict[str, Any]]:
    """The changes as rows, for whoever asks for them first; `mark` tells one state of the ledger from the next."""
    before, after = (known_on(_known.ledger, day)[0] for day in (since, until))
    found = changes(before, after, since, until)
    return as_rows(touching(found, focus) if focus else found, after)


def _asked(name: str) -> date | None:
    """The day that the address gives, if it is one that can be chosen."""
    try:
        day = date.fromisoformat(day_of(st.query_params.get(name, "")))
    except ValidationError:
        return None
    return day if _FIRST <= day <= _LAST else None


def _filed(known: Opened) -> tuple[date, date]:
    """The days of the first and of the last filing."""
    filed = [n.properties.get("filing_date") for n in known.graph.nodes.values() if n.type == "Filing"]
    days = sorted(date.fromisoformat(first_day(str(d))) for d in filed if d)
    return (days[0], days[-1]) if days else (_FIRST, date.today())
