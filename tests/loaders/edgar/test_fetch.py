"""Runs into a folder: what lies there afterwards, after every kind of trouble."""

import hashlib
import json
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from biopact.loaders.edgar import fetch as fetching
from biopact.loaders.edgar.client import Edgar, EdgarError, RefusedError
from biopact.loaders.edgar.fetch import Report, fetch, find
from biopact.loaders.edgar.listed import Listed, Selection, Wanted, filing
from biopact.loaders.edgar.manifest import MANIFEST, read_manifest
from biopact.loaders.edgar.pace import hold
from biopact.ontology.errors import BiopactError
from tests.loaders.edgar.service import UNDECLARED, Answer, Service, archive_path, master, reset, short

CIK = "0000000077"
TODAY = date(2018, 8, 1)
NUMBERS = [f"{CIK}-18-{count:06d}" for count in range(1, 9)]


def quiet(done: int, total: int, what: str) -> None:
    assert 0 <= done <= total


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "filings"


@pytest.fixture
def bodies(service: Service) -> dict[str, bytes]:
    return {number: service.filing(number) for number in NUMBERS}


def run(edgar: Edgar, folder: Path, numbers: list[str] = NUMBERS) -> Report:
    return fetch(edgar, [Listed(number, CIK) for number in numbers], folder, TODAY, quiet)


def whole(folder: Path, bodies: dict[str, bytes]) -> None:
    """The folder holds these filings, their manifest, and nothing that is half done."""
    names = {path.name for path in folder.iterdir()} - {".biopact-fetch.lock"}
    assert names == {MANIFEST, *(f"{number}.txt" for number in bodies)}
    entries = read_manifest(folder)
    assert sorted(entries) == sorted(f"{number}.txt" for number in bodies)
    for number, body in bodies.items():
        assert (folder / f"{number}.txt").read_bytes() == body
        assert entries[f"{number}.txt"].sha256 == hashlib.sha256(body).hexdigest()


def test_a_run_and_the_same_again(
    client: Callable[[], Edgar], service: Service, folder: Path, bodies: dict[str, bytes]
) -> None:
    report = run(client(), folder)
    assert sorted(e.accession_number for e in report.fetched) == NUMBERS
    assert (report.had, report.failed, report.not_asked, report.stopped) == ([], [], 0, None)
    whole(folder, bodies)
    entry = read_manifest(folder)[f"{NUMBERS[0]}.txt"]
    assert (entry.cik, entry.form, entry.filing_date, entry.size) == (CIK, "8-K", "2018-03-05", len(bodies[NUMBERS[0]]))
    assert entry.url == service.url + archive_path(NUMBERS[0])
    assert entry.etag
    assert entry.last_modified == "Mon, 05 Mar 2018 10:00:00 GMT"
    asked = len(service.asked)
    again = run(client(), folder)
    assert (again.had, again.fetched, len(service.asked)) == (NUMBERS, [], asked)
    whole(folder, bodies)


def test_trouble_stops_no_other_filing(edgar: Edgar, service: Service, folder: Path, bodies: dict[str, bytes]) -> None:
    paths = [archive_path(number) for number in NUMBERS]
    service.next[paths[0]] = [Answer(b"", 429, {"Retry-After": "0"}), Answer(b"", 503)]
    service.next[paths[1]] = [Answer(spoil=short), Answer(spoil=reset)]
    service.next[paths[2]] = [Answer(b"<html>sorry</html>")] * 3
    del service.pages[paths[3]]
    report = run(edgar, folder)
    failed = {failure.what: failure.reason for failure in report.failed}
    assert set(failed) == {NUMBERS[2], NUMBERS[3]}
    assert "no submission, it starts with '<html>sorry</html>'" in failed[NUMBERS[2]]
    assert "EDGAR has no such page (404)" in failed[NUMBERS[3]]
    whole(folder, {n: b for n, b in bodies.items() if n not in failed})


@pytest.mark.parametrize("damage", ["changed", "cut", "gone", "unlisted", "torn"])
def test_what_was_damaged_is_fetched_again(
    client: Callable[[], Edgar], service: Service, folder: Path, bodies: dict[str, bytes], damage: str
) -> None:
    run(client(), folder)
    victim, manifest = folder / f"{NUMBERS[0]}.txt", folder / MANIFEST
    if damage == "changed":
        victim.write_bytes(victim.read_bytes().replace(b"Japan", b"China"))
    elif damage == "cut":
        victim.write_bytes(victim.read_bytes()[:-1])
    elif damage == "gone":
        victim.unlink()
    elif damage == "unlisted":
        manifest.write_text("".join(line for line in manifest.read_text().splitlines(True) if NUMBERS[0] not in line))
    else:  # as a process leaves it that is killed while it writes
        lines = sorted(manifest.read_text().splitlines(True), key=lambda line: NUMBERS[0] in line)
        manifest.write_text("".join(lines)[:-20])
        (folder / f".{NUMBERS[3]}.txt.part").write_bytes(b"half")
    asked = len(service.asked)
    report = run(client(), folder)
    assert [e.accession_number for e in report.fetched] == [NUMBERS[0]]
    assert service.paths()[asked:] == [archive_path(NUMBERS[0])]
    whole(folder, bodies)


