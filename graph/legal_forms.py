"""Legal forms of companies, in the spellings that filings use, and how one is taken off a name.

Libraries were measured first (docs/identity.md): cleanco says that there is a form but not which one, and rigour does
not know A/S, K.K. or "Co., Limited". Which one it is tells "AstraZeneca AB" from "AstraZeneca AG".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# Words in lower case without accents and points; initials stand together, as in "sa" for "S.A."
_SPELLINGS: Mapping[str, Sequence[str]] = {
    # writers put "Corp." for "Inc."
    "inc": (
        "incorporated",
        "inc",
        "corporation",
        "corp",
        "corpn",
        "pbc",
        "public benefit corporation",
        "incorporation",
    ),
    "ltd": ("limited", "ltd", "ltee", "ltd sti"),
    "plc": ("plc", "public limited company"),
    "dac": ("dac", "designated activity company"),
    "ulc": ("ulc", "unlimited", "unlimited liability company", "unlimited company"),
    "llc": ("llc", "limited liability company", "pllc"),
    "lp": ("lp", "limited partnership"),
    "llp": ("llp", "limited liability partnership"),
    "pty ltd": ("pty", "proprietary limited", "pty ltd", "pty limited"),
    "pte ltd": ("pte", "pte ltd", "pte limited"),
    "pvt ltd": ("pvt", "pvt ltd", "private limited", "pvt limited", "private ltd"),
    "sdn bhd": ("sdn bhd",),
    "bhd": ("bhd", "berhad"),
    "ag": ("ag", "aktiengesellschaft", "ag and co"),
    "gmbh": ("gmbh", "mbh", "ggmbh", "gesellschaft mit beschrankter haftung"),
    "gmbh & co kg": ("gmbh and co kg", "gmbh co kg", "gmbh and co", "gmbh and co ohg"),
    "kgaa": ("kgaa", "ag and co kgaa", "se and co kgaa", "kommanditgesellschaft auf aktien"),
    "kg": ("kg", "co kg", "and co kg"),
    "ag & co kg": ("ag and co kg",),
    "se": ("se", "societas europaea"),
    "sa": ("sa", "societe anonyme", "sociedad anonima", "sociedade anonima", "sau"),
    "sas": ("sas", "sasu", "societe par actions simplifiee"),
    "sarl": ("sarl", "eurl"),
    "sca": ("sca",),
    "spa": ("spa", "societa per azioni"),
    "srl": ("srl", "societa a responsabilita limitata"),
    "sl": ("sl", "slu"),
    "sa de cv": ("sa de cv", "sab de cv", "sapi de cv"),
    "s de rl": ("s de rl de cv", "s de rl"),
    "ltda": ("ltda", "lda", "limitada"),
    "nv": ("nv", "naamloze vennootschap"),
    "bv": ("bv", "besloten vennootschap", "bvba", "srl bv"),
    "cv": ("cv",),
    "a/s": ("as", "aktieselskab", "anonim sirketi"),
    "asa": ("asa",),
    "aps": ("aps",),
    "ab": ("ab", "aktiebolag", "ab publ"),
    "oy": ("oy", "oyj", "ab oy", "oy ab"),
    "hf": ("hf", "ehf"),
    "kk": ("kk", "kabushiki kaisha", "kabushiki gaisha"),
    "gk": ("godo kaisha",),
    "kft": ("kft",),
    "zrt": ("zrt", "nyrt"),
    "sro": ("sro", "spol sro"),
    "doo": ("doo",),
    "sp zoo": ("sp zoo", "sp z oo"),
    "ad": ("ead", "ood", "eood"),
    "jsc": ("jsc", "pjsc", "ojsc", "cjsc", "joint stock company"),
    "ooo": ("ooo",),
    "uab": ("uab",),
    "tbk": ("tbk",),
}
_FORM_OF = {tuple(words.split()): form for form, spellings in _SPELLINGS.items() for words in spellings}
# "Company" stands for any form of the English-speaking countries and for none of another.
_COMPANY = frozenset(["inc", "ltd", "plc", "llc", "lp", "llp"])
_FORM_OF |= {(*before, word): "company" for word in ("company", "co") for before in ((), ("and",))}
_LONGEST = max(map(len, _FORM_OF))
_BEFORE = {"pt": "tbk"}  # stands before an Indonesian name


def without_legal_form(words: Sequence[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """A name's words without its legal form, and the forms that it can have; none if it states none.

    >>> without_legal_form(["alnora", "pharma", "co", "ltd"])
    (('alnora', 'pharma'), frozenset({'ltd'}))
    """
    left, forms = list(words), set[str]()
    while len(left) > 1:
        for length in range(min(_LONGEST, len(left) - 1), 0, -1):
            if (form := _FORM_OF.get(tuple(left[-length:]))) is not None:
                forms.add(form)
                del left[-length:]
                break
        else:
            break
    if len(left) > 1 and left[0] in _BEFORE:
        forms.add(_BEFORE[left.pop(0)])
    stated = forms - {"company"}
    return tuple(left), frozenset(stated or (_COMPANY if forms else ()))
