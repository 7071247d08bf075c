"""Which agreements are to be grouped again: those that share two parties with one that changed."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache

from biopact.graph.agreements import AgreementKey, agreement_groups, agreement_key
from biopact.graph.records import Node
from biopact.graph.resolution.entities import rename
from biopact.graph.resolution.tables import IN, Dirty, Tables, listed

Local = tuple[str, str]  # filing id, node id within the filing


def group_again(tables: Tables, dirty: Dirty) -> None:
    """Put agreements whose parties are others now into new blocks, and group every block that this touches."""

    @cache
    def keys(filing: str) -> dict[str, AgreementKey]:
        return _keys(tables, filing)

    for filing in sorted(dirty.filings | dirty.changed.keys()):
        dirty.blocks |= tables.column("SELECT block FROM block WHERE filing = ?", filing)
        tables.run("DELETE FROM block WHERE filing = ?", filing)
        new = [(block, filing, local) for local, key in keys(filing).items() for block in _blocks(local, key)]
        tables.many("INSERT INTO block VALUES (?, ?, ?)", new)
        dirty.blocks.update(block for block, _, _ in new)
    together = _together(tables, dirty.blocks)
    groups = agreement_groups({(filing, local): keys(filing)[local] for filing, local in together})
    filings = listed({filing for filing, _ in groups})
    rows = tables.ask(f"SELECT filing, local, entity FROM node WHERE type = 'Agreement' AND filing {IN}", filings)
    rename(tables, dirty, ((f, local, groups[f, local], old) for f, local, old in rows if (f, local) in groups))


def _together(tables: Tables, blocks: set[str]) -> set[Local]:
    """The agreements in these blocks, and all that a chain of shared blocks leads to."""
    found: set[Local] = set()
    seen: set[str] = set()
    while blocks:
        seen |= blocks
        more = set(tables.ask(f"SELECT filing, local FROM block WHERE block {IN}", listed(blocks))) - found
        found |= more
        by_filing: dict[str, list[str]] = defaultdict(list)
        for filing, local in more:
            by_filing[filing].append(local)
        blocks = set()
        for filing, locals_ in by_filing.items():
            sql = f"SELECT block FROM block WHERE filing = ? AND local {IN}"
            blocks |= tables.column(sql, filing, listed(locals_)) - seen
    return found


def _keys(tables: Tables, filing: str) -> dict[str, AgreementKey]:
    """The keys of a filing's agreements, parties and subjects by the ids of their entities."""
    entities = dict(tables.ask("SELECT local, entity FROM node WHERE filing = ? AND atom NOT NULL", filing))
    found = {}
    for local, key in tables.ask("SELECT local, key FROM agreement WHERE filing = ?", filing):
        parties, subjects, properties, name = json.loads(key)
        own = {k: tuple(v) if isinstance(v, list) else v for k, v in properties.items()}
        node = Node(local, "Agreement", name, (), own)
        found[local] = agreement_key(node, {entities[p] for p in parties}, {entities[s] for s in subjects})
    return found


def _blocks(local: str, key: AgreementKey) -> set[str]:
    """Agreements with no block in common are never one: those of two common parties share one, and those of one id."""
    if len(key.parties) == 1:
        return {f"{key.parties[0]}|", local}
    return {f"{a}|{b}" for a in key.parties for b in key.parties if a < b} | {local}
