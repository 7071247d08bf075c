"""A little world of fictional companies, with the filings that tell of them, and graphs of any size."""

from __future__ import annotations

import random
from collections.abc import Mapping

from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Edge, Evidence, Graph, Node, Value, digest, edge_id, slug

SCRIPT = "</script><script>document.title='owned'</script>"
IMAGE = "<img src=x onerror=\"document.title='owned'\">"
MARKDOWN = "**Bold** [here](javascript:document.title='owned') $x^2$ :red[alarm]"
FORMULA = '=HYPERLINK("x","Pay")'

RELEASE = "document/0000000000-24-000001/2"
ANNUAL = "document/0000000000-25-000002/1"
FILINGS = {
    RELEASE: ("filing/0000000000-24-000001", "8-K", "2024-03-04", "EX-99.1"),
    ANNUAL: ("filing/0000000000-25-000002", "10-K", "2025-02-20", "10-K"),
}
TEXTS = {
    RELEASE: (
        "EXAMPLETOWN, March 4, 2024 - Alder Bio, Inc. and Birchwood Pharma plc today announced a license agreement. "
        "Under the agreement, Alder Bio grants Birchwood Pharma an exclusive license to its Thornlink linker "
        "technology to develop anticancer therapeutics. Birchwood Pharma will pay $12 million upfront and up to "
        "$140 million in milestones, plus royalties in an amount of [***] percent of net sales. "
        "The companies will develop ALB-101 together for the treatment of mesothelioma.\n\n"
        "About Alder Bio\nAlder Bio, formerly Alder Linkers, owns the Thornlink technology. ALB-101 is made with "
        "Thornlink and binds the receptor FRX2. "
    ),
    ANNUAL: (
        "Our partners. We have licensed Thornlink to Cedar Therapeutics and to Dogwood Oncology. "
        "In 2021 we entered into a collaboration with Cedar Therapeutics on ELM-7. "
        "Birchwood Pharma licenses its Quillcell culture system to Dogwood Oncology. "
        "Elmtree Manufacturing supplies drug substance to Alder Bio. "
        "Hawthorn Holdings owns 12.5% of our common stock. Juniper Diagnostics is our wholly owned subsidiary. "
        "Cedar Therapeutics and Firwood University work together on FIR-22, which is made with Quillcell. "
        f"We also work with {IMAGE} and with {SCRIPT} and with {MARKDOWN} and with {FORMULA}. "
    ),
}


def quote(document: str, words: str, rule: str = "fixture") -> Evidence:
    """The words as evidence, at the place where the document has them."""
    start = TEXTS[document].index(words)
    filing, _, _, exhibit = FILINGS[document]
    return Evidence(filing, document, exhibit, start, start + len(words), words, rule, "fixture/1", 0.9)


def _node(type_: str, name: str, evidence: Evidence | None = None, **properties: Value) -> Node:
    return Node(f"{type_.lower()}/{slug(name)}", type_, name, (), properties, (evidence,) if evidence else ())


def _edge(type_: str, source: Node, target: Node, *evidence: Evidence, **properties: Value) -> Edge:
    id_ = edge_id(type_, source.id, target.id, properties.get("agreement", ""))
    return Edge(id_, type_, source.id, target.id, properties, tuple(sorted(evidence)))


