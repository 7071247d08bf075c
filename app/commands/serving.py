"""The command that serves the graph to programs that talk with a language model."""

from __future__ import annotations

from functools import partial
from importlib.util import find_spec

import click

from biopact.app.commands.options import WrongUseError, opened, store_option


@click.command()
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, metavar="ROWS", help="Rows of an answer."
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    help="Stop a statement after this time.",
)
@store_option
def mcp(limit: int, seconds: float, store: str) -> None:
    """Serve the graph to a language model's program, by the Model Context Protocol.

    It speaks over standard input and output, and is started by such a program, whose settings name this command. Its
    tools list and ask the named questions, find names, show the words behind a fact, and take Cypher; all of them only
    read. It needs the extra: pip install 'biopact[mcp]'.

    \b
    Example:
      biopact mcp --store biopact-data
      biopact mcp --store bolt://localhost:7687 --limit 50 --seconds 10
    """
    if find_spec("mcp") is None:
        raise WrongUseError("this needs the package mcp; install it with: pip install 'biopact[mcp]'")
    with opened(store):  # so that a store that does not answer is told now, and not to the model
        pass
    from biopact.app.mcp_server import server
    from biopact.opened import Graph

    server(partial(Graph.open, store), rows=limit, seconds=seconds).run("stdio")
