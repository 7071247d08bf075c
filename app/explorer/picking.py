"""Tables and charts of the explorer in which a row or a mark is chosen, and the file that a table is taken along as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from biopact.app.explorer.views import pick
from biopact.app.tables import render

CHOICE = "choice"  # the name of the selection in every chart that can be clicked

Columns = Mapping[str, Sequence[Any]]


def chosen(key: str, field: str) -> Any:
    """What the clicked mark of a chart holds in a field; None where the choice was taken back."""
    marks = st.session_state[key].selection.get(CHOICE) or [{}]
    return marks[0].get(field)


def pickable(key: str, ids: Sequence[str], columns: Columns, config: Mapping[str, Any] | None = None) -> None:
    """A table in which choosing a row picks what it is about; the ids are those of the rows."""

    def taken() -> None:
        for row in st.session_state[key].selection.rows[:1]:
            pick(ids[row])

    st.dataframe(
        dict(columns), key=key, hide_index=True, on_select=taken, selection_mode="single-row", column_config=config
    )


def as_csv(columns: Columns, name: str) -> None:
    """A button for a table as CSV that no spreadsheet takes for formulas."""
    text = render(list(columns), list(zip(*columns.values(), strict=True)), "csv")
    st.download_button("Download as CSV", text, name, "text/csv", key=name, on_click="ignore")
