"""Commands that show the graph elsewhere: export, explore, schema."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import click

from biopact.app.commands.options import WrongUseError, present, since_day, store_option, time_options, viewed
from biopact.app.commands.rdf_options import links_of, rdf_options
from biopact.app.explorer.launch import LOOPBACK, streamlit_command
from biopact.app.location import is_server
from biopact.ontology.errors import ValidationError

# Those of biopact.ontology.rendering, which `--help` need not import; a test compares the two.
SCHEMA_FORMATS = ("yaml", "markdown", "owl", "owl-xml", "owl-jsonld", "shacl", "jsonld", "cypher")


@click.command()
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--type", "types", multiple=True, metavar="NAME", help="Only nodes or edges of this type; may be repeated."
)
@click.option("--company", "companies", multiple=True, metavar="ID", help="Only what is told of it; may be repeated.")
@click.option("--since", type=since_day, metavar="DATE", help="Only what filings since that day tell.")
@click.option("--prefix", "prefixes", multiple=True, metavar="NAME=IRI", help="For .ttl, .trig, .rdf and .jsonld.")
@rdf_options
@time_options
@store_option
def export(
    path: Path,
    types: tuple[str, ...],
    companies: tuple[str, ...],
    since: str | None,
    prefixes: tuple[str, ...],
    base: str | None,
    links: Path | None,
    rdf_star: bool,
    store: str,
    as_of: str | None,
    in_force: bool,
) -> None:
    """Write the graph to a file; its ending says the form.

    RDF: .nq .trig .nt .ttl .jsonld .rdf. Drawing tools: .graphml .gexf. Records: .jsonl. FollowTheMoney: .ftm.json.
    Neo4j's import tool: .csv. All of these but .csv also with .gz after it. A page for any browser: .html.

    Of a part, all comes along that it needs: the ends of edges, agreements, evidence, documents and filings.

    \b
    Example:
      biopact export graph.nq
      biopact export network.html
      biopact export graph.trig --links links.csv
      biopact export stakes.ttl --type HOLDS_STAKE_IN --since 2005
      biopact export part.nq.gz --company company/cik-9999900001
      biopact export in-force-then.ttl --as-of 2019-12-31 --in-force
    """
    from biopact.graph.exports import TABLES
    from biopact.graph.exports import export as write
    from biopact.graph.neo4j_tables import import_command, tables_of
    from biopact.graph.selection import Wanted, selected
    from biopact.graph.store import graph_of

    given = dict(prefix.partition("=")[::2] for prefix in prefixes)
    with viewed(store, as_of, in_force) as source:
        linked = links_of(links, store, source)
        try:
            rows = selected(source, Wanted(types, present(store, list(companies)), since or ""))
            if path.suffix.lower() == ".html":
                from biopact.app.network import write_page

                write_page(graph_of(rows), path, title="biopact")
            else:
                write(rows, path, base=base, links=linked, reifiers=rdf_star, prefixes=given)
        except ValidationError as error:
            raise WrongUseError(str(error)) from error
    if path.suffix == TABLES:
        nodes, edges = tables_of(path)
        click.echo(f"wrote {nodes} and {edges}; into an empty Neo4j that is not running:")
        click.echo(f"  neo4j-admin {shlex.join(import_command(path))}")
        click.echo("then start it, and `biopact rebuild` makes its indexes")
    else:
        click.echo(f"wrote {path}")


@click.command()
@click.option("--format", type=click.Choice(SCHEMA_FORMATS), default="yaml", show_default=True)
def schema(format: str) -> None:
    """Print the ontology: every type of node and edge with its properties.

    \b
    Example:
      biopact schema --format markdown
    """
    from biopact.ontology.rendering import render

    click.echo(render(format), nl=False)


@click.command()
@store_option
@time_options
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port on this machine.")
@click.option("--host", default=LOOPBACK, show_default=True, help="Address to listen on; 0.0.0.0 for every network.")
@click.option("--edit", is_flag=True, help="Let those who look judge who is who; else nothing is ever written.")
@click.pass_context
def explore(
    ctx: click.Context, store: str, port: int, host: str, edit: bool, as_of: str | None, in_force: bool
) -> None:
    """Open the explorer: the network, its filters, and the quotations behind each node and edge.

    \b
    Example:
      biopact explore --store demo-output/biopact-data
      biopact explore --as-of 2019-12-31
      biopact explore --edit
      biopact explore --host 0.0.0.0 --port 8080
    """
    with viewed(store, as_of, in_force):
        pass  # a store that is not there is an error here rather than a page that fails
    location = store if is_server(store) else str(Path(store).expanduser().resolve())
    query = "/?" + urlencode({"as_of": as_of, **({"in_force": "yes"} if in_force else {})}) if as_of else ""
    name = "localhost" if host == LOOPBACK else host
    click.echo(f"the explorer: http://{name}:{port}{query}  (Ctrl+C ends it)")
    if host != LOOPBACK:
        click.echo("whoever reaches this machine can read the store; docs/explorer.md says how to ask for a login")
    click.echo("reading the store …", err=True)
    environment = {**os.environ, "BIOPACT_STORE": location}
    try:
        done = subprocess.run(streamlit_command(location, port, edit=edit, host=host), env=environment, check=False)
    except KeyboardInterrupt:
        ctx.exit(0)
    ctx.exit(done.returncode)
