"""The measures of `biopact analyse`: what each finds in the network of companies, as rows, figures and a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import networkx as nx

from biopact.graph.analytics.assortativity import assortativity
from biopact.graph.analytics.backtest import backtest
from biopact.graph.analytics.brokerage import Broker, brokerage
from biopact.graph.analytics.centrality import Centrality, centrality
from biopact.graph.analytics.communities import communities
from biopact.graph.analytics.cores import Core, cores
from biopact.graph.analytics.intervals import Estimate
from biopact.graph.analytics.network import names
from biopact.graph.analytics.prediction import future_partners
from biopact.graph.analytics.walks import EXACT, STARTS, walks
from biopact.graph.records import Value
from biopact.ontology import ValidationError

Progress = Callable[[int, int, str], None]
Figures = Mapping[str, Mapping[str, Value | None]]

_BARS = 20  # companies in a picture of bars


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, beside the measure."""

    company: str = ""  # id
    method: str = ""
    day: str | None = None
    first: int = 10  # of those proposed to a company, how many a back-test looks at
    top: int | None = 20  # rows; all without it
    members: bool = False
    progress: Progress = lambda done, total, what: None


@dataclass(frozen=True, slots=True)
class Found:
    """What a measure found."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    figures: Figures = field(default_factory=dict)  # of companies by id, under the names that a store has them
    picture: Callable[[Path], None] | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: what it answers, and which options it takes beside those that every measure takes."""

    title: str
    find: Callable[[nx.Graph, Asked], Found]
    options: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()  # among them


def _centrality(network: nx.Graph, asked: Asked) -> Found:
    ways = walks(network, progress=asked.progress)
    found = centrality(network, ways)
    bars = [(c.company, c.pagerank, f"{c.partners:,} partners") for c in found[:_BARS]]
    return Found(
        _columns(Centrality),
        _rows(found, asked.top),
        {c.company_id: _figures(c, "partners", "deals", "pagerank", "betweenness", "closeness") for c in found},
        partial(_bars, bars, "PageRank in the network of deals"),
        _estimated(ways.sampled),
    )


def _brokerage(network: nx.Graph, asked: Asked) -> Found:
    ways = walks(network, progress=asked.progress)
    found = brokerage(network, ways)
    bars = [(b.company, b.betweenness, f"cuts off {b.cuts_off:,}" if b.cuts_off else "") for b in found[:_BARS]]
    return Found(
        _columns(Broker),
        _rows(found, asked.top),
        {b.company_id: _figures(b, "effective_size", "constraint", "betweenness", "cuts_off") for b in found},
        partial(_bars, bars, "brokers: share of shortest ways that lead through (betweenness)"),
        _estimated(ways.sampled),
    )


def _communities(network: nx.Graph, asked: Asked) -> Found:
    found = communities(network)
    called = names(network)
    figures: Figures = {id_: {"community": g.number, "community_label": g.label} for id_, g in found.of().items()}

    def picture(path: Path) -> None:
        from biopact.graph.analytics.pictures import network_picture

        network_picture(network, found, path)

    notes = (f"{len(found.groups):,} communities, modularity {found.modularity:.3f}",)
    if asked.members:
        members = [(g.number, called[id_], id_) for g in found.groups for id_ in g.members]
        return Found(("community", "company", "company_id"), members[: asked.top], figures, picture, notes)
    rows = [(g.number, g.label, g.companies, g.pairs_inside, g.pairs_outside) for g in found.groups[: asked.top]]
    columns = ("community", "best_connected", "companies", "pairs_inside", "pairs_outside")
    return Found(columns, rows, figures, picture, notes)


def _cores(network: nx.Graph, asked: Asked) -> Found:
    found = cores(network)
    return Found(_columns(Core), _rows(found, asked.top), {c.company_id: _figures(c, "core") for c in found})


