"""Schedules 13D and 13G: XML, HTML cover pages and plain text, on real forms and on pages written for the purpose."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from biopact.graph.ledger import FilingFacts
from biopact.graph.resolve import resolve
from biopact.graph.validate import validate
from biopact.loaders.extraction.cover import read_cover
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.ownership import is_ownership_report, read_ownership
from biopact.loaders.extraction.stakes import shared_blocks
from biopact.loaders.filing import Document, Filing
from biopact.loaders.reading import read_filing
from biopact.loaders.sources import find_sources


def facts_of(filing: Filing) -> FilingFacts:
    book = FactBook(filing, "rules/test")
    read_cover(book)
    for document in filing.documents:
        read_ownership(book, document)
    found = book.build()
    assert not validate([*found.nodes, *found.edges], texts=found.texts)
    return found


def schedule(text: str, form: str = "SC 13G") -> Filing:
    return Filing("given", "0" * 64, form, None, None, (Document(1, form, text, 0, len(text)),))


def stakes(found: FilingFacts) -> list[tuple[str, str, str, float | None, float | None, str | None]]:
    """Type and name of holder, issuer, shares, per cent, date; sorted."""
    nodes = {n.id: n for n in found.nodes}
    return sorted(
        (
            nodes[e.source].type,
            nodes[e.source].name,
            nodes[e.target].name,
            e.properties.get("shares"),
            e.properties.get("percent"),
            e.properties.get("as_of"),
        )
        for e in found.edges
        if e.type == "HOLDS_STAKE_IN"
    )


PLAIN = """
                       SECURITIES AND EXCHANGE COMMISSION
                             Washington, D.C. 20549

                                  SCHEDULE 13G
                    Under the Securities Exchange Act of 1934
                               (Amendment No. 2)*

                           ALNORA THERAPEUTICS, INC.
- --------------------------------------------------------------------------------
                                (Name of Issuer)

                          Common Stock, $.01 par value
- --------------------------------------------------------------------------------
                         (Title of Class of Securities)

                                   012345678
- --------------------------------------------------------------------------------
                                 (CUSIP Number)

                               December 31, 1998
             (Date of Event Which Requires Filing of this Statement)

<PAGE>

CUSIP No. 012345678                     13G                    Page 2 of 6 Pages

- --------------------------------------------------------------------------------
1    NAMES OF REPORTING PERSONS
     S.S. OR I.R.S. IDENTIFICATION NOS. OF ABOVE PERSONS

     Vale Capital Management, L.P.  04-1234567
- --------------------------------------------------------------------------------
2    CHECK THE APPROPRIATE BOX IF A MEMBER OF A GROUP*
                                                                     (a) [ ]
                                                                     (b) [X]
- --------------------------------------------------------------------------------
3    SEC USE ONLY
- --------------------------------------------------------------------------------
4    CITIZENSHIP OR PLACE OF ORGANIZATION

     Delaware
- --------------------------------------------------------------------------------
                         5    SOLE VOTING POWER

   NUMBER OF                  0
     SHARES         ------------------------------------------------------------
  BENEFICIALLY           6    SHARED VOTING POWER
    OWNED BY
      EACH                    1,234,567
   REPORTING        ------------------------------------------------------------
     PERSON              7    SOLE DISPOSITIVE POWER
      WITH
                              0
                    ------------------------------------------------------------
                         8    SHARED DISPOSITIVE POWER

                              1,234,567
- --------------------------------------------------------------------------------
9    AGGREGATE AMOUNT BENEFICIALLY OWNED BY EACH REPORTING PERSON

     1,234,567 (1)
- --------------------------------------------------------------------------------
10   CHECK BOX IF THE AGGREGATE AMOUNT IN ROW (9) EXCLUDES CERTAIN SHARES*
                                                                            [ ]
- --------------------------------------------------------------------------------
11   PERCENT OF CLASS REPRESENTED BY AMOUNT IN ROW 9

     7.8%
- --------------------------------------------------------------------------------
12   TYPE OF REPORTING PERSON*

     IA, PN
- --------------------------------------------------------------------------------
                     *SEE INSTRUCTIONS BEFORE FILLING OUT!
