"""What several commands share: the store option, opening a store, printing an answer."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from biopact.app.location import DEFAULT_STORE, is_server, ledger_folder
from biopact.ontology.errors import BiopactError, ValidationError

if TYPE_CHECKING:
    from biopact.graph.ledger import Ledger
    from biopact.graph.store import Store

F = TypeVar("F", bound=Callable[..., Any])


class WrongUseError(BiopactError):
    """What was asked for cannot be done as it was asked; exit code 2."""


def store_option(command: F) -> F:
    """Add `--store`."""
    return click.option(
        "--store",
        envvar="BIOPACT_STORE",
        default=DEFAULT_STORE,
        show_default=True,
        show_envvar=True,
        metavar="FOLDER|ADDRESS",
        help="A folder, or the address of a Neo4j server as in bolt://localhost:7687.",
    )(command)


def megabytes(value: str) -> int:
    """The bytes of a number of megabytes, as `--limit` takes it."""
    try:
        size = float(value)
    except ValueError:
        size = 0.0
    if not 0 < size < 1e6:
        raise click.BadParameter(f"{value!r} is no number of megabytes")
    return int(size * 1_000_000)


def span_of(value: str) -> tuple[int, int]:
    """The two numbers of ``START:END``."""
    start, colon, end = value.partition(":")
    if not (colon and start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        raise click.BadParameter(f"{value!r}: expected START:END, two numbers of which the second is greater")
    return int(start), int(end)


def limit_option(command: F) -> F:
    """Add `--limit`, the size up to which a filing is read."""
    return click.option(
        "--limit",
        envvar="BIOPACT_LIMIT",
        type=megabytes,
        metavar="MB",
        default="256",
        show_default=True,
        show_envvar=True,
        help="The size, unpacked and in megabytes, up to which a filing is read.",
    )(command)


def day_of(value: str) -> str:
    """The day that `--as-of` names: of a date without its day or month, the last."""
    from biopact.graph.time import day_of

    try:
        return day_of(value)
    except ValidationError as error:
        raise click.BadParameter(str(error)) from error


def since_day(value: str) -> str:
    """The day that `--since` names: of a date without its day or month, the first."""
    from biopact.graph.time import first_day

    return first_day(value) if day_of(value) else value


def time_options(command: F) -> F:
    """Add `--as-of` and `--in-force`."""
    command = click.option(
        "--in-force", is_flag=True, help="With --as-of: leave out what had ended by then, or had not begun."
    )(command)
    return click.option(
        "--as-of",
        type=day_of,
        metavar="DATE",
        help="Answer from what was known at the end of that day, month or year, as in 2019-03.",
    )(command)


@contextmanager
def viewed(store: str, as_of: str | None, in_force: bool) -> Iterator[Store]:
    """The store of that name while it is open; with `as_of`, a store that holds what was known on that day.

    How much that was is told on standard error.
    """
    if as_of is None:
        if in_force:
            raise click.UsageError("--in-force needs the day: add --as-of DATE")
        with opened(store) as found:
            yield found
        return
    from biopact.app.asof import view
    from biopact.app.commands.filings import progress_bar
    from biopact.graph.stores import open_store

    with progress_bar() as progress:
        folder, known = view(store, as_of, in_force, progress)
    click.echo(f"biopact: {known}", err=True)
    with open_store(str(folder), create=False) as found:
        yield found


@contextmanager
def opened(store: str, *, create: bool = False) -> Iterator[Store]:
    """The store of that name while it is open.

    A server's password comes from NEO4J_PASSWORD, or from a prompt where someone can answer it.
    """
    from biopact.graph.stores import open_store

    if is_server(store) and "NEO4J_PASSWORD" not in os.environ and sys.stdin.isatty():
        # The environment is where the store and the explorer's own process look for it.
        os.environ["NEO4J_PASSWORD"] = click.prompt("Password of the Neo4j server", hide_input=True, err=True)
    with open_store(store, create=create) as found:
        yield found


def present(store: str, value: Any) -> Any:
    """A value, or where it is an id that leads to another one now, that one; of a list, each."""
    from biopact.graph.resolution.keeping_up import FILE
    from biopact.graph.resolution.redirects import leads_to

    if isinstance(value, list):
        return [present(store, one) for one in value]
    return leads_to(ledger_of(store).folder / FILE, value) if isinstance(value, str) else value


def ledger_of(store: str) -> Ledger:
    """The ledger that belongs to a store."""
    from biopact.graph.ledger import Ledger

    return Ledger(ledger_folder(store))


def show_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print a table on standard output, as wide as the terminal."""
    from biopact.app.commands.answering import Output

    Output().show(columns, rows)
