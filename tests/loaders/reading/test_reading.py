"""Reading: formats, pasted exhibits, sections and cover facts, on texts written for the purpose."""

import pytest

from biopact.loaders.filing import CoverFact, Document, Filing
from biopact.ontology.errors import FilingError
from tests.loaders.reading.given import read


def facts(filing: Filing, document: int | None = None) -> dict[str, str]:
    found = [f for f in filing.cover if document is None or f.document == document]
    return {fact.name: fact.value for fact in reversed(found)}


def quoted(filing: Filing, fact: CoverFact) -> str:
    (text,) = (d.text for d in filing.documents if d.sequence == fact.document)
    return text[fact.start : fact.end]


HEADER = """<SEC-DOCUMENT>0000000001-06-000017.txt : 20061019
<SEC-HEADER>0000000001-06-000017.hdr.sgml : 20061019
ACCESSION NUMBER:\t\t0000000001-06-000017
CONFORMED SUBMISSION TYPE:\t8-K
CONFORMED PERIOD OF REPORT:\t20061017
FILED AS OF DATE:\t\t20061019

FILER:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tQUILLBROOK BIOSCIENCES INC
\t\tCENTRAL INDEX KEY:\t\t\t0000000042
\t\tIRS NUMBER:\t\t\t\t000000000
\t\tSTATE OF INCORPORATION:\t\t\tMA

\tFORMER COMPANY:
\t\tFORMER CONFORMED NAME:\tQUILL GENETICS INC
\t\tDATE OF NAME CHANGE:\t19990301

FILER:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tQUILLBROOK FINANCE LLC
\t\tCENTRAL INDEX KEY:\t\t\t43
\t\tEIN:\t\t\t\t123456789
</SEC-HEADER>
"""

BODY = """<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<FILENAME>body.txt
<DESCRIPTION>CURRENT REPORT
<TEXT>

                               FORM 8-K
       Date of Report (Date of earliest event reported): October 17, 2006

                     QUILLBROOK BIOSCIENCES, INC.
        (Exact name of registrant as specified in its charter)

     Massachusetts                0-17777                 04-1234567
(State or other jurisdiction   (Commission         (I.R.S. Employer
   of incorporation)            File Number)       Identification No.)

<PAGE>   2
ITEM 1.01  ENTRY INTO A MATERIAL DEFINITIVE AGREEMENT.

     Words of the report.
</TEXT>
</DOCUMENT>
"""

PAGE = """<DOCUMENT>
<TYPE>EX-99.1
<SEQUENCE>2
<TEXT>
<HTML><HEAD><TITLE>hidden title</TITLE></HEAD><BODY>
<P>Quillbrook&#146;s <B>AB&#8209;12</B>&nbsp;&amp; more</P>
<DIV STYLE="display: none">hidden words</DIV>
<TABLE><TR><TD>Upfront</TD><TD></TD><TD>$5</TD></TR><TR><TD>Royalty</TD><TD></TD><TD>8%</TD></TR></TABLE>
<P STYLE="font-weight:bold">About Quillbrook</P><P>Last words.</P>
</BODY></HTML>
</TEXT>
</DOCUMENT>
"""

SKIPPED = """<DOCUMENT>
<TYPE>GRAPHIC
<SEQUENCE>3
<FILENAME>logo.jpg
<TEXT>
begin 644 logo.jpg
M_]C_X``02D9)1@`!
end
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-101.INS
<SEQUENCE>4
<FILENAME>data.xml
<TEXT>
<XBRL>
<?xml version="1.0"?><xbrl/>
</XBRL>
</TEXT>
</DOCUMENT>
"""


def test_a_full_submission_is_read_document_by_document() -> None:
    filing = read(HEADER + BODY + PAGE + SKIPPED + "</SEC-DOCUMENT>\n")
    assert [(d.sequence, d.type, d.description) for d in filing.documents] == [
        (0, "SEC-HEADER", ""),
        (1, "8-K", "CURRENT REPORT"),
        (2, "EX-99.1", ""),
    ]
    assert (filing.form, filing.accession_number, filing.filing_date) == ("8-K", "0000000001-06-000017", "2006-10-19")
    assert filing.id == "filing/0000000001-06-000017"
    assert filing.documents[1].text in BODY  # verbatim
    assert filing.documents[2].text == (
        "Quillbrook’s AB‑12 & more\n\nUpfront | $5\nRoyalty | 8%\n\nAbout Quillbrook\n\nLast words."
    )
    assert filing.notes == ("left out EX-101.INS (data): data.xml", "left out GRAPHIC (uuencoded): logo.jpg")


