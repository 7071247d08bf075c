"""`--extractor` from outside: what must be set, what is printed where, how commands end, and what stays secret."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from biopact.app.cli import cli
from biopact.app.commands.demo import samples
from biopact.app.commands.options import WrongUseError
from biopact.app.extractors import left_unread, make_extractor, tally_of
from biopact.loaders.extraction import RulesExtractor
from tests.loaders.extraction.llm.serving import Body, Model, Says, completion, passage, serving, stating

KEY = "sk-very-secret"
SAMPLE = samples()[0]
GRANT = "it has licensed QLM-204 exclusively to Ostravane Pharma AG"
SAYS = {
    "type": "LICENSES_TO",
    "source": {"type": "Company", "name": "Quillmere Therapeutics, Inc."},
    "target": {"type": "Company", "name": "Ostravane Pharma AG"},
    "quote": f"Quillmere Therapeutics, Inc. (Nasdaq: ZZQM) today announced that {GRANT}",
    "properties": {"status": None},
    "subjects": [{"type": "Compound", "name": "QLM-204"}],
    "terms": [],
}

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run biopact in a folder of its own, with nothing from the environment."""
    for name in ("URL", "MODEL", "KEY", "PRICE", "TIMEOUT", "PARALLEL", "CACHE"):
        monkeypatch.delenv(f"BIOPACT_LLM_{name}", raising=False)
    for name in ("BIOPACT_STORE", "BIOPACT_LEDGER", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(cli, list(words), prog_name="biopact")


@pytest.fixture
def model(run: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Model]:
    with serving() as found:
        monkeypatch.setenv("BIOPACT_LLM_URL", found.url)
        monkeypatch.setenv("BIOPACT_LLM_MODEL", "test-model")
        monkeypatch.setenv("BIOPACT_LLM_KEY", KEY)
        found.script = lambda body: stating(*[SAYS] if GRANT in passage(body) else [])
        yield found


def deals(result: Result) -> list[dict[str, object]]:
    records = [json.loads(line) for line in result.stdout.splitlines()]
    return [r for r in records if r["type"] == "LICENSES_TO"]


def test_a_model_reads_and_the_account_is_on_standard_error(run: Run, model: Model) -> None:
    result = run("extract", "--extractor", "llm", "--llm-price", "1/10", SAMPLE)
    assert result.exit_code == 0, result.output
    (edge,) = deals(result)
    assert (edge["source"], edge["target"]) == ("company/cik-9999900001", "company/ostravane-pharma")
    lines = result.stderr.splitlines()
    assert all(line.startswith("biopact: ") for line in lines)
    asked = len(model.asked)
    assert lines[0] == (
        f"biopact: test-model: {asked} passages, 0 of them from the cache; 1 statements and 0 values believed"
    )
    assert f"{1000 * asked} tokens asked, {100 * asked} answered, cost {0.002 * asked:.4f}" in lines[1]
    assert set(model.keys) == {f"Bearer {KEY}"}
    assert KEY not in result.output


def test_the_account_as_json(run: Run, model: Model) -> None:
    result = run("extract", "--extractor", "both", "--json", SAMPLE)
    account = json.loads(result.stderr)
    assert account["compared"]["agreed"] == 1
    assert account["cost"] is None
    (edge,) = deals(result)
    evidence = edge["evidence"]
    assert isinstance(evidence, list)
    assert {e["extractor"].partition("/")[0] for e in evidence} == {"rules", "llm"}


def test_a_second_run_is_free_and_prints_the_same_bytes(run: Run, model: Model, tmp_path: Path) -> None:
    first = run("extract", "--extractor", "both", SAMPLE)
    asked = len(model.asked)
    second = run("extract", "--extractor", "both", SAMPLE)
    assert second.stdout_bytes == first.stdout_bytes
    assert len(model.asked) == asked
    assert ", 0 tokens asked" not in second.stderr and "0 tokens asked, 0 answered" in second.stderr
    assert list((tmp_path / "cache" / "biopact" / "llm").rglob("*.json"))


def test_who_read_what_can_be_asked(run: Run, model: Model) -> None:
    assert run("load", "--extractor", "both", SAMPLE).exit_code == 0
    answer = run("query", "read-by", "--param", "limit=1000", "--param", "types=", "--format", "json")
    readers = {(row["type"], tuple(row["read_by"])) for row in json.loads(answer.stdout)}
    assert ("LICENSES_TO", ("llm", "rules")) in readers
    assert ("FILED", ("rules",)) in readers
    only = run("query", "read-by", "--param", "only=llm", "--format", "json")
    assert all(row["read_by"] == ["llm"] for row in json.loads(only.stdout))


def test_passages_without_an_answer_are_a_failure_that_the_next_load_repairs(run: Run, model: Model) -> None:
    good = model.script
    model.script = lambda body: completion("nonsense") if GRANT in passage(body) else good(body)
    first = run("load", "--extractor", "llm", SAMPLE)
    assert first.exit_code == 1
    assert "passages without a usable answer: 1 words that are no JSON" in first.stderr
    assert run("stats").exit_code == 0
    model.script = good
    second = run("load", "--extractor", "llm", SAMPLE)
    assert second.exit_code == 0, second.output
    assert "filings read                       1" in second.stdout
    third = run("load", "--extractor", "llm", SAMPLE)
    assert "filings unchanged                  1" in third.stdout
    assert "0 passages" in third.stderr


def test_an_endpoint_that_is_not_there_ends_with_3(run: Run, model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(body: Body) -> Says:
        return Says(b'{"error": {"message": "bad key"}}', 401)

    model.script = refusing
    result = run("extract", "--extractor", "llm", SAMPLE, samples()[1])
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "answers HTTP 401 (bad key); set BIOPACT_LLM_KEY" in result.stderr.splitlines()[-1]
    assert KEY not in result.stderr


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"URL": ""}, "set BIOPACT_LLM_URL"),
        ({"MODEL": ""}, "BIOPACT_LLM_MODEL"),
        ({"URL": "ftp://localhost/v1"}, "no http or https address"),
        ({"URL": "localhost:8000"}, "no http or https address"),
        ({"URL": "http://[::1"}, "no http or https address"),
        ({"URL": f"https://user:{KEY}@example.org/v1"}, "a key belongs into BIOPACT_LLM_KEY"),
        ({"URL": f"https://example.org/v1?key={KEY}"}, "a key belongs into BIOPACT_LLM_KEY"),
        ({"URL": "http://example.org/v1"}, "would travel unencrypted to example.org"),
        ({"KEY": "sk-\nsecret"}, "BIOPACT_LLM_KEY holds signs"),
        ({"PRICE": "cheap"}, "0.15/0.60"),
        ({"TIMEOUT": "soon"}, "BIOPACT_LLM_TIMEOUT is 'soon'"),
        ({"PARALLEL": "0"}, "BIOPACT_LLM_PARALLEL is '0'"),
    ],
)
def test_wrong_settings_end_with_2_before_anything_is_asked(
    settings: dict[str, str], said: str, run: Run, model: Model, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"BIOPACT_LLM_{name}", value)
    result = run("load", "--extractor", "llm", SAMPLE)
    assert result.exit_code == 2, result.output
    assert said in result.stderr
    assert KEY not in result.stderr
    assert not model.asked
    assert not (tmp_path / "biopact-data").exists()


def test_the_rules_need_no_settings_and_import_nothing_of_it(run: Run) -> None:
    script = f"""
import sys
from biopact.app.cli import cli
try:
    cli(["extract", {SAMPLE!r}], prog_name="biopact")
except SystemExit as end:
    assert end.code == 0
print(*[n for n in sys.modules if n == "httpx" or n.startswith("biopact.loaders.extraction.llm")], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout
    assert done.stderr.split() == []


def test_make_extractor_knows_three(run: Run, model: Model) -> None:
    assert isinstance(make_extractor(), RulesExtractor)
    assert tally_of(make_extractor("rules")) is None
    assert not left_unread(make_extractor("rules"))
    both = make_extractor("both", price="2/4")
    assert both.version.startswith(f"{RulesExtractor.version}+llm/1:test-model:")
    tally = tally_of(both)
    assert tally is not None and tally.price == (2.0, 4.0)
    with pytest.raises(WrongUseError, match="known are rules, llm, both"):
        make_extractor("oracle")
