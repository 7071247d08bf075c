"""EDGAR's indexes of filings: those of one company, and those of all companies by quarter."""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from biopact.loaders.edgar.client import INDEX_LIMIT, Edgar
from biopact.loaders.edgar.listed import ACCESSION, Listed, Selection
from biopact.ontology.errors import NotFoundError

FIRST_DAY = date(1993, 1, 1)  # of EDGAR
_OLDER = re.compile(r"CIK\d{10}-submissions-\d{3}\.json", re.A)
_ROW_PATH = re.compile(r"edgar/data/(\d{1,10})/(\d{10}-\d{2}-\d{6})\.txt", re.A)
Row = tuple[str, str, date]  # accession number, form, filing date


@dataclass(frozen=True, slots=True)
class _Page:
    """A stretch of a company's filings on a page of its own."""

    name: str
    first: date
    last: date


def of_company(edgar: Edgar, cik: str, selection: Selection) -> Iterator[Listed]:
    """The filings of a company, latest first; NotFoundError if EDGAR has no such company."""
    address = f"{edgar.sites.data}/submissions/"
    try:
        recent, older = edgar.read(f"{address}CIK{cik}.json", partial(parse_company, cik=cik))
    except NotFoundError:
        raise NotFoundError(f"CIK {cik}: EDGAR knows no company or person of this number; check it") from None
    yield from _taken(cik, recent, selection)
    for page in older:
        too_old = selection.since and page.last < selection.since
        too_new = selection.until and page.first > selection.until
        if not (too_old or too_new):
            yield from _taken(cik, edgar.read(address + page.name, parse_page), selection)


def _taken(cik: str, rows: Collection[Row], selection: Selection) -> Iterator[Listed]:
    for number, form, day in rows:
        if selection.takes(form, day):
            yield Listed(number, cik, form, day.isoformat())


def parse_company(body: bytes, cik: str) -> tuple[list[Row], list[_Page]]:
    """The latest filings of the company, and the pages with the older ones; ValueError for anything else."""
    try:
        answer = json.loads(body)
        if int(answer["cik"]) != int(cik):
            raise ValueError(f"the filings of CIK {answer['cik']}, not {cik}")
        filings = answer["filings"]
        pages = [
            _Page(page["name"], date.fromisoformat(page["filingFrom"]), date.fromisoformat(page["filingTo"]))
            for page in filings["files"]
        ]
        if strange := [page.name for page in pages if not _OLDER.fullmatch(page.name)]:
            raise ValueError(f"{strange[0]!r} is not the name of a page")
        return _rows(filings["recent"]), pages
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"no list of a company's filings ({type(error).__name__}: {error})") from None


def parse_page(body: bytes) -> list[Row]:
    """The filings of one older page."""
    try:
        return _rows(json.loads(body))
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"no list of a company's filings ({type(error).__name__}: {error})") from None


def _rows(columns: dict[str, list[str]]) -> list[Row]:
    rows: list[Row] = []
    for number, form, day in zip(columns["accessionNumber"], columns["form"], columns["filingDate"], strict=True):
        if not ACCESSION.fullmatch(number):
            raise ValueError(f"{number!r} is no accession number")
        rows.append((number, str(form), date.fromisoformat(day)))
    return rows


def of_quarters(edgar: Edgar, selection: Selection, today: date) -> Iterator[Listed]:
    """The filings of all companies; `selection` says since when."""
    since, until = selection.since or FIRST_DAY, min(selection.until or today, today)

    def wanted(_: str, form: str, day: date) -> bool:
        return selection.takes(form, day)

    for year, quarter in _quarters(since, until):
        yield from _quarter(edgar, year, quarter, wanted)


def of_accessions(edgar: Edgar, numbers: Collection[str], today: date) -> dict[str, Listed]:
    """Those of the accession numbers that the indexes of their years list, and of the quarter after, with their CIK."""
    found: dict[str, Listed] = {}
    for year in sorted({_year(number) for number in numbers}):
        sought = {number for number in numbers if _year(number) == year}
        for place in _quarters(date(year, 1, 1), min(date(year + 1, 1, 1), today)):
            if sought - found.keys():
                for listed in _quarter(edgar, *place, wanted=lambda number, *_, sought=sought: number in sought):
                    found.setdefault(listed.accession_number, listed)
    return found


def _year(accession_number: str) -> int:
    """The year in which the number was given out."""
    year = int(accession_number[11:13])
    return year + (1900 if year >= 93 else 2000)


def _quarters(since: date, until: date) -> Iterator[tuple[int, int]]:
    """Year and quarter from one day to another."""
    since = max(since, FIRST_DAY)
    for count in range(since.year * 4 + (since.month - 1) // 3, until.year * 4 + (until.month - 1) // 3 + 1):
        yield count // 4, count % 4 + 1


def _quarter(edgar: Edgar, year: int, quarter: int, wanted: Callable[[str, str, date], bool]) -> list[Listed]:
    address = f"{edgar.sites.archives}/Archives/edgar/full-index/{year}/QTR{quarter}/master.gz"
    try:
        return edgar.read(address, partial(parse_quarter, wanted=wanted))
    except NotFoundError:
        return []  # on the first days of a quarter there is none yet


def parse_quarter(body: bytes, wanted: Callable[[str, str, date], bool]) -> list[Listed]:
    """The wanted filings of a master index, packed or plain; ValueError for anything else."""
    lines = io.StringIO(_unpacked(body).decode("utf-8", "replace"))
    if not any(line.startswith("CIK|") for line in lines):
        raise ValueError("no master index")
    listed = []
    for line in lines:
        fields = line.rstrip("\r\n").rsplit("|", 3)
        if len(fields) != 4:
            if line.strip("-\r\n "):
                raise ValueError(f"{line[:80]!r} is no line of a master index")
            continue
        path, day = _ROW_PATH.fullmatch(fields[3]), date.fromisoformat(fields[2])
        if wanted(path[2] if path else "", fields[1], day):
            if not path:
                raise ValueError(f"{fields[3][:80]!r} is not the path of a filing")
            listed.append(Listed(path[2], path[1].zfill(10), fields[1], day.isoformat()))
    return listed


def _unpacked(body: bytes) -> bytes:
    if body[:2] != b"\x1f\x8b":
        return body
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as file:
            plain = file.read(INDEX_LIMIT + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"a damaged archive: {error}") from None
    if len(plain) > INDEX_LIMIT:
        raise ValueError(f"it unpacks to more than {INDEX_LIMIT} bytes")
    return plain
