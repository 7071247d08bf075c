"""What the columns of a table of deals mean: the mapping that its owner writes, as YAML, and its strict reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from biopact.graph.records import digest
from biopact.loaders.tables.words import plain, table
from biopact.ontology import load_schema
from biopact.ontology.errors import SchemaError
from biopact.ontology.strict_yaml import StrictReader, UniqueKeyLoader

# Columns that name a party, in the role that the party plays; `company` and `partner` leave the role open.
ROLES = ("licensor", "licensee", "acquirer", "target", "seller", "supplier", "customer", "investor", "issuer")
PARTIES = (*ROLES, "company", "partner", "parties")
SUBJECTS = {
    "compounds": "Compound",
    "technologies": "Technology",
    "indications": "Indication",
    "biological targets": "Target",
}
DATES = ("agreement date", "announced date", "effective date", "expiration date", "termination date")
MONEY = (
    "upfront", "milestones", "development milestones", "regulatory milestones", "sales milestones", "equity",
    "research funding", "loan", "purchase price", "total value", "option fee", "other payment",
)  # fmt: skip
WORDS = (
    "type",
    "title",
    "status",
    "territory",
    "exclusivity",
    "field",
    "governing law",
    "royalty",
    "currency",
    "source",
)
FIELDS = (*PARTIES, *SUBJECTS, *DATES, *MONEY, *WORDS)

UNITS = {"ones": 1.0, "thousands": 1e3, "millions": 1e6, "billions": 1e9}
ORDERS = ("day first", "month first")
_IDENTIFIERS = ("cik", "ticker", "lei")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table, by its heading, and how its cells are written."""

    heading: str
    separator: str | None = None  # between the members of a list in one cell
    unit: str | None = None  # of amounts that name no scale of their own
    currency: str | None = None  # of amounts that name none
    identifiers: tuple[tuple[str, str], ...] = ()  # of a party: cik, ticker, lei, each with the heading of its column


@dataclass(frozen=True, slots=True)
class DealType:
    """What one of the table's own words for a type of deal stands for."""

    kinds: tuple[str, ...]
    company: str | None = None  # the role of the party in the column `company`
    partner: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """A mapping: which column says what, and what the table's words mean."""

    fields: Mapping[str, Column]
    types: Mapping[str, DealType] = field(default_factory=dict)  # beside those of words.yaml
    statuses: Mapping[str, str] = field(default_factory=dict)
    name: str | None = None  # what a table is kept under, so that its next edition takes its place
    sheets: tuple[str, ...] = ()  # of a workbook; none named: every sheet that has the columns
    header: int | None = None  # number of the row with the headings; None: the first that has them all
    dates: str | None = None  # day first, month first
    decimal: str = "."
    currency: str | None = None
    unit: str = "ones"

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that the mapping names."""
        return tuple(dict.fromkeys(_headings(self.fields.values())))

    @property
    def key(self) -> str:
        """A hash of all that the mapping says: what is read with another mapping is read anew."""
        said = {slot: getattr(self, slot) for slot in self.__slots__ if slot != "name"}
        return digest(*(sorted(v.items()) if isinstance(v, dict) else v for v in said.values()))


def _headings(columns: Any) -> Iterator[str]:
    for column in columns:
        yield column.heading
        yield from (heading for _, heading in column.identifiers)


def read_columns(path: Path) -> Columns:
    """The mapping of a YAML file; SchemaError says which key of it is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SchemaError(f"{path}: no such file; `biopact columns TABLE` proposes a mapping") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SchemaError(f"{path}: cannot be read as a mapping of columns: {error}") from error
    return columns_of(text, str(path))


def columns_of(text: str, where: str = "mapping") -> Columns:
    """The mapping that a YAML text holds.

    >>> columns_of("columns: {licensor: From, licensee: To}").headings
    ('From', 'To')
    """
    try:
        loaded = yaml.load(text, UniqueKeyLoader)
    except yaml.YAMLError as error:
        raise SchemaError(f"{where}: no YAML: {' '.join(str(error).split())}") from error
    return _Reader(where).columns(loaded)


