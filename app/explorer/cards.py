"""What a panel shows when a node or an edge is picked: facts, terms, connections and quotations, as plain data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from biopact.graph.addresses import addresses
from biopact.graph.layout import SAID
from biopact.graph.records import Edge, Evidence, Graph, Node, Value
from biopact.ontology import NotFoundError, Property, Schema, load_schema

_SEVERAL = "lines"  # begins the id of a line that stands for several edges
_CAPITALS = ("cik", "irs", "lei")
_LATEST = 5  # of the edges of such a line are quoted


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a filing and where they stand."""

    id: str
    quote: str
    form: str
    exhibit: str
    date: str
    url: str  # empty, or an http(s) address
    document: str
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Link:
    """One connection of a node, or one end of an edge."""

    edge: str  # id of the edge; empty where the link is the agreement that an edge is a view of
    says: str  # the edge type in words, as in "licenses to"
    outward: bool  # from this node to the other
    other: str  # id of the node at the other end
    name: str
    type: str  # of the other node
    date: str


@dataclass(frozen=True, slots=True)
class TermLine:
    """One term of an agreement, however often it is told."""

    kind: str
    state: str
    value: str
    quotations: tuple[str, ...]  # ids


@dataclass(frozen=True, slots=True)
class Card:
    """Everything there is to read about one node or edge."""

    id: str
    type: str
    title: str
    color: str
    facts: tuple[tuple[str, str], ...]
    terms: tuple[TermLine, ...]
    links: tuple[Link, ...]
    quotations: tuple[str, ...]  # ids


class Cards:
    """Cards of one graph, made when asked for."""

    def __init__(self, graph: Graph, schema: Schema | None = None) -> None:
        self.graph = graph
        self.schema = schema or load_schema()
        self._at: dict[str, list[Edge]] = defaultdict(list)
        for edge in graph.edges.values():
            self._at[edge.source].append(edge)
            if edge.target != edge.source:
                self._at[edge.target].append(edge)
        self._evidence = graph.evidence()
        self._addresses = addresses(graph)

    def card(self, id_: str) -> Card:
        """The card of a node or an edge; NotFoundError if the graph has neither."""
        if id_ in self.graph.nodes:
            return self._of_node(self.graph.nodes[id_])
        if id_ in self.graph.edges:
            return self._of_edge(self.graph.edges[id_])
        if several := self._several(id_):
            return self._of_several(id_, several)
        raise NotFoundError(f"{id_}: neither a node nor an edge of this graph; search for its name instead")

    def edges_at(self, id_: str) -> Sequence[Edge]:
        """The edges that begin or end at a node."""
        return self._at.get(id_, ())

    def quotation(self, id_: str) -> Quotation:
        """The words of one piece of the graph's evidence, with the filing that says them."""
        return self.quoted(self._evidence[id_])

    def quoted(self, evidence: Evidence) -> Quotation:
        """The words of evidence that need not be in the graph, as that of a link between two names."""
        filing = self.graph.nodes.get(evidence.filing)
        said: Mapping[str, Value] = filing.properties if filing else {}
        return Quotation(
            evidence.id,
            evidence.quote,
            str(said.get("form", "")),
            evidence.exhibit,
            str(said.get("filing_date", "")),
            self._addresses.get(evidence.filing, ""),
            evidence.document,
            evidence.start,
            evidence.end,
            evidence.rule,
            evidence.confidence,
        )

    def sentence(self, edge: Edge) -> str:
        """An edge in words: who, what, whom."""
        return f"{self._name(edge.source)} {in_words(edge.type)} {self._name(edge.target)}"

    def _of_node(self, node: Node) -> Card:
        kind = self.schema.nodes[node.type]
        facts = self._facts(node.properties, kind.properties)
        if node.aliases:
            facts = (("Also called", "; ".join(node.aliases)), *facts)
        links = [
            self._link(edge, edge.source == node.id)
            for edge in self._at[node.id]
            if self._other(edge, node.id).type not in SAID
        ]
        links.sort(key=lambda k: (k.says, not k.outward, k.date, k.name, k.edge))
        return Card(
            node.id,
            node.type,
            node.name,
            kind.color,
            facts,
            self._terms(node.id),
            tuple(links),
            _ids(node.evidence),
        )

    def _of_edge(self, edge: Edge) -> Card:
        kind = self.schema.edges[edge.type]
        links = [self._link(edge, False), self._link(edge, True)]
        deal = self.graph.nodes.get(str(edge.properties.get("agreement", "")))
        if deal:
            links.append(Link("", "under", True, deal.id, deal.name, deal.type, date_of(deal)))
        return Card(
            edge.id,
            edge.type,
            self.sentence(edge),
            kind.color,
            self._facts(edge.properties, kind.properties),
            self._terms(deal.id) if deal else (),
            tuple(links),
            _ids(edge.evidence),
        )

    def _several(self, id_: str) -> list[Edge]:
        """The edges that one line of a picture stands for, the latest first."""
        prefix, *ends = id_.split("|")
        if prefix != _SEVERAL or len(ends) != 3 or ends[0] not in self.schema.edges:
            return []
        type_, source, target = ends
        ways = {(source, target), (target, source)} if self.schema.edges[type_].symmetric else {(source, target)}
        found = [e for e in self._at.get(source, ()) if e.type == type_ and (e.source, e.target) in ways]
        return sorted(sorted(found, key=lambda e: e.id), key=date_of, reverse=True)

    def _of_several(self, id_: str, edges: list[Edge]) -> Card:
        """The deals behind one line, with the words of the latest."""
        dates = sorted(filter(None, map(date_of, edges)))
        facts = [("Times", shown(len(edges)))]
        if dates:
            facts += [("First", dates[0]), ("Latest", dates[-1])]
        return Card(
            id_,
            edges[0].type,
            self.sentence(edges[0]),
            self.schema.edges[edges[0].type].color,
            tuple(facts),
            (),
            tuple(self._deal_of(edge) for edge in edges),
            tuple(dict.fromkeys(q for edge in edges[:_LATEST] for q in _ids(edge.evidence))),
        )

    def _deal_of(self, edge: Edge) -> Link:
        deal = self.graph.nodes.get(str(edge.properties.get("agreement", "")))
        name, type_ = (deal.name, deal.type) if deal else (self.sentence(edge), edge.type)
        return Link(edge.id, in_words(edge.type), True, deal.id if deal else edge.target, name, type_, date_of(edge))

    def _facts(self, properties: Mapping[str, Value], known: Mapping[str, Property]) -> tuple[tuple[str, str], ...]:
        return tuple(
            (label(known[name]), self._shown(properties[name], known[name]))
            for name in known  # the ontology's order
            if name in properties and name != "agreement"
        )

    def _shown(self, value: Value, kind: Property) -> str:
        if isinstance(value, tuple):
            return ", ".join(self._name(v) if kind.name == "subjects" else v for v in value)
        return shown(value)

    def _terms(self, agreement: str) -> tuple[TermLine, ...]:
        told: dict[tuple[str, str, str], list[Evidence]] = defaultdict(list)
        for edge in self._at[agreement]:
            if edge.type == "HAS_TERM" and edge.source == agreement:
                term = self.graph.nodes[edge.target]
                p = term.properties
                amount = f"{p.get('currency', '')} {shown(p['amount'])}".strip() if "amount" in p else ""
                value = "; ".join(filter(None, (amount, str(p.get("value", "")))))
                told[str(p["kind"]), str(p["state"]), value] += (*term.evidence, *edge.evidence)
        return tuple(TermLine(*line, _ids(tuple(evidence))) for line, evidence in sorted(told.items()))

    def _link(self, edge: Edge, outward: bool) -> Link:
        other = self.graph.nodes[edge.target if outward else edge.source]
        return Link(edge.id, in_words(edge.type), outward, other.id, other.name, other.type, date_of(edge))

    def _other(self, edge: Edge, node: str) -> Node:
        return self.graph.nodes[edge.target if edge.source == node else edge.source]

    def _name(self, node: str) -> str:
        found = self.graph.nodes.get(node)
        return found.name if found else node


