"""`biopact changes`: what is known on one day and was not, or was otherwise, on another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from biopact.app.commands.answering import Output, output_options
from biopact.app.commands.options import day_of, ledger_of, store_option
from biopact.app.differences import COLUMNS, as_rows
from biopact.app.tables import cell, printable
from biopact.ontology.errors import NotFoundError

if TYPE_CHECKING:
    from biopact.graph.records import Graph

_READ = ("change", "date", "what", "property", "before", "after", "filing")  # in a table
_QUOTED = 300  # characters of a quotation that are shown to people


@click.command()
@click.argument("since", metavar="FROM", type=day_of)
@click.argument("until", metavar="TO", type=day_of)
@click.option("--company", metavar="NAME", help="Only what is about this company: its name, an alias or its id.")
@output_options(first="text", help="How to print it: a table is without the words, CSV, JSON and Excel tell most.")
@store_option
def changes(since: str, until: str, company: str | None, output: Output, store: str) -> None:
    """Show what changed between what was known on two days.

    New deals; deals that ended, also those whose time ran out in between; deals and relations that are told
    otherwise, property by property; and ids that lead elsewhere, because two names turned out to be one. Each comes
    with the words that tell it and the filing in which they stand.

    A date may lack its day or month: it means the last day then.

    \b
    Example:
      biopact changes 2019 2021-06-30
      biopact changes 2019 2022 --company "Quillmere Therapeutics, Inc." --output changes.html
    """
    from biopact.app.asof import known_on
    from biopact.app.commands.filings import progress_bar
    from biopact.graph import changes as found

    if since >= until:
        raise click.UsageError(f"FROM {since} has to be earlier than TO {until}")
    ledger = ledger_of(store)
    with progress_bar() as progress:
        (before, then), (after, now) = (known_on(ledger, day, progress=progress) for day in (since, until))
    differences = found.changes(before, after, since, until)
    if company is not None:
        differences = found.touching(differences, companies(company, before, after))
    click.echo(f"biopact: {then}; {now}", err=True)
    rows = as_rows(differences, after)
    if output.format == "text":
        for each in rows:
            _show(each)
    else:
        columns = {"table": _READ, **dict.fromkeys(("markdown", "html"), (*_READ, "quote"))}.get(output.format, COLUMNS)
        links = {each["filing"]: each["url"] for each in rows if each["url"]}
        values = [[each[c] for c in columns] for each in rows]
        about = (f"before: {then}", f"after: {now}")
        output.show(columns, values, title=f"What changed from {since} to {until}", about=about, links=links)
    if not differences:
        click.echo("biopact: nothing changed", err=True)


def companies(name: str, *graphs: Graph) -> set[str]:
    """The ids of the companies of that name, alias or id on any of the days; NotFoundError if there is none."""
    wanted = name.casefold()
    found = {
        node.id
        for graph in graphs
        for node in graph.nodes.values()
        if node.type == "Company" and wanted in (n.casefold() for n in (node.id, node.name, *node.aliases))
    }
    if not found:
        raise NotFoundError(
            f"no company has the id, name or alias {name!r} on either day; `biopact show` finds what it is called"
        )
    return found


def _show(told: dict[str, Any]) -> None:
    date = f" ({told['date']})" if told["date"] else ""
    click.echo(f"{told['change']}: {printable(told['what'])}{date}")
    if told["property"]:
        before, after = (cell(told[when]) or "not told" for when in ("before", "after"))
        states = (after,) if told["change"] == "new deal" or before == after else (before, after)
        click.echo(f"  {told['property']}: {' -> '.join(states)}")
    if told["quote"]:
        quote = printable(told["quote"])
        click.echo(f"  “{quote if len(quote) <= _QUOTED else quote[:_QUOTED].rstrip() + ' …'}”")
        filed = f", filed {told['filed']}" if told["filed"] else ""
        click.echo(f"    {told['document']}, {printable(str(told['filing']))}{filed}")
