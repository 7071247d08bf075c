"""What the explorer's charts share: colours that a kind of deal keeps, and names short enough for an axis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from biopact.ontology import load_schema

if TYPE_CHECKING:
    import altair as alt

INK, PALE, SKY, BLUE, GREY = "#0f172a", "#e0ecff", "#3b82f6", "#1d4ed8", "#94a3b8"  # read on light and on dark
UNTOLD = "not told"  # the kind of a deal of which no filing says what it does
_LONG = 2 * 366 * 86_400_000  # milliseconds
_LABEL = 28  # characters of a name beside an axis; the tooltip has the whole
_COLORS = (
    "#d97706", "#fbbf24", "#7c3aed", "#2563eb", "#60a5fa", "#22d3ee", "#0d9488", "#5eead4", "#84cc16", "#16a34a",
    "#a8a29e", "#f472b6", "#b91c1c", "#c084fc", "#78716c", "#fb923c", "#fcd34d", "#ef4444", "#eab308", "#65a30d",
)  # fmt: skip


def data(rows: Sequence[Mapping[str, Any]]) -> alt.InlineData:
    """Rows for a chart."""
    import altair as alt
    import pandas  # noqa: F401  # altair takes it as it lies in sys.modules, half made while another thread imports it

    return alt.InlineData(values=[dict(row) for row in rows])


def in_time(times: Sequence[int]) -> alt.X:
    """The way along which `at` stands, in milliseconds since 1970; over more than two years, only years are named."""
    import altair as alt

    axis = alt.Axis(labelOverlap=True)
    if max(times) - min(times) > _LONG:
        axis = alt.Axis(labelOverlap=True, format="%Y", tickCount={"interval": "year", "step": 1})
    return alt.X("at:T", title=None, scale=alt.Scale(type="utc", padding=14), axis=axis)


def shortened(names: Iterable[str]) -> list[str]:
    """Names as they stand beside an axis: on one line, cut where they are long, told apart where they are alike.

    >>> shortened(["Acorn", "Acorn", "A company with a name that nobody would print"])
    ['Acorn', 'Acorn (2)', 'A company with a name that …']
    """
    found: dict[str, None] = {}
    for name in names:
        line = " ".join(name.split())
        line = short = line if len(line) <= _LABEL else f"{line[: _LABEL - 1].rstrip()} …"
        times = 1
        while short in found:
            times += 1
            short = f"{line} ({times})"
        found[short] = None
    return list(found)


def colors(kinds: Iterable[str]) -> dict[str, str]:
    """The kinds of deals in the ontology's order, each with its colour."""
    present = set(kinds)
    known = dict(zip(load_schema().vocabularies["agreement_kind"], _COLORS, strict=True))
    return {**{k: c for k, c in known.items() if k in present}, **({UNTOLD: GREY} if UNTOLD in present else {})}
