"""Where a store's name leads: a Bolt address to a Neo4j server, anything else to a folder of the embedded store."""

from __future__ import annotations

from pathlib import Path

from biopact.graph.store import Store
from biopact.ontology import StoreError

NEO4J_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


def open_store(url: str, *, create: bool = True) -> Store:
    """Open the store that `--store` or BIOPACT_STORE names.

    A folder keeps its database under ``graph/``, beside the ledger; with `create` off it must be there already.
    Raises StoreError if the store cannot be reached.
    """
    scheme, separator, _ = url.partition("://")
    if separator and scheme not in NEO4J_SCHEMES:
        raise StoreError(f"{url}: a store is a folder or an address with {', '.join(NEO4J_SCHEMES)}")
    if separator:  # engines are imported only when asked for: each costs a start-up half a second
        from biopact.graph.neo4j_store import Neo4jStore

        return Neo4jStore(url)
    from biopact.graph.arcadedb_store import ArcadeStore

    return ArcadeStore(Path(url).expanduser().resolve() / "graph", create=create)
