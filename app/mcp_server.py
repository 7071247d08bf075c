"""The graph as tools of the Model Context Protocol, for programs that talk with a language model.

A client of the Python API, as a notebook is. Every tool only reads; where an answer names edges, agreements or
evidence, the words that state them come along, so that what is told can be quoted. The store is opened for each call
and let go of again, because a folder belongs to one process at a time and a server of this kind runs all day.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from biopact.answers import Answer
from biopact.graph.cypher_names import unknown_names
from biopact.lookups import is_edge, quotations
from biopact.ontology import BiopactError, EdgeType, NodeType, load_schema
from biopact.opened import Graph
from biopact.queries import GROUPS, catalogue
from biopact.queries import group as group_of
from biopact.things import Edge, Node, Quotation

INSTRUCTIONS = """\
biopact is a knowledge graph of biopharma collaborations read out of SEC filings: who licenses what to whom, on which
terms, who works with whom, who supplies, owns, acquires. Every fact in it is a quotation from a filing.
Look up what a name is called in full with `find`; answer with a named question (`list_questions`, `ask`) where one
fits, and with `cypher` (after reading `schema`) where none does. Quote the words that come with an answer, with their
filing; `evidence` has more of them. What is not in the graph is not thereby untrue: only what filings say is known."""
QUOTED = 25  # facts of one answer whose words come along
FOUND = 25  # nodes that a name may mean
READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)


def server(open_graph: Callable[[], Graph], *, rows: int = 100, seconds: float = 30.0) -> MCPServer:
    """The server of a graph; an answer has at most so many rows, and a statement so many seconds."""
    made = MCPServer("biopact", title="biopact", instructions=INSTRUCTIONS, log_level="WARNING")
    one_at_a_time = threading.Lock()

    @contextmanager
    def graph() -> Iterator[Graph]:
        """The graph during one call; what goes wrong is told to the model in our own words."""
        try:
            with one_at_a_time, open_graph() as opened:
                yield opened
        except BiopactError as error:
            raise ToolError(str(error)) from error

    def list_questions(group: str | None = None) -> dict[str, Any]:
        """The named questions, what each answers and takes. `group` lists only those of one group."""
        try:
            asked = list(catalogue().values()) if group is None else group_of(group)
        except BiopactError as error:
            raise ToolError(str(error)) from error
        questions = [
            {
                "name": q.name,
                "group": q.group,
                "answers": q.answers,
                "parameters": [
                    {"name": p.name, "type": p.takes, "default": p.default, "description": p.description}
                    for p in q.parameters.values()
                ],
                "columns": list(q.columns),
            }
            for q in asked
        ]
        return {"groups": dict(GROUPS), "questions": questions}

    def ask(name: str, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
        """Ask a named question. A parameter that names a company or anything else takes a name, an alias or an id."""
        with graph() as g:
            found = g.ask(name, **{**(parameters or {}), "seconds": seconds})
            shown = Answer.of(found.columns, found.rows[:rows], len(found) > rows)
            return _answer(g, shown) | {"notes": list(found.notes)}

    def cypher(statement: str, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
        """Ask in Cypher. Only reading is possible. Return `e.id` or `e.evidence` of edges to get their words too."""
        with graph() as g:
            found = g.cypher(statement, parameters, seconds=seconds, rows=rows)
            return _answer(g, found) | {"notes": unknown_names(statement)}

    def find(name: str) -> dict[str, Any]:
        """What a name, its beginning, some of its words, an alias, a CIK or an id may mean, the likeliest first."""
        with graph() as g:
            return {"found": [_node(node) for node in g.find(name, limit=FOUND)]}

    def evidence(id: str) -> dict[str, Any]:
        """The words behind a node, an edge or a piece of evidence; of a node, also its edges with their words."""
        with graph() as g:
            if id.startswith("evidence/"):
                return {"quotations": _quoted(quotations(g.store, [id]))}
            if is_edge(id):
                return _edge(g, g.edge(id))
            node = g.node(id)
            edges = g.edges(node)
            shown = [_edge(g, edge) for edge in edges[:QUOTED]]
            return _node(node) | {
                "quotations": _quoted(g.evidence(node)),
                "edges": shown,
                "more_edges": edges[QUOTED:] != [],
            }

    def schema() -> dict[str, Any]:
        """The types of nodes and edges, what they mean, and their properties; for `cypher`.

        Every node has id, name, aliases and evidence besides, every edge id and evidence.
        """
        known = load_schema()
        return {
            "nodes": {
                node.name: {"means": node.description, "properties": _properties(node)} for node in known.nodes.values()
            },
            "edges": {
                edge.name: {
                    "means": edge.description,
                    "from": list(edge.source),
                    "to": list(edge.target),
                    "properties": _properties(edge),
                }
                for edge in known.edges.values()
            },
        }

    for tool in (list_questions, ask, cypher, find, evidence, schema):
        made.tool(annotations=READS)(tool)
    return made


def _answer(graph: Graph, answer: Answer) -> dict[str, Any]:
    """Rows by column, and the words of the facts that they name."""
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer]
    facts = list(dict.fromkeys(text for row in rows for text in _texts(row.values()) if _is_fact(text)))
    words: dict[str, list[dict[str, Any]]] = {}
    for fact in facts[:QUOTED]:
        found = quotations(graph.store, [fact]) if fact.startswith("evidence/") else graph.evidence(fact)
        words[fact] = _quoted(found)
    return {"rows": rows, "more_rows": answer.cut, "quotations": words, "more_quotations": len(facts) > QUOTED}


def _texts(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        match value:
            case str():
                yield value
            case dict():
                yield from _texts(value.values())
            case list() | tuple():
                yield from _texts(value)


def _is_fact(text: str) -> bool:
    return text.startswith(("agreement/", "evidence/")) or is_edge(text)


def _properties(type_: NodeType | EdgeType) -> dict[str, str]:
    return {p.name: f"{p.type}{', a list' if p.many else ''}: {p.description}" for p in type_.properties.values()}


def _node(node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "type": node.type,
        "name": node.name,
        "aliases": list(node.aliases),
        "properties": dict(node.properties),
    }


def _edge(graph: Graph, edge: Edge) -> dict[str, Any]:
    return {
        "id": edge.id,
        "type": edge.type,
        "source": {"id": edge.source.id, "name": edge.source.name},
        "target": {"id": edge.target.id, "name": edge.target.name},
        "properties": dict(edge.properties),
        "quotations": _quoted(quotations(graph.store, edge.evidence)),
    }


def _quoted(found: Iterable[Quotation]) -> list[dict[str, Any]]:
    return [{"words": q.words, "place": q.place, "filed": q.filing_date, "url": q.url, "id": q.id} for q in found]
