"""Finds compounds by their codes, their INN stems, their trademark signs and the places they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from biopact.loaders.extraction.lexicon import patterns, words

_CODE = re.compile(
    r"(?<![\w./-])(?=[A-Z]|[a-z]{1,4}[A-Z]|[a-z]{5,}mab)(?:"
    r"[A-Z]{2,8}(?:[.‑–-][A-Z]{2,6})?[‑–-]?\d{2,7}(?:[‑–-]\d{1,4})?[A-Za-z]{0,2}"  # ABC1234, ABC-123, AB.CDE-123
    r"|[A-Z][a-zA-Z]{1,6}[‑–-]\d{2,6}[A-Za-z]?"  # Abc-123
    r"|[A-Z]{2,4} \d{3,6}(?![,.]\d|\s*(?:Avenue|Street|Road|patients|shares))"  # ABC 123
    r"|[a-z]{1,4}[A-Z]+\d+(?:[‑–-][A-Z]+\d*)?"  # abC123-DE4
    r"|[A-Z]{3,9}[‑–-][A-Z]{2,6}\d{1,3}"  # ABCDEF-GHI1
    r"|[a-z]{5,}(?:mab|mumab|zumab|ximab)[‑–-][A-Z]{2}\d"  # an INN with a payload: …mab-AB1
    r"|[A-Z]\d{4,6}[A-Z]{0,2}"  # T1234
    r"|[a-z]{1,4}[A-Z]{2,6}[‑–-]\d{2,5}"  # aABC-123
    r"|[A-Z][a-z]{2,4}\d{4,5}"  # Abc1234
    r"|[A-Z]{1,4}[‑–-][A-Z]{2,6}[₀-₉\d]{1,5}"  # A-BCDE₁₀₀
    r")(?![\w/]|[.‑–-]\w)"
)
_MARKED = re.compile(
    r"(?<![\w-])([A-Z][\w-]*(?:\s[A-Z][\w-]*){0,2}?)\s?(?:[®™]|\((?:R|TM)\))"
    r"(?P<more>(?:\s[A-Z]\w+){0,3}\s(?:Test|Kit|Device|Vaccine|Tablets?|Capsules?|Injection|Gel|Cream|Patch|Spray|Assay|Implant))?"
)
_OF_TECHNOLOGY = re.compile(
    r"\s?(?:proprietary\s)?(?:[\w-]+\s){0,2}(?:[Tt]echnolog|[Pp]latform|[Ss]oftware|[Ss]ystem|[Ee]ngine\b|[Ss]uite\b)"
)
# what says that a mark is that of a service or a device, wherever it stands
_OF_SERVICE = re.compile(
    r"\s?(?:[A-Z]\w+\s){0,2}(?:Program|Mobile|[Aa]pp|[Cc]amera|Index|Network|[Ww]ebsite)\b"
    r"|\s(?:is|are)\s(?:an?|the|our|its)\s(?:[\w/-]+,?\s){0,7}?(?:platform|software|tool|app|network|service|camera|database)\b"
)
_TECHNOLOGY_OF = re.compile(
    r"\b(?:[Tt]echnolog(?:y|ies)|[Pp]latforms?|[Ss]oftware|[Ss]uite),?\s(?:called\s|known as\s|named\s|like\s|such as\s|is\s)?[\"“]?$"
)
_DESCRIBES = re.compile(r"-[a-z]+$")  # "FDA-approved Alnorex"
_ACRONYM = re.compile(r"[A-Z]{1,5}s?")  # of a virus, a disease, a regulator
_SECOND_WORD = re.compile(r"\b[A-Z][a-z]+ $")  # "Orphan Designation", "United States"
_OF_A_STUDY = re.compile(
    r"\b(?:[Ss]tudy|[Tt]rial|[Pp]rotocol|[Ss]train|[Pp]atents?),?\s?\(?(?:[Nn]os?\.?\s)?(?:(?:TW|US|EP|JP|CN|KR|AU|CA|WO)\s)?$"
)  # "trial (ALN-12-004)"
# what says that a code is that of a study, wherever it stands
_NAMES_A_STUDY = re.compile(r"\b(?:[Ss]tudy|[Tt]rial|[Pp]rotocol),?\s\((?:the\s)?[\"“]?$")
_IS_A_STUDY = re.compile(
    r",?\s(?:is|was|which is)?\s?(?:an?|the|our)\s(?:[\w/-]+,?\s){0,8}?(?:stud(?:y|ies)|trials?)\b(?!\s(?:of|candidate|drug))"
)
_POSTCODE = re.compile(r"\s\d[A-Z]{2}\b")  # "AB12 3CD"
_COUNTRY_AND_CODE = re.compile(r"(?:CH|SE|DK|DE|FR|NL|BE|AT|FI|NO|IT|ES|PL|CZ|IE|LU|L|D|A|I|F|B)-\d{4,5}")
_TOWN = re.compile(r",?\s[A-ZÀ-Þ][a-zà-þ]+")  # "CH-1234 Alnor"
_OF_A_STRAIN = re.compile(r"\s(?:\w+\s)?(?:strain|[Cc]ell\s[Ll]ine|vector)s?\b")
_STUDY = re.compile(
    r"\s(?:(?:[Pp]hase\s[\w/]+\s)?(?:clinical\s|pivotal\s|registration(?:al)?\s)?(?:stud(?:y|ies)|trials?|protocol)\b)"
)
_IN_A_STUDY = re.compile(r"\b(?:[Ss]tudy|[Tt]rial)\b[^.;()]{0,30}\([\"“]?$")
_THE = re.compile(r"\b(?:[Tt]he|[Oo]ur|[Ii]ts|[Tt]his)\s$")
_LISTED = re.compile(
    r"[\s|]{1,8}(?:The )?(?:New York Stock|Nasdaq|NASDAQ|NYSE|Euronext|Chicago Stock)"
)  # notes on an exchange
_NAME = r"(?:[A-Z][A-Za-z]*\d*[\w-]*|[a-z]{0,3}[A-Z]{2}[\w-]*|[A-Z]{2,5}[ -]\d{1,5}[A-Za-z]?)"
_FORM = r"(?:\s(?:ER|XR|PM|SR|CR|XL|LA|ODT|IR|HFA|DR)\b)?"  # how a brand is released, part of its name
_RELEASE = re.compile(r"\s(?:ER|XR|SR|CR|XL|LA|ODT|IR|SL)\b")  # behind a code
_SORT = (
    r"(?:antibod(?:y|ies)|inhibitor|agonist|antagonist|vaccine|molecule|(?:drug|product|vaccine|clinical|development|lead) candidate|"
    r"therapeutic|anthracycline|fusion protein|peptide|formulation|conjugate|medication|treatment|therapy|drug|medicine|prodrug|"
    r"biosimilar|immunotherapy|biologic|oral film|tablet|injection|eye drop|degrader|modulator|bispecific|enzyme|antiviral|antibiotic|(?:lead|flagship) (?:product|asset|program)|lead (?:[\w-]+ )?candidate)"
)
# Places in a sentence where a compound stands. Each has one group, the name.
_SLOTS = [
    re.compile(p)
    for p in (
        rf"\b(?:drug|product|vaccine|clinical|lead|development|therapeutic|antibody|device)\s(?:product\s|drug\s|clinical\s|vaccine\s|development\s)?(?:candidates?|compound|molecule|asset|program|product),?\s(?:called\s|known as\s|named\s|is\s)?[\"“*]?({_NAME}{_FORM})\b",
        rf"\b(?:flagship|lead|marketed|approved|mature|investigational)\s(?:[a-z-]+\s){{0,3}}(?:therapy|brand|drug|medicine|antibody|treatment|vaccine|product)\s\*?({_NAME}{_FORM})\b",
        rf"\b(?:called|known as|named|designated|branded as)\s[\"“]?({_NAME})[\"”]?(?=[\s,.;)])",
        rf"\b(?:commerciali[sz]e|commercializing|commerciali[sz]ation of|manufacture|manufacturing of|market|develop and commerciali[sz]e|distribute|promote|co-promote|co-develop|sales of|rights to|licen[sc]e (?:to|for|of)|in-licensing of|supply of|supplies of|marketing of|distribution of|development of|development and commercialization of)\s(?:the\s)?\*?({_NAME}{_FORM})\b(?!\s[A-Z][a-z])",
        rf"\b({_NAME})\*?(?:\s\([^()]{{2,40}}\))?\s(?:is|are|was)\s(?:an?|the|our|its|[A-Z]\w+[’']s?)\s(?:[\w’'-]+,?\s){{0,8}}?{_SORT}\b(?!\s(?:company|developer|maker|firm))",
        rf"\b((?:[A-Z]{{4,}}\s)?{_NAME}{_FORM})\*?,\s(?:which is\s)?(?:an?|our|its|the (?:[Cc]ompany[’']s|first|only)|[A-Z]\w+[’']s)\s(?:[\w()/-]+,?\s){{0,6}}?{_SORT}\b(?!\s(?:company|developer|maker|firm|provider))",
        rf"\b(?:royalt(?:y|ies) on|launch(?:es|ed)?(?: of)?|re-?launched|(?:NDA|BLA|ANDA|sNDA|sBLA|MAA|IND)s? (?:for|of)|revenues? from|prescriptions (?:of|for)|commercial sales? of|distributes|distributed|markets|marketed|(?:FDA|EMA|PMDA|NMPA|Commission) (?:has )?(?:approved|cleared))\s(?:the\s)?\*?({_NAME}{_FORM})\b(?!\s[A-Z][a-z])",
        rf"\b(?:test|device|assay|kit|implant|patch|diagnostic|injector|biosimilar|brand|capsule|gel|cream),\s(?:the\s)?\*?({_NAME})(?=[®™,.;])",
        rf"\b({_NAME})\*?\s(?:generated|achieved|recorded|had)\s(?:[\w-]+\s){{0,3}}?(?:product\s)?(?:revenues?|sales)\b",
        rf"\b({_NAME})\sis\s(?:currently\s)?(?:being developed|in development|in (?:a )?Phase|approved (?:for|by|in))",
        rf"\b({_NAME}{_FORM})\*?,?\s(?:(?:which )?(?:is|are|was|were)\s(?:also\s)?(?:indicated|intended|approved|prescribed|being (?:developed|evaluated|studied|investigated))\s)?(?:for|in) the (?:treatment|prevention|relief|management) of\b",
        rf"\b(?:[Oo]ur|[Ii]ts|[Tt]heir|[A-Z]\w+[’']s)\s(?:[\w-]+\s){{0,3}}?(?:drug|therapy|treatment|medicine|medication|vaccine|antibody|candidate|(?<!the\s)program),?\s[\"“]?({_NAME}{_FORM})\b(?=[®™,.;)”\"]|\s(?:for|in|to|has|have|is|was|and|with|from|as|grow\w+|will)\b)",
        rf"\b(?:brand|trade|proprietary)\sname,?\s(?:of\s)?[\"“]?({_NAME}{_FORM})\b",
        r"\b(?:[Oo]ur|[Ii]ts|[Tt]heir|the)\s([A-Z][a-z]+[A-Z][a-z]+)[®™]?\s(?:[a-z-]+\s){0,2}(?:vaccine|tablets?|capsules?|injection|patch|nasal spray|eye drops?|gel|cream)\b",
        rf"\b(?:we|which we|we have|the [Cc]ompany) (?:call|calls|called|named|refers? to as|designated?) [\"“]?({_NAME})\b(?=[®™,.;)”\"])",
        r"\b(?:[Oo]ur|[Ii]ts|the|[Oo]f|for|from)\s([A-Z]{2,6}-[A-Z]{2,6})\s(?:[A-Z][\w-]+\s)?(?:vaccine|antibody|tablets?|capsules?|nasal spray|oral film|patch|injection)\b",
        r"\b(?:patch|vaccine|implant|solution|gel|cream|spray|film|tablet|conjugate|peptide)\s\([\"“]?([A-Z]{1,5}-[A-Z]{2,6})[\"”]?\)",
        rf"\b(?!the\b)[\w-]*[a-z]\s(?:drug|medicine|medication|brand)\s({_NAME}{_FORM})\b(?=[®™,;)]|\s(?:for|in|has|is|was|with|successfully|[a-z]+ed)\b)",
        rf"\b(?:generics? (?:versions?|forms?|equivalents?) of|(?:patents|claims) covering)\s({_NAME}{_FORM})\b(?!\s[A-Z][a-z])",
        rf"\b(?:combination with|combined with|dose of|doses of|treated with|administration of|patients on|(?:[Tt]rials?|[Ss]tudy|STUDY) (?:of|using|evaluating|testing)|efficacy of|safety of|approval of)\s\*?({_NAME}{_FORM})\b(?!\s[A-Z][a-z])",
    )
]
_ASIDE = r"(?:\s\([^()]{2,40}\))?"
# a list of products: each capitalised member of it
_PRODUCTS = re.compile(
    rf"\b(?:[Pp]ipeline|[Pp]ortfolio|[Pp]roducts|drugs|brands|medicines|medications|therapies|treatments|product candidates|drug candidates|vaccines|antibodies|compounds)"
    rf"(?:\s[\w-]+){{0,3}}?(?:,?\s(?:such as|including|includes?|consists? of|comprises?|like|are|were|namely|particularly)|:|\s?[—–])\s?"
    rf"(?P<list>\*?{_NAME}{_FORM}[®™]?\*?{_ASIDE}(?:(?:,\s(?:and\s)?(?:the\s)?|\s(?:and|or)\s(?:the\s)?)\*?{_NAME}{_FORM}[®™]?\*?{_ASIDE}){{1,12}})"
)
_THEIRS = re.compile(
    rf"\b(?:[Ii]ts|[Oo]ur|[Tt]heir)\s(?P<list>{_NAME}[®™]?(?:,\s{_NAME}[®™]?){{0,4}},?\sand\s{_NAME}[®™]?)\s(?:[a-z-]+\s){{0,4}}"
    r"(?:treatments|drugs|medicines|vaccines|therapies|brands|antibodies|tablets)\b"
)
_MEMBER = re.compile(rf"\([^()]*\)|({_NAME}{_FORM})")
_EQUAL = re.compile(
    rf"(?<![\w-])(?P<a>[A-Za-z][\w.-]*(?:\s[A-Za-z\d][\w-]*)?)[®™]?(?:\s|<br>)?(?:\((?:also known as |formerly (?:known as )?|previously |or |brand name )?[\"“]?(?P<b>{_CODE.pattern}|[a-z]{{5,}}|{_NAME})[®™]?[\"”]?\)"
    rf"|,? (?:also known as|previously (?:named|known as)|formerly (?:known as|named)?|also called)\s[\"“]?(?P<c>{_CODE.pattern}|{_NAME})|/(?P<d>{_NAME}))"
)


@dataclass(frozen=True, slots=True)
class Drug:
    """A compound's name at one place."""

    name: str
    start: int
    end: int
    rule: str
    salt: str | None = None  # the name with the salt it comes as


