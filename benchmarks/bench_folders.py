"""What is found in folders of filings: files read and refused, documents, nodes, edges by type, seconds.

python benchmarks/bench_folders.py FOLDER...
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from biopact.app.pipeline import gate
from biopact.loaders.extraction.extractor import RulesExtractor
from biopact.loaders.reading import read_filing
from biopact.loaders.sources import Source, find_sources
from biopact.ontology.errors import BiopactError

STRUCTURAL = frozenset(["PART_OF", "FILED", "HAS_TERM"])


@dataclass(slots=True)
class Found:
    files: int = 0
    read: int = 0
    documents: int = 0
    parts: int = 0
    nodes: int = 0
    edges: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0


def take(source: Source, found: Found) -> None:
    found.files += 1
    started = time.process_time()
    try:
        filing = read_filing(source)
        facts, problems = gate(RulesExtractor().extract(filing))
    except BiopactError as error:
        found.refused.append(str(error))
        return
    found.seconds += time.process_time() - started
    found.read += 1
    found.documents += len(filing.documents)
    found.parts += sum(len(document.parts) for document in filing.documents)
    found.nodes += len(facts.nodes)
    found.edges.update(edge.type for edge in facts.edges)
    found.notes += [f"{source.name}: {note}" for note in filing.notes]
    found.refused += [f"{source.name}: left out {problem}" for problem in problems]


def main(folders: list[str]) -> None:
    said: list[str] = []
    print("| Folder | files | read | refused | documents | parts | nodes | edges by type | seconds |")
    print("|---|---|---|---|---|---|---|---|---|")
    for folder in folders:
        found = Found()
        for source in find_sources([folder]):
            take(source, found)
        edges = sorted((type_, count) for type_, count in found.edges.items() if type_ not in STRUCTURAL)
        name = "/".join(folder.rstrip("/").split("/")[-2:])
        listed = ", ".join(f"{type_} {count}" for type_, count in edges)
        print(
            f"| {name} | {found.files} | {found.read} | {found.files - found.read} | {found.documents} | {found.parts} "
            f"| {found.nodes} | {listed} | {found.seconds:.1f} |"
        )
        said += [f"refused: {reason}" for reason in found.refused] + [f"note: {note}" for note in found.notes]
    print("\n".join(said))


if __name__ == "__main__":
    main(sys.argv[1:] or [str(Path(__file__).parent.parent / "examples" / "samples")])
