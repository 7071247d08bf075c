"""Reads filings after random changes: every one has to be read, or refused with a FilingError.

Run by hand as ``python -m tests.mutate --count 100000 [FOLDER...]``; it prints what failed, with the seed that repeats
it, and exits non-zero. Without a folder the samples, and PDF and zip files made of them, are changed.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import random
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from biopact.graph.places import Places
from biopact.loaders.archives import BROKEN, gunzipped, members_of
from biopact.loaders.filing import Document, Filing
from biopact.loaders.reading import read_filing
from biopact.loaders.sources import find_sources
from biopact.ontology.errors import FilingError
from tests.loaders.reading.given import Given
from tests.loaders.reading.papers import paper

SAMPLES = Path(__file__).parent.parent / "examples" / "samples"
LONGEST = 20_000  # bytes of a file that are changed and read
LIMIT = 2_000_000  # bytes of what a changed archive may unpack to
SLOW = 5.0  # seconds

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


def check(filing: Filing) -> None:
    """Every offset of the filing quotes the text it counts in."""
    by_sequence = {document.sequence: document for document in filing.documents}
    assert len(by_sequence) == len(filing.documents) > 0
    for document in filing.documents:
        assert 0 <= document.begin <= document.end <= len(document.text)
        assert list(document.parts) == sorted(document.parts, key=lambda p: (p.start, -p.end))
        for part in document.parts:
            assert document.begin <= part.start < part.end <= document.end
            assert part.title.split()[:1] == [] or part.title.split()[0] in document.text
        _check_places(document)
    for fact in filing.cover:
        document = by_sequence[fact.document]
        assert document.begin <= fact.start < fact.end <= document.end
        assert fact.value
        quote = document.text[fact.start : fact.end]
        assert quote.strip() == quote
        if fact.name in ("registrant", "ticker", "exchange") and "&" not in quote:
            assert " ".join(quote.split()) == fact.value
    assert all("\n" not in note for note in filing.notes)


def _check_places(document: Document) -> None:
    places, length = document.places, len(document.text)
    starts = [start for start, _, _ in places.elements]
    assert starts == sorted(starts)
    assert list(places.pages) == sorted(set(places.pages))
    assert all(0 <= offset <= length for offset in (*starts, *places.pages))
    assert Places.from_json(json.loads(json.dumps(places.to_json()))) == places


def read_or_refuse(data: bytes) -> bool:
    """Whether the bytes are read; any error but FilingError, or a filing that is not consistent, comes out."""
    try:
        check(read_filing(Given("given", content=data)))
    except FilingError as error:
        assert "\n" not in str(error)
        return False
    return True


def mutated(generator: random.Random, data: bytes) -> bytes:
    """The bytes with one to thirty pieces cut out, doubled, or put in."""
    changed = bytearray(data)
    for _ in range(generator.choice((1, 3, 30))):
        start = generator.randrange(len(changed) + 1)
        stop = start + generator.choice((0, 1, 40, 2000))
        piece = generator.choice(
            [b"", generator.randbytes(8), generator.choice(PIECES).encode(), bytes(changed[start:stop]) * 2]
        )
        changed[start:stop] = piece
    return bytes(changed) or b"x"


def originals(folders: Iterable[Path]) -> list[bytes]:
    """The start of every file below the folders, and small PDF files with some of their words."""
    texts = [source.data()[:LONGEST] for source in find_sources(map(str, folders))]
    words = [text[:1500].decode("latin-1") for text in texts if b"<" not in text[:1500]][:5]
    return [*texts, *(paper([w[:700], "", w[700:]]) for w in words), paper(["Words."], password="secret")]


def archives(data: Iterable[bytes]) -> list[bytes]:
    """Some of the data as gzip files, a zip archive and an archive in an archive."""
    some = list(data)[:3]
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, each in enumerate(some):
            archive.writestr(f"{number}.txt", each)
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("inner.zip", inner.getvalue())
    return [gzip.compress(some[0]), inner.getvalue(), outer.getvalue()]


def unpack_or_refuse(data: bytes) -> bool:
    """Whether an archive, or gzip data, gives all it holds."""
    try:
        if data.startswith(b"\x1f\x8b"):
            return len(gunzipped(data, LIMIT)) <= LIMIT
        archive = io.BytesIO(data)
        return all(len(member.read(archive, LIMIT)) <= LIMIT for member in members_of(archive, LIMIT))
    except (FilingError, *BROKEN):
        return False


def main() -> int:
    """Change, read, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[SAMPLES], metavar="FOLDER")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    filings = originals(options.folders)
    packed = archives(filings)
    counts: Counter[str] = Counter()
    started = time.monotonic()
    for number in range(options.count):
        generator = random.Random(options.seed * 1_000_000_007 + number)
        an_archive = generator.random() < 0.1
        data = mutated(generator, generator.choice(packed if an_archive else filings))
        begun = time.monotonic()
        try:
            fine = unpack_or_refuse(data) if an_archive else read_or_refuse(data)
            counts["read" if fine else "refused"] += 1
        except Exception:  # noqa: BLE001 - any error at all is what is looked for
            counts["failed"] += 1
            click.echo(f"seed {options.seed}, number {number}:\n{traceback.format_exc()}", err=True)
        if (took := time.monotonic() - begun) > SLOW:
            counts["slow"] += 1
            click.echo(f"seed {options.seed}, number {number}: {took:.1f} seconds", err=True)
        if number % 5000 == 4999:
            click.echo(f"{number + 1} in {time.monotonic() - started:.0f} seconds: {dict(counts)}")
    click.echo(f"{options.count} in {time.monotonic() - started:.0f} seconds: {dict(counts)}")
    return 1 if counts["failed"] or counts["slow"] else 0


if __name__ == "__main__":
    sys.exit(main())
