"""The explorer's page of one company, technology or compound."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from biopact.app.explorer.about import Profile, profile
from biopact.app.explorer.cards import Cards
from biopact.graph.records import Node
from biopact.graph.store import synchronise
from biopact.graph.stores import open_store
from biopact.queries.catalogue import question
from tests.app.charts import charts
from tests.app.test_explorer import fresh, page, store, words
from tests.app.world import IMAGE, world
from tests.queries.trade import COMPANIES, LATTICE, PRISM, trade

__all__ = ["fresh", "store"]
ALDER, CEDAR, THORN, ALB = "company/alder-bio", "company/cedar-therapeutics", "technology/thornlink", "compound/alb-101"


def tables(found: Profile) -> dict[str, list[tuple[object, ...]]]:
    return {t.title: list(zip(*t.columns.values(), strict=True)) for t in found.tables}


def titles(app: AppTest) -> list[str]:
    assert not app.exception
    return [tab.label for tab in app.tabs]


def subject(app: AppTest) -> str:
    assert not app.exception
    return str(app.session_state.profiled[0])


def test_a_technology_has_owner_licensees_and_compounds(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, view="Profile", focus=THORN)
    assert titles(app) == ["Licences", "Compounds made with it", "Owners", "Deals in time"]
    licensees, *_ = charts(app)
    assert [(r["date"], r["licensee"], r["so_far"]) for r in licensees.rows] == [
        ("2019", "Cedar Therapeutics", 1),
        ("2020", "Dogwood Oncology", 2),
        ("2024-03-04", "Birchwood Pharma", 3),
    ]
    licences, compounds, owners, _ = (d.value for d in app.dataframe)
    assert list(owners["Name"]) == ["Alder Bio"]
    assert "exclusive license" in licences["Words"].iloc[-1]
    assert list(compounds["Developers"]) == ["Alder Bio; Birchwood Pharma"]


def test_a_compound_has_developers_aims_and_terms() -> None:
    found = tables(profile(Cards(world()), ALB))
    assert [row[:3] for row in found["Development"]] == [
        ("acts on", "FRX2", "Target"),
        ("developed by", "Alder Bio", "Company"),
        ("developed by", "Birchwood Pharma", "Company"),
        ("made with", "Thornlink", "Technology"),
        ("meant for", "mesothelioma", "Indication"),
    ]
    assert [row[2:] for row in found["Terms of its deals"]] == [
        ("milestones", "stated", "USD 140,000,000"),
        ("royalty", "redacted", ""),
        ("upfront", "stated", "USD 12,000,000"),
    ]


def test_a_company_has_partners_things_and_family() -> None:
    found = tables(profile(Cards(world()), ALDER))
    assert found["Partners"][0] == ("Cedar Therapeutics", 2, "2021")
    assert len(found["Partners"]) == 8
    assert [row[:2] for row in found["Compounds and technologies"]] == [("develops", "ALB-101"), ("owns", "Thornlink")]
    assert [row[:2] for row in found["Parents and subsidiaries"]] == [("parent of", "Juniper Diagnostics")]


def test_every_row_is_read_from_something_that_can_be_shown() -> None:
    cards = Cards(world())
    for id_ in (ALDER, CEDAR, THORN, ALB, "compound/fir-22"):
        for table in profile(cards, id_).tables:
            assert {len(column) for column in table.columns.values()} == {len(table.ids)}
            for row in table.ids:
                assert cards.card(row).quotations


@pytest.fixture(scope="module")
def traded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trade")
    with open_store(str(folder)) as opened:
        synchronise(opened, trade())
    return folder


@pytest.mark.parametrize("subject", [LATTICE, PRISM, "compound/cx-1", "compound/cx-2"])
def test_licensees_are_counted_as_in_the_named_question(subject: str, traded: Path) -> None:
    with open_store(str(traded)) as opened:
        asked = question("licensees-over-time").ask(opened, technology=subject).dicts()
    found = profile(Cards(trade()), subject)
    told = {row["year"]: row["so_far"] for row in asked if row["year"]}
    assert {one.date[:4]: one.so_far for one in found.licensees} == told
    assert found.undated == sum(len(row["licensees"]) for row in asked if not row["year"])


def test_partners_are_those_of_the_named_question(traded: Path) -> None:
    for name in COMPANIES:
        with open_store(str(traded)) as opened:
            asked = question("partners").ask(opened, company=f"company/{name}").dicts()
        found = tables(profile(Cards(trade()), f"company/{name}")).get("Partners", [])
        assert {str(row[0]): row[1] for row in found} == {row["partner"]: row["deals"] for row in asked}


def test_the_pick_comes_before_the_start_and_a_row_changes_nothing(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(store, monkeypatch, view="Profile", focus=ALDER, pick=THORN)
    assert subject(app) == THORN
    licence = next(e.id for e in world().edges.values() if e.type == "LICENSES_TO" and e.target == CEDAR)
    app.session_state.picked = licence
    app.run()
    assert subject(app) == THORN
    assert "licensed Thornlink to Cedar Therapeutics" in words(app)
    app.session_state.picked = CEDAR  # one end of the row
    app.run()
    assert subject(app) == CEDAR


def test_another_start_is_shown_and_one_can_choose_between_starts(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, view="Profile", focus=ALDER)
    app.multiselect(key="focus").set_value([ALDER, CEDAR]).run()
    assert subject(app) == CEDAR
    app.selectbox(key="profile_of").set_value(ALDER).run()
    assert subject(app) == ALDER
    app.multiselect(key="focus").set_value([ALDER]).run()
    assert subject(app) == ALDER


def test_a_link_says_whose_profile(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, view="Profile", focus=ALDER, profile=ALB)
    assert subject(app) == ALB
    assert app.query_params["profile"] in (ALB, [ALB])
    assert subject(page(store, monkeypatch, view="Profile", focus=ALDER, profile="compound/gone")) == ALDER


@pytest.mark.parametrize("focus", [[], ["indication/mesothelioma"]])
def test_without_a_choice_it_says_how_to_choose(focus: list[str], store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, view="Profile", focus=focus)
    assert "Choose a company, technology or compound" in app.info[0].value


def test_hostile_names_are_text(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    node: Node = next(n for n in world().nodes.values() if n.name == IMAGE)
    app = page(store, monkeypatch, view="Profile", focus=node.id)
    assert subject(app) == node.id
    assert "<img" not in words(app)
    assert "&lt;img src=x onerror=" in words(app)
    assert "owned" not in "".join(chart.code() for chart in charts(app))
    assert not any("owned" in said.value for said in (*app.markdown, *app.caption))


def test_what_nobody_tells_more_of_says_so(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(store, monkeypatch, view="Profile", focus="company/hawthorn-holdings")
    assert "Load more, or pick another" in app.info[0].value
