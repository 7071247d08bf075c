"""Made-up graphs of any size for benchmarks, filing by filing, with little in memory but what was chosen how often.

The more deals a company has, the likelier it is a party of the next one, so few have many partners and most have one
or two; what is licensed, developed and held follows the same law. Filings are in the order of their dates, 1990 to
2026, and each tells agreements with terms, and stakes, in quotations that its facts share. The same number of edges and
the same seed always make the same graph.
"""

from __future__ import annotations

import random
import re
from array import array
from collections import deque
from collections.abc import Collection, Iterator

from biopact.graph.records import Edge, Evidence, Graph, Node, Value, edge_id, told_apart
from biopact.graph.store import EdgeRow, GraphRows, NodeRow

EDGES_A_NODE = 4
# Of all nodes; documents, terms and evidence are the rest.
SHARES = {
    "Filing": 0.03, "Agreement": 0.26, "Company": 0.12, "Person": 0.015, "Compound": 0.05, "Technology": 0.015,
    "Target": 0.005, "Indication": 0.005,
}  # fmt: skip
STAKES = 2  # a company
AGAIN = 0.6  # of the choices go by how often each was chosen before, the others evenly
FIRST = 8  # of each type that are there from the start
YEARS = (1990, 2026)

# Kind of agreement: the edge it is seen as, and the roles of its first and its other parties.
DEALS = {
    "license": ("LICENSES_TO", "licensor", "licensee"),
    "supply": ("SUPPLIES_TO", "supplier", "customer"),
    "collaboration": ("COLLABORATES_WITH", "collaborator", "collaborator"),
    "acquisition": ("ACQUIRES", "acquirer", "target"),
}
TERRITORIES = ("worldwide", "worldwide", "Japan", "Europe", "United States", "China", "worldwide, except in Japan")
STAGES = ("discovery", "preclinical", "phase 1", "phase 2", "phase 3", "approved")
MODALITIES = ("small molecule", "antibody", "vaccine", "cell therapy", "protein")
FIRMS = ("Therapeutics, Inc.", "Pharma AG", "Biologics Ltd.", "Bio", "Medicines, Inc.")
SYLLABLES = re.findall("...", "barceldorfengalhaxjunkorlimmernovpelquirostavzun")
TEXT = "On {date} {firm} entered into an agreement of which these words, number {at} of the document, are a part."


def parts(edges: int, seed: int = 7) -> Iterator[Graph]:
    """What each filing adds, in order: nodes not met before, and edges to them and to nodes of earlier parts."""
    trade = _Trade(edges, random.Random(seed))
    for number in range(trade.filings):
        yield _Filing(trade, number).made()


def whole(edges: int, seed: int = 7) -> Graph:
    """All parts as one graph: about a quarter as many nodes as edges, evidence and where it stands counted."""
    nodes: dict[str, Node] = {}
    found: dict[str, Edge] = {}
    for part in parts(edges, seed):
        nodes |= part.nodes
        found |= part.edges
    return Graph(nodes, found)


class MadeRows:
    """The rows of all parts in their order, made anew whenever they are read: no memory, however many."""

    def __init__(self, edges: int) -> None:
        self._edges = edges

    def node_rows(self, labels: Collection[str] | None = None) -> Iterator[NodeRow]:
        """All nodes, or those with one of these labels."""
        for part in parts(self._edges):
            yield from GraphRows(part).node_rows(labels)

    def edge_rows(self, types: Collection[str] | None = None) -> Iterator[EdgeRow]:
        """All edges, or those of these types."""
        for part in parts(self._edges):
            yield from GraphRows(part).edge_rows(types)

    def parts(self) -> Iterator[tuple[str, str]]:
        """The ids of each piece of evidence and its document, and of each document and its filing."""
        for part in parts(self._edges):
            yield from GraphRows(part).parts()


