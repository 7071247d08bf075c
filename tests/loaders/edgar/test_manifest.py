"""The manifest: what it may say, and that files are read only as it says they were fetched."""

import json
import shutil
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path

import pytest

from biopact.loaders.edgar.manifest import MANIFEST, Entry, read_manifest, write_manifest
from biopact.loaders.sources import find_sources
from biopact.ontology.errors import FilingError

NUMBER = "0000000077-18-00000"
ENTRIES = [
    Entry(
        path=f"{NUMBER}{n}.txt",
        sha256=sha256(str(n).encode()).hexdigest(),
        size=1,
        url="https://www.sec.gov/x",
        accession_number=f"{NUMBER}{n}",
        cik="0000000077",
        form="8-K",
        filing_date=None,
        etag='"ü"',
        last_modified=None,
        retrieved="2018-03-05T10:00:00+00:00",
    )
    for n in range(3)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three filings, a digit each, as their manifest says."""
    folder = tmp_path / "filings"
    folder.mkdir()
    for n, entry in enumerate(ENTRIES):
        (folder / entry.path).write_bytes(str(n).encode())
    write_manifest(folder, reversed(ENTRIES))
    return folder


def read(*arguments: Path) -> list[bytes | str]:
    """The bytes of each source, or why there are none."""
    found: list[bytes | str] = []
    for source in find_sources(map(str, arguments)):
        try:
            found.append(source.data())
        except FilingError as error:
            found.append(str(error))
    return found


def test_what_is_written_is_read(folder: Path) -> None:
    assert list(read_manifest(folder).values()) == ENTRIES
    assert not list(folder.glob(".*"))


def test_the_last_entry_counts_and_a_torn_line_does_not(folder: Path) -> None:
    with (folder / MANIFEST).open("a") as file:
        file.write(replace(ENTRIES[0], size=2).line())
        file.write(replace(ENTRIES[1], size=2).line()[:-1])
    assert [entry.size for entry in read_manifest(folder).values()] == [2, 1, 1]


@pytest.mark.parametrize(
    "change",
    [
        {"path": "../../etc/passwd"},
        {"path": "/etc/passwd"},
        {"path": ".."},
        {"path": 7},
        {"sha256": "0"},
        {"sha256": None},
        {"size": "1"},
        {"size": True},
        {"surprise": 1},
    ],
)
def test_entries_that_could_lead_astray(folder: Path, change: dict[str, object]) -> None:
    (folder / MANIFEST).write_text(json.dumps(asdict(ENTRIES[0]) | change) + "\n")
    with pytest.raises(FilingError, match="line 1: no entry of a manifest"):
        read_manifest(folder)


@pytest.mark.parametrize("line", ["", "[]", "7", "{}", "\0", "[" * 100_000])
def test_lines_that_are_no_entries(folder: Path, line: str) -> None:
    (folder / MANIFEST).write_text(line + "\n")
    with pytest.raises(FilingError, match="line 1: no entry of a manifest"):
        read_manifest(folder)


def test_a_folder_is_read_as_it_was_fetched(folder: Path) -> None:
    everything: list[bytes | str] = [b"0", b"1", b"2"]
    assert read(folder) == read(folder / "*") == read(folder / MANIFEST) == read(folder / "*.txt") == everything
    assert read(folder / ENTRIES[1].path) == [b"1"]


def test_changed_and_missing_files_are_failures(folder: Path) -> None:
    (folder / ENTRIES[0].path).write_bytes(b"x")
    (folder / ENTRIES[1].path).unlink()
    changed, two, missing = read(folder)
    assert two == b"2"
    assert changed == (
        f"{folder / ENTRIES[0].path}: not the bytes that {MANIFEST} says were fetched; `biopact fetch` gets them again"
    )
    assert missing == f"{folder / ENTRIES[1].path}: listed in {MANIFEST}, but not there; `biopact fetch` gets it again"
    assert read(folder / "*") == [changed, two, missing]
    assert read(folder / ENTRIES[0].path) == [changed]


def test_a_manifest_that_cannot_be_read_is_told_of(folder: Path) -> None:
    (folder / MANIFEST).write_text("?\n")
    fault, *files = read(folder)
    assert "no file beside it is checked" in str(fault)
    assert files == [b"0", b"1", b"2"]


def test_in_an_archive_it_is_no_filing_either(folder: Path, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "packed"), "zip", folder)
    assert read(Path(archive)) == [b"0", b"1", b"2"]


def test_files_that_are_not_listed_are_read_as_any_other(folder: Path) -> None:
    (folder / "mine.txt").write_bytes(b"mine")
    assert read(folder) == [b"0", b"1", b"2", b"mine"]
