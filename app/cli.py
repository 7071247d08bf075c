"""The command line: the list of commands, and how errors become one line and an exit code."""

from __future__ import annotations

from typing import Any

import click

from biopact.app.commands.analyse import analyse
from biopact.app.commands.changes import changes
from biopact.app.commands.checking import check
from biopact.app.commands.columns import columns
from biopact.app.commands.cypher import cypher
from biopact.app.commands.demo import demo
from biopact.app.commands.doctor import doctor
from biopact.app.commands.evaluate import evaluate
from biopact.app.commands.explain import explain
from biopact.app.commands.fetch import fetch
from biopact.app.commands.filings import extract, forget, load, rebuild
from biopact.app.commands.options import WrongUseError
from biopact.app.commands.outline import outline
from biopact.app.commands.outputs import explore, export, schema
from biopact.app.commands.pushing import push
from biopact.app.commands.questions import query, show, stats
from biopact.app.commands.resolve import resolve
from biopact.app.commands.serving import mcp
from biopact.ontology.errors import BiopactError, NotFoundError, ServiceError, StoreError

# 0 is done, 1 done with failures, 2 wrong use (click's own code too), 3 store or service not reachable.
_EXIT_CODES: tuple[tuple[type[BiopactError], int], ...] = (
    (StoreError, 3),
    (ServiceError, 3),
    (NotFoundError, 2),
    (WrongUseError, 2),
)


class Commands(click.Group):
    """A group whose errors are one line on standard error."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; with `--debug` an error keeps its traceback."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # click ends quietly, as `| head` expects
        except (BiopactError, OSError) as error:
            if ctx.params["debug"]:
                raise
            click.echo(f"biopact: {' '.join(str(error).split())}", err=True)
            ctx.exit(next((code for kind, code in _EXIT_CODES if isinstance(error, kind)), 1))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="biopact", message="%(prog)s %(version)s")
def cli(debug: bool) -> None:
    """A knowledge graph of biopharma collaborations, read out of SEC filings.

    Every fact in it is a quotation. Exit codes: 0 done, 1 done with failures (listed), 2 wrong use, 3 store or
    service not reachable.

    \b
    Example:
      biopact load filings/
      biopact query partners --param company="Quillmere Therapeutics, Inc."
    """


for _command in (
    fetch,
    load,
    columns,
    extract,
    outline,
    forget,
    rebuild,
    query,
    cypher,
    show,
    stats,
    analyse,
    changes,
    export,
    push,
    check,
    schema,
    explore,
    mcp,
    demo,
    doctor,
    evaluate,
    explain,
    resolve,
):
    cli.add_command(_command)


def main() -> None:
    """Run the command line."""
    cli(prog_name="biopact")
