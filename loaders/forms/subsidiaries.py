"""Whose subsidiaries a list holds, by its title: "Subsidiaries of Alnora, Inc.", or the name over "Subsidiaries"."""

from __future__ import annotations

import re

from biopact.graph.names import company_name

_TITLE = 3000  # characters in which a list is titled
_OF = re.compile(
    r"\bsubsidiaries\s+of[\s:|*_]+(?:the\s+registrant\s*[(,–—-]\s*)?(?P<name>[^\W\d_][^\n|]{1,150})", re.IGNORECASE
)
_HEADS = re.compile(
    r"(?P<before>[^\n|]{0,120}?)\b(?:(?:list|schedule)\s+of\s+)?(?:(?:significant|principal|wholly[ -]owned)\s+){0,2}"
    r"subsidiaries\b[^\n|]{0,60}",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n]+")
_MARKS = " \t*_|#,:=()†‡–—-"
_DATED = re.compile(r"[\s,(]+(?:as\s+(?:of|at)|at|on|\(as)\s.*$", re.IGNORECASE | re.DOTALL)
_NOBODY = re.compile(
    r"(?:the\s+)?(?:registrant|company|issuer|corporation|parent)\b.*|.*\bsubsidiar.*|exhibit\b.*|ex-21.*",
    re.IGNORECASE,
)


def named_parent(text: str, begin: int, end: int) -> tuple[str, int, int] | None:
    """The company that the title of a list names, and where; None where it says "the Registrant" or nothing.

    >>> named_parent("Exhibit 21\\n\\nALNORA, INC.\\nLIST OF SUBSIDIARIES\\n", 0, 99)
    ('ALNORA, INC.', 12, 24)
    """
    stop = min(end, begin + _TITLE, len(text))
    for found in _OF.finditer(text, begin, stop):
        if name := _name(found["name"]):
            return name, found.start("name"), found.end("name")
    above: tuple[int, int] | None = None
    for line in _LINE.finditer(text, begin, stop):
        start = line.start() + len(line[0]) - len(line[0].lstrip(_MARKS))
        end = start + len(text[start : line.end()].rstrip(_MARKS))
        if start < end and (title := _HEADS.fullmatch(text, start, end)):
            before = (start, start + len(title["before"].rstrip(_MARKS)))
            for span in (before, above):
                if span and (name := _name(text[slice(*span)])) and company_name(name).forms:
                    return name, *span
        above = (start, end) if start < end else above
    return None


def _name(words: str) -> str | None:
    """The name that the words are; None where they are a date, a word for the registrant, or a title."""
    name = re.sub(r"[’']s$", "", _DATED.sub("", " ".join(words.split())).strip(_MARKS + ";"))
    return name if name and not _NOBODY.fullmatch(name) else None
