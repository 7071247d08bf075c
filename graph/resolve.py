"""From the facts of many filings to one graph: who is who, and which agreements are one.

A pure function of the ledger: the same facts give the same graph in whatever order they come. Companies are one by CIK,
by the same name, or where a short name is defined for exactly one of them; compounds by any name stated as theirs.
Nothing is merged on likeness alone, and two different CIKs are never merged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from biopact.graph.agreements import agreement_groups, agreement_key
from biopact.graph.ledger import FilingFacts
from biopact.graph.names import company_key, key, readable_id
from biopact.graph.records import Edge, Evidence, Graph, Node, Value, edge_id, told_apart

# A contract says best what was agreed, a press release next, a later summary last.
_RANKS = (("EX-10", 0), ("EX-2", 0), ("EX-4", 0), ("SEC-HEADER", 1), ("EX-99", 1), ("8-K", 2), ("6-K", 2))
_ENTITIES = ("Company", "Person", "Compound", "Technology", "Target", "Indication")

Local = tuple[str, str]  # filing id, node id within the filing


def resolve(facts: Iterable[FilingFacts]) -> Graph:
    """One graph of all filings' facts."""
    filings = sorted(facts, key=lambda f: f.filing)
    local = {(f.filing, n.id): n for f in filings for n in f.nodes}
    names = _entity_ids(local)
    agreements = _agreement_ids(filings, names)
    new = {**names, **agreements}

    def renamed(filing: str, id_: str) -> str:
        return new.get((filing, id_), id_)

    nodes: dict[str, list[Node]] = defaultdict(list)
    for (filing, id_), node in local.items():
        nodes[renamed(filing, id_)].append(node)
    edges: dict[str, list[Edge]] = defaultdict(list)
    for f in filings:
        for edge in f.edges:
            moved = _moved(edge, lambda id_, filing=f.filing: renamed(filing, id_))  # type: ignore[misc]
            if moved.source != moved.target:
                edges[moved.id].append(moved)
    return Graph(
        {id_: _one_node(id_, same) for id_, same in sorted(nodes.items())},
        {id_: _one_edge(same) for id_, same in sorted(edges.items())},
    )


# --- entities


class _Groups:
    """Disjoint sets of local nodes, joined two at a time."""

    def __init__(self) -> None:
        self._parent: dict[Local, Local] = {}

    def root(self, node: Local) -> Local:
        parent = self._parent.setdefault(node, node)
        while parent != self._parent[parent]:
            parent = self._parent[parent]
        self._parent[node] = parent
        return parent

    def join(self, a: Local, b: Local) -> None:
        a, b = sorted((self.root(a), self.root(b)))
        self._parent[b] = a


def _entity_ids(local: Mapping[Local, Node]) -> dict[Local, str]:
    """The global id of every entity of every filing."""
    found: dict[Local, str] = {}
    for type_ in _ENTITIES:
        members = {at: node for at, node in sorted(local.items()) if node.type == type_}
        groups = _Groups()
        for same in _alike(type_, members):
            for other in same[1:]:
                groups.join(same[0], other)
        sets: dict[Local, list[Local]] = defaultdict(list)
        for at in members:
            sets[groups.root(at)].append(at)
        for together in sets.values():
            id_ = _entity_id(type_, [members[at] for at in together])
            found |= dict.fromkeys(together, id_)
    return found


def _alike(type_: str, members: Mapping[Local, Node]) -> Iterator[list[Local]]:
    """Sets of local nodes that are one, each for one reason."""
    by_cik: dict[str, list[Local]] = defaultdict(list)
    by_name: dict[str, list[Local]] = defaultdict(list)
    for at, node in members.items():
        cik = node.properties.get("cik")
        if isinstance(cik, str):
            by_cik[cik].append(at)
        for name in (node.name, *node.aliases) if type_ == "Compound" else (node.name,):
            by_name[key(type_, name)].append(at)
    yield from by_cik.values()
    ciks_of = {
        name: {c for at in same if isinstance(c := members[at].properties.get("cik"), str)}
        for name, same in by_name.items()
    }
    for name, same in by_name.items():
        if len(ciks_of[name]) <= 1:
            yield same
        else:  # namesakes: only those without a CIK of their own stay together
            yield [at for at in same if "cik" not in members[at].properties] or same[:1]
    if type_ == "Company":
        yield from _by_short_name(members, by_name, ciks_of)


def _by_short_name(
    members: Mapping[Local, Node], by_name: Mapping[str, list[Local]], ciks_of: Mapping[str, set[str]]
) -> Iterator[list[Local]]:
    """A filing that says only "Alnora" means Alnora Pharmaceuticals, Inc. if others define it for that one alone."""
    defined: dict[str, set[str]] = defaultdict(set)
    for node in members.values():
        full = company_key(node.name)
        for alias in node.aliases:
            short = company_key(alias)
            if short != full and full.startswith(short + " "):
                defined[short].add(full)
    for short, fulls in sorted(defined.items()):
        if len(fulls) == 1 and short in by_name:
            (full,) = fulls
            if len(ciks_of[short] | ciks_of[full]) <= 1:
                yield [by_name[short][0], by_name[full][0]]


