"""Where resolution works: what it has to look up, by key, in one SQLite file beside the ledger.

The ledger is the truth. All that is here follows from it and from the judgements, and can be made again. It is kept so
that a filing that is added or taken away costs what it touches and not what the ledger holds: `settle` joins again only
the atoms that share a key with those that changed, groups again only their agreements, merges only their records.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from biopact.graph.agreements import AgreementKey, agreement_groups, agreement_key
from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Edge, Graph, Node, canonical, digest, edge_id
from biopact.graph.resolution.atoms import ENTITIES, FORMER, ONE, Atom, atom_id
from biopact.graph.resolution.joining import Constraints, Joined, join, pair
from biopact.graph.resolution.merging import Said, moved, one_edge, one_node
from biopact.graph.resolution.model import Judged
from biopact.graph.resolution.tables import Records, connect, listed

Row = tuple[Any, ...]
Local = tuple[str, str]  # filing id, node id within the filing

_IN = "IN (SELECT value FROM json_each(?))"
_WITHIN = "in "  # before the entity that both ends of an edge became


class Workbench:
    """The facts of a ledger as resolution needs them, and the graph that follows. Changes are kept by `commit`."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the file; without a path all is in memory. `fresh` tells that the ledger has to be put in again."""
        self._db, self.fresh = connect(path)
        self._records = Records(in_memory=path is None)
        self._db.execute("BEGIN IMMEDIATE")
        self._atoms: set[str] = set()  # to be joined again
        self._filings: set[str] = set()  # whose agreements and edges are to be looked at again
        self._blocks: set[str] = set()  # whose agreements are to be grouped again
        self._wholes: set[str] = set()  # records of the graph to be merged again

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._db.close()  # what was not committed is undone

    def commit(self) -> None:
        """Keep what was done so far."""
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def _ask(self, sql: str, *parameters: Any) -> Iterator[Row]:
        return iter(self._db.execute(sql, parameters).fetchall())

    # --- what comes in

    def stamps(self) -> dict[str, str]:
        """The filings that are in, each with the stamp that it was put in under."""
        return dict(self._ask("SELECT id, stamp FROM filing"))

    def put(self, facts: FilingFacts, stamp: str = "") -> None:
        """Take in the facts of a filing, in place of what it said before."""
        self.remove(facts.filing)
        about = next((n.properties for n in facts.nodes if n.id == facts.filing), {})
        said = (str(about.get("filing_date", "")), int(str(about.get("form", "")).endswith("/A")))
        self._db.execute("INSERT INTO filing VALUES (?, ?, ?, ?)", (facts.filing, *said, stamp))
        judged = "SELECT a FROM pair WHERE filing = '' UNION SELECT b FROM pair WHERE filing = ''"
        singled_out = frozenset(a for (a,) in self._ask(judged))
        filer = min((e.source for e in facts.edges if e.type == "FILED"), default="")
        names = {n.id: n.name for n in facts.nodes}
        atoms: dict[str, str] = {}
        nodes: dict[str, Row] = {}
        for node in facts.nodes:
            atom = None
            if node.type in ENTITIES:
                atom = atoms[node.id] = atom_id(node.type, node.id, node.name, filer, facts.filing, singled_out)
            own = node.properties
            nodes[node.id] = (
                facts.filing, node.id, node.type, atom, json.dumps([node.name, *node.aliases]), own.get("cik"),
                own.get("lei"), None if atom or node.type == "Agreement" else node.id, self._records.pack(node),
            )  # fmt: skip
        edges: list[Row] = []
        pairs: set[Row] = set()
        for edge in facts.edges:
            if edge.type == "FORMERLY_NAMED" and not edge.target.endswith(FORMER):
                pairs.add(("formerly", *pair(atoms[edge.source], atoms[edge.target]), facts.filing))
                edge, old = _old_name(edge, names[edge.target])
                nodes[old.id] = (
                    facts.filing,
                    old.id,
                    old.type,
                    None,
                    None,
                    None,
                    None,
                    old.id,
                    self._records.pack(old),
                )
            elif (
                edge.source in atoms
                and edge.target in atoms
                and edge.source.partition("/")[0] == edge.target.partition("/")[0]
            ):
                pairs.add(("related", *pair(atoms[edge.source], atoms[edge.target]), facts.filing))
            edges.append((facts.filing, edge.id, None, self._records.pack(edge)))
        self._db.executemany("INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", nodes.values())
        self._db.executemany("INSERT INTO edge VALUES (?, ?, ?, ?)", edges)
        self._db.executemany("INSERT OR IGNORE INTO pair VALUES (?, ?, ?, ?)", sorted(pairs))
        self._db.executemany("INSERT INTO agreement VALUES (?, ?, ?)", _agreements(facts))
        self._atoms.update(atoms.values())
        self._filings.add(facts.filing)
        self._wholes.update(id_ for id_, row in nodes.items() if row[7] == id_)

    def remove(self, filing: str) -> None:
        """Take away what a filing said; nothing happens if it is not in."""
        self._atoms.update(a for (a,) in self._ask("SELECT atom FROM node WHERE filing = ? AND atom NOT NULL", filing))
        for kind in ("a", "b"):
            self._atoms.update(a for (a,) in self._ask(f"SELECT {kind} FROM pair WHERE filing = ?", filing))
        self._wholes.update(
            w for (w,) in self._ask("SELECT entity FROM node WHERE filing = ? AND entity NOT NULL", filing)
        )
        self._wholes.update(
            w for (w,) in self._ask("SELECT whole FROM edge WHERE filing = ? AND whole NOT NULL", filing)
        )
        self._blocks.update(b for (b,) in self._ask("SELECT block FROM block WHERE filing = ?", filing))
        for table in ("node", "edge", "pair", "agreement", "block"):
            self._db.execute(f"DELETE FROM {table} WHERE filing = ?", (filing,))
        self._db.execute("DELETE FROM filing WHERE id = ?", (filing,))
        self._filings.discard(filing)

    def judge(self, judgements: Iterable[Judged]) -> list[str]:
        """Let exactly these judgements stand; returns the filings that have to be put in again.

        Those are the filings of which one mention is singled out, or no longer is.
        """
        wanted = {(j.verdict, *pair(j.left, j.right)) for j in judgements if j.verdict in ("same", "different")}
        known = set(self._ask("SELECT kind, a, b FROM pair WHERE filing = ''"))
        again: set[str] = set()
        for kind, a, b in wanted ^ known:
            sql = (
                "INSERT INTO pair VALUES (?, ?, ?, '')"
                if (kind, a, b) in wanted
                else "DELETE FROM pair WHERE kind = ? AND a = ? AND b = ? AND filing = ''"
            )
            self._db.execute(sql, (kind, a, b))
            self._atoms |= {a, b}
            again |= {handle.partition(ONE)[2] for handle in (a, b) if ONE in handle}
        return sorted(f for f in again if next(self._ask("SELECT 1 FROM filing WHERE id = ?", f), None))

    # --- what follows

    def settle(self) -> None:
        """Bring the graph up to date with what came in."""
        self._changed: dict[str, set[str]] = defaultdict(set)  # filing -> its nodes whose entity is another now
        self._renames.cache_clear()
        if self._atoms:
            self._joined_again()
        self._grouped_again()
        self._renames.cache_clear()
        self._moved_again()
        self._merged_again()
        self._atoms, self._filings, self._blocks, self._wholes = set(), set(), set(), set()

    def _joined_again(self) -> None:
        joined = self._join(self._touched(self._atoms))
        rows = self._ask(f"SELECT filing, local, atom, entity FROM node WHERE atom {_IN}", listed(joined.ids))
        self._rename((filing, local, joined.ids[atom], old) for filing, local, atom, old in rows)

    def _rename(self, rows: Iterable[tuple[str, str, str, str | None]]) -> None:
        """Give nodes their entities: filing, node, entity, and the entity so far."""
        new = [(entity, filing, local, old) for filing, local, entity, old in rows if entity != old]
        self._db.executemany("UPDATE node SET entity = ? WHERE filing = ? AND local = ?", (r[:3] for r in new))
        for entity, filing, local, old in new:
            self._changed[filing].add(local)
            self._wholes |= {entity, old} if old else {entity}

    def _touched(self, changed: set[str]) -> set[str]:
        """The atoms whose entity can be another one now: all that a chain of shared keys leads to."""
        keys = {k for (k,) in self._ask(f"SELECT DISTINCT key FROM key WHERE atom {_IN}", listed(changed))}
        self._db.execute(f"DELETE FROM key WHERE atom {_IN}", (listed(changed),))
        fresh = self._atoms_of(changed)
        self._db.executemany("INSERT INTO key VALUES (?, ?)", [(k, a.id) for a in fresh for k in a.shared()])
        keys.update(k for a in fresh for k in a.shared())
        found, seen = set(changed), set[str]()
        while keys:
            seen |= keys
            more = {a for (a,) in self._ask(f"SELECT DISTINCT atom FROM key WHERE key {_IN}", listed(keys))} - found
            near = more if seen != keys else more | found
            for one, other in (("a", "b"), ("b", "a")):
                sql = f"SELECT DISTINCT {other} FROM pair WHERE kind IN ('same', 'formerly') AND {one} {_IN}"
                more |= {a for (a,) in self._ask(sql, listed(near))} - found
            found |= more
            keys = {k for (k,) in self._ask(f"SELECT DISTINCT key FROM key WHERE atom {_IN}", listed(more))} - seen
        return found

    def _atoms_of(self, ids: Iterable[str]) -> list[Atom]:
        found: dict[str, Atom] = {}
        sql = f"SELECT atom, type, names, cik, lei, count(*) FROM node WHERE atom {_IN} GROUP BY 1, 2, 3, 4, 5"
        for id_, type_, names, cik, lei, count in self._ask(sql, listed(ids)):
            atom = found.setdefault(id_, Atom(id_, type_))
            name, *aliases = json.loads(names)
            atom.names[name] += count
            atom.aliases.update(aliases)
            atom.ciks.update([cik] if cik else [])
            atom.leis.update([lei] if lei else [])
        return list(found.values())

    def _join(self, ids: Iterable[str]) -> Joined:
        atoms = self._atoms_of(ids)
        pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for kind, a, b in self._ask(f"SELECT DISTINCT kind, a, b FROM pair WHERE a {_IN}", listed(a.id for a in atoms)):
            pairs[kind].add((a, b))
        return join(atoms, Constraints(**{kind: frozenset(found) for kind, found in pairs.items()}))

    def joined(self) -> Joined:
        """Every atom with its entity, every link with its reason, every refusal."""
        return self._join([a for (a,) in self._ask("SELECT DISTINCT atom FROM node WHERE atom NOT NULL")])

    # --- agreements

    def _grouped_again(self) -> None:
        """Put agreements of new parties into their blocks, and group again every block that this touches."""
        for filing in sorted(self._filings | self._changed.keys()):
            self._blocks.update(b for (b,) in self._ask("SELECT block FROM block WHERE filing = ?", filing))
            self._db.execute("DELETE FROM block WHERE filing = ?", (filing,))
            new = [
                (block, filing, local) for local, key in self._keys_of(filing).items() for block in _blocks(local, key)
            ]
            self._db.executemany("INSERT OR IGNORE INTO block VALUES (?, ?, ?)", new)
            self._blocks.update(block for block, _, _ in new)
        self._keys_of.cache_clear()
        together: set[Local] = set()
        seen: set[str] = set()
        blocks = self._blocks
        while blocks:
            seen |= blocks
            more = set(self._ask(f"SELECT filing, local FROM block WHERE block {_IN}", listed(blocks))) - together
            together |= more
            by_filing: dict[str, list[str]] = defaultdict(list)
            for filing, local in more:
                by_filing[filing].append(local)
            blocks = {
                b
                for filing, locals_ in by_filing.items()
                for (b,) in self._ask(
                    f"SELECT block FROM block WHERE filing = ? AND local {_IN}", filing, listed(locals_)
                )
            } - seen
        keyed = {at: self._keys_of(at[0])[at[1]] for at in sorted(together)}
        self._keys_of.cache_clear()
        groups = agreement_groups(keyed)
        filings = listed({filing for filing, _ in groups})
        rows = self._ask(f"SELECT filing, local, entity FROM node WHERE type = 'Agreement' AND filing {_IN}", filings)
        self._rename((f, local, groups[f, local], old) for f, local, old in rows if (f, local) in groups)

    @lru_cache(maxsize=4096)  # noqa: B019 - the cache goes with the workbench
    def _keys_of(self, filing: str) -> dict[str, AgreementKey]:
        """The keys of a filing's agreements, parties and subjects by the ids of their entities."""
        renamed = self._renames(filing)
        found = {}
        for local, key in self._ask("SELECT local, key FROM agreement WHERE filing = ?", filing):
            parties, subjects, properties, name = json.loads(key)
            node = Node(
                local, "Agreement", name, (), {k: tuple(v) if isinstance(v, list) else v for k, v in properties.items()}
            )
            found[local] = agreement_key(
                node, {renamed.get(p, p) for p in parties}, {renamed.get(s, s) for s in subjects}
            )
        return found

    @lru_cache(maxsize=4096)  # noqa: B019 - the cache goes with the workbench
    def _renames(self, filing: str) -> dict[str, str]:
        return dict(self._ask("SELECT local, entity FROM node WHERE filing = ? AND entity <> local", filing))

    # --- records

    def _moved_again(self) -> None:
        """Find the place of each edge whose ends, agreement or subjects are other entities now."""
        for filing in sorted(self._filings | self._changed.keys()):
            renamed, changed = self._renames(filing), self._changed.get(filing, set())
            new = []
            for local, old, data in self._ask("SELECT local, whole, data FROM edge WHERE filing = ?", filing):
                edge = self._records.edge(data)
                if old is not None and changed.isdisjoint(_mentioned(edge)):
                    continue
                at = moved(edge, renamed)
                whole = at.id if at.source != at.target else _WITHIN + at.source
                self._wholes |= {whole, old} if old else {whole}
                if whole != old:
                    new.append((whole, filing, local))
            self._db.executemany("UPDATE edge SET whole = ? WHERE filing = ? AND local = ?", new)

    def _merged_again(self) -> None:
        """Make the records of the graph that others changed, and note for each store what it has not been told."""
        ids = {w.removeprefix(_WITHIN) for w in self._wholes}
        stores = [s for (s,) in self._ask("SELECT name FROM store")]
        for id_ in sorted(ids):
            record = self._merged(id_)
            known = next(self._ask("SELECT revision FROM whole WHERE id = ?", id_), None)
            revision = digest(canonical(record.to_json())) if record else None
            if record is None:
                self._db.execute("DELETE FROM whole WHERE id = ?", (id_,))
            elif known != (revision,):
                row = (id_, isinstance(record, Node), revision, self._records.pack(record))
                self._db.execute("INSERT OR REPLACE INTO whole VALUES (?, ?, ?, ?)", row)
            if known != ((revision,) if record else None):
                self._db.executemany("INSERT OR IGNORE INTO untold VALUES (?, ?)", [(s, id_) for s in stores])

    def _merged(self, id_: str) -> Node | Edge | None:
        told = [(said, self._records.node(data)) for said, data, _ in self._told("node", "entity", id_)]
        if told:
            within = [self._records.edge(data) for _, data, _ in self._told("edge", "whole", _WITHIN + id_)]
            return one_node(id_, told, [e for edge in within for e in edge.evidence])
        edges = [
            (said, moved(self._records.edge(data), self._renames(filing)))
            for said, data, filing in self._told("edge", "whole", id_)
        ]
        return one_edge(edges) if edges else None

    def _told(self, table: str, column: str, id_: str) -> Iterator[tuple[Said, int | bytes, str]]:
        sql = (
            f"SELECT date, corrects, data, {table}.filing FROM {table} JOIN filing ON filing.id = {table}.filing "
            f"WHERE {column} = ? ORDER BY {table}.filing, local"
        )
        for date, corrects, data, filing in self._ask(sql, id_):
            yield Said(date, bool(corrects)), data, filing

    # --- what goes out

    def graph(self) -> Graph:
        """The whole graph."""
        rows = self._db.execute("SELECT id, node, data FROM whole ORDER BY id")
        nodes: dict[str, Node] = {}
        edges: dict[str, Edge] = {}
        for id_, is_node, data in rows:
            if is_node:
                nodes[id_] = self._records.node(data)
            else:
                edges[id_] = self._records.edge(data)
        return Graph(nodes, edges)

    def redirects(self) -> dict[str, str]:
        """Where each id that filings' facts use for one entity, and the graph does not, leads to."""
        sql = (
            "SELECT local, min(entity) FROM node WHERE entity <> local GROUP BY local HAVING count(DISTINCT entity) = 1"
        )
        return dict(self._ask(sql))


def _old_name(edge: Edge, name: str) -> tuple[Edge, Node]:
    """The edge to a node that stands for the old name alone, since the organisation goes by its present one."""
    old = Node(edge.target + FORMER, "Company", name, (), {}, edge.evidence)
    return Edge(
        edge_id(edge.type, edge.source, old.id), edge.type, edge.source, old.id, edge.properties, edge.evidence
    ), old


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


def _blocks(local: str, key: AgreementKey) -> set[str]:
    """Agreements with no block in common are never one: those of two common parties share one, and those of one id."""
    pairs = {f"{a}|{b}" for a in key.parties for b in key.parties if a < b}
    return pairs | {f"{key.parties[0]}|"} if len(key.parties) == 1 else pairs | {local}


def _mentioned(edge: Edge) -> set[str]:
    """The ids that an edge names."""
    found = {edge.source, edge.target}
    for name in ("agreement", "asset", "subjects"):
        value = edge.properties.get(name, ())
        found.update([value] if isinstance(value, str) else value if isinstance(value, tuple) else ())
    return found
