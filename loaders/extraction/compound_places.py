"""Compounds told by the place they stand in: sentences, lists, italics and tables of trade marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biopact.loaders.extraction.compounds import ACRONYM, FORM, NAME, Drug, is_code, is_inn, names_technology
from biopact.loaders.extraction.lexicon import words

_SECOND_WORD = re.compile(r"\b[A-Z][a-z]+ $")  # "Orphan Designation", "United States"
_SORT = (
    r"(?:antibod(?:y|ies)|inhibitor|agonist|antagonist|vaccine|molecule|(?:drug|product|vaccine|clinical|development|lead) candidate|"
    r"therapeutic|anthracycline|fusion protein|peptide|formulation|conjugate|medication|treatment|therapy|drug|medicine|prodrug|"
    r"biosimilar|immunotherapy|biologic|oral film|tablet|injection|eye drop|degrader|modulator|bispecific|enzyme|antiviral|antibiotic|(?:lead|flagship) (?:product|asset|program)|lead (?:[\w-]+ )?candidate)"
)
# Places in a sentence where a compound stands. Each has one group, the name.
_SLOTS = [
    re.compile(p)
    for p in (
        rf"\b(?:drug|product|vaccine|clinical|lead|development|therapeutic|antibody|device)\s(?:product\s|drug\s|clinical\s|vaccine\s|development\s)?(?:candidates?|compound|molecule|asset|program|product),?\s(?:called\s|known as\s|named\s|is\s)?[\"“*]?({NAME}{FORM})\b",
        rf"\b(?:flagship|lead|marketed|approved|mature|investigational)\s(?:[a-z-]+\s){{0,3}}(?:therapy|brand|drug|medicine|antibody|treatment|vaccine|product)\s\*?({NAME}{FORM})\b",
        rf"\b(?:called|known as|named(?!\s[A-Z]\w*\s[A-Z][a-z])|designated|branded as)\s[\"“]?({NAME})[\"”]?(?=[\s,.;)])",
        rf"\b(?:commerciali[sz]e|commercializing|commerciali[sz]ation of|manufacture|manufacturing of|market|develop and commerciali[sz]e|distribute|promote|co-promote|co-develop|sales of|rights to|licen[sc]e (?:to|for|of)|in-licensing of|supply of|supplies of|marketing of|distribution of|development of|development and commercialization of)\s(?:the\s)?\*?({NAME}{FORM})\b(?!\s[A-Z][a-z])",
        rf"\b({NAME})\*?(?:\s\([^()]{{2,40}}\))?\s(?:is|are|was)\s(?:an?|the|our|its|[A-Z]\w+[’']s?)\s(?:[\w’'-]+,?\s){{0,8}}?{_SORT}\b(?!\s(?:company|developer|maker|firm))",
        rf"\b((?:[A-Z]{{4,}}\s)?{NAME}{FORM})\*?,\s(?:which is\s)?(?:an?|our|its|the (?:[Cc]ompany[’']s|first|only)|[A-Z]\w+[’']s)\s(?:[\w()/-]+,?\s){{0,6}}?{_SORT}\b(?!\s(?:company|developer|maker|firm|provider))",
        rf"\b(?:royalt(?:y|ies) on|launch(?:es|ed)?(?: of)?|re-?launched|(?:NDA|BLA|ANDA|sNDA|sBLA|MAA|IND)s? (?:for|of)|revenues? from|prescriptions (?:of|for)|commercial sales? of|distributes|distributed|markets|marketed|(?:FDA|EMA|PMDA|NMPA|Commission) (?:has )?(?:approved|cleared))\s(?:the\s)?\*?({NAME}{FORM})\b(?!\s[A-Z][a-z])",
        rf"\b(?:test|device|assay|kit|implant|patch|diagnostic|injector|biosimilar|brand|capsule|gel|cream),\s(?:the\s)?\*?({NAME})(?=[®™,.;])",
        rf"\b({NAME})\*?\s(?:generated|achieved|recorded|had)\s(?:[\w-]+\s){{0,3}}?(?:product\s)?(?:revenues?|sales)\b",
        rf"\b({NAME})\sis\s(?:currently\s)?(?:being developed|in development|in (?:a )?Phase|approved (?:for|by|in))",
        rf"\b({NAME}{FORM})\*?,?\s(?:(?:which )?(?:is|are|was|were)\s(?:also\s)?(?:indicated|intended|approved|prescribed|being (?:developed|evaluated|studied|investigated))\s)?(?:for|in) the (?:treatment|prevention|relief|management) of\b",
        rf"\b(?:[Oo]ur|[Ii]ts|[Tt]heir|[A-Z]\w+[’']s)\s(?:[\w-]+\s){{0,3}}?(?:drug|therapy|treatment|medicine|medication|vaccine|antibody|candidate|(?<!the\s)program),?\s[\"“]?({NAME}{FORM})\b(?=[®™,.;)”\"]|\s(?:for|in|to|has|have|is|was|and|with|from|as|grow\w+|will)\b)",
        rf"\b({NAME}{FORM})\*?,\s(?:which\s(?:is|was|we)\s)?(?:(?:in-|out-)?licensed\s(?:from|to|and\s)|(?:co-|jointly\s)(?:developed|promoted|marketed|commerciali[sz]ed)\s(?:with|by)|developed\s(?:in\s(?:collaboration|partnership)|jointly)\s)",
        rf"\b({NAME})\s\([a-z]{{6,}}\s(?:{'|'.join(words('salts'))})\)",
        rf"\b(?:brand|trade|proprietary)\sname,?\s(?:of\s)?[\"“]?({NAME}{FORM})\b",
        r"\b(?:[Oo]ur|[Ii]ts|[Tt]heir|the)\s([A-Z][a-z]+[A-Z][a-z]+)[®™]?\s(?:[a-z-]+\s){0,2}(?:vaccine|tablets?|capsules?|injection|patch|nasal spray|eye drops?|gel|cream)\b",
        rf"\b(?:we|which we|we have|the [Cc]ompany) (?:call|calls|called|named|refers? to as|designated?) [\"“]?({NAME})\b(?=[®™,.;)”\"])",
        r"\b(?:[Oo]ur|[Ii]ts|the|[Oo]f|for|from)\s([A-Z]{2,6}-[A-Z]{2,6})\s(?:[A-Z][\w-]+\s)?(?:vaccine|antibody|tablets?|capsules?|nasal spray|oral film|patch|injection)\b",
        r"\b(?:patch|vaccine|implant|solution|gel|cream|spray|film|tablet|conjugate|peptide)\s\([\"“]?([A-Z]{1,5}-[A-Z]{2,6})[\"”]?\)",
        rf"\b(?!the\b)[\w-]*[a-z]\s(?:drug|medicine|medication|brand)\s({NAME}{FORM})\b(?=[®™,;)]|\s(?:for|in|has|is|was|with|successfully|[a-z]+ed)\b)",
        rf"\b(?:generics? (?:versions?|forms?|equivalents?) of|(?:patents|claims) covering)\s({NAME}{FORM})\b(?!\s[A-Z][a-z])",
        rf"\b(?:combination with|combined with|dose of|doses of|treated with|administration of|patients on|(?:[Tt]rials?|[Ss]tudy|STUDY) (?:of|using|evaluating|testing)|efficacy of|safety of|approval of)\s\*?({NAME}{FORM})\b(?!\s[A-Z][a-z])",
    )
]
_ASIDE = r"(?:\s\([^()]{2,40}\))?"
# a list of products: each capitalised member of it
_PRODUCTS = re.compile(
    rf"\b(?:[Pp]ipeline|[Pp]ortfolio|[Pp]roducts|drugs|brands|medicines|medications|therapies|treatments|product candidates|drug candidates|vaccines|antibodies|compounds)"
    rf"(?:\s[\w-]+){{0,3}}?(?:,?\s(?:such as|including|includes?|consists? of|comprises?|like|are|were|namely|particularly)|:|\s?[—–])\s?"
    rf"(?P<list>\*?{NAME}{FORM}[®™]?\*?{_ASIDE}(?:(?:,\s(?:and\s)?(?:the\s)?|\s(?:and|or)\s(?:the\s)?)\*?{NAME}{FORM}[®™]?\*?{_ASIDE}){{1,12}})"
)
_THEIRS = re.compile(
    rf"\b(?:[Ii]ts|[Oo]ur|[Tt]heir)\s(?P<list>{NAME}[®™]?(?:,\s{NAME}[®™]?){{0,4}},?\sand\s{NAME}[®™]?)\s(?:[a-z-]+\s){{0,4}}"
    r"(?:treatments|drugs|medicines|vaccines|therapies|brands|antibodies|tablets)\b"
)
_MEMBER = re.compile(rf"\([^()]*\)|({NAME}{FORM})")


def placed(text: str, begin: int, end: int) -> Iterator[Drug]:
    """Names that stand where only a compound can; the caller rules out companies and plain words."""
    for slot in _SLOTS:
        for m in slot.finditer(text, begin, end):
            name = m.group(1)
            if (
                name not in words("not_first")
                and name not in words("generic_words")
                and len(name) > 2
                and is_code(name)
                and not ACRONYM.fullmatch(name)
                and not names_technology(text, m.start(1), m.end(1))
                and not _SECOND_WORD.search(text, max(0, m.start(1) - 24), m.start(1))
            ):
                behind = _CAPITAL.match(text, m.end(1), end)
                if behind and (
                    is_inn(behind.group(1)) or behind.group(1).lower() in words("inn_stems")
                ):  # "ALNEX Fentanyl"
                    yield Drug(f"{name} {behind.group(1)}", m.start(1), behind.end(), "compound/place")
                else:
                    yield Drug(name, m.start(1), m.end(1), "compound/place")
    for m in _SHORTENED.finditer(text, begin, end):
        yield Drug(m["short"], m.start("short"), m.end("short"), "compound/place", m["long"])
    yield from _in_italics(text, begin, end)
    for found in (*_PRODUCTS.finditer(text, begin, end), *_THEIRS.finditer(text, begin, end)):
        for m in _MEMBER.finditer(text, *found.span("list")):
            if m.group(1) and _fanciful(m.group(1)):
                yield Drug(m.group(1), m.start(), m.end(), "compound/place")


_CAPITAL = re.compile(r"\s([A-Z][a-z]{4,})\b")
_ITALICS = re.compile(
    r"\b(?:medicine|product|brand|trade ?mark)s?(?: names?)?\b[^.]{0,80}\bin italics\b|\bitalic[^.]{0,80}\b(?:trade ?marks|brand names|medicine names|product names)\b",
    re.IGNORECASE,
)
_ITALIC = re.compile(r"(?<![*\w])\*([A-Z][\w-]{3,20}(?: [A-Z][a-z]{3,14})?)\*(?![*\w])")
_MARK_TABLE = re.compile(
    r"^\|\s*\**(?:trade ?marks?|brands?(?: names?)?|medicines?|products?(?: names?)?)\**\s*\|\s*\**(?:licensors?|owners?|licensed from|generic names?|active ingredients?|approved indications?)\b[^\n]*\n\|[\s:|-]+\n(?P<rows>(?:\|[^\n]*\n?){1,60})",
    re.IGNORECASE | re.MULTILINE,
)
_FIRST_CELL = re.compile(r"^\|\s*\*{0,2}([A-Z][\w-]{3,20}(?: [A-Z][\w-]{1,14})?)[®™]?\*{0,2}\s*\|", re.MULTILINE)


_INLINE_ITALIC = re.compile(r"(?<=[\s(/])\*([A-Z][a-z]{4,14})\*(?=[\s,.;:)/’'])")
# what is said before and behind a medicine's name
_OF_MEDICINES = re.compile(
    r"\b(?:generic(?: versions?)?|launch(?:es)?|sales|rights|royalt\w+|conversion|patents?|ANDA|BLA|NDA|approval|treat\w*|efficacy|safety|combination|"
    r"dos(?:e|es|ing)|oncology|franchise|medicines?|products?|use|disposal|supply|in-licensed)\b[^.;|]{0,50}$",
    re.IGNORECASE,
)
_MEDICINES_OF = re.compile(
    r"[\s,]{1,2}(?:(?:is|was|were|has been|had been)\s)?(?:an?\s|the\s)?(?:approved|indicated|launched|granted|met|demonstrated|showed|in combination|for the treatment|"
    r"(?:[\w-]+\s){0,3}(?:tablets?|capsules?|injections?|patents?|sales|vaccine|inhibitor|trials?))\b"
)
_MARKS_STATED = re.compile(
    r"\b(?:medicine|product|brand)s?(?: names?)?\b[^.\n]{0,120}\btrade ?marks? of\b[^.\n]{0,60}:[^|]{0,40}(?P<rows>(?:\|[^\n]*\n?){1,60})"
)
_CELL = re.compile(r"(?<=\|)\s*([A-Z][a-z-]{3,20}(?: [A-Z][\w-]{1,14})?)(?:\s?\d{1,2})?[®™]?\s*(?=\|)")


# what a company says that it develops, and shortens: "developing high concentration alnoric acid (HAA) as"
_SHORTENED = re.compile(
    r"\b(?:developing|utilizing|commercializing)\s(?P<long>(?:[\w-]+\s){1,5}?(?:oxide|acid|toxin|peptide|hormone|extract|oil|antibody|solution|vaccine|patch|gel|spray))"
    r"\s\([\"“]?(?P<short>[A-Z]{2,6})[\"”]?\),?\s(?:as|for|to|via)\b"
)


def _in_italics(text: str, begin: int, end: int) -> Iterator[Drug]:
    """Names of medicines in italics, where the text says that they stand so, and in tables of trade marks."""
    found = list(_ITALIC.finditer(text, begin, end)) if _ITALICS.search(text, begin, end) else []
    found += [
        m for m in _INLINE_ITALIC.finditer(text, begin, end)
        if _OF_MEDICINES.search(text, max(begin, m.start() - 70), m.start()) or _MEDICINES_OF.match(text, m.end(), end)
    ]  # fmt: skip
    for table in _MARKS_STATED.finditer(text, begin, end):
        found += _CELL.finditer(text, *table.span("rows"))
    for table in _MARK_TABLE.finditer(text, begin, end):
        found += _FIRST_CELL.finditer(text, *table.span("rows"))
    for m in found:
        if _fanciful(m.group(1)) and not set(m.group(1).split()) & words("not_first"):
            yield Drug(m.group(1), m.start(1), m.end(1), "compound/place")


def _fanciful(name: str) -> bool:
    """Whether a member of a list of products can be a product's own name."""
    plain = name in words("not_first") or name in words("generic_words") or name in words("organisation_heads")
    return not plain and len(name) > 3 and is_code(name) and not ACRONYM.fullmatch(name)
