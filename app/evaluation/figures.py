"""The figures of an evaluation as rows, for the terminal and for the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from biopact.app.evaluation.gold import KINDS
from biopact.app.evaluation.running import Evaluation
from biopact.app.evaluation.scoring import Counts, Figures, Finding

COLUMNS = ("figure", "precision", "recall", "F1", "found, right", "asked for, found")
_PLURALS = {type_: plural for plural, type_ in KINDS.items()}
_SUMS = ("deals", "edges", "terms")


def rows(figures: Figures) -> list[tuple[str, ...]]:
    """One row for each figure: names, edge types and sums, then the shares of terms, subjects and evidence."""
    return [(_title(name), *_cells(figures[name], share=_is_share(name))) for name in _order(figures)]


def percent(share: float | None) -> str:
    """A share with three decimals, a dash where there is nothing to measure."""
    return "–" if share is None else f"{share:.3f}"


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """Figures, of all files and of each, and every difference."""
    return {
        "extractor": evaluation.extractor,
        "figures": _measured(evaluation.figures),
        "documents": [
            {
                "document": score.document,
                "figures": _measured(score.figures),
                "findings": [_finding(f) for f in score.findings],
            }
            for score in evaluation.scores
        ],
        "failed": [{"document": f.source, "reason": f.reason} for f in evaluation.failed],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "outcome": finding.outcome,
        "of": finding.of,
        "type": finding.type,
        "says": finding.says,
        "expected": finding.expected,
        "found": finding.found,
        "spans": [{"document": s.document, "start": s.start, "end": s.end} for s in finding.spans],
    }


def _measured(figures: Figures) -> dict[str, dict[str, float | int | None]]:
    return {
        name: {
            "precision": figures[name].precision,
            "recall": figures[name].recall,
            "f1": figures[name].f1,
            "found": figures[name].found,
            "right": figures[name].right,
            "asked": figures[name].asked,
            "hit": figures[name].hit,
        }
        for name in _order(figures)
    }


def _order(figures: Figures) -> Iterator[str]:
    terms = sorted(name for name in figures if name.startswith("term "))
    shares = [*terms, "terms", "subjects", "evidence"]
    types = sorted(name for name in figures if name not in (*_PLURALS, *_SUMS, *shares))
    yield from _in(figures, (*_PLURALS, *types, "deals", "edges", *shares))


def _in(figures: Figures, names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if name in figures)


def _title(name: str) -> str:
    titles = {**_PLURALS, "deals": "DEALS", "edges": "ALL EDGES", "terms": "TERMS"}
    return titles.get(name, name)


def _is_share(name: str) -> bool:
    return name.startswith("term ") or name in ("terms", "subjects", "evidence")


def _cells(counts: Counts, *, share: bool) -> tuple[str, ...]:
    asked = f"{counts.hit:,} of {counts.asked:,}"
    if share:
        return "", percent(counts.recall), "", "", asked
    found = f"{counts.right:,} of {counts.found:,}"
    return percent(counts.precision), percent(counts.recall), percent(counts.f1), found, asked
