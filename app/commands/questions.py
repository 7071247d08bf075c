"""Commands that ask a store: query, show, stats."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from biopact.app.commands.answering import Output, day_told, hyperlink, output_options
from biopact.app.commands.options import (
    WrongUseError,
    ledger_of,
    limit_option,
    opened,
    present,
    show_rows,
    span_of,
    store_option,
    time_options,
    viewed,
)
from biopact.app.commands.sparql import ask_there, check_sparql, in_sparql
from biopact.app.commands.texts import kept_documents, show_documents
from biopact.app.tables import cell, printable
from biopact.graph.addresses import addresses_in
from biopact.ontology.errors import NotFoundError, StoreError, ValidationError

if TYPE_CHECKING:
    from biopact.graph.finding import Hit
    from biopact.graph.store import Result, Store
    from biopact.queries import Parameter


def _questions(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """What the shell completes the name of a question to."""
    from biopact.queries import catalogue

    return [name for name in catalogue() if name.startswith(begun)]


@click.command()
@click.argument("name", required=False, shell_complete=_questions)
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of the question.")
@click.option("--group", metavar="GROUP", help="Without NAME: list only the questions of this group, as in partners.")
@click.option("--sparql", is_flag=True, help="Print the question in SPARQL, and ask nothing.")
@click.option("--endpoint", metavar="URL|FILE", help="Ask a SPARQL endpoint, or an RDF file, and not the store.")
@click.option("--base", metavar="IRI", help="Base of the IRIs there, if the graph was exported with another one.")
@output_options(ids=True)
@time_options
@store_option
def query(
    name: str | None,
    params: tuple[str, ...],
    group: str | None,
    sparql: bool,
    endpoint: str | None,
    base: str | None,
    output: Output,
    store: str,
    as_of: str | None,
    in_force: bool,
) -> None:
    """Ask a named question. Without NAME, list the questions by group, and their parameters.

    A parameter that takes several names takes them separated by semicolons, or as a JSON list.

    \b
    Example:
      biopact query
      biopact query --group partners
      biopact query partners --param company="Ostravane Pharma AG"
      biopact query partners --param company="Ostravane Pharma AG" --as-of 2019-12 --in-force
      biopact query deals --param company="Ostravane Pharma AG" --output deals.xlsx
      biopact query deals --param company="Ostravane Pharma AG" --endpoint http://localhost:7878/query
      biopact query deals --sparql
    """
    from biopact.queries import GROUPS, naming, question
    from biopact.queries import group as group_of

    if name is None:
        listed = [
            (q.group, q.name, q.title, [_declared(p) for p in q.parameters.values()])
            for of in ([group] if group else GROUPS)
            for q in group_of(of)
        ]
        output.show(("group", "question", "what it answers", "parameters"), listed, title="Questions")
        return
    if group is not None:
        raise click.UsageError("--group lists questions; leave it out to ask one")
    asked = question(name)
    given = dict(map(pair_of, params))
    check_sparql(sparql, endpoint, base, as_of is not None or in_force)
    try:
        if sparql:
            click.echo(in_sparql(asked, given, base), nl=False)
            return
        parameters = asked.bind(given)
        if endpoint is not None:
            answer, links = ask_there(asked, parameters, endpoint, base), {}
    except ValidationError as error:
        raise WrongUseError(str(error)) from error
    if endpoint is None:
        if as_of is None:  # a day has its own ids
            parameters = {key: present(store, value) for key, value in parameters.items()}
        with viewed(store, as_of, in_force) as source:
            found = naming.ask(source, asked, parameters)
            answer, parameters = found.result, dict(found.parameters)
            links = dict(output.links(source, answer.rows))
        for note in found.notes:
            click.echo(f"biopact: {printable(note)}", err=True)
    told = [f"{name}: {cell(value)}" for name, value in parameters.items() if value not in ("", [], None)]
    about = (asked.answers, *told, *day_told(as_of, in_force))
    output.show(asked.columns, answer.rows, title=asked.title, about=about, links=links)
    if not answer.rows:
        click.echo("biopact: no rows", err=True)


@click.command()
@click.argument("name")
@click.option("--document", metavar="TYPE|NUMBER", help="Of a filing, only this document, as in EX-99.1 or 2.")
@click.option(
    "--span",
    type=span_of,
    metavar="START:END",
    help="Of a document, these characters in their context, and where they stood.",
)
@limit_option
@store_option
def show(name: str, document: str | None, span: tuple[int, int] | None, limit: int, store: str) -> None:
    """Show one node, what it is joined to, and the words that say so; or the text of a filing.

    NAME is an id, a CIK, a ticker, a name or an alias, in any spelling; the beginning of a name, some of its words, or
    one with a slip list what they may mean.
    A file, or the accession number of a filing in the store, shows its text, in which offsets count.

    A span says where its characters stood in the file: page 3, element td[41] is on the third page, in the 41st td
    element of the document, which is (//td)[41] as XPath.

    \b
    Example:
      biopact show Ostravane
      biopact show 9999999999-19-000003 --document EX-99.1 --span 570:602
      biopact show filings/release.pdf --span 0:200
    """
    from biopact.graph.finding import called, find

    if documents := kept_documents(name, ledger_of(store), limit):
        show_documents(documents, document, span)
        return
    if document is not None or span is not None:
        raise NotFoundError(f"{name}: no file, and no filing in the ledger; `biopact stats --filings` lists what is")
    name = present(store, name)
    with opened(store) as source:
        for hit in (hits := called(source, name)):
            _show(source, hit)
        near = [] if hits else find(source, name, limit=25)
    if not hits and not near:
        raise NotFoundError(f"nothing is called {name!r}, nor nearly so")
    if near:
        click.echo(f"biopact: nothing is called {printable(name)}; did you mean one of these?", err=True)
        show_rows(("type", "name", "said", "id"), [(h.type, h.name, h.said, h.id) for h in near])


@click.command()
@click.option("--filings", is_flag=True, help="List the filings in the store instead.")
@output_options
@time_options
@store_option
def stats(filings: bool, output: Output, store: str, as_of: str | None, in_force: bool) -> None:
    """Count what the store holds, by type.

    \b
    Example:
      biopact stats
      biopact stats --filings --output filings.csv
      biopact stats --as-of 2020
    """
    with viewed(store, as_of, in_force) as source:
        if filings:
            answer = ask(source, _FILINGS)
            links = output.links(source, answer.rows)
            output.show(answer.columns, answer.rows, title="Filings", about=day_told(as_of, in_force), links=links)
        else:
            about = (source.name, *day_told(as_of, in_force))
            output.show(("what", "type", "count"), counts(source), title="What the store holds", about=about)
    if output.to_read:
        click.echo(f"\nstore {source.name}, {len(ledger_of(store).filings())} filings in its ledger")


_PROPERTIES = "MATCH (n:{label} {{id: $id}}) RETURN properties(n) AS properties"
_EDGES = (
    "MATCH (a {id: $id})-[e]-(b) WHERE e.evidence IS NOT NULL "
    "RETURN type(e) AS type, startNode(e).name AS source, endNode(e).name AS target, e.date AS date, "
    "e.evidence AS evidence, e.id AS id ORDER BY type, source, target, id"
)
_QUOTES = (
    "MATCH (v:Evidence)-[:PART_OF]->(d:Document)-[:PART_OF]->(f:Filing) WHERE v.id IN $ids "
    "RETURN v.quote AS quote, d.type AS document, f.name AS filing, f.id AS filing_id, v.start AS start, v.end AS end, "
    "v.page AS page "
    "ORDER BY f.id, d.id, v.start"
)
_FILINGS = "MATCH (f:Filing) RETURN f.id AS id, f.form AS form, f.filing_date AS filed, f.source AS file ORDER BY id"


def ask(
    store: Store,
    statement: str,
    parameters: dict[str, Any] | None = None,
    *,
    seconds: float = 60.0,
    rows: int | None = None,
) -> Result:
    """The answer to one statement; WrongUseError if the store is well and refuses the statement itself."""
    try:
        return store.ask(statement, parameters, seconds=seconds, rows=rows)
    except StoreError as error:
        store.ask("RETURN 1 AS one")  # if the store has gone, this error is the one to show
        raise WrongUseError(str(error)) from error


def counts(store: Store) -> list[tuple[str, str, int]]:
    """How many nodes and edges of each type a store holds; types without any are left out."""
    from biopact.ontology import load_schema

    schema = load_schema()
    rows = []
    for what, types, pattern in (("node", schema.nodes, "(x:{})"), ("edge", schema.edges, "()-[x:{}]->()")):
        for type_ in types:
            count = store.ask(f"MATCH {pattern.format(type_)} RETURN count(x) AS count").rows[0][0]
            if count:
                rows.append((what, type_, count))
    return rows


def _show(store: Store, node: Hit) -> None:
    hidden = ("id", "words", "revision", "evidence")
    ((properties,),) = store.ask(_PROPERTIES.format(label=node.type), {"id": node.id}).rows
    click.echo(f"{node.type} {node.id}")
    url = addresses_in(store, [node.id]).get(node.id)  # of a filing, also if it does not say so itself
    for name, value in sorted({"url": url, **properties}.items()):
        if name not in hidden and value not in (None, []):
            click.echo(f"  {name}: {cell(value)}")
    for edge in store.ask(_EDGES, {"id": node.id}).dicts():
        when = f" ({edge['date']})" if edge["date"] else ""
        click.echo(f"\n  {printable(edge['source'])} {edge['type']} {printable(edge['target'])}{when}")
        show_quotes(store, edge["evidence"])


def show_quotes(store: Store, evidence: list[str]) -> None:
    """Print the words of evidence, and where they stand."""
    quotes = store.ask(_QUOTES, {"ids": evidence}).dicts()
    known = addresses_in(store, {quote["filing_id"] for quote in quotes}) if sys.stdout.isatty() else {}
    for quote in quotes:
        click.echo(f"    “{printable(quote['quote'])}”")
        page = f"page {quote['page']}, " if quote["page"] else ""
        where = f"{quote['document']}, {page}characters {quote['start']} to {quote['end']}, {quote['filing']}"
        click.echo(f"      {hyperlink(printable(where), known.get(quote['filing_id']))}")


def _declared(parameter: Parameter) -> str:
    """A parameter as the list of questions shows it: with its default, or bare where it must be given."""
    return parameter.name if parameter.required else f"{parameter.name}={cell(parameter.default)}"


def pair_of(text: str) -> tuple[str, str]:
    """Name and value of a ``--param``."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise click.UsageError(f"--param {text!r}: expected NAME=VALUE")
    return name, value
