"""What is written beside the records themselves: identifiers, provenance, superseded ids, links, a description."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from pyoxigraph import Triple

from biopact.graph.nquads import Statements, end_in
from biopact.graph.rdf_description import Tally, description
from biopact.graph.rdf_links import Link, Superseded, identifiers, linked
from biopact.graph.rdf_provenance import agents, fetched, graph_of_filing, read
from biopact.graph.rdf_triples import written
from biopact.graph.records import Edge, Node, Value

# A named graph as a term, or None for no graph, and lines that say so at their ends.
Block = tuple[bytes | None, bytes]


class Beside:
    """Watches the records of one export as they are written; `links` are of a file of links."""

    def __init__(self, statements: Statements, links: Iterable[Link] = ()) -> None:
        self._statements = statements
        self._registries = statements.schema.registries.keys()
        self._tally = Tally()
        self.see_evidence = self._tally.see_evidence  # each piece once
        self._superseded = Superseded()
        self._filings: dict[str, Mapping[str, Value]] = {}  # what is known of each
        self._ciks: dict[str, str] = {}  # by node
        self._filers: dict[str, str] = {}  # a CIK by filing
        self._software: dict[frozenset[str], list[bytes]] = {}  # triples of agents
        self._links: defaultdict[str, list[Link]] = defaultdict(list)
        for link in links:
            self._links[link.id].append(link)
        self._own = 0  # triples written here so far
        self._present: list[Link] = []  # of nodes that are written

    def see_node(self, node: Node) -> None:
        """Take note of a node; each once."""
        self._tally.see(node.type, node.properties)
        self._superseded.see(node)
        self._present += self._links.get(node.id, ())
        if node.type == "Filing":
            self._filings[node.id] = node.properties
            if day := node.properties.get("filing_date"):
                self._tally.see_day(str(day))
        elif (cik := str(node.properties.get("cik", ""))).isdecimal():
            self._ciks[node.id] = cik

    def see_edge(self, edge: Edge) -> None:
        """Take note of an edge, once; after the nodes."""
        self._tally.see(edge.type, edge.properties)
        if edge.type == "FILED" and edge.source in self._ciks:
            filer = self._ciks[edge.source]
            self._filers[edge.target] = min(filer, self._filers.get(edge.target, filer))

    @cached_property
    def _extractors(self) -> dict[str, frozenset[str]]:
        """By filing; after all records were seen."""
        return self._tally.extractors()

    def node(self, node: Node, end: bytes) -> bytes:
        """What stands beside a node, in its graph."""
        if self._registries.isdisjoint(node.properties):
            return b""
        return self._written(identifiers(self._statements, node.id, node.type, node.properties), end)

    def superseded(self, end: bytes) -> bytes:
        """Which ids the nodes took the place of; after all nodes were seen."""
        return self._written(self._superseded.same(self._statements), end)

    def filing(self, filing: str, end: bytes) -> bytes:
        """How a filing and its named graph came to be; after all records were seen."""
        extractors = self._extractors.get(filing, frozenset())
        return (
            graph_of_filing(self._statements, filing, extractors, end)
            + self._agents(extractors, end)
            + self._written(self._fetched(filing), end)
        )

    def rest(self, end: bytes) -> bytes:
        """How all statements came to be, and the links, where there are no named graphs."""
        said = [self._written(self._fetched(filing), end) for filing in sorted(self._filings)]
        said += [read(self._statements, filing, by, end) for filing, by in sorted(self._extractors.items())]
        said.append(self._agents(frozenset().union(*self._extractors.values()), end))
        return b"".join(said) + self._written(linked(self._statements, self._present), end)

    def _agents(self, extractors: frozenset[str], end: bytes) -> bytes:
        """What many graphs say alike, in the graph of this end."""
        if extractors not in self._software:
            self._software[extractors] = [str(triple).encode() for triple in agents(self._statements, extractors)]
        self._own += len(self._software[extractors])
        return b"".join(triple + end for triple in self._software[extractors])

    def _fetched(self, filing: str) -> Iterator[Triple]:
        return fetched(self._statements, filing, self._filings.get(filing, {}), self._filers.get(filing))

    def graphs(self) -> Iterator[tuple[bytes, bytes]]:
        """The named graphs at the end: of links, if there are any, and of the description of all that was counted."""
        name = self._statements.graph_term("links")
        if links := self._written(linked(self._statements, self._present), end_in(name)):
            yield name, links
        name = self._statements.graph_term("description")
        yield name, self._written(description(self._statements, self._tally, self.count), end_in(name))

    @property
    def count(self) -> int:
        """How many statements were written so far, of the records and beside them."""
        return self._statements.count + self._own

    def _written(self, triples: Iterable[Triple], end: bytes) -> bytes:
        content = written(triples, end)
        self._own += content.count(b"\n")
        return content

    def also(self, block: Block) -> Block:
        """A block that something else made, counted too."""
        self._own += block[1].count(b"\n")
        return block
