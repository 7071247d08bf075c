"""EDGAR's full-submission text, 1993 to today, taken apart into header and documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_INDEX_PAGE = re.compile(r"<HTML>.{0,300}?<!--\s*(?=<SEC-HEADER>)", re.S | re.I)
_OPENING = re.compile(r"<(?:SEC|IMS)-(?:DOCUMENT|HEADER)>|<SUBMISSION>|<ACCEPTANCE-DATETIME>|<DOCUMENT>\s{0,9}<TYPE>")
_ACCESSION_FIRST = re.compile(r"\s*ACCESSION NUMBER:\s")
_PEM = "-----BEGIN PRIVACY-ENHANCED MESSAGE-----"
_TAGGED = re.compile(r"<DOCUMENT>\s{0,9}(?=<TYPE>)")
_TAGGED_OR_BARE = re.compile(
    rf"{_TAGGED.pattern}|^(?=TYPE:[ \t]*\S[^\n]*\nSEQUENCE:[ \t]*\d)",  # as renderings of submissions write it
    re.M,
)
_FIELD = re.compile(r"<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>([^<\n]*)")
_BARE_FIELD = re.compile(r"(TYPE|SEQUENCE|FILENAME|DESCRIPTION):([^\n]*)\n?")
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
    return bool(_OPENING.match(head) or _ACCESSION_FIRST.match(head) or _INDEX_PAGE.match(head)) or (
        head.startswith(_PEM) and bool(_OPENING.search(head))
    )


def _opening_of(text: str) -> re.Pattern[str]:
    """What a document of this submission opens with; most have tags only, which are found ten times faster."""
    return _TAGGED_OR_BARE if "\nSEQUENCE:" in text else _TAGGED


def header_of(text: str) -> str:
    """The SGML header: what stands before the first document, without the PEM envelope."""
    first = _opening_of(text).search(text)
    head = text[: first.start()] if first else text
    if opening := _OPENING.search(head):
        head = head[opening.start() :]
    if closing := _HEADER_END.search(head):
        head = head[: closing.start()]
    return head.strip("\n")


def is_cut(text: str) -> bool:
    """Whether a submission that opened never closes; renderings, which have no tags, do not tell."""
    if "<DOCUMENT>" not in text and _opening_of(text).search(text):
        return False
    for name in ("SEC-DOCUMENT", "SUBMISSION"):
        if f"<{name}>" in text[:4096]:
            return f"</{name}>" not in text[-4096:]
    return "<SEC-HEADER>" in text[:4096] and "</SEC-HEADER>" not in text


def parts_of(text: str) -> Iterator[Part]:
    """Yield the documents in their order; a missing sequence number is counted."""
    starts = [match.end() for match in _opening_of(text).finditer(text)]
    for number, (start, following) in enumerate(pairwise([*starts, len(text)]), 1):
        fields, body_start = _fields(text, start, following)
        body_end, whole = _body_end(text, body_start, following)
        whole = whole or text.startswith("TYPE:", start)
        sequence = fields.get("SEQUENCE", "")
        yield Part(
            fields.get("TYPE") or "TEXT",
            int(sequence) if sequence.isascii() and sequence.isdecimal() and len(sequence) < 6 else number,
            fields.get("FILENAME", ""),
            fields.get("DESCRIPTION", ""),
            text[body_start:body_end],
            whole,
        )


def _fields(text: str, start: int, end: int) -> tuple[dict[str, str], int]:
    """The fields before the body, and where it starts."""
    fields: dict[str, str] = {}
    position = start
    if text.startswith("TYPE:", start):
        while match := _BARE_FIELD.match(text, position, end):
            fields.setdefault(match[1], match[2].strip())
            position = match.end()
        return fields, position
    opening = text.find("<TEXT>", start, end)
    head_end = opening if opening >= 0 else min(end, start + 2000)
    for match in _FIELD.finditer(text, start, head_end):
        fields.setdefault(match[1], match[2].strip())
        position = match.end()
    return fields, opening + len("<TEXT>") if opening >= 0 else position


def _body_end(text: str, start: int, following: int) -> tuple[int, bool]:
    for closing in ("</TEXT>", "</DOCUMENT>"):
        end = text.rfind(closing, start, following)
        if end >= 0:
            return end, True
    end = text.rfind("<DOCUMENT>", start, following)
    if end >= 0:
        return end, True
    marked = text.find("\n=====\n", start, following)
    return (marked, True) if marked >= 0 else (following, following < len(text))
