"""The header of a question is read strictly, and its parameters are checked before a store is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pytest

from biopact.graph.store import Result, Store
from biopact.ontology import NotFoundError, SchemaError, ValidationError
from biopact.queries import GROUPS, Question, catalogue, group, question
from biopact.queries.header import read_question

GOOD = """\
// title: Deals after a date
// answers: Which deals came
//   after the date.
// parameters:
//   since: string — A year or date.
//   share: number = 0.5 — A share.
//   open: boolean = false — Whether.
//   limit: integer = 10 — At most so many.
//   name: string = "" — Perhaps a name.
//   some: strings = "" — Perhaps names.
// columns: deal, date
// example: since=2003

MATCH (g) WHERE g.date > $since AND $share > 0 AND $open AND $name = '' AND size($some) = 0 // $since again
RETURN g.id AS deal, g.date AS date LIMIT $limit
"""


class Listening:
    """A store that repeats what it was asked."""

    def ask(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Result:
        return Result(("cypher", "parameters"), [(cypher, parameters)])


def test_every_shipped_question_is_read() -> None:
    assert len(catalogue()) >= 14
    for name, found in catalogue().items():
        assert name == found.name
        assert found.title[0].isupper() and not found.title.endswith(".")
        assert found.answers.endswith(".")
        assert found.bind(found.example)


def test_a_header_is_read_whole() -> None:
    found = read_question("time/since.cypher", GOOD)
    assert (found.group, found.name, found.title) == ("time", "since", "Deals after a date")
    assert found.answers == "Which deals came after the date."
    assert found.columns == ("deal", "date")
    assert found.example == {"since": "2003"}
    assert [(p.name, p.type, p.default) for p in found.parameters.values()] == [
        ("since", "string", None),
        ("share", "number", 0.5),
        ("open", "boolean", False),
        ("limit", "integer", 10),
        ("name", "string", ""),
        ("some", "strings", []),
    ]
    assert found.cypher.startswith("MATCH (g)")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("// title: Deals after a date\n", "", "line 1: expected title, found 'answers: "),
        ("// title:", "//title:", "line 1: a header line is"),
        ("// title: Deals after a date", "// title:", "title is empty"),
        ("// title:", "//   deeper\n// title:", "line 1: this line goes on from nothing"),
        ("// columns:", "// colums:", "line 11: expected columns, found 'colums: deal, date'"),
        ("// example: since=2003\n", "", "the header ends before example"),
        ("// example: since=2003\n", "// example: since=2003\n// more: x\n", "line 13: expected nothing more"),
        ("string — A year", "text — A year", "line 5: unknown type 'text'; known are string, strings, integer"),
        ("since: string — A year", "since: string", "line 5: expected `name: type = default — description`"),
        ("= 10", "= ten", "line 8: parameter limit: expected integer, found 'ten'"),
        ("limit: integer", "since: integer", "line 8: parameter since is declared twice"),
        ("deal, date\n", "deal, deal\n", "columns are different names"),
        ("since=2003", "until=2003", "an example is made of the question's own parameters"),
        ("since=2003", "limit=3", "the example leaves out since"),
        ("LIMIT $limit", "LIMIT 10", r"\$limit is declared and not used"),
        ("LIMIT $limit", "LIMIT $limit + $more", r"\$more is used and not declared"),
        (GOOD[GOOD.index("MATCH") :], "", "no Cypher after the header"),
    ],
)
def test_a_wrong_header_is_named_with_file_and_line(old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    with pytest.raises(SchemaError, match=complaint) as error:
        read_question("time/since.cypher", GOOD.replace(old, new, 1))
    assert str(error.value).startswith("queries/time/since.cypher, line ")


def ask(**parameters: Any) -> dict[str, Any]:
    found: Question = read_question("time/since.cypher", GOOD)
    bound = found.ask(cast(Store, Listening()), **parameters).rows[0][1]
    return cast(dict[str, Any], bound)


def test_text_becomes_what_the_question_takes() -> None:
    assert ask(since="2003") == {"since": "2003", "share": 0.5, "open": False, "limit": 10, "name": "", "some": []}
    given = ask(since=2003, share="0.25", open="Yes", limit="3", name="x")
    assert given == {"since": "2003", "share": 0.25, "open": True, "limit": 3, "name": "x", "some": []}
    assert ask(since="", limit=4.0)["limit"] == 4


@pytest.mark.parametrize(
    "given", ["A; B, Inc.;A;;", '["A", "B, Inc."]', ["A", " B, Inc. "], ("A", "B, Inc.", "A"), ' ["A","B, Inc.",""]']
)
def test_names_are_a_list_or_text_with_semicolons(given: Any) -> None:
    assert ask(since="", some=given)["some"] == ["A", "B, Inc."]


def test_a_default_that_is_a_list_is_nobodys_to_change() -> None:
    found = read_question("time/since.cypher", GOOD)
    cast(list[str], found.bind({"since": ""})["some"]).append("x")
    assert found.bind({"since": ""})["some"] == []


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({}, "question since: parameter since is missing: A year or date."),
        ({"since": "x", "limt": 3}, "unknown parameter 'limt'; did you mean limit?"),
        ({"since": "x", "zzz": 3}, "unknown parameter 'zzz'; known are since, share, open, limit, name, some"),
        ({"since": "x", "limit": "three"}, "parameter limit: expected integer, found 'three'"),
        ({"since": "x", "limit": 2.5}, "parameter limit: expected integer, found 2.5"),
        ({"since": "x", "limit": True}, "parameter limit: expected integer, found True"),
        ({"since": "x", "share": [1]}, "parameter share: expected number"),
        ({"since": "x", "open": "maybe"}, "parameter open: expected boolean, found 'maybe'"),
        ({"since": "x", "some": "[1]"}, "parameter some: expected strings, found '[1]'"),
        ({"since": "x", "some": "[x"}, "parameter some: expected strings, found '[x'"),
        ({"since": "x", "some": 3}, "parameter some: expected strings, found 3"),
    ],
)
def test_wrong_parameters_are_told_before_the_store_is_asked(parameters: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError) as error:
        ask(**parameters)
    assert complaint in str(error.value)


def test_a_question_that_is_not_there() -> None:
    assert question("partners").name == "partners"
    with pytest.raises(NotFoundError, match="no question 'partnrs'; did you mean partners"):
        question("partnrs")


def test_every_question_stands_in_a_group() -> None:
    assert [q for name in GROUPS for q in group(name)] == sorted(
        catalogue().values(), key=lambda q: (list(GROUPS).index(q.group), q.name)
    )
    assert {"holdings", "owners"} <= {q.name for q in group("ownership")}
    with pytest.raises(NotFoundError, match="no group 'partner'; did you mean partners"):
        group("partner")
