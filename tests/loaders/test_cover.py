"""Who filed: headers and cover pages to companies, identifiers and former names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Node
from biopact.graph.validate import validate
from biopact.loaders.extraction.cover import read_cover, subject_company
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.filing import CoverFact, Document, Filing
from biopact.loaders.forms.header import header_facts
from biopact.loaders.reading import read_filing
from biopact.loaders.sources import find_sources

HEADER = """ACCESSION NUMBER:\t\t0000000001-06-000017
CONFORMED SUBMISSION TYPE:\t8-K

FILER:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tALNORA INC
\t\tCENTRAL INDEX KEY:\t\t\t0000000011
\t\tIRS NUMBER:\t\t\t\t042726691
\t\tSTATE OF INCORPORATION:\t\t\tMA

\tFILING VALUES:
\t\tSEC FILE NUMBER:\t000-17999

\tFORMER COMPANY:
\t\tFORMER CONFORMED NAME:\tOLD VALE CORP
\t\tDATE OF NAME CHANGE:\t19970318

\tFORMER COMPANY:
\t\tFORMER CONFORMED NAME:\tALNORA CORP
\t\tDATE OF NAME CHANGE:\t19920703
"""


def filing_of(header: str = "", body: str = "", cover: tuple[CoverFact, ...] = (), form: str = "8-K") -> Filing:
    documents = (Document(1, form, body, 0, len(body)),)
    if header:
        documents = (Document(0, "SEC-HEADER", header, 0, len(header)), *documents)
    return Filing("given", "0" * 64, form, None, None, documents, (*header_facts(header), *cover))


def facts_of(filing: Filing) -> FilingFacts:
    book = FactBook(filing, "rules/test")
    read_cover(book)
    found = book.build()
    assert not validate([*found.nodes, *found.edges], texts=found.texts)
    return found


def edges(found: FilingFacts, type_: str) -> list[tuple[str, str, str | None]]:
    names = {n.id: n.name for n in found.nodes}
    return sorted((names[e.source], names[e.target], e.properties.get("date")) for e in found.edges if e.type == type_)


def party(found: FilingFacts, name: str) -> Node:
    (node,) = [n for n in found.nodes if n.name == name]
    return node


def test_the_header_identifies_the_filer():
    found = facts_of(filing_of(HEADER))
    alnora = party(found, "ALNORA INC")
    assert alnora.id == "company/cik-0000000011"
    assert alnora.properties == {
        "cik": "0000000011",
        "irs_number": "04-2726691",
        "jurisdiction": "Massachusetts",
        "commission_file_number": "000-17999",
    }
    assert "IRS NUMBER:\t\t\t\t042726691" in {e.quote for e in alnora.evidence}
    assert len(edges(found, "FILED")) == 1


def test_former_names_have_dates_and_a_change_of_legal_form_is_an_alias():
    found = facts_of(filing_of(HEADER))
    assert edges(found, "FORMERLY_NAMED") == [("ALNORA INC", "OLD VALE CORP", "1997-03-18")]
    assert party(found, "ALNORA INC").aliases == ("ALNORA CORP",)
    (edge,) = [e for e in found.edges if e.type == "FORMERLY_NAMED"]
    assert "FORMER CONFORMED NAME:\tOLD VALE CORP\n\t\tDATE OF NAME CHANGE:\t19970318" in {
        e.quote for e in edge.evidence
    }


def test_cover_page_and_header_are_one_company():
    body = "Alnora, Inc.\n(Exact name of registrant)\nALNR\nNasdaq\n"
    facts = tuple(
        CoverFact(name, value, 1, body.index(value), body.index(value) + len(value))
        for name, value in (("registrant", "Alnora, Inc."), ("ticker", "ALNR"), ("exchange", "Nasdaq"))
    )
    alnora = party(facts_of(filing_of(HEADER, body, facts)), "Alnora, Inc.")
    assert (alnora.id, alnora.aliases) == ("company/cik-0000000011", ("ALNORA CORP", "ALNORA INC"))
    assert (alnora.properties["ticker"], alnora.properties["exchange"]) == ("ALNR", "Nasdaq")
    alone = party(facts_of(filing_of("", body, facts)), "Alnora, Inc.")
    assert (alone.id, alone.properties) == ("company/alnora", {"ticker": "ALNR", "exchange": "Nasdaq"})


@pytest.mark.parametrize(
    ("above", "old"),
    [
        ("Old Vale Corporation", "Old Vale Corporation"),
        ("  Old Vale, Inc.\n  -----------------", "Old Vale, Inc."),
        ("N/A", None),
        ("Not applicable", None),
        ("None\n________", None),
        ("12 Main Street, Springfield", None),
        ("(617) 555-0100", None),
        ("Alnora Corporation", None),
    ],
)
def test_former_name_of_the_cover_page(above: str, old: str | None):
    body = f"Alnora, Inc.\n\n{above}\n(Former name or former address, if changed since last report)\n"
    found = facts_of(filing_of("", body, (CoverFact("registrant", "Alnora, Inc.", 1, 0, 12),)))
    assert edges(found, "FORMERLY_NAMED") == ([("Alnora, Inc.", old, None)] if old else [])


OWNERS = """CONFORMED SUBMISSION TYPE:\tSC 13D

