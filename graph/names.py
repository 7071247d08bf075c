"""When two names are one: keys that ignore what writers vary (case, accents, legal forms, punctuation)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from biopact.graph.records import slug

# Legal forms of companies; a name is the same company with or without them.
_LEGAL_FORM = re.compile(
    r"\b(incorporated|inc|corporation|corp|company|co|limited|ltd|llc|l l c|lp|l p|llp|plc|ag|sa|s a|nv|n v|bv|b v|"
    r"gmbh|mbh|kgaa|kg|as|a s|aps|ab|oy|oyj|spa|s p a|srl|s r l|sas|s a s|se|pty|pte|sdn bhd|bhd|kk|k k|co kg|"
    r"dac|ulc|pbc|ltda|kft|zrt|s r o|d o o|s l u|s l|s c a|pvt|private|kabushiki kaisha|godo kaisha|"
    r"holdings?|the|and company|sarl|s a r l|ehf|asa|cv|c v|tbk|pt|sab de cv|s a de c v)\b"
)


def fold(text: str) -> str:
    """Lower case, no accents, no punctuation.

    >>> fold("Laboratórios Ipê, S.A.")
    'laboratorios ipe s a'
    """
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    text = re.sub(r"['\u2018\u2019`´]s\b", "", text)
    return re.sub(r"[^a-z0-9]+", " ", text).strip()


def company_key(name: str) -> str:
    """The part of a company's name that tells it from others.

    >>> company_key("Alnora Research and Development, LLC") == company_key("ALNORA RESEARCH & DEVELOPMENT")
    True
    """
    folded = fold(name.replace("&amp;", "&").replace("&", " and "))
    return re.sub(r"\s+", " ", _LEGAL_FORM.sub(" ", folded)).strip() or folded


def compound_key(name: str) -> str:
    """Codes differ in hyphens and spaces only by accident; letters and digits are what counts.

    >>> compound_key("ABC-123") == compound_key("ABC 123") != compound_key("ABC-124")
    True
    """
    return fold(name).replace(" ", "")


_TECHNOLOGY_WORDS = frozenset(
    ["technology", "technologies", "platform", "platforms", "the", "proprietary", "of", "and", "its", "a", "system"]
)


def technology_key(name: str) -> str:
    """The distinguishing words of a technology's name.

    >>> technology_key("proprietary Lattice platform") == technology_key("Lattice technology")
    True
    """
    words = fold(name).split()
    return " ".join(w for w in words if w not in _TECHNOLOGY_WORDS) or " ".join(words)


def key(type_: str, name: str) -> str:
    """The key of a name of one node type."""
    if type_ in ("Company", "Person"):
        return company_key(name)
    if type_ == "Compound":
        return compound_key(name)
    if type_ == "Technology":
        return technology_key(name)
    return fold(name)


@lru_cache(maxsize=1 << 16)  # every edge of an entity asks for its id
def readable_id(type_: str, name: str) -> str:
    """The id of an entity known by name only.

    >>> readable_id("Company", "Alnora Research, Inc."), readable_id("Technology", "Lattice technology")
    ('company/alnora-research', 'technology/lattice')
    """
    part = key(type_, name) if type_ in ("Company", "Technology") else name
    return f"{type_.lower()}/{slug(part)}"
