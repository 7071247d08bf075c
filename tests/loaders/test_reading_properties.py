"""Reading any bytes: only FilingError comes out, and every offset quotes the text it counts in."""

import json
import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inscriptis import get_text

from biopact.loaders.filing import Filing
from biopact.loaders.reading import read_filing
from biopact.loaders.sources import Source, find_sources
from biopact.ontology.errors import FilingError

PIECES = [
    "<SEC-DOCUMENT>1.txt\n",
    "<SEC-HEADER>\n",
    "</SEC-HEADER>\n",
    "FILER:\n",
    "\tCOMPANY CONFORMED NAME:\tQUILL INC\n",
    "<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>1\n<TEXT>\n",
    "</TEXT>\n</DOCUMENT>\n",
    "<DOCUMENT>\n<TYPE>EX-99\n<TEXT>",
    "<html><body>",
    "<p>",
    "</p>",
    "<div style='display:none'>",
    "<table><tr><td>",
    "</td>",
    "<b>Bold</b>",
    "<!--",
    "&#146;",
    "SECURITIES AND EXCHANGE COMMISSION\n",
    "FORM 8-K\n",
    "Date of Report: May 3, 2011 (May 2, 2011)\n",
    "\n\n",
    " | ",
    "**",
    "Quill, Inc.\n(Exact name of registrant as specified in its charter)\n",
    "Delaware\n(State of incorporation)\n",
    "001-12345 (Commission File Number)\n",
    "12-3456789 (IRS Employer Identification No.)\n",
    "# Heading\n",
    "About Quill\n",
    "ITEM 1.01. ENTRY\n",
    "SIGNATURES\n",
    "Date: May 3, 2011\n",
    "EXHIBIT INDEX\n",
    "99.1 Press Release\n",
    "Exhibit 99.1\n",
    "BOSTON, May 2, 2011 - Quill today announced\n",
    "Trading Symbol\nCommon | QLL | NYSE\n",
    "{0}----\n",
    "\0",
    "\x0c",
    "é",
    "\u200b",
    '<?xml version="1.0"?>',
    "<edgarSubmission>",
    "<submissionType>SCHEDULE 13G</submissionType>",
    "<issuerName>A &amp; B</issuerName>",
]


@dataclass(frozen=True, slots=True)
class Given(Source):
    """A source whose bytes are at hand."""

    content: bytes = b""

    def data(self) -> bytes:
        return self.content


def check(filing: Filing) -> None:
    by_sequence = {document.sequence: document for document in filing.documents}
    assert len(by_sequence) == len(filing.documents) > 0
    for document in filing.documents:
        assert 0 <= document.begin <= document.end <= len(document.text)
        assert list(document.parts) == sorted(document.parts, key=lambda p: (p.start, -p.end))
        for part in document.parts:
            assert document.begin <= part.start < part.end <= document.end
            assert part.title.split()[:1] == [] or part.title.split()[0] in document.text
    for fact in filing.cover:
        document = by_sequence[fact.document]
        assert document.begin <= fact.start < fact.end <= document.end
        assert fact.value
        quote = document.text[fact.start : fact.end]
        assert quote.strip() == quote
        if fact.name in ("registrant", "ticker", "exchange") and "&" not in quote:
            assert " ".join(quote.split()) == fact.value
    assert all("\n" not in note for note in filing.notes)


def read_or_refuse(data: bytes) -> bool:
    try:
        check(read_filing(Given("given", content=data)))
    except FilingError as error:
        assert "\n" not in str(error)
        return False
    return True


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
    originals = [
        s.data()[:20_000] for s in find_sources([str(evaluation / "dev" / "edgar_fixtures"), str(evaluation / "seed")])
    ]
    read = sum(read_or_refuse(mutated(generator, generator.choice(originals))) for _ in range(400))
    assert read > 300


def mutated(generator: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(generator.choice((1, 3, 30))):
        start = generator.randrange(len(changed) + 1)
        stop = start + generator.choice((0, 1, 40, 2000))
        piece = generator.choice(
            [b"", generator.randbytes(8), generator.choice(PIECES).encode(), bytes(changed[start:stop]) * 2]
        )
        changed[start:stop] = piece
    return bytes(changed) or b"x"


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
