"""`biopact query` in SPARQL: printed, and asked of a file."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from biopact.app.cli import cli
from biopact.graph.rdf import write_rdf
from biopact.queries.sparql import twin
from tests.graph.world import world


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["query", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_a_question_is_printed() -> None:
    code, printed, _ = run("partners", "--sparql")
    assert (code, printed) == (0, twin("partners").text)
    code, printed, _ = run("partners", "--sparql", "--param", 'company=a "b" }', "--base", "https://kb.example.org/")
    assert code == 0
    assert 'VALUES ?given_company { "a \\"b\\" }" }' in printed
    assert "PREFIX id: <https://kb.example.org/>" in printed


def test_a_file_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "graph.nq.gz"
    write_rdf(world(), file)
    code, printed, _ = run("partners", "--param", "company=Alba Bio", "--endpoint", str(file), "--format", "csv")
    assert code == 0
    assert printed.splitlines()[:2] == [
        "partner,partner_id,deals,kinds,first_date,last_date",
        "Borea Bio,company/borea,2,license; supply,2003-02,2005-06-30",
    ]
    code, printed, told = run("partners", "--param", "company=nobody", "--endpoint", str(file))
    assert (code, "no rows" in told) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (("path", "--sparql"), 2, "question path is there in Cypher only: SPARQL has no shortest paths"),
        (("partners", "--param", "company=a", "--endpoint", "nowhere.nq"), 2, "nowhere.nq: there is no such file"),
        (("partners", "--param", "company=a", "--endpoint", "http://127.0.0.1:9/"), 3, "of a SPARQL endpoint?"),
        (("partners", "--endpoint", "nowhere.nq"), 2, "parameter company is missing"),
        (("partners", "--sparql", "--param", "firm=a"), 2, "unknown parameter 'firm'"),
        (("partners", "--sparql", "--as-of", "2019"), 2, "--as-of is for a store"),
        (("partners", "--sparql", "--endpoint", "a.nq"), 2, "leave out one of them"),
        (("partners", "--param", "company=a", "--base", "https://a.example/"), 2, "--base goes with"),
        (("most-connected", "--param", "limit=-1", "--sparql"), 2, "expected a number of rows, found -1"),
        (("partners", "--sparql", "--base", "https://a.example/>"), 2, "base IRI"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], code: int, complaint: str) -> None:
    found, _, told = run(*arguments)
    assert found == code
    assert complaint in " ".join(told.split())
