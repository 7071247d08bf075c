"""What `biopact query` does with a question in SPARQL: print it, or ask it of an endpoint or a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from biopact.app.commands.pushing import credentials
from biopact.ontology.errors import NotFoundError

if TYPE_CHECKING:
    from biopact.graph.store import Result
    from biopact.queries import Question


def check_sparql(sparql: bool, endpoint: str | None, base: str | None, timed: bool) -> None:
    """Complain of options that do not go together."""
    if sparql and endpoint is not None:
        raise click.UsageError("--sparql asks nothing, and --endpoint asks; leave out one of them")
    if not sparql and endpoint is None:
        if base is not None:
            raise click.UsageError("--base goes with --sparql or --endpoint")
        return
    if timed:
        raise click.UsageError("--as-of is for a store: `biopact export --as-of` writes a file that can be asked")


def in_sparql(asked: Question, given: Mapping[str, str], base: str | None) -> str:
    """The question in SPARQL with these parameters, or where none is given with those of its example."""
    from biopact.queries.sparql import twin

    return twin(asked.name).bound(given or asked.example, base)


def ask_there(asked: Question, parameters: Mapping[str, Any], place: str, base: str | None) -> Result:
    """The answer of a SPARQL endpoint, or of an RDF file."""
    from biopact.queries.datasets import Endpoint, InMemory
    from biopact.queries.sparql import twin

    question = twin(asked.name)
    if place.startswith(("http://", "https://")):
        return question.ask(Endpoint(place, base=base, auth=credentials(place, digest=False)), **parameters)
    if not Path(place).is_file():
        raise NotFoundError(f"{place}: there is no such file; an endpoint begins with http:// or https://")
    return question.ask(InMemory(Path(place), base=base), **parameters)
