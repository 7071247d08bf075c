"""What cells say: amounts, dates, rates, lists, and values kept quiet."""

import pytest

from biopact.loaders.tables.cells import CellError, amount, date_of, members, rates, state_of
from biopact.loaders.tables.mapping import Column, Columns


@pytest.mark.parametrize(
    ("cell", "value", "currency"),
    [
        ("45", 45e6, "USD"),
        ("45.5", 45.5e6, "USD"),
        ("1,250", 1250e6, "USD"),
        ("1 250", 1250e6, "USD"),
        ("0", 0.0, "USD"),
        (".5", 0.5e6, "USD"),
        ("$45", 45e6, "USD"),
        ("$45M", 45e6, "USD"),
        ("45M", 45e6, "USD"),
        ("45 mn", 45e6, "USD"),
        ("1.2bn", 1.2e9, "USD"),
        ("$250 thousand", 250e3, "USD"),
        ("€30m", 30e6, "EUR"),
        ("£ 2.5 million", 2.5e6, "GBP"),
        ("EUR 30", 30e6, "EUR"),
        ("30 CHF", 30e6, "CHF"),
        ("KRW 45bn", 45e9, "KRW"),
        ("up to $300 million", 300e6, "USD"),
        ("Up to 300", 300e6, "USD"),
        ("~45", 45e6, "USD"),
        ("300+", 300e6, "USD"),
        ("$45 million in cash", 45e6, "USD"),
    ],
)
def test_an_amount(cell: str, value: float, currency: str) -> None:
    found = amount(cell, Column("Upfront", unit="millions"), Columns({}, currency="USD"))
    assert (found.value, found.currency) == (value, currency)


@pytest.mark.parametrize(
    "cell", ["45-50", "45; 50", "$45m + $5m", "(45)", "-45", "1,25", "a lot", "4.5.6", "equity", "."]
)
def test_no_amount_is_guessed(cell: str) -> None:
    with pytest.raises(CellError):
        amount(cell, Column("Upfront", unit="millions"), Columns({}, currency="USD"))


def test_an_amount_needs_a_currency() -> None:
    with pytest.raises(CellError, match="names no currency"):
        amount("45", Column("Upfront"), Columns({}))
    assert amount("45", Column("Upfront"), Columns({}), "JPY").currency == "JPY"


@pytest.mark.parametrize(("cell", "value"), [("1.250,50", 1250.5), ("45,5", 45.5), ("€ 1.250", 1250.0)])
def test_decimal_commas(cell: str, value: float) -> None:
    assert amount(cell, Column("Upfront"), Columns({}, currency="EUR", decimal=",")).value == value


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("2018-06-11", "2018-06-11"),
        ("2018/6/11", "2018-06-11"),
        ("20180611", "2018-06-11"),
        ("2018-06-11 00:00:00", "2018-06-11"),
        ("2018-06-11T09:30:00Z", "2018-06-11"),
        ("June 11, 2018", "2018-06-11"),
        ("11 June 2018", "2018-06-11"),
        ("11-Jun-18", "2018-06-11"),
        ("11.06.2018", "2018-06-11"),
        ("25/06/2018", "2018-06-25"),
        ("06/25/2018", "2018-06-25"),
        ("06/06/2018", "2018-06-06"),
        ("2018-06", "2018-06"),
        ("06/2018", "2018-06"),
        ("Jun 2018", "2018-06"),
        ("Jun-18", "2018-06"),
        ("Q2 2018", "2018"),
        ("2018 Q2", "2018"),
        ("2018", "2018"),
    ],
)
def test_a_date(cell: str, date: str) -> None:
    assert date_of(cell) == date


def test_a_date_of_two_readings_needs_an_order() -> None:
    with pytest.raises(CellError, match="say `dates: day first`"):
        date_of("06/11/2018")
    assert date_of("06/11/2018", "day first") == "2018-11-06"
    assert date_of("06/11/2018", "month first") == "2018-06-11"


@pytest.mark.parametrize("cell", ["43262", "2018-13-01", "31/02/2018", "soon", "1218-06-11", "Flu 2018"])
def test_no_date_is_guessed(cell: str) -> None:
    with pytest.raises(CellError):
        date_of(cell)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("5-10", "5% to 10%"),
        ("5-10%", "5% to 10%"),
        ("5% - 10%", "5% - 10%"),
        ("7.5", "7.5%"),
        ("mid-teens", "mid-teens"),
    ],
)
def test_rates(cell: str, words: str) -> None:
    assert rates(cell, ".") == words


def test_a_rate_below_one_may_be_a_share() -> None:
    with pytest.raises(CellError, match="share or a per cent"):
        rates("0.05", ".")


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("undisclosed", "undisclosed"), ("N/A", "undisclosed"), ("Not disclosed", "undisclosed"), ("[***]", "redacted"),
        ("redacted", "redacted"), ("0", None), ("none", None), ("$5m [***]", None),
    ],
)  # fmt: skip
def test_values_kept_quiet(cell: str, state: str | None) -> None:
    assert state_of(cell) == state


def test_lists() -> None:
    assert members("A-1; B-2;;A-1\nC-3", None) == ["A-1", "B-2", "C-3"]
    assert members("A-1 / B-2", "/") == ["A-1", "B-2"]
