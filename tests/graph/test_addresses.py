"""Where the SEC shows filings, asked of a graph and of every store."""

import pytest

from biopact.graph.addresses import addresses, addresses_in, web_address
from biopact.graph.records import Edge, Evidence, Graph, Node, Value, edge_id
from biopact.graph.store import Store, synchronise

INDEX = "https://www.sec.gov/Archives/edgar/data/{}-index.htm"
FIRST, SECOND = "0000012345-10-000003", "0000012345-11-000004"
EXPECTED = {
    f"filing/{FIRST}": INDEX.format(f"12345/{FIRST.replace('-', '')}/{FIRST}"),
    f"filing/{SECOND}": "https://www.sec.gov/Archives/edgar/data/12345/0000012345-11-000004.txt",
    "filing/release.pdf": "https://example.org/release.pdf",
}


def _filing(name: str, **said: Value) -> Node:
    number: dict[str, Value] = {"accession_number": name} if name[:10].isdecimal() else {}
    return Node(f"filing/{name}", "Filing", name, (), {**number, **said})


def graph() -> Graph:
    """Filings by two companies together, with and without an address, of nobody, made up, and a file on its own.

    The first says that Alnora licensed something to Borea.
    """
    filers = [
        Node("company/a", "Company", "Alnora", (), {"cik": "0000099999"}),
        Node("company/b", "Company", "Borea", (), {"cik": "0000012345"}),
        Node("company/c", "Company", "Corvane"),
    ]
    filings = [
        _filing(FIRST),
        _filing(SECOND, url=EXPECTED[f"filing/{SECOND}"]),
        _filing("0000012345-12-000005"),
        _filing("9999999999-18-000001"),
        _filing("release.pdf", url="https://example.org/release.pdf"),
    ]
    filed = [(0, 0), (1, 0), (2, 0), (1, 1), (2, 2), (1, 3)]
    edges = [
        Edge(edge_id("FILED", filers[a].id, filings[b].id), "FILED", filers[a].id, filings[b].id) for a, b in filed
    ]
    body = Node(f"document/{FIRST}/1", "Document", "8-K", (), {"type": "8-K", "sequence": 1})
    words = "Alnora licensed it to Borea"
    said = Evidence(filings[0].id, body.id, "8-K", 0, len(words), words, "fixture", "fixture/1", 0.9)
    edges += [
        Edge(edge_id("PART_OF", body.id, filings[0].id), "PART_OF", body.id, filings[0].id),
        Edge(
            edge_id("LICENSES_TO", "company/a", "company/b", ""), "LICENSES_TO", "company/a", "company/b", {}, (said,)
        ),
    ]
    return Graph({n.id: n for n in (*filers, *filings, body)}, {e.id: e for e in edges})


def test_a_graph_tells_addresses_of_its_filings() -> None:
    assert addresses(graph()) == EXPECTED


def test_a_store_tells_the_same_of_filings_their_documents_and_their_numbers(store: Store) -> None:
    synchronise(store, graph())
    of_documents = {f"document/{FIRST}/1": EXPECTED[f"filing/{FIRST}"]}
    assert addresses_in(store, graph().nodes) == EXPECTED | of_documents
    asked = [FIRST, f"document/{FIRST}/2", "document/release.pdf/1", "Alnora", "filing/none", f"{FIRST}/2", "9" * 10]
    assert addresses_in(store, asked) == {
        FIRST: EXPECTED[f"filing/{FIRST}"],
        f"document/{FIRST}/2": EXPECTED[f"filing/{FIRST}"],
        "document/release.pdf/1": "https://example.org/release.pdf",
    }
    assert addresses_in(store, []) == {}


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "https://a b", "https://x/\n", "ftp://x", "", None, 7, "//x.org"]
)
def test_what_is_no_address_of_a_page(text: object) -> None:
    assert web_address(text) is None
