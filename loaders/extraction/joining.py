"""A contract among a filing's exhibits and what its other documents tell of it are one deal."""

from __future__ import annotations

from collections.abc import Iterable

from biopact.graph.agreements import family_numbers, near
from biopact.loaders.extraction.deal import Changed, Deal, Entity
from biopact.loaders.extraction.records import roles

_DATES = ("agreement_date", "effective_date", "announced_date")


def joined(contracts: Iterable[Deal], told: Iterable[Deal]) -> list[Deal]:
    """All deals, with what is told of a contract added to it; the contract's own words come first."""
    contracts, left = list(contracts), list(told)
    for contract in contracts:
        same = [deal for deal in left if _one(contract, deal)]
        for deal in sorted(same, key=lambda d: not _dates(d))[:1]:
            left.remove(deal)
            contract.kinds |= deal.kinds
            contract.grants += deal.grants
            contract.terms += deal.terms
            contract.parties += deal.parties
            contract.evidence += [e for e in deal.evidence if e not in contract.evidence]
            contract.changes += [c for c in deal.changes if not any(_same(c, known) for known in contract.changes)]
            for name, value in deal.properties.items():
                contract.properties.setdefault(name, value)
    return contracts + left


def _same(one: Changed, other: Changed) -> bool:
    dates = _dates(one.by), _dates(other.by)
    return one.type == other.type and (not all(dates) or any(near(a, b) for a in dates[0] for b in dates[1]))


def _one(contract: Deal, told: Deal) -> bool:
    if _parties(contract) != _parties(told):
        return False
    families = set(family_numbers(contract.kinds)) & set(family_numbers(told.kinds))
    dates, others = _dates(contract), _dates(told)
    return bool(families) and (not dates or not others or any(near(a, b) for a in dates for b in others))


def _parties(deal: Deal) -> set[Entity]:
    return {entity for entity, _ in roles(deal)}


def _dates(deal: Deal) -> list[str]:
    return [str(deal.properties[name]) for name in _DATES if name in deal.properties]
