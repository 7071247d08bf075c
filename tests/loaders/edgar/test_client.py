"""The client: every way EDGAR can answer, and what comes of it."""

import gzip
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from biopact.loaders.edgar.client import Edgar, EdgarError, RefusedError, user_agent
from biopact.loaders.edgar.fetch import check_submission
from biopact.ontology.errors import FilingError, NotFoundError
from tests.loaders.edgar.service import (
    NO_SUCH_KEY,
    THRESHOLD,
    UNDECLARED,
    Answer,
    Service,
    archive_path,
    packed,
    reset,
    short,
    submission,
)

NUMBER = "0000000077-18-000001"
PAGE = "/submissions/page.json"


@pytest.fixture
def download(edgar: Edgar, service: Service, tmp_path: Path) -> Callable[[], bytes]:
    """Downloads the filing; what is left of the file is asked by the test."""
    service.filing(NUMBER)

    def get() -> bytes:
        into = tmp_path / "part"
        edgar.download(service.url + archive_path(NUMBER), into, lambda path: check_submission(path, NUMBER))
        return into.read_bytes()

    return get


BODY = submission(NUMBER)
AGAIN = {
    "429": Answer(b"slow down", 429),
    "429 with seconds": Answer(b"slow down", 429, {"Retry-After": "0"}),
    "429 with nonsense": Answer(b"slow down", 429, {"Retry-After": "soon"}),
    "the page of the threshold": Answer(THRESHOLD, 403),
    "500": Answer(b"", 500),
    "503": Answer(b"", 503, {"Retry-After": "0"}),
    "408": Answer(b"", 408),
    "a body shorter than promised": Answer(spoil=short, body=BODY[:300]),
    "a connection reset": Answer(spoil=reset),
    "an error page in place of the filing": Answer(b"<html>We are sorry</html>"),
    "another filing": Answer(submission("0000000077-18-000002")),
    "a filing cut off": Answer(BODY[:-40]),
    "an empty answer": Answer(b""),
    "not modified, unasked": Answer(b"", 304),
    "broken packing": Answer(b"no gzip", 200, {"Content-Encoding": "gzip"}),
}


@pytest.mark.parametrize("answer", AGAIN.values(), ids=AGAIN)
def test_asked_again_until_the_filing_is_there(
    download: Callable[[], bytes], service: Service, answer: Answer, tmp_path: Path
) -> None:
    service.next[archive_path(NUMBER)] = [answer] * 2
    assert download() == BODY
    assert len(service.asked) == 3
    service.next[archive_path(NUMBER)] = [answer] * 3
    with pytest.raises(EdgarError, match="asked 3 times; run the same command again later"):
        download()
    assert not (tmp_path / "part").exists()


def test_packed_transfers_are_unpacked(download: Callable[[], bytes], service: Service) -> None:
    service.next[archive_path(NUMBER)] = [Answer(spoil=packed)]
    assert download() == BODY


def test_a_wait_that_is_asked_for_is_kept(download: Callable[[], bytes], service: Service) -> None:
    service.next[archive_path(NUMBER)] = [Answer(b"", 503, {"Retry-After": "1"})]
    download()
    assert service.asked[1][0] - service.asked[0][0] >= 1
    day = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)  # in whole seconds
    service.next[archive_path(NUMBER)] = [Answer(b"", 429, {"Retry-After": day})]
    download()
    assert service.asked[3][0] - service.asked[2][0] >= 0.9


def test_a_longer_wait_is_left_to_the_user(download: Callable[[], bytes], service: Service) -> None:
    service.next[archive_path(NUMBER)] = [Answer(b"", 429, {"Retry-After": "86400"})]
    with pytest.raises(RefusedError, match="wait for 86400 seconds"):
        download()


@pytest.mark.parametrize(
    ("answer", "error", "message"),
    [
        (Answer(b"", 404), NotFoundError, "no such page"),
        (Answer(NO_SUCH_KEY, 403), NotFoundError, "no such page"),
        (Answer(UNDECLARED, 403), RefusedError, "SEC wants to know who asks"),
        (Answer(b"", 301, {"Location": "http://127.0.0.1/elsewhere"}), EdgarError, "check the proxy settings"),
        (Answer(b"", 407), EdgarError, "check the proxy settings"),
    ],
)
def test_what_is_not_asked_again(
    download: Callable[[], bytes], service: Service, answer: Answer, error: type[Exception], message: str
) -> None:
    service.next[archive_path(NUMBER)] = [answer]
    with pytest.raises(error, match=message):
        download()
    assert len(service.asked) == 1


