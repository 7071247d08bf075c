"""The small language rules are written in, compiled to regular expressions over masked sentences.

``{buyer:org}`` is one organisation or a list of them and names the slot; ``:drug``, ``:tech`` and ``:thing`` (drug or tech)
likewise. ``<aux>`` and its like are macros of lexicon/rules. ``...`` is a stretch of a sentence, ``..`` a few words.
Everything else is a regular expression in which a space is any white space.
"""

from __future__ import annotations

import re

# One private-use character stands for a mention: its range is the kind, its place in the range the number.
ORG, DRUG, TECH, DEAL = "\ue000-\ue3ff", "\ue400-\ue7ff", "\ue800-\uebff", "\uec00"
NEW_CLAUSE = "\uec01"  # before a subject that begins a clause, so that a comma does not make a list
_O, _D, _T = f"[{ORG}]", f"[{DRUG}]", f"[{TECH}]"
_BETWEEN = r"(?:,? (?:and|or|and/or|&|as well as|together with) |, |/)"


def _list(sign: str, between: str = _BETWEEN) -> str:
    item = rf"(?:the |each of |both |either )?{sign}(?:['’](?:s|(?!s)))?"
    between = between.replace("|, |", rf"|, (?!(?:the )?{sign}['’]s?\s)|")  # "Alnora, Brevin's partner" is no list
    return rf"(?:{item}(?:{between}(?:(?:one of )?(?:its|their) (?:[\w-]+ ){{0,2}}?(?:affiliates?|subsidiar(?:y|ies)),? )?{item})*)"


_KINDS = {
    "one": rf"{_O}(?:['’](?:s|(?!s)))?",  # one organisation, where a list would swallow its neighbour
    "org": _list(_O),
    # a list whose members may be described: "A, a Delaware corporation, and B, an Australian company"
    "listed": rf"(?:{_O}(?:(?:, (?:and )?| and |, (?:an?|the|incorporated|organized) [^;.{ORG}]{{3,70}}?,? (?:and )?)(?!{_O}['’]s)(?={_O}){_O}){{0,15}})",
    # a list that goes on over descriptions of any length: "A, a maker of vaccines; B, which …; and rights from C"
    "many": rf"{_O}(?:[^.{ORG}]{{0,260}}?(?:;|,| and| from)(?: and)? {_O}(?!['’])){{0,12}}",
    "drug": _list(_D),
    "tech": _list(_T),
    "thing": _list(f"[{DRUG}{TECH}]"),
    # a list whose members are described: "ALN-12 for asthma, ALN-14, an antibody, and ALN-16"
    "drugs": rf"{_D}(?:(?:[^;.{ORG}{DRUG}]{{0,110}}?(?:,|;|/| and| as well as| or| alongside)(?: and| as well as)?(?: an?| the| our| its|'s)?(?: [\w-]+){{0,7}}?,? |/){_D}){{0,12}}",
}
MACROS = {
    "deal": DEAL,
    "no_org": f"[^;{ORG}]",
    "no_org_stop": f"[^;.{ORG}]",
    "no_drug": f"[^;.{DRUG}]",
    "aux": r"(?:(?:,|has|have|had|will|shall|would|hereby|also|today|then|had previously|previously|recently|agreed to|agrees to|is to|are to|exclusively|"
    r"further|jointly|in turn|currently|subsequently|each|simultaneously) ){0,4}",
    "license": r"(?:cross-?|sub-?)?(?:licen[sc]es?|licen[sc]ing rights|rights?)\b",
    "grants": r"(?:grant(?:ed|s|ing)?|award(?:ed|s)?|provid(?:ed|es?|ing)|gave|gives?|convey(?:ed|s)?|extend(?:ed|s)?)",
    "gets": r"(?:obtain(?:ed|s)?|receiv(?:ed|es?)|acquir(?:ed|es?)|gain(?:ed|s)?|secur(?:ed|es?)|ha(?:s|ve|d)|hold(?:s)?|held|in-licensed|took|picked up)",
    "agreement": r"(?:agreements?|collaborations?|partnerships?|alliances?|licen[sc]es?|deals?|pacts?|joint ventures?|contracts?|arrangements?|"
    r"memorandum of understanding|MOU|letter of intent|LOI|term sheet|transactions?|amendment|merger|business combination)\b",
}
_SLOT = re.compile(r"\{(?:(\w+):)?(\w+)\}")


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a rule's pattern; KeyError names a slot kind or macro that does not exist."""
    pattern = re.sub(r"(?<!P)<(\w+)>", lambda m: MACROS[m.group(1)], pattern)
    pattern = pattern.replace(" ... ", " (?:[^;]{0,170}? )??").replace(" .. ", " (?:[^;,]{0,60}? )??")
    pattern = _SLOT.sub(lambda m: f"(?P<{m[1]}>{_KINDS[m[2]]})" if m[1] else _KINDS[m[2]], pattern)
    pattern = re.sub(r"(?<!\\) ", r"\\s", pattern)
    return re.compile(pattern, re.IGNORECASE)
