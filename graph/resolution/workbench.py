"""Where resolution works: what it has to look up, by key, in one SQLite file beside the ledger.

The ledger is the truth. All that is here follows from it and from the judgements, and can be made again. It is kept so
that a filing that is added or taken away costs what it touches and not what the ledger holds: `settle` joins again only
the atoms that share a key with those that changed, groups again only their agreements, merges only their records.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Self

from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Graph
from biopact.graph.resolution import deals, entities, incoming, telling, wholes, words
from biopact.graph.resolution.joining import Joined
from biopact.graph.resolution.model import Doubt, Judged, Link, Resolution
from biopact.graph.resolution.tables import Dirty, Tables
from biopact.graph.store import Change, Store


class Workbench:
    """The facts of a ledger as resolution needs them, and the graph that follows."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the file, alone; without a path all is in memory. What is not committed is undone at the end."""
        self._tables = Tables(path)
        self._dirty = Dirty()

    @property
    def fresh(self) -> bool:
        """Whether nothing was kept, so that the whole ledger has to be put in."""
        return self._tables.fresh

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; what was not committed is undone."""
        self._tables.close()

    def commit(self) -> None:
        """Keep what was done so far."""
        self._tables.commit()

    def stamps(self) -> dict[str, str]:
        """The filings that are in, each with the stamp that it was put in under."""
        return dict(self._tables.ask("SELECT id, stamp FROM filing"))

    def put(self, facts: FilingFacts, stamp: str = "") -> None:
        """Take in the facts of a filing, in place of what it said before."""
        incoming.put(self._tables, self._dirty, facts, stamp)

    def remove(self, filing: str) -> None:
        """Take away what a filing said; nothing happens if it is not in."""
        incoming.remove(self._tables, self._dirty, filing)

    def judge(self, judgements: Iterable[Judged]) -> list[str]:
        """Let exactly these judgements stand; returns the filings whose facts have to be put in again."""
        return incoming.judge(self._tables, self._dirty, judgements)

    def settle(self) -> None:
        """Bring the graph up to date with what came in."""
        entities.join_again(self._tables, self._dirty)
        deals.group_again(self._tables, self._dirty)
        wholes.move_again(self._tables, self._dirty)
        wholes.merge_again(self._tables, self._dirty)
        self._dirty = Dirty()

    def graph(self) -> Graph:
        """The whole graph."""
        return wholes.whole_graph(self._tables)

    def tell(self, store: Store, *, all_of_it: bool = False) -> Change:
        """Bring a store up to date with what was settled, and commit."""
        return telling.tell(self._tables, store, all_of_it=all_of_it)

    def size(self) -> tuple[int, int]:
        """How many nodes and edges the graph has."""
        counts = dict(self._tables.ask("SELECT node, count(*) FROM whole GROUP BY node"))
        return counts.get(1, 0), counts.get(0, 0)

    def resolution(self, doubtful: Iterable[Doubt] = ()) -> Resolution:
        """The graph, and how it came about."""
        joined = self.joined()
        redirects = self.redirects() | {atom: id_ for atom, id_ in joined.ids.items() if atom != id_}
        return Resolution(self.graph(), redirects, tuple(joined.links), tuple(joined.refusals), tuple(doubtful))

    def why(self, entity: str) -> list[Link]:
        """Why the names of an entity are one, each reason with the words that tell it."""
        return [words.shown(self._tables, link) for link in entities.links_of(self._tables, [entity]).get(entity, ())]

    def joined(self) -> Joined:
        """Every atom with its entity, every link with its reason, every refusal."""
        return entities.joined(self._tables)

    def redirects(self) -> dict[str, str]:
        """Where each id that filings' facts use for one entity, and the graph does not, leads to."""
        sql = (
            "SELECT local, min(entity) FROM node WHERE entity <> local AND local NOT IN (SELECT id FROM whole) "
            "GROUP BY local HAVING count(DISTINCT entity) = 1"
        )
        return dict(self._tables.ask(sql))