def world() -> Graph:
    """Companies with friendly and with hostile names, their deals, terms and filings."""
    alder_says = quote(RELEASE, "Alder Bio, formerly Alder Linkers, owns the Thornlink technology.")
    alder = Node(
        "company/alder-bio",
        "Company",
        "Alder Bio",
        ("Alder Bio, Inc.",),
        {"kind": "firm", "ticker": "ALDX", "cik": "0000000000"},
        (alder_says,),
    )
    old = _node("Company", "Alder Linkers", alder_says)
    licence = quote(
        RELEASE,
        "Alder Bio grants Birchwood Pharma an exclusive license to its Thornlink linker "
        "technology to develop anticancer therapeutics.",
    )
    money = quote(RELEASE, "Birchwood Pharma will pay $12 million upfront and up to $140 million in milestones")
    royalty = quote(RELEASE, "royalties in an amount of [***] percent of net sales")
    partners = quote(ANNUAL, "We have licensed Thornlink to Cedar Therapeutics and to Dogwood Oncology.")
    elm = quote(ANNUAL, "In 2021 we entered into a collaboration with Cedar Therapeutics on ELM-7.")
    culture = quote(ANNUAL, "Birchwood Pharma licenses its Quillcell culture system to Dogwood Oncology.")
    supply = quote(ANNUAL, "Elmtree Manufacturing supplies drug substance to Alder Bio.")
    stake = quote(ANNUAL, "Hawthorn Holdings owns 12.5% of our common stock.")
    child = quote(ANNUAL, "Juniper Diagnostics is our wholly owned subsidiary.")
    fir = quote(
        ANNUAL, "Cedar Therapeutics and Firwood University work together on FIR-22, which is made with Quillcell."
    )
    made = quote(RELEASE, "ALB-101 is made with Thornlink and binds the receptor FRX2.")
    together = quote(RELEASE, "develop ALB-101 together for the treatment of mesothelioma")
    hostile = quote(ANNUAL, TEXTS[ANNUAL].partition("wholly owned subsidiary. ")[2].partition("Quillcell. ")[2].strip())

    birch = _node("Company", "Birchwood Pharma", licence, kind="firm")
    cedar = _node("Company", "Cedar Therapeutics", partners, kind="firm")
    dogwood = _node("Company", "Dogwood Oncology", partners, kind="firm")
    elmtree = _node("Company", "Elmtree Manufacturing", supply)
    hawthorn = _node("Company", "Hawthorn Holdings", stake)
    juniper = _node("Company", "Juniper Diagnostics", child)
    firwood = _node("Company", "Firwood University", fir, kind="university")
    hostiles = [_node("Company", name, hostile) for name in (IMAGE, SCRIPT, MARKDOWN, FORMULA)]
    thornlink = _node("Technology", "Thornlink", licence)
    quillcell = _node("Technology", "Quillcell", culture)
    alb = _node("Compound", "ALB-101", made, modality="antibody-drug conjugate")
    elm7 = _node("Compound", "ELM-7", elm)
    fir22 = _node("Compound", "FIR-22", fir)
    receptor = _node("Target", "FRX2", made)
    disease = _node("Indication", "mesothelioma", together)

    nodes = [
        alder, old, birch, cedar, dogwood, elmtree, hawthorn, juniper, firwood, *hostiles,
        thornlink, quillcell, alb, elm7, fir22, receptor, disease,
    ]  # fmt: skip
    edges = [
        _edge("FORMERLY_NAMED", alder, old, alder_says),
        _edge("OWNS", alder, thornlink, alder_says),
        _edge("OWNS", birch, quillcell, culture),
        _edge("HOLDS_STAKE_IN", hawthorn, alder, stake, percent=12.5, as_of="2024-12-31"),
        _edge("SUBSIDIARY_OF", juniper, alder, child),
        _edge("DEVELOPS", alder, alb, together),
        _edge("DEVELOPS", birch, alb, together),
        _edge("USES_TECHNOLOGY", alb, thornlink, made),
        _edge("USES_TECHNOLOGY", fir22, quillcell, fir),
        _edge("TARGETS", alb, receptor, made),
        _edge("TREATS", alb, disease, together),
    ]
    for type_, kind, year, source, target, subjects, evidence in (
        ("LICENSES_TO", "license", "2024-03-04", alder, birch, [thornlink, alb], licence),
        ("LICENSES_TO", "license", "2019", alder, cedar, [thornlink], partners),
        ("LICENSES_TO", "license", "2020", alder, dogwood, [thornlink], partners),
        ("LICENSES_TO", "license", "2022", birch, dogwood, [quillcell], culture),
        ("COLLABORATES_WITH", "collaboration", "2021", alder, cedar, [elm7], elm),
        ("COLLABORATES_WITH", "collaboration", "2023", cedar, firwood, [fir22], fir),
        ("SUPPLIES_TO", "supply", "2023", elmtree, alder, [alb], supply),
        *(("COLLABORATES_WITH", "collaboration", "2025", alder, h, [], hostile) for h in hostiles),
    ):
        deal = Node(
            f"agreement/{digest(kind, source.id, target.id)}",
            "Agreement",
            f"{kind.capitalize()} agreement, {year}",
            (),
            {"kinds": (kind,), "agreement_date": year, "status": "effective"}, (evidence,),
        )  # fmt: skip
        nodes.append(deal)
        subject_ids = tuple(s.id for s in subjects)
        view: dict[str, Value] = {"agreement": deal.id, "date": year, **({"subjects": subject_ids} if subjects else {})}
        edges += [
            _edge(type_, source, target, evidence, **view),
            _edge("PARTY_TO", source, deal, evidence, role="party"),
            _edge("PARTY_TO", target, deal, evidence, role="party"),
            *(_edge("COVERS", deal, s, evidence) for s in subjects),
        ]
        if evidence is licence:
            for term, says, properties in (
                ("upfront", money, {"state": "stated", "amount": 12e6, "currency": "USD"}),
                ("milestones", money, {"state": "stated", "amount": 140e6, "currency": "USD"}),
                ("royalty", royalty, {"state": "redacted"}),
            ):
                node = Node(f"term/{digest(deal.id, term)}", "Term", term, (), {"kind": term, **properties}, (says,))
                nodes.append(node)
                edges.append(_edge("HAS_TERM", deal, node, says))
    for document, (filing, form, date, exhibit) in FILINGS.items():
        nodes.append(
            Node(
                filing, "Filing", f"{form} of {date}", (),
                {"form": form, "filing_date": date, "accession_number": filing.partition("/")[2],
                 "url": f"https://www.sec.gov/Archives/{filing.partition('/')[2]}.txt"},
            )
        )  # fmt: skip
        nodes.append(Node(document, "Document", exhibit, (), {"type": exhibit, "sequence": int(document[-1])}))
        edges.append(Edge(edge_id("PART_OF", document, filing), "PART_OF", document, filing))
        edges.append(Edge(edge_id("FILED", alder.id, filing), "FILED", alder.id, filing))
    return graph(nodes, edges)


