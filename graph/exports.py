"""Every file the graph can be written to, chosen by its suffix: RDF, formats of drawing tools, tables, records."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import networkx as nx

from biopact.graph import rdf
from biopact.graph.appearing import appearing
from biopact.graph.follow_the_money import entities
from biopact.graph.neo4j_tables import write_tables
from biopact.graph.rdf_links import Link
from biopact.graph.records import Edge, Graph, Node, canonical, half_a_character
from biopact.graph.store import GraphRows, Rows, graph_of
from biopact.ontology import Schema, ValidationError, load_schema

SEPARATOR = " | "  # between the values of a list, in formats that have no lists

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TABLES = ".csv"


def export(
    source: Graph | Rows,
    path: Path,
    *,
    base: str | None = None,
    links: Sequence[Link] = (),
    reifiers: bool = False,
    prefixes: Mapping[str, str] | None = None,
) -> int:
    """Write the graph, or that of a store, in the form that the name's end tells; returns how many records it wrote.

    Known are the suffixes of `rdf.FORMATS` and of FORMATS, with .gz or without, and .csv. The latter makes two files,
    `neo4j_tables.tables_of` it. Files appear whole or not at all. ValidationError lists what is known, or names the
    record that the form cannot hold. `base`, `links`, `reifiers` and `prefixes` are for RDF, as `rdf.write_rdf` takes
    them, whose count is of statements. RDF and tables of a store are written while its rows pass by; for the other
    forms they are read first.
    """
    packed = path.suffix == ".gz"
    name = path.name.removesuffix(".gz")
    suffix = next((known for known in FORMATS if name.endswith(known)), Path(name).suffix)
    if suffix in rdf.FORMATS:
        return rdf.write_rdf(source, path, base=base, links=links, reifiers=reifiers, prefixes=prefixes)
    if suffix not in (*FORMATS, TABLES) or (packed and suffix == TABLES):
        known = ", ".join((*rdf.FORMATS, *FORMATS, TABLES))
        raise ValidationError(f"{path}: no export has this suffix; known are {known}, and .gz after all but .csv")
    if links or reifiers or prefixes:
        raise ValidationError(
            f"{path}: links, reifiers and prefixes need a form of RDF; known are {', '.join(rdf.FORMATS)}"
        )
    if suffix == TABLES:
        return write_tables(GraphRows(source) if isinstance(source, Graph) else source, path)
    graph = source if isinstance(source, Graph) else graph_of(source)
    FORMATS[suffix](graph, path)
    return len(graph.nodes) + len(graph.edges)


def as_networkx(graph: Graph) -> nx.MultiDiGraph[str]:
    """The graph for analysis and drawing tools: flat attributes, lists joined, quotations as `quotes`.

    Numbers are floats wherever the ontology says number, since drawing tools want one type for an attribute.
    """
    schema = load_schema()
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for _, node in sorted(graph.nodes.items()):
        aliases = {"aliases": SEPARATOR.join(node.aliases)} if node.aliases else {}
        drawn.add_node(
            node.id, **_clean({"label": node.name, "node_type": node.type, **aliases, **_flat(schema, node)})
        )
    for _, edge in sorted(graph.edges.items()):
        drawn.add_edge(edge.source, edge.target, key=edge.id, label=edge.type, **_clean(_flat(schema, edge)))
    return drawn


def _flat(schema: Schema, record: Node | Edge) -> dict[str, Any]:
    type_ = schema.nodes[record.type] if isinstance(record, Node) else schema.edges[record.type]
    flat: dict[str, Any] = {}
    for name, value in sorted(record.properties.items()):
        if isinstance(value, tuple):
            flat[name] = SEPARATOR.join(value)
        elif type_.properties[name].type == "number":
            flat[name] = float(value)
        else:
            flat[name] = value
    if record.evidence:
        flat["quotes"] = SEPARATOR.join(dict.fromkeys(e.quote for e in sorted(record.evidence)))
    return flat


def _clean(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Control characters replaced: XML has no form for them, and a picture can do without."""
    return {k: _NOT_IN_XML.sub("\ufffd", v) if isinstance(v, str) else v for k, v in attributes.items()}


def _graphml(graph: Graph, path: Path) -> None:
    with appearing(path) as out:
        nx.write_graphml_xml(as_networkx(graph), out)


def _gexf(graph: Graph, path: Path) -> None:
    drawn = io.BytesIO()
    nx.write_gexf(as_networkx(graph), drawn)
    with appearing(path) as out:
        # networkx dates the file, and the same graph should give the same bytes
        out.write(re.sub(rb' lastmodifieddate="[^"]*"', b"", drawn.getvalue(), count=1))


def _json_lines(graph: Graph, path: Path) -> None:
    records: list[Node | Edge] = [n for _, n in sorted(graph.nodes.items())]
    records += [e for _, e in sorted(graph.edges.items())]
    with appearing(path) as out:
        for record in records:
            try:
                out.write(canonical(record.to_json()).encode() + b"\n")
            except UnicodeEncodeError as error:
                raise half_a_character(record.id) from error


def _follow_the_money(graph: Graph, path: Path) -> None:
    with appearing(path) as out:
        for entity in entities(graph):
            try:
                out.write(canonical(entity).encode() + b"\n")
            except UnicodeEncodeError as error:
                raise half_a_character(entity["id"]) from error


FORMATS: Mapping[str, Callable[[Graph, Path], None]] = {
    ".graphml": _graphml,
    ".gexf": _gexf,
    ".ftm.json": _follow_the_money,
    ".jsonl": _json_lines,
}
