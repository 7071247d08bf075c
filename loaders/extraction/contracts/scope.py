"""Reads where and for what the rights of a contract hold: territory, field, sublicences."""

from __future__ import annotations

import re

from biopact.loaders.extraction.contracts.clauses import Contract, Span, squeeze
from biopact.loaders.extraction.values import redactions

_WORLD = re.compile(
    r"\b(?:world-?\s?wide|throughout\s+the\s+(?:entire\s+)?(?:world|universe)|(?:the\s+)?(?:entire|whole)\s+world|all\s+(?:of\s+the\s+)?(?:countries|territories)\s+(?:of|in|throughout)\s+the\s+world|the\s+world|anywhere\s+in\s+the\s+world)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:,?\s*(?:with\s+respect\s+to|as\s+to)[^,]{1,80},\s*)?(?:(?:any|all|each)\s+(?:and\s+all\s+)?(?:of\s+)?)?(?:the\s+)?(?:following\s+)?(?:(?:countries|country|territory|territories|geographic\s+area|jurisdictions)\s+(?:of|in|comprising|listed\s+(?:on|in))\s+)?(?:the\s+)?(?:following\s*:?\s*)?",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"[,;(]?\s*(?:\b(?:including|together\s+with|and\s+(?:its|their|all\s+of\s+(?:its|their)|any)\s|as\s+(?:well|set|such|they|it|may|further)|which|provided|unless|where|for\s+so\s+long|in\s+each\s+case)\b|(?<=[a-z])\.\s|\n[^\S\n]*\n|\s\d+\.\d+\s)"
)
_SUBLICENCE = re.compile(
    r"[^.;]{0,160}\b(?:right\s+to\s+(?:grant\s+)?sub-?licen[cs]e|sub-?licen[cs](?:e|able|ing)|grant\s+sub-?licen[cs]es)[^.;]{0,160}",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:without\s+(?:the\s+)?right\s+to|no\s+right\s+to|not\s+(?:have\s+the\s+right\s+to|be\s+entitled\s+to|grant)|non-?\s?sub-?licen[cs]|may\s+not|shall\s+not)\b",
    re.IGNORECASE,
)


def read_territory(contract: Contract, licence: Span | None) -> tuple[str | None, Span] | None:
    """The territory as a place, None where it is blacked out; from its definition, or from the words of the licence."""
    for definition in contract.definitions(r"(?:Licensed\s+)?Territory", r"(?:[A-Z]\w+\s+)Territory", "TERRITORY"):
        start, end = definition.body
        said = _territory(contract.text[start:end])
        if said:
            return said, definition.whole
        if next(redactions(contract.text, start, end), None):
            return None, definition.whole
    if licence:
        world = _WORLD.search(contract.text, *licence)
        if world:
            return "worldwide", licence
        inline = re.compile(
            r"\b(?:in|within|throughout|for)\s+(?P<place>(?:the\s+)?[A-Z][^()\"“;.]{2,120}?)\s*\((?:the\s+|collectively,?\s+(?:the\s+)?)?[\"“](?:the\s+)?Territory[\"”]"
        ).search(contract.text, *licence)
        if inline:
            return _territory(inline["place"]) or None, licence
    inline_any = next(
        contract.find(
            re.compile(
                r"\b(?:in|within|throughout|for)\s+(?P<place>(?:the\s+)?[A-Z][^()\"“;.]{2,120}?)\s*\((?:the\s+|collectively,?\s+(?:the\s+)?)?[\"“]?(?:the\s+)?Territory[\"”]"
            )
        ),
        None,
    )
    if inline_any:
        said = _territory(inline_any["place"])
        return (said, inline_any.span()) if said else None
    return None


def _territory(body: str) -> str | None:
    body = squeeze(body)
    world = _WORLD.search(body)
    if world and world.start() < 60:
        but = re.search(
            r"\b(?:other\s+than|except(?:ing|\s+for)?|excluding|with\s+the\s+exception\s+of|outside)\s+(?:of\s+)?[^.;]{3,100}",
            body,
        )
        return f"worldwide {but.group()}" if but else "worldwide"
    words = _LEAD.sub("", body)
    cut = _CUT.search(words)
    words = (words[: cut.start()] if cut else words).strip(" .,;:")
    if (
        not re.match(r"[A-Z]", words)
        or len(words) < 2
        or re.match(r"(?:Section|Article|Exhibit|Schedule|Appendix|Annex)\b", words)
    ):
        return None
    return words[:160].rpartition(" ")[0] if len(words) > 160 else words


def read_field(contract: Contract) -> tuple[str | None, Span] | None:
    """The field of use in the contract's words, None where it is blacked out."""
    for definition in contract.definitions(r"(?:Licensed\s+|Exclusive\s+)?Field(?:\s+of\s+Use)?", "FIELD"):
        start, end = definition.body
        body = squeeze(contract.text[start:end]).strip(" .,;:")
        if next(redactions(body), None) and len(body) < 60:
            return None, definition.whole
        if re.match(r"(?:as\s+)?set\s+forth", body) or len(body) < 4:
            continue
        body = re.split(r"(?<=[a-z)])[.;]\s", body)[0]
        body = re.sub(r"^the\s+", "", body)
        return (body[:240].rpartition(" ")[0] if len(body) > 240 else body), definition.whole
    return None


def read_sublicensing(contract: Contract, licence: Span) -> tuple[str, Span] | None:
    """Whether the licensee may grant sublicences, from the words of the licence."""
    m = _SUBLICENCE.search(contract.text, licence[0], min(contract.end, licence[1] + 300))
    if m is None:
        return None
    return ("not permitted" if _DENIED.search(m.group()) else "permitted"), m.span()
