"""Remembers answers on disk by what was asked, so that asking again costs nothing and says the same."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from biopact.graph.records import canonical
from biopact.ontology import ServiceError


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said of one passage."""

    statements: list[Any]  # as it came; the gate judges each
    prompt_tokens: int
    completion_tokens: int


class AnswerCache:
    """A folder of answers. Writing is atomic: a reader sees no answer or a whole one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, body: Mapping[str, Any]) -> Path:
        name = hashlib.sha256(canonical(body).encode("utf-8", "surrogatepass")).hexdigest()
        return self.folder / name[:2] / f"{name}.json"

    def get(self, body: Mapping[str, Any]) -> Answer | None:
        """The answer to this very request; None if there is none, or if its file is damaged."""
        try:
            data = json.loads(self._path(body).read_text(encoding="utf-8"))
            statements = data["statements"]
            return Answer(list(statements), int(data["prompt_tokens"]), int(data["completion_tokens"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def put(self, body: Mapping[str, Any], answer: Answer) -> None:
        """Keep the answer to a request. ServiceError if the folder cannot be written: what is paid for shall be kept."""
        path = self._path(body)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
        kept = {
            "statements": answer.statements,
            "prompt_tokens": answer.prompt_tokens,
            "completion_tokens": answer.completion_tokens,
        }
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(kept, sort_keys=True), encoding="utf-8")
            draft.replace(path)
        except OSError as error:
            raise ServiceError(
                f"{self.folder}: answers cannot be kept there ({error}); name another folder in BIOPACT_LLM_CACHE"
            ) from error
