"""Reads what a contract is about: the product, compound or technology its definitions name."""

from __future__ import annotations

import re

from biopact.graph.names import compound_key
from biopact.loaders.extraction.compounds import Drug, equivalents, strong
from biopact.loaders.extraction.contracts.clauses import Contract, Span, squeeze
from biopact.loaders.extraction.contracts.signatories import Signatories
from biopact.loaders.extraction.deal import Entity
from biopact.loaders.extraction.technologies import technologies

# defined terms that hold the subject, the most telling first
_TERMS = (
    r"Licensed\s+(?:Compound|Product|Antibod(?:y|ie))s?", r"Compounds?", r"Product(?:s|\(s\))?", r"(?:Drug|API|Device"
    r"|Vaccine|Antibody)(?:\s+(?:Product|Substance))?s?",
    r"(?:Initial|Lead|Collaboration|Development|Supplied|Contract|Finished)\s+(?:Compound"
    r"|Product)s?", r"Active\s+(?:Pharmaceutical\s+)?Ingredient",
    r"(?!(?:Compet|Combination|Other|Third|Excluded|Generic|Biosimilar|Authori[sz]ed|Reference|Comparator|Terminated)\w*\s)"
    r"[A-Z][\w-]+\s+(?:Initially\s+)?(?:Pooled\s+)?(?:Compound|Product)s?",
)  # fmt: skip
_TECHNOLOGY_TERMS = (
    r"(?:Licensed\s+)?Technology",
    r"(?:Licensed\s+)?Platform",
    r"Licensed\s+Patents?",
    r"Products?",
    r"Services",
)
_INLINE = re.compile(
    r"\(\s*(?:each,?\s+an?\s+|the\s+|collectively,?\s+(?:the\s+)?)?[\"“](?:the\s+)?(?:Product|Compound"
    r"|Licensed\s+Product|API|Drug|Device)s?[\"”]"
)
_KNOWN_AS = re.compile(
    r"\b(?:known|designated|referred\s+to|marketed|sold|labell?ed)\s+(?:\w+\s+){0,3}?(?:as"
    r"|under(?:\s+the)?(?:\s+(?:brand|trade)\s?(?:name|mark)s?)?)\s+[\"“]?(?P<name>[A-Za-z][\w-]*(?:\s?-\s?\d+)?)(?![\w-])[\"”]?(?!\s+(?:Products?|Compounds?|Materials?|Orders?|Third|Part))"
)
# "a tablet containing celecoxib": what a product is made of; plain English words are ruled out by their endings
_MADE_OF = re.compile(
    r"\b(?:contain(?:s|ing)?|compris(?:es|ing)|incorporating|formulations?\s+of|forms?\s+of"
    r"|active\s+(?:pharmaceutical\s+)?ingredients?,?(?:\s+(?:is|being|of))?)\s+"
    r"(?:the\s+|its\s+|an?\s+)?(?:(?:active\s+)?(?:pharmaceutical\s+)?(?:ingredient|compound|substance|molecule"
    r"|drug)s?,?\s+)?"
    r"(?P<name>(?!(?:active|other|another|either|herein|therein|thereof|compound|product|licensed|pharma"
    r"|material|sterile|human|recombinant|biosimilar|formula)\b)[A-Za-z][a-z]{5,}"
    r"(?<!ing)(?<!ed)(?<!ion)(?<!ment)(?<!ity)(?<!ly)(?<!ness)(?<!nce)(?<!ble)(?<!ive)(?<!al)(?<!ous)(?<!er)(?<!or)(?<!s)(?<!ies)(?<!any)(?<!ent)(?<!ant)(?<!ical)(?<!age))"
    r"(?=\s*(?:[,.;()]|and\b|or\b|as\b|in\b|for\b|at\b|HC[Ll]|hydrochlor|sodium|besylate|tablet|capsule|oral"
    r"|inject|suspension|solution|together))"
)
_MIXED_CODE = re.compile(r"(?<![\w-])[A-Z][a-z]{0,3}[A-Z][a-z]{0,3}[‑-]?\d{3,6}(?![\w-])")
# a brand by its inner capital, before what it is: "finished AlnoGel product", "AlnoGel Injectable"
_BRAND = re.compile(
    r"(?<![\w-])[A-Z][a-z]{2,}(?:[A-Z][a-z]{2,}){1,2}(?=\s+(?:[a-z]+\s+)?(?i:products?|formulations?|tablets?|capsules?|gel|cream"
    r"|ointment|solution|suspension|powder|vials?|spray|patch(?:es)?|inject\w+|oral|topical|ophthalmic|nasal|liposom\w+"
    r"|\d+(?:\.\d+)?\s?m[gl])(?![\w-]))",
)
# a definition so short that it is the name: ``"Drug" means celecoxib``, ``"API" means the active ingredient celecoxib``
_IS_NAME = re.compile(
    r"\s*(?:the\s+)?(?:(?:active\s+)?(?:pharmaceutical\s+)?(?:ingredients?|substances?|compounds?|products?"
    r"|drugs?|molecules?)\s+(?:known\s+as\s+|called\s+|designated\s+)?)?"
    r"(?P<name>(?!(?:a|an|any|all|the|each|such|what|those|it|both|set|as|either|one|product|products|drug"
    r"|bulk)\b)[A-Za-z\d][\w-]{3,}(?:\s[\w-]{3,}){0,2}?)(?P<more>\s+and\s+(?P<second>[A-Za-z][\w-]{4,}(?:\s[A-Z][\w-]+)?))?\s*(?:[.;]|\Z|,\s+(?:including|in)\b|\s\()",
)
_NOT_ONE = re.compile(
    r"(?:Section|Article|Exhibit|Schedule|Appendix|Annex|Active|FDA|EMA|NDA|BLA|IND|GMP|ISO|ICH|CFR|USP|SKU|set"
    r"|such|the|a|an|any|Licensed|Product|Products|Compound|API|Drug|United|States|Lead|Phase|Class)\b.*",
    re.IGNORECASE,
)


