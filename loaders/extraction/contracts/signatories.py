"""Says which party a short name means, and which entity a party is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from biopact.loaders.extraction.contracts.clauses import Contract
from biopact.loaders.extraction.contracts.parties import Party
from biopact.loaders.extraction.deal import Entity


@dataclass(frozen=True, slots=True)
class Signatories:
    """The parties of a contract as entities, and every name the contract uses for them."""

    entities: tuple[Entity, ...]
    parties: tuple[Party, ...]
    meant: dict[str, Entity]  # by name in lower case
    any: str  # a regular expression that matches any of the names

    def who(self, name: str) -> Entity | None:
        """The party a name of the contract means."""
        return self.meant.get(" ".join(name.lower().split()))

    def other(self, entity: Entity) -> Entity | None:
        """The other party where there are two; a company rather than its sister where there are more."""
        others = [e for e in self.entities if e is not entity]
        return others[0] if len(others) == 1 else None

    def in_role(self, *roles: str) -> Entity | None:
        """The party that the contract calls by one of these roles."""
        found = [e for e, p in zip(self.entities, self.parties, strict=True) if p.role in roles]
        return found[0] if len(found) == 1 else None


def signatories(contract: Contract, parties: tuple[Party, ...]) -> Signatories:
    """Enter the parties into the book."""
    entities: list[Entity] = []
    meant: dict[str, Entity] = {}
    for party in parties:
        evidence = contract.quote(party.span, "party", 0.95)
        type_ = "Person" if party.individual else "Company"
        entities.append(contract.book.entity(type_, party.name, evidence, aliases=party.aliases))
    for alias in dict.fromkeys(a for p in parties for a in p.group):
        members = [e for e, p in zip(entities, parties, strict=True) if alias in p.group]
        named = [e for e in members if alias.lower() in e.name.lower()]
        meant.setdefault(" ".join(alias.lower().split()), (named or members)[0])
    for names in (
        [p.called for p in parties],
        [[p.name] for p in parties],
        [_short(p) for p in parties],
    ):
        for entity, listed in zip(entities, names, strict=True):
            for name in listed:
                meant.setdefault(" ".join(name.lower().split()), entity)
    ordered = sorted(meant, key=len, reverse=True)
    pattern = "|".join(r"\s+".join(map(re.escape, name.split())) for name in ordered)
    return Signatories(tuple(entities), parties, meant, rf"(?:{pattern})" if pattern else "(?!)")


def _short(party: Party) -> list[str]:
    """The first word of a name, when the contract defines no short name: "Acme" of "Acme Pharma, Inc."."""
    first = re.match(r"[A-Z][\w-]{3,}(?=\s)", party.name)
    return [first.group()] if first and not party.called else []
