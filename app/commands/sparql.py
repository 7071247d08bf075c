"""What `biopact query` does with a question in SPARQL: print it, or ask it of an endpoint or a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from biopact.app.commands.pushing import credentials
from biopact.ontology.errors import NotFoundError

if TYPE_CHECKING:
    from biopact.graph.store import Result
    from biopact.queries import Question


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
