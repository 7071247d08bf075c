"""Sources: what arguments name, and every way a file can refuse to be read."""

import gzip
import io
import os
import pickle
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from biopact.loaders.sources import Source, find_sources, shown
from biopact.ontology.errors import FilingError


def only(*arguments: str, limit: int = 10_000_000) -> Source:
    (source,) = find_sources(arguments, limit=limit)
    return source


def refusal(source: Source) -> str:
    with pytest.raises(FilingError) as caught:
        source.data()
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_file_keeps_its_name_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"words")
    source = only("./a.txt")
    assert (source.name, source.data()) == ("./a.txt", b"words")


def test_folders_are_walked_sorted_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/.hidden", ".git/config", "c d.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    sources = list(find_sources([str(tmp_path)]))
    assert [os.path.relpath(s.name, tmp_path) for s in sources] == ["b.txt", "c d.md", "a/z.txt"]
    assert [s.data() for s in sources] == [b"b.txt", b"c d.md", b"a/z.txt"]


def test_globs_and_files_that_look_like_globs(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes(b"1")
    (tmp_path / "two.txt").write_bytes(b"2")
    (tmp_path / "[draft].txt").write_bytes(b"3")
    found = [Path(s.name).name for s in find_sources([str(tmp_path / "*.txt")])]
    assert found == ["[draft].txt", "one.txt", "two.txt"]
    assert only(str(tmp_path / "[draft].txt")).data() == b"3"
    assert "no file matches" in refusal(only(str(tmp_path / "*.pdf")))


def test_missing_files_are_named(tmp_path: Path) -> None:
    name = str(tmp_path / "gone\nfile.txt")
    assert refusal(only(name)).startswith(shown(name) + ": no such file")
    assert "NUL" in refusal(only("a\0b"))


@pytest.mark.parametrize("piped", [b"piped", gzip.compress(b"piped")], ids=["plain", "packed"])
def test_standard_input(piped: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(piped)))
    source = only("-")
    assert (source.name, source.data()) == ("-", b"piped")


def test_files_and_folders_without_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_bytes(b"x")
    listing = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)
    readable, closed = find_sources([str(tmp_path)])
    assert readable.data() == b"x"
    assert refusal(closed) == f"{tmp_path}/closed: cannot list this folder: Permission denied"

    def no_rights(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", no_rights)
    assert "no permission" in refusal(readable)


def test_limits_hold_for_files_and_streams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "big.txt").write_bytes(b"x" * 101)
    assert "larger than the limit of 100 bytes" in refusal(only(str(tmp_path / "big.txt"), limit=100))
    assert len(only(str(tmp_path / "big.txt"), limit=101).data()) == 101
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"x" * 101)))
    assert "larger than the limit" in refusal(only("-", limit=100))


def test_gzip(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"packed"))
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(bytes(40_000_000)))
    (tmp_path / "broken.gz").write_bytes(gzip.compress(b"packed" * 1000)[:-12])
    (tmp_path / "plain.gz").write_bytes(b"no gzip at all")
    assert only(str(tmp_path / "a.txt.gz")).data() == b"packed"
    assert "decompression bomb" in refusal(only(str(tmp_path / "bomb.gz"), limit=10**9))
    assert "cannot be read" in refusal(only(str(tmp_path / "broken.gz")))
    assert only(str(tmp_path / "plain.gz")).data() == b"no gzip at all"  # as browsers save it


def test_zip_members_in_files_and_folders(tmp_path: Path) -> None:
    path = tmp_path / "filings.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("b.txt", "folder/a.txt", "../../escape.txt", "__MACOSX/b.txt", ".hidden"):
            archive.writestr(name, name)
        archive.writestr("bomb.txt", bytes(40_000_000))
    sources = {s.name.removeprefix(f"{path}!"): s for s in find_sources([str(tmp_path)], limit=10**9)}
    assert list(sources) == ["../../escape.txt", "b.txt", "bomb.txt", "folder/a.txt"]
    assert sources["folder/a.txt"].data() == b"folder/a.txt"
    assert sources["../../escape.txt"].data() == b"../../escape.txt"  # only ever read, never written
    assert "decompression bomb" in refusal(sources["bomb.txt"])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["filings.zip"]


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_archives_hold_gzip_data_and_archives(method: int, tmp_path: Path) -> None:
    inmost = packed(("x.txt", b"x"))
    inner = packed(("2.txt", b"two" * 999), ("3.txt.gz", gzip.compress(b"three")), ("c.zip", inmost), method=method)
    path = tmp_path / "a.ZIP"
    path.write_bytes(b"prefix" + packed(("1.txt.gz", gzip.compress(b"one")), ("b.zip", inner), method=method))
    sources = {s.name.removeprefix(f"{path}!"): s for s in find_sources([str(path)])}
    assert list(sources) == ["1.txt.gz", "b.zip!2.txt", "b.zip!3.txt.gz", "b.zip!c.zip"]
    assert "archive in an archive in an archive" in refusal(sources.pop("b.zip!c.zip"))
    elsewhere = pickle.loads(pickle.dumps(list(sources.values())))  # plain data: they can be read by another process
    assert [s.data() for s in elsewhere] == [b"one", b"two" * 999, b"three"]


def test_many_archives_need_no_open_files(tmp_path: Path) -> None:
    for number in range(100):
        (tmp_path / f"{number}.zip").write_bytes(packed(("a.txt", b"words")))
    open_before = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0
    sources = list(find_sources([str(tmp_path)]))
    assert {s.data() for s in sources} == {b"words"}
    if open_before:
        assert len(list(Path("/proc/self/fd").iterdir())) <= open_before


def test_bombs_of_archives(tmp_path: Path) -> None:
    zeros = bytes(10_000_000)
    (tmp_path / "wide.zip").write_bytes(packed(*((f"{n}.txt", zeros) for n in range(30))))
    assert "decompression bomb" in refusal(only(str(tmp_path / "wide.zip")))
    (tmp_path / "deep.zip").write_bytes(packed(("inner.zip", packed(*((f"{n}.txt", zeros) for n in range(30))))))
    assert "decompression bomb" in refusal(only(str(tmp_path / "deep.zip")))


def test_members_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    whole = packed(("a.txt", b"words " * 99))

    def message(data: bytes) -> str:
        path.write_bytes(data)
        return refusal(only(str(path)))

    directory = whole.index(b"PK\x01\x02")
    encrypted = whole[: directory + 8] + b"\x01" + whole[directory + 9 :]
    assert "encrypted" in message(encrypted)
    strange = whole[: directory + 10] + b"\x63" + whole[directory + 11 :]
    assert "method 99" in message(strange)
    lying = whole[: directory + 24] + b"\x05\0\0\0" + whole[directory + 28 :]
    assert "damaged" in message(lying)
    path.write_bytes(whole)
    assert "larger than the limit" in refusal(only(str(path), limit=100))


def test_broken_zip_is_a_source_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 nothing more")
    assert "not a readable zip archive" in refusal(only(str(tmp_path / "a.zip")))
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", os.urandom(4000))
    data = bytearray(whole.getvalue())
    data[1000:1100] = bytes(100)
    (tmp_path / "b.zip").write_bytes(data)
    assert "cannot be read" in refusal(only(str(tmp_path / "b.zip")))
