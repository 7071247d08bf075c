"""Reads a list of parties as contracts print it: full names, the short names they are given, and their roles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from biopact.graph.names import company_key
from biopact.loaders.extraction.contracts.clauses import Contract, Span, squeeze
from biopact.loaders.extraction.lexicon import patterns

# the forms of the lexicon, and how a cover page prints them in capitals
FORM = (
    patterns("legal_forms").pattern
    + r"|CO\.,?\s+(?:LTD|LIMITED|INC)\.?|COMPANY|GMBH|KGAA|PTE\.?\s+LTD\.?|PTY\.?\s+LTD\.?|OYJ?|SARL"
)
_FORMS = re.compile(rf"(?<![\w-])(?:{FORM})(?![\w-])(?:[,\s]+(?:{FORM})(?![\w-]))*\.?")
_BARE_FORMS = frozenset(["company", "co", "as", "se", "ab", "sa", "ag", "lp", "nv", "kk"])
_INSTITUTION = re.compile(
    r"\b(?:universit\w+|institut\w+|hospitals?|foundation|college|trust|cent(?:er|re|rum)|agency|ministry"
    r"|department|regents|"
    r"fellows|council|clinic|school|government|laborator(?:y|ies)|pharma\w*|therapeutics|bio\w+|sciences?"
    r"|technolog\w+|partners|funding)\b",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\b(?:WHEREAS|Whereas|RECITALS?|Recitals?|BACKGROUND|Background|WITNESS\w*|Witnesseth|W\s?I\s?T\s?N\s?E\s?S"
    r"|NOW,?\s+THEREFORE|PREAMBLE|Preamble|TABLE\s+OF|Table\s+of|INTRODUCTION"
    r"|IT\s+IS\s+AGREED|IN\s+CONSIDERATION|In\s+consideration|D(?:ated|ATED)\b|Source:|Each\s+of|EACH\s+OF"
    r"|agree\s+as\s+follows|hereby\s+agree"
    r"|(?:are|is)\s+(?:each|sometimes|hereinafter|collectively|individually|referred|jointly|hereby)"
    r"|may\s+(?:each\s+)?(?:be|sometimes)|shall\s+(?:each\s+)?be\s+(?:individually|collectively|referred|known)"
    r"|are\s+the\s+part|regarding|[Cc]ontents\b|CONTENTS\b|ARTICLE|EXECUTION"
    r"|D\s?E\s?F\s?I\s?N\s?I\s?T\s?I\s?O\s?N\s?S|Definitions\b)"
    r"|(?<=\))\.\s+(?![Aa][Nn][Dd]\b|\()|(?<=\.)\s+(?:AGREEMENT\s+)?1\.\s+[A-Z]"
)
_QUOTED = re.compile(
    r"[\"“”‘'’]{1,2}\s*(?P<name>[A-Za-z][^\"“”()]{0,58}?)\s*[,.]?(?:[\"“”]|[’']{1,2}(?!\w)|\s*\Z)[\"“”’']?"
)
_ALIAS = re.compile(
    r"\(\s*(?P<quoted>[^()]{0,140}?[\"“”‘'’]{1,2}\s*[A-Za-z][^()]*?)\)"
    r"|\(\s*(?:the\s+)?(?P<bare>[A-Z][\w&.-]*(?:\s[A-Z][\w&.-]*){0,2})\s*\)(?!\s+(?:Pte|Pty|Ltd|Limited|Inc|GmbH|Co)\b)"
    r"|(?:(?:herein|here)?after|referred\s+to(?:\s+herein)?)[^.()\"“]{0,50}(?P<open>[\"“][^\"”]{1,40}[\"”](?:\s*(?:/|or|and)\s*[\"“][^\"”]{1,40}[\"”])*)"
    r"|(?<=\s)(?P<plain>[\"“][A-Z][^\"”]{1,40}[\"”](?:\s*(?:/|or|and)\s*[\"“][^\"”]{1,40}[\"”])*)"
)
_TOGETHER = re.compile(r"\b(?:together(?!\s+with\s+(?:its|their|any|all))|collectively|jointly|both)\b", re.IGNORECASE)
_NO_NAME = re.compile(
    r"(?:this\s+)?agreement|contract|effective date|commencement date|execution date|part(?:y|ies)|affiliates?"
    r"|.*\bdate|territory|products?|.*\bagreement|united states|us|uk|usa",
    re.IGNORECASE,
)
_NOT_IN_NAME = re.compile(
    r"\b(?:between|among|by|or|shall|will|this|that|from|agreement|Agreement|Party|Parties|Affiliates?)\b|%"
    r"|^(?:\W*(?:The|the|each|Each|\d+|company|Company|Corporation|Consultant|Contractor|Employee|and))+\W*$"
)
# where the name of a party ends and what is said about it begins
_NAME_END = re.compile(
    r"\s*(?:\((?!(?:[A-Z][\w.]*\s?){1,2}\)\s+(?:Pte|Pty|Ltd|Limited|Inc|GmbH|Co|LLC)\b)|;|:|[\"“”]|\n[^\S\n]*\n"
    r"|(?<=[a-z]{3})\.\s+(?=[A-Z])|_{3,}|\[|"
    r"\s(?:with|having|an?|whose|located|organi[sz]ed|incorporated|duly|acting|on\s+behalf|together|through"
    r"|for\s+itself|individually|established|existing|registered|domiciled|at|in\s+person|\d{2,}\w*)\s|"
    r"\s(?:a|an)\s|\s(?:and|AND|&)\s+(?:its|their|any|his|her|the)\s|\s(?:dated|DATED|Dated|as\s+of|AS\s+OF"
    r"|effective)\b|,)"
)
_JOINT = re.compile(
    r"(?:(?<![\w&])(?:and|AND|And|&)|(?<=[)\"”;])[,;.]|;|\n[^\S\n]*\n|(?<=\))\s)(?:[\s,:]*(?:and\b"
    r"|AND\b|between\b))?[\s:_]*"
    r"(?:on\s+the\s+(?:other|one)\s+(?:hand|part)\W+)?(?:\(?(?:\d|[a-c]|[ivx]{1,3})[.)]\s*)?[\"“]?(?=[A-Z\d])"
)
_PERSON = re.compile(
    r"(?:(?:Dr|Mr|Ms|Mrs|Prof|DR|MR)\.?\s+)?[A-Z][\w’'-]+(?:\s+[A-Z]\.?)?(?:\s+[A-Z][\w’'-]+){1,2}(?:,?\s+(?:M\.?D|Ph\.?D|Esq)\.?)*"
)
_ROLES = {
    "licensor": "licensor", "licensee": "licensee", "supplier": "supplier", "manufacturer": "supplier",
    "seller": "seller",
    "vendor": "seller", "customer": "customer", "buyer": "customer", "purchaser": "customer", "client": "customer",
    "distributor": "distributor", "optionee": "optionee", "acquirer": "acquirer", "investor": "investor",
    "issuer": "issuer",
    "collaborator": "collaborator",
}  # fmt: skip
# what a party may be called that is no name: roles, and the kinds of organisation it may be
COMMON = re.compile(
    rf"(?:the\s+)?(?:{'|'.join(_ROLES)}|company|contractor|consultant|employee|executive|employer|sponsor"
    rf"|(?:service\s+)?provider|institution"
    r"|university|agent|lender|borrower|landlord|tenant|lessor|lessee|parent|sub|owner|celebrity|licencee"
    r"|licencor|assignor|assignee|grantor"
    r"|grantee|corporation|marketer|promoter|representative|recipient|partners?|researcher|investigator|hospital"
    r"|bank|trustee|guarantor"
    r"|holder|subscriber|franchisor|franchisee|reseller|developer|participant|indemnitee|advisor|director"
    r"|officer|foundation|institute"
    r"|cent(?:er|re)|college|clinic|party(?:\s+\w+)?)",
    re.IGNORECASE,
)


@dataclass(eq=False, slots=True)
class Party:
    """One who signs: the name, where it stands, and how the contract calls it afterwards."""

    name: str
    span: Span
    called: list[str] = field(default_factory=list)  # "Licensor", "Acme"
    group: list[str] = field(default_factory=list)  # what it is called together with others
    individual: bool = False

    @property
    def role(self) -> str:
        """Its role, where the contract calls it by one; otherwise "party"."""
        return next((_ROLES[c.lower()] for c in self.called if c.lower() in _ROLES), "party")

    @property
    def aliases(self) -> list[str]:
        """The short names that are names: not "Licensor" or "the Company"."""
        return [c for c in self.called if not COMMON.fullmatch(c)]


def parties_from(contract: Contract, start: int) -> list[Party]:
    """The parties listed from an offset on."""
    text = contract.text
    limit = min(contract.end, start + 4000)
    stop = _STOP.search(text, start, limit)
    end = stop.start() if stop else min(limit, start + 2500)
    found: list[Party] = []
    at = start
    number = re.compile(r"\(?[\divxA-Ca-c]{1,3}[.)]\s*").match(text, at, end)
    if number:
        at = number.end()
    while at < end and len(found) < 12:
        span = name_at(text, at, end)
        if span is None or not (_plausible(text, span, end) or (not found and _named_next(text, span, end))):
            if not found:
                return []
            following = next((m.end() for m in _JOINT.finditer(text, at, end) if m.end() > at), None)
            if following is None:
                break
            at = following
            continue
        party = Party(squeeze(text[slice(*span)]).strip(" ,"), span)
        party.individual = is_individual(party.name, text[span[1] : span[1] + 60])
        following = _next_party(text, span[1], end)
        note_short_names(text, span[1], following or end, party, found)
        if not any(company_key(p.name) == company_key(party.name) for p in found):
            found.append(party)
        if following is None:
            break
        at = following
    return found


def name_at(text: str, start: int, end: int) -> Span | None:
    """The span of the name that begins at an offset."""
    limit = min(end, start + 160)
    stop = limit
    position = start
    while True:
        m = _NAME_END.search(text, position, limit)
        if m is None:
            break
        form = _FORMS.match(text, m.end()) or re.compile(r"\s*").match(text, m.end())
        after = (
            _FORMS.match(text, form.end() if form and form.group().isspace() else m.end())
            if m.group().strip() == ","
            else None
        )
        if after:  # "Acme, Inc."
            position = after.end()
            if _ends_name(text, after, limit):
                stop = after.end()
                break
            continue
        stop = m.start()
        break
    for form in _FORMS.finditer(text, start + 1, stop):
        if _ends_name(text, form, limit):
            stop = form.end()
            break
    else:
        joined = re.compile(r"\s(?:and|AND)\s").search(text, start, stop)
        if joined and not _INSTITUTION.search(text, joined.end(), stop):
            stop = joined.start()
    name = re.sub(r"\s+(?:of|and|by|AND|OF)$", "", text[start:stop].rstrip(" ,\n\t_"))
    if not re.match(r"[A-Z\d]", name) or len(name) < 2 or not re.search("[A-Za-z]{2}", name):
        return None
    return start, start + len(name)


def _ends_name(text: str, form: re.Match[str], limit: int) -> bool:
    """Whether a legal form closes the name: "Merck & Co., Inc." goes on, and so does "Acme Company Holdings Ltd"."""
    bare = form.group().strip(" .,").lower()
    if bare not in _BARE_FORMS:
        return True
    following = re.compile(r"\s+(?!(?:and|AND)\b)[A-Z][\w]+").match(text, form.end(), limit)
    return not (following and _FORMS.search(text, following.start(), min(limit, following.end() + 40)))


def has_form(name: str) -> bool:
    """Whether a name holds a legal form, as in "Acme, Inc."."""
    return bool(_FORMS.search(name, 1))


def _plausible(text: str, span: Span, end: int) -> bool:
    name = text[slice(*span)]
    if len(name.split()) > 14 or _NO_NAME.fullmatch(squeeze(name)) or _NOT_IN_NAME.search(name):
        return False
    if has_form(name) or _INSTITUTION.search(name):
        return True
    return _named_next(text, span, end)


def _named_next(text: str, span: Span, end: int) -> bool:
    """Whether a name without a legal form is followed by what only follows a party's name."""
    if not re.fullmatch(
        r"[\"“]?(?:[A-Z\d][\w.,’'&®-]*|of|de|van|von|di|and|&)(?:\s+(?:[A-Z\d(][\w.,’'&®)-]*|of|the|de|van|von"
        r"|di|and|&)){0,7}",
        squeeze(text[slice(*span)]),
    ):
        return False
    if _NOT_IN_NAME.search(text[slice(*span)]):
        return False
    tail = text[span[1] : min(end, span[1] + 400)]
    if re.match(
        r"\s*,?\s*\(?\s*(?:an?\s+(?:\w+\s+){0,4}(?:individual|corporation|company|partnership|person|citizen"
        r"|entity|limited)|[Bb]usinessperson|residing)",
        tail,
    ):
        return True
    m = _ALIAS.search(tail)
    return bool(
        m
        and m.start() < 80
        and not re.search(r"\b(?:with|whose|registered|number)\b", tail[: m.start()])
        and not re.search(r"\b(?:and|AND)\s+[A-Z]", tail[: m.start()])
        and _quotes(m)
    )


