"""The records of the graph: merged from what filings say of them, then given their times."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from biopact.graph.records import Edge, Graph, Node, canonical, digest
from biopact.graph.resolution.atoms import base_id
from biopact.graph.resolution.entities import links_of
from biopact.graph.resolution.merging import Said, moved, one_edge, one_node
from biopact.graph.resolution.tables import IN, Dirty, Tables, listed
from biopact.graph.time import last_day, mentioned, timed

_WITHIN = "in "  # before the entity that both ends of an edge became
_CHANGES = ("AMENDS", "TERMINATES", "SUPERSEDES")
_END_OF_DEAL = {"PARTY_TO": "target", "COVERS": "source", "HAS_TERM": "source"}
_AT_ONCE = 2_000  # records


def move_again(tables: Tables, dirty: Dirty) -> None:
    """Find the place in the graph of each edge whose ends, agreement or subjects are other entities now."""
    for filing in sorted(dirty.filings | dirty.changed.keys()):
        entities, changed = _entities(tables, filing), dirty.changed.get(filing, set())
        new = []
        for local, old, data in tables.ask("SELECT local, whole, data FROM edge WHERE filing = ?", filing):
            edge = tables.edge(data)
            if old is not None and changed.isdisjoint(mentioned(edge)):
                continue
            at = moved(edge, entities)
            whole = at.id if at.source != at.target else _WITHIN + at.source
            dirty.wholes |= {whole, old} if old else {whole}
            if whole != old:
                new.append((whole, filing, local))
        tables.many("UPDATE edge SET whole = ? WHERE filing = ? AND local = ?", new)


def merge_again(tables: Tables, dirty: Dirty) -> None:
    """Make the dirty records of the graph, and note for each store what it has not been told."""
    ids = sorted({w.removeprefix(_WITHIN) for w in dirty.wholes})
    units: set[str] = set()
    loose: list[str] = []  # records whose times hang on no other
    entities = lru_cache(maxsize=1024)(lambda filing: _entities(tables, filing))
    for id_ in ids:
        before = tables.ask("SELECT unit, unit2, node FROM whole WHERE id = ?", id_)
        record = _merged(tables, id_, entities)
        if record is None:
            tables.run("DELETE FROM whole WHERE id = ?", id_)
            for *_, node in before:
                _untold(tables, "node" if node else "edge", [id_])
        else:
            row = (id_, isinstance(record, Node), *_units(record), _until(record), tables.pack(record))
            tables.run(
                "INSERT INTO whole VALUES (?, ?, ?, ?, ?, NULL, ?) ON CONFLICT(id) DO UPDATE SET node = excluded.node, "
                "unit = excluded.unit, unit2 = excluded.unit2, until = excluded.until, data = excluded.data",
                *row,
            )
            before.append((row[2], row[3], row[1]))
        touched = {unit for *some, _ in before for unit in some if unit}
        units |= touched
        if record is not None and not touched:
            loose.append(id_)
    units |= _ending(tables)
    for graph in _timed(tables, loose, units):
        _revise(tables, graph)
    _told_evidence(tables, dirty)


def whole_graph(tables: Tables) -> Graph:
    """The graph, with its times."""
    nodes: dict[str, Node] = {}
    edges: dict[str, Edge] = {}
    for graph in _timed(tables, None, tables.column("SELECT unit FROM whole UNION SELECT unit2 FROM whole") - {None}):
        nodes |= graph.nodes
        edges |= graph.edges
    return Graph(dict(sorted(nodes.items())), dict(sorted(edges.items())))


def records(tables: Tables, ids: Iterable[str]) -> Graph:
    """Some records of the graph, with their times; those that are not there are left out."""
    wanted = set(ids)
    units = tables.column(f"SELECT unit FROM whole WHERE id {IN}", listed(wanted))
    units |= tables.column(f"SELECT unit2 FROM whole WHERE id {IN}", listed(wanted))
    nodes: dict[str, Node] = {}
    edges: dict[str, Edge] = {}
    loose = tables.column(f"SELECT id FROM whole WHERE unit IS NULL AND unit2 IS NULL AND id {IN}", listed(wanted))
    for graph in _timed(tables, sorted(loose), units - {None}):
        nodes |= {id_: node for id_, node in graph.nodes.items() if id_ in wanted}
        edges |= {id_: edge for id_, edge in graph.edges.items() if id_ in wanted}
    return Graph(nodes, edges)


def day_of(tables: Tables) -> str:
    """The day up to which the filings tell: that of the latest."""
    return max((last_day(d) for d in tables.column("SELECT DISTINCT date FROM filing WHERE date <> ''")), default="")


# --- merging


def _entities(tables: Tables, filing: str) -> dict[str, str]:
    return dict(tables.ask("SELECT local, entity FROM node WHERE filing = ? AND entity <> local", filing))


def _merged(tables: Tables, id_: str, entities: Callable[[str], dict[str, str]]) -> Node | Edge | None:
    told = [(said, tables.node(data)) for said, data, _ in _told(tables, "node", "entity", id_)]
    if told:
        within = [tables.edge(data) for _, data, _ in _told(tables, "edge", "whole", _WITHIN + id_)]
        node = one_node(id_, told, [e for edge in within for e in edge.evidence])
        links = {(base_id(k.left), base_id(k.right), k.reason) for k in links_of(tables, id_)}
        told_apart = sorted(f"{left} = {right}: {reason}" for left, right, reason in links if left != right)
        merged = {"merged": tuple(told_apart)} if told_apart else {}
        return replace(node, properties={**node.properties, **merged})
    edges = [
        (said, moved(tables.edge(data), entities(filing))) for said, data, filing in _told(tables, "edge", "whole", id_)
    ]
    return one_edge(edges) if edges else None


def _told(tables: Tables, table: str, column: str, id_: str) -> Iterator[tuple[Said, int | bytes, str]]:
    sql = (
        f"SELECT date, corrects, data, filing FROM {table} JOIN filing ON filing.id = {table}.filing "
        f"WHERE {column} = ? ORDER BY {table}.filing, local"
    )
    for date, corrects, data, filing in tables.ask(sql, id_):
        yield Said(date, bool(corrects)), data, filing


# --- times


def _units(record: Node | Edge) -> tuple[str | None, str | None]:
    """What the times of a record hang together with: its agreement; two agreements; a holder's stakes in one issuer."""
    if isinstance(record, Node):
        return (record.id, None) if record.type == "Agreement" else (None, None)
    if record.type in _CHANGES:
        return record.source, record.target
    if record.type in _END_OF_DEAL:
        return getattr(record, _END_OF_DEAL[record.type]), None
    deal = record.properties.get("agreement")
    stake = f"{record.source}|{record.target}" if record.type == "HOLDS_STAKE_IN" else None
    return (deal if isinstance(deal, str) else None), stake


