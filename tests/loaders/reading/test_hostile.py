"""Input made to hurt: bounded in time and memory, and refused in clear words. Bombs of archives: test_sources.py."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from biopact.loaders.reading import read_filing
from biopact.ontology.errors import FilingError
from tests.loaders.reading.given import Given, read

# In a process of its own: reads a file and prints its own peak of memory in megabytes. The peak that getrusage tells
# begins with that of the process which started this one.
MEASURE = """
import re, sys
from pathlib import Path
from biopact.loaders.reading import read_filing
from biopact.loaders.sources import Source
from biopact.ontology.errors import FilingError
try:
    print(sum(len(d.text) for d in read_filing(Source(sys.argv[1], Path(sys.argv[1]))).documents))
except FilingError as error:
    print(error)
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def measured(path: Path) -> tuple[str, int]:
    run = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)
    answer, peak = run.stdout.splitlines()
    return answer, int(peak)


def test_an_annual_report_of_ten_megabytes_takes_less_than_600(evaluation: Path, tmp_path: Path) -> None:
    page = (evaluation / "dev" / "edgar_fixtures" / "biopharma" / "AbbVie_10-K_2025-02-14.html").read_text()
    start, end = page.index(">", page.index("<body")) + 1, page.rindex("</body>")
    path = tmp_path / "large.htm"
    path.write_text(page[:end] + page[start:end] * 2 + page[end:])
    assert path.stat().st_size > 10_000_000
    characters, peak = measured(path)
    assert int(characters) > 1_200_000
    assert peak < 600


@pytest.mark.parametrize("unit", ["<b>x</b>", "<p>A paragraph of words, as cheap as they come.</p>\n", "<a b='c'>" * 9])
def test_200_megabytes_of_markup_are_refused_at_once(unit: str, tmp_path: Path) -> None:
    path = tmp_path / "huge.htm"
    with path.open("w") as out:
        out.write("<html><body>")
        for _ in range(200):
            out.write(unit * (1_000_000 // len(unit)))
    answer, peak = measured(path)
    assert "too large" in answer
    assert "--limit" in answer
    assert peak < 800


def test_the_limit_of_a_page_follows_that_of_the_filing() -> None:
    page = "<html><body>" + "<p>words</p>" * 20_000
    with pytest.raises(FilingError, match="too large"):
        read_filing(Given("given", limit=1_000_000, content=page.encode()))
    assert len(read_filing(Given("given", limit=10_000_000, content=page.encode())).documents) == 1


ENTITIES = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">{ENTITIES}]><ownershipDocument>&l9;</ownershipDocument>'


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS,
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><html><p>&b; words</p></html>',
        "<!DOCTYPE html [<!ENTITY l0 'lol'>" + ENTITIES + "]><html><body>&l9; words</body></html>",
    ],
)
def test_entities_are_never_expanded(text: str) -> None:
    try:
        shown = read(text).documents[0].text
    except FilingError as error:
        shown = str(error)
        assert "entities" in shown
    assert "lollol" not in shown
    assert "root:" not in shown
    assert len(shown) < 5000


@pytest.mark.parametrize(
    "unit",
    ["<div>", "<table><tr><td>", "<b>", "<ul><li>", "<font>x", "<sup>1", "<p style='display:none'>", "<ix:header>"],
)
def test_ten_thousand_nested_tags(unit: str) -> None:
    started = time.process_time()
    try:
        read("<html><body>first words" + unit * 10_000 + "last words</body></html>")
    except FilingError as error:
        assert "no text" in str(error)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "unit",
    [
        *(" ", "\n", "\t", "|", "*", "_", "A", "A ", "1", "(", "“", "WHEREAS "),
        *("<", "<a", "<!--", "<p>x", "<td>x", "&", "&#"),
        *("ITEM 1.01\n", "PART I\n", "SIGNATURES\n", "Exhibit 99.1\n", "<PAGE>\n", "<DOCUMENT>\n<TYPE>A\n"),
    ],
)
@pytest.mark.parametrize("head", ["", "<html><body>", "SECURITIES AND EXCHANGE COMMISSION\nFORM 8-K\n"])
def test_time_grows_with_size_and_not_with_its_square(head: str, unit: str) -> None:
    started = time.process_time()
    try:
        read(head + unit * (200_000 // len(unit)))
    except FilingError as error:
        assert "\n" not in str(error)
    assert time.process_time() - started < 10  # seconds; a square would take minutes
