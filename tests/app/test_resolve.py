"""`biopact resolve` from outside: the queue, verdicts and what follows from them, tables, and why names are one."""

import json
import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from biopact.app import reviewing
from biopact.app.cli import cli
from biopact.app.commands.resolve import TYPES, resolve
from biopact.app.reviewing import Review
from biopact.graph.judgements import Judgements
from biopact.graph.ledger import Ledger
from biopact.graph.resolution.atoms import ENTITIES, base_id
from biopact.graph.resolution.model import Doubt
from tests.graph.facts import company, deal, facts, named

Run = Callable[..., Result]

ONE, TWO, THREE = (f"filing/9999999999-20-00000{n}" for n in (1, 2, 3))
ALNORA, RESEARCH, BREVIN = "company/alnora", "company/alnora-research", "company/brevin"
HOSTILE = "Corvane\x1b[2J\nPharma"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with a ledger of three filings, and Ann at the keyboard."""
    for name in ("BIOPACT_LEDGER", "NEO4J_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BIOPACT_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("BIOPACT_USER", "Ann")
    monkeypatch.chdir(tmp_path)
    ledger = Ledger(tmp_path / "store" / "ledger")
    for filing, date, name, cik in (
        (ONE, "2020-01-05", "Alnora, Inc.", None),
        (TWO, "2021-02-06", "Alnora Research, Inc.", None),
        (THREE, "2022-03-07", "Alnora, Inc.", "0000000017"),
    ):
        teller = company(name, filing, **({"cik": cik} if cik else {}))
        partner = company("Brevin AG", filing)
        about = named("Compound", HOSTILE, filing)
        ledger.put(facts(filing, teller, partner, about, deal(filing, teller, partner, about), filing_date=date))
    return tmp_path / "store"


@pytest.fixture
def run(store: Path) -> Run:
    """Run `biopact resolve` with these words."""
    return lambda *words, **kind: CliRunner().invoke(cli, ["resolve", *words], prog_name="biopact", **kind)


DOUBTS = (
    Doubt(BREVIN, RESEARCH, "Company", 0.41, ("names a little alike",)),
    Doubt(ALNORA, RESEARCH, "Company", 0.93, ("names alike", "one partner in common")),
)


@pytest.fixture
def doubts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Resolution doubts these pairs and no others."""
    whole = reviewing.open_review

    def doubting(*given: Any, **kind: Any) -> Review:
        review = whole(*given, **kind)
        return replace(review, resolution=replace(review.resolution, doubts=DOUBTS))

    monkeypatch.setattr(reviewing, "open_review", doubting)


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def companies(run: Run) -> set[str]:
    """The companies in the store."""
    answer = CliRunner().invoke(cli, ["cypher", "MATCH (c:Company) RETURN c.id AS id", "--format", "json"])
    return {row["id"] for row in rows(answer)}


def journal(store: Path) -> Judgements:
    return Judgements(store / "judgements.jsonl")


# --- the queue


def test_the_queue_is_a_table_the_likeliest_first(run: Run, doubts: None) -> None:
    queue = rows(run("--format", "json"))
    assert [(r["score"], r["left"], r["right"]) for r in queue] == [
        (0.93, "Alnora, Inc.", "Alnora Research, Inc."),
        (0.41, "Brevin AG", "Alnora Research, Inc."),
    ]
    assert queue[0]["reasons"] == ["names alike", "one partner in common"]
    assert (queue[0]["left id"], queue[0]["right id"]) == (ALNORA, RESEARCH)
    assert "2 pairs in doubt; --limit shows more than 1" in run("--limit", "1").stdout
    assert rows(run("--type", "compound", "--format", "json")) == []


def test_what_is_settled_leaves_the_queue_and_what_is_unsure_goes_last(run: Run, doubts: None) -> None:
    run("unsure", ALNORA, RESEARCH, "--no-update")
    assert [r["judged"] for r in rows(run("--format", "json"))] == [None, "unsure"]
    run("different", RESEARCH, ALNORA, "--no-update")
    assert [r["left id"] for r in rows(run("--format", "json"))] == [BREVIN]
    run("different", BREVIN, RESEARCH, "--no-update")
    assert "0 pairs in doubt" in run().stdout
    assert run("next").stdout == "no pair is in doubt\n"


