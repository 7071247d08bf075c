"""A card as HTML for the Streamlit page. Every word of a filing passes through `html.escape` here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from biopact.app.explorer.cards import Card, Quotation, TermLine, in_words
from biopact.app.network import asset


def style() -> str:
    """How panels look."""
    return f"<style>{asset('panel.css')}</style>"


def head(card: Card) -> str:
    """Type, title and facts."""
    says = in_words(card.type) if card.type.isupper() else card.type
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in card.facts)
    return (
        f'<div class="bp-type">{_swatch(card.color)}{escape(says)}</div>'
        f'<div class="bp-title" role="heading" aria-level="2">{escape(card.title)}</div>'
        + (f'<dl class="bp-facts">{facts}</dl>' if facts else "")
    )


def terms(lines: Sequence[TermLine]) -> str:
    """The terms of a deal, each with its state."""
    if not lines:
        return ""
    rows = "".join(
        f'<dt>{escape(t.kind)}</dt><dd>{escape(t.value)} <span class="bp-state">{escape(t.state)}</span></dd>'
        for t in lines
    )
    return f'<div class="bp-head">Terms</div><dl class="bp-facts">{rows}</dl>'


def quotation(q: Quotation, before: str = "", after: str = "") -> str:
    """The words, marked in what stands round them, and where they stand."""
    words = (
        f'<span class="bp-around">{escape(before)}</span><mark>{escape(q.quote)}</mark>'
        f'<span class="bp-around">{escape(after)}</span>'
    )
    return f'<figure class="bp-quote"><blockquote>{words}</blockquote><figcaption>{source(q)}</figcaption></figure>'


def source(q: Quotation) -> str:
    """Which filing says it, with a link to it."""
    place = " · ".join(
        escape(part)
        for part in (q.form, q.exhibit if q.exhibit != q.form else "", f"filed {q.date}" if q.date else "")
        if part
    )
    link = (
        f' · <a href="{escape(q.url)}" target="_blank" rel="noopener noreferrer">open at the SEC</a>' if q.url else ""
    )
    return place + link


def plain(text: str) -> str:
    r"""Text that Streamlit's Markdown shows as it is.

    >>> plain("**x** $1")
    '\\*\\*x\\*\\* \\$1'
    """
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])", r"\\\1", " ".join(text.split()))


def _swatch(color: str) -> str:
    return f'<i class="bp-swatch" style="background:{escape(color)}"></i>'
