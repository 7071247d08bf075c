"""Questions that are asked in Cypher only, and why."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WITHOUT_TWIN: Mapping[str, str] = MappingProxyType(
    {
        "circular-ownership": "SPARQL follows a way of any length, but does not say which way it went",
        "comparables": "SPARQL cannot take what is asked for apart into words",
        "deal-values": "SPARQL has no quartiles",
        "exclusive-overlaps": "SPARQL cannot take a territory apart into its places",
        "licensor-owners": "it compares all owners of a licensor with one another, which needs lists of records",
        "ownership-tree": "SPARQL follows a way of any length, but does not say which way it went",
        "path": "SPARQL has no shortest paths",
        "read-by": "it goes through facts by all their quotations together, in the order of lists of ids",
        "release-against-contract": "it compares sets of values with one another, which needs lists",
    }
)
