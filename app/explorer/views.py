"""What stands beside and behind the picture: the panel, and the table of deals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import streamlit as st

from biopact.app.explorer import deals as tables
from biopact.app.explorer import document, panel
from biopact.app.explorer.cards import Card
from biopact.app.explorer.component import picks
from biopact.app.explorer.lines import line_of
from biopact.app.explorer.opened import Opened
from biopact.app.explorer.panel import plain
from biopact.app.explorer.taking import take_view
from biopact.ontology import NotFoundError

_MORE, _LESS, _AWAY = (f":material/{icon}:" for icon in ("add_circle", "remove_circle", "visibility_off"))

_QUOTED = 20  # quotations under one heading


def pick(id_: str) -> None:
    """A click in the panel."""
    st.session_state.picked = id_


def widen(id_: str) -> None:
    """Add a node to the start."""
    _reshape(focus=[*st.session_state.focus, id_])


def narrow(id_: str) -> None:
    """Take a node out of the start."""
    _reshape(focus=[f for f in st.session_state.focus if f != id_])


def hide(id_: str) -> None:
    """Leave a node out of the picture."""
    _reshape(hidden=[*st.session_state.hidden, id_], picked=None)


def _reshape(**changed: Any) -> None:
    """Change what is drawn, from the panel."""
    st.session_state.update({**changed, "reshape": True})


def card_view(known: Opened) -> None:
    """The panel: facts, words, terms and connections of what is picked, here or in a picture beside it."""
    if st.session_state.pop("reshape", False):  # the picture is not in the part of the page that a click here runs
        st.rerun()
    picked = st.session_state.picked
    picks(picked, _line_of(known, picked), key="picks", on_picked_change=take_pick)
    if not st.session_state.picked:
        st.markdown("#### Click a line to read the sentence behind it")
        st.markdown("Every dot and line is a quotation from a filing. Pick one in the picture, or start from a name.")
        return
    try:
        card = known.cards.card(st.session_state.picked)
    except NotFoundError as error:
        st.warning(plain(str(error)))
        return
    st.html(panel.head(card))
    steps_view(known, card)
    words_view(known, card)
    links_view(known, card)
    take_view(known, {card.id, *(link.edge for link in card.links if link.edge)}, "picked")


def take_pick() -> None:
    """A click in a picture."""
    st.session_state.picked = st.session_state.picks.picked or None


def _line_of(known: Opened, picked: str | None) -> str | None:
    """The line by which pictures show an edge where there are many of its kind between the same two."""
    edge = known.graph.edges.get(picked or "")
    return line_of(edge) if edge else None


def steps_view(known: Opened, card: Card) -> None:
    """Buttons that make the picture larger or smaller by what is picked."""
    state = st.session_state
    if card.id not in known.graph.nodes:
        return
    with st.container(horizontal=True):
        if card.id in state.focus:
            st.button("Collapse its neighbours", on_click=narrow, args=(card.id,), icon=_LESS)
            return
        if card.id in known.names:
            st.button("Add its neighbours to the picture", on_click=widen, args=(card.id,), icon=_MORE)
        st.button("Hide", on_click=hide, args=(card.id,), icon=_AWAY)


def words_view(known: Opened, card: Card) -> None:
    """Quotations in what stands round them, each with its whole document, and terms."""
    _quoted(known, "The words", card.quotations)
    if card.terms:
        st.html(panel.terms(card.terms))
    behind = [q for q in dict.fromkeys(i for t in card.terms for i in t.quotations) if q not in card.quotations]
    _quoted(known, "Words behind the terms", behind)


def _quoted(known: Opened, title: str, ids: Sequence[str]) -> None:
    for at, id_ in enumerate(ids[:_QUOTED]):
        quotation = known.cards.quotation(id_)
        head = "" if at else f'<div class="bp-head">{title}</div>'
        st.html(head + panel.quotation(quotation, *known.context(quotation)))
        document.offer(known, quotation, f"{title} {id_}")
    if len(ids) > _QUOTED:
        st.caption(f"The first {_QUOTED} of {len(ids):,} quotations.")


def links_view(known: Opened, card: Card) -> None:
    """The ends of an edge as buttons, the connections of a node as a table whose rows can be picked."""
    if card.id in known.graph.edges:
        for link in card.links:
            st.button(
                plain(f"{link.name} ({link.type})"),
                key=f"to {link.outward} {link.other}",
                on_click=pick,
                args=(link.other,),
            )
    elif card.links:
        st.html(f'<div class="bp-head">Connections ({len(card.links)})</div>')
        key = f"links {card.id}"

        def chosen() -> None:
            rows = st.session_state[key].selection.rows
            if rows:
                pick(card.links[rows[0]].edge)

        st.dataframe(
            {
                "": [k.says if k.outward else f"← {k.says}" for k in card.links],
                "Name": [k.name for k in card.links],
                "Date": [k.date for k in card.links],
            },
            key=key,
            hide_index=True,
            on_select=chosen,
            selection_mode="single-row",
            height=min(38 + 35 * len(card.links), 360),
        )
        st.caption("Choose a row to read the words behind it.")


def deals_view(known: Opened) -> None:
    """All deals, or those of the start, as a table to sort and to take along."""
    rows = tables.deals(known.graph, st.session_state.focus)
    if not rows:
        st.info("No deals here. Take names out of **Start from**, or load filings that tell of agreements.")
        return
    st.caption(f"{len(rows):,} deals" + (" of the names chosen on the left" if st.session_state.focus else ""))

    def chosen() -> None:
        if st.session_state.deals.selection.rows:
            pick(rows[st.session_state.deals.selection.rows[0]].id)

    st.dataframe(
        [asdict(r) for r in rows],
        key="deals",
        hide_index=True,
        on_select=chosen,
        selection_mode="single-row",
        column_config={
            "id": None,
            "upfront_usd": st.column_config.NumberColumn("upfront (USD)", format="localized"),
            "milestones_max_usd": st.column_config.NumberColumn("milestones up to (USD)", format="localized"),
        },
    )
    st.download_button("Download as CSV", tables.as_csv(rows), "deals.csv", "text/csv", on_click="ignore")
    if st.session_state.picked:
        card_view(known)
