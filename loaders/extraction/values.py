"""Values that stand in running text: dates, amounts of money, percentages, redactions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_DATE = re.compile(
    rf"""
    (?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<year>(?:19|20)\d\d)
  | (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:day\s+of\s+)?(?P<month2>{_MONTH})\s*,?\s+(?P<year2>(?:19|20)\d\d)
  | (?P<month3>{_MONTH})\s*,?\s+(?:of\s+)?(?P<year3>(?:19|20)\d\d)
  | (?P<iso>(?:19|20)\d\d-\d\d-\d\d)
  | (?P<m4>\d{{1,2}})/(?P<d4>\d{{1,2}})/(?P<year4>(?:19|20)\d\d)
  | \b(?P<year6>(?:19|20)\d\d)(?=\s(?:[\w-]+\s){{0,2}}?(?:agreement|collaboration|partnership|alliance|licen[sc]e|deal|acquisitions?|merger)\b)
  | (?:in|since|during|early|late|mid-?|of)\s+(?:(?:the\s+)?(?:fiscal|calendar)\s+(?:year\s+)?)?(?P<year5>(?:19|20)\d\d)\b(?!\s*(?:Form|Annual|shares|patients|per\ cent|%))
    """,
    re.VERBOSE | re.IGNORECASE,
)

_SCALES = {
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "mm": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
}
_CURRENCIES = {
    "$": "USD",
    "us$": "USD",
    "u.s.$": "USD",
    "usd": "USD",
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "¥": "JPY",
    "jpy": "JPY",
    "yen": "JPY",
    "chf": "CHF",
    "cad": "CAD",
    "c$": "CAD",
    "a$": "AUD",
    "aud": "AUD",
    "rmb": "CNY",
    "cny": "CNY",
    "hk$": "HKD",
    "nt$": "TWD",
    "dollars": "USD",
    "sek": "SEK",
    "dkk": "DKK",
}
_NUMBER = (
    r"\d{1,3}(?:[,'’]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?![\d.])|\d+(?:\.\d+)?"  # 4.000.000 on the Continent
)
_SCALE = r"(?:[Tt]housand|THOUSAND|[Mm]illion|MILLION|[Bb]illion|BILLION|bn|mm|MM|[mM](?![A-Za-z])|[kK](?![A-Za-z])|[bB](?![A-Za-z]))"
_MONEY = re.compile(
    rf"""
    (?P<sign>(?:\b(?:US|U\.S\.|C|A|HK|NT)\s?)?\\?\$|€|£|¥|\b(?:USD|EUR|GBP|CHF|JPY|CAD|AUD|RMB|CNY|SEK|DKK)(?![A-Za-z])\s?\\?\$?)\s*
      (?P<number>{_NUMBER})(?:\s*(?P<scale>{_SCALE})\b)?
  | (?P<number2>{_NUMBER})\s*(?P<scale2>{_SCALE})?\s*
      (?P<sign2>(?:U\.?S\.?\s+)?[Dd]ollars|[Ee]uros?|\b(?:USD|EUR|GBP|CHF|JPY|CAD|AUD|RMB|CNY|SEK|DKK)\b|[Yy]en\b)
    """,
    re.VERBOSE,
)
# a value that the filer blacked out: [***], [*], [* * *], [REDACTED], ***
_REDACTED = re.compile(
    r"\[\s*(?:\*+\s*)+\]|\[\s*(?:redacted|omitted|confidential[^\]]{0,60})\s*\]|\(\*{2,}\)|\*{3,}|\[_{2,}\]|\[●\]",
    re.IGNORECASE,
)
_PERCENT_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        1,
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "half of one": 0.5, "one half of one": 0.5}
_PERCENT = re.compile(
    rf"(?P<low>\d+(?:\.\d+)?)\s*(?:%|per\s?cent\b)|\b(?P<word>{'|'.join(sorted(_PERCENT_WORDS, key=len, reverse=True))})\s+per\s?cent\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it stands."""

    start: int
    end: int
    value: str | float
    currency: str | None = None


def dates(text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
    """Dates between two offsets, as ISO 8601 shortened to what is known.

    >>> [d.value for d in dates("On October 17, 2006, and the 3rd day of May 2010, since 2003; August 2008; a 2021 deal")]
    ['2006-10-17', '2010-05-03', '2003', '2008-08', '2021']
    """
    for m in _DATE.finditer(text, start, len(text) if end is None else end):
        value = _iso(m)
        if value:
            begin = m.start("year5") if m["year5"] else m.start()
            yield Found(begin, m.end() if not m["year5"] else m.end("year5"), value)


def _iso(m: re.Match[str]) -> str | None:
    if m["iso"]:
        return m["iso"]
    if m["year5"] or m["year6"]:
        return m["year5"] or m["year6"]
    if m["year3"]:
        return f"{m['year3']}-{_month(m['month3']):02d}"
    if m["year4"]:
        month, day, year = int(m["m4"]), int(m["d4"]), m["year4"]
    elif m["year2"]:
        month, day, year = _month(m["month2"]), int(m["day2"]), m["year2"]
    else:
        month, day, year = _month(m["month"]), int(m["day"]), m["year"]
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year}-{month:02d}-{day:02d}"


def _month(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, 1) if month.startswith(name.lower().rstrip(".")[:3]))


def amounts(text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
    """Amounts of money between two offsets, in units of their currency.

    >>> [(m.value, m.currency) for m in amounts("a $1 million fee, US$4.5 million, €300,000 and 2 million euros")]
    [(1000000.0, 'USD'), (4500000.0, 'USD'), (300000.0, 'EUR'), (2000000.0, 'EUR')]
    >>> [(m.value, m.currency) for m in amounts("EUR 4.000.000 on the Continent, CHF 2'500'000, and $1.250")]
    [(4000000.0, 'EUR'), (2500000.0, 'CHF'), (1.25, 'USD')]
    """
    for m in _MONEY.finditer(text, start, len(text) if end is None else end):
        number, scale = (m["number"], m["scale"]) if m["number"] else (m["number2"], m["scale2"])
        sign = (m["sign"] or m["sign2"]).replace("\\", "").replace(" ", "").lower()
        currency = _CURRENCIES.get(sign) or _CURRENCIES.get(sign.rstrip("$")) or "USD"
        points = number.count(".") > 1
        value = float(re.sub(r"[,'’.]" if points else r"[,'’]", "", number)) * _SCALES.get((scale or "").lower(), 1.0)
        yield Found(m.start(), m.end(), round(value, 2), currency)


def percents(text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
    """Percentages between two offsets, as numbers from 0 to 100 (or more).

    >>> [p.value for p in percents("between 5% and 7.5 percent, ending at twenty percent")]
    [5.0, 7.5, 20.0]
    """
    for m in _PERCENT.finditer(text, start, len(text) if end is None else end):
        yield Found(m.start(), m.end(), float(m["low"] or _PERCENT_WORDS[m["word"].lower()]))


def redactions(text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
    """Places where the filer left a value out.

    >>> [r.value for r in redactions("a royalty of [***]% and [*]")]
    ['[***]', '[*]']
    """
    for m in _REDACTED.finditer(text, start, len(text) if end is None else end):
        yield Found(m.start(), m.end(), m.group())
