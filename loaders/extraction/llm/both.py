"""The rules and a language model side by side: what both read is joined and marked, and so is what they read otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Edge, Evidence, Graph, Value
from biopact.graph.resolve import resolve
from biopact.loaders.extraction.extractor import Extractor
from biopact.loaders.extraction.llm.extractor import Heard, LlmExtractor
from biopact.loaders.extraction.llm.tally import Tally
from biopact.loaders.filing import Filing
from biopact.ontology import load_schema

_DIRECTED = ("LICENSES_TO", "SUPPLIES_TO", "ACQUIRES", "SUBSIDIARY_OF", "FORMERLY_NAMED", "HOLDS_STAKE_IN")
_NOT_COMPARED = ("FILED", "HAS_TERM", "PARTY_TO", "COVERS")  # the cover page's, or following from the others


class BothExtractor:
    """Reads each filing with the rules and with a model.

    A fact that both read has the evidence of both, with half of its doubt gone; where they read opposite directions
    both facts stay, with half of their confidence. Properties told differently are named in `conflicts`.
    """

    def __init__(self, rules: Extractor, llm: LlmExtractor) -> None:
        self._rules = rules
        self._llm = llm
        self.version = f"{rules.version}+{llm.version}"

    @property
    def tally(self) -> Tally:
        """What the model brought, and how far the rules agree."""
        return self._llm.tally

    @property
    def heard(self) -> Heard:
        """Told of each passage that is answered."""
        return self._llm.heard

    @heard.setter
    def heard(self, heard: Heard) -> None:
        self._llm.heard = heard

    def extract(self, filing: Filing) -> FilingFacts:
        """The facts of both."""
        return joined(self._rules.extract(filing), self._llm.extract(filing), self.tally)


def joined(rules: FilingFacts, llm: FilingFacts, tally: Tally) -> FilingFacts:
    """One set of facts out of two readings of a filing.

    Two readings of one filing are joined as two filings are: the same names, agreements of the same parties, family
    and dates, and edges between the same ends are one.
    """
    graph = resolve([rules, replace(llm, filing=f"{llm.filing}#llm")])
    read_by: dict[_Fact, set[str]] = {}
    for edge in _compared(graph):
        read_by.setdefault(_fact(edge), set()).update(map(_reader, edge.evidence))
    verdicts = {fact: _verdict(fact, read_by) for fact in read_by}
    tally.compared.update(verdicts.values())
    for node in graph.nodes.values():
        if node.type == "Agreement" and (names := node.properties.get("conflicts")):
            tally.conflicts.append(f"told differently: {node.name}: {', '.join(map(str, _many(names)))}")
    for fact, verdict in sorted(verdicts.items()):
        if verdict == "opposed":
            tally.conflicts.append(f"{' and '.join(sorted(read_by[fact]))}: {' '.join((fact[1], fact[0], fact[2]))}")
    new = _confidences(graph, verdicts)

    def told(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
        return tuple(sorted({new.get(e, e) for e in evidence}))

    return replace(
        rules,
        extractor=f"{rules.extractor}+{llm.extractor}",
        nodes=tuple(replace(n, evidence=told(n.evidence)) for n in graph.nodes.values()),
        edges=tuple(replace(e, evidence=told(e.evidence)) for e in graph.edges.values()),
    )


_Fact = tuple[str, str, str]  # type, source, target


def _compared(graph: Graph) -> Iterator[Edge]:
    types = load_schema().edges
    return (e for e in graph.edges.values() if e.type not in _NOT_COMPARED and not types[e.type].structural)


def _fact(edge: Edge) -> _Fact:
    return edge.type, edge.source, edge.target


def _reader(evidence: Evidence) -> str:
    return "llm" if evidence.extractor.startswith("llm/") else "rules"


def _verdict(fact: _Fact, read_by: Mapping[_Fact, set[str]]) -> str:
    readers = read_by[fact]
    if len(readers) > 1:
        return "agreed"
    other = read_by.get((fact[0], fact[2], fact[1]), set()) if fact[0] in _DIRECTED else set()
    return "opposed" if other and not other & readers else f"{min(readers)} only"


def _confidences(graph: Graph, verdicts: Mapping[_Fact, str]) -> dict[Evidence, Evidence]:
    """The evidence whose confidence changes: words that state an opposed fact are in doubt, whatever else they state."""
    found: dict[Evidence, str] = {}
    for edge in _compared(graph):
        for evidence in edge.evidence:
            verdict = verdicts[_fact(edge)]
            if found.get(evidence) != "opposed":
                found[evidence] = verdict if verdict in ("agreed", "opposed") else found.get(evidence, verdict)
    change = {"agreed": lambda c: (1 + c) / 2, "opposed": lambda c: c / 2}
    return {
        e: replace(e, confidence=round(change[verdict](e.confidence), 4))
        for e, verdict in found.items()
        if verdict in change
    }


def _many(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)
