"""Where the statements of a filing come from: its address, when it was fetched, and which software read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Triple

from biopact.graph.addresses import index_page
from biopact.graph.nquads import Statements
from biopact.graph.rdf_triples import named, page_at, resource, said, text, typed
from biopact.graph.records import Value


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
        activity = _activity(statements, "retrieval", filing)
        yield from said(subject, ("prov:wasGeneratedBy", activity))
        yield from said(
            activity,
            ("rdf:type", named("prov:Activity")),
            ("prov:used", source),
            ("prov:endedAtTime", typed(str(when), "xsd:dateTime")),
        )


def read(statements: Statements, filing: str, extractors: Iterable[str]) -> Iterator[Triple]:
    """The reading of a filing as an activity of the extractors that quote it."""
    yield from said(
        _activity(statements, "extraction", filing),
        ("rdf:type", named("prov:Activity")),
        ("prov:used", resource(statements, filing)),
        *(("prov:wasAssociatedWith", software(statements, extractor)) for extractor in sorted(extractors)),
    )


def agents(statements: Statements, extractors: Iterable[str]) -> Iterator[Triple]:
    """Extractors, each with its version, as agents."""
    for extractor in sorted(extractors):
        yield from said(
            software(statements, extractor),
            ("rdf:type", named("prov:SoftwareAgent")),
            ("rdfs:label", text(extractor)),
        )


def graph_of_filing(statements: Statements, filing: str, extractors: Iterable[str]) -> Iterator[Triple]:
    """What the named graph of a filing is made from and by what, whole by itself."""
    name = NamedNode(statements.graph_term(filing)[1:-1].decode())
    yield from said(name, ("prov:wasDerivedFrom", resource(statements, filing)))
    if extractors:
        yield from said(name, ("prov:wasGeneratedBy", _activity(statements, "extraction", filing)))
        yield from read(statements, filing, extractors)
        yield from agents(statements, extractors)


def software(statements: Statements, extractor: str) -> NamedNode:
    """An extractor as a resource."""
    return resource(statements, f"software/{extractor}")


def _activity(statements: Statements, kind: str, filing: str) -> NamedNode:
    return resource(statements, f"{kind}/{filing.partition('/')[2]}")
