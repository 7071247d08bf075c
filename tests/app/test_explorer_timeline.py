"""The explorer's picture of deals in time."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biopact.app.explorer import timeline
from biopact.app.explorer.charts import UNTOLD, colors
from biopact.app.explorer.deals import Deal, deals
from biopact.app.explorer.timeline import middle, placed
from biopact.ontology import load_schema
from tests.app.charts import charts
from tests.app.test_explorer import fresh, page, store
from tests.app.world import FORMULA, IMAGE, MARKDOWN, SCRIPT, world

__all__ = ["fresh", "store"]
ALDER, BIRCH = "company/alder-bio", "company/birchwood-pharma"
ONE = Deal("agreement/1", "2001", "license, option", "A; B", "", "", None, None, "")


def test_every_dated_deal_is_a_point_that_can_be_clicked(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, view="Timeline")
    (chart,) = charts(app)
    assert {r["id"] for r in chart.rows} == {n.id for n in world().nodes.values() if n.type == "Agreement"}
    assert {r["row"] for r in chart.rows} == {"license", "collaboration", "supply"}
    assert chart.spec["params"][0]["select"]["fields"] == ["id"]
    assert len(app.dataframe[0].value) == 11


def test_rows_may_be_the_starts_and_a_link_says_so(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, view="Timeline", focus=[ALDER, BIRCH], rows="start")
    (chart,) = charts(app)
    in_rows = [(r["row"], r["id"]) for r in chart.rows]
    both = next(d.id for d in deals(world(), [BIRCH]) if d.date == "2024-03-04")
    assert {row for row, id_ in in_rows if id_ == both} == {"Alder Bio", "Birchwood Pharma"}
    assert len(in_rows) == 9 + 2
    assert app.query_params["rows"] in ("start", ["start"])
    app.button_group(key="timeline_rows").set_value(timeline._BY_KIND).run()
    assert "license" in {r["row"] for r in charts(app)[0].rows}
    app.button_group(key="timeline_rows").set_value(timeline._BY_START).run()
    app.multiselect(key="focus").set_value([]).run()  # without a start there are only kinds
    assert "license" in {r["row"] for r in charts(app)[0].rows}


def test_a_pick_is_read_below_the_picture(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deal = next(d for d in deals(world()) if d.date == "2022")
    app = page(store, monkeypatch, view="Timeline", pick=deal.id)
    assert "licenses its Quillcell culture system" in "".join(str(e.proto.body) for e in app.get("html"))


def test_many_deals_are_counted_by_year_and_kind(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "POINTS", 10)
    app = page(store, monkeypatch, view="Timeline")
    (chart,) = charts(app)
    assert chart.alt == "Deals by year and kind"
    assert {(r["year"], r["kind"]): r["deals"] for r in chart.rows}[2025, "collaboration"] == 4
    assert sum(r["deals"] for r in chart.rows) == 11
    assert "11 deals are too many for a point each" in app.caption[0].value
    app.selectbox(key="timeline year").set_value("2023").run()
    assert len(app.dataframe[0].value) == 2
    app.selectbox(key="timeline kind").set_value("supply").run()
    assert list(app.dataframe[0].value["Parties"]) == ["Alder Bio; Elmtree Manufacturing"]
    app.multiselect(key="focus").set_value([BIRCH]).run()  # whose deals are few
    assert charts(app)[0].alt == "Deals by date"


def test_a_start_without_deals_says_what_to_do(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, view="Timeline", focus="company/juniper-diagnostics")
    assert "Take names out of" in app.info[0].value
    assert not charts(app)


def test_deals_that_nobody_dates_are_counted(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = timeline.tables.deals

    def some_undated(*given: object) -> list[Deal]:
        return [replace(d, date="") if d.date == "2025" else d for d in real(*given)]  # type: ignore[arg-type]

    monkeypatch.setattr(timeline.tables, "deals", some_undated)
    app = page(store, monkeypatch, view="Timeline")
    assert app.caption[0].value == "4 more deals have no date."
    assert len(charts(app)[0].rows) == 7


def test_hostile_names_are_data_and_never_code(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = [n.id for n in world().nodes.values() if n.name in (IMAGE, SCRIPT, MARKDOWN, FORMULA)]
    app = page(store, monkeypatch, view="Timeline", focus=hostile, rows="start")
    (chart,) = charts(app)
    assert len(chart.rows) == 4
    assert any(IMAGE in r["parties"] for r in chart.rows)
    assert "owned" not in chart.code()
    assert "HYPERLINK" not in chart.code()


@pytest.mark.parametrize(
    ("told", "stands"), [("2001", "2001-07-02"), ("2001-02", "2001-02-14"), ("2001-02-03", "2001-02-03")]
)
def test_a_date_stands_in_the_middle_of_what_is_known(told: str, stands: str) -> None:
    assert datetime.fromtimestamp(middle(told) / 1000, UTC).date().isoformat() == stands


def test_a_deal_without_a_kind_has_its_own_row() -> None:
    assert [p.row for p in placed([ONE, replace(ONE, kinds="")])] == ["license", UNTOLD]
    kinds = load_schema().vocabularies["agreement_kind"]
    assert len(set(colors([*kinds, UNTOLD]).values())) == len(kinds) + 1


@given(st.lists(st.sampled_from(["1999", "2001", "2001-02", "2001-02-11", "2001-02-17", "2009"]), max_size=30))
def test_points_of_one_time_do_not_cover_each_other(dates: list[str]) -> None:
    told = [replace(ONE, id=str(i), date=d) for i, d in enumerate(sorted(dates, key=middle))]
    found = placed(told)
    assert [p.deal for p in found] == told
    alone = [(p.at, p.lane) for p in found]
    if len(alone) <= 2 * timeline._LANES + 1:
        assert len(set(alone)) == len(alone)
