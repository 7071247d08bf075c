"""How fast filings are read, kind by kind beside edgartools' text of the same files, and what is kept of HTML.

python -m benchmarks.bench_reading [FOLDER...]

Both sides read each file several times in one warm process; the best processor time counts. edgartools runs in an
environment of its own: the interpreter that BIOPACT_EDGARTOOLS_PYTHON names, or the one that `make bench` sets up.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from inscriptis import get_text

from biopact.loaders.filing import Filing
from biopact.loaders.reading import bodies, markup, read_filing, submission
from biopact.loaders.reading.decoding import decode
from biopact.loaders.reading.verbatim import verbatim
from biopact.loaders.sources import LIMIT, Source, find_sources
from biopact.ontology.errors import FilingError

ROOT = Path(__file__).parent.parent
ROUNDS = 5
PEER = os.environ.get("BIOPACT_EDGARTOOLS_PYTHON", str(ROOT / ".cache" / "edgartools" / "bin" / "python"))
WORD = re.compile(r"\w+")
MARKED_UP = re.compile(r"<html|<div\b|<font\b|<XML>", re.IGNORECASE)


def kind_of(path: Path, filing: Filing) -> str:
    """What a file is, for the table."""
    text = decode(path.read_bytes())
    if submission.is_submission(text):
        return "submission" if MARKED_UP.search(text) else "text submission"
    if bodies.is_spoken_xml(text):
        return "XML ownership"
    if not bodies.is_page(text):
        return "other text"
    type_ = (filing.form or filing.documents[0].type).removesuffix("/A")
    return type_ if type_ in ("10-K", "10-Q", "8-K") else "other page"


def text_of(path: Path) -> int:
    """Our text of a file alone, without its structure and its cover page: characters."""
    text = decode(path.read_bytes())
    if submission.is_submission(text):
        length = len(submission.header_of(text))
        for part in submission.parts_of(text):
            try:
                length += len(bodies.text_of(part, LIMIT).text)
            except bodies.LeftOut:
                continue
        return length
    if bodies.is_spoken_xml(text) or not bodies.is_page(text):
        return len(verbatim(text).text)
    return len(markup.render(text, LIMIT).text)


def seconds(task: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        task()
        best = min(best, time.process_time() - started)
    return best


def peer(files: list[tuple[str, Path]]) -> dict[str, Any] | None:
    """What edgartools took, by path; None where its environment is missing."""
    if not Path(PEER).exists():
        print(f"no edgartools at {PEER}: `make bench` installs it, BIOPACT_EDGARTOOLS_PYTHON names another\n")
        return None
    asked = json.dumps({"rounds": ROUNDS, "files": [(kind, str(path)) for kind, path in files]})
    script = Path(__file__).with_name("edgartools_text.py")
    done = subprocess.run([PEER, str(script)], input=asked, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def kinds(paths: list[Path]) -> None:
    files: list[tuple[str, Path]] = []
    for path in paths:
        try:
            files.append((kind_of(path, read_filing(Source(str(path), path))), path))
        except FilingError:
            continue
    theirs = peer(files)
    taken = {f["path"]: f for f in theirs["files"]} if theirs else {}
    print(f"biopact on Python {platform.python_version()}; edgartools {theirs['version'] if theirs else 'not there'}\n")
    print(
        "| Kind | files | MB | text, MB/s | filings/s | edgartools, MB/s | filings/s | ratio "
        "| with structure, MB/s | ratio |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, path in files:
        known = taken.get(str(path), {"seconds": 0.0, "failed": None})
        if known["failed"]:
            print(f"edgartools: {path.name}: {known['failed']}", file=sys.stderr)
            continue
        source = Source(str(path), path)
        sums[kind].update(
            files=1,
            size=path.stat().st_size,
            text=seconds(lambda path=path: text_of(path)),  # type: ignore[misc]
            reading=seconds(lambda source=source: read_filing(source)),  # type: ignore[misc]
            theirs=known["seconds"],
        )
    for kind, found in sorted(sums.items()):
        size = found["size"] / 1e6
        pace = {name: size / found[name] for name in ("text", "reading")}
        theirs_pace = f"{size / found['theirs']:.1f} | {found['files'] / found['theirs']:.0f}" if theirs else " | "
        ratios = [f"{found['theirs'] / found[name]:.1f}" if theirs else "" for name in ("text", "reading")]
        print(
            f"| {kind} | {found['files']} | {size:.2f} | {pace['text']:.1f} | {found['files'] / found['text']:.0f} "
            f"| {theirs_pace} | {ratios[0]} | {pace['reading']:.1f} | {ratios[1]} |"
        )


def folder(name: str) -> None:
    """One line on a folder: what is read, and how many words of its pages are in our text, beside inscriptis."""
    files = refused = documents = facts = shown = lost = size = 0
    spent = rendering = 0.0
    for source in find_sources([name]):
        started = time.process_time()
        try:
            filing = read_filing(source)
        except FilingError as error:
            refused += 1
            print("refused:", error, file=sys.stderr)
            continue
        spent += time.process_time() - started
        files, size = files + 1, size + filing.size
        documents, facts = documents + len(filing.documents), facts + len(filing.cover)
        if source.name.endswith((".htm", ".html")) and filing.documents[0].sequence:
            page = source.data().decode("utf-8", "replace")
            page = page.partition("<TEXT>")[2] or re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
            started = time.process_time()
            words = Counter(WORD.findall(get_text(page)))
            rendering += time.process_time() - started
            shown += sum(words.values())
            lost += sum((words - Counter(WORD.findall(filing.documents[0].text))).values())
    spent = spent or 1e-9
    kept = f"{1 - lost / shown:.4f} of {shown:,}" if shown else ""
    print(
        f"| {'/'.join(Path(name).parts[-2:])} | {files} | {refused} | {documents} | {facts} | {size / 1e6:.1f} "
        f"| {size / 1e6 / spent:.1f} | {files / spent:.0f} | {kept} "
        f"| {f'{rendering:.2f}, {spent:.2f}' if shown else ''} |"
    )


def main(folders: list[str]) -> None:
    kinds([s.path for s in find_sources(folders) if s.path and not s.members and s.path.name != "SOURCE.txt"])
    print(
        "\n| Folder | read | refused | documents | cover facts | MB | MB/s | files/s | HTML words kept "
        "| seconds, inscriptis and ours |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name in folders:
        folder(name)


if __name__ == "__main__":
    main(sys.argv[1:] or [str(ROOT / "examples" / "samples")])
