"""Records of the graph with their times, which hang on other records: those of an agreement, of what changes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from biopact.graph.records import Edge, Evidence, Graph, Node
from biopact.graph.resolution.tables import IN, Tables, listed
from biopact.graph.time import last_day, timed

_CHANGES = ("AMENDS", "TERMINATES", "SUPERSEDES", "EXERCISES")
_END_OF_DEAL = {"PARTY_TO": "target", "COVERS": "source", "HAS_TERM": "source"}
AT_ONCE = 2_000  # records


def day_of(tables: Tables) -> str:
    """The day up to which the filings tell: that of the latest."""
    return max((last_day(d) for d in tables.column("SELECT DISTINCT date FROM filing WHERE date <> ''")), default="")


def units_of(record: Node | Edge) -> tuple[str | None, str | None]:
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


def until(record: Node | Edge, graph: Graph) -> str | None:
    """The last day of an ending: it may come to pass when a later filing moves the day on."""
    if record.type == "Agreement":
        date = record.properties.get("termination_date")
    elif record.type == "TERMINATES" and isinstance(record, Edge):
        terminating = graph.nodes.get(record.source)
        begun = terminating.properties.get("valid_from") if terminating else None
        date = record.properties.get("date", begun)
    else:
        return None
    return last_day(str(date)) if date else None


def ended(tables: Tables) -> set[str]:
    """The units of endings that the ledger's latest day passed since it was looked at, or passed back."""
    day, before = day_of(tables), tables.one("SELECT value FROM meta WHERE name = 'day'") or ""
    if day == before:
        return set()
    tables.run("INSERT OR REPLACE INTO meta VALUES ('day', ?)", day)
    sql = "FROM whole WHERE until > ?1 AND until <= ?2"
    span = sorted((day, before))
    return tables.column(f"SELECT unit {sql} UNION SELECT unit2 {sql}", *span) - {None}


Filed = tuple[Node | Edge, str]  # a record without times and evidence, and the days that its times need


def read(tables: Tables, rows: Iterable[tuple[int | str, str]]) -> list[Filed]:
    """Rows of the columns data and filed of the table whole."""
    return [(tables.record(data), filed) for data, filed in rows]


def portions(tables: Tables) -> Iterator[Graph]:
    """The graph in portions, with its times."""
    loose = tables.ask("SELECT data, filed FROM whole WHERE unit IS NULL AND unit2 IS NULL")
    for start in range(0, len(loose), AT_ONCE):
        yield with_times(tables, read(tables, loose[start : start + AT_ONCE]))
    yield from of_units(tables, tables.column("SELECT unit FROM whole UNION SELECT unit2 FROM whole") - {None})


def of_units(tables: Tables, units: set[str]) -> Iterator[Graph]:
    """All records of these units, with their times, in portions."""
    left = set(units)
    while left:
        some = _whole_unit(tables, {left.pop() for _ in range(min(len(left), AT_ONCE // 10))})
        left -= some
        sql = f"SELECT data, filed FROM whole WHERE unit {IN} UNION ALL SELECT data, filed FROM whole WHERE unit2 {IN}"
        yield with_times(tables, read(tables, tables.ask(sql, *[listed(some)] * 2)))


def _whole_unit(tables: Tables, units: set[str]) -> set[str]:
    """The units that times hang together in: a chain of amendments, the stakes that one agreement brought."""
    found, near = set(units), units
    while near:
        sql = f"SELECT unit FROM whole WHERE unit2 {IN} UNION SELECT unit2 FROM whole WHERE unit {IN}"
        near = tables.column(sql, *[listed(near)] * 2) - found - {None}
        found |= near
    return found


def with_times(tables: Tables, known: Iterable[Filed]) -> Graph:
    """The records with their times; of their evidence only the days of its filings matter for that."""
    nodes: dict[str, Node] = {}
    edges: dict[str, Edge] = {}
    days: set[str] = set()
    untimed: dict[str, Node] = {}
    for record, filed in known:
        stated = tuple(map(_stated, filed.split()))
        days.update(filed.split())
        if isinstance(record, Edge):
            edges[record.id] = replace(record, evidence=stated)
        elif record.type == "Agreement":
            nodes[record.id] = replace(record, evidence=stated)
        else:
            untimed[record.id] = record
    filings = {day: Node(day, "Filing", day, (), {"filing_date": day}) for day in days}
    graph = timed(Graph(nodes | filings, edges), day_of(tables) or None)
    return Graph(
        untimed | {id_: replace(graph.nodes[id_], evidence=()) for id_ in nodes},
        {id_: replace(edge, evidence=()) if edge.evidence else edge for id_, edge in graph.edges.items()},
    )


@lru_cache(maxsize=1 << 14)
def _stated(day: str) -> Evidence:
    """Evidence as far as times ask: that of some filing of a day."""
    return Evidence(day, "", "", 0, 0, "", "", "", 0.0)
