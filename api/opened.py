"""A graph that is open: what `biopact.open` gives, on top of a store and of the ledger that belongs to it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from biopact import lookups
from biopact.answers import Answer
from biopact.app.commands.options import ledger_of, present
from biopact.app.location import DEFAULT_STORE
from biopact.graph.finding import find, the_one
from biopact.ontology import NotFoundError, ValidationError, load_schema
from biopact.things import Edge, Node, Quotation

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx

    from biopact.app.asof import Known
    from biopact.app.pipeline import Report
    from biopact.graph.store import Store


class Graph:
    """An open graph: ask it, look things up in it, read the words behind them.

    Close it, or use it in a `with` block: a folder store belongs to one process at a time. Every method raises
    StoreError if the store cannot be asked.
    """

    def __init__(self, store: Store, url: str, known: Known | None = None) -> None:
        self.store = store
        self.url = url  # as it was opened: where the ledger follows from
        self.known = known  # for a view of a day: how much was known then

    @classmethod
    def open(
        cls, url: str | Path | None = None, *, as_of: str | None = None, in_force: bool = False, create: bool = False
    ) -> Self:
        """Open a store: a folder, or the address of a Neo4j server; BIOPACT_STORE or ./biopact-data unless named.

        With `as_of` (2019, 2019-03, 2019-03-31) the graph is what was known at the end of that day, and with
        `in_force` only what was in force then. With `create`, a folder that holds no store becomes one. A server's
        credentials come from NEO4J_USERNAME and NEO4J_PASSWORD.
        """
        from biopact.graph.stores import open_store

        place = str(url or os.environ.get("BIOPACT_STORE", DEFAULT_STORE))
        if as_of is None:
            if in_force:
                raise ValidationError("in_force needs the day: name it with as_of")
            return cls(open_store(place, create=create), place)
        from biopact.app.asof import view
        from biopact.graph.time import day_of

        folder, known = view(place, day_of(as_of), in_force)
        return cls(open_store(str(folder), create=False), place, known)

    def as_of(self, day: str, *, in_force: bool = False) -> Graph:
        """What was known at the end of a day, as a graph of its own; close it too.

        >>> with graph.as_of("2019") as then:
        ...     len(graph.partners("Quillmere Therapeutics, Inc.")), len(then.partners("Quillmere Therapeutics, Inc."))
        (7, 2)
        """
        return Graph.open(self.url, as_of=day, in_force=in_force)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<biopact graph {self.store.name}{f', {self.known}' if self.known else ''}>"

    def questions(self, group: str | None = None) -> Answer:
        """The named questions, or those of a group, with what they take.

        >>> "holdings" in graph.questions("ownership").column("question")
        True
        """
        from biopact.queries import catalogue

        asked = [q for q in catalogue().values() if group in (None, q.group)]
        rows = [(q.group, q.name, q.title, list(q.parameters)) for q in asked]
        return Answer.of(("group", "question", "what_it_answers", "parameters"), rows)

    def ask(self, name: str, /, *, seconds: float = 60.0, **parameters: Any) -> Answer:
        """The answer to a named question; a parameter that names a thing takes a name, an id or a Node.

        Where a name is taken for that of one thing, or nothing is called so, the `notes` of the answer say it.

        >>> graph.ask("shared-partners", company="Brindlecove Medicines, Inc.", other="Ostravane Pharma AG")
        partner                       partner_id              company_deals  other_deals
        Quillmere Therapeutics, Inc.  company/cik-9999900001              1            2
        Kestrelmoor Bio, Inc.         company/cik-9999900003              1            1

        NotFoundError if there is no such question, ValidationError if its parameters do not fit.
        """
        from biopact.queries import naming, question

        asked = question(name)
        bound = {key: self._present(value) for key, value in parameters.items()}
        told = naming.ask(self.store, asked, bound, seconds=seconds)
        return Answer.of(asked.columns, told.result.rows, notes=told.notes)

    def cypher(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        seconds: float = 60.0,
        rows: int | None = None,
    ) -> Answer:
        """The answer to a Cypher statement that reads; one that writes is refused with StoreError.

        After so many seconds it is stopped, after so many rows the rest is left out: the answer is `cut` then.

        >>> graph.cypher("MATCH (c:Company {cik: $cik}) RETURN c.name AS name", {"cik": "9999900013"})
        name
        Ostravane Pharma AG
        """
        found = self.store.ask(statement, parameters, seconds=seconds, rows=rows)
        return Answer.of(found.columns, found.rows, found.cut)

    def company(self, name: str | Node) -> Node:
        """The company of that name, alias, id or CIK.

        >>> graph.company("ostravane pharma ag").id
        'company/cik-9999900013'
        """
        return self.node(name, "Company")

    def partners(self, company: str | Node) -> Answer:
        """Who has agreements with a company: the question `partners`.

        >>> graph.partners("Ostravane Pharma AG").column("partner")[0]
        'Quillmere Therapeutics, Inc.'
        """
        return self.ask("partners", company=self.company(company))

    def deals(self, company: str | Node) -> Answer:
        """A company's agreements by date, with their terms: the question `deals`.

        >>> graph.deals("Ostravane Pharma AG")[0].date
        '2018-06-11'
        """
        return self.ask("deals", company=self.company(company))

    def overlap(self, company: str | Node, other: str | Node) -> Answer:
        """The partners that two companies share: the question `shared-partners`.

        >>> graph.overlap("Brindlecove Medicines, Inc.", "Ostravane Pharma AG").column("partner")
        ['Quillmere Therapeutics, Inc.', 'Kestrelmoor Bio, Inc.']
        """
        return self.ask("shared-partners", company=self.company(company), other=self.company(other))

    def path(self, company: str | Node, other: str | Node) -> Answer:
        """How two companies are joined, by every shortest way: the question `path`.

        >>> graph.path("Solvanter Pharmaceuticals plc", "Ostravane Pharma AG")[0].steps
        2
        """
        return self.ask("path", company=self.company(company), other=self.company(other))

    def find(self, text: str, *types: str, limit: int = 10) -> list[Node]:
        """What a name, the beginning of one, its words in any order, or an identifier may mean, the likeliest first.

        A slip is forgiven where nothing else fits.

        >>> [str(node) for node in graph.find("quilmere", "Company", limit=2)]
        ['Quillmere Therapeutics, Inc.', 'Quillmere Europe B.V.']
        """
        return lookups.nodes(self.store, [hit.id for hit in find(self.store, text, types, limit)])

    def node(self, name: str | Node, *types: str) -> Node:
        """The one thing that is called so, in any spelling, or has this id, CIK or ticker.

        An id that leads to another one now is followed.

        >>> graph.node("kmb-12").type
        'Compound'

        NotFoundError suggests what is called nearly so; ValidationError lists the ids if several are.
        """
        if isinstance(name, Node):
            return name
        (node,) = lookups.nodes(self.store, [the_one(self.store, self._present(name), types).id])
        return node

    def edge(self, id: str) -> Edge:
        """The edge of that id, as questions give it.

        >>> print(graph.edge(graph.ask("licensees", technology="MoorGrid platform")[0].edge))
        Kestrelmoor Bio, Inc. LICENSES_TO Tarnwick Biologics Ltd.
        """
        return lookups.edge(self.store, id)

    def edges(self, node: str | Node, *types: str) -> list[Edge]:
        """The edges that touch a node; of these types, or of every type that states a fact.

        >>> for edge in graph.edges("KMB-12", "DEVELOPS", "USES_TECHNOLOGY"):
        ...     print(edge)
        Kestrelmoor Bio, Inc. DEVELOPS KMB-12
        KMB-12 USES_TECHNOLOGY MoorGrid platform
        """
        stating = [t.name for t in load_schema().edges.values() if not t.structural]
        return lookups.edges(self.store, self.node(node), types or stating)

    def evidence(self, fact: str | Node | Edge) -> list[Quotation]:
        """The words that state an edge or a node, given itself or its id.

        >>> for quotation in graph.evidence(graph.edges("KMB-12", "DEVELOPS")[0]):
        ...     print(quotation)
        “Kestrelmoor is developing KMB-12”
          EX-99.1, characters 570 to 602, 8-K 9999999999-19-000003
        “KMB-12 is in a Phase 2”
          EX-99.1, characters 698 to 720, 8-K 9999999999-19-000003
        """
        if isinstance(fact, str):
            fact = self.edge(fact) if lookups.is_edge(fact) else self.node(fact)
        return lookups.quotations(self.store, fact.evidence)

    def text(self, document: str) -> str:
        """The text of a document, in which the places of quotations count.

        >>> quotation = graph.evidence("KMB-12")[0]
        >>> graph.text(quotation.document)[quotation.start:quotation.end] == quotation.words
        True
        """
        try:
            return ledger_of(self.url).text(document)
        except (KeyError, IndexError):
            raise NotFoundError(f"{document}: no document of this ledger; a Quotation names its own") from None

    def to_networkx(self, *types: str) -> nx.MultiDiGraph[str]:
        """The graph for networkx: of these types of edges and what they join, or all of it.

        Names and types stand in the attributes `label` and `node_type` of nodes and `label` of edges.

        >>> licences = graph.to_networkx("LICENSES_TO")
        >>> max(licences.out_degree, key=lambda pair: pair[1])
        ('company/cik-9999900001', 4)
        """
        from biopact.graph.exports import as_networkx
        from biopact.graph.store import graph_of

        if unknown := sorted(set(types) - load_schema().edges.keys()):
            known = ", ".join(load_schema().edges)
            raise ValidationError(f"there are no edges of the type {', '.join(unknown)}; known are {known}")
        return as_networkx(lookups.part(self.store, types) if types else graph_of(self.store))

    def company_network(self) -> nx.Graph[str]:
        """Who has deals with whom, for the measures of `biopact.graph.analytics`: a line is all deals of a pair.

        >>> network = graph.company_network()
        >>> network.edges[graph.company("Quillmere").id, graph.company("Ostravane").id]["weight"]
        2
        """
        from biopact.graph.analytics.network import company_network

        return company_network(self.store)

    def load(self, *sources: str | Path) -> Report:
        """Read filings and bring their facts into the store, as `biopact load` does.

        A source is a file, a folder, a zip archive, or a pattern; what is there already changes nothing.

        >>> report = graph.load("examples/samples")
        >>> report.read, report.kept, report.failed
        (0, 13, [])
        """
        from biopact.app import pipeline
        from biopact.loaders.extraction.extractor import RulesExtractor

        if self.known:
            raise ValidationError(f"{self!r}: a view of a day takes no filings in; load into the graph itself")
        return pipeline.load([str(s) for s in sources], ledger_of(self.url), self.store, RulesExtractor())

    def _present(self, value: Any) -> Any:
        """A node's id, or an id's present one; a view of a day has its own ids."""
        if isinstance(value, Node):
            return value.id
        if isinstance(value, list | tuple):
            return [self._present(one) for one in value]
        return value if self.known else present(self.url, value)


open = Graph.open
