"""Is a store, or a file of RDF, in good order? What does not fit the ontology or its shapes, and what to do then."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

from biopact.graph.altered import altered_edges, altered_nodes
from biopact.graph.rdf import FORMATS, write_rdf
from biopact.graph.rdf_reading import is_rdf, quads_of
from biopact.graph.shape_report import Finding, Progress, Shapes
from biopact.graph.store import EdgeRow, NodeRow, Rows, graph_of
from biopact.graph.validate import Problem, validate
from biopact.ontology import Schema, ValidationError, iris

ALIKE = 10  # findings of one kind that are kept
NEXT_STEP = "`biopact rebuild` makes the store again"  # since a store is a view
_ALTERED = "it was altered after biopact had written it"


class Report:
    """What was found, of each kind the first few unless all are asked for; all are counted."""

    def __init__(self, *, everything: bool = False) -> None:
        self._everything = everything
        self._kinds: Counter[str] = Counter()
        self._kept: list[Finding] = []
        self.checked = 0  # resources of a file, nodes and edges of a store

    def add(self, finding: Finding) -> None:
        """Take in what was found."""
        self._kinds[finding.kind] += 1
        if self._everything or self._kinds[finding.kind] <= ALIKE:
            self._kept.append(finding)

    @property
    def count(self) -> int:
        """How much was found."""
        return self._kinds.total()

    @property
    def findings(self) -> list[Finding]:
        """What is kept of it, sorted by record."""
        return sorted(self._kept)


def check_file(path: Path, schema: Schema, report: Report, progress: Progress) -> None:
    """Judge a file of RDF by the shapes.

    ValidationError if it cannot be read, or holds nothing that the shapes are about.
    """
    if not is_rdf(path.name):
        raise ValidationError(f"{path}: RDF is known by {', '.join(FORMATS)}, each with .gz; name the file so")
    with quads_of(path, progress) as quads:
        report.checked = Shapes(schema).judge(quads, progress, report.add)
    if not report.checked:
        raise ValidationError(
            f"{path}: nothing in it is of a class of {iris.ontology_iri(schema)}, so nothing was checked; "
            "look at the names of its classes"
        )


def check_store(store: Rows, schema: Schema, report: Report, progress: Progress) -> None:
    """Judge what a store holds: row by row, as records of the ontology, and its RDF by the shapes."""
    nodes, edges = list(store.node_rows()), list(store.edge_rows())
    report.checked = len(nodes) + len(edges)
    problems = [Problem(id_, "revision", _ALTERED) for id_ in chain(altered_nodes(store), altered_edges(store))]
    broken = [*_incomplete(nodes, edges)]
    problems += broken or validate(graph_of(store), schema=schema)
    told = {(problem.record, problem.where) for problem in problems}
    for problem in problems:
        kind = f"{problem.record.partition('/')[0]} {problem.where.partition(' ')[0]}"
        report.add(Finding(problem.record, problem.where, problem.what, NEXT_STEP, kind))
    if not broken:
        _check_rdf(store, schema, told, report, progress)


def _check_rdf(store: Rows, schema: Schema, told: set[tuple[str, str]], report: Report, progress: Progress) -> None:
    """Judge the RDF of a store, as far as that was not told before: of which record, and where."""

    def found(finding: Finding) -> None:
        record = unquote(finding.record.removeprefix(schema.base_iri))
        if (record, finding.where) not in told:
            report.add(replace(finding, record=record, next_step=NEXT_STEP))

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.nt"
        try:
            write_rdf(store, path, schema=schema)
        except ValidationError as error:
            if not told:
                report.add(Finding("", "as RDF", str(error), NEXT_STEP))
            return
        with quads_of(path, lambda done, total, what: None) as quads:
            Shapes(schema).judge(quads, progress, found)


def _incomplete(nodes: list[NodeRow], edges: list[EdgeRow]) -> Iterator[Problem]:
    """What is missing so that rows cannot be read as records."""
    labels = {row.properties["id"]: row.label for row in nodes}
    whole: dict[str, list[str]] = {}
    for edge in edges:
        if edge.type == "PART_OF":
            whole.setdefault(edge.source, []).append(edge.target)
    for row in nodes:
        id_ = row.properties["id"]
        if "name" not in row.properties:
            yield Problem(id_, "name", "there is none")
        of = {"Evidence": "Document", "Document": "Filing"}.get(row.label)
        if of and [labels.get(one) for one in whole.get(id_, ())] != [of]:
            yield Problem(id_, "PART_OF", f"it is not part of one {of}")
    for properties in (*(row.properties for row in nodes), *(row.properties for row in edges)):
        for evidence in properties.get("evidence", ()):
            if labels.get(evidence) != "Evidence":
                yield Problem(str(properties.get("id")), "evidence", f"{evidence} states it, and is not there")
