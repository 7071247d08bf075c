"""What a document's body is made of, and its text; a part without running text says why it is left out."""

from __future__ import annotations

import re

from biopact.loaders.reading import markup
from biopact.loaders.reading.markup import Rendered
from biopact.loaders.reading.submission import Part
from biopact.loaders.reading.verbatim import verbatim

_DATA_TYPES = re.compile(r"GRAPHIC|ZIP|EXCEL|JSON|CSS|JS|CORRESP\.ZIP|EX-10[0-46]\b.*|XBRL.*", re.I)
_DATA_FILES = re.compile(r".*\.(?:jpe?g|gif|png|bmp|pdf|zip|xlsx?|json|css|js|xsd)", re.I)
_WRAPPER = re.compile(r"\s*<(?P<tag>PDF|XBRL|XML|HTML)>\s*", re.I)
_UUENCODED = re.compile(r"\s*begin [0-7]{3,4} \S")
_PAGE_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|body|div|p|font|span|td|tr|br|b|i|u|center|h[1-6])(?:\s[^<>]{0,2000})?/?>",
    re.I,
)
_LATE_PAGE = re.compile(r"^\s{0,20}<html[\s>]", re.I | re.M)  # a page below a few lines of text
_XML_START = re.compile(
    r"\s*(?:<\?xml\b[^>]{0,300}>|(?=<(?:\w+:)?(?:ownershipDocument|edgarSubmission)\b))\s*(?:<!--.{0,4000}?-->\s*)*<(?:\w+:)?(?P<root>[\w.-]+)[\s>/]",
    re.S,
)
_SPOKEN_XML = frozenset({"ownershipDocument", "edgarSubmission"})


class LeftOut(Exception):
    """The part holds no running text; the message says what it holds."""


def is_page(text: str) -> bool:
    """Whether the text is HTML, which markdown and EDGAR text with a few tags in it are not."""
    head = text[:20_000].lstrip()
    if not head.startswith("<"):
        return bool(_LATE_PAGE.search(head, 0, 4000))
    return bool(_PAGE_MARKUP.search(head[:8000])) or "<html" in head.lower()


def xml_root(text: str) -> str | None:
    """The local name of the root element, for ownership forms and what has an XML declaration, HTML excepted."""
    match = _XML_START.match(text)
    root = match["root"] if match else None
    return None if root is None or root.lower() == "html" else root


def declares_entities(text: str) -> bool:
    """Whether XML brings its own entities, as bombs do."""
    head = text[:20_000].lstrip()
    return head.startswith("<?xml") and "<!ENTITY" in head


def is_spoken_xml(text: str) -> bool:
    """Whether this XML is a form that people filed, as ownership reports are."""
    return xml_root(text) in _SPOKEN_XML


def text_of(part: Part, limit: int) -> Rendered:
    """The part's text; raises LeftOut for images, archives and data, FilingError for a page beyond the limit."""
    body = part.body
    if _UUENCODED.match(body):
        raise LeftOut("uuencoded")
    wrapper = _WRAPPER.match(body)
    tag = wrapper["tag"].upper() if wrapper else ""
    if tag == "PDF":
        raise LeftOut("PDF")
    if tag == "XML":
        inner = body[wrapper.end() if wrapper else 0 :]
        closing = inner.rfind("</XML>")
        inner = inner[:closing] if closing >= 0 else inner
        if is_spoken_xml(inner):
            return verbatim(inner.strip("\n"))
        raise LeftOut("XML data")
    if _DATA_TYPES.fullmatch(part.type) or _DATA_FILES.fullmatch(part.filename) or part.type == "XML":
        raise LeftOut("data")
    if tag == "XBRL":
        body = re.sub(r"</?XBRL>", "", body)
    if is_page(body):
        return markup.render(body, limit)
    if tag == "XBRL" or xml_root(body):
        if is_spoken_xml(body):
            return verbatim(body.strip("\n"))
        raise LeftOut("XML data")
    return verbatim(body.strip("\n"))
