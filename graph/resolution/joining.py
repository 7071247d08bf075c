"""Which atoms are one entity: links taken strongest first, and what stands against them.

An identifier joins, then the same name, then what a filing states: that a compound has two names, that a company was
formerly named so, that a short name is defined for exactly one. Likeness joins nobody. A link is refused where it
would join two identifiers, what a judgement calls different, or two organisations of which a filing states a relation:
parent, subsidiary and successor stay apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from biopact.graph.names import company_key
from biopact.graph.resolution.atoms import ONE, REGISTERS, Atom, base_id, other_id
from biopact.graph.resolution.model import Link, Refusal
from biopact.graph.resolution.short_names import short_names

Pair = tuple[str, str]

JUDGED, IDENTIFIED, MARKED, SAME_NAME, STATED, FORMERLY, SHORT = 1.0, 0.99, 0.97, 0.95, 0.9, 0.85, 0.8


@dataclass(frozen=True, slots=True)
class Constraints:
    """What is known of pairs of atoms, each pair sorted."""

    same: frozenset[Pair] = frozenset()  # by judgement
    different: frozenset[Pair] = frozenset()  # by judgement
    related: frozenset[Pair] = frozenset()  # a filing states a relation between the two
    formerly: frozenset[Pair] = frozenset()  # a filing states that one is the old name of the other
    perhaps: frozenset[Pair] = frozenset()  # a filing says "formerly", and means a name or a predecessor


def pair(a: str, b: str) -> Pair:
    """Two atoms in order.

    >>> pair("company/b", "company/a")
    ('company/a', 'company/b')
    """
    return (a, b) if a <= b else (b, a)


@dataclass(slots=True)
class Joined:
    """The outcome for some atoms."""

    ids: dict[str, str]  # atom -> id of its entity
    links: list[Link] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


def join(atoms: Iterable[Atom], constraints: Constraints) -> Joined:
    """Group atoms; the outcome depends on what they are and not on their order.

    Atoms that share no key and no constraint do not touch each other's outcome.
    """
    groups = _Groups({a.id: a for a in sorted(atoms, key=lambda a: a.id)}, constraints)
    for a, b in sorted(constraints.same):
        if a in groups.atoms and b in groups.atoms:
            groups.link(a, b, "judged the same", JUDGED)
    groups.identified()
    groups.same_name()
    groups.stated()
    for a, b in sorted(constraints.formerly):
        if a in groups.atoms and b in groups.atoms:
            groups.link(a, b, "one was formerly named as the other", FORMERLY)
    groups.short_forms()
    return Joined(_ids(groups.clusters(), groups.atoms), groups.links, groups.refusals)


class _Groups:
    """Disjoint sets of atoms, with what each set may not be joined with."""

    def __init__(self, atoms: Mapping[str, Atom], constraints: Constraints) -> None:
        self.atoms = atoms
        self.links: list[Link] = []
        self.refusals: list[Refusal] = []
        self._root = {a: a for a in atoms}
        self._members = {a: [a] for a in atoms}
        self._apart: dict[str, dict[str, str]] = defaultdict(dict)  # atom -> other atom -> why they are two
        for why, pairs in (
            ("a filing states a relation between them", constraints.related),
            ("judged different", constraints.different),
        ):
            for a, b in pairs:
                if a in atoms and b in atoms:
                    self._apart[a][b] = self._apart[b][a] = why

    def root(self, atom: str) -> str:
        while self._root[atom] != atom:
            self._root[atom] = atom = self._root[self._root[atom]]
        return atom

    def clusters(self) -> list[list[str]]:
        return [sorted(self._members[root]) for root in sorted(self._members)]

    def link(self, left: str, right: str, reason: str, strength: float) -> bool:
        """Join the sets of two atoms, or keep why not."""
        a, b = sorted((self.root(left), self.root(right)))
        if a == b:
            return True
        if why := self.against(a, b, strength):
            self.refusals.append(Refusal(left, right, reason, why))
            return False
        self.links.append(Link(left, right, reason, strength))
        self._root[b] = a
        self._members[a] += self._members.pop(b)
        return True

    def against(self, a: str, b: str, strength: float) -> str:
        """Why two sets, given by their roots, may not be joined by a link of that strength; empty if they may."""
        few, many = sorted((self._members[a], self._members[b]), key=len)
        for atom in few:
            for other, why in self._apart.get(atom, {}).items():
                if self.root(other) == self.root(many[0]) and (why == "judged different" or strength < IDENTIFIED):
                    return why
        for register in REGISTERS:
            left, right = self._known(register, a), self._known(register, b)
            if left and right and left.isdisjoint(right):
                return f"different {register}s: {', '.join(m.split()[1] for m in sorted(left | right))}"
        return ""

    def _known(self, register: str, root: str) -> set[str]:
        found: set[str] = set()
        for atom in self._members[root]:
            found |= self.atoms[atom].identified(register)
        return found

    # --- the links, by what they rest on

    def identified(self) -> None:
        """A mark of a register in common; then a tax number, or a ticker on one exchange in one year or the next."""
        bearing: dict[str, list[str]] = defaultdict(list)
        for id_, atom in self.atoms.items():
            for mark in atom.marks:
                bearing[mark].append(id_)
        for mark, same in sorted(bearing.items(), key=lambda b: (b[0].split()[0] not in REGISTERS, b[0])):
            strength = IDENTIFIED if mark.split()[0] in REGISTERS else MARKED
            for other in same[1:]:
                self.link(same[0], other, f"same {mark}", strength)

    def same_name(self) -> None:
        """Equal keys of names, and legal forms that fit. A name that several bear tells none of them."""
        bearing: dict[tuple[str, str], list[str]] = defaultdict(list)
        for id_, atom in self.atoms.items():
            for k in atom.name_keys():
                bearing[(atom.type, k)].append(id_)
        for _, same in sorted(bearing.items()):
            classes, open_ = self._by_form(same)
            if len(classes) < 2:
                self._one_name(same)
            else:
                for members in (*classes, open_):
                    self._one_name(members)

    def _by_form(self, same: Sequence[str]) -> tuple[list[list[str]], list[str]]:
        """Those of one name together that can have one legal form, and those that can belong to several of these."""
        classes: list[tuple[frozenset[str], list[str]]] = []
        open_: list[str] = []
        forms = {a: self.atoms[a].forms() if self.atoms[a].type == "Company" else frozenset[str]() for a in same}
        for atom in sorted(same, key=lambda a: (not forms[a], len(forms[a]), a)):
            fitting = [members for stated, members in classes if stated & forms[atom]]
            if len(fitting) == 1:
                fitting[0].append(atom)
            elif forms[atom] and not fitting:
                classes.append((forms[atom], [atom]))
            else:
                open_.append(atom)
        return [members for _, members in classes], open_

    def _one_name(self, same: Sequence[str]) -> None:
        known = [a for a in same if self._known("CIK", self.root(a))]
        if len({self.root(a) for a in known}) > 1:
            for other in known[1:]:
                self.link(known[0], other, "same name", SAME_NAME)  # different CIKs are refused, and reported
            same = [a for a in same if a not in known]
        elif known:
            same = [known[0], *(a for a in same if a != known[0])]
        for other in same[1:]:
            self.link(same[0], other, "same name", SAME_NAME)

    def stated(self) -> None:
        """Names that a filing states for one compound."""
        bearing: dict[str, list[str]] = defaultdict(list)
        for id_, atom in self.atoms.items():
            if atom.type == "Compound":
                for k in atom.name_keys() | atom.alias_keys():
                    bearing[k].append(id_)
        for k, same in sorted(bearing.items()):
            for other in same[1:]:
                self.link(same[0], other, f"a filing states both names ({k})", STATED)

    def short_forms(self) -> None:
        """Who says only "Alnora" means Alnora Pharmaceuticals, Inc. if that is the only one it can mean."""
        companies = [a for a in self.atoms.values() if a.type == "Company"]
        for short, bearing, full in short_names(companies, self.root):
            for only in bearing:
                self.link(full, only, f'"{short}" is defined as its short name', SHORT)


def _ids(clusters: Iterable[Sequence[str]], atoms: Mapping[str, Atom]) -> dict[str, str]:
    """The id of each atom's entity: by CIK where it has one, else that of the atom that bears its best name.

    Where several entities would go by one id, the one that most filings name does.
    """
    wanted: dict[str, list[tuple[int, str, Sequence[str]]]] = defaultdict(list)
    for members in clusters:
        leading = _leading(members, atoms)
        mentions = sum(atoms[a].names.total() for a in members)
        wanted[base_id(leading)].append((-mentions, leading, members))
    found: dict[str, str] = {}
    for id_, rivals in wanted.items():
        for rank, (_, leading, members) in enumerate(sorted(rivals, key=lambda r: r[:2])):
            found |= dict.fromkeys(members, other_id(leading) if rank else id_)
    return found


def _leading(members: Sequence[str], atoms: Mapping[str, Atom]) -> str:
    registered = [a for a in members if "/cik-" in a]
    if registered:
        return min(registered)
    name = best_name(sum((atoms[a].names for a in members), Counter[str]()))
    bearing = [a for a in members if name in atoms[a].names]
    return min(bearing, key=lambda a: (ONE in a, -atoms[a].names[name], a))


def best_name(counts: Mapping[str, int], latest: tuple[str, str] = ("", "")) -> str:
    """The name of an entity, given how many filings say each; a registrant's is that of its latest filing.

    `latest` is the day of that filing and the name it gives. Among equals one in ordinary capitals, the fuller, the
    first in the alphabet.
    """
    day, present = latest
    if day:
        counts = {n: c for n, c in counts.items() if company_key(n) == company_key(present)}
    fullest = max(len(company_key(n)) for n in counts)
    return min(counts, key=lambda n: (len(company_key(n)) < fullest, n.isupper(), -counts[n], -len(n), n))