class _Reader(StrictReader):
    """Checks of a mapping."""

    def columns(self, loaded: object) -> Columns:
        optional = ("name", "sheet", "header", "dates", "decimal", "currency", "unit", "types", "statuses")
        given = self.mapping("mapping", loaded, ("columns",), optional)
        fields = self.mapping("columns", given["columns"], (), FIELDS)
        read = {name: self.column(f"columns.{name}", name, fields[name]) for name in FIELDS if name in fields}
        if not any(name in read for name in PARTIES):
            raise self.fail("columns", f"none of them names a party; known are {', '.join(PARTIES)}")
        header = given.get("header")
        if header is not None and (not isinstance(header, int) or isinstance(header, bool) or header < 1):
            raise self.fail("header", f"expected the number of a row, found {header!r}")
        sheet = given.get("sheet")
        return Columns(
            read,
            {plain(str(k)): self.type(f"types.{k}", v) for k, v in self.given("types", given).items()},
            {
                plain(str(k)): self.one_of(f"statuses.{k}", v, _vocabulary("agreement_status"))
                for k, v in self.given("statuses", given).items()
            },
            self.text("name", given["name"]) if "name" in given else None,
            () if sheet is None else self.texts("sheet", sheet if isinstance(sheet, list) else [sheet]),
            header,
            self.one_of("dates", given["dates"], ORDERS) if "dates" in given else None,
            self.one_of("decimal", given.get("decimal", "."), (".", ",")),
            self.currency("currency", given["currency"]) if "currency" in given else None,
            self.one_of("unit", given.get("unit", "ones"), tuple(UNITS)),
        )

    def column(self, key: str, name: str, value: object) -> Column:
        if isinstance(value, str):
            return Column(self.text(key, value))
        optional: tuple[str, ...] = ()
        if name in MONEY:
            optional = ("unit", "currency")
        elif name in SUBJECTS or name == "type":
            optional = ("separator",)
        elif name in PARTIES:
            optional = ("separator",) if name == "parties" else ("separator", *_IDENTIFIERS)
        given = self.mapping(key, value, ("column",), optional)
        return Column(
            self.text(f"{key}.column", given["column"]),
            self.text(f"{key}.separator", given["separator"]) if "separator" in given else None,
            self.one_of(f"{key}.unit", given["unit"], tuple(UNITS)) if "unit" in given else None,
            self.currency(f"{key}.currency", given["currency"]) if "currency" in given else None,
            tuple((i, self.text(f"{key}.{i}", given[i])) for i in _IDENTIFIERS if i in given),
        )

    def type(self, key: str, value: object) -> DealType:
        if isinstance(value, str | list):
            return DealType(self.kinds(key, value))
        given = self.mapping(key, value, ("kinds",), ("company", "partner"))
        ends = [self.one_of(f"{key}.{e}", given[e], ROLES) if e in given else None for e in ("company", "partner")]
        return DealType(self.kinds(f"{key}.kinds", given["kinds"]), *ends)

    def kinds(self, key: str, value: object) -> tuple[str, ...]:
        listed = self.texts(key, value if isinstance(value, list) else [value])
        return tuple(self.one_of(key, kind, _vocabulary("agreement_kind")) for kind in listed)

    def given(self, key: str, loaded: dict[str, Any]) -> dict[Any, Any]:
        value = loaded.get(key, {})
        if not isinstance(value, dict):
            raise self.fail(key, f"expected a mapping of the table's words, found {type(value).__name__}")
        return value

    def currency(self, key: str, value: object) -> str:
        if not (isinstance(value, str) and len(value) == 3 and value.isascii() and value.isupper()):
            raise self.fail(key, f"expected a code of three capitals, as in USD, found {value!r}")
        return value

    def one_of(self, key: str, value: object, known: tuple[str, ...]) -> str:
        if value not in known:
            raise self.fail(key, f"{value!r} is none of {', '.join(known)}")
        return str(value)


def _vocabulary(name: str) -> tuple[str, ...]:
    return load_schema().vocabularies[name]


def known_types() -> dict[str, DealType]:
    """The types of deals of words.yaml."""
    return {
        word: DealType(tuple(said["kinds"]), said.get("company"), said.get("partner"))
        for word, said in table("types").items()
    }
