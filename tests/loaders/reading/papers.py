"""PDF files as tests need them."""

from collections.abc import Iterable

from fpdf import FPDF


def paper(pages: Iterable[str], *, password: str | None = None, owner: str | None = None) -> bytes:
    """A PDF with a page for each text, set in lines of the page's width."""
    document = FPDF(format="A4")
    document.set_font("Helvetica", size=11)
    if password is not None or owner is not None:
        document.set_encryption(owner_password=owner or "owner", user_password=password or "")
    for text in pages:
        document.add_page()
        document.multi_cell(0, None, text, align="L")
    return bytes(document.output())


def pictures(count: int) -> bytes:
    """A PDF of scanned pages: lines, no text."""
    document = FPDF(format="A4")
    for _ in range(count):
        document.add_page()
        document.rect(10, 10, 100, 50)
    return bytes(document.output())