def name_of(type_: str, number: int) -> str:
    """A name of syllables, as different from that of the next number as names are."""
    rest, word = number * 40_503 % 65_536 + number // 65_536 * 65_536, ""
    while rest or len(word) < 6:
        word, rest = word + SYLLABLES[rest % 16], rest // 16
    match type_:
        case "Company":
            return f"{word.title()} {FIRMS[number % len(FIRMS)]}"
        case "Compound":
            return f"{word[:3].upper()}-{number}"
        case _:
            return f"{word.title()} {type_.lower()}"


class _Kind:
    """The nodes of one type: new ones keep step with the graph, the others were chosen before."""

    def __init__(self, type_: str, count: int, rng: random.Random) -> None:
        self.type, self.count, self.known = type_, max(2, count), 0
        self._rng = rng
        self._chosen = array("I")  # a number as often as it was chosen

    def one(self, due: float) -> tuple[int, bool]:
        """A number, and whether it is new; `due`: how much of the graph there will be, up to 1."""
        new = self.known < min(self.count, FIRST + due * self.count)
        if new:
            number, self.known = self.known, self.known + 1
        elif self._rng.random() < AGAIN:
            number = self._chosen[int(self._rng.random() * len(self._chosen))]
        else:
            number = int(self._rng.random() * self.known)
        self._chosen.append(number)
        return number, new


class _Trade:
    """What goes on from filing to filing."""

    def __init__(self, edges: int, rng: random.Random) -> None:
        self.rng, self.edges, nodes = rng, edges, edges // EDGES_A_NODE
        count = {type_: max(2, int(nodes * share)) for type_, share in SHARES.items()}
        self.filings, self.agreements = count.pop("Filing"), count.pop("Agreement")
        self.kinds = {type_: _Kind(type_, n, rng) for type_, n in count.items()}
        self.stakes = int(STAKES * count["Company"])
        self.deals = self.held = self.told = 0  # agreements, stakes and edges so far
        self.last: deque[str] = deque(maxlen=1_000)  # agreements that a later one may change
        self.day, self.today = "", set[str]()  # ids of edges that a second filing of the day could tell again


