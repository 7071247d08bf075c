"""The conversation with EDGAR: who asks, how fast, how often again, and what counts as an answer."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path
from typing import Self, TypeVar

import httpx

from biopact.loaders.edgar.cache import Cache, Kept
from biopact.loaders.edgar.pace import Pace, StoppedError
from biopact.loaders.sources import LIMIT
from biopact.ontology.errors import BiopactError, FilingError, NotFoundError, ServiceError

INDEX_LIMIT = 128 * 1024 * 1024  # bytes of an index; a quarter's list of all filings is near 50 MB
_CHUNK = 64 * 1024
_PAGE = 64 * 1024  # bytes of an error page worth reading
_CONTACT = re.compile(r"[ -~]*[^\s@]@[^\s@]+\.[^\s@]+[ -~]*")
T = TypeVar("T")


class EdgarError(ServiceError):
    """EDGAR could not be asked, or did not answer as it does; that says nothing about what it has."""


class RefusedError(EdgarError):
    """EDGAR refuses every request for now, so the next ones need not be sent."""


class _UnfitError(BiopactError):
    """An answer that is not what was asked for; the next try may be."""


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why a try was in vain, where another may not be."""

    reason: str
    too_fast: bool = False
    wait: float = 0.0  # seconds, as the answer asks for


@dataclass(frozen=True, slots=True)
class Manners:
    """How long to wait and how often to try again. SEC blocks an address that goes too fast for ten minutes."""

    tries: int = 6
    first_wait: float = 1.0  # seconds; each further wait is twice as long, with jitter
    longest_wait: float = 660.0  # asked to wait longer, we stop instead
    timeout: float = 30.0  # without a byte


