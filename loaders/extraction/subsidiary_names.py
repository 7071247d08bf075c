"""Takes apart what stands in the name cell of a list of subsidiaries: name, place, percentage, other names, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from biopact.loaders.extraction.jurisdictions import is_place
from biopact.loaders.forms.places import PEOPLES

_FORMS = (
    r"inc|incorporated|corp|corporation|company|co|ltd|limited|l\.?l\.?c|l\.?l\.?l?\.?p|l\.?p|plc|p\.?l\.?c|ulc|unlimited|"
    r"gmbh|g\.?m\.?b\.?h|mbh|ges\.?m\.?b\.?h|ag|kg|kgaa|ohg|gbr|ug|e\.?v|se|s\.?e|s\.?a|s\.?a\.?s|s\.?a\.?s\.?u|sarl|s\.?\s?[aà]\.?\s?r\.?\s?l|"
    r"s\.?r\.?l|s\.?p\.?a|s\.?n\.?c|s\.?c\.?a|eurl|s\.?p\.?r\.?l|b\.?v\.?b\.?a|b\.?v|n\.?v|c\.?v|v\.?o\.?f|a/s|aps|a\.?s|asa|a\.?b|oyj?|"
    r"ehf|hf|kk|k\.?\s?k|y\.?k|g\.?k|kft|zrt|nyrt|s\.?r\.?o|a\.?ş|sp\.?\s?z\.?\s?o\.?\s?o|d\.?o\.?o|d\.?d|ltda|lda|s\.?l|s\.?l\.?u|"
    r"de\s+c\.?v|s\.?\s?de\s+r\.?\s?l|de\s+r\.?\s?l|pty|pte|sdn\.?\s+bhd|bhd|tbk|uab|sia|o[uü]|ooo|ojsc|ojcs|jsc|pjsc|ead|eood|ood|dac|clg|ldc|l\.?d\.?c|"
    r"s\.?a\.?e|f\.?z\.?e|fz-?llc|fzco|w\.?l\.?l|psc|private\s+limited|pvt|trust|partnership|partners|association|l\.?c|p\.?c|p\.?a|n\.?a|holdings?|group|"
    r"foundation|fund|bank|insurance|laboratories|pharmaceuticals|therapeutics|m\.?\s?s\.?\s?k|eireli|mepe|e\.?p\.?e|s\.?c\.?s|s\.?\s?en\s?c"
)
_LEGAL_END = re.compile(rf"(?:^|[\s,.(&/])(?:{_FORMS})\.?(?:\s*\([^()]{{1,40}}\))?[\s.,;)]*$", re.IGNORECASE)
_LEGAL_ONLY = re.compile(rf"(?:(?:(?:{_FORMS}|and)\b|&)[\s.,]*)+", re.IGNORECASE)
_BULLET = re.compile(
    r"^(?:[•·▪●○◦■□✓*–—-]\s*|o\s+(?=[A-Z])|[(\[]?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)\]]\s*(?=[A-Z\d(\"“]))+", re.IGNORECASE
)
_MARK = re.compile(
    r"\s*[(\[](?P<mark>\d{1,2}|[a-zA-Z])[)\]]$|(?<=[a-z.)])\s?(?P<digit>\d{1,2})$|\s*(?P<sign>[*†‡§#¹²³⁴⁵⁶⁷⁸⁹⁰]+)$"
)
_KIND = (
    r"(?:(?:private|public|domestic|foreign|exempted|professional|business|close|non-?profit|statutory|unlimited|joint\s+stock|stock|"
    r"limited(?:\s+liability)?|general|company)\s+)*"
    r"(?:corporation|company|partnership|trust|entity|co-?operative|association|liability\s+company|limited|LLC|L\.L\.C\.|L\.?P\.?)"
)
_DESCRIBED = re.compile(
    rf"(?P<gap>[\s,(–—-]+)(?:(?:an?\s+)(?:wholly[- ]owned\s+)?(?P<place>[A-ZÀ-Þ][\w.’',&\s()-]{{1,60}}?)\s+{_KIND}"
    rf"|(?<=[,)] )(?P<apposed>[A-ZÀ-Þ][\w.’',&\s()-]{{1,60}}?)\s+[a-z][a-z\s-]{{0,30}}"
    rf"(?:corporation|company|partnership|trust)"
    rf"|(?:an?\s+{_KIND}\s+)?(?:organi[sz]ed|incorporated|formed|registered)\s+(?:and\s+existing\s+)?(?:in|under\s+the\s+laws?\s+of)\s+"
    r"(?:the\s+)?(?P<law>[\w.’',&\s-]{2,60}?))[\s.);]*$"
)
_BRACKET_END = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]{2,70})[)\]][\s.;,]*$")
_SHARED_BRACKET = re.compile(  # "(Ireland; 80%)"
    r"\s*\((?P<place>[^()\d]{2,50}?)\s*[,;–—-]\s*(?P<percent>\d{1,3}(?:\.\d+)?)\s?(?:%|per\s?cent)[^()]{0,40}\)[\s.;,]*$",
    re.IGNORECASE,
)
_DASH_END = re.compile(r"(?:\s+[–—-]{1,2}\s*|\s*:\s+|,\s+)(?P<tail>[^–—:]{2,60})$")
_PERCENT = re.compile(
    r"[\s,(–—-]+(?:owned\s+)?(?P<percent>\d{1,3}(?:\.\d+)?)\s?(?:%|per\s?cent)(?:[\s-]+(?:owned|interest|ownership|equity|held)\b[^()]{0,60})?[\s)]*$",
    re.IGNORECASE,
)
_DBA = re.compile(
    r"[\s,(]+(?:d\s?/\s?b\s?/\s?a|d\.b\.a\.|dba|doing\s+business\s+as|a/k/a|aka|also\s+known\s+as|trading\s+as|t/a)[:\s]+(?P<names>[^()]{2,100}?)\)?[\s;]*$",
    re.IGNORECASE,
)
_FORMERLY = re.compile(
    r"[\s,(]+(?:f\s?/\s?k\s?/\s?a|fka|formerly(?:\s+known\s+as|\s+named|,)?|previously(?:\s+known\s+as)?)[:\s]+(?P<name>[^()]{2,100}?)\)?[\s;]*$",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"[\s,(]+(?:an?\s+)?(?:wholly|majority|partially)[- ]owned\b[^()]{0,80}\)?$"
    r"|\s*\((?:inactive|dormant|in liquidation|dissolved)\)$",
    re.IGNORECASE,
)
_NOTE_LINE = re.compile(
    r"^[ \t|]*(?:[(\[](?P<mark>\d{1,2}|[a-zA-Z])[)\]]|(?P<bare>\d{1,2})[. \t|])[ \t|]*"
    r"(?:(?=\S[^\n]{25,})|(?=(?:inactive|dormant|dissolved|in\s+liquidation|in\s+formation|non-operating|wholly|majority)\b))",
    re.MULTILINE | re.IGNORECASE,
)
_TITLE_MARKS = re.compile(r"subsidiar[^\n]{0,200}", re.IGNORECASE)
_LONGEST = 150


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What a name cell says."""

    name: str
    jurisdiction: str | None = None
    percent: float | None = None
    aliases: tuple[str, ...] = ()
    former: str | None = None