def test_header_facts_know_each_filer() -> None:
    filing = read(HEADER + BODY + "</SEC-DOCUMENT>")
    header = [(f.name, f.value, f.company) for f in filing.cover if f.document == 0]
    assert header == [
        ("accession_number", "0000000001-06-000017", 0),
        ("form", "8-K", 0),
        ("period_of_report", "2006-10-17", 0),
        ("filing_date", "2006-10-19", 0),
        ("registrant", "QUILLBROOK BIOSCIENCES INC", 0),
        ("cik", "0000000042", 0),
        ("jurisdiction", "Massachusetts", 0),
        ("former_name", "QUILL GENETICS INC", 0),
        ("name_changed", "1999-03-01", 0),
        ("registrant", "QUILLBROOK FINANCE LLC", 1),
        ("cik", "0000000043", 1),
        ("irs_number", "12-3456789", 1),
    ]


def test_cover_facts_stand_above_their_labels_in_columns() -> None:
    filing = read(HEADER + BODY + "</SEC-DOCUMENT>")
    assert facts(filing, 1) == {
        "form": "8-K",
        "event_date": "2006-10-17",
        "registrant": "QUILLBROOK BIOSCIENCES, INC.",
        "jurisdiction": "Massachusetts",
        "commission_file_number": "0-17777",
        "irs_number": "04-1234567",
        "item": "1.01",
    }
    quotes = {f.name: quoted(filing, f) for f in filing.cover if f.document == 1}
    assert quotes["event_date"] == "October 17, 2006"
    assert quotes["item"] == "ITEM 1.01"


@pytest.mark.parametrize(
    ("cover", "expected"),
    [
        (
            "# **Quillbrook, Inc.**\n\n(Exact name of registrant as specified in its charter)\n\n"
            "**Delaware 98-7654321** (I.R.S. Employer Identification No.)\n\n"
            "(State or other jurisdiction of incorporation)\n\n"
            "Boston, Massachusetts 02139\n",
            {"registrant": "Quillbrook, Inc.", "jurisdiction": "Delaware", "irs_number": "98-7654321"},
        ),
        (
            "| Cayman Islands | 001-99999 | 98-7654321 |\n|---|---|---|\n"
            "| (State or other jurisdiction<br>of incorporation) |"
            " (Commission<br>File Number) | (IRS Employer<br>Identification No.) |\n",
            {"jurisdiction": "Cayman Islands", "commission_file_number": "001-99999", "irs_number": "98-7654321"},
        ),
        (
            "Exact name of registrant as specified in its charter: Quillbrook plc\n"
            "Title of each class | Trading Symbol(s) | Name of each exchange\n"
            "Ordinary Shares | QBK | The Nasdaq Global Select Market\nWarrants | QBKW | New York Stock Exchange\n",
            {"registrant": "Quillbrook plc", "ticker": "QBK", "exchange": "The Nasdaq Global Select Market"},
        ),
        (
            "Date of Report (Date of earliest event reported): April 15, 2025 (April 11, 2025)\n",
            {"event_date": "2025-04-11"},
        ),
        ("April 9, 2001\n(Date of report)\n", {"event_date": "2001-04-09"}),
    ],
)
def test_cover_facts_in_other_shapes(cover: str, expected: dict[str, str]) -> None:
    filing = read("SECURITIES AND EXCHANGE COMMISSION\n\nFORM 8-K\n\n" + cover)
    assert expected.items() <= facts(filing).items()


REPORT = """SECURITIES AND EXCHANGE COMMISSION

FORM 8-K

Quillbrook, Inc. (Exact name of registrant as specified in its charter)

Item 8.01. Other Events

A copy of the press release is attached as Exhibit 99.2.

SIGNATURES

Pursuant to the requirements of the Securities Exchange Act of 1934, the registrant has signed.

Date: May 3, 2011

/s/ A. Person

2

"""
RELEASE = """QUILLBROOK, INC.

Contacts: Investor Relations

FOR IMMEDIATE RELEASE

BOSTON, May 2, 2011 - Quillbrook today announced a license.

About Quillbrook

Quillbrook is fictional.
"""


@pytest.mark.parametrize(
    ("index", "number", "description"),
    [
        (
            "EXHIBIT INDEX\n\nExhibit No.Exhibit99.2Press Release dated May 2, 2011\n\n3\n\n",
            "99.2",
            "Press Release dated May 2, 2011",
        ),
        ("EXHIBIT INDEX\n\nExhibit No.\tDescription\n99.2\tNews release\n\n", "99.2", "News release"),
        ("", "99", ""),
        ("Exhibit 99.2\n\n", "99.2", ""),
    ],
)
def test_a_press_release_pasted_behind_a_report_is_its_exhibit(index: str, number: str, description: str) -> None:
    text = REPORT + index + RELEASE
    body, release = read(text).documents
    assert (body.type, release.type, release.description) == ("8-K", f"EX-{number}", description)
    assert body.text == release.text == text
    assert (body.begin, body.end, release.end) == (0, release.begin, len(text))
    assert text[release.begin :].removeprefix("Exhibit 99.2\n\n") == RELEASE
    assert [p.title for p in release.parts][-1] == "About Quillbrook"
    assert read(text).filing_date == "2011-05-03"


