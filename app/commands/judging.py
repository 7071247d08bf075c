"""What the commands under `biopact resolve` share: the journal and doubts of a store, who is meant, how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

import click
from click.core import ParameterSource

from biopact.app.commands.filings import progress_bar
from biopact.app.commands.options import F, WrongUseError, ledger_of, opened, store_option
from biopact.app.tables import printable
from biopact.ontology.errors import StoreError, ValidationError

if TYPE_CHECKING:
    from biopact.app.reviewing import Review, Side, Why, Words
    from biopact.graph.judgements import Judgements
    from biopact.graph.ledger import Ledger
    from biopact.graph.resolution.model import Doubt

R = TypeVar("R")

_ANSWERS = {"s": "same", "d": "different", "u": "unsure", "k": "skip", "q": "quit"}


def who_option(command: F) -> F:
    """Add `--who`."""
    says = "Who says so.  [default: BIOPACT_USER, else your account]"
    return click.option("--who", metavar="NAME", help=says)(command)


def note_option(command: F) -> F:
    """Add `--note`."""
    return click.option("--note", default="", metavar="TEXT", help="Why, in your words.")(command)


def update_option(command: F) -> F:
    """Add `--no-update`."""
    return click.option(
        "--no-update",
        is_flag=True,
        help="Leave the store as it is; the next load or `biopact rebuild` brings it up to date.",
    )(command)


def pair_arguments(command: F) -> F:
    """Add the two things that are compared."""
    return click.argument("left", metavar="A")(click.argument("right", metavar="B")(command))


def judging_options(command: F) -> F:
    """Add what every verdict on a pair takes, and the store."""
    for option in (store_option, update_option, who_option, note_option):
        command = option(command)
    return command


def store_of(store: str) -> str:
    """The store, which may also be named before the command: `biopact resolve --store S next`."""
    ctx = click.get_current_context()
    source = ParameterSource.COMMANDLINE
    if ctx.parent and ctx.get_parameter_source("store") != source == ctx.parent.get_parameter_source("store"):
        return str(ctx.parent.params["store"])
    return store


def journal_of(store: str) -> Judgements:
    """The judgements on a store."""
    from biopact.graph.judgements import Judgements

    return Judgements.beside(ledger_of(store))


def review_of(store: str, *, doubting: bool = False) -> Review:
    """Who is who in a store, with the doubts if they are wanted; StoreError if there is no ledger."""
    from biopact.app.reviewing import open_review

    with progress_bar() as progress:
        return open_review(_ledger_there(store), progress, doubting=doubting)


def why_of(store: str, name: str) -> Why:
    """Why the names of one entity are one."""
    from biopact.app.reviewing import open_why

    with progress_bar() as progress:
        return meant(lambda text: open_why(_ledger_there(store), text, progress), name)


def _ledger_there(store: str) -> Ledger:
    from biopact.graph.restored import ensure_follows_from_filings

    ledger = ledger_of(store)
    if not ledger.folder.is_dir():
        raise StoreError(f"{ledger.folder}: no ledger there; `biopact load` makes it")
    ensure_follows_from_filings(ledger)
    return ledger


def meant(find: Callable[[str], R], name: str) -> R:
    """What a name leads to; a name of several is wrong use."""
    try:
        return find(name)
    except ValidationError as error:
        raise WrongUseError(str(error)) from error


def handles(review: Review, left: str, right: str) -> tuple[str, str]:
    """The ids of the two things that are compared; WrongUseError if they are one name."""
    one, other = meant(review.handle, left), meant(review.handle, right)
    if one == other:
        alone = f"{one}@filing/... means the mention in one filing"
        raise WrongUseError(f"{printable(left)} and {printable(right)}: both are {one}; {alone}")
    return one, other


def bring_up_to_date(store: str) -> None:
    """Bring the store up to date, and tell what became of it."""
    from biopact.app import pipeline

    with opened(store, create=True) as target:
        change = pipeline.update(ledger_of(store), target).change
    written, removed = change.nodes_written + change.edges_written, change.nodes_removed + change.edges_removed
    click.echo(f"the store: {written:,} records written, {removed:,} removed")


def asked() -> str:
    """The answer to one doubt; the end of the input is an answer too."""
    known = {**_ANSWERS, **{word: word for word in _ANSWERS.values()}}
    try:
        answer = click.prompt(
            "[s]ame, [d]ifferent, [u]nsure, s[k]ip or [q]uit",
            type=click.Choice(list(known), case_sensitive=False),
            show_choices=False,
        )
    except click.Abort:
        click.echo()
        return "quit"
    return known[answer]


def show_doubt(review: Review, doubt: Doubt, count: str) -> None:
    """Print a doubt with the facts and words of both sides."""
    click.echo(f"\n{count}: {doubt.type}, score {doubt.score:.2f}: {printable('; '.join(doubt.reasons))}")
    for handle in (doubt.left, doubt.right):
        _show_side(review.side(handle))


def _show_side(side: Side) -> None:
    click.echo(f"\n  {click.style(printable(side.card.title), bold=True)}  {side.handle}")
    for label, value in side.card.facts:
        click.echo(f"    {label}: {printable(value)}")
    show_words(side.words, "    ")


def show_words(words: Iterable[Words], indent: str) -> None:
    """Print quotations in their context, and where they stand."""
    for each in words:
        q = each.quotation
        shown = f"{printable(each.before)} [{click.style(printable(q.quote), bold=True)}] {printable(each.after)}"
        click.echo(f"{indent}{shown.strip()}")
        place = (q.form, q.exhibit if q.exhibit != q.form else "", f"filed {q.date}" if q.date else "", q.document)
        click.echo(f"{indent}  {printable(', '.join(filter(None, place)))}")
