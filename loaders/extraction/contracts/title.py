"""Reads the title on the face of a contract, in the case in which it stands there."""

from __future__ import annotations

import re

from biopact.loaders.extraction.contracts.clauses import Contract, Span, squeeze

_KIND = (
    r"(?:AGREEMENT|Agreement|CONTRACT|Contract|AMENDMENT|Amendment|LEASE|Lease|DEED|Deed|ADDENDUM|Addendum"
    r"|LICEN[CS]E|Licen[cs]e|PURCHASE\s+ORDER|Purchase\s+Order"
    r"|MEMORANDUM\s+OF\s+UNDERSTANDING|Memorandum\s+of\s+Understanding|LETTER\s+OF\s+INTENT|Letter\s+of\s+Intent"
    r"|TERM\s+SHEET|Term\s+Sheet|STATEMENT\s+OF\s+WORK|Statement\s+of\s+Work|PLAN\s+OF\s+MERGER|Plan\s+of\s+Merger)"
)
_MINOR = r"(?:and|or|of|for|to|the|in|on|by|with|a|an|und)"
_WORD = (
    rf"(?:(?:N[Oo]|I[Nn][Cc]|L[Tt][Dd]|C[Oo][Rr][Pp]|U\.S)\.|[A-Z][\w&’'®™-]*|&|/|–|-|\d+|\([A-Z][\w ,-]*\)|{_MINOR})"
)
_GAP = r"(?:\s*,\s*|\s*/\s*|\s+)"
_TITLE = re.compile(
    rf"\b(?P<title>[A-Z][\w&’'®™-]*(?:{_GAP}{_WORD}){{0,18}}?{_GAP}{_KIND})(?![\w-])(?!{_GAP}{_KIND})(?!{_GAP}(?:AND"
    rf"|and)\s+{_WORD}(?:{_GAP}{_WORD}){{0,6}}?{_GAP}{_KIND})"
)
# "This Supply Agreement", "THIS LICENSE AND DEVELOPMENT AGREEMENT", but not "This Agreement"
_THIS = re.compile(
    rf"\bT(?:his|HIS)\s+(?P<title>(?!(?:Agreement|AGREEMENT|CONTRACT"
    rf"|Contract)\b)[A-Z][\w&’'®™-]*(?:{_GAP}{_WORD}){{0,14}}?{_GAP}{_KIND})(?!{_GAP}{_KIND})"
    r"(?=\s*[,(“\"]|\s+(?:is|dated|made|entered|effective|between|by|has|shall|together|sets|\(|[A-Z]))"
)
# a contract that is called nothing else: "AGREEMENT made this 6th day of May"
_BARE = re.compile(
    r"(?:^|\n)\s*(?P<title>AGREEMENT|Agreement|CONTRACT|Contract)(?=\s*(?:\n|made|dated|between|BETWEEN"
    r"|effective|entered))"
)
# a letter: 'This letter agreement ("Agreement") confirms …'
_LETTER = re.compile(r"\b[Tt]his\s+(?P<title>letter\s+agreement)\b")
# what stands above a title without being part of it
_ABOVE = re.compile(
    r"^(?:(?:exhibit|ex|annex|schedule|appendix)\.?[\s-]*\d+[\d.]*[a-z]?(?:\([a-z0-9]+\))*[\s.:–-]*"
    r"|(?:final\s+)?execution\s+(?:copy|version|form)s?\s+"
    r"|(?:strictly\s+)?(?:private\s+(?:and|&)\s+)?confidential(?:\s+(?:treatment\s+requested|information))?\s+"
    r"|final\s+(?:version|form)?\s*|executed\s+(?:copy|version)?\s*"
    r"|conformed\s+copy\s+|redacted\s+(?:copy|version)?\s*|form\s+of\s+(?:the\s+)?|dated\s+|copy\s+|draft\s+"
    r"|commission\s+|version\s+|between\s+|page\s+\d+\s+|\d{4}\s+|this\s+|the\s+)+",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_JOINS = re.compile(r"(?:\b(?:and|or|of|for|to|the)|[,&/–-])\s*$|^\s*(?:and|or|of|for|to|&)\b", re.IGNORECASE)


def read_title(contract: Contract, preamble: int) -> Span | None:
    """The span of the title; `preamble` is where the parties are named.

    The title that the preamble repeats ("This Supply Agreement") is taken where the face first prints it.
    """
    text = contract.text
    face = (contract.begin, min(contract.end, max(preamble, contract.begin) + 400))
    named = next(contract.find(_THIS, max(contract.begin, preamble - 1500), preamble + 300), None)
    on_face = _on_face(contract, contract.begin, face[1])
    if named:
        wanted = r"\s*".join(re.escape(c) for c in re.findall(r"\w+|[^\w\s]", named["title"]))
        first = next(contract.find(re.compile(rf"\b{wanted}", re.IGNORECASE), *face), None)
        if first and first.start() < named.start("title"):
            # the face may say more: "AMENDED AND RESTATED SUPPLY AGREEMENT"
            return on_face if on_face and on_face[0] <= first.start() and first.end() <= on_face[1] else first.span()
        if on_face and on_face[1] < named.start() and _same_kind(text, on_face, named.span("title")):
            return on_face
        return named.span("title")
    return on_face


def _same_kind(text: str, one: Span, other: Span) -> bool:
    return bool(
        set(squeeze(text[slice(*one)]).lower().split())
        & (set(text[slice(*other)].lower().split()) - {"agreement", "and", "of"})
    )


def _on_face(contract: Contract, start: int, end: int) -> Span | None:
    text = contract.text
    for m in contract.find(_TITLE, start, end):
        low, high = m.span("title")
        for gap in _PARAGRAPH.finditer(text, low, high):
            if not (_JOINS.search(text[low : gap.start()]) or _JOINS.search(text[gap.end() : high])):
                low = gap.end()
        above = _ABOVE.match(text[low:high])
        if above and above.end() < high - low:
            low += above.end()
        if high - low > 5 and squeeze(text[low:high]).lower() not in ("this agreement", "the agreement", "agreement"):
            return low, high
    bare = next(contract.find(_BARE, start, end), None) or next(contract.find(_LETTER, start, end), None)
    return bare.span("title") if bare else None