SUBJECT COMPANY:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tALNORA INC /DE/
\t\tCENTRAL INDEX KEY:\t\t\t0000000011

\tFORMER COMPANY:
\t\tFORMER CONFORMED NAME:\tOLD VALE CORP
\t\tDATE OF NAME CHANGE:\t19970318

FILED BY:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tVALE PARTNERS L P
\t\tCENTRAL INDEX KEY:\t\t\t0000000012
\t\tSTATE OF INCORPORATION:\t\t\tDE

FILED BY:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tDOE JANE Q
\t\tCENTRAL INDEX KEY:\t\t\t0000000013
"""


def test_the_subject_company_is_not_the_filer():
    filing = filing_of(OWNERS, form="SC 13D")
    book = FactBook(filing, "rules/test")
    assert [(f.type, f.name) for f in read_cover(book)] == [("Company", "VALE PARTNERS L P"), ("Person", "DOE JANE Q")]
    subject = subject_company(book)
    assert subject is not None and (subject.name, subject.id) == ("ALNORA INC", "company/cik-0000000011")
    found = book.build()
    assert {e.source for e in found.edges if e.type == "FILED"} == {"company/cik-0000000012", "person/cik-0000000013"}
    assert edges(found, "FORMERLY_NAMED") == [("ALNORA INC", "OLD VALE CORP", "1997-03-18")]


def test_namesakes_of_one_header_stay_apart():
    header = HEADER.replace("\tFORMER", "\tOLD") + HEADER[HEADER.index("FILER:") :].replace(
        "ALNORA INC", "ALNORA LLC"
    ).replace("0000000011", "0000000014")
    found = facts_of(filing_of(header))
    assert {e.source for e in found.edges if e.type == "FILED"} == {"company/cik-0000000011", "company/cik-0000000014"}


def test_nothing_is_known_of_a_text_without_cover():
    assert facts_of(filing_of("", "Alnora announces results.\n")).nodes[0].type == "Filing"
    assert edges(facts_of(filing_of("", "Alnora announces results.\n")), "FILED") == []


@pytest.mark.parametrize(
    ("file", "filers", "changed"),
    [
        ("headers/MultipleFormerCompaniesHeader.txt", 1, ["2017-06-21", "2018-03-09"]),
        ("headers/MultipleFilersHeader.txt", 2, []),
        ("headers/1990sheader.txt", 1, ["1997-03-18"]),
        ("headers/index-headers.html", 1, ["1992-07-03"]),
        ("generic/afc*.html", 1, []),
        ("generic/0001011438-98-000429.txt", 1, []),
        ("ownership/SC-13G*.html", 0, []),
    ],
)
def test_real_headers_and_covers(evaluation, file, filers, changed):
    (path,) = (evaluation / "dev" / "edgar_fixtures").glob(file)
    (source,) = find_sources([str(path)])
    found = facts_of(read_filing(source))
    assert len(edges(found, "FILED")) == filers
    assert sorted(date for *_, date in edges(found, "FORMERLY_NAMED")) == changed


def test_the_seed_names_its_filer(evaluation):
    (source,) = find_sources([str(evaluation / "seed" / "docs")])
    assert len(edges(facts_of(read_filing(source)), "FILED")) == 1


@given(
    st.lists(st.sampled_from([*HEADER.splitlines(True), *OWNERS.splitlines(True), "\x00", "/", "FILED BY:\n", "<CIK>"]))
)
def test_mangled_headers_never_raise(lines: list[str]):
    facts_of(filing_of("".join(lines)))


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_may_stand_for_names(name: str, old: str):
    body = f"{name}\n{old}\n(Former name or former address)\n"
    facts_of(filing_of("", body, (CoverFact("registrant", name, 1, 0, len(name)),)))
