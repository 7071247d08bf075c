"""Commands that take filings in, and take them out again: extract, load, forget, rebuild."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from biopact.app.commands.extracting import account_of, columns_option, extractor_choice, extractor_options, tables_of
from biopact.app.commands.options import (
    WrongUseError,
    ledger_of,
    limit_option,
    opened,
    show_rows,
    store_option,
)
from biopact.app.extractors import left_unread, make_extractor, tally_of, watch
from biopact.app.tables import printable

if TYPE_CHECKING:
    from biopact.app.pipeline import Progress, Report
    from biopact.graph.records import Edge, Node


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@extractor_options
@columns_option
@limit_option
@click.pass_context
def extract(
    ctx: click.Context,
    files: tuple[str, ...],
    extractor: str,
    llm_price: str | None,
    as_json: bool,
    columns: str | None,
    limit: int,
) -> None:
    """Print what filings say, as JSON Lines, one record for each node and edge.

    Nothing is stored. A FILE may be a folder, a zip archive, a pattern in quotes, or - for standard input.

    \b
    Example:
      biopact extract examples/samples/01-quillmere-8-K-license.txt
      biopact extract --extractor both --llm-price 0.15/0.60 filing.txt
      biopact extract deals.csv --columns mapping.yaml
    """
    from biopact.app.pipeline import Failure
    from biopact.app.pipeline import extract as extracted
    from biopact.graph.records import canonical

    failed = False
    reader = make_extractor(extractor, price=llm_price)
    tables = tables_of(columns, files, limit)
    shown = extractor != "rules" or not sys.stdout.isatty()  # records on the same terminal would cross the bar
    with account_of(reader, as_json), progress_bar() if shown else nullcontext(no_progress) as progress:
        watch(reader, progress)
        for source, facts in extracted(files, reader, limit, tables, progress):
            if isinstance(facts, Failure):
                failed = True
                click.echo(f"biopact: {printable(facts.reason)}", err=True)
                continue
            records: list[Node | Edge] = [*facts.nodes, *facts.edges]
            for record in records:
                line = canonical({**record.to_json(), "filing": source})
                sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
            sys.stdout.buffer.flush()
    ctx.exit(1 if failed or left_unread(reader) else 0)


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--notes", is_flag=True, help="List what reading left out, such as pictures, on standard error.")
@extractor_choice
@columns_option
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as one JSON object.")
@limit_option
@store_option
@click.pass_context
def load(
    ctx: click.Context,
    sources: tuple[str, ...],
    notes: bool,
    extractor: str,
    llm_price: str | None,
    columns: str | None,
    as_json: bool,
    limit: int,
    store: str,
) -> None:
    """Read filings and bring their facts into the store.

    A SOURCE is a file, a folder, a zip archive, a pattern in quotes, or - for standard input. Loading the same
    filings again changes nothing; a file that cannot be read stops no other. Tables of deals (CSV, Excel, JSON) are
    read with a mapping of their columns, which `biopact columns` proposes.

    RDF that `biopact export` wrote, alone, restores the graph into a store without filings.

    \b
    Example:
      biopact load filings/2006 "more/*.txt" archive.zip
      biopact load deals.xlsx --columns mapping.yaml
      biopact load graph.nq.gz --store restored
    """
    from biopact.app import pipeline
    from biopact.graph.rdf_reading import is_rdf

    if any(map(is_rdf, sources)):
        if len(sources) > 1:
            raise WrongUseError(
                f"{', '.join(sources)}: RDF is a whole graph; load one such file, and nothing beside it"
            )
        with opened(store, create=True) as target, progress_bar() as progress:
            report = pipeline.restore(Path(sources[0]), ledger_of(store), target, progress)
        click.echo(json.dumps(report.to_json(), sort_keys=True)) if as_json else show_report(report)
        return
    reader = make_extractor(extractor, price=llm_price)
    tables = tables_of(columns, sources, limit)
    account = nullcontext() if as_json else account_of(reader)
    with account, opened(store, create=True) as target, progress_bar() as progress:
        watch(reader, progress)
        report = pipeline.load(sources, ledger_of(store), target, reader, progress, limit, tables)
    if as_json:
        tally = tally_of(reader)
        click.echo(json.dumps(report.to_json() | ({"model": tally.to_json()} if tally else {}), sort_keys=True))
    else:
        for note in report.account.notes if notes else ():
            click.echo(f"biopact: {printable(str(note))}", err=True)
        show_report(report)
        show_pace(report)
    ctx.exit(1 if report.failed or left_unread(reader) else 0)


@click.command()
@click.argument("filings", nargs=-1, required=True, metavar="FILING...")
@store_option
def forget(filings: tuple[str, ...], store: str) -> None:
    """Take filings out of the ledger and the store, with exactly the facts that only they state.

    A FILING is an accession number or an id, as `biopact stats --filings` prints it.

    \b
    Example:
      biopact forget 9999999999-18-000001
    """
    from biopact.app import asof, pipeline

    with opened(store) as target:
        report = pipeline.forget(filings, ledger_of(store), target)
    asof.tidy(store)
    show_report(report)


@click.command()
@store_option
def rebuild(store: str) -> None:
    """Make the store again from the ledger, without reading any filing.

    \b
    Example:
      biopact rebuild --store bolt://localhost:7687
    """
    from biopact.app import pipeline

    with opened(store, create=True) as target:
        show_report(pipeline.rebuild(ledger_of(store), target))


def show_pace(report: Report) -> None:
    """Tell who watches how long it took."""
    account = report.account
    if sys.stderr.isatty() and account.seconds:
        megabytes, files = account.size / 1e6, report.read + report.kept
        click.echo(
            f"biopact: {files:,} files, {megabytes:,.1f} MB in {account.seconds:.1f} s "
            f"({megabytes / account.seconds:.2f} MB/s), graph and store in {report.seconds:.1f} s",
            err=True,
        )


def show_report(report: Report) -> None:
    """Print what a load did: the failures, one line each, on standard error, the rest as a table."""
    for failure in report.failed:
        click.echo(f"biopact: {printable(failure.reason)}", err=True)
    change = report.change
    show_rows(
        ("load", "count"),
        [
            ("filings read", report.read),
            ("filings unchanged", report.kept),
            ("documents in them", report.account.documents),
            ("kilobytes in them", -(-report.account.size // 1000)),
            ("failures", len(report.failed)),
            ("parts left out", len(report.account.notes)),
            ("nodes in the graph", report.nodes),
            ("edges in the graph", report.edges),
            ("written to the store, nodes", change.nodes_written),
            ("written to the store, edges", change.edges_written),
            ("removed from the store, nodes", change.nodes_removed),
            ("removed from the store, edges", change.edges_removed),
        ],
    )


def no_progress(done: int, total: int, what: str) -> None:
    """What is told where nobody watches."""


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on standard error while files are read, if someone is watching."""
    if not sys.stderr.isatty():
        yield no_progress
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Pace(TextColumn):
        """How many are done in a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "", style="progress.data.speed")

    columns = (BarColumn(), MofNCompleteColumn(), Pace(""), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, what: bar.update(
            task, completed=done, total=total, description=escape(printable(what[-60:]))
        )