# a cell that speaks in sentences is a note about the list
_PROSE = re.compile(r"\b(?:is|are|was|were|has|have|been|will|shall|does|this|that|which|these|those)\b(?=\s[a-z])")


def trade_names(words: str) -> tuple[str, ...]:
    """The names behind "doing business as" at the end of the words.

    >>> trade_names("Alnora Bio, Inc. (d/b/a Alnora Labs and Vale)")
    ('Alnora Labs', 'Vale')
    """
    m = _DBA.search(words)
    names = re.split(r"\s*;\s*|,? and (?=[A-Z])", m["names"]) if m else []
    return tuple(filter(None, (name.strip(' "“”,.') for name in names)))


def has_legal_form(name: str) -> bool:
    """Whether a name ends the way companies' names do, a bracket or a note behind it or not.

    >>> [has_legal_form(n) for n in ("Alnora Kft.", "Vale S. de R.L. de C.V.", "Vale (UK) Limited (2)", "Delaware")]
    [True, True, True, False]
    """
    return _LEGAL_END.search(name[-120:]) is not None


def is_legal_tail(name: str) -> bool:
    """Whether the words are a legal form and nothing else: the end of a name that was broken.

    >>> is_legal_tail("Co., Ltd."), is_legal_tail("Alnora Ltd.")
    (True, False)
    """
    return len(name) < 40 and _LEGAL_ONLY.fullmatch(name.strip()) is not None


