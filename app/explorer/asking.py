"""The explorer's console: a Cypher statement that reads, its rows as a table, and the words behind a row."""

from __future__ import annotations

import threading
from typing import Any

import streamlit as st

from biopact.app.asof import view
from biopact.app.explorer.opened import Opened
from biopact.app.explorer.panel import plain
from biopact.app.explorer.views import card_view, pick
from biopact.app.tables import cell, render
from biopact.graph.cypher_names import unknown_names
from biopact.graph.store import Result
from biopact.graph.stores import open_store
from biopact.ontology import StoreError

ROWS = 1_000
SECONDS = 30.0
FIRST = """\
MATCH (a:Company)-[l:LICENSES_TO]->(b:Company)
RETURN a.name AS licensor, b.name AS licensee, l.date AS date, l.id AS edge
ORDER BY date DESC, edge"""


@st.cache_resource
def _one_at_a_time() -> threading.Lock:
    """A folder is open once in a process, however many look at the page."""
    return threading.Lock()


def ask_view(known: Opened) -> None:
    """Take a statement, ask the store, or its view of the day that is shown, and show what it answers."""
    state = st.session_state
    state.setdefault("statement", FIRST)
    with st.form("cypher", border=False):
        st.text_area("Cypher", key="statement", height=140, help="It can only read: anything else is refused.")
        if st.form_submit_button("Ask"):
            state.answered = (known.read, *_asked(known, state.statement))
    if state.get("answered", (None,))[0] != known.read:  # nothing yet, or of another day
        return
    _, answer, notes = state.answered
    for note in notes:
        st.warning(plain(note))
    if answer is None:
        return
    more = f"the first {ROWS:,} rows; there are more" if answer.cut else f"{len(answer.rows):,} rows"
    st.caption(more)

    def chosen() -> None:
        for row in state.answer.selection.rows[:1]:
            for value in answer.rows[row]:
                if isinstance(value, str) and (value in known.graph.edges or value in known.graph.nodes):
                    pick(value)
                    return

    columns = {name: _column([row[i] for row in answer.rows]) for i, name in enumerate(answer.columns)}
    st.dataframe(columns, key="answer", hide_index=True, on_select=chosen, selection_mode="single-row")
    st.caption("Return an id, as in `l.id`, and choosing a row shows the words behind it.")
    as_csv = render(answer.columns, answer.rows, "csv")
    st.download_button("Download as CSV", as_csv, "answer.csv", "text/csv", on_click="ignore")
    if state.picked:
        card_view(known)


def _asked(known: Opened, statement: str) -> tuple[Result | None, list[str]]:
    """The answer, if there is one, and what there is to say."""
    try:
        notes = unknown_names(statement)
        day = known.known
        folder = view(known.store, day.day, day.only_in_force)[0] if day else known.store
        with _one_at_a_time(), open_store(str(folder), create=False) as store:
            return store.ask(statement, seconds=SECONDS, rows=ROWS), notes
    except StoreError as error:
        return None, [str(error)]


def _column(values: list[Any]) -> list[Any]:
    """Values as a table takes them: numbers and truth values where all are such, else text."""
    kinds = {type(value) for value in values if value is not None}
    return values if len(kinds) == 1 and kinds <= {int, float, bool, str} else [cell(value) for value in values]
