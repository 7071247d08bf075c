"""Where the store and its ledger are: what `--store` and the environment say."""

from __future__ import annotations

import os
from pathlib import Path

DEFAULT_STORE = "./biopact-data"


def is_server(store: str) -> bool:
    """Whether a store's name is an address rather than a folder."""
    return "://" in store


def ledger_folder(store: str) -> Path:
    """The ledger that belongs to a store.

    It lies in the store's folder; for a server it is the folder in BIOPACT_LEDGER, or the one of the default store.
    """
    if is_server(store):
        return Path(os.environ.get("BIOPACT_LEDGER", Path(DEFAULT_STORE) / "ledger")).expanduser()
    return Path(store).expanduser() / "ledger"
