"""What the commands that read filings share: the choice of an extractor, and the account of what a model brought."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from biopact.app.commands.options import WrongUseError
from biopact.app.extractors import EXTRACTORS, tally_of
from biopact.app.tables import printable

if TYPE_CHECKING:
    from biopact.loaders.extraction.extractor import Extractor
    from biopact.loaders.tables.extractor import TableExtractor

F = TypeVar("F", bound=Callable[..., Any])


def extractor_options(command: F) -> F:
    """Add `--extractor`, `--llm-price` and `--json` for the account of the model."""
    account = click.option("--json", "as_json", is_flag=True, help="Print the account of the model as JSON.")
    return extractor_choice(account(command))


def extractor_choice(command: F) -> F:
    """Add `--extractor` and `--llm-price`."""
    for option in (
        click.option(
            "--llm-price",
            envvar="BIOPACT_LLM_PRICE",
            show_envvar=True,
            metavar="ASKED/ANSWERED",
            help="What a million tokens cost, as in 0.15/0.60.",
        ),
        click.option(
            "--extractor",
            type=click.Choice(EXTRACTORS),
            default="rules",
            show_default=True,
            help="Who reads: the rules, the language model of BIOPACT_LLM_URL and BIOPACT_LLM_MODEL, or both.",
        ),
    ):
        command = option(command)
    return command


def columns_option(command: F) -> F:
    """Add `--columns`."""
    return click.option(
        "--columns",
        metavar="MAPPING|auto",
        help="What the columns of tables of deals mean: a YAML file, or auto to go by their headings.",
    )(command)


def tables_of(columns: str | None, arguments: Sequence[str], limit: int) -> TableExtractor | None:
    """The extractor of tables by a mapping; with auto, by the headings of the first table among the arguments."""
    if columns is None:
        return None
    from biopact.loaders.tables.extractor import TableExtractor
    from biopact.loaders.tables.mapping import read_columns

    if columns != "auto":
        return TableExtractor(read_columns(Path(columns)))
    from biopact.loaders.sources import find_sources
    from biopact.loaders.tables.mapping import columns_of
    from biopact.loaders.tables.proposal import propose
    from biopact.loaders.tables.reading import is_table

    first = next((s for s in find_sources(arguments, limit) if is_table(s.name, mapped=True)), None)
    if first is None:
        raise WrongUseError("--columns auto: there is no table among the files")
    return TableExtractor(columns_of(propose(first).text))


@contextmanager
def account_of(extractor: Extractor, as_json: bool = False) -> Iterator[None]:
    """Print on standard error, at the end, what a model brought, if one was asked."""
    try:
        yield
    finally:
        tally = tally_of(extractor)
        if tally is not None and as_json:
            click.echo(json.dumps(tally.to_json(), sort_keys=True), err=True)
        elif tally is not None:
            for line in tally.lines():
                click.echo(f"biopact: {printable(line)}", err=True)
