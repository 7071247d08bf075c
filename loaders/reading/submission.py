"""EDGAR's full-submission text, 1993 to today, taken apart into header and documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_OPENING = re.compile(r"<(?:SEC|IMS)-(?:DOCUMENT|HEADER)>|<SUBMISSION>|<ACCEPTANCE-DATETIME>|<DOCUMENT>\s{0,9}<TYPE>")
_ACCESSION_FIRST = re.compile(r"\s*ACCESSION NUMBER:\s")
_PEM = "-----BEGIN PRIVACY-ENHANCED MESSAGE-----"
_DOCUMENT = re.compile(r"<DOCUMENT>\s{0,9}(?=<TYPE>)")
_FIELD = re.compile(r"<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>([^<\n]*)")
_HEADER_END = re.compile(r"</(?:SEC|IMS)-HEADER>|</SEC-DOCUMENT>")


@dataclass(frozen=True, slots=True)
class Part:
    """One ``<DOCUMENT>`` of a submission, its body as it stands there."""

    type: str
    sequence: int
    filename: str
    description: str
    body: str
    whole: bool  # False where the file ends inside it


def is_submission(text: str) -> bool:
    """Whether the text opens as a submission, a header or a lone ``<DOCUMENT>`` does."""
    head = text[:4096].lstrip()
    return bool(_OPENING.match(head) or _ACCESSION_FIRST.match(head)) or (
        head.startswith(_PEM) and bool(_OPENING.search(head))
    )


def header_of(text: str) -> str:
    """The SGML header: what stands before the first document, without the PEM envelope."""
    first = _DOCUMENT.search(text)
    head = text[: first.start()] if first else text
    if opening := _OPENING.search(head):
        head = head[opening.start() :]
    if closing := _HEADER_END.search(head):
        head = head[: closing.start()]
    return head.strip("\n")


def parts_of(text: str) -> Iterator[Part]:
    """Yield the documents in their order; a missing sequence number is counted."""
    starts = [match.end() for match in _DOCUMENT.finditer(text)]
    for number, (start, following) in enumerate(pairwise([*starts, len(text)]), 1):
        opening = text.find("<TEXT>", start, following)
        head_end = opening if opening >= 0 else min(following, start + 2000)
        fields = {key: value.strip() for key, value in reversed(_FIELD.findall(text, start, head_end))}
        body_start = opening + len("<TEXT>") if opening >= 0 else head_end
        body_end = text.rfind("</TEXT>", body_start, following)
        whole = body_end >= 0
        if not whole:
            body_end = text.rfind("</DOCUMENT>", body_start, following)
            whole = body_end >= 0
        if not whole:
            body_end = text.rfind("<DOCUMENT>", body_start, following) if following < len(text) else following
        sequence = fields.get("SEQUENCE", "")
        yield Part(
            fields.get("TYPE") or "TEXT",
            int(sequence) if sequence.isdecimal() and len(sequence) < 6 else number,
            fields.get("FILENAME", ""),
            fields.get("DESCRIPTION", ""),
            text[body_start : max(body_start, body_end)],
            whole,
        )
