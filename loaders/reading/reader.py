"""From a source to a Filing: which format it is, and what its documents are."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from itertools import groupby

from biopact.loaders.filing import Document, Filing
from biopact.loaders.reading import bodies, markup, submission
from biopact.loaders.reading.decoding import decode
from biopact.loaders.reading.markup import Rendered
from biopact.loaders.reading.types import type_of
from biopact.loaders.sources import Source, shown
from biopact.ontology.errors import FilingError


def read_filing(source: Source) -> Filing:
    """Read one file; FilingError, and nothing else, says on one line why it cannot be."""
    data = source.data()
    try:
        return _read(source.name, data)
    except FilingError as error:
        raise FilingError(f"{shown(source.name)}: {error}") from error


def _read(name: str, data: bytes) -> Filing:
    text = decode(data)
    if submission.is_submission(text):
        documents, notes = _of_submission(text)
    else:
        documents, notes = _of_lone_text(text)
    if not documents:
        raise FilingError("no text is left in this submission: " + ("; ".join(notes) or "it holds no document"))
    return Filing(name, hashlib.sha256(data).hexdigest(), None, None, None, tuple(documents), (), tuple(notes))


def _of_submission(text: str) -> tuple[list[Document], list[str]]:
    documents, notes = [], []
    left_out: list[tuple[str, str]] = []
    if header := submission.header_of(text):
        documents.append(_document(0, "SEC-HEADER", Rendered(header)))
    taken = {0}
    for part in submission.parts_of(text):
        try:
            rendered = bodies.text_of(part)
        except bodies.LeftOut as reason:
            left_out.append((f"{part.type} ({reason})", part.filename or str(part.sequence)))
            continue
        notes += [f"document {part.sequence} ({part.type}): {note}" for note in rendered.notes]
        if not part.whole:
            notes.append(f"document {part.sequence} ({part.type}) is cut off: the file ends inside it")
        if not rendered.text or rendered.text.isspace():
            notes.append(f"document {part.sequence} ({part.type}) is empty")
            continue
        sequence = part.sequence if part.sequence not in taken else max(taken) + 1
        taken.add(sequence)
        documents.append(replace(_document(sequence, part.type, rendered), description=part.description))
    for kind, names in groupby(sorted(left_out), key=lambda pair: pair[0]):
        notes.append(f"left out {kind}: {', '.join(shown(name) for _, name in names)}")
    return documents, notes


def _of_lone_text(text: str) -> tuple[list[Document], list[str]]:
    root = bodies.xml_root(text)
    if root and bodies.is_spoken_xml(text):
        rendered = Rendered(text)
    elif bodies.is_page(text):
        rendered = markup.render(text)
    elif root:
        raise FilingError(f"XML data with the root <{shown(root, 60)}>; of XML only ownership forms are read")
    elif _is_json(text):
        raise FilingError("JSON data, not a filing")
    else:
        rendered = Rendered(text)
    if not rendered.text or rendered.text.isspace():
        raise FilingError("the page shows no text")
    return [_document(1, type_of(rendered.text), rendered)], list(rendered.notes)


def _document(sequence: int, type_: str, rendered: Rendered) -> Document:
    return Document(sequence, type_, rendered.text, 0, len(rendered.text))


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
