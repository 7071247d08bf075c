"""Which names are facts of their own: those that a sentence tells something of, though no edge touches them."""

from __future__ import annotations

import re

from biopact.loaders.extraction.deal import Entity
from biopact.loaders.extraction.names import Mention
from biopact.loaders.extraction.technologies import MARK

_IN_FULL = frozenset(["company/legal-form", "company/head-word", "company/institution", "company/agency"])
# what is said of medicines and of nothing else that bears a trademark
_MEDICAL = re.compile(
    r"\b(?:treat(?:s|ed|ing|ments?)?|therap(?:y|ies|eutics?)|patients?|drugs?|medicines?|medications?|vaccines?|antibod(?:y|ies)|"
    r"indicat(?:ed|ions?)|tablets?|capsules?|inject(?:ion|able)s?|prescri\w+|clinical|doses?|dosing|generic|brand(?:ed|s)?|FDA|"
    r"EMA|NDA|BLA|ANDA|approv(?:al|ed)|oral|topical|ophthalmic|inhibitors?|agonists?|Phase [1-3IV]+|disorders?|diseases?|"
    r"cancers?|syndrome|products?|sales of|marketed|bioequivalen\w+|opioids?|overdose|\d\s?mg|nasal|formulations?|efficacy|diagnostics?|implants?|biosimilars?)\b"
)
# a technology's own name: capitals within a word, or a word that begins with one and no head word does
_PROPER = re.compile(
    r"[a-z][A-Z]|\b[A-Z]{2}[A-Z\d]+\b(?! (?:technolog|platform)\w*$)|^(?!AI\b|RNA\b|DNA\b|ADC\b|CAR\b|CRISPR\b)[A-Z][\w-]+ (?:technology|platform)|^[A-Z][\w.]+$|^[A-Z].* (?:system|process|engine|method)$",
    re.ASCII,
)
_SOFTWARE = re.compile(
    r"\b(?:software|app|audio|wireless|network|newsletter|magazine|website|wire|blockchain)\b", re.IGNORECASE
)


def stays(mention: Mention, mentions: list[Mention], text: str, start: int, end: int, *, in_heading: bool) -> bool:
    """Whether a name stays in the graph for what the sentence from start to end says, whatever edges are found."""
    entity = mention.entity
    if entity.type == "Company":
        return (
            _told_in_full(entity)
            or not in_heading
            or any(m.entity.type == "Company" and m.entity is not entity for m in mentions)
        )
    if entity.type == "Compound":
        if _told_by_name(entity) or _told_by_place(entity):
            return True
        around = text[max(start, mention.start - 160) : min(end, mention.end + 160)]
        return bool(_MEDICAL.search(around)) and not _SOFTWARE.search(around)
    marked = any(MARK.search(alias) for alias in entity.aliases)
    return entity.type == "Technology" and (marked or bool(_PROPER.search(entity.name)))


def _told_by_place(compound: Entity) -> bool:
    """Whether a compound's name stood where only a compound's can."""
    return any(e.rule == "compound/place" for e in compound.evidence)


def _told_in_full(company: Entity) -> bool:
    """Whether the filing gives a company's full name, so that naming it is a fact of its own."""
    return any(e.rule in _IN_FULL for e in company.evidence)


def _told_by_name(compound: Entity) -> bool:
    """Whether a compound's name alone says that it is one: a code without a space in it, or an INN."""
    return any(
        e.rule == "compound/inn" or (e.rule == "compound/code" and " " not in e.quote) for e in compound.evidence
    )