<PAGE>
CUSIP No. 012345678                     13G                    Page 3 of 6 Pages
- --------------------------------------------------------------------------------
1    NAME OF REPORTING PERSON
     S.S. OR I.R.S. IDENTIFICATION NO. OF ABOVE PERSON

     Jane Q. Doe
- --------------------------------------------------------------------------------
2    CHECK THE APPROPRIATE BOX IF A MEMBER OF A GROUP*               (a) [ ]
- --------------------------------------------------------------------------------
9    AGGREGATE AMOUNT BENEFICIALLY OWNED BY EACH REPORTING PERSON

     1,240,000
- --------------------------------------------------------------------------------
11   PERCENT OF CLASS REPRESENTED BY AMOUNT IN ROW 9

     Less than 8%
- --------------------------------------------------------------------------------
12   TYPE OF REPORTING PERSON*

     IN
- --------------------------------------------------------------------------------
Item 1(a).   Name of Issuer:
"""

BOXED = """                                  SCHEDULE 13D
Alnora Therapeutics, Inc.
(Name of Issuer)
3/15/96
(Date of Event which Requires Filing of this Statement)

+-----------------------------------------------------------------------------+
|  1 | NAME OF REPORTING PERSON                                               |
|    | S.S. OR I.R.S. IDENTIFICATION NO. OF ABOVE PERSON                      |
|    |                                                                        |
|    | Vale Ventures Limited Partnership                                      |
|----|------------------------------------------------------------------------|
|  2 | CHECK THE APPROPRIATE BOX IF A MEMBER OF A GROUP*        (a) [_]       |
|----|------------------------------------------------------------------------|
| 11 | AGGREGATE AMOUNT BENEFICIALLY OWNED BY EACH REPORTING PERSON           |
|    |                                                                        |
|    | 0                                                                      |
|----|------------------------------------------------------------------------|
| 12 | CHECK BOX IF THE AGGREGATE AMOUNT IN ROW (11) EXCLUDES CERTAIN SHARES* |
|----|------------------------------------------------------------------------|
| 13 | PERCENT OF CLASS REPRESENTED BY AMOUNT IN ROW (11)                     |
|    |                                                                        |
|    | 0%                                                                     |
|----|------------------------------------------------------------------------|
| 14 | TYPE OF REPORTING PERSON*                                              |
|    | PN                                                                     |
+-----------------------------------------------------------------------------+
"""

INLINE = """SCHEDULE 13G
Alnora Corp
(Name of Issuer)

December 31, 2016
(Date of Event Which Requires Filing of this Statement)

CUSIP No. 012345678

(1)Names of reporting persons. Vale Rock, Inc.

(2) Check the appropriate box if a member of a group
(a) [ ]
(b) [X]

(3) SEC use only

(4) Citizenship or place of organization

Delaware

Number of shares beneficially owned by each reporting person with:

(5) Sole voting power

3,456,789

(9) Aggregate amount beneficially owned by each reporting person

3,567,890

(10) Check if the aggregate amount in Row (9) excludes certain shares

(11) Percent of class represented by amount in Row 9

6.7%

(12) Type of reporting person

HC
Item 1.
"""

VIEWER = """SCHEDULE 13D
Alnora, Inc.
(Name of Issuer)
COMMON STOCK
(Title of Class of Securities)
CUSIP Number(s):
1
Name of reporting person
VALE ASSET MANAGEMENT SA
2
Check the appropriate box if a member of a Group (See Instructions)
(a)
(b)
3
SEC use only
11
Aggregate amount beneficially owned by each reporting person
2,872,185.00
12
Check if the aggregate amount in Row (11) excludes certain shares (See Instructions)
13
Percent of class represented by amount in Row (11)
3.8 %
14
Type of Reporting Person (See Instructions)
IA
Item 1.
Security and Issuer
"""

CELLS = """ALNORA, INC.
(Name of Issuer)
1. | Names of Reporting Persons
I.R.S. Identification Nos. of above persons (entities only)
Vale Health Sciences Fund (QP),
L.P.
2. | Check the Appropriate Box if a Member of a Group
9. | Aggregate Amount Beneficially Owned by Each Reporting Person | 500,000 shares of Common Stock
10. | Check if the Aggregate Amount in Row (9) Excludes Certain Shares
11. | Percent of Class Represented by Amount in Row (9) | 4.99% (2)
12. | Type of Reporting Person (See Instructions) | PN
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            PLAIN,
            [
                ("Company", "Vale Capital Management, L.P.", "ALNORA THERAPEUTICS, INC.", 1234567, 7.8, "1998-12-31"),
                ("Person", "Jane Q. Doe", "ALNORA THERAPEUTICS, INC.", 1240000, None, "1998-12-31"),
            ],
        ),
        (BOXED, [("Company", "Vale Ventures Limited Partnership", "Alnora Therapeutics, Inc.", 0, 0, "1996-03-15")]),
        (INLINE, [("Company", "Vale Rock, Inc.", "Alnora Corp", 3567890, 6.7, "2016-12-31")]),
        (VIEWER, [("Company", "VALE ASSET MANAGEMENT SA", "Alnora, Inc.", 2872185, 3.8, None)]),
        (CELLS, [("Company", "Vale Health Sciences Fund (QP), L.P.", "ALNORA, INC.", 500000, 4.99, None)]),
    ],
)
def test_cover_pages_of_every_layout(text, expected):
    assert stakes(facts_of(schedule(text))) == expected