def _assortativity(network: nx.Graph, asked: Asked) -> Found:
    found = assortativity(network)
    rows: list[tuple[Any, ...]] = [
        ("like partners like, by number of partners", *_estimate(found.degree), found.pairs, None),
        ("like partners like, by kind of company", *_estimate(found.kind), found.pairs, None),
    ]
    rows += [
        (f"{m.kind} with {m.other}", m.pairs / m.expected if m.expected else None, None, None, m.pairs, m.expected)
        for m in found.mixing[: asked.top]
    ]
    return Found(("what", "value", "low", "high", "pairs", "expected_pairs"), rows)


def _partners(network: nx.Graph, asked: Asked) -> Found:
    found = future_partners(network, asked.company, method=asked.method, top=asked.top)
    rows = [(p.partner, p.partner_id, p.score, p.shared_partners) for p in found]
    bars = [(p.partner, p.score, f"{len(p.shared_partners):,} shared") for p in found[:_BARS]]
    title = f"who may become a partner of {names(network)[asked.company]}"
    note = () if rows else ("nobody is near enough to be scored; `--method` has others",)
    columns = ("partner", "partner_id", "score", "shared_partners")
    return Found(columns, rows, picture=partial(_bars, bars, title), notes=note)


def _backtest(network: nx.Graph, asked: Asked) -> Found:
    test = backtest(network, asked.day, k=asked.first, progress=asked.progress)
    measured = ("auc", "lift", "precision")
    columns = ("method", *(f"{name}{end}" for name in measured for end in ("", "_low", "_high")))
    rows = [(w.method, *_estimate(w.auc), *_estimate(w.lift), *_estimate(w.precision)) for w in test.methods]

    def picture(path: Path) -> None:
        from biopact.graph.analytics.pictures import backtest_picture

        if test.problem:
            raise ValidationError(f"{path}: nothing to draw: {test.problem}")
        backtest_picture(test, path)

    notes = [
        f"known by {test.day}: {test.known_companies:,} companies, {test.known_pairs:,} pairs; "
        f"new after it: {test.new_pairs:,} pairs, and {test.newcomers:,} with newcomers, whom nobody can predict; "
        f"left out for want of dates: {test.undated:,} pairs"
    ]
    if test.problem:
        notes.append(f"nothing can be said: {test.problem}")
    else:
        notes.append(
            f"precision of the first {test.k} proposed to each of {test.companies:,} companies with new partners"
        )
    return Found(columns, rows, picture=picture, notes=tuple(notes))


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "centrality": Measure(
            "who is central: partners, deals, PageRank, betweenness, closeness", _centrality, ("picture", "write")
        ),
        "brokerage": Measure(
            "who stands between others: Burt's structural holes, betweenness, who cuts off",
            _brokerage,
            ("picture", "write"),
        ),
        "communities": Measure(
            "who belongs together: groups with more deals inside", _communities, ("members", "picture", "write")
        ),
        "cores": Measure("how deep in the network a company sits: k-cores", _cores, ("write",)),
        "assortativity": Measure("whether like partners like: by number of partners, by kind", _assortativity),
        "partners": Measure(
            "who may become a partner of a company, and by which shared partners",
            _partners,
            ("company", "method", "picture"),
            ("company",),
        ),
        "backtest": Measure("what such predictions would have been worth", _backtest, ("until", "first", "picture")),
    }
)


def _columns(record: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(record))


def _rows(found: Sequence[Any], top: int | None) -> list[tuple[Any, ...]]:
    return [tuple(getattr(one, f.name) for f in fields(one)) for one in found[:top]]


def _figures(one: Any, *which: str) -> dict[str, Value | None]:
    return {name: getattr(one, name) for name in which}


def _estimate(found: Estimate | None) -> tuple[float | None, float | None, float | None]:
    return (found.value, found.low, found.high) if found else (None, None, None)


def _estimated(sampled: bool) -> tuple[str, ...]:
    what = (
        f"betweenness and closeness are estimates from {STARTS:,} companies: parts of the network have over {EXACT:,}"
    )
    return (what,) if sampled else ()


def _bars(rows: Sequence[tuple[str, float, str]], title: str, path: Path) -> None:
    from biopact.graph.analytics.pictures import bars

    bars(rows, title, path)
