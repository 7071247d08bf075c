"""The command that brings filings from EDGAR into a folder: fetch."""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from biopact.app.commands.filings import progress_bar
from biopact.app.commands.options import WrongUseError, show_rows
from biopact.app.tables import printable

if TYPE_CHECKING:
    from biopact.loaders.edgar.client import Edgar
    from biopact.loaders.edgar.fetch import Failure, Report
    from biopact.loaders.edgar.listed import Listed, Wanted

_LIST_LIMIT = 64 * 1024 * 1024  # bytes


def _first_day(value: str) -> date:
    """The day that is named, or the first one of a year or a month."""
    year, month, day = _parts(value)
    return _day(value, year, month or 1, day or 1)


def _last_day(value: str) -> date:
    """The day that is named, or the last one of a year or a month."""
    year, month, day = _parts(value)
    first = _day(value, year, month or 12, day or 1)
    return first if day else (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _parts(value: str) -> tuple[int, int | None, int | None]:
    match = re.fullmatch(r"(1[0-9]{3}|2[0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
    if not match:
        raise _no_date(value)
    year, month, day = (int(part) if part else None for part in match.groups())
    return year or 0, month, day


def _day(value: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _no_date(value) from None


def _no_date(value: str) -> click.BadParameter:
    return click.BadParameter(f"{value!r} is no date: expected one as in 2005, 2005-03 or 2005-03-31")


@click.command()
@click.option("--ticker", "tickers", multiple=True, help="A company by its ticker; repeatable.")
@click.option("--cik", "ciks", multiple=True, help="A company or person by its CIK; repeatable.")
@click.option("--accession", "accessions", multiple=True, help="A filing by its accession number; repeatable.")
@click.option(
    "--list",
    "lists",
    multiple=True,
    type=click.File("rb"),
    help="A file of tickers, CIKs and accession numbers, one a line, or what EDGAR's full-text search answers (JSON).",
)
@click.option("--form", "forms", multiple=True, help="Only this form, with its amendments; repeatable.")
@click.option("--since", type=_first_day, metavar="DATE", help="Only filings from this year, month or day on.")
@click.option("--until", type=_last_day, metavar="DATE", help="Only filings up to this year, month or day.")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default="filings",
    show_default=True,
    help="The folder for the filings and their manifest.",
)
@click.option(
    "--contact",
    envvar="BIOPACT_CONTACT",
    show_envvar=True,
    help="Who asks: a name and a mail address, as SEC requires.",
)
@click.option("--dry-run", is_flag=True, help="List what would be fetched, and fetch nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report, or the list, as JSON.")
@click.option("--edgar-url", envvar="BIOPACT_EDGAR_URL", hidden=True, help="Another server that speaks EDGAR's paths.")
@click.pass_context
def fetch(
    ctx: click.Context,
    tickers: tuple[str, ...],
    ciks: tuple[str, ...],
    accessions: tuple[str, ...],
    lists: tuple[IO[bytes], ...],
    forms: tuple[str, ...],
    since: date | None,
    until: date | None,
    into: Path,
    contact: str | None,
    dry_run: bool,
    as_json: bool,
    edgar_url: str | None,
) -> None:
    """Fetch filings from EDGAR into a folder, ready for `biopact load`.

    Without a company or an accession number, --form and --since choose among the filings of all companies. The
    same command again goes on where a run ended and fetches what is new. SEC allows ten requests a second; all
    runs of a user keep to that together.

    \b
    Example:
      biopact fetch --cik 855654 --form 8-K --form 10-K --since 2005 --contact "Jane Doe jane.doe@example.org"
      biopact fetch --list companies.txt --form 10-K --dry-run
    """
    from biopact.loaders.edgar.fetch import Failure, find
    from biopact.loaders.edgar.fetch import fetch as fetched
    from biopact.loaders.edgar.listed import Selection, Wanted, form_name

    wanted, failed = _wanted(tickers, ciks, accessions), []
    for file in lists:
        found, problems = _listed(file)
        wanted += found
        failed += [Failure(file.name, f"{file.name}: {problem}") for problem in problems]
    selection = Selection(frozenset(map(form_name, forms)), since, until)
    if wanted == Wanted() and (lists or not (forms and since)):
        raise WrongUseError(
            "nothing to fetch is named; give --ticker, --cik, --accession or a --list that holds some, "
            "or both --form and --since for the filings of all companies"
        )
    today = datetime.now(UTC).date()
    with _edgar(contact, edgar_url) as edgar, progress_bar() as progress:
        filings, unknown = find(edgar, wanted, selection, today, progress)
        failed += unknown
        report = None if dry_run else fetched(edgar, filings, into, today, progress)
    if report is None:
        _show_plan(filings, edgar.sites.archives, as_json)
        _show_failures(failed)
        ctx.exit(1 if failed else 0)
    report.failed[:0] = failed
    _show_report(report, into, as_json)
    ctx.exit(3 if report.refused else 1 if report.failed or report.stopped else 0)


def _wanted(tickers: tuple[str, ...], ciks: tuple[str, ...], accessions: tuple[str, ...]) -> Wanted:
    """What the options name; a name that cannot be one is wrong use."""
    from biopact.loaders.edgar import listed
    from biopact.ontology.errors import ValidationError

    try:
        return listed.Wanted(
            tuple(map(listed.ticker, tickers)), tuple(map(listed.cik, ciks)), tuple(map(listed.filing, accessions))
        )
    except ValidationError as error:
        raise WrongUseError(str(error)) from None


def _listed(file: IO[bytes]) -> tuple[Wanted, list[str]]:
    from biopact.loaders.edgar.listed import read_list
    from biopact.ontology.errors import ValidationError

    data = file.read(_LIST_LIMIT + 1)
    if len(data) > _LIST_LIMIT:
        raise WrongUseError(f"{file.name}: larger than {_LIST_LIMIT} bytes; split the list")
    try:
        return read_list(data.decode("utf-8-sig", "replace"))
    except ValidationError as error:
        raise WrongUseError(f"{file.name}: {error}") from None


def _edgar(contact: str | None, url: str | None) -> Edgar:
    """EDGAR, asked in the name of the contact; someone who can answer is asked for one."""
    from platformdirs import user_cache_path

    from biopact.loaders.edgar.cache import Cache
    from biopact.loaders.edgar.client import Edgar, Sites
    from biopact.loaders.edgar.pace import Pace

    if not contact and someone_answers():
        contact = click.prompt("SEC wants to know who asks. Your name and mail address", err=True)
    if not contact:
        raise WrongUseError("SEC wants to know who asks; give your name and mail address with --contact")
    folder = Path(os.environ.get("BIOPACT_CACHE") or user_cache_path("biopact")) / "edgar"
    sites = Sites(url.rstrip("/"), url.rstrip("/")) if url else Sites()
    try:
        return Edgar(contact, Pace(folder), Cache(folder / "indexes"), sites)
    except ValueError as error:
        raise WrongUseError(str(error)) from None


def someone_answers() -> bool:
    """Whether a prompt would be read by a person."""
    return sys.stdin.isatty()


def _show_plan(filings: list[Listed], archives: str, as_json: bool) -> None:
    columns = ("accession_number", "cik", "form", "filing_date", "url")
    rows = [(f.accession_number, f.cik, f.form, f.filing_date, archives + f.path) for f in filings]
    if as_json:
        click.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], indent=1))
    else:
        show_rows(columns, rows)


def _show_failures(failed: list[Failure]) -> None:
    for failure in failed:
        click.echo(f"biopact: {printable(failure.reason)}", err=True)


def _show_report(report: Report, into: Path, as_json: bool) -> None:
    """Print what a run did: the failures, one line each, on standard error, the rest as a table or as JSON."""
    size = sum(entry.size for entry in report.fetched)
    if as_json:
        click.echo(json.dumps({"folder": str(into), "bytes": size, **asdict(report)}, indent=1))
        return
    _show_failures(report.failed)
    if report.stopped:
        click.echo(f"biopact: stopped: {printable(report.stopped)}; the same command again goes on from here", err=True)
    show_rows(
        ("fetch", "count"),
        [
            ("filings fetched", len(report.fetched)),
            ("filings that were there", len(report.had)),
            ("failures", len(report.failed)),
            ("filings not asked for", report.not_asked),
            ("bytes", size),
            ("seconds", round(report.seconds, 1)),
        ],
    )
