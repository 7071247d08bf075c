"""Identifiers as resources, with links to what other data call the same thing: of filings, and of a file of links."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from biopact.graph.csv_rows import rows_of_table
from biopact.graph.nquads import Statements
from biopact.graph.rdf_triples import named, resource, said, text
from biopact.graph.records import Node, Value
from biopact.graph.resolution.redirects import is_id
from biopact.ontology import Registry, Schema, SchemaError, ValidationError

COLUMNS = ("id", "registry", "identifier", "name", "language")
_REQUIRED = COLUMNS[:3]
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # a tag as RDF takes it, as in ja or zh-Hans


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One row of a file of links: what another registry calls a node of the graph."""

    id: str  # of the node
    registry: str
    identifier: str
    name: str = ""  # that it goes by there
    language: str = ""  # of the name


def read_links(path: Path, schema: Schema) -> list[Link]:
    """The links of a CSV file with the columns COLUMNS, of which the last two may be missing; sorted, each once.

    ValidationError names the first line that is wrong, and what is expected there.
    """
    found = set()
    for row in rows_of_table(path, COLUMNS, _REQUIRED):
        if isinstance(row, str):
            raise ValidationError(row)
        line, cells = row
        try:
            found.add(_link(Link(**cells), schema))
        except (ValidationError, SchemaError) as error:
            raise ValidationError(f"{path}, line {line}: {error}") from error
    return sorted(found)


def _link(link: Link, schema: Schema) -> Link:
    type_ = schema.node_type_of(link.id).name
    if link.registry not in schema.registries:
        raise ValidationError(f"unknown registry {link.registry!r}; known are {', '.join(schema.registries)}")
    registry = schema.registries[link.registry]
    if type_ not in registry.of:
        raise ValidationError(f"{link.id}: {link.registry} has identifiers of {', '.join(registry.of)} only")
    if not re.fullmatch(registry.pattern, link.identifier):
        raise ValidationError(f"{link.identifier!r} is no identifier of {link.registry}: expected {registry.pattern}")
    if link.language and not (link.name and _LANGUAGE.fullmatch(link.language)):
        raise ValidationError(f"language {link.language!r}: expected a tag such as ja or zh-Hans, of a name")
    return link


def identifiers(statements: Statements, id_: str, type_: str, properties: Mapping[str, Value]) -> Iterator[Triple]:
    """Those that filings state of a node; one that has not the form of its registry is none."""
    for name, registry in statements.schema.registries.items():
        if name in properties and type_ in registry.of and re.fullmatch(registry.pattern, str(properties[name])):
            yield from _identified(statements, id_, registry, str(properties[name]))


def linked(statements: Statements, links: Iterable[Link]) -> Iterator[Triple]:
    """Those of a file of links, each statement once."""
    return iter(dict.fromkeys(triple for link in links for triple in _linked(statements, link)))


def _linked(statements: Statements, link: Link) -> Iterator[Triple]:
    yield from _identified(statements, link.id, statements.schema.registries[link.registry], link.identifier)
    if link.name:
        name = text(link.name, link.language.lower() or None)
        yield from said(resource(statements, link.id), ("schema:alternateName", name))


def _identified(statements: Statements, id_: str, registry: Registry, identifier: str) -> Iterator[Triple]:
    subject = resource(statements, id_)
    own = resource(statements, f"identifier/{id_}/{registry.name}/{identifier}")
    yield from said(subject, ("adms:identifier", own))
    for link, how in ((registry.iri, "skos:exactMatch"), (registry.page, "schema:sameAs")):
        if link:
            yield from said(subject, (how, NamedNode(link.replace("{}", identifier))))
    yield from said(
        own,
        ("rdf:type", named("adms:Identifier")),
        ("skos:notation", text(identifier)),
        ("adms:schemaAgency", text(registry.agency)),
    )


class Superseded:
    """Ids that filings use for what has another id in the graph, gathered while its nodes are written."""

    def __init__(self) -> None:
        self._nodes = array("Q")
        self._present: defaultdict[str, set[str]] = defaultdict(set)  # the ids in the graph by the other id

    def see(self, node: Node) -> None:
        """Take note of a node, and of the ids that it took the place of."""
        self._nodes.append(_mark(node.id))
        merged = node.properties.get("merged", ())
        for reason in merged if isinstance(merged, tuple) else ():
            for id_ in joined_ids(reason):
                if id_ != node.id:
                    self._present[id_].add(node.id)

    def same(self, statements: Statements) -> Iterator[Triple]:
        """That each of them is the present one; nothing of an id that is another node's, or leads to several."""
        marks = {_mark(id_): id_ for id_ in self._present}
        taken = {marks[mark] for mark in self._nodes if mark in marks}
        pairs = [(next(iter(ids)), old) for old, ids in self._present.items() if len(ids) == 1 and old not in taken]
        for present, old in sorted(pairs):
            yield from said(resource(statements, present), ("owl:sameAs", resource(statements, old)))


def joined_ids(reason: str) -> list[str]:
    """The ids that an entry of the property `merged` says to be one.

    >>> joined_ids("company/alnora = company/alnora-inc: same name"), joined_ids("same name")
    (['company/alnora', 'company/alnora-inc'], [])
    """
    ids = reason.partition(": ")[0].split(" = ")
    return ids if len(ids) == 2 and all(map(is_id, ids)) else []


def _mark(id_: str) -> int:
    """Eight bytes for an id, of which there may be millions."""
    return int.from_bytes(blake2b(id_.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
