"""Who may become partners next: scores of pairs by the company they keep, and the reasons in shared partners."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

import networkx as nx
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from biopact.graph.analytics.network import names
from biopact.ontology import NotFoundError, ValidationError

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]

DEGREE = "preferential attachment"  # the baseline: who has many partners finds more
_KATZ = 0.05  # what a way counts of one that is a step shorter


@dataclass(frozen=True, slots=True)
class Prediction:
    """A company that might become a partner."""

    partner: str
    partner_id: str
    score: float
    shared_partners: tuple[str, ...]  # names, those with the fewest partners first: they tell the most
    shared_ids: tuple[str, ...]
    scores: Mapping[str, float] = field(repr=False)  # by every method


def future_partners(network: nx.Graph, company: str, *, method: str = "", top: int | None = 20) -> list[Prediction]:
    """The companies that a company has no deal with yet, the likeliest first, as far as a method scores them at all.

    The score is no probability: `backtest` says what a method was worth. NotFoundError if the company is not in the
    network, ValidationError if there is no such method; the first of METHODS is taken without one.
    """
    method = method or METHODS[0]
    if method not in _METHODS:
        raise ValidationError(f"there is no method {method!r}; known are {', '.join(METHODS)}")
    if company not in network:
        raise NotFoundError(f"{company}: has no partners in this network, so nothing can be said of its next ones")
    near = Neighbourhoods(network)
    row = Rows(near, np.array([near.place[company]]))
    scored = {name: score(name, row)[0] for name in METHODS}
    called, ranks = names(network), scored[method]
    open_ = [i for i, id_ in enumerate(near.ids) if ranks[i] > 0 and id_ != company and id_ not in network[company]]
    found = []
    for i in sorted(open_, key=lambda i: (-round(ranks[i], 12), near.ids[i]))[:top]:
        id_ = near.ids[i]
        shared = sorted(nx.common_neighbors(network, company, id_), key=lambda p: (network.degree(p), p))
        scores = {name: float(values[i]) for name, values in scored.items()}
        found.append(
            Prediction(called[id_], id_, scores[method], tuple(called[p] for p in shared), tuple(shared), scores)
        )
    return found


# --- scores of many pairs at a time


class Neighbourhoods:
    """A network as a matrix, and the place of each company in it."""

    def __init__(self, network: nx.Graph) -> None:
        self.ids = list(network)
        self.place = {id_: i for i, id_ in enumerate(self.ids)}
        self.matrix = nx.to_scipy_sparse_array(network, nodelist=self.ids, weight=None, dtype=float, format="csr")
        self.degree: Numbers = np.asarray(self.matrix.sum(axis=1), dtype=float).ravel()


class Pairs(Protocol):
    """What the methods need of pairs of companies."""

    near: Neighbourhoods

    @property
    def degrees(self) -> tuple[Numbers, Numbers]:
        """Partners of the one and of the other."""

    def shared(self, weight: Numbers) -> Numbers:
        """Partners that both have, each counted as its weight."""

    def three_steps(self) -> Numbers:
        """Ways of three steps from the one to the other."""


class Rows:
    """Some companies, each with every company: scores have a row for each."""

    def __init__(self, near: Neighbourhoods, rows: Places) -> None:
        self.near, self.rows = near, rows

    @property
    def degrees(self) -> tuple[Numbers, Numbers]:
        """Partners of the one and of the other."""
        return self.near.degree[self.rows][:, None], self.near.degree[None, :]

    def shared(self, weight: Numbers) -> Numbers:
        """Partners that both have, each counted as its weight."""
        return _dense(_weighted(self.near, self.rows, weight) @ self.near.matrix)

    def three_steps(self) -> Numbers:
        """Ways of three steps from the one to the other."""
        return _dense(self.near.matrix[self.rows] @ self.near.matrix @ self.near.matrix)


class Listed:
    """Pairs that are listed: scores have one number for each."""

    def __init__(self, near: Neighbourhoods, pairs: NDArray[np.int64]) -> None:
        self.near, self.ones, self.others = near, pairs[:, 0], pairs[:, 1]

    @property
    def degrees(self) -> tuple[Numbers, Numbers]:
        """Partners of the one and of the other."""
        return self.near.degree[self.ones], self.near.degree[self.others]

    def shared(self, weight: Numbers) -> Numbers:
        """Partners that both have, each counted as its weight."""
        return _sums(_weighted(self.near, self.ones, weight).multiply(self.near.matrix[self.others]))

    def three_steps(self) -> Numbers:
        """Ways of three steps from the one to the other."""
        return _sums((self.near.matrix[self.ones] @ self.near.matrix).multiply(self.near.matrix[self.others]))


def score(method: str, pairs: Pairs) -> Numbers:
    """The scores of pairs by one of METHODS. Pairs that are partners already have no meaningful score."""
    return _METHODS[method](pairs)


def _common(pairs: Pairs) -> Numbers:
    return pairs.shared(np.ones_like(pairs.near.degree))


def _adamic_adar(pairs: Pairs) -> Numbers:
    return pairs.shared(1.0 / np.log(np.maximum(pairs.near.degree, 2.0)))  # who is shared has two partners at least


def _allocation(pairs: Pairs) -> Numbers:
    return pairs.shared(1.0 / np.maximum(pairs.near.degree, 1.0))


def _jaccard(pairs: Pairs) -> Numbers:
    both, (one, other) = _common(pairs), pairs.degrees
    either = one + other - both
    return np.divide(both, either, out=np.zeros_like(both), where=either > 0)


def _katz(pairs: Pairs) -> Numbers:
    return _KATZ**2 * _common(pairs) + _KATZ**3 * pairs.three_steps()


def _product(pairs: Pairs) -> Numbers:
    one, other = pairs.degrees
    return one * other


_METHODS: Mapping[str, Callable[[Pairs], Numbers]] = MappingProxyType(
    {
        "adamic-adar": _adamic_adar,
        "resource allocation": _allocation,
        "common neighbours": _common,
        "jaccard": _jaccard,
        "katz": _katz,
        DEGREE: _product,
    }
)
METHODS = tuple(_METHODS)


def _weighted(near: Neighbourhoods, rows: Places, weight: Numbers) -> Any:
    return near.matrix[rows] @ sp.diags_array(weight, format="csr")


def _dense(matrix: Any) -> Numbers:
    return np.asarray(matrix.toarray(), dtype=float)


def _sums(matrix: Any) -> Numbers:
    return np.asarray(matrix.sum(axis=1), dtype=float).ravel()
