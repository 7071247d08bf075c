"""When two names count as one, when a value counts as right, and when words stand in a file."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

# Words that do not tell companies apart. Forms of several letters come apart when full stops are dropped.
_FORMS = frozenset(
    [
        *("incorporated", "inc", "corporation", "corp", "company", "co", "limited", "ltd", "llc", "lp", "llp", "plc"),
        *("ag", "sa", "nv", "bv", "gmbh", "kgaa", "kg", "as", "ab", "oy", "oyj", "spa", "srl", "sas", "se"),
        *("pty", "pte", "kk", "holding", "holdings", "the"),
    ]
)
_SPELT = frozenset(tuple(form) for form in ("llc", "spa", "srl", "lp", "sa", "nv", "bv", "as", "kk"))
_VAGUE = frozenset({"technology", "technologies", "platform", "the", "proprietary", "of", "and", "its", "a"})
_MONEY = ("upfront_usd", "milestones_max_usd")
_NEAR = 0.005  # by how much of it an amount may differ
_SHARED = 0.5  # of the words of a territory


def folded(text: str) -> str:
    """Lower-case words without accents and punctuation.

    >>> folded("Société &amp; Sons’s  ALN-12")
    'societe sons aln 12'
    """
    plain = unicodedata.normalize("NFKD", html.unescape(text))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"[‘’'`´]s\b", "", plain)))


def company(name: str) -> str:
    """A company's name without its legal form.

    >>> company("Alnora Holdings, L.L.C."), company("The Company")
    ('alnora', 'the company')
    """
    words = folded(name).split()
    kept, i = [], 0
    while i < len(words):
        width = next((n for n in (3, 2) if tuple(words[i : i + n]) in _SPELT), 1 if words[i] in _FORMS else 0)
        if not width:
            kept.append(words[i])
        i += width or 1
    return " ".join(kept or words)


def same(type_: str, names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two sets of names have one in common, as names of that node type are compared."""
    if type_ == "Compound":
        return not {folded(n).replace(" ", "") for n in names}.isdisjoint(folded(n).replace(" ", "") for n in others)
    if type_ == "Technology":
        theirs = [_telling(n) for n in others]
        return any(_within(_telling(n), other) for n in names for other in theirs)
    return not {company(n) for n in names}.isdisjoint(company(n) for n in others)


def _telling(technology: str) -> frozenset[str]:
    words = frozenset(folded(technology).split())
    return words - _VAGUE or words


def _within(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether all words of the shorter name stand in the other."""
    return bool(words and others) and (words <= others or others <= words)


def right(term: str, expected: Any, found: Any) -> bool:
    """Whether a value found for a term of an edge is the one that is expected."""
    if found is None:
        return False
    if term in _MONEY:
        number = isinstance(found, int | float) and not isinstance(found, bool)
        return number and abs(found - float(expected)) <= _NEAR * abs(float(expected))
    if term == "royalties":
        return bool(found) == bool(expected)
    if term in ("date", "term_end"):  # the one may know no more than the year or month of the other
        a, b = str(expected), str(found)
        return len(b) >= 4 and (a.startswith(b) or b.startswith(a))
    if term == "territory":
        words = set(folded(str(expected)).split())
        return bool(words) and len(words & set(folded(str(found)).split())) / len(words) >= _SHARED
    return folded(str(found)).replace(" ", "") == folded(str(expected)).replace(" ", "")


def letters(text: str) -> str:
    """The letters and digits of a text, which its layout, tags and entities do not change.

    >>> letters("an <b>upfront</b> payment&nbsp;of $1,000")
    'anupfrontpaymentof1000'
    """
    return re.sub(r"[\W_]+", "", html.unescape(re.sub(r"<[^>]{1,400}>", " ", text))).lower()
