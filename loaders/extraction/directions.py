"""Who licenses to whom when a text only names the agreement: told by who pays, else by who the parties are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from biopact.graph.records import Evidence, Value
from biopact.loaders.extraction.deal import Deal, Entity, Grant
from biopact.loaders.extraction.masking import Masked
from biopact.loaders.extraction.patterns import DRUG, ORG, TECH
from biopact.loaders.extraction.statements import is_shell, is_vehicle
from biopact.loaders.extraction.terms import exclusivity

# "we entered into an agreement with Alnora and paid": who enters pays
_ENTERS_AND_PAYS = re.compile(
    r"(?P<payer>[\ue000-\ue3ff]) (?:has |have |had )?(?:entered into|signed|executed) [^;\ue000-\ue3ff]{0,160}? with (?:the )?[\ue000-\ue3ff][^;\ue000-\ue3ff]{0,160}?,? and (?:has |have |also |subsequently )?(?:paid|agreed to pay|made|will pay|must pay)\b[^;]{0,80}?(?:up-?front|milestone|royalt|licen[sc]e fee|payment|maintenance fee|\$)",
    re.IGNORECASE,
)
_PAYS = re.compile(
    r"(?P<payer>[\ue000-\ue3ff])(?:['’]s)? (?:[^;\ue000-\ue3ff]{0,60} )?(?:(?:is|are|will|shall|has|have|became|also|may|could|be|to|would) )*"
    r"(?:obligated|required|agreed|pay|pays|(?<!be )(?<!been )(?<!was )(?<!were )(?<!is )(?<!are )paid|made|make|makes|owe|owes)\b[^;]{0,160}?(?:up-?front|milestone|royalt|licen[sc]e fee|payment|maintenance fee|\$)",
    re.IGNORECASE,
)
_RECEIVES = re.compile(
    r"(?P<receiver>[\ue000-\ue3ff])(?:['’]s)? (?:[^;\ue000-\ue3ff]{0,50} )?(?:(?:is|are|will|shall|has|have|also|be|may|could|to|would|were|was) )*"
    r"(?:receiv(?:e|es|ed)|entitled to|eligible (?:to|for)|earn(?:s|ed)?|gets?|getting|(?:be|been|was|were|is) paid)\b[^;]{0,160}?(?:up-?front|milestone|royalt|licen[sc]e fee|payment|\$)",
    re.IGNORECASE,
)
_PAID_TO = re.compile(
    r"(?:payments?|royalt(?:y|ies)|fees?) (?:[^;\ue000-\ue3ff]{0,80} )?to (?P<receiver>[\ue000-\ue3ff])", re.IGNORECASE
)
_PAID_BY = re.compile(
    r"(?:payments?|fees?|milestones?|revenues?|income|proceeds)\b[^;\ue000-\ue3ff]{0,60} (?:received |collected |paid )?from (?P<payer>[\ue000-\ue3ff])",
    re.IGNORECASE,
)
_RECEIVED_FROM = re.compile(
    r"(?:received|collected) from (?P<payer>[\ue000-\ue3ff]) [^;\ue000-\ue3ff]{0,60}?(?:payments?|fees?|milestones?)",
    re.IGNORECASE,
)
_TO_OR_FROM = re.compile(
    r"(?:\b(?:payments?|royalt(?:y|ies)|fees?|milestones?)\b[^.;\ue000-\ue3ff]{0,40} (?:to|from)|\b(?:pays?|paid|owes?|owed)(?: to)?) (?P<who>[\ue000-\ue3ff])",
    re.IGNORECASE,
)
_ACADEMIC = re.compile(
    r"\b(?:University|Universit\w+|Institutes?|College|Hospital|Regents|Center|Centre|Clinic|School|Foundation|Academy|Blood Bank|Biobank|Tissue Bank)\b"
)
_TO_SELL = re.compile(r"(?<!licen[sc]e and )\bcommerciali[sz]ation agreement", re.IGNORECASE)  # says who has a product
_OF_OWN = re.compile(r"\blicen[sc]\w+\b[^.;]{0,40}\b(?:for|of) (?:its|our|their)\b", re.IGNORECASE)
_OWNER = re.compile(
    rf"(?P<who>[{ORG}])['’]s? (?:[\w-]+,? ){{0,5}}?(?:[{DRUG}{TECH}]|(?:technolog|platform|antibod|compound|candidate|patent|product|drugs?\b|medicine|inhibitor|molecule|program|therap|vaccine|know-how|librar)\w*)"
)
_MORE_THAN_AN_OPTION = frozenset(("license", "acquisition", "asset purchase", "equity"))
_CROSS = re.compile(r"cross-?\s?licen[sc]", re.IGNORECASE)
_MAKER = re.compile(r"\b(?:Biologics|Manufactur\w+|CDMO|Labs|Laboratories|Pharmacal|Chemicals?|Services)\b")


def paying_party(masked: Masked, parties: Sequence[Entity]) -> Entity | None:
    """Who of a deal's parties pays in a sentence about upfront, milestone or royalty payments, if it says so."""
    m = _ENTERS_AND_PAYS.search(masked.text) or _PAYS.search(masked.text)
    if m:
        found = [e for e in masked.find(m["payer"]) if e in parties]
        if found:
            return found[0]
    m = _PAID_BY.search(masked.text) or _RECEIVED_FROM.search(masked.text)
    if m:
        found = [e for e in masked.find(m["payer"]) if e in parties]
        if found:
            return found[0]
    m = _RECEIVES.search(masked.text) or _PAID_TO.search(masked.text)
    if m:
        receivers = masked.find(m["receiver"])
        others = [p for p in parties if p not in receivers]
        if len(others) == 1 and len(parties) == 2:
            return others[0]
    return None


