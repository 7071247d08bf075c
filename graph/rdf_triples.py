"""Triples that are few, made by pyoxigraph, which checks every term: what stands beside the records of the graph."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from pyoxigraph import Literal, NamedNode, Triple

from biopact.graph.addresses import web_address
from biopact.graph.nquads import OA, PROV, Statements
from biopact.ontology import ValidationError, iris

ADMS = "http://www.w3.org/ns/adms#"
DCAT = "http://www.w3.org/ns/dcat#"
DCTERMS = "http://purl.org/dc/terms/"
OWL = "http://www.w3.org/2002/07/owl#"
SCHEMA = "https://schema.org/"
VOID = "http://rdfs.org/ns/void#"
PREFIXES = {"adms": ADMS, "dcat": DCAT, "dcterms": DCTERMS, "oa": OA, "owl": OWL, "prov": PROV}
PREFIXES |= {"schema": SCHEMA, "void": VOID, "rdf": iris.RDF, "rdfs": iris.RDFS, "skos": iris.SKOS, "xsd": iris.XSD}

Term = NamedNode | Literal


@cache
def named(term: str) -> NamedNode:
    """The IRI that a name such as ``prov:used`` stands for.

    >>> named("prov:used")
    <NamedNode value=http://www.w3.org/ns/prov#used>
    """
    prefix, _, name = term.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


def resource(statements: Statements, id_: str) -> NamedNode:
    """What has this id."""
    return NamedNode(statements.resource(id_)[1:-1].decode())


def text(value: str, language: str | None = None) -> Literal:
    """Words, composed into NFC; ValidationError where half a character stands in them."""
    try:
        return Literal(unicodedata.normalize("NFC", value), language=language)
    except ValueError as error:  # as pyoxigraph has it
        raise ValidationError(f"{value!r}: half a character (a lone surrogate) stands in it") from error


def page_at(url: object) -> NamedNode | None:
    """A page as a resource, if this is the address of one."""
    try:
        return NamedNode(found) if (found := web_address(url)) else None
    except ValueError:  # it holds a character that no IRI holds
        return None


def typed(value: str | int, datatype: str) -> Literal:
    """A value in its written form with a datatype such as ``xsd:integer``."""
    return Literal(str(value), datatype=named(datatype))


def said(subject: NamedNode, *what: tuple[str, Term]) -> Iterator[Triple]:
    """Triples of one subject; predicates are names such as ``prov:used``."""
    return (Triple(subject, named(predicate), value) for predicate, value in what)


def written(triples: Iterable[Triple], end: bytes) -> bytes:
    """Triples as lines that end so."""
    return b"".join(str(triple).encode() + end for triple in triples)
