"""Dates, amounts, percentages and redactions in running text."""

import pytest

from biopact.loaders.extraction.values import amounts, dates, percents, redactions


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("October 17, 2006", "2006-10-17"),
        ("Oct. 17, 2006", "2006-10-17"),
        ("17 October 2006", "2006-10-17"),
        ("the 17th day of October, 2006", "2006-10-17"),
        ("OCTOBER 17, 2006", "2006-10-17"),
        ("October\n17, 2006", "2006-10-17"),
        ("10/17/2006", "2006-10-17"),
        ("2006-10-17", "2006-10-17"),
        ("October 2006", "2006-10"),
        ("in 2006", "2006"),
    ],
)
def test_a_date_says_what_is_known(text: str, date: str) -> None:
    (found,) = dates(f"It was signed {text}.")
    assert found.value == date


@pytest.mark.parametrize("text", ["October 42, 2006", "in 2000 patients was", "13/45/2006", "May we ask", "call 2006"])
def test_what_is_no_date(text: str) -> None:
    assert [d.value for d in dates(text) if len(str(d.value)) > 7] == []


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("$20 million", 20e6, "USD"),
        ("$20,000,000", 20e6, "USD"),
        ("US$ 4.5 million", 4.5e6, "USD"),
        ("20 million dollars", 20e6, "USD"),
        ("$1.2 billion", 1.2e9, "USD"),
        ("$300 thousand", 3e5, "USD"),
        ("$20MM", 20e6, "USD"),
        ("€30 million", 30e6, "EUR"),
        ("CHF 8 million", 8e6, "CHF"),
        ("£2.5m", 2.5e6, "GBP"),
        ("C$7 million", 7e6, "CAD"),
        ("500 million yen", 500e6, "JPY"),
        (r"\$20 million", 20e6, "USD"),
    ],
)
def test_an_amount_has_a_currency(text: str, value: float, currency: str) -> None:
    (found,) = amounts(f"It paid {text} then.")
    assert (found.value, found.currency) == (value, currency)


@pytest.mark.parametrize("text", ["5%", "5 percent", "5 per cent"])
def test_a_percentage(text: str) -> None:
    assert [p.value for p in percents(f"It owns {text} of it.")] == [5.0]


@pytest.mark.parametrize("text", ["[***]", "[*]", "[* * *]", "[REDACTED]", "[●]", "[____]", "(***)"])
def test_a_redaction(text: str) -> None:
    (found,) = redactions(f"a fee of ${text} million")
    assert found.value == text


def test_offsets_lead_to_the_words() -> None:
    text = "On October 17, 2006 it paid $20 million and 5% of [***]."
    assert [text[f.start : f.end] for read in (dates, amounts, percents, redactions) for f in read(text)] == [
        "October 17, 2006",
        "$20 million",
        "5%",
        "[***]",
    ]
