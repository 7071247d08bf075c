"""When two names are one: the gold of pairs, and the hard cases of companies, compounds and technologies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biopact.graph.names import company_key, company_name, fold, is_short_form, key, readable_id, same_company
from tests.graph.gold_pairs import Pair, read_pairs, score


def joined(pair: Pair) -> bool:
    """Identifiers first, then names."""
    if pair.left_cik and pair.right_cik:
        return pair.left_cik == pair.right_cik
    return same_company(pair.left, pair.right, pair.left_aliases, pair.right_aliases)


# --- the gold


@pytest.mark.parametrize("half", ["dev", "test"])
def test_companies_are_joined_and_kept_apart(half: str) -> None:
    reached = score(read_pairs(half), joined)
    assert reached.precision >= 0.985, reached
    assert reached.recall >= 0.92, reached


def test_the_gold_is_large_and_hard_enough() -> None:
    pairs = read_pairs()
    standing = [p for p in pairs if p.source == "filings"]
    assert sum(p.same for p in standing) >= 300
    assert sum(not p.same for p in standing) >= 300
    assert all(p.half == p.half_by_hash for p in pairs)
    assert len({(p.left, p.right, p.left_aliases, p.right_aliases) for p in pairs}) == len(pairs)


def test_sides_of_a_pair_do_not_matter() -> None:
    for p in read_pairs():
        turned = same_company(p.right, p.left, p.right_aliases, p.left_aliases)
        assert turned == same_company(p.left, p.right, p.left_aliases, p.right_aliases), p


# --- companies


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Alnora Pharmaceuticals, Inc.", "ALNORA PHARMACEUTICALS INC /DE/"),
        ("Alnora Pharmaceuticals, Inc.", "ALNORA PHARMACEUTICALS INC/NJ"),
        ("Alnora Corp", "ALNORA CORP /NEW/"),
        ("Alnora, Inc.", "Alnora, lnc."),
        ("Immunalnora Inc.", "lmmunalnora Inc."),
        ("Alnora Inc.", "ALN0RA INC"),
        ("Alnora-Vale & Company", "Alnora Vale and Co."),
        ("Alnora Ltd.", "Alnora Limited, a company organized under the laws of Israel"),
        ("Alnora GmbH", 'Alnora GmbH ("Alnora")'),
        ("Alnora, Inc.", "Alnora, Inc. (NASDAQ: ALNR)"),
        ("Alnora, Inc.", "Alnora, Inc. (formerly known as Brevin Corp.)"),
        ("Alnora A/S", "Alnora AS"),
        ("Alnora I, L.L.C.", "ALNORA I LLC"),
        ("Alnora 1, L.P.", "Alnora 1 LP"),
        ("A. B. Alnora N.V.", "AB Alnora NV"),
        ("Alnora S.à r.l.", "ALNORA SARL"),
        ("Ålnøra AB (publ)", "Alnora AB"),
        ("Alnora Int'l Inc.", "Alnora International, Inc."),
        ("Alnora U.S.A., Inc.", "Alnora USA Inc"),
        ("The Regents of the University of Alnora", "University of Alnora"),
        ("University of Alnora at Vale City", "University of Alnora, Vale City"),
        ("PT Alnora Farma Tbk", "Alnora Farma Tbk"),
        ("Dr. Alnora's Laboratories Ltd.", "Dr Alnoras Labs Limited"),
    ],
)
def test_one_company(left: str, right: str) -> None:
    assert same_company(left, right)
    assert key("Company", left) == key("Company", right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Alnora Holdings, Inc.", "Alnora, Inc."),
        ("Alnora AG", "Alnora Inc."),
        ("Alnora Limited", "Alnora Pty Limited"),
        ("Alnora & Co.", "Alnora KGaA"),
        ("Alnora Japan K.K.", "Alnora K.K."),
        ("Alnora (UK) Limited", "Alnora Limited"),
        ("Alnora Fund II, L.P.", "Alnora Fund III, L.P."),
        ("Alnora II, Inc.", "Alnora, Inc."),
        ("Alnora Pharma Inc.", "Alnora Therapeutics Inc."),
        ("University of Alnora, Vale City", "University of Alnora, Squall Bay"),
        ("University of Alnora", "University of Alnora Foundation"),
        ("Alnora 2 AB", "Alnora 4 AB"),
        ("Allora Inc.", "Aliora Inc."),
    ],
)
def test_two_companies(left: str, right: str) -> None:
    assert not same_company(left, right)


def test_a_legal_form_is_no_name() -> None:
    assert company_key("The Company") == "company"
    assert company_name("Limited").forms == frozenset()


def test_company_says_no_continental_form() -> None:
    assert company_name("Alnora Company").fits(company_name("Alnora LLC"))
    assert not company_name("Alnora Company").fits(company_name("Alnora GmbH"))


def test_a_centre_with_a_name_of_its_own_is_known_without_its_university() -> None:
    full = "The University of Alnora B. C. Brevin Cancer Center"
    assert same_company(full, "BC Brevin Cancer Centre")
    assert not same_company(full, "University of Alnora")
    assert not same_company("University of Alnora Cancer Center", "University of Brevin Cancer Center")


@pytest.mark.parametrize(
    ("alias", "name", "is_one"),
    [
        ("Alnora", "Alnora Pharmaceuticals, Inc.", True),
        ("Alnora UK", "Alnora Pharmaceuticals (UK) Limited", True),
        ("Alnora US", "Brevin-Alnora Inc.", True),
        ("BSC", "Brevin Squall Corvane Company", True),
        ("B&S", "Brevin & Squall Limited", True),
        ("the Company", "Alnora Company", False),
        ("Licensee", "Alnora AG", False),
        ("University", "University of Alnora", False),
        ("XYZ", "Alnora AG", False),
        ("Alnora AG", "Alnora AG", False),
        ("", "Alnora AG", False),
    ],
)
def test_short_forms(alias: str, name: str, is_one: bool) -> None:
    assert is_short_form(alias, name) is is_one


def test_a_short_name_is_not_the_full_name_of_another() -> None:
    assert same_company("Alnora Pharmaceuticals, Inc.", "Alnora", ["Alnora"])
    assert not same_company("Alnora Pharmaceuticals, Inc.", "Alnora, Inc.", ["Alnora"])
    assert not same_company("Alnora Pharmaceuticals, Inc.", "Alnora Biosciences, Inc.", ["Alnora"], ["Alnora"])


def test_a_former_name_that_the_text_states_is_a_name() -> None:
    assert same_company("Alnora, Inc.", "BREVIN CORP", ["Brevin Corporation"])


# --- compounds and technologies


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ABC-123", "abc 123"),
        ("ABC123", "ABC‑123"),
        ("huX242-DM4", "HuX242 DM4"),
        ("Alnorab®", "ALNORAB™"),
        ("interferon-α", "Interferon alpha"),
        ("4-1XX", "4–1XX"),
    ],
)
def test_one_compound(left: str, right: str) -> None:
    assert key("Compound", left) == key("Compound", right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("huX242-DM4", "huX242-DM1"),
        ("AVX9633", "AVX1642"),
        ("ABC-123", "ABC-1234"),
        ("ABC-1.23", "ABC-12.3"),
        ("ABC-123", "ABC-123A"),
        ("alnorinib", "alnorinib hydrochloride"),
        ("alnorinib", "alnoritinib"),
        ("alnorimab", "alnorumab"),
        ("interferon-α", "interferon-β"),
        ("(+)-alnorine", "(−)-alnorine"),
        ("alnorimab", "alnorimab vedotin"),
    ],
)
def test_two_compounds(left: str, right: str) -> None:
    assert key("Compound", left) != key("Compound", right)
    assert readable_id("Compound", left) != readable_id("Compound", right)


@pytest.mark.parametrize(
    ("left", "right", "is_one"),
    [
        ("our proprietary Lattice™ platform", "Lattice technologies", False),  # "our" is a word; readers leave it out
        ("proprietary Lattice™ platform", "Lattice technologies", True),
        ("the Lattice-Fold system", "Lattice Fold technology", True),
        ("Lattice", "Lattice 2 platform", False),
        ("Lattice technology", "Lattice Antibody technology", False),
        ("the Technology", "the Platform", False),
    ],
)
def test_technologies(left: str, right: str, is_one: bool) -> None:
    assert (key("Technology", left) == key("Technology", right)) is is_one


# --- whatever the text


@given(st.text(max_size=60))
def test_any_text_has_a_key(name: str) -> None:
    assert key("Company", name) == key("Company", f"  {name} ")
    assert company_name(name).fits(company_name(name))
    assert fold(fold(name)) == fold(name)
    assert readable_id("Company", name).startswith("company/")
    assert readable_id("Compound", name).startswith("compound/")


@given(
    st.lists(st.sampled_from(["Alnora", "Vale", "AG", "Inc.", "& Co.", "Holdings", "(UK)", "/DE/", "II"]), min_size=1)
)
def test_case_tells_nothing(words: list[str]) -> None:
    name = " ".join(words)
    assert company_name(name) == company_name(name.upper())
