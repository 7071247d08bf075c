"""The command that asks in Cypher."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from biopact.app.commands.answering import Output, day_told, output_options
from biopact.app.commands.options import WrongUseError, store_option, time_options, viewed
from biopact.app.commands.questions import ask, pair_of
from biopact.app.tables import printable


@click.command()
@click.argument("statement", required=False)
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Read the statement from this file.",
)
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; a JSON value or a word.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=1_000,
    show_default=True,
    metavar="ROWS",
    help="Read at most so many rows; 0 reads all of them.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    help="Stop the statement after this time.",
)
@output_options
@time_options
@store_option
def cypher(
    statement: str | None,
    file: Path | None,
    params: tuple[str, ...],
    limit: int,
    seconds: float,
    output: Output,
    store: str,
    as_of: str | None,
    in_force: bool,
) -> None:
    """Ask the store in Cypher. Statements that write, or reach beyond the graph, are refused.

    STATEMENT may be - to read it from standard input. Where a label, an edge type or a property is not of the
    ontology, a line on standard error says so.

    \b
    Example:
      biopact cypher 'MATCH (a:Company)-[l:LICENSES_TO]->(b:Company) RETURN a.name, b.name, l.date'
      biopact cypher 'MATCH (f:Filing {form: $form}) RETURN f.id' --param form=8-K --limit 10
      biopact cypher --file question.cypher --output answer.csv --limit 0 --seconds 600
      biopact cypher - --as-of 2019
    """
    from biopact.graph.cypher_names import unknown_names
    from biopact.graph.read_only import read_only
    from biopact.ontology import StoreError

    text = _statement(statement, file)
    parameters = {name: _value(value) for name, value in map(pair_of, params)}
    try:
        read_only(text)  # before a store is opened, which takes its time
        for warning in unknown_names(text):
            click.echo(f"biopact: {printable(warning)}", err=True)
    except StoreError as error:
        raise WrongUseError(str(error)) from error
    with viewed(store, as_of, in_force) as source:
        answer = ask(source, text, parameters, seconds=seconds, rows=limit or None)
        links = output.links(source, answer.rows)
    about = (" ".join(text.split()), *day_told(as_of, in_force))
    output.show(answer.columns, answer.rows, title="Rows of a statement", about=about, links=links)
    if answer.cut:
        click.echo(f"biopact: the first {limit:,} rows; there are more, and --limit 0 reads all of them", err=True)


def _statement(statement: str | None, file: Path | None) -> str:
    if (statement is None) == (file is None):
        raise click.UsageError("give either a STATEMENT (- reads it from standard input) or --file")
    try:
        if file is not None:
            return file.read_text(encoding="utf-8-sig")
        return sys.stdin.read() if statement == "-" else str(statement)
    except UnicodeDecodeError as error:
        raise WrongUseError(f"{file or 'standard input'}: the statement is not text in UTF-8") from error


def _value(text: str) -> Any:
    """A JSON number, list or truth value; any other text is taken as it stands."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):  # the latter for lists in lists in lists
        return text
