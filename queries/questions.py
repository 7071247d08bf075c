"""What a named question is: its text, what it takes, and how text becomes what it takes."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from biopact.graph.store import Result, Store
from biopact.ontology import ValidationError

_TRUTH = {"true": True, "yes": True, "false": False, "no": False}

Value = str | int | float | bool | list[str]


def _integer(value: Any) -> int:
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        raise ValueError(value)
    return int(value)


def _number(value: Any) -> float:
    if isinstance(value, bool):
        raise ValueError(value)
    return float(value)


def _boolean(value: Any) -> bool:
    return value if isinstance(value, bool) else _TRUTH[str(value).lower()]


def _strings(value: Any) -> list[str]:
    """A JSON list, or text separated by semicolons; each of them once."""
    if isinstance(value, str):
        found = json.loads(value) if value.lstrip().startswith("[") else value.split(";")
    else:
        found = list(value)
    if not all(isinstance(text, str) for text in found):
        raise ValueError(value)
    return list(dict.fromkeys(stripped for text in found if (stripped := text.strip())))


TYPES: Mapping[str, Callable[[Any], Value]] = {
    "string": str,
    "strings": _strings,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question takes; without a default it must be given."""

    name: str
    type: str  # one of TYPES
    description: str
    default: Value | None = None
    of: tuple[str, ...] = ()  # types of nodes, one of which it names

    @property
    def takes(self) -> str:
        """Its type, in words."""
        if not self.of:
            return self.type
        return f"{'name' if self.type == 'string' else 'names'} of {' or '.join(self.of)}"

    @property
    def required(self) -> bool:
        """Whether the question cannot be asked without it."""
        return self.default is None

    def read(self, value: Any) -> Value:
        """The value in the parameter's type, from text or from a value; ValidationError if it does not fit."""
        try:
            return TYPES[self.type](value)
        except (ValueError, KeyError, TypeError):
            raise ValidationError(f"parameter {self.name}: expected {self.type}, found {value!r}") from None


@dataclass(frozen=True, slots=True)
class Question:
    """A question that any store answers alike."""

    name: str  # the file's name, as in most-connected
    group: str  # the folder's name, as in partners
    title: str
    answers: str  # one sentence
    parameters: Mapping[str, Parameter]
    columns: tuple[str, ...]
    example: Mapping[str, str]  # parameters to try it with
    cypher: str

    def ask(self, store: Store, **parameters: Any) -> Result:
        """Ask a store. Values may be text; ValidationError says which parameter is missing, unknown or wrong."""
        return store.ask(self.cypher, self.bind(parameters))

    def bind(self, parameters: Mapping[str, Any]) -> dict[str, Value]:
        """The parameters in their types, with the defaults of those that are not given."""
        for name in parameters:
            if name not in self.parameters:
                raise ValidationError(
                    f"question {self.name}: unknown parameter {name!r}{suggestion(name, self.parameters)}"
                )
        bound = {}
        for name, parameter in self.parameters.items():
            value = parameters.get(name, parameter.default)
            if value is None:
                raise ValidationError(f"question {self.name}: parameter {name} is missing: {parameter.description}")
            bound[name] = parameter.read(value)
        return bound


def suggestion(name: str, known: Iterable[str]) -> str:
    """The end of a complaint about a name that is not known: the nearest ones, else all."""
    known = list(known)
    near = difflib.get_close_matches(name, known, n=3)
    return f"; did you mean {' or '.join(near)}?" if near else f"; known are {', '.join(known) or 'none'}"
