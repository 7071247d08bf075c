"""Who deals with whom: whether the well connected deal with each other, and which kinds of companies do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement

import networkx as nx
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from biopact.graph.analytics.intervals import Estimate, Numbers, drawn, estimate

_CELLS = 5_000_000  # of a dense matrix of rounds and pairs


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
    kinds = [str(kind or "unknown") for _, kind in network.nodes(data="kind")]
    known = sorted(set(kinds))
    number = np.array([known.index(kind) for kind in kinds])
    partners = np.array([network.degree(id_) for id_ in order], dtype=float)
    both = partners[pairs] - partners[pairs].mean()
    moments = np.column_stack([both.sum(axis=1), (both**2).sum(axis=1), both.prod(axis=1)])
    meeting = np.arange(len(pairs)), number[pairs] @ [len(known), 1]
    mixed = sp.csr_array((np.ones(len(pairs)), meeting), shape=(len(pairs), len(known) ** 2))
    by_degree, by_kind = [], []
    for weights in _weights(len(order), pairs, seed):
        by_degree.append(_correlations(weights @ moments, weights.sum(axis=1)))
        by_kind.append(_like_with_like((mixed.T @ weights.T).T, len(known)))
    mixing = _mixing(network, dict(zip(order, kinds, strict=True)))
    return Assortativity(_estimate(by_degree), _estimate(by_kind), len(pairs), mixing)


def _weights(companies: int, pairs: NDArray[np.int64], seed: int) -> Iterator[Numbers]:
    """How much each pair counts: once, and then, some rounds at a time, as often as its companies were drawn."""
    yield np.ones((1, len(pairs)))
    again = drawn(companies, seed=seed)
    for rounds in np.array_split(again, -(-len(again) * len(pairs) // _CELLS)):
        yield (rounds[:, pairs[:, 0]] * rounds[:, pairs[:, 1]]).astype(float)


def _estimate(values: list[Numbers]) -> Estimate | None:
    value, *again = np.concatenate(values)
    return None if np.isnan(value) else estimate(float(value), np.array(again))


def _correlations(sums: Numbers, total: Numbers) -> Numbers:
    """Pearson's correlations of the two ends, from sums of both, of their squares and of their product."""
    first, squares, product = sums.T / np.maximum(total, 1.0)
    mean = first / 2
    spread = squares / 2 - mean**2
    found: Numbers = np.divide(product - mean**2, spread, out=np.full(len(total), np.nan), where=spread > 1e-9)
    return found


def _like_with_like(counts: Numbers, kinds: int) -> Numbers:
    """Newman's coefficients for kinds, from how often each kind met each; nan where there is only one."""
    tables = counts.reshape(-1, kinds, kinds)
    tables = tables + tables.transpose(0, 2, 1)  # every pair from both sides
    total = np.maximum(tables.sum(axis=(1, 2)), 1.0)
    alike = np.trace(tables, axis1=1, axis2=2) / total
    expected = ((tables.sum(axis=1) / total[:, None]) ** 2).sum(axis=1)
    some = (expected > 0) & (expected < 1 - 1e-9)
    found: Numbers = np.divide(alike - expected, 1 - expected, out=np.full(len(total), np.nan), where=some)
    return found


def _mixing(network: nx.Graph, kinds: dict[str, str]) -> tuple[Mixing, ...]:
    pairs = Counter(tuple(sorted((kinds[a], kinds[b]))) for a, b in network.edges)
    ends = Counter(kinds[end] for pair in network.edges for end in pair)
    every = sum(ends.values())
    rows = []
    for a, b in combinations_with_replacement(sorted(ends), 2):
        expected = ends[a] * ends[b] / every / (2 if a == b else 1)
        rows.append(Mixing(a, b, pairs[a, b], expected))
    return tuple(sorted(rows, key=lambda m: (-m.pairs, -m.expected, m.kind, m.other)))
