"""What a cell says: an amount, a date, a list, or that it keeps its value quiet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from biopact.loaders.extraction.values import amounts, redactions
from biopact.loaders.forms.dates import DATE, iso_of
from biopact.loaders.tables.mapping import UNITS, Column, Columns
from biopact.loaders.tables.words import phrases, plain


class CellError(ValueError):
    """A cell cannot be read as what its column holds; the message says why."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money."""

    value: float
    currency: str


def state_of(cell: str) -> str | None:
    """Redacted or undisclosed, where a cell says so in place of a value; None where it says something.

    >>> state_of("[***]"), state_of("Undisclosed"), state_of("$45m")
    ('redacted', 'undisclosed', None)
    """
    words = plain(cell)
    if words in phrases("undisclosed"):
        return "undisclosed"
    if words in phrases("redacted") or any(r.end - r.start == len(cell.strip()) for r in redactions(cell)):
        return "redacted"
    return None


def is_blank(cell: str) -> bool:
    """Whether a cell says nothing: empty, or a dash."""
    return not cell.strip(" \t\n\r\xa0-–—")


def members(cell: str, separator: str | None) -> list[str]:
    """The members of a list in one cell, at the separator that the mapping names, else at semicolons and lines.

    >>> members("QLM-204; QLM-310", None), members("A, B", ","), members("A, B", None)
    (['QLM-204', 'QLM-310'], ['A', 'B'], ['A, B'])
    """
    parts = cell.split(separator) if separator else re.split(r"[;\n]", cell)
    found = (re.sub(r"\s+", " ", part).strip() for part in parts)
    return list(dict.fromkeys(part for part in found if not is_blank(part)))


_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f'’,]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_CODE = re.compile(r"^([A-Z]{3})(?=[\s\d])|(?<=[\s\d])([A-Z]{3})$")
_QUALIFIED = re.compile(
    r"(?:up ?to|approx(?:imately)?\.?|about|around|c(?:irc)?a?\.|circa|over|at least|more than|max(?:imum)?\.?|"
    r"est(?:imated)?\.?|[~≈<>≤≥])\s*",
    re.IGNORECASE,
)
_SCALED = re.compile(r"(?P<number>[\d.]+)\s*(?P<scale>thousand|million|billion|mn|mio|mm|bn|[kmb])?\.?", re.IGNORECASE)
_SCALES = {"mn": "million", "mio": "million", "b": "billion", "bn": "billion", "k": "thousand"}


def amount(cell: str, column: Column, columns: Columns, currency: str | None = None) -> Amount:
    """The sum of money in a cell; CellError where it is not one sum, or its currency is not known.

    Currency and scale of the cell itself come first, then those of the row, the column and the mapping.
    """
    text = cell.strip().replace("\\", "")
    if columns.decimal == ",":
        text = text.translate(str.maketrans(".,", ",."))
    text = _GROUPED.sub(lambda m: re.sub(r"[ \u00a0\u202f'’,]", "", m.group()), text)
    if re.search(r"\d,\d", text):
        raise CellError(f"{cell!r} is no number as decimals are written here; see `decimal` of the mapping")
    unit = UNITS[column.unit or columns.unit]
    code = _CODE.search(text)
    if code:
        currency = code.group(1) or code.group(2)
        text = (text[: code.start()] + text[code.end() :]).strip()
    bare = _QUALIFIED.sub("", text).strip("+ ")
    found = _SCALED.fullmatch(bare)
    if found and (found["number"].count(".") < 2) and found["number"] != ".":
        currency = currency or column.currency or columns.currency
        if currency is None:
            raise CellError(f"{cell!r} names no currency; say `currency` in the mapping")
        if not found["scale"]:
            return Amount(round(float(found["number"]) * unit, 2), currency)
        scale = found["scale"].lower()
        (sum_,) = amounts(f"USD {found['number']} {_SCALES.get(scale, scale)}")
        return Amount(float(sum_.value), currency)
    sums = list(amounts(text))
    if len(sums) != 1:
        raise CellError(f"{cell!r} is not one amount of money")
    number = float(re.sub(r"[^\d.]", "", text[sums[0].start : sums[0].end]).strip(".") or 0)
    value = float(sums[0].value)
    scaled = value != number or number == 0
    return Amount(value if scaled else round(value * unit, 2), currency or str(sums[0].currency))


