"""`biopact fetch` as a user meets it, and `biopact load` of what it brought."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from biopact.app.cli import cli
from biopact.loaders.edgar.manifest import MANIFEST, read_manifest
from biopact.loaders.edgar.pace import SPACING
from tests.loaders.edgar.conftest import CONTACT
from tests.loaders.edgar.service import Answer, Service, archive_path, master

CIK = "0000000077"
NUMBERS = [f"{CIK}-18-{count:06d}" for count in range(1, 4)]


@pytest.fixture
def world(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    """A company with three filings, and an environment that leads there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BIOPACT_EDGAR_URL", service.url)
    monkeypatch.setenv("BIOPACT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("BIOPACT_CONTACT", CONTACT)
    forms = ("8-K", "8-K/A", "10-K")
    rows = [(n, form, f"2018-03-0{day}") for day, (n, form) in enumerate(zip(NUMBERS, forms, strict=True), 1)]
    service.company(CIK, rows, {})
    for n, form, day in rows:
        service.filing(n, CIK, form, day.replace("-", ""))
    register = {"0": {"cik_str": 77, "ticker": "VTRL", "title": "Vantorel Biosciences, Inc."}}
    service.pages["/files/company_tickers.json"] = json.dumps(register).encode()
    return service


def biopact(*arguments: str, code: int = 0, stdin: str = "") -> Result:
    result = CliRunner().invoke(cli, arguments, input=stdin, prog_name="biopact")
    assert result.exit_code == code, result.output
    return result


def report(*arguments: str, code: int = 0) -> Any:
    return json.loads(biopact("fetch", *arguments, "--json", code=code).stdout)


def test_a_company_by_ticker_form_and_day(world: Service) -> None:
    result = biopact("fetch", "--ticker", "vtrl", "--form", "8-k", "--since", "2018")
    assert "filings fetched" in result.stdout
    assert sorted(read_manifest(Path("filings"))) == [f"{n}.txt" for n in NUMBERS[:2]]
    told = report("--cik", "77")
    assert [entry["form"] for entry in told["fetched"]] == ["10-K"]
    assert (sorted(told["had"]), told["failed"], told["stopped"]) == (NUMBERS[:2], [], None)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (["--since", "2018-03-02"], NUMBERS[1:]),
        (["--until", "2018-03-02"], NUMBERS[:2]),
        (["--since", "2018-03", "--until", "2018-03"], NUMBERS),
        (["--until", "2018"], NUMBERS),
        (["--until", "2018-02"], []),
        (["--since", "2019"], []),
    ],
)
def test_days_and_a_dry_run(world: Service, days: list[str], found: list[str]) -> None:
    listed = report("--cik", "77", "--dry-run", *days)
    assert [row["accession_number"] for row in listed] == found
    assert all(row["url"] == world.url + archive_path(row["accession_number"]) for row in listed)
    assert not Path("filings").exists()
    table = biopact("fetch", "--cik", "77", "--dry-run", *days).stdout
    assert [number for number in NUMBERS if number in table] == found


def test_a_list_with_good_and_bad_lines(world: Service) -> None:
    Path("list.txt").write_text(f"VTRX\n{NUMBERS[0]}\nno ticker\n", encoding="utf-8-sig")
    told = report("--list", "list.txt", "--into", "elsewhere", code=1)
    assert [entry["path"] for entry in told["fetched"]] == [f"{NUMBERS[0]}.txt"]
    reasons = [failure["reason"] for failure in told["failed"]]
    assert "list.txt: line 3: 'no ticker' is neither" in reasons[0]
    assert "did you mean VTRL (Vantorel Biosciences, Inc.)?" in reasons[1]
    piped = biopact("fetch", "--list", "-", "--into", "elsewhere", stdin=f"{NUMBERS[1]}\n")
    assert "filings fetched" in piped.stdout


def test_all_companies_of_a_quarter(world: Service) -> None:
    index = "/Archives/edgar/full-index/2018/QTR1/master.gz"
    world.pages[index] = master([(CIK, "8-K", "2018-03-01", NUMBERS[0]), (CIK, "4", "2018-03-01", NUMBERS[2])])
    told = report("--form", "8-K", "--since", "2018-01", "--until", "2018-03")
    assert [entry["path"] for entry in told["fetched"]] == [f"{NUMBERS[0]}.txt"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "nothing to fetch is named"),
        (["--form", "8-K"], "nothing to fetch is named"),
        (["--since", "2005"], "nothing to fetch is named"),
        (["--list", "empty.txt"], "nothing to fetch is named"),
        (["--cik", "VTRL"], "is no CIK"),
        (["--ticker", "../x"], "is no ticker"),
        (["--accession", "18-1"], "is no accession number"),
        (["--cik", "77", "--since", "2018-13"], "is no date"),
        (["--cik", "77", "--until", "18"], "is no date"),
        (["--cik", "77", "--until", "2018-02-30"], "is no date"),
        (["--cik", "77", "--contact", "Jane"], "is no contact"),
        (["--list", "search.json"], "no answer of EDGAR's full-text search"),
    ],
)
def test_wrong_use(world: Service, arguments: list[str], message: str) -> None:
    Path("empty.txt").write_text("# nothing\n")
    Path("search.json").write_text('{"error": 1}')
    assert message in biopact("fetch", *arguments, code=2).output
    assert world.asked == []


