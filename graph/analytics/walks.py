"""Shortest ways between all companies at once: betweenness and closeness by sparse matrices.

Brandes' algorithm (doi:10.1080/0022250X.2001.9990249) for many starts at a time: one step outward from all of them is
one product of matrices. networkx goes through one start after the other; docs/analytics.md has the times of both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Progress = Callable[[int, int, str], None]  # companies done, companies in all, what is under way
Numbers = NDArray[np.float64]

EXACT = 10_000  # companies in a connected part up to which every one of them is a start
STARTS = 2_000  # starts in a larger part, drawn at random
_CELLS = 3_200_000  # of a dense matrix: companies times starts at a time


@dataclass(frozen=True, slots=True)
class Walks:
    """Betweenness and closeness of every company, as networkx defines them."""

    betweenness: dict[str, float]
    closeness: dict[str, float]
    sampled: bool  # whether a part was so large that only some starts were taken


def walks(
    network: nx.Graph,
    *,
    exact: int = EXACT,
    starts: int = STARTS,
    seed: int = 1,
    progress: Progress = lambda done, total, what: None,
) -> Walks:
    """Betweenness and closeness; estimated from so many starts in connected parts of more than `exact` companies."""
    parts = sorted((sorted(part) for part in nx.connected_components(network)), key=lambda part: (-len(part), part))
    chosen = [len(part) if len(part) <= exact else min(starts, len(part)) for part in parts]
    n, total, done = len(network), sum(chosen), 0
    pairs = (n - 1) * (n - 2)
    between: dict[str, float] = {}
    near: dict[str, float] = {}
    rng = Random(seed)
    for part, count in zip(parts, chosen, strict=True):
        size = len(part)
        matrix = nx.to_scipy_sparse_array(network, nodelist=part, weight=None, dtype=float, format="csr")
        drawn = np.array(sorted(rng.sample(range(size), count)))
        through, away = np.zeros(size), np.zeros(size)
        for batch in np.array_split(drawn, -(-count // _width(size))):
            dependency, distance = _from(matrix, batch)
            through += dependency
            away += distance
            done += len(batch)
            progress(done, total, "shortest ways")
        through *= size / count / pairs if pairs > 0 else 0.0
        # the mean distance to the others: a company that is a start is at no distance from itself
        others = np.full(size, float(count))
        others[drawn] -= 1
        mean = np.divide(away, others, out=np.full(size, np.inf), where=others > 0)
        between |= dict(zip(part, map(float, through), strict=True))
        near |= dict(zip(part, map(float, (size - 1) / max(n - 1, 1) / mean), strict=True))
    return Walks(between, near, any(c < len(part) for c, part in zip(chosen, parts, strict=True)))


def _width(size: int) -> int:
    return max(1, min(64, _CELLS // size))


def _from(matrix: Any, starts: NDArray[np.int64]) -> tuple[Numbers, Numbers]:
    """What each company adds to the ways from these starts (its dependency), and its distances to them, summed."""
    shape = matrix.shape[0], len(starts)
    columns = np.arange(len(starts))
    ways = np.zeros(shape)  # shortest ways from the start to the company
    ways[starts, columns] = 1.0
    step = np.full(shape, -1, dtype=np.int32)
    step[starts, columns] = 0
    front, depth = ways.copy(), 0
    while True:
        front = matrix @ front
        front[step >= 0] = 0.0
        reached = front > 0
        if not reached.any():
            break
        depth += 1
        step[reached] = depth
        ways += front
    dependency = np.zeros(shape)
    for d in range(depth, 0, -1):
        share = np.divide(1.0 + dependency, ways, out=np.zeros(shape), where=step == d)
        dependency += np.where(step == d - 1, ways * (matrix @ share), 0.0)
    dependency[starts, columns] = 0.0
    return dependency.sum(axis=1), step.sum(axis=1, dtype=float)
