"""When two filings speak of one agreement: same parties, same family of deal, dates or subjects that agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from biopact.graph.records import Node, digest

# Kinds of deal that are one thing said in two ways.
FAMILIES: tuple[frozenset[str], ...] = (
    frozenset(("license", "option", "distribution", "research", "collaboration", "co-development", "co-promotion")),
    frozenset(("supply", "manufacturing", "services")),
    frozenset(("acquisition", "asset purchase")),
    frozenset(("equity", "loan")),
    frozenset(("joint venture",)),
)
_CHANGES = frozenset(("amendment", "termination", "option exercise"))
_DATES = ("agreement_date", "effective_date", "announced_date")
_TO_THE_DAY = len("2006-10-17")
_DAYS = 31  # an agreement is announced, or takes effect, within about a month of being signed

Local = tuple[str, str]


@dataclass(frozen=True, slots=True)
class AgreementKey:
    """What tells an agreement from others."""

    parties: tuple[str, ...]
    families: frozenset[int]
    dates: tuple[str, ...]  # as far as known, the signing first
    subjects: frozenset[str]
    title: str


def agreement_key(node: Node, parties: Iterable[str], subjects: Iterable[str]) -> AgreementKey:
    """The key of one filing's agreement, its parties and subjects given by their global ids."""
    kinds = node.properties.get("kinds", ())
    known = set(kinds) if isinstance(kinds, tuple) else set()
    dates = tuple(str(node.properties[d]) for d in _DATES if d in node.properties)
    return AgreementKey(
        tuple(sorted(parties)),
        frozenset(family_numbers(known)),
        dates,
        frozenset(subjects),
        node.name if not known else "",
    )


def family_numbers(kinds: Iterable[str]) -> list[int]:
    """The families that kinds of deal belong to; what amends or ends an agreement is never that agreement."""
    known = set(kinds)
    if known & _CHANGES:
        return [len(FAMILIES)]
    return [i for i, family in enumerate(FAMILIES) if family & known]


def agreement_id(key: AgreementKey) -> str:
    """``agreement/<hash>`` of parties, family, and the first date or else the subjects."""
    mark = key.dates[0] if key.dates else "|".join(sorted(key.subjects))
    title = key.title if not key.parties else ""
    return f"agreement/{digest(*key.parties, sorted(key.families)[:1], mark, title)}"


def agreement_groups(keyed: Mapping[Local, AgreementKey]) -> dict[Local, str]:
    """The id of each filing's agreements: those that are one share it, and it is one of their own.

    Agreements of one filing are told apart by its reader and stay apart.
    """
    groups: list[_Group] = []
    bearing: dict[str, list[int]] = defaultdict(list)  # what an agreement has to share with a group -> those groups
    for at in sorted(keyed, key=lambda a: (not keyed[a].dates, keyed[a].dates, -len(keyed[a].parties), a)):
        key = keyed[at]
        marks = _marks(key)
        fitting = [g for n in sorted({n for m in marks for n in bearing[m]}) if (g := groups[n]).fits(at, key)]
        undated = [g for g in fitting if not g.dates]
        if len(fitting) == 1 or (fitting and key.dates):
            group = fitting[0]
        elif undated:  # which of several is meant nobody says, but the same can be meant again
            group = undated[0]
        else:
            group = _Group(key, len(groups))
            groups.append(group)
        group.add(at, key)
        for mark in marks:
            bearing[mark].append(group.number)
    found: dict[Local, str] = {}
    taken: set[str] = set()
    for group in groups:
        filing, id_ = group.members[0]
        if id_ in taken:  # another filing tells another deal of the same parties and no date
            id_ = f"agreement/{digest(id_, filing)}"
        taken.add(id_)
        found |= dict.fromkeys(group.members, id_)
    return found


@dataclass(slots=True)
class _Group:
    """Agreements that are one, with what all of them tell."""

    first: AgreementKey
    number: int
    members: list[Local] = field(default_factory=list)
    filings: set[str] = field(default_factory=set)
    families: set[int] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)

    def add(self, at: Local, key: AgreementKey) -> None:
        self.members.append(at)
        self.filings.add(at[0])
        self.families |= key.families
        self.dates.update(key.dates)
        self.subjects |= key.subjects

    def fits(self, at: Local, key: AgreementKey) -> bool:
        """Whether an agreement can be this one."""
        if not key.parties or at[0] in self.filings or key.families.isdisjoint(self.families):
            return False
        same_day = any(len(d) == _TO_THE_DAY and d in self.dates for d in key.dates)
        if key.parties != self.first.parties and not (same_day and _within(key, self.first)):
            return False
        if key.dates and self.dates:
            return any(near(a, b) for a in key.dates for b in self.dates)
        return not key.subjects or not self.subjects or not key.subjects.isdisjoint(self.subjects)


def _marks(key: AgreementKey) -> set[str]:
    """What agreements that are one have in common, one of these at least: all parties, or a day."""
    return {"|".join(key.parties), *(d for d in key.dates if len(d) == _TO_THE_DAY)} if key.parties else set()


def _within(key: AgreementKey, first: AgreementKey) -> bool:
    """Whether one names only parties of the other, and at least two: a summary leaves out affiliates that sign too."""
    few, many = sorted((set(key.parties), set(first.parties)), key=len)
    return len(few) > 1 and few <= many


def near(a: str, b: str) -> bool:
    """Whether two partial dates can be those of one event: one begins with the other, or both lie within a month.

    >>> near("2006-10-17", "2006-10"), near("2006-10-17", "2006-10-18"), near("2003", "2006-10-17")
    (True, True, False)
    """
    if a.startswith(b) or b.startswith(a):
        return True
    try:
        return abs((date.fromisoformat(a) - date.fromisoformat(b)).days) <= _DAYS
    except ValueError:  # one of them is not known to the day
        return False