def _next_party(text: str, start: int, end: int) -> int | None:
    """Where the name of the next party begins."""
    for m in _JOINT.finditer(text, start, end):
        opened = text.count("(", start, m.start()) - text.count(")", start, m.start())
        if opened > 0:
            continue
        span = name_at(text, m.end(), end)
        if span is None:
            continue
        if _plausible(text, span, end) and not re.match(
            r"(?:Affiliate|Subsidiar|Its\b|Section|Suite|Road|Street)", text[m.end() :]
        ):
            strong = re.search(r"\band\b|&", m.group(), re.IGNORECASE) or has_form(text[slice(*span)])
            if strong or _named_next(text, span, end):
                return m.end()
    return None


def note_short_names(text: str, start: int, end: int, party: Party, earlier: list[Party]) -> None:
    """Note the short names between a party's name and the next party's."""
    for m in _ALIAS.finditer(text, start, end):
        for name, together in _quotes(m):
            for each in [party, *earlier] if together else [party]:
                names = each.group if together else each.called
                if name not in names:
                    names.append(name)


def _quotes(m: re.Match[str]) -> list[tuple[str, bool]]:
    if m["bare"]:
        names = [(m["bare"], False)]
    else:
        words = m["quoted"] or m["open"] or m["plain"] or ""
        names = []
        for q in _QUOTED.finditer(words):
            before = words[: q.start()]
            names.append((squeeze(q["name"]), bool(_TOGETHER.search(before.rpartition(";")[2]))))
    clean = [(re.sub(r"^(?:the|The)\s+", "", n).strip(" ,."), t) for n, t in names]
    return [(n, t) for n, t in clean if n and not _NO_NAME.fullmatch(n) and n[0].isupper()]


def is_individual(name: str, following: str) -> bool:
    """Whether a name, or the words after it, are those of a human being."""
    if re.match(r"[^a-z]{0,25}\b(?:an?\s+(?:\w+\s+)?individual|residing|[Ee]mployee)", following):
        return True
    return not has_form(name) and not _INSTITUTION.search(name) and bool(_PERSON.fullmatch(name))
