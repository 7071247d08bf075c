"""What the commands that write RDF have in common: base, links, reifiers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from biopact.app.commands.options import F, WrongUseError, present
from biopact.ontology.errors import ValidationError

if TYPE_CHECKING:
    from biopact.graph.rdf_links import Link
    from biopact.graph.store import Store


def rdf_options(command: F) -> F:
    """Add `--base`, `--links` and `--rdf-star`."""
    for option in (
        click.option("--rdf-star", is_flag=True, help="In RDF, let edges reify their triples, as RDF 1.2 has it."),
        click.option(
            "--links",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="For RDF: a CSV table of what Wikidata, ROR, ChEMBL and others call things: id,registry,identifier.",
        ),
        click.option("--base", metavar="IRI", help="Base of the IRIs in RDF, in place of that of the ontology."),
    ):
        command = option(command)
    return command


def links_of(path: Path | None, location: str, store: Store) -> list[Link]:
    """The links of a table, of ids as they are now; those of nothing in the graph are told of and left out."""
    if path is None:
        return []
    from biopact.graph.rdf_links import read_links
    from biopact.ontology import load_schema

    try:
        read = read_links(path, load_schema())
    except ValidationError as error:
        raise WrongUseError(str(error)) from error
    links = [replace(link, id=present(location, link.id)) for link in read]
    ids = sorted({link.id for link in links})
    known = {id_ for (id_,) in store.ask("MATCH (n) WHERE n.id IN $ids RETURN n.id AS id", {"ids": ids}).rows}
    if unknown := [id_ for id_ in ids if id_ not in known]:
        some = ", ".join(unknown[:3]) + (" …" if len(unknown) > 3 else "")
        click.echo(f"biopact: {path}: the graph has none of {len(unknown)} ids that it links: {some}", err=True)
    return sorted(link for link in links if link.id in known)
