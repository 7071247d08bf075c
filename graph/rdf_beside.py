"""What is written beside the records themselves: identifiers, provenance, superseded ids, links, a description."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Triple

from biopact.graph.nquads import Statements, end_in
from biopact.graph.rdf_description import Tally, description
from biopact.graph.rdf_links import Link, Superseded, identifiers, linked
from biopact.graph.rdf_provenance import agents, fetched, graph_of_filing, read
from biopact.graph.rdf_triples import written
from biopact.graph.records import Edge, Evidence, Node, Value

# A named graph as a term, or None for no graph, and lines that say so at their ends.
Block = tuple[bytes | None, bytes]


class Beside:
    """Watches the records of one export as they are written; `links` are of a file of links."""

    def __init__(self, statements: Statements, links: Iterable[Link] = ()) -> None:
        self._statements = statements
        self._tally = Tally()
        self._superseded = Superseded()
        self._filings: dict[str, Mapping[str, Value]] = {}  # what is known of each
        self._ciks: dict[str, str] = {}  # by node
        self._filers: dict[str, str] = {}  # a CIK by filing
        self._extractors: defaultdict[str, set[str]] = defaultdict(set)  # by filing
        self._links: defaultdict[str, list[Link]] = defaultdict(list)
        for link in links:
            self._links[link.id].append(link)
        self.count = 0  # of triples written so far
        self._present: list[Link] = []  # of nodes that are written

    def see(self, record: Node | Edge | Evidence) -> None:
        """Take note of a record; each once."""
        if isinstance(record, Evidence):
            self._tally.see_evidence(record)
            self._extractors[record.filing].add(record.extractor)
            return
        self._tally.see(record.type, record.properties)
        if isinstance(record, Node):
            self._superseded.see(record)
            self._present += self._links.get(record.id, ())
            if record.type == "Filing":
                self._filings[record.id] = record.properties
            elif (cik := str(record.properties.get("cik", ""))).isdecimal():
                self._ciks[record.id] = cik
        elif record.type == "FILED" and record.source in self._ciks:
            filer = self._ciks[record.source]
            self._filers[record.target] = min(filer, self._filers.get(record.target, filer))

    def node(self, node: Node, end: bytes) -> bytes:
        """What stands beside a node, in its graph."""
        return written(identifiers(self._statements, node.id, node.type, node.properties), end)

    def superseded(self, end: bytes) -> bytes:
        """Which ids the nodes took the place of; after all nodes were seen."""
        return written(self._superseded.same(self._statements), end)

    def filing(self, filing: str, end: bytes) -> bytes:
        """How a filing and its named graph came to be; after all records were seen."""
        named_graph = graph_of_filing(self._statements, filing, self._extractors.get(filing, set()))
        return written([*named_graph, *self._fetched(filing)], end)

    def rest(self, end: bytes) -> bytes:
        """How all statements came to be, and the links, where there are no named graphs."""
        triples = [triple for filing in sorted(self._filings) for triple in self._fetched(filing)]
        for filing, extractors in sorted(self._extractors.items()):
            triples += read(self._statements, filing, extractors)
        triples += agents(self._statements, set().union(*self._extractors.values()))
        return written([*triples, *linked(self._statements, self._present)], end)

    def _fetched(self, filing: str) -> Iterator[Triple]:
        return fetched(self._statements, filing, self._filings.get(filing, {}), self._filers.get(filing))

    def graphs(self) -> Iterator[tuple[bytes, bytes]]:
        """The named graphs at the end: of links, if there are any, and of the description of all that was counted."""
        name = self._statements.graph_term("links")
        if links := written(linked(self._statements, self._present), end_in(name)):
            yield name, links
        name = self._statements.graph_term("description")
        yield name, written(description(self._statements, self._tally, self.count), end_in(name))

    def counted(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The same blocks; `count` has the triples of those that have passed."""
        for block in blocks:
            self.count += block[1].count(b"\n")
            yield block
