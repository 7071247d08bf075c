"""The explorer's console: a Cypher statement that reads, its rows as a table, and the words behind a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from biopact.app.explorer.opened import Opened
from biopact.app.explorer.panel import plain
from biopact.app.explorer.views import card_view, pick
from biopact.app.sheet import sheet
from biopact.app.tables import cell, render
from biopact.app.workbook import workbook
from biopact.graph.cypher_names import unknown_names
from biopact.graph.store import Result
from biopact.ontology import StoreError

ROWS = 1_000
SECONDS = 30.0
FIRST = """\
MATCH (a:Company)-[l:LICENSES_TO]->(b:Company)
RETURN a.name AS licensor, b.name AS licensee, l.date AS date, l.id AS edge
ORDER BY date DESC, edge"""


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
    if answer is not None:
        answer_view(known, answer, "answer")


def answer_view(known: Opened, answer: Result, name: str, titles: Sequence[str] = ()) -> None:
    """An answer as a table in which choosing a row shows the words behind it, and as files to take along."""
    more = f"the first {ROWS:,} rows; there are more" if answer.cut else f"{len(answer.rows):,} rows"
    st.caption(more)

    def chosen() -> None:
        for row in st.session_state[name].selection.rows[:1]:
            for value in reversed(answer.rows[row]):  # ids stand last, those of edges behind those of nodes
                for id_ in value if isinstance(value, list) else [value]:
                    if isinstance(id_, str) and (id_ in known.graph.edges or id_ in known.graph.nodes):
                        pick(id_)
                        return

    columns = {title: _column([row[i] for row in answer.rows]) for i, title in enumerate(titles or answer.columns)}
    st.dataframe(columns, key=name, hide_index=True, on_select=chosen, selection_mode="single-row")
    st.caption("Choosing a row that holds an id, as `l.id` returns one, shows the words behind it.")
    as_csv = render(answer.columns, answer.rows, "csv")
    with st.container(horizontal=True):
        st.download_button("Download as CSV", as_csv, f"{name}.csv", "text/csv", on_click="ignore")
        st.download_button(
            "Download as Excel", lambda: workbook(sheet(answer.columns, answer.rows)), f"{name}.xlsx", on_click="ignore"
        )
    if st.session_state.picked:
        card_view(known)


def _asked(known: Opened, statement: str) -> tuple[Result | None, list[str]]:
    """The answer, if there is one, and what there is to say."""
    try:
        notes = unknown_names(statement)
        with known.reading() as store:
            return store.ask(statement, seconds=SECONDS, rows=ROWS), notes
    except StoreError as error:
        return None, [str(error)]


def _column(values: list[Any]) -> list[Any]:
    """Values as a table takes them: numbers and truth values where all are such, else text."""
    kinds = {type(value) for value in values if value is not None}
    return values if len(kinds) == 1 and kinds <= {int, float, bool, str} else [cell(value) for value in values]