def test_interrupted_and_taken_up(
    client: Callable[[], Edgar],
    service: Service,
    folder: Path,
    bodies: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edgar, slow = client(), archive_path(NUMBERS[5])
    service.gates[slow] = threading.Event()
    stop = edgar.stop

    def stop_and_answer() -> None:
        stop()
        service.gates[slow].set()

    def interrupt(done: int, total: int, what: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(edgar, "stop", stop_and_answer)
    report = fetch(edgar, [Listed(number, CIK) for number in NUMBERS], folder, TODAY, interrupt)
    assert report.stopped == "interrupted"
    assert report.failed == []
    there = {e.accession_number for e in report.fetched}
    assert 3 <= len(there) < len(NUMBERS)
    assert report.not_asked == len(NUMBERS) - len(there)
    whole(folder, {n: bodies[n] for n in there})
    report = run(client(), folder)
    assert set(report.had) == there
    whole(folder, bodies)


def test_a_refused_run_ends_at_once(
    client: Callable[[], Edgar], service: Service, folder: Path, bodies: dict[str, bytes]
) -> None:
    for number in NUMBERS:
        service.next[archive_path(number)] = [Answer(UNDECLARED, 403)]
    report = run(client(), folder)
    assert report.refused
    assert "SEC wants to know who asks" in str(report.stopped)
    assert len(report.failed) + report.not_asked == len(NUMBERS)
    assert len(service.asked) < len(NUMBERS)
    whole(folder, {})
    service.next.clear()
    run(client(), folder)
    whole(folder, bodies)


def test_a_server_that_is_down_ends_the_run(edgar: Edgar, service: Service, folder: Path) -> None:
    numbers = [f"{CIK}-18-{count:06d}" for count in range(30)]
    for number in numbers:
        service.next[archive_path(number)] = [Answer(b"", 500)] * 3
    report = run(edgar, folder, numbers)
    assert report.refused
    assert 5 <= len(report.failed) < 30
    assert len(report.failed) + report.not_asked == 30


def test_a_filing_that_an_agent_sent_is_looked_up(edgar: Edgar, service: Service, folder: Path) -> None:
    agents, unknown = "0000000099-18-000001", "0000000099-18-000002"
    bodies = {agents: service.filing(agents, "0000004711"), NUMBERS[0]: service.filing(NUMBERS[0])}
    index = "/Archives/edgar/full-index/2018/QTR1/master.gz"
    service.pages[index] = master([("0000004711", "8-K", "2018-03-05", agents)])
    report = fetch(edgar, [filing(n) for n in (agents, unknown, NUMBERS[0])], folder, TODAY, quiet)
    whole(folder, bodies)
    assert read_manifest(folder)[f"{agents}.txt"].cik == "0000004711"
    (failure,) = report.failed
    assert failure.reason == f"{unknown}: EDGAR's indexes list no such filing; check the accession number"
    assert service.paths().count(index) == 1


def test_indexes_that_cannot_be_asked_fail_what_is_looked_up(edgar: Edgar, service: Service, folder: Path) -> None:
    service.next["/Archives/edgar/full-index/2018/QTR1/master.gz"] = [Answer(b"", 500)] * 3
    report = fetch(edgar, [filing("0000000099-18-000001")], folder, TODAY, quiet)
    assert "500" in report.failed[0].reason


def test_one_run_at_a_time_in_a_folder(edgar: Edgar, folder: Path) -> None:
    folder.mkdir()
    with (
        hold(folder / ".biopact-fetch.lock", "x"),
        pytest.raises(BiopactError, match=r"another `biopact fetch` is writing there"),
    ):
        run(edgar, folder)


def test_a_disk_that_refuses_ends_the_run(
    edgar: Edgar, folder: Path, bodies: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fetching, "check_submission", refuse)
    with pytest.raises(OSError, match="No space left"):
        run(edgar, folder)
    whole(folder, {})


def test_find_names_what_it_cannot_find(edgar: Edgar, service: Service) -> None:
    register = {"0": {"cik_str": 77, "ticker": "VTRL", "title": "Vantorel Biosciences, Inc."}}
    service.pages["/files/company_tickers.json"] = json.dumps(register).encode()
    service.company(CIK, [(NUMBERS[0], "8-K", "2018-03-05"), (NUMBERS[1], "10-K", "2018-02-01")], {})
    service.next["/submissions/CIK0000000079.json"] = [Answer(b"", 500)] * 3
    wanted = Wanted(("VTRL", "VTRX"), (CIK, "0000000078", "0000000079"), (filing(NUMBERS[0]),))
    found, failed = find(edgar, wanted, Selection(frozenset({"8-K"})), TODAY, quiet)
    assert found == [Listed(NUMBERS[0], CIK, "8-K", "2018-03-05")]
    assert [failure.what for failure in failed] == ["VTRX", "0000000078", "0000000079"]
    assert "did you mean VTRL" in failed[0].reason


def test_find_gives_up_where_nothing_answers(edgar: Edgar, service: Service) -> None:
    service.next[f"/submissions/CIK{CIK}.json"] = [Answer(b"", 500)] * 3
    with pytest.raises(EdgarError):
        find(edgar, Wanted(ciks=(CIK,)), Selection(), TODAY, quiet)
    service.next["/files/company_tickers.json"] = [Answer(UNDECLARED, 403)]
    with pytest.raises(RefusedError):
        find(edgar, Wanted(("VTRL",)), Selection(), TODAY, quiet)