def test_a_doubt_of_one_id_is_settled_by_a_word_on_another_of_the_same_company(run: Run, doubts: None) -> None:
    run("different", "company/cik-0000000017", RESEARCH, "--no-update")
    assert [r["left id"] for r in rows(run("--format", "json"))] == [BREVIN]


# --- one at a time


def test_next_shows_both_contexts_and_keeps_each_answer(run: Run, store: Path, doubts: None) -> None:
    result = run("next", "--no-update", input="perhaps\nd\nskip\n")
    assert result.exit_code == 0, result.output
    assert "1 of 2: Company, score 0.93: names alike; one partner in common" in result.stdout
    assert "[Alnora Research, Inc.]" in result.stdout
    assert "8-K, filed 2021-02-06, document/9999999999-20-000002/1" in result.stdout
    assert "'perhaps' is not one of" in result.output
    assert "judgements kept: 1" in result.stdout
    (said,) = journal(store).current().values()
    assert (said.pair, said.verdict, said.who) == ((ALNORA, RESEARCH), "different", "Ann")


@pytest.mark.parametrize("words", ["s\nq\n", "same\nquit\n", "s\n"], ids=["letters", "words", "end of input"])
def test_quitting_keeps_what_was_said_and_brings_the_store_up_to_date(
    run: Run, store: Path, doubts: None, words: str
) -> None:
    result = run("next", input=words)
    assert result.exit_code == 0, result.output
    assert "judgements kept: 1\nthe store: " in result.stdout
    assert journal(store).verdict(ALNORA, RESEARCH) == "same"
    assert companies(run) == {"company/cik-0000000017", BREVIN}


def test_unsure_pairs_are_asked_again_on_demand(run: Run, doubts: None) -> None:
    for pair in ((ALNORA, RESEARCH), (BREVIN, RESEARCH)):
        run("unsure", *pair, "--no-update")
    assert run("next").stdout == "no pair is in doubt\n"
    assert "1 of 2" in run("next", "--unsure", input="q\n").stdout


# --- verdicts


def test_same_joins_and_undo_takes_apart(run: Run, store: Path) -> None:
    run("unsure", ALNORA, BREVIN)
    CliRunner().invoke(cli, ["rebuild"])
    before = companies(run)
    assert RESEARCH in before
    result = run("same", "Alnora Research, Inc.", "ALNORA", "--note", "same\naddress")
    assert result.exit_code == 0, result.output
    assert "same, says Ann\nthe store: " in result.stdout
    assert RESEARCH not in companies(run)
    result = run("undo", "Alnora Research, Inc.", "company/cik-0000000017")
    assert result.exit_code == 2  # the name is that of the joined company now
    said = journal(store).history()[-1]
    assert said.note == "same address"
    result = run("undo", *said.pair)
    assert result.exit_code == 0, result.output
    assert "no longer same, as Ann had said" in result.stdout
    assert companies(run) == before


def test_different_splits_what_a_name_had_joined(run: Run) -> None:
    CliRunner().invoke(cli, ["rebuild"])
    assert ALNORA not in companies(run)
    assert run("different", ALNORA, "company/cik-0000000017").exit_code == 0
    assert {ALNORA, "company/cik-0000000017"} <= companies(run)


def test_companies_that_share_an_id_in_filings_are_judged_one_by_one(run: Run, store: Path) -> None:
    ledger = Ledger(store / "ledger")
    for number, name in ((4, "Corvane AG"), (5, "Corvane GmbH & Co. KG"), (6, "Corvane A/S")):
        filing = f"filing/9999999999-20-00000{number}"
        ledger.put(facts(filing, company(name, filing), filing_date="2023-01-01"))
    CliRunner().invoke(cli, ["rebuild"])
    three = {c for c in companies(run) if c.startswith("company/corvane")}
    assert len(three) == 3
    result = run("same", "Corvane AG", "Corvane GmbH & Co. KG")
    assert result.exit_code == 0, result.output
    assert len({c for c in companies(run) if c.startswith("company/corvane")}) == 2
    assert run("undo", *journal(store).history()[-1].pair).exit_code == 0
    for id_ in three:
        result = run("unsure", id_, BREVIN)
        assert result.exit_code == 0, result.output
    assert len(journal(store).current()) == 3
    run("export", "out.csv")
    (store / "judgements.jsonl").unlink()
    assert run("import", "out.csv").exit_code == 0
    assert len(journal(store).current()) == 3


