"""biopact analyse: every measure of a store, pictures, figures that are written, and what cannot be asked."""

import csv
import io
import json
import random
import re
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from biopact.app.analysing import MEASURES
from biopact.app.cli import cli
from biopact.graph.records import Edge, Graph, Node, edge_id
from biopact.graph.store import graph_of, synchronise
from biopact.graph.stores import open_store
from tests.app.filings import kept, story
from tests.graph.world import world

MADE_ON_NETWORK = {name for name in MEASURES if name not in ("partners", "backtest")}


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, ["analyse", *map(str, words)], prog_name="biopact")


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The world in which every answer is known."""
    folder = str(tmp_path_factory.mktemp("world"))
    with open_store(folder) as target:
        synchronise(target, world())
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Groups of eight companies, in which about half of the deals come after 2010."""
    rng = random.Random(1)
    nodes: dict[str, Node] = {}
    edges: dict[str, Edge] = {}
    for group in range(8):
        members = [Node(f"company/{group}-{i}", "Company", f"{group}-{i} Bio") for i in range(8)]
        nodes |= {node.id: node for node in members}
        for one, other in combinations(members, 2):
            year = rng.choice(["2009", "2012"])
            deal = Node(f"agreement/{one.name[:3]}{other.name[:3]}", "Agreement", "deal", (), {"agreement_date": year})
            nodes[deal.id] = deal
            for end in (one, other):
                id_ = edge_id("PARTY_TO", end.id, deal.id)
                edges[id_] = Edge(id_, "PARTY_TO", end.id, deal.id, {"role": "collaborator"})
    folder = str(tmp_path_factory.mktemp("large"))
    with open_store(folder) as target:
        synchronise(target, Graph(nodes, edges))
    return folder


def test_without_a_measure_all_are_listed() -> None:
    assert [row["measure"] for row in rows(run("--format", "csv"))] == list(MEASURES)


@pytest.mark.parametrize("measure", sorted(MADE_ON_NETWORK))
def test_every_measure_answers_and_says_what_it_rests_on(measure: str, store: str) -> None:
    result = run(measure, "--store", store, "--format", "csv")
    assert rows(result)
    assert "8 agreements between 7 companies, 8 pairs (" in result.stderr


def test_centrality_of_the_world(store: str) -> None:
    found = rows(run("centrality", "--store", store, "--top", 2, "--format", "csv"))
    assert [(row["company"], row["partners"], row["deals"]) for row in found] == [
        ("Alba Bio", "3", "4"),
        ("Evora Bio", "3", "3"),
    ]
    assert len(rows(run("centrality", "--store", store, "--top", 0, "--format", "csv"))) == 7


def test_members_of_communities(store: str) -> None:
    found = rows(run("communities", "--members", "--top", 0, "--store", store, "--format", "csv"))
    assert len(found) == 7
    assert {row["community"] for row in found} == {"1", "2"}


def test_future_partners_come_with_the_shared_ones_by_name(store: str) -> None:
    result = run("partners", "--company", "alba bio, inc.", "--store", store, "--format", "json")
    found = json.loads(result.stdout)
    assert [row["partner"] for row in found] == ["Evora Bio", "Gaia Bio"]
    assert found[0]["shared_partners"] == ["Borea Bio", "Corva Bio"]
    katz = run("partners", "--company", "company/alba", "--method", "katz", "--store", store, "--format", "csv")
    assert "Fjord Bio" in {row["partner"] for row in rows(katz)}


def test_a_backtest_of_little_says_so(store: str) -> None:
    result = run("backtest", "--store", store, "--format", "csv")
    assert rows(result) == []
    assert "nothing can be said: only " in result.stderr


def test_a_backtest_of_much_has_figures_and_a_picture(large: str, tmp_path: Path) -> None:
    picture = tmp_path / "test.svg"
    result = run("backtest", "--until", 2010, "--first", 3, "--store", large, "--format", "csv", "--picture", picture)
    found = {row["method"]: row for row in rows(result)}
    assert float(found["adamic-adar"]["lift_low"]) > 0.1
    assert float(found["chance"]["auc"]) == 0.5
    assert "precision of the first 3 proposed to each of 62 companies" in result.stderr
    assert picture.is_file()


