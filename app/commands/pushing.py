"""The command that brings the graph to a triple store: push."""

from __future__ import annotations

import os
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from biopact.app.commands.answering import Output, output_options
from biopact.app.commands.filings import progress_bar
from biopact.app.commands.options import (
    WrongUseError,
    ledger_of,
    store_option,
    time_options,
    viewed,
)
from biopact.app.commands.rdf_options import links_of, rdf_options
from biopact.app.tables import printable
from biopact.ontology.errors import ValidationError

if TYPE_CHECKING:
    import httpx

    from biopact.graph.push.pushing import Report


@click.command()
@click.argument("url")
@click.option("--update", is_flag=True, help="The address is of SPARQL Update, for stores without the other protocol.")
@click.option("--all", "anew", is_flag=True, help="Send everything, also what was pushed before.")
@click.option("--dry-run", is_flag=True, help="List what would be sent and deleted, and ask the triple store nothing.")
@click.option("--digest", is_flag=True, help="The user and password are for digest authentication, as of Virtuoso.")
@rdf_options
@output_options
@time_options
@store_option
@click.pass_context
def push(
    ctx: click.Context,
    url: str,
    update: bool,
    anew: bool,
    dry_run: bool,
    digest: bool,
    base: str | None,
    links: Path | None,
    rdf_star: bool,
    output: Output,
    store: str,
    as_of: str | None,
    in_force: bool,
) -> None:
    """Bring the graph to a triple store: one named graph for each filing, and only what changed since the last push.

    URL is where the store speaks SPARQL 1.1's Graph Store Protocol. Named graphs that others keep there stay as they
    are. What was sent is noted beside the ledger, so a push that breaks off goes on where it ended. A password comes
    from BIOPACT_PUSH_USER and BIOPACT_PUSH_PASSWORD, or a token from BIOPACT_PUSH_TOKEN.

    \b
    Example:
      biopact push http://localhost:3030/ds/data
      biopact push http://localhost:7878/store --dry-run
      biopact push https://graphs.example.org/repositories/deals/statements --update
    """
    from biopact.graph.push.journal import journal_of, pushed
    from biopact.graph.push.pushing import push as pushing
    from biopact.graph.push.pushing import steps
    from biopact.graph.push.triple_store import TripleStore, checked
    from biopact.graph.rdf import graphs

    try:
        checked(url, update=update)
    except ValidationError as error:
        raise WrongUseError(str(error)) from error
    auth = None if dry_run else credentials(url, digest)
    folder = ledger_of(store).folder
    with viewed(store, as_of, in_force) as source:
        found = graphs(source, base=base, links=links_of(links, store, source), reifiers=rdf_star)
        if dry_run:
            held = pushed(folder, url)
            planned = [(s.action, s.graph, s.count) for s in steps(found, dict.fromkeys(held, "") if anew else held)]
            rows = [row for row in planned if row[0] != "keep"]
            output.show(("action", "graph", "triples"), rows, title=f"What a push to {url} would do")
            click.echo(f"biopact: {len(planned) - len(rows)} named graphs are unchanged", err=True)
            return
        total, done = source.ask("MATCH (f:Filing) RETURN count(f) AS filings").rows[0][0], 0
        with (
            journal_of(folder, url) as journal,
            TripleStore(url, update=update, auth=auth) as target,
            progress_bar() as progress,
        ):

            def tell(graph: str) -> None:
                nonlocal done
                done += 1
                progress(done, max(total, done), graph)

            report = pushing(found, target, journal, anew=anew, progress=tell)
    _show(report, url, output)
    ctx.exit(1 if report.rejected else 0)


def credentials(url: str, digest: bool) -> httpx.Auth | None:
    """What the environment says, and who can answer a prompt."""
    import httpx

    from biopact.graph.push.triple_store import Bearer

    user, password, token = (os.environ.get(f"BIOPACT_PUSH_{name}", "") for name in ("USER", "PASSWORD", "TOKEN"))
    if token and user:
        raise WrongUseError("BIOPACT_PUSH_TOKEN and BIOPACT_PUSH_USER are both set; unset the one that is not meant")
    if not (user or token):
        if digest or password:
            raise WrongUseError("there is no user name for the password; set BIOPACT_PUSH_USER")
        return None
    if user and "BIOPACT_PUSH_PASSWORD" not in os.environ:
        if not sys.stdin.isatty():
            raise WrongUseError("there is no password for the user; set BIOPACT_PUSH_PASSWORD")
        password = click.prompt(f"Password of {user}", hide_input=True, err=True)
    if not digest and urlsplit(url).scheme == "http" and not _on_this_machine(urlsplit(url).hostname or ""):
        click.echo("biopact: what http carries can be read on its way, the password too; use https", err=True)
    if token:
        return Bearer(token)
    return httpx.DigestAuth(user, password) if digest else httpx.BasicAuth(user, password)


def _on_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _show(report: Report, url: str, output: Output) -> None:
    """Print what a push did: what was not taken, one line each, on standard error, the rest as a table."""
    for reason in report.rejected:
        click.echo(f"biopact: {printable(reason)}", err=True)
    if report.lost:
        click.echo(f"biopact: {url} had lost what was pushed before, so everything was sent again", err=True)
    rows = [
        ("named graphs sent", report.put),
        ("triples in them", report.triples),
        ("named graphs unchanged", report.kept),
        ("named graphs deleted", report.deleted),
        ("named graphs not taken", len(report.rejected)),
    ]
    output.show(("push", "count"), rows, title=f"Pushed to {url}")
