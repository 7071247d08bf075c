"""The records of the graph: merged from what filings say of them, then given their times."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from biopact.graph.records import Edge, Evidence, Graph, Node, Value, digest
from biopact.graph.resolution import timing
from biopact.graph.resolution.atoms import base_id
from biopact.graph.resolution.entities import links_of
from biopact.graph.resolution.merging import Said, moved, one_edge, one_node
from biopact.graph.resolution.tables import IN, Dirty, Tables, encoded, evidence_ids, listed
from biopact.graph.time import mentioned

_WITHIN = "in "  # before the entity that both ends of an edge became


def move_again(tables: Tables, dirty: Dirty) -> None:
    """Find the place in the graph of each edge whose ends, agreement or subjects are other entities now."""
    for filing in sorted(dirty.filings | dirty.changed.keys()):
        entities = dict(tables.ask("SELECT local, entity FROM node WHERE filing = ? AND entity <> local", filing))
        changed = dirty.changed.get(filing, set())
        new = []
        sql = "SELECT local, type, source, target, own, whole, moved FROM edge WHERE filing = ?"
        for local, type_, source, target, own, old, before in tables.ask(sql, filing):
            edge = Edge(local, type_, source, target, _properties(own))
            if old is not None and changed.isdisjoint(mentioned(edge)):
                continue
            at = moved(edge, entities)
            whole = at.id if at.source != at.target else _WITHIN + at.source
            dirty.wholes |= {whole, old} if old else {whole}
            there = (at.source, at.target, encoded(dict(at.properties)))
            now = None if there == (source, target, own) else json.dumps(there)
            if (whole, now) != (old, before):
                new.append((whole, now, filing, local))
        tables.many("UPDATE edge SET whole = ?, moved = ? WHERE filing = ? AND local = ?", new)


def merge_again(tables: Tables, dirty: Dirty) -> None:
    """Make the dirty records of the graph, and note for each store what it has not been told."""
    units: set[str] = set()
    ids = sorted({w.removeprefix(_WITHIN) for w in dirty.wholes})
    for start in range(0, len(ids), timing.AT_ONCE):
        units |= _merge_some(tables, ids[start : start + timing.AT_ONCE])
    units |= timing.ended(tables)
    for graph in timing.of_units(tables, units):
        _revise(tables, graph)
    _told_evidence(tables, dirty)


def whole_graph(tables: Tables) -> Graph:
    """The graph, with its times and its evidence."""
    found: dict[str, Node | Edge] = {}
    for graph in timing.portions(tables):
        found |= graph.nodes
        found |= graph.edges
    evidence: dict[str, Evidence] = {}
    for (filing,) in tables.ask("SELECT id FROM filing"):
        evidence |= {e.id: e for e in tables.evidence(filing)}
    quoted: dict[str, set[Evidence]] = defaultdict(set)
    for table, column in (("node", "entity"), ("edge", "whole")):
        for id_, spans in tables.each(f"SELECT {column}, spans FROM {table}"):
            quoted[id_.removeprefix(_WITHIN)].update(evidence[e] for e in evidence_ids([spans]))
    nodes: dict[str, Node] = {}
    edges: dict[str, Edge] = {}
    for id_, record in sorted(found.items()):
        words = tuple(sorted(quoted[id_])) if len(quoted[id_]) > 1 else tuple(quoted[id_])
        if isinstance(record, Node):
            nodes[id_] = replace(record, evidence=words)
        else:
            edges[id_] = replace(record, evidence=words)
    return Graph(nodes, edges)


def records(tables: Tables, ids: Iterable[str]) -> Graph:
    """Some records of the graph, with their times and without their evidence; those that are not there are left out."""
    wanted = set(ids)
    units = tables.column(f"SELECT unit FROM whole WHERE id {IN}", listed(wanted))
    units |= tables.column(f"SELECT unit2 FROM whole WHERE id {IN}", listed(wanted))
    nodes: dict[str, Node] = {}
    edges: dict[str, Edge] = {}
    sql = f"SELECT data, filed FROM whole WHERE unit IS NULL AND unit2 IS NULL AND id {IN}"
    loose = timing.with_times(tables, timing.read(tables, tables.ask(sql, listed(wanted))))
    for graph in (loose, *timing.of_units(tables, units - {None})):
        nodes |= {id_: node for id_, node in graph.nodes.items() if id_ in wanted}
        edges |= {id_: edge for id_, edge in graph.edges.items() if id_ in wanted}
    return Graph(nodes, edges)


def quoting(tables: Tables, ids: Iterable[str]) -> dict[str, list[str]]:
    """The ids of the evidence of some records."""
    found: dict[str, list[bytes]] = {id_: [] for id_ in ids}
    places = (("node", "entity", found), ("edge", "whole", [*found, *(_WITHIN + id_ for id_ in found)]))
    for table, column, wanted in places:
        sql = f"SELECT {column}, spans FROM {table} WHERE {column} {IN}"
        for id_, spans in tables.ask(sql, listed(wanted)):
            found[id_.removeprefix(_WITHIN)].append(spans)
    return {id_: evidence_ids(spans) for id_, spans in found.items()}


# --- merging


@dataclass(slots=True)
class _Same:
    """Filings that say the same of one record: the first by standing, the latest, and how many there are."""

    first: Said
    latest: Said
    times: int = 1

    def add(self, said: Said) -> None:
        self.times += 1
        if (said.rank, not said.corrects, said.place) < (self.first.rank, not self.first.corrects, self.first.place):
            self.first = said
        if (said.date, said.corrects) > (self.latest.date, self.latest.corrects):
            self.latest = said

    def told(self) -> list[Said]:
        if self.times == 1:
            return [self.first]
        return [replace(self.first, times=self.times - 1), self.latest]


@dataclass(slots=True)
class _Telling:
    """All that filings say of one record, by what they say: few of thousands say what no other does."""

    same: dict[tuple[str, ...], _Same] = field(default_factory=dict)
    spans: list[bytes] = field(default_factory=list)
    days: set[str] = field(default_factory=set)
    more: bool = False  # evidence beside that of what is said

    def add(self, what: tuple[str, ...], said: Said, spans: bytes) -> None:
        if known := self.same.get(what):
            known.add(said)
        else:
            self.same[what] = _Same(said, said)
        self.add_evidence(said.date, spans)

    def add_evidence(self, day: str, spans: bytes) -> None:
        if spans:
            self.spans.append(spans)
            if day:
                self.days.add(day)


def _merge_some(tables: Tables, ids: Sequence[str]) -> set[str]:
    """Merge records; returns the units whose times are to be worked out again."""
    known = {
        id_: rest for id_, *rest in tables.ask(f"SELECT id, unit, unit2, node FROM whole WHERE id {IN}", listed(ids))
    }
    units = {unit for *some, _ in known.values() for unit in some if unit}
    rows, loose = [], []
    for record, telling in _merged(tables, ids):
        days = _days(record, telling)
        touched = timing.units_of(record)
        mark = digest(*evidence_ids(telling.spans))
        filed = " ".join(days)
        rows.append((record.id, isinstance(record, Node), *touched, filed, mark, tables.pack(record)))
        units.update(unit for unit in touched if unit)
        if touched == (None, None) and not any(known.get(record.id, [None])[:2]):
            loose.append((record, filed))
    tables.many(
        "INSERT INTO whole VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL) ON CONFLICT(id) DO UPDATE SET "
        "node = excluded.node, unit = excluded.unit, unit2 = excluded.unit2, filed = excluded.filed, "
        "mark = excluded.mark, data = excluded.data",
        rows,
    )
    gone = known.keys() - {row[0] for row in rows}
    tables.many("DELETE FROM whole WHERE id = ?", [(id_,) for id_ in gone])
    for kind, node in (("node", 1), ("edge", 0)):
        _untold(tables, kind, [id_ for id_ in gone if known[id_][2] == node])
    _revise(tables, timing.with_times(tables, loose))
    return units


def _merged(tables: Tables, ids: Sequence[str]) -> Iterator[tuple[Node | Edge, _Telling]]:
    """Those of these records that anything tells of."""
    nodes: dict[str, _Telling] = defaultdict(_Telling)
    edges: dict[str, _Telling] = defaultdict(_Telling)
    sql = (
        "SELECT entity, filing, type, names, own, rank, spans, date, corrects FROM node JOIN filing ON id = filing "
        f"WHERE entity {IN}"
    )
    for id_, filing, type_, names, own, rank, spans, date, corrects in tables.ask(sql, listed(ids)):
        said = Said(date, bool(corrects), rank, (filing, spans) if spans else ("", b""))
        nodes[id_].add((type_, names, own), said, spans)
    sql = (
        "SELECT whole, filing, type, source, target, own, moved, rank, spans, date, corrects "
        f"FROM edge JOIN filing ON id = filing WHERE whole {IN}"
    )
    wanted = listed([*ids, *(_WITHIN + id_ for id_ in ids)])
    for id_, filing, type_, source, target, own, there, rank, spans, date, corrects in tables.ask(sql, wanted):
        if id_.startswith(_WITHIN):
            if (entity := id_.removeprefix(_WITHIN)) in nodes:
                nodes[entity].add_evidence(date, spans)
                nodes[entity].more |= bool(spans)
            continue
        said = Said(date, bool(corrects), rank, (filing, spans) if spans else ("", b""))
        edges[id_].add((type_, *(json.loads(there) if there else (source, target, own))), said, spans)
    links = links_of(tables, nodes)
    for id_, telling in nodes.items():
        told = [(said, _node(id_, *what)) for what, same in telling.same.items() for said in same.told()]
        node = one_node(id_, told, more=telling.more)
        joined = {(base_id(k.left), base_id(k.right), k.reason) for k in links.get(id_, ())}
        told_apart = sorted(f"{left} = {right}: {reason}" for left, right, reason in joined if left != right)
        if told_apart:
            node = replace(node, properties={**node.properties, "merged": tuple(told_apart)})
        yield node, telling
    for id_, telling in edges.items():
        yield (
            one_edge([(said, _edge(id_, *what)) for what, same in telling.same.items() for said in same.told()]),
            telling,
        )


def _node(id_: str, type_: str, names: str, own: str) -> Node:
    name, *aliases = json.loads(names)
    return Node(id_, type_, name, tuple(aliases), _properties(own))


def _edge(id_: str, type_: str, source: str, target: str, own: str) -> Edge:
    return Edge(id_, type_, source, target, _properties(own))


def _properties(own: str) -> dict[str, Value]:
    if own == "{}":
        return {}
    return {name: tuple(v) if isinstance(v, list) else v for name, v in json.loads(own).items()}


def _days(record: Node | Edge, telling: _Telling) -> list[str]:
    """The days of its filings that the times of a record need: of an edge the first and the last."""
    days = sorted(telling.days)
    if isinstance(record, Edge):
        return days[:1] + days[1:][-1:]
    return days if record.type == "Agreement" else []


# --- what stores have to be told


def _revise(tables: Tables, graph: Graph) -> None:
    sql = f"SELECT id, revision, mark, until FROM whole WHERE id {IN}"
    known = {id_: rest for id_, *rest in tables.ask(sql, listed((*graph.nodes, *graph.edges)))}
    both: tuple[tuple[str, Mapping[str, Node | Edge]], ...] = (("node", graph.nodes), ("edge", graph.edges))
    for kind, found in both:
        new = []
        for id_, record in found.items():
            revision, mark, until = known[id_]
            now = (digest(encoded(record.to_json()), mark), timing.until(record, graph))
            if now != (revision, until):
                new.append((*now, id_))
        tables.many("UPDATE whole SET revision = ?, until = ? WHERE id = ?", new)
        _untold(tables, kind, [id_ for revision, _, id_ in new if revision != known[id_][0]])


def _told_evidence(tables: Tables, dirty: Dirty) -> None:
    for filing, before in dirty.evidence.items():
        was, is_ = ({(e.id, e.quote, e.page) for e in some} for some in (before, tables.evidence(filing)))
        _untold(tables, "evidence", sorted({id_ for id_, *_ in was ^ is_}), filing)


def _untold(tables: Tables, kind: str, ids: Iterable[str], filing: str | None = None) -> None:
    stores = tables.column("SELECT name FROM store")
    rows = [(store, kind, id_, filing) for id_ in ids for store in stores]
    tables.many("INSERT OR IGNORE INTO untold VALUES (?, ?, ?, ?)", rows)
