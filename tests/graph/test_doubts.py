"""The queue of doubts: companies alike by name, but for those that something tells apart."""

from biopact.graph.doubts import doubts
from biopact.graph.records import Edge, Graph, Node, edge_id
from biopact.graph.resolution.atoms import FORMER


def company(id_: str, name: str, *aliases: str, **properties: str) -> Node:
    return Node(f"company/{id_}", "Company", name, aliases, properties)


def graph(*nodes: Node, related: tuple[tuple[Node, Node], ...] = (), type_: str = "SUBSIDIARY_OF") -> Graph:
    edges = [Edge(edge_id(type_, a.id, b.id), type_, a.id, b.id) for a, b in related]
    return Graph({n.id: n for n in nodes}, {e.id: e for e in edges})


ALNORA, ALNROA = company("alnora-squall", "Alnora Squall"), company("alnora-squal", "Alnora Squal")
BREVIN = company("brevin", "Brevin Corvane AG")


def test_like_names_are_doubted_with_a_reason() -> None:
    (doubt,) = doubts(graph(ALNORA, ALNROA, BREVIN))
    assert (doubt.left, doubt.right, doubt.type) == (ALNROA.id, ALNORA.id, "Company")
    assert 0.6 < doubt.score < 1
    assert "one letter differs: 'Squal' and 'Squall'" in doubt.reasons


def test_a_name_in_common_is_named_and_counts_for_less() -> None:
    pharma = company("alnora-pharma", "Brevin Delta Pharma AG", "Alnora")
    therapeutics = company("alnora-therapeutics", "Squall Omega Therapeutics", "Alnora")
    (doubt,) = doubts(graph(pharma, therapeutics))
    assert (doubt.score, doubt.reasons) == (0.85, ("both are called “Alnora”",))


def test_different_identifiers_and_stated_relations_settle_it() -> None:
    ciks = [
        company(f"cik-000000000{n}", name, cik=f"000000000{n}")
        for n, name in ((1, "Alnora Squall"), (2, "Alnora Squal"))
    ]
    assert doubts(graph(*ciks)) == []
    assert len(doubts(graph(ciks[0], ALNROA))) == 1
    assert doubts(graph(ALNORA, ALNROA, related=((ALNORA, ALNROA),))) == []


def test_what_was_formerly_the_other_may_be_it_or_its_successor() -> None:
    (doubt,) = doubts(graph(ALNORA, BREVIN, related=((BREVIN, ALNORA),), type_="FORMERLY_NAMED"))
    assert (doubt.left, doubt.right) == (ALNORA.id, BREVIN.id)
    assert doubt.reasons == ("a filing says that one was formerly the other",)


def test_old_names_and_other_things_are_no_companies_to_doubt() -> None:
    old = company(f"alnora-squal{FORMER}", "Alnora Squal")
    compounds = [Node(f"compound/{code}", "Compound", code) for code in ("ALN-12", "ALN-13")]
    assert doubts(graph(ALNORA, old, *compounds)) == []


def test_the_likeliest_come_first_whatever_the_order() -> None:
    nodes = [ALNORA, ALNROA, BREVIN, company("brevin-corvane", "Brevin Corvane Inc."), company("brevin-c", "Brevin")]
    found = doubts(graph(*nodes))
    assert len(found) > 2
    assert [d.score for d in found] == sorted((d.score for d in found), reverse=True)
    assert doubts(graph(*reversed(nodes))) == found
