"""A small graph that has one of everything: two filings that tell of one licence between fictional firms."""

from dataclasses import replace

import pytest

from biopact.graph.records import Edge, Evidence, Graph, Node, Value, edge_id

FIRST = (
    "Alder Therapeutics licensed its Weaver platform to Société Brume on 17 October 2006 for $1.5 million. "
    "Brume makes BRU-17 with Weaver. The firms will work together in Japan."
)
SECOND = "In 2006 Alder Therapeutics granted Société Brume a non-exclusive licence to Weaver until August 2011."


class World:
    """Makes records whose quotations stand in the two texts."""

    def __init__(self) -> None:
        self.texts = {"document/0000000001-06-000001/1": FIRST, "document/0000000002-07-000001/1": SECOND}

    def says(self, words: str, rule: str = "sample") -> Evidence:
        for document, text in self.texts.items():
            if words in text:
                start = text.index(words)
                filing = "filing/" + document.split("/")[1]
                return Evidence(filing, document, "8-K", start, start + len(words), words, rule, "rules 1", 0.9)
        raise AssertionError(f"no text says {words!r}")

    def edge(self, type_: str, source: str, target: str, words: str = "", **properties: Value) -> Edge:
        evidence = (self.says(words),) if words else ()
        return Edge(edge_id(type_, source, target), type_, source, target, properties, evidence)

    def graph(self) -> Graph:
        alder, brume = "company/alder-therapeutics", "company/societe-brume"
        weaver, compound = "technology/weaver", "compound/bru-17"
        deal, term = "agreement/6a1f", "term/77b0"
        licence = "licensed its Weaver platform to Société Brume"
        nodes = [
            Node(
                alder,
                "Company",
                "Alder Therapeutics",
                ("Alder", "ALDER THERAPEUTICS, INC."),
                {"kind": "firm", "cik": "0000000017", "ticker": "ALDR"},
                (self.says("Alder Therapeutics"), self.says("In 2006 Alder Therapeutics")),
            ),
            Node(brume, "Company", "Société Brume", (), {}, (self.says("Société Brume"),)),
            Node(weaver, "Technology", "Weaver platform", ("Weaver",)),
            Node(compound, "Compound", "BRU-17", (), {"modality": "antibody-drug conjugate"}),
            Node(
                deal,
                "Agreement",
                "Alder Therapeutics / Société Brume, 2006",
                (),
                {
                    "kinds": ("license", "co-development"),
                    "agreement_date": "2006-10-17",
                    "expiration_date": "2011-08",
                    "announced_date": "2006",
                    "upfront_usd": 1500000,
                    "milestones_max_usd": 1e21,
                    "royalties": False,
                    "territory": "Japan",
                },
                (self.says(licence),),
            ),
            Node(
                term,
                "Term",
                "upfront",
                (),
                {"kind": "upfront", "state": "stated", "amount": 1.5e6, "currency": "USD", "value": "1500000"},
                (self.says("$1.5 million"),),
            ),
        ]
        edges = [
            self.edge("PARTY_TO", alder, deal, licence, role="licensor"),
            self.edge("PARTY_TO", brume, deal, licence, role="licensee"),
            self.edge("COVERS", deal, weaver, "Weaver platform"),
            self.edge("HAS_TERM", deal, term, "$1.5 million"),
            replace(
                self.edge(
                    "LICENSES_TO",
                    alder,
                    brume,
                    agreement=deal,
                    subjects=(weaver,),
                    date="2006-10-17",
                    exclusivity="non-exclusive",
                    upfront_usd=1500000,
                    royalties=False,
                    term_end="2011-08",
                ),
                evidence=(self.says(licence), self.says("a non-exclusive licence to Weaver until August 2011")),
            ),
            self.edge("COLLABORATES_WITH", alder, brume, "work together", agreement=deal),
            self.edge("USES_TECHNOLOGY", compound, weaver, "Brume makes BRU-17 with Weaver"),
            self.edge("DEVELOPS", brume, compound, "Brume makes BRU-17", stage="phase 1/2"),
        ]
        for document, text in self.texts.items():
            filing = "filing/" + document.split("/")[1]
            number = filing.partition("/")[2]
            own = {"accession_number": number, "form": "8-K", "url": f"https://example.org/{number}.txt"}
            nodes += [
                Node(filing, "Filing", f"8-K {number}", (), {**own, "filing_date": "2006-10-19", "items": ("1.01",)}),
                Node(document, "Document", "8-K", (), {"type": "8-K", "sequence": 1, "length": len(text)}),
            ]
            edges.append(self.edge("PART_OF", document, filing))
        edges.append(self.edge("FILED", alder, "filing/0000000001-06-000001", "Alder Therapeutics"))
        return Graph({n.id: n for n in nodes}, {e.id: e for e in edges})


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def graph(world: World) -> Graph:
    return world.graph()