@dataclass(frozen=True, slots=True)
class Sites:
    """Where EDGAR stands."""

    archives: str = "https://www.sec.gov"
    data: str = "https://data.sec.gov"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A file as it came."""

    size: int  # bytes
    sha256: str
    etag: str | None
    last_modified: str | None


class Edgar:
    """EDGAR as one polite client sees it: a context manager; threads may share it."""

    def __init__(
        self, contact: str, pace: Pace, cache: Cache, sites: Sites = Sites(), manners: Manners = Manners()
    ) -> None:
        self.sites = sites
        self._pace = pace
        self._cache = cache
        self._manners = manners
        self._client = httpx.Client(
            headers={"User-Agent": user_agent(contact), "Accept-Encoding": "gzip, deflate"},
            timeout=manners.timeout,
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def stop(self) -> None:
        """Let no further request go out, and break off those under way: they raise StoppedError."""
        self._pace.stop.set()

    def read(self, url: str, parse: Callable[[bytes], T], limit: int = INDEX_LIMIT) -> T:
        """What an index says, from the cache where EDGAR answers that it has not changed.

        `parse` raises ValueError for what is no such index: that is asked for again, and never kept.
        NotFoundError if EDGAR has no such page, EdgarError if it could not be asked.
        """
        kept = self._cache.get(url)
        old: tuple[T] | None = None
        if kept is not None:
            try:
                old = (parse(kept.body),)
            except ValueError:
                kept = None

        def take(response: httpx.Response) -> T:
            if response.status_code == httpx.codes.NOT_MODIFIED:
                if old is None:
                    raise _UnfitError("'not modified' without having been asked")
                return old[0]
            body = b"".join(_chunks(response, limit, self._pace))
            try:
                new = parse(body)
            except ValueError as error:
                raise _UnfitError(f"not the index asked for: {error}") from error
            self._cache.put(url, Kept(body, response.headers.get("ETag"), response.headers.get("Last-Modified")))
            return new

        return self._ask(url, take, kept.conditions() if kept else {})

    def download(self, url: str, into: Path, check: Callable[[Path], None], limit: int = LIMIT) -> Transfer:
        """Write a filing to a file. `check` raises ValueError for what is no such filing: it is asked for again.

        No part of a file stays where this fails.
        """

        def take(response: httpx.Response) -> Transfer:
            if response.status_code == httpx.codes.NOT_MODIFIED:
                raise _UnfitError("'not modified' without having been asked")
            digest, size = hashlib.sha256(), 0
            with into.open("wb") as file:
                for chunk in _chunks(response, limit, self._pace):
                    file.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
            try:
                check(into)
            except ValueError as error:
                raise _UnfitError(f"not the filing asked for: {error}") from error
            return Transfer(
                size, digest.hexdigest(), response.headers.get("ETag"), response.headers.get("Last-Modified")
            )

        with ExitStack() as undoing:  # whatever breaks it off, Ctrl-C too, leaves no part of a file
            undoing.callback(into.unlink, missing_ok=True)
            taken = self._ask(url, take, {})
            undoing.pop_all()
        return taken

    def _ask(self, url: str, take: Callable[[httpx.Response], T], headers: dict[str, str]) -> T:
        """Ask until there is an answer that can be taken, or no more tries."""
        fault = _Fault("not asked")
        for attempt in range(self._manners.tries):
            if attempt:
                self._back_off(attempt, fault, url)
            self._pace.turn()
            try:
                with self._client.stream("GET", url, headers=headers) as response:
                    if response.status_code in (httpx.codes.OK, httpx.codes.NOT_MODIFIED):
                        return take(response)
                    fault = _fault(response, url)
            except (httpx.TransportError, httpx.DecodingError) as error:
                fault = _Fault(f"broken off: {error or type(error).__name__}")
            except _UnfitError as error:
                fault = _Fault(str(error))
        kind = RefusedError if fault.too_fast else EdgarError
        raise kind(f"{url}: {fault.reason}; asked {self._manners.tries} times; run the same command again later")

    def _back_off(self, attempt: int, fault: _Fault, url: str) -> None:
        """Wait before the next try; all processes do where EDGAR asks for it."""
        seconds = self._manners.first_wait * 2 ** (attempt - 1) * random.uniform(0.5, 1.5)
        if fault.wait > self._manners.longest_wait:
            raise RefusedError(f"{url}: EDGAR asks to wait for {fault.wait:.0f} seconds; run the same command then")
        if fault.too_fast or fault.wait:
            self._pace.pause(max(fault.wait, seconds))
        else:
            self._pace.stop.wait(seconds)


def user_agent(contact: str) -> str:
    """The header with which SEC wants requests to say who asks; ValueError where a contact has no mail address."""
    contact = contact.strip()
    if len(contact) > 200 or not _CONTACT.fullmatch(contact):
        raise ValueError(
            f"{contact[:200]!r} is no contact: SEC wants a name and a mail address in plain ASCII, "
            "as in 'Jane Doe jane.doe@example.org'"
        )
    return f"biopact/{version('biopact')} {contact}"


def _chunks(response: httpx.Response, limit: int, pace: Pace) -> Iterator[bytes]:
    """The body, unpacked; FilingError where it is too large, StoppedError when stopped meanwhile."""
    size = 0
    for chunk in response.iter_bytes(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise FilingError(f"{response.url}: larger than the limit of {limit} bytes; left out")
        if pace.stop.is_set():
            raise StoppedError("stopped before the answer was complete")
        yield chunk


def _fault(response: httpx.Response, url: str) -> _Fault:
    """Why there is no answer; an error where asking again is of no use."""
    status, wait = response.status_code, _retry_after(response)
    said = f"{status} {response.reason_phrase}".strip()
    if status == httpx.codes.FORBIDDEN:
        page = _page(response)
        if "Request Rate Threshold" in page:
            return _Fault(f"{said}: too many requests from this network address", True, wait)
        if "<Code>" not in page:  # with one, it is how the archive says that it has no such page
            raise RefusedError(
                f"{url}: {said}; SEC wants to know who asks: give your name and mail address with --contact; "
                "if you did, wait ten minutes and run the same command again"
            )
    if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE, httpx.codes.FORBIDDEN):
        raise NotFoundError(f"{url}: EDGAR has no such page ({status}); check the number")
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return _Fault(said, True, wait)
    if status >= httpx.codes.INTERNAL_SERVER_ERROR or status == httpx.codes.REQUEST_TIMEOUT:
        return _Fault(said, False, wait)
    raise EdgarError(f"{url}: {said}, an answer that EDGAR does not give; check the proxy settings")


def _page(response: httpx.Response) -> str:
    """The start of an error page."""
    page = b""
    for chunk in response.iter_bytes(_CHUNK):
        page += chunk
        if len(page) >= _PAGE:
            break
    return page[:_PAGE].decode("utf-8", "replace")


def _retry_after(response: httpx.Response) -> float:
    """Seconds, which the header gives as such or as a date; 0 where it gives none or makes no sense."""
    value = response.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,9}", value, re.A):
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