_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {m: i for i, m in enumerate(_MONTH_NAMES, 1)}
_CLOCK = re.compile(r"[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|UTC|[+-]\d\d:?\d\d|[AP]M)?$", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)")
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})(?:[/.-](\d{1,2}))?|(\d{4})(\d\d)(\d\d)")
_NAMED = re.compile(r"(?:(\d{1,2})[\s.-]+)?([A-Za-z]{3,9})\.?[\s,.’'-]+(\d{4}|\d\d)")
_PART = re.compile(r"(?:(?:Q[1-4]|H[12]|[1-4]Q|[12]H|FY)[\s/-]*)?(\d{4})(?:[\s/-]*(?:Q[1-4]|H[12]))?", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-](\d{4})")


def date_of(cell: str, order: str | None = None) -> str:
    """The date in a cell as an ISO date, to the day, month or year that it tells.

    CellError where it is none, or where day and month could be either way round and nothing says which.

    >>> date_of("11-Jun-18"), date_of("Jun 2018"), date_of("Q2 2018"), date_of("06/11/2018", "day first")
    ('2018-06-11', '2018-06', '2018', '2018-11-06')
    """
    text = _CLOCK.sub("", cell.strip())
    if m := _YEAR_FIRST.fullmatch(text):
        year, month, day = (m[1], m[2], m[3]) if m[1] else (m[4], m[5], m[6])
        return _checked(cell, int(year), int(month), int(day) if day else None)
    if m := _NUMBERS.fullmatch(text):
        first, second = int(m[1]), int(m[3])
        if m[2] == "." or order == "day first" or first > 12:
            first, second = second, first
        elif order is None and second <= 12 and first != second:
            raise CellError(
                f"{cell!r} may be the day or the month first; say `dates: day first` or `dates: month first`"
            )
        return _checked(cell, _year(m[4]), first, second)
    if (m := DATE.fullmatch(text)) and (found := iso_of(m)):
        return found
    if (m := _NAMED.fullmatch(text)) and (month_ := _MONTHS.get(m[2][:3].lower())):
        return _checked(cell, _year(m[3]), month_, int(m[1]) if m[1] else None)
    if m := _MONTH_YEAR.fullmatch(text):
        return _checked(cell, int(m[2]), int(m[1]), None)
    if m := _PART.fullmatch(text):
        return _checked(cell, int(m[1]), None, None)
    raise CellError(f"{cell!r} is no date")


def _year(digits: str) -> int:
    """Years of two digits lie between 1950 and 2049."""
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 50 else 1900)


def _checked(cell: str, year: int, month: int | None, day: int | None) -> str:
    try:
        found = date(year, month or 1, day or 1)
    except ValueError:
        raise CellError(f"{cell!r} is a day that no calendar has") from None
    if not 1900 <= year < 2100:
        raise CellError(f"{cell!r} is no date of a deal: the year is {year}")
    return found.isoformat()[: 10 if day else 7 if month else 4]


_BARE_RATE = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_RATES = re.compile(r"(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)")


def rates(cell: str, decimal: str) -> str:
    """The words on royalties, with the sign of per cent where a bare number leaves it out.

    >>> rates("5-10", "."), rates("7.5", "."), rates("tiered, low double digit", ".")
    ('5% to 10%', '7.5%', 'tiered, low double digit')
    """
    text = re.sub(r"(?<=\d),(?=\d)", ".", cell.strip()) if decimal == "," else cell.strip()
    text = re.sub(r"(\d)\s*(?:-|–)\s*(\d[\d.]*\s?%)", r"\1% to \2", text)
    if m := _RATES.fullmatch(text):
        return f"{m[1]}% to {m[2]}%"
    if _BARE_RATE.fullmatch(text):
        if 0 < float(text) < 1:
            raise CellError(f"{cell!r} may be a share or a per cent; write it with its sign, as in 5%")
        return f"{text}%"
    return text