def test_rate_refusals_that_go_on_refuse_the_run(download: Callable[[], bytes], service: Service) -> None:
    service.next[archive_path(NUMBER)] = [Answer(b"", 429)] * 3
    with pytest.raises(RefusedError):
        download()


def test_nobody_there(edgar: Edgar) -> None:
    with pytest.raises(EdgarError, match=r"broken off: .*refused"):
        edgar.read("http://127.0.0.1:9/x", json.loads)  # the discard port, where nothing listens


def test_too_large_whatever_the_header_says(edgar: Edgar, service: Service, tmp_path: Path) -> None:
    service.pages["/big"] = b"x" * 3_000_000
    for answers in ([], [Answer(gzip.compress(bytes(50_000_000)), 200, {"Content-Encoding": "gzip"})]):
        service.next["/big"] = answers
        with pytest.raises(FilingError, match="larger than the limit of 2000000 bytes"):
            edgar.download(service.url + "/big", tmp_path / "part", lambda _: None, limit=2_000_000)
        assert not (tmp_path / "part").exists()


def test_an_index_is_asked_for_again_only_if_it_changed(client: Callable[[], Edgar], service: Service) -> None:
    service.pages[PAGE] = b'{"now": 1}'
    assert client().read(service.url + PAGE, json.loads) == {"now": 1}
    assert client().read(service.url + PAGE, json.loads) == {"now": 1}
    first, second = (headers for *_, headers in service.asked)
    assert "If-None-Match" not in first
    assert second["If-None-Match"]
    assert second["If-Modified-Since"] == "Mon, 05 Mar 2018 10:00:00 GMT"
    service.pages[PAGE] = b'{"now": 2}'  # the tag that is sent is stale now
    assert client().read(service.url + PAGE, json.loads) == {"now": 2}


@pytest.mark.parametrize("spoiled", [b"", b"no JSON\nbody", b'{"sha256": 1}\n{"now": 1}', None])
def test_a_damaged_cache_is_no_answer(
    client: Callable[[], Edgar], service: Service, tmp_path: Path, spoiled: bytes | None
) -> None:
    service.pages[PAGE] = b'{"now": 1}'
    client().read(service.url + PAGE, json.loads)
    (kept,) = (tmp_path / "cache" / "indexes").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1] if spoiled is None else spoiled)
    assert client().read(service.url + PAGE, json.loads) == {"now": 1}
    assert "If-None-Match" not in service.asked[-1][2]


def test_what_is_no_index_is_never_kept(edgar: Edgar, service: Service, tmp_path: Path) -> None:
    service.pages[PAGE] = b'{"now": 1}'
    service.next[PAGE] = [Answer(b"<html>maintenance</html>")]
    assert edgar.read(service.url + PAGE, json.loads) == {"now": 1}
    (kept,) = (tmp_path / "cache" / "indexes").iterdir()
    assert b"maintenance" not in kept.read_bytes()


def test_who_asks_is_said(edgar: Edgar, service: Service) -> None:
    service.pages[PAGE] = b"1"
    edgar.read(service.url + PAGE, json.loads)
    agent = service.asked[0][2]["User-Agent"]
    assert agent.startswith("biopact/")
    assert agent.endswith(" Jane Doe jane.doe@example.org")


@pytest.mark.parametrize(
    "contact", ["", "Jane Doe", "jane@nowhere", "j@x.org\r\nHost: y", "Jané j@x.org", "a@b.c" * 99]
)
def test_a_contact_that_is_none(contact: str) -> None:
    with pytest.raises(ValueError, match="is no contact"):
        user_agent(contact)


def test_a_stopped_client_sends_nothing(edgar: Edgar, service: Service) -> None:
    edgar.stop()
    began = time.monotonic()
    with pytest.raises(Exception, match="stopped"):
        edgar.read(service.url + PAGE, json.loads)
    assert (service.asked, time.monotonic() - began < 1) == ([], True)
