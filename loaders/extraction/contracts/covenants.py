"""Reads what the parties of a contract promise beside money: options, efforts, what is kept, forbidden, how it may end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biopact.graph.records import Value
from biopact.loaders.extraction.contracts.clauses import Contract, Span
from biopact.loaders.extraction.contracts.signatories import Signatories
from biopact.loaders.extraction.deal import Term

_LENGTH = (
    r"(?:(?:[\w-]+\s+)?\(\s*\d+\s*\)|\d+|[a-z]+(?:-[a-z]+)?)\s*(?:calendar\s+|business\s+)?(?:days?|weeks?|months?|years?)"
    r"(?:[’'])?"
)
_OPTION = re.compile(r"\b[Oo]ption\s+(?:to\b|for\s+an?\b|\()|\b(?:[Ee]xclusive|[Ss]ole)\s+[Oo]ption\b")
_GIVEN = re.compile(
    r"\b(?:(?:hereby\s+)?grants?|shall\s+have|will\s+have|has|is\s+granted)\s+(?:to\s+)?", re.IGNORECASE
)
_OPTION_WINDOW = re.compile(
    rf"\b(?:(?:within|during|for\s+a\s+period\s+of|until|no\s+later\s+than|at\s+any\s+time\s+(?:during|prior\s+to|before|until"
    rf"|within))\s[^.;,]{{0,80}}?(?:{_LENGTH}|Option\s+(?:Period|Term))(?:\s+(?:after|following|from|of|prior\s+to)\s[^.;,]{{3,100}})?)",
    re.IGNORECASE,
)
_TRIGGER = re.compile(
    r"\b(?:upon|following|after)\s+(?:the\s+)?(?:completion|receipt|delivery|achievement|approval)\b[^.;,]{3,120}"
)
_RETAINS = re.compile(
    r"\b(?:retains?|reserves?|shall\s+retain|will\s+retain)\b\s+(?:(?:to|for)\s+itself\s+)?(?:all|the|its|any|an|sole|exclusive"
    r"|full|other|such|worldwide|non-?exclusive|right|rights|title|and|or|,|\s)*?(?:rights?)\b"
)
_NOT_RIGHTS = re.compile(
    r"\b(?:trade\s?marks?|title\s+and\s+interest|jurisdiction|counsel|terminat\w+|reject|refuse|audit|remed\w+|"
    r"samples?|records|data\s+protection|change|modify|amend|withhold|suspend|inspect)\b",
    re.IGNORECASE,
)
_TO_USE = re.compile(
    r"\b(?:to|for)\s+(?:[\w-]+,?\s+){0,5}?(?:[Ee]xploit|[Dd]evelop|[Mm]anufactur|[Mm]ake|[Pp]romot|[Rr]esearch|[Pp]ractice"
    r"|[Cc]ommerciali|[Dd]etail|[Mm]arket|[Ss]ell|[Uu]se|[Ee]ducation|[Aa]cademic)"
)
_RETAINED_HEADING = re.compile(
    r"\b(?:Retained|Reserved)\s+Rights\b|\bReservation\s+of\s+Rights\b|\bRetention\s+of\s+Rights\b"
)
_EFFORTS = re.compile(
    r"\b(?:shall|will|agrees?\s+to|undertakes?\s+to)\s+(?:\w+\s+){0,4}?(?:use|exercise|apply)\s+(?:\w+\s+){0,4}?"
    r"(?:[Ee]fforts|[Dd]iligence)\s+(?:\([^()]{1,80}\)\s+)?(?:to|in)\s+(?:\w+\s+){0,3}?(?P<aim>[Dd]evelop|[Cc]ommerciali[sz]e|[Mm]arket"
    r"|[Pp]romot\w+|[Ll]aunch|[Oo]btain|[Ss]ell|[Ss]eek|[Cc]onduct|[Cc]omplete|[Mm]aximi[sz]e|[Ee]xploit)\w*"
)
_DILIGENCE = re.compile(r"\b[Dd]iligence\b|\bDILIGENCE\b")
_FORBIDS = re.compile(
    r"\b(?:shall|will|may|must|undertakes|agrees(?:\s+that\s+it\s+(?:shall|will))?)\s+not\b|\b(?:neither|nor)\b[^.;]{0,260}?\b(?:shall|will|may)\b"
    r"|\bshall\s+refrain\b|\bcovenants\s+not\b|\bagrees\s+not\s+to\b",
    re.IGNORECASE,
)
_COMPETES = re.compile(
    r"\b(?:[Cc]ompet(?:ing|itive|itor)(?:’s|'s)?\s+(?:[Pp]roducts?|[Cc]ompounds?|[Pp]rograms?|[Aa]ctivit\w+|[Bb]usiness\w*)"
    r"|compet(?:es?|ing)\s+(?:directly\s+|or\s+\w+\s+)?with\b|in\s+competition\s+with\b|[Nn]on-?[Cc]ompet\w+|NON-?COMPET\w+)"
)
_MAY_END = re.compile(
    r"\b(?:may\s+(?:also\s+|each\s+)?terminate|(?:shall|will)?\s*(?:have|has)\s+the\s+right\s+to\s+terminate|(?:shall|will)\s+be\s+entitled\s+to\s+terminate"
    r"|may\s+be\s+terminated)\b"
)
_AT_WILL = re.compile(
    r"\b(?:for\s+(?:its\s+)?convenience|without\s+cause|(?:for|with)\s+(?:any|no)\s+(?:reason|or\s+no\s+reason)|at\s+will"
    r"|with\s+or\s+without\s+cause|for\s+any\s+(?:or\s+no\s+)?reason|without\s+(?:giving\s+)?(?:any\s+)?reasons?"
    r"|at\s+any\s+time)\b",
    re.IGNORECASE,
)
_FOR_CAUSE = re.compile(
    r"\b(?:breach\w*|default\w*|for\s+cause|insolven\w+|bankrupt\w*|fails?|force\s+majeure|in\s+the\s+event|if\s|safety|change\s+of\s+control)\b",
    re.IGNORECASE,
)
_THIS = re.compile(r"\b(?:[Tt]his|[Tt]he)\s+(?:[A-Z]\w*\s+){0,3}(?:Agreement|Contract|AGREEMENT)\b")
_NOTICE = re.compile(
    rf"(?P<length>{_LENGTH})\s*(?:prior\s+|advance\s+|written\s+|[’']\s*)*(?:notice|notification)\b|notice\s+of\s+(?:at\s+least\s+|not\s+less\s+than\s+)?(?P<after>{_LENGTH})"
)


def read_covenants(contract: Contract, names: Signatories) -> Iterator[Term]:
    """Option, retained rights, diligence, what may not be done in competition, and termination at will."""
    party = re.compile(
        rf"(?<![\w’'])(?:{names.any}|[Ee]ither\s+Party|[Ee]ither\s+party|[Nn]either\s+Party|[Ee]ach\s+Party)(?!\w)",
        re.IGNORECASE,
    )
    yield from _option(contract, party)
    yield from _retained(contract, party)
    yield from _diligence(contract, party)
    yield from _non_compete(contract)
    yield from _at_will(contract, party)


def _option(contract: Contract, party: re.Pattern[str]) -> Iterator[Term]:
    """The option that one party gives another, with its window and what opens it."""
    text = contract.text
    for m in contract.find(_OPTION):
        low, high = contract.sentence(m.start(), 350, 600)
        given = max(_GIVEN.finditer(text, low, m.start()), key=lambda g: g.end(), default=None)
        if given is None or m.start() - given.end() > 90 or not party.search(text, low, m.start()):
            continue
        if re.search(
            r"\b(?:stock|shares?|terminate|employ\w+|dispos\w+|arbitrat\w+|renew|extend)\b",
            text[given.end() : m.end() + 60],
        ):
            continue
        details: dict[str, Value] = {}
        start = max(low, given.start() - 100)
        start = text.find(" ", start - 1, given.start()) + 1 if start > low else start
        end = min(high, start + 400)
        for name, pattern in (("period", _OPTION_WINDOW), ("event", _TRIGGER)):
            found = pattern.search(text, low, end)
            if found:
                details[name] = contract.words(found.span())[:200]
        yield contract.term("option", (start, end), value=contract.words((start, end))[:300], details=details)
        return


def _retained(contract: Contract, party: re.Pattern[str]) -> Iterator[Term]:
    best: tuple[int, Span] | None = None
    for m in contract.find(_RETAINS):
        low, high = contract.sentence(m.start(), 300, 400)
        if not party.search(text := contract.text, max(low, m.start() - 120), m.start()) or _NOT_RIGHTS.search(
            text, m.start(), min(high, m.end() + 60)
        ):
            continue
        headed = bool(_RETAINED_HEADING.search(text, max(contract.begin, low - 120), m.start()))
        science = bool(_TO_USE.search(text, m.end(), high))
        weight = 2 * headed + science
        if weight and (best is None or weight > best[0]):
            best = weight, (low if m.start() - low < 200 else max(low, m.start() - 120), high)
    if best is not None:
        span = _whole_words(contract, best[1])
        yield contract.term("retained rights", span, value=contract.words(span)[:300])


def _diligence(contract: Contract, party: re.Pattern[str]) -> Iterator[Term]:
    """The efforts that each party owes to the product, first where the contract calls them diligence."""
    found: dict[str, tuple[int, Span]] = {}
    text = contract.text
    for m in contract.find(_EFFORTS):
        low, high = contract.sentence(m.start(), 200, 400)
        who = max(party.finditer(text, low, m.start()), key=lambda p: p.end(), default=None)
        if who is None or m.start() - who.end() > 60:
            continue
        own = bool(
            re.search(
                r"\b(?:[Pp]roducts?|[Cc]ompounds?|[Vv]accines?|[Dd]evices?|[Aa]ntibod)", text[m.end("aim") : high]
            )
        )
        weight = 2 * bool(_DILIGENCE.search(text, max(contract.begin, low - 60), low + 30)) + own
        name = who.group().lower()
        if weight and (name not in found or weight > found[name][0]):
            found[name] = weight, (who.start(), high)
    for _, span in sorted(found.values(), key=lambda f: (-f[0], f[1]))[:2]:
        yield contract.term("diligence", span, value=contract.words(span)[:300])


def _non_compete(contract: Contract) -> Iterator[Term]:
    text = contract.text
    for m in contract.find(_COMPETES):
        low, high = contract.sentence(m.start(), 400, 400)
        forbids = _FORBIDS.search(text, low, m.end())
        if forbids is None or re.search(r"\b(?:means?|deemed|nothing)\b", text[low : m.start()], re.IGNORECASE):
            continue
        if not re.search(
            r"\b(?:develop|commerciali|market|sell|promot|distribut|manufactur|engage|license|conduct|detail|research|compete)",
            text[low:high],
            re.IGNORECASE,
        ):
            continue
        span = _whole_words(contract, (low if m.end() - low < 380 else max(low, forbids.start() - 80), high))
        yield contract.term("non-compete", span, value=contract.words(span)[:300])
        return


def _at_will(contract: Contract, party: re.Pattern[str]) -> Iterator[Term]:
    """Who may end the contract without a reason, and at what notice."""
    text = contract.text
    seen: set[str] = set()
    for m in contract.find(_MAY_END):
        low, high = contract.sentence(m.start(), 200, 400)
        will = _AT_WILL.search(text, low, high)
        if will is None or _FOR_CAUSE.search(text, low, m.end() + 20) or not _THIS.search(text, low, m.end() + 60):
            continue
        who = max(party.finditer(text, low, m.start()), key=lambda p: p.end(), default=None) or party.search(
            text, m.end(), high
        )
        if who is None or who.group().lower() in seen or len(seen) == 2:
            continue
        if will.group().lower() == "at any time" and _FOR_CAUSE.search(text, m.end(), min(high, m.end() + 200)):
            continue
        seen.add(who.group().lower())
        notice = _NOTICE.search(text, low, high)
        details: dict[str, Value] = {}
        if notice:
            details["period"] = contract.words(notice.span("length" if notice["length"] else "after")).rstrip("’'")
        yield contract.term("termination", (low, high), value=contract.words((low, high))[:300], details=details)


def _whole_words(contract: Contract, span: Span) -> Span:
    """A span that begins with a word, not within one."""
    start, end = span
    if start > contract.begin and contract.text[start - 1].isalnum() and contract.text[start].isalnum():
        start = contract.text.find(" ", start, end) + 1 or start
    return start, end
