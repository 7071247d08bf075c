"""From a graph to a picture of a part of it: which nodes are drawn, and where each stands.

Everything here is a pure function: the same graph gives the same picture, and nothing moves in the browser.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from math import sqrt
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from biopact.graph.records import Edge, Graph, Node

# Where a fact is said, and its single terms, are read beside the picture; they are not dots in it.
SAID = frozenset({"Filing", "Document", "Evidence", "Term"})

Place = tuple[int, int]
Points = NDArray[np.float64]

_EACH = 16_000.0  # square pixels that a picture has for each node
_ASPECT = 1.25  # its width over its height
_BESIDE = 180.0  # pixels from a node to one that is added beside it
_GAP = 50.0  # between parts of the picture that no edge joins
_PATHS = 50  # between two starts; of equally long ones there can be thousands


@dataclass(frozen=True, slots=True)
class Room:
    """What a node takes up round its place, in pixels: its dot and its label."""

    width: float
    above: float
    below: float


@dataclass(frozen=True, slots=True)
class Pool:
    """What there is to choose from: what passed the filters, and who stands near whom in it."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]  # sorted by id
    near: nx.Graph


@dataclass(frozen=True, slots=True)
class Selection:
    """The part of a graph that is drawn."""

    nodes: tuple[Node, ...]
    deals: tuple[Node, ...]  # agreements that join at least two of the nodes
    edges: tuple[Edge, ...]  # between the nodes, and between them and the deals
    of: int  # how many nodes there were to choose from
    near: nx.Graph  # who of the nodes stands near whom, also by what is not drawn

    @property
    def cut(self) -> bool:
        """Whether nodes were left out because of the limit."""
        return len(self.nodes) < self.of


def pool(
    graph: Graph,
    *,
    keep_node: Callable[[Node], bool] = lambda node: True,
    keep_edge: Callable[[Edge], bool] = lambda edge: True,
) -> Pool:
    """What may be drawn of a graph. An agreement stands between its parties and what it covers, and near none."""
    kept = {n.id: n for n in graph.nodes.values() if n.type not in SAID and keep_node(n)}
    edges = [e for e in graph.edges.values() if e.source in kept and e.target in kept and keep_edge(e)]
    near = joined([n for n in kept.values() if n.type != "Agreement"], edges)
    return Pool(kept, tuple(sorted(edges, key=lambda e: e.id)), near)


def select(
    of: Pool, *, focus: Sequence[str] = (), hops: int = 2, limit: int = 300, deals: int = 300, between: bool = False
) -> Selection:
    """What to draw: the focus and what lies within so many hops of it, or all that is connected without one.

    An agreement is not a hop: whoever is party to it is a neighbour of the others and of what it covers.
    Above the limit the nearest come first, and among those equally near the most connected. Of the `deals` among
    those that are drawn, the ones that join most come first. With `between`, only what lies on a shortest path from
    one of the focus to another, and they themselves.
    """
    starts = _starts(of, focus)
    if starts and between:
        candidates = _between(of.near, starts)
        distance = {n: int(n not in starts) for n in candidates}
    elif starts:
        distance = dict(nx.multi_source_dijkstra_path_length(of.near, set(starts), cutoff=hops))
        candidates = list(distance)
    else:
        candidates = [n for n in of.near if of.near.degree(n)] or list(of.near)
        distance = dict.fromkeys(candidates, 0)
    candidates.sort(key=lambda n: (distance[n], -of.near.degree(n), n))
    chosen = set(candidates[:limit])
    if len(chosen) < len(candidates):  # a node whose neighbours were all cut says nothing
        chosen = {n for n in chosen if n in starts or any(m in chosen for m in of.near[n])}
    joining = _deals(of, chosen, deals)
    drawn = chosen | joining
    return Selection(
        tuple(of.nodes[n] for n in sorted(chosen)),
        tuple(of.nodes[n] for n in sorted(joining)),
        tuple(e for e in of.edges if e.source in drawn and e.target in drawn),
        len(candidates),
        of.near.subgraph(chosen),
    )


