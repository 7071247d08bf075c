"""EDGAR's indexes and its register: what they say, and what they may not make us do."""

import gzip
import json
from datetime import date

import pytest

from biopact.loaders.edgar import indexes
from biopact.loaders.edgar.client import Edgar, EdgarError
from biopact.loaders.edgar.indexes import (
    of_accessions,
    of_company,
    of_quarters,
    parse_company,
    parse_page,
    parse_quarter,
)
from biopact.loaders.edgar.listed import Selection
from biopact.loaders.edgar.register import parse_register, read_register
from biopact.ontology.errors import NotFoundError
from tests.loaders.edgar.service import Answer, Service, columns, master

CIK = "0000000077"
TODAY = date(2018, 8, 1)


def number(count: int, year: int = 18) -> str:
    return f"{CIK}-{year:02d}-{count:06d}"


@pytest.fixture
def company(service: Service) -> Service:
    service.company(
        CIK,
        [(number(3), "8-K", "2018-03-05"), (number(2), "10-K", "2018-02-01")],
        {
            "a": [(number(1, 9), "8-K", "2009-05-01"), (number(9, 8), "8-K/A", "2008-12-30")],
            "b": [(number(1, 5), "8-K", "2005-05-01")],
        },
    )
    return service


def test_a_company_with_its_older_pages(edgar: Edgar, company: Service) -> None:
    assert [f.accession_number for f in of_company(edgar, CIK, Selection())] == [
        number(3),
        number(2),
        number(1, 9),
        number(9, 8),
        number(1, 5),
    ]
    assert [f.form for f in of_company(edgar, CIK, Selection(frozenset({"10-K"})))] == ["10-K"]


def test_older_pages_are_asked_for_only_where_the_days_meet(edgar: Edgar, company: Service) -> None:
    found = list(of_company(edgar, CIK, Selection(since=date(2009, 1, 1), until=date(2009, 12, 31))))
    assert [(f.accession_number, f.filing_date) for f in found] == [(number(1, 9), "2009-05-01")]
    assert company.paths() == [f"/submissions/CIK{CIK}.json", f"/submissions/CIK{CIK}-submissions-001.json"]


def test_a_company_that_is_not_there(edgar: Edgar) -> None:
    with pytest.raises(NotFoundError, match="CIK 0000000078: EDGAR knows no company"):
        list(of_company(edgar, "0000000078", Selection()))


def _company(**filings: object) -> bytes:
    whole = {"recent": columns([]), "files": []} | filings
    return json.dumps({"cik": 77, "filings": whole}).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"cik": "78", "filings": {"recent": {}, "files": []}}',
        _company(recent=columns([("../../etc/cron.d/x", "8-K", "2018-03-05")])),
        _company(recent=columns([(number(1) + "\n", "8-K", "2018-03-05")])),
        _company(recent=columns([(number(1), "8-K", "someday")])),
        _company(recent={"accessionNumber": [number(1)], "form": [], "filingDate": []}),
        _company(recent={"accessionNumber": [7], "form": ["8-K"], "filingDate": ["2018-03-05"]}),
        _company(files=[{"name": "../x.json", "filingFrom": "2018-03-05", "filingTo": "2018-03-05"}]),
        _company(files=["x"]),
        b"[" * 100_000,
    ],
)
def test_lists_that_are_none(body: bytes, edgar: Edgar, service: Service) -> None:
    with pytest.raises(ValueError):
        parse_company(body, CIK)
    service.pages[f"/submissions/CIK{CIK}.json"] = body
    with pytest.raises(EdgarError, match="not the index asked for"):
        list(of_company(edgar, CIK, Selection()))


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"[" * 100_000])
def test_older_pages_that_are_none(body: bytes) -> None:
    with pytest.raises(ValueError):
        parse_page(body)


@pytest.fixture
def quarters(service: Service) -> Service:
    full = "/Archives/edgar/full-index"
    service.pages[f"{full}/2017/QTR4/master.gz"] = master([(CIK, "8-K", "2017-11-01", number(8, 17))])
    service.pages[f"{full}/2018/QTR1/master.gz"] = master(
        [
            (CIK, "8-K", "2018-01-02", number(1)),
            (CIK, "10-K", "2018-02-01", number(2)),
            ("0000004711", "SC 13D/A", "2018-03-01", number(3)),
            (CIK, "SC 13D/A", "2018-03-01", number(3)),
        ]
    )
    return service


