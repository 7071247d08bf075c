"""Finds compounds by their codes, their INN stems and their trademark signs, and what is equated with them."""

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
ACRONYM = re.compile(r"[A-Z]{1,5}s?")  # of a virus, a disease, a regulator
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
NAME = r"(?:[A-Z][A-Za-z]*\d*[\w-]*|[a-z]{0,3}[A-Z]{2}[\w-]*|[A-Z]{2,5}[ -]\d{1,5}[A-Za-z]?)"
FORM = r"(?:\s(?:ER|XR|PM|SR|CR|XL|LA|ODT|IR|HFA|DR)\b)?"  # how a brand is released, part of its name
_RELEASE = re.compile(r"\s(?:ER|XR|SR|CR|XL|LA|ODT|IR|SL)\b")  # behind a code
_EQUAL = re.compile(
    rf"(?<![\w-])(?P<a>[A-Za-z][\w.-]*(?:\s[A-Za-z\d][\w-]*)?)[®™]?(?:\s|<br>)?(?:\((?:also known as |formerly (?:known as )?|previously |or |brand name )?[\"“]?(?P<b>{_CODE.pattern}|[a-z]{{5,}}|{NAME})[®™]?[\"”]?\)"
    rf"|,? (?:also known as|previously (?:named|known as)|formerly (?:known as|named)?|also called)\s[\"“]?(?P<c>{_CODE.pattern}|{NAME})|/(?P<d>{NAME}))"
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


def is_code(name: str) -> bool:
    """Whether a string of letters and digits is a compound code and no gene, form or standard."""
    return not _not_code().fullmatch(name)


def is_inn(word: str) -> bool:
    """Whether a word is an international name by its stem."""
    return bool(_inn().fullmatch(word))


def equivalents(text: str, begin: int, end: int) -> Iterator[tuple[str, str]]:
    """Pairs of names that the text gives as the same thing: "alnorimab (ALN-12)"."""
    for m in _EQUAL.finditer(text, begin, end):
        b = m["b"] or m["c"] or m["d"]
        if b not in ("R", "TM", "SM") and not ACRONYM.fullmatch(b) and is_code(b):
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
