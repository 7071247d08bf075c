"""Forms 3, 4 and 5: what directors, officers and large holders own, from XML and from pages that show the form."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biopact.graph.ledger import FilingFacts
from biopact.loaders.extraction.extractor import RulesExtractor
from biopact.loaders.extraction.insiders import insider_report, is_insider_report
from biopact.loaders.filing import Document
from tests.loaders.test_ownership import facts_of, read, schedule


def line(title: str, shares: str, how: str = "D", nature: str = "", kind: str = "Transaction") -> str:
    return (
        f"<nonDerivative{kind}><securityTitle><value>{title}</value></securityTitle><postTransactionAmounts>"
        f"<sharesOwnedFollowingTransaction>\n<value>{shares}</value><footnoteId id='F1'/>"
        f"</sharesOwnedFollowingTransaction></postTransactionAmounts><ownershipNature><directOrIndirectOwnership><value>{how}</value>"
        f"</directOrIndirectOwnership><natureOfOwnership><value>{nature}</value></natureOfOwnership></ownershipNature>"
        f"</nonDerivative{kind}>"
    )


def form(*lines: str, owners: tuple[str, ...] = ("Doe Jane",)) -> str:
    named = "".join(
        f"<reportingOwner><reportingOwnerId><rptOwnerCik>000000001{n}</rptOwnerCik><rptOwnerName>{name}</rptOwnerName>"
        "</reportingOwnerId></reportingOwner>"
        for n, name in enumerate(owners)
    )
    return (
        '<?xml version="1.0"?><ownershipDocument><documentType>4</documentType>'
        "<periodOfReport>2024-05-02</periodOfReport>"
        "<issuer><issuerCik>0000000042</issuerCik><issuerName>Alnora &amp; Vale Inc</issuerName></issuer>"
        f"{named}<nonDerivativeTable>{''.join(lines)}</nonDerivativeTable>"
        f"<derivativeTable>{line('Option', '900').replace('nonDerivative', 'derivative')}</derivativeTable>"
        "</ownershipDocument>"
    )


def stakes(found: FilingFacts) -> list[tuple[str, str | None, float, str | None]]:
    names = {n.id: n.name for n in found.nodes}
    return sorted(
        (
            names[e.source],
            e.properties.get("security_class"),
            e.properties["shares"],
            e.properties.get("as_of"),
        )
        for e in found.edges
        if e.type == "HOLDS_STAKE_IN"
    )


def test_what_is_held_after_the_last_transaction_counts():
    text = form(
        line("Common Stock", "500"),
        line("Common Stock", "300"),
        line("Common Stock", "1,000", "I", "By Trust"),
        line("Common Stock", "40", "I", "By Spouse", "Holding"),
        line("Class B Stock", "7"),
    )
    assert stakes(facts_of(schedule(text, "4"))) == [
        ("Doe Jane", "Class B Stock", 7, "2024-05-02"),
        ("Doe Jane", "Common Stock", 1340, "2024-05-02"),
    ]


def test_every_number_of_a_sum_is_quoted():
    found = facts_of(schedule(form(line("Common Stock", "500"), line("Common Stock", "20", "I", "By Trust")), "4"))
    edge = next(e for e in found.edges if e.properties.get("security_class") == "Common Stock")
    quoted = " ".join(e.quote for e in edge.evidence)
    assert "<value>500</value>" in quoted
    assert "<value>20</value>" in quoted
    assert "2024-05-02" in quoted


def test_owners_who_file_together_hold_one_block():
    found = facts_of(schedule(form(line("Common Stock", "500"), owners=("Vale Partners LP", "Doe Jane")), "4"))
    edges = [e for e in found.edges if e.type == "HOLDS_STAKE_IN" and e.properties["security_class"] == "Common Stock"]
    assert len(edges) == 2
    assert len({e.properties["block"] for e in edges}) == 1
    types = {n.name: n.type for n in found.nodes}
    assert (types["Vale Partners LP"], types["Doe Jane"]) == ("Company", "Person")
    assert {n.name for n in found.nodes if n.type == "Company"} == {"Vale Partners LP", "Alnora & Vale Inc"}


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("374Water*.xml", [("Common Stock (restricted stock units)", 757756)]),
        ("form4.snow.xml", [("Class A Common Stock", 103852)]),
        ("form3.snow.xml", []),
        ("*2seventy*.nc", [("Common Stock", 253329)]),
        ("*AAR*.txt", [("Common Stock", 37565)]),
        ("form4.Evans.html", [("Common Stock", 5381.2)]),
        ("form3.BAM*.html", [("Common Shares, par value $0.01 per share", 101158891)] * 10),
        ("*Productivity*.txt", []),
    ],
)
def test_real_forms(evaluation, file, expected):
    (filing,) = read(evaluation, f"ownership/{file}")
    assert [(class_, shares) for _, class_, shares, _ in stakes(facts_of(filing))] == expected
    assert sum(map(is_insider_report, filing.documents)) == 1


def test_the_company_in_an_exhibit_is_not_the_person_who_files(evaluation):
    for filing in read(evaluation, "ownership/*"):
        RulesExtractor().extract(filing)
    text = form(line("Common Stock", "500"))
    power = 'I am a director of Alnora & Vale Inc (the "Company"). The Company licensed ALN-12 from Brevin.\n'
    documents = (Document(1, "4", text, 0, len(text)), Document(2, "EX-24", power, 0, len(power)))
    facts = RulesExtractor().extract(replace(schedule(text, "4"), documents=documents))
    assert not [e for e in facts.edges if e.type == "LICENSES_TO" and "person/" in e.source + e.target]


@given(st.integers(0, len(form(line("A", "1")))), st.integers(0, len(form(line("A", "1")))))
def test_cut_forms_never_raise(start: int, end: int):
    text = form(line("A", "1"))[start:end]
    facts_of(schedule(text, "4"))


def test_a_line_may_name_its_class_last():
    head, title, rest = line("Common Stock", "500").partition(
        "<securityTitle><value>Common Stock</value></securityTitle>"
    )
    text = form(head + rest.replace("</nonDerivativeTransaction>", f"{title}</nonDerivativeTransaction>"))
    assert stakes(facts_of(schedule(text, "4"))) == [("Doe Jane", "Common Stock", 500, "2024-05-02")]


@pytest.mark.parametrize(
    "text",
    [
        "<ownershipDocument>" + "<nonDerivativeHolding>" * 20_000,
        "<ownershipDocument>" + "<reportingOwner>" * 20_000,
        "STATEMENT OF BENEFICIAL OWNERSHIP Table I - Non-Derivative\n" + "Aaa | 1 " * 40_000,
        "STATEMENT OF BENEFICIAL OWNERSHIP Table I - Non-Derivative\n" + "Common Stock | 1,1(1)\n" * 20_000,
    ],
)
def test_monotonous_forms_end_soon(text: str):
    started = time.process_time()
    insider_report(Document(1, "4", text, 0, len(text)))
    assert time.process_time() - started < 10
