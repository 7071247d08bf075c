"""RDF files of the graph: lines from `nquads`, every other form converted from them by pyoxigraph.

The same graph always gives the same bytes, compressed or not.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, cast

import pyoxigraph

from biopact.graph.appearing import appearing
from biopact.graph.collecting import uncollected
from biopact.graph.named_graphs import by_filing, merged
from biopact.graph.nquads import Statements, end_in
from biopact.graph.rdf_beside import Beside, Block
from biopact.graph.rdf_links import Link
from biopact.graph.rdf_triples import PREFIXES
from biopact.graph.records import Graph
from biopact.graph.store import Rows
from biopact.graph.told import told_by
from biopact.ontology import Schema, ValidationError, iris, load_schema

FORMATS = {
    ".nq": pyoxigraph.RdfFormat.N_QUADS,
    ".trig": pyoxigraph.RdfFormat.TRIG,
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
    ".rdf": pyoxigraph.RdfFormat.RDF_XML,
}
_WITH_GRAPHS = (".nq", ".trig")  # the others hold all statements in one graph
# A control character as N-Quads escapes it (an odd number of backslashes stands before the letter), or a noncharacter.
_NOT_IN_XML = re.compile(rb"(?<!\\)(?:\\\\)*\\(?:u00[01][0-9a-f]|[bf])|\xef\xbf[\xbe\xbf]")

_PREFIX = re.compile(r"[A-Za-z]([A-Za-z0-9_-]*[A-Za-z0-9])?")
_ABSOLUTE = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`\ud800-\udfff]*')


def suffix_of(path: Path) -> str:
    """The one of FORMATS that the file's name ends in, before .gz; ValidationError if there is none."""
    suffix = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    if suffix not in FORMATS:
        raise ValidationError(
            f"{path}: no RDF form is known by {suffix!r}; known are {', '.join(FORMATS)}, each with .gz"
        )
    return suffix


def write_rdf(
    source: Graph | Rows,
    path: Path,
    *,
    base: str | None = None,
    ontology: bool = False,
    links: Iterable[Link] = (),
    reifiers: bool = False,
    prefixes: Mapping[str, str] | None = None,
    schema: Schema | None = None,
) -> int:
    """Write the graph to a file whose suffix is one of FORMATS, with .gz after it to compress it.

    `base` is the IRI that ids are appended to (that of the ontology by default). With `ontology` the ontology is
    written too, in a named graph of its own where the form has such, and so are `links`, as far as their nodes are in
    the graph. With `reifiers` edges reify their direct triples, as RDF 1.2 has it. `prefixes` are names for the
    beginnings of IRIs, beside our own, in forms that have such. Returns the number of statements.
    The file appears whole or not at all; ValidationError names a record that RDF cannot hold.
    """
    schema = schema or load_schema()
    suffix = suffix_of(path)
    if reifiers and suffix == ".jsonld":
        raise ValidationError(f"{path}: JSON-LD has no form for reifiers; use another ending than .jsonld")
    statements = Statements(schema, schema.base_iri if base is None else base, reifiers=reifiers)
    names = _prefixes(schema, statements.base, prefixes or {})
    with_graphs = suffix in _WITH_GRAPHS
    beside = Beside(statements, links)
    blocks = (by_filing if with_graphs else merged)(statements, told_by(source), beside)
    if ontology:
        name = statements.graph_term("ontology") if with_graphs else None
        blocks = chain(blocks, map(beside.also, _ontology(schema, name)))
    with appearing(path) as out, uncollected():
        if suffix in (".nq", ".nt"):
            out.writelines(content for _, content in blocks)
            return beside.count
        with tempfile.TemporaryFile() as lines:
            lines.writelines(content for _, content in blocks)
            lines.seek(0)
            _convert(cast(IO[bytes], lines), out, suffix, names)
        return beside.count


def graphs(
    store: Rows,
    *,
    base: str | None = None,
    links: Iterable[Link] = (),
    reifiers: bool = False,
    schema: Schema | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Each named graph of a store: its IRI and its N-Quads, in the order of `write_rdf`; equal stores, equal bytes."""
    schema = schema or load_schema()
    statements = Statements(schema, schema.base_iri if base is None else base, reifiers=reifiers)
    for name, blocks in groupby(by_filing(statements, told_by(store), Beside(statements, links)), itemgetter(0)):
        content = b"".join(lines for _, lines in blocks)
        if name and content:
            yield name[1:-1].decode(), content


def _convert(lines: IO[bytes], out: IO[bytes], suffix: str, prefixes: Mapping[str, str]) -> None:
    written: IO[bytes] = out
    if suffix == ".rdf":
        for line in lines:
            if _NOT_IN_XML.search(line):
                raise ValidationError(
                    f"{line.partition(b' ')[0].decode()}: XML has no form for a control character in its words; "
                    "use another format than .rdf"
                )
        lines.seek(0)
        written = cast(IO[bytes], _KeepCarriageReturns(out))
    quads = pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_QUADS)
    statements = quads if suffix in _WITH_GRAPHS else (quad.triple for quad in quads)
    pyoxigraph.serialize(statements, written, FORMATS[suffix], prefixes=dict(prefixes))


class _KeepCarriageReturns(io.RawIOBase):
    """An XML reader turns a bare carriage return into a line feed, unless it is written as a reference."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        given = bytes(cast(bytes, data))
        self.out.write(given.replace(b"\r", b"&#xD;"))
        return len(given)


def _ontology(schema: Schema, name: bytes | None) -> Iterator[Block]:
    from biopact.ontology.owl import owl_graph  # rdflib is slow to import

    lines = sorted(owl_graph(schema).serialize(format="nt", encoding="utf-8").splitlines())
    yield name, b"".join(line.removesuffix(b" .") + end_in(name) for line in lines if line)


def _prefixes(schema: Schema, base: str, given: Mapping[str, str]) -> dict[str, str]:
    """Prefixes for the forms that are read by people: of the ontology, of each kind of node, and those given."""
    for name, iri in given.items():
        if not _PREFIX.fullmatch(name) or not _ABSOLUTE.fullmatch(iri):
            raise ValidationError(f"prefix {name}={iri}: expected letters, digits, - and _, then = and an absolute IRI")
    prefixes = {node.prefix: f"{base}{node.prefix}/" for node in schema.nodes.values()}
    prefixes |= {edge.prefix: f"{base}{edge.prefix}/" for edge in schema.edges.values()}
    prefixes |= PREFIXES | {schema.name: iris.ontology_iri(schema) + "#"}
    return {name: iri for name, iri in prefixes.items() if iri not in given.values()} | dict(given)
