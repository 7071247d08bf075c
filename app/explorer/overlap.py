"""The partners that chosen companies share: a heat map of pairs, an UpSet picture of all of them, and tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from biopact.app.explorer import deals as tables
from biopact.app.explorer.charts import BLUE, GREY, INK, PALE, SKY, data, shortened
from biopact.app.explorer.opened import Opened
from biopact.app.explorer.picking import CHOICE, as_csv, chosen, pickable
from biopact.app.explorer.views import card_view

if TYPE_CHECKING:
    import altair as alt

VIEW = "Partner overlap"
DRAWN = 12  # companies at most in a picture
_UPRIGHT = 5  # more names above a heat map stand upright
_BARS = 20  # of the UpSet picture
_NAME = 124  # pixels for a name beside an axis
_TOLD = 6  # partners that a tooltip names

Partners = Mapping[str, Mapping[str, int]]  # company -> partner -> deals between the two


@dataclass(frozen=True, slots=True)
class Shared:
    """Partners that exactly these of the compared companies have."""

    companies: tuple[str, ...]  # in the order in which they are compared
    partners: tuple[str, ...]


def exclusive(of: Partners) -> list[Shared]:
    """Every partner once, with all the companies that it is a partner of; what most share comes first."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for partner in sorted({p for partners in of.values() for p in partners}):
        found[tuple(c for c in of if partner in of[c])].append(partner)
    order = list(of)
    return sorted(
        (Shared(companies, tuple(partners)) for companies, partners in found.items()),
        key=lambda s: (-len(s.partners), -len(s.companies), [order.index(c) for c in s.companies]),
    )


def overlap_view(known: Opened) -> None:
    """The partners that chosen companies share: how many for each pair and combination, and which."""
    companies = _asked(known)
    if len(companies) < 2:
        st.info("Choose two or more companies to see which partners they share.")
        return
    of = partners(known, known.read, tuple(companies))
    called = {i: known.graph.nodes[i].name for i in {*companies, *(p for found in of.values() for p in found)}}
    if not any(of.values()):
        st.info("These companies have no deals with anyone in this store.")
        return
    if len(companies) > DRAWN:
        st.info(f"Pictures are drawn of up to {DRAWN} companies. The tables below hold all {len(companies)}.")
    else:
        _pictures(of, called)
    _pairs(of, called)
    _each(of, called)
    if st.session_state.picked:
        card_view(known)


def in_address() -> dict[str, list[str]]:
    """What the address says of the companies that are compared, where they are not those of the start."""
    state = st.session_state
    compared = list(state.get("compared", ()))
    return {"compare": compared} if state.view == VIEW and compared != list(state.focus) else {}


