"""The gate lets a sound graph through and names every way in which a record can be unsound."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from biopact.graph.records import Edge, Evidence, Graph, Node
from biopact.graph.validate import Problem, ensure_valid, validate
from biopact.ontology import ValidationError


def test_the_sample_is_sound(world: Any, graph: Graph) -> None:
    assert validate(graph, texts=world.texts) == []
    assert validate([*graph.nodes.values(), *graph.edges.values()]) == []
    ensure_valid(graph)


def _node(id_: str, **changes: Any) -> Callable[[Graph], None]:
    def change(graph: Graph) -> None:
        graph.nodes[id_] = replace(graph.nodes[id_], **changes)  # type: ignore[index]

    return change


def _node_has(id_: str, **properties: Any) -> Callable[[Graph], None]:
    def change(graph: Graph) -> None:
        node = graph.nodes[id_]
        graph.nodes[id_] = replace(node, properties={**node.properties, **properties})  # type: ignore[index]

    return change


def _edge(type_: str, **changes: Any) -> Callable[[Graph], None]:
    def change(graph: Graph) -> None:
        id_, edge = next((k, e) for k, e in graph.edges.items() if e.type == type_)
        graph.edges[id_] = replace(edge, **changes)  # type: ignore[index]

    return change


def _quote(**changes: Any) -> Callable[[Graph], None]:
    def change(graph: Graph) -> None:
        id_, edge = next((k, e) for k, e in graph.edges.items() if e.type == "USES_TECHNOLOGY")
        graph.edges[id_] = replace(edge, evidence=(replace(edge.evidence[0], **changes),))  # type: ignore[index]

    return change


def _without(property_: str) -> Callable[[Graph], None]:
    def change(graph: Graph) -> None:
        term = graph.nodes["term/77b0"]
        kept = {k: v for k, v in term.properties.items() if k != property_}
        graph.nodes[term.id] = replace(term, properties=kept)  # type: ignore[index]

    return change


A, DEAL = "company/alder-therapeutics", "agreement/6a1f"

UNSOUND = {
    "node type": (_node(A, type="Firm"), "type: unknown node type 'Firm'; known are Company"),
    "edge type": (_edge("DEVELOPS", type="MAKES"), "unknown edge type 'MAKES'"),
    "prefix of a node": (_node(A, id="firm/alder"), "id: expected company/ and a name or hash"),
    "empty id": (_node(A, id="company/"), "id: expected company/ and a name or hash"),
    "prefix of an edge": (_edge("DEVELOPS", id="owns/17"), "id: expected develops/ and a name or hash"),
    "id with a bracket": (_node(A, id="company/a> <http://evil"), "id: a space, control character"),
    "id of another record": (_node(A, id="company/other"), "filed under another id"),
    "no name": (_node(A, name=" "), "name: expected words, found none"),
    "half a character": (_node(A, name="Alder \ud800"), "half a character"),
    "alias given twice": (_node(A, aliases=("Alder", "Alder")), "aliases: one of them stands there twice"),
    "unknown property": (_node_has(A, colour="red"), "colour: Company has no such property; known are merged, kind"),
    "wrong vocabulary": (_node_has(A, kind="company"), "'company' is no company_kind; known are firm"),
    "wrong form": (_node_has(A, cik="17"), "cik: '17' has not the form"),
    "empty value": (_node_has(A, ticker=""), "ticker: expected words, found none"),
    "list for one": (_node_has(A, ticker=("A", "B")), "ticker: expected one value"),
    "one for a list": (_node_has(DEAL, kinds="license"), "kinds: expected a tuple, found 'license'"),
    "empty list": (_node_has(DEAL, kinds=()), "kinds: expected different values and at least one"),
    "value given twice": (_node_has(DEAL, kinds=("license", "license")), "expected different values"),
    "date in words": (_node_has(DEAL, agreement_date="October 2006"), "expected YYYY, YYYY-MM or YYYY-MM-DD"),
    "day that never was": (_node_has(DEAL, agreement_date="2006-02-30"), "expected YYYY, YYYY-MM or YYYY-MM-DD"),
    "month that never was": (_node_has(DEAL, agreement_date="2006-13"), "expected YYYY, YYYY-MM or YYYY-MM-DD"),
    "number as text": (_node_has(DEAL, upfront_usd="1500000"), "upfront_usd: expected a number, found '1500000'"),
    "flag as number": (_node_has(DEAL, upfront_usd=True), "upfront_usd: expected a number, found True"),
    "number as flag": (_node_has(DEAL, royalties=1), "royalties: expected true or false, found 1"),
    "no number": (_node_has(DEAL, upfront_usd=float("nan")), "upfront_usd: expected a finite number"),
    "less than nothing": (_node_has(DEAL, upfront_usd=-1), "upfront_usd: -1 is less than 0"),
    "text as number": (_node_has(DEAL, territory=1), "territory: expected text, found 1"),
    "address of a script": (_node_has("filing/0000000001-06-000001", url="javascript:1"), "expected an http or https"),
    "half a count": (
        _node_has("document/0000000001-06-000001/1", sequence=1.5),
        "sequence: expected a integer, found 1.5",
    ),
    "missing what is required": (_without("state"), "state: Term needs it: How the value stands"),
    "no such source": (_edge("DEVELOPS", source="company/nobody"), "source: no node has the id 'company/nobody'"),
    "wrong kind of target": (_edge("DEVELOPS", target="technology/weaver"), "is a Technology, expected Compound"),
    "no such agreement": (
        _edge("COLLABORATES_WITH", properties={"agreement": "agreement/0"}),
        "no node has the id 'agreement/0'",
    ),
    "wrong subject": (
        _edge("LICENSES_TO", properties={"subjects": (A,)}),
        "subjects: company/alder-therapeutics is a Company",
    ),
    "swapped ends": (
        _edge("COLLABORATES_WITH", source="company/societe-brume", target=A),
        "COLLABORATES_WITH is symmetric, so the smaller id is the source",
    ),
    "loop": (_edge("LICENSES_TO", target=A), "target: it joins a node to itself"),
    "no evidence": (_edge("DEVELOPS", evidence=()), "evidence: there is none"),
    "quote of another length": (_quote(quote="Brume"), "the quote has 5 characters, the span 30"),
    "quote of other words": (
        _quote(quote="x" * 30),
        "the quote says 'xxx",
    ),
    "sureness beyond one": (_quote(confidence=1.5), "confidence: 1.5 is more than 1"),
    "no rule": (_quote(rule=""), "rule: expected words, found none"),
    "no such document": (_quote(document="document/0/1"), "no node has the id 'document/0/1'"),
    "no such filing": (_quote(filing="filing/0"), "no node has the id 'filing/0'"),
    "another exhibit": (_quote(exhibit="EX-99.1"), "is of type '8-K', the evidence says 'EX-99.1'"),
}


@pytest.mark.parametrize("case", UNSOUND)
def test_each_fault_is_named(case: str, world: Any, graph: Graph) -> None:
    change, message = UNSOUND[case]
    changed = Graph(dict(graph.nodes), dict(graph.edges))
    change(changed)
    problems = validate(changed, texts=world.texts)
    assert [p for p in problems if message in str(p)], problems
    with pytest.raises(ValidationError) as error:
        ensure_valid(changed, texts=world.texts)
    assert str(problems[0]) in str(error.value)


def test_one_id_for_two_records(graph: Graph) -> None:
    node = graph.nodes[A]
    problems = validate([*graph.nodes.values(), *graph.edges.values(), node])
    assert problems == [Problem(A, "id", "two records have this id")]


def test_a_long_list_is_cut_and_counted(graph: Graph) -> None:
    with pytest.raises(ValidationError, match=r"^\d+ problems .*(\n.*){10}\n… and \d+ more$"):
        ensure_valid(Graph({}, graph.edges))


def test_records_of_one_filing_need_no_texts() -> None:
    filing = Node("filing/1", "Filing", "8-K")
    document = Node("document/1/1", "Document", "8-K", (), {"type": "8-K", "sequence": 1})
    words = Evidence(filing.id, document.id, "8-K", 5, 8, "abc", "rule", "rules 1", 1.0)
    firm = Node("company/abc", "Company", "abc", evidence=(words,))
    part = Edge("part_of/1", "PART_OF", document.id, filing.id)
    assert validate([filing, document, firm, part]) == []
    assert [str(p) for p in validate([filing, document, firm, part], texts={document.id: "1234 abd"})] == [
        "company/abc: evidence 8-K 5-8: document/1/1 says 'abd' there, the quote says 'abc'"
    ]
