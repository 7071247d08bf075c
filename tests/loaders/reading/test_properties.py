"""Reading any bytes: only FilingError comes out, and every offset quotes the text it counts in."""

import json
import random
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inscriptis import get_text

from biopact.loaders.reading import read_filing
from biopact.loaders.sources import Source, find_sources
from biopact.ontology.errors import FilingError
from tests.loaders.reading.given import Given
from tests.mutate import PIECES, check, mutated, originals, read_or_refuse


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=40),
    st.sampled_from(["utf-8", "cp1252", "utf-16"]),
)
def test_offsets_are_consistent_in_any_text(pieces: list[str], encoding: str) -> None:
    read_or_refuse("".join(pieces).encode(encoding, "replace"))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_or_refuse(data)


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<") | st.sampled_from("\n\t\x0c")
    )
)
def test_plain_text_is_never_changed(text: str) -> None:
    text = "Remarks. " + text
    assert read_filing(Given("given", content=text.encode())).documents[0].text == text


def test_mutated_filings_are_read_or_refused(evaluation: Path) -> None:
    generator = random.Random(20061019)
    seeds = originals([evaluation])
    read = sum(read_or_refuse(mutated(generator, generator.choice(seeds))) for _ in range(400))
    assert read > 200


def test_every_filing_is_read_or_refused_with_a_reason(evaluation: Path) -> None:
    folders = ("dev/edgar_fixtures", "dev/press_releases", "dev/biopharma_10k_md", "dev/gold/docs", "seed/docs")
    reasons = []
    for source in find_sources(str(evaluation / folder) for folder in folders):
        try:
            check(read_filing(source))
        except FilingError as error:
            reasons.append(str(error).removeprefix(source.name))
    assert reasons == [": JSON data, not a filing"]


def test_the_words_a_browser_shows_are_kept(evaluation: Path) -> None:
    pages = [p for p in sorted((evaluation / "dev" / "edgar_fixtures").rglob("*.htm*")) if "header" not in p.name]
    assert len(pages) > 10
    for page in pages:
        source = page.read_bytes().decode("utf-8", "replace")
        source = source.partition("<TEXT>")[2] or source
        shown = Counter(re.findall(r"\w+", get_text(re.sub(r"^\s*<\?xml[^>]*\?>", "", source))))
        kept = Counter(re.findall(r"\w+", read_filing(Source(str(page), page)).documents[0].text))
        assert sum((shown - kept).values()) <= 0.01 * sum(shown.values()), page.name


@pytest.mark.parametrize("folder", ["seed", "dev/gold"])
def test_annotated_quotations_stand_in_the_documents(evaluation: Path, folder: str) -> None:
    missing = []
    for path in sorted((evaluation / folder / "annotations").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        source = evaluation / folder / "docs" / Path(gold["doc"]).name
        texts = [squeezed(d.text[d.begin : d.end]) for d in read_filing(Source(str(source), source)).documents]
        quotes = [q for edge in gold["edges"] for q in [edge.get("evidence")] if isinstance(q, str)]
        missing += [(path.name, quote) for quote in quotes if not any(squeezed(quote) in text for text in texts)]
    assert missing == []


def squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()
