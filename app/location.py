"""Where the store and its ledger are: what `--store` and the environment say."""

from __future__ import annotations

import os
from pathlib import Path

DEFAULT_STORE = "./biopact-data"


def is_server(store: str) -> bool:
    """Whether a store's name is an address rather than a folder."""
    return "://" in store


def shown_store(store: str) -> str:
    """A store's name without the credentials that someone may have put into it.

    >>> shown_store("bolt://neo4j:secret@localhost:7687")
    'bolt://localhost:7687'
    """
    scheme, separator, rest = store.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}" if separator else store


def ledger_folder(store: str) -> Path:
    """The ledger that belongs to a store.

    It lies in the store's folder; for a server it is the folder in BIOPACT_LEDGER, or the one of the default store.
    """
    if is_server(store):
        return Path(os.environ.get("BIOPACT_LEDGER", Path(DEFAULT_STORE) / "ledger")).expanduser()
    return Path(store).expanduser() / "ledger"
