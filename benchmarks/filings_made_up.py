"""Made-up filings of any number: few companies that thousands of them name, most that one to five do, deals told again.

Numbers and a seed in, the same facts out. Every quotation stands in its filing's text, as in real ones.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from biopact.graph.ledger import FilingFacts
from biopact.graph.names import readable_id
from biopact.graph.records import Edge, Evidence, Node, Value, digest, edge_id, told_apart

_FORMS = ("Inc.", "Inc", "Corporation", "Ltd.", "Limited", "AG", "GmbH", "S.A.", "plc", "LLC", "Co., Ltd.", "N.V.")
_TRADES = ("Pharmaceuticals", "Therapeutics", "Biosciences", "Biopharma", "Oncology", "Laboratories", "Genetics")
_KINDS = ("license", "license", "collaboration", "supply", "option", "research")
_START = date(2001, 1, 1)
_SPAN = 9000  # days


@dataclass(frozen=True, slots=True)
class Firm:
    """A company, and what filings call it."""

    names: tuple[str, ...]
    short: str
    cik: str  # empty for two thirds


@dataclass(frozen=True, slots=True)
class Agreed:
    """A deal, and what filings can tell of it."""

    parties: tuple[int, int]
    compounds: tuple[int, ...]
    kind: str
    day: int
    upfront: float


class World:
    """What there is to tell; `facts` is what one filing tells of it."""

    def __init__(self, filings: int, seed: int = 6) -> None:
        self.filings, self.seed = filings, seed
        rng = random.Random(seed)
        self.firms = [_firm(rng, number) for number in range(max(50, filings * 5 // 2))]
        self._weights = list(accumulate(1 / (rank + 4) for rank in range(len(self.firms))))
        filers = [*range(20), *rng.sample(range(20, len(self.firms)), max(20, filings // 6))]
        self._filers = rng.choices(filers, [1 / (place + 10) ** 0.5 for place in range(len(filers))], k=filings)
        self.deals: dict[int, list[Agreed]] = defaultdict(list)  # by party, by day
        for _ in range(filings * 3 // 2):
            ends = (rng.choice(self._filers), self._somebody(rng))
            if ends[0] != ends[1]:
                about = tuple(rng.randrange(filings * 2) for _ in range(rng.choice((1, 1, 1, 2))))
                agreed = Agreed(ends, about, rng.choice(_KINDS), rng.randrange(_SPAN), rng.randrange(1, 400) * 1e6)
                for end in ends:
                    self.deals[end].append(agreed)
        for known in self.deals.values():
            known.sort(key=lambda agreed: agreed.day)

    def _somebody(self, rng: random.Random) -> int:
        return rng.choices(range(len(self.firms)), cum_weights=self._weights)[0]

    def __iter__(self) -> Iterator[FilingFacts]:
        return map(self.facts, range(self.filings))

    def facts(self, number: int, named: Sequence[int] = ()) -> FilingFacts:
        """What filing `number` tells; `named` are companies that it names beside its own."""
        rng = random.Random(f"{self.seed}/{number}")
        filer = self._filers[number % self.filings]
        told = _Told(f"filing/{number % 4000 + 1:010}-{number // 4000 % 99:02}-{number:06}")
        day = rng.randrange(1000, _SPAN)
        us = told.company(self.firms[filer], rng, registered=True)
        filed = (_START + timedelta(day)).isoformat()
        told.about(us, rng.choice(("8-K", "10-K", "10-Q", "8-K/A", "6-K")), filed)
        for other in (*named, *(self._somebody(rng) for _ in range(rng.randrange(2, 12)))):
            told.company(self.firms[other], rng)
        known = self.deals[filer]
        at = sum(agreed.day <= day for agreed in known)
        for agreed in known[max(0, at - rng.randrange(3, 15)) : at]:
            told.deal(self, agreed, us, filer, rng)
        told.asides(rng)
        return told.facts()

    def mentions(self, number: int, count: int) -> FilingFacts:
        """A filing that names that many companies and tells nothing else, but how some of them are related."""
        rng = random.Random(f"{self.seed}/mentions/{number}")
        told = _Told(f"filing/{number:010}-20-{number % 1_000_000:06}")
        us = told.company(self.firms[self._filers[number % self.filings]], rng, registered=True)
        told.about(us, "10-K", (_START + timedelta(rng.randrange(_SPAN))).isoformat())
        while told.count("Company") < count:
            told.company(self.firms[self._somebody(rng)], rng)
        told.asides(rng)
        return told.facts()


def _firm(rng: random.Random, number: int) -> Firm:
    short = _word(rng)
    if rng.random() < 0.08:
        return Firm((f"University of {short}", f"The University of {short}"), short, "")
    name, form = f"{short} {rng.choice(_TRADES)}", rng.choice(_FORMS)
    full = f"{name}, {form}"
    others = (full, f"{name} {form}".upper(), f"{name} {form.rstrip('.')}", name)
    return Firm(
        (full, full, *others[: rng.randrange(1, 5)]), short, f"{number + 1:010}" if rng.random() < 1 / 3 else ""
    )


def _word(rng: random.Random) -> str:
    made = "".join(rng.choice("bcdfglmnprstvz") + rng.choice("aeiou") for _ in range(rng.choice((2, 3, 3))))
    return (made + rng.choice(("", "n", "r", "x", "lis", "gen"))).capitalize()


@dataclass(slots=True)
class _Told:
    """The facts of one filing as they come."""

    filing: str
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    length: int = 0

    @property
    def document(self) -> str:
        return f"document/{self.filing.partition('/')[2]}/1"

    def count(self, type_: str) -> int:
        return sum(n.type == type_ for n in self.nodes.values())

    def say(self, words: str, rule: str) -> tuple[Evidence, ...]:
        """Write a sentence, and quote it."""
        start, self.length = self.length, self.length + len(words) + 1
        self.text.append(words)
        return (Evidence(self.filing, self.document, "10-K", start, start + len(words), words, rule, "made/1", 0.9),)

    def node(
        self,
        id_: str,
        type_: str,
        name: str,
        evidence: tuple[Evidence, ...],
        aliases: tuple[str, ...] = (),
        **own: Value,
    ) -> str:
        if id_ in self.nodes:
            evidence = (*self.nodes[id_].evidence, *evidence)
            own = {**self.nodes[id_].properties, **own}
        self.nodes[id_] = Node(id_, type_, name, aliases, dict(sorted(own.items())), evidence)
        return id_

    def edge(self, type_: str, source: str, target: str, evidence: tuple[Evidence, ...] = (), **own: Value) -> None:
        id_ = edge_id(type_, source, target, *told_apart(type_, own))
        self.edges[id_] = Edge(id_, type_, source, target, own, evidence)

    def about(self, filer: str, form: str, filed: str) -> None:
        self.node(
            self.filing, "Filing", f"{form} of {filed}", (), form=form, filing_date=filed, sha256=digest(filed) * 4
        )
        self.node(self.document, "Document", form, (), type="10-K", sequence=1)
        self.edge("PART_OF", self.document, self.filing)
        self.edge(
            "FILED", filer, self.filing, self.say("Exact name of registrant as specified in its charter", "cover")
        )

    def company(self, firm: Firm, rng: random.Random, *, registered: bool = False) -> str:
        name = rng.choice(firm.names)
        known = {"cik": firm.cik} if firm.cik and (registered or rng.random() < 0.1) else {}
        aliases = (firm.short,) if rng.random() < 0.2 else ()
        id_ = f"company/cik-{firm.cik}" if known else readable_id("Company", name)
        evidence = self.say(f"{name} is a company in whose products we have an interest", "company/name")
        return self.node(id_, "Company", name, evidence, aliases, kind="firm", **known)

    def compound(self, number: int) -> str:
        name = f"{chr(65 + number % 26)}{chr(65 + number // 26 % 26)}X-{number}"
        evidence = self.say(f"clinical trials of {name}, our lead candidate, are under way", "compound/code")
        return self.node(readable_id("Compound", name), "Compound", name, evidence, modality="antibody")

    def deal(self, world: World, agreed: Agreed, us: str, filer: int, rng: random.Random) -> None:
        other = agreed.parties[agreed.parties[0] == filer]
        parties = [us, self.company(world.firms[other], rng)] if rng.random() < 0.95 else [us]
        about = [self.compound(number) for number in agreed.compounds]
        signed = (_START + timedelta(agreed.day)).isoformat()
        when = rng.choice((signed, signed, signed[:7], signed[:4], ""))
        quote = f"In {signed[:7]} we entered into a {agreed.kind} agreement for {', '.join(about)} with {parties[-1]}"
        words = self.say(quote, "agreement/entered")
        dated: dict[str, Value] = {"agreement_date": when} if when else {}
        upfront: dict[str, Value] = {"upfront_usd": agreed.upfront} if rng.random() < 0.5 else {}
        id_ = f"agreement/{digest(self.filing, quote)}"
        title = f"{agreed.kind}: {', '.join(parties)}"
        self.node(id_, "Agreement", title, words, kinds=(agreed.kind,), **dated, **upfront)
        for party in parties:
            self.edge("PARTY_TO", party, id_, words, role="licensor" if party == us else "licensee")
        for compound in about:
            self.edge("COVERS", id_, compound, words)
            self.edge("DEVELOPS", parties[-1], compound, words, stage=f"phase {rng.randrange(1, 4)}")
        if len(parties) == 2 and parties[0] != parties[1]:
            licensed = agreed.kind in ("license", "option")
            type_, parties = ("LICENSES_TO", parties) if licensed else ("COLLABORATES_WITH", sorted(parties))
            self.edge(type_, *parties, words, agreement=id_, subjects=tuple(sorted(about)))
        for name in rng.sample(("term", "governing law", "milestones", "territory", "royalty"), rng.randrange(1, 4)):
            said = self.say(
                f"the agreement provides for a {name} as set out in its section {rng.randrange(20)}", "term"
            )
            term = self.node(f"term/{digest(id_, name)}", "Term", name, said, kind=name, state="stated", value=name)
            self.edge("HAS_TERM", id_, term, said)
        if when and rng.random() < 0.06:
            type_ = rng.choice(("AMENDS", "TERMINATES"))
            change = self.node(
                f"agreement/{digest(id_, type_)}", "Agreement", f"{type_}: {title}", words,
                kinds=("amendment" if type_ == "AMENDS" else "termination",), **dated,
            )  # fmt: skip
            for party in parties:
                self.edge("PARTY_TO", party, change, words)
            ended: dict[str, Value] = {"date": signed} if rng.random() < 0.5 else {}
            self.edge(type_, change, id_, words, **ended)

    def asides(self, rng: random.Random) -> None:
        """How companies that it names are related."""
        companies = sorted(id_ for id_, n in self.nodes.items() if n.type == "Company")
        for type_, chance in (("FORMERLY_NAMED", 0.03), ("SUBSIDIARY_OF", 0.05), ("HOLDS_STAKE_IN", 0.1)):
            if len(companies) > 1 and rng.random() < chance:
                source, target = rng.sample(companies, 2)
                own: dict[str, Value] = {"as_of": "2010-01-01"} if type_ == "HOLDS_STAKE_IN" else {}
                self.edge(
                    type_, source, target, self.say(f"{source} {type_.lower()} {target}", "company/relation"), **own
                )

    def facts(self) -> FilingFacts:
        texts = {self.document: "\n".join(self.text) + "\n"}
        return FilingFacts(self.filing, "made/1", texts, tuple(self.nodes.values()), tuple(self.edges.values()))
