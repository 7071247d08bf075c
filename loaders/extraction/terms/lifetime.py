"""Reads how long a deal lasts from one sentence: when it ends, its term, its renewal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biopact.loaders.extraction.terms.read import Read, squeezed
from biopact.loaders.extraction.values import dates

_ENDS = re.compile(
    r"\b(?:through|until|expir\w+(?: of (?:the|our|its) [\w ]{0,60}?)?(?: on| in)?|ends?(?: on)?|terminates? on|term of[^.;]{0,60}?ending|remain(?:s)? in (?:full force and )?effect (?:until|through)|continues? (?:until|through)|(?:agreement|licen[sc]e|term|contract|collaboration|alliance|partnership)(?: of the [\w ]{3,30}?)? runs? (?:through|until|to)|exten(?:ds?|ded|ding) (?:the|its|their) (?:\w+ )?term [^.;,]{0,60}?(?:to|until|through))\b",
    re.IGNORECASE,
)


# "the patents expire in 2031", "the option expires": not the deal
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:patents?(?: family| families)?|claims|applications?|options?|leases?|warrants?|loans?|notes?|facility|rights? of first \w+|research (?:term|period|program)|royalty (?:term|period))\b"
    r"(?:,? (?:and|or) [\w ]{1,20})?(?: (?:thereon|therefrom|thereunder|covering [^.;,]{2,30}))?,? (?:(?:if issued|will|would|shall|is|are|currently|scheduled|expected|due|set|to|that|which|generally|each|have) ?,? ?){0,6}$",
    re.IGNORECASE,
)
# "royalties of 8% through 2023", "agreed to fund research until 2022", "for the period from June 1 through December 31"
_PAID_MEANWHILE = re.compile(
    r"\b(?:royalt(?:y|ies)|fund(?:s|ed|ing)?|FTEs?|fees?|payments?|payable|expenses?d?|revenues?|costs|recogni[sz]ed|incurred|period|months|years?|from (?:January|February|March|April|May|June|July|August|September|October|November|December)[\w ,]{0,12}|sales|interest|amounts?)\b(?:[^.;]|\.(?=\d)){0,60}$",
    re.IGNORECASE,
)


def ends(text: str, start: int, end: int) -> Iterator[Read]:
    """The date on which a deal, or what is spoken of, ends."""
    for m in _ENDS.finditer(text, start, end):
        window = min(end, m.end() + 260)
        following = next((d for d in dates(text, max(m.start(), m.end() - 4), window) if d.end > m.end()), None)
        if following is None:
            continue
        between = text[m.end() : following.start]
        if re.search(
            r";(?![^;]{0,12}\(ii)|\b(?:fiscal|year|quarter|months?) ended\b", text[m.start() : following.start]
        ):
            continue
        direct = len(between.split()) <= 2
        about_end = (
            m.group()
            .lower()
            .startswith(
                (
                    "expir",
                    "end",
                    "exten",
                    "terminat",
                    "remain",
                    "continue",
                    "term",
                    "agreement",
                    "licen",
                    "contract",
                    "collab",
                    "alli",
                    "partner",
                )
            )
        )
        if len(str(following.value)) < 7 and not (about_end and direct):
            continue
        before = text[max(start, m.start() - 90) : m.start()]
        if not about_end and not before.strip():
            continue  # "Through December 31, 2022, we recognized"
        if (_OF_SOMETHING_ELSE if about_end else _PAID_MEANWHILE).search(before):
            continue
        if direct or about_end:
            yield Read("expiration date", m.start(), following.end, str(following.value))
            return


_TERM = re.compile(
    r"\b(?:(?:has|have|had|with|for|is|includes?|be)\s(?:an? |the )?(?:initial |minimum |fixed )?term(?:\s(?:of|is|for)){1,2} (?:[\w-]+ ){0,3}?(?:\(?\d+\)? ?|[a-z-]+ )(?:years?|months?)"
    r"|(?:initial |the )(?:term|period) of (?:the|this|our|such) (?:[\w-]+ ){0,4}?(?:is|will be|shall be) (?:[\w-]+ ){0,3}?(?:\(?\d+\)? ?|[a-z-]+ )(?:years?|months?)"
    r"|(?:initial |an? )(?:\d+|[a-z]+)[- ](?:year|month) (?:initial )?term\b"
    r"|(?:agreement|license|licence|collaboration)[^.;]{0,60}? (?:continues?|remains? in (?:force|effect)|expires?|terminates?|is effective|(?:shall|will) (?:continue|expire|remain|terminate)[^.;]{0,30}?)[^.;]{0,40}? (?:until|upon|on|for) (?:the (?:later|earlier|last|latest|earliest|expiration|expiry|date)|so long|as long|there are no|all of|an? (?:initial )?(?:period|term)|no (?:more|further))[^.;]{3,220})",
    re.IGNORECASE,
)

_RENEWAL = re.compile(
    r"[^.;]{0,80}\b(?:(?:automatically|will|shall|may(?: be)?) (?:be )?(?:automatically )?(?:renew(?:ed|s)?|extend(?:ed|s)?)|renews automatically)\b[^.;]{0,120}(?:years?|months?|terms?|periods?)\b",
    re.IGNORECASE,
)

# one of these stands in every sentence that the patterns match: finding that out first is ten times as fast
_OF_TERM = (" term", "period of", "xpir", "ontinue", "remain", "effective", "erminat")
_OF_RENEWAL = ("renew", "extend")


def length(text: str, start: int, end: int) -> Iterator[Read]:
    """The words on how long the agreement runs, and on its renewal."""
    for kind, words, pattern in (("term", _OF_TERM, _TERM), ("renewal", _OF_RENEWAL, _RENEWAL)):
        m = pattern.search(text, start, end) if any(text.find(w, start, end) >= 0 for w in words) else None
        if m is not None:
            yield Read(kind, m.start(), m.end(), squeezed(m.group()))
