"""What other libraries say of pairs of company names; bench_names runs this where they are.

Reads from standard input ``{"pairs": [[left, right, left aliases, right aliases], …], "mentions": [name, …]}`` and
prints what each says of each pair, and how long it takes, as JSON. It must not import biopact, whose dependencies that
environment has not got.
"""

from __future__ import annotations

import importlib.metadata
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from cleanco import basename
from followthemoney import EntityProxy
from nomenklatura.matching import get_algorithm
from rigour.names import remove_org_types

THRESHOLD = 0.7  # at which nomenklatura's own tools call a pair a match


def entity(id_: str, names: list[str]) -> Any:
    return EntityProxy.from_dict(
        {"id": id_, "schema": "Company", "properties": {"name": names[:1], "alias": names[1:]}}
    )


def main() -> None:
    asked = json.load(sys.stdin)
    logic = get_algorithm("logic-v2")
    assert logic is not None
    config = logic.default_config()
    entities = [
        (entity(f"{at}-left", [left, *left_aliases]), entity(f"{at}-right", [right, *right_aliases]))
        for at, (left, right, left_aliases, right_aliases) in enumerate(asked["pairs"])
    ]

    def cleaned(name: str) -> str:
        return " ".join(basename(name).lower().split())

    def stripped(name: str) -> str:
        return " ".join(remove_org_types(name.casefold()).strip(" ,.").split())

    def equal(key: Callable[[str], str]) -> list[bool]:
        return [
            key(left) == key(right) or key(left) in map(key, right_aliases) or key(right) in map(key, left_aliases)
            for left, right, left_aliases, right_aliases in asked["pairs"]
        ]

    def pace(key: Callable[[str], str]) -> float:
        started = time.process_time()
        for name in asked["mentions"]:
            key(name)
        return len(asked["mentions"]) / (time.process_time() - started)

    def named(package: str) -> str:
        return f"{package} {importlib.metadata.version(package)}"

    started = time.process_time()
    logical = [logic.compare(left, right, config).score >= THRESHOLD for left, right in entities]
    compared = len(entities) / (time.process_time() - started)
    found = [
        {"what": f"{named('cleanco')}, equal base names", "said": equal(cleaned), "keys": pace(cleaned)},
        {"what": f"{named('rigour')}, equal without legal form", "said": equal(stripped), "keys": pace(stripped)},
        {"what": f"{named('nomenklatura')}, logic-v2 at {THRESHOLD}", "said": logical, "pairs": compared},
    ]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
