"""The command that judges a store or a file of RDF by the ontology and its shapes: check."""

from __future__ import annotations

from pathlib import Path

import click

from biopact.app.commands.answering import Output, output_options
from biopact.app.commands.filings import progress_bar
from biopact.app.commands.options import WrongUseError, opened, store_option
from biopact.app.location import shown_store


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--all", "everything", is_flag=True, help="Every problem; else the first ten of each kind.")
@output_options
@store_option
@click.pass_context
def check(ctx: click.Context, file: Path | None, everything: bool, output: Output, store: str) -> None:
    """Judge the store, or a FILE of RDF whoever wrote it, by the ontology and its SHACL shapes.

    Each problem is told with its record, the property, what is wrong and what to do. The exit code is 0 if all fits,
    1 if there are problems.

    \b
    Example:
      biopact check
      biopact check graph.nq.gz
      biopact check graph.ttl --all --output problems.csv
    """
    from biopact.graph.checking import Report, check_file, check_store
    from biopact.graph.rdf_reading import is_rdf
    from biopact.ontology import load_schema

    schema, report = load_schema(), Report(everything=everything)
    if file is not None:
        if not is_rdf(file.name):
            raise WrongUseError(f"{file}: a file of RDF is known by its ending; see `biopact export --help`")
        with progress_bar() as progress:
            check_file(file, schema, report, progress)
    else:
        with opened(store) as source, progress_bar() as progress:
            check_store(source, schema, report, progress)
    what = str(file) if file else f"store {shown_store(store)}"
    unit = "resources" if file else "nodes and edges"
    if not report.count and output.to_read:
        click.echo(f"{what}: {report.checked:,} {unit}, all in good order")
        return
    rows = [(f.record, f.where, f.what, f.next_step) for f in report.findings]
    output.show(("record", "where", "what is wrong", "next step"), rows, title=f"Problems of {what}")
    shown = "" if len(rows) == report.count else f", of which {len(rows):,} are shown; add --all for the others"
    click.echo(f"biopact: {report.count:,} problems in {report.checked:,} {unit}{shown}", err=True)
    ctx.exit(1 if report.count else 0)
