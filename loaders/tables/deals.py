"""One row of a table as a deal: its parties in their roles, what it covers, and each of its terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from urllib.parse import urlsplit

from biopact.graph.records import Evidence
from biopact.loaders.extraction.deal import Deal, Entity, Grant, Term
from biopact.loaders.extraction.facts import FactBook
from biopact.loaders.extraction.terms.scope import exclusivity
from biopact.loaders.tables.cells import CellError, amount, date_of, is_blank, members, rates, state_of
from biopact.loaders.tables.mapping import DATES, MONEY, PARTIES, SUBJECTS, Columns, DealType, known_types
from biopact.loaders.tables.rows import Fault, Row
from biopact.loaders.tables.words import phrases, plain, table

# Which edge two roles make, and the kind of a deal that says no other.
_GRANTS = (
    ("licensor", "licensee", "LICENSES_TO", "license"),
    ("acquirer", "target", "ACQUIRES", "acquisition"),
    ("acquirer", "seller", "ACQUIRES", "asset purchase"),
    ("supplier", "customer", "SUPPLIES_TO", "supply"),
    ("investor", "issuer", "HOLDS_STAKE_IN", "equity"),
)
_TOGETHER = frozenset(("collaboration", "research", "co-development", "co-promotion", "joint venture"))
_USD = {"upfront": "upfront_usd", "purchase price": "price_usd", "total value": "total_value_usd"}
_PARTS = ("development milestones", "regulatory milestones", "sales milestones")
_MOST_PARTIES = 50  # of one deal; more of them are a cell at fault
_CURRENCIES = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_FAILED = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
_BETWEEN_TYPES = re.compile(r"\s*(?:[;,/+|\n]|(?:\band\b)|(?<=\s)&(?=\s))\s*")


class RowError(ValueError):
    """A row says of no deal; the message says why."""

    def __init__(self, why: str, column: str | None = None) -> None:
        super().__init__(why)
        self.column = column


class RowReader:
    """Reads the rows of one table, by its columns."""

    def __init__(self, columns: Columns, book: FactBook) -> None:
        self.columns = columns
        self.book = book
        self.entities: dict[tuple[str, str], Entity] = {}
        self.types = {**known_types(), **columns.types}
        self.statuses = {**table("statuses"), **columns.statuses}
        self.faults: list[Fault] = []

    def deal(self, row: Row, evidence: Evidence) -> Deal | None:
        """The deal of a row; cells that cannot be read become faults, and None a row that tells of no deal."""
        deal = Deal(evidence=[evidence])
        types = self._types(row, deal)
        try:
            parties = self._parties(row, types, evidence)
        except RowError as error:
            self.faults.append(Fault(row.number, error.column, str(error)))
            return None
        subjects = tuple(self._subjects(row, evidence))
        deal.subjects += [(subject, evidence) for subject in subjects]
        deal.grants += _grants(parties, subjects, deal.kinds, evidence)
        granted = {entity for grant in deal.grants for entity in (grant.source, grant.target)}
        for role, entities in parties.items():
            open_ = role in ("company", "partner", "parties")
            deal.parties += [(e, "party" if open_ else role, evidence) for e in entities if e not in granted]
        for read in (self._dates, self._scope, self._money, self._royalty, self._rest):
            read(row, deal, evidence)
        return deal

    def _named(self, type_: str, name: str, evidence: Evidence, **identifiers: str) -> Entity:
        """The entity of a name. The first row that has it is evidence enough, of ten thousand."""
        found = self.entities.get((type_, name))
        if found is None:
            found = self.entities[type_, name] = self.book.entity(type_, name, evidence)
        for key, value in identifiers.items():
            found.properties.setdefault(key, value)
        return found

    # --- cells

    def _cell(self, row: Row, name: str) -> str:
        column = self.columns.fields.get(name)
        return row.cells[column.heading] if column else ""

    def _said(self, row: Row, name: str) -> str | None:
        """What a cell says; None where it says nothing, or holds a formula without a value, which is a fault."""
        cell = self._cell(row, name)
        if is_blank(cell):
            return None
        if cell.startswith("="):
            self._fault(row, name, "a formula without its value; open the workbook in Excel and save it")
        elif _FAILED.fullmatch(cell.strip()):
            self._fault(row, name, f"its formula fails: {cell.strip()}")
        else:
            return cell.strip()
        return None

    def _fault(self, row: Row, name: str, why: str) -> None:
        self.faults.append(Fault(row.number, self.columns.fields[name].heading, why))

    # --- what the deal is, between whom, about what

    def _types(self, row: Row, deal: Deal) -> list[DealType]:
        said = self._said(row, "type")
        if said is None or state_of(said):
            return []
        found = [self.types[plain(said)]] if plain(said) in self.types else []
        if not found:
            column = self.columns.fields["type"]
            parts = members(said, column.separator) if column.separator else _BETWEEN_TYPES.split(said)
            unknown = [part for part in parts if part and plain(part) not in self.types]
            found = [self.types[plain(part)] for part in parts if plain(part) in self.types]
            if unknown:
                word = plain(unknown[0])
                self._fault(row, "type", f"{unknown[0]!r} is no type it knows; say under `types` what {word!r} is")
        deal.kinds |= {kind for type_ in found for kind in type_.kinds}
        return found

    def _parties(self, row: Row, types: list[DealType], evidence: Evidence) -> dict[str, list[Entity]]:
        """The parties of each role; RowError where the row names fewer than two and keeps none quiet."""
        found: dict[str, list[Entity]] = {}
        quiet = False
        for column in PARTIES:
            said = self._said(row, column)
            if said is None:
                continue
            separator = self.columns.fields[column].separator
            names = members(said, separator) if separator or column == "parties" else [" ".join(said.split())]
            if len(names) > _MOST_PARTIES:
                raise RowError(f"it names {len(names)} parties", self.columns.fields[column].heading)
            identifiers = self._identifiers(row, column) if len(names) == 1 else {}
            for name in names:
                if state_of(name):
                    quiet = True
                elif not re.search(r"[^\W_]", name):
                    raise RowError(f"{name!r} is no name of a party", self.columns.fields[column].heading)
                else:
                    entity = self._named("Company", name, evidence, **identifiers)
                    found.setdefault(_role(column, types), []).append(entity)
        if len({entity for entities in found.values() for entity in entities}) < (1 if quiet else 2):
            listed = [self.columns.fields[n].heading for n in PARTIES if n in self.columns.fields]
            raise RowError(f"a deal has two parties, and {' and '.join(listed)} name fewer")
        return found

    def _identifiers(self, row: Row, name: str) -> dict[str, str]:
        found = {}
        for identifier, heading in self.columns.fields[name].identifiers:
            said = row.cells[heading].strip()
            if is_blank(said) or state_of(said):
                continue
            if identifier == "cik":
                digits = said.upper().removeprefix("CIK").strip(" :-")
                if not (digits.isascii() and digits.isdecimal() and len(digits) <= 10 and int(digits)):
                    self.faults.append(Fault(row.number, heading, f"{said!r} is no CIK of up to ten digits"))
                    continue
                said = digits.zfill(10)
            found[identifier] = said
        return found

    def _subjects(self, row: Row, evidence: Evidence) -> Iterator[Entity]:
        for name, type_ in SUBJECTS.items():
            said = self._said(row, name)
            for each in members(said, self.columns.fields[name].separator) if said else ():
                if not state_of(each) and re.search(r"[^\W_]", each):
                    yield self._named(type_, each, evidence)

    # --- terms

    def _quiet(self, deal: Deal, kind: str, evidence: Evidence, said: str) -> bool:
        """Whether a cell keeps its value quiet, which is a term too."""
        state = state_of(said)
        if state:
            deal.terms.append(Term(kind, state, evidence, words=said))
        return state is not None

    def _dates(self, row: Row, deal: Deal, evidence: Evidence) -> None:
        for name in DATES:
            said = self._said(row, name)
            if said is None or self._quiet(deal, name, evidence, said):
                continue
            try:
                value = date_of(said, self.columns.dates)
            except CellError as error:
                self._fault(row, name, str(error))
                continue
            deal.properties[name.replace(" ", "_")] = value
            deal.terms.append(Term(name, "stated", evidence, value, words=said))

    def _scope(self, row: Row, deal: Deal, evidence: Evidence) -> None:
        for name in ("territory", "exclusivity", "field", "governing law"):
            said = self._said(row, name)
            if said is None or self._quiet(deal, name, evidence, said):
                continue
            value: str | None = " ".join(said.split())
            if name == "territory":
                value = table("territories").get(plain(said), value)
            elif name == "exclusivity":
                value = {"yes": "exclusive", "no": "non-exclusive"}.get(plain(said)) or exclusivity(said)
                if value is None:
                    self._fault(row, name, f"{said!r} says neither exclusive, co-exclusive, sole nor non-exclusive")
                    continue
            deal.properties[name.replace(" ", "_")] = str(value)
            deal.terms.append(Term(name, "stated", evidence, value, words=said))

    def _money(self, row: Row, deal: Deal, evidence: Evidence) -> None:
        code = self._said(row, "currency")
        code = _CURRENCIES.get(code, code.upper()) if code and not state_of(code) else None
        if code and not re.fullmatch(r"[A-Z]{3}", code):
            self._fault(row, "currency", f"{code!r} is no currency of three letters")
            code = None
        dollars: dict[str, float] = {}
        for name in MONEY:
            said = self._said(row, name)
            if said is None or self._quiet(deal, name, evidence, said):
                continue
            try:
                sum_ = amount(said, self.columns.fields[name], self.columns, code)
            except CellError as error:
                self._fault(row, name, str(error))
                continue
            deal.terms.append(Term(name, "stated", evidence, None, sum_.value, sum_.currency, words=said))
            if sum_.currency == "USD":
                dollars[name] = sum_.value
        deal.properties |= {key: dollars[name] for name, key in _USD.items() if name in dollars}
        parts = [dollars[name] for name in _PARTS if name in dollars]
        if "milestones" in dollars or parts:
            deal.properties["milestones_max_usd"] = dollars.get("milestones", sum(parts))

    def _royalty(self, row: Row, deal: Deal, evidence: Evidence) -> None:
        said = self._said(row, "royalty")
        if said is None or self._quiet(deal, "royalty", evidence, said):
            return
        try:
            words = rates(said, self.columns.decimal)
        except CellError as error:
            self._fault(row, "royalty", str(error))
            return
        due = plain(said) not in phrases("no_royalties")
        value = words if due and plain(said) not in phrases("some_royalties") else "royalties" if due else "none"
        deal.properties["royalties"] = due
        deal.terms.append(Term("royalty", "stated", evidence, value, words=words))

    def _rest(self, row: Row, deal: Deal, evidence: Evidence) -> None:
        title, status, source = (self._said(row, name) for name in ("title", "status", "source"))
        if title and not state_of(title):
            deal.title = " ".join(title.split())
            deal.properties["title"] = deal.title
        if status and not state_of(status):
            known = self.statuses.get(plain(status))
            if known:
                deal.properties["status"] = known
            else:
                self._fault(row, "status", f"{status!r} is no status it knows; say under `statuses` what it is")
        if source and not state_of(source):
            if _is_address(source):
                deal.properties["urls"] = (source,)
            else:
                self._fault(row, "source", f"{source!r} is no http or https address")


def _grants(
    parties: dict[str, list[Entity]], subjects: tuple[Entity, ...], kinds: set[str], evidence: Evidence
) -> Iterator[Grant]:
    """What passes between the parties, by their roles; a deal without kinds takes those that its roles tell."""
    told = bool(kinds)
    for one, other, type_, kind in _GRANTS:
        for source in parties.get(one, ()):
            for target in parties.get(other, ()):
                if not told:
                    kinds.add(kind)
                yield Grant(type_, source, target, (evidence,), subjects)
    if kinds & _TOGETHER:
        for source, target in combinations(dict.fromkeys(e for entities in parties.values() for e in entities), 2):
            yield Grant("COLLABORATES_WITH", source, target, (evidence,), subjects)


def _role(column: str, types: list[DealType]) -> str:
    """The role that a column of parties stands for, which a type such as in-licensing gives to company and partner."""
    if column == "company":
        return next((t.company for t in types if t.company), column)
    if column == "partner":
        return next((t.partner for t in types if t.partner), column)
    return column


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