def test_a_report_alone_stays_whole() -> None:
    assert [d.type for d in read(REPORT).documents] == ["8-K"]


def test_a_release_pasted_into_the_only_document_of_a_submission() -> None:
    filing = read(
        f"<SEC-HEADER>\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>1\n<TEXT>\n{REPORT}{RELEASE}</TEXT>\n</DOCUMENT>"
    )
    assert [(d.sequence, d.type) for d in filing.documents if d.sequence] == [(1, "8-K"), (2, "EX-99")]


@pytest.mark.parametrize(
    ("text", "type_", "form"),
    [
        (RELEASE, "EX-99", None),
        ("# News\n\n BOSTON, MA - May 2, 2011 (NEWSWIRE) - Words.", "EX-99", None),
        (
            "LICENSE AGREEMENT\n\nThis License Agreement is entered into by and between A and B.\n\nWHEREAS, A owns;",
            "EX-10",
            None,
        ),
        ("Exhibit 10.4\n\nSUPPLY AGREEMENT", "EX-10.4", None),
        ("EX-99.1 2 ex99-1.htm\nExhibit 99.1", "EX-99.1", None),
        ("SECURITIES AND EXCHANGE COMMISSION\n\n**FORM 10-K/A**\n", "10-K/A", "10-K/A"),
        ("## Item 1A. Risk Factors\n\nWe may fail.", "10-K", "10-K"),
        ("Some remarks on nothing in particular.", "TEXT", None),
    ],
)
def test_what_a_lone_text_is(text: str, type_: str, form: str | None) -> None:
    filing = read(text)
    assert (filing.documents[0].type, filing.form) == (type_, form)
    assert filing.documents[0].text == text


def test_ownership_xml_is_kept_verbatim() -> None:
    text = (
        '<?xml version="1.0"?>\n<edgarSubmission xmlns="http://www.sec.gov/edgar/schedule13D">'
        "<submissionType>SCHEDULE 13D/A</submissionType><dateOfEvent>12/31/2024</dateOfEvent>"
        "<issuerName>Quill &amp; Brook, Inc.</issuerName>"
        "<issuerCIK>42</issuerCIK><reportingPersonInfo><reportingPersonName>Holder LP</reportingPersonName>"
        "</reportingPersonInfo></edgarSubmission>"
    )
    filing = read(text, "13d.xml")
    assert (filing.form, filing.documents[0].type, filing.documents[0].text) == ("SC 13D/A", "SC 13D/A", text)
    assert [(f.name, f.value, f.company) for f in filing.cover] == [
        ("form", "SC 13D/A", 0),
        ("event_date", "2024-12-31", 0),
        ("registrant", "Quill & Brook, Inc.", 0),
        ("cik", "0000000042", 0),
        ("reporting_owner", "Holder LP", 1),
    ]
    assert quoted(filing, filing.cover[2]) == "Quill &amp; Brook, Inc."


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("“café”\r\nline\rend".encode("cp1252"), "“café”\nline\nend"),
        ("“café”\r\n".encode("utf-16"), "“café”\n"),
        (b"\xef\xbb\xbfplain", "plain"),
        (
            "日本語の文章です。会社の提携について述べる。".encode("shift_jis"),
            "日本語の文章です。会社の提携について述べる。",
        ),
        ("“café” line\n".encode("utf-16-le"), "“café” line\n"),
        ("“café” line\n".encode("utf-16-be"), "“café” line\n"),
        ("naïve – ".encode() * 9 + b"cut \x93here\x94", "naïve – " * 9 + "cut “here”"),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    assert read(data).documents[0].text == text


