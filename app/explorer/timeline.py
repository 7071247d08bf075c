"""Deals in time: a point each where they are few, bars for years and kinds where they are many; a click picks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from biopact.app.explorer import deals as tables
from biopact.app.explorer.cards import shown
from biopact.app.explorer.charts import UNTOLD, colors, data, in_time, shortened
from biopact.app.explorer.opened import Opened
from biopact.app.explorer.picking import CHOICE, chosen, pickable
from biopact.app.explorer.views import card_view, pick
from biopact.graph.time import first_day, last_day

if TYPE_CHECKING:
    import altair as alt

VIEW = "Timeline"
POINTS = 400  # deals that are drawn one by one
_LISTED = 1_000  # rows of a table
_BY_KIND, _BY_START = "Kind of deal", "Start"
_EVERY = "every"
_LANE = 14  # pixels between points that would cover each other
_LANES = 4  # on either side of the middle of a row
_APART = 1 / 36  # of the whole time, so that points do not touch on a phone
_NAME = 110  # pixels for the name of a row


@dataclass(frozen=True, slots=True)
class Dated:
    """The deals that somebody dates, the earliest first, and how many nobody does."""

    deals: tuple[tables.Deal, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Point:
    """A deal in a row of the picture."""

    deal: tables.Deal
    row: str
    at: int  # milliseconds since 1970
    lane: int  # above or below the middle of its row


def timeline_view(known: Opened) -> None:
    """The deals of the start, or all, by date."""
    state = st.session_state
    focus = tuple(state.focus)
    found = dated(known, known.read, focus)
    if not found.deals and not found.undated:
        st.info("No deals here. Take names out of **Start from**, or load filings that tell of agreements.")
        return
    ways = [_BY_KIND, *([_BY_START] if focus else [])]
    if state.get("timeline_rows") not in ways:
        state.timeline_rows = _BY_START if focus and st.query_params.get("rows") == "start" else _BY_KIND
    few = len(found.deals) <= POINTS
    if few and len(ways) > 1:
        st.segmented_control("Rows", ways, key="timeline_rows", required=True)
    rows = None
    if few and state.timeline_rows == _BY_START:
        names = dict(zip(focus, shortened(known.graph.nodes[f].name for f in focus), strict=True))
        rows = {name: _touching(known, known.read, f) for f, name in names.items()}
    draw(found, "timeline", rows)
    if state.picked:
        card_view(known)


def in_address() -> dict[str, str]:
    """What the address says of the timeline."""
    state = st.session_state
    return {"rows": "start"} if state.view == VIEW and state.get("timeline_rows") == _BY_START else {}


@st.cache_resource(show_spinner=False, max_entries=16)  # which nobody changes, and copying takes long
def dated(_known: Opened, read: int, touching: tuple[str, ...]) -> Dated:
    """The deals that touch these, or all, for whoever asks for them first."""
    deals = tables.deals(_known.graph, touching)
    told = sorted((d for d in deals if d.date), key=lambda d: (middle(d.date), d.id))
    return Dated(tuple(told), len(deals) - len(told))


def draw(found: Dated, key: str, rows: Mapping[str, frozenset[str]] | None = None) -> None:
    """The picture of deals in time and their table; rows are the ids of the deals in each, one per kind if not told."""
    if found.undated:
        st.caption(
            f"{found.undated:,} more deals have no date." if found.deals else f"{found.undated:,} deals have no date."
        )
    if not found.deals:
        return
    if len(found.deals) > POINTS:
        _years(found.deals, key)
        return

    def taken() -> None:
        if id_ := chosen(key, "id"):
            pick(str(id_))

    st.altair_chart(
        points(placed(found.deals, rows), by_kind=rows is None),
        width="stretch",
        key=key,
        on_select=taken,
        alt="Deals by date",
    )
    st.caption(
        "Choose a point to read the words behind it. The larger, the more is paid upfront; a ring tells no amount. "
        "A deal of which only the year or month is known stands in the middle of it."
    )
    with st.expander(f"The {len(found.deals):,} deals as a table"):
        _table(found.deals, f"{key} table")


def middle(date: str) -> int:
    """The middle of what a date can mean, in milliseconds since 1970.

    >>> middle("1970"), middle("1970-01-02")
    (15724800000, 86400000)
    """
    first, last = (datetime.fromisoformat(day(date)).replace(tzinfo=UTC) for day in (first_day, last_day))
    return round((first.timestamp() + last.timestamp()) * 500)


def placed(deals: Iterable[tables.Deal], rows: Mapping[str, frozenset[str]] | None = None) -> list[Point]:
    """The deals, the earliest first, in their rows; those of one time above and below each other."""
    found = [(row, deal, middle(deal.date)) for deal in deals for row in _rows_of(deal, rows)]
    times = [at for _, _, at in found]
    apart = max(1.0, (max(times) - min(times)) * _APART) if times else 1.0
    lanes = sorted(range(-_LANES, _LANES + 1), key=lambda lane: (abs(lane), lane))
    taken: dict[tuple[str, int], int] = {}
    points = []
    for row, deal, at in found:
        free = [lane for lane in lanes if at - taken.get((row, lane), at - 2 * apart) >= apart]
        lane = free[0] if free else min(lanes, key=lambda one: taken[row, one])
        taken[row, lane] = at
        points.append(Point(deal, row, at, lane))
    return points


def points(found: Sequence[Point], *, by_kind: bool) -> alt.Chart:
    """A point for each deal, to be clicked; by time, in rows, its area by what is paid upfront."""
    import altair as alt

    kinds = colors(kind_of(p.deal) for p in found)
    used = {p.row for p in found}
    names = [k for k in kinds if k in used] if by_kind else list(dict.fromkeys(p.row for p in found))
    tall = max(abs(p.lane) for p in found)
    rows = [
        {
            "id": p.deal.id,
            "at": p.at,
            "row": p.row,
            "lane": p.lane,
            "kind": kind_of(p.deal),
            "kinds": p.deal.kinds,
            "date": p.deal.date,
            "parties": p.deal.parties,
            "covers": p.deal.covers,
            "upfront": p.deal.upfront_usd or 0.0,
            "told": _usd(p.deal),
            "ring": p.deal.upfront_usd is None,
        }
        for p in found
    ]
    choice = alt.selection_point(name=CHOICE, fields=["id"])
    legend = None if by_kind else alt.Legend(orient="bottom", columns=2, symbolLimit=0, title=None)
    most = max([1.0, *(p.deal.upfront_usd or 0.0 for p in found)])
    color = alt.Color("kind:N", legend=legend, scale=alt.Scale(domain=list(kinds), range=list(kinds.values())))
    chart: alt.Chart = (
        alt.Chart(data(rows))
        .mark_point(filled=True, cursor="pointer", strokeWidth=2)
        .encode(
            x=in_time([p.at for p in found]),
            y=alt.Y("row:N", title=None, scale=alt.Scale(domain=names), axis=alt.Axis(labelLimit=_NAME, grid=True)),
            yOffset=alt.YOffset("lane:Q", scale=alt.Scale(domain=[-tall - 1, tall + 1])),
            color=color,
            stroke=color,
            fillOpacity=alt.condition("datum.ring", alt.value(0.05), alt.value(0.75)),
            size=alt.Size("upfront:Q", legend=None, scale=alt.Scale(domain=[0, most], range=[90, 800])),
            opacity=alt.condition(choice, alt.value(1.0), alt.value(0.5)),
            tooltip=[
                alt.Tooltip("date:N"),
                alt.Tooltip("parties:N"),
                alt.Tooltip("kinds:N", title="kind"),
                alt.Tooltip("covers:N"),
                alt.Tooltip("told:N", title="upfront"),
            ],
        )
        .add_params(choice)
        .properties(height=60 + len(names) * max(44, _LANE * (2 * tall + 2)))
    )
    return chart


def years(deals: Iterable[tables.Deal]) -> alt.Chart:
    """A bar for each year, in it the kinds of deals, to be clicked."""
    import altair as alt

    many = Counter((int(d.date[:4]), kind_of(d)) for d in deals)
    kinds = colors(kind for _, kind in many)
    order = {kind: i for i, kind in enumerate(kinds)}
    first, last = min(year for year, _ in many), max(year for year, _ in many)
    rows = [{"year": y, "kind": k, "deals": n, "order": order[k]} for (y, k), n in sorted(many.items())]
    choice = alt.selection_point(name=CHOICE, fields=["year", "kind"])
    chart: alt.Chart = (
        alt.Chart(data(rows))
        .mark_bar(cursor="pointer")
        .encode(
            x=alt.X(
                "year:O",
                title=None,
                scale=alt.Scale(domain=list(range(first, last + 1))),
                axis=alt.Axis(labelOverlap=True),
            ),
            y=alt.Y("deals:Q", title="deals", axis=alt.Axis(tickMinStep=1, format=",d")),
            color=alt.Color(
                "kind:N",
                legend=alt.Legend(orient="bottom", columns=2, symbolLimit=0, title=None),
                scale=alt.Scale(domain=list(kinds), range=list(kinds.values())),
            ),
            order=alt.Order("order:Q"),
            opacity=alt.condition(choice, alt.value(1.0), alt.value(0.4)),
            tooltip=[alt.Tooltip("year:O"), alt.Tooltip("kind:N"), alt.Tooltip("deals:Q", format=",d")],
        )
        .add_params(choice)
        .properties(height=340)
    )
    return chart


def kind_of(deal: tables.Deal) -> str:
    """The first of its kinds, by which a deal has its colour."""
    return deal.kinds.partition(", ")[0] or UNTOLD


def _years(deals: Sequence[tables.Deal], key: str) -> None:
    """Bars, and the deals of a year and kind."""
    state = st.session_state
    year_key, kind_key = f"{key} year", f"{key} kind"
    every_year = [_EVERY, *sorted({d.date[:4] for d in deals}, reverse=True)]
    kinds = [_EVERY, *colors(map(kind_of, deals))]

    def taken() -> None:
        if (year := chosen(key, "year")) is not None:
            state[year_key], state[kind_key] = str(year), chosen(key, "kind")

    st.altair_chart(years(deals), width="stretch", key=key, on_select=taken, alt="Deals by year and kind")
    st.caption(
        f"{len(deals):,} deals are too many for a point each, so they are counted by year and by the first of their "
        f"kinds; up to {POINTS} are points. Choose a part of a bar to list its deals, or start from a name for fewer."
    )
    for k, offered in ((year_key, every_year), (kind_key, kinds)):
        if state.get(k) not in offered:
            state[k] = _EVERY
    left, right = st.columns(2)
    year = left.selectbox("Year", every_year, key=year_key)
    kind = right.selectbox("Kind", kinds, key=kind_key)
    _table([d for d in deals if year in (_EVERY, d.date[:4]) and kind in (_EVERY, kind_of(d))], f"{key} table")


def _table(deals: Sequence[tables.Deal], key: str) -> None:
    """The latest deals, each to be picked."""
    if len(deals) > _LISTED:
        st.caption(f"The latest {_LISTED:,} of {len(deals):,}; **Deals** has all.")
    rows = list(reversed(deals))[:_LISTED]
    columns: dict[str, list[Any]] = {
        "Date": [d.date for d in rows],
        "Kinds": [d.kinds for d in rows],
        "Parties": [d.parties for d in rows],
        "Covers": [d.covers for d in rows],
        "Upfront (USD)": [d.upfront_usd for d in rows],
    }
    config = {"Upfront (USD)": st.column_config.NumberColumn(format="localized")}
    pickable(key, [d.id for d in rows], columns, config)


@st.cache_data(show_spinner=False, max_entries=64)
def _touching(_known: Opened, read: int, start: str) -> frozenset[str]:
    """The ids of the deals that one start is party to or covered by."""
    return frozenset(d.id for d in tables.deals(_known.graph, [start]))


def _rows_of(deal: tables.Deal, rows: Mapping[str, frozenset[str]] | None) -> list[str]:
    return [kind_of(deal)] if rows is None else [row for row, ids in rows.items() if deal.id in ids]


def _usd(deal: tables.Deal) -> str:
    return f"USD {shown(deal.upfront_usd)}" if deal.upfront_usd is not None else "no amount told"
