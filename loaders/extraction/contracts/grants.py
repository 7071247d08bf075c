"""Reads what passes between the parties of a contract: licences, supply, joint work, assets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from biopact.loaders.extraction.contracts.clauses import Contract, Span
from biopact.loaders.extraction.contracts.signatories import Signatories
from biopact.loaders.extraction.contracts.supply import UNCERTAIN, how_exclusive, read_appointment, read_supply
from biopact.loaders.extraction.deal import Entity, Grant

# What a title says the contract is. The order is that of the kinds' importance.
_KINDS = {
    "license": r"licen[cs]|technology\s+transfer",
    "option": r"\boption\b(?!\s+plan)",
    "supply": r"supply|supplies|purchase\s+order|purchas(?:e|ing)\s+agreement\s*$",
    "manufacturing": r"manufactur|toll|fill\s+and\s+finish",
    "distribution": r"distribut|reseller|importation",
    "co-promotion": r"promot|co-?market|detailing",
    "co-development": r"co-?\s?develop|joint\s+develop",
    "collaboration": r"collaborat|alliance|partner|co-?operation|commerciali[sz]ation|co-?commerciali[sz]"
    r"|development\s+agreement|development\s+and\s+commerc",
    "joint venture": r"joint\s+venture",
    "research": r"research|\bstudy\b|clinical\s+trial",
    "asset purchase": r"asset\s+(?:purchase|sale|transfer|acquisition)|purchase\s+and\s+sale"
    r"|sale\s+and\s+purchase|assignment\b",
    "acquisition": r"merger|(?:share|stock)\s+(?:purchase|exchange|sale)|acquisition",
    "equity": r"(?:stock|share|securities|unit|warrant)\s+(?:purchase|subscription|issuance)|subscription|investment",
    "loan": r"\bloan\b|credit\s+agreement|promissory|convertible\s+note",
    "services": r"services?\b|consult|employment|advis|\bCRO\b|endorsement|sponsorship",
    "settlement": r"settlement|release",
    "termination": r"terminat",
    "restatement": r"restated",
}  # fmt: skip
_JOINT_TITLE = re.compile(
    r"collab|alliance|partner|co-?\s?(?:op|develop|promot|market|commerc)|joint|promot|detail", re.IGNORECASE
)
_NOT_PRODUCT = re.compile(r"(?:asset|stock|share|securities|unit|note|warrant|equity)s?\s+purchas", re.IGNORECASE)
_RIGHT = re.compile(r"\b(?:sub)?licen[cs]es?\b|\brights?\b", re.IGNORECASE)
_EXCLUSIVITY = re.compile(
    r"\b(?:(?P<non>non[\s-]*exclusive)|(?P<co>co-?\s?exclusive|semi-?exclusive)"
    r"|(?P<ex>(?:sole\s+and\s+)?exclusive(?:ly)?)|(?P<sole>sole))\b",
    re.IGNORECASE,
)
_COMMERCE = re.compile(
    r"\b(?:commerciali[sz]\w*|sell|sale|market|promote|distribut\w+|exploit\w*|import)\b", re.IGNORECASE
)
# a licence that only serves something else: to perform the contract, to show a name
_MINOR = re.compile(
    r"\b(?:solely\s+(?:to|for|in\s+connection)|only\s+to\s+the\s+extent|internal\s+(?:research|use|purposes)"
    r"|perform(?:ing)?\s+(?:its|their)\s+obligations"
    r"|use\s+(?:of\s+)?(?:its|the|such|[A-Z]\w+[’']s)\s+(?:\w+\s+)?(?:trade\s?marks?|names?|logos?|data)"
    r"|trade\s?marks?\s+licen[cs]e|samples?|promotional\s+materials"
    r"|right\s+of\s+(?:first|reference|negotiation)|right\s+to\s+(?:audit|inspect|terminate|access|review"
    r"|prosecute|enforce)|upon\s+(?:the\s+)?termination)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passing:
    """What passes, and how exclusively the main licence is granted."""

    kinds: frozenset[str]
    grants: tuple[Grant, ...]
    exclusivity: tuple[str, Span] | None = None
    licence: Span | None = None  # the clause of the main licence


@dataclass(frozen=True, slots=True)
class _Licence:
    weight: int
    source: Entity
    target: Entity
    span: Span
    exclusivity: str | None
    option: bool = False  # what is granted is only an option to the licence


def title_kinds(title: str) -> set[str]:
    """The kinds of agreement a title names."""
    kinds = {kind for kind, pattern in _KINDS.items() if re.search(pattern, title, re.IGNORECASE)}
    if _NOT_PRODUCT.search(title):
        kinds.discard("supply")
    if kinds & {"acquisition", "asset purchase"} or ("equity" in kinds and "supply" in kinds):
        kinds -= (
            {"equity"} if "acquisition" in kinds and not re.search("securit|subscri", title, re.IGNORECASE) else set()
        )
    return kinds


def read_grants(contract: Contract, title: str, names: Signatories, subjects: tuple[Entity, ...]) -> Passing:
    """The grants that are the main matter of a contract; the licences that only serve it are left out."""
    kinds = title_kinds(title)
    if len(names.entities) < 2 or any(e.type == "Person" for e in names.entities):
        return Passing(frozenset(kinds), ())
    grants: list[Grant] = []
    exclusivity: tuple[str, Span] | None = None
    licence: Span | None = None

    def add(type_: str, source: Entity, target: Entity, span: Span, rule: str, **properties: str) -> None:
        evidence = contract.quote(span, rule, 0.9)
        grants.append(Grant(type_, source, target, (evidence,), subjects, tuple(sorted(properties.items()))))

    serves = bool(
        kinds
        & {
            "supply",
            "manufacturing",
            "services",
            "co-promotion",
            "loan",
            "equity",
            "acquisition",
            "asset purchase",
            "joint venture",
        }
    )
    needed = 0 if "license" in kinds else 6 if serves else 4
    licences = _licences(contract, names)
    for rank, each in enumerate(licences):
        if each.weight < (needed if rank == 0 else max(7, licences[0].weight - 1)):
            continue
        if rank == 0:
            licence = each.span
            if each.exclusivity:
                exclusivity = each.exclusivity, each.span
        own = {"status": "option"} if each.option else {}
        if rank and each.exclusivity:
            own["exclusivity"] = each.exclusivity
        add(
            "LICENSES_TO",
            each.source,
            each.target,
            each.span,
            "grant-option" if own.get("status") else "grant-licence",
            **own,
        )
        kinds |= {"license", "option"} if each.option else {"license"}
    if "license" in kinds and not any(g.type == "LICENSES_TO" for g in grants):
        source, target = names.in_role("licensor"), names.in_role("licensee")
        source = source or (names.other(target) if target else None)
        target = target or (names.other(source) if source else None)
        said = _title_span(contract, title)
        if source and target and said:
            add("LICENSES_TO", source, target, said, "grant-roles")
    roles = not kinds and names.in_role("supplier") and names.in_role("customer")  # the title says nothing, they do
    if roles or kinds & {"supply", "manufacturing", "distribution"}:
        supply = read_supply(contract, names, distribution="distribution" in kinds)
        if supply:
            add("SUPPLIES_TO", supply[0], supply[1], supply[2], "grant-supply")
            appointed = read_appointment(contract, supply[2]) if licence is None else None
            if appointed:
                exclusivity, licence = appointed, appointed[1]
    if kinds & {"co-promotion", "co-development", "collaboration", "joint venture"} or (
        "research" in kinds and not grants
    ):
        if "license" in kinds and "collaboration" in kinds and not _JOINT_TITLE.search(title):
            kinds.discard("collaboration")  # "License and Development Agreement" is a licence
        else:
            joint = _joint(contract, names) or _title_span(contract, title)
            if joint:
                first, second = _two_sides(names)
                add("COLLABORATES_WITH", first, second, joint, "grant-collaboration")
    if kinds & {"asset purchase", "acquisition"} and not grants:
        bought = _purchase(contract, names)
        if bought:
            add("ACQUIRES", *bought, "grant-purchase")
    return Passing(frozenset(kinds), tuple(grants), exclusivity, licence)


def _licences(contract: Contract, names: Signatories) -> list[_Licence]:
    """The weightiest licence in each direction, the weightiest direction first."""
    p = names.any
    verb = r"(?P<verb>(?:hereby\s+)?(?:grants?|sub-?licenses|licenses))\b(?![’'])"
    aside = r"(?:\s+and\s+[^.;,]{3,40}?|,\s*(?:and\s+)?[^.;,]{3,80}?,)?"
    object_ = r"\s+(?:an?|the|all|its|such)\s+[^.;]{5,220}?"
    active = re.compile(
        rf"(?<![\w’'])(?P<a>{p})(?![’']s|\w)[^.;:]{{0,90}}?\s{verb}{aside}(?:{object_})??\s+(?:unto\s+"
        rf"|to\s+)?(?:the\s+)?(?P<b>{p})(?!\w)",
        re.IGNORECASE,
    )
    passive = re.compile(
        rf"(?<![\w’'])(?P<b>{p})\s+(?P<verb>(?:is|are|shall\s+be)\s+(?:hereby\s+)?granted"
        rf"|shall\s+have\s+(?=(?:an?|the)\s+(?:[\w-]+\s+){{0,3}}exclusive))\b",
        re.IGNORECASE,
    )
    accepted = re.compile(  # "Alnora grants, and Berril accepts, a license"
        rf"(?<![\w’'])(?P<a>{p})(?![’']s|\w)[^.;:]{{0,90}}?\s{verb},?\s+and\s+(?:the\s+)?(?P<b>{p})\s+(?:hereby\s+)?"
        r"(?:accepts|takes|receives|obtains)\b",
        re.IGNORECASE,
    )
    best: dict[tuple[Entity, Entity], _Licence] = {}
    for pattern in (active, passive, accepted):
        for m in contract.find(pattern):
            target = names.who(m["b"])
            source = names.who(m["a"]) if "a" in pattern.groupindex else (names.other(target) if target else None)
            if source is None or target is None or source is target:
                continue
            start, end = contract.sentence(m.start(), 300, 900)
            end = max(end, m.end())
            tail = contract.text[m.end("verb") : end]
            right = _RIGHT.search(tail)
            if right is None or right.start() > 300:
                continue
            sort = _EXCLUSIVITY.search(tail, 0, right.end() + 30)
            exclusivity = how_exclusive(sort) if sort else None
            weight = (
                {"exclusive": 4, "co-exclusive": 3, "sole": 3}.get(exclusivity or "", 0)
                + 2 * bool(_COMMERCE.search(tail))
                + bool(re.search(r"Territory|world-?\s?wide|throughout", tail))
                + bool(re.search(r"Product|Compound|Patent", tail))
                + 2 * bool(re.search(r"royalty-?\s*(?:and\s+milestone-?\s*)?bearing|milestone-", tail))
                - 3 * bool(_MINOR.search(tail[: right.end() + 80]))
                - 4 * bool(UNCERTAIN.search(contract.text[start : m.end("verb")]))
            )
            begin = max(start, m.start() - 120) if m.start() - start > 200 else start
            option = bool(re.search(r"\boptions?\b", tail[: right.start()], re.IGNORECASE))
            found = _Licence(weight, source, target, (begin, min(end, m.end() + 400)), exclusivity, option)
            if (source, target) not in best or weight > best[source, target].weight:
                best[source, target] = found
    return sorted(best.values(), key=lambda f: (-f.weight, f.span))


def _joint(contract: Contract, names: Signatories) -> Span | None:
    """The sentence that says the parties work together."""
    p = names.any
    forms = (
        rf"(?<![\w’'])(?:{p})(?![’']s|\w)[^.;]{{0,40}}?\b(?:hereby\s+)?(?:engages|appoints"
        rf"|grants)\s+(?:to\s+)?(?:{p})(?!\w)[^.;]{{0,120}}?\b(?:co-?)?promot",
        rf"\b(?:the\s+Parties|the\s+parties|{p}\s+and\s+{p}|each\s+Party)\b[^.;]{{0,80}}?\b(?:shall|will|agree"
        rf"|desire|wish|intend|enter)\b[^.;]{{0,80}}?\b(?:collaborat|co-?operat|co-?develop|co-?promot"
        rf"|jointly\s+(?:develop|promot|commerc|conduct|research)|joint\s+venture|work\s+together)",
        rf"(?<![\w’'])(?:{p})\s+(?:and\s+(?:{p})\s+)?(?:shall|will|desires?\s+to"
        rf"|wish(?:es)?\s+to)\s+[^.;]{{0,100}}?\b(?:collaborat|co-?develop|co-?promot|promote|joint)",
    )
    for form in forms:
        m = next(contract.find(re.compile(form, re.IGNORECASE)), None)
        if m:
            start, end = contract.sentence(m.start(), 200, 500)
            return start, max(end, m.end())
    return None


def _purchase(contract: Contract, names: Signatories) -> tuple[Entity, Entity, Span] | None:
    """Who buys from whom."""
    p = names.any
    buys = re.compile(
        rf"(?<![\w’'])(?P<b>{p})(?![’']s|\w)[^.;]{{0,120}}?\b(?:purchase|acquire"
        rf"|buy)\b[^.;]{{0,160}}?\b(?:from)\s+(?:the\s+)?(?P<a>{p})(?!\w)",
        re.IGNORECASE,
    )
    sells = re.compile(
        rf"(?<![\w’'])(?P<a>{p})(?![’']s|\w)[^.;]{{0,120}}?\b(?:sell|transfer|assign"
        rf"|convey)s?\b[^.;]{{0,160}}?\bto\s+(?:the\s+)?(?P<b>{p})(?!\w)",
        re.IGNORECASE,
    )
    for pattern in (buys, sells):
        for m in contract.find(pattern):
            buyer, seller = names.who(m["b"]), names.who(m["a"])
            if buyer and seller and buyer is not seller:
                start, end = contract.sentence(m.start(), 250, 500)
                return buyer, seller, (start, max(end, m.end()))
    return None


def _two_sides(names: Signatories) -> tuple[Entity, Entity]:
    """Two parties that stand on different sides: of a group, only one."""
    first = names.entities[0]
    group = set(names.parties[0].group)
    second = next(
        (e for e, p in zip(names.entities[1:], names.parties[1:], strict=True) if not group & set(p.group)),
        names.entities[1],
    )
    return first, second


def _title_span(contract: Contract, title: str) -> Span | None:
    words = r"\s+".join(map(re.escape, title.split()))
    m = next(contract.find(re.compile(words)), None)
    return m.span() if m else None
