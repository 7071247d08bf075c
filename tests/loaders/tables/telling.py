"""Tables as text or bytes, read and extracted with a mapping, for tests to look at."""

from __future__ import annotations

import hashlib
from pathlib import Path

from biopact.app.pipeline import gate
from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Node
from biopact.loaders.filing import Filing
from biopact.loaders.sources import Source
from biopact.loaders.tables.extractor import TableExtractor
from biopact.loaders.tables.mapping import columns_of

MAPPING = """
currency: USD
columns:
  licensor: From
  licensee: To
  type: Type
  agreement date: Date
  compounds: Assets
  upfront: {column: Upfront, unit: millions}
  royalty: Royalty
"""
HEAD = "From,To,Type,Date,Assets,Upfront,Royalty\n"


def read(folder: Path, table: str | bytes, mapping: str = MAPPING, name: str = "deals.csv") -> Filing:
    """The table as a filing."""
    path = folder / name
    path.write_bytes(table if isinstance(table, bytes) else table.encode())
    return TableExtractor(columns_of(mapping)).read(Source(name, path))


def told(folder: Path, table: str | bytes, mapping: str = MAPPING, name: str = "deals.csv") -> FilingFacts:
    """The facts of the table; every one of them passes the gate and quotes a whole row."""
    filing = read(folder, table, mapping, name)
    facts, problems = gate(TableExtractor(columns_of(mapping)).extract(filing))
    assert problems == []
    assert filing.sha256 == hashlib.sha256((folder / name).read_bytes()).hexdigest()
    texts = {filing.document_id(d): d.text for d in filing.documents}
    for record in (*facts.nodes, *facts.edges):
        for piece in record.evidence:
            assert (piece.rule, piece.exhibit) == ("table/row", "TABLE")
            assert texts[piece.document][piece.start : piece.end] == piece.quote
    return facts


def agreements(facts: FilingFacts) -> list[Node]:
    """Agreements in the order of their rows."""
    found = [n for n in facts.nodes if n.type == "Agreement"]
    return sorted(found, key=lambda n: (n.evidence[0].document, n.evidence[0].start))


def edges(facts: FilingFacts, *types: str) -> set[tuple[str, str, str]]:
    """Edges of these types between the names of their ends."""
    names = {n.id: n.name for n in facts.nodes}
    return {(names[e.source], e.type, names[e.target]) for e in facts.edges if e.type in types}


def terms(facts: FilingFacts) -> set[tuple[str, str, object, object]]:
    """Kind, state, value or amount, and currency of every term."""
    return {
        (str(n.properties["kind"]), str(n.properties["state"]), n.properties.get("amount", n.properties.get("value")),
         n.properties.get("currency"))
        for n in facts.nodes
        if n.type == "Term"
    }  # fmt: skip
