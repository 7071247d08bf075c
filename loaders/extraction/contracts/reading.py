"""Puts together what is read off a contract: one deal with its parties, dates, law, grants and terms."""

from __future__ import annotations

from biopact.graph.records import Value
from biopact.loaders.extraction.contracts.amended import changed_by
from biopact.loaders.extraction.contracts.clauses import Contract, Span, When
from biopact.loaders.extraction.contracts.covenants import read_covenants
from biopact.loaders.extraction.contracts.duration import read_duration
from biopact.loaders.extraction.contracts.grants import Passing, read_grants
from biopact.loaders.extraction.contracts.law import read_law
from biopact.loaders.extraction.contracts.payments import read_payments
from biopact.loaders.extraction.contracts.preamble import Preamble, read_preamble
from biopact.loaders.extraction.contracts.scope import read_field, read_sublicensing, read_territory
from biopact.loaders.extraction.contracts.signatories import Signatories, signatories
from biopact.loaders.extraction.contracts.subjects import read_subjects
from biopact.loaders.extraction.contracts.title import read_title
from biopact.loaders.extraction.deal import Deal, Term
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.filing import Document


def read_contract(book: FactBook, document: Document) -> Deal | None:
    """The deal that a contract makes, or None when neither a title nor parties can be read.

    Of a contract that changes an earlier one it is the earlier deal, with the contract's own deal as the change.
    Nothing is added to `book.deals`; entities are entered into the book.
    """
    contract = Contract(book, document)
    preamble = read_preamble(contract)
    title = read_title(contract, preamble.start if preamble else contract.begin + 1500)
    if preamble is None:
        if title is None:
            return None
        preamble = Preamble((), title[1], title[1])
    deal = Deal()
    if title:
        deal.title = contract.words(title)
        deal.properties["title"] = deal.title
        deal.evidence.append(contract.quote(title, "title", 0.95))
    names = signatories(contract, preamble.parties)
    subjects = read_subjects(contract, title[1] if title else contract.begin, names)
    passing = read_grants(contract, deal.title or "", names, subjects)
    deal.kinds |= passing.kinds
    deal.grants.extend(passing.grants)
    _enter_parties(deal, contract, names)
    _enter_duration(deal, contract, preamble, title)
    _enter_law(deal, contract)
    if not any(e.type == "Person" for e in names.entities):
        _enter_scope(deal, contract, passing)
        _enter_payments(deal, contract, passing)
        _enter_covenants(deal, contract, names)
    earlier = changed_by(contract, deal, title, names) if title else None
    return earlier or deal


def _enter_parties(deal: Deal, contract: Contract, names: Signatories) -> None:
    """Each party in the role the contract gives it, unless a grant already says what it is."""
    granted = {e for g in deal.grants for e in (g.source, g.target)}
    for entity, party in zip(names.entities, names.parties, strict=True):
        if entity not in granted:
            deal.parties.append((entity, party.role, contract.quote(party.span, "party", 0.95)))


def _state(
    deal: Deal,
    contract: Contract,
    kind: str,
    span: Span,
    value: str | None,
    *,
    name: str | None = None,
    state: str = "stated",
) -> None:
    """One term with its evidence, and the property of the agreement that it fills; no value means it is blacked out."""
    evidence = contract.quote(span, kind, 0.9)
    deal.terms.append(Term(kind, state if value is not None else "redacted", evidence, value))
    if name and value is not None:
        deal.properties[name] = value


def _enter_duration(deal: Deal, contract: Contract, preamble: Preamble, title: Span | None) -> None:
    duration = read_duration(contract, preamble, title[1] if title else contract.begin)
    dated: tuple[tuple[str, When | None], ...] = (
        ("agreement date", duration.agreement),
        ("effective date", duration.effective),
        ("expiration date", duration.expiration),
    )
    for kind, when in dated:
        if when:
            _state(deal, contract, kind, when.span, when.value, name=kind.replace(" ", "_"), state=when.state)
    if duration.term:
        _state(
            deal,
            contract,
            "term",
            duration.term,
            None if duration.term_redacted else contract.words(duration.term)[:300],
        )
    if duration.renewal:
        _state(deal, contract, "renewal", duration.renewal, contract.words(duration.renewal)[:300])


def _enter_law(deal: Deal, contract: Contract) -> None:
    law = read_law(contract)
    if law:
        _state(deal, contract, "governing law", law[1], law[0], name="governing_law")


def _enter_scope(deal: Deal, contract: Contract, passing: Passing) -> None:
    if passing.exclusivity:
        _state(deal, contract, "exclusivity", passing.exclusivity[1], passing.exclusivity[0], name="exclusivity")
    territory = read_territory(contract, passing.licence)
    if territory:
        _state(deal, contract, "territory", territory[1], territory[0], name="territory")
    field = read_field(contract)
    if field:
        _state(deal, contract, "field", field[1], field[0], name="field")
    sublicensing = read_sublicensing(contract, passing.licence) if passing.licence else None
    if sublicensing:
        _state(deal, contract, "sublicensing", sublicensing[1], sublicensing[0])
        deal.properties["sublicensing"] = sublicensing[0] != "not permitted"


def _enter_payments(deal: Deal, contract: Contract, passing: Passing) -> None:
    payments = read_payments(contract, passing.licence, deal.kinds)
    stated: tuple[tuple[str, Value | None], ...] = (
        ("upfront_usd", payments.upfront_usd),
        ("milestones_max_usd", payments.milestones_max_usd),
        ("royalties", payments.royalties),
        ("price_usd", payments.price_usd),
    )
    for name, value in stated:
        if value is not None:
            deal.properties[name] = value
    deal.terms.extend(payments.terms)


def _enter_covenants(deal: Deal, contract: Contract, names: Signatories) -> None:
    for term in read_covenants(contract, names):
        deal.terms.append(term)
        if term.kind == "retained rights" and term.value:
            deal.properties["retained_rights"] = term.value
