"""What compounds act on and treat, how far they have come, and what is said of no compound."""

import pytest

from tests.loaders.extraction.telling import tell


@pytest.mark.parametrize(
    ("sentence", "targets"),
    [
        ("ALN-12 is an anti-CD123 antibody developed by Alnora, Inc.", {"CD123"}),
        ("ALN-12, a small molecule inhibitor of JAK1 and TYK2, is in Phase 2.", {"JAK1", "TYK2"}),
        ("ALN-12 is a CD19 x CD3 bispecific antibody.", {"CD19", "CD3"}),
        ("ALN-12, which targets the GM-CSF receptor alpha, is in Phase 2.", {"GM-CSF receptor alpha"}),
        ("Our PD-1 inhibitor ALN-12 is in Phase 3.", {"PD-1"}),
        ("ALN-12, unlike other anti-CD20 antibodies, is taken by mouth.", set()),
        ("ALN-12 and other SGLT2 inhibitors are sold in Japan.", set()),
        ("ALN-12 is an FDA approved antibody.", set()),
    ],
)
def test_what_a_compound_acts_on(sentence: str, targets: set[str]) -> None:
    told = tell(sentence, filer="Corvane, Inc.")
    assert told.ends("TARGETS") == {("ALN-12", target) for target in targets}


@pytest.mark.parametrize(
    ("sentence", "indications"),
    [
        ("Alnora, Inc. is developing ALN-12 for the treatment of asthma.", {"asthma"}),
        (
            "ALN-12 is in development for the treatment of acute myeloid leukemia (AML) and multiple sclerosis.",
            {"acute myeloid leukemia", "multiple sclerosis"},
        ),
        ("ALN-12 is indicated for giant cell arteritis.", {"giant cell arteritis"}),
        ("We run a Phase 2 trial of ALN-12 in patients with relapsed glioblastoma.", {"relapsed glioblastoma"}),
        (
            "ALN-12 is in a Phase 3 trial for the treatment of adult patients with non-small cell lung cancer.",
            {"non-small cell lung cancer"},
        ),
        ("We develop ALN-12 to treat Type 1 diabetes.", {"Type 1 diabetes"}),
        ("ALN-12 is not approved for the treatment of asthma.", set()),
        ("ALN-12 is contraindicated in patients with heart failure.", set()),
        ("ALN-12 has been approved for commercial sale.", set()),
        ("ALN-12 may treat many diseases.", set()),
    ],
)
def test_what_a_compound_treats(sentence: str, indications: set[str]) -> None:
    told = tell(sentence, filer="Corvane, Inc.")
    assert told.ends("TREATS") == {("ALN-12", indication) for indication in indications}


@pytest.mark.parametrize(
    ("sentence", "stage"),
    [
        ("We are conducting a Phase 2 trial of ALN-12.", "phase 2"),
        ("We completed a Phase Ib/IIa clinical trial of ALN-12.", "phase 1/2"),
        ("ALN-12, in development by Alnora, Inc., is in Phase 3.", "phase 3"),
        ("Alnora, Inc. is developing ALN-12, which is in preclinical development.", "preclinical"),
        ("We are developing ALN-12 and expect to begin a Phase 2 trial.", None),
        ("We are developing ALN-12 in Phase 1 and ALN-14 in Phase 2.", None),
    ],
)
def test_how_far_development_has_come(sentence: str, stage: str | None) -> None:
    told = tell(sentence, filer="Corvane, Inc.")
    edges = told.edges("DEVELOPS")
    assert edges
    assert {edge.properties.get("stage") for edge in edges} == {stage}
    if stage and stage.startswith("phase"):
        assert "Phase" in edges[0].evidence[0].quote
