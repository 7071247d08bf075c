"""The journal of judgements: the last word stands, nothing that was said is ever lost, tables go out and come back."""

import csv
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biopact.graph.judgement_tables import COLUMNS, export_csv, import_csv
from biopact.graph.judgements import Judgement, Judgements, Undoing, Verdict, now, somebody
from biopact.graph.ledger import Ledger
from biopact.ontology import BiopactError, NotFoundError, ValidationError

A, B, C = "company/alnora", "company/brevin", "company/corvane"
WHEN = "2024-05-01T12:00:00Z"


def said(left: str = A, right: str = B, verdict: str = "same", when: str = WHEN, note: str = "") -> Judgement:
    return Judgement(left, right, Verdict(verdict), "Ann", when, note)


@pytest.fixture
def journal(tmp_path: Path) -> Judgements:
    return Judgements.beside(Ledger(tmp_path / "store" / "ledger"))


# --- what a judgement is


def test_a_pair_has_no_order() -> None:
    assert said(A, B) == said(B, A)
    assert said(B, A).pair == (A, B)


@pytest.mark.parametrize(
    "handle",
    [
        "company/cik-0000000017",
        "company/alnora@filing/0000000000-24-000001",
        "technology/delivery-technology#company/cik-0000000017",
        "technology/delivery-technology#filing/0000000000-24-000001@filing/0000000000-24-000001",
    ],
)
def test_ids_of_every_form_are_taken(handle: str) -> None:
    other = f"{handle.partition('/')[0]}/other"
    assert handle in said(handle, other).pair


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Alnora, Inc.", B),
        ("", B),
        ("company/", B),
        ("filing/0000000000-24-000001", "filing/0000000000-24-000002"),
        ("company/alnora@0000000000-24-000001", B),
        ("company/alnora\n", B),
        ("company/../x", "company/y z"),
        (A, A),
        (A, "compound/brevin"),
    ],
)
def test_what_is_no_pair_of_ids_is_refused(left: str, right: str) -> None:
    with pytest.raises(ValidationError):
        said(left, right)


@pytest.mark.parametrize("when", ["", "yesterday", "2024-13-01", "0001-01-01T00:00:00+23:00"])
def test_a_moment_has_to_be_one(when: str) -> None:
    with pytest.raises(ValidationError, match="expected a moment"):
        said(when=when)


def test_nobody_and_nothing_are_no_judgement() -> None:
    with pytest.raises(ValidationError, match="BIOPACT_USER"):
        Judgement(A, B, Verdict.SAME, " \n", WHEN)
    with pytest.raises(ValidationError, match="same, different, unsure"):
        Judgement(A, B, "perhaps", "Ann", WHEN)  # type: ignore[arg-type]


def test_who_judges_comes_from_the_environment_or_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOPACT_USER", "Ann of\nReview")
    assert somebody() == "Ann of Review"
    monkeypatch.delenv("BIOPACT_USER")
    monkeypatch.setenv("LOGNAME", "ben")
    assert somebody() == "ben"

    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert somebody() == "unknown"


# --- the journal


def test_asking_writes_nothing(journal: Judgements) -> None:
    assert (journal.history(), journal.current(), journal.verdict(A, B)) == ([], {}, None)
    assert not journal.path.parent.exists()


def test_the_last_word_stands_and_history_keeps_all(journal: Judgements) -> None:
    first, second = said(), said(verdict="different", note="two registrants")
    journal.add(first)
    journal.add(second, said(B, C, "unsure"))
    assert journal.current() == {(A, B): second, (B, C): said(B, C, "unsure")}
    assert journal.verdict(B, A) == "different"
    assert journal.history() == [first, second, said(B, C, "unsure")]
    assert Judgements(journal.path).history() == journal.history()


def test_undoing_takes_back_and_is_kept(journal: Judgements) -> None:
    journal.add(said())
    assert journal.undo(B, A, "Ben", WHEN, "wrong Alnora") == said()
    assert journal.current() == {}
    assert journal.history() == [said(), Undoing(A, B, "Ben", WHEN, "wrong Alnora")]
    with pytest.raises(NotFoundError, match="no judgement stands"):
        journal.undo(A, B, "Ben", WHEN)
    journal.add(said())
    assert journal.verdict(A, B) == "same"


