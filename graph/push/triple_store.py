"""The conversation with a triple store: SPARQL 1.1's Graph Store Protocol, or its Update, one named graph at a time."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

import httpx

from biopact.ontology import BiopactError, ServiceError, ValidationError

_BUSY = frozenset([408, 425, 429, 500, 502, 503, 504])
_THIS_GRAPH = frozenset([400, 409, 413, 422])  # what it says of the words sent, such as a gate of shapes does
_SHOWN = 300  # characters of an answer
# In SPARQL `\u0022` may be read as a quotation mark before anything else is, even where N-Triples has `\\` and u0022.
_NO_ESCAPE = re.compile(rb"\\\\([uU])|\\.")


class RejectedError(BiopactError):
    """The triple store does not take this graph; it may take others."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How long to wait, how often to try again, and how much to say at once."""

    tries: int = 5
    first_wait: float = 0.5  # seconds; each further wait is twice as long, with jitter
    longest_wait: float = 60.0  # whatever the store asks for
    timeout: float = 600.0  # for an answer: a store may take minutes for a large graph
    update: int = 4_000_000  # bytes of one update; a larger graph takes several


class Bearer(httpx.Auth):
    """A token, as in OAuth 2.0."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Give it with the request."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class TripleStore:
    """A triple store at an address: of its Graph Store Protocol, or with `update` of SPARQL Update."""

    def __init__(
        self, url: str, *, update: bool = False, auth: httpx.Auth | None = None, manners: Manners = Manners()
    ) -> None:
        self.url = checked(url, update=update)
        self._update = update
        self._manners = manners
        patience = httpx.Timeout(manners.timeout, connect=min(10.0, manners.timeout))
        self._client = httpx.Client(auth=auth, timeout=patience, headers={"User-Agent": "biopact"})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def put(self, graph: str, triples: bytes) -> None:
        """Let a graph hold exactly these triples (N-Triples). RejectedError if it is not taken."""
        if not self._update:
            self._ask("PUT", graph, triples, "application/n-triples")
            return
        first = b"DROP SILENT GRAPH <%b> ;\n" % graph.encode()
        for part in self._parts(_NO_ESCAPE.sub(_written_out, triples)):
            self._ask("POST", graph, b"%bINSERT DATA { GRAPH <%b> {\n%b} }" % (first, graph.encode(), part))
            first = b""

    def delete(self, graph: str) -> None:
        """Take a graph away, if it is there."""
        if self._update:
            self._ask("POST", graph, b"DROP SILENT GRAPH <%b>" % graph.encode())
        else:
            self._ask("DELETE", graph)

    def lacks(self, graph: str) -> bool:
        """Whether it says that it has no such graph; one that speaks Update only says nothing."""
        return not self._update and self._ask("HEAD", graph) == httpx.codes.NOT_FOUND

    def _parts(self, triples: bytes) -> Iterator[bytes]:
        start = 0
        while start < len(triples):
            # the last line that ends within the limit, or else the one line that does not
            end = triples.rfind(b"\n", start, start + self._manners.update) + 1
            end = end or triples.index(b"\n", start) + 1
            yield triples[start:end]
            start = end

    def _ask(self, method: str, graph: str, content: bytes = b"", type_: str = "application/sparql-update") -> int:
        """Ask until there is an answer that means something, which is its status, or no more tries."""
        url = httpx.URL(self.url)
        if not self._update:
            url = url.copy_merge_params({"graph": graph})
        headers = {"Content-Type": type_} if content else {}
        reason = ""
        for attempt in range(self._manners.tries):
            wait = 0.0
            try:
                answer = self._client.request(method, url, content=content, headers=headers)
            except (httpx.TransportError, httpx.DecodingError) as error:
                reason = f"{error or type(error).__name__}"
            else:
                if answer.status_code not in _BUSY:
                    return self._meaning(method, graph, answer)
                reason, wait = _said(answer), _asked_to_wait(answer)
            if attempt + 1 < self._manners.tries:
                own = self._manners.first_wait * 2**attempt * random.uniform(0.5, 1.5)
                time.sleep(min(max(wait, own), self._manners.longest_wait))
        raise ServiceError(
            f"{self.url}: {reason}; asked {self._manners.tries} times, of graph {graph}; "
            "the same command again goes on from there"
        )

    def _meaning(self, method: str, graph: str, answer: httpx.Response) -> int:
        """The status of an answer; an error where it is none that was hoped for."""
        status = answer.status_code
        if method == "HEAD" and status not in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            return status  # some do not answer HEAD at all
        if answer.is_success or (method == "DELETE" and status == httpx.codes.NOT_FOUND):
            return status
        if status in _THIS_GRAPH:
            raise RejectedError(f"{graph}: {self.url} does not take it: {_said(answer)}")
        protocol = "SPARQL Update" if self._update else "the Graph Store Protocol"
        if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            step = "set BIOPACT_PUSH_USER and BIOPACT_PUSH_PASSWORD, or BIOPACT_PUSH_TOKEN, to what may write there"
        elif answer.is_redirect:
            step = (
                f"it sends us to {answer.headers.get('Location', 'nowhere')[:_SHOWN]}; push there if that is the store"
            )
        elif answer.is_server_error:
            step = "its own log says more; the same command again goes on from there"
        else:
            step = f"is that the address of {protocol}? docs/push.md has those of common triple stores"
        raise ServiceError(f"{self.url}: {_said(answer)}; {step}")


def checked(url: str, *, update: bool = False) -> str:
    """The address if one can push to it; ValidationError where it is none, or has a password in it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ValidationError(f"{url!r} is no address: {error}") from error
    if "@" in parts.netloc:
        raise ValidationError(
            "a password does not belong into an address: give it in BIOPACT_PUSH_USER and BIOPACT_PUSH_PASSWORD"
        )
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0 or parts.fragment:
        raise ValidationError(
            f"{url!r} is no address of a triple store: expected one as in http://localhost:3030/ds/data"
        )
    if parts.path.endswith("/statements") and not update:  # of RDF4J and GraphDB
        raise ValidationError(
            f"{url!r}: a PUT there replaces the whole repository; push to its {parts.path[:-11]}/rdf-graphs/service, "
            "or add --update"
        )
    return url


def _written_out(escape: re.Match[bytes]) -> bytes:
    letter = escape[1]
    return b"\\\\\\u%04X" % ord(letter) if letter else escape[0]


def _said(answer: httpx.Response) -> str:
    """A status with the first words of its page, on one line that cannot steer a terminal."""
    text = "" if "html" in answer.headers.get("Content-Type", "") else answer.text
    words = "".join(c for c in " ".join(text.split()) if c.isprintable())[:_SHOWN]
    status = f"{answer.status_code} {answer.reason_phrase}".strip()
    return f"{status} ({words})" if words else status


def _asked_to_wait(answer: httpx.Response) -> float:
    """Seconds that a store asks for; those that give a date are not understood."""
    value = answer.headers.get("Retry-After", "").strip()
    return float(value) if re.fullmatch(r"\d{1,6}", value, re.A) else 0.0