def strong(text: str, begin: int, end: int) -> Iterator[Drug]:
    """Compounds whose name alone gives them away: a code, an INN, a trademark."""
    codes = list(_CODE.finditer(text, begin, end))
    studies = _studies(text, codes, begin, end)
    for m in codes:
        if (
            is_code(m.group())
            and m.group() not in studies
            and not _POSTCODE.match(text, m.end(), m.end() + 5)
            and not (_COUNTRY_AND_CODE.fullmatch(m.group()) and _TOWN.match(text, m.end(), end))
            and not _OF_A_STRAIN.match(text, m.end(), end)
            and not _LISTED.match(text, m.end(), min(end, m.end() + 60))
            and not _OF_A_STUDY.search(text, max(begin, m.start() - 16), m.start())
        ):
            form = _RELEASE.match(text, m.end(), end)
            salt = text[m.start() : form.end()] if form else None
            yield Drug(m.group(), m.start(), m.end(), "compound/code", salt)
    yield from _international(text, begin, end)

    bearers = list(_MARKED.finditer(text, begin, end))
    services = {m.group(1) for m in bearers if _OF_SERVICE.match(text, m.end(), end)}
    for m in bearers:
        if not names_technology(text, m.start(1), m.end()):
            name = m.group(1)
            while " " in name and (
                name.split()[0] in words("not_first")
                or _DESCRIBES.search(name.split()[0])
                or _stands_alone(text, begin, end, name)
            ):
                name = name.split(" ", 1)[1]
            if name in services:
                continue
            start = m.end(1) - len(name)
            if m["more"]:
                yield Drug(name + m["more"], start, m.end(), "compound/trademark")
            if name not in words("not_first") and name not in words("generic_words"):
                yield Drug(name, start, m.end(1), "compound/trademark")


