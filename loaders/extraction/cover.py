"""Reads who filed: facts of the submission header and the cover page to companies, identifiers and former names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from biopact.graph.names import company_key, company_name
from biopact.graph.records import Evidence
from biopact.loaders.extraction.deal import Entity
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.namesakes import full_key, namesakes
from biopact.loaders.filing import CoverFact, Document

_PROPERTIES = ("cik", "commission_file_number", "irs_number", "jurisdiction", "ticker", "exchange")
_OWNERS = ("filed_by", "reporting_owner")  # who files about another company, which is then the registrant
_NAMES = ("registrant", *_OWNERS)
# EDGAR tells namesakes apart by what stands after a slash: ALNORA RESEARCH INC /IN/
_SLASH = re.compile(r"\s+[/\\][A-Za-z]{0,5}[/\\]?$|(?<=\w)/[A-Z]{2,5}/$")
# Words of organisations that carry no legal form; what has neither is taken for a person where people may stand.
_ORGANISATION = re.compile(
    r"\b(?:L\.?P\.?|L\.?L\.?C\.?|L\.?L\.?P\.?|P\.?C\.?|capital|partners|partnership|funds?|management|trust|bank|"
    r"banc\w*|advis[eo]rs?|group|investments?|investors|ventures?|university|college|foundation|associates|asset|"
    r"financial|insurance|pension|plan|retirement|system|equity|master|offshore|global|international|industries|"
    r"enterprises|pharma\w*|therapeutics|bio\w+|laboratories|sciences|institute|hospital|ministry|government|"
    r"republic|state of|securities|gestion|sicav)\b",
    re.IGNORECASE,
)
_FORMER_LABEL = re.compile(
    r"\(?\s{0,9}Former\s+name(?:,\s{0,9}former\s+address\b|\s+or\s+(?:former\s+)?address|,?\s+if\s+changed)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"(?:n\s?/?\s?a|not\s+applicable|none|no\s+change|same)\W*", re.IGNORECASE)
_COVER_LENGTH = 12_000
_LONGEST_NAME = 150


def clean_header_name(name: str) -> str:
    """A conformed name without what EDGAR adds to tell namesakes apart.

    >>> clean_header_name("ALNORA RESEARCH INC /DE/"), clean_header_name("ALNORA CORP /")
    ('ALNORA RESEARCH INC', 'ALNORA CORP')
    """
    return _SLASH.sub("", re.sub(r"\s+", " ", name)).strip(' ,;*"“”|')


def is_organisation(name: str) -> bool:
    """Whether a name reads like an organisation's rather than a person's.

    >>> is_organisation("Alnora Partners, L.P."), is_organisation("Doe Jane Q")
    (True, False)
    """
    return bool(company_name(name).forms) or _ORGANISATION.search(name) is not None or any(c.isdigit() for c in name)


def read_cover(book: FactBook) -> list[Entity]:
    """The companies and persons that made the filing, with identifiers and former names; the first one leads.

    In a form about another company's shares the filers are the owners; that company is known to the book
    (see `subject_company`), but it filed nothing.
    """
    groups = _groups(book)
    header, pages = groups[True], groups[False]
    parties = header or pages
    has_owners = any(_name(p, _OWNERS) for p in parties)
    if not header and not has_owners and re.match(r"(?:SC|SCHEDULE) ?(?:13|14|TO)", book.filing.form or ""):
        return []  # its cover names an issuer that did not file it
    wanted = _OWNERS if has_owners else _NAMES
    lone = len(parties) == 1
    alike = namesakes(_called(p) for p in parties)
    filers: list[Entity] = []
    for party in parties:
        page = _page_of(party, pages, lone) if header and _name(party, wanted) else []
        entity = _entity_of(book, [*party, *page], alike)
        if entity is not None and _name(party, wanted) and entity not in filers:
            filers.append(entity)
    for filer in filers:
        book.filed(filer, filer.evidence)
    book.keep.extend(f for f in filers if f not in book.keep)
    if len(filers) == 1 and not has_owners:
        _former_name_on_cover(book, filers[0])
    return filers


def subject_company(book: FactBook) -> Entity | None:
    """The company that a filing of others is about, where the header or the form names exactly one."""
    groups = _groups(book)
    parties = groups[True] or groups[False]
    if not any(_name(p, _OWNERS) for p in parties):
        return None
    subjects = [p for p in parties if not _name(p, _OWNERS)]
    return book.find("Company", _called(subjects[0])) if len(subjects) == 1 else None


def _groups(book: FactBook) -> dict[bool, list[list[CoverFact]]]:
    """Facts by company, for the header (True) and for the documents (False); those without a name are left out."""
    types = {d.sequence: d for d in book.filing.documents}
    found: dict[bool, dict[int, list[CoverFact]]] = {True: {}, False: {}}
    for fact in book.filing.cover:
        document = types.get(fact.document)
        if document is not None and fact.value.strip() and document.text[fact.start : fact.end].strip():
            found[document.type == "SEC-HEADER"].setdefault(fact.company, []).append(fact)
    return {where: [g for _, g in sorted(by.items()) if _called(g)] for where, by in found.items()}


def _name(party: Iterable[CoverFact], names: Iterable[str] = _NAMES) -> CoverFact | None:
    return next((f for f in party if f.name in names), None)


def _called(party: Iterable[CoverFact]) -> str:
    fact = _name(party)
    name = clean_header_name(fact.value) if fact else ""
    return name if len(name) <= _LONGEST_NAME and re.search(r"\w", name) else ""


def _page_of(party: list[CoverFact], pages: list[list[CoverFact]], lone: bool) -> list[CoverFact]:
    """What the cover page says of a party of the header: the same name, or the only one there is."""
    for same in (full_key, company_key):
        for page in pages:
            if same(_called(page)) == same(_called(party)):
                return page
    return pages[0] if lone and len(pages) == 1 else []


def _entity_of(book: FactBook, facts: list[CoverFact], alike: frozenset[str]) -> Entity | None:
    names = [clean_header_name(f.value) for f in facts if f.name in _NAMES]
    names.sort(key=str.isupper)  # the header shouts; the cover page, as a rule, does not
    called = _name(facts)
    if called is None or not names[0]:
        return None
    values = {f.name: f.value for f in reversed(facts) if f.name in _PROPERTIES}
    owner = _name(facts, _OWNERS) is not None
    person = owner and "jurisdiction" not in values and not any(map(is_organisation, names))
    exact = any(full_key(n) in alike for n in names)
    entity = book.entity("Person" if person else "Company", names[0], aliases=names[1:], exact=exact)
    for fact in facts:
        if fact.name in _NAMES or (fact.name in _PROPERTIES and (fact.name == "cik" or not person)):
            evidence = _quote(book, fact, f"cover/{fact.name.replace('_', '-')}")
            entity.evidence.extend(e for e in [evidence] if e not in entity.evidence)
    for name, value in values.items():
        if name == "cik" or not person:
            entity.properties.setdefault(name, value)
    _former_names(book, entity, facts, _quote(book, called, "cover/name"))
    return entity


def _document(book: FactBook, fact: CoverFact) -> Document:
    return next(d for d in book.filing.documents if d.sequence == fact.document)


def _quote(book: FactBook, fact: CoverFact, rule: str, end: int = 0) -> Evidence:
    """The fact's words; in the header the whole line, which says what the value is, to `end` if that is given."""
    document = _document(book, fact)
    start = fact.start
    if document.type == "SEC-HEADER":
        start = document.text.rfind("\n", 0, fact.start) + 1
    return book.quote(document, start, max(fact.end, end), rule, 0.98)


