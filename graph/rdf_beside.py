"""What is written beside the records themselves: identifiers, provenance, superseded ids, links, a description."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from biopact.graph.nquads import Statements, end_in
from biopact.graph.rdf_description import Tally, description
from biopact.graph.rdf_links import Link, Superseded, identifiers, linked
from biopact.graph.rdf_provenance import agents, fetched, graph_of_filing, read
from biopact.graph.rdf_triples import written
from biopact.graph.records import Edge, Evidence, Node


class Beside:
    """Watches the records of one export as they are written; `links` are of a file of links."""

    def __init__(self, statements: Statements, links: Iterable[Link] = ()) -> None:
        self._statements = statements
        self._tally = Tally()
        self._superseded = Superseded()
        self._extractors: defaultdict[str, set[str]] = defaultdict(set)  # by filing
        self._links: defaultdict[str, list[Link]] = defaultdict(list)
        for link in links:
            self._links[link.id].append(link)
        self._present: list[Link] = []  # of nodes that are written

    def see(self, record: Node | Edge | Evidence) -> None:
        """Take note of a record; each once."""
        if isinstance(record, Evidence):
            self._tally.see("Evidence", record.properties)
            self._extractors[record.filing].add(record.extractor)
            return
        self._tally.see(record.type, record.properties)
        if isinstance(record, Node):
            self._superseded.see(record)
            self._present += self._links.get(record.id, ())

    def node(self, node: Node, end: bytes) -> bytes:
        """What stands beside a node, in its graph."""
        triples = list(identifiers(self._statements, node.id, node.type, node.properties))
        if node.type == "Filing":
            triples += fetched(self._statements, node.id, node.properties)
        return written(triples, end)

    def superseded(self, end: bytes) -> bytes:
        """Which ids the nodes took the place of; after all nodes were seen."""
        return written(self._superseded.same(self._statements), end)

    def filing(self, filing: str, end: bytes) -> bytes:
        """How the named graph of a filing came to be; after all evidence was seen."""
        return written(graph_of_filing(self._statements, filing, self._extractors.get(filing, set())), end)

    def rest(self, end: bytes) -> bytes:
        """How all statements came to be, and the links, where there are no named graphs."""
        filings = sorted(self._extractors.items())
        triples = [triple for filing, extractors in filings for triple in read(self._statements, filing, extractors)]
        triples += agents(self._statements, set().union(*self._extractors.values()))
        return written([*triples, *linked(self._statements, self._present)], end)

    def graphs(self, triples: int) -> Iterator[tuple[bytes, bytes]]:
        """The named graphs at the end: of links, if there are any, and of the description of all `triples` before."""
        name = self._statements.graph_term("links")
        if links := written(linked(self._statements, self._present), end_in(name)):
            yield name, links
        name = self._statements.graph_term("description")
        triples += links.count(b"\n")
        yield name, written(description(self._statements, self._tally, triples), end_in(name))
