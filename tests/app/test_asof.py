"""Views of a day: what they hold, when they are made again, and the commands that answer from them."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path
from unittest.mock import Mock

import pytest
from click.testing import CliRunner, Result

from biopact.app import asof
from biopact.app.asof import KEPT, Known, fingerprint, known_on, view
from biopact.app.cli import cli
from biopact.graph.judgements import Judgement, Judgements, Verdict
from biopact.graph.ledger import Ledger
from biopact.graph.store import dump, graph_of, synchronise
from biopact.graph.stores import open_store
from biopact.graph.validate import validate
from biopact.ontology import NotFoundError
from tests.app.filings import SECOND, kept, story


@pytest.fixture
def store(tmp_path: Path) -> str:
    return str(kept(tmp_path / "store", story()))


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words), prog_name="biopact")


def held(folder: Path) -> set[str]:
    """The names of the companies in a view."""
    with open_store(str(folder), create=False) as found:
        return {n.name for n in graph_of(found).nodes.values() if n.type == "Company"}


def made(store: str) -> set[str]:
    return {p.name for p in (Path(store) / "as-of").iterdir() if p.is_dir()}


def test_a_view_holds_what_was_known_then_by_the_names_of_then(store: str) -> None:
    folder, known = view(store, "2012-12-31")
    assert folder == Path(store) / "as-of" / "2012-12-31"
    assert held(folder) == {"Aldfen Inc.", "Brevin Ltd.", "Delos AG"}
    assert known == Known("2012-12-31", False, 2, 3, 1, "2010-03-01")
    with open_store(str(folder), create=False) as found:
        graph = graph_of(found)
    assert "company/brevin" in graph.nodes  # its CIK was told in 2016
    assert validate(graph) == []
    assert next(n for n in graph.nodes.values() if n.type == "Agreement").properties["valid_to"] == "2013-02"


def test_a_view_of_all_of_it_is_the_graph_of_the_ledger(store: str) -> None:
    folder, _ = view(store, "2030-01-01")
    ledger = Ledger(Path(store) / "ledger")
    again = kept(Path(store).with_name("again"), [])
    with open_store(str(folder), create=False) as found, open_store(str(again)) as other:
        synchronise(other, known_on(ledger, "2030-01-01")[0])
        assert list(dump(found)) == list(dump(other))


def test_only_what_was_in_force(store: str) -> None:
    folder, known = view(store, "2014-12-31", True)
    assert folder.name == "2014-12-31-in-force"
    assert held(folder) == {"Delos AG"}  # of whom nobody says when
    assert str(known) == (
        "as of 2014-12-31: 2 of 3 filings were known, 1 of them without a filing date; only what was in force"
    )


def test_a_view_is_made_once_and_again_when_ledger_or_judgements_change(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolved = Mock(side_effect=known_on)
    monkeypatch.setattr(asof, "known_on", resolved)
    ledger = Ledger(Path(store) / "ledger")

    def asked() -> int:
        view(store, "2030-01-01")
        return resolved.call_count

    assert (asked(), asked()) == (1, 1)
    ledger.forget(SECOND)
    assert (asked(), asked()) == (2, 2)
    assert held(Path(store) / "as-of" / "2030-01-01") == {"Aldfen Inc.", "Brevin Ltd.", "Delos AG"}
    told = next(f for f in story() if f.filing == SECOND)
    ledger.put(told)
    ledger.put(told)
    assert (asked(), asked()) == (3, 3)
    same = Judgement("company/aldfen", "company/delos", Verdict.SAME, "Ann", "2024-05-01")
    Judgements.beside(ledger).add(same)
    assert (asked(), asked()) == (4, 4)
    assert len(held(Path(store) / "as-of" / "2030-01-01")) == 3


def test_a_forgotten_filing_is_in_no_view(store: str) -> None:
    view(store, "2030-01-01")
    gone = Ledger(Path(store) / "ledger").filings()[0]
    assert run("forget", gone, "--store", store).exit_code == 0
    assert made(store) == set()


def test_a_damaged_view_is_made_anew(store: str) -> None:
    folder, known = view(store, "2030-01-01")
    (folder / "view.json").write_text("{", encoding="utf-8")
    assert view(store, "2030-01-01") == (folder, known)
    assert len(held(folder)) == 4


def test_the_views_that_were_not_used_for_longest_go(store: str) -> None:
    for year in range(2001, 2001 + KEPT):
        view(store, f"{year}-12-31")
    view(store, "2001-12-31")
    view(store, "2030-12-31")
    assert made(store) == {f"{year}-12-31" for year in (2001, *range(2003, 2001 + KEPT), 2030)}


def test_views_of_another_ledger_go_unless_they_are_being_read(store: str) -> None:
    first, _ = view(store, "2012-12-31")
    second, _ = view(store, "2013-12-31")
    Ledger(Path(store) / "ledger").forget(SECOND)
    with open_store(str(first), create=False):
        view(store, "2030-12-31")
        assert made(store) == {first.name, "2030-12-31"}
    assert not second.exists()


def test_without_a_ledger_there_are_no_views(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no filings in this ledger"):
        view(str(tmp_path / "nowhere"), "2012-12-31")
    assert not (tmp_path / "nowhere").exists()


def test_views_of_a_server_lie_beside_its_ledger(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOPACT_LEDGER", str(Path(store) / "ledger"))
    folder, _ = view("bolt://127.0.0.1:9", "2012-12-31")  # nobody answers there, and nobody is asked
    assert folder == Path(store) / "as-of" / "2012-12-31"


def test_a_fingerprint_knows_filings_by_their_content(store: str, tmp_path: Path) -> None:
    ledger = Ledger(Path(store) / "ledger")
    before = fingerprint(ledger)
    told = next(f for f in story() if f.filing == SECOND)
    ledger.put(told)  # the same again is not written
    assert fingerprint(ledger) == before
    assert fingerprint(Ledger(tmp_path / "empty")) != before


KILLED = """
    import os, sys
    from biopact.app import asof
    from biopact.graph import store as stores

    place = sys.argv[2]
    if place == "while it is built":
        def cut(*_):
            os._exit(9)
        asof.synchronise = cut
    elif place == "before it is put in place":
        asof.canonical = lambda *_: os._exit(9)
    else:
        asof.shutil.rmtree = lambda *_, **__: os._exit(9)
    asof.view(sys.argv[1], "2030-01-01")
