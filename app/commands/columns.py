"""The command that proposes what the columns of a table of deals mean: columns."""

from __future__ import annotations

import sys

import click

from biopact.app.commands.options import WrongUseError, limit_option


@click.command()
@click.argument("table", metavar="TABLE")
@limit_option
def columns(table: str, limit: int) -> None:
    """Propose a mapping of a table's columns, by their headings.

    TABLE is a CSV, Excel or JSON file of deals. The mapping goes to standard output, as YAML to look over and mend;
    a preview of the first rows goes to standard error. `biopact load TABLE --columns MAPPING` then reads the table.

    \b
    Example:
      biopact columns deals.csv > mapping.yaml
    """
    from biopact.app.tables import render
    from biopact.loaders.sources import find_sources
    from biopact.loaders.tables.proposal import propose

    sources = list(find_sources([table], limit))
    if len(sources) != 1:
        raise WrongUseError(f"{table}: expected one file; a mapping is proposed for one table at a time")
    found = propose(sources[0])
    rows = [(name, heading, *cells) for (name, heading), *cells in zip(found.fields, *found.rows, strict=True)]
    heads = ("read as", "heading", *(f"row {n}" for n in range(1, len(found.rows) + 1)))
    click.echo(render(heads, rows, "table", None), nl=False, err=True)
    click.echo(found.text, nl=False)
    sys.stdout.flush()
