"""Whose subsidiaries a list holds, by its title: "Subsidiaries of Alnora, Inc.", or the name over "Subsidiaries"."""

from __future__ import annotations

import re

from biopact.graph.names import company_key, fold

_TITLE = 3000  # characters in which a list is titled
_OF = re.compile(
    r"\bsubsidiaries\s+of[\s:|*_]+(?:the\s+registrant\s*[(,–—-]\s*)?(?P<name>[^\W\d_][^\n|]{1,150})", re.IGNORECASE
)
_OVER = re.compile(
    r"^[ \t|*_#]*(?P<name>[^\n|]{2,120}?)[’']?s?[ \t*_|,:–—-]*(?:\n[ \t*_|=-]*){0,3}"
    r"[ \t*_|#]*(?:(?:list|schedule)\s+of\s+)?(?:(?:significant|principal|all|wholly[ -]owned)\s+){0,2}subsidiaries\b"
    r"[^\n|]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
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
    for pattern in (_OF, _OVER):
        for found in pattern.finditer(text, begin, stop):
            name = _DATED.sub("", " ".join(found["name"].split())).strip(" *_|:;()†‡")
            if name and not _NOBODY.fullmatch(name) and (pattern is _OF or company_key(name) != fold(name)):
                return name, found.start("name"), found.end("name")
    return None
