"""The check that every statement passes before any store sees it: it reads the graph, and nothing beyond it.

Clauses and procedures are those of a list, everything else is refused. No grammar is needed for that. In Cypher two
values never stand side by side, so a word where a value has just ended goes on the statement, and must be one of the
words that go on one; and a word where a statement or subquery begins must begin a clause that reads. Where a value is
due a word is a name, unless it is one of those that change a graph; these need backticks to be names. What follows
``.``, ``:`` or ``$`` is a name always. Engines refuse writing too (Neo4j's access mode, ArcadeDB's query call); this
holds without them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from typing import Any, NoReturn

from biopact.graph.cypher_tokens import Token, refuse, tokens
from biopact.ontology import StoreError

BEGIN = frozenset({"CALL", "MATCH", "OPTIONAL", "RETURN", "UNWIND", "WITH"})
CHANGE = frozenset(
    {"CALL", "CREATE", "DELETE", "DETACH", "FOREACH", "INSERT", "LOAD", "MERGE", "NODETACH", "REMOVE", "SET"}
)
SUBQUERIES = frozenset({"COLLECT", "COUNT", "EXISTS"})
PROCEDURES = frozenset(
    {
        "db.index.fulltext.queryNodes",
        "db.index.fulltext.queryRelationships",
        "db.labels",
        "db.propertyKeys",
        "db.relationshipTypes",
        "db.schema.nodeTypeProperties",
        "db.schema.relTypeProperties",
        "db.schema.visualization",
    }
)
# Functions in other namespaces come from plug-ins, and some of those read files or run Cypher.
NAMESPACES = frozenset({"date", "datetime", "duration", "localdatetime", "localtime", "point", "time", "vector"})

DEEPEST = 50  # lists within lists in a parameter

_CLOSES = {")": "(", "]": "[", "}": "{"}


class _Expect(Enum):
    """What may come next."""

    CLAUSE = auto()  # where a statement or a subquery begins
    VALUE = auto()
    MORE = auto()  # a value has ended: an operator, or a word that goes on the statement
    NAME = auto()  # after . : or $
    KEY = auto()  # of a map
    CALLED = auto()  # after CALL: a subquery or a procedure
    SCOPED = auto()  # after CALL (…): a subquery


# Words that go on a statement where a value has ended, and what they expect.
_VALUE = {"AND", "AS", "BY", "CONTAINS", "ELSE", "IN", "IS", "LIMIT", "MATCH", "OFFSET", "OR", "RETURN", "SKIP"}
_VALUE |= {"THEN", "UNWIND", "WHEN", "WHERE", "WITH", "XOR", "YIELD"}
_MORE = {
    **dict.fromkeys(_VALUE, _Expect.VALUE),
    **dict.fromkeys(("ASC", "ASCENDING", "DESC", "DESCENDING", "END", "ENDS", "ORDER", "STARTS"), _Expect.MORE),
    **dict.fromkeys(("OPTIONAL", "UNION"), _Expect.CLAUSE),
    "CALL": _Expect.CALLED,
}


def read_only(cypher: str) -> str:
    """The statement as an engine may have it: comments are spaces now, so that none can be read differently.

    StoreError says what is refused, where, and what would do.

    >>> read_only("MATCH (n) RETURN n.set /* it is a name */ AS x;")
    'MATCH (n) RETURN n.set                    AS x '
    >>> read_only("MATCH (n) SET n.name = ''")
    Traceback (most recent call last):
    ...
    biopact.ontology.errors.StoreError: line 1, column 11: SET would change the graph, and a question may only read it
    """
    own, given = [], list(cypher)
    for token in tokens(cypher):
        if token.kind == "comment":
            given[token.start : token.end] = " " * (token.end - token.start)
        else:
            own.append(token)
    if own and own[-1].text == ";" and own[-1].kind == "symbol":
        given[own.pop().start] = " "
    _Check(cypher, own).run()
    return "".join(given)


def plain_values(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a statement; StoreError names one that is no value, nor a list or map of values."""
    for name, value in parameters.items():
        for part, depth in _parts(value):
            if isinstance(part, str) and any("\ud800" <= c <= "\udfff" for c in part):
                raise StoreError(f"parameter {name}: not valid text: {part!r}")
            if isinstance(part, int) and not -(2**63) <= part < 2**63:
                raise StoreError(f"parameter {name}: {part} is larger than any number that a store holds")
            if not isinstance(part, str | int | float | None):
                raise StoreError(
                    f"parameter {name}: a {type(part).__name__} is no value of Cypher; give text or numbers"
                )
            if depth > DEEPEST:
                raise StoreError(f"parameter {name}: lists in lists, deeper than {DEEPEST}")
    return dict(parameters)


