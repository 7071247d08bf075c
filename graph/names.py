"""When two names are one: keys that ignore what writers vary, and nothing that tells one company from another.

`company_key` is what is left of a name without its legal form: the words to compare within one filing, and in an id.
`company_name` goes further, for names of different filings: it also evens out spelling, and keeps the legal form apart,
because "Alnora AG" and "Alnora Inc." are two companies. Names are equal or not; what is merely alike is for a person to
judge (graph/likeness.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from biopact.graph.legal_forms import without_legal_form
from biopact.graph.records import slug

_CACHED = 1 << 18  # a name is said again and again: 200,000 mentions are some 30,000 names

# Letters that Unicode does not take apart or that are names, and signs that would be taken for letters.
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi"
)
_PLAIN = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ß": "ss", "ı": "i", "™": " ", "℠": " ", "®": " ", "©": " "}
    | {letter: f" {name} " for letter, name in zip("αβγδεζηθικλμνξοπρστυφχ", _GREEK.split(), strict=True)}
    | {"ς": " sigma ", "ψ": " psi ", "ω": " omega ", "µ": " mu "}
)
# How a molecule turns light: "(+)-X" is not "(-)-X".
_HANDS = ((re.compile(r"\(\s*\+\s*\)"), " plus "), (re.compile(r"\(\s*[-\u2010-\u2015\u2212]\s*\)"), " minus "))


def fold(text: str) -> str:
    """Lower case, no accents, no punctuation.

    >>> fold("Laboratórios Ipê, S.A.")
    'laboratorios ipe s a'
    """
    text = text.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_PLAIN))
        text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"['\u2018\u2019`´]s\b", "", text)
    return re.sub(r"[^a-z0-9]+", " ", text).strip()


# --- companies

_INITIALS = re.compile(r"\b[a-z](?: [a-z]\b)+")
_FORM_INITIALS = re.compile(r"\b(?:l l c|l l p|l p|p l c|s p a|s r l|s a s|s a|n v|b v|k k|a s)$")  # "Alnora I, L.L.C."
_FAULTS = (  # of optical character recognition
    (re.compile(r"\bl(?=[bcdfgkmnpqrstvxz][a-z])|\bl(?=N[Cc]\b)"), "I"),  # "lnc.", "lmmuno…": no word begins so
    (re.compile(r"\b1(?=[Nn][Cc]\b)"), "I"),
    (re.compile(r"(?<=[A-Za-z])0(?=[A-Za-z])"), "O"),
    (re.compile(r"\b([Ii] [Nn]|[Ii][Nn] ) ?[Cc]\.?$"), "Inc"),
    (re.compile(r"\bL\.? ?[Tt] ?[Dd]\b"), "Ltd"),
)
# What a filing adds to a name: EDGAR's state ("X CORP /DE/"), a definition, a listing, where it was incorporated.
_EDGAR = re.compile(
    r"(?:(?<=\b(?:inc|ltd|llc))|(?<=\b(?:co|lp))|(?<=\bcorp)|\s)\s*[/\\][a-z]{2,3}[/\\]?\s*$", re.IGNORECASE
)
_ADDED = re.compile(
    r"\s*(?:\([^()]*[“”\"‘:][^()]*\)|\((?:formerly|f/?k/?a|d/?b/?a|now|the)\b[^()]*\)"
    r"|,?\s+(?:f/?k/?a|d/?b/?a|formerly|doing business as|acting through|on behalf of|as represented by)\b.*"
    r"|,?\s+(?:and|with|together with) (?:its|their|all) (?:\w+[ -])*(?:affiliates?|subsidiar(?:y|ies))\b.*"
    r"|,\s+an? (?:[\w.]+[ -]){0,8}?(?:corporation|company|partnership|organi[sz]ation|institution|association)\b.*"
    r"|,?\s+(?:organi[sz]ed|incorporated|registered|existing) (?:under|in)\b.*)\s*$",
    re.IGNORECASE | re.DOTALL,
)


def _joined(name: str) -> str:
    """The folded words of a name, initials as one word."""
    text = fold(re.sub(r"[&+]", " and ", name))
    for initials in (_FORM_INITIALS, _INITIALS):
        text = initials.sub(lambda m: m[0].replace(" ", ""), text)
    return text


def _words(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The folded words of a company's name and its legal forms."""
    name = " ".join(name.replace("&amp;", "&").split())
    for _ in range(4):  # a definition may follow a state, which follows a listing
        name, before = _EDGAR.sub("", _ADDED.sub("", name)) or name, name
        if name == before:
            break
    for fault, right in _FAULTS:
        name = fault.sub(right, name)
    name = re.sub(r"['\u2018\u2019`´](?=s\b.)", "", name)  # a possessive stands at the end, "Reddy's" in the name
    words = _joined(name).split()
    return without_legal_form([w for w in words if w != "the"] or words)