def read_subjects(contract: Contract, title_end: int, names: Signatories) -> tuple[Entity, ...]:
    """At most three compounds, or a technology; none rather than a guess."""
    text = contract.text
    places: list[Span] = [(title_end, min(contract.end, title_end + 700))]
    found = _drugs(contract, places, names, marked_only=True)
    if not found:
        definitions = [d for term in _TERMS for d in contract.definitions(term)]
        spans = [d.whole for d in definitions]
        spans += [(contract.sentence(m.start(), 300, 0)[0], m.start()) for m in contract.find(_INLINE)]
        for span in spans:
            found = _drugs(contract, [(span[0], min(span[1], span[0] + 700))], names)
            if found:
                break
        found = found or next((named for d in definitions if (named := _named(contract, d.body, names))), [])
        found = found or next((made for d in definitions if (made := _made_of(contract, d.body, names))), [])
    if not found:
        recitals = next(
            contract.find(
                re.compile(r"\bWHEREAS|RECITALS|BACKGROUND|Whereas|Recitals|Preamble|PREAMBLE|Dear\s|Gentlemen")
            ),
            None,
        )
        first = recitals.start() if recitals else title_end  # an order or a letter goes straight to the matter
        found = _drugs(contract, [(first, min(contract.end, first + 4000))], names)
    found = found or _most_named(contract, names)
    entities = []
    for drug in found[:3]:
        other = [
            b
            for a, b in equivalents(text, max(contract.begin, drug.start - 5), min(contract.end, drug.end + 80))
            if compound_key(a) == compound_key(drug.name)
        ]
        evidence = contract.quote((drug.start, drug.end), "subject", 0.85)
        entities.append(contract.book.entity("Compound", drug.name, evidence, aliases=other[:1]))
    return tuple(dict.fromkeys(entities)) or _technologies(contract, names)


