"""Reads every file of a gold folder with an extractor and compares what it says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from biopact.app.evaluation.gold import EDGE_TYPES, read_gold
from biopact.app.evaluation.scoring import Counts, Score, score, summed
from biopact.app.pipeline import Failure, Progress, extract
from biopact.graph.ledger import FilingFacts
from biopact.loaders.reading.decoding import decode
from biopact.loaders.sources import find_sources

if TYPE_CHECKING:
    from biopact.loaders.extraction.extractor import Extractor


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What comparing a folder gave."""

    extractor: str
    scores: tuple[Score, ...]
    failed: tuple[Failure, ...]

    @property
    def figures(self) -> dict[str, Counts]:
        """The counts of all files together."""
        return summed(s.figures for s in self.scores)


def evaluate(folder: Path, extractor: Extractor, progress: Progress = lambda done, total, what: None) -> Evaluation:
    """Compare what the extractor reads in docs/ with annotations/; of a file that fails everything is missed."""
    golds = read_gold(folder)
    types = {*EDGE_TYPES, *(edge.type for gold in golds for edge in gold.edges)}
    scores: list[Score] = []
    failed: list[Failure] = []
    for done, gold in enumerate(golds):
        progress(done, len(golds), gold.document.name)
        facts = FilingFacts("", extractor.version, {}, (), ())
        for _, read in extract([str(gold.document)], extractor):
            if isinstance(read, Failure):
                failed.append(read)
            else:
                facts = read
        scores.append(score(gold, facts, _file_text(gold.document, facts), types))
    progress(len(golds), len(golds), "the report")
    return Evaluation(extractor.version, tuple(scores), tuple(failed))


def _file_text(path: Path, facts: FilingFacts) -> str:
    """What the file itself says, so that reading is measured too; of a PDF, what was read."""
    if not facts.texts:
        return ""
    data = b"".join(source.data() for source in find_sources([str(path)]))
    return "\n".join(facts.texts.values()) if data.startswith(b"%PDF") else decode(data)
