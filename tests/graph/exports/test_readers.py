"""Readers that share nothing with what wrote the files: Jena, lxml and PyLD find the same statements in each form."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from lxml import etree
from pyld import jsonld

from biopact.graph.rdf import FORMATS, write_rdf
from biopact.graph.records import Graph
from biopact.ontology.rendering import COMMITTED
from tests.servers.processes import ServerUnavailableError, unavailable
from tests.servers.triple_stores import fuseki_jar, fuseki_java

DOCS = Path(__file__).parents[3] / "docs"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
WITH_GRAPHS = (".nq", ".trig")
ONTOLOGY = ("owl", "owl-xml", "owl-jsonld", "shacl")
STARRED = (".nq", ".trig", ".nt", ".ttl")  # JSON-LD has no form for reifiers yet, and Jena 5 knows not that of RDF/XML


def statements(data: bytes) -> set[str]:
    """The quads of N-Quads, each as one line."""
    return {str(quad) for quad in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_QUADS)}


def files(graph: Graph, folder: Path) -> dict[str, Path]:
    """The graph in every form, with reifiers too, and packed."""
    found = {}
    for suffix in (*FORMATS, ".nt.gz"):
        found[suffix] = folder / f"graph{suffix}"
        write_rdf(graph, found[suffix])
    for suffix in STARRED:
        found[f"reifiers{suffix}"] = folder / f"reifiers{suffix}"
        write_rdf(graph, found[f"reifiers{suffix}"], reifiers=True)
    return found


@pytest.fixture(scope="module")
def java() -> list[Any]:
    """What runs Jena's riot."""
    try:
        return [*fuseki_java(), "-Xmx512m", "-cp", fuseki_jar(), "riotcmd.riot"]
    except ServerUnavailableError as error:
        unavailable(str(error))


def test_jena_reads_every_form(graph: Graph, tmp_path: Path, java: list[Any]) -> None:
    written = files(graph, tmp_path)
    plain = statements(written[".nt"].read_bytes())
    named = statements(written[".nq"].read_bytes())
    ontology = [DOCS / COMMITTED[form] for form in ONTOLOGY]
    checked = subprocess.run(
        [*java, "--strict", "--validate", *written.values(), *ontology], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
    assert " WARN " not in checked.stderr + checked.stdout
    assert " ERROR " not in checked.stderr + checked.stdout
    for kind, suffixes, expected in (
        ("triples", (".ttl", ".jsonld", ".rdf", ".nt", ".nt.gz"), plain),
        ("quads", WITH_GRAPHS, named),
    ):
        # read together in one run of Java: what one form had more than the others, or less, would show
        read = subprocess.run(
            [*java, "--output=nquads", *(written[s] for s in suffixes)], capture_output=True, check=True
        )
        lines = [line for line in read.stdout.splitlines() if line.startswith(b"<")]  # not those of its log
        assert statements(b"\n".join(lines)) == expected, kind
        assert len(lines) == len(expected) * len(suffixes), kind


def test_pyld_expands_json_ld_to_the_same_statements(graph: Graph, tmp_path: Path) -> None:
    written = files(graph, tmp_path)
    document = json.loads(written[".jsonld"].read_bytes())
    expanded = jsonld.expand(document)
    assert expanded
    lines = jsonld.to_rdf(expanded, {"format": "application/n-quads"})
    assert statements(lines.encode()) == statements(written[".nt"].read_bytes())


def test_lxml_finds_the_statements_in_rdf_xml(graph: Graph, tmp_path: Path) -> None:
    """Our RDF/XML is flat: descriptions, in them a child for each statement. No RDF library reads it here."""
    written = files(graph, tmp_path)
    root = etree.parse(written[".rdf"]).getroot()
    assert root.tag == f"{{{RDF}}}RDF"
    found = set()
    for resource in root:
        name = etree.QName(resource)
        subject = pyoxigraph.NamedNode(str(resource.get(f"{{{RDF}}}about")))
        if resource.tag != f"{{{RDF}}}Description":
            found.add(_quad(subject, f"{RDF}type", pyoxigraph.NamedNode(f"{name.namespace}{name.localname}")))
        for child in resource:
            predicate = etree.QName(child)
            found.add(_quad(subject, f"{predicate.namespace}{predicate.localname}", _object(child)))
    assert found == statements(written[".nt"].read_bytes())


def _object(child: etree._Element) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    if resource := child.get(f"{{{RDF}}}resource"):
        return pyoxigraph.NamedNode(str(resource))
    language = child.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        return pyoxigraph.Literal(child.text or "", language=str(language))
    datatype = str(child.get(f"{{{RDF}}}datatype") or XSD_STRING)
    return pyoxigraph.Literal(child.text or "", datatype=pyoxigraph.NamedNode(datatype))


def _quad(subject: pyoxigraph.NamedNode, predicate: str, value: pyoxigraph.NamedNode | pyoxigraph.Literal) -> str:
    return str(pyoxigraph.Quad(subject, pyoxigraph.NamedNode(predicate), value))


def test_packed_files_hold_what_unpacked_ones_do(graph: Graph, tmp_path: Path) -> None:
    written = files(graph, tmp_path)
    assert gzip.decompress(written[".nt.gz"].read_bytes()) == written[".nt"].read_bytes()