def test_a_contact_is_asked_for(world: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BIOPACT_CONTACT")
    assert "give your name and mail address with --contact" in biopact("fetch", "--cik", "77", code=2).output
    assert world.asked == []
    asked: list[str] = []

    def prompt(text: str, **_: object) -> str:
        asked.append(text)
        return CONTACT

    monkeypatch.setattr("biopact.app.commands.fetch.someone_answers", lambda: True)
    monkeypatch.setattr(click, "prompt", prompt)
    biopact("fetch", "--cik", "77", "--dry-run")
    assert asked == ["SEC wants to know who asks. Your name and mail address"]
    assert world.asked[0][2]["User-Agent"].endswith(CONTACT)


def test_edgar_out_of_reach(world: Service) -> None:
    world.next[f"/submissions/CIK{CIK}.json"] = [Answer(b"no", 403)]
    assert "SEC wants to know who asks" in biopact("fetch", "--cik", "77", code=3).output
    world.next[archive_path(NUMBERS[0])] = [Answer(b"no", 403)]
    told = report("--accession", NUMBERS[0], code=3)
    assert (told["refused"], told["not_asked"], len(told["failed"])) == (True, 0, 1)


def test_what_was_fetched_is_loaded_offline_and_checked(world: Service) -> None:
    biopact("fetch", "--cik", "77")
    asked = len(world.asked)
    biopact("load", "filings", "--store", "store")
    listed = biopact("stats", "--filings", "--store", "store").stdout
    assert all(number in listed for number in NUMBERS)
    assert MANIFEST not in listed
    victim = Path("filings") / f"{NUMBERS[0]}.txt"
    victim.write_bytes(victim.read_bytes().replace(b"Japan", b"China"))
    again = biopact("load", "filings", "--store", "store", code=1)
    assert f"{victim}: not the bytes that {MANIFEST} says were fetched" in again.stderr
    assert len(world.asked) == asked
    biopact("fetch", "--cik", "77")
    biopact("load", "filings", "--store", "store")


def start(folder: Path, *numbers: str) -> "subprocess.Popen[str]":
    """The command in a process of its own; the environment leads to the local server."""
    accessions = [word for number in numbers for word in ("--accession", number)]
    # A shell's background jobs ignore Ctrl+C, and so would this one if the tests are run in such.
    program = "import signal as s; s.signal(s.SIGINT, s.default_int_handler); from biopact.app.cli import main; main()"
    command = [sys.executable, "-c", program, "fetch", *accessions]
    return subprocess.Popen(
        [*command, "--into", str(folder), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
    )


def test_processes_keep_the_pace_together(world: Service, tmp_path: Path) -> None:
    numbers = [f"{CIK}-18-{count:06d}" for count in range(10, 28)]
    for number in numbers:
        world.filing(number)
    runs = [start(tmp_path / str(n), *numbers[n::3]) for n in range(3)]
    outputs = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], outputs
    times = sorted(moment for moment, *_ in world.asked)
    assert len(times) == 18
    assert times[-1] - times[0] > (len(times) - 1) * SPACING - 0.5  # a request may be on its way for a while


def test_ctrl_c_leaves_a_folder_to_go_on_with(world: Service, tmp_path: Path) -> None:
    gate = world.gates[archive_path(NUMBERS[2])] = threading.Event()
    run = start(tmp_path / "filings", *NUMBERS)
    manifest = tmp_path / "filings" / MANIFEST
    until = time.monotonic() + 60
    while not (
        manifest.exists() and manifest.read_text().count("\n") == 2 and archive_path(NUMBERS[2]) in world.paths()
    ):
        assert time.monotonic() < until, run.poll()
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    time.sleep(0.5)
    gate.set()
    told = json.loads(run.communicate(timeout=60)[0])
    assert run.returncode == 1
    assert (told["stopped"], told["not_asked"], len(told["fetched"])) == ("interrupted", 1, 2)
    left = {path.name for path in (tmp_path / "filings").iterdir()}
    assert left == {f"{NUMBERS[0]}.txt", f"{NUMBERS[1]}.txt", MANIFEST, ".biopact-fetch.lock"}
    told = report("--cik", "77")
    assert (len(told["had"]), len(told["fetched"])) == (2, 1)
