"""States who holds how many shares of a company: the holder, the issuer, and which holders report the same shares."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from biopact.graph.names import company_key, fold
from biopact.graph.records import Evidence
from biopact.loaders.extraction.cover import is_organisation, subject_company
from biopact.loaders.extraction.deal import Entity
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.namesakes import full_key, namesakes

Said = tuple[str, Evidence]  # a value and the words that say it


@dataclass(frozen=True, slots=True)
class Stake:
    """What a form says of one reporting person."""

    name: str
    types: frozenset[str]  # codes of row 12 or 14, as in IN, CO, PN
    shares: float | None
    percent: float | None
    evidence: tuple[Evidence, ...]
    shared: tuple[float, ...] = ()  # over which voting or disposing is shared with others
    cik: str | None = None


def state_stakes(
    book: FactBook,
    issuer: tuple[Entity, Evidence],
    stakes: Sequence[Stake],
    as_of: Said | None,
    security_class: Said | None,
    prefix: str = "",
) -> None:
    """State what each person holds of one class of the issuer's shares.

    `prefix` keeps the blocks of several classes in one form apart.
    """
    company, words = issuer
    alike = namesakes([s.name for s in stakes] + [n for f in book.keep for n in (f.name, *f.aliases)])
    for stake, block in zip(stakes, shared_blocks([{s.shares, *s.shared} for s in stakes]), strict=True):
        said = [said[1] for said in (as_of, security_class) if said]
        book.relate(
            "HOLDS_STAKE_IN",
            _holder(book, stake, alike),
            company,
            [*stake.evidence, words, *said],
            percent=stake.percent,
            shares=stake.shares,
            security_class=security_class[0] if security_class else None,
            block=f"{book.filing.id.partition('/')[2]}/{prefix}{block}" if block else None,
            as_of=as_of[0] if as_of else None,
            date=as_of[0] if as_of else None,
        )


def shared_blocks(amounts: Sequence[Set[float | None]]) -> list[int]:
    """Which persons report the same shares: a number from 1 for each block that several hold, 0 for one of one's own.

    The amounts of a person are all shares and those held with others. Who has an amount in common holds them together:
    a fund, its general partner, and the man behind both.

    >>> shared_blocks([{2_100_000}, {2_435_000, 2_100_000}, {50_000}, {0, None}])
    [1, 1, 0, 0]
    """
    above: dict[float, float] = {}  # of each amount another one of its block, in the end one for all

    def block(amount: float) -> float:
        while above.setdefault(amount, amount) != amount:
            above[amount] = amount = above[above[amount]]
        return amount

    held = [sorted(amount for amount in stated if amount) for stated in amounts]
    for first, *others in filter(None, held):
        for other in others:
            above[block(other)] = block(first)
    persons: dict[float, list[int]] = {}
    for person, own in enumerate(held):
        if own:
            persons.setdefault(block(own[0]), []).append(person)
    shared = [together for together in persons.values() if len(together) > 1]
    numbers = {person: number for number, together in enumerate(shared, 1) for person in together}
    return [numbers.get(person, 0) for person in range(len(amounts))]


def _holder(book: FactBook, stake: Stake, alike: frozenset[str]) -> Entity:
    """The reporting person, who is the filer of the header when the words of the two names are the same."""
    person = "IN" in stake.types if stake.types else not is_organisation(stake.name)
    type_ = "Person" if person else "Company"
    exact = full_key(stake.name) in alike
    same = [f for f in book.keep if f.type in ("Person", "Company") and _same(f, stake.name, exact)]
    if not same:
        holder = book.entity(type_, stake.name, stake.evidence[0], exact=exact)
    else:
        holder = same[0]
        holder.alias(stake.name)
        if holder.type != type_:  # the header does not say which it is, the schedule does
            holder.type = type_
            holder.properties = {k: v for k, v in holder.properties.items() if k == "cik" or not person}
    if stake.cik:
        holder.properties.setdefault("cik", stake.cik)
    return holder


def _same(filer: Entity, name: str, exact: bool) -> bool:
    """Whether a filer has the name; EDGAR puts a person's last name first."""
    words = sorted(fold(name).split())
    names = (filer.name, *filer.aliases)
    return any(
        sorted(fold(n).split()) == words
        or full_key(n) == full_key(name)
        or (not exact and company_key(n) == company_key(name))
        for n in names
    )


def issuer_of(book: FactBook, name: str, words: Evidence, cik: str | None) -> tuple[Entity, Evidence]:
    """The company whose shares are held: the one that the header says the form is about, where it names one."""
    subject = subject_company(book)
    if subject is not None and (cik is None or subject.properties.get("cik", cik) == cik):
        subject.alias(name)
        company = book.entity("Company", subject.name, words, aliases=[name])
    else:
        company = book.entity("Company", name, words)
    if cik:
        company.properties.setdefault("cik", cik)
    return company, words


def cik_of(text: str) -> str | None:
    """A CIK in its full length."""
    text = text.strip()
    return text.zfill(10) if text.isascii() and text.isdigit() and len(text) <= 10 and int(text) else None
