"""Compounds by code, INN, trademark and place; technologies by their head words; what is neither."""

import pytest

from tests.loaders.extraction.telling import tell


@pytest.mark.parametrize(
    "name",
    [
        "ALN-12",
        "ALN1234",
        "ALN 287",
        "huC242-DM4",
        "Aln-1234",
        "ostermumab",
        "brevitinib",
        "cantoximab ravtansine",
        "brightciclib",
    ],
)
def test_codes_and_international_names(name: str) -> None:
    told = tell(f"Alnora, Inc. is developing {name} for the treatment of asthma.")
    assert told.ends("DEVELOPS") == {("Alnora, Inc.", name)}


def test_a_trademark_is_a_compound() -> None:
    told = tell("Alnora, Inc. granted Brevin Pharma AG an exclusive license to sell Ostraneb® in Japan.")
    assert told.names("Compound") == {"Ostraneb"}


def test_a_trademark_of_a_platform_is_none() -> None:
    told = tell("Alnora, Inc. granted Brevin Pharma AG an exclusive license to its LatticeWork™ technology.")
    assert told.names("Compound") == set()
    assert {n.name for n in told.nodes("Technology")} == {"LatticeWork technology"}


@pytest.mark.parametrize("gene", ["CD19", "HER2", "KRAS G12C", "PD-1", "IL-17", "COVID-19", "TP53", "VEGF"])
def test_a_gene_is_no_compound(gene: str) -> None:
    told = tell(
        f"Alnora, Inc. is developing antibodies against {gene}. "
        f"Alnora, Inc. granted Brevin Pharma AG a license to antibodies that bind {gene}."
    )
    assert told.names("Compound") == set()


@pytest.mark.parametrize(
    "words", ["a 10-K", "Form S-3", "Rule 10b-5", "Exhibit 10.1", "ISO 13485", "Phase 2b", "NCT01234567", "FY2019"]
)
def test_forms_rules_and_trials_are_no_compounds(words: str) -> None:
    told = tell(f"Alnora, Inc. granted Brevin Pharma AG a license. Alnora, Inc. is developing {words}.")
    assert told.names("Compound") == set()


@pytest.mark.parametrize(
    "words",
    [
        "ostermumab (ALN-12)",
        "ALN-12 (ostermumab)",
        "ALN-12 (also known as ostermumab)",
        "ostermumab, also known as ALN-12,",
        "ostermumab (formerly ALN-12)",
    ],
)
def test_two_names_of_one_compound(words: str) -> None:
    told = tell(f"Alnora, Inc. is developing {words} for asthma. Alnora, Inc. owns ALN-12 and studies ostermumab.")
    (compound,) = told.nodes("Compound")
    assert {compound.name, *compound.aliases} == {"ostermumab", "ALN-12"}


def test_a_code_and_its_neighbour_are_two_compounds() -> None:
    told = tell("Alnora, Inc. is developing ALN-12 and ALN-14.")
    assert told.ends("DEVELOPS") == {("Alnora, Inc.", "ALN-12"), ("Alnora, Inc.", "ALN-14")}


def test_this_product_candidate_is_the_compound_spoken_of() -> None:
    told = tell(
        "We are developing ALN-12 for asthma. We have granted Brevin Pharma AG an exclusive license to this product "
        "candidate.",
        filer="Alnora, Inc.",
    )
    assert told.edge("LICENSES_TO").properties["subjects"] == ("compound/aln-12",)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("its proprietary Lattice technology", "Lattice technology"),
        ("its Lattice platform", "Lattice platform"),
        ("its proprietary Bound-Drug Release (BDR) technology", "Bound-Drug Release (BDR) technology"),
        ("its proprietary surface folding technology", "surface folding technology"),
    ],
)
def test_technologies(words: str, name: str) -> None:
    told = tell(f"Alnora, Inc. granted Brevin Pharma AG a license to {words} to make antibodies.")
    assert told.names("Technology") == {name}
    assert len(told.edge("LICENSES_TO").properties["subjects"]) == 1  # type: ignore[arg-type]


def test_an_acronym_is_the_technology() -> None:
    told = tell(
        "Alnora, Inc. owns the Bound-Drug Release (BDR) technology. In 2020, Alnora, Inc. granted Brevin Pharma AG a "
        "license to the BDR technology."
    )
    assert len(told.nodes("Technology")) == 1
    assert told.edge("LICENSES_TO").properties["subjects"] == (told.nodes("Technology")[0].id,)


@pytest.mark.parametrize("words", ["new technology", "information technology", "its technology", "such technologies"])
def test_a_common_phrase_is_no_technology(words: str) -> None:
    told = tell(f"Alnora, Inc. granted Brevin Pharma AG a license to {words}.")
    assert told.names("Technology") == set()


def test_a_compound_uses_a_technology() -> None:
    told = tell("ALN-12 and ALN-14 were created using the proprietary Lattice technology of Alnora, Inc.")
    assert told.ends("USES_TECHNOLOGY") == {
        ("ALN-12", "Lattice technology"),
        ("ALN-14", "Lattice technology"),
    }


def test_an_owner_owns_what_is_wholly_owned() -> None:
    told = tell("ALN-12 is wholly owned by Alnora, Inc., which also owns worldwide rights to ALN-14.")
    assert ("Alnora, Inc.", "ALN-12") in told.ends("OWNS")
    (edge,) = (e for e in told.edges("OWNS") if e.target == "compound/aln-12")
    assert edge.properties["share"] == "wholly"
