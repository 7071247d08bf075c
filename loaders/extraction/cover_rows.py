"""Takes the cover page of a Schedule 13D or 13G apart into its rows, and reads the values that stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Rules and cell borders may stand between the words of a label that is broken over lines.
_GAP = r"[\s|*_]{1,80}"


def _label(words: str) -> str:
    return words.replace(" ", _GAP)


_NAME = _label(r"\bNAMES?(?:\(S\))? OF (?:THE )?REPORTING PERSONS?(?:\(S\))?")
PAGE_START = re.compile(_NAME, re.IGNORECASE)
# Every row of the two forms, so that each value ends where the next row begins.
_ROWS = {
    "name": _NAME,
    "group": _label(r"CHECK (?:THE )?APPROPRIATE BOX(?:ES)? IF"),
    "sec": _label(r"SEC USE ONLY"),
    "funds": _label(r"SOURCES? OF FUNDS"),
    "legal": _label(r"CHECK (?:THE )?(?:BOX )?IF (?:THE )?(?:DISCLOSURE OF )?LEGAL PROCEEDINGS"),
    "citizenship": _label(r"CITIZENSHIP OR PLACE"),
    "power": _label(r"SOLE (?:VOTING|DISPOSITIVE|INVESTMENT) POWER"),
    "shared_voting": _label(r"SHARED VOTING POWER"),
    "shared_dispositive": _label(r"SHARED (?:DISPOSITIVE|INVESTMENT) POWER"),
    "aggregate": _label(
        r"AGGREGATE AMOUNT (?:OF )?(?:SHARES )?BENEFICIALLY OWNED(?: BY(?: EACH| THE)?(?: REPORTING)?(?: PERSONS?)?)?"
    ),
    "excludes": _label(r"CHECK (?:THE )?(?:BOX )?IF (?:THE )?AGGREGATE AMOUNT"),
    "percent": _label(
        r"PERCENT(?:AGE)? OF (?:THE )?(?:CLASS|SERIES|SHARES)(?: REPRESENTED)?(?: BY)?(?: THE)?(?: AMOUNT)?"
    )
    + rf"(?:{_GAP}IN{_GAP}(?:ROW|ITEM|BOX)s?(?:{_GAP}(?:NO\.?)?\s*\(?\d{{1,2}}\)?(?![\d.%])|\s*\(\d{{1,2}}\))?)?",
    "type": _label(r"TYPE OF (?:THE )?REPORTING PERSONS?(?:\(S\))?"),
}
_ANY_ROW = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _ROWS.items()), re.IGNORECASE)
_ITEM_1 = re.compile(r"^[\s|*_#]{0,40}ITEM\s{1,10}1\s?[.:(|\s]", re.IGNORECASE | re.MULTILINE)
_AFTER_LABEL = re.compile(
    r"(?:\s*\((?:see|voluntary|entities|including|discretionary)\b[^()]{0,120}\)|[\s*:.|†])+", re.IGNORECASE
)
_NEXT_NUMBER = re.compile(
    r"(?:(?<=[\n|])|(?<=\s\s))[\s|(\[]*(?:ITEM\s+)?\d{1,2}[a-z]?[\])]?[.)]?[\s|]*$", re.IGNORECASE
)
_IDENTIFICATION = re.compile(
    r"[/(]?\s*(?:S\.?\s?S\.?|I\.?\s?R\.?\s?S\.?|SOCIAL\s+SECURITY|TAX)[^\n]{0,60}?IDENTIFICATION\s+(?:NO|NUMBER)S?\b\.?(?:\(S\))?\.?"
    r"(?:[\s|]*OF[\s|]+(?:THE[\s|]+)?(?:ABOVE|REPORTING)?[\s|]*PERSONS?(?:\(S\))?)?\)?(?:[\s|]*\(ENTITIES[\s|]+ONLY\)|[\s|]*\(VOLUNTARY\))?[.:)*]*",
    re.IGNORECASE,
)
_NUMBER_OF_TAX = re.compile(
    r"[\s,;:/#(\[–—-]*(?:\b(?:I\.?R\.?S\.?|EIN|FEIN|S\.?S\.?|Tax|Federal|Employer)\b[^\d\n]{0,50})?[#(]?\s*(?<!\d)\d{2}-\d{7}(?!\d)[)\]]*.*$"
    r"|[\s,;:(–—-]*\b(?:I\.?R\.?S\.?|EIN|Tax)\s+(?:I\.?D\.?|Identification|No)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_DEFINED = re.compile(
    r"\s*[(\[](?:the\s+|collectively|together|hereinafter|\W{0,3}[\"“‘'])[^()]{0,80}[)\]]\s*$", re.IGNORECASE
)
_FOOTNOTE = re.compile(r"(?:[(\[](?:\d{1,2}|[a-z*†‡]{1,2})[)\]]|[\s*†‡#¹²³⁴⁵⁶⁷⁸⁹])+$")
_LEGAL_TAIL = re.compile(
    r"(?:L\.?\s?L\.?\s?C\.?|L\.?\s?P\.?|L\.?L\.?P\.?|Inc\.?|Incorporated|Corp(?:oration|\.)?|Ltd\.?|Limited|plc|N\.?V\.?|B\.?V\.?|S\.?A\.?|"
    r"AG|GmbH|Company|Co\.?|Trust|Fund|(?:\S+\s){0,2}(?:L\.P\.|LLC|LP|Ltd\.?|Inc\.?))",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(r"(?:[,&/]|\b(?:and|of|the|for))$", re.IGNORECASE)
_RULES_BELOW = re.compile(r"(?:\n[ \t|_=+–—-]*)+$")
_LONGEST_VALUE = 1500
_RULE = re.compile(r"[\s|_=~.*+–—-]*")
# What may stand beside the value and is not it: notes, references, dates.
_ASIDE = re.compile(
    r"\([^()]{0,300}\)|\b(?:items?|rows?|notes?|footnotes?|exhibits?|page|rule)\s+\(?\d+\w*(?:\([a-z0-9]+\))*"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2},?\s+\d{4}"
    r"|\b\d{1,2}/\d{1,2}/\d{2,4}\b|[¹²³⁴⁵⁶⁷⁸⁹]+",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?<![\w.$])(?:\d{1,3}(?:,\s?\d{3})+|\d+)(?:\.\d+)?(?![\w%])|(?<!\w)(?:-0-|none|nil|zero)(?!\w)", re.IGNORECASE
)
_PERCENT = re.compile(r"(?<![\w.])(\d{1,3}(?:\.\d+)?|\.\d+|-0-)\s*(?:%|per\s*cent)", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w.,])(\d{1,3}(?:\.\d+)?|\.\d+|-0-|none|nil)(?![\w,])", re.IGNORECASE)
_INEXACT = re.compile(r"\b(?:less|fewer|more|greater|under|below|over)\b(?:\s+than)?|[<>]", re.IGNORECASE)
_CODES = re.compile(r"\b(?:BD|BK|IC|IV|IA|EP|HC|SA|CP|CO|PN|IN|FI|OO)\b")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a cover page: the words of its value, and where label and value stand."""

    value: str
    start: int
    end: int


