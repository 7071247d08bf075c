"""Who deals with whom: whether the well connected deal with each other, and which kinds of companies do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations_with_replacement

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from biopact.graph.analytics.intervals import Estimate, Numbers, drawn, estimate


@dataclass(frozen=True, slots=True)
class Mixing:
    """Partners of one kind with partners of another."""

    kind: str
    other: str
    pairs: int
    expected: float  # pairs if kinds made no difference, everybody having as many partners as they have


@dataclass(frozen=True, slots=True)
class Assortativity:
    """From -1, only unlike deal with each other, over 0 to 1, only like do; None where all are alike anyway."""

    degree: Estimate | None  # correlation of the numbers of partners at both ends of a pair
    kind: Estimate | None  # the same for kinds of companies
    pairs: int
    mixing: tuple[Mixing, ...]  # the most pairs first


def assortativity(network: nx.Graph, *, seed: int = 1) -> Assortativity:
    """By number of partners and by kind, after M. E. J. Newman (doi:10.1103/PhysRevE.67.026126)."""
    if not network.number_of_edges():
        return Assortativity(None, None, 0, ())
    order = list(network)
    place = {id_: i for i, id_ in enumerate(order)}
    pairs = np.array([(place[a], place[b]) for a, b in network.edges])
    ends = np.concatenate([pairs, pairs[:, ::-1]])  # every pair from both sides
    kinds = [str(kind or "unknown") for _, kind in network.nodes(data="kind")]
    known = sorted(set(kinds))
    number = np.array([known.index(kind) for kind in kinds])
    partners = np.array([network.degree(id_) for id_ in order], dtype=float)
    again = drawn(len(order), seed=seed)
    weights = np.vstack([np.ones((1, len(ends)), dtype=np.int32), again[:, ends[:, 0]] * again[:, ends[:, 1]]])
    by_degree = np.array([_correlation(partners[ends], weight) for weight in weights])
    by_kind = np.array([_like_with_like(number[ends], len(known), weight) for weight in weights])
    mixing = _mixing(network, dict(zip(order, kinds, strict=True)))
    return Assortativity(_estimate(by_degree), _estimate(by_kind), len(pairs), mixing)


def _estimate(values: Numbers) -> Estimate | None:
    return None if np.isnan(values[0]) else estimate(float(values[0]), values[1:])


def _correlation(ends: Numbers, weight: NDArray[np.int32]) -> float:
    """Pearson's correlation of the two ends; nan where one of them is the same everywhere."""
    total = weight.sum()
    if not total:
        return float("nan")
    one, other = (ends - (weight @ ends) / total).T
    spread = np.sqrt((weight @ one**2) * (weight @ other**2))
    return float(weight @ (one * other) / spread) if spread > 1e-12 * total else float("nan")


def _like_with_like(ends: NDArray[np.int64], kinds: int, weight: NDArray[np.int32]) -> float:
    """Newman's coefficient for kinds; nan where there is only one."""
    total = weight.sum()
    if not total:
        return float("nan")
    table = np.bincount(ends[:, 0] * kinds + ends[:, 1], weight, kinds * kinds).reshape(kinds, kinds) / total
    expected = float(table.sum(axis=0) @ table.sum(axis=1))
    return float((table.trace() - expected) / (1.0 - expected)) if expected < 1.0 - 1e-12 else float("nan")


def _mixing(network: nx.Graph, kinds: dict[str, str]) -> tuple[Mixing, ...]:
    pairs = Counter(tuple(sorted((kinds[a], kinds[b]))) for a, b in network.edges)
    ends = Counter(kinds[end] for pair in network.edges for end in pair)
    every = sum(ends.values())
    rows = []
    for a, b in combinations_with_replacement(sorted(ends), 2):
        expected = ends[a] * ends[b] / every / (2 if a == b else 1)
        rows.append(Mixing(a, b, pairs[a, b], expected))
    return tuple(sorted(rows, key=lambda m: (-m.pairs, -m.expected, m.kind, m.other)))
