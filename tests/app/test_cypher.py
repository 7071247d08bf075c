"""`biopact cypher`: where the statement comes from, its limits, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from biopact.app.cli import cli
from biopact.graph.store import synchronise
from biopact.graph.stores import open_store
from tests.graph.world import world

COMPANIES = "MATCH (c:Company) RETURN c.name AS name ORDER BY name"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("cypher") / "store")
    with open_store(folder) as made:
        synchronise(made, world())
    return folder


@pytest.fixture
def run(store: str) -> Run:
    def invoke(*words: str, stdin: str | bytes = "") -> Result:
        return CliRunner().invoke(cli, ["cypher", *words, "--store", store], input=stdin, prog_name="biopact")

    return invoke


def test_rows_are_cut_and_that_is_said(run: Run) -> None:
    cut = run(COMPANIES, "--limit", "2", "--format", "csv")
    assert (cut.exit_code, cut.stdout) == (0, "name\nAlba Bio\nBorea Bio\n")
    assert cut.stderr == "biopact: the first 2 rows; there are more, and --limit 0 reads all of them\n"
    whole = run(COMPANIES, "--limit", "7", "--format", "csv")
    assert (len(whole.stdout.splitlines()), whole.stderr) == (8, "")


def test_no_limit_reads_all(run: Run) -> None:
    many = "UNWIND range(1, 2500) AS n RETURN n"
    assert len(run(many, "--format", "csv").stdout.splitlines()) == 1_001
    assert len(run(many, "--format", "csv", "--limit", "0").stdout.splitlines()) == 2_501


def test_time_runs_out(run: Run) -> None:
    result = run("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(*) AS n", "--seconds", "0.2")
    assert result.exit_code == 2
    assert "longer than 0.2 s; narrow it or allow more time" in result.stderr


def test_a_statement_comes_from_standard_input_or_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "question.cypher"
    file.write_text(f"\ufeff// all of them\n{COMPANIES};\n", encoding="utf-8")
    expected = run(COMPANIES).stdout
    assert run("-", stdin=COMPANIES).stdout == expected
    assert run("--file", str(file)).stdout == expected
    assert "Gaia Bio" in expected


@pytest.mark.parametrize(
    "words", [(), (COMPANIES, "--file", __file__), ("--limit", "-1", "x"), ("--seconds", "0", "x")]
)
def test_wrong_use(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_a_file_that_is_no_text(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "question.cypher"
    file.write_bytes(b"RETURN '\xff' AS x")
    result = run("--file", str(file))
    assert result.exit_code == 2
    assert "the statement is not text in UTF-8" in result.stderr


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "MATCH (n)\nSET n.name = 'x'",
            "line 2, column 1: SET would change the graph, and a question may only read it",
        ),
        ("RETRUN 1", "line 1, column 1: RETRUN: did you mean RETURN?"),
        ("RETURN $none AS x", "none"),
        ("RETURN nothing", "nothing"),
        ("", "there is no statement"),
    ],
)
def test_what_is_refused_says_why_in_one_line(run: Run, statement: str, said: str) -> None:
    result = run("-", stdin=statement)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_parameter_too_large_is_named(run: Run) -> None:
    result = run("RETURN $n AS n", "--param", f"n={2**70}")
    assert result.exit_code == 2
    assert "parameter n: " in result.stderr


def test_names_that_the_ontology_does_not_know_are_pointed_out(run: Run) -> None:
    result = run("MATCH (c:company {tiker: 'x'})-[:LICENCES_TO]->() RETURN c.nmae AS name", "--format", "csv")
    assert (result.exit_code, result.stdout) == (0, "name\n")
    assert result.stderr.splitlines() == [
        "biopact: no type company; did you mean Company?",
        "biopact: no property tiker; did you mean ticker?",
        "biopact: no type LICENCES_TO; did you mean LICENSES_TO?",
        "biopact: no property nmae; did you mean name?",
    ]
