"""The view in which pairs are judged; it is there only when the explorer was started with `--edit`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from biopact.app import pipeline
from biopact.app.explorer import panel
from biopact.app.explorer.opened import Opened, one_at_a_time
from biopact.app.explorer.panel import plain
from biopact.app.reviewing import Review, Side, open_review
from biopact.graph.judgements import Judgement, Judgements, Pair, Verdict, now, somebody
from biopact.graph.resolution.model import Doubt
from biopact.graph.stores import open_store
from biopact.ontology import BiopactError

_OFFERED = 500  # pairs to choose from
_LISTED = 100  # judgements that can be undone here; `biopact resolve undo` undoes any


@st.cache_resource(show_spinner="Looking for doubts …", max_entries=2)
def reviewed(store: str, read: int, _known: Opened) -> Review:
    """The doubts of a store as it was read."""
    return open_review(_known.ledger)


def review_view(known: Opened, again: Callable[[], None]) -> None:
    """The queue, both sides of one pair, and what can be said of it; `again` reads the store again."""
    if not known.ledger.folder.is_dir():
        st.info("There is no ledger beside this store, so there is nothing to judge by.")
        return
    journal = Judgements.beside(known.ledger)
    try:
        before = reviewed(known.store, known.read, known)
        review = replace(before, standing=journal.current())
    except BiopactError as error:
        st.error(plain(str(error)))
        return
    if failed := st.session_state.pop("review_failed", ""):
        st.error(plain(failed))
    _behind(known, before, review, again)
    who, note = st.columns([1, 3])
    who.text_input("Who judges", value=somebody(), key="judge")
    note.text_input("Note", key="note", placeholder="Why, in your words; may be empty")
    _pair_view(review, journal)
    _judged_view(review, journal)


def _behind(known: Opened, before: Review, review: Review, again: Callable[[], None]) -> None:
    """Offer to bring the store up to date where judgements came since it was read."""
    came = [pair for pair in {*before.standing, *review.standing} if _said(before, pair) != _said(review, pair)]
    if came:
        st.info(f"Judgements that are not in the store yet: {len(came)}")
        st.button("Bring the store up to date", on_click=_update, args=(known, again), icon=":material/sync:")


def _said(review: Review, pair: Pair) -> Verdict | None:
    standing = review.standing.get(pair)
    return standing.verdict if standing else None


def _update(known: Opened, again: Callable[[], None]) -> None:
    try:
        with one_at_a_time(), open_store(known.store, create=False) as store:
            pipeline.update(known.ledger, store)
    except (BiopactError, OSError) as error:
        st.session_state.review_failed = str(error)
        return
    reviewed.clear()
    again()


def _pair_view(review: Review, journal: Judgements) -> None:
    """One pair in doubt, the words of both sides, and the buttons."""
    skipped: set[Pair] = st.session_state.setdefault("skipped", set())
    queue = review.queue()
    offered = {(d.left, d.right): d for d in queue if (d.left, d.right) not in skipped}
    if not offered:
        st.success("No pair is in doubt." if not queue else f"You skipped all of the {len(queue)} pairs in doubt.")
        if queue:
            st.button("Show them again", on_click=skipped.clear)
        return
    pair = st.selectbox(
        f"Pairs in doubt: {len(offered)}, the likeliest first",
        list(offered)[:_OFFERED],
        format_func=lambda p: _titled(review, offered[p]),
        key="doubt",
    )
    doubt = offered[pair]
    st.markdown(plain("; ".join(doubt.reasons)))
    against = review.against(*pair)
    same, different, unsure, skip = st.columns(4)
    for column, verdict, label in (
        (same, Verdict.SAME, "Same"),
        (different, Verdict.DIFFERENT, "Different"),
        (unsure, Verdict.UNSURE, "Unsure"),
    ):
        refused = against if verdict is Verdict.SAME else ""
        column.button(
            label,
            on_click=_judge,
            args=(journal, pair, verdict),
            disabled=bool(refused),
            help=plain(refused) or None,
            width="stretch",
        )
    skip.button("Skip", on_click=skipped.add, args=(pair,), width="stretch")
    for column, handle in zip(st.columns(2, gap="large"), pair, strict=True):
        with column:
            st.html(side_html(review.side(handle)))
            st.caption(plain(handle))


def _titled(review: Review, doubt: Doubt) -> str:
    names = " / ".join(" ".join(review.name(handle).split()) for handle in (doubt.left, doubt.right))
    unsure = ", unsure" if review.judged(doubt.left, doubt.right) else ""
    return f"{names} ({doubt.type}, {doubt.score:.2f}{unsure})"


def side_html(side: Side) -> str:
    """One side of a pair: what it is, what is known of it, and where it is named."""
    words = "".join(panel.quotation(w.quotation, w.before, w.after) for w in side.words)
    return panel.head(side.card) + words


def _judge(journal: Judgements, pair: Pair, verdict: Verdict) -> None:
    """Keep a verdict; the next pair is shown."""
    try:
        journal.add(Judgement(*pair, verdict, st.session_state.judge, now(), st.session_state.note))
    except (BiopactError, OSError) as error:
        st.session_state.review_failed = str(error)
        return
    st.session_state.note = ""


def _judged_view(review: Review, journal: Judgements) -> None:
    """What stands, the latest first, each with a button that takes it back."""
    standing = sorted(review.standing.values(), key=lambda j: (j.when, j.pair), reverse=True)
    if not standing:
        return
    with st.expander(f"Judged: {len(standing)}", key="judged"):
        for said in standing[:_LISTED]:
            text, button = st.columns([6, 1], vertical_alignment="center")
            names = " / ".join(dict.fromkeys(f"{review.name(handle)} ({handle})" for handle in said.pair))
            told = f"{said.verdict}: {names}. {said.who}, {said.when}{f': {said.note}' if said.note else ''}"
            text.markdown(plain(told))
            button.button("Undo", key=f"undo {said.left} {said.right}", on_click=_undo, args=(journal, said))


def _undo(journal: Judgements, said: Judgement) -> None:
    try:
        journal.undo(*said.pair, st.session_state.judge, now())
    except (BiopactError, OSError) as error:
        st.session_state.review_failed = str(error)
