"""Lists of subsidiaries in the shapes that filers give them."""

import re
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from biopact.graph.ledger import FilingFacts
from biopact.graph.validate import validate
from biopact.loaders.extraction.cover import read_cover
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.subsidiaries import is_subsidiary_list, read_subsidiaries
from biopact.loaders.filing import Document, Filing, Part
from biopact.loaders.reading import read_filing
from biopact.loaders.sources import find_sources


def facts_of(text: str, parent: str | None = "Alnora, Inc.", type_: str = "EX-21.1", parts: tuple[Part, ...] = ()):
    document = Document(1, type_, text, 0, len(text), parts=parts)
    book = FactBook(Filing("given", "0" * 64, "10-K", None, None, (document,)), "rules/test")
    read_subsidiaries(book, document, book.entity("Company", parent) if parent else None)
    found = book.build()
    assert not validate([*found.nodes, *found.edges], texts=found.texts)
    return found


def children(found: FilingFacts, parent: str | None = None) -> dict[str, tuple[str | None, float | None]]:
    names = {n.id: n.name for n in found.nodes}
    return {
        names[e.source]: (e.properties.get("jurisdiction"), e.properties.get("percent"))
        for e in found.edges
        if e.type == "SUBSIDIARY_OF" and (parent is None or names[e.target] == parent)
    }


COLUMNS = """                                                                    EXHIBIT 21

                         SUBSIDIARIES OF ALNORA, INC.
                           AS OF DECEMBER 31, 1997

                                             JURISDICTION OF      PERCENTAGE
NAME                                         INCORPORATION           OWNED
- ----                                       -------------        ----------
<S>                                          <C>                  <C>
Alnora Research, Inc. .....................  Delaware                100%
Alnora International Holdings and
  Investments, Inc.                          Nevada                  100%
Alnora (UK) Limited (1)                      England & Wales          51%
Alnora Deutschland GmbH                      Germany                 100
Vale Partners (2), L.P.                      New York                 50
                                      -2-
<PAGE>
(1) The remaining 49% of the shares of this company is held by its management.
"""


def test_columns_of_plain_text():
    found = facts_of(COLUMNS)
    assert children(found) == {
        "Alnora Research, Inc.": ("Delaware", 100),
        "Alnora International Holdings and Investments, Inc.": ("Nevada", 100),
        "Alnora (UK) Limited": ("England & Wales", 51),
        "Alnora Deutschland GmbH": ("Germany", 100),
        "Vale Partners (2), L.P.": ("New York", 50),
    }
    assert {e.properties["as_of"] for e in found.edges if e.type == "SUBSIDIARY_OF"} == {"1997-12-31"}
    wrapped = next(n for n in found.nodes if n.name.endswith("Investments, Inc."))
    assert wrapped.evidence[0].quote.startswith("Alnora International Holdings and\n")


def test_rows_of_tables_with_trade_names():
    found = facts_of(
        "Exhibit 21.1\n\nLIST OF SUBSIDIARIES OF ALNORA, INC.\n\n"
        "Name of Subsidiary | Jurisdiction of Organization | Names Under Which it Does Business\n"
        "Alnora Bio, Inc. | Delaware | Alnora Bio, Inc.\nAlnora Ireland Limited | Ireland | Alnora\n"
        "Alnora Cayman | Cayman Islands\nAlnora Biotechnology (Suzhou) Co., Ltd.* | PRC\n\n* Less than wholly owned.\n"
    )
    assert children(found) == {
        "Alnora Bio, Inc.": ("Delaware", None),
        "Alnora Ireland Limited": ("Ireland", None),
        "Alnora Cayman": ("Cayman Islands", None),
        "Alnora Biotechnology (Suzhou) Co., Ltd.": ("PRC", None),
    }
    assert next(n for n in found.nodes if n.name == "Alnora Ireland Limited").aliases == ("Alnora",)


@pytest.mark.parametrize(
    ("line", "name", "place"),
    [
        ("1. Alnora Securities Corp., a Massachusetts corporation", "Alnora Securities Corp.", "Massachusetts"),
        ("• Alnora Bio Ltd - Israel", "Alnora Bio Ltd", "Israel"),
        ("Alnora Australia Pty Ltd., Melbourne, Australia", "Alnora Australia Pty Ltd.", "Melbourne, Australia"),
        ("Alnora S. de R.L. de C.V. (Mexico)", "Alnora S. de R.L. de C.V.", "Mexico"),
        ("Vale LLC d/b/a Vale Labs, Delaware limited liability company", "Vale LLC", "Delaware"),
        ("Alnora SA, organized under the laws of Switzerland", "Alnora SA", "Switzerland"),
        ("Alnora Sub, LLC, a Delaware limited liability company", "Alnora Sub, LLC", "Delaware"),
        ("Alnora KK, a Japanese corporation", "Alnora KK", "Japan"),
        ("Alnora, Inc. II New York", "Alnora, Inc. II New York", None),
        ("Alnora Sub, Inc. New York", "Alnora Sub, Inc.", "New York"),
        ("Alnora Delaware LLC", "Alnora Delaware LLC", None),
    ],
)
def test_what_one_line_says(line: str, name: str, place: str | None):
    found = facts_of(f"Subsidiaries of the Registrant\n\nFirst One, Inc. (Ohio)\n{line}\nLast One, Inc. (Ohio)\n")
    expected = {"First One, Inc.": ("Ohio", None), name: (place, None), "Last One, Inc.": ("Ohio", None)}
    assert children(found) == expected