def marks_of_notes(text: str, begin: int, end: int) -> frozenset[str]:
    """The marks that notes under the list explain.

    Those the title carries are about the whole list: in a row, the same figure is a part of the name.
    """
    explained = {m["mark"] or m["bare"] for m in _NOTE_LINE.finditer(text, begin, end)}
    title = _TITLE_MARKS.search(text, begin, min(end, begin + 3000))
    return frozenset(explained - set(re.findall(r"\((\w{1,2})\)", title.group()) if title else []))


def clean(cell: str, marks: frozenset[str] = frozenset()) -> Cleaned | None:
    """The name in a cell without bullets, notes, places and percentages; None where no name is left.

    >>> clean("1. Alnora Energy, Inc. (Delaware)")
    Cleaned(name='Alnora Energy, Inc.', jurisdiction='Delaware', percent=None, aliases=(), former=None)
    >>> clean("Vale Bio LLC (2), a Nevada limited liability company (51% owned)", frozenset("2"))
    Cleaned(name='Vale Bio LLC', jurisdiction='Nevada', percent=51.0, aliases=(), former=None)
    >>> clean("Alnora GmbH d/b/a Alnora Labs").aliases
    ('Alnora Labs',)
    """
    name = re.sub(r"\s+", " ", cell[:400]).strip(' \t|*_"“”')
    name = _BULLET.sub("", name)
    place: str | None = None
    percent: float | None = None
    aliases: list[str] = []
    former: str | None = None
    for _ in range(8):
        before = name
        name = _without_marks(name, marks)
        if (m := _SHARED_BRACKET.search(name)) and is_place(m["place"]) and float(m["percent"]) <= 100:
            place, percent = m["place"], float(m["percent"])
            name = name[: m.start()]
        if place is None:
            name, place = _without_place(name)
        if m := _OWNED.search(name):
            name = name[: m.start()]
        if m := _PERCENT.search(name):
            percent = float(m["percent"]) if float(m["percent"]) <= 100 else percent
            name = name[: m.start()]
        if m := _DBA.search(name):
            aliases += trade_names(name)
            name = name[: m.start()]
        if m := _FORMERLY.search(name):
            former = m["name"].strip(' "“”,')
            name = name[: m.start()]
        if name == before:
            break
    name = name.strip(' ,;:|_*–—"“”-')
    if len(name) > _LONGEST or not re.search(r"[^\W\d_]{2}", name) or is_place(name) or _PROSE.search(name):
        return None
    return Cleaned(name, place, percent, tuple(aliases), former)


def _without_marks(name: str, marks: frozenset[str]) -> str:
    while m := _MARK.search(name):
        mark = m["mark"] or m["digit"]
        if mark is not None and mark not in marks:
            break
        name = name[: m.start()]
    return name.rstrip(" ,;")


def _without_place(name: str) -> tuple[str, str | None]:
    """Take the place of organisation off the end of a name."""
    m = _DESCRIBED.search(name)
    while m:  # the comma of "Alnora, LLC, a Delaware limited liability company" begins no description
        place = (m["place"] or m["apposed"] or m["law"]).strip(" ,")
        place = PEOPLES.get(place, place)
        if is_place(place) and m.start():
            return name[: m.start()], place
        m = _DESCRIBED.search(name, m.end("gap"))
    if (m := _BRACKET_END.search(name)) and m.start():
        inside = re.sub(rf"^an?\s+|\s+{_KIND}$", "", m["inside"].strip())
        if is_place(inside):
            return name[: m.start()], inside
    if (m := _DASH_END.search(name)) and is_place(m["tail"]) and has_legal_form(name[: m.start()]):
        city = re.search(r",\s+([A-Z][\w .-]{2,30})$", name[: m.start()])
        if city and not has_legal_form(city.group(1)) and has_legal_form(name[: city.start()]):
            return name[: city.start()], f"{city.group(1)}, {m['tail']}"
        return name[: m.start()], m["tail"].strip()
    words = name.split(" ")
    for count in (4, 3, 2, 1):  # "Alnora, Inc. New York"
        head = " ".join(words[:-count])
        tail = " ".join(words[-count:])
        if head and is_place(tail) and len(tail) > 2 and has_legal_form(head) and not has_legal_form(tail):
            return head, tail
    return name, None
