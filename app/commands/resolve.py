"""The command that decides who is who: resolve, with the queue of doubts and what is said of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from biopact.app.commands.answering import Output, output_options
from biopact.app.commands.judging import (
    asked,
    bring_up_to_date,
    handles,
    journal_of,
    judging_options,
    pair_arguments,
    review_of,
    show_doubt,
    show_words,
    store_of,
    update_option,
    who_option,
    why_of,
)
from biopact.app.commands.options import WrongUseError, show_rows, store_option
from biopact.app.tables import printable
from biopact.ontology.errors import ValidationError

if TYPE_CHECKING:
    from biopact.app.reviewing import Review
    from biopact.graph.resolution.model import Doubt

TYPES = ("Company", "Person", "Compound", "Technology", "Target", "Indication")


@click.group(invoke_without_command=True)
@click.option("--limit", type=click.IntRange(1), default=25, show_default=True, help="Show this many.")
@click.option("--type", "type_", type=click.Choice(TYPES, case_sensitive=False), help="Only things of this type.")
@output_options
@store_option
@click.pass_context
def resolve(ctx: click.Context, limit: int, type_: str | None, output: Output, store: str) -> None:
    """Decide who is who. Without a command, list the pairs that may be one, the likeliest first.

    A and B are ids, ids of old, or exact names. company/alnora@filing/9999999999-18-000001 is the mention in that
    one filing. What is decided stands beside the ledger, holds against any later score, and can be undone.

    \b
    Example:
      biopact resolve
      biopact resolve next
      biopact resolve same "Alnora, Inc." "Alnora Research, LLC"
    """
    if ctx.invoked_subcommand is not None:
        return
    review = review_of(store, doubting=True)
    queue = review.queue(type_)
    columns = ("score", "left", "right", "reasons", "left id", "right id", "judged")
    output.show(columns, [_row(review, doubt) for doubt in queue[:limit]], title="Pairs that may be one")
    if output.to_read:
        more = f"; --limit shows more than {limit}" if len(queue) > limit else ""
        click.echo(f"\n{len(queue):,} pairs in doubt{more}; `biopact resolve next` asks about one at a time")


@resolve.command("next")
@click.option("--type", "type_", type=click.Choice(TYPES, case_sensitive=False), help="Only things of this type.")
@click.option("--unsure", is_flag=True, help="Ask again about pairs that somebody was unsure of.")
@who_option
@update_option
@store_option
def next_(type_: str | None, unsure: bool, who: str | None, no_update: bool, store: str) -> None:
    """Ask about one doubtful pair after the other, with the words that name either side.

    Every answer is kept at once. The store is brought up to date when you quit.

    \b
    Example:
      biopact resolve next --type Company
    """
    from biopact.graph.judgements import Judgement, now, somebody, verdict_of

    store = store_of(store)
    journal, review = journal_of(store), review_of(store, doubting=True)
    queue = [d for d in review.queue(type_) if unsure or review.judged(d.left, d.right) is None]
    if not queue:
        click.echo("no pair is in doubt")
        return
    said = 0
    for number, doubt in enumerate(queue, 1):
        show_doubt(review, doubt, f"{number} of {len(queue)}")
        answer = asked()
        if answer == "quit":
            break
        if answer != "skip":
            if answer == "same" and (why := review.against(doubt.left, doubt.right)):
                click.echo(f"biopact: {why}: refused", err=True)
                continue
            journal.add(Judgement(doubt.left, doubt.right, verdict_of(answer), who or somebody(), now()))
            said += 1
    click.echo(f"judgements kept: {said}")
    if said and not no_update:
        bring_up_to_date(store)


@resolve.command()
@pair_arguments
@judging_options
def same(store: str, **said: Any) -> None:
    """Say that A and B are one.

    \b
    Example:
      biopact resolve same company/alnora company/alnora-research --note "moved in 2019, same CIK"
    """
    _say(store_of(store), "same", **said)


@resolve.command()
@pair_arguments
@judging_options
def different(store: str, **said: Any) -> None:
    """Say that A and B are two. They are kept apart whatever else speaks for one.

    \b
    Example:
      biopact resolve different company/alnora company/alnora@filing/9999999999-18-000001
    """
    _say(store_of(store), "different", **said)


@resolve.command()
@pair_arguments
@judging_options
def unsure(store: str, **said: Any) -> None:
    """Say that nobody can tell whether A and B are one. The pair goes to the end of the list.

    \b
    Example:
      biopact resolve unsure company/alnora company/alnora-research --note "ask counsel"
    """
    _say(store_of(store), "unsure", **said)


@resolve.command()
@pair_arguments
@judging_options
def undo(left: str, right: str, note: str, who: str | None, no_update: bool, store: str) -> None:
    """Take back what was said of A and B. The history keeps it.

    \b
    Example:
      biopact resolve undo company/alnora company/alnora-research
    """
    from biopact.graph.judgements import now, somebody

    store = store_of(store)
    journal = journal_of(store)
    if not any({left, right} == set(pair) for pair in journal.current()):  # ids need no looking up
        left, right = handles(review_of(store), left, right)
    undone = journal.undo(left, right, who or somebody(), now(), note)
    click.echo(f"{undone.left} and {undone.right}: no longer {undone.verdict}, as {printable(undone.who)} had said")
    if not no_update:
        bring_up_to_date(store)


@resolve.command()
@output_options
@store_option
def history(output: Output, store: str) -> None:
    """List all that was ever said, the first word first.

    \b
    Example:
      biopact resolve history --output history.csv
    """
    from biopact.graph.judgements import Judgement

    journal = journal_of(store_of(store))
    standing = list(journal.current().values())
    rows = [
        (e.when, e.who, e.verdict if isinstance(e, Judgement) else "undone", e.left, e.right, e.note, e in standing)
        for e in journal.history()
    ]
    output.show(("when", "who", "verdict", "left", "right", "note", "stands"), rows, title="All that was ever said")


@resolve.command("export")
@click.argument("path", metavar="FILE.csv", type=click.Path(dir_okay=False, path_type=Path))
@store_option
def export_(path: Path, store: str) -> None:
    """Write what stands as a table, for a spreadsheet or another store.

    \b
    Example:
      biopact resolve export judgements.csv
    """
    from biopact.graph.judgement_tables import export_csv

    count = export_csv(journal_of(store_of(store)), path)
    click.echo(f"wrote {path}, judgements: {count:,}")


@resolve.command("import")
@click.argument("path", metavar="FILE.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@who_option
@update_option
@store_option
@click.pass_context
def import_(ctx: click.Context, path: Path, who: str | None, no_update: bool, store: str) -> None:
    """Take in the judgements of a table with the columns left, right, verdict, and who, when, note if it has them.

    Ids only. Rows that are wrong are listed and left out. An older word than what was last said of a pair changes
    nothing.

    \b
    Example:
      biopact resolve import judgements.csv
    """
    from biopact.graph.judgement_tables import import_csv
    from biopact.graph.judgements import somebody

    store = store_of(store)
    try:
        imported = import_csv(journal_of(store), path, who or somebody())
    except ValidationError as error:
        raise WrongUseError(str(error)) from error
    for reason in imported.refused:
        click.echo(f"biopact: {printable(reason)}", err=True)
    rows = [("new", imported.taken), ("known already", imported.known), ("refused", len(imported.refused))]
    show_rows(("judgements", "count"), rows)
    if imported.taken and not no_update:
        bring_up_to_date(store)
    ctx.exit(1 if imported.refused else 0)


@resolve.command()
@click.argument("name", metavar="ID")
@store_option
def why(name: str, store: str) -> None:
    """Show why the names of one entity are one: its links with reasons and quotations, and the ids that lead to it.

    \b
    Example:
      biopact resolve why company/cik-9999900001
    """
    found = why_of(store_of(store), name)
    click.echo(f"{found.card.type} {found.card.id}\n  {printable(found.card.title)}")
    for label, value in found.card.facts:
        click.echo(f"  {label}: {printable(value)}")
    for id_ in found.redirects:
        click.echo(f"  {id_} leads here")
    for link, words in found.links:
        click.echo(f"\n  {link.left} and {link.right}\n  {printable(link.reason)}, strength {link.strength:g}")
        show_words(words, "    ")
    for refusal in found.refusals:
        click.echo(
            f"\n  {refusal.left} and {refusal.right} not joined\n  {printable(refusal.why)}, despite: {refusal.reason}"
        )
    for judged in found.judgements:
        note = f": {judged.note}" if judged.note else ""
        click.echo(f"\n  {judged.left} and {judged.right} {judged.verdict}\n  {judged.who}, {judged.when}{note}")
    if not (found.links or found.refusals or found.judgements):
        click.echo("\n  one name, joined with no other")


@resolve.command()
@output_options
@store_option
def refused(output: Output, store: str) -> None:
    """List what would have been joined, and what stands against it.

    \b
    Example:
      biopact resolve refused --output refused.html
    """
    review = review_of(store_of(store))
    rows = [
        (review.name(r.left), review.name(r.right), r.reason, r.why, r.left, r.right)
        for r in review.resolution.refusals
    ]
    columns = ("left", "right", "reason to join", "refused because", "left id", "right id")
    output.show(columns, rows, title="What would have been joined")


def _say(store: str, verdict: str, left: str, right: str, note: str, who: str | None, no_update: bool) -> None:
    """Keep a verdict and let the store follow."""
    from biopact.graph.judgements import Judgement, now, somebody, verdict_of

    review = review_of(store)
    left, right = handles(review, left, right)
    if verdict == "same" and (why := review.against(left, right)):
        raise WrongUseError(f"{left} and {right}: {why}, and never one entity")
    try:
        said = Judgement(left, right, verdict_of(verdict), who or somebody(), now(), note)
    except ValidationError as error:
        raise WrongUseError(str(error)) from error
    journal_of(store).add(said)
    click.echo(f"{said.left} and {said.right}: {said.verdict}, says {said.who}")
    if not no_update and verdict != "unsure":
        bring_up_to_date(store)


def _row(review: Review, doubt: Doubt) -> tuple[Any, ...]:
    judged = review.judged(doubt.left, doubt.right)
    names = (review.name(doubt.left), review.name(doubt.right))
    said = judged.verdict if judged else None
    return round(doubt.score, 3), *names, doubt.reasons, doubt.left, doubt.right, said
