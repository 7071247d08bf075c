"""The terms that a document defines: ("the Company"), (the "Agreement"), and "we" and "us" refer to Alnora, Inc."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from biopact.graph.names import company_name
from biopact.loaders.filing import Document
from biopact.loaders.structure.lines import Span

_QUOTED = re.compile(r"[\"“”]\s?(?P<term>[^\"“”()\n]{1,80}?),?\s?[\"“”]")
_LEAD = (
    r"(?:(?:the|an?|each|each,|such|all|and|or|as|together|collectively|individually|hereinafter|hereafter|referred|called|"
    r"known|"
    r"defined|herein|in|to|is|are|as amended|sometimes|with|its|affiliates|subsidiaries|predecessors|successors|this|"
    r"our|we|us|unless|context|otherwise|requires)\b[\s,:]*){0,14}"
)
_TERM = r"[\"“”]\s?[^\"“”()\n]{1,80}?,?\s?[\"“”]"
_PARENTHESIS = re.compile(rf"\(\s?{_LEAD}{_TERM}(?:[\s,;]*{_LEAD}{_TERM}){{0,6}}[^()\"“”\n]{{0,80}}\)", re.I)
_BARE = re.compile(
    r"\((?:the|hereinafter,?|collectively,?)\s(?P<term>(?:[A-Z][\w’'&-]*\s?){1,5})\)"  # (the Agreement), without quotes
)
_REFERRED = re.compile(  # in atoms: no list of terms is read a second way
    rf"(?:the\s+)?(?>{_TERM})(?>(?:,?\s+(?:and|or)\s+|,\s*|\s+)(?:the\s+)?{_TERM}){{0,8}}+,?\s+"
    r"(?:(?:shall|will|each|all|collectively)\s+){0,3}(?:(?:refers?\s+to|means?)|(?:are|is)\s+to)\s+"
    r"(?:collectively\s+)?(?:the\s+)?",
    re.I,
)
_SENTENCE = 300  # characters before a parenthesis in which the words that it names stand
_WORD = r"(?:[A-Z][\w.’'&-]*|&)"
_NAME = re.compile(rf"{_WORD}(?:(?:\s(?:of|and|for|de|the)\s|,?\s){_WORD})*,?")
_END_OF_SENTENCE = re.compile(r"(?<=[a-z)”\"])[.;]\s+(?=[A-Z])|\n[ \t]*\n")
# Terms for a party, whose name has a legal form rather than a word of the term.
_PARTIES = re.compile(
    r"(?:the )?(?:company|we|us|our|registrant|issuer|corporation|parent|buyer|purchaser|seller|licensor|licensee|"
    r"supplier|manufacturer|customer|distributor|investor|optionee)",
    re.I,
)
_MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")


@dataclass(frozen=True, slots=True)
class Definition:
    """Terms, and the words that they stand for: before a parenthesis, or behind "refer to"."""

    terms: tuple[str, ...]
    start: int  # of the parenthesis, or of the first term
    end: int
    meaning: Span | None  # None where no name stands before a parenthesis


def definitions(document: Document) -> Iterator[Definition]:
    """The definitions of a document, in order."""
    yield from sorted([*_parentheses(document), *_references(document)], key=lambda found: found.start)


def _references(document: Document) -> Iterator[Definition]:
    """Terms that a sentence says to refer to a name."""
    text = document.text
    for found in _REFERRED.finditer(text, document.begin, document.end):
        if name := _NAME.match(text, found.end(), document.end):
            meaning = _trimmed(text, [name.span()])
            yield Definition(tuple(_terms(found)), found.start(), name.end(), meaning)


def _parentheses(document: Document) -> Iterator[Definition]:
    text = document.text
    position = document.begin
    while (opening := text.find("(", position, document.end)) >= 0:
        found = _PARENTHESIS.match(text, opening, document.end) or _BARE.match(text, opening, document.end)
        if found:
            terms = tuple(_terms(found))
            if terms:
                meaning = _meaning(text, document.begin, found.start(), terms)
                yield Definition(terms, found.start(), found.end(), meaning)
        position = found.end() if found else opening + 1


def _terms(found: re.Match[str]) -> list[str]:
    terms = [found["term"]] if found.re is _BARE else [quoted["term"] for quoted in _QUOTED.finditer(found[0])]
    return list(filter(None, (" ".join(term.split()).strip(" ,") for term in terms)))


def _meaning(text: str, begin: int, end: int, terms: tuple[str, ...]) -> Span | None:
    """The words before a parenthesis that it gives a name: they share a word with it, or its initials, or touch it."""
    start = max(begin, end - _SENTENCE)
    for stop in _END_OF_SENTENCE.finditer(text, start, end):
        start = stop.end()
    names = [name.span() for name in _NAME.finditer(text, start, end) if not _MONTH.search(name[0])]
    if any(_PARTIES.fullmatch(term) for term in terms):
        firms = [name for name in names if _has_legal_form(text[slice(*name)])]
        return _trimmed(text, (firms or [name for name in names if _touches(text, name, end)])[-1:])
    akin = [name for name in names if any(_akin(term, text[slice(*name)]) for term in terms)]
    if akin or (akin := [name for name in names if _touches(text, name, end)]):
        return _trimmed(text, akin[-1:])
    return next((span for term in terms if (span := _common_noun(text, start, end, term))), None)


def _has_legal_form(name: str) -> bool:
    return bool(company_name(name).forms)


def _akin(term: str, name: str) -> bool:
    """Whether a name holds a telling word of a term, or its capitals: "FDA" of "Food and Drug Administration"."""
    words = {word.lower() for word in re.findall(r"\w{3,}", term)}
    initials = "".join(word[0] for word in re.findall(r"[A-Z]\w*", name))
    return bool(words & {word.lower() for word in re.findall(r"\w{3,}", name)}) or (
        term.isupper() and len(term) > 1 and term in initials
    )


def _common_noun(text: str, start: int, end: int, term: str) -> Span | None:
    """The words of a term where the text says them in small letters: "a license agreement" before its name."""
    words = "|".join(re.escape(word) for word in term.split())
    found = list(
        re.compile(rf"\b(?:(?:{words})\s+)*(?:{re.escape(term.split()[-1])})\b", re.I).finditer(text, start, end)
    )
    return found[-1].span() if found else None


def _touches(text: str, name: Span, end: int) -> bool:
    return not text[name[1] : end].strip(" ,")


def _trimmed(text: str, names: list[Span]) -> Span | None:
    """The last of the names, without the comma behind it."""
    if not names:
        return None
    start, end = names[-1]
    return start, end - (text[end - 1] == ",")