def _drugs(contract: Contract, spans: list[Span], names: Signatories, *, marked_only: bool = False) -> list[Drug]:
    """Compounds named in these spans, each once, in order."""
    found: dict[str, Drug] = {}
    for low, high in spans:
        here = list(strong(contract.text, low, high))
        if marked_only:
            here = [d for d in here if d.rule == "compound/trademark"]
        else:
            here += [
                Drug(m.group(), *m.span(), "compound/code") for m in _MIXED_CODE.finditer(contract.text, low, high)
            ]
            here += [Drug(m.group(), *m.span(), "compound/brand") for m in _BRAND.finditer(contract.text, low, high)]
            here += [
                Drug(m["name"], *m.span("name"), "compound/known")
                for m in _KNOWN_AS.finditer(contract.text, low, high)
                if m["name"][0].isupper() or m["name"][-1].isdigit()
            ]
        for drug in sorted(here, key=lambda d: (d.start, -d.end)):
            if _NOT_ONE.fullmatch(drug.name) or names.who(drug.name) or _of_party(drug.name, names):
                continue
            if any(d.start <= drug.start < d.end for d in found.values()):
                continue
            found.setdefault(compound_key(drug.name), drug)
    return list(found.values())


def _made_of(contract: Contract, body: Span, names: Signatories) -> list[Drug]:
    """What a definition says a product contains."""
    matches = _MADE_OF.finditer(contract.text, body[0], min(body[1], body[0] + 500))
    found = {compound_key(m["name"]): Drug(m["name"], *m.span("name"), "compound/made_of") for m in matches}
    return [d for d in found.values() if not _NOT_ONE.fullmatch(d.name) and not names.who(d.name)][:2]


def _most_named(contract: Contract, names: Signatories) -> list[Drug]:
    """The compound that a contract names again and again, where it defines none."""
    found: dict[str, list[Drug]] = {}
    for drug in strong(contract.text, contract.begin, contract.end):
        if not _NOT_ONE.fullmatch(drug.name) and not names.who(drug.name) and not _of_party(drug.name, names):
            found.setdefault(compound_key(drug.name), []).append(drug)
    often = max(found.values(), key=len, default=[])
    return often[:1] if len(often) >= 5 else []


def _of_party(name: str, names: Signatories) -> bool:
    """Whether a name is a party's, or begins with one."""
    first = re.split(r"[\s-]", name)[0].lower()
    return names.who(first) is not None or any(
        name in p.name or re.split(r"[\s-]", p.name)[0].lower() == first for p in names.parties
    )


def _named(contract: Contract, body: Span, names: Signatories) -> list[Drug]:
    """The names that are all there is to a definition."""
    m = _IS_NAME.match(contract.text, *body)
    if m is None or _NOT_ONE.fullmatch(m["name"]) or names.who(m["name"]) or re.search(r"\w+ing\b", m["name"]):
        return []
    groups = [g for g in ("name", "second") if m[g] and not _defined(contract, m[g])]
    return [Drug(squeeze(m[g]), *m.span(g), "compound/definition") for g in groups]


def _defined(contract: Contract, name: str) -> bool:
    """Whether a name is a term that the contract defines: "Products" means Extracts, and "Extract" means …"""
    words = r"\s+".join(map(re.escape, name.removesuffix("s").split()))
    return next(contract.find(re.compile(rf"[\"“]{words}s?[\"”]")), None) is not None


def _technologies(contract: Contract, names: Signatories) -> tuple[Entity, ...]:
    for definition in (d for term in _TECHNOLOGY_TERMS for d in contract.definitions(term)):
        for tech in technologies(contract.text, definition.body[0], min(definition.body[1], definition.body[0] + 500)):
            name = squeeze(tech.name)
            if names.who(name.split()[0]) is None and not re.match(
                r"(?:Licensed|Joint|Background|Foreground|Product|Such)\b", name
            ):
                return (
                    contract.book.entity("Technology", name, contract.quote((tech.start, tech.end), "subject", 0.7)),
                )
    return ()