@pytest.mark.parametrize("bracket", ["(Ireland; 80%)", "(Ireland, 80% owned)", "(Ireland) (80%)"])
def test_a_place_and_a_share_in_one_bracket(bracket: str):
    found = facts_of(f"Subsidiaries of the Registrant\n\nAlnora Limited {bracket}\n")
    assert children(found) == {"Alnora Limited": ("Ireland", 80)}


def test_a_paragraph_tells_shares_and_trade_names():
    found = facts_of(
        "Exhibit 21\n\nThe following are the subsidiaries of the Registrant: Alnora Bio, Inc., a\nDelaware corporation "
        "(d/b/a Alnora Labs); Vale Limited (Ireland), of which it owns 80%; and Fenn KK, a\nJapanese corporation.\n"
    )
    expected = {"Alnora Bio, Inc.": ("Delaware", None), "Vale Limited": ("Ireland", 80), "Fenn KK": ("Japan", None)}
    assert children(found) == expected
    assert next(n for n in found.nodes if n.name == "Alnora Bio, Inc.").aliases == ("Alnora Labs",)


def test_a_short_note_explains_its_mark():
    found = facts_of("Subsidiaries\n\nAlnora Bio, Inc.(1) | Delaware\nVale (2), Inc. | Ohio\n\n(1) Inactive.\n")
    assert children(found) == {"Alnora Bio, Inc.": ("Delaware", None), "Vale (2), Inc.": ("Ohio", None)}


def test_former_names_stand_beside_the_name():
    found = facts_of("Subsidiaries\n\nOld Vale Inc. (formerly Alnora Two, Inc.), New Jersey\n")
    names = {n.id: n.name for n in found.nodes}
    renamed = [(names[e.source], names[e.target]) for e in found.edges if e.type == "FORMERLY_NAMED"]
    assert renamed == [("Old Vale Inc.", "Alnora Two, Inc.")]
    assert children(found) == {"Old Vale Inc.": ("New Jersey", None)}


@pytest.mark.parametrize(
    "text",
    [
        "EX-21.1\n\nList of Subsidiaries\n\nAlnora Bio, Inc.\n\nDelaware\n\nAlnora Sub Limited\n\nIreland\n",
        "Exhibit 21\nSubsidiaries\n\nDelaware\nAlnora Bio, Inc.\n\nIreland:\nAlnora Sub Limited\n",
        "Exhibit 21\n\nSubsidiary               State        Subsidiary         State\n"
        "Alnora Bio, Inc.         Delaware     Alnora Sub Limited         Ireland\n",
        "Exhibit 21.1\n\nThe Registrant has two wholly-owned subsidiaries: Alnora Bio, Inc., a Delaware\n"
        "corporation, and Alnora Sub Limited, a company organized under the laws of Ireland.\n",
        "# Exhibit 21.1\n\n**Subsidiaries of Alnora, Inc.**\n\n| **Name** | **State** |\n|---|---|\n"
        "| Alnora Bio, Inc. | Delaware |\n| Alnora Sub Limited | Ireland |\n",
    ],
)
def test_layouts_say_the_same(text: str):
    assert children(facts_of(text)) == {"Alnora Bio, Inc.": ("Delaware", None), "Alnora Sub Limited": ("Ireland", None)}


NESTED = """Alnora, Inc. (Delaware)
    Alnora Holdings, Inc. (Delaware)
        Alnora Europe B.V. (Netherlands)
    Vale Therapeutics, Inc. (Massachusetts)
"""


def test_indentation_counts_where_the_parent_heads_the_list():
    found = facts_of(f"Exhibit 21\n\n{NESTED}")
    assert set(children(found, "Alnora Holdings, Inc.")) == {"Alnora Europe B.V."}
    whole = {"Alnora Holdings, Inc.", "Alnora Europe B.V.", "Vale Therapeutics, Inc."}
    assert set(children(found, "Alnora, Inc.")) == whole


