"""When what the graph states held, when it was said, and what of it was known or in force on a day.

Every date here follows from a property or an edge that has its quotation; docs/time.md says which from which. Dates are
ISO dates shortened to what is known: "2008-08" is some day of that August, and its length is its precision.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Edge, Graph, Node, Value, told_apart
from biopact.ontology import ValidationError, load_schema

TIMES = ("valid_from", "valid_to", "first_filed", "last_filed")
OVER = ("terminated", "ended")  # statuses of what is no longer in force

_BEGINS = ("effective_date", "agreement_date", "announced_date")
_ENDING = ("TERMINATES", "SUPERSEDES")
_OUTLIVES = ("ACQUIRES", "HOLDS_STAKE_IN")  # what was bought stays bought when the agreement has run its course
_OF_ONE_AGREEMENT = {"PARTY_TO": "target", "COVERS": "source", "HAS_TERM": "source"}  # edge -> its end that is the deal


def first_day(partial: str) -> str:
    """The first day that a date can mean.

    >>> first_day("2008"), first_day("2008-02")
    ('2008-01-01', '2008-02-01')
    """
    return partial + "0000-01-01"[len(partial) :]


def last_day(partial: str) -> str:
    """The last day that a date can mean.

    >>> last_day("2008"), last_day("2008-02"), last_day("2008-02-03")
    ('2008-12-31', '2008-02-29', '2008-02-03')
    """
    match len(partial):
        case 4:
            return f"{partial}-12-31"
        case 7:
            return f"{partial}-{monthrange(int(partial[:4]), int(partial[5:]))[1]:02}"
    return partial


def day_of(text: str) -> str:
    """The day that a date names: of one without its day or month, the last. ValidationError if it is no date."""
    try:
        if re.fullmatch(r"\d{4}(-\d\d){0,2}", text, re.ASCII):
            return date.fromisoformat(last_day(text)).isoformat()
    except ValueError:  # such as a thirteenth month
        pass
    raise ValidationError(f"{text!r} is no date; expected one as in 2019, 2019-03 or 2019-03-31")


class Span(NamedTuple):
    """From when to when something held, as far as known; it no longer held on the day in `end`."""

    begin: str | None
    end: str | None


# --- valid time


def timed(graph: Graph, day: str | None = None) -> Graph:
    """The graph with TIMES on every agreement and on every edge but structural ones.

    An agreement that was terminated by `day` (the latest filing's date, if none is given) has the status so, and says
    in `status_from` what that follows from if no words state it. May be applied again.
    """
    timing = _Timing(graph, day)
    return Graph(
        {id_: timing.agreement(n) if n.type == "Agreement" else n for id_, n in graph.nodes.items()},
        {id_: timing.edge(e) for id_, e in graph.edges.items()},
    )


class _Timing:
    """What the time of one record needs of the others."""

    def __init__(self, graph: Graph, day: str | None) -> None:
        self._nodes = graph.nodes
        self._filed = {id_: filed for id_, n in graph.nodes.items() if n.type == "Filing" and (filed := _filed(n))}
        self._day = last_day(day) if day else max(map(last_day, self._filed.values()), default="")
        self._ending: dict[str, list[Edge]] = defaultdict(list)
        stakes: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for _, edge in sorted(graph.edges.items()):
            if edge.type in _ENDING:
                self._ending[edge.target].append(edge)
            elif edge.type == "HOLDS_STAKE_IN" and "as_of" in edge.properties:
                stakes[series(edge)].add(str(edge.properties["as_of"]))
        self._observed = {series: sorted(days) for series, days in stakes.items()}
        self._structural = {t.name for t in load_schema().edges.values() if t.structural}
        self._with_status = {t.name for t in load_schema().edges.values() if "status" in t.properties}
        self._spans: dict[str, Span] = {}

    def agreement(self, node: Node) -> Node:
        span = self._of_agreement(node.id)
        own = {k: v for k, v in node.properties.items() if k not in TIMES}
        if "status_from" in own:
            del own["status"], own["status_from"]
        if because := self._terminated(node):
            own |= {"status": "terminated", "status_from": because}
        return replace(node, properties=self._with_times(own, span, node))

    def edge(self, edge: Edge) -> Edge:
        if edge.type in self._structural:
            return edge
        own = {k: v for k, v in edge.properties.items() if k not in TIMES}
        deal = self._nodes.get(str(own.get("agreement", "")))
        if deal and edge.type in self._with_status and self._terminated(deal):
            own["status"] = "terminated"
        return replace(edge, properties=self._with_times(own, self._of_edge(edge, deal), edge))

    def _with_times(self, own: Mapping[str, Value], span: Span, record: Node | Edge) -> dict[str, Value]:
        filed = sorted({self._filed[e.filing] for e in record.evidence if e.filing in self._filed})
        times = (*span, filed[0] if filed else None, filed[-1] if filed else None)
        known = {name: time for name, time in zip(TIMES, times, strict=True) if time}
        return dict(sorted({**own, **known}.items()))

    def _of_edge(self, edge: Edge, deal: Node | None) -> Span:
        if edge.type in _OF_ONE_AGREEMENT:
            return self._of_agreement(getattr(edge, _OF_ONE_AGREEMENT[edge.type]))
        own = edge.properties
        dated = str(own["date"]) if "date" in own and "as_of" not in own else None
        if edge.type == "HOLDS_STAKE_IN":
            return Span((self._begin(deal) if deal else None) or dated, self._replaced(edge))
        if deal is None:
            started = dated or (self._begin(self._nodes[edge.source]) if edge.source in self._nodes else None)
            return Span(started, str(own["term_end"]) if "term_end" in own else None)
        if edge.type in _OUTLIVES:
            return Span(self._begin(deal) or dated, self._termination(deal))
        span = self._of_agreement(deal.id)
        return Span(span.begin or dated, span.end)

    def _of_agreement(self, id_: str) -> Span:
        """The span of an agreement; one that another supersedes runs on as that one."""
        if id_ not in self._spans:
            node = self._nodes[id_]
            self._spans[id_] = Span(self._begin(node), None)  # as far as a circle of agreements gets
            self._spans[id_] = Span(self._begin(node), self._end(node))
        return self._spans[id_]

    def _begin(self, node: Node) -> str | None:
        return next((str(node.properties[name]) for name in _BEGINS if name in node.properties), None)

    def _end(self, node: Node) -> str | None:
        ended = self._termination(node)
        if ended:
            return ended
        later = [e.source for e in self._ending[node.id] if e.type == "SUPERSEDES" and e.source in self._nodes]
        if later:
            ends = [self._of_agreement(id_).end for id_ in later]
            known = [end for end in ends if end]
            return max(known, key=last_day) if len(known) == len(ends) else None
        expires = str(node.properties.get("expiration_date", ""))
        if self._said_to_be_over(node) and expires > max(self._filed_of(node), default=""):
            return None  # it ended before its time, nobody says when
        return expires or None

    def _termination(self, node: Node) -> str | None:
        """When it was terminated: as it is told itself, else by the earliest of what terminates it."""
        if "termination_date" in node.properties:
            return str(node.properties["termination_date"])
        dates = [d for e in self._terminating(node) if (d := self._date_of(e))]
        return min(dates, key=last_day, default=None)

    def _terminated(self, node: Node) -> str:
        """What tells that an agreement was terminated by the day, where it is not said to be over; else nothing."""
        if node.properties.get("status") in OVER and "status_from" not in node.properties:
            return ""
        if "termination_date" in node.properties:
            return "termination_date" if last_day(str(node.properties["termination_date"])) <= self._day else ""
        past = (e.id for e in self._terminating(node) if last_day(self._date_of(e) or "") <= self._day)
        return next(past, "")

    def _terminating(self, node: Node) -> Iterator[Edge]:
        return (e for e in self._ending[node.id] if e.type == "TERMINATES")

    def _said_to_be_over(self, node: Node) -> bool:
        return node.properties.get("status") in OVER or any(self._terminating(node))

    def _date_of(self, ending: Edge) -> str | None:
        if "date" in ending.properties:
            return str(ending.properties["date"])
        return self._begin(self._nodes[ending.source]) if ending.source in self._nodes else None

    def _filed_of(self, node: Node) -> list[str]:
        return [last_day(self._filed[e.filing]) for e in node.evidence if e.filing in self._filed]

    def _replaced(self, stake: Edge) -> str | None:
        """The next day on which the same holder's stake in the same class of shares was observed."""
        if "as_of" not in stake.properties:
            return None
        days = self._observed[series(stake)]
        own = last_day(str(stake.properties["as_of"]))
        return next((d for d in days[bisect_right(days, own) :] if first_day(d) > own), None)


def series(stake: Edge) -> tuple[str, ...]:
    """What the observations of one stake on different days have in common."""
    undated = {k: v for k, v in stake.properties.items() if k != "as_of"}
    return (stake.source, stake.target, *told_apart(stake.type, undated))


def _filed(filing: Node) -> str:
    return str(filing.properties.get("filing_date", ""))


# --- as of a day


def filing_date(facts: FilingFacts) -> str:
    """When the filing was filed, as much of it as is known; else nothing."""
    return next((_filed(n) for n in facts.nodes if n.id == facts.filing), "")


def as_of(facts: Iterable[FilingFacts], day: str) -> Iterator[FilingFacts]:
    """The facts that were known at the end of a day: of filings filed by then, and of those that nothing dates.

    A filing date without its day or month counts from the last day that it can mean.
    """
    by = last_day(day)
    return (each for each in facts if last_day(filing_date(each)) <= by)


def is_over(properties: Mapping[str, Value], day: str) -> bool:
    """Whether what has these properties had certainly ended by a day.

    By its date or, where that leaves it open, because the last filing that tells of it calls it over.
    """
    by, end, said = last_day(day), str(properties.get("valid_to", "")), str(properties.get("last_filed", ""))
    if end and (last_day(end) <= by or first_day(end) > by):
        return last_day(end) <= by
    return properties.get("status") in OVER and said != "" and last_day(said) <= by


def in_force(graph: Graph, day: str) -> Graph:
    """The timed graph without the relations and agreements that were certainly not in force on a day.

    Those are gone that had ended by then or had not yet begun, and the nodes that nothing joins any longer. What is
    not known to be either stays, and so do filings and their documents.
    """
    by = last_day(day)

    def holds(record: Node | Edge) -> bool:
        begins = record.properties.get("valid_from")
        return not is_over(record.properties, by) and (begins is None or first_day(str(begins)) <= by)

    gone = {n.id for n in graph.nodes.values() if n.type == "Agreement" and not holds(n)}
    edges = {
        id_: _without_agreement(edge) if edge.properties.get("agreement") in gone else edge
        for id_, edge in graph.edges.items()
        if holds(edge) and gone.isdisjoint(_leaning_on(edge))
    }
    joined = {id_ for edge in graph.edges.values() for id_ in (edge.source, edge.target)}
    still = {id_ for edge in edges.values() for id_ in mentioned(edge)}
    nodes = {
        id_: node
        for id_, node in graph.nodes.items()
        if id_ not in gone and (id_ in still or id_ not in joined or node.type in ("Filing", "Document"))
    }
    return Graph(nodes, edges)


def mentioned(edge: Edge) -> set[str]:
    """The ids of nodes that an edge names."""
    found = {edge.source, edge.target}
    for name in ("agreement", "asset", "subjects"):
        value = edge.properties.get(name, ())
        found.update((value,) if isinstance(value, str) else value if isinstance(value, tuple) else ())
    return found


def _leaning_on(edge: Edge) -> set[str]:
    """The ids of agreements, or other nodes, without which an edge does not hold."""
    agreement = () if edge.type in _OUTLIVES else (str(edge.properties.get("agreement", "")),)
    return {edge.source, edge.target, *agreement}


def _without_agreement(edge: Edge) -> Edge:
    return replace(edge, properties={k: v for k, v in edge.properties.items() if k != "agreement"})
