"""From the facts of many filings to one graph: who is who, and which agreements are one.

A pure function of facts and judgements: the same ones give the same graph in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Iterable

from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Graph
from biopact.graph.resolution.model import Judged
from biopact.graph.resolution.workbench import Workbench


def resolve(facts: Iterable[FilingFacts], judgements: Iterable[Judged] = ()) -> Graph:
    """One graph of all filings' facts. For what is kept from one load to the next see `Workbench`."""
    with Workbench() as bench:
        bench.judge(judgements)
        for each in facts:
            bench.put(each)
        bench.settle()
        return bench.graph()
