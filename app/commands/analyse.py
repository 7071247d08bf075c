"""The command that looks at the network of companies as a whole: analyse."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from biopact.app.commands.answering import Output, day_told, output_options
from biopact.app.commands.filings import progress_bar
from biopact.app.commands.options import (
    WrongUseError,
    day_of,
    ledger_of,
    present,
    store_option,
    time_options,
    viewed,
)
from biopact.app.tables import printable
from biopact.ontology.errors import NotFoundError, ValidationError

if TYPE_CHECKING:
    from biopact.app.analysing import Asked, Found, Measure
    from biopact.graph.store import Store


def picture_file(value: str) -> Path:
    """The file of a picture; its suffix says the form."""
    if Path(value).suffix.lower() not in (".png", ".svg"):
        raise click.BadParameter(f"{value!r}: a picture is a file with .png or .svg")
    return Path(value)


@click.command()
@click.argument("measure", required=False)
@click.option("--company", metavar="NAME", help="partners: the name, alias or id of the company.")
@click.option(
    "--method", metavar="METHOD", help="partners: how pairs are scored, as in jaccard; adamic-adar by default."
)
@click.option("--members", is_flag=True, help="communities: a row for each company instead of each community.")
@click.option(
    "--until", type=day_of, metavar="DATE", help="backtest: predict at the end of that day, month or year, as in 2015."
)
@click.option(
    "--first", type=click.IntRange(1), metavar="K", help="backtest: how many of those proposed count, 10 by default."
)
@click.option("--top", type=click.IntRange(0), default=20, show_default=True, help="At most so many rows; 0 for all.")
@click.option("--picture", type=picture_file, metavar="FILE", help="Draw it too, as .png or .svg.")
@click.option("--write", is_flag=True, help="Write the figures on the companies in the store, as network_… properties.")
@output_options(ids=True)
@time_options
@store_option
def analyse(
    measure: str | None,
    company: str | None,
    method: str | None,
    members: bool,
    until: str | None,
    first: int | None,
    top: int,
    picture: Path | None,
    write: bool,
    output: Output,
    store: str,
    as_of: str | None,
    in_force: bool,
) -> None:
    """Look at the network of companies and their deals as a whole. Without MEASURE, list the measures.

    Two companies are joined if they are partners, as in the question `partners`. What is printed is worked out from
    deals, and no filing states it.

    \b
    Example:
      biopact analyse
      biopact analyse brokerage --top 10 --picture brokers.png
      biopact analyse communities --members --output communities.csv
      biopact analyse partners --company "Ostravane Pharma AG"
      biopact analyse backtest --until 2015
      biopact analyse centrality --as-of 2019
    """
    from biopact.app.analysing import MEASURES, Asked

    if measure is None:
        listed = [(name, m.title, [f"--{o}" for o in m.options]) for name, m in MEASURES.items()]
        output.show(("measure", "what it answers", "its options"), listed, title="Measures")
        return
    if measure not in MEASURES:
        raise NotFoundError(f"there is no measure {measure!r}; known are {', '.join(MEASURES)}")
    given = {"company": company, "method": method, "members": members, "until": until, "first": first}
    says = {name for name, value in {**given, "picture": picture, "write": write}.items() if value}
    _check(measure, MEASURES[measure], says)
    if write and as_of is not None:
        raise click.UsageError("--write puts figures into the store itself; leave out --as-of")
    asked = Asked(method=method or "", day=until, first=first or 10, top=top or None, members=members)
    with viewed(store, as_of, in_force) as source, progress_bar() as progress:
        asked = replace(asked, progress=progress)
        if company:
            asked = replace(asked, company=_called(source, company if as_of else present(store, company)))
        try:
            found = _analysed(source, MEASURES[measure], asked, store if write else None)
            if picture and found.picture:
                found.picture(picture)
        except ValidationError as error:
            raise WrongUseError(str(error)) from error
    for note in found.notes:
        click.echo(f"biopact: {printable(note)}", err=True)
    about = (*found.notes, *day_told(as_of, in_force))
    output.show(found.columns, found.rows, title=MEASURES[measure].title, about=about)


def _check(name: str, measure: Measure, given: set[str]) -> None:
    """Refuse options that say nothing to this measure, and miss those that it needs."""
    for option in sorted(given - set(measure.options)):
        raise click.UsageError(f"--{option} says nothing to {name}")
    for option in measure.needs:
        if option not in given:
            raise click.UsageError(f"{name} needs --{option}")


def _analysed(source: Store, measure: Measure, asked: Asked, store: str | None) -> Found:
    """What a measure finds and, with the name of the store, its figures in there."""
    from biopact.graph.analytics import writing
    from biopact.graph.analytics.network import basis, company_network
    from biopact.graph.resolution.keeping_up import workbench

    kept = ledger_of(store) if store else None
    # while figures are written, nobody else changes what they are written on
    with workbench(kept) if kept and kept.folder.is_dir() else nullcontext():
        network = company_network(source)
        found = measure.find(network, asked)
        notes = (basis(network), *found.notes)
        if store:
            count = writing.write(source, found.figures, basis(network))
            notes = (*notes, f"{count:,} companies have figures in {source.name}")
    return replace(found, notes=notes)


def _called(source: Store, name: str) -> str:
    from biopact.graph.finding import the_one

    try:
        return the_one(source, name, ["Company"]).id
    except ValidationError as error:
        raise WrongUseError(str(error)) from error