def test_plain_text_is_kept_to_the_character() -> None:
    text = "{0}----\n\n  Two  spaces,\ttabs \x0c pages\n&amp; <br> \\$1\u00a0million \u200b “x”\n"
    assert read(text).documents[0].text == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t" * 9, "white space"),
        ("\u00a0\u2003".encode(), "white space"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)), "JPEG"),
        (b"%PDF-1.7\n", "PDF"),
        (bytes(range(256)) * 9, "binary"),
        (bytes(256) * 9, "binary"),
        (b"\1\0\2\0\3\0" * 99, "binary"),
        (b'{"a": [1]}', "JSON"),
        (b'<?xml version="1.0"?><xbrl>1</xbrl>', "root <xbrl>"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><edgarSubmission>&b;</edgarSubmission>', "entities"),
        (b"<html><body><script>1</script></body></html>", "no text"),
        (HEADER[:400].encode(), "cut off"),
        (HEADER.encode(), "cut off"),
        (b"<DOCUMENT>\n<TYPE>GRAPHIC\n<TEXT>\nbegin 644 a.jpg\nend\n</TEXT>\n</DOCUMENT>", "uuencoded"),
    ],
)
def test_garbage_gives_one_line_that_names_the_file(data: bytes, reason: str) -> None:
    with pytest.raises(FilingError) as caught:
        read(data, "folder/a\nb.txt")
    message = str(caught.value)
    assert message.startswith("folder/a\\nb.txt: ")
    assert reason in message
    assert "\n" not in message


PICTURE = "begin 644 a.jpg\n#ALN1\n`\nend\n"


def test_a_picture_in_uuencode_is_cut_out_of_the_text_around_it() -> None:
    begins = "begin 644 and\nends it is not\n"
    body = f"Before.\n{PICTURE}After.\n{begins}<PAGE>\nLast."
    filing = read(f"<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n{body}\n</TEXT>\n</DOCUMENT>")
    assert filing.documents[0].text == body.replace(PICTURE, "")
    assert filing.documents[0].places.page(filing.documents[0].text.index("Last")) == 2
    assert filing.notes == ("document 1 (EX-99.1): left out a.jpg (uuencoded)",)
    assert read(PICTURE + body).documents[0].text == filing.documents[0].text
    cut = read("Before.\n" + PICTURE[:-4])
    assert (cut.documents[0].text, len(cut.notes)) == ("Before.\n", 1)


@pytest.mark.parametrize("type_", ["COVER", "EX-FILING FEES", "CORRESP"])
def test_words_that_accompany_a_filing_are_kept(type_: str) -> None:
    part = f"<DOCUMENT>\n<TYPE>{type_}\n<FILENAME>letter.doc\n<TEXT>\nDear Sirs\n</TEXT>\n</DOCUMENT>"
    assert [d.text for d in read(part).documents] == ["Dear Sirs"]


def test_a_truncated_submission_keeps_what_is_whole() -> None:
    filing = read(HEADER + BODY + PAGE[: PAGE.index("</TABLE>")])
    assert [d.type for d in filing.documents] == ["SEC-HEADER", "8-K", "EX-99.1"]
    assert filing.notes == (
        "document 2 (EX-99.1) is cut off: the file ends inside it",
        "the submission is cut off: it has no closing tag",
    )


def test_pem_envelope_and_bare_header() -> None:
    envelope = "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n"
    assert read(envelope + HEADER + BODY + "</SEC-DOCUMENT>").documents[0].text.startswith("<SEC-DOCUMENT>")
    bare = HEADER.partition("sgml : 20061019\n")[2].partition("</SEC-HEADER>")[0]
    assert read(bare).accession_number == "0000000001-06-000017"


def test_rows_and_cells_of_nested_and_ragged_tables() -> None:
    page = (
        "<html><body><table><tr><td>&#8226;</td><td>point</td></tr><tr><td><p>A</p><p>B</p></td><td>C<br>D</td>"
        "<tr><td><table><tr><td>x</td><td>y</td></tr></table></td><td>z</td></tr></table>after<br><br>end</body></html>"
    )
    assert read(page).documents[0].text == "• point\nA\nB | C\nD\nx | y | z\n\nafter\n\nend"


def test_a_note_behind_a_name_is_no_bullet() -> None:
    rows = "<tr><td>Alnora<sup>(1)</sup></td><td>Ohio</td></tr><tr><td>(a)</td><td><b>x</b> (b)</td><td>y</td></tr>"
    assert read(f"<html><table>{rows}</table></html>").documents[0].text == "Alnora(1) | Ohio\n(a) x (b) | y"


def test_deep_nesting_keeps_the_words() -> None:
    page = "<html><body>" + "<div>" * 10_000 + "deep &amp; words" + "</div>" * 10_000 + "<p>after</p></body></html>"
    filing = read(page)
    assert filing.documents[0].text.split() == ["deep", "&", "words", "after"]
    assert "nested deeper" in filing.notes[0]


def test_documents_of_one_filing_have_their_own_ids() -> None:
    filing = read(HEADER + BODY + PAGE.replace("<SEQUENCE>2", "<SEQUENCE>1") + "</SEC-DOCUMENT>")
    assert [filing.document_id(d) for d in filing.documents] == [f"document/0000000001-06-000017/{n}" for n in range(3)]
    assert isinstance(filing.documents[2], Document)
