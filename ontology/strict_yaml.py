"""Reading YAML without mercy: keys given twice, unknown keys and values of the wrong kind are errors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import yaml

from biopact.ontology.errors import SchemaError


def listed(names: Iterable[str]) -> str:
    """The names as a message shows them."""
    return ", ".join(names)


class UniqueKeyLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A SafeLoader that refuses a key given twice, which YAML itself lets pass silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping, unless a key of it is given twice."""
        seen: list[Any] = []
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {key!r} is given twice", key_node.start_mark)
            seen.append(key)
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found


class StrictReader:
    """Checks of one file; each failure names the file, the key, what stands there and what is known."""

    def __init__(self, where: str) -> None:
        self.where = where

    def fail(self, key: str, what: str) -> SchemaError:
        """The error to raise about a key."""
        return SchemaError(f"{self.where}: {key}: {what}")

    def mapping(
        self, key: str, value: object, required: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """A mapping with exactly these keys."""
        if not isinstance(value, dict):
            raise self.fail(key, f"expected a mapping, found {type(value).__name__}")
        for name in value:
            if name not in (*required, *optional):
                raise self.fail(f"{key}.{name}", f"unknown key; known are {listed((*required, *optional))}")
        for name in required:
            if name not in value:
                raise self.fail(key, f"key {name!r} is missing")
        return value

    def named(self, key: str, value: object, pattern: re.Pattern[str]) -> dict[str, Any]:
        """A mapping whose keys are names of one form."""
        if not isinstance(value, dict):
            raise self.fail(key, f"expected a mapping, found {type(value).__name__}")
        for name in value:
            if not isinstance(name, str) or not pattern.fullmatch(name):
                raise self.fail(f"{key}.{name}", f"a name here has the form {pattern.pattern}")
        return value

    def text(self, key: str, value: object) -> str:
        """A string with something in it."""
        if not isinstance(value, str) or not value.strip():
            raise self.fail(key, f"expected words, found {value!r}; quote it if YAML reads it as something else")
        return value

    def texts(self, key: str, value: object) -> tuple[str, ...]:
        """A list of different strings, not empty."""
        if not isinstance(value, list) or not value:
            raise self.fail(key, f"expected a list with something in it, found {value!r}")
        found = tuple(self.text(key, item) for item in value)
        if len(set(found)) != len(found):
            raise self.fail(key, "the same word stands there twice")
        return found

    def flag(self, key: str, value: object) -> bool:
        """A truth value; the word "yes" is none."""
        if not isinstance(value, bool):
            raise self.fail(key, f"expected true or false, found {value!r}")
        return value
