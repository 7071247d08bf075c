"""The terms of a deal: what was agreed, in whose words, and what the filer left out."""

import pytest

from biopact.graph.records import Value
from tests.loaders.extraction.telling import Told, tell

DEAL = "On June 3, 2012, we entered into an exclusive license agreement with Brevin Pharma AG for ALN-12."


def terms_of(*sentences: str) -> Told:
    """What the filing of Alnora, the licensor, tells."""
    return tell(" ".join([DEAL, *sentences]), filer="Alnora, Inc.", date="2012-06-07")


def properties_of(*sentences: str) -> dict[str, Value]:
    return dict(terms_of(*sentences).agreement().properties)


def test_dates_and_exclusivity() -> None:
    known = properties_of()
    assert (known["agreement_date"], known["exclusivity"]) == ("2012-06-03", "exclusive")


@pytest.mark.parametrize(
    "sentence",
    [
        "Brevin paid us an upfront payment of $20 million.",
        "Brevin will pay a one-time up-front fee of $20.0 million.",
        "We received $20,000,000 upfront.",
        "Under its terms, Brevin made an initial payment of US$20 million to us.",
        "Brevin will pay us a non-refundable license fee of $20 million.",
    ],
)
def test_upfront(sentence: str) -> None:
    assert properties_of(sentence)["upfront_usd"] == 20_000_000


def test_a_ceiling_of_milestones() -> None:
    known = properties_of("We may receive up to $450 million in development and sales milestone payments from Brevin.")
    assert known["milestones_max_usd"] == 450_000_000
    assert "upfront_usd" not in known


@pytest.mark.parametrize("words", ["Milestones", "Milestone payments", "Development milestones"])
def test_a_sentence_may_begin_with_its_milestones(words: str) -> None:
    assert properties_of(f"{words} of up to $450 million are payable.")["milestones_max_usd"] == 450_000_000


def test_a_territory_told_later() -> None:
    known = properties_of("The license covers the United States, Canada and Mexico.")
    assert known["territory"] == "the United States, Canada and Mexico"


def test_ceilings_of_two_kinds_add_up() -> None:
    known = properties_of(
        "Brevin will pay up to $100 million in development milestones and up to $250 million in sales milestones."
    )
    assert known["milestones_max_usd"] == 350_000_000


def test_parts_of_a_ceiling_do_not_add_to_it() -> None:
    known = properties_of(
        "Brevin will pay milestones of up to $350 million, comprised of up to $100 million in development milestones "
        "and up to $250 million in sales milestones."
    )
    assert known["milestones_max_usd"] == 350_000_000


def test_a_threshold_of_sales_is_no_milestone() -> None:
    known = properties_of(
        "Brevin will pay milestones of up to $30 million, of which the last is due on $500 million in annual net sales."
    )
    assert known["milestones_max_usd"] == 30_000_000


def test_upfront_and_milestones_in_one_sentence() -> None:
    known = properties_of("Brevin will pay $1 million upfront and milestone payments of up to $4.5 million.")
    assert (known["upfront_usd"], known["milestones_max_usd"]) == (1_000_000, 4_500_000)


def test_another_currency_is_kept_but_is_no_dollar() -> None:
    told = terms_of("Brevin paid us an upfront payment of €20 million.")
    assert "upfront_usd" not in told.agreement().properties
    (term,) = told.terms("upfront")
    assert (term.properties["amount"], term.properties["currency"]) == (20_000_000, "EUR")


def test_royalties_in_their_own_words() -> None:
    told = terms_of("Brevin will pay us tiered royalties ranging from the low to mid double digits on net sales.")
    assert told.agreement().properties["royalties"] is True
    (wording,) = told.values("royalty")
    assert "low to mid double digits" in str(wording)


@pytest.mark.parametrize("words", ["The license is royalty-free.", "Brevin is not obligated to pay royalties."])
def test_no_royalties(words: str) -> None:
    assert properties_of(words)["royalties"] is False


def test_royalties_owed_to_others_are_not_the_deals() -> None:
    assert "royalties" not in properties_of("We pay third parties royalties on sales of other products.")


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Brevin paid us an upfront payment of $[***].", "upfront"),
        ("Brevin will pay milestone payments of up to [*] million.", "milestones"),
        ("Brevin will pay royalties of [* * *]% on net sales.", "royalty"),
    ],
)
def test_a_redaction_is_a_state_and_no_number(sentence: str, kind: str) -> None:
    told = terms_of(sentence)
    assert "redacted" in {t.properties["state"] for t in told.terms(kind)}
    assert all("amount" not in t.properties for t in told.terms(kind))
    assert not {"upfront_usd", "milestones_max_usd"} & set(told.agreement().properties)


