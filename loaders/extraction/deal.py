"""What readers find, before it becomes records: entities, deals, what passes between parties, and terms."""

from __future__ import annotations

from dataclasses import dataclass, field

from biopact.graph.names import readable_id
from biopact.graph.records import Evidence, Value, slug

# The kind of an agreement that each edge between companies is a view of.
KIND_OF = {
    "LICENSES_TO": "license",
    "COLLABORATES_WITH": "collaboration",
    "SUPPLIES_TO": "supply",
    "ACQUIRES": "acquisition",
}
# Terms whose amount in dollars fills a property of the agreement under another name than their own.
USD_PROPERTIES = {"upfront": "upfront_usd", "purchase price": "price_usd", "total value": "total_value_usd"}


@dataclass(eq=False, slots=True)
class Entity:
    """A company, person, compound, technology … as one filing speaks of it."""

    type: str
    name: str
    aliases: list[str] = field(default_factory=list)
    properties: dict[str, Value] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    exact: bool = False  # only its legal form tells it from a namesake in the filing, so the id keeps that

    @property
    def id(self) -> str:
        """``company/cik-…`` where the filing gives the CIK, otherwise made from the name."""
        cik = self.properties.get("cik")
        if cik:
            return f"{self.type.lower()}/cik-{cik}"
        return f"{self.type.lower()}/{slug(self.name)}" if self.exact else readable_id(self.type, self.name)

    def alias(self, name: str) -> None:
        """Remember another way the filing writes the name."""
        if name != self.name and name not in self.aliases:
            self.aliases.append(name)


@dataclass(frozen=True, slots=True)
class Grant:
    """One thing that passes between two parties of a deal: the source of a company-to-company edge."""

    type: str  # LICENSES_TO, COLLABORATES_WITH, SUPPLIES_TO, ACQUIRES
    source: Entity
    target: Entity
    evidence: tuple[Evidence, ...]
    subjects: tuple[Entity, ...] = ()
    properties: tuple[tuple[str, Value], ...] = ()  # what this grant says beside the deal's own terms
    asset: Entity | None = None  # the one subject whose own amounts it shows


@dataclass(frozen=True, slots=True)
class Term:
    """One term as one passage states it. `state` is stated, redacted, undisclosed or derived."""

    kind: str
    state: str
    evidence: Evidence
    value: str | None = None
    amount: float | None = None
    currency: str | None = None
    subject: Entity | None = None  # when the passage gives it for one asset only
    words: str | None = None  # those of the quotation that state it, where the rest of it states other terms
    details: tuple[tuple[str, Value], ...] = ()  # further properties of the Term node, read off the quotation already


@dataclass(eq=False, slots=True)
class Deal:
    """One agreement while its parts are being found."""

    title: str | None = None
    kinds: set[str] = field(default_factory=set)
    grants: list[Grant] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    parties: list[tuple[Entity, str, Evidence]] = field(default_factory=list)  # those known beside the grants
    properties: dict[str, Value] = field(default_factory=dict)  # of the Agreement node
    evidence: list[Evidence] = field(default_factory=list)
    subjects: list[tuple[Entity, Evidence]] = field(default_factory=list)  # what it covers, beside those of the grants
    changes: list[Changed] = field(default_factory=list)  # what amends, ends or replaces it


@dataclass(frozen=True, slots=True)
class Changed:
    """One agreement that changes another: what kind of change, by which deal, in whose words."""

    type: str  # AMENDS, TERMINATES, SUPERSEDES, EXERCISES
    by: Deal
    evidence: Evidence
    properties: tuple[tuple[str, Value], ...] = ()