def payees(masked: Masked, start: int, end: int) -> list[Entity]:
    """Whom the words between two offsets of the document name as paid or paying, if it is nobody who speaks."""
    found = [
        e for m in _TO_OR_FROM.finditer(masked.text) if start <= masked.source(m.start("who")) < end
        for e in masked.find(m["who"])
    ]  # fmt: skip
    return list(dict.fromkeys(found))


def owners(masked: Masked, start: int, end: int) -> list[Entity]:
    """Whose product or technology an agreement is said to be about: "a license agreement with Alnora for our vaccine"."""
    found = [masked.find(m["who"])[0] for m in _OWNER.finditer(masked.text, start, min(end + 160, len(masked.text)))]
    return list(dict.fromkeys(found))


def implied_grants(
    deal: Deal,
    spoken: Iterable[tuple[frozenset[str], Evidence, tuple[Entity, ...]]],
    payers: Sequence[Entity],
    subjects: Sequence[Entity],
    *,
    owners: Sequence[Entity] = (),
    earns: Entity | None = None,
) -> list[Grant]:
    """The edges that follow from an agreement being named, where no sentence stated them outright.

    `owners` are those whose product or technology it is about. `earns` is who the filing says lives on licensing income: a licence of theirs, undirected otherwise, is granted by them.
    """
    stated = {g.type for g in deal.grants}
    payer = Counter(payers).most_common(1)[0][0] if payers else None
    things = tuple(subjects)
    found: list[Grant] = []
    for kinds, evidence, parties in spoken:
        first, second = parties[0], parties[1]
        if kinds & {"collaboration", "co-development", "co-promotion", "joint venture"} and not kinds & {
            "acquisition",
            "asset purchase",
        }:
            found += [Grant("COLLABORATES_WITH", first, p, (evidence,), things) for p in parties[1:]]
        if "license" in kinds and "LICENSES_TO" not in stated:
            owner = next(iter(set(owners)), None) if len(set(owners)) == 1 else None
            to_sell = bool(_TO_SELL.search(evidence.quote) or _OF_OWN.search(evidence.quote))
            licensor = _licensor(first, second, payer, owner, kinds, earns, to_sell)
            licensee = second if licensor is first else first
            own = _exclusivity(evidence)
            found.append(Grant("LICENSES_TO", licensor, licensee, (evidence,), things, own))
            if _CROSS.search(evidence.quote):
                found.append(Grant("LICENSES_TO", licensee, licensor, (evidence,), things, own))
        if "option" in kinds and not kinds & _MORE_THAN_AN_OPTION and "LICENSES_TO" not in stated:
            academic = [p for p in (first, second) if _ACADEMIC.search(p.name)]
            if len(academic) == 1:  # who does research there has nothing to be licensed but what it gives
                holder = second if academic[0] is first else first
                option = (("status", "option"),)
                found.append(Grant("LICENSES_TO", academic[0], holder, (evidence,), things, option))
        if kinds & {"supply", "manufacturing", "distribution"} and "SUPPLIES_TO" not in stated:
            supplier = _supplier(first, second, payer, kinds)
            customer = second if supplier is first else first
            found.append(Grant("SUPPLIES_TO", supplier, customer, (evidence,), things))
        if kinds & {"acquisition", "asset purchase"} and "ACQUIRES" not in stated:
            acquirer = payer if payer in (first, second) and payer is not None else first
            if is_shell(first) or is_shell(second):
                continue  # it serves one of those who merge
            if is_vehicle(second) and not is_vehicle(first):
                acquirer = second
            found.append(Grant("ACQUIRES", acquirer, second if acquirer is first else first, (evidence,), things))
    return found


