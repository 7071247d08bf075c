"""Asks an OpenAI-compatible endpoint, patiently, and takes nothing from it but well-formed answers."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from biopact.loaders.extraction.llm.cache import Answer, AnswerCache
from biopact.loaders.extraction.llm.settings import Settings
from biopact.ontology import ServiceError

_MOST_BYTES = 4_000_000  # of one answer
_MOST_STATEMENTS = 200  # of one passage
_LONGEST_WAIT = 60.0  # seconds, whatever the endpoint asks for
_TIMEOUT_TRIES = 2
_BUSY = frozenset([408, 425, 429, 500, 502, 503, 504, 529])
# The passage, not the set-up, may be what the endpoint does not take: too long for the model, say.
_THIS_PASSAGE = frozenset([400, 413, 422])


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one request: an answer, or the reason why there is none."""

    answer: Answer | None
    reason: str = ""
    detail: str = ""  # what the endpoint said about it
    cached: bool = False
    seconds: float = 0.0
    tokens: tuple[int, int] = (0, 0)  # paid for, of the question and of the answer


class _UnusableError(Exception):
    """This try brought no answer. `again` tells whether another may."""

    def __init__(self, reason: str, detail: str = "", *, again: bool = False, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.detail, self.again, self.wait = reason, detail, again, wait
        self.tokens = (0, 0)


class Endpoint:
    """One endpoint and model. `ask` may be called from several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._cache = AnswerCache(settings.cache) if settings.cache else None
        parts = urlsplit(settings.url)
        self.place = f"{parts.scheme}://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"
        self._url = httpx.URL(settings.url)
        self._url = self._url.copy_with(path=self._url.path.rstrip("/") + "/chat/completions")
        headers = {"Content-Type": "application/json"}
        if settings.key:
            headers["Authorization"] = f"Bearer {settings.key}"
        patience = httpx.Timeout(settings.timeout, connect=min(10.0, settings.timeout), pool=None)
        self._client = httpx.Client(headers=headers, timeout=patience)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def ask(self, body: Mapping[str, Any]) -> Reply:
        """The answer to a request, from the cache if it was asked before.

        ServiceError if the endpoint cannot be reached or does not take requests at all.
        """
        known = self._cache.get(body) if self._cache else None
        if known is not None:
            return Reply(known, cached=True)
        began = time.monotonic()
        timeouts, tried = 0, 0
        while True:
            try:
                answer = self._once(body)
            except _UnusableError as error:
                timeouts += error.reason == "no answer in time"
                tried += 1
                if not error.again or tried > self._settings.retries or timeouts >= _TIMEOUT_TRIES:
                    return Reply(None, error.reason, error.detail, False, time.monotonic() - began, error.tokens)
                time.sleep(self._pause(tried, error.wait))
            except httpx.ConnectError as error:
                tried += 1
                if tried > self._settings.retries:
                    raise self._unreachable(error) from error
                time.sleep(self._pause(tried, None))
            else:
                if self._cache:
                    self._cache.put(body, answer)
                tokens = (answer.prompt_tokens, answer.completion_tokens)
                return Reply(answer, seconds=time.monotonic() - began, tokens=tokens)

    def _pause(self, tried: int, asked: float | None) -> float:
        wait = self._settings.backoff * 2 ** (tried - 1) if asked is None else asked
        return min(max(wait, 0.0), _LONGEST_WAIT)

    def _unreachable(self, error: httpx.ConnectError) -> ServiceError:
        return ServiceError(
            f"the language model at {self.place} cannot be reached ({error}); "
            "start it, or correct BIOPACT_LLM_URL, and run the command again"
        )

    def _once(self, body: Mapping[str, Any]) -> Answer:
        deadline = time.monotonic() + self._settings.timeout
        data = bytearray()
        asked = json.dumps(body)  # escaped throughout, so half a character in a document breaks nothing
        try:
            with self._client.stream("POST", self._url, content=asked) as response:
                for piece in response.iter_bytes():
                    data += piece
                    if len(data) > _MOST_BYTES:
                        raise _UnusableError("a huge answer")
                    if time.monotonic() > deadline:
                        raise _UnusableError("no answer in time", again=True)
        except httpx.TimeoutException as error:
            if isinstance(error, httpx.ConnectTimeout):
                raise self._late(error) from error
            raise _UnusableError("no answer in time", again=True) from error
        except httpx.ConnectError:
            raise
        except httpx.TransportError as error:
            raise _UnusableError("the connection broke", self._shown(str(error)), again=True) from error
        except httpx.DecodingError as error:
            raise _UnusableError("an answer that is no JSON", again=False) from error
        if response.status_code != 200:
            raise self._status(response, bytes(data))
        return _answer(bytes(data), self._shown)

    @staticmethod
    def _late(error: httpx.ConnectTimeout) -> httpx.ConnectError:
        return httpx.ConnectError(str(error) or "no connection in time", request=error.request)

    def _status(self, response: httpx.Response, data: bytes) -> _UnusableError:
        """What a status other than 200 means. ServiceError where every further request would end like this one."""
        code, said = response.status_code, self._shown(_message(data))
        reason = f"HTTP {code}"
        if code in _BUSY or code >= 500:
            return _UnusableError(reason, said, again=True, wait=_seconds(response.headers.get("Retry-After")))
        if code in _THIS_PASSAGE:
            return _UnusableError(reason, said)
        hint = {
            401: "set BIOPACT_LLM_KEY to a key that it takes",
            403: "set BIOPACT_LLM_KEY to a key that it takes",
            404: "correct BIOPACT_LLM_URL (it ends as in /v1) or BIOPACT_LLM_MODEL",
        }.get(code, "correct BIOPACT_LLM_URL")
        raise ServiceError(f"the language model at {self.place} answers {reason}{f' ({said})' if said else ''}; {hint}")

    def _shown(self, text: str) -> str:
        """A message of the endpoint on one short line, without the key."""
        text = " ".join(text.split())
        if self._settings.key:
            text = text.replace(self._settings.key, "***")
        return text[:200]


def _answer(data: bytes, shown: Callable[[str], str]) -> Answer:
    outer = _json(data, "an answer that is no JSON")
    try:
        choice = outer["choices"][0]
        message = choice["message"]
        content, refusal = message.get("content"), message.get("refusal")
        usage = outer["usage"] if isinstance(outer.get("usage"), dict) else {}
        tokens = (_count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens")))
        finish = choice.get("finish_reason")
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise _UnusableError("an answer of another form") from error
    try:
        if refusal or finish == "content_filter":
            raise _UnusableError("the model refused", shown(refusal if isinstance(refusal, str) else ""))
        if finish == "length":
            raise _UnusableError("an answer that is cut off")
        if not isinstance(content, str) or not content.strip():
            raise _UnusableError("an empty answer")
        inner = _json(content, "words that are no JSON")
        statements = inner.get("statements") if isinstance(inner, dict) else None
        if not isinstance(statements, list):
            raise _UnusableError("JSON of another form")
        if len(statements) > _MOST_STATEMENTS:
            raise _UnusableError("too many statements")
    except _UnusableError as error:
        error.tokens = tokens  # paid for all the same
        raise
    return Answer(statements, *tokens)


def _json(data: bytes | str, reason: str) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _UnusableError(reason) from error


def _message(data: bytes) -> str:
    """The error message in the body of a failed request; none if it is a page rather than a message."""
    try:
        error = json.loads(data)["error"]
        said = error["message"] if isinstance(error, dict) else error
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return said if isinstance(said, str) else ""


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0


def _seconds(value: str | None) -> float | None:
    return float(value) if value and re.fullmatch(r"\d{1,6}(?:\.\d+)?", value.strip()) else None
