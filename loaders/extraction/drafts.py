"""Deals while a filing is being read: which of them a sentence speaks of, or that it opens a new one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from biopact.graph.records import Evidence
from biopact.loaders.extraction.accords import kinds_in
from biopact.loaders.extraction.deal import Deal, Entity
from biopact.loaders.extraction.masking import Masked
from biopact.loaders.extraction.patterns import compile_pattern

Place = tuple[int, int]  # sequence of a document, number of a section


@dataclass(frozen=True, slots=True)
class Telling:
    """What one sentence says of a deal that helps to tell which deal it is."""

    kinds: frozenset[str]
    subjects: tuple[Entity, ...]
    place: Place
    date: str | None = None  # signed
    announced: str | None = None


@dataclass(eq=False, slots=True)
class Draft:
    """A deal while its sentences are being read."""

    deal: Deal
    parties: list[Entity]
    places: set[Place] = field(default_factory=set)  # where it is spoken of
    names: set[str] = field(default_factory=set)  # defined names, as in "the Alnora Agreement"
    accord_words: list[tuple[frozenset[str], Evidence, tuple[Entity, ...]]] = field(default_factory=list)
    payers: list[Entity] = field(default_factory=list)  # who pays upfront, milestones or royalties
    owners: list[Entity] = field(default_factory=list)  # whose product or technology the agreement is said to be about
    subjects: list[Entity] = field(default_factory=list)
    ceilings: dict[frozenset[str], float] = field(default_factory=dict)  # of milestones, by what they are for
    firm: bool = False  # told in a sentence; a heading alone only announces what its section tells

    def hear(self, telling: Telling) -> None:
        """Take in what a sentence says of the deal."""
        self.deal.kinds |= telling.kinds
        self.places.add(telling.place)
        self.subjects += [s for s in dict.fromkeys(telling.subjects) if s not in self.subjects]
        if telling.date:
            self.deal.properties.setdefault("agreement_date", telling.date)
        if telling.announced:
            self.deal.properties.setdefault("announced_date", telling.announced)

    def fit(self, telling: Telling) -> int | None:
        """How well a sentence fits the deal; None if it cannot be about this one."""
        score = 0
        date, announced = self._known("agreement_date"), self._known("announced_date")
        if not _announceable(telling.date or date, telling.announced or announced):
            return None
        if telling.announced and telling.announced == announced:
            score += 3
        if telling.date and date:
            if not (telling.date.startswith(date) or date.startswith(telling.date)):
                return None
            score += 4
        here = telling.place in self.places
        if telling.subjects and self.subjects:
            if set(telling.subjects) & set(self.subjects):
                score += 2
            elif not here:
                return None
        if telling.kinds & self.deal.kinds:
            score += 2
        elif telling.kinds and self.deal.kinds and not here:
            return None
        return score + here

    def _known(self, name: str) -> str | None:
        value = self.deal.properties.get(name)
        return value if isinstance(value, str) else None


_BY_PARTNER = compile_pattern(
    r"(?:\b(?:the|its|their|this)|{one}(?<=s)) (?:[12]\d\d\d )?(?P<partner>{one}) (?P<kind>(?:[\w&-]+,? ){0,4}?(?:agreement|license|licence|collaboration|partnership|alliance))\b(?! with| between| dated)"
)


class Drafts(list[Draft]):
    """All deals of a filing so far, in the order in which they were first spoken of."""

    def find(self, parties: Sequence[Entity], telling: Telling) -> Draft:
        """The deal of these parties that a sentence speaks of; a new one if none fits."""
        best: tuple[int, Draft] | None = None
        for draft in self:
            if set(parties) <= set(draft.parties):
                score = draft.fit(telling)
                if score is not None and (best is None or score >= best[0]):
                    best = (score, draft)
        return best[1] if best is not None and best[0] > 0 else self.open(parties)

    def open(self, parties: Sequence[Entity], *kinds: str) -> Draft:
        """A new deal of these parties."""
        self.append(Draft(Deal(kinds=set(kinds)), list(parties)))
        return self[-1]

    def called(self, words: str) -> Draft | None:
        """The latest deal whose defined name stands in the words."""
        squeezed = re.sub(r"\s+", " ", words)
        return next((d for d in reversed(self) if any(name in squeezed for name in d.names)), None)

    def named_by_partner(self, masked: Masked) -> Draft | None:
        """The one deal that a sentence calls by its partner and kind: "the Alnora supply agreement expires"."""
        for m in _BY_PARTNER.finditer(masked.text):
            partner, kinds = set(masked.find(m["partner"])), kinds_in(m["kind"])
            meant = [d for d in self if partner <= set(d.parties) and kinds & d.deal.kinds]
            if len(meant) == 1:
                return meant[0]
        return None

    def collaboration_of(self, parties: Sequence[Entity]) -> Draft:
        """The collaboration of these parties, opened if nothing has told of it yet."""
        known = (d for d in self if set(d.parties) == set(parties) and "collaboration" in d.deal.kinds)
        return next(known, None) or self.open(parties, "collaboration")


def _announceable(date: str | None, announced: str | None) -> bool:
    """Whether a deal of this date can be news on that one: news is not older than the turn of a year."""
    if not date or not announced:
        return True
    years = int(announced[:4]) - int(date[:4])
    return years == 0 or (years == 1 and date[5:7] in ("", "11", "12") and announced[5:7] in ("", "01", "02"))