@lru_cache(_CACHED)
def company_key(name: str) -> str:
    """The words of a company's name without its legal form, to be compared within one filing.

    >>> company_key("Alnora Research and Development, LLC") == company_key("ALNORA RESEARCH & DEVELOPMENT")
    True
    """
    return " ".join(_words(name)[0])


@dataclass(frozen=True, slots=True)
class CompanyName:
    """What of a company's name tells it from others, whoever writes it."""

    key: str
    forms: frozenset[str]  # the legal forms that the name can stand for; empty if it states none

    def fits(self, other: CompanyName) -> bool:
        """Whether both can name one company: the same key, and no legal form against the other's."""
        return self.key == other.key and (not self.forms or not other.forms or not self.forms.isdisjoint(other.forms))


# One word for what is written in several ways.
_ONE_WAY = {
    "centre": "center", "labs": "laboratory", "lab": "laboratory", "univ": "university", "intl": "international",
    "hldgs": "holding", "hldg": "holding", "grp": "group", "usa": "us", "saint": "st", "inst": "institute",
}  # fmt: skip
# Words of trades, which writers put in the singular or the plural; also at the end of a word, as in "Biosciences".
_PLURAL = re.compile(
    r"(pharmaceutical|therapeutic|science|biologic|diagnostic|solution|system|product|partner|medicine|holding"
    r"|genetic|genomic|vaccine|enterprise)s\b|(technolog|laborator|industr)ies\b"
)
_PHRASES = (
    (re.compile(r"\bunited states(?: of america)?\b"), "us"),
    (re.compile(r"\bunited kingdom\b"), "uk"),
    (re.compile(r"\bint l\b"), "international"),
    # who acts for a university, in law the university itself
    (re.compile(r"^(?:board of )?(?:regents|trustees|governors|supervisors|visitors|president and fellows) of "), ""),
    (re.compile(r"(?<=university) (?:at|in) (?=\w)|(?<=^university) (?:at|in) (?=\w)"), " "),
    (re.compile(r"^(university of (?!at\b)\w+(?: \w+)*?) (?:at|in) (?=\w)"), r"\1 "),
    (re.compile(r" of commonwealth system of higher education$"), ""),
)
# A hospital or institute of a university, named by a name of its own: "University of X A. B. Name Cancer Center"
_HOUSE = re.compile(
    r"^university of (?:north |south |new |west )?\w+ (?=(?P<own>\w+) (?:\w+ )*?(?:cancer center|institute|hospital)$)"
)
_NOT_OWN = frozenset(
    [
        *(
            "cancer",
            "medical",
            "health",
            "comprehensive",
            "research",
            "children",
            "childrens",
            "system",
            "school",
            "of",
        ),
        *(
            "college",
            "and",
            "institute",
            "hospital",
            "center",
            "clinic",
            "science",
            "translational",
            "at",
            "san",
            "los",
        ),
    ]
)


@lru_cache(_CACHED)
def company_name(name: str) -> CompanyName:
    """What of a name is compared between filings. Equal keys and forms that fit are one company.

    >>> company_name("The Alnora-Vale Laboratories, Inc. /DE/") == company_name("ALNORA VALE LABS lNC.")
    True
    >>> company_name("Alnora Holdings AG").fits(company_name("Alnora AG"))
    False
    """
    words, forms = _words(name)
    text = " ".join(words)
    for phrase, plain in _PHRASES:
        text = phrase.sub(plain, text)
    text = " ".join(_ONE_WAY.get(word, word) for word in text.split())
    text = _PLURAL.sub(lambda m: m[1] or f"{m[2]}y", text)
    house = _HOUSE.match(text)
    if house and house["own"] not in _NOT_OWN:
        text = text[house.end() :]
    return CompanyName(text.replace(" ", ""), forms)