class _Filing:
    """One filing while it is made."""

    def __init__(self, trade: _Trade, number: int) -> None:
        self.trade, self.rng = trade, trade.rng
        self.due = (number + 1) / trade.filings
        day = number * 372 * (YEARS[1] - YEARS[0] + 1) // trade.filings  # a year of twelve months of 31 days
        self.date = f"{YEARS[0] + day // 372}-{day % 372 // 31 + 1:02}-{min(28, day % 31 + 1):02}"
        accession = f"{number // 1_000_000:010}-{self.date[2:4]}-{number % 1_000_000:06}"
        self.id = f"filing/{accession}"
        self.nodes: dict[str, Node] = {}
        self.edges: dict[str, Edge] = {}
        self.spans: set[str] = set()
        self.quoted = 0
        form = self.rng.choice(("8-K", "8-K", "10-K", "6-K"))
        known = {"accession_number": accession, "form": form, "filing_date": self.date}
        self.add(Node(self.id, "Filing", f"{form} {accession}", (), known))
        types = (form, *self.rng.choice((("EX-99.1",), ("EX-10.1",), ("EX-10.1", "EX-99.1"), ())))
        self.documents = [(f"document/{accession}/{at}", type_) for at, type_ in enumerate(types, 1)]
        for at, (id_, type_) in enumerate(self.documents, 1):
            self.add(Node(id_, "Document", type_, (), {"type": type_, "sequence": at, "length": 200_000}))
            self.join("PART_OF", id_, self.id, ())

    def made(self) -> Graph:
        trade, rng = self.trade, self.rng
        words = self.words("the registrant")
        firm = self.some("Company", words)
        self.join("FILED", firm, self.id, words)
        while trade.deals < self.due * trade.agreements:
            self.deal(firm, words if rng.random() < 0.2 else self.words(firm))
            firm = self.some("Company", words)
        while trade.held < self.due * trade.stakes:
            self.stake(words)
        for _ in range(int(self.due * trade.edges) - trade.told - len(self.edges) - len(self.spans)):
            maker, compound = self.some("Company", words), self.some("Compound", words)
            self.join("DEVELOPS", maker, compound, words, stage=rng.choice(STAGES), as_of=self.date)
        graph = Graph(self.nodes, self.edges)
        trade.told += len(self.edges) + len(graph.evidence())
        return graph

    def deal(self, firm: str, words: tuple[Evidence, ...]) -> None:
        rng, trade = self.rng, self.trade
        id_ = f"agreement/{trade.deals:016x}"
        trade.deals += 1
        kind = rng.choice(("license", "license", "license", "supply", "collaboration", "collaboration", "acquisition"))
        relation, first, others = DEALS[kind]
        date = rng.choice((self.date, self.date, self.date[:7], self.date[:4], ""))
        told: dict[str, Value] = {"kinds": (kind,) if rng.random() < 0.8 else (kind, "research")}
        if date:
            told |= {"agreement_date": date, "valid_from": date}
        if rng.random() < 0.3:
            told |= {"title": f"{kind.title()} Agreement no. {trade.deals % 5_000}"}
        if rng.random() < 0.3:
            told |= {"upfront_usd": round(1e5 * 10 ** (3 * rng.random()))}
        if rng.random() < 0.3:
            told |= {"milestones_max_usd": round(1e6 * 10 ** (3 * rng.random()))}
        if date and rng.random() < 0.4:
            end = f"{int(date[:4]) + rng.randint(2, 15)}{date[4:]}"
            told |= {"expiration_date": end, "valid_to": end}
        rights: dict[str, Value] = {}
        if kind != "supply" and rng.random() < 0.5:
            rights |= {"territory": rng.choice(TERRITORIES)}
        if kind == "license" and rng.random() < 0.6:
            rights |= {"exclusivity": rng.choice(("exclusive", "exclusive", "non-exclusive"))}
        if rng.random() < 0.2:
            rights |= {"status": rng.choice(("terminated", "option", "effective", "amended"))}
        filed: dict[str, Value] = {"first_filed": self.date, "last_filed": self.date}
        self.add(Node(id_, "Agreement", f"{kind.title()} no. {trade.deals}", (), {**told, **rights, **filed}, words))

        times = {**filed, **{k: told[k] for k in ("valid_from", "valid_to") if k in told}}
        parties = [firm, *(self.some("Company", words) for _ in range(rng.choice((1, 1, 2, 3))))]
        for party in dict.fromkeys(parties):
            self.join("PARTY_TO", party, id_, words, role=first if party == firm else others, **times)
        subjects = {self.some(rng.choice(("Compound", "Technology")), words) for _ in range(rng.randint(1, 5))}
        if rng.random() < 0.3:
            subjects.add(self.some(rng.choice(("Target", "Indication")), words))
        for subject in sorted(subjects):
            self.join("COVERS", id_, subject, words, stage=rng.choice(STAGES), **filed)
        view: dict[str, Value] = {"agreement": id_, "subjects": tuple(sorted(subjects)), **rights}
        if date:
            view |= {"date": date}
        for other in dict.fromkeys(parties[1:]):
            if other != firm:
                ends = sorted((firm, other)) if relation == "COLLABORATES_WITH" else (firm, other)
                self.join(relation, *ends, words, **view, **times)
        for number in range(rng.choice((0, 0, 0, 0, 1, 2))):
            self.term(id_, number, words)
        if trade.last and rng.random() < 0.1:
            change = rng.choice(("AMENDS", "AMENDS", "TERMINATES", "EXERCISES", "SUPERSEDES"))
            self.join(change, id_, rng.choice(trade.last), words, **({"date": date} if date else {}), **filed)
        trade.last.append(id_)

    def term(self, agreement: str, number: int, words: tuple[Evidence, ...]) -> None:
        rng = self.rng
        kind = rng.choice(("upfront", "milestones", "royalty", "territory", "option", "renewal", "option fee"))
        own: dict[str, Value] = {"kind": kind, "state": rng.choice(("stated",) * 6 + ("redacted", "undisclosed"))}
        if own["state"] == "stated":
            match kind:
                case "upfront" | "milestones" | "option fee":
                    own |= {"amount": rng.randint(1, 400) * 250_000, "currency": "USD"}
                case "royalty":
                    low = rng.randint(1, 12)
                    own |= {"percent_low": low, "percent_high": low + rng.randint(0, 8)}
                case _:
                    own |= {"value": rng.choice(TERRITORIES) if kind == "territory" else f"{rng.randint(1, 36)} months"}
        id_ = f"term/{agreement.partition('/')[2]}-{number}"
        self.add(Node(id_, "Term", f"{kind}: {own.get('amount', own['state'])}", (), own, words))
        self.join("HAS_TERM", agreement, id_, words)

    def stake(self, words: tuple[Evidence, ...]) -> None:
        rng, trade = self.rng, self.trade
        trade.held += 1
        held = self.some("Company", words)
        holder = self.some("Company" if rng.random() < 0.8 else "Person", words)
        own: dict[str, Value] = {"percent": rng.randint(1, 90), "as_of": self.date}
        if holder != held and holder.startswith("company/") and rng.random() < 0.25:
            self.join("SUBSIDIARY_OF", held, holder, words, **own)
        elif holder != held:
            self.join("HOLDS_STAKE_IN", holder, held, words, **own)

    def some(self, type_: str, words: tuple[Evidence, ...]) -> str:
        """The id of a node of that type, which is added where it is a new one."""
        number, new = self.trade.kinds[type_].one(self.due)
        name = name_of(type_, number)
        id_ = f"{type_.lower()}/{name.split()[0].lower()}-{number}"
        if not new:
            return id_
        own: dict[str, Value] = {}
        if type_ == "Company":
            own = {"kind": "firm", **({"cik": f"{number:010}"} if self.rng.random() < 0.4 else {})}
        elif type_ == "Compound":
            own = {"modality": self.rng.choice(MODALITIES)}
        self.add(Node(id_, type_, name, (f"{name.split()[0]} no. {number}",), own, words))
        if type_ == "Compound":
            self.join("TARGETS", id_, self.some("Target", words), words)
            self.join("TREATS", id_, self.some("Indication", words), words)
            self.join("USES_TECHNOLOGY", id_, self.some("Technology", words), words)
        return id_

    def words(self, firm: str) -> tuple[Evidence, ...]:
        """A quotation, of which another document of the filing may have a second."""
        both = len(self.documents) > 1 and self.rng.random() < 0.2
        found = []
        for document, type_ in self.rng.sample(self.documents, 1 + both):
            self.quoted += 1
            quote = TEXT.format(date=self.date, firm=firm, at=self.quoted)
            start = self.quoted * 200
            found.append(Evidence(self.id, document, type_, start, start + len(quote), quote, "made", "made 1", 0.9))
        return tuple(sorted(found))

    def add(self, node: Node) -> None:
        self.nodes[node.id] = node
        self.spans |= {e.id for e in node.evidence}

    def join(self, type_: str, source: str, target: str, words: tuple[Evidence, ...], **own: Value) -> None:
        apart = (str(own["as_of"]),) if type_ in ("DEVELOPS", "SUBSIDIARY_OF") else told_apart(type_, own)
        id_ = edge_id(type_, source, target, *apart)
        if "as_of" in own:
            if self.trade.day != self.date:
                self.trade.day, self.trade.today = self.date, set()
            if id_ in self.trade.today:
                return
            self.trade.today.add(id_)
        self.edges[id_] = Edge(id_, type_, source, target, own, words)
        self.spans |= {e.id for e in words}
