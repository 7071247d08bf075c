"""The gate over real filings: what people read passes where its sentence names both ends, and little else does."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from biopact.graph.validate import validate
from biopact.loaders.extraction.cover import read_cover
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.llm.grounding import Grounding, contract_parties
from biopact.loaders.extraction.llm.passages import Passage
from biopact.loaders.extraction.llm.reading import AnswerReader
from biopact.loaders.extraction.llm.tally import Tally
from biopact.loaders.extraction.names import Names
from biopact.loaders.extraction.sentences import sentences
from biopact.loaders.reading import read_filing
from biopact.loaders.sources import find_sources

# As the annotations call them.
DEALS = {
    "LICENSES": "LICENSES_TO",
    "COLLABORATES": "COLLABORATES_WITH",
    "SUPPLIES": "SUPPLIES_TO",
    "ACQUIRES": "ACQUIRES",
}


@pytest.fixture(scope="module")
def passed(evaluation: Path) -> Counter[str]:
    """How many edges of the annotations pass as they are, and with another company at their second end."""
    counts: Counter[str] = Counter()
    for path in sorted((evaluation / "dev" / "gold" / "annotations").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        counts += _passed(gold, evaluation / "dev" / "gold" / "docs" / gold["doc"])
    return counts


def _passed(gold: dict[str, Any], path: Path) -> Counter[str]:
    """An edge passes with the sentence of its evidence for a quotation, or does not."""
    counts: Counter[str] = Counter()
    given = read_filing(next(iter(find_sources([str(path)]))))
    documents = [d for d in given.documents if d.sequence > 0]
    book = FactBook(given, "llm/test")
    filers = read_cover(book)
    parties = contract_parties(book, documents)
    names = Names(book, documents, filers)
    found = {d.sequence: sentences(d) for d in documents}
    reader = AnswerReader(book, Grounding(book, names, found, parties), tally := Tally("test"))
    for edge in gold["edges"]:
        words, ends = edge.get("evidence") or "", (edge["from"], edge["to"])
        document = next((d for d in documents if words and words[:60] in d.text), None)
        if edge["type"] not in DEALS or document is None or not all(ends):
            continue
        at = document.text.index(words[:60])
        told = [s for s in found[document.sequence] if s.end > at and s.start < at + len(words)]
        others = [c["name"] for c in gold["companies"] if c["name"] not in ends]
        names.listen(document, found[document.sequence])
        for kind, target in (("asked", ends[1]), *(("exchanged", other) for other in others[:3])):
            statement = {
                "type": DEALS[edge["type"]],
                "source": {"type": "Company", "name": ends[0]},
                "target": {"type": "Company", "name": target},
                "quote": document.text[told[0].start : told[-1].end],
            }
            before = tally.statements
            reader.read(Passage(document, 0, len(document.text), 0, ""), [statement])
            counts[kind] += 1
            counts[f"{kind}, passed"] += tally.statements - before
    reader.close()
    facts = book.build()
    assert not validate((*facts.nodes, *facts.edges), texts=facts.texts)
    return counts


def test_what_people_read_passes(passed: Counter[str]) -> None:
    assert passed["asked"] >= 80
    assert passed["asked, passed"] >= 0.7 * passed["asked"], passed


def test_what_the_sentence_does_not_name_is_refused(passed: Counter[str]) -> None:
    assert passed["exchanged"] >= 200
    assert passed["exchanged, passed"] <= 0.2 * passed["exchanged"], passed
