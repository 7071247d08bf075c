"""Pictures of what analytics found, by matplotlib: the same figures give the same bytes."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import matplotlib as mpl
import networkx as nx
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from biopact.graph.analytics.backtest import CHANCE, CURVE, Backtest
from biopact.graph.analytics.communities import Communities
from biopact.graph.analytics.intervals import Estimate
from biopact.graph.analytics.network import names
from biopact.graph.appearing import appearing
from biopact.graph.layout import Room, places
from biopact.ontology import ValidationError

SUFFIXES = (".png", ".svg")

_DRAWN = 150  # companies in a picture of the network, those with the most partners
_NAME = 32  # characters of a name that are drawn
_PIXELS = 100  # of the layout to an inch
_COLOURS = ("#2563eb", "#d97706", "#16a34a", "#b91c1c", "#7c3aed", "#0891b2", "#db2777", "#854d0e")
_REST = "#94a3b8"  # communities after those, and lines


def network_picture(network: nx.Graph, found: Communities, path: Path) -> None:
    """The companies with the most partners, coloured by community; lines are as strong as they have deals."""
    most = sorted(network, key=lambda id_: (-network.degree(id_), id_))[:_DRAWN]
    drawn = nx.Graph()  # in the order of ids, whatever came first
    drawn.add_nodes_from(sorted(most))
    drawn.add_edges_from((a, b, {"weight": w}) for a, b, w in network.edges(data="weight") if a in drawn and b in drawn)
    called = {id_: _short(name) for id_, name in names(network).items()}
    room = {id_: Room(6.5 * len(called[id_]) + 12, 16, 26) for id_ in drawn}
    at = places(room, drawn)
    groups = found.of()
    colour = {id_: _colour(groups[id_].number) for id_ in drawn}
    with _style():
        wide, high = (max(axis) - min(axis) for axis in zip(*at.values(), strict=True)) if at else (0, 0)
        figure = Figure(figsize=(max(wide / _PIXELS + 2.5, 6), max(high / _PIXELS + 1.5, 4)), layout="constrained")
        axes = figure.add_subplot()
        for a, b, weight in drawn.edges(data="weight"):
            axes.plot(*zip(at[a], at[b], strict=True), color=_REST, linewidth=0.6 + 0.6 * min(weight, 6), zorder=1)
        for id_, (x, y) in at.items():
            axes.scatter(x, y, s=24 + 12 * min(network.degree(id_), 40), color=colour[id_], zorder=2)
            axes.annotate(
                called[id_],
                (x, y),
                (0, -9),
                textcoords="offset points",
                ha="center",
                va="top",
                fontsize=7,
                path_effects=[withStroke(linewidth=2.5, foreground="white")],  # readable on lines
            )
        numbers = sorted({groups[id_].number for id_ in drawn})
        shown = [group for group in found.groups if group.number in numbers[: len(_COLOURS)]]
        dots: list[Any] = [
            Line2D(
                [], [], marker="o", linestyle="", color=_colour(g.number), label=f"{g.number}  {_short(g.label, 110)}"
            )
            for g in shown
        ]
        axes.legend(
            handles=dots, title="communities", loc="upper left", bbox_to_anchor=(0, -0.02), frameon=False, fontsize=8
        )
        left_out = f", of {len(network):,} those with the most partners" if len(drawn) < len(network) else ""
        axes.set_title(f"{len(drawn):,} companies{left_out}; modularity {found.modularity:.2f}", loc="left")
        axes.margins(0.08)
        axes.invert_yaxis()  # the layout counts downward
        axes.set_axis_off()
        _save(figure, path)


def bars(rows: Sequence[tuple[str, float, str]], title: str, path: Path) -> None:
    """Companies with a figure and a remark each, the first on top."""
    with _style():
        figure = Figure(figsize=(8, 1.1 + 0.28 * max(len(rows), 1)), layout="constrained")
        axes = figure.add_subplot()
        drawn = axes.barh(range(len(rows)), [value for _, value, _ in rows], color=_COLOURS[0])
        axes.set_yticks(range(len(rows)), [_short(name) for name, _, _ in rows])
        axes.bar_label(drawn, [remark for _, _, remark in rows], padding=4, fontsize=8)
        axes.margins(x=0.2)
        axes.invert_yaxis()
        axes.set_title(title, loc="left")
        _save(figure, path)


def backtest_picture(test: Backtest, path: Path) -> None:
    """What each method was worth: its curve, and the figures with their intervals."""
    with _style():
        figure = Figure(figsize=(12, 4), layout="constrained")
        curves, area, first = figure.subplots(1, 3)
        for number, worth in enumerate(test.methods):
            chance = worth.method == CHANCE
            colour = _REST if chance else _colour(number)
            curves.plot(CURVE, worth.curve, color=colour, linestyle=":" if chance else "-", label=worth.method)
            for axes, estimate in ((area, worth.auc), (first, worth.precision)):
                _whisker(axes, estimate, len(test.methods) - number, colour)
        curves.set(xlabel="share of pairs without a deal", ylabel="share of new pairs that score above")
        curves.legend(frameon=False, fontsize=7)
        for axes, title in ((area, "AUC"), (first, f"precision of the first {test.k}")):
            axes.set_yticks(range(len(test.methods), 0, -1), [worth.method for worth in test.methods])
            axes.set_title(title, loc="left")
        curves.set_title(f"{test.new_pairs:,} new pairs after {test.day}", loc="left")
        _save(figure, path)


def _style() -> AbstractContextManager[None]:
    """No random ids, and a name is text, whatever dollar signs stand in it."""
    return mpl.rc_context(
        {
            "svg.hashsalt": "biopact",
            "text.parse_math": False,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "font.size": 9,
        }
    )


def _whisker(axes: Any, estimate: Estimate, height: float, colour: str) -> None:
    axes.plot((estimate.low, estimate.high), (height, height), color=colour, linewidth=2, alpha=0.5)
    axes.plot(estimate.value, height, "o", color=colour)


def _save(figure: Figure, path: Path) -> None:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ValidationError(f"{path}: a picture is a file with {' or '.join(SUFFIXES)}")
    nothing = {"Date": None} if suffix == ".svg" else {"Software": None}
    with appearing(path) as out, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font", category=UserWarning)
        figure.savefig(out, format=suffix[1:], dpi=120, metadata=nothing)


def _colour(number: int) -> str:
    return _COLOURS[number - 1] if number <= len(_COLOURS) else _REST


def _short(name: str, most: int = _NAME) -> str:
    text = "".join(c for c in " ".join(name.split()) if c.isprintable())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
