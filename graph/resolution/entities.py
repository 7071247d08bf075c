"""Which atoms are to be joined again, and what their entities are called then."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from biopact.graph.resolution.atoms import Atom, base_id
from biopact.graph.resolution.joining import Constraints, Joined, join, pair
from biopact.graph.resolution.model import Link
from biopact.graph.resolution.tables import IN, Dirty, Tables, listed


def join_again(tables: Tables, dirty: Dirty) -> None:
    """Give the nodes of dirty atoms, and of those whose outcome hangs on theirs, their entities."""
    if not dirty.atoms:
        return
    found = _joined(tables, _touched(tables, dirty.atoms))
    ids = found.ids
    sql = "SELECT filing, local, value, entity FROM json_each(?) JOIN node n ON n.atom = key WHERE entity IS NOT value"
    other = tables.ask(sql, json.dumps(ids))
    moved = {entity for _, _, entity, _ in other}
    tables.many(
        "UPDATE node SET entity = ?1 WHERE atom = ?2 AND entity IS NOT ?1",
        ((entity, atom) for atom, entity in ids.items() if entity in moved),
    )
    _renamed(dirty, other)
    links = {(ids[k.left], k.left, k.right, k.reason, k.strength) for k in found.links}
    atoms = listed({*ids, *dirty.atoms})
    known = set(tables.ask(f"SELECT entity, left, right, reason, strength FROM link WHERE left {IN}", atoms))
    tables.many(
        "DELETE FROM link WHERE entity = ? AND left = ? AND right = ? AND reason = ? AND strength = ?", known - links
    )
    tables.many("INSERT INTO link VALUES (?, ?, ?, ?, ?)", sorted(links - known))
    dirty.wholes.update(entity for entity, *_ in links ^ known)


def links_of(tables: Tables, entities: Iterable[str]) -> dict[str, list[Link]]:
    """Why the atoms of each of these entities are one, the strongest first."""
    found: dict[str, list[Link]] = defaultdict(list)
    sql = (
        f"SELECT entity, left, right, reason, strength FROM link WHERE entity {IN} ORDER BY strength DESC, left, right"
    )
    for entity, *link in tables.ask(sql, listed(entities)):
        found[entity].append(Link(*link))
    return found


def rename(tables: Tables, dirty: Dirty, rows: Iterable[tuple[str, str, str, str | None]]) -> None:
    """Give nodes other entities: filing, node, entity, and the entity so far."""
    new = [row for row in rows if row[2] != row[3]]
    sql = "UPDATE node SET entity = ? WHERE filing = ? AND local = ?"
    tables.many(sql, ((entity, filing, local) for filing, local, entity, _ in new))
    _renamed(dirty, new)


def _renamed(dirty: Dirty, rows: Iterable[tuple[str, str, str, str | None]]) -> None:
    for filing, local, entity, old in rows:
        dirty.changed[filing].add(local)
        dirty.wholes.add(entity)
        if old:
            dirty.wholes.add(old)


def joined(tables: Tables) -> Joined:
    """The outcome for all atoms, with every link and every refusal."""
    return _joined(tables, _atoms(tables, tables.column("SELECT DISTINCT atom FROM node WHERE atom NOT NULL")))


def _joined(tables: Tables, atoms: Sequence[Atom]) -> Joined:
    pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
    meant = defaultdict(list)  # a judgement names an id, and with it all atoms of that id
    for atom in atoms:
        for handle in {atom.id, base_id(atom.id)}:
            meant[handle].append(atom.id)
    for kind, a, b in tables.ask(f"SELECT DISTINCT kind, a, b FROM pair WHERE a {IN}", listed(meant)):
        pairs[kind].update(pair(left, right) for left in meant[a] for right in meant.get(b, ()) if left != right)
    return join(atoms, Constraints(**{kind: frozenset(found) for kind, found in pairs.items()}))


def _touched(tables: Tables, dirty: Iterable[str]) -> list[Atom]:
    """The dirty atoms and all that a chain of shared keys or of pairs leads to."""
    found = set(dirty)
    keys = tables.column(f"SELECT DISTINCT key FROM key WHERE atom {IN}", listed(found))
    tables.run(f"DELETE FROM key WHERE atom {IN}", listed(found))
    atoms = _atoms(tables, found)
    fresh = [(key, atom.id) for atom in atoms for key in atom.shared()]
    tables.many("INSERT INTO key VALUES (?, ?)", fresh)
    keys.update(key for key, _ in fresh)
    keys.update(f"id:{base_id(atom)}" for atom in dirty)
    seen: set[str] = set()
    near = set(found)
    while keys or near:
        handles = listed(near | {base_id(atom) for atom in near})
        for one, other in (("a", "b"), ("b", "a")):  # a judgement names an id, and with it all atoms of that id
            sql = f"SELECT DISTINCT {other} FROM pair WHERE kind IN ('same', 'formerly') AND {one} {IN}"
            keys |= {f"id:{base_id(handle)}" for handle in tables.column(sql, handles)} - seen
        seen |= keys
        near = tables.column(f"SELECT DISTINCT atom FROM key WHERE key {IN}", listed(keys)) - found
        found |= near
        keys = tables.column(f"SELECT DISTINCT key FROM key WHERE atom {IN}", listed(near)) - seen
    return atoms + _atoms(tables, found.difference(dirty))


def _atoms(tables: Tables, ids: Iterable[str]) -> list[Atom]:
    found: dict[str, Atom] = {}
    sql = f"SELECT atom, type, names, marks, count(*) FROM node WHERE atom {IN} GROUP BY 1, 2, 3, 4"
    for id_, type_, names, marks, count in tables.ask(sql, listed(ids)):
        atom = found.setdefault(id_, Atom(id_, type_))
        name, *aliases = json.loads(names)
        atom.names[name] += count
        atom.aliases.update(dict.fromkeys(aliases, count))
        atom.marks.update(marks.split("|") if marks else [])
    return list(found.values())
