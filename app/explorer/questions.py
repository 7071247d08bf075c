"""The named questions: choose one, fill in its form, read the answer and the words behind each row."""

from __future__ import annotations

from typing import Any

import streamlit as st

from biopact.app.explorer.asking import ROWS, SECONDS, answer_view
from biopact.app.explorer.opened import Opened
from biopact.app.explorer.panel import plain
from biopact.app.sheet import title
from biopact.graph.store import Result
from biopact.ontology import BiopactError
from biopact.queries import GROUPS, Parameter, Question, catalogue, group, question
from biopact.queries.naming import ask

VIEW = "Questions"


def questions_view(known: Opened) -> None:
    """The form of a question, and what the store, or its view of the day that is shown, answers."""
    state = st.session_state
    asked = _chosen()
    st.markdown(plain(asked.answers))
    with st.form(f"question {asked.name}", border=False):
        given = {p.name: _field(known, asked, p) for p in asked.parameters.values()}
        pressed = st.form_submit_button("Ask")
    from_link = state.pop("ask_link", False)
    if pressed or from_link:
        filled = {name: value for name, value in given.items() if value not in ("", None)}
        state.told = ((known.read, asked.name), filled, *_answer(known, asked, filled))
    key, filled, answer, notes = state.get("told", ((0, ""), {}, None, []))
    if key == (known.read, asked.name):
        for note in notes:
            st.warning(plain(note))
        if answer is not None and not answer.rows:
            st.info("The store has no answer to this. Ask with other values, or load more filings.")
        elif answer is not None:
            answer_view(known, answer, asked.name, [title(c) for c in answer.columns])
    with st.expander("The question in Cypher"):
        st.code(asked.cypher, language="cypher")


def in_address() -> dict[str, str | list[str]]:
    """What the address says of the question: its name and what it was asked with."""
    state = st.session_state
    told: dict[str, str | list[str]] = {"question": str(state.get("question", ""))}
    key, filled, *_ = state.get("told", ((0, ""), {}))
    if key[1] == state.get("question"):
        told["given"] = [f"{name}={'; '.join(v) if isinstance(v, list) else v}" for name, v in filled.items()]
    return told


def _chosen() -> Question:
    """The question that is chosen; the first time, that of the address."""
    state, query = st.session_state, st.query_params
    if "question_group" not in state:
        linked = query.get("question", "")
        first = catalogue()[linked] if linked in catalogue() else group(next(iter(GROUPS)))[0]
        state.question_group, state.question = first.group, first.name
        state.linked = dict(pair.split("=", 1) for pair in query.get_all("given") if "=" in pair)
        state.ask_link = linked in catalogue()
    left, right = st.columns(2)
    with left:
        st.selectbox("About", list(GROUPS), key="question_group", format_func=lambda g: f"{g}: {GROUPS[g].lower()}")
    names = [q.name for q in group(state.question_group)]
    if state.get("question") not in names:
        state.question = names[0]
    with right:
        st.selectbox("Question", names, key="question", format_func=lambda name: catalogue()[name].title)
    return question(state.question)


def _field(known: Opened, asked: Question, parameter: Parameter) -> Any:
    """One field of the form, filled with what the link or the question gives, or with what is started from."""
    key = f"{asked.name} {parameter.name}"
    label = f"{title(parameter.name)}{' (needed)' if parameter.required else ''}"
    given = st.session_state.get("linked", {}).get(parameter.name, parameter.default)
    about = f"{parameter.description} ({parameter.takes})"
    if parameter.type == "boolean":
        return st.toggle(label, value=str(given).lower() in ("true", "1", "yes"), key=key, help=plain(about))
    if parameter.of and given in (None, "", []):
        starts = [known.graph.nodes[f] for f in st.session_state.focus]
        names = [n.name for n in starts if n.type in parameter.of]
        given = names if parameter.type == "strings" else next(iter(names), "")
    text = "; ".join(given) if isinstance(given, list) else "" if given is None else str(given)
    return st.text_input(label, value=text, key=key, help=plain(about))


def _answer(known: Opened, asked: Question, filled: dict[str, Any]) -> tuple[Result | None, list[str]]:
    """The answer, if there is one, and what there is to say."""
    try:
        with known.reading() as store:
            told = ask(store, asked, filled, seconds=SECONDS)
    except BiopactError as error:
        return None, [str(error)]
    rows = told.result.rows
    return Result(told.result.columns, rows[:ROWS], len(rows) > ROWS), list(told.notes)
