"""The explorer's comparison of partners: heat map, UpSet picture and tables."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from biopact.app.explorer import overlap, picking
from biopact.app.explorer.charts import shortened
from biopact.app.explorer.deals import overlaps, partners
from biopact.app.explorer.overlap import Shared, exclusive
from biopact.graph.stores import open_store
from biopact.queries.catalogue import question
from tests.app.charts import charts
from tests.app.test_explorer import fresh, page, store
from tests.app.world import FORMULA, IMAGE, MARKDOWN, SCRIPT, world
from tests.queries.trade import trade

__all__ = ["fresh", "store"]
ALDER, BIRCH, CEDAR = "company/alder-bio", "company/birchwood-pharma", "company/cedar-therapeutics"
OF = {"a": {"p": 2, "q": 1, "s": 1}, "b": {"p": 1, "r": 1, "s": 3}, "c": {"s": 1}}


def view(store: Path, monkeypatch: pytest.MonkeyPatch, *focus: str, **query: str | list[str]) -> AppTest:
    return page(store, monkeypatch, view="Partner overlap", focus=list(focus), **query)


def test_overlap_of_two_companies(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = view(store, monkeypatch, ALDER, BIRCH)
    behind, pairs, every = (table.value for table in app.dataframe)
    assert list(pairs["Partners of both"]) == ["Dogwood Oncology"]
    assert IMAGE in list(every["Partner"])
    assert list(behind["Partner"]) == ["Dogwood Oncology"]  # what is shared stands first
    assert list(behind["Deals"]) == [2]


def test_the_overlap_is_that_of_the_named_question(store: Path) -> None:
    with open_store(str(store)) as opened:
        asked = question("partner-overlap").ask(opened, shared=1, partners=1).dicts()
    assert asked
    for row in asked:
        (pair,) = overlaps(partners(world(), [row["company_id"], row["other_id"]]))
        assert (len(pair.shared), pair.jaccard) == (row["shared"], pytest.approx(row["jaccard"], abs=1e-4))


def test_a_cross_licence_makes_partners_as_in_the_named_question() -> None:
    graph = trade()
    assert partners(graph, ["company/dahlia"]) == {"company/dahlia": {"company/acorn": 1, "company/hazel": 1}}


def test_one_company_has_no_overlap_yet(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = view(store, monkeypatch)
    assert "two or more companies" in app.info[0].value
    assert not charts(app)


def test_companies_without_deals_are_told_so(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = view(store, monkeypatch, "company/juniper-diagnostics", "company/hawthorn-holdings")
    assert "no deals with anyone" in app.info[0].value


def test_a_partner_stands_with_exactly_those_that_have_it() -> None:
    assert exclusive(OF) == [
        Shared(("a", "b", "c"), ("s",)),
        Shared(("a", "b"), ("p",)),
        Shared(("a",), ("q",)),
        Shared(("b",), ("r",)),
    ]


@given(st.dictionaries(st.text(max_size=2), st.dictionaries(st.sampled_from("pqrstu"), st.just(1)), max_size=5))
def test_combinations_hold_every_partner_once_and_the_largest_first(of: dict[str, dict[str, int]]) -> None:
    found = exclusive(of)
    told = [p for shared in found for p in shared.partners]
    assert sorted(told) == sorted({p for partners in of.values() for p in partners})
    assert [len(s.partners) for s in found] == sorted((len(s.partners) for s in found), reverse=True)
    for shared in found:
        for partner in shared.partners:
            assert [c for c in of if partner in of[c]] == list(shared.companies)


def test_the_heat_map_is_symmetric_and_has_totals_in_the_diagonal(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heat, *_ = charts(view(store, monkeypatch, ALDER, BIRCH, CEDAR))
    shared = {(r["one"], r["other"]): r["shared"] for r in heat.rows}
    assert len(shared) == 9
    assert all(shared[other, one] == n for (one, other), n in shared.items())
    assert shared["Alder Bio", "Alder Bio"] == 8
    assert shared["Alder Bio", "Birchwood Pharma"] == 1
    assert shared["Birchwood Pharma", "Cedar Therapeutics"] == 1  # Alder Bio


def test_bars_and_dots_stand_above_one_another(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, bars, dots = charts(view(store, monkeypatch, ALDER, BIRCH, CEDAR))
    assert [(r["partners"], r["of"]) for r in bars.rows] == [
        (7, "Alder Bio"),
        (1, "Alder Bio; Birchwood Pharma"),
        (1, "Birchwood Pharma; Cedar Therapeutics"),
        (1, "Cedar Therapeutics"),
    ]
    assert {r["company"] for r in dots.rows if r["bar"] == 2 and r["has"]} == {"Birchwood Pharma", "Cedar Therapeutics"}
    assert len(dots.rows) == 12


def test_what_is_behind_a_bar_is_listed(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = view(store, monkeypatch, ALDER, BIRCH, CEDAR)
    assert app.selectbox(key="combination").options[0] == "Alder Bio only: 7"
    app.selectbox(key="combination").set_value(0).run()
    assert len(app.dataframe[0].value) == 7
    app.selectbox(key="combination").set_value(3).run()
    assert list(app.dataframe[0].value["Partner"]) == ["Firwood University"]
    app.multiselect(key="compared").set_value([ALDER, BIRCH]).run()  # which has no fourth bar
    assert app.selectbox(key="combination").value in range(3)
    assert not app.exception


def test_a_click_on_a_bar_chooses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class State(dict[str, object]):
        __getattr__ = dict.__getitem__
        __setattr__ = dict.__setitem__

    state = State(upset=SimpleNamespace(selection={"choice": [{"bar": 2}]}), combination=0)
    for module in (overlap, picking):
        monkeypatch.setattr(module, "st", SimpleNamespace(session_state=state))
    overlap._take()
    assert state["combination"] == 2
    state["upset"] = SimpleNamespace(selection={})  # a click beside it takes the choice back
    overlap._take()
    assert state["combination"] == 2


def test_too_many_for_a_picture_are_compared_in_tables(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlap, "DRAWN", 2)
    app = view(store, monkeypatch, ALDER, BIRCH, CEDAR)
    assert "up to 2 companies. The tables below hold all 3" in app.info[0].value
    assert not charts(app)
    assert len(app.dataframe[0].value) == 3


def test_another_start_is_another_comparison(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = view(store, monkeypatch, ALDER, BIRCH)
    app.multiselect(key="compared").set_value([ALDER, CEDAR]).run()
    assert app.multiselect(key="compared").value == [ALDER, CEDAR]
    app.multiselect(key="focus").set_value([BIRCH, CEDAR]).run()
    assert app.multiselect(key="compared").value == [BIRCH, CEDAR]


def test_a_link_may_say_who_is_compared(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = view(store, monkeypatch, ALDER, compare=[BIRCH, CEDAR, "company/gone", "technology/thornlink"])
    assert app.multiselect(key="compared").value == [BIRCH, CEDAR]
    assert app.query_params["compare"] == [BIRCH, CEDAR]
    app.multiselect(key="focus").set_value([BIRCH, CEDAR]).run()
    assert "compare" not in app.query_params  # the start says it


def test_hostile_names_are_data_and_never_code(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = [n.id for n in world().nodes.values() if n.name in (IMAGE, SCRIPT, MARKDOWN, FORMULA)]
    app = view(store, monkeypatch, *hostile)
    for chart in charts(app):
        assert "owned" not in chart.code()
        assert "HYPERLINK" not in chart.code()
    heat = charts(app)[0]
    assert {r["one"] for r in heat.rows} == set(shortened([IMAGE, SCRIPT, MARKDOWN, FORMULA]))
    for said in (*app.markdown, *app.caption):
        assert "owned" not in said.value


def test_names_beside_an_axis_are_told_apart() -> None:
    long = "A company whose name goes on and on"
    assert len({*shortened([long, long + " and on", "B", "B", "B (2)", "B"])}) == 6