def test_all_companies_by_form_and_days(edgar: Edgar, quarters: Service) -> None:
    selection = Selection(frozenset({"8-K", "SC 13D"}), since=date(2017, 12, 1))
    found = list(of_quarters(edgar, selection, TODAY))
    assert [(f.accession_number, f.cik) for f in found] == [
        (number(1), CIK),
        (number(3), "0000004711"),
        (number(3), CIK),
    ]
    asked = [path.removeprefix("/Archives/edgar/full-index/") for path in quarters.paths()]
    assert asked == [f"{place}/master.gz" for place in ("2017/QTR4", "2018/QTR1", "2018/QTR2", "2018/QTR3")]


def test_where_accession_numbers_stand(edgar: Edgar, quarters: Service) -> None:
    found = of_accessions(edgar, [number(8, 17), number(3), number(99)], TODAY)
    assert {n: f.cik for n, f in found.items()} == {number(8, 17): CIK, number(3): "0000004711"}
    assert "/Archives/edgar/full-index/2018/QTR4/master.gz" not in quarters.paths()  # of the future


def test_years_of_two_digits(edgar: Edgar, service: Service) -> None:
    of_accessions(edgar, [number(1, 93)], TODAY)
    assert service.paths()[0] == "/Archives/edgar/full-index/1993/QTR1/master.gz"


def test_a_plain_master_index_is_read_as_a_packed_one() -> None:
    plain = gzip.decompress(master([(CIK, "8-K", "2018-01-02", number(1))]))
    assert len(parse_quarter(plain, lambda *_: True)) == 1


BAD_QUARTERS = {
    "nothing": b"",
    "a page": b"<html>sorry</html>",
    "cut off": master([(CIK, "8-K", "2018-01-02", number(1))])[:-10],
    "no path": gzip.compress(b"CIK|Company Name|Form Type|Date Filed|Filename\n77|V|8-K|2018-01-02|../../etc/x\n"),
    "no date": gzip.compress(f"CIK|a|b|c|d\n77|V|8-K|x|edgar/data/77/{number(1)}.txt\n".encode()),
    "no fields": gzip.compress(b"CIK|a|b|c|d\n-----\nanything at all\n"),
}


@pytest.mark.parametrize("body", BAD_QUARTERS.values(), ids=BAD_QUARTERS)
def test_master_indexes_that_are_none(body: bytes) -> None:
    with pytest.raises(ValueError):
        parse_quarter(body, lambda *_: True)


def test_a_master_index_that_is_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "INDEX_LIMIT", 1_000_000)
    with pytest.raises(ValueError, match="unpacks to more than 1000000 bytes"):
        parse_quarter(gzip.compress(bytes(5_000_000)), lambda *_: True)


REGISTER = {
    "0": {"cik_str": 77, "ticker": "VTRL", "title": "Vantorel Biosciences, Inc."},
    "1": {"cik_str": 4711, "ticker": "OSTP", "title": "Ostrevia Pharma GmbH"},
    "2": {"cik_str": 12, "ticker": "AB-C", "title": "Brannock & Sons"},
}


def test_tickers(edgar: Edgar, service: Service) -> None:
    service.pages["/files/company_tickers.json"] = json.dumps(REGISTER).encode()
    register = read_register(edgar)
    assert (register.cik_of("VTRL"), register.cik_of("AB-C")) == (CIK, "0000000012")


@pytest.mark.parametrize(
    ("asked", "meant"), [("VTLR", "VTRL (Vantorel Biosciences, Inc.)"), ("OSTREV", "OSTP (Ostrevia Pharma GmbH)")]
)
def test_did_you_mean(asked: str, meant: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        parse_register(json.dumps(REGISTER).encode()).cik_of(asked)
    assert f"ticker {asked}: not in EDGAR's register; did you mean {meant}?" in str(caught.value)


def test_nothing_near_is_not_guessed() -> None:
    with pytest.raises(NotFoundError, match=r"ticker QQQQ: not in EDGAR's register\. A company that is no longer"):
        parse_register(json.dumps(REGISTER).encode()).cik_of("QQQQ")


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"{}", b"[" * 100_000, b'{"0": 1}', b'{"0": {"cik_str": "x", "ticker": 1, "title": 1}}'],
)
def test_registers_that_are_none(body: bytes, edgar: Edgar, service: Service) -> None:
    service.next["/files/company_tickers.json"] = [Answer(body)]
    service.pages["/files/company_tickers.json"] = json.dumps(REGISTER).encode()
    with pytest.raises(ValueError):
        parse_register(body)
    assert read_register(edgar).cik_of("VTRL") == CIK
