"""How many filings of a folder are read, at what cost in processor time, and how many words of HTML are kept.

python benchmarks/bench_reading.py FOLDER...
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from inscriptis import get_text

from biopact.loaders.reading import read_filing
from biopact.loaders.sources import Source, find_sources
from biopact.ontology.errors import FilingError

WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Tally:
    files: int = 0
    size: int = 0
    seconds: float = 0.0
    documents: int = 0
    facts: int = 0
    shown: int = 0
    lost: int = 0
    rendering: float = 0.0  # seconds of inscriptis for the same pages
    refused: list[str] = field(default_factory=list)


def measure(source: Source, tally: Tally) -> None:
    data = source.data()
    started = time.process_time()
    try:
        filing = read_filing(source)
    except FilingError as error:
        tally.refused.append(str(error))
        return
    tally.seconds += time.process_time() - started
    tally.files += 1
    tally.size += len(data)
    tally.documents += len(filing.documents)
    tally.facts += len(filing.cover)
    if source.name.endswith((".htm", ".html")) and filing.documents[0].sequence:
        markup = data.decode("utf-8", "replace")
        markup = markup.partition("<TEXT>")[2] or re.sub(r"^\s*<\?xml[^>]*\?>", "", markup)
        started = time.process_time()
        shown = Counter(WORD.findall(get_text(markup)))
        tally.rendering += time.process_time() - started
        tally.shown += sum(shown.values())
        tally.lost += sum((shown - Counter(WORD.findall(filing.documents[0].text))).values())


def main(folders: list[str]) -> None:
    print(
        "| Folder | read | refused | documents | cover facts | MB | MB/s | files/s | HTML words kept | inscriptis s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    refused = []
    for folder in folders:
        tally = Tally()
        for source in find_sources([folder]):
            measure(source, tally)
        refused += tally.refused
        size, seconds = tally.size / 1e6, tally.seconds or 1e-9
        kept = f"{1 - tally.lost / tally.shown:.4f} of {tally.shown}" if tally.shown else ""
        print(
            f"| {'/'.join(folder.rstrip('/').split('/')[-2:])} | {tally.files} | {len(tally.refused)} "
            f"| {tally.documents} "
            f"| {tally.facts} | {size:.1f} | {size / seconds:.1f} | {tally.files / seconds:.0f} | {kept} "
            f"| {tally.rendering:.2f} of our {tally.seconds:.2f} |"
        )
    for message in refused:
        print("refused:", message)


if __name__ == "__main__":
    main(sys.argv[1:] or [str(Path(__file__).parent.parent / "examples" / "samples")])
