"""A model is asked patiently, and what is no answer asserts nothing, stops nothing, and is counted."""

from __future__ import annotations

import json
import socket
import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from biopact.graph.ledger import FilingFacts
from biopact.loaders.extraction.llm.asking import answer_schema, own_properties, stated_types
from biopact.loaders.extraction.llm.extractor import LlmExtractor
from biopact.loaders.extraction.llm.passages import passages
from biopact.loaders.extraction.llm.settings import Settings
from biopact.loaders.extraction.sentences import sentences
from biopact.loaders.filing import Document, Filing
from biopact.ontology import ServiceError, load_schema
from tests.loaders.extraction.llm.serving import Body, Model, Says, completion, passage, stating
from tests.loaders.extraction.llm.test_gate import PAYS, TEXT, end, licence, relation, term
from tests.loaders.extraction.telling import Told, filing

SECOND = (
    "Corvane Biotech GmbH acquired Dornel Bio, Inc. on May 3, 2017, and nothing else is told in this release today."
)
ACQUIRES = relation(
    "ACQUIRES", end("Corvane Biotech GmbH"), end("Dornel Bio, Inc."), "Corvane Biotech GmbH acquired Dornel Bio, Inc."
)
STATED = {"LICENSES_TO": licence(terms=[term("upfront", "$45 million", PAYS)]), "ACQUIRES": ACQUIRES}


def two_documents() -> Filing:
    """A body and a press release: two passages, of which the first tells of a licence."""
    return filing(TEXT, SECOND)


def truthful(body: Body) -> Says:
    """What a good model says of either passage."""
    return stating(STATED["LICENSES_TO" if "Brevin" in passage(body) else "ACQUIRES"])


def types(facts: FilingFacts) -> set[str]:
    return {e.type for e in facts.edges} & {"LICENSES_TO", "ACQUIRES", "COLLABORATES_WITH"}


def one_at_a_time(settings: Settings, **changes: Any) -> LlmExtractor:
    return LlmExtractor(replace(settings, parallel=1, **changes))


def test_a_filing_is_read_passage_by_passage(model: Model, settings: Settings) -> None:
    model.script = truthful
    heard: list[tuple[int, int, str]] = []
    extractor = LlmExtractor(settings)
    extractor.heard = lambda done, total, what: heard.append((done, total, what))
    facts = extractor.extract(two_documents())
    told = Told(facts)
    assert types(facts) == {"LICENSES_TO", "ACQUIRES"}
    assert told.ends("ACQUIRES") == {("Corvane Biotech GmbH", "Dornel Bio, Inc.")}
    assert facts.extractor == extractor.version
    assert heard == [(1, 2, "given.txt"), (2, 2, "given.txt")]
    tally = extractor.tally
    assert (tally.passages, tally.cached, tally.statements, tally.values) == (2, 0, 2, 1)
    assert (tally.prompt_tokens, tally.completion_tokens, tally.cost) == (2000, 200, 0.004)
    assert tally.seconds > 0


def test_the_request_is_what_openai_compatible_endpoints_take(model: Model, settings: Settings) -> None:
    LlmExtractor(settings).extract(filing(SECOND))
    (body,) = model.asked
    assert model.paths == ["/v1/chat/completions"]
    assert model.keys == ["Bearer sk-secret"]
    assert (body["model"], body["temperature"], body["seed"]) == ("test-model", 0, 7)
    assert body["response_format"]["json_schema"]["schema"] == answer_schema()
    assert body["response_format"]["json_schema"]["strict"] is True
    assert passage(body) == SECOND
    assert "sk-secret" not in json.dumps(body)


def test_what_is_asked_follows_from_the_ontology() -> None:
    schema = load_schema()
    assert set(stated_types()) >= {"LICENSES_TO", "SUPPLIES_TO", "TREATS", "FORMERLY_NAMED"}
    assert not {"PARTY_TO", "HAS_TERM", "PART_OF", "FILED", "AMENDS"} & set(stated_types())
    assert set(own_properties(schema.edges["LICENSES_TO"])) == {"status"}
    variants = answer_schema()["properties"]["statements"]["items"]["anyOf"]
    assert [v["properties"]["type"]["enum"][0] for v in variants] == list(stated_types())
    for variant in variants:
        _strict(variant)
    licences = variants[0]["properties"]
    assert licences["terms"]["items"]["properties"]["kind"]["enum"] == list(schema.vocabularies["term_kind"])
    assert licences["source"]["properties"]["type"]["enum"] == ["Company"]