def test_likeness_of_names_fills_the_queue(run: Run, store: Path) -> None:
    filing = "filing/9999999999-20-000004"
    misspelt = company("Alnora Reserch, Inc.", filing)
    Ledger(store / "ledger").put(facts(filing, misspelt, filing_date="2023-01-01"))
    first, *_ = rows(run("--format", "json"))
    assert {first["left"], first["right"]} == {"Alnora Research, Inc.", "Alnora Reserch, Inc."}
    assert run("same", first["left id"], first["right id"]).exit_code == 0
    assert not [r for r in rows(run("--format", "json")) if "Reserch" in r["left"] + r["right"]]


def test_one_mention_can_be_split_from_its_namesakes(run: Run) -> None:
    assert run("different", BREVIN, f"{BREVIN}@{TWO}").exit_code == 0
    split = {c for c in companies(run) if c.startswith(BREVIN)}
    assert len(split) == 2
    assert run("undo", BREVIN, f"{BREVIN}@{TWO}").exit_code == 0
    assert {c for c in companies(run) if c.startswith(BREVIN)} == {BREVIN}


def test_no_update_leaves_the_store(run: Run) -> None:
    CliRunner().invoke(cli, ["rebuild"])
    before = companies(run)
    result = run("same", ALNORA, RESEARCH, "--no-update")
    assert (result.exit_code, "the store:" in result.stdout) == (0, False)
    assert companies(run) == before