def joined(nodes: Collection[Node], edges: Collection[Edge]) -> nx.Graph:
    """Who stands near whom: joined by an edge, or by an agreement that is not among the nodes itself."""
    near = nx.Graph()
    near.add_nodes_from(sorted(n.id for n in nodes))
    through: dict[str, set[str]] = defaultdict(set)
    pairs = set()
    for edge in edges:
        if edge.source in near and edge.target in near:
            pairs.add((edge.source, edge.target))
        elif edge.source in near:
            through[edge.target].add(edge.source)
        elif edge.target in near:
            through[edge.source].add(edge.target)
    for around in through.values():
        pairs.update(combinations(sorted(around), 2))
    near.add_edges_from(sorted((s, t) for s, t in pairs if s != t))
    return near


def places(
    room: Mapping[str, Room], near: nx.Graph, *, known: Mapping[str, Place] | None = None, seed: int = 1
) -> dict[str, Place]:
    """A place in pixels for every node in `near`, so that what belongs together stands together.

    Parts that nothing joins stand on shelves, the largest first. Nodes with a known place keep it, and new
    ones gather round their neighbours, so that expanding a picture moves nothing.
    """
    kept = {n: p for n, p in (known or {}).items() if n in near}
    if kept:
        return _around(near, room, kept)
    parts = sorted((sorted(part) for part in nx.connected_components(near)), key=lambda part: (-len(part), part))
    return _packed([_part(near, part, room, seed) for part in parts], room)


def _part(near: nx.Graph, order: Sequence[str], room: Mapping[str, Room], seed: int) -> dict[str, Points]:
    """One connected part, laid out by ForceAtlas2 and then pushed apart until no label covers another."""
    if len(order) == 1:
        return {order[0]: np.zeros(2)}
    ordered = nx.Graph()  # a subgraph view iterates in set order, which is not the same in every process
    ordered.add_nodes_from(order)
    ordered.add_edges_from(sorted(tuple(sorted(edge)) for edge in near.subgraph(order).edges))
    rounds = min(200, 30_000 // len(order))  # each is quadratic, so that 500 nodes take about a second
    rough = nx.forceatlas2_layout(ordered, max_iter=rounds, seed=seed)
    at = np.array([rough[n] for n in order], dtype=float)
    at -= at.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov(at.T))
    at = at @ axes[:, ::-1]  # screens are wider than high
    wide = sqrt(_EACH * len(order) * _ASPECT)
    extent = at.max(axis=0) - at.min(axis=0)
    thin = extent < 0.05 * extent.max()  # as of two nodes: a line is not pulled apart into a frame
    stretch = np.array([wide, wide / _ASPECT]) / np.where(thin, max(float(extent.max()), 1e-9), extent)
    even = float(np.sqrt(stretch.prod()))
    at *= np.clip(stretch, even / 1.6, even * 1.6)  # fill the frame, but bend the shape only so far
    return dict(zip(order, _apart(at, order, room, frozenset()), strict=True))


def _apart(
    at: Points, order: Sequence[str], room: Mapping[str, Room], fixed: frozenset[str], rounds: int = 100
) -> Points:
    """Push nodes that cover each other apart, along the axis where less is missing; fixed ones stay."""
    at = at.copy()
    rooms = [room[n] for n in order]
    width, height = (np.array(v) for v in zip(*((r.width, r.above + r.below) for r in rooms), strict=True))
    lower = np.array([(r.below - r.above) / 2 for r in rooms])  # from the place to the middle of its room
    need_x, need_y = ((v[:, None] + v[None, :]) / 2 for v in (width, height))
    free = np.array([0.0 if n in fixed else 1.0 for n in order])
    share = free[:, None] / np.maximum(free[:, None] + free[None, :], 1.0)
    tie = np.sign(np.arange(len(order))[:, None] - np.arange(len(order))[None, :])
    for _ in range(rounds):
        middle = at[:, 1] + lower
        dx, dy = at[:, None, 0] - at[None, :, 0], middle[:, None] - middle[None, :]
        miss_x, miss_y = need_x - np.abs(dx), need_y - np.abs(dy)
        overlap = (miss_x > 0) & (miss_y > 0)
        np.fill_diagonal(overlap, False)
        if not overlap.any():
            break
        sideways = overlap & (miss_x < miss_y)
        upright = overlap & ~sideways
        sign_x, sign_y = np.where(dx == 0, tie, np.sign(dx)), np.where(dy == 0, tie, np.sign(dy))
        at[:, 0] += 0.6 * (np.where(sideways, miss_x, 0) * sign_x * share).sum(axis=1)
        at[:, 1] += 0.6 * (np.where(upright, miss_y, 0) * sign_y * share).sum(axis=1)
    return at


