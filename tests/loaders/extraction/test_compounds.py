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
    "words",
    [
        "a 10-K",
        "Form S-3",
        "Rule 10b-5",
        "Exhibit 10.1",
        "ISO 13485",
        "Phase 2b",
        "NCT01234567",
        "FY2019",
        "data at ABCD 2025",
        "COVID‑19",
    ],
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


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Our marketed products are Zelvira, Ontraxa and Quillibar XR.", {"Zelvira", "Ontraxa", "Quillibar XR"}),
        (
            "Products such as Zelvira (Ostermere) and Ontraxa (Dunmore) compete with ALN-12.",
            {"Zelvira", "Ontraxa", "ALN-12"},
        ),
        ("We market three products: Zelvira®, Ontraxa® and Quillibar®.", {"Zelvira", "Ontraxa", "Quillibar"}),
        ("Patients took ALN-12 in combination with *Zelvira*.", {"ALN-12", "Zelvira"}),
        ("The Company's lead vaccine candidate, ALN-MVA, is in Phase 2.", {"ALN-MVA"}),
        ("We advanced ALN-MVA, our vaccine candidate for mpox.", {"ALN-MVA"}),
        ("We are developing aOST-201 and D-BREX₁₀₀.", {"aOST-201", "D-BREX₁₀₀"}),
        ("Patients received alnorabtagene autoleucel or brevacoxib.", {"alnorabtagene autoleucel", "brevacoxib"}),
        ("Our pipeline consists of ALN-12, Ostra-MVA and Zelvirax.", {"ALN-12", "Ostra-MVA", "Zelvirax"}),
        ("Zelvira generated net product revenue of $12 million.", {"Zelvira"}),
        ("Brevin Pharma AG launched Zelvira in Japan.", {"Zelvira"}),
        ("We submitted an NDA for Zelvira.", {"Zelvira"}),
        ("Our device, the CardioPatch, is sold in Spain.", {"CardioPatch"}),
        ("Zelvira is approved in the United States for the treatment of asthma.", {"Zelvira"}),
        ("ALN-12 received Orphan Drug Designation for the treatment of asthma.", {"ALN-12"}),
    ],
)
def test_compounds_are_told_by_what_is_said_of_them(sentence: str, names: set[str]) -> None:
    assert tell(sentence, filer="Corvane, Inc.").names("Compound") == names


def test_a_salt_is_another_name_of_its_compound() -> None:
    told = tell("We sell brevitinib mesylate in Japan. A study of brevitinib is under way.", filer="Corvane, Inc.")
    assert "brevitinib mesylate" in told.node("brevitinib").aliases


@pytest.mark.parametrize(
    "words",
    ["trial (ALN-12-004)", "Lancing BN99 6DA", "CH-1003 Basel", "a mortgage on a condominium", "CAR-T", "LLC212"],
)
def test_study_numbers_and_postcodes_are_no_compounds(words: str) -> None:
    assert tell(f"We describe {words} in our report of therapy.", filer="Corvane, Inc.").names("Compound") == set()


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("We use our AI-powered platform, PathFindr.ai(TM), in drug design.", "PathFindr.ai"),
        ("We develop drugs using proprietary technologies like FilmWorks.", "FilmWorks"),
        ("ALN-12 was found with our RDXR(R) platform.", "RDXR platform"),
        ("ALN-12 was made with a technology called Lattice.", "Lattice"),
    ],
)
def test_technologies_named_behind_their_head_word(sentence: str, name: str) -> None:
    told = tell(sentence, filer="Corvane, Inc.")
    assert name in told.names("Technology")
    assert told.names("Compound") <= {"ALN-12"}
