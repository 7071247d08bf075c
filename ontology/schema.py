"""The strict reader of schema.yaml: the one place where the ontology becomes Python."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from biopact.ontology.errors import SchemaError

PROPERTY_TYPES = ("string", "url", "date", "integer", "number", "boolean")
# What every node and edge carries; a type may not define these again.
NODE_RESERVED = ("id", "name", "aliases", "evidence", "revision")
EDGE_RESERVED = ("id", "evidence", "revision")

_TYPE_NAME = re.compile(r"[A-Z][A-Za-z]*")
_EDGE_NAME = re.compile(r"[A-Z]+(_[A-Z]+)*")
_PROPERTY_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_COLOR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or edge type."""

    name: str
    type: str  # one of PROPERTY_TYPES; a date is ISO 8601, shortened to what is known
    description: str
    many: bool = False  # the value is a list
    required: bool = False
    indexed: bool = False  # the stores index it
    vocabulary: str | None = None  # values come from this vocabulary
    pattern: str | None = None  # regular expression that the whole value matches
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class NodeType:
    """One kind of node."""

    name: str
    description: str
    color: str  # #rrggbb, for every picture of the graph
    shape: str  # vis-network shape
    properties: Mapping[str, Property]

    @property
    def prefix(self) -> str:
        """The part of an id before the slash: ``company`` for Company."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class EdgeType:
    """One kind of edge, read from source to target."""

    name: str
    description: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    color: str
    properties: Mapping[str, Property]
    symmetric: bool = False  # stored once with source id < target id, read either way
    structural: bool = False  # follows from how filings are built, so it carries no evidence

    @property
    def prefix(self) -> str:
        """The part of an id before the slash: ``licenses_to`` for LICENSES_TO."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Schema:
    """The whole ontology."""

    name: str
    version: str
    title: str
    description: str
    license: str
    base_iri: str
    vocabularies: Mapping[str, tuple[str, ...]]
    vocabulary_descriptions: Mapping[str, str]
    nodes: Mapping[str, NodeType]
    edges: Mapping[str, EdgeType]

    def node_type_of(self, node_id: str) -> NodeType:
        """The type that an id such as ``company/immunogen`` belongs to; SchemaError if there is none."""
        prefix = node_id.partition("/")[0]
        for node_type in self.nodes.values():
            if node_type.prefix == prefix:
                return node_type
        raise SchemaError(f"id {node_id!r} begins with no known node type; known are {_list(self.nodes)}")


@cache
def load_schema(path: Path | None = None) -> Schema:
    """Read an ontology file (the one that ships with biopact by default).

    Raises SchemaError naming the file, the key and what is known there.
    """
    if path is None:
        where, text = "schema.yaml", (files("biopact.ontology") / "schema.yaml").read_text(encoding="utf-8")
    else:
        where, text = str(path), path.read_text(encoding="utf-8")
    try:
        data = yaml.load(text, Loader=_UniqueKeyLoader)
    except yaml.YAMLError as error:
        raise SchemaError(f"{where}: not YAML: {error}") from error
    return _Reader(where).schema(data)


