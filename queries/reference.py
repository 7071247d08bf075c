"""The page of the documentation that lists every question, made from their headers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biopact.queries.catalogue import GROUPS, catalogue, group
from biopact.queries.questions import Parameter, Question
from biopact.queries.without_twin import WITHOUT_TWIN

_INTRODUCTION = """\
# Questions

<!-- Made by `make docs` from the headers of queries/*/*.cypher; edit those. -->

Each question is one Cypher text, which Neo4j and the embedded store answer alike. `biopact query` lists them,
`biopact query --group overlap` those of a group, and `biopact query NAME --param name=value` asks one.

- Names, aliases and ids are taken in upper or lower case.
- A parameter of the type *strings* takes several names, separated by semicolons or as a JSON list.
- A date is as long as what is known, as in 2003, 2003-02 or 2003-02-11; where one is compared with a longer one, the
  question says how.
- Partners are parties of one agreement, unless both have the same one-sided role in it: two licensees deal with the
  licensor and not with one another.
- Most are there in [SPARQL](sparql.md) too; [below](#in-cypher-only) is which are not, and why.
- The examples are asked of the sample filings: `biopact load examples/samples`. A few ask for
  what those do not have.
"""
_PLAIN = re.compile(r"[\w./-]+")


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join(
        (_INTRODUCTION, *_contents(), *(line for name in GROUPS for line in _section(name)), *_in_cypher_only())
    )


def command(question: Question) -> str:
    """The example as it is typed.

    >>> command(catalogue()["most-connected"])
    'biopact query most-connected --param limit=10'
    """
    words = [f"--param {name}={_quoted(value)}" for name, value in question.example.items()]
    return " ".join(("biopact query", question.name, *words))


def _contents() -> Iterator[str]:
    yield from (f"{len(catalogue())} questions:", "", "| Group | What it is about | Questions |", "|---|---|---|")
    for name, about in GROUPS.items():
        if found := group(name):
            links = ", ".join(f"[{q.name}](#{q.name})" for q in found)
            yield f"| {name} | {about} | {links} |"
    yield ""


def _in_cypher_only() -> Iterator[str]:
    yield from ("## In Cypher only", "", "| Question | Why |", "|---|---|")
    yield from (f"| [{name}](#{name}) | {why[0].upper()}{why[1:]}. |" for name, why in sorted(WITHOUT_TWIN.items()))
    yield ""


def _section(name: str) -> Iterator[str]:
    found = group(name)
    if found:
        yield from (f"## {GROUPS[name]}", "")
    for question in found:
        yield from (f"### {question.name}", "", f"**{question.title}.** {question.answers}", "")
        if question.parameters:
            yield from ("| Parameter | Type | Default | |", "|---|---|---|---|")
            yield from map(_row, question.parameters.values())
            yield ""
        yield from (f"Columns: {', '.join(f'`{column}`' for column in question.columns)}.", "")
        yield from ("```sh", command(question), "```", "")


def _row(parameter: Parameter) -> str:
    if parameter.required:
        default = "must be given"
    elif parameter.default in ("", []):
        default = "none"
    else:
        default = f"`{parameter.default}`"
    return f"| `{parameter.name}` | {parameter.takes} | {default} | {parameter.description} |"


def _quoted(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else f'"{value}"'
