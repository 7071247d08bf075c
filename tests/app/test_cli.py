"""The command line from outside: what it prints where, and how it ends."""

import importlib.metadata
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner, Result

from biopact.app.cli import cli
from biopact.app.commands.demo import samples
from biopact.app.commands.outputs import SCHEMA_FORMATS

ROOT = Path(__file__).parent.parent.parent
HEAVY = (
    "streamlit",
    "neo4j",
    "arcadedb_embedded",
    "jpype",
    "rdflib",
    "pyoxigraph",
    "networkx",
    "lxml",
    "pyvis",
    "rich",
)

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A working folder of its own, and nothing from the environment."""
    for name in ("BIOPACT_STORE", "BIOPACT_LEDGER", "NEO4J_PASSWORD", "NEO4J_USERNAME", "NEO4J_URI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    yield


@pytest.fixture
def run() -> Run:
    """Run biopact with these arguments."""
    return lambda *words, **kind: CliRunner().invoke(cli, list(words), prog_name="biopact", **kind)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with the samples in it."""
    store = tmp_path_factory.mktemp("loaded") / "store"
    result = CliRunner().invoke(cli, ["load", *samples(), "--store", str(store)])
    assert result.exit_code == 0, result.output
    return str(store)


def rows(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return cast(list[dict[str, object]], json.loads(result.stdout))


def one_line(result: Result, *parts: str) -> None:
    """Standard error is one line that holds the parts, standard output is empty."""
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1, result.stderr
    assert result.stderr.startswith("biopact: ")
    for part in parts:
        assert part in result.stderr


def test_help_imports_no_heavy_library() -> None:
    script = (
        "import sys\nfrom biopact.app.cli import cli\n"
        "try:\n    cli(['--help'], prog_name='biopact')\nexcept SystemExit as end:\n    assert end.code == 0\n"
        f"print(*[name for name in {HEAVY} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: biopact")
    assert done.stderr.split() == []


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"biopact {importlib.metadata.version('biopact')}\n"


def test_extract_prints_records_and_nothing_else(run: Run) -> None:
    path = samples()[0]
    result = run("extract", path)
    assert (result.exit_code, result.stderr) == (0, "")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert {r["filing"] for r in records} == {path}
    assert {r["record"] for r in records} == {"node", "edge"}
    ids = {r["id"] for r in records if r["record"] == "node"}
    for record in records:
        if record["record"] == "edge":
            assert {record["source"], record["target"]} <= ids
            assert record["evidence"] or record["type"] == "PART_OF"


def test_extract_keeps_the_path_as_it_was_given(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a b").mkdir()
    (tmp_path / "a b" / "ü.txt").write_bytes(Path(samples()[0]).read_bytes())
    result = run("extract", "./a b/ü.txt")
    assert {json.loads(line)["filing"] for line in result.stdout.splitlines()} == {"./a b/ü.txt"}


def test_extract_gives_the_same_bytes_each_time(run: Run) -> None:
    assert run("extract", *samples()).stdout_bytes == run("extract", *samples()).stdout_bytes


def test_extract_goes_on_after_a_file_it_cannot_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    result = run("extract", "empty.txt", samples()[0])
    assert result.exit_code == 1
    assert result.stderr.splitlines() == ["biopact: empty.txt: the file is empty"]
    assert {json.loads(line)["filing"] for line in result.stdout.splitlines()} == {samples()[0]}


def test_extract_reads_standard_input(run: Run) -> None:
    result = run("extract", "-", input=Path(samples()[0]).read_bytes())
    assert result.exit_code == 0
    assert {json.loads(line)["filing"] for line in result.stdout.splitlines()} == {"-"}


def test_extract_ends_quietly_when_nobody_reads_on() -> None:
    program = "from biopact.app.cli import main; main()"
    shell = f'"{sys.executable}" -c "{program}" extract "$@" | head -n 1'
    done = subprocess.run(["sh", "-c", shell, "sh", *samples()], capture_output=True, text=True, check=False)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_loading_ends_with_a_summary_and_loading_again_changes_nothing(run: Run, tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    first, again = (run("load", *samples()[:3], "--store", store) for _ in range(2))
    assert (first.exit_code, again.exit_code) == (0, 0)
    summary = [dict(_cells(result)) for result in (first, again)]
    assert [s["filings read"] for s in summary] == ["3", "0"]
    assert [s["filings unchanged"] for s in summary] == ["0", "3"]
    assert summary[1]["written to the store, nodes"] == "0"
    assert summary[0]["nodes in the graph"] == summary[1]["nodes in the graph"] != "0"


def _cells(result: Result) -> list[tuple[str, str]]:
    lines = (line.rsplit(None, 1) for line in result.stdout.splitlines())
    return [(first.strip(), last) for first, last in lines]


def test_the_store_comes_from_the_environment(run: Run, loaded: str) -> None:
    assert rows(run("stats", "--format", "json", env={"BIOPACT_STORE": loaded}))


def test_stats_counts_types_and_lists_filings(run: Run, loaded: str) -> None:
    counted = {r["type"]: r["count"] for r in rows(run("stats", "--store", loaded, "--format", "json"))}
    assert counted["Filing"] == len(samples())
    filings = rows(run("stats", "--filings", "--store", loaded, "--format", "json"))
    assert sorted(str(r["file"]) for r in filings) == [Path(path).name for path in samples()]


def test_query_lists_the_questions_without_a_store(run: Run) -> None:
    listed = rows(run("query", "--format", "json"))
    assert "partners" in {r["question"] for r in listed}
    shares = rows(run("query", "--group", "overlap", "--format", "json"))
    assert shares == [row for row in listed if row["group"] == "overlap"] != []


def test_query_answers_in_every_form(run: Run, loaded: str) -> None:
    words = ("query", "partners", "--param", "company=company/cik-9999900001", "--store", loaded)
    partners = rows(run(*words, "--format", "json"))
    assert partners
    assert len(run(*words, "--format", "csv").stdout.splitlines()) == len(partners) + 1
    assert len(run(*words, "--format", "jsonl").stdout.splitlines()) == len(partners)
    assert len(run(*words, "--format", "markdown").stdout.splitlines()) == len(partners) + 2
    assert str(partners[0]["partner"]) in run(*words).stdout


def test_no_rows_are_said_aloud(run: Run, loaded: str) -> None:
    result = run("query", "partners", "--param", "company=Nobody At All", "--store", loaded)
    assert (result.exit_code, "no rows" in result.stderr) == (0, True)


def test_a_name_in_another_spelling_is_put_right_and_said(run: Run, loaded: str) -> None:
    right = run("query", "partners", "--param", "company=company/cik-9999900013", "--store", loaded)
    result = run("query", "partners", "--param", "company=OSTRAVANE PHARMA (AG)", "--store", loaded)
    assert result.stdout.splitlines()[-1] == right.stdout.splitlines()[-1]
    assert "is taken for 'Ostravane Pharma AG', company/cik-9999900013" in result.stderr


def test_an_unknown_name_is_told_with_suggestions(run: Run, loaded: str) -> None:
    result = run("query", "partners", "--param", "company=Ostrawane", "--store", loaded)
    assert (result.exit_code, "did you mean 'Ostravane Pharma AG'?" in result.stderr) == (0, True)
    one_line(
        run("analyse", "partners", "--company", "Ostrawane", "--store", loaded), "did you mean Ostravane Pharma AG"
    )
    one_line(run("show", "xyzzy", "--store", loaded), "nothing is called 'xyzzy'")


def test_the_shell_completes_questions() -> None:
    typed = {"COMP_WORDS": "biopact query shared-p", "COMP_CWORD": "2", "_BIOPACT_COMPLETE": "bash_complete"}
    assert CliRunner().invoke(cli, [], prog_name="biopact", env=typed).stdout == "plain,shared-partners\n"


def test_cypher_takes_parameters(run: Run, loaded: str) -> None:
    statement = "MATCH (f:Filing) WHERE f.form = $form RETURN count(f) AS n"
    result = run("cypher", statement, "--param", "form=SC 13G", "--format", "json", "--store", loaded)
    assert rows(result) == [{"n": 1}]


def test_show_prints_the_words_behind_each_edge(run: Run, loaded: str) -> None:
    result = run("show", "company/cik-9999900001", "--store", loaded)
    assert result.exit_code == 0
    assert "“" in result.stdout
    assert "LICENSES_TO" in result.stdout


def test_show_by_name_shows_no_evidence_of_that_name(run: Run, loaded: str) -> None:
    result = run("show", "quillmere therapeutics, inc.", "--store", loaded)
    assert result.stdout.startswith("Company company/cik-9999900001\n")
    assert "\nEvidence " not in result.stdout


def test_show_lists_what_holds_a_part_of_a_name(run: Run, loaded: str) -> None:
    result = run("show", "quillme", "--store", loaded)
    assert result.exit_code == 0
    assert "company/cik-9999900001" in result.stdout


@pytest.mark.parametrize("suffix", [".nq", ".ttl", ".jsonl", ".graphml", ".html"])
def test_export_writes_the_same_bytes_each_time(run: Run, loaded: str, tmp_path: Path, suffix: str) -> None:
    paths = [tmp_path / f"{n}{suffix}" for n in (1, 2)]
    for path in paths:
        result = run("export", str(path), "--store", loaded)
        assert result.exit_code == 0, result.output
    assert paths[0].read_bytes() == paths[1].read_bytes() != b""


def test_export_for_neo4j_tells_the_command_that_imports_it(run: Run, loaded: str, tmp_path: Path) -> None:
    result = run("export", str(tmp_path / "graph.csv"), "--store", loaded)
    assert result.exit_code == 0, result.output
    nodes, edges = tmp_path / "graph.nodes.csv", tmp_path / "graph.edges.csv"
    assert nodes.read_text(encoding="utf-8").startswith("id:ID,:LABEL,") and edges.exists()
    assert f"neo4j-admin database import full --nodes={nodes} --relationships={edges} " in result.output


@pytest.mark.parametrize("suffix", [".nt", ".ftm.json", ".graphml", ".html"])
def test_export_of_a_part_brings_what_it_needs(run: Run, loaded: str, tmp_path: Path, suffix: str) -> None:
    path, part = tmp_path / f"all{suffix}", tmp_path / f"part{suffix}"
    words = ("--type", "PARTY_TO", "--company", "company/cik-9999900001", "--since", "1990")
    assert run("export", str(path), "--store", loaded).exit_code == 0
    assert run("export", str(part), *words, "--store", loaded).exit_code == 0
    text = part.read_text(encoding="utf-8")
    assert "9999900001" in text and "agreement" in text
    assert len(text) < path.stat().st_size
    assert run("export", str(part), *words, "--since", "2090", "--store", loaded).exit_code == 0
    assert "9999900001" not in part.read_text(encoding="utf-8")


def test_export_names_prefixes(run: Run, loaded: str, tmp_path: Path) -> None:
    words = ("--base", "https://kb.example.org/", "--prefix", "firm=https://kb.example.org/company/")
    result = run("export", str(tmp_path / "graph.ttl"), *words, "--store", loaded)
    assert result.exit_code == 0, result.output
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert "@prefix firm: <https://kb.example.org/company/> ." in text and "@prefix company:" not in text
    assert "\nfirm:cik-9999900001 a biopact:Company ;" in text


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--type", "Compny"), 2, "Compny: no type of this name; known are Company"),
        (("--company", "company/nobody"), 2, "company/nobody: not in the graph"),
        (("--prefix", "a b=https://kb.example.org/"), 2, "expected letters, digits"),
        (("--prefix", "kb"), 2, "expected letters, digits"),
        (("--since", "yesterday"), 2, "'yesterday' is no date"),
    ],
)
def test_export_refuses_what_it_cannot_select(
    run: Run, loaded: str, words: tuple[str, ...], code: int, message: str
) -> None:
    result = run("export", "graph.ttl", *words, "--store", loaded)
    assert (result.exit_code, message in result.stderr, Path("graph.ttl").exists()) == (code, True, False)


def test_export_takes_links_of_a_table(run: Run, loaded: str, tmp_path: Path) -> None:
    table, path = tmp_path / "links.csv", tmp_path / "graph.nq"
    known = "company/cik-9999900001"
    table.write_text(f"id,registry,identifier\n{known},wikidata,Q42\ncompany/nobody,wikidata,Q43\n")
    result = run("export", str(path), "--links", str(table), "--rdf-star", "--store", loaded)
    assert result.exit_code == 0, result.output
    assert "the graph has none of 1 ids that it links: company/nobody\n" in result.stderr
    written = path.read_text()
    assert "/entity/Q42>" in written and "/entity/Q43>" not in written and "#reifies>" in written
    table.write_text(f"id,registry,identifier\n{known},wikidata,42\n")
    result = run("export", str(path), "--links", str(table), "--store", loaded)
    assert result.exit_code == 2, result.output
    one_line(result, "links.csv, line 2: '42' is no identifier of wikidata")
    assert path.read_text() == written


@pytest.mark.parametrize("format", SCHEMA_FORMATS)
def test_schema_prints_each_form(run: Run, format: str) -> None:
    from biopact.ontology import rendering

    assert rendering.FORMATS == SCHEMA_FORMATS
    assert run("schema", "--format", format).stdout == rendering.render(format)


def test_forget_and_rebuild(run: Run, tmp_path: Path) -> None:
    store = ("--store", str(tmp_path / "store"))
    run("load", *samples()[:2], *store)
    before = run("stats", *store).stdout
    run("load", *samples()[2:3], *store)
    result = run("forget", "9999999999-19-000003", *store)
    assert result.exit_code == 0, result.output
    assert run("stats", *store).stdout == before
    assert run("rebuild", *store).exit_code == 0
    assert run("stats", *store).stdout == before


def test_doctor_tells_what_it_found(run: Run, loaded: str) -> None:
    result = run("doctor", "--store", loaded)
    assert result.exit_code == 0, result.output
    assert f"{len(samples())} filings" in result.stdout
    assert run("doctor").exit_code == 0  # no store yet is not a fault
    assert not Path("biopact-data").exists()


def test_doctor_says_that_a_server_is_not_there(run: Run) -> None:
    result = run("doctor", "--store", "bolt://localhost:1")
    assert result.exit_code == 3
    assert "start the server" in " ".join(result.stdout.split())


WRONG_USE = [
    (),
    ("extract",),
    ("load",),
    ("nonsense",),
    ("query", "no-such-question"),
    ("query", "partners"),
    ("query", "partners", "--param", "company"),
    ("query", "partners", "--param", "firm=x"),
    ("schema", "--format", "nonsense"),
    ("explore", "--port", "0"),
]


@pytest.mark.parametrize("words", WRONG_USE, ids=" ".join)
def test_wrong_use_ends_with_2(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "words",
    [
        ("cypher", "MATCH (n RETURN n"),
        ("cypher", "CREATE (n:Company {id: 'company/x'}) RETURN n"),
        ("cypher", "RETURN 1 AS one", "--param", "=x"),
        ("export", "graph.nonsense"),
        ("export", "graph.csv", "--rdf-star"),
        ("forget", "0000000000-00-000000"),
        ("show", "nobody at all"),
    ],
    ids=" ".join,
)
def test_wrong_use_of_a_store_ends_with_2(run: Run, loaded: str, words: tuple[str, ...]) -> None:
    before = run("stats", "--store", loaded).stdout
    result = run(*words, "--store", loaded)
    assert result.exit_code == 2, result.output
    assert run("stats", "--store", loaded).stdout == before


@pytest.mark.parametrize("store", ["bolt://localhost:1", "nonsense://x", "no-such-folder"])
def test_a_store_that_cannot_be_reached_ends_with_3(run: Run, store: str) -> None:
    for words in (("stats",), ("cypher", "RETURN 1 AS one"), ("export", "graph.nq"), ("explore",)):
        result = run(*words, "--store", store)
        assert result.exit_code == 3, result.output
        one_line(result, store.partition("?")[0])


def test_debug_shows_the_traceback() -> None:
    program = "from biopact.app.cli import main; main()"
    words = [sys.executable, "-c", program, "--debug", "stats", "--store", "no-such-folder"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Traceback" in done.stderr
    assert "StoreError" in done.stderr


def test_no_credential_is_ever_printed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "open-sesame")
    for store in ("bolt://localhost:1", "bolt://neo4j:open-sesame@localhost:1"):
        for words in (("stats",), ("doctor",), ("load", samples()[0])):
            result = run(*words, "--store", store)
            assert result.exit_code == 3
            assert "open-sesame" not in result.output


def test_explore_starts_streamlit_on_this_machine_only(run: Run, loaded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[list[str], dict[str, str]]] = []

    def start(command: list[str], env: dict[str, str], check: bool) -> subprocess.CompletedProcess[str]:
        started.append((command, env))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", start)
    monkeypatch.chdir(Path(loaded).parent)
    assert run("explore", "--store", "store", "--port", "8599").exit_code == 0
    ((command, env),) = started
    assert env["BIOPACT_STORE"] == str(Path(loaded).resolve())
    assert {"--server.address=127.0.0.1", "--server.port=8599", "--server.headless=true"} <= set(command)
    assert Path(command[4]).is_file()
    assert os.environ.get("BIOPACT_STORE") is None


def test_the_demo_writes_what_it_says(run: Run, tmp_path: Path) -> None:
    result = run("demo")
    assert result.exit_code == 0, result.output
    out = tmp_path / "demo-output"
    for name in ("graph.ttl", "graph.nq", "network.html"):
        assert f"{Path('demo-output') / name}:" in result.stdout
        assert (out / name).stat().st_size > 10_000
    assert "Quillmere Therapeutics, Inc." in result.stdout
    assert "share: " in result.stdout
    assert "“" in result.stdout
    again = run("demo")
    assert again.stdout == result.stdout


def test_the_demo_reads_filings_of_the_user(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(Path(samples()[0]).read_bytes())
    result = run("demo", "mine.txt", "--out", "out")
    assert result.exit_code == 0, result.output
    assert rows(run("stats", "--filings", "--store", "out/biopact-data", "--format", "json"))[0]["file"] == "mine.txt"
