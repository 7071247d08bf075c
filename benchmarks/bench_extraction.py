"""How fast filings become facts, beside how fast they are read: ``python -m benchmarks.bench_extraction [FOLDER...]``.

Prints, for each folder, the files, their size, milliseconds a file for reading and for extraction once everything is
warm, and how many times longer extraction takes than reading in the same run. Without a folder, the bundled samples.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from biopact.loaders.extraction import RulesExtractor
from biopact.loaders.reading import read_filing
from biopact.loaders.sources import find_sources
from biopact.ontology import FilingError

SAMPLES = Path(__file__).parent.parent / "examples" / "samples"


def measure(folder: str) -> str:
    """One row of the table."""
    extractor = RulesExtractor()
    reading = extracting = 0.0
    characters = files = 0
    slowest = 0.0
    for warm in (False, True):
        reading = extracting = slowest = 0.0
        characters = files = 0
        for source in find_sources([folder]):
            start = time.perf_counter()
            try:
                filing = read_filing(source)
            except FilingError:
                continue
            read = time.perf_counter()
            extractor.extract(filing)
            done = time.perf_counter()
            reading, extracting, slowest = reading + read - start, extracting + done - read, max(slowest, done - read)
            characters += sum(d.end - d.begin for d in filing.documents)
            files += 1
        if not warm and extracting > 60:
            break  # one round is enough to see by
    if not files:
        return f"| {folder} | 0 | - | - | - | - | - |"
    return (
        f"| {Path(folder).name} | {files} | {characters / 1e6:.2f} | {1000 * reading / files:.1f} | "
        f"{1000 * extracting / files:.1f} | {1000 * slowest:.0f} | {extracting / reading:.1f} |"
    )


def main() -> None:
    print("| Folder | files | million characters | reading, ms a file | extraction, ms a file | slowest, ms | ratio |")
    print("|---|---|---|---|---|---|---|")
    for folder in sys.argv[1:] or [str(SAMPLES)]:
        print(measure(folder))


if __name__ == "__main__":
    main()
