"""Where the statements of a filing come from: its address, when it was fetched, and which software read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Triple

from biopact.graph.addresses import index_page
from biopact.graph.nquads import PROV, RDF_TYPE, Statements, as_iri
from biopact.graph.rdf_triples import named, page_at, resource, said, text, typed
from biopact.graph.records import Value

# Predicates of what every filing has, and so is written as the records are.
_USED, _BY, _DERIVED, _GENERATED = (
    as_iri(PROV + name) + b" " for name in ("used", "wasAssociatedWith", "wasDerivedFrom", "wasGeneratedBy")
)


def fetched(
    statements: Statements, filing: str, properties: Mapping[str, Value], filer: str | None
) -> Iterator[Triple]:
    """The address that a filing was fetched from, and the fetching as an activity, as far as they are known.

    Of a filing that was not fetched the page at the SEC, by the CIK of who filed it.
    """
    subject, source = resource(statements, filing), page_at(properties.get("url"))
    if source is None:
        if page := index_page(filer, str(properties.get("accession_number", ""))):
            yield from said(subject, ("schema:sameAs", NamedNode(page)))
        return
    yield from said(subject, ("prov:hadPrimarySource", source))
    if when := properties.get("retrieved"):
        activity = resource(statements, _activity("retrieval", filing))
        yield from said(subject, ("prov:wasGeneratedBy", activity))
        yield from said(
            activity,
            ("rdf:type", named("prov:Activity")),
            ("prov:used", source),
            ("prov:endedAtTime", typed(str(when), "xsd:dateTime")),
        )


def read(statements: Statements, filing: str, extractors: Iterable[str], end: bytes) -> bytes:
    """The reading of a filing as an activity of the extractors that quote it, as lines."""
    said = [RDF_TYPE + as_iri(f"{PROV}Activity"), _USED + statements.resource(filing)]
    said += [_BY + statements.node_term(f"software/{extractor}") for extractor in sorted(extractors)]
    return statements.lines(_reading(statements, filing), said, end)


def agents(statements: Statements, extractors: Iterable[str]) -> Iterator[Triple]:
    """Extractors, each with its version, as agents."""
    for extractor in sorted(extractors):
        yield from said(
            software(statements, extractor),
            ("rdf:type", named("prov:SoftwareAgent")),
            ("rdfs:label", text(extractor)),
        )


def graph_of_filing(statements: Statements, filing: str, extractors: Iterable[str], end: bytes) -> bytes:
    """What the named graph of a filing is made from and by what, as lines; beside the agents."""
    name, said = statements.graph_term(filing), [_DERIVED + statements.resource(filing)]
    if not extractors:
        return statements.lines(name, said, end)
    said.append(_GENERATED + _reading(statements, filing))
    return statements.lines(name, said, end) + read(statements, filing, extractors, end)


def software(statements: Statements, extractor: str) -> NamedNode:
    """An extractor as a resource."""
    return resource(statements, f"software/{extractor}")


def _activity(kind: str, filing: str) -> str:
    return f"{kind}/{filing.partition('/')[2]}"


def _reading(statements: Statements, filing: str) -> bytes:
    return statements.resource(_activity("extraction", filing))