"""


@pytest.mark.parametrize("place", ["while it is built", "before it is put in place", "when the old one goes"])
def test_a_process_that_is_killed_leaves_no_half_view(store: str, place: str) -> None:
    folder, _ = view(store, "2030-01-01")
    Ledger(Path(store) / "ledger").forget(SECOND)
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(KILLED), store, place], check=False)
    assert done.returncode == 9
    if folder.exists():  # whole: the old one or the new one
        assert len(held(folder)) in (3, 4)
    assert held(view(store, "2030-01-01")[0]) == {"Aldfen Inc.", "Brevin Ltd.", "Delos AG"}
    view(store, "2031-01-01")  # whoever makes a view next clears up
    assert made(store) == {"2030-01-01", "2031-01-01"}


def test_two_processes_that_want_one_view_make_it_one_after_the_other(store: str) -> None:
    script = "import sys; from biopact.app.asof import view; print(view(sys.argv[1], '2030-01-01')[1].filings)"
    both = [subprocess.Popen([sys.executable, "-c", script, store], stdout=subprocess.PIPE) for _ in range(2)]
    assert [process.communicate()[0].split() for process in both] == [[b"3"], [b"3"]]
    assert [process.returncode for process in both] == [0, 0]


# --- the commands


def test_query_and_cypher_answer_from_the_day(store: str) -> None:
    deals = ("query", "deals", "--param", "company=Brevin Ltd.", "--format", "jsonl", "--store", store)
    assert [json.loads(line)["date"] for line in run(*deals).stdout.splitlines()] == ["2009-05", "2016-01-04"]
    then = run(*deals, "--as-of", "2012")
    assert [json.loads(line)["date"] for line in then.stdout.splitlines()] == ["2009-05"]
    assert then.stderr == "biopact: as of 2012-12-31: 2 of 3 filings were known, 1 of them without a filing date\n"
    later = run(*deals, "--as-of", "2017", "--in-force")
    assert [json.loads(line)["date"] for line in later.stdout.splitlines()] == ["2016-01-04"]
    count = "MATCH (a:Agreement) RETURN count(a) AS n"
    assert run("cypher", count, "--store", store, "--as-of", "2012-12", "--format", "csv").stdout == "n\n1\n"


def test_stats_and_export_answer_from_the_day(store: str, tmp_path: Path) -> None:
    filings = run("stats", "--filings", "--store", store, "--as-of", "2012", "--format", "jsonl").stdout
    assert {json.loads(line)["filed"] for line in filings.splitlines()} == {"2010-03-01", None}
    path = tmp_path / "then.jsonl"
    assert run("export", str(path), "--store", store, "--as-of", "2012").exit_code == 0
    assert "Corva" not in path.read_text(encoding="utf-8")
    assert "Brevin" in path.read_text(encoding="utf-8")


def test_a_day_before_all_filings_says_so(store: str) -> None:
    told = [f for f in story() if f.filing != "filing/undated"]
    early = str(kept(Path(store).with_name("dated"), told))
    result = run("stats", "--store", early, "--as-of", "1999")
    assert result.exit_code == 0
    assert "as of 1999-12-31: no filing was known yet, the earliest is of 2010-03-01" in result.stderr


@pytest.mark.parametrize("date", ["2019-13", "2019-02-30", "19", "20190101", "0000", "yesterday", "２０１９"])
def test_what_is_no_date_is_refused(store: str, date: str) -> None:
    result = run("stats", "--store", store, "--as-of", date)
    assert result.exit_code == 2
    assert "is no date; expected one as in 2019, 2019-03 or 2019-03-31" in result.stderr
    assert not (Path(store) / "as-of").exists()


def test_in_force_needs_a_day(store: str) -> None:
    result = run("stats", "--store", store, "--in-force")
    assert result.exit_code == 2
    assert "--in-force needs the day: add --as-of DATE" in result.stderr


def test_explore_prints_the_address_of_the_day(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.run", lambda command, **_: subprocess.CompletedProcess(command, 0))
    result = run("explore", "--store", store, "--as-of", "2012", "--in-force")
    assert result.stdout == "the explorer: http://localhost:8501/?as_of=2012-12-31&in_force=yes  (Ctrl+C ends it)\n"
    assert made(store) == {"2012-12-31-in-force"}  # so that the page need not wait for it
