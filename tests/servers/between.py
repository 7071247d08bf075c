"""A server that stands between a client and a triple store: it counts requests, and spoils those that a test names."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.servers.triple_stores import TripleStore


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came."""

    method: str
    graph: str  # of the Graph Store Protocol
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What to answer in the triple store's place."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


# What becomes of a request: None passes it on, an answer is given at once.
Spoil = Callable[[int, Request], Answer | None]


class Between:
    """Addresses to use in place of the triple store's, and what was asked there."""

    def __init__(self, store: TripleStore, port: int) -> None:
        site = f"http://127.0.0.1:{port}"
        self.behind = store
        self.graph_store = site + urlsplit(store.graph_store).path
        self.update = site + urlsplit(store.update).path
        self.asked: list[Request] = []
        self.spoil: Spoil = lambda number, request: None
        self.lose: Spoil = lambda number, request: None  # the same, after the request was passed on

    def told(self) -> list[tuple[str, str]]:
        """Method and graph of each request since the last time."""
        found = [(request.method, request.graph) for request in self.asked]
        self.asked.clear()
        return found


CUT = Answer(0)  # no answer at all: the connection breaks


@contextmanager
def between(store: TripleStore) -> Iterator[Between]:
    """Stand before a triple store."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            parts = urlsplit(self.path)
            graph = parse_qs(parts.query).get("graph", [""])[0]
            request = Request(self.command, graph, body, dict(self.headers))
            here.asked.append(request)
            number = len(here.asked)
            answer = here.spoil(number, request)
            if answer is None:
                behind = urlsplit(store.update)
                url = f"{behind.scheme}://{behind.netloc}{self.path}"
                kept = {
                    k: v for k, v in self.headers.items() if k.lower() in ("content-type", "authorization", "accept")
                }
                real = client.request(self.command, url, content=body, headers=kept)
                answer = here.lose(number, request) or Answer(real.status_code, real.content)
            if answer == CUT:
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            if self.command != "HEAD" and answer.status != 204:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if self.command != "HEAD" and answer.status != 204:
                self.wfile.write(answer.body)

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _pass

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a client that was killed

    with httpx.Client(timeout=60) as client, Server(("127.0.0.1", 0), Handler) as server:
        here = Between(store, server.server_port)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield here
        finally:
            server.shutdown()
            thread.join()
