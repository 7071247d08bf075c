"""A graph that was restored from an export, kept beside the ledger so that its store can be made again.

An export says what resolution made of all filings together, not which filing gave a node its name or a value. So such a
graph is whole by itself: no filing can be added to it or taken away, and the ledger beside it is empty.
"""

from __future__ import annotations

from biopact.graph.ledger import Ledger
from biopact.graph.rdf import write_rdf
from biopact.graph.rdf_reading import Progress, read_rdf
from biopact.graph.records import Graph
from biopact.graph.resolution.keeping_up import FILE as WORKBENCH
from biopact.graph.resolution.tables import discard
from biopact.graph.validate import ensure_valid
from biopact.ontology import ValidationError

FILE = "restored.nq.gz"  # in the ledger's folder


def keep(ledger: Ledger, graph: Graph) -> None:
    """Keep a graph in place of one that was restored before.

    ValidationError if it does not fit the ontology, or if the ledger has filings, from which its store follows.
    """
    if filings := ledger.filings():
        raise ValidationError(
            f"{ledger.folder}: this ledger has {len(filings):,} filings, and its store follows from them; restore RDF "
            "into a store of its own, as in --store restored"
        )
    ensure_valid(graph)
    ledger.folder.mkdir(parents=True, exist_ok=True)
    discard(ledger.folder / WORKBENCH)  # it may know a store as it was before
    write_rdf(graph, ledger.folder / FILE)


def kept(ledger: Ledger, progress: Progress = lambda done, total, what: None) -> Graph | None:
    """The graph that was restored here; None if the store follows from filings."""
    return read_rdf(ledger.folder / FILE, progress=progress) if is_restored(ledger) else None


def is_restored(ledger: Ledger) -> bool:
    """Whether the store beside this ledger was restored from RDF."""
    return (ledger.folder / FILE).exists()


def ensure_follows_from_filings(ledger: Ledger) -> None:
    """ValidationError if the store was restored, so that filings and judgements cannot change it."""
    if is_restored(ledger):
        raise ValidationError(
            f"{ledger.folder}: the store was restored from RDF, which does not tell what each filing gives to a node, "
            "so that nothing can be added to it, taken away or judged; load the filings themselves into a store of "
            "their own, as in --store filings"
        )