def _stands_alone(text: str, begin: int, end: int, name: str) -> bool:
    """Whether the text calls a thing by the end of what bears the mark: "Approves Alnorex®", "Alnorex"."""
    rest = name.split(" ", 1)[1]
    told = rest not in words("generic_words") and text.count(rest.lower(), begin, end) == 0
    return told and text.count(rest, begin, end) > text.count(name, begin, end)


def _studies(text: str, codes: list[re.Match[str]], begin: int, end: int) -> set[str]:
    """Codes of studies: those that the text calls so, and those that stand nowhere but before "study" or behind "trial ("."""
    called = {
        m.group() for m in codes
        if _NAMES_A_STUDY.search(text, max(begin, m.start() - 20), m.start()) or _IS_A_STUDY.match(text, m.end(), end)
    }  # fmt: skip
    otherwise = {
        m.group() for m in codes
        if not (
            _IN_A_STUDY.search(text, max(begin, m.start() - 60), m.start())
            or (_STUDY.match(text, m.end(), end) and _THE.search(text, max(begin, m.start() - 6), m.start()))
        )
    }  # fmt: skip
    return called | ({m.group() for m in codes} - otherwise)


def names_technology(text: str, start: int, end: int) -> bool:
    """Whether the words around a name say that a technology bears it."""
    return bool(_OF_TECHNOLOGY.match(text, end, end + 60) or _TECHNOLOGY_OF.search(text, max(0, start - 40), start))


