"""Names of companies on the gold of pairs: ours, beside rapidfuzz, cleanco, rigour and nomenklatura, in one run.

Prints precision, recall and F1 on both halves of tests/graph/pairs/companies.csv, and how fast keys are made and
doubtful pairs found. Every program sees the same names and the same aliases, and no identifiers. The libraries that
biopact does not need run in an environment of their own: the interpreter that BIOPACT_NAMES_PYTHON names, or the one
that `make bench` sets up; without it they are left out.
"""

from __future__ import annotations

import json
import os
import platform
import random
import subprocess
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, utils

from biopact.graph.likeness import doubtful
from biopact.graph.names import company_name, key, same_company
from tests.graph.gold_pairs import Pair, read_pairs, score

ROOT = Path(__file__).parent.parent
PEER = os.environ.get("BIOPACT_NAMES_PYTHON", str(ROOT / ".cache" / "names" / "bin" / "python"))
MENTIONS, COMPANIES = 200_000, 30_000
_SYLLABLES = "ba co di fu gen lo mi nu pro qua ri sta tor ul vex wy xan yel zor bri cal den".split()  # noqa: SIM905
_TRADES = "Therapeutics Pharmaceuticals Biosciences Pharma Bio Medical Holdings Oncology Genetics Labs".split()  # noqa: SIM905
_FORMS = ["Inc.", ", Inc.", "Ltd", "Limited", "AG", "GmbH", "", "LLC", "Corp.", "S.A."]


def ours(pair: Pair) -> bool:
    return same_company(pair.left, pair.right, pair.left_aliases, pair.right_aliases)


def rapidfuzz_plain(pair: Pair) -> bool:
    """token_set_ratio at 90, of any name of the one and any of the other."""
    lefts, rights = (pair.left, *pair.left_aliases), (pair.right, *pair.right_aliases)
    return any(fuzz.token_set_ratio(a, b, processor=utils.default_process) >= 90 for a in lefts for b in rights)


def peers(pairs: Sequence[Pair], mentions: Sequence[str]) -> list[dict[str, Any]]:
    """What the others say; nothing where their environment is missing."""
    if not Path(PEER).exists():
        print(f"no cleanco, rigour and nomenklatura at {PEER}: `make bench` installs them\n")
        return []
    asked = {
        "pairs": [(p.left, p.right, p.left_aliases, p.right_aliases) for p in pairs],
        "mentions": mentions[: MENTIONS // 10],  # cleanco takes its time
    }
    script = Path(__file__).with_name("names_peers.py")
    done = subprocess.run([PEER, str(script)], input=json.dumps(asked), capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def made_up(count: int) -> list[str]:
    """Distinct names as filings have them, the same in every run."""
    chance = random.Random(6)
    names: dict[str, None] = {}
    while len(names) < count:
        words = ["".join(chance.choices(_SYLLABLES, k=chance.choice((2, 3, 3, 4)))).capitalize()]
        if chance.random() < 0.2:
            words.append("".join(chance.choices(_SYLLABLES, k=2)).capitalize())
        names[" ".join([*words, chance.choice(_TRADES), chance.choice(_FORMS)]).replace(" ,", ",").strip()] = None
    return list(names)


def rate(task: Callable[[str], object], names: Sequence[str]) -> float:
    started = time.process_time()
    for name in names:
        task(name)
    return len(names) / (time.process_time() - started)


def main() -> None:
    pairs = read_pairs()
    companies = made_up(COMPANIES)
    mentions = random.Random(6).choices(companies, k=MENTIONS)
    first = rate(company_name, companies)
    again = rate(lambda name: key("Company", name), mentions)
    rows: list[tuple[str, list[bool], str]] = [
        ("biopact, equal keys", [ours(p) for p in pairs], f"{first:,.0f}"),
        (f"rapidfuzz {version('rapidfuzz')}, token_set_ratio at 90", [rapidfuzz_plain(p) for p in pairs], ""),
        *((row["what"], row["said"], f"{row['keys']:,.0f}" if "keys" in row else "") for row in peers(pairs, mentions)),
    ]
    halves = {half: sum(p.half == half for p in pairs) for half in ("dev", "test")}
    print(f"{len(pairs)} pairs of companies; Python {platform.python_version()}\n")
    print("| | " + " | ".join(f"{half} ({count}): P | R | F1" for half, count in halves.items()) + " | keys/s |")
    print("|---|" + "---|" * 7)
    for what, said, keys in rows:
        answers = dict(zip(pairs, said, strict=True))
        cells = []
        for half in halves:
            reached = score(read_pairs(half), answers.__getitem__)
            cells.append(f"{reached.precision:.3f} | {reached.recall:.3f} | {reached.f1:.3f}")
        print(f"| {what} | {' | '.join(cells)} | {keys} |")
    print(f"\n{MENTIONS:,} mentions of {COMPANIES:,} names: {MENTIONS / again + COMPANIES / first:.1f} s for all keys")
    started = time.process_time()
    found = sum(1 for _ in doubtful({name: [name] for name in companies}))
    print(f"{found:,} doubtful pairs among {COMPANIES:,} names: {time.process_time() - started:.1f} s")


if __name__ == "__main__":
    main()