def _parts(value: Any) -> Iterator[tuple[Any, int]]:
    """What a value is made of, with how deep it lies."""
    rest = [(value, 0)]
    while rest:
        part, depth = rest.pop()
        inner: list[Any] = []
        if isinstance(part, list | tuple):
            inner = list(part)
        elif isinstance(part, dict) and all(isinstance(key, str) for key in part):
            inner = [*part, *part.values()]
        else:
            yield part, depth
        if depth > DEEPEST:
            yield None, depth
            return
        rest += [(one, depth + 1) for one in inner]


class _Check:
    """One pass over the tokens of a statement."""

    def __init__(self, cypher: str, own: list[Token]) -> None:
        self.cypher = cypher
        self.own = own
        self.at = 0
        self.expect = _Expect.CLAUSE
        self.open: list[tuple[Token, str]] = []  # brackets, and what each of them holds
        self.path: list[str] = []  # the names, joined by dots, that end here

    def run(self) -> None:
        if not self.own:
            refuse(self.cypher, 0, "there is no statement")
        while self.at < len(self.own):
            token = self.own[self.at]
            if token.kind == "word":
                self.word(token)
            elif token.kind == "symbol":
                self.symbol(token)
            else:
                self.value(token)
            self.at += 1
        if self.open:
            bracket = self.open[-1][0]
            refuse(self.cypher, bracket.start, f"{bracket.text} is not closed")

    def word(self, token: Token) -> None:
        word, previous = token.upper, self.previous()
        match self.expect:
            case _Expect.CLAUSE:
                if previous.upper == "UNION" and word in ("ALL", "DISTINCT"):
                    return
                if word not in BEGIN:
                    self.refuse_word(token, BEGIN)
                self.go_on(_MORE[word])
            case _Expect.MORE:
                if word not in _MORE:
                    self.refuse_word(token, _MORE)
                self.go_on(_MORE[word])
            case _Expect.VALUE if word in CHANGE:
                self.refuse_word(token, ())
            case _Expect.VALUE if word in ("CASE", "DISTINCT", "NOT") and previous.upper != "AS":
                self.go_on(_Expect.VALUE)
            case _Expect.VALUE if word == "WHEN" and previous.upper == "CASE":
                self.go_on(_Expect.VALUE)
            case _Expect.KEY if self.following().text not in (":", ",", "}"):
                refuse(self.cypher, token.start, f"{token.text}: expected a key of a map, as in {{name: value}}")
            case _Expect.CALLED:
                self.procedure(token)
            case _:
                self.value(token)

    def value(self, token: Token) -> None:
        if self.expect is _Expect.CALLED and token.kind == "quoted":
            self.procedure(token)
            return
        if self.expect in (_Expect.CLAUSE, _Expect.CALLED, _Expect.SCOPED):
            self.refuse_symbol(token)
        if self.expect is _Expect.NAME and self.previous().text == ".":
            self.path.append(token.text)
        else:
            self.path = [token.text] if self.expect is _Expect.VALUE and token.kind in ("word", "quoted") else []
        self.expect = _Expect.MORE

    def symbol(self, token: Token) -> None:
        if token.text in ("(", "[", "{"):
            self.opening(token)
        elif token.text in _CLOSES:
            self.closing(token)
        elif token.text == ";":
            refuse(self.cypher, token.start, "one statement at a time")
        elif self.expect in (_Expect.CLAUSE, _Expect.CALLED, _Expect.SCOPED):
            self.refuse_symbol(token)
        elif token.text == ".":
            number = self.previous().kind == "number"
            path = self.path or [""]
            self.go_on(_Expect.VALUE if number else _Expect.NAME)
            self.path = path
        elif token.text == "*" and self.expect is not _Expect.MORE:  # all of it, and nothing times anything
            self.go_on(_Expect.MORE)
        elif token.text == ",":
            self.go_on(_Expect.KEY if self.within() == "map" else _Expect.VALUE)
        elif token.text == "$" or (token.text == ":" and self.within() != "map"):
            self.go_on(_Expect.NAME)
        else:
            self.go_on(_Expect.VALUE)

    def opening(self, token: Token) -> None:
        bracket, expect = token.text, self.expect
        if expect is _Expect.CALLED and bracket == "(":
            self.push(token, "scope", _Expect.VALUE)
        elif expect in (_Expect.CALLED, _Expect.SCOPED) and bracket == "{":
            self.push(token, "call", _Expect.CLAUSE)
        elif expect is _Expect.CLAUSE and bracket == "(" and self.within() == "subquery":
            self.push(token, "group", _Expect.VALUE)
        elif expect in (_Expect.CLAUSE, _Expect.CALLED, _Expect.SCOPED, _Expect.KEY):
            self.refuse_symbol(token)
        elif bracket == "{":
            subquery = expect is _Expect.MORE and self.path == [self.previous().text] and self.opens_subquery()
            self.push(token, *(("subquery", _Expect.CLAUSE) if subquery else ("map", _Expect.KEY)))
        else:
            if bracket == "(" and len(self.path) > 1 and self.path[0].lower() not in NAMESPACES:
                name = ".".join(self.path)
                refuse(self.cypher, token.start, f"{name}: functions of plug-ins are not asked; Cypher's own are")
            self.push(token, "group", _Expect.VALUE)

    def closing(self, token: Token) -> None:
        if not self.open or self.open[-1][0].text != _CLOSES[token.text]:
            refuse(self.cypher, token.start, f"{token.text} closes nothing that is open here")
        _, held = self.open.pop()
        # After a subquery comes the next clause, never IN TRANSACTIONS.
        self.go_on({"call": _Expect.CLAUSE, "scope": _Expect.SCOPED}.get(held, _Expect.MORE))

    def procedure(self, first: Token) -> None:
        """Take the dotted name after CALL."""
        names = [first.text]
        while self.following().text == "." and self.following(2).kind in ("word", "quoted"):
            names.append(self.following(2).text)
            self.at += 2
        name = ".".join(names)
        if name not in PROCEDURES:
            known = ", ".join(sorted(PROCEDURES))
            refuse(self.cypher, first.start, f"CALL {name}: a question may call {known}")
        self.go_on(_Expect.MORE)

    def push(self, token: Token, holds: str, expect: _Expect) -> None:
        self.open.append((token, holds))
        self.go_on(expect)

    def go_on(self, expect: _Expect) -> None:
        self.expect, self.path = expect, []

    def within(self) -> str:
        return self.open[-1][1] if self.open else ""

    def opens_subquery(self) -> bool:
        return self.previous().upper in SUBQUERIES

    def previous(self) -> Token:
        return self.own[self.at - 1] if self.at else _NOTHING

    def following(self, steps: int = 1) -> Token:
        return self.own[self.at + steps] if self.at + steps < len(self.own) else _NOTHING

    def refuse_word(
        self, token: Token, expected: Iterator[str] | frozenset[str] | Mapping[str, Any] | tuple[()]
    ) -> NoReturn:
        word = token.upper
        if word == "CALL":
            refuse(self.cypher, token.start, "CALL is a clause; a name that reads so needs backticks")
        if word in CHANGE and word != "LOAD":
            what = f"{word} would change the graph, and a question may only read it"
            refuse(self.cypher, token.start, f"{what}; a name that reads so needs backticks" if not expected else what)
        near = difflib.get_close_matches(word, list(expected), n=1)
        hint = f"did you mean {near[0]}?" if near else f"a question reads the graph with {', '.join(sorted(BEGIN))}"
        refuse(self.cypher, token.start, f"{token.text}: {hint}")

    def refuse_symbol(self, token: Token) -> NoReturn:
        wanted = {
            _Expect.CALLED: "a subquery in braces or a procedure",
            _Expect.SCOPED: "a subquery in braces",
            _Expect.KEY: "a key, as in {name: value}",
        }.get(self.expect, f"one of {', '.join(sorted(BEGIN))}")
        refuse(self.cypher, token.start, f"found {token.text}, expected {wanted}")


_NOTHING = Token("symbol", "", 0, 0)
