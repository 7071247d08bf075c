"""A model to ask, and settings that lead to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from biopact.loaders.extraction.llm.settings import Settings
from tests.loaders.extraction.llm.serving import Model, serving

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Model]:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with serving() as found:
        yield found


@pytest.fixture
def settings(model: Model, tmp_path: Path) -> Settings:
    return Settings(
        model.url, "test-model", "sk-secret", tmp_path / "cache", (1.0, 10.0), timeout=2.0, retries=2, backoff=0.01
    )
