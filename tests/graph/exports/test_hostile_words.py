"""Hostile words, wherever a filing's words can stand: they come back from RDF as they are, or are refused."""

import tempfile
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st

from biopact.graph.rdf import FORMATS, write_rdf
from biopact.graph.rdf_reading import read_rdf
from biopact.graph.records import Graph
from biopact.ontology import ValidationError
from tests.graph.exports.telling import telling

PIECES = (
    'quoted "name"', "'''", "\n", "\r\n", "\t", "\\", "\\u0041", "\\N{BULLET}", "> <http://evil/> .\n", "<http://evil/s>",
    '" .\n<http://evil/s> <http://evil/p> "o" .\n', '"^^<http://evil/>', '"@en', "<<( )>>", "]]>", "<!--", "&amp;",
    "</rdfs:label>", "\u202e", "\u200f", "\u2028", "\x85", "\x00", "\x07", "\x7f", "\ufffe", "e\u0301", "\ud800",
    "\udfff", "\U0001f9ec", "{}", "%3E", "%", " ", "#", "?", "/", "..", "_:b", "@prefix", "x" * 10_000,
)  # fmt: skip
anything = st.text(st.characters(exclude_categories=()), max_size=20)
hostile = st.lists(st.sampled_from(PIECES) | anything, min_size=1, max_size=4).map("".join)


def _composed(value: Any) -> Any:
    """The value in NFC, as exports have all words but quotations."""
    if isinstance(value, tuple):
        return tuple(map(_composed, value))
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _of_export(graph: Graph) -> Graph:
    nodes = {
        i: replace(
            n,
            name=_composed(n.name),
            aliases=_composed(n.aliases),
            properties={k: _composed(v) for k, v in n.properties.items()},
        )
        for i, n in graph.nodes.items()
    }
    edges = {
        i: replace(e, properties={k: _composed(v) for k, v in e.properties.items()}) for i, e in graph.edges.items()
    }
    return Graph(nodes, edges)


def _statements(path: Path, suffix: str) -> list[pyoxigraph.Quad]:
    return list(pyoxigraph.parse(path=path, format=FORMATS[suffix]))


@pytest.fixture(scope="module")
def harmless() -> dict[str, int]:
    """How many statements each form has where all words are harmless."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {suffix: Path(folder) / f"graph{suffix}" for suffix in FORMATS}
        for path in paths.values():
            write_rdf(telling("words", "one"), path)
        return {suffix: len(_statements(path, suffix)) for suffix, path in paths.items()}


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=30)
@given(words=hostile, tail=hostile)
@example(words="> <http://evil/s> <http://evil/p> <http://evil/o> .\n", tail="a> <http://evil/p> <http://evil/o> .\n<a")
@example(words='" <http://evil/g> .\n<http://evil/s> <http://evil/p> "', tail="\u202e")
@example(words="x" * 10_000, tail="y" * 10_000)
@example(words="\ud83e", tail="a")
@example(words="a", tail="\udd2c")
@example(words="a", tail="\ufffd %FF")
def test_hostile_words_survive_or_are_refused(harmless: dict[str, int], suffix: str, words: str, tail: str) -> None:
    graph = telling(words, tail)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"graph{suffix}"
        try:
            write_rdf(graph, path)
        except ValidationError:
            assert list(Path(folder).iterdir()) == []
            half = any(0xD800 <= ord(c) < 0xE000 for c in words + tail)
            assert half or (suffix == ".rdf" and any(ord(c) < 32 or c in "\ufffe\uffff" for c in words))
            return
        found = _statements(path, suffix)
        assert len(found) == harmless[suffix]
        assert not any("evil" in q.predicate.value or str(q.graph_name).startswith("<http://evil") for q in found)
        assert read_rdf(path) == _of_export(graph)


@settings(max_examples=25)
@given(words=hostile.filter(lambda words: not any(0xD800 <= ord(c) < 0xE000 for c in words)))
def test_another_reader_finds_no_more_statements(harmless: dict[str, int], words: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_rdf(telling(words, "one"), Path(folder) / "graph.nt")
        found = rdflib.Graph().parse(Path(folder) / "graph.nt", format="nt")
    assert len(found) == harmless[".nt"]
