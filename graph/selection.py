"""A part of a graph: what was asked for, and all that this needs to stand by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from biopact.graph.store import EdgeRow, NodeRow, Rows
from biopact.graph.time import first_day, last_day
from biopact.graph.told import Places
from biopact.ontology import NotFoundError, Schema, ValidationError, load_schema


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; nodes and edges must meet all of it, and what is left empty asks for nothing."""

    types: Collection[str] = ()  # of nodes and edges
    companies: Collection[str] = ()  # ids: what joins them, and all about their agreements
    since: str = ""  # a date: what filings of that day and later state

    def __bool__(self) -> bool:
        return bool(self.types or self.companies or self.since)


def selected(rows: Rows, wanted: Wanted) -> Rows:
    """The part of a graph that is asked for, with the ends of its edges, the nodes they name, evidence and filings.

    Of a node that only comes along, the evidence is there that others need. ValidationError names a type that does not
    exist, NotFoundError a company.
    """
    return _Selected(rows, wanted, load_schema()) if wanted else rows


class _Selected:
    """Keeps the ids of the nodes that belong to it, and looks at every row again as it passes."""

    def __init__(self, rows: Rows, wanted: Wanted, schema: Schema) -> None:
        if unknown := sorted(set(wanted.types) - schema.nodes.keys() - schema.edges.keys()):
            known = ", ".join((*schema.nodes, *schema.edges))
            raise ValidationError(f"{', '.join(unknown)}: no type of this name; known are {known}")
        self._rows = rows
        self._wanted = wanted
        self._naming = sorted(
            {p.name for edge in schema.edges.values() for p in edge.properties.values() if p.refers_to}
        )
        self._places = Places(rows.parts())
        self._filings = self._filed_since(wanted.since) if wanted.since else set()
        # The companies asked for, and the agreements they are parties of.
        self._hubs = set(wanted.companies)
        if wanted.companies:
            parties = (e for e in rows.edge_rows(("PARTY_TO",)) if e.source in wanted.companies)
            self._hubs.update(e.target for e in parties)
        self._kept: set[str] = set()
        self._keep()

    def node_rows(self, labels: Collection[str] | None = None) -> Iterator[NodeRow]:
        """The nodes that belong to it, sorted by id."""
        for row in self._rows.node_rows(labels):
            if row.properties["id"] in self._kept:
                evidence = row.properties.get("evidence", ())
                still = [id_ for id_ in evidence if id_ in self._kept]
                others = {k: v for k, v in row.properties.items() if k != "evidence"}
                yield (
                    row
                    if len(still) == len(evidence)
                    else replace(row, properties={**others, "evidence": still} if still else others)
                )

    def edge_rows(self, types: Collection[str] | None = None) -> Iterator[EdgeRow]:
        """The edges that belong to it, sorted by id."""
        for row in self._rows.edge_rows(types):
            if row.source in self._kept if row.type == "PART_OF" else self._is_wanted_edge(row):
                yield row

    def parts(self) -> Iterator[tuple[str, str]]:
        """Where the evidence and the documents stand that belong to it."""
        return ((part, whole) for part, whole in self._rows.parts() if part in self._kept)

    def _filed_since(self, day: str) -> set[str]:
        dated = ((row.properties["id"], row.properties.get("filing_date")) for row in self._rows.node_rows(("Filing",)))
        return {id_ for id_, date in dated if date and last_day(date) >= first_day(day)}

    def _keep(self) -> None:
        if missing := set(self._wanted.companies).difference(self._named()):
            raise NotFoundError(
                f"{', '.join(sorted(missing))}: not in the graph; expected an id such as company/cik-0000000017, which "
                "`biopact query most-connected` shows"
            )
        for row in self._rows.edge_rows():
            if row.type != "PART_OF" and self._is_wanted_edge(row):
                self._kept.update((row.source, row.target, *self._names(row)))
                self._keep_evidence(row.properties.get("evidence", ()))
        for node in self._rows.node_rows():
            if self._is_wanted_node(node):
                self._kept.add(node.properties["id"])
                self._keep_evidence(node.properties.get("evidence", ()))
        for part, whole in self._rows.parts():  # documents of filings that are asked for by themselves
            if part.startswith("document/") and part in self._kept:
                self._kept.add(whole)

    def _named(self) -> set[str]:
        wanted = self._wanted.companies
        return {row.properties["id"] for row in self._rows.node_rows() if row.properties["id"] in wanted}

    def _keep_evidence(self, evidence: Iterable[str]) -> None:
        for id_ in evidence:
            document = self._places.document(id_)
            self._kept.update((id_, document, self._places.filing(document)))

    def _names(self, row: EdgeRow) -> Iterator[str]:
        for name in self._naming:
            value: Any = row.properties.get(name, ())
            yield from (value,) if isinstance(value, str) else value

    def _is_wanted_edge(self, row: EdgeRow) -> bool:
        if self._hubs and self._hubs.isdisjoint((row.source, row.target, row.properties.get("agreement"))):
            return False
        return self._is_wanted(row.type, row.properties.get("evidence", ()), row.target)

    def _is_wanted_node(self, row: NodeRow) -> bool:
        id_ = row.properties["id"]
        if row.label == "Evidence" or (self._hubs and id_ not in self._hubs):
            return False
        return self._is_wanted(row.label, row.properties.get("evidence", ()), id_)

    def _is_wanted(self, type_: str, evidence: Iterable[str], place: str) -> bool:
        """Whether a record meets what is asked for of types and filings; `place`: a filing, if it stands in one."""
        if self._wanted.types and type_ not in self._wanted.types:
            return False
        filings = {self._places.filing(self._places.document(id_)) for id_ in evidence} | {self._places.filing(place)}
        return not (self._wanted.since and self._filings.isdisjoint(filings))
