"""What is asked of EDGAR: tickers, CIKs and accession numbers, and which forms of which days."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from biopact.ontology.errors import ValidationError

ACCESSION = re.compile(r"\d{10}-\d{2}-\d{6}", re.A)
_NUMBER = re.compile(r"(?<!\d)(?:(\d{10})-(\d{2})-(\d{6})|(\d{10})(\d{2})(\d{6}))(?!\d)", re.A)
_PATH = re.compile(r"/edgar/data/(\d{1,10})/", re.A)
_CIK = re.compile(r"(?:CIK)?(\d{1,10})", re.A | re.I)
_TICKER = re.compile(r"[A-Z][A-Z0-9]{0,5}(?:[-./][A-Z0-9]{1,3})?", re.A | re.I)


@dataclass(frozen=True, slots=True)
class Listed:
    """A filing to fetch."""

    accession_number: str
    cik: str  # in whose folder it stands
    form: str | None = None
    filing_date: str | None = None
    guessed: bool = False  # the CIK is that of the accession number: the filer's, or only that of its agent

    @property
    def path(self) -> str:
        """The full submission on EDGAR's archive."""
        folder = self.accession_number.replace("-", "")
        return f"/Archives/edgar/data/{int(self.cik)}/{folder}/{self.accession_number}.txt"


@dataclass(frozen=True, slots=True)
class Selection:
    """Forms and days; without forms, every form."""

    forms: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None

    def takes(self, form: str, day: date) -> bool:
        """Whether a filing is among them. A form takes its amendments along: they correct what it says."""
        if (self.since and day < self.since) or (self.until and day > self.until):
            return False
        form = form_name(form)
        return not self.forms or form in self.forms or form.removesuffix("/A") in self.forms


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is named one by one."""

    tickers: tuple[str, ...] = ()
    ciks: tuple[str, ...] = ()
    filings: tuple[Listed, ...] = ()

    def __add__(self, other: Wanted) -> Wanted:
        return Wanted(self.tickers + other.tickers, self.ciks + other.ciks, self.filings + other.filings)


def form_name(form: str) -> str:
    """A form's name in one way of writing; since December 2024 SC 13D is called SCHEDULE 13D.

    >>> form_name("schedule 13d/a")
    'SC 13D/A'
    """
    name = " ".join(form.upper().split())
    return re.sub(r"^SCHEDULE (?=13[DG])", "SC ", name)


def cik(value: str) -> str:
    """A CIK in its ten digits; ValidationError for what is none."""
    match = _CIK.fullmatch(value.strip())
    if not match or not int(match[1]):
        raise ValidationError(f"{value[:80]!r} is no CIK: expected up to ten digits, as in 855654")
    return match[1].zfill(10)


def ticker(value: str) -> str:
    """A ticker as EDGAR writes it; ValidationError for what cannot be one.

    >>> ticker("brk.b")
    'BRK-B'
    """
    if not _TICKER.fullmatch(value.strip()):
        raise ValidationError(f"{value[:80]!r} is no ticker: expected one to six letters or digits, as in PFE or BRK-B")
    return re.sub(r"[./]", "-", value.strip().upper())


def filing(value: str) -> Listed:
    """The filing of an accession number, with or without hyphens, or of an address on EDGAR that holds one.

    >>> filing("edgar/data/855654/0000855654-10-000003.txt").cik
    '0000855654'
    """
    match = _NUMBER.search(value)
    if not match:
        raise ValidationError(f"{value[:80]!r} is no accession number: expected one as in 0000855654-10-000003")
    number = "-".join(group for group in match.groups() if group)
    path = _PATH.search("/" + (urlsplit(value).path or value))
    if path and int(path[1]):
        return Listed(number, path[1].zfill(10))
    return Listed(number, number[:10], guessed=True)


def read_list(text: str) -> tuple[Wanted, list[str]]:
    """What a list names, and what is wrong with the lines that name nothing.

    A list holds a ticker, a CIK, an accession number or an address on EDGAR on each line, with ``#`` before a remark;
    or it is the JSON with which EDGAR's full-text search answers.
    """
    if text.lstrip().startswith("{"):
        return Wanted(filings=tuple(_search_results(text))), []
    wanted, problems = Wanted(), []
    for number, line in enumerate(text.splitlines(), 1):
        if not (line := line.partition("#")[0].strip()):
            continue
        try:
            wanted += _of_line(line)
        except ValidationError as error:
            problems.append(f"line {number}: {error}")
    return wanted, problems


def _of_line(line: str) -> Wanted:
    if _NUMBER.search(line):
        return Wanted(filings=(filing(line),))
    if _CIK.fullmatch(line):
        return Wanted(ciks=(cik(line),))
    if _TICKER.fullmatch(line):
        return Wanted(tickers=(ticker(line),))
    raise ValidationError(f"{line[:80]!r} is neither a ticker, nor a CIK, nor an accession number")


def _search_results(text: str) -> Iterator[Listed]:
    try:
        hits = json.loads(text)["hits"]["hits"]
        for hit in hits:
            source = hit["_source"]
            found = filing(source.get("adsh") or hit["_id"])
            owner = next(iter(source.get("ciks") or ()), None)
            yield Listed(found.accession_number, cik(owner)) if owner else found
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValidationError(f"no answer of EDGAR's full-text search ({type(error).__name__}: {error})") from None


def once(filings: Iterable[Listed]) -> list[Listed]:
    """Each filing once, in order; one whose CIK is known goes before the same with a guess."""
    known: dict[str, Listed] = {}
    for listed in filings:
        if listed.accession_number not in known or known[listed.accession_number].guessed:
            known[listed.accession_number] = listed
    return list(known.values())
