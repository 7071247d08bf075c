"""Filings that a reader brings: what they state, with the words, before anything is loaded."""

from __future__ import annotations

import hashlib
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

import streamlit as st

from biopact.app import pipeline
from biopact.app.explorer.launch import EDIT, UPLOAD
from biopact.app.explorer.opened import Opened, one_at_a_time, opened
from biopact.app.explorer.panel import plain
from biopact.app.explorer.taking import quotations
from biopact.app.extractors import make_extractor
from biopact.app.sheet import Sheet
from biopact.app.tables import render
from biopact.app.workbook import workbook
from biopact.graph.ledger import Ledger
from biopact.graph.resolve import resolve
from biopact.graph.stores import open_store
from biopact.ontology import BiopactError

_ENDINGS = ["txt", "htm", "html", "xml", "md", "pdf", "gz", "zip"]

Files = Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Stated:
    """What uploaded files state, and what of them could not be read."""

    facts: Sheet
    filings: tuple[str, ...]
    failed: tuple[str, ...]


def upload_view(known: Opened) -> None:
    """Take files, show what is read in them, and load them where the explorer may write."""
    given = st.file_uploader(
        f"Filings: text, HTML, XML or PDF, at most {UPLOAD} MB each",
        type=_ENDINGS,
        accept_multiple_files=True,
        key="uploaded",
        help="An 8-K with its press release, an agreement, a 10-K, a list of subsidiaries, a Schedule 13D or 13G.",
    )
    if done := st.session_state.pop("loaded", ""):
        st.success(plain(done))
    if fault := st.session_state.pop("load_failed", ""):
        st.error(plain(fault))
    if not given:
        st.info("Choose a filing to see what it states. Nothing is loaded, and nothing leaves this machine.")
        return
    files = [(file.name, file.getvalue()) for file in given]
    found = stated(files, hashlib.sha256(b"".join(f"{n}\0".encode() + _hash(body) for n, body in files)).hexdigest())
    for line in found.failed:
        st.warning(plain(line))
    if not found.facts.rows:
        st.info("No fact was found in these files. Agreements, stakes and subsidiaries are what biopact reads.")
        return
    st.caption(
        plain(f"{len(found.facts.rows):,} quotations in {', '.join(found.filings)}; nothing of it is loaded yet")
    )
    columns = zip(found.facts.titles, zip(*found.facts.rows, strict=True), strict=True)
    st.dataframe({title: list(values) for title, values in columns}, hide_index=True, key="stated")
    with st.container(horizontal=True):
        as_csv = render(found.facts.titles, found.facts.rows, "csv")
        st.download_button("Download as CSV", as_csv, "facts.csv", "text/csv", on_click="ignore")
        st.download_button("Download as Excel", lambda: workbook(found.facts), "facts.xlsx", on_click="ignore")
        if EDIT in sys.argv[2:]:
            st.button("Load into the store", on_click=_load, args=(known, files), icon=":material/database_upload:")
    if EDIT not in sys.argv[2:]:
        st.caption("To load them: `biopact load FILE…`, or start the explorer with `--edit`.")


@st.cache_data(show_spinner="Reading …", max_entries=8)
def stated(_files: Files, mark: str) -> Stated:
    """What the files state; `mark` tells one choice of files from the next."""
    facts, failed = [], []
    with tempfile.TemporaryDirectory() as name:
        try:
            for source, found in pipeline.extract(_written(_files, Path(name)), make_extractor()):
                if isinstance(found, pipeline.Failure):
                    failed.append(_without(found.reason, name))
                elif not found.nodes:
                    failed.append(f"{PurePath(source).name}: nothing was read")
                else:
                    facts.append(found)
        except BiopactError as error:
            failed.append(_without(str(error), name))
        graph = resolve(facts)
        seen = Opened("what was uploaded", graph, Ledger(Path(name)))
        sheet = quotations(seen, [*graph.nodes, *graph.edges])
    return Stated(sheet, tuple(sorted(f.filing.partition("/")[2] for f in facts)), tuple(failed))


def _load(known: Opened, files: Files) -> None:
    """Bring the files into the ledger and the store, as `biopact load` does."""
    with tempfile.TemporaryDirectory() as name:
        try:
            with one_at_a_time(), open_store(known.store, create=False) as store:
                report = pipeline.load(_written(files, Path(name)), known.ledger, store, make_extractor())
        except (BiopactError, OSError) as error:
            st.session_state.load_failed = f"Nothing was loaded: {_without(str(error), name)}"
            return
    written = report.change.nodes_written + report.change.edges_written
    st.session_state.loaded = "; ".join(
        [
            f"{report.read:,} filings read, {written:,} records written",
            *(f"left out: {_without(f.reason, name)}" for f in report.failed),
        ]
    )
    opened.clear()


def _hash(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()


def _written(files: Files, folder: Path) -> list[str]:
    """The files in a folder of their own, under names that are nothing but names."""
    paths = []
    for at, (name, body) in enumerate(files):
        safe = re.sub(r"[^\w.-]", "_", PurePath(name.replace("\\", "/")).name).lstrip(".") or "file"
        path = folder / str(at) / safe.encode()[-100:].decode(errors="ignore")  # bytes are what a name may have few of
        path.parent.mkdir()
        path.write_bytes(body)
        paths.append(str(path))
    return paths


def _without(text: str, folder: str) -> str:
    """What went wrong, without the folder in which nobody can look."""
    return re.sub(rf"{re.escape(folder)}/\d+/", "", text)