def _former_names(book: FactBook, entity: Entity, facts: list[CoverFact], present: Evidence) -> None:
    """Former names of the header. EDGAR prints beside each the day that it calls the date of name change."""
    for number, fact in enumerate(facts):
        if fact.name != "former_name":
            continue
        following = facts[number + 1] if number + 1 < len(facts) else None
        changed = following if following and following.name == "name_changed" else None
        words = _quote(book, fact, "cover/former-name", changed.end if changed else 0)
        _formerly(book, entity, clean_header_name(fact.value), [present, words], changed.value if changed else None)


def _formerly(book: FactBook, entity: Entity, old: str, evidence: list[Evidence], date: str | None) -> None:
    """State a former name; one that differs in its legal form only is an alias."""
    if not re.search(r"\w", old) or len(old) > _LONGEST_NAME:
        return
    if company_key(old) in {company_key(n) for n in (entity.name, *entity.aliases)}:
        entity.alias(old)
        return
    former = book.entity(entity.type, old, evidence[-1])
    book.relate("FORMERLY_NAMED", entity, former, evidence, date=date)


def _former_name_on_cover(book: FactBook, filer: Entity) -> None:
    """The old name that stands over "(Former name or former address, if changed since last report)"."""
    for document in book.filing.documents:
        text = document.text
        label = _FORMER_LABEL.search(text, document.begin, min(document.end, document.begin + _COVER_LENGTH))
        if document.type == "SEC-HEADER" or label is None:
            continue
        above = words_above(text, max(document.begin, label.start() - 600), label.start())
        if above is None:
            return
        name = re.sub(r"\s+", " ", text[slice(*above)])
        if _NO_NAME.fullmatch(name) or not company_name(name).forms:
            return  # nothing, an address or a telephone number
        if re.match(r"[(\d]|registrant|address", name, re.IGNORECASE):
            return
        words = book.quote(document, above[0], label.end(), "cover/former-name", 0.85)
        _formerly(book, filer, name, [*filer.evidence[:1], words], None)
        return


def words_above(text: str, begin: int, end: int) -> tuple[int, int] | None:
    """The span of the last words before a label: on its line, else on the nearest line above, rules left out."""
    while end > begin:
        start = max(begin, text.rfind("\n", begin, end) + 1)
        line = text[start:end]
        words = line.strip(" \t\r\xa0|*_=.+-–—(")
        if any(c.isalpha() for c in words):
            offset = start + line.index(words)
            stop = offset + len(words)
            return offset, stop + (text[stop : stop + 1] == ".")
        end = start - 1
    return None