@pytest.mark.parametrize(
    "words",
    [("centrality",), ("brokerage",), ("communities",), ("partners", "--company", "Alba Bio")],
    ids=lambda words: words[0],
)
def test_pictures(words: tuple[str, ...], store: str, tmp_path: Path) -> None:
    picture = tmp_path / "picture.svg"
    assert run(*words, "--store", store, "--picture", picture).exit_code == 0
    assert picture.stat().st_size > 1000


def test_written_figures_are_there_for_cypher(tmp_path: Path) -> None:
    store = str(kept(tmp_path / "store", story()))
    for measure in ("centrality", "brokerage", "communities", "cores"):
        result = run(measure, "--write", "--store", store)
        assert result.exit_code == 0, result.output
        assert "3 companies have figures in " in result.stderr
    with open_store(store) as found:
        brevin = next(n for n in graph_of(found).nodes.values() if n.name == "Brevin Ltd.").properties
    assert {k: v for k, v in brevin.items() if k.startswith("network_") and k != "network_basis"} == {
        "network_partners": 2,
        "network_deals": 2,
        "network_pagerank": pytest.approx(0.4865, abs=1e-3),
        "network_betweenness": 1.0,
        "network_closeness": 1.0,
        "network_effective_size": 2.0,
        "network_constraint": 0.5,
        "network_cuts_off": 1,
        "network_core": 1,
        "network_community": 1,
        "network_community_label": "Brevin Ltd.; Aldfen Inc.; Corva AG",
    }


def test_as_of_a_day_there_are_fewer(tmp_path: Path) -> None:
    store = str(kept(tmp_path / "store", story()))
    assert len(rows(run("centrality", "--store", store, "--format", "csv"))) == 3
    assert len(rows(run("centrality", "--as-of", 2012, "--store", store, "--format", "csv"))) == 2


@pytest.mark.parametrize("measure", sorted(MADE_ON_NETWORK))
def test_an_empty_store_has_nothing_and_says_so(measure: str, tmp_path: Path) -> None:
    with open_store(str(tmp_path)) as target:
        target.prepare()
    result = run(measure, "--store", tmp_path, "--format", "jsonl")
    assert result.exit_code == 0
    assert "0 agreements between 0 companies" in result.stderr
    assert run(measure, "--write", "--store", tmp_path).exit_code == (0 if "write" in MEASURES[measure].options else 2)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("fortune",), 2, "no measure 'fortune'; known are centrality, "),
        (("partners",), 2, "partners needs --company"),
        (("partners", "--company", "Nobody"), 2, "no company is called 'Nobody'"),
        (("partners", "--company", "Alba Bio", "--method", "oracle"), 2, "no method 'oracle'; known are adamic-adar"),
        (("cores", "--company", "Alba Bio"), 2, "--company says nothing to cores"),
        (("centrality", "--until", "2010"), 2, "--until says nothing to centrality"),
        (("cores", "--picture", "cores.png"), 2, "--picture says nothing to cores"),
        (("centrality", "--picture", "c.pdf"), 2, "a picture is a file with .png or .svg"),
        (("assortativity", "--write"), 2, "--write says nothing to assortativity"),
        (("backtest", "--picture", "b.png"), 2, "nothing to draw: only "),
        (("cores", "--write", "--as-of", "2019"), 2, "leave out --as-of"),
        (("backtest", "--until", "yesterday"), 2, "'yesterday' is no date"),
    ],
)
def test_what_cannot_be_asked(words: tuple[str, ...], code: int, says: str, store: str) -> None:
    result = run(*words, "--store", store)
    assert result.exit_code == code
    assert says in " ".join(result.stderr.split())


def test_the_python_of_the_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept(tmp_path / "biopact-data", story())
    monkeypatch.chdir(tmp_path)
    page = (Path(__file__).parents[2] / "docs" / "analytics.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    exec(code, {})
    company, problem = capsys.readouterr().out.splitlines()
    assert company == "Aldfen Inc."
    assert problem.startswith("only 0 pairs of companies known by 2015 became partners after it")