def rows_of(text: str, begin: int, end: int) -> dict[str, Row]:
    """The rows of one reporting person's page by name; the first of each, without rows that are empty."""
    item = _ITEM_1.search(text, begin, end)
    end = item.start() if item else end
    labels = list(_ANY_ROW.finditer(text, begin, end))
    rows: dict[str, Row] = {}
    for number, label in enumerate(labels):
        name = str(label.lastgroup)
        if name in rows or name == "power":
            continue
        stop = labels[number + 1].start() if number + 1 < len(labels) else min(end, label.end() + 200)
        row = _row(text, name, label.start(), label.end(), min(stop, label.end() + _LONGEST_VALUE))
        if row:
            rows[name] = row
    return rows


def _row(text: str, name: str, start: int, label_end: int, stop: int) -> Row | None:
    after = _AFTER_LABEL.match(text, label_end, stop)
    begin = after.end() if after else label_end
    if begin > label_end and text[begin - 1] == "." and text[begin : begin + 1].isdigit():
        begin -= 1  # ".5%"
    raw = text[begin:stop]
    number = _NEXT_NUMBER.search("\n" + raw)
    kept = raw[: max(0, number.start() - 1)] if number else raw
    if not kept.strip(" \n\t|*_-") and raw.strip(" \n\t|") in ("0", "-0-"):
        kept = raw
    if name == "name":
        found = _name_row(text, begin, begin + len(kept))
        return Row(found.value, start, found.end) if found else None
    lines = _RULES_BELOW.sub("", kept).strip(" \n\t|")
    if not lines:
        return None
    first = begin + kept.index(lines)
    if name == "type":
        lines = lines.partition("\n")[0][:80].rstrip()
    return Row(lines, start, first + len(lines))


