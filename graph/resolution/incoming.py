"""Facts and judgements on their way into the workbench's tables; what they touch is noted as dirty."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from operator import attrgetter
from typing import Any

from biopact.graph.ledger import FilingFacts
from biopact.graph.names import key, readable_id
from biopact.graph.records import Edge, Evidence, Node, edge_id
from biopact.graph.resolution.atoms import ENTITIES, FORMER, ONE, atom_id, marks_of
from biopact.graph.resolution.joining import pair
from biopact.graph.resolution.merging import rank
from biopact.graph.resolution.model import Judged
from biopact.graph.resolution.tables import Dirty, Tables, encoded, span

Row = tuple[Any, ...]

# As evidence itself sorts, within a filing; only faster.
_IN_ORDER = attrgetter("document", "exhibit", "start", "end", "quote", "rule", "extractor", "confidence")

_RENAMED = re.compile(
    r"\b(?:formerly|previously)\s+(?:known|named|called)|\bchanged\s+(?:its|our|the)\s+(?:\w+\s+)?name|\bf/?k/?a\b|"
    r"\brenamed\b|\bname\s+chang|\bwe\s+became\b",
    re.IGNORECASE,
)


def put(tables: Tables, dirty: Dirty, facts: FilingFacts, stamp: str) -> None:
    """Take in the facts of a filing, in place of what it said before."""
    remove(tables, dirty, facts.filing)
    about = next((n.properties for n in facts.nodes if n.id == facts.filing), {})
    said = (str(about.get("filing_date", "")), int(str(about.get("form", "")).endswith("/A")))
    judged = tables.column("SELECT a FROM pair WHERE filing = '' UNION SELECT b FROM pair WHERE filing = ''")
    filer = min((e.source for e in facts.edges if e.type == "FILED"), default="")
    nodes = {n.id: n for n in facts.nodes}
    atoms = {
        n.id: atom_id(n.type, n.id, n.name, filer, facts.filing, frozenset(judged))
        for n in facts.nodes
        if n.type in ENTITIES
    }
    edges: list[Edge] = []
    pairs = {("related", *ends, facts.filing) for ends in _namesakes(facts.nodes, atoms)}
    present = {e.source for e in facts.edges if e.type == "FORMERLY_NAMED"}
    for edge in facts.edges:
        ends = pair(atoms[edge.source], atoms[edge.target]) if {edge.source, edge.target} <= atoms.keys() else None
        if ends and edge.type == "FORMERLY_NAMED":
            if edge.target not in present and _renamed(edge):
                pairs.add(("formerly", *ends, facts.filing))
                edge, old = _old_name(edge, nodes[edge.target].name)
                nodes[old.id] = old
            else:
                pairs.add(("perhaps", *ends, facts.filing))
        elif ends and nodes[edge.source].type == nodes[edge.target].type:
            pairs.add(("related", *ends, facts.filing))
        edges.append(edge)
    records: list[Node | Edge] = [*nodes.values(), *edges]
    evidence = tuple(sorted({e for record in records for e in record.evidence}, key=_IN_ORDER))
    spans = {e: span(number, e) for number, e in enumerate(evidence)}
    tables.run("INSERT INTO filing VALUES (?, ?, ?, ?, ?)", facts.filing, *said, stamp, tables.pack_evidence(evidence))
    rows = [_node_row(facts.filing, said[0], node, atoms.get(id_), spans) for id_, node in nodes.items()]
    tables.many("INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    ends_of = ((e, _quoted(e, spans)) for e in edges)
    tables.many(
        "INSERT INTO edge VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?)",
        [(facts.filing, e.id, e.type, e.source, e.target, encoded(dict(e.properties)), *told) for e, told in ends_of],
    )
    tables.many("INSERT INTO pair VALUES (?, ?, ?, ?)", sorted(pairs))
    tables.many("INSERT INTO agreement VALUES (?, ?, ?)", _agreements(facts))
    dirty.evidence.setdefault(facts.filing, ())
    dirty.atoms.update(atoms.values())
    dirty.filings.add(facts.filing)
    dirty.wholes.update(id_ for id_, node in nodes.items() if id_ not in atoms and node.type != "Agreement")


def _node_row(filing: str, filed: str, node: Node, atom: str | None, spans: Mapping[Evidence, bytes]) -> Row:
    names = json.dumps([node.name, *node.aliases])
    own = encoded(dict(node.properties)) if node.properties else "{}"
    marks = "|".join(sorted(marks_of(node.properties, filed)))
    entity = None if atom or node.type == "Agreement" else node.id
    return filing, node.id, node.type, atom, names, own, marks, entity, *_quoted(node, spans)


def _quoted(record: Node | Edge, spans: Mapping[Evidence, bytes]) -> tuple[int, bytes]:
    """The rank of what a record is quoted from, and where."""
    return rank(record.evidence), b"".join(sorted({spans[e] for e in record.evidence}))


def remove(tables: Tables, dirty: Dirty, filing: str) -> None:
    """Take away what a filing said; nothing happens if it is not in."""
    if not tables.one("SELECT 1 FROM filing WHERE id = ?", filing):
        return
    dirty.atoms |= tables.column("SELECT atom FROM node WHERE filing = ? AND atom NOT NULL", filing)
    dirty.atoms |= tables.column(
        "SELECT a FROM pair WHERE filing = ?1 UNION SELECT b FROM pair WHERE filing = ?1", filing
    )
    dirty.wholes |= tables.column("SELECT entity FROM node WHERE filing = ? AND entity NOT NULL", filing)
    dirty.wholes |= tables.column("SELECT whole FROM edge WHERE filing = ? AND whole NOT NULL", filing)
    dirty.blocks |= tables.column("SELECT block FROM block WHERE filing = ?", filing)
    if known := tables.evidence(filing):
        dirty.evidence.setdefault(filing, known)
    for table in ("node", "edge", "pair", "agreement", "block"):
        tables.run(f"DELETE FROM {table} WHERE filing = ?", filing)
    tables.run("DELETE FROM filing WHERE id = ?", filing)
    dirty.filings.discard(filing)


def judge(tables: Tables, dirty: Dirty, judgements: Iterable[Judged]) -> list[str]:
    """Let exactly these judgements stand; returns the filings whose facts have to be put in again.

    Those are the filings of which one mention is singled out, or no longer is.
    """
    wanted = {(str(j.verdict), *pair(j.left, j.right)) for j in judgements if j.verdict in ("same", "different")}
    known = set(tables.ask("SELECT kind, a, b FROM pair WHERE filing = ''"))
    tables.many("INSERT INTO pair VALUES (?, ?, ?, '')", sorted(wanted - known))
    tables.many("DELETE FROM pair WHERE kind = ? AND a = ? AND b = ? AND filing = ''", sorted(known - wanted))
    handles = {handle for _, *ends in wanted ^ known for handle in ends}
    dirty.atoms |= handles
    filings = {handle.partition(ONE)[2] for handle in handles if ONE in handle}
    return sorted(f for f in filings if tables.one("SELECT 1 FROM filing WHERE id = ?", f))


def _renamed(edge: Edge) -> bool:
    """Whether words or a registry say that one organisation changed its name.

    "Alnora (formerly Brevin)" alone is also written of a company that took over another.
    """
    return any(e.exhibit == "SEC-HEADER" or _RENAMED.search(e.quote) for e in edge.evidence)


def _namesakes(nodes: Iterable[Node], atoms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs that a filing tells apart by no more than their legal forms, as lists of subsidiaries do."""
    alike: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.type == "Company":
            alike[key(node.type, node.name)].append(node)
    for same in (some for some in alike.values() if len(some) > 1):
        exact = {n.id for n in same if n.id != readable_id(n.type, n.name) and "cik" not in n.properties}
        for one, other in combinations(sorted(same, key=lambda n: n.id), 2):
            if exact & {one.id, other.id}:
                yield pair(atoms[one.id], atoms[other.id])


def _old_name(edge: Edge, name: str) -> tuple[Edge, Node]:
    """The edge to a node that stands for the old name alone, since the organisation goes by its present one."""
    old = Node(edge.target + FORMER, "Company", name, (), {}, edge.evidence)
    id_ = edge_id(edge.type, edge.source, old.id)
    return Edge(id_, edge.type, edge.source, old.id, edge.properties, edge.evidence), old


def _agreements(facts: FilingFacts) -> Iterator[Row]:
    """What tells a filing's agreements apart: parties, subjects, properties and name, by the filing's own ids."""
    parties: dict[str, set[str]] = defaultdict(set)
    subjects: dict[str, set[str]] = defaultdict(set)
    for edge in facts.edges:
        if edge.type == "PARTY_TO":
            parties[edge.target].add(edge.source)
        elif edge.type == "COVERS":
            subjects[edge.source].add(edge.target)
    for node in facts.nodes:
        if node.type == "Agreement":
            told = (sorted(parties[node.id]), sorted(subjects[node.id]), dict(node.properties), node.name)
            yield facts.filing, node.id, json.dumps(told)
