"""What predictions would have been worth: made from the deals until a day, held against the deals after it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from random import Random
from typing import TypeVar

import networkx as nx
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from biopact.graph.analytics.intervals import Estimate, auc, drawn, estimate, weighted_mean
from biopact.graph.analytics.network import after, deals_of, until
from biopact.graph.analytics.prediction import DEGREE, METHODS, Listed, Neighbourhoods, Rows, score

Progress = Callable[[int, int, str], None]  # methods done, methods in all, which
Numbers = NDArray[np.float64]
T = TypeVar("T")

FEWEST = 20  # new pairs; with fewer, intervals are as wide as what they measure
CHANCE = "chance"
CURVE = tuple(i / 50 for i in range(51))  # shares of pairs without a deal, where `Worth.curve` is read
_LEFT = 0.25  # share of pairs, by their first deal, that the day leaves to predict
_PAIRS = 20_000  # new pairs, and pairs without a deal that they are held against, at most
_COMPANIES = 1_000  # companies whose next partners are predicted, at most
_CELLS = 5_000_000  # of a dense matrix of scores
_PLACES = 12  # sums that differ only behind these come from another order of adding


@dataclass(frozen=True, slots=True)
class Worth:
    """What one method was worth."""

    method: str
    auc: Estimate  # how often a pair that came about scored above one that did not; 0.5 is chance
    lift: Estimate  # by how much that is above the degree baseline
    precision: Estimate  # share of the first k proposed to a company that became its partners
    curve: tuple[float, ...]  # share of new pairs that score above the shares in CURVE of those without a deal


@dataclass(frozen=True, slots=True)
class Backtest:
    """A test and what it was made of. Without methods there was too little, and `problem` says what."""

    day: str  # predictions are made at the end of it
    k: int
    known_companies: int  # with a deal by the day
    known_pairs: int
    new_pairs: int  # of known companies, partners after the day for the first time
    newcomers: int  # new pairs with a company that had no deal by the day: nobody here can predict them
    undated: int  # pairs left out, because a deal of theirs may lie on either side of the day
    companies: int  # that found new partners, and whose first k proposed ones are looked at
    methods: tuple[Worth, ...] = ()
    problem: str = ""


def backtest(
    network: nx.Graph,
    day: str | None = None,
    *,
    k: int = 10,
    seed: int = 1,
    progress: Progress = lambda done, total, what: None,
) -> Backtest:
    """Predict at the end of a day, month or year, by every method, and compare with what came after.

    Without a day it is the end of the last year that leaves a quarter of the pairs to predict. Deals count from their
    own date, not from when they were filed.
    """
    day = day or last_good_year(network)
    before, later = (until(network, day), after(network, day)) if day else (nx.Graph(), nx.Graph())
    placed = {deal[:3] for part in (before, later) for deal in deals_of(part)}
    unsure = {deal[:2] for deal in deals_of(network) if deal[:3] not in placed}
    fresh = [pair for pair in later.edges if not before.has_edge(*pair) and pair not in unsure]
    new = [pair for pair in fresh if pair[0] in before and pair[1] in before]
    tested = _some(sorted({end for pair in new for end in pair}), _COMPANIES, seed)
    made = Backtest(
        day, k, len(before), before.number_of_edges(), len(new), len(fresh) - len(new), len(unsure), len(tested)
    )
    if problem := _too_little(made):
        return replace(made, problem=problem)
    split = _Split(network, Neighbourhoods(before), new, tested, k, seed)
    return replace(made, methods=tuple(split.worths(progress)))


def last_good_year(network: nx.Graph) -> str:
    """The last year that leaves a quarter of the dated pairs, by their first deal, to be predicted; else nothing."""
    first: dict[tuple[str, str], str] = {}
    for company, partner, _, date in deals_of(network):
        if date:
            first[company, partner] = min(first.get((company, partner), date), date)
    years = sorted(date[:4] for date in first.values())
    return next(
        (y for y in sorted(set(years), reverse=True) if len(years) - bisect_right(years, y) >= _LEFT * len(years)), ""
    )


def _too_little(made: Backtest) -> str:
    if not made.day:
        return "no deal in this network has a later date than others, so that nothing can be held back to be predicted"
    if made.known_pairs == 0:
        return f"no deal was made by {made.day}; name a later day"
    if made.new_pairs < FEWEST:
        return (
            f"only {made.new_pairs} pairs of companies known by {made.day} became partners after it, and at least "
            f"{FEWEST} are needed to tell anything; name an earlier day, or load more filings"
        )
    return ""


class _Split:
    """The network before the day, what came after it, and the companies drawn again for the intervals."""

    def __init__(
        self,
        network: nx.Graph,
        near: Neighbourhoods,
        new: Sequence[tuple[str, str]],
        tested: Sequence[str],
        k: int,
        seed: int,
    ) -> None:
        self.near, self.k = near, k
        came = np.array([(near.place[a], near.place[b]) for a, b in new])
        held = came[np.array(_some(range(len(came)), _PAIRS, seed))]
        self.pairs = np.concatenate([held, _strangers(network, near.ids, seed)])
        self.came = np.arange(len(self.pairs)) < len(held)
        self.tested = np.array([near.place[id_] for id_ in tested])
        both = np.concatenate([came, came[:, ::-1]])
        shape = len(near.ids), len(near.ids)
        self.wanted = sp.csr_array((np.ones(len(both), dtype=bool), (both[:, 0], both[:, 1])), shape=shape)
        again = drawn(len(near.ids), seed=seed)
        self.pair_weights = again[:, self.pairs[:, 0]] * again[:, self.pairs[:, 1]]
        self.company_weights = again[:, self.tested]

    def worths(self, progress: Progress) -> list[Worth]:
        """Chance and every method, in the order of METHODS."""
        once = np.ones((1, len(self.pairs)), dtype=np.int32)
        scores = {CHANCE: np.zeros(len(self.pairs))}
        scores |= {method: np.round(score(method, Listed(self.near, self.pairs)), _PLACES) for method in METHODS}
        value, again = {}, {}
        for done, (method, of) in enumerate(scores.items()):
            progress(done, 2 * len(scores), method)
            value[method] = float(auc(of, self.came, once)[0])
            again[method] = auc(of, self.came, self.pair_weights)
        precision = {}
        for done, method in enumerate(scores, start=len(scores)):
            progress(done, 2 * len(scores), method)
            precision[method] = self._precision(method)
        progress(2 * len(scores), 2 * len(scores), "")
        return [
            Worth(
                method,
                estimate(value[method], again[method]),
                estimate(value[method] - value[DEGREE], again[method] - again[DEGREE]),
                estimate(float(precision[method].mean()), weighted_mean(precision[method], self.company_weights)),
                _curve(of, self.came),
            )
            for method, of in scores.items()
        ]

    def _precision(self, method: str) -> Numbers:
        """For each company that is tested, the share of the first k that became its partners.

        Where the k-th and others score alike, it is the share to be expected of drawing among those.
        """
        found = []
        for rows in np.array_split(self.tested, -(-len(self.tested) * len(self.near.ids) // _CELLS)):
            pairs = Rows(self.near, rows)
            known = self.near.matrix[rows].toarray() > 0
            known[np.arange(len(rows)), rows] = True
            ranks = np.zeros(known.shape) if method == CHANCE else np.round(score(method, pairs), _PLACES)
            ranks = np.where(known, -np.inf, ranks)
            first = min(self.k, ranks.shape[1])
            last = -np.partition(-ranks, first - 1, axis=1)[:, first - 1 : first]
            wanted = self.wanted[rows].toarray()
            above, alike = ranks > last, (ranks == last) & ~known
            places = first - above.sum(axis=1)
            drawn_from = np.maximum(alike.sum(axis=1), 1)
            hits = (wanted & above).sum(axis=1) + (wanted & alike).sum(axis=1) * np.minimum(places / drawn_from, 1.0)
            found.append(hits / np.minimum(first, (~known).sum(axis=1)))
        return np.concatenate(found)


def _strangers(network: nx.Graph, ids: Sequence[str], seed: int) -> NDArray[np.int64]:
    """Pairs of these companies, by place, that have no deal at any time: all of them, or as many as are compared."""
    n = len(ids)
    if n * (n - 1) // 2 <= 2 * _PAIRS:
        every = ((a, b) for a, b in combinations(range(n), 2) if not network.has_edge(ids[a], ids[b]))
        return np.array(_some(list(every), _PAIRS, seed), dtype=np.int64).reshape(-1, 2)
    rng, found = Random(seed), set[tuple[int, int]]()
    while len(found) < _PAIRS:  # few of so many pairs have a deal
        a, b = sorted(rng.sample(range(n), 2))
        if not network.has_edge(ids[a], ids[b]):
            found.add((a, b))
    return np.array(sorted(found))


def _some(of: Sequence[T], most: int, seed: int) -> list[T]:
    """All of them or, of more, so many at random, in their order."""
    if len(of) <= most:
        return list(of)
    return [of[i] for i in sorted(Random(seed).sample(range(len(of)), most))]


def _curve(scores: Numbers, came: NDArray[np.bool_]) -> tuple[float, ...]:
    """The share of new pairs above each share of the others, with straight lines where scores are alike."""
    _, group = np.unique(-scores, return_inverse=True)
    up, down = (np.cumsum(np.bincount(group[which], minlength=int(group.max()) + 1)) for which in (came, ~came))
    return tuple(
        map(float, np.interp(CURVE, np.concatenate([[0], down / down[-1]]), np.concatenate([[0], up / up[-1]])))
    )
