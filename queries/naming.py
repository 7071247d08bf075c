"""Asks questions with the names that people type: another spelling is put right, and an unknown name is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from biopact.graph.finding import called, find
from biopact.graph.store import Result, Store
from biopact.queries.questions import Question, Value

_AS_ASKED = ("id", "name", "alias")  # questions match these themselves


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to a question, the parameters it was asked with, and what there is to say of the names in them."""

    result: Result
    parameters: Mapping[str, Value]
    notes: tuple[str, ...] = ()


def ask(store: Store, asked: Question, parameters: Mapping[str, Any], *, seconds: float = 60.0) -> Told:
    """Ask a question. A name that nothing has is looked up where there is no answer, or where it is one of several.

    If one thing alone is called so in another spelling, or has it for a CIK or a ticker, the question is asked of
    that one. Raises what `Question.bind` and `Store.ask` raise.
    """
    bound = asked.bind(parameters)
    result = store.ask(asked.cypher, bound, seconds=seconds)
    right, notes = dict(bound), []
    for parameter in asked.parameters.values():
        value = bound[parameter.name]
        if not parameter.of or (result.rows and not isinstance(value, list)):
            continue
        meant = [_meant(store, str(name), parameter.of) for name in (value if isinstance(value, list) else [value])]
        right[parameter.name] = [name for name, _ in meant] if isinstance(value, list) else meant[0][0]
        notes += [note for _, note in meant if note]
    if right != bound:
        result = store.ask(asked.cypher, right, seconds=seconds)
    return Told(result, right, tuple(notes))


def _meant(store: Store, name: str, types: tuple[str, ...]) -> tuple[str, str]:
    """What to ask with in place of a name, and what to say of it."""
    if not name:
        return name, ""
    hits = called(store, name, types)
    if any(hit.way in _AS_ASKED for hit in hits):
        return name, ""
    if len(hits) == 1:
        return hits[0].id, f"{name!r} is taken for {hits[0].name!r}, {hits[0].id}"
    near = hits or find(store, name, types, 3)
    meant = f"; did you mean {' or '.join(repr(hit.name) for hit in near)}?" if near else ""
    return name, f"no {' or '.join(types).lower()} is called {name!r}{meant}"
