"""The whole document behind a quotation, with the words marked where they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st

from biopact.app.explorer.cards import Quotation
from biopact.app.explorer.opened import Opened
from biopact.app.explorer.panel import plain, source
from biopact.app.network import asset
from biopact.ontology import NotFoundError

_MOST = 400_000  # characters that are shown of a document, the words in their middle


@dataclass(frozen=True, slots=True)
class Marked:
    """A document in three pieces, and whether there is more of it than is shown."""

    before: str
    quote: str
    after: str
    cut: bool


def marked(known: Opened, quotation: Quotation, most: int = _MOST) -> Marked:
    """The document round a quotation. NotFoundError where the ledger has no text of it, or another reading of it."""
    try:
        text = known.ledger.text(quotation.document)
    except (NotFoundError, KeyError) as error:
        raise NotFoundError(
            f"{quotation.document}: the ledger beside this store has no text of it; load its filing again"
        ) from error
    start, end = quotation.start, quotation.end
    if text[start:end] != quotation.quote:
        raise NotFoundError(
            f"{quotation.document}: the ledger has another reading of it; `biopact rebuild`, then read the store again"
        )
    first, last = max(0, start - most // 2), min(len(text), end + most // 2)
    return Marked(text[first:start], quotation.quote, text[end:last], first > 0 or last < len(text))


def offer(known: Opened, quotation: Quotation, key: str) -> None:
    """A button that opens the document."""
    if st.button("Show the whole document", key=key, type="tertiary", icon=":material/article:"):
        _opened(known, quotation)


@st.dialog("The whole document", width="large")
def _opened(known: Opened, quotation: Quotation) -> None:
    st.html(f'<p class="bp-source">{source(quotation)}</p>')
    try:
        shown = marked(known, quotation)
    except NotFoundError as error:
        st.warning(plain(str(error)))
        return
    if shown.cut:
        st.caption(f"The {_MOST:,} characters round the words; the filing has more.")
    data = {"before": shown.before, "quote": shown.quote, "after": shown.after}
    _document()(data=data, key=f"document {quotation.id}")


@cache
def _document() -> Callable[..., Any]:
    return st.components.v2.component(
        "biopact.document",
        html='<div class="text" tabindex="0" role="document" aria-label="The document"></div>',
        css=asset("document.css"),
        js=asset("document.js"),
    )
