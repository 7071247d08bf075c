"""What the ontology consists of once schema.yaml has been read: plain records that other parts look things up in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from biopact.ontology.errors import SchemaError

PROPERTY_TYPES = ("string", "url", "date", "integer", "number", "boolean")
# How far a term of another vocabulary means the same: interchangeable, more general, or merely near.
ALIGNMENTS = ("same", "broader", "close")
# What every node and edge carries; a type may not define these again.
NODE_RESERVED = ("id", "name", "aliases", "words", "evidence", "revision")
EDGE_RESERVED = ("id", "evidence", "revision")
# Names that the RDF form gives a meaning of its own.
RDF_RESERVED = ("from", "to")
CLASS_RESERVED = ("Entity", "Relation")


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
    refers_to: tuple[str, ...] = ()  # the value is the id of a node of one of these types
    aligned: Mapping[str, str] = field(default_factory=dict)  # term such as oa:exact -> one of ALIGNMENTS


@dataclass(frozen=True, slots=True)
class NodeType:
    """One kind of node."""

    name: str
    description: str
    color: str  # #rrggbb, for every picture of the graph
    shape: str  # vis-network shape
    properties: Mapping[str, Property]
    aligned: Mapping[str, str] = field(default_factory=dict)
    sought: bool = False  # people look for it by name, so the stores index the words of its names

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
    inverse: str = ""  # its name when read from target to source, in RDF only: nothing is stored under it
    aligned: Mapping[str, str] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """The part of an id before the slash: ``licenses_to`` for LICENSES_TO."""
        return self.name.lower()

    @property
    def class_name(self) -> str:
        """The RDF class of such edges as resources: ``LicensesTo`` for LICENSES_TO."""
        return "".join(part.capitalize() for part in self.name.split("_"))


@dataclass(frozen=True, slots=True)
class Registry:
    """Who gives out one kind of identifier. A property of the same name holds those that filings state."""

    name: str
    description: str
    agency: str
    pattern: str  # regular expression that a whole identifier matches
    of: tuple[str, ...]  # the node types that have such identifiers
    iri: str = ""  # with {} for the identifier: what it names, in the agency's own linked data
    page: str = ""  # likewise: the page about it, where there is no such data


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
    open_vocabularies: frozenset[str] = frozenset()  # their terms are preferred, other words may stand
    prefixes: Mapping[str, str] = field(default_factory=dict)  # of the vocabularies it is aligned to
    relations: Mapping[str, Property] = field(default_factory=dict)  # what every edge but structural ones has
    registries: Mapping[str, Registry] = field(default_factory=dict)

    def node_type_of(self, node_id: str) -> NodeType:
        """The type that an id such as ``company/immunogen`` belongs to; SchemaError if there is none."""
        prefix = node_id.partition("/")[0]
        for node_type in self.nodes.values():
            if node_type.prefix == prefix:
                return node_type
        raise SchemaError(f"id {node_id!r} begins with no known node type; known are {', '.join(self.nodes)}")

    def closed_vocabulary(self, property_: Property) -> tuple[str, ...] | None:
        """The only values a property may have, or None where any fitting value may stand."""
        if property_.vocabulary is None or property_.vocabulary in self.open_vocabularies:
            return None
        return self.vocabularies[property_.vocabulary]

    def types_with(self, property_name: str) -> list[NodeType | EdgeType]:
        """The node and edge types that define a property of this name, in the order of schema.yaml."""
        types: list[NodeType | EdgeType] = [*self.nodes.values(), *self.edges.values()]
        return [t for t in types if property_name in t.properties]

    def properties(self) -> dict[str, Property]:
        """Every property name once, sorted, with its first definition: names mean the same everywhere."""
        found: dict[str, Property] = {}
        types: list[NodeType | EdgeType] = [*self.nodes.values(), *self.edges.values()]
        for type_ in types:
            for name, property_ in type_.properties.items():
                found.setdefault(name, property_)
        return dict(sorted(found.items()))
