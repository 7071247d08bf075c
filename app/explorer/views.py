"""What stands beside and behind the picture: the panel, the table of deals, the overlap of partners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import streamlit as st

from biopact.app.explorer import deals as tables
from biopact.app.explorer import panel
from biopact.app.explorer.cards import Card
from biopact.app.explorer.opened import Opened
from biopact.app.explorer.panel import plain
from biopact.ontology import NotFoundError


def pick(id_: str) -> None:
    """A click in the panel."""
    st.session_state.picked = id_


def widen(id_: str) -> None:
    """Add a node to the start."""
    st.session_state.focus = [*st.session_state.focus, id_]


def card_view(known: Opened) -> None:
    """The panel: facts, words, terms and connections of what is picked."""
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
    if card.id in known.names and card.id not in st.session_state.focus:
        added = st.button(
            "Add its neighbours to the picture", on_click=widen, args=(card.id,), icon=":material/add_circle:"
        )
        if added:  # the start is asked for outside the part of the page that a pick runs again
            st.rerun()
    words_view(known, card)
    links_view(known, card)


def words_view(known: Opened, card: Card) -> None:
    """Quotations in what stands round them, and terms."""
    parts = [f'<div class="bp-head">The words</div>{_quoted(known, card.quotations)}' if card.quotations else ""]
    parts.append(panel.terms(card.terms))
    behind = [q for q in dict.fromkeys(i for t in card.terms for i in t.quotations) if q not in card.quotations]
    if behind:
        parts.append(f'<div class="bp-head">Words behind the terms</div>{_quoted(known, behind)}')
    if any(parts):
        st.html("".join(parts))


def _quoted(known: Opened, ids: tuple[str, ...] | list[str]) -> str:
    quotations = map(known.cards.quotation, ids)
    return "".join(panel.quotation(q, *known.context(q)) for q in quotations)


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


def overlap_view(known: Opened) -> None:
    """The partners that chosen companies share: how many for each pair, and which."""
    names = {n: text for n, text in known.names.items() if known.graph.nodes[n].type == "Company"}
    st.session_state.setdefault("compared", [f for f in st.session_state.focus if f in names])
    chosen = st.multiselect(
        "Companies to compare", list(names), key="compared", format_func=names.__getitem__, placeholder="Two or more"
    )
    if len(chosen) < 2:
        st.info("Choose two or more companies to see which partners they share.")
        return
    of = tables.partners(known.graph, chosen)
    called = {i: known.graph.nodes[i].name for i in {*chosen, *(p for found in of.values() for p in found)}}
    pairs = tables.overlaps(of)
    st.dataframe(
        {
            "One": [called[o.one] for o in pairs],
            "Other": [called[o.other] for o in pairs],
            "Shared": [len(o.shared) for o in pairs],
            "Jaccard": [o.jaccard for o in pairs],
            "Partners of both": ["; ".join(called[p] for p in o.shared) for o in pairs],
        },
        hide_index=True,
        column_config={"Jaccard": st.column_config.ProgressColumn(format="%.2f", min_value=0.0, max_value=1.0)},
    )
    every = sorted(
        {p for found in of.values() for p in found},
        key=lambda p: (-sum(p in found for found in of.values()), called[p]),
    )
    columns = [[called[p] for p in every], *([of[c].get(p, 0) for p in every] for c in chosen)]
    st.markdown("##### Partners and the number of deals")
    if not every:
        st.info("These companies have no deals with anyone in this store.")
        return
    st.dataframe(
        dict(zip(_headings(["Partner", *(called[c] for c in chosen)]), columns, strict=True)),
        hide_index=True,
    )


def _headings(names: Sequence[str]) -> list[str]:
    """Column names, told apart where two companies have one name."""
    return [f"{name} ({names[:i].count(name) + 1})" if name in names[:i] else name for i, name in enumerate(names)]