def _until(record: Node | Edge) -> str | None:
    """The last day of an ending, or "undated": it may come to pass when a later filing moves the day on."""
    if record.type == "Agreement":
        date = record.properties.get("termination_date")
        return last_day(str(date)) if date else None
    if record.type == "TERMINATES":
        return last_day(str(record.properties["date"])) if "date" in record.properties else "undated"
    return None


def _ending(tables: Tables) -> set[str]:
    """The units of endings that the ledger's latest day passed since it was looked at, or passed back."""
    day, before = day_of(tables), tables.one("SELECT value FROM meta WHERE name = 'day'") or ""
    if day == before:
        return set()
    tables.run("INSERT OR REPLACE INTO meta VALUES ('day', ?)", day)
    sql = "FROM whole WHERE until = 'undated' OR (until > ?1 AND until <= ?2)"
    span = sorted((day, before))
    return tables.column(f"SELECT unit {sql} UNION SELECT unit2 {sql}", *span) - {None}


def _timed(tables: Tables, loose: Sequence[str] | None, units: set[str]) -> Iterator[Graph]:
    """Records with their times, in portions: the loose ones (None: all of them), and all of these units."""
    day = day_of(tables)
    if loose is None:
        loose = sorted(tables.column("SELECT id FROM whole WHERE unit IS NULL AND unit2 IS NULL"))
    for start in range(0, len(loose), _AT_ONCE):
        rows = tables.ask(f"SELECT data FROM whole WHERE id {IN}", listed(loose[start : start + _AT_ONCE]))
        yield _with_times(tables, rows, day)
    left = set(units)
    while left:
        some, size = set[str](), 0
        while left and size < _AT_ONCE:
            more = _whole_unit(tables, {left.pop()})
            left -= more
            some |= more
            size += 10 * len(more)
        sql = f"SELECT data FROM whole WHERE unit {IN} UNION SELECT data FROM whole WHERE unit2 {IN}"
        yield _with_times(tables, tables.ask(sql, *[listed(some)] * 2), day)


def _whole_unit(tables: Tables, units: set[str]) -> set[str]:
    """The units that times hang together in: a chain of amendments, the stakes that one agreement brought."""
    found, near = set(units), units
    while near:
        sql = f"SELECT unit FROM whole WHERE unit2 {IN} UNION SELECT unit2 FROM whole WHERE unit {IN}"
        near = tables.column(sql, *[listed(near)] * 2) - found - {None}
        found |= near
    return found


def _with_times(tables: Tables, rows: Iterable[tuple[int | bytes]], day: str) -> Graph:
    nodes: dict[str, Node] = {}
    edges: dict[str, Edge] = {}
    for (data,) in rows:
        record = tables.record(data)
        if isinstance(record, Node):
            nodes[record.id] = record
        else:
            edges[record.id] = record
    records: list[Node | Edge] = [*nodes.values(), *edges.values()]
    filings = {e.filing for record in records for e in record.evidence}
    dates = tables.ask(f"SELECT id, date FROM filing WHERE date <> '' AND id {IN}", listed(filings))
    known = {id_: Node(id_, "Filing", id_, (), {"filing_date": date}) for id_, date in dates if id_ not in nodes}
    graph = timed(Graph(nodes | known, edges), day or None)
    return Graph({id_: graph.nodes[id_] for id_ in nodes}, graph.edges)


# --- what stores have to be told


def _revise(tables: Tables, graph: Graph) -> None:
    known = dict(tables.ask(f"SELECT id, revision FROM whole WHERE id {IN}", listed((*graph.nodes, *graph.edges))))
    both: tuple[tuple[str, Mapping[str, Node | Edge]], ...] = (("node", graph.nodes), ("edge", graph.edges))
    for kind, found in both:
        new = {id_: digest(canonical(record.to_json())) for id_, record in found.items()}
        other = [id_ for id_, revision in new.items() if known[id_] != revision]
        tables.many("UPDATE whole SET revision = ? WHERE id = ?", [(new[id_], id_) for id_ in other])
        _untold(tables, kind, other)


def _told_evidence(tables: Tables, dirty: Dirty) -> None:
    there = tables.column(f"SELECT id FROM evidence WHERE id {IN}", listed(dirty.evidence))
    _untold(tables, "evidence", [id_ for id_, before in dirty.evidence.items() if before != (id_ in there)])


def _untold(tables: Tables, kind: str, ids: Iterable[str]) -> None:
    stores = tables.column("SELECT name FROM store")
    tables.many("INSERT OR IGNORE INTO untold VALUES (?, ?, ?)", [(s, kind, id_) for id_ in ids for s in stores])
