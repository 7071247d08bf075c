"""Files that are no filings: each is one line that names it, exit 1, and the others are loaded."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from biopact.app.cli import cli
from biopact.app.commands.demo import samples

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + bytes(range(256)) * 8 + b"\xff\xd9"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of bad files with one good filing among them, last by name."""
    folder = tmp_path / "filings"
    folder.mkdir()
    good = Path(samples()[0]).read_bytes()
    (folder / "empty.txt").touch()
    (folder / "photo.jpg").write_bytes(JPEG)
    (folder / "cut.txt").write_bytes(Path(samples()[1]).read_bytes()[:5000])
    (folder / "spaces.txt").write_bytes(b" " * 50_000_000)
    (folder / "zz-good.txt").write_bytes(good)
    return folder


@pytest.fixture
def locked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder inside that may not be listed, also for root, who may list anything."""
    locked = folder / "locked"
    locked.mkdir()
    (locked / "inside.txt").write_bytes(Path(samples()[2]).read_bytes())
    locked.chmod(0)
    scandir = os.scandir

    def refuse(path: Any = ".") -> Any:
        if Path(os.fsdecode(path)).name == "locked":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    yield locked
    monkeypatch.undo()
    locked.chmod(stat.S_IRWXU)


def load(*words: str) -> Result:
    return CliRunner().invoke(cli, ["load", *words], prog_name="biopact")


def test_each_bad_file_is_one_line_and_the_good_one_is_loaded(folder: Path, locked: Path, tmp_path: Path) -> None:
    result = load(str(folder), "--store", str(tmp_path / "store"))
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    expected = {
        "empty.txt": "the file is empty",
        "photo.jpg": "JPEG",
        "cut.txt": "cut off",
        "spaces.txt": "white space",
        "locked": "cannot list this folder: Permission denied",
    }
    assert len(lines) == len(expected)
    for name, reason in expected.items():
        (line,) = (line for line in lines if f"{folder / name}: " in line)
        assert reason in line
    filings = CliRunner().invoke(cli, ["stats", "--filings", "--format", "csv", "--store", str(tmp_path / "store")])
    assert filings.stdout.splitlines()[1:] == ["filing/9999999999-18-000001,8-K,2018-06-12,zz-good.txt"]


def test_extract_says_the_same(folder: Path, locked: Path) -> None:
    result = CliRunner().invoke(cli, ["extract", str(folder)], prog_name="biopact")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 5
    assert str(folder / "zz-good.txt") in result.stdout


def test_a_file_without_rights(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = folder / "zz-good.txt"
    open_ = Path.open

    def refuse(self: Path, *arguments: Any, **more: Any) -> Any:
        if self.name == "secret.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return open_(self, *arguments, **more)

    secret = folder / "secret.txt"
    secret.write_bytes(good.read_bytes())
    monkeypatch.setattr(Path, "open", refuse)
    result = load(str(secret), str(good), "--store", str(tmp_path / "store"))
    assert result.exit_code == 1
    assert result.stderr == f"biopact: {secret}: no permission to read it\n"


def test_a_store_folder_that_may_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = load(samples()[0], "--store", str(tmp_path / "file"))
    assert result.exit_code in (1, 3)
    assert len(result.stderr.splitlines()) == 1
    assert str(tmp_path / "file") in result.stderr


def test_a_file_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    name = tmp_path / "a\x1b[2Jb\n.txt"
    name.touch()
    result = load(str(name), "--store", str(tmp_path / "store"))
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("cut", [100, 700, 950, 1500, 3000, 6000])
def test_a_submission_cut_anywhere_is_one_line(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "cut.txt"
    path.write_bytes(Path(samples()[1]).read_bytes()[:cut])
    result = CliRunner().invoke(cli, ["extract", str(path)], prog_name="biopact")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert str(path) in result.stderr