class _UniqueKeyLoader(yaml.SafeLoader):
    """A SafeLoader that refuses a key given twice, which YAML itself lets pass silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key!r} is given twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


class _Reader:
    def __init__(self, where: str) -> None:
        self.where = where

    def fail(self, key: str, what: str) -> SchemaError:
        return SchemaError(f"{self.where}: {key}: {what}")

    def mapping(
        self, key: str, value: object, required: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """A mapping with exactly these keys."""
        if not isinstance(value, dict):
            raise self.fail(key, f"expected a mapping, found {type(value).__name__}")
        for name in value:
            if name not in (*required, *optional):
                raise self.fail(f"{key}.{name}", f"unknown key; known are {_list((*required, *optional))}")
        for name in required:
            if name not in value:
                raise self.fail(key, f"key {name!r} is missing")
        return value

    def named(self, key: str, value: object, pattern: re.Pattern[str]) -> dict[str, Any]:
        """A mapping whose keys are names of one form."""
        if not isinstance(value, dict):
            raise self.fail(key, f"expected a mapping, found {type(value).__name__}")
        for name in value:
            if not isinstance(name, str) or not pattern.fullmatch(name):
                raise self.fail(f"{key}.{name}", f"a name here has the form {pattern.pattern}")
        return value

    def schema(self, data: object) -> Schema:
        top = self.mapping(
            "(top)",
            data,
            (
                "name",
                "version",
                "title",
                "description",
                "license",
                "base_iri",
                "vocabularies",
                "nodes",
                "edges",
            ),
        )
        vocabularies, descriptions = {}, {}
        for name, body in self.named("vocabularies", top["vocabularies"], _PROPERTY_NAME).items():
            key = f"vocabularies.{name}"
            body = self.mapping(key, body, ("description", "terms"))
            terms = body["terms"]
            if (
                not isinstance(terms, list)
                or not all(isinstance(t, str) for t in terms)
                or len(set(terms)) != len(terms)
            ):
                raise self.fail(f"{key}.terms", "expected a list of different strings")
            vocabularies[name], descriptions[name] = tuple(terms), str(body["description"])
        nodes = {
            name: self.node(name, body, vocabularies)
            for name, body in self.named("nodes", top["nodes"], _TYPE_NAME).items()
        }
        edges = {
            name: self.edge(name, body, nodes, vocabularies)
            for name, body in self.named("edges", top["edges"], _EDGE_NAME).items()
        }
        if not str(top["base_iri"]).endswith(("/", "#")):
            raise self.fail("base_iri", "ends with / or #")
        return Schema(
            **{k: str(top[k]) for k in ("name", "version", "title", "description", "license", "base_iri")},
            vocabularies=vocabularies,
            vocabulary_descriptions=descriptions,
            nodes=nodes,
            edges=edges,
        )

    def node(self, name: str, body: object, vocabularies: Mapping[str, tuple[str, ...]]) -> NodeType:
        key = f"nodes.{name}"
        body = self.mapping(key, body, ("description", "color", "shape", "properties"))
        return NodeType(
            name,
            str(body["description"]),
            self.color(key, body["color"]),
            str(body["shape"]),
            self.properties(key, body["properties"], vocabularies, NODE_RESERVED),
        )

    def edge(
        self,
        name: str,
        body: object,
        nodes: Mapping[str, NodeType],
        vocabularies: Mapping[str, tuple[str, ...]],
    ) -> EdgeType:
        key = f"edges.{name}"
        body = self.mapping(
            key, body, ("description", "source", "target", "color", "properties"), ("symmetric", "structural")
        )
        for end in ("source", "target"):
            if not isinstance(body[end], list) or not body[end]:
                raise self.fail(f"{key}.{end}", "expected a list of node types")
            for node_type in body[end]:
                if node_type not in nodes:
                    raise self.fail(
                        f"{key}.{end}", f"unknown node type {node_type!r}; known are {_list(nodes)}"
                    )
        symmetric = bool(body.get("symmetric", False))
        if symmetric and body["source"] != body["target"]:
            raise self.fail(f"{key}.symmetric", "a symmetric edge has the same types at both ends")
        return EdgeType(
            name,
            str(body["description"]),
            tuple(body["source"]),
            tuple(body["target"]),
            self.color(key, body["color"]),
            self.properties(key, body["properties"], vocabularies, EDGE_RESERVED),
            symmetric=symmetric,
            structural=bool(body.get("structural", False)),
        )

    def color(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not _COLOR.fullmatch(value):
            raise self.fail(f"{key}.color", f"expected #rrggbb in lower case, found {value!r}")
        return value

    def properties(
        self, key: str, value: object, vocabularies: Mapping[str, tuple[str, ...]], reserved: tuple[str, ...]
    ) -> dict[str, Property]:
        found = {}
        for name, body in self.named(f"{key}.properties", value, _PROPERTY_NAME).items():
            here = f"{key}.properties.{name}"
            if name in reserved:
                raise self.fail(here, f"every type has {_list(reserved)} already")
            body = self.mapping(
                here,
                body,
                ("type", "description"),
                ("many", "required", "indexed", "vocabulary", "pattern", "unit", "minimum", "maximum"),
            )
            if body["type"] not in PROPERTY_TYPES:
                raise self.fail(
                    f"{here}.type", f"unknown type {body['type']!r}; known are {_list(PROPERTY_TYPES)}"
                )
            if body.get("vocabulary") not in (None, *vocabularies):
                raise self.fail(
                    f"{here}.vocabulary",
                    f"unknown vocabulary {body['vocabulary']!r}; known are {_list(vocabularies)}",
                )
            if "pattern" in body:
                try:
                    re.compile(body["pattern"])
                except re.error as error:
                    raise self.fail(f"{here}.pattern", f"not a regular expression: {error}") from error
            found[name] = Property(name=name, **body)
        return found