def id_of_several(edge_type: str, source: str, target: str) -> str:
    """The id under which all edges of a type between two nodes are one line of a picture."""
    return "|".join((_SEVERAL, edge_type, source, target))


def in_words(edge_type: str) -> str:
    """An edge type as one would say it.

    >>> in_words("LICENSES_TO")
    'licenses to'
    """
    return edge_type.lower().replace("_", " ")


def date_of(record: Node | Edge) -> str:
    """The date by which a deal or an edge is placed in time, as much of it as is known; else nothing."""
    for name in ("agreement_date", "date", "effective_date", "announced_date", "as_of"):
        if name in record.properties:
            return str(record.properties[name])
    return ""


def label(kind: Property) -> str:
    """A property's name as one would say it, with its unit."""
    said = (word.upper() if word in _CAPITALS else word for word in kind.name.removesuffix("_usd").split("_"))
    words = " ".join(said)
    words = words[0].upper() + words[1:]
    return f"{words} ({kind.unit})" if kind.unit else words


def shown(value: Value) -> str:
    """A value as text.

    >>> shown(12000000.0), shown(12.5), shown(True)
    ('12,000,000', '12.5', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.4f}".rstrip("0")
    if isinstance(value, int):
        return f"{value:,}"
    return ", ".join(value) if isinstance(value, tuple) else value


def _ids(evidence: tuple[Evidence, ...]) -> tuple[str, ...]:
    ordered = sorted(set(evidence), key=lambda e: (e.document, e.start, e.end, e.rule))
    seen: dict[tuple[str, int, int], str] = {}
    for e in ordered:  # two rules that read the same words make one quotation here
        seen.setdefault((e.document, e.start, e.end), e.id)
    return tuple(seen.values())
