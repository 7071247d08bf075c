"""The command that measures an extractor on filings annotated by hand: evaluate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from biopact.app.commands.extracting import account_of, extractor_choice
from biopact.app.commands.options import show_rows
from biopact.app.tables import printable

if TYPE_CHECKING:
    from biopact.app.evaluation.running import Evaluation


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="GOLD_DIR")
@click.option("--list", "listed", is_flag=True, help="List what was missed, spurious or wrong, with its words.")
@click.option("--json", "as_json", is_flag=True, help="Print figures and findings as JSON instead.")
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="REPORT.html",
    help="Write a page that shows each document with what was found and missed marked in it.",
)
@extractor_choice
@click.pass_context
def evaluate(
    ctx: click.Context,
    gold: Path,
    listed: bool,
    as_json: bool,
    page: Path | None,
    extractor: str,
    llm_price: str | None,
) -> None:
    """Measure extraction on filings that were annotated by hand.

    GOLD_DIR holds docs/, the filings, and annotations/, one JSON file for each; docs/evaluation.md describes them.

    \b
    Example:
      biopact evaluate examples/gold
      biopact evaluate examples/gold --html report.html
    """
    from biopact.app.commands.filings import progress_bar
    from biopact.app.evaluation.figures import COLUMNS, rows, to_json
    from biopact.app.evaluation.running import evaluate as evaluated
    from biopact.app.extractors import left_unread, make_extractor

    reader = make_extractor(extractor, price=llm_price)
    with account_of(reader), progress_bar() as progress:
        evaluation = evaluated(gold, reader, progress)
    for failure in evaluation.failed:
        click.echo(f"biopact: {printable(failure.reason)}", err=True)
    if as_json:
        click.echo(json.dumps(to_json(evaluation), ensure_ascii=False, indent=1))
    else:
        show_rows(COLUMNS, rows(evaluation.figures))
        if listed:
            _list(evaluation)
    if page is not None:
        from biopact.app.evaluation.report import write_report

        write_report(evaluation, page, title=f"Evaluation of {gold.resolve().name}")
        click.echo(f"wrote {page}", err=as_json)
    ctx.exit(1 if evaluation.failed or left_unread(reader) else 0)


def _list(evaluation: Evaluation) -> None:
    from biopact.app.evaluation.scoring import FOUND, OPTIONAL

    for score in evaluation.scores:
        findings = [f for f in score.findings if f.outcome not in (FOUND, OPTIONAL)]
        if findings:
            click.echo(f"\n{printable(score.document)}")
        for finding in findings:
            kind = finding.of if finding.of == "edge" else f"{finding.of} {finding.type}"
            click.echo(f"  {finding.outcome} {kind}: {printable(finding.says)}")
            for label, value in (("expected", finding.expected), ("found", finding.found)):
                if value and finding.of != "entity":
                    click.echo(f"    {label}: {printable(value)}")
