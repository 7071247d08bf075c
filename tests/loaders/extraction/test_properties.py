"""Whatever a filing holds, reading it fails never, quotes exactly, and tells the same twice."""

import random
from dataclasses import replace
from importlib.resources import as_file, files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biopact.graph.ledger import FilingFacts
from biopact.graph.validate import validate
from biopact.loaders.extraction import RulesExtractor
from biopact.loaders.filing import Document, Filing
from biopact.loaders.reading import read_filing
from biopact.loaders.sources import find_sources
from tests.loaders.extraction.telling import Told, filing

SAMPLES = sorted(f.name for f in files("biopact.examples.samples").iterdir() if f.name.endswith(".txt"))
# Pieces of the language that filings are written in, so that arbitrary text gets somewhere.
PIECES = st.sampled_from(
    [
        "Alnora, Inc.", "Brevin Pharma AG", "the Company", "We", "its", "(“Alnora”)", "(the “Company”)", "ALN-12", "®",
        "ostermumab", "Lattice technology", "proprietary", "granted", "licensed", "acquired", "entered into",
        "a license agreement with", "an exclusive license to", "from", "to", "by", "and", ",", ".", ";", "(", ")", "\n",
        "\n\n", "#", "•", "$20 million", "up to", "upfront", "milestones", "royalties of", "[***]", "5%", "Japan",
        "worldwide", "on May 3, 2012", "About Alnora", "formerly", "a subsidiary of", "may", "not", "\ue000", "\uec00",
    ]
)  # fmt: skip


def extracted(given_: Filing) -> FilingFacts:
    """The facts of a filing, which are good records, the same twice, and quote what they say."""
    facts = RulesExtractor().extract(given_)
    assert facts == RulesExtractor().extract(given_)
    assert validate((*facts.nodes, *facts.edges), texts=facts.texts) == []
    for said in Told(facts).evidence():
        assert facts.texts[said.document][said.start : said.end] == said.quote
    return facts


def sample(name: str) -> Filing:
    with as_file(files("biopact.examples.samples") / name) as path:
        (source,) = find_sources([str(path)])
        return read_filing(source)


@settings(deadline=None)
@given(st.text(max_size=400))
def test_arbitrary_text(text: str) -> None:
    extracted(filing(text, filer="Corvane, Inc."))


@settings(deadline=None)
@given(st.lists(PIECES, max_size=60).map(" ".join), st.booleans())
def test_text_of_familiar_pieces(text: str, has_filer: bool) -> None:
    extracted(filing(text, filer="Corvane, Inc." if has_filer else None))


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(name: str) -> None:
    assert extracted(sample(name)).edges


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("seed", range(3))
def test_damaged_samples(name: str, seed: int) -> None:
    """Stretches left out, doubled and moved; capitals, quotation marks and spaces changed."""
    chance = random.Random(f"{name}{seed}")
    whole = sample(name)

    def damaged(document: Document) -> Document:
        text = document.text
        for _ in range(12):
            a, b = sorted(chance.randrange(len(text) + 1) for _ in "ab")
            b = min(b, a + 200)
            piece = chance.choice(["", text[a:b] * 2, text[a:b].upper(), text[a:b].replace(" ", "\n"), "“" + text[a:b]])
            text = text[:a] + piece + text[b:]
        return Document(document.sequence, document.type, text, 0, len(text))

    own = [d for d in whole.documents if d.sequence]
    extracted(replace(whole, documents=tuple(map(damaged, own)), cover=()))


def test_the_order_of_exhibits_changes_nothing_but_their_numbers() -> None:
    first = "Alnora, Inc. granted Brevin Pharma AG an exclusive license to ALN-12 on March 3, 2020."
    second = "Alnora, Inc. will supply ALN-12 to Brevin Pharma AG under a supply agreement of June 4, 2021."
    one, other = Told(extracted(filing("", first, second))), Told(extracted(filing("", second, first)))
    for type_ in ("LICENSES_TO", "SUPPLIES_TO"):
        assert one.ends(type_) == other.ends(type_) != set()
    assert {a.id for a in one.nodes("Agreement")} == {a.id for a in other.nodes("Agreement")}