def _strict(part: dict[str, Any]) -> None:
    """Strict endpoints want every key required and no other key allowed."""
    if part.get("type") == "object":
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])
        for inner in part["properties"].values():
            _strict(inner)
    elif part.get("type") == "array":
        _strict(part["items"])


UNUSABLE: dict[str, tuple[Says, str]] = {
    "nonsense": (Says(b"\x00\xff colourless green ideas"), "an answer that is no JSON"),
    "an HTML page": (
        Says(b"<!DOCTYPE html><html><body>Sign in</body></html>", headers={"Content-Type": "text/html"}),
        "an answer that is no JSON",
    ),
    "nothing": (Says(b""), "an answer that is no JSON"),
    "deep brackets": (Says(b"[" * 200_000), "an answer that is no JSON"),
    "a wrong encoding": (Says(b"{}", headers={"Content-Encoding": "gzip"}), "an answer that is no JSON"),
    "another JSON": (Says(b'{"hello": "world"}'), "an answer of another form"),
    "a JSON list": (Says(b"[1, 2]"), "an answer of another form"),
    "no choices": (Says(b'{"choices": []}'), "an answer of another form"),
    "prose": (completion("Alnora licensed ALN-204 to Brevin."), "words that are no JSON"),
    "half JSON": (completion(json.dumps({"statements": [licence()]})[:-40]), "words that are no JSON"),
    "JSON in a fence": (completion('```json\n{"statements": []}\n```'), "words that are no JSON"),
    "no content": (completion(None), "an empty answer"),
    "blank content": (completion("  "), "an empty answer"),
    "other keys": (completion(json.dumps({"facts": [licence()]})), "JSON of another form"),
    "a bare list": (completion(json.dumps([licence()])), "JSON of another form"),
    "too many": (completion(json.dumps({"statements": [licence()] * 201})), "too many statements"),
    "cut off": (completion('{"statements": [', finish="length"), "an answer that is cut off"),
    "a refusal": (completion(None, refusal="I cannot help with that."), "the model refused"),
    "a filter": (completion("", finish="content_filter"), "the model refused"),
    "a huge answer": (Says(b" " * 4_000_001), "a huge answer"),
    "HTTP 400": (Says(b'{"error": {"message": "context length"}}', 400), "HTTP 400"),
    "HTTP 429": (Says(b'{"error": {"message": "slow down"}}', 429), "HTTP 429"),
    "HTTP 500": (Says(b"oops", 500), "HTTP 500"),
    "HTTP 503 and a page": (Says(b"<html>", 503), "HTTP 503"),
    "a slow answer": (Says(b"{}", delay=1.0), "no answer in time"),
    "a dripping answer": (Says(b" " * 1000, drip=0.02), "no answer in time"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_an_unusable_answer_asserts_nothing_and_the_file_goes_on(case: str, model: Model, settings: Settings) -> None:
    says, reason = UNUSABLE[case]
    model.script = lambda body: says if "Brevin" in passage(body) else truthful(body)
    extractor = LlmExtractor(replace(settings, timeout=0.4 if "in time" in reason else 2.0))
    facts = extractor.extract(two_documents())
    assert types(facts) == {"ACQUIRES"}
    assert extractor.tally.unread == {reason: 1}
    assert facts.extractor == f"{extractor.version} (1 passages unread)"
    again = LlmExtractor(settings)
    model.script = truthful
    assert types(again.extract(two_documents())) == {"LICENSES_TO", "ACQUIRES"}, "an unusable answer is not kept"
    assert again.tally.cached == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
def test_a_busy_endpoint_is_asked_again(status: int, model: Model, settings: Settings) -> None:
    model.says(Says(b"", status), Says(b"", status), stating(ACQUIRES))
    extractor = LlmExtractor(settings)
    assert types(extractor.extract(filing(SECOND))) == {"ACQUIRES"}
    assert len(model.asked) == 3
    assert not extractor.tally.unread


def test_waiting_follows_the_endpoint_else_doubles(
    model: Model, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("biopact.loaders.extraction.llm.endpoint.time.sleep", waits.append)
    busy = Says(b"", 503)
    model.says(busy, busy, Says(b"", 429, {"Retry-After": "7"}), Says(b"", 429, {"Retry-After": "999999"}), busy)
    LlmExtractor(replace(settings, retries=4, backoff=0.5)).extract(filing(SECOND))
    assert [wait for wait in waits if wait] == [0.5, 1.0, 7.0, 60.0]  # the server's own pauses are none


@pytest.mark.parametrize(
    ("status", "hint"),
    [(401, "BIOPACT_LLM_KEY"), (403, "BIOPACT_LLM_KEY"), (404, "BIOPACT_LLM_MODEL"), (302, "BIOPACT_LLM_URL")],
)
def test_an_endpoint_that_takes_no_request_stops_the_run(
    status: int, hint: str, model: Model, settings: Settings
) -> None:
    message = {"error": {"message": "Incorrect API key provided: sk-secret.\nTry another."}}
    model.says(Says(json.dumps(message).encode(), status))
    with pytest.raises(ServiceError) as caught:
        LlmExtractor(settings).extract(two_documents())
    assert f"HTTP {status}" in str(caught.value)
    assert hint in str(caught.value)
    assert "sk-secret" not in str(caught.value)
    assert "Incorrect API key provided: ***. Try another." in str(caught.value)


def test_a_place_where_nobody_listens_is_an_error(settings: Settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ServiceError, match=rf"http://127\.0\.0\.1:{port}/v1 cannot be reached"):
        LlmExtractor(replace(settings, url=f"http://127.0.0.1:{port}/v1")).extract(filing(SECOND))


def test_a_connection_that_breaks_is_tried_again_then_counted(model: Model, settings: Settings) -> None:
    model.says(Says(b"{}", headers={"Content-Length": "nonsense"}))
    extractor = LlmExtractor(settings)
    assert not types(extractor.extract(filing(SECOND)))
    assert extractor.tally.unread == {"the connection broke": 1}
    assert len(model.asked) == 3


def test_a_rerun_is_free_and_says_the_same(model: Model, settings: Settings) -> None:
    model.script = truthful
    first = LlmExtractor(settings).extract(two_documents())
    asked = len(model.asked)
    again = LlmExtractor(settings)
    assert again.extract(two_documents()) == first
    assert len(model.asked) == asked
    assert (again.tally.cached, again.tally.prompt_tokens, again.tally.cost) == (2, 0, 0.0)


def test_another_model_is_another_question_and_another_version(model: Model, settings: Settings) -> None:
    model.script = truthful
    one, other = LlmExtractor(settings), LlmExtractor(replace(settings, model="other"))
    one.extract(filing(SECOND))
    other.extract(filing(SECOND))
    assert (len(model.asked), other.tally.cached) == (2, 0)
    assert one.version != other.version
    assert one.version.startswith("llm/1:test-model:")


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"statements": 3}', b"\xff\xfe"])
def test_a_damaged_cache_file_is_asked_for_again(damage: bytes, model: Model, settings: Settings) -> None:
    model.script = truthful
    LlmExtractor(settings).extract(filing(SECOND))
    assert settings.cache is not None
    (path,) = settings.cache.rglob("*.json")
    whole = path.read_bytes()
    path.write_bytes(damage)
    assert types(LlmExtractor(settings).extract(filing(SECOND))) == {"ACQUIRES"}
    assert path.read_bytes() == whole
    assert [p for p in settings.cache.rglob("*") if p.is_file()] == [path], "no draft is left behind"


def test_a_cache_that_cannot_be_written_stops_the_run(model: Model, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ServiceError, match="name another folder in BIOPACT_LLM_CACHE"):
        LlmExtractor(replace(settings, cache=tmp_path / "file")).extract(filing(SECOND))


def test_half_a_character_breaks_nothing(model: Model, settings: Settings) -> None:
    model.script = truthful
    for _ in range(2):
        extractor = LlmExtractor(settings)
        assert types(extractor.extract(filing(f"{SECOND}\n\nAnd \ud83d then."))) == {"ACQUIRES"}
    assert extractor.tally.cached == 1


def test_the_cache_holds_no_key_and_no_text_of_the_filing(model: Model, settings: Settings) -> None:
    model.script = lambda body: stating()
    LlmExtractor(settings).extract(filing(SECOND))
    assert settings.cache is not None
    (path,) = settings.cache.rglob("*.json")
    assert json.loads(path.read_text()) == {"statements": [], "prompt_tokens": 1000, "completion_tokens": 100}


@pytest.mark.parametrize("usage", [{}, [], "many", {"prompt_tokens": -5, "completion_tokens": "9"}])
def test_a_usage_that_is_none_counts_as_nothing(usage: Any, model: Model, settings: Settings) -> None:
    model.says(completion(json.dumps({"statements": [ACQUIRES]}), usage=usage))
    extractor = LlmExtractor(settings)
    extractor.extract(filing(SECOND))
    assert extractor.tally.statements == 1
    assert (extractor.tally.prompt_tokens, extractor.tally.completion_tokens) == (0, 0)


def test_the_order_of_answers_makes_no_difference(model: Model, settings: Settings) -> None:
    def slow_first(body: Body) -> Says:
        return replace(truthful(body), delay=0.2 if "Brevin" in passage(body) else 0.0)

    model.script = slow_first
    parallel = LlmExtractor(replace(settings, cache=None, parallel=4)).extract(two_documents())
    assert parallel == one_at_a_time(settings, cache=None).extract(two_documents())


def test_requests_run_beside_each_other(model: Model, settings: Settings) -> None:
    two = threading.Barrier(2, timeout=60)

    def when_two_have_asked(body: Body) -> Says:
        two.wait()
        return truthful(body)

    model.script = when_two_have_asked
    extractor = LlmExtractor(settings)
    extractor.extract(filing(*[f"{TEXT} {n}" for n in range(4)]))
    assert extractor.tally.statements > 0
    assert not two.broken


def test_passages_hold_every_sentence_once() -> None:
    lines = [
        f"## Part {n}\n\nAlnora Therapeutics, Inc. did thing {n}. It was good, said everyone there.\n"
        for n in range(40)
    ]
    text = "\n".join(lines) + "\n" + " ".join(f"cell{n}" for n in range(2000))
    document = Document(1, "10-K", text, 0, len(text))
    found = list(passages(document, sentences(document), 900))
    assert all(p.end - p.start <= 900 for p in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    told = " ".join(p.text for p in found).split()
    assert [w for w in text.split() if w.startswith(("cell", "thing"))] == [
        w for w in told if w.startswith(("cell", "thing"))
    ]


def test_what_a_contract_calls_its_parties_is_told_and_understood(model: Model, settings: Settings) -> None:
    grant = "Licensor hereby grants to Licensee an exclusive license under the Patents"
    contract = f"""LICENSE AGREEMENT

This License Agreement (this "Agreement") is entered into as of March 3, 2015 by and between Alnora Therapeutics, \
Inc., a Delaware corporation ("Licensor"), and Brevin Pharma AG, a Swiss company ("Licensee").

1. Definitions. "Patents" means the patents listed in Schedule A.

2. Grant. Subject to the terms of this Agreement, {grant}, as any licensee of Licensor may expect.

IN WITNESS WHEREOF, the parties have executed this Agreement."""
    document = Document(1, "EX-10.1", contract, 0, len(contract))
    ends = {"source": end("Licensor"), "target": end("Brevin Pharma AG")}
    lower = "as any licensee of Licensor may expect"
    model.says(
        stating(
            licence(quote=grant, subjects=[], **ends),
            licence(quote=lower, subjects=[], **ends),
            licence(quote=grant, subjects=[], source=end("Sublicensor"), target=end("Licensee")),
        )
    )
    extractor = one_at_a_time(settings)
    facts = extractor.extract(Filing("c.txt", "0" * 64, "8-K", None, None, (document,)))
    assert Told(facts).ends("LICENSES_TO") == {("Alnora Therapeutics, Inc.", "Brevin Pharma AG")}
    assert len(Told(facts).edge("LICENSES_TO").evidence) == 1
    assert extractor.tally.refused == {"a name that the quotation does not hold": 2}
    assert "licensee: Brevin Pharma AG" in model.asked[0]["messages"][1]["content"]


def test_a_document_without_words_is_not_asked_about(model: Model, settings: Settings) -> None:
    LlmExtractor(settings).extract(filing("1,234  5,678\n\n* * *"))
    assert model.asked == []


def test_the_account_is_for_people_and_programs(model: Model, settings: Settings) -> None:
    model.says(stating(licence(quote="invented")), Says(b'{"error": "too  long"}', 400))
    extractor = one_at_a_time(settings)
    extractor.extract(two_documents())
    account = extractor.tally.to_json()
    assert account["refused"] == {"a quotation that the document does not hold": 1}
    assert account["passages_unread"] == {"HTTP 400": 1}
    assert account["details"] == {"HTTP 400": "too long"}
    assert account["cost"] == 0.002
    lines = "\n".join(extractor.tally.lines())
    assert "1 a quotation that the document does not hold" in lines
    assert "HTTP 400: too long" in lines
    assert "1000 tokens asked, 100 answered, cost 0.0020" in lines
    assert "sk-secret" not in lines + json.dumps(account) + repr(settings)