def test_expiry() -> None:
    assert properties_of("The agreement expires on August 31, 2021.")["expiration_date"] == "2021-08-31"


def test_a_fiscal_year_is_no_expiry() -> None:
    assert "expiration_date" not in properties_of("Brevin paid royalties through the year ended December 31, 2011.")


@pytest.mark.parametrize(
    ("words", "territory"),
    [
        ("in Japan", "Japan"),
        ("in the United States and Canada", "the United States and Canada"),
        ("worldwide", "worldwide"),
        ("outside of Japan", "outside of Japan"),
        ("worldwide, excluding Japan", "worldwide, excluding Japan"),
    ],
)
def test_territory(words: str, territory: str) -> None:
    told = tell(
        f"We granted Brevin Pharma AG an exclusive license to sell ALN-12 {words}.", filer="Alnora, Inc.",
    )  # fmt: skip
    assert told.edge("LICENSES_TO").properties["territory"] == territory


@pytest.mark.parametrize("words", ["exclusive", "non-exclusive", "co-exclusive"])
def test_exclusivity(words: str) -> None:
    told = tell(f"We granted Brevin Pharma AG a {words} license to ALN-12.", filer="Alnora, Inc.")
    assert told.edge("LICENSES_TO").properties["exclusivity"] == words
    assert told.values("exclusivity") == {words}


def test_every_term_quotes_its_words() -> None:
    told = terms_of(
        "Brevin will pay $1 million upfront, milestones of up to $4.5 million, and royalties of 5% of sales."
    )
    said = {t.properties["kind"]: t.evidence[0].quote for t in told.nodes("Term")}
    assert "$1 million" in said["upfront"]
    assert "$4.5 million" in said["milestones"]
    assert "5%" in said["royalty"]


def test_terms_stay_with_their_deal() -> None:
    told = tell(
        "License Agreement with Brevin\n\nIn 2010 we licensed ALN-12 to Brevin Pharma AG. Brevin paid us $5 million "
        "upfront.\n\nLicense Agreement with Ostermere\n\nIn 2011 we licensed ALN-14 to Ostermere Labs, Inc. Ostermere "
        "paid us $7 million upfront.",
        filer="Alnora, Inc.",
    )
    called = {n.id: n.name for n in told.facts.nodes}
    assert {called[e.target]: e.properties["upfront_usd"] for e in told.edges("LICENSES_TO")} == {
        "Brevin Pharma AG": 5_000_000,
        "Ostermere Labs, Inc.": 7_000_000,
    }


def term_of(kind: str, *sentences: str) -> dict[str, Value]:
    """The one term of a kind that the sentences tell, without what every term has."""
    (term,) = terms_of(*sentences).terms(kind)
    assert term.properties["state"] == "stated"
    return {k: v for k, v in term.properties.items() if k not in ("kind", "state", "value", "amount", "currency")}


@pytest.mark.parametrize(
    ("words", "rates"),
    [
        ("royalties of 2.5% on net sales", {"percent_low": 2.5, "percent_high": 2.5}),
        ("royalties ranging from 5% to 9% of net sales", {"percent_low": 5.0, "percent_high": 9.0}),
        ("a royalty of less than 1% on net sales", {"percent_high": 1.0}),
        ("a royalty of at least ten percent on net sales", {"percent_low": 10.0}),
        ("royalties in the low to mid-single digits on net sales", {"wording": "low to mid-single digits"}),
        (
            "royalties of 4% on net sales until the last patent expires",
            {"percent_low": 4.0, "percent_high": 4.0, "period": "until the last patent expires"},
        ),
    ],
)
def test_rates_of_royalties(words: str, rates: dict[str, Value]) -> None:
    assert term_of("royalty", f"Brevin will pay us {words}.") == rates


def test_each_tier_of_a_royalty_is_a_term_with_its_sales() -> None:
    told = terms_of(
        "Brevin will pay us royalties of 5% on annual net sales up to $100 million and 7% on annual net sales "
        "above $100 million."
    )
    tiers = [t.properties for t in told.terms("royalty") if {"sales_from", "sales_to"} & set(t.properties)]
    assert {(p["percent_low"], p.get("sales_from"), p.get("sales_to")) for p in tiers} >= {
        (5.0, None, 100e6),
        (7.0, 100e6, None),
    }


