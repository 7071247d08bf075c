"""What a user names: every way to write it, and nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biopact.loaders.edgar.listed import (
    ACCESSION,
    Listed,
    Selection,
    Wanted,
    cik,
    filing,
    form_name,
    once,
    read_list,
    ticker,
)
from biopact.ontology.errors import ValidationError

NUMBER = "0000000077-18-000001"


@pytest.mark.parametrize(
    ("written", "owner", "guessed"),
    [
        (NUMBER, "0000000077", True),
        (NUMBER.replace("-", ""), "0000000077", True),
        (f"{NUMBER}:d801ex99.htm", "0000000077", True),
        (f"https://www.sec.gov/Archives/edgar/data/4711/{NUMBER.replace('-', '')}/d.htm?x=1", "0000004711", False),
        (f"edgar/data/4711/{NUMBER}.txt", "0000004711", False),
    ],
)
def test_an_accession_number_in_all_its_clothes(written: str, owner: str, guessed: bool) -> None:
    assert filing(written) == Listed(NUMBER, owner, guessed=guessed)


def test_the_path_on_the_archive() -> None:
    assert Listed(NUMBER, "0000000077").path == f"/Archives/edgar/data/77/000000007718000001/{NUMBER}.txt"


def test_ciks_and_tickers() -> None:
    assert {cik(written) for written in ("77", "0000000077", "CIK0000000077", " cik77 ")} == {"0000000077"}
    assert [ticker(written) for written in ("vtrl", "AB.C", "ab/c")] == ["VTRL", "AB-C", "AB-C"]


@pytest.mark.parametrize("written", ["", "0", "12345678901", "-77", "７７", "7 7", "../77"])
def test_what_is_no_cik(written: str) -> None:
    with pytest.raises(ValidationError, match="is no CIK"):
        cik(written)


@pytest.mark.parametrize("written", ["", "TOOLONGNAME", "A B", "../A", "Ü", "A-B-C", "7"])
def test_what_is_no_ticker(written: str) -> None:
    with pytest.raises(ValidationError, match="is no ticker"):
        ticker(written)


@pytest.mark.parametrize("written", ["", "77-18-1", "0000000077-18-0000012", "../../etc/passwd"])
def test_what_is_no_accession_number(written: str) -> None:
    with pytest.raises(ValidationError, match="is no accession number"):
        filing(written)


def test_a_list_of_all_kinds() -> None:
    wanted, problems = read_list(f"# of March\nvtrl\n\n77  # Vantorel\r\n{NUMBER}\nCIK0000000078\nno ticker\n?\n")
    assert wanted == Wanted(("VTRL",), ("0000000077", "0000000078"), (Listed(NUMBER, "0000000077", guessed=True),))
    assert [problem.partition(" is neither")[0] for problem in problems] == ["line 7: 'no ticker'", "line 8: '?'"]


def test_an_answer_of_the_full_text_search() -> None:
    text = """{"hits": {"total": {"value": 2}, "hits": [
      {"_id": "0000000077-18-000001:d.htm", "_source": {"ciks": ["0000004711", "0000000078"], "form": "8-K"}},
      {"_id": "x", "_source": {"adsh": "0000000077-18-000002", "ciks": []}}]}}"""
    wanted, problems = read_list(text)
    assert wanted.filings == (
        Listed(NUMBER, "0000004711"),
        Listed("0000000077-18-000002", "0000000077", guessed=True),
    )
    assert problems == []


@pytest.mark.parametrize(
    "text", ["{", "{}", '{"hits": 1}', '{"hits": {"hits": [{"_id": "x", "_source": {}}]}}', '{"a":' * 9999]
)
def test_json_that_is_no_such_answer(text: str) -> None:
    with pytest.raises(ValidationError):
        read_list(text)


@given(st.text() | st.from_regex(r"(?:[\w.:/ -]{0,30}\n){0,5}"))
def test_a_list_of_anything_names_only_what_is_safe(text: str) -> None:
    try:
        wanted, _ = read_list(text)
    except ValidationError:
        return
    assert all(ACCESSION.fullmatch(listed.accession_number) for listed in wanted.filings)
    assert all(number.isascii() and number.isdecimal() and len(number) == 10 for number in wanted.ciks)
    assert all(name.isascii() and "/" not in name and "." not in name for name in wanted.tickers)


def test_forms_and_days() -> None:
    since, until = date(2018, 1, 1), date(2018, 12, 31)
    selection = Selection(frozenset({form_name("8-k"), form_name("SC 13D")}), since, until)
    assert all(selection.takes(form, since) for form in ("8-K", "8-K/A", "SC 13D", "SCHEDULE 13D", "SCHEDULE 13D/A"))
    assert not any(selection.takes(form, since) for form in ("10-K", "8-K12B", "SC 13G", ""))
    assert selection.takes("8-K", until)
    assert not selection.takes("8-K", date(2017, 12, 31))
    assert not selection.takes("8-K", date(2019, 1, 1))
    only_amendments = Selection(frozenset({"8-K/A"}))
    assert [only_amendments.takes(form, since) for form in ("8-K/A", "8-K")] == [True, False]
    assert Selection().takes("anything", since)


def test_each_filing_once_and_rather_known_than_guessed() -> None:
    guess, known = filing(NUMBER), Listed(NUMBER, "0000004711", "8-K")
    other = Listed("0000000077-18-000002", "0000000077")
    assert once([guess, other, known, guess]) == [known, other]
    assert once([known, guess]) == [known]
