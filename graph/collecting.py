"""When Python looks for circles of objects that nothing holds: not while millions are made that all are held."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put the search off. Where a million rows are held it takes a second, again and again, and finds nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def passed_over() -> Iterator[None]:
    """Search only what is made from here on, while what is held already stays held."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
