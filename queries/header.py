"""Reads the header of a .cypher file: what the question answers and what it takes.

A header is made of ``//`` lines in this order; a line that begins deeper goes on from the one above::

    // title: Partners of a company
    // answers: Which organisations have an agreement with the company.
    // parameters:
    //   company: string of Company — Name, alias or id of the company.
    //   limit: integer = 100 — At most so many rows.
    // columns: partner, partner_id, deals
    // example: company="Corvane Bio"

A string, or strings, of a type is the name of such a node, which `naming` looks up if nothing is called quite so.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import replace
from typing import NoReturn

from biopact.ontology import SchemaError, ValidationError, load_schema
from biopact.queries.questions import TYPES, Parameter, Question

KEYS = ("title", "answers", "parameters", "columns", "example")

_HEADER_LINE = re.compile(r"// (?P<deep>\s*)(?P<text>\S.*)")
_KEY = re.compile(r"(?P<key>[a-z]+):\s*(?P<value>.*)")
_PARAMETER = re.compile(
    r"(?P<name>[a-z][a-z0-9_]*): (?P<type>[a-z]+)(?: of (?P<of>[A-Z]\w+(?: or [A-Z]\w+)*))?"
    r"(?: = (?P<default>\"[^\"]*\"|\S+))? — (?P<description>\S.*)"
)
_COLUMN = re.compile(r"[a-z][a-z0-9_]*")
_USED = re.compile(r"\$([A-Za-z_]\w*)")


def read_question(file: str, text: str) -> Question:
    """Read one file; `file` is its folder and name, as in partners/path.cypher: the names of group and question."""
    group, _, name = file.removesuffix(".cypher").rpartition("/")
    header = _Header(file)
    body = header.read(text.splitlines())
    if not body:
        header.fail("no Cypher after the header")
    parameters = header.parameters()
    used = set(_USED.findall(body))
    for name in sorted(used ^ parameters.keys()):
        header.fail(f"${name} is {'used and not declared' if name in used else 'declared and not used'}")
    return Question(
        name,
        group,
        header.one("title"),
        header.one("answers"),
        parameters,
        header.columns(),
        header.example(parameters),
        body,
    )


class _Header:
    """The header of one file while it is read; `line` is where a complaint would point."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.line = 0
        self.entries: dict[str, list[tuple[int, str]]] = {}

    def fail(self, what: str) -> NoReturn:
        raise SchemaError(f"queries/{self.file}, line {self.line}: {what}")

    def read(self, lines: list[str]) -> str:
        """Take the header's lines; returns the Cypher below them."""
        key = ""
        for number, line in enumerate(lines, 1):
            self.line = number
            if not line.startswith("//"):
                break
            match = _HEADER_LINE.fullmatch(line)
            if not match:
                self.fail("a header line is `// key: value`, or goes deeper")
            if match["deep"]:
                if not key:
                    self.fail("this line goes on from nothing")
                self.entries[key].append((self.line, match["text"]))
                continue
            entry = _KEY.fullmatch(match["text"])
            expected = KEYS[len(self.entries)] if len(self.entries) < len(KEYS) else "nothing more"
            if not entry or entry["key"] != expected:
                self.fail(f"expected {expected}, found {match['text']!r}; the keys are {', '.join(KEYS)}")
            key = entry["key"]
            self.entries[key] = [(self.line, entry["value"])] if entry["value"] else []
        if len(self.entries) < len(KEYS):
            self.fail(f"the header ends before {KEYS[len(self.entries)]}")
        return "\n".join(lines[self.line - 1 :]).strip() if not lines[self.line - 1].startswith("//") else ""

    def one(self, key: str) -> str:
        """The text of an entry, its lines joined."""
        value = " ".join(text for _, text in self.entries[key])
        if not value:
            self.fail(f"{key} is empty")
        return value

    def parameters(self) -> dict[str, Parameter]:
        found: dict[str, Parameter] = {}
        for line, text in self.entries["parameters"]:
            self.line = line
            match = _PARAMETER.fullmatch(text)
            if not match:
                self.fail(f"expected `name: type = default — description`, found {text!r}")
            name, type_, default = match["name"], match["type"], match["default"]
            if type_ not in TYPES:
                self.fail(f"unknown type {type_!r}; known are {', '.join(TYPES)}")
            if name in found:
                self.fail(f"parameter {name} is declared twice")
            of = tuple(match["of"].split(" or ")) if match["of"] else ()
            if unknown := set(of) - load_schema().nodes.keys():
                self.fail(f"no type of node is called {', '.join(sorted(unknown))}")
            parameter = Parameter(name, type_, match["description"], of=of)
            if default is not None:
                try:
                    parameter = replace(parameter, default=parameter.read(default.strip('"')))
                except ValidationError as error:
                    self.fail(str(error))
            found[name] = parameter
        return found

    def columns(self) -> tuple[str, ...]:
        names = tuple(name.strip() for name in self.one("columns").split(","))
        if len(set(names)) < len(names) or not all(map(_COLUMN.fullmatch, names)):
            self.fail(f"columns are different names, separated by commas; found {', '.join(names)}")
        return names

    def example(self, parameters: Mapping[str, Parameter]) -> dict[str, str]:
        text = self.one("example") if self.entries["example"] else ""
        found = {}
        for word in shlex.split(text):
            name, equals, value = word.partition("=")
            if not equals or name not in parameters:
                self.fail(f"an example is made of the question's own parameters, name=value; found {word!r}")
            found[name] = value
        if missing := [p.name for p in parameters.values() if p.required and p.name not in found]:
            self.fail(f"the example leaves out {', '.join(missing)}")
        return found