@st.cache_data(show_spinner=False, max_entries=32)
def partners(_known: Opened, read: int, companies: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """The partners of each company, for whoever asks for them first."""
    return tables.partners(_known.graph, companies)


def heat(of: Partners, called: Mapping[str, str]) -> alt.LayerChart | alt.FacetChart:
    """How many partners each pair shares; in the diagonal, how many a company has."""
    import altair as alt

    labels = dict(zip(of, shortened(called[c] for c in of), strict=True))
    rows = [
        {
            "one": labels[one],
            "other": labels[other],
            "shared": len(both := sorted(called[p] for p in of[one] if p in of[other])),
            "own": one == other,
            "names": _listed(both),
        }
        for one in of
        for other in of
    ]
    most = max([1, *(int(str(r["shared"])) for r in rows if not r["own"])])
    order = alt.Scale(domain=list(labels.values()))  # sorting by names would make them part of an expression
    base = alt.Chart(data(rows)).encode(
        x=alt.X(
            "other:N",
            scale=order,
            title=None,
            axis=alt.Axis(
                labelAngle=-90 if len(of) > _UPRIGHT else -40, labelLimit=_NAME, labelOverlap=False, orient="top"
            ),
        ),
        y=alt.Y("one:N", scale=order, title=None, axis=alt.Axis(labelLimit=_NAME, labelOverlap=False)),
        tooltip=[
            alt.Tooltip("one:N", title="of"),
            alt.Tooltip("other:N", title="and"),
            alt.Tooltip("shared:Q", title="partners"),
            alt.Tooltip("names:N", title="which"),
        ],
    )
    scale = alt.Scale(domain=[0, most], range=[PALE, BLUE])
    cells = base.mark_rect(stroke=GREY, strokeWidth=0.5).encode(
        color=alt.condition("datum.own", alt.value("#cbd5e1"), alt.Color("shared:Q", scale=scale, legend=None))
    )
    counts = base.mark_text(fontSize=_fitting(max(len(partners) for partners in of.values()))).encode(
        text="shared:Q",
        color=alt.condition(f"!datum.own && datum.shared > {most / 2}", alt.value("#ffffff"), alt.value(INK)),
    )
    return alt.layer(cells, counts).properties(height=120 + 34 * len(of))


def bars(shared: Sequence[Shared], called: Mapping[str, str]) -> alt.LayerChart | alt.FacetChart:
    """The upper half of the UpSet picture: a bar for each combination of companies, to be clicked."""
    import altair as alt

    rows: list[dict[str, Any]] = [
        {
            "bar": i,
            "partners": len(s.partners),
            "most": max(len(x.partners) for x in shared),
            "of": _listed([called[c] for c in s.companies]),
            "names": _listed(sorted(called[p] for p in s.partners)),
        }
        for i, s in enumerate(shared)
    ]
    choice = alt.selection_point(name=CHOICE, fields=["bar"])
    base = alt.Chart(data(rows)).encode(
        x=alt.X("bar:O", axis=None, scale=alt.Scale(type="band", padding=0.2)),
        tooltip=[
            alt.Tooltip("of:N", title="partners of"),
            alt.Tooltip("partners:Q", title="how many"),
            alt.Tooltip("names:N", title="which"),
        ],
    )
    axis = alt.Axis(tickMinStep=1, format="d", minExtent=_NAME, maxExtent=_NAME)
    height = alt.Y("partners:Q", title=None, axis=axis)
    ground = (  # so that also the bar of one partner is easy to hit
        base.mark_bar(color=GREY, cursor="pointer")
        .encode(y="most:Q", opacity=alt.condition(choice, alt.value(0.25), alt.value(0.01), empty=False))
        .add_params(choice)
    )
    bar = base.mark_bar(color=SKY, cursor="pointer").encode(y=height)
    counts = base.mark_text(dy=-8, fontSize=_fitting(rows[0]["most"]), color=GREY).encode(y=height, text="partners:Q")
    return alt.layer(ground, bar, counts).properties(height=180)


def dots(shared: Sequence[Shared], of: Partners, called: Mapping[str, str]) -> alt.LayerChart | alt.FacetChart:
    """The lower half: under each bar a dot for every company, filled for those of the combination."""
    import altair as alt

    labels = dict(zip(of, shortened(called[c] for c in of), strict=True))
    rows = [{"bar": i, "company": labels[c], "has": c in s.companies} for i, s in enumerate(shared) for c in of]
    axis = alt.Axis(labelLimit=_NAME - 20, labelOverlap=False, minExtent=_NAME, maxExtent=_NAME)
    base = alt.Chart(data(rows)).encode(
        x=alt.X("bar:O", axis=None, scale=alt.Scale(type="band", padding=0.2)),
        y=alt.Y("company:N", scale=alt.Scale(domain=list(labels.values())), title=None, axis=axis),
    )
    line = base.transform_filter("datum.has").mark_line(color=SKY, strokeWidth=3).encode(detail="bar:O")
    dot = base.mark_circle(size=alt.ExprRef("min(130, pow(bandwidth('x'), 2))")).encode(
        color=alt.condition("datum.has", alt.value(SKY), alt.value(GREY)),
        opacity=alt.condition("datum.has", alt.value(1.0), alt.value(0.3)),
    )
    return alt.layer(line, dot).properties(height=16 + 26 * len(of))


def _asked(known: Opened) -> list[str]:
    """The companies to compare: those of the address or of the start, until others are chosen."""
    state = st.session_state
    focus = [f for f in state.focus if _is_company(known, f)]
    if "compared" not in state:
        linked = map(known.present, st.query_params.get_all("compare"))
        state.compared = list(dict.fromkeys(c for c in linked if _is_company(known, c))) or focus
    elif state.get("compared_from") != focus:
        state.compared = focus
    state.compared_from = focus
    state.compared = [c for c in state.compared if _is_company(known, c)]  # another day knows others
    offered = dict.fromkeys([*(f for f in known.foremost if _is_company(known, f)), *focus, *state.compared])
    return list(
        st.multiselect(
            "Companies to compare",
            offered,
            key="compared",
            format_func=lambda id_: known.names.get(id_, id_),
            placeholder="Two or more",
            help="Who is not in the list can be put into **Start from**, which finds every name.",
        )
    )


def _is_company(known: Opened, id_: str) -> bool:
    return id_ in known.names and known.graph.nodes[id_].type == "Company"


def _pictures(of: Partners, called: Mapping[str, str]) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("##### Partners that each pair shares")
        st.altair_chart(heat(of, called), width="stretch", alt="Heat map of shared partners")
    combinations = exclusive(of)
    shown = combinations[:_BARS]
    with right:
        st.markdown("##### Partners by who has them")
        with st.container(gap=None):
            st.altair_chart(
                bars(shown, called), width="stretch", key="upset", on_select=_take, alt="Partners by combination"
            )
            st.altair_chart(dots(shown, of, called), width="stretch", alt="Companies of each combination")
        if len(combinations) > len(shown):
            st.caption(f"The {len(shown)} largest of {len(combinations)} combinations.")
    texts = [
        f"{', '.join(called[c] for c in s.companies)}{' only' if len(s.companies) == 1 else ''}: {len(s.partners):,}"
        for s in shown
    ]
    if (state := st.session_state).get("combination") not in range(len(shown)):
        state.combination = next((i for i, s in enumerate(shown) if len(s.companies) > 1), 0)
    at = st.selectbox("Partners of exactly", range(len(shown)), key="combination", format_func=texts.__getitem__)
    _partners_of(shown[at], of, called)


def _take() -> None:
    """A click on a bar."""
    if (bar := chosen("upset", "bar")) is not None:
        st.session_state.combination = int(bar)


def _partners_of(shared: Shared, of: Partners, called: Mapping[str, str]) -> None:
    """The partners behind a bar."""
    rows = sorted(shared.partners, key=lambda p: (-sum(of[c][p] for c in shared.companies), called[p], p))
    deals = [sum(of[c][p] for c in shared.companies) for p in rows]
    pickable("shared", rows, {"Partner": [called[p] for p in rows], "Deals": deals})


def _pairs(of: Partners, called: Mapping[str, str]) -> None:
    pairs = tables.overlaps(of)
    columns: dict[str, list[Any]] = {
        "One": [called[o.one] for o in pairs],
        "Other": [called[o.other] for o in pairs],
        "Shared": [len(o.shared) for o in pairs],
        "Jaccard": [o.jaccard for o in pairs],
        "Partners of both": ["; ".join(called[p] for p in o.shared) for o in pairs],
    }
    st.markdown("##### Pairs")
    st.dataframe(
        columns,
        hide_index=True,
        column_config={"Jaccard": st.column_config.ProgressColumn(format="%.2f", min_value=0.0, max_value=1.0)},
    )
    as_csv(columns, "overlap.csv")


def _each(of: Partners, called: Mapping[str, str]) -> None:
    every = sorted(
        {p for found in of.values() for p in found},
        key=lambda p: (-sum(p in found for found in of.values()), called[p], p),
    )
    columns: list[list[Any]] = [[called[p] for p in every], *([of[c].get(p, 0) for p in every] for c in of)]
    table = dict(zip(_headings(["Partner", *(called[c] for c in of)]), columns, strict=True))
    st.markdown("##### Partners and the number of deals")
    pickable("every", every, table)
    as_csv(table, "partners.csv")


def _fitting(most: int) -> alt.ExprRef:
    """A size of letters with which numbers up to this one stand side by side, on a phone too."""
    import altair as alt

    return alt.ExprRef(f"min(14, bandwidth('x') / {0.6 * len(str(most)):.1f})")


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _TOLD
    return "; ".join(names[:_TOLD]) + (f" and {more} more" if more > 0 else "")


def _headings(names: Sequence[str]) -> list[str]:
    """Column names, told apart where two companies have one name."""
    return [f"{name} ({names[:i].count(name) + 1})" if name in names[:i] else name for i, name in enumerate(names)]