def test_what_reduces_a_royalty() -> None:
    told = terms_of(
        "Brevin will pay us royalties on net sales. The royalties are subject to reduction for generic entry."
    )
    assert told.values("royalty reduction") == {"royalties are subject to reduction for generic entry"}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("development milestones", "development milestones"),
        ("regulatory milestone payments", "regulatory milestones"),
        ("commercial milestones", "sales milestones"),
        ("development and sales milestones", "milestones"),
    ],
)
def test_milestones_by_what_they_are_for(words: str, kind: str) -> None:
    told = terms_of(f"Brevin will pay us up to $90 million in {words}.")
    (term,) = told.terms(kind)
    assert (term.properties["amount"], term.properties["wording"]) == (90_000_000, "up to")
    assert told.agreement().properties["milestones_max_usd"] == 90_000_000


def test_the_event_and_the_number_of_milestones() -> None:
    known = term_of(
        "milestones",
        "Brevin will pay us three milestone payments of $2 million each upon the completion of a Phase 2 trial.",
    )
    assert known == {"count": 3, "event": "upon the completion of a Phase 2 trial"}


def test_shares_and_their_price() -> None:
    known = term_of(
        "equity",
        "Brevin made an equity investment of $20 million in 2,000,000 shares of our common stock at $10.00 per share.",
    )
    assert known == {"shares": 2_000_000, "share_price": 10.0}


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("option fee", "Brevin may exercise the option on payment of an option exercise fee of $5 million."),
        ("research funding", "Under the agreement, Brevin will provide us with $5 million of research funding."),
        ("total value", "The collaboration is valued at up to $5 million."),
    ],
)
def test_other_money(kind: str, sentence: str) -> None:
    (term,) = terms_of(sentence).terms(kind)
    assert term.properties["amount"] == 5_000_000


@pytest.mark.parametrize(
    ("kind", "sentence", "value"),
    [
        ("profit share", "Under the agreement we and Brevin share profits equally.", "share profits equally"),
        ("sublicensing", "The license to Brevin is sublicensable.", "permitted"),
        ("sublicensing", "The license to Brevin is granted without the right to sublicense.", "not permitted"),
        ("retained rights", "We retain all rights to ALN-12 in Japan.", "retain all rights to ALN-12 in Japan"),
        ("option", "Brevin has an option to license ALN-14.", "an option to license ALN-14"),
        ("term", "The license agreement has an initial term of ten years.", "has an initial term of ten years"),
        ("renewal", "The agreement will automatically renew for two-year terms.", None),
        ("governing law", "The agreement is governed by the laws of the State of New York.", "State of New York"),
        ("diligence", "Brevin is obligated to use commercially reasonable efforts to develop ALN-12.", None),
        ("non-compete", "Brevin agreed not to develop any competing product.", None),
    ],
)
def test_terms_in_words(kind: str, sentence: str, value: str | None) -> None:
    (term,) = terms_of(sentence).terms(kind)
    assert value is None or term.properties["value"] == value


@pytest.mark.parametrize(
    "sentence",
    [
        "We announced the receipt of an additional $5 million in licensing fees from Brevin under the agreement.",
        "Brevin has completed a $5 million licensing payment under the license agreement.",
        "Brevin has paid a cumulative total of $5 million in license fees to date under the license agreement.",
    ],
)
def test_what_is_paid_along_the_way_is_no_upfront_payment(sentence: str) -> None:
    told = terms_of(sentence)
    assert told.terms("upfront") == []
    assert [t.properties["amount"] for t in told.terms("other payment")] == [5_000_000]


def test_milestones_of_a_deal_without_up_to() -> None:
    known = properties_of("The deal with Brevin also features $450 million in milestones.")
    assert known["milestones_max_usd"] == 450_000_000


def test_what_a_price_per_share_comes_to_is_the_price() -> None:
    told = tell(
        "On October 6, 2014, we signed a merger agreement to acquire all of the outstanding shares of Brevin Pharma "
        "AG for $23.00 per share in cash, or approximately $675 million in the aggregate, and contingent value rights "
        "of up to $5.00 per share if certain milestones are achieved.",
        filer="Alnora, Inc.",
    )
    assert [t.properties["amount"] for t in told.terms("purchase price")] == [675_000_000]
    assert "milestones_max_usd" not in told.agreement().properties