def _entity_id(type_: str, nodes: Sequence[Node]) -> str:
    ciks = sorted({c for n in nodes if isinstance(c := n.properties.get("cik"), str)})
    return f"{type_.lower()}/cik-{ciks[0]}" if ciks else readable_id(type_, _best_name(nodes))


def _best_name(nodes: Sequence[Node]) -> str:
    """The name most filings give; among equals one in ordinary capitals, the fuller, the first in the alphabet."""
    counts = Counter(n.name for n in nodes)
    fullest = max(len(company_key(n)) for n in counts)
    return min(counts, key=lambda n: (len(company_key(n)) < fullest, n.isupper(), -counts[n], -len(n), n))


# --- agreements


def _agreement_ids(filings: Sequence[FilingFacts], names: Mapping[Local, str]) -> dict[Local, str]:
    """The global id of every agreement of every filing."""
    keyed = {}
    for f in filings:
        parties: dict[str, set[str]] = defaultdict(set)
        subjects: dict[str, set[str]] = defaultdict(set)
        for edge in f.edges:
            if edge.type == "PARTY_TO":
                parties[edge.target].add(names.get((f.filing, edge.source), edge.source))
            elif edge.type == "COVERS":
                subjects[edge.source].add(names.get((f.filing, edge.target), edge.target))
        for node in f.nodes:
            if node.type == "Agreement":
                keyed[(f.filing, node.id)] = agreement_key(node, parties[node.id], subjects[node.id])
    return agreement_groups(keyed)


# --- merging records


def _moved(edge: Edge, renamed: Callable[[str], str]) -> Edge:
    """The edge between global ids, with the id that these ends give it."""
    source, target = renamed(edge.source), renamed(edge.target)
    properties: dict[str, Value] = dict(edge.properties)
    for name in ("agreement", "asset"):
        value = properties.get(name)
        if isinstance(value, str):
            properties[name] = renamed(value)
    subjects = properties.get("subjects")
    if isinstance(subjects, tuple):
        properties["subjects"] = tuple(sorted({renamed(s) for s in subjects}))
    if edge.type == "COLLABORATES_WITH" and source > target:
        source, target = target, source
    id_ = edge_id(edge.type, source, target, *told_apart(edge.type, properties))
    return Edge(id_, edge.type, source, target, properties, edge.evidence)


def _one_node(id_: str, same: list[Node]) -> Node:
    if len(same) == 1:
        return replace(same[0], id=id_)
    ordered = sorted(same, key=lambda n: (_rank(n.evidence), n.name))
    name = ordered[0].name if same[0].type in ("Agreement", "Filing", "Document") else _best_name(same)
    aliases = {a for n in same for a in (n.name, *n.aliases)} - {name}
    properties, conflicts = _merged(ordered)
    if conflicts and same[0].type == "Agreement":
        properties["conflicts"] = tuple(conflicts)
    evidence = tuple(sorted({e for n in same for e in n.evidence}))
    return Node(id_, same[0].type, name, tuple(sorted(aliases)), dict(sorted(properties.items())), evidence)


def _one_edge(same: list[Edge]) -> Edge:
    if len(same) == 1:
        return same[0]
    ordered = sorted(same, key=lambda e: (_rank(e.evidence), sorted(map(str, e.properties.items()))))
    properties, _ = _merged(ordered)
    evidence = tuple(sorted({e for edge in same for e in edge.evidence}))
    return replace(same[0], properties=dict(sorted(properties.items())), evidence=evidence)


def _merged(ordered: Sequence[Node | Edge]) -> tuple[dict[str, Value], list[str]]:
    """Properties of the same thing told several times: the best source's value, lists joined; names that differ."""
    merged: dict[str, Value] = {}
    conflicts: set[str] = set()
    for record in ordered:
        for name, value in record.properties.items():
            known = merged.setdefault(name, value)
            if isinstance(known, tuple) and isinstance(value, tuple):
                merged[name] = tuple(sorted({*known, *value}))
            elif known != value:
                if name.endswith("date") and str(value).startswith(str(known)):
                    merged[name] = value  # the same date, told more precisely
                elif not (name.endswith("date") and str(known).startswith(str(value))):
                    conflicts.add(name)
    return merged, sorted(conflicts)


def _rank(evidence: Sequence[Evidence]) -> tuple[int, tuple[Evidence, ...]]:
    ranks = [next((r for prefix, r in _RANKS if e.exhibit.startswith(prefix)), 3) for e in evidence]
    return min(ranks, default=9), tuple(sorted(evidence))