def test_the_fingerprint_is_of_what_stands(journal: Judgements) -> None:
    empty = journal.fingerprint()
    journal.add(said(), said(B, C))
    both = journal.fingerprint()
    journal.add(said(note="said again by somebody else, later", when=now()))
    assert journal.fingerprint() == both != empty
    journal.add(said(verdict="different"))
    assert journal.fingerprint() != both
    journal.undo(A, B, "Ann", WHEN)
    journal.undo(B, C, "Ann", WHEN)
    assert journal.fingerprint() == empty


@pytest.mark.parametrize(
    "tail", [b"{", b'{"left":"company/a', b"\xff", b'{"left":"company/alnora"}', b"\n"[:0] + b"{}"]
)
def test_a_line_that_was_never_finished_is_taken_away_without_loss(journal: Judgements, tail: bytes) -> None:
    journal.add(said(), said(B, C))
    with journal.path.open("ab") as file:
        file.write(tail)
    assert journal.history() == [said(), said(B, C)]
    journal.add(said(A, C))
    assert journal.history() == [said(), said(B, C), said(A, C)]
    assert tail not in journal.path.read_bytes().splitlines()


@pytest.mark.parametrize("line", ["{}", "[]", "x", '"', '{"left":1,"right":2,"verdict":"same","who":"A","when":"W"}'])
def test_a_damaged_line_is_named(journal: Judgements, line: str) -> None:
    journal.add(said())
    with journal.path.open("a") as file:
        file.write(line + "\n")
    with pytest.raises(BiopactError, match=r"judgements\.jsonl, line 2: not a judgement"):
        journal.current()


def _writer(path: Path, name: str, count: int) -> None:
    for n in range(count):
        Judgements(path).add(Judgement(A, f"company/{name}-{n}", Verdict.SAME, name, now()))


def test_processes_add_at_the_same_time(journal: Judgements) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_writer, args=(journal.path, name, 40)) for name in ("ann", "ben", "cleo")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert len(journal.current()) == 120
    by_ann = [e.right for e in journal.history() if e.who == "ann"]
    assert by_ann == [f"company/ann-{n}" for n in range(40)]


_ADDING = """
import sys
from pathlib import Path
from biopact.graph.judgements import Judgement, Judgements, Verdict
for n in range(10**6):
    Judgements(Path(sys.argv[1])).add(
        Judgement("company/a", f"company/{sys.argv[2]}-{n}", Verdict.SAME, "Ann", "2024-05-01", "x" * 5000)
    )
    print(n, flush=True)
"""


