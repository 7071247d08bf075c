"""What the commands that read filings share: the choice of an extractor, and the account of what a model brought."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from biopact.app.extractors import EXTRACTORS, tally_of
from biopact.app.tables import printable

if TYPE_CHECKING:
    from biopact.loaders.extraction.extractor import Extractor

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