def marked(text: str, begin: int, end: int) -> Iterator[str]:
    """Names that bear the sign of a trademark."""
    return (m.group(1) for m in _MARKED.finditer(text, begin, end))


def placed(text: str, begin: int, end: int) -> Iterator[Drug]:
    """Names that stand where only a compound can; the caller rules out companies and plain words."""
    for slot in _SLOTS:
        for m in slot.finditer(text, begin, end):
            name = m.group(1)
            if (
                name not in words("not_first")
                and name not in words("generic_words")
                and len(name) > 2
                and not _not_code().fullmatch(name)
                and not _ACRONYM.fullmatch(name)
                and not names_technology(text, m.start(1), m.end(1))
                and not _SECOND_WORD.search(text, max(0, m.start(1) - 24), m.start(1))
            ):
                behind = _CAPITAL.match(text, m.end(1), end)
                if behind and (
                    _inn().fullmatch(behind.group(1)) or behind.group(1).lower() in words("inn_stems")
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
    return not plain and len(name) > 3 and not _not_code().fullmatch(name) and not _ACRONYM.fullmatch(name)


def is_code(name: str) -> bool:
    """Whether a string of letters and digits is a compound code and no gene, form or standard."""
    return not _not_code().fullmatch(name)


def equivalents(text: str, begin: int, end: int) -> Iterator[tuple[str, str]]:
    """Pairs of names that the text gives as the same thing: "alnorimab (ALN-12)"."""
    for m in _EQUAL.finditer(text, begin, end):
        b = m["b"] or m["c"] or m["d"]
        if b not in ("R", "TM", "SM") and not _ACRONYM.fullmatch(b) and is_code(b):
            brand = text[m.end("a") : m.end("a") + 1] in ("®", "™")
            if not (brand and re.fullmatch(r"[A-Z][a-z]+", b)):  # who sells it
                yield m["a"], b


@cache
def _not_code() -> re.Pattern[str]:
    return patterns("not_a_code")


def _international(text: str, begin: int, end: int) -> Iterator[Drug]:
    """International nonproprietary names, of one word or two, with the salt they come as."""
    stems, enzymes = tuple(words("inn_stems")), tuple(words("enzyme_stems"))
    for m in _PLAIN_WORD.finditer(text, begin, end):
        word = m.group()
        bare = word.partition("-")[2] or word
        second = _second().match(text, m.end(), end)
        enzyme = bare.endswith("ase") and (second is not None or bare.endswith(enzymes))
        if not bare.endswith(stems) and not enzyme:
            continue
        if bare.lower() in words("not_inn") or not (enzyme or _inn().fullmatch(bare)):
            continue
        stop = second.end() if second else m.end()
        salt = _salt().match(text, stop, end)
        yield Drug(
            text[m.start() : stop], m.start(), stop, "compound/inn", text[m.start() : salt.end()] if salt else None
        )
    for m in _TOXIN.finditer(text, begin, end):
        yield Drug(m.group(), m.start(), m.end(), "compound/inn")
    for m in _two_words().finditer(text, begin, end):
        if m.group().split()[0].lower() not in words("not_inn"):
            yield Drug(m.group(), m.start(), m.end(), "compound/inn")


_TOXIN = re.compile(r"(?<![\w-])[A-Za-z][a-z]{2,}toxin[A-Z]\b")
_PLAIN_WORD = re.compile(
    rf"(?<![\w-])(?:(?:{'|'.join(sorted(words('inn_prefixes')))})-)?[A-Za-z][a-z]{{4,}}(?=(?:-[a-z]{{4}})?(?![\w-]))"
)


def _any(name: str) -> str:
    return "|".join(sorted(words(name), key=lambda w: (-len(w), w)))


@cache
def _inn() -> re.Pattern[str]:
    long = "|".join(sorted(w for w in words("inn_stems") if len(w) > 5))
    return re.compile(rf"[A-Za-z]?[a-z]{{3,}}(?:{_any('inn_stems')})|[A-Za-z][a-z](?:{long})")


@cache
def _second() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{_any('payloads')}|(?i:{_any('inn_second')}))(?![\w-])")


@cache
def _salt() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{_any('salts')})(?![\w-])")


@cache
def _two_words() -> re.Pattern[str]:
    """Antibody-drug conjugates by their payload, gene and cell therapies by both their words."""
    return re.compile(
        rf"(?<![\w-])(?:[A-Za-z]?[a-z]{{4,}}\s(?:{_any('payloads')})|[A-Za-z]?[a-z]{{3,}}gene\s[a-z]{{3,}}(?:vec|cel))(?![\w-])"
    )
