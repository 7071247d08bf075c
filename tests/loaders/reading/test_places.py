"""The way back: every character of a text leads to the page and the element of its file."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from biopact.graph.places import NOWHERE, Places
from biopact.loaders.reading.markup import render
from biopact.loaders.sources import find_sources
from tests.loaders.reading.given import read

ELEMENTS = st.lists(
    st.tuples(st.integers(0, 10**6), st.sampled_from(["p", "td", "div"]), st.integers(1, 10**5)), max_size=30
)


@given(st.sets(st.integers(1, 10**6), max_size=9), ELEMENTS)
def test_places_come_back_from_json(pages: set[int], elements: list[tuple[int, str, int]]) -> None:
    places = Places(tuple(sorted(pages)), tuple(sorted(elements)))
    assert Places.from_json(places.to_json()) == places


def test_a_text_of_no_known_places() -> None:
    assert (NOWHERE.page(5), NOWHERE.element(5)) == (None, None)


def words(text: str) -> str:
    return re.sub(r"\W+", "", text)


def shown(element: etree._Element) -> str:
    return words(render(etree.tostring(element, encoding="unicode", with_tail=False)).text)


def test_elements_hold_the_words_that_they_are_named_for(evaluation: Path) -> None:
    checked = 0
    for source in find_sources([str(evaluation / "dev" / "edgar_fixtures")]):
        data = source.data()
        if not source.name.endswith((".html", ".htm")) or len(data) > 300_000 or b"<SEC-HEADER>" in data:
            continue
        markup = data.decode("utf-8", "replace").partition("<TEXT>")[2] or data.decode("utf-8", "replace")
        rendered = render(markup)
        root = etree.HTML(markup.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))
        elements = rendered.places.elements
        ends = [start for start, _, _ in elements[1:]] + [len(rendered.text)]
        for (start, name, number), end in zip(elements, ends, strict=True):
            (element,) = root.xpath(f"(//{name})[{number}]")
            assert words(rendered.text[start:end]) in shown(element), (source.name, name, number)
            checked += 1
    assert checked > 1500


PAGES = {
    "first.\n<PAGE>   2\nsecond <PAGE> still second\n<PAGE>\nthird": 3,
    "<PAGE>  1\nfirst.\n<PAGE>   2\nsecond\n": 2,
    "first\fsecond\fthird": 3,
    "first\n\n{1}------------------------------------------------\n\nsecond": 2,
    "<html><p>first</p><hr style='page-break-after: always'><p style='page-break-before:always'>second</p></html>": 2,
    "<html><body><p>first</p><page>second<div style='break-before:page'>third</div></body></html>": 3,
    "<html><p style='page-break-before:always'>first</p><p style='page-break-inside:avoid'>first</p></html>": None,
    "first and only": None,
}


@pytest.mark.parametrize(("text", "pages"), PAGES.items())
def test_pages(text: str, pages: int | None) -> None:
    (document,) = read(text).documents
    places = document.places
    assert places.page(len(document.text) - 1) == pages
    for number, word in enumerate(("first", "second", "third")[: pages or 1], 1):
        assert places.page(document.text.index(word)) == (number if pages else None)


def test_hidden_parts_and_layout_do_not_shift_the_count() -> None:
    page = (
        "<html><body><p>one</p><div style='display:none'><p>two</p><table><tr><td>x</td></tr></table></div>"
        "<p><b>th</b>ree</p><table><tr><td>four</td><td></td><td>five</td></tr></table>six</body></html>"
    )
    (document,) = read(page).documents
    at = {word: document.places.element(document.text.index(word)) for word in ("one", "three", "four", "five", "six")}
    assert at == {"one": "p[1]", "three": "p[3]", "four": "td[2]", "five": "td[4]", "six": "body[1]"}


def test_elements_of_xml() -> None:
    text = (
        '<?xml version="1.0"?>\n<ownershipDocument><documentType>4</documentType>'
        "<issuer><issuerCik>42</issuerCik></issuer>"
        "<reportingOwner><rptOwnerName>A</rptOwnerName></reportingOwner>"
        "<reportingOwner><rptOwnerName>B</rptOwnerName></reportingOwner></ownershipDocument>"
    )
    (document,) = read(text).documents
    assert document.places.element(text.index("B</")) == "rptOwnerName[2]"
    assert document.places.element(text.index("42")) == "issuerCik[1]"


def test_footnote_marks_and_exponents_stand_apart_from_words() -> None:
    page = (
        "<html><p>pays $5.0<sup>1</sup> million, 10<sup>6</sup> cells, Acme<sup>TM</sup>, 5<sup>th</sup>, "
        "Quill<span style='position:relative;top:-3.5pt'>2,3</span> and "
        "<span style='vertical-align:super'>(a)</span></p></html>"
    )
    assert read(page).documents[0].text == "pays $5.0¹ million, 10⁶ cells, Acme™, 5th, Quill²,³ and (a)"
