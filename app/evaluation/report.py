"""One HTML page of an evaluation: the figures, every difference, and each document with its spans marked."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from string import Template

from biopact.app.evaluation.figures import COLUMNS, percent, rows
from biopact.app.evaluation.places import Text
from biopact.app.evaluation.running import Evaluation
from biopact.app.evaluation.scoring import (
    FOUND,
    MISSED,
    OPTIONAL,
    SPURIOUS,
    Finding,
    Score,
    summed,
)
from biopact.app.network import script_hash

_LOOKS = {FOUND: "found", OPTIONAL: "found", MISSED: "missed", SPURIOUS: "spurious"}  # all others are wrong
_WORST = ("missed", "wrong", "spurious", "found")  # which look a stretch takes that several findings share
_KINDS = {"edge": "statement", "entity": "name", "term": "term", "subject": "term", "evidence": "statement"}
_MARKED = ("edge", "entity")  # what colours the text; terms and subjects stand on their statement
_LONG, _RIM = 3000, 300  # characters without a mark that are folded away, and those left in sight beside marks


def write_report(evaluation: Evaluation, path: Path, *, title: str) -> None:
    """Write the page; it asks no address for anything, and all that files and annotations say is escaped."""
    first = 0
    table, articles = [], []
    for number, score in enumerate(evaluation.scores):
        table.append(_row(score, number))
        articles.append(_article(score, number, first))
        first += len(score.findings)
    script = asset("report.js")
    counted = Counter(look(f) for score in evaluation.scores for f in score.findings)
    text = Template(asset("report.html")).substitute(
        title=_text(title),
        extractor=_text(evaluation.extractor),
        policy=f"'sha256-{script_hash(script)}'",
        style=asset("report.css"),
        script=script,
        figures=_figures(rows(evaluation.figures)),
        failed="".join(f"<p class='failed'>{_text(failure.reason)}</p>" for failure in evaluation.failed),
        documents="".join(table),
        articles="".join(articles),
        **{name: f"{counted[name]:,}" for name in _WORST},
    )
    path.write_text(text, encoding="utf-8", errors="backslashreplace")


def look(finding: Finding) -> str:
    """How a finding is drawn: found, missed, spurious or wrong."""
    return _LOOKS.get(finding.outcome, "wrong")


@cache
def asset(name: str) -> str:
    """A file of app/evaluation/assets."""
    return (files("biopact.app.evaluation") / "assets" / name).read_text(encoding="utf-8")


def _text(words: str) -> str:
    return html.escape(words, quote=True)


def _figures(lines: Iterable[Sequence[str]]) -> str:
    body = "".join(
        f"<tr><th scope='row'>{_text(name)}</th>{''.join(f'<td>{_text(cell)}</td>' for cell in cells)}</tr>"
        for name, *cells in lines
    )
    heads = "".join(f"<th scope='col'>{name}</th>" for name in COLUMNS[1:])
    return f"<div class='wide'><table><thead><tr><th></th>{heads}</tr></thead><tbody>{body}</tbody></table></div>"


def _row(score: Score, number: int) -> str:
    total = summed([score.figures])
    looks = Counter(look(f) for f in score.findings)
    cells = [percent(total[name].f1) for name in ("deals", "edges")] + [percent(total["terms"].recall)]
    cells += [str(looks[name] or "") for name in ("missed", "spurious", "wrong")]
    link = f"<a href='#d{number}'>{_text(score.document)}</a>"
    return f"<tr><th scope='row'>{link}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _article(score: Score, number: int, first: int) -> str:
    looks = Counter(look(f) for f in score.findings)
    said = ", ".join(f"{looks[name]} {name}" for name in ("missed", "wrong", "spurious", "found") if looks[name])
    listed = "".join(_item(finding, first + i) for i, finding in enumerate(score.findings))
    marks = [
        (span, first + i, finding)
        for i, finding in enumerate(score.findings)
        for span in finding.spans
    ]  # fmt: skip
    texts = "".join(
        f"<h3>{_text(text.title)}</h3><div class='text'>{''.join(_marked(text, marks))}</div>"
        for text in score.texts.texts
    )
    return (
        f"<details class='document' id='d{number}'{' open' if number == 0 else ''}>"
        f"<summary><b>{_text(score.document)}</b> <span>{said or 'nothing to find, nothing found'}</span></summary>"
        f"<details class='own'><summary>Figures</summary>{_figures(rows(summed([score.figures])))}</details>"
        f"<div class='columns'><ol class='findings'>{listed}</ol><div class='texts'>{texts}</div></div></details>"
    )


def _item(finding: Finding, id_: int) -> str:
    words = ""
    for label, value in (("expected", finding.expected), ("found", finding.found)):
        if value and finding.of != "entity":
            words += f"<p><i>{label}</i> <q>{_text(value)}</q></p>"
    where = f"<a href='#m{id_}'>show</a>" if finding.spans else ""
    return (
        f"<li id='f{id_}' class='{look(finding)}' data-look='{look(finding)}' data-kind='{_KINDS[finding.of]}'>"
        f"<p><span class='badge'>{finding.outcome}</span> <small>{_text(_of(finding))}</small> {where}</p>"
        f"<p class='says'>{_text(finding.says)}</p>{words}</li>"
    )


def _of(finding: Finding) -> str:
    return {"edge": "statement", "entity": finding.type, "term": finding.type}.get(finding.of, finding.of)


_Mark = tuple[tuple[str, int, int], int, Finding]  # span, number of the finding, finding


def _marked(text: Text, marks: Iterable[_Mark]) -> Iterator[str]:
    """The text cut at every boundary of a span, each piece in the look of the worst finding that holds it."""
    here = [(span[1], span[2], id_, finding) for span, id_, finding in marks if span[0] == text.document]
    bounds = sorted({0, len(text.text), *(b for start, end, *_ in here for b in (start, end))})
    anchored: set[int] = set()
    by_start = sorted(here, key=lambda mark: mark[0])
    active: list[tuple[int, int, int, Finding]] = []
    upcoming = iter(by_start)
    following = next(upcoming, None)
    for start, end in pairwise(bounds):
        active = [mark for mark in active if mark[1] > start]
        while following is not None and following[0] <= start:
            active.append(following)
            following = next(upcoming, None)
        for _, _, id_, _ in active:
            if id_ not in anchored:
                anchored.add(id_)
                yield f"<a id='m{id_}'></a>"
        coloured = [(id_, finding) for _, _, id_, finding in active if finding.of in _MARKED]
        piece = text.text[start:end]
        if not coloured:
            yield from _plain(piece, first=start == 0, last=end == len(text.text))
            continue
        worst = min((look(f) for _, f in coloured), key=_WORST.index)
        of = "edge" if any(f.of == "edge" for _, f in coloured) else "entity"
        ids = " ".join(str(id_) for id_, _ in coloured)
        hint = _text("\n".join(dict.fromkeys(f"{f.outcome}: {f.says}" for _, f in coloured)))
        yield f"<mark class='{worst} {of}' data-f='{ids}' title='{hint}'>{_text(piece)}</mark>"


def _plain(piece: str, *, first: bool, last: bool) -> Iterator[str]:
    """Text without a mark; the middle of a long stretch is folded away."""
    if len(piece) <= _LONG:
        yield _text(piece)
        return
    start = 0 if first else piece.find(" ", _RIM)
    end = len(piece) if last else piece.rfind(" ", 0, -_RIM)
    if not 0 <= start < end:  # no word ends there
        start, end = _RIM, len(piece) - _RIM
    yield _text(piece[:start])
    yield f"<details class='fold'><summary>{end - start:,} characters without a mark</summary>"
    yield f"{_text(piece[start:end])}</details>{_text(piece[end:])}"
