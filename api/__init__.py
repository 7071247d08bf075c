"""A knowledge graph of biopharma collaborations in which every fact is a quotation.

::

    import biopact

    with biopact.open("biopact-data") as graph:
        print(graph.partners("Quillmere Therapeutics, Inc."))

`Graph` has the methods, docs/python.md tells of them. Names load when they are first used, so that a part of the
package, as in ``import biopact.graph.records``, costs no more than itself.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from biopact.answers import Answer
    from biopact.ontology.errors import (
        BiopactError,
        FilingError,
        NotFoundError,
        SchemaError,
        ServiceError,
        StoreError,
        ValidationError,
    )
    from biopact.opened import Graph, open
    from biopact.things import Edge, Node, Quotation

__all__ = [
    "Answer",
    "BiopactError",
    "Edge",
    "FilingError",
    "Graph",
    "Node",
    "NotFoundError",
    "Quotation",
    "SchemaError",
    "ServiceError",
    "StoreError",
    "ValidationError",
    "open",
]

_MODULES = {"Answer": "answers", "Graph": "opened", "open": "opened"} | dict.fromkeys(
    ("Edge", "Node", "Quotation"), "things"
)


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"biopact.{_MODULES.get(name, 'ontology.errors')}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
