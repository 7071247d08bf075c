"""Names in a statement that the ontology does not know: Cypher finds nothing there and says nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from biopact.graph.cypher_tokens import Token, tokens
from biopact.graph.read_only import SUBQUERIES
from biopact.ontology import Schema, load_schema
from biopact.ontology.schema import EDGE_RESERVED, NODE_RESERVED

# Parts of dates, durations and points, which look like properties.
_PARTS = frozenset(
    [
        *(
            "year",
            "quarter",
            "month",
            "week",
            "day",
            "hour",
            "minute",
            "second",
            "millisecond",
            "nanosecond",
            "timezone",
        ),
        *("years", "quarters", "months", "weeks", "days", "hours", "minutes", "seconds", "weekYear", "ordinalDay"),
        *("dayOfWeek", "dayOfQuarter", "epochSeconds", "epochMillis", "x", "y", "z"),
    ]
)

_BEFORE_MAPS = {*SUBQUERIES, "ELSE", "IN", "THEN", "WHEN"}  # words, not variables, in front of a brace in brackets


def unknown_names(cypher: str) -> list[str]:
    """What to say of labels, edge types and properties that no node or edge can have, in the order they stand.

    >>> unknown_names("MATCH (n:company)-[:LICENCES_TO]->() RETURN n.nmae, 'n.x' AS x")
    ['no type company; did you mean Company?', 'no type LICENCES_TO; did you mean LICENSES_TO?', \
'no property nmae; did you mean name?']
    """
    schema = load_schema()
    own = [token for token in tokens(cypher) if token.kind != "comment"]
    types, properties = [*schema.nodes, *schema.edges], _properties(schema)
    made = {b.text for a, b, c in _threes(own) if c.text == ":" and a.text in ("{", ",")}  # keys of maps
    said: dict[str, None] = {}
    for kind, name in _names(own):
        if kind == "type" and name not in types:
            said[f"no type {name}{_near(name, types)}"] = None
        elif kind != "type" and name not in properties and not (kind == "property" and name in made | _PARTS):
            said[f"no property {name}{_near(name, sorted(properties))}"] = None
    return list(said)


def _names(own: list[Token]) -> Iterator[tuple[str, str]]:
    """Labels and types after a colon and what follows them; properties after a dot, or in the braces of a pattern."""
    opened: list[str] = [""]
    labels = parameter = False  # whether | & ! go on a list of labels here; whether a dot leads into a parameter
    for before, token, after in _threes(own):
        name, mark = token.kind in ("word", "quoted"), token.text if token.kind == "symbol" else ""
        if mark in ("(", "[", "{"):
            of_pattern = mark == "{" and opened[-1] in ("(", "[") and before.kind in ("word", "quoted")
            opened.append("pattern" if of_pattern and before.upper not in _BEFORE_MAPS else mark)
        elif mark in (")", "]", "}") and len(opened) > 1:
            opened.pop()
        elif token.upper in ("IN", "WHERE") and opened[-1] == "[":
            opened[-1] = "list"  # | begins its values
        if name and before.text == ":" and opened[-1] not in ("{", "pattern"):
            labels = True
            yield "type", token.text
        elif name and labels and before.text in ("|", "&", "!") and opened[-1] != "list":
            yield "type", token.text
        elif name and before.text == "." and not parameter and after.text not in ("(", "."):
            yield "property", token.text
        elif name and before.text in ("{", ",") and after.text == ":" and opened[-1] == "pattern":
            yield "key", token.text
        elif not (labels and mark in ("|", "&", "!", ":")):
            labels = False
        parameter = before.text == "$" or (parameter and "." in (mark, before.text))


def _threes(own: list[Token]) -> Iterable[tuple[Token, Token, Token]]:
    """Each token between its neighbours."""
    edge = Token("symbol", "", 0, 0)
    return zip([edge, *own], own, [*own[1:], edge], strict=False)


def _properties(schema: Schema) -> set[str]:
    found = {name for node in schema.nodes.values() for name in node.properties}
    found |= {name for edge in schema.edges.values() for name in edge.properties}
    return found | set(NODE_RESERVED) | set(EDGE_RESERVED)


def _near(name: str, known: list[str]) -> str:
    folded = {one.casefold(): one for one in known}
    near = difflib.get_close_matches(name.casefold(), folded, n=1)
    return f"; did you mean {folded[near[0]]}?" if near else "; `biopact schema` lists what there is"