def test_indentation_is_layout_elsewhere():
    found = facts_of(
        "Subsidiaries\n\n  Alnora One, Inc. (Ohio)\n      Alnora Two, Inc. (Ohio)\n  Alnora Three, Inc. (Ohio)\n"
    )
    assert set(children(found, "Alnora, Inc.")) == {"Alnora One, Inc.", "Alnora Two, Inc.", "Alnora Three, Inc."}
    assert len([e for e in found.edges if e.type == "SUBSIDIARY_OF"]) == 3


def test_headings_of_groups_name_the_direct_parent():
    found = facts_of(
        "Exhibit 21\n\nAlnora Europe B.V. | Netherlands\n\nSubsidiaries of Alnora Europe B.V.:\n"
        "Alnora France S.A.S. | France\n"
    )
    assert set(children(found, "Alnora Europe B.V.")) == {"Alnora France S.A.S."}


def test_namesakes_of_other_legal_form_stay_apart():
    found = facts_of(
        "Subsidiaries\n\nAlnora LLC | Delaware\nAlnora Asia LLC | Delaware\nAlnora Asia Limited | Hong Kong\n"
    )
    assert set(children(found)) == {"Alnora LLC", "Alnora Asia LLC", "Alnora Asia Limited"}
    assert {n.id for n in found.nodes if n.name.startswith("Alnora Asia")} == {
        "company/alnora-asia-llc",
        "company/alnora-asia-limited",
    }


def test_nothing_where_there_is_nothing():
    for text in ("", "Exhibit 21\n\nSubsidiaries of the Registrant\n\nNone.\n", "Exhibit 21\n\nNot applicable.\n"):
        assert children(facts_of(text)) == {}
    omitted = "* Pursuant to Item 601(b)(21)(ii), the names of other subsidiaries of Vale Corp. are omitted."
    assert children(facts_of(f"Exhibit 21\n\nAlnora Bio, Inc. | Delaware\n\n{omitted}\n")) == {
        "Alnora Bio, Inc.": ("Delaware", None)
    }


def test_a_section_of_an_annual_report():
    rows = "Name | Place\nAlnora Bio, Inc. | Delaware\nAlnora Sub Limited | Ireland\n"
    before, after = "Item 1. Business\nWe make medicines.\n\n", "\nItem 2. Properties\nVale Inc. | Ohio\n"
    text = f"{before}LIST OF SUBSIDIARIES\n\n{rows}{after}"
    start = text.index("Item 2")
    found = facts_of(text, type_="10-K", parts=(Part("item", "Properties", start, len(text), "2"),))
    assert children(found) == {"Alnora Bio, Inc.": ("Delaware", None), "Alnora Sub Limited": ("Ireland", None)}
    prose = "Subsidiaries of the Company\n\nWe consolidate Alnora Bio, Inc. and all others that we control.\n"
    assert children(facts_of(prose, type_="10-K")) == {}


def test_what_is_a_list():
    def document(type_: str, text: str = "", description: str = "") -> Document:
        return Document(1, type_, text, 0, len(text), description)

    assert is_subsidiary_list(document("EX-21"))
    assert is_subsidiary_list(document("EX-21.01"))
    assert is_subsidiary_list(document("EX-8.1", "Exhibit 8.1\n\nList of Subsidiaries of Alnora\n"))
    assert not is_subsidiary_list(document("EX-8.1", "Exhibit 8.1\n\nOpinion as to tax matters\n"))
    assert not is_subsidiary_list(document("EX-99.1", "Alnora announces results"))


def test_without_a_parent_the_companies_remain():
    found = facts_of("Exhibit 21\n\nSubsidiaries of the Registrant\n\nAlnora Sub Limited | Ireland\n", parent=None)
    assert not [e for e in found.edges if e.type == "SUBSIDIARY_OF"]
    assert [(n.name, n.properties["jurisdiction"]) for n in found.nodes if n.type == "Company"] == [
        ("Alnora Sub Limited", "Ireland")
    ]


ROWS = "Alnora Bio, Inc. | Delaware\nAlnora Sub Limited | Ireland\nVale GmbH | Germany\n"


@pytest.mark.parametrize(
    "head",
    [
        "SUBSIDIARIES OF ALNORA HOLDING, INC.\n\n",
        "Subsidiaries of the Registrant (Alnora Holding, Inc.)\n\n",
        "List of Subsidiaries of Alnora Holding, Inc. as of December 31, 2020\n\n",
        "ALNORA HOLDING, INC.\n\nSUBSIDIARIES\n\n",
        "Alnora Holding, Inc.\nList of Significant Subsidiaries\nDecember 31, 2020\n\n",
        "Alnora Holding, Inc. Subsidiaries\n\n",
        "Subsidiaries\n\nAlnora Holding, Inc.\n",
    ],
)
def test_who_the_parent_is_without_its_filing(head: str):
    found = facts_of(f"Exhibit 21.1\n\n{head}Name | Jurisdiction\n{ROWS}", parent=None)
    names = {n.id: n.name.lower() for n in found.nodes}
    edges = [(names[e.source], names[e.target]) for e in found.edges if e.type == "SUBSIDIARY_OF"]
    listed = ("alnora bio, inc.", "alnora sub limited", "vale gmbh")
    assert sorted(edges) == [(child, "alnora holding, inc.") for child in listed]


