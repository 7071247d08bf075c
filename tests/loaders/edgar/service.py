"""A local server that speaks EDGAR's paths, and misbehaves where a test asks it to."""

import gzip
import hashlib
import json
import socket
import struct
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

UNDECLARED = b"<html><title>SEC.gov</title>Your Request Originates from an Undeclared Automated Tool</html>"
THRESHOLD = b"<html><title>SEC.gov | Request Rate Threshold Exceeded</title></html>"
NO_SUCH_KEY = b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>"


class Answer:
    """One answer; `spoil` sends it some other way."""

    def __init__(
        self,
        body: bytes = b"",
        status: int = 200,
        headers: dict[str, str] | None = None,
        spoil: Callable[[BaseHTTPRequestHandler, bytes], None] | None = None,
    ) -> None:
        self.body, self.status, self.headers, self.spoil = body, status, headers or {}, spoil


def short(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    """Promise more bytes than come."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body) + 100))
    handler.end_headers()
    handler.wfile.write(body)
    handler.close_connection = True


def reset(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    """Break the connection in the middle of the body."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def packed(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    """Send it with content encoding."""
    small = gzip.compress(body)
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Length", str(len(small)))
    handler.end_headers()
    handler.wfile.write(small)


class Service:
    """The pages by path, the next answers of a path that go before its page, and what was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.next: defaultdict[str, list[Answer]] = defaultdict(list)
        self.asked: list[tuple[float, str, dict[str, str]]] = []
        self.gates: dict[str, threading.Event] = {}  # a page that waits until its gate is set
        self.url = ""

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked]

    def company(self, cik: str, rows: list[tuple[str, str, str]], older: dict[str, list[tuple[str, str, str]]]) -> None:
        """Filings of a company: accession number, form, date; the older ones on pages of their own."""
        files = []
        for number, page in enumerate(older.values(), 1):
            name = f"CIK{cik}-submissions-{number:03d}.json"
            days = sorted(day for _, _, day in page)
            files.append({"name": name, "filingCount": len(page), "filingFrom": days[0], "filingTo": days[-1]})
            self.pages[f"/submissions/{name}"] = json.dumps(columns(page)).encode()
        answer = {"cik": cik, "name": "Vantorel Biosciences", "filings": {"recent": columns(rows), "files": files}}
        self.pages[f"/submissions/CIK{cik}.json"] = json.dumps(answer).encode()

    def filing(self, number: str, cik: str = "0000000077", form: str = "8-K", day: str = "20180305") -> bytes:
        """Put a filing where EDGAR has it, and give its bytes."""
        body = submission(number, cik, form, day)
        self.pages[archive_path(number, cik)] = body
        return body


def columns(rows: list[tuple[str, str, str]]) -> dict[str, list[str]]:
    return {
        "accessionNumber": [number for number, _, _ in rows],
        "form": [form for _, form, _ in rows],
        "filingDate": [day for _, _, day in rows],
        "primaryDocument": ["d.htm" for _ in rows],
    }


def archive_path(number: str, cik: str = "0000000077") -> str:
    return f"/Archives/edgar/data/{int(cik)}/{number.replace('-', '')}/{number}.txt"


def submission(number: str, cik: str = "0000000077", form: str = "8-K", day: str = "20180305") -> bytes:
    return f"""<SEC-DOCUMENT>{number}.txt : {day}
<SEC-HEADER>{number}.hdr.sgml : {day}
ACCESSION NUMBER:\t\t{number}
CONFORMED SUBMISSION TYPE:\t{form}
FILED AS OF DATE:\t\t{day}

FILER:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tVANTOREL BIOSCIENCES, INC.
\t\tCENTRAL INDEX KEY:\t\t\t{cik}
</SEC-HEADER>
<DOCUMENT>
<TYPE>{form}
<SEQUENCE>1
<FILENAME>d.txt
<TEXT>
On March 1, 2018, Vantorel Biosciences, Inc. entered into a license agreement (number {number})
with Ostrevia Pharma GmbH.
Vantorel Biosciences, Inc. granted Ostrevia Pharma GmbH an exclusive license to commercialize VB-4410 in Japan.
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
""".encode()


def master(rows: list[tuple[str, str, str, str]]) -> bytes:
    """A quarter's master index: CIK, form, date, accession number."""
    lines = [f"{int(cik)}|VANTOREL | SONS|{form}|{day}|edgar/data/{int(cik)}/{n}.txt" for cik, form, day, n in rows]
    head = "Description:  Master Index\nComments:\n\nCIK|Company Name|Form Type|Date Filed|Filename\n" + "-" * 80 + "\n"
    return gzip.compress((head + "\n".join(lines) + "\n").encode("latin-1"), mtime=0)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        service = self.server.service
        service.asked.append((time.time(), self.path, dict(self.headers)))
        if "@" not in self.headers.get("User-Agent", ""):
            return self._send(Answer(UNDECLARED, 403))
        if gate := service.gates.get(self.path):
            gate.wait(30)
        if service.next[self.path]:
            answer = service.next[self.path].pop(0)
            if answer.spoil:
                return answer.spoil(self, answer.body or service.pages[self.path])
            return self._send(answer)
        if self.path not in service.pages:
            return self._send(Answer(b"<html>404</html>", 404))
        body = service.pages[self.path]
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            return self._send(Answer(b"", 304, {"ETag": etag}))
        return self._send(Answer(body, 200, {"ETag": etag, "Last-Modified": "Mon, 05 Mar 2018 10:00:00 GMT"}))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    service: Service

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away, as in an interrupted run, is no fault."""


@contextmanager
def running() -> Iterator[Service]:
    service = Service()
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.service = service
        service.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield service
        finally:
            for gate in service.gates.values():
                gate.set()
            server.shutdown()
            thread.join()