def _around(near: nx.Graph, room: Mapping[str, Room], kept: Mapping[str, Place]) -> dict[str, Place]:
    """Places for new nodes beside neighbours that have one already; those without any go below."""
    at: dict[str, Points] = {n: np.array(p, dtype=float) for n, p in kept.items()}
    middle = np.mean(list(at.values()), axis=0)
    waiting = [n for n in near if n not in at]
    while ready := [n for n in waiting if any(m in at for m in near[n])]:
        turns: dict[str, int] = defaultdict(int)
        fresh: dict[str, Points] = {}
        for node in ready:
            anchors = [m for m in sorted(near[node]) if m in at]
            centre = np.mean([at[m] for m in anchors], axis=0)
            if len(anchors) == 1:  # outward, and like a fan where there are several
                turn, (out_x, out_y) = turns[anchors[0]], centre - middle
                turns[anchors[0]] += 1
                angle = np.arctan2(out_y, out_x) + 0.5 * ((turn + 1) // 2) * (-1) ** turn
                centre = centre + _BESIDE * np.array([np.cos(angle), np.sin(angle)])
            fresh[node] = centre
        at.update(fresh)
        waiting = [n for n in waiting if n not in at]
    floor = max(float(p[1]) for p in at.values()) + _BESIDE / 2
    for i, node in enumerate(waiting):
        at[node] = np.array([float(middle[0]) + _BESIDE * (i - len(waiting) / 2), floor])
    order = sorted(at)
    moved = _apart(np.array([at[n] for n in order]), order, room, frozenset(kept))
    return {n: kept.get(n) or _rounded(p) for n, p in zip(order, moved, strict=True)}


def _packed(parts: Sequence[Mapping[str, Points]], room: Mapping[str, Room]) -> dict[str, Place]:
    """Parts on shelves, a shelf about as wide as the whole picture will be."""
    boxes: list[tuple[Any, Any]] = []
    for part in parts:
        half = np.array([[room[n].width / 2, room[n].above] for n in part])
        beyond = np.array([[room[n].width / 2, room[n].below] for n in part])
        points = np.array(list(part.values()))
        low = (points - half).min(axis=0)
        boxes.append((low, (points + beyond).max(axis=0) - low))
    area = sum(float((size + _GAP).prod()) for _, size in boxes)
    row = max([1.4 * sqrt(area), *(float(size[0]) for _, size in boxes)])
    done: dict[str, Place] = {}
    x = y = shelf = 0.0
    for part, (low, size) in zip(parts, boxes, strict=True):
        if x and x + size[0] > row:
            x, y, shelf = 0.0, y + shelf + _GAP, 0.0
        done |= {node: _rounded(point - low + np.array([x, y])) for node, point in part.items()}
        x, shelf = x + float(size[0]) + _GAP, max(shelf, float(size[1]))
    return done


def _rounded(point: Points) -> Place:
    return round(float(point[0])), round(float(point[1]))


def _starts(of: Pool, focus: Sequence[str]) -> list[str]:
    """Where to start: an agreement means its parties and what it covers."""
    deals = {f for f in focus if f in of.nodes and f not in of.near}
    around = (n for e in of.edges if deals & {e.source, e.target} for n in (e.source, e.target)) if deals else ()
    return [n for n in dict.fromkeys((*focus, *around)) if n in of.near]


def _between(near: nx.Graph, starts: Sequence[str]) -> list[str]:
    """Whatever lies on a shortest path between two of the starts, with the starts."""
    found = set(starts)
    for one, other in combinations(starts, 2):
        if nx.has_path(near, one, other):
            for path in islice(nx.all_shortest_paths(near, one, other), _PATHS):
                found.update(path)
    return list(found)


def _deals(of: Pool, chosen: set[str], most: int) -> set[str]:
    """Agreements that join at least two of the chosen nodes; those that join most, where they are too many."""
    touched: dict[str, set[str]] = defaultdict(set)
    for edge in of.edges if most else ():
        for deal, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if of.nodes[deal].type == "Agreement" and other in chosen:
                touched[deal].add(other)
    joining = sorted((-len(others), deal) for deal, others in touched.items() if len(others) > 1)
    return {deal for _, deal in joining[:most]}