def _licensor(
    first: Entity,
    second: Entity,
    payer: Entity | None,
    owner: Entity | None,
    kinds: frozenset[str],
    earns: Entity | None,
    to_sell: bool,
) -> Entity:
    """The party that is not paid stands on the licensee's side; a university licenses out; who distributes is licensee."""
    if payer in (first, second):
        return second if payer is first else first
    if owner in (first, second) and owner is not None:
        return owner
    academic = [bool(_ACADEMIC.search(p.name)) for p in (first, second)]
    if academic[0] != academic[1]:
        return first if academic[0] else second
    if earns in (first, second) and earns is not None:
        return earns
    # who tells of a collaboration, an option or a distributor has something to give; a bare licence is mostly taken
    return first if to_sell or kinds & {"distribution", "collaboration", "option"} else second


def _supplier(first: Entity, second: Entity, payer: Entity | None, kinds: frozenset[str]) -> Entity:
    if payer in (first, second):
        return second if payer is first else first
    if "distribution" in kinds and not kinds & {"manufacturing"}:
        return first
    if _MAKER.search(first.name) and not _MAKER.search(second.name):
        return first
    return second


def _exclusivity(evidence: Evidence) -> tuple[tuple[str, str], ...]:
    kind = exclusivity(evidence.quote)
    return (("exclusivity", kind),) if kind else ()


def by_asset(deal: Deal) -> list[Grant]:
    """Licences whose assets have amounts of their own, one grant for each asset; all other grants as they are."""
    amounts: dict[Entity, dict[str, Value]] = {}
    for term in deal.terms:
        name = {"upfront": "upfront_usd", "milestones": "milestones_max_usd"}.get(term.kind)
        if term.subject is not None and name and term.amount is not None and term.currency == "USD":
            amounts.setdefault(term.subject, {}).setdefault(name, term.amount)
    if len(amounts) < 2:
        return deal.grants
    found: list[Grant] = []
    for grant in deal.grants:
        if grant.type != "LICENSES_TO" or len(set(grant.subjects) & set(amounts)) < 2:
            found.append(grant)
            continue
        for subject in grant.subjects:
            own = {**dict(grant.properties), **amounts.get(subject, {})}
            asset = subject if subject in amounts else None
            found.append(replace(grant, subjects=(subject,), properties=tuple(sorted(own.items())), asset=asset))
    return found