def test_each_value_is_quoted_with_its_label():
    (edge,) = [e for e in facts_of(schedule(INLINE)).edges if e.type == "HOLDS_STAKE_IN"]
    quotes = {e.quote for e in edge.evidence}
    assert "Names of reporting persons. Vale Rock, Inc." in quotes
    assert "Percent of class represented by amount in Row 9\n\n6.7%" in quotes
    assert "Alnora Corp\n(Name of Issuer)" in quotes


def page(name: str, shares: str = "500", percent: str = "5%", type_: str = "CO") -> str:
    return (
        f"1 NAME OF REPORTING PERSON\n{name}\n2 CHECK THE APPROPRIATE BOX IF A MEMBER OF A GROUP\n"
        f"9 AGGREGATE AMOUNT BENEFICIALLY OWNED BY EACH REPORTING PERSON\n{shares}\n"
        f"10 CHECK BOX IF THE AGGREGATE AMOUNT IN ROW (9) EXCLUDES CERTAIN SHARES\n"
        f"11 PERCENT OF CLASS REPRESENTED BY AMOUNT IN ROW (9)\n{percent}\n12 TYPE OF REPORTING PERSON\n{type_}\n"
    )


ISSUER = "Alnora, Inc.\n(Name of Issuer)\n"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Vale Partners, L.P. (I.R.S. No. 04-1234567)", "Vale Partners, L.P."),
        ("Vale Partners,\nL.P.", "Vale Partners, L.P."),
        ("Vale Partners, L.P. (1)", "Vale Partners, L.P."),
        ('Vale Partners, L.P. (the "Fund")', "Vale Partners, L.P."),
        ("I.R.S. IDENTIFICATION NOS. OF ABOVE PERSONS (ENTITIES ONLY)\n\nVale Partners, L.P.", "Vale Partners, L.P."),
        ("Vale Partners, L.P.\n12-3456789", "Vale Partners, L.P."),
    ],
)
def test_names_are_clean(written, name):
    assert [s[1] for s in stakes(facts_of(schedule(ISSUER + page(written))))] == [name]


def test_values_that_are_not_there_are_not_made_up():
    found = stakes(
        facts_of(schedule(ISSUER + page("Vale LLC", "See Item 5", "less than 5%") + page("Vale Two LLC", "", "6%")))
    )
    assert [(s[1], s[3], s[4]) for s in found] == [("Vale Two LLC", None, 6.0)]
    assert stakes(facts_of(schedule(ISSUER + page("", "500")))) == []
    assert stakes(facts_of(schedule(page("Vale LLC")))) == []  # of which company?


def test_a_block_that_several_report_is_not_summed_and_namesakes_stay_apart():
    text = (
        ISSUER
        + page("Vale Holdings L.P.")
        + page("Vale L.P.")
        + page("Jane Doe", type_="IN, HC")
        + page("Vale L.P.", "9")
    )
    assert [(s[0], s[1], s[3]) for s in stakes(facts_of(schedule(text)))] == [
        ("Company", "Vale Holdings L.P.", 500),
        ("Company", "Vale L.P.", 500),
        ("Person", "Jane Doe", 500),
    ]


