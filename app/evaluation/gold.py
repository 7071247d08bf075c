"""Reads a folder of filings annotated by hand: docs/ holds the files, annotations/ one JSON file for each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from biopact.ontology import ValidationError, load_schema

# The lists of an annotation and the node types that they hold.
KINDS = {"companies": "Company", "compounds": "Compound", "technologies": "Technology"}
# Types that are compared whether or not a folder annotates them; others only where it does.
DEAL_TYPES = (
    "LICENSES_TO", "COLLABORATES_WITH", "ACQUIRES", "SUPPLIES_TO", "SUBSIDIARY_OF", "HOLDS_STAKE_IN", "FORMERLY_NAMED",
)  # fmt: skip
EDGE_TYPES = (*DEAL_TYPES, "OWNS", "DEVELOPS", "USES_TECHNOLOGY")
TERMS = ("date", "term_end", "upfront_usd", "milestones_max_usd", "royalties", "exclusivity", "territory")
_SHORT = {  # shorter names that annotations may use
    "LICENSES": "LICENSES_TO",
    "COLLABORATES": "COLLABORATES_WITH",
    "SUPPLIES": "SUPPLIES_TO",
    "INVESTS_IN": "HOLDS_STAKE_IN",
}


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A company, compound or technology that the text names, under all its names."""

    type: str
    names: tuple[str, ...]
    optional: bool = False  # neither asked for nor counted against


@dataclass(frozen=True, slots=True)
class GoldEdge:
    """One statement of the text."""

    type: str
    source: str
    target: str
    subjects: tuple[str, ...]
    terms: Mapping[str, Any]  # only those that the text tells
    words: str  # the words that say so
    optional: bool
    also: frozenset[str]  # types that are as good
    either_way: bool  # the text does not say which end is which

    @property
    def symmetric(self) -> bool:
        """Whether the type has no direction."""
        return load_schema().edges[self.type].symmetric

    @property
    def says(self) -> str:
        """The statement in one line."""
        return f"{self.source} {self.type} {self.target}"


@dataclass(frozen=True, slots=True)
class Gold:
    """The annotation of one file."""

    document: Path
    entities: tuple[GoldEntity, ...]
    edges: tuple[GoldEdge, ...]

    def names(self, name: str) -> tuple[str, ...]:
        """All names of the entity that goes by this one, or just the name."""
        return next((e.names for e in self.entities if name in e.names), (name,))


def read_gold(folder: Path) -> list[Gold]:
    """All annotations of a folder, by file name; ValidationError says which one is not well formed."""
    paths = sorted((folder / "annotations").glob("*.json"))
    if not paths:
        raise ValidationError(
            f"{folder}: no annotations; expected {folder / 'annotations'}/*.json and the files they speak of in "
            f"{folder / 'docs'}; docs/evaluation.md describes both"
        )
    return [_gold(path, folder / "docs") for path in paths]


def _gold(path: Path, docs: Path) -> Gold:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        document = docs / Path(data["doc"]).name
        entities = tuple(_entities(data))
        edges = tuple(_edge(e) for e in data.get("edges", []) if e.get("from") and e.get("to"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        problem = f"no key {error}" if isinstance(error, KeyError) else str(error)
        raise ValidationError(f"{path}: not an annotation: {problem}; docs/evaluation.md describes the form") from error
    if not document.is_file():
        raise ValidationError(f"{path}: its file {document} is not there; `doc` names a file of {docs}")
    return Gold(document, (*entities, *_asides(data, entities, edges)), edges)


def _entities(data: Mapping[str, Any]) -> Iterator[GoldEntity]:
    for kind, type_ in KINDS.items():
        for entry in data.get(kind, []):
            names = (entry["name"], *(entry.get("aliases") or []))
            yield GoldEntity(type_, names, bool(entry.get("optional")))


def _asides(
    data: Mapping[str, Any], entities: tuple[GoldEntity, ...], edges: tuple[GoldEdge, ...]
) -> Iterator[GoldEntity]:
    """What only an edge names, and the distractors: to name them is neither asked for nor wrong."""
    known = {name for entity in entities for name in entity.names}
    ends = (name for edge in edges for name in (edge.source, edge.target))
    others = (re.sub(r"\s*\(.*", "", d) for d in data.get("distractors", []) if isinstance(d, str))
    for name in dict.fromkeys((*ends, *others)):
        if name not in known:
            yield GoldEntity("Company", (name,), optional=True)


def _edge(entry: Mapping[str, Any]) -> GoldEdge:
    terms = {**(entry.get("terms") or {}), "date": entry.get("date")}
    return GoldEdge(
        _type(entry["type"]), entry["from"], entry["to"],
        tuple(part.strip() for part in (entry.get("subject") or "").split(";") if part.strip()),
        {name: terms[name] for name in TERMS if terms.get(name) not in (None, "", [])},
        entry.get("evidence") or "",
        bool(entry.get("optional")),
        frozenset(_type(t) for t in entry.get("alt_types") or []),
        bool(entry.get("direction_uncertain")),
    )  # fmt: skip


def _type(name: str) -> str:
    type_ = _SHORT.get(name, name)
    if type_ not in load_schema().edges:
        raise ValueError(f"there is no edge type {name!r}; known are {', '.join((*EDGE_TYPES, *_SHORT))}")
    return type_