def test_killed_in_the_middle_nothing_acknowledged_is_lost(journal: Judgements) -> None:
    for run in range(5):
        command = [sys.executable, "-c", _ADDING, str(journal.path), f"run{run}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            told = [writer.stdout.readline()]
            time.sleep(0.02 * run)
            os.kill(writer.pid, signal.SIGKILL)
            told += writer.stdout.read().splitlines()
        acknowledged = [int(line) for line in told if line.strip()]
        kept = [e.right for e in journal.history() if e.right.startswith(f"company/run{run}-")]
        assert kept[: len(acknowledged)] == [f"company/run{run}-{n}" for n in acknowledged]
        assert len(kept) - len(acknowledged) in (0, 1)  # the last may be on disk and not be told any more
    journal.add(said())
    assert journal.verdict(A, B) == "same"


# --- tables


def table(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_table_goes_out_and_comes_back(journal: Judgements, tmp_path: Path) -> None:
    journal.add(said(note="seen, on “the” cover; p. 1"), said(B, C, "different"), said(A, C, "unsure"))
    journal.undo(A, C, "Ben", WHEN)
    out = tmp_path / "judged.csv"
    assert export_csv(journal, out) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["judged.csv", "store"]
    other = Judgements(tmp_path / "other" / "judgements.jsonl")
    imported = import_csv(other, out, "Ben")
    assert (imported.taken, imported.known, imported.refused) == (2, 0, ())
    assert other.current() == journal.current()
    again = import_csv(other, out, "Ben")
    assert (again.taken, again.known) == (0, 2)
    assert len(other.history()) == 2


@given(st.text(), st.text(alphabet="'=+-@\t \r\n,;\"x"), st.sampled_from(list(Verdict)))
def test_any_note_survives_a_table_and_none_is_a_formula(
    tmp_path_factory: pytest.TempPathFactory, who: str, note: str, verdict: Verdict
) -> None:
    folder = tmp_path_factory.mktemp("table")
    journal, other = Judgements(folder / "one.jsonl"), Judgements(folder / "two.jsonl")
    journal.add(Judgement(A, B, verdict, f"{who}x", WHEN, note))
    export_csv(journal, folder / "out.csv")
    with (folder / "out.csv").open(newline="", encoding="utf-8") as file:
        assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert import_csv(other, folder / "out.csv", "Ben").refused == ()
    assert other.current() == journal.current()


def test_bad_rows_are_named_and_good_ones_kept(journal: Judgements, tmp_path: Path) -> None:
    path = table(
        tmp_path / "judged.csv",
        ",".join(COLUMNS),
        f"{A},{B},same,Ann,{WHEN},",
        f"Alnora,{B},same,Ann,{WHEN},",
        f"{A},{C},perhaps,Ann,{WHEN},",
        f"{A},{C},same,Ann,last week,",
        f"{A},{C},same,Ann,2999-01-01,",
        f"{A},{C},same,Ann,{WHEN},one,two",
        ",,,,,",
        f"{B},{C},DIFFERENT",
        f"{A},{A},same",
    )
    imported = import_csv(journal, path, "Ben")
    assert (imported.taken, imported.known) == (2, 0)
    assert [r.partition(": ")[0] for r in imported.refused] == [f"{path}, line {n}" for n in (3, 4, 5, 6, 7, 10)]
    assert journal.current()[(A, B)] == said()
    theirs = journal.current()[(B, C)]
    assert (theirs.verdict, theirs.who) == ("different", "Ben")


def test_a_table_may_leave_out_columns_and_be_separated_by_semicolons(journal: Judgements, tmp_path: Path) -> None:
    path = table(tmp_path / "judged.csv", "\ufeffRight;Verdict;Left", f"{B};same;{A}")
    assert import_csv(journal, path, "Ben").taken == 1
    assert import_csv(journal, path, "Ben").known == 1
    assert (journal.current()[(A, B)].who, len(journal.history())) == ("Ben", 1)


def test_an_old_table_overrules_no_later_word(journal: Judgements, tmp_path: Path) -> None:
    journal.add(said(when="2020-01-01"))
    export_csv(journal, tmp_path / "old.csv")
    journal.add(said(verdict="different", when="2021-01-01"))
    assert import_csv(journal, tmp_path / "old.csv", "Ben").taken == 0
    assert journal.verdict(A, B) == "different"
    journal.undo(A, B, "Ann", "2022-01-01")
    newer = table(
        tmp_path / "new.csv", "left,right,verdict,when", f"{A},{B},same,2021-06-01", f"{A},{B},same,2023-01-01"
    )
    imported = import_csv(journal, newer, "Ben")
    assert (imported.taken, imported.known) == (1, 1)
    assert journal.verdict(A, B) == "same"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "line 1: no column left, right, verdict"),
        (b"left,right\n", "line 1: no column verdict"),
        (b"left,right,verdict\n\xe9,b,same\n", "not UTF-8"),
    ],
)
def test_what_is_no_table_of_judgements_is_refused(journal: Judgements, tmp_path: Path, data: bytes, what: str) -> None:
    (tmp_path / "x.csv").write_bytes(data)
    with pytest.raises(ValidationError, match=what):
        import_csv(journal, tmp_path / "x.csv", "Ben")
    assert journal.history() == []