def _name_row(text: str, begin: int, end: int) -> Row | None:
    """The first name in the value, over two lines where a legal form has fallen to the second."""
    region = text[begin:end]
    region = _IDENTIFICATION.sub(lambda m: "\n" * min(1, len(m.group())) + " " * (len(m.group()) - 1), region)
    name, first, last = "", 0, 0
    for line in re.finditer(r"[^\n]+", region):
        words = line.group().strip(" \t|*_:-–—")
        if _RULE.fullmatch(words) or re.fullmatch(
            r"\(?\d{1,2}\)?[.)]?|\(ENTITIES ONLY\)|\(SEE INSTRUCTIONS\)", words, re.IGNORECASE
        ):
            if name and line.group().strip():
                break
            continue
        words = re.sub(r"^\(?\d{0,2}[.)]\s+|^\d{1,2}\s*\|\s*", "", words)
        at = begin + line.start() + line.group().find(words)
        if not name:
            name, first, last = words, at, at + len(words)
        elif _UNFINISHED.search(name) or _LEGAL_TAIL.fullmatch(words):
            name, last = f"{name} {words}", at + len(words)
        else:
            break
    return Row(name, first, last) if name else None


def clean_name(name: str) -> str:
    """A name without tax numbers, footnote marks, definitions and spare spaces.

    >>> clean_name("Alnora  Partners, L.P. (1) 04-1234567")
    'Alnora Partners, L.P.'
    >>> clean_name('Jane Doe (the "Reporting Person")')
    'Jane Doe'
    """
    name = re.sub(r"[\s|]+", " ", name)[:250]
    name = _NUMBER_OF_TAX.sub("", name)
    for _ in range(3):
        name = _FOOTNOTE.sub("", _DEFINED.sub("", name.strip(" ,;:|_*–—-")))
    name = name.strip(' ,;:|_*"“”')
    return name if re.search(r"[A-Za-zÀ-ÿ]{2}", name) and len(name) <= 150 else ""


def shares_in(value: str) -> float | None:
    """The number of shares in a row's value.

    >>> [shares_in(v) for v in ("-0- (See Item 4(a))", "2,100,000 (1)", "See Item 5", "NONE", "10000000.00")]
    [0.0, 2100000.0, None, 0.0, 10000000.0]
    """
    found = _AMOUNT.search(_ASIDE.sub(lambda m: " " * len(m.group()), value))
    if not found:
        return None
    words = re.sub(r"[,\s]", "", found.group())
    return float(words) if words[0].isdigit() and len(words) < 20 else 0.0 if not words[0].isdigit() else None


def percent_in(value: str) -> float | None:
    """The percentage in a row's value; None where the text gives a bound only.

    >>> [percent_in(v) for v in ("9.9%", "5.08", "less than 1%", "51.8% (2)", "0%", "*", ".5%")]
    [9.9, 5.08, None, 51.8, 0.0, None, 0.5]
    """
    value = _ASIDE.sub(lambda m: " " * len(m.group()), value)
    found = _PERCENT.search(value) or _BARE.search(value)
    if not found or _INEXACT.search(value, 0, found.start()):
        return None
    words = found.group(1)
    number = float(words) if words[0] in ".0123456789" else 0.0
    return number if number <= 100 else None


def types_in(value: str) -> frozenset[str]:
    """The codes of types of reporting person: IN is an individual.

    >>> sorted(types_in("IN, HC")), sorted(types_in("OO – Trust"))
    (['HC', 'IN'], ['OO'])
    """
    return frozenset(_CODES.findall(value)) or (
        frozenset({"IN"}) if re.search(r"\bindividual\b", value, re.I) else frozenset()
    )
