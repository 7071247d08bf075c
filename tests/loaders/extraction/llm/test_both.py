"""Rules and model side by side: joined where they agree, marked where they do not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Edge, Evidence, Node
from biopact.graph.validate import validate
from biopact.loaders.extraction import RulesExtractor
from biopact.loaders.extraction.llm.both import BothExtractor
from biopact.loaders.extraction.llm.extractor import LlmExtractor
from biopact.loaders.extraction.llm.settings import Settings
from tests.loaders.extraction.llm.serving import Model, Says, completion, stating
from tests.loaders.extraction.telling import Told, filing, tell

TEXT = """On June 11, 2018, Alnora Therapeutics, Inc. (“Alnora”) granted Brevin Pharma AG (“Brevin”) an exclusive \
license to ALN-204. Brevin paid Alnora an upfront payment of $45 million. Alnora and Corvane Biotech GmbH see much of \
each other."""
GRANT = "granted Brevin Pharma AG (“Brevin”) an exclusive license to ALN-204"
RULES = RulesExtractor.version


def end(name: str, type_: str = "Company") -> dict[str, str]:
    return {"type": type_, "name": name}


def licence(source: str, target: str, *terms: Any, quote: str | None = None) -> dict[str, Any]:
    return {
        "type": "LICENSES_TO",
        "source": end(source),
        "target": end(target),
        "quote": quote or f"Alnora Therapeutics, Inc. (“Alnora”) {GRANT}",
        "properties": {"status": None},
        "subjects": [end("ALN-204", "Compound")],
        "terms": list(terms),
    }


def both(settings: Settings) -> BothExtractor:
    return BothExtractor(RulesExtractor(), LlmExtractor(settings))


def read(extractor: BothExtractor, text: str = TEXT) -> Told:
    facts = extractor.extract(filing(text))
    problems = validate((*facts.nodes, *facts.edges), texts=facts.texts)
    assert not problems, "\n".join(map(str, problems))
    return Told(facts)


def readers(edge: Edge) -> set[str]:
    return {e.extractor for e in edge.evidence}


def confidences(told: Told, prefix: str) -> set[float]:
    return {e.confidence for e in told.edge("LICENSES_TO").evidence if e.extractor.startswith(prefix)}


def test_a_fact_that_both_read_is_one_with_the_evidence_of_both(model: Model, settings: Settings) -> None:
    model.says(stating(licence("Alnora Therapeutics, Inc.", "Brevin Pharma AG")))
    extractor = both(settings)
    told = read(extractor)
    (before,) = tell(TEXT).edge("LICENSES_TO").evidence
    edge = told.edge("LICENSES_TO")
    assert readers(edge) == {RULES, LlmExtractor(settings).version}
    assert len(told.nodes("Agreement")) == 1
    assert confidences(told, "rules") == {round((1 + before.confidence) / 2, 4)}
    assert confidences(told, "llm") == {0.8}
    assert extractor.tally.compared["agreed"] == 1
    assert told.facts.extractor == extractor.version == f"{RULES}+{LlmExtractor(settings).version}"


def test_what_only_one_reads_stays_as_it_is(model: Model, settings: Settings) -> None:
    quote = "Alnora and Corvane Biotech GmbH see much of each other"
    collaborates = licence("Alnora Therapeutics, Inc.", "Corvane Biotech GmbH", quote=quote) | {"subjects": []}
    model.says(stating(collaborates | {"type": "COLLABORATES_WITH"}))
    extractor = both(settings)
    told = read(extractor)
    alone = tell(TEXT)
    assert told.edge("LICENSES_TO").evidence == alone.edge("LICENSES_TO").evidence
    assert readers(told.edge("COLLABORATES_WITH")) == {LlmExtractor(settings).version}
    assert {e.confidence for e in told.edge("COLLABORATES_WITH").evidence} == {0.6}
    assert extractor.tally.compared == {"llm only": 1, "rules only": 1}


def test_opposite_directions_stay_both_in_doubt_and_are_named(model: Model, settings: Settings) -> None:
    model.says(stating(licence("Brevin Pharma AG", "Alnora Therapeutics, Inc.")))
    extractor = both(settings)
    told = read(extractor)
    ends = {("Alnora Therapeutics, Inc.", "Brevin Pharma AG"), ("Brevin Pharma AG", "Alnora Therapeutics, Inc.")}
    assert told.ends("LICENSES_TO") == ends
    assert {e.confidence for edge in told.edges("LICENSES_TO") for e in edge.evidence} <= {0.3, 0.45, 0.475}
    assert extractor.tally.compared == {"opposed": 2}
    assert len([line for line in extractor.tally.conflicts if "LICENSES_TO" in line]) == 2


def test_terms_told_differently_are_kept_and_named(model: Model, settings: Settings) -> None:
    text = TEXT + " The exclusive license fee came to $40 million."
    fee = {
        "kind": "upfront",
        "words": "$40 million",
        "quote": "The exclusive license fee came to $40 million",
    }
    model.says(stating(licence("Alnora Therapeutics, Inc.", "Brevin Pharma AG", fee)))
    extractor = both(settings)
    told = read(extractor, text)
    assert {45_000_000.0, 40_000_000.0} <= told.values("upfront")
    assert told.agreement().properties["conflicts"] == ("upfront_usd",)
    assert any("upfront_usd" in line for line in extractor.tally.conflicts)


def test_rules_facts_survive_a_model_that_says_nothing_useful(model: Model, settings: Settings) -> None:
    model.says(completion("sorry"))
    extractor = both(settings)
    told = read(extractor)
    alone = tell(TEXT)
    assert stated(told) == stated(alone)
    assert extractor.tally.unread == {"words that are no JSON": 1}
    assert told.facts.extractor != extractor.version, "it is read again the next time"


@pytest.mark.parametrize(
    "text", [TEXT, "Nothing of note happened at Alnora Therapeutics, Inc. this year, as in the last."]
)
def test_a_silent_model_adds_nothing(text: str, model: Model, settings: Settings) -> None:
    model.says(stating())
    assert stated(read(both(settings), text)) == stated(tell(text))


def test_both_read_the_same_every_time(model: Model, settings: Settings) -> None:
    model.says(stating(licence("Alnora Therapeutics, Inc.", "Brevin Pharma AG")))
    first = read(both(settings)).facts
    assert read(both(settings)).facts == first
    assert len(model.asked) == 1


def test_the_cover_page_is_read_once(model: Model, settings: Settings) -> None:
    model.script = lambda body: Says(stating().data)
    given = filing(TEXT, filer="Alnora Therapeutics, Inc.", cik="9999900001")
    facts = BothExtractor(RulesExtractor(), LlmExtractor(replace(settings, cache=None))).extract(given)
    assert {e.extractor for e in evidence(facts)} == {RULES}


def evidence(facts: FilingFacts) -> set[Evidence]:
    records: list[Node | Edge] = [*facts.nodes, *facts.edges]
    return {e for record in records for e in record.evidence}


def stated(told: Told) -> tuple[set[Any], set[Any]]:
    edges = {(e.type, e.source, e.target, e.evidence) for e in told.facts.edges if e.type not in ("HAS_TERM",)}
    return edges, {(n.type, n.name, n.evidence) for n in told.facts.nodes}