SUBMISSION = """<SEC-DOCUMENT>0000000001-20-000001.txt : 20200102
<SEC-HEADER>0000000001-20-000001.hdr.sgml : 20200102
ACCESSION NUMBER:\t\t0000000001-20-000001
CONFORMED SUBMISSION TYPE:\tSC 13G
FILED AS OF DATE:\t\t20200102

SUBJECT COMPANY:\t

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tALNORA INC /DE/
\t\tCENTRAL INDEX KEY:\t\t\t0000000011

FILED BY:\t\t

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tDOE JANE Q
\t\tCENTRAL INDEX KEY:\t\t\t0000000012
</SEC-HEADER>
<DOCUMENT>
<TYPE>SC 13G
<SEQUENCE>1
<TEXT>
SCHEDULE 13G
%s</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""


def test_header_and_page_speak_of_the_same_parties(tmp_path):
    path = tmp_path / "given.txt"
    path.write_text(SUBMISSION % (ISSUER + page("Jane Q. Doe", type_="IN")))
    (source,) = find_sources([str(path)])
    found = facts_of(read_filing(source))
    edges = {(e.type, e.source, e.target) for e in found.edges if e.type != "PART_OF"}
    assert edges == {
        ("FILED", "person/cik-0000000012", "filing/0000000001-20-000001"),
        ("HOLDS_STAKE_IN", "person/cik-0000000012", "company/cik-0000000011"),
    }


FIXTURES = "dev/edgar_fixtures/"


def read(evaluation: Path, pattern: str) -> Iterator[Filing]:
    paths = sorted(map(str, (evaluation / FIXTURES).glob(pattern)))
    assert paths
    return map(read_filing, find_sources(paths))


def test_every_reporting_person_of_xml_schedules(evaluation):
    def words(element: etree._Element, *names: str) -> str:
        (found,) = [e.text for e in element.iter() if etree.QName(e).localname in names]
        return found.strip()

    for filing in read(evaluation, "ownership/schedule13*.xml"):
        root = etree.fromstring(filing.documents[0].text.strip().encode())
        persons = [e for e in root.iter() if etree.QName(e).localname.endswith(("PersonInfo", "PersonDetails"))]
        amounts = ("aggregateAmountOwned", "reportingPersonBeneficiallyOwnedAggregateNumberOfShares")
        expected = sorted(
            (
                "Person" if words(p, "typeOfReportingPerson") == "IN" else "Company",
                words(p, "reportingPersonName"),
                float(words(p, *amounts)),
                float(words(p, "percentOfClass", "classPercent")),
            )
            for p in persons
        )
        found = stakes(facts_of(filing))
        assert [(type_, name, shares, percent) for type_, name, _, shares, percent, _ in found] == expected
        assert len(expected) == 2 and all(date for *_, date in found)


@pytest.mark.parametrize(
    ("pattern", "expected", "date"),
    [
        ("ownership/SC-13G*.html", [("Company", 0, 0)] * 3 + [("Person", 0, 0)], "2023-12-29"),
        (
            "generic/0001104659-25-002604.txt",
            [("Company", 52070593, 51.8)] * 2 + [("Company", 67570593, 67.2)] * 3 + [("Person", 67570593, 67.2)],
            None,
        ),
    ],
)
def test_every_reporting_person_of_real_cover_pages(evaluation, pattern, expected, date):
    (filing,) = read(evaluation, pattern)
    found = stakes(facts_of(filing))
    assert sorted((type_, shares, percent) for type_, _, _, shares, percent, _ in found) == expected
    assert len({name for _, name, *_ in found}) == len(expected)
    assert {date for *_, date in found} == {date}
    text = " ".join(" ".join(d.text for d in filing.documents).split()).casefold()
    assert all(name.casefold() in text for _, name, *_ in found)


@pytest.mark.parametrize("file", ["generic/afc*.html", "ex21/*aapl.html"])
def test_other_forms_hold_no_stakes(evaluation, file):
    (filing,) = read(evaluation, file)
    assert not any(map(is_ownership_report, filing.documents))
    assert stakes(facts_of(filing)) == []


XML = (
    '<edgarSubmission xmlns="http://www.sec.gov/edgar/schedule13g"><issuerInfo><issuerCik>11</issuerCik>'
    "<issuerName>Alnora &amp; Vale Inc</issuerName></issuerInfo><coverPageHeaderReportingPersonDetails>"
    "<reportingPersonName>Jane Doe</reportingPersonName><classPercent>5.0</classPercent>"
    "<typeOfReportingPerson>IN</typeOfReportingPerson></coverPageHeaderReportingPersonDetails></edgarSubmission>"
)


@pytest.mark.parametrize(
    ("amounts", "blocks"),
    [
        ([], []),
        ([{100.0}, {100.0}], [1, 1]),
        ([{100.0, 60.0}, {60.0}, {7.0}, {60.0, 8.0}], [1, 1, 0, 1]),
        ([{1.0}, {2.0}, {1.0, 3.0}, {3.0}, {2.0}], [1, 2, 1, 1, 2]),
        ([{0.0}, {0.0}, {None}, set()], [0, 0, 0, 0]),
    ],
)
def test_who_reports_the_same_shares(amounts, blocks):
    assert shared_blocks(amounts) == blocks


def test_edges_of_one_block_say_so(evaluation):
    (filing,) = read(evaluation, "ownership/schedule13d.xml")
    edges = [e for e in facts_of(filing).edges if e.type == "HOLDS_STAKE_IN"]
    assert len(edges) == 2
    assert {e.properties["block"] for e in edges} == {f"{filing.sha256[:16]}/1"}
    assert {e.properties["security_class"] for e in edges} == {"Common stock, par value $0.0001 per share"}
    assert max(e.properties["shares"] for e in edges) == 2_435_000


def test_cover_pages_say_which_class_and_which_shares_are_shared():
    edges = {e.properties["shares"]: e for e in facts_of(schedule(PLAIN)).edges if e.type == "HOLDS_STAKE_IN"}
    assert {e.properties["security_class"] for e in edges.values()} == {"Common Stock, $.01 par value"}
    assert not any("block" in e.properties for e in edges.values())
    together = PLAIN.replace("     1,240,000\n", "     1,234,567\n")
    edges = {e.source: e for e in facts_of(schedule(together)).edges if e.type == "HOLDS_STAKE_IN"}
    assert len({e.properties.get("block") for e in edges.values()} - {None}) == 1


def test_a_stake_of_another_day_is_another_edge():
    filings = [schedule(PLAIN), schedule(PLAIN.replace("December 31, 1998", "December 31, 1999"), "SC 13G/A")]
    facts = [facts_of(replace(f, accession_number=f"0000000000-99-00000{n}")) for n, f in enumerate(filings)]
    days = sorted(str(e.properties["as_of"]) for e in resolve(facts).edges.values() if e.type == "HOLDS_STAKE_IN")
    assert days == ["1998-12-31", "1998-12-31", "1999-12-31", "1999-12-31"]


def test_entities_of_xml_are_read_and_quoted_as_they_stand():
    found = facts_of(schedule(XML))
    (issuer,) = [n for n in found.nodes if n.type == "Company"]
    assert (issuer.name, issuer.properties["cik"]) == ("Alnora & Vale Inc", "0000000011")
    assert "Alnora &amp; Vale Inc" in {e.quote for e in issuer.evidence}


@given(
    st.lists(st.sampled_from([*"\n |()*<>.,-0%", "&#1;", XML[:90], XML[90:], CELLS[:200], CELLS[200:], page("A", "1")]))
)
def test_mangled_schedules_never_raise(pieces: list[str]):
    facts_of(schedule("".join(pieces)))


@pytest.mark.parametrize("cut", range(0, len(XML), 7))
def test_cut_xml_never_raises(cut: int):
    facts_of(schedule(XML[:cut]))
    facts_of(schedule(XML[cut:]))


@pytest.mark.parametrize(
    "text",
    [
        "NAMES OF REPORTING PERSONS\n" * 20_000,
        page("A", "1") + "\n" * 200_000,
        XML[:80] + "<reportingPersonInfo>" * 20_000,
        XML[:80] + "<" * 200_000,
    ],
)
def test_monotonous_schedules_end_soon(text: str):
    started = time.process_time()
    facts_of(schedule(text))
    assert time.process_time() - started < 10
