"""The named questions in SPARQL: a .rq file beside the .cypher, for the graph as `biopact export` writes it.

A file can be run as it stands, wherever the graph is. Its parameters are what ``VALUES ?given_name { }`` give, and
numbers after LIMIT; SPARQL has no lists, so a column that ``# lists:`` names holds one value to a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

from pyoxigraph import Literal

from biopact.graph.nquads import Statements
from biopact.graph.rdf_triples import text
from biopact.graph.store import Result
from biopact.ontology import NotFoundError, Schema, SchemaError, ServiceError, ValidationError, iris, load_schema
from biopact.queries.catalogue import question
from biopact.queries.datasets import Dataset
from biopact.queries.questions import Question, Value
from biopact.queries.without_twin import WITHOUT_TWIN

_LISTS = re.compile(r"# lists: (.*)\n")
_PARAMETER = re.compile(r"VALUES \?given_(?P<name>\w+) \{[^}]*\}|\bLIMIT \d+(?P<named> # (?P<limit>\w+))?")
_BASE = re.compile(r"(PREFIX id: <)[^>]*>")


@dataclass(frozen=True, slots=True)
class Twin:
    """A question in SPARQL."""

    question: Question
    text: str
    lists: frozenset[str]  # the columns whose values are lines of one text

    def bound(self, parameters: Mapping[str, Any], base: str | None = None) -> str:
        """The query with these parameters in it, as terms and never as text; of data below `base`."""
        values = self.question.bind(parameters)

        def given(found: re.Match[str]) -> str:
            if found["name"]:
                return f"VALUES ?given_{found['name']} {{ {' '.join(terms(values[found['name']]))} }}"
            limit = values[_taken(found)]
            if not isinstance(limit, int) or limit < 0:
                raise ValidationError(f"parameter {_taken(found)}: expected a number of rows, found {limit!r}")
            return f"LIMIT {limit}{found['named'] or ''}"

        text = _PARAMETER.sub(given, self.text)
        if base is None:
            return text
        checked = Statements(load_schema(), base).base
        return _BASE.sub(lambda found: f"{found[1]}{checked}>", text)

    def ask(self, dataset: Dataset, **parameters: Any) -> Result:
        """Ask it of an RDF file or an endpoint. Values may be text, as with `Question.ask`.

        Rows are as Cypher gives them: ids and words in place of IRIs, lists. What SPARQL leaves out is None, or in a
        list nothing; the order of a list is that of its words.
        """
        told, solutions = dataset.select(self.bound(parameters, dataset.base))
        names = _Names(load_schema(), dataset.base)
        columns = self.question.columns
        if told != list(columns):
            raise ServiceError(
                f"question {self.question.name}: expected the columns {', '.join(columns)}, found {', '.join(told)}"
            )
        rows = [
            tuple(names.items(row[c]) if c in self.lists else names.value(row[c]) for c in columns) for row in solutions
        ]
        return Result(columns, rows)


class _Names:
    """How what IRIs name is called in Cypher."""

    def __init__(self, schema: Schema, base: str | None) -> None:
        self.base = schema.base_iri if base is None else base
        self.known = {iris.ontology_iri(schema, name): name for name in (*schema.nodes, *schema.edges)}
        self.known |= {iris.ontology_iri(schema, edge.class_name): edge.name for edge in schema.edges.values()}
        for name, vocabulary in schema.vocabularies.items():
            self.known |= {iris.concept_iri(schema, name, term): term for term in vocabulary}

    def called(self, iri: str) -> str:
        """The id or word for an IRI; the IRI itself if it is none of ours."""
        if iri in self.known:
            return self.known[iri]
        return unquote(iri.removeprefix(self.base)) if iri.startswith(self.base) else iri

    def items(self, term: Any) -> list[str]:
        """The lines of a text, sorted."""
        return sorted(map(self.called, filter(None, term.value.split("\n")))) if term is not None else []

    def value(self, term: Any) -> Any:
        """A term as a value of Python."""
        if term is None:
            return None
        if not isinstance(term, Literal):
            return self.called(term.value)
        match term.datatype.value.removeprefix(iris.XSD):
            case "integer":
                return int(term.value)
            case "decimal" | "double" | "float":
                return float(term.value)
            case "boolean":
                return term.value in ("true", "1")
        return term.value


def terms(value: Value) -> list[str]:
    """A value as terms of SPARQL, each of a list as one.

    >>> terms('a "b" }')
    ['"a \\\\"b\\\\" }"']
    >>> terms(3)
    ['3']
    """
    if isinstance(value, str):
        # A reader of SPARQL may take `\u0022` for a quotation mark before it sees that a backslash stands before it.
        return [re.sub(r"\\\\([uU])|\\.", lambda m: rf"\\\u{ord(m[1]):04X}" if m[1] else m[0], str(text(value)))]
    if isinstance(value, list):
        return [term for one in value for term in terms(one)]
    return [str(value).lower() if isinstance(value, int) else str(Literal(value))]


@cache
def twins() -> Mapping[str, Twin]:
    """Every question that is there in SPARQL too, by name. SchemaError names a file that does not fit its question."""
    found = {}
    for folder in sorted((f for f in files("biopact.queries").iterdir() if f.is_dir()), key=lambda f: f.name):
        for file in folder.iterdir():
            if file.name.endswith(".rq"):
                name = file.name.removesuffix(".rq")
                found[name] = read_twin(question(name), file.read_text(encoding="utf-8"))
    return dict(sorted(found.items()))


def twin(name: str) -> Twin:
    """The question of that name in SPARQL; NotFoundError says why there is none."""
    asked = question(name)
    if name not in twins():
        raise NotFoundError(f"question {name} is there in Cypher only: {WITHOUT_TWIN[name]}")
    return twins()[asked.name]


def read_twin(asked: Question, text: str) -> Twin:
    """Read one file and check it against the question that it is the twin of."""
    where = f"queries/{asked.group}/{asked.name}.rq"
    header = _LISTS.match(text)
    lists = frozenset(header[1].split(", ")) if header else frozenset()
    if unknown := lists - set(asked.columns):
        raise SchemaError(f"{where}: no column is called {', '.join(sorted(unknown))}")
    taken = {_taken(found) for found in _PARAMETER.finditer(text)}
    if taken != set(asked.parameters):
        raise SchemaError(f"{where}: takes {', '.join(sorted(taken))}; the question {', '.join(asked.parameters)}")
    return Twin(asked, text, lists)


def _taken(found: re.Match[str]) -> str:
    """The parameter that stands at a place of a query."""
    return found["name"] or found["limit"] or "limit"
