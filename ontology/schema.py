"""The strict reader of schema.yaml: the one place where the ontology becomes Python."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from biopact.ontology.definitions import (
    ALIGNMENTS,
    CLASS_RESERVED,
    EDGE_RESERVED,
    NODE_RESERVED,
    PROPERTY_TYPES,
    RDF_RESERVED,
    EdgeType,
    NodeType,
    Property,
    Registry,
    Schema,
)
from biopact.ontology.errors import SchemaError
from biopact.ontology.strict_yaml import StrictReader, UniqueKeyLoader, listed

__all__ = [
    "ALIGNMENTS",
    "EDGE_RESERVED",
    "NODE_RESERVED",
    "PROPERTY_TYPES",
    "EdgeType",
    "NodeType",
    "Property",
    "Registry",
    "Schema",
    "load_schema",
    "schema_text",
]

_TYPE_NAME = re.compile(r"[A-Z][A-Za-z]*")
_EDGE_NAME = re.compile(r"[A-Z]+(_[A-Z]+)*")
_PROPERTY_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_PREFIX_NAME = re.compile(r"[a-z][a-z0-9-]*")
_COLOR = re.compile(r"#[0-9a-f]{6}")
_IRI = re.compile(r'[a-z][a-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`]+')

_TOP = ("name", "version", "title", "description", "license", "base_iri", "vocabularies", "nodes", "edges")
_TEXT_KEYS = ("type", "description", "vocabulary", "pattern", "unit")
_FLAG_KEYS = ("many", "required", "indexed")
_NUMBER_KEYS = ("minimum", "maximum")
# Keys that make sense for some property types only.
_ONLY_FOR = {
    "vocabulary": ("string",),
    "pattern": ("string",),
    "refers_to": ("string",),
    "unit": ("integer", "number"),
    "minimum": ("integer", "number"),
    "maximum": ("integer", "number"),
}


@cache
def load_schema(path: Path | None = None) -> Schema:
    """Read an ontology file (the one that ships with biopact by default).

    Raises SchemaError naming the file, the key and what is known there.
    """
    where = "schema.yaml" if path is None else str(path)
    try:
        data = yaml.load(schema_text(path), Loader=UniqueKeyLoader)
    except yaml.YAMLError as error:
        raise SchemaError(f"{where}: not YAML: {error}") from error
    return _Reader(where).schema(data)


def schema_text(path: Path | None = None) -> str:
    """The words of an ontology file (the one that ships with biopact by default)."""
    if path is None:
        return (files("biopact.ontology") / "schema.yaml").read_text(encoding="utf-8")
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SchemaError(f"{path}: cannot be read as UTF-8 text: {error}") from error


class _Reader(StrictReader):
    """Reads one file from the top down; what later parts refer to is kept as it is read."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.vocabularies: dict[str, tuple[str, ...]] = {}
        self.open_vocabularies: set[str] = set()
        self.prefixes: dict[str, str] = {}
        self.node_names: tuple[str, ...] = ()
        self.relations: dict[str, Property] = {}
        self.defined: dict[str, tuple[str, dict[str, object]]] = {}  # property -> where first, its meaning

    def schema(self, data: object) -> Schema:
        top = self.mapping("(top)", data, _TOP, ("prefixes", "relations", "registries"))
        texts = {name: self.text(name, top[name]) for name in _TOP[:6]}
        if not _IRI.fullmatch(texts["base_iri"]) or not texts["base_iri"].endswith(("/", "#")):
            raise self.fail("base_iri", f"expected an IRI that ends with / or #, found {texts['base_iri']!r}")
        for name, iri in self.named("prefixes", top.get("prefixes", {}), _PREFIX_NAME).items():
            if not isinstance(iri, str) or not _IRI.fullmatch(iri):
                raise self.fail(f"prefixes.{name}", f"expected an IRI, found {iri!r}")
            self.prefixes[name] = iri
        descriptions = {
            name: self.vocabulary(name, body)
            for name, body in self.named("vocabularies", top["vocabularies"], _PROPERTY_NAME).items()
        }
        self.relations = self.properties_at("relations", top.get("relations", {}), EDGE_RESERVED)
        node_bodies = self.named("nodes", top["nodes"], _TYPE_NAME)
        self.node_names = tuple(node_bodies)
        nodes = {name: self.node(name, body) for name, body in node_bodies.items()}
        edges = {name: self.edge(name, body) for name, body in self.named("edges", top["edges"], _EDGE_NAME).items()}
        self.apart(nodes, edges)
        registries = self.named("registries", top.get("registries", {}), _PROPERTY_NAME)
        return Schema(
            **texts,
            vocabularies=self.vocabularies,
            vocabulary_descriptions=descriptions,
            nodes=nodes,
            edges=edges,
            open_vocabularies=frozenset(self.open_vocabularies),
            prefixes=self.prefixes,
            relations=self.relations,
            registries={name: self.registry(name, body, nodes) for name, body in registries.items()},
        )

    def registry(self, name: str, body: object, nodes: Mapping[str, NodeType]) -> Registry:
        key = f"registries.{name}"
        body = self.mapping(key, body, ("description", "agency", "pattern", "of"), ("iri", "page"))
        for link in ("iri", "page"):
            if link in body and not (_IRI.match(self.text(f"{key}.{link}", body[link])) and "{}" in body[link]):
                raise self.fail(f"{key}.{link}", f"expected an IRI with {{}} for the identifier, found {body[link]!r}")
        pattern = self.pattern(key, body["pattern"])
        of = self.node_types(f"{key}.of", body["of"])
        for type_ in of:
            property_ = nodes[type_].properties.get(name)
            if property_ is not None and (property_.many or property_.pattern != pattern):
                raise self.fail(key, f"{type_}.{name} holds one such identifier, so it needs the same pattern")
        texts = {link: self.text(f"{key}.{link}", body[link]) for link in ("description", "agency")}
        return Registry(name, **texts, pattern=pattern, of=of, iri=body.get("iri", ""), page=body.get("page", ""))

    def vocabulary(self, name: str, body: object) -> str:
        key = f"vocabularies.{name}"
        body = self.mapping(key, body, ("description", "terms"), ("open",))
        terms = self.texts(f"{key}.terms", body["terms"])
        slugs = {term_slug(t): t for t in terms}
        if len(slugs) != len(terms) or "" in slugs:
            raise self.fail(f"{key}.terms", "expected terms that differ in their letters and digits")
        self.vocabularies[name] = terms
        if self.flag(f"{key}.open", body.get("open", False)):
            self.open_vocabularies.add(name)
        return self.text(f"{key}.description", body["description"])

    def node(self, name: str, body: object) -> NodeType:
        key = f"nodes.{name}"
        body = self.mapping(key, body, ("description", "color", "shape", "properties"), ("aligned", "sought"))
        return NodeType(
            name,
            self.text(f"{key}.description", body["description"]),
            self.color(key, body["color"]),
            self.text(f"{key}.shape", body["shape"]),
            self.properties_at(f"{key}.properties", body["properties"], NODE_RESERVED),
            self.aligned(key, body),
            self.flag(f"{key}.sought", body.get("sought", False)),
        )

    def edge(self, name: str, body: object) -> EdgeType:
        key = f"edges.{name}"
        body = self.mapping(
            key,
            body,
            ("description", "source", "target", "color", "properties"),
            ("symmetric", "structural", "inverse", "aligned"),
        )
        source, target = (self.node_types(f"{key}.{end}", body[end]) for end in ("source", "target"))
        symmetric = self.flag(f"{key}.symmetric", body.get("symmetric", False))
        structural = self.flag(f"{key}.structural", body.get("structural", False))
        shared = {} if structural else self.relations
        if symmetric and set(source) != set(target):
            raise self.fail(f"{key}.symmetric", "a symmetric edge has the same types at both ends")
        inverse = self.text(f"{key}.inverse", body["inverse"]) if "inverse" in body else ""
        if inverse and not _EDGE_NAME.fullmatch(inverse):
            raise self.fail(f"{key}.inverse", f"a name here has the form {_EDGE_NAME.pattern}")
        if inverse and symmetric:
            raise self.fail(f"{key}.inverse", "a symmetric edge is its own inverse; leave it out")
        return EdgeType(
            name,
            self.text(f"{key}.description", body["description"]),
            source,
            target,
            self.color(key, body["color"]),
            {**self.properties_at(f"{key}.properties", body["properties"], (*EDGE_RESERVED, *shared)), **shared},
            symmetric=symmetric,
            structural=structural,
            inverse=inverse,
            aligned=self.aligned(key, body),
        )

    def properties_at(self, key: str, value: object, reserved: tuple[str, ...]) -> dict[str, Property]:
        found = {}
        for name, body in self.named(key, value, _PROPERTY_NAME).items():
            here = f"{key}.{name}"
            if name in reserved:
                raise self.fail(here, f"every type has {listed(reserved)} already")
            if name in RDF_RESERVED:
                raise self.fail(here, f"{listed(RDF_RESERVED)} are the ends of an edge in RDF; choose another name")
            found[name] = self.property(here, name, body)
        return found

    def property(self, here: str, name: str, body: object) -> Property:
        body = self.mapping(
            here,
            body,
            ("type", "description"),
            (*_TEXT_KEYS[2:], *_FLAG_KEYS, *_NUMBER_KEYS, "refers_to", "aligned"),
        )
        known = {"type": PROPERTY_TYPES, "vocabulary": tuple(self.vocabularies)}
        for key in body:
            if key in _TEXT_KEYS:
                text = self.text(f"{here}.{key}", body[key])
                if key in known and text not in known[key]:
                    raise self.fail(f"{here}.{key}", f"unknown {key} {text!r}; known are {listed(known[key])}")
            elif key in _FLAG_KEYS:
                self.flag(f"{here}.{key}", body[key])
            elif key in _NUMBER_KEYS and (isinstance(body[key], bool) or not isinstance(body[key], int | float)):
                raise self.fail(f"{here}.{key}", f"expected a number, found {body[key]!r}")
        for key, types in _ONLY_FOR.items():
            if key in body and body["type"] not in types:
                raise self.fail(f"{here}.{key}", f"is for {listed(types)} only, not for {body['type']}")
        if "pattern" in body:
            self.pattern(here, body["pattern"])
        refers_to = self.node_types(f"{here}.refers_to", body["refers_to"]) if "refers_to" in body else ()
        aligned = self.aligned(here, body)
        plain = {k: v for k, v in body.items() if k not in ("refers_to", "aligned")}
        property_ = Property(name=name, **plain, refers_to=refers_to, aligned=aligned)
        self.means_one_thing(here, property_)
        return property_

    def pattern(self, here: str, value: object) -> str:
        try:
            return re.compile(self.text(f"{here}.pattern", value)).pattern
        except re.error as error:
            raise self.fail(f"{here}.pattern", f"not a regular expression: {error}") from error

    def means_one_thing(self, here: str, property_: Property) -> None:
        """A name has one IRI, so wherever it is defined its values are of one kind."""
        meaning: dict[str, object] = {
            "type": property_.type,
            "many": property_.many,
            "unit": property_.unit,
            "aligned": property_.aligned,
            "refers_to": bool(property_.refers_to),
            "closed vocabulary": property_.vocabulary not in (None, *self.open_vocabularies),
        }
        first, agreed = self.defined.setdefault(property_.name, (here, meaning))
        for key, value in meaning.items():
            if value != agreed[key]:
                raise self.fail(
                    here,
                    f"{key} is {value!r} here but {agreed[key]!r} at {first}; "
                    "one name means one thing everywhere, so make them alike or choose another name",
                )

    def apart(self, nodes: Mapping[str, NodeType], edges: Mapping[str, EdgeType]) -> None:
        """Ids and IRIs of different types never meet."""
        taken = dict.fromkeys(CLASS_RESERVED, "the RDF form")
        prefixes: dict[str, str] = {}
        types: list[NodeType | EdgeType] = [*nodes.values(), *edges.values()]
        for type_ in types:
            key = f"{'nodes' if isinstance(type_, NodeType) else 'edges'}.{type_.name}"
            class_name = type_.name if isinstance(type_, NodeType) else type_.class_name
            for name, owner in ((class_name, taken), (type_.prefix, prefixes)):
                if name in owner:
                    raise self.fail(key, f"its name in ids or RDF, {name!r}, belongs to {owner[name]}")
                owner[name] = key
        read = {name: f"edges.{name}" for name in edges}
        for edge in filter(lambda edge: edge.inverse, edges.values()):
            if edge.inverse in read:
                raise self.fail(f"edges.{edge.name}.inverse", f"{edge.inverse} belongs to {read[edge.inverse]}")
            read[edge.inverse] = f"edges.{edge.name}.inverse"

    def aligned(self, key: str, body: Mapping[str, Any]) -> dict[str, str]:
        value = body.get("aligned", {})
        if not isinstance(value, dict):
            raise self.fail(f"{key}.aligned", f"expected a mapping, found {type(value).__name__}")
        for term, relation in value.items():
            prefix, _, name = str(term).partition(":")
            if prefix not in self.prefixes or not name:
                raise self.fail(
                    f"{key}.aligned.{term}", f"expected prefix:name; known prefixes are {listed(self.prefixes)}"
                )
            if relation not in ALIGNMENTS:
                raise self.fail(
                    f"{key}.aligned.{term}", f"unknown relation {relation!r}; known are {listed(ALIGNMENTS)}"
                )
        return value

    def node_types(self, key: str, value: object) -> tuple[str, ...]:
        names = self.texts(key, value)
        for name in names:
            if name not in self.node_names:
                raise self.fail(key, f"unknown node type {name!r}; known are {listed(self.node_names)}")
        return names

    def color(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not _COLOR.fullmatch(value):
            raise self.fail(f"{key}.color", f"expected #rrggbb in lower case, found {value!r}")
        return value


def term_slug(term: str) -> str:
    """A vocabulary term as the last part of its IRI.

    >>> term_slug("phase 1/2")
    'phase-1-2'
    """
    return re.sub(r"[^a-z0-9]+", "-", term.lower()).strip("-")
