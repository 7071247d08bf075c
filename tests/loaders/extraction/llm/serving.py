"""A stand-in for a language model: an OpenAI-compatible server on loopback that says what a test tells it to say."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Says:
    """One HTTP answer, raw."""

    data: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0  # seconds before it
    drip: float = 0.0  # seconds between its bytes


Script = Callable[[Body], Says]


def completion(content: str | None, *, finish: str = "stop", usage: Any = None, **message: Any) -> Says:
    """A chat completion with this content."""
    used = {"prompt_tokens": 1000, "completion_tokens": 100} if usage is None else usage
    said = {"role": "assistant", "content": content, **message}
    return Says(json.dumps({"choices": [{"message": said, "finish_reason": finish}], "usage": used}).encode())


def stating(*statements: Any) -> Says:
    """A well-formed answer with these statements."""
    return completion(json.dumps({"statements": statements}))


def passage(body: Body) -> str:
    """The words that a request asks about."""
    text: str = body["messages"][1]["content"]
    return text.partition("\nPassage:\n")[2]


class Model:
    """The server: its address, and what it was asked so far."""

    def __init__(self) -> None:
        self.script: Script = lambda body: stating()
        self.asked: list[Body] = []
        self.keys: list[str | None] = []
        self.paths: list[str] = []
        self.url = ""

    def says(self, *answers: Says) -> None:
        """Give these answers in turn, the last one for ever."""
        left = list(answers)
        lock = threading.Lock()

        def script(body: Body) -> Says:
            with lock:
                return left.pop(0) if len(left) > 1 else left[0]

        self.script = script


@contextmanager
def serving() -> Iterator[Model]:
    """A model that listens on a free port while it is needed."""
    model = Model()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            model.asked.append(body)
            model.keys.append(self.headers.get("Authorization"))
            model.paths.append(self.path)
            answer = model.script(body)
            time.sleep(answer.delay)
            try:
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.data)))
                self.end_headers()
                if answer.drip:
                    for byte in answer.data:
                        self.wfile.write(bytes([byte]))
                        self.wfile.flush()
                        time.sleep(answer.drip)
                else:
                    self.wfile.write(answer.data)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the client did not wait

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
