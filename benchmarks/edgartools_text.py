"""The text of filings as edgartools gives it, timed in a warm loop; bench_reading runs this where edgartools is.

Reads from standard input ``{"rounds": n, "files": [[kind, path], …]}`` and prints what it took, as JSON. It must not
import biopact, whose dependencies that environment has not got.
"""

from __future__ import annotations

import importlib.metadata
import json
import logging
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from edgar.beneficial_ownership import Schedule13D, Schedule13G
from edgar.documents import HTMLParser, ParserConfig
from edgar.ownership import owners
from edgar.sgml.sgml_common import FilingSGML, primary_document_text


def submission(text: str) -> str:
    """Every document of a full submission."""
    sgml = FilingSGML.from_text(text)
    found = [sgml.text() or ""]
    found += [attachment.text() or "" for attachment in list(sgml.attachments)[1:] if not attachment.is_binary()]
    return "\n".join(found)


def page(text: str) -> str:
    """A page of HTML, as `Filing.text` renders it."""
    document = HTMLParser(ParserConfig()).parse(text)
    return document.text(table_max_col_width=500)


def ownership(text: str) -> str:
    """An ownership form in XML, as `FilingSGML.text` renders it; schedules, of which it has no text, are but parsed."""
    form = re.search(r"<documentType>(\w+)</documentType>", text)
    if form is None:
        schedule = Schedule13G if "schedule13g" in text else Schedule13D
        return str(schedule.parse_xml(text))
    return primary_document_text(form[1], text) or ""


def plain(text: str) -> str:
    """Text that is no submission."""
    return primary_document_text("10-K", text) or ""


READERS: dict[str, Callable[[str], str]] = {
    "submission": submission, "text submission": submission, "other text": plain, "XML ownership": ownership,
    "10-K": page, "10-Q": page, "8-K": page, "other page": page,
}  # fmt: skip


def main() -> None:
    logging.disable(logging.CRITICAL)
    owners.Entity = lambda cik: None  # it would ask the SEC for each reporting owner whether that is a company
    asked = json.load(sys.stdin)
    found = []
    for kind, path in asked["files"]:
        best, length, failed = float("inf"), 0, None
        for _ in range(asked["rounds"]):
            started = time.process_time()
            try:
                length = len(READERS[kind](Path(path).read_text(encoding="utf-8", errors="replace")) or "")
            except Exception as error:  # noqa: BLE001 - whatever the other library raises is its answer
                failed = f"{type(error).__name__}: {error}"[:200]
                break
            best = min(best, time.process_time() - started)
        found.append({"path": path, "seconds": None if failed else best, "length": length, "failed": failed})
    print(json.dumps({"version": importlib.metadata.version("edgartools"), "files": found}))


if __name__ == "__main__":
    main()