def graph(nodes: list[Node], edges: list[Edge]) -> Graph:
    """Nodes and edges as a graph, sorted by id."""
    by_id: Mapping[str, Node] = {n.id: n for n in sorted(nodes, key=lambda n: n.id)}
    return Graph(by_id, {e.id: e for e in sorted(edges, key=lambda e: e.id)})


def facts(filing: str) -> FilingFacts:
    """The filing's own part of the world, as the ledger keeps it."""
    whole = world()
    texts = {d: text for d, text in TEXTS.items() if FILINGS[d][0] == filing}
    return FilingFacts(filing, "fixture/1", texts, tuple(whole.nodes.values()), tuple(whole.edges.values()))


def large(companies: int, seed: int = 7) -> Graph:
    """A graph of that many companies in which few have many partners, as in the trade."""
    rng = random.Random(seed)
    says = quote(ANNUAL, "We have licensed Thornlink to Cedar Therapeutics and to Dogwood Oncology.")
    nodes = [Node(f"company/c-{i}", "Company", f"Company {i}", (), {"kind": "firm"}, (says,)) for i in range(companies)]
    kinds = ("LICENSES_TO", "COLLABORATES_WITH", "SUPPLIES_TO")
    drawn: list[int] = [0]
    edges = []
    for i in range(1, companies):
        for partner in {rng.choice(drawn) for _ in range(rng.choice((1, 1, 2, 3)))} - {i}:
            year = str(rng.randint(2001, 2025))
            ends = sorted((nodes[i], nodes[partner]), key=lambda n: n.id)
            edges.append(_edge(rng.choice(kinds), *ends, says, date=year))
            drawn.append(partner)
        drawn.append(i)
    documents = [n for n in world().nodes.values() if n.type in ("Filing", "Document")]
    parts = [e for e in world().edges.values() if e.type == "PART_OF"]
    return graph([*nodes, *documents], [*edges, *parts])
