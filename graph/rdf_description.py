"""What a data set of the graph holds, in terms of VoID and DCAT: counted while it is written, without a clock."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from biopact.graph.nquads import Statements
from biopact.graph.rdf_triples import PREFIXES, Term, named, resource, said, text, typed
from biopact.graph.records import Evidence, Value
from biopact.ontology import iris

VOCABULARIES = ("adms", "owl", "prov", "skos")  # that the data use beside the ontology


class Tally:
    """How many resources there are of each type, how many values of each property, and from when filings are."""

    def __init__(self) -> None:
        self._alike: Counter[tuple[str, ...]] = Counter()  # by type and names of properties
        self._spans: Counter[tuple[str, str, bool]] = Counter()  # of each filing by each extractor, with a page or not
        self._span: dict[bool, Evidence] = {}  # one without a page and one with it
        self._more: Counter[str] = Counter()  # values of lists beyond their first
        self.days: tuple[str, str] | None = None  # of the first and the last filing

    def see(self, type_: str, properties: Mapping[str, Value]) -> None:
        """Count a node or an edge."""
        self._alike[type_, *properties] += 1
        if tuple in map(type, properties.values()):
            for name, value in properties.items():
                if type(value) is tuple:
                    self._more[name] += len(set(value)) - 1

    def see_day(self, day: str) -> None:
        """Take note of the day of a filing."""
        first, last = self.days or (day, day)
        self.days = min(first, day), max(last, day)

    def see_evidence(self, evidence: Evidence) -> None:
        """Count a piece of evidence; all have the same properties, but that not every document has pages."""
        paged = evidence.page is not None
        self._spans[evidence.filing, evidence.extractor, paged] += 1
        if paged not in self._span:
            self._span[paged] = evidence

    def extractors(self) -> dict[str, frozenset[str]]:
        """Who read each filing that is quoted."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for filing, extractor, _ in self._spans:
            found[filing].add(extractor)
        return {filing: frozenset(read_by) for filing, read_by in found.items()}

    def counts(self) -> tuple[Counter[str], Counter[str]]:
        """How many resources there are of each type, how many values of each property."""
        resources: Counter[str] = Counter()
        values = Counter(self._more)
        for (type_, *names), count in self._alike.items():
            resources[type_] += count
            values.update(dict.fromkeys(names, count))
        for (_, _, paged), count in self._spans.items():
            resources["Evidence"] += count
            values.update(dict.fromkeys(self._span[paged].properties, count))
        return resources, values


def description(statements: Statements, tally: Tally, triples: int) -> Iterator[Triple]:
    """The data set as a resource, with a part for each class and each property; `triples`: without this description.

    A part counts distinct resources or their values, however many named graphs repeat them.
    """
    schema = statements.schema
    resources, values = tally.counts()
    dataset, period = resource(statements, "dataset"), resource(statements, "dataset/period")
    classes = {n.name: n.name for n in schema.nodes.values()} | {e.name: e.class_name for e in schema.edges.values()}
    parts: list[tuple[str, tuple[str, Term], tuple[str, Term]]] = [
        (f"class/{class_}", ("void:class", _own(statements, class_)), ("void:entities", _count(resources[type_])))
        for type_, class_ in sorted(classes.items())
        if resources[type_]
    ]
    parts += [
        (f"property/{name}", ("void:property", _own(statements, name)), ("void:triples", _count(count)))
        for name, count in sorted(values.items())
        if count
    ]
    yield from said(
        dataset,
        ("rdf:type", named("dcat:Dataset")),
        ("rdf:type", named("void:Dataset")),
        ("dcterms:title", text(schema.title, "en")),
        ("dcterms:description", text(schema.description, "en")),
        ("dcterms:license", NamedNode(schema.license)),
        ("dcterms:conformsTo", NamedNode(f"{iris.ontology_iri(schema)}/{schema.version}")),
        ("void:uriSpace", text(statements.base)),
        ("void:vocabulary", _own(statements, "")),
        *(("void:vocabulary", NamedNode(PREFIXES[prefix])) for prefix in VOCABULARIES),
        ("void:triples", _count(triples)),
        ("void:entities", _count(resources.total())),
        ("void:classes", _count(sum(part.startswith("class/") for part, *_ in parts))),
        ("void:properties", _count(sum(part.startswith("property/") for part, *_ in parts))),
    )
    if tally.days:
        yield from said(dataset, ("dcterms:temporal", period))
        yield from said(
            period,
            ("rdf:type", named("dcterms:PeriodOfTime")),
            ("dcat:startDate", _day(tally.days[0])),
            ("dcat:endDate", _day(tally.days[1])),
        )
    for part, what, count in parts:
        own = resource(statements, f"dataset/{part}")
        yield from said(dataset, (f"void:{part.partition('/')[0]}Partition", own))
        yield from said(own, what, count)


def _own(statements: Statements, name: str) -> NamedNode:
    return NamedNode(f"{iris.ontology_iri(statements.schema)}#{name}")


def _count(count: int) -> Literal:
    return typed(count, "xsd:integer")


def _day(day: str) -> Literal:
    return Literal(day, datatype=NamedNode(iris.DATE_DATATYPES[len(day)]))