def test_the_store_may_be_named_before_or_after_the_command(run: Run, store: Path, tmp_path: Path) -> None:
    env = {"BIOPACT_STORE": str(tmp_path / "nowhere")}
    for words in (("--store", str(store), "refused"), ("refused", "--store", str(store))):
        assert run(*words, env=env).exit_code == 0
    assert run("refused", env=env).exit_code == 3


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("same", ALNORA, "Nobody, Inc."), "nothing is called exactly so"),
        (("same", ALNORA, "company/nobody"), "no entity has or had this id"),
        (("same", ALNORA, f"{BREVIN}@filing/none"), "does not name company/brevin"),
        (("different", BREVIN, "Brevin AG"), "both are company/brevin"),
        (("same", BREVIN, "compound/corvane-2j-pharma"), "different types"),
        (("undo", ALNORA, RESEARCH), "no judgement stands"),
        (("why", "Nobody, Inc."), "nothing is called exactly so"),
        (("import", "no-such.csv"), "does not exist"),
        (("next", "--type", "Filing"), "is not one of"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_use_says_why_and_keeps_nothing(run: Run, store: Path, words: tuple[str, ...], what: str) -> None:
    result = run(*words)
    assert result.exit_code == 2, result.output
    assert what in result.stderr
    assert journal(store).history() == []


def test_two_registrants_are_never_one(run: Run, store: Path) -> None:
    filing = "filing/9999999999-20-000004"
    other = company("Alnora Research, Inc.", filing, cik="0000000018")
    Ledger(store / "ledger").put(facts(filing, other, filing_date="2023-01-01"))
    result = run("same", ALNORA, RESEARCH)
    assert result.exit_code == 2
    assert "CIK 0000000017 and CIK 0000000018 are two registrants" in result.stderr
    assert journal(store).history() == []


def test_a_name_that_several_bear_is_refused_with_their_ids(run: Run, store: Path) -> None:
    filing = "filing/9999999999-20-000004"
    Ledger(store / "ledger").put(facts(filing, named("Technology", "Alnora, Inc.", filing)))
    result = run("same", "alnora, inc.", RESEARCH)
    assert result.exit_code == 2
    assert "say which by its id: company/cik-0000000017, technology/alnora-inc" in result.stderr


# --- what was said


def test_history_lists_all_and_what_stands(run: Run) -> None:
    run("same", ALNORA, RESEARCH, "--no-update", "--who", "Ben")
    run("undo", ALNORA, RESEARCH, "--no-update", "--note", "no")
    run("different", ALNORA, RESEARCH, "--no-update")
    told = rows(run("history", "--format", "json"))
    assert [(r["who"], r["verdict"], r["stands"]) for r in told] == [
        ("Ben", "same", False),
        ("Ann", "undone", False),
        ("Ann", "different", True),
    ]


def test_tables_go_out_and_come_back(run: Run, store: Path, tmp_path: Path) -> None:
    run("different", ALNORA, RESEARCH, "--no-update", "--note", "=1+1")
    assert "judgements: 1" in run("export", "out.csv").stdout
    assert "'=1+1" in (tmp_path / "out.csv").read_text()
    (store / "judgements.jsonl").unlink()
    result = run("import", "out.csv")
    assert result.exit_code == 0, result.output
    assert journal(store).verdict(ALNORA, RESEARCH) == "different"
    again = run("import", "out.csv")
    assert "the store:" not in again.stdout
    assert "known already  1" in again.stdout.replace("     ", "  ").replace("   ", "  ")


def test_bad_rows_are_listed_and_the_end_is_1(run: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f"left,right,verdict\n{ALNORA},{RESEARCH},same\nAlnora,{BREVIN},same\n")
    result = run("import", "in.csv", "--no-update")
    assert result.exit_code == 1
    assert "in.csv, line 3: 'Alnora': not the id of an entity" in result.stderr
    assert list(journal(store).current()) == [(ALNORA, RESEARCH)]
    (tmp_path / "bad.csv").write_text("a,b\n")
    assert run("import", "bad.csv").exit_code == 2


# --- why


def test_why_tells_links_quotations_and_ids_that_lead_here(run: Run) -> None:
    run("same", ALNORA, RESEARCH, "--no-update", "--note", "same address")
    result = run("why", RESEARCH)
    assert result.exit_code == 0, result.output
    told = result.stdout
    assert told.startswith("Company company/cik-0000000017\n")
    assert f"{RESEARCH} leads here" in told
    assert f"{ALNORA}!inc and {RESEARCH}!inc\n  judged the same, strength 1" in told
    assert "[Alnora, Inc.]\n      8-K, filed 2020-01-05" in told
    assert "[Alnora Research, Inc.]\n      8-K, filed 2021-02-06" in told
    assert ": same address" in told


def test_why_of_a_name_that_stands_alone(run: Run) -> None:
    assert "one name, joined with no other" in run("why", "Brevin AG").stdout


def test_refused_lists_what_stands_against_a_link(run: Run) -> None:
    run("different", ALNORA, "company/cik-0000000017", "--no-update")
    (row,) = rows(run("refused", "--format", "json"))
    assert {base_id(row["left id"]), base_id(row["right id"])} == {ALNORA, "company/cik-0000000017"}
    assert row["refused because"] == "judged different"
    assert "judged different, despite: same name" in run("why", ALNORA).stdout


def test_names_of_filings_cannot_steer_a_terminal(run: Run) -> None:
    for words in (("why", "compound/corvane-2j-pharma"), ("refused",), ()):
        result = run(*words)
        assert result.exit_code == 0, result.output
        assert "\x1b" not in result.output


def test_there_is_nothing_to_review_without_a_ledger(run: Run, tmp_path: Path) -> None:
    for words in ((), ("next",), ("same", ALNORA, RESEARCH), ("why", ALNORA), ("refused",)):
        result = run(*words, env={"BIOPACT_STORE": str(tmp_path / "nowhere")})
        assert result.exit_code == 3
        assert "`biopact load` makes it" in result.stderr
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("name", sorted(resolve.commands))
def test_every_command_has_help_with_an_example_that_parses(name: str) -> None:
    command = resolve.commands[name]
    example = (command.help or "").partition("Example:")[2]
    lines = [line.strip() for line in example.splitlines() if line.strip()]
    assert lines
    for line in lines:
        program, group, sub, *words = shlex.split(line)
        assert (program, group, sub) == ("biopact", "resolve", name)
        command.make_parser(click.Context(command, info_name=name)).parse_args(words)


def test_the_types_are_those_that_resolution_joins() -> None:
    assert TYPES == ENTITIES
