"""What flows from extraction to the stores: nodes and edges, each with the words that state it."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from biopact.ontology.errors import ValidationError

Value = str | int | float | bool | tuple[str, ...]


def slug(name: str) -> str:
    """A readable id part: lower-case ASCII words joined by hyphens.

    >>> slug("Société Générale, S.A.")
    'societe-generale-s-a'
    """
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-") or digest(name)


def digest(*parts: object) -> str:
    """The first 16 hex digits of a SHA-256 over the parts; the tail of every hashed id."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def edge_id(type_: str, source: str, target: str, *distinct: object) -> str:
    """The id of an edge; `distinct` (an agreement id, say) keeps parallel edges apart."""
    return f"{type_.lower()}/{digest(source, target, *distinct)}"


def told_apart(type_: str, properties: Mapping[str, Value]) -> tuple[str, ...]:
    """What keeps parallel edges of one type apart, beside their ends: the `distinct` of `edge_id`.

    Their agreement and, in it, their asset; a stake that stands in no agreement is one of a day and a class of shares.
    """
    if type_ == "HOLDS_STAKE_IN" and "agreement" not in properties:
        class_ = str(properties.get("security_class", "")).partition(",")[0].strip().lower()
        return tuple(filter(None, (str(properties.get("as_of", "")), class_)))
    return tuple(str(properties[name]) for name in ("agreement", "asset") if name in properties)


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A span of a document that states a fact: ``text[start:end] == quote``."""

    filing: str  # id of the Filing node
    document: str  # id of the Document node, whose text the offsets count in
    exhibit: str  # the document's type, as in EX-99.1
    start: int
    end: int
    quote: str
    rule: str
    extractor: str
    confidence: float
    page: int | None = field(default=None, compare=False)  # of the document, from 1, where its file tells pages apart
    _id: str = field(default="", init=False, compare=False, repr=False)  # once it was asked for, as it often is

    @property
    def id(self) -> str:
        """``evidence/<hash>``: the same words read by the same rule have the same id."""
        if not self._id:
            parts = self.document, self.start, self.end, self.rule, self.extractor, self.confidence
            object.__setattr__(self, "_id", f"evidence/{digest(*parts)}")
        return self._id

    @property
    def properties(self) -> dict[str, Value]:
        """What the Evidence node of the ontology holds."""
        page: dict[str, Value] = {} if self.page is None else {"page": self.page}
        return {
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "rule": self.rule,
            "extractor": self.extractor,
            "confidence": self.confidence,
            **page,
        }

    def to_json(self) -> dict[str, Any]:
        """The form that `biopact extract` prints."""
        return {
            "document": self.exhibit,
            **self.properties,
            "filing_id": self.filing,
            "document_id": self.document,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Evidence:
        """Read back what `to_json` wrote."""
        return cls(
            data["filing_id"],
            data["document_id"],
            data["document"],
            data["start"],
            data["end"],
            data["quote"],
            data["rule"],
            data["extractor"],
            data["confidence"],
            data.get("page"),
        )


@dataclass(frozen=True, slots=True)
class Node:
    """An entity or agreement. `properties` holds no empty values."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    properties: Mapping[str, Value] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The node record of `biopact extract`, without its filing."""
        return {
            "record": "node",
            "id": self.id,
            "type": self.type,
            "name": self.name,
            "aliases": list(self.aliases),
            "properties": _plain(self.properties),
            "evidence": [e.to_json() for e in self.evidence],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Node:
        """Read back what `to_json` wrote."""
        return cls(
            data["id"],
            data["type"],
            data["name"],
            tuple(data["aliases"]),
            _frozen(data["properties"]),
            tuple(map(Evidence.from_json, data["evidence"])),
        )


@dataclass(frozen=True, slots=True)
class Edge:
    """A statement that joins two nodes, read from source to target."""

    id: str
    type: str
    source: str
    target: str
    properties: Mapping[str, Value] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The edge record of `biopact extract`, without its filing."""
        return {
            "record": "edge",
            "id": self.id,
            "type": self.type,
            "source": self.source,
            "target": self.target,
            "properties": _plain(self.properties),
            "evidence": [e.to_json() for e in self.evidence],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Edge:
        """Read back what `to_json` wrote."""
        return cls(
            data["id"],
            data["type"],
            data["source"],
            data["target"],
            _frozen(data["properties"]),
            tuple(map(Evidence.from_json, data["evidence"])),
        )


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and edges by id. Filings, documents and their texts' spans are nodes like any other."""

    nodes: Mapping[str, Node]
    edges: Mapping[str, Edge]

    def evidence(self) -> dict[str, Evidence]:
        """Every piece of evidence in the graph by its id, sorted."""
        records: list[Node | Edge] = [*self.nodes.values(), *self.edges.values()]
        return dict(sorted({e.id: e for record in records for e in record.evidence}.items()))


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(data: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no spare spaces: the same record always gives the same bytes."""
    return _CANONICAL.encode(data)


def half_a_character(id_: str) -> ValidationError:
    """The error for a record that UTF-8 cannot hold."""
    return ValidationError(
        f"{id_}: half a character (a lone surrogate) stands in its words; read the document again in its right encoding"
    )


def _plain(properties: Mapping[str, Value]) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in sorted(properties.items())}


def _frozen(properties: Mapping[str, Any]) -> dict[str, Value]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in properties.items()}
