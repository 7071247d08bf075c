"""How sure a figure of a network is: the companies are drawn again, and with them their pairs.

Pairs that share a company are not independent, so drawing pairs would make everything look too sure (T. A. B. Snijders
and S. P. Borgatti, Non-parametric standard errors and tests for network statistics, Connections 22(2), 1999).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

ROUNDS = 400


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, and between what it lies in 95 of 100 draws."""

    value: float
    low: float
    high: float


def drawn(companies: int, *, rounds: int = ROUNDS, seed: int = 1) -> NDArray[np.int32]:
    """How often each company was drawn, a row for each round."""
    rng = np.random.default_rng(seed)
    return np.array(
        [np.bincount(rng.integers(0, companies, companies), minlength=companies) for _ in range(rounds)], dtype=np.int32
    )


def estimate(value: float, again: Numbers) -> Estimate:
    """The figure with the interval of its values in the rounds; a round in which it has none is nan and left out."""
    known = again[~np.isnan(again)]
    low, high = np.percentile(known, [2.5, 97.5]) if known.size else (np.nan, np.nan)
    return Estimate(float(value), float(low), float(high))


def weighted_mean(values: Numbers, weights: NDArray[np.int32]) -> Numbers:
    """The mean in every round; nan where nobody was drawn."""
    total = weights.sum(axis=1).astype(float)
    mean: Numbers = np.divide(weights @ values, total, out=np.full(len(total), np.nan), where=total > 0)
    return mean


def auc(scores: Numbers, positive: NDArray[np.bool_], weights: NDArray[np.int32]) -> Numbers:
    """In every round, how often a positive scores above a negative, where equal scores count half.

    >>> auc(np.array([3.0, 2.0, 1.0]), np.array([True, False, True]), np.array([[1, 1, 1]]))
    array([0.5])
    """
    _, group = np.unique(scores, return_inverse=True)
    size = int(group.max()) + 1
    found = np.full(len(weights), np.nan)
    for i, weight in enumerate(weights):
        up = np.bincount(group, np.where(positive, weight, 0), size)
        down = np.bincount(group, np.where(positive, 0, weight), size)
        if both := up.sum() * down.sum():
            found[i] = up @ (np.cumsum(down) - down / 2) / both
    return found