@pytest.mark.parametrize("words", ["royalties of up to $60 million", "up to $60 million in future royalties"])
def test_a_limit_of_royalties_is_no_upfront_payment(words: str) -> None:
    assert terms_of(f"Brevin will pay us a license fee and {words} under the agreement.").terms("upfront") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Our other candidate is ALN-14 for the treatment of shingles.",
        "ALN-14 is being studied for the treatment of shingles.",
        "There is no approved drug for the treatment of shingles.",
    ],
)
def test_what_another_product_is_for_is_no_field(sentence: str) -> None:
    assert terms_of(sentence).terms("field") == []


def test_money_raised_from_the_public_is_no_term_of_a_deal() -> None:
    told = terms_of(
        "We sold shares of our common stock for gross proceeds of $13.9 million under the license agreement year."
    )
    assert told.terms("equity") == []


@pytest.mark.parametrize(
    ("words", "left_out"),
    [("worldwide, excluding Japan", "Japan"), ("outside of Greater China", "Greater China"), ("in Europe", None)],
)
def test_what_a_territory_leaves_out(words: str, left_out: str | None) -> None:
    told = tell(f"We granted Brevin Pharma AG an exclusive license to sell ALN-12 {words}.", filer="Alnora, Inc.")
    assert told.agreement().properties.get("territory_excluded") == left_out


NOTES = "CONSOLIDATED BALANCE SHEETS (In thousands, except share amounts)\n\nNotes\n\n"


def test_notes_that_name_no_scale_are_in_the_unit_of_their_statements() -> None:
    told = tell(f"{NOTES}{DEAL} Brevin paid an upfront payment of $11,500.", filer="Alnora, Inc.")
    assert told.agreement().properties["upfront_usd"] == 11_500_000
    (term,) = told.terms("upfront")
    assert term.properties["state"] == "derived"


def test_notes_that_name_scales_give_other_amounts_in_full() -> None:
    told = tell(
        f"{NOTES}{DEAL} Brevin paid an upfront payment of $11,500. Milestones of up to $2 million are due.",
        filer="Alnora, Inc.",
    )
    assert told.agreement().properties["upfront_usd"] == 11_500


def test_ceilings_of_different_milestones_add_up_over_sentences() -> None:
    told = properties_of(
        "Brevin may pay up to $179 million in clinical and regulatory milestones.",
        "Additionally, Brevin may pay up to $150 million in sales milestones.",
        "In all tellings, Brevin may pay up to $150 million in commercial milestones.",
    )
    assert told["milestones_max_usd"] == 329_000_000


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("We granted Brevin Pharma AG the Japanese commercialization rights to ALN-12.", "Japan"),
        ("We granted Brevin Pharma AG an exclusive license for ex-U.S. rights to ALN-12.", "outside U.S."),
        ("We granted Brevin Pharma AG an exclusive license to ALN-12 in over 70 countries.", "over 70 countries"),
        (
            "We granted Brevin Pharma AG global rights excluding the US, India and Japan to ALN-12.",
            "global rights excluding the US, India and Japan",
        ),
    ],
)
def test_territories_said_in_passing(words: str, where: str) -> None:
    assert tell(words, filer="Alnora, Inc.").edge("LICENSES_TO").properties["territory"] == where


def test_a_territory_told_by_who_may_sell_where() -> None:
    told = terms_of("Brevin has the right to commercialize ALN-12 in Japan and Korea.")
    assert told.agreement().properties["territory"] == "Japan and Korea"


def test_a_section_that_begins_with_a_date_is_no_press_release_of_that_day() -> None:
    told = tell(
        "On June 3, 2012, we entered into a non-exclusive license agreement with Brevin Pharma AG for ALN-12.\n\n"
        "On May 4, 2015 (the closing date), we acquired all outstanding shares of Corvane, Inc.",
        filer="Alnora, Inc.",
        date=None,
    )
    assert {e.properties["date"] for t in ("LICENSES_TO", "ACQUIRES") for e in told.edges(t)} == {
        "2012-06-03",
        "2015-05-04",
    }


def test_milestones_named_behind_an_amount_after_an_upfront_payment() -> None:
    known = properties_of("Brevin paid us an upfront payment and will pay up to $67 million in sales milestones.")
    assert known["milestones_max_usd"] == 67_000_000
    assert "upfront_usd" not in known