# Words that many companies bear, so that they tell none alone.
GENERIC = frozenset(
    [
        *("company", "corporation", "university", "institute", "hospital", "foundation", "center", "centre", "college"),
        *("pharma", "pharmaceuticals", "pharmaceutical", "therapeutics", "biosciences", "sciences", "bio", "biotech"),
        *("technologies", "holdings", "group", "international", "national", "medical", "health", "research", "labs"),
        *("laboratories", "and", "of", "for", "inc", "ltd", "limited", "corp", "co", "ag", "sa", "plc", "llc", "lp"),
        *("american", "united", "general", "first", "new", "global", "trustees", "regents", "board", "department"),
    ]
)


def is_short_form(alias: str, name: str) -> bool:
    """Whether a name that a text defines is made of the full name's own words or initials, so that it can stand alone.

    >>> is_short_form("Alnora", "Alnora Pharmaceuticals, Inc."), is_short_form("BSC", "Brevin Squall Corvane Company")
    (True, True)
    >>> is_short_form("the Company", "Alnora Pharmaceuticals, Inc."), is_short_form("Licensor", "Alnora AG")
    (False, False)
    """
    short, full = _joined(re.sub(r"^[Tt]he ", "", alias)), _joined(name)
    if len(short) < 2 or short == full:
        return False
    own = {word for word in full.split() if word not in GENERIC}
    if f" {short} " in f" {full} ":
        return short.split()[0] in own
    letters = re.sub(r"[^A-Za-z0-9]", "", alias)
    if letters.isupper() and 2 <= len(letters) <= 6:
        words = full.split()
        initials = ("".join(w[0] for w in words), "".join(w[0] for w in words if w not in ("and", "of", "the", "for")))
        if any(i.startswith(letters.lower()) for i in initials):
            return True
    # "Alnora UK" for Alnora Pharma (UK) Limited
    return " " in short and alias[0].isupper() and not own.isdisjoint(short.split())


def same_company(left: str, right: str, left_aliases: Iterable[str] = (), right_aliases: Iterable[str] = ()) -> bool:
    """Whether what two filings say makes their companies one: equal names, or a name that the other text defines.

    >>> same_company("BSC", "Brevin Squall Corvane Company", right_aliases=["BSC"])
    True
    >>> same_company("Alnora Inc.", "Alnora GmbH")
    False
    """
    a, b = company_name(left), company_name(right)
    return a.fits(b) or _defines(left, left_aliases, b) or _defines(right, right_aliases, a)


def _defines(name: str, aliases: Iterable[str], other: CompanyName) -> bool:
    """Whether one of the names that a text gives a company is the other's; a short form is so of a short name only."""
    for alias in aliases:
        defined = company_name(alias)
        if defined.fits(other) and (defined.forms or (not other.forms and is_short_form(alias, name))):
            return True
    return False


# --- compounds, technologies


def compound_key(name: str) -> str:
    """Codes differ in hyphens, spaces and case only by accident; letters and digits are what counts.

    Nothing else is taken for an accident: neither a salt nor the stem of a name, and numbers stay the numbers they are.

    >>> compound_key("ABC-123") == compound_key("Abc 123") != compound_key("ABC-124")
    True
    >>> compound_key("ABC-1.23") == compound_key("ABC-12.3")
    False
    """
    return re.sub(r"(?<!\d) | (?!\d)", "", fold(_with_hands(name)))


def _with_hands(name: str) -> str:
    for sign, word in _HANDS:
        name = sign.sub(word, name)
    return name


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
    """The key under which names of one node type meet, in whatever filing they stand."""
    if type_ == "Company":
        return company_name(name).key
    if type_ == "Person":
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
    if type_ == "Company":
        part = company_key(name)
    elif type_ == "Technology":
        part = technology_key(name)
    else:
        part = _with_hands(name).lower().translate(_PLAIN)
    return f"{type_.lower()}/{slug(part)}"
