"""The command that shows everything at once on the sample filings: demo."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from biopact.app.commands.options import show_rows
from biopact.app.tables import printable

if TYPE_CHECKING:
    from biopact.graph.store import Store

_DEALS = (
    "MATCH (p)-[:PARTY_TO]->(g:Agreement) WITH DISTINCT g, p "
    "WITH g.id AS id, g.kinds AS kinds, coalesce(g.agreement_date, g.effective_date, g.announced_date) AS date, "
    "g.upfront_usd AS upfront, g.milestones_max_usd AS milestones, p.name AS party ORDER BY party "
    "WITH id, kinds, date, upfront, milestones, collect(party) AS parties "
    "RETURN date, kinds, parties, upfront, milestones ORDER BY date, parties, id"
)
_LICENCE = (
    "MATCH (a:Company)-[l:LICENSES_TO]->(b:Company) WHERE l.upfront_usd IS NOT NULL "
    "RETURN a.name AS licensor, b.name AS licensee, l.evidence AS evidence ORDER BY l.upfront_usd DESC, l.id LIMIT 1"
)


@click.command()
@click.argument("filings", nargs=-1, metavar="[FILING...]")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default="demo-output", show_default=True)
@click.pass_context
def demo(ctx: click.Context, filings: tuple[str, ...], out: Path) -> None:
    """Read the sample filings, or those named, into a fresh store and show what comes of it.

    \b
    Example:
      biopact demo
      biopact demo my-filings/
    """
    from biopact.app import pipeline
    from biopact.app.commands.filings import progress_bar, show_report
    from biopact.app.commands.options import ledger_of, opened
    from biopact.app.network import write_page
    from biopact.graph.exports import export
    from biopact.graph.store import graph_of
    from biopact.loaders.extraction.extractor import RulesExtractor

    store = out / "biopact-data"
    shutil.rmtree(store, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    with opened(str(store), create=True) as target:
        with progress_bar() as progress:
            report = pipeline.load(filings or samples(), ledger_of(str(store)), target, RulesExtractor(), progress)
        _title("What was read")
        show_report(report)
        _tell(target)
        graph = graph_of(target)
    export(graph, out / "graph.ttl")
    export(graph, out / "graph.nq")
    write_page(graph, out / "network.html", title="biopact demo")
    _title("What was written")
    for name, what in (
        ("graph.ttl", "the graph as RDF, for reading"),
        ("graph.nq", "the graph as RDF, a named graph for each filing"),
        ("network.html", "the network, for any browser"),
    ):
        click.echo(f"{out / name}: {what}")
    click.echo(f"\nOpen the explorer:  biopact explore --store {store}")
    ctx.exit(1 if report.failed else 0)


def samples() -> list[str]:
    """The paths of the sample filings, which every installation brings along."""
    return sorted(map(str, (files("biopact.examples") / "samples").iterdir()))


def _tell(store: Store) -> None:
    """Print counts, deals, partners in common, and one quotation."""
    from biopact.app.commands.questions import counts, show_quotes
    from biopact.queries import question

    _title("What was found")
    show_rows(("what", "type", "count"), counts(store))
    _title("Deals")
    deals = store.ask(_DEALS)
    show_rows(("date", "kinds", "parties", "upfront, USD", "milestones up to, USD"), deals.rows)
    _title("Partners that two companies have in common")
    overlap = question("partner-overlap").ask(store, shared=1, partners=1).dicts()
    overlap.sort(key=lambda pair: -pair["shared"])
    shown = ("company", "other", "shared", "jaccard")
    show_rows(shown, [[pair[name] for name in shown] for pair in overlap[:5]])
    for pair in overlap[:1]:
        shared = question("shared-partners").ask(store, company=pair["company_id"], other=pair["other_id"])
        names = ", ".join(printable(row["partner"]) for row in shared.dicts())
        click.echo(f"\n{printable(pair['company'])} and {printable(pair['other'])} share: {names}")
    for licence in store.ask(_LICENCE).dicts():
        _title(f"In the filings' words: {printable(licence['licensor'])} licenses to {printable(licence['licensee'])}")
        show_quotes(store, licence["evidence"])


def _title(text: str) -> None:
    click.echo(f"\n{text}\n{'-' * len(text)}")