@pytest.mark.parametrize(
    ("head", "noted"),
    [("Subsidiaries of the Registrant", True), ("Subsidiaries", True), ("Subsidiaries of Vale AG", False)],
)
def test_a_list_that_names_no_parent_says_so(tmp_path: Path, head: str, noted: bool):
    path = tmp_path / "ex21.txt"
    path.write_text(f"Exhibit 21.1\n\n{head}\n\nName | Jurisdiction\n{ROWS}")
    (source,) = find_sources([str(path)])
    note = "document 1 (EX-21.1) does not name the parent of the companies it lists"
    assert read_filing(source).notes == ((note,) if noted else ())


def read(evaluation: Path, pattern: str, parent: str | None) -> FilingFacts:
    (path,) = (evaluation / "dev" / "edgar_fixtures" / "ex21").glob(pattern)
    (source,) = find_sources([str(path)])
    filing = read_filing(source)
    book = FactBook(filing, "rules/test")
    filers = read_cover(book) or ([book.entity("Company", parent)] if parent else [])
    for document in filing.documents:
        read_subsidiaries(book, document, filers[0] if filers else None)
    found = book.build()
    assert not validate([*found.nodes, *found.edges], texts=found.texts)
    return found


def rows_of_tables(path: Path) -> Counter[tuple[str, ...]]:
    """Rows of the page's tables as the HTML has them: name without note marks, per cent if any, and place."""
    found: Counter[tuple[str, ...]] = Counter()
    for row in html.parse(path).iter("tr"):
        cells = [" ".join(cell.text_content().split()) for cell in row.iter("td")]
        cells = [cell for cell in cells if cell]
        if len(cells) > 1 and not re.search("Jurisdiction|Percentage", cells[0]):
            found[unmarked(cells[0]), *cells[1:]] += 1
    return found


def unmarked(name: str) -> str:
    return re.sub(r"(?:\s*\(\d\))+$", "", name)


@pytest.mark.parametrize(("pattern", "rows", "parent"), [("*aapl.html", 19, None), ("*xom.html", 116, "Given Parent")])
def test_real_tables(evaluation, pattern, rows, parent):
    (path,) = (evaluation / "dev" / "edgar_fixtures" / "ex21").glob(pattern)
    expected = rows_of_tables(path)
    assert expected.total() == rows
    found = read(evaluation, pattern, parent)
    names = {n.id: n.name for n in found.nodes}
    stated: Counter[tuple[str, ...]] = Counter()
    for edge in found.edges:
        if edge.type == "SUBSIDIARY_OF":
            percent = edge.properties.get("percent")
            place = str(edge.properties["jurisdiction"])
            name = unmarked(names[edge.source])
            stated[(name, place) if percent is None else (name, f"{percent:g}", place)] += 1
    expected = Counter({(k[0], f"{float(k[1]):g}", k[2]) if len(k) > 2 else k: n for k, n in expected.items()})
    assert stated == expected


def test_real_paragraphs(evaluation):
    found = read(evaluation, "*minimal*.txt", None)
    assert len(children(found)) == 2
    assert all(place and percent is None for place, percent in children(found).values())


def test_a_real_list_that_does_not_name_its_parent(evaluation):
    found = read(evaluation, "*xom.html", None)
    assert not [e for e in found.edges if e.type == "SUBSIDIARY_OF"]
    assert len([n for n in found.nodes if n.type == "Company" and n.properties.get("jurisdiction")]) == 116


@given(
    st.lists(
        st.sampled_from([*"\n \t|*().,;:-%$", "1", "Inc.", "Alnora", "Delaware", " (1)", "subsidiaries of", NESTED])
    )
)
def test_mangled_lists_never_raise(pieces: list[str]):
    facts_of(" ".join(pieces))
    facts_of("".join(pieces), type_="10-K")


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 300_000,
        "_ \n" * 50_000,
        "subsidiaries of " * 20_000,
        "a" + "," * 100_000,
        ". " * 100_000,
        "(1) " * 50_000,
        "Alnora Inc " * 20_000,
    ],
)
def test_monotonous_lists_end_soon(text: str):
    started = time.process_time()
    facts_of(text)
    assert time.process_time() - started < 10
