"""Cypher as a row of tokens: what is quoted, what is a comment, and what are the statement's own words.

Engines read the rare cases differently (escapes outside quotes, letters that only look like ASCII, odd white space), so
what two of them could take apart in two ways is refused here; there is always a plain way to write it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NoReturn

from biopact.ontology import StoreError

Kind = Literal["comment", "text", "quoted", "number", "word", "symbol"]

_TOKEN = re.compile(
    r"""
      (?P<comment> //[^\r\n]* | /\*.*?\*/ )
    | (?P<text>    '(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" )
    | (?P<quoted>  `(?:``|[^`])*` )
    | (?P<number>  0[xX][0-9a-fA-F]+ | (?: [0-9]+(?:\.[0-9]+)? | (?<!\.)\.[0-9]+ ) (?:[eE][+-]?[0-9]+)? )
    | (?P<word>    [^\W\d]\w* )
    | (?P<symbol>  \.\. | /(?!\*) | [()\[\]{},.:;|=<>+\-*%^&!~$] )
    """,
    re.VERBOSE | re.DOTALL,
)
_SPACE = re.compile(r"[ \t\r\n]*")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|[uU])")
_STEERING = frozenset(
    "'\"`\\\r\nuU"
)  # decoded before the quotes are looked for, these would move where a quotation ends


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a statement: a word of its own, or something quoted, which is never a word of Cypher."""

    kind: Kind
    text: str  # as it stands there; a quoted name without its backticks
    start: int  # offset in the statement
    end: int

    @property
    def upper(self) -> str:
        """The word in capitals, as Cypher compares words; nothing for what is no word."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(cypher: str) -> Iterator[Token]:
    """The tokens of a statement, comments among them; StoreError says where it cannot be read.

    >>> [t.text for t in tokens("RETURN n.`a b` // all of it")]
    ['RETURN', 'n', '.', 'a b', '// all of it']
    """
    at = 0
    while (at := _SPACE.match(cypher, at).end()) < len(cypher):  # type: ignore[union-attr]  # matches nothing too
        match = _TOKEN.match(cypher, at)
        if match is None:
            _complain(cypher, at)
        kind, text = match.lastgroup, match[0]
        if kind in ("text", "quoted"):
            _ensure_inert(cypher, match.start(), text)
        elif kind == "word" and not text.isascii():
            _ensure_plain(cypher, match.start(), text)
        at = match.end()
        shown = text[1:-1].replace("``", "`") if kind == "quoted" else text
        yield Token(kind, shown, match.start(), at)  # type: ignore[arg-type]  # the groups are the kinds


def refuse(cypher: str, at: int, what: str) -> NoReturn:
    """Raise StoreError with the place in the statement."""
    before = cypher[:at]
    line, column = before.count("\n") + 1, at - before.rfind("\n")
    raise StoreError(f"line {line}, column {column}: {what}")


def _complain(cypher: str, at: int) -> NoReturn:
    opening = cypher[at : at + 2] if cypher.startswith("/*", at) else cypher[at]
    if opening in ("'", '"', "`", "/*"):
        refuse(cypher, at, f"what {opening} opens here is not closed")
    refuse(cypher, at, f"{_named(cypher[at])} may stand in Cypher between quotation marks or backticks only")


def _ensure_inert(cypher: str, start: int, text: str) -> None:
    for escape in _ESCAPE.finditer(text):
        code = int(escape[1] or escape[2] or "110000", 16)
        if code > 0x10FFFF or chr(code) in _STEERING:
            what = (
                f"the escape {escape[0]} is read differently by different engines; write the character, or a parameter"
            )
            refuse(cypher, start + escape.start(), what)
    for offset, character in enumerate(text):
        if "\ud800" <= character <= "\udfff":
            refuse(cypher, start + offset, f"{_named(character)} is half a character")


def _ensure_plain(cypher: str, start: int, word: str) -> None:
    """Refuse letters that an engine could take for ASCII ones, as ſ for s or K for k."""
    for offset, c in enumerate(word):
        if not c.isascii():
            forms = unicodedata.normalize("NFKC", c) + c.upper() + c.lower() + c.casefold()
            if not c.isalpha() or any(form.isascii() for form in forms):
                refuse(cypher, start + offset, f"{_named(c)} may stand in a name between backticks only")


def _named(character: str) -> str:
    shown = f"{character} " if character.isprintable() else ""
    return f"the character {shown}(U+{ord(character):04X})"
